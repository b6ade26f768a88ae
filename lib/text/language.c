/* SPDX-License-Identifier: MIT */
#include "text/language.h"

#include "base/str.h"

void cxm_language_init(cxm_language *self, const cxm_allocator *allocator) {
    *self = (cxm_language){.allocator = *allocator};
    cxm_arena_init(&self->arena, allocator);
    cxm_table_init(&self->contractions, allocator);
    cxm_table_init(&self->spellings, allocator);
    cxm_table_init(&self->fillers, allocator);
    cxm_table_init(&self->annotations, allocator);
    cxm_table_init(&self->abbreviations, allocator);
    cxm_table_init(&self->redactions, allocator);
    cxm_table_init(&self->prefixes, allocator);
    cxm_table_init(&self->suffixes, allocator);
    cxm_role_cues_init(&self->cues, allocator);
}

void cxm_language_clear(cxm_language *self) {
    cxm_allocator allocator = self->allocator;
    cxm_release(&allocator, self->contraction_readings,
                self->contraction_capacity * sizeof *self->contraction_readings);
    cxm_release(&allocator, self->clitics, self->clitic_capacity * sizeof *self->clitics);
    cxm_release(&allocator, self->spelling_words,
                self->spelling_capacity * sizeof *self->spelling_words);
    cxm_table_clear(&self->contractions);
    cxm_table_clear(&self->spellings);
    cxm_table_clear(&self->fillers);
    cxm_table_clear(&self->annotations);
    cxm_table_clear(&self->abbreviations);
    cxm_table_clear(&self->redactions);
    cxm_table_clear(&self->prefixes);
    cxm_table_clear(&self->suffixes);
    cxm_role_cues_clear(&self->cues);
    cxm_arena_clear(&self->arena);
    cxm_language_init(self, &allocator);
}

/* Copies the words of a reading into the language's memory. */
static bool keep_reading(cxm_language *self, const cxm_reading *reading, cxm_reading *out) {
    out->count = reading->count;
    for (size_t i = 0; i < reading->count; i++) {
        out->words[i] = cxm_arena_copy(&self->arena, reading->words[i]);
        if (!out->words[i].ptr)
            return false;
    }
    return true;
}

/* Adds `word` -> `value` with a key that the language owns; `*slot` is its value. */
static bool keep_key(cxm_language *self, cxm_table *table, cxm_str word, uint32_t value,
                     uint32_t **slot) {
    *slot = cxm_table_find(table, word);
    if (*slot)
        return true;
    cxm_str key = cxm_arena_copy(&self->arena, word);
    if (key.ptr)
        *slot = cxm_table_add(table, key, value, NULL);
    return *slot != NULL;
}

bool cxm_language_has_contraction(const cxm_language *self, cxm_str word) {
    return cxm_table_find(&self->contractions, word) != NULL;
}

bool cxm_language_add_reading(cxm_language *self, cxm_str word, const cxm_reading *reading) {
    void *items = self->contraction_readings;
    if (!cxm_array_reserve(&self->allocator, &items, &self->contraction_capacity,
                           self->contraction_count + 1, sizeof *self->contraction_readings))
        return false;
    self->contraction_readings = items;
    uint32_t *index;
    if (!keep_key(self, &self->contractions, word, (uint32_t)self->contraction_count, &index))
        return false;
    cxm_readings *readings = &self->contraction_readings[*index];
    if (*index == self->contraction_count) {
        readings->count = 0;
        self->contraction_count++;
    }
    if (readings->count == CXM_MAX_READINGS)
        return false;
    if (!keep_reading(self, reading, &readings->items[readings->count]))
        return false;
    readings->count++;
    return true;
}

bool cxm_language_add_clitic(cxm_language *self, const cxm_clitic *clitic) {
    void *items = self->clitics;
    if (!cxm_array_reserve(&self->allocator, &items, &self->clitic_capacity, self->clitic_count + 1,
                           sizeof *self->clitics))
        return false;
    self->clitics = items;
    cxm_clitic *kept = &self->clitics[self->clitic_count];
    kept->ending = cxm_arena_copy(&self->arena, clitic->ending);
    kept->reading_count = clitic->reading_count;
    if (!kept->ending.ptr)
        return false;
    for (size_t i = 0; i < clitic->reading_count; i++)
        if (!keep_reading(self, &clitic->readings[i], &kept->readings[i]))
            return false;
    self->clitic_count++;
    return true;
}

bool cxm_language_add_spelling(cxm_language *self, cxm_str variant, cxm_str canonical) {
    void *items = self->spelling_words;
    if (!cxm_array_reserve(&self->allocator, &items, &self->spelling_capacity,
                           self->spelling_count + 1, sizeof *self->spelling_words))
        return false;
    self->spelling_words = items;
    cxm_str word = cxm_arena_copy(&self->arena, canonical);
    uint32_t *index;
    if (!word.ptr ||
        !keep_key(self, &self->spellings, variant, (uint32_t)self->spelling_count, &index))
        return false;
    if (*index == self->spelling_count)
        self->spelling_words[self->spelling_count++] = word;
    return true;
}

bool cxm_language_add_word(cxm_language *self, cxm_table *table, cxm_str word) {
    uint32_t *slot;
    return keep_key(self, table, word, 0, &slot);
}

cxm_str cxm_language_spelling(const cxm_language *self, cxm_str folded) {
    uint32_t *index = cxm_table_find(&self->spellings, folded);
    return index ? self->spelling_words[*index] : folded;
}

static bool ends_with(cxm_str word, cxm_str ending) {
    return word.len > ending.len &&
           memcmp(word.ptr + word.len - ending.len, ending.ptr, ending.len) == 0;
}

/* The longest clitic at the end of a word that leaves a part in front of it. */
static const cxm_clitic *clitic_of(const cxm_language *self, cxm_str word) {
    const cxm_clitic *best = NULL;
    for (size_t i = 0; i < self->clitic_count; i++)
        if (ends_with(word, self->clitics[i].ending) &&
            (!best || best->ending.len < self->clitics[i].ending.len))
            best = &self->clitics[i];
    return best;
}

void cxm_language_read(const cxm_language *self, cxm_str folded, cxm_readings *out) {
    cxm_str word = cxm_language_spelling(self, folded);
    uint32_t *contraction = cxm_table_find(&self->contractions, word);
    if (contraction) {
        *out = self->contraction_readings[*contraction];
        return;
    }
    const cxm_clitic *clitic = clitic_of(self, word);
    if (!clitic) {
        out->count = 1;
        out->items[0] = (cxm_reading){1, {word}};
        return;
    }
    cxm_str base =
        cxm_language_spelling(self, cxm_str_slice(word, 0, word.len - clitic->ending.len));
    out->count = clitic->reading_count;
    for (size_t i = 0; i < clitic->reading_count; i++) {
        const cxm_reading *tail = &clitic->readings[i];
        cxm_reading *reading = &out->items[i];
        *reading = (cxm_reading){1, {base}};
        for (size_t k = 0; k < tail->count && reading->count < CXM_MAX_READING_WORDS; k++)
            reading->words[reading->count++] = tail->words[k];
    }
}
