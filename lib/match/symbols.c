/* SPDX-License-Identifier: MIT */
#include "match/symbols.h"

#include "base/str.h"

static bool add_class(cxm_symbols *self, const cxm_class_reading *readings, size_t count,
                      uint32_t *number);
static bool symbol_of(cxm_symbols *self, cxm_str word, uint32_t *number);

bool cxm_symbols_init(cxm_symbols *self, const cxm_lexicon *lexicon,
                      const cxm_allocator *allocator) {
    *self = (cxm_symbols){.lexicon = lexicon, .allocator = *allocator};
    cxm_arena_init(&self->keys, allocator);
    cxm_table_init(&self->symbol_numbers, allocator);
    cxm_table_init(&self->class_numbers, allocator);
    if (lexicon->language.stemmer.len) {
        self->stemmer = cxm_stemmer_new(lexicon->language.stemmer.ptr);
        if (!self->stemmer)
            return false;
    }
    self->scratch = cxm_regex_scratch_new(allocator);
    if (!self->scratch)
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
    cxm_release(allocator, self->classes, self->class_capacity * sizeof *self->classes);
    cxm_release(allocator, self->readings, self->reading_capacity * sizeof *self->readings);
    cxm_release(allocator, self->found.items, self->found.capacity * sizeof *self->found.items);
}

/* Whether one of the symbol's atoms, alone, is a rule of that kind, or begins one. */
static bool begins_rule(const cxm_lexicon *lexicon, const cxm_atoms *atoms, cxm_rule_kind kind,
                        bool alone) {
    const cxm_lists *lists = &lexicon->starts_of_atom;
    for (size_t a = 0; a < atoms->count; a++)
        for (uint32_t i = lists->offsets[atoms->items[a]];
             i < lists->offsets[atoms->items[a] + 1]; i++) {
            const cxm_start *start = &lexicon->starts[lists->items[i]];
            const cxm_instruction *next =
                &lexicon->program[lexicon->program[start->instruction].next];
            if (!alone && start->filler && kind == CXM_RULE_FILLER)
                return true;
            if (alone && next->op == CXM_OP_ACCEPT &&
                lexicon->rules[next->argument].kind == kind)
                return true;
        }
    return false;
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
    cxm_str kept = cxm_arena_copy(&self->keys, key);
    if (!kept.ptr || !cxm_table_add(&self->symbol_numbers, kept, (uint32_t)self->count, NULL))
        return false;
    memcpy(self->atoms + self->atom_count, self->found.items, key.len);
    self->items[self->count] = (cxm_symbol){
        .first_atom = (uint32_t)self->atom_count,
        .atom_count = (uint32_t)self->found.count,
        .negator = begins_rule(self->lexicon, &self->found, CXM_RULE_NEGATOR, true),
        .starts_filler = begins_rule(self->lexicon, &self->found, CXM_RULE_FILLER, false),
    };
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

static bool add_class(cxm_symbols *self, const cxm_class_reading *readings, size_t count,
                      uint32_t *number) {
    cxm_str key = {(const char *)readings, count * sizeof *readings};
    const uint32_t *known = cxm_table_find(&self->class_numbers, key);
    if (known) {
        *number = *known;
        return true;
    }
    void *items = self->classes;
    if (!cxm_array_reserve(&self->allocator, &items, &self->class_capacity,
                           self->class_count + 1, sizeof *self->classes))
        return false;
    self->classes = items;
    items = self->readings;
    if (!cxm_array_reserve(&self->allocator, &items, &self->reading_capacity,
                           self->reading_count + count, sizeof *self->readings))
        return false;
    self->readings = items;
    cxm_str kept = cxm_arena_copy(&self->keys, key);
    if (!kept.ptr || !cxm_table_add(&self->class_numbers, kept, (uint32_t)self->class_count, NULL))
        return false;
    memcpy(self->readings + self->reading_count, readings, key.len);
    self->classes[self->class_count] =
        (cxm_class){(uint32_t)self->reading_count, (uint32_t)count};
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
