/* SPDX-License-Identifier: MIT */
#include "match/symbols.h"

#include "base/str.h"

static bool add_class(cxm_symbols *self, const cxm_class_reading *readings, size_t count,
                      uint32_t *number);
static bool symbol_of(cxm_symbols *self, cxm_str word, uint32_t *number);

bool cxm_symbols_init(cxm_symbols *self, const cxm_lexicon *lexicon,
                      const cxm_allocator *allocator) {
    *self = (cxm_symbols){
        .lexicon = lexicon, .allocator = *allocator, .set_words = cxm_atoms_words(lexicon)};
    cxm_arena_init(&self->keys, allocator);
    cxm_table_init(&self->symbol_numbers, allocator);
    cxm_table_init(&self->class_numbers, allocator);
    if (lexicon->language.stemmer.len) {
        self->stemmer = cxm_stemmer_new(lexicon->language.stemmer.ptr);
        if (!self->stemmer)
            return false;
    }
    self->scratch = cxm_regex_scratch_new(allocator);
    self->columns = cxm_allocate(allocator, (lexicon->atom_count + 1) * sizeof *self->columns);
    self->needs = cxm_allocate(allocator, (lexicon->need_count + 1) * sizeof *self->needs);
    if (!self->scratch || !self->columns || !self->needs)
        return false;
    /* Symbol 0 has no atoms, class 0 reads as one such symbol: a word of no interest. */
    uint32_t number;
    cxm_class_reading nothing = {.count = 1};
    uint32_t *slot = cxm_table_add(&self->symbol_numbers, CXM_STR(""), 0, NULL);
    void *items = NULL;
    if (!slot || !cxm_array_reserve(allocator, &items, &self->capacity, 1, sizeof *self->items))
        return false;
    self->items = items;
    self->items[self->count++] = (cxm_symbol){0};
    return add_class(self, &nothing, 1, &number);
}

void cxm_symbols_clear(cxm_symbols *self) {
    const cxm_allocator *allocator = &self->allocator;
    cxm_stemmer_free(self->stemmer);
    cxm_regex_scratch_free(self->scratch);
    cxm_table_clear(&self->symbol_numbers);
    cxm_table_clear(&self->class_numbers);
    cxm_arena_clear(&self->keys);
    cxm_release(allocator, self->items, self->capacity * sizeof *self->items);
    cxm_release(allocator, self->atoms, self->atom_capacity * sizeof *self->atoms);
    cxm_release(allocator, self->sets, self->set_capacity * sizeof *self->sets);
    cxm_release(allocator, self->classes, self->class_capacity * sizeof *self->classes);
    cxm_release(allocator, self->fillers, self->filler_capacity * sizeof *self->fillers);
    cxm_release(allocator, self->flags, self->flag_capacity);
    if (self->columns)
        cxm_release(allocator, self->columns,
                    (self->lexicon->atom_count + 1) * sizeof *self->columns);
    if (self->needs)
        cxm_release(allocator, self->needs, (self->lexicon->need_count + 1) * sizeof *self->needs);
    cxm_release(allocator, self->readings, self->reading_capacity * sizeof *self->readings);
    cxm_atoms_clear(&self->found, self->lexicon, allocator);
}

/* Lists what follows where fillers begin with the atoms found. */
static bool add_fillers(cxm_symbols *self) {
    const cxm_lists *lists = &self->lexicon->fillers_of_atom;
    for (size_t i = 0; i < self->found.count; i++) {
        uint32_t atom = self->found.items[i];
        size_t count = lists->offsets[atom + 1] - lists->offsets[atom];
        void *items = self->fillers;
        if (!cxm_array_reserve(&self->allocator, &items, &self->filler_capacity,
                               self->filler_count + count + 1, sizeof *self->fillers))
            return false;
        self->fillers = items;
        for (size_t k = 0; k < count; k++)
            self->fillers[self->filler_count++] = lists->items[lists->offsets[atom] + k];
    }
    return true;
}

/* What there is to know of the atoms found, whose fillers are listed from `first_filler` on. A word
 * can be a filler alone where no word follows it. */
static cxm_symbol describe_symbol(const cxm_symbols *self, size_t first_filler) {
    const cxm_lexicon *lexicon = self->lexicon;
    cxm_symbol symbol = {.first_atom = (uint32_t)self->atom_count,
                         .atom_count = (uint32_t)self->found.count,
                         .first_filler = (uint32_t)first_filler,
                         .filler_count = (uint32_t)(self->filler_count - first_filler)};
    for (size_t i = 0; i < self->found.count; i++) {
        symbol.negator |= lexicon->negator_atoms[self->found.items[i]];
        symbol.in_filler |= lexicon->filler_atoms[self->found.items[i]];
    }
    for (size_t i = first_filler; i < self->filler_count; i++)
        symbol.filler |= lexicon->program[self->fillers[i]].op != CXM_OP_ATOM;
    return symbol;
}

/* Keeps the atoms found as a set, too, if they are many. */
static bool add_set(cxm_symbols *self, uint32_t *number) {
    size_t used = self->set_count * self->set_words;
    *number = 0;
    if (self->found.count < CXM_SET_ATOMS ||
        (used + self->set_words) * sizeof *self->sets > CXM_SET_BYTES)
        return true;
    void *items = self->sets;
    if (!cxm_array_reserve(&self->allocator, &items, &self->set_capacity, used + self->set_words,
                           sizeof *self->sets))
        return false;
    self->sets = items;
    memcpy(self->sets + used, self->found.set, self->set_words * sizeof *self->sets);
    *number = (uint32_t)++self->set_count;
    return true;
}

static bool add_symbol(cxm_symbols *self, cxm_str key, uint32_t *number) {
    void *items = self->items;
    if (!cxm_array_reserve(&self->allocator, &items, &self->capacity, self->count + 1,
                           sizeof *self->items))
        return false;
    self->items = items;
    items = self->atoms;
    if (!cxm_array_reserve(&self->allocator, &items, &self->atom_capacity,
                           self->atom_count + self->found.count, sizeof *self->atoms))
        return false;
    self->atoms = items;
    size_t first_filler = self->filler_count;
    cxm_str kept = cxm_arena_copy(&self->keys, key);
    uint32_t set;
    if (!kept.ptr || !add_fillers(self) || !add_set(self, &set) ||
        !cxm_table_add(&self->symbol_numbers, kept, (uint32_t)self->count, NULL))
        return false;
    memcpy(self->atoms + self->atom_count, self->found.items, key.len);
    self->items[self->count] = describe_symbol(self, first_filler);
    self->items[self->count].set = set;
    self->atom_count += self->found.count;
    *number = (uint32_t)self->count++;
    return true;
}

static bool symbol_of(cxm_symbols *self, cxm_str word, uint32_t *number) {
    if (!cxm_lexicon_resolve(self->lexicon, &self->allocator, self->stemmer, self->scratch, word,
                             &self->found))
        return false;
    cxm_str key = {(const char *)self->found.items, self->found.count * sizeof(uint32_t)};
    const uint32_t *known = cxm_table_find(&self->symbol_numbers, key);
    if (!known)
        return add_symbol(self, key, number);
    *number = *known;
    return true;
}

bool cxm_symbols_lists_atom(const cxm_symbols *self, const cxm_symbol *symbol, uint32_t atom) {
    size_t low = symbol->first_atom;
    size_t end = low + symbol->atom_count;
    size_t high = end;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (self->atoms[middle] < atom)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && self->atoms[low] == atom;
}

/* Gives a class, the next one, its columns in the atoms that it begins with. */
static void list_class(const cxm_symbols *self, const cxm_class *class_at) {
    for (uint32_t r = 0; r < class_at->reading_count; r++) {
        const cxm_class_reading *reading = &self->readings[class_at->first_reading + r];
        const cxm_symbol *symbol = &self->items[reading->symbols[0]];
        for (uint32_t i = 0; i < symbol->atom_count; i++)
            cxm_columns_add(&self->columns[self->atoms[symbol->first_atom + i]],
                            (uint32_t)self->class_count);
    }
}

/* Marks a class, the next one, in all needs that a word of it fulfills. */
static void mark_needs(const cxm_symbols *self, const cxm_class *class_at) {
    const cxm_lists *lists = &self->lexicon->needs_of_atom;
    uint32_t column = cxm_need_column((uint32_t)self->class_count);
    for (uint32_t r = 0; r < class_at->reading_count; r++) {
        const cxm_class_reading *reading = &self->readings[class_at->first_reading + r];
        for (uint32_t i = 0; i < reading->count; i++) {
            const cxm_symbol *symbol = &self->items[reading->symbols[i]];
            for (uint32_t a = 0; a < symbol->atom_count; a++) {
                uint32_t atom = self->atoms[symbol->first_atom + a];
                for (uint32_t n = lists->offsets[atom]; n < lists->offsets[atom + 1]; n++)
                    cxm_need_mark(&self->needs[lists->items[n] - 1], column);
            }
        }
    }
}

/* What is special about a class; one with several words is to fillers all that any of them is. */
static unsigned char class_flags(const cxm_symbols *self, const cxm_class *class_at) {
    unsigned flags = 0;
    for (uint32_t r = 0; r < class_at->reading_count; r++) {
        const cxm_class_reading *reading = &self->readings[class_at->first_reading + r];
        flags |= reading->count > 1 ? CXM_CLASS_SEVERAL : 0u;
        for (uint32_t i = 0; i < reading->count; i++) {
            const cxm_symbol *symbol = &self->items[reading->symbols[i]];
            bool alone = symbol->filler || (symbol->filler_count && reading->count > 1);
            flags |= (alone ? CXM_CLASS_FILLER : 0u) |
                     (symbol->filler_count ? CXM_CLASS_BEGINS : 0u) |
                     (symbol->in_filler ? CXM_CLASS_WITHIN : 0u);
        }
    }
    return (unsigned char)flags;
}

static bool add_class(cxm_symbols *self, const cxm_class_reading *readings, size_t count,
                      uint32_t *number) {
    cxm_str key = {(const char *)readings, count * sizeof *readings};
    const uint32_t *known = cxm_table_find(&self->class_numbers, key);
    if (known || self->class_count == CXM_MAX_CLASSES) {
        *number = known ? *known : 0;
        return true;
    }
    void *items = self->classes;
    if (!cxm_array_reserve(&self->allocator, &items, &self->class_capacity, self->class_count + 1,
                           sizeof *self->classes))
        return false;
    self->classes = items;
    items = self->readings;
    if (!cxm_array_reserve(&self->allocator, &items, &self->reading_capacity,
                           self->reading_count + count, sizeof *self->readings))
        return false;
    self->readings = items;
    items = self->flags;
    if (!cxm_array_reserve(&self->allocator, &items, &self->flag_capacity, self->class_count + 1,
                           1))
        return false;
    self->flags = items;
    memcpy(self->readings + self->reading_count, readings, key.len);
    cxm_class *added = &self->classes[self->class_count];
    *added = (cxm_class){.first_reading = (uint32_t)self->reading_count,
                         .reading_count = (uint32_t)count};
    self->flags[self->class_count] = class_flags(self, added);
    cxm_str kept = cxm_arena_copy(&self->keys, key);
    if (!kept.ptr || !cxm_table_add(&self->class_numbers, kept, (uint32_t)self->class_count, NULL))
        return false;
    if (self->class_count < CXM_MAX_LISTED)
        list_class(self, added);
    mark_needs(self, added);
    self->reading_count += count;
    *number = (uint32_t)self->class_count++;
    return true;
}

bool cxm_symbols_class_of(cxm_symbols *self, cxm_str folded, uint32_t *class_number) {
    cxm_readings words;
    cxm_class_reading readings[CXM_MAX_READINGS];
    cxm_language_read(&self->lexicon->language, folded, &words);
    /* The readings are a key by their bytes, so that what is not used must be zero. */
    memset(readings, 0, sizeof readings);
    for (size_t r = 0; r < words.count; r++) {
        cxm_class_reading *reading = &readings[r];
        reading->count = (uint32_t)words.items[r].count;
        for (uint32_t i = 0; i < reading->count; i++) {
            if (!symbol_of(self, words.items[r].words[i], &reading->symbols[i]))
                return false;
            if (self->items[reading->symbols[i]].negator)
                reading->negator_from = i + 1;
        }
    }
    return add_class(self, readings, words.count, class_number);
}
