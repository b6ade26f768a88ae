/* SPDX-License-Identifier: MIT */
#include "match/words.h"

#include "base/str.h"
#include "text/redaction.h"

const unsigned char cxm_word_masks[32] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                          0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};

enum { FIRST_CAPACITY = 1 << 12 };

static int shift_of(size_t capacity) {
    int shift = 64;
    for (; capacity > 1; capacity /= 2)
        shift--;
    return shift;
}

bool cxm_words_init(cxm_words *self, const cxm_lexicon *lexicon, const cxm_allocator *allocator,
                    size_t limit) {
    *self = (cxm_words){.allocator = *allocator, .limit = limit};
    cxm_arena_init(&self->folded_forms, allocator);
    cxm_table_init(&self->same_numbers, allocator);
    /* The address seeds the hash, so that no text can be made to collide everywhere. */
    self->seed = (uint64_t)(uintptr_t)self * 0x9e3779b97f4a7c15U;
    if (!cxm_symbols_init(&self->symbols, lexicon, allocator))
        return false;
    self->items = cxm_allocate(allocator, FIRST_CAPACITY * sizeof *self->items);
    if (!self->items)
        return false;
    self->capacity = FIRST_CAPACITY;
    self->shift = shift_of(FIRST_CAPACITY);
    return true;
}

void cxm_words_clear(cxm_words *self) {
    const cxm_allocator *allocator = &self->allocator;
    cxm_symbols_clear(&self->symbols);
    cxm_arena_clear(&self->folded_forms);
    cxm_table_clear(&self->same_numbers);
    cxm_release(allocator, self->items, self->capacity * sizeof *self->items);
    cxm_release(allocator, self->texts, self->text_capacity);
    cxm_release(allocator, self->pairs, self->pair_capacity * sizeof *self->pairs);
}

void cxm_words_keep_bounded(cxm_words *self) {
    if (self->count < self->limit)
        return;
    memset(self->items, 0, self->capacity * sizeof *self->items);
    self->count = 0;
    self->text_len = 0;
    self->pair_count = 0;
    cxm_table_reset(&self->same_numbers);
    cxm_arena_reset(&self->folded_forms);
}

static bool grow(cxm_words *self) {
    size_t capacity = self->capacity * 2;
    cxm_word *items = cxm_allocate(&self->allocator, capacity * sizeof *items);
    if (!items)
        return false;
    int shift = shift_of(capacity);
    for (size_t i = 0; i < self->capacity; i++) {
        if (self->items[i].len == 0)
            continue;
        size_t place = cxm_word_hash(self, self->items[i].key) >> shift;
        while (items[place].len)
            place = (place + 1) & (capacity - 1);
        items[place] = self->items[i];
    }
    cxm_release(&self->allocator, self->items, self->capacity * sizeof *self->items);
    self->items = items;
    self->capacity = capacity;
    self->shift = shift;
    return true;
}

/* Looks for two words in one. A slip may be found beside it, where it is not sure. */
static void unglue(const cxm_words *self, cxm_str word, cxm_understood *out) {
    out->glue = cxm_glue_of(self->symbols.lexicon, word, cxm_folded_str(&out->folded),
                            &out->glued_len, &out->first_bytes);
    if (out->glue != CXM_GLUE_NONE)
        out->glued = out->folded;
}

void cxm_words_understand(cxm_words *self, cxm_str word, cxm_understood *out) {
    const cxm_lexicon *lexicon = self->symbols.lexicon;
    out->glue = CXM_GLUE_NONE;
    out->slip = false;
    if (!cxm_fold(word, &out->folded)) {
        out->folded.len = 0;
        return;
    }
    cxm_str folded = cxm_folded_str(&out->folded);
    /* Without a list of the language's words nothing can be said to be no word. */
    if (lexicon->language.words.text.len == 0)
        return;
    if (self->part_glued)
        unglue(self, word, out);
    if (!self->mend_slips || out->glue == CXM_GLUE_SURE || cxm_is_known_word(lexicon, folded))
        return;
    cxm_str meant = cxm_lexicon_mend(lexicon, folded);
    if (meant.len == 0)
        return;
    memcpy(out->folded.text, meant.ptr, meant.len);
    out->folded.len = meant.len;
    out->slip = true;
}

static bool is_underscores(cxm_str folded) {
    for (size_t i = 0; i < folded.len; i++)
        if (folded.ptr[i] != '_')
            return false;
    return true;
}

static uint16_t flags_of(const cxm_words *self, cxm_str folded) {
    const cxm_language *language = &self->symbols.lexicon->language;
    uint16_t flags = 0;
    if (cxm_table_find(&language->fillers, folded))
        flags |= CXM_WORD_FILLER;
    if (cxm_table_find(&language->abbreviations, folded))
        flags |= CXM_WORD_ABBREVIATION;
    if (cxm_table_find(&language->annotations, folded))
        flags |= CXM_WORD_ANNOTATION;
    if (cxm_redaction_is_word(language, folded))
        flags |= CXM_WORD_REDACTION;
    if (is_underscores(folded))
        flags |= CXM_WORD_NONE;
    return flags;
}

static bool number_same(cxm_words *self, cxm_str folded, uint32_t *number) {
    const uint32_t *known = cxm_table_find(&self->same_numbers, folded);
    if (!known) {
        cxm_str kept = cxm_arena_copy(&self->folded_forms, folded);
        known = kept.ptr ? cxm_table_add(&self->same_numbers, kept,
                                         (uint32_t)self->same_numbers.count + 1, NULL)
                         : NULL;
    }
    if (known)
        *number = *known;
    return known != NULL;
}

/* What is to be known of a folded word. */
static bool describe(cxm_words *self, cxm_str folded, uint32_t *class_number, uint32_t *same,
                     uint16_t *flags) {
    *flags = flags_of(self, folded);
    return cxm_symbols_class_of(&self->symbols, folded, class_number) &&
           number_same(self, folded, same);
}

static bool describe_pair(cxm_words *self, const cxm_understood *understood, cxm_word *word) {
    void *items = self->pairs;
    if (!cxm_array_reserve(&self->allocator, &items, &self->pair_capacity, self->pair_count + 1,
                           sizeof *self->pairs))
        return false;
    self->pairs = items;
    cxm_word_pair *pair = &self->pairs[self->pair_count];
    cxm_str glued = cxm_folded_str(&understood->glued);
    cxm_str forms[3] = {cxm_str_slice(glued, 0, understood->glued_len),
                        cxm_str_slice(glued, understood->glued_len, glued.len),
                        cxm_folded_str(&understood->folded)};
    pair->first_len = (uint32_t)understood->first_bytes;
    for (size_t i = 0; i < 3; i++)
        if (!describe(self, forms[i], &pair->class_numbers[i], &pair->same[i], &pair->flags[i]))
            return false;
    if (understood->slip)
        pair->flags[CXM_PAIR_WHOLE] |= CXM_WORD_SLIP;
    word->flags = understood->glue == CXM_GLUE_SURE ? CXM_WORD_GLUED : CXM_WORD_MAY_BE_GLUED;
    word->class_number = (uint32_t)self->pair_count++;
    return true;
}

/* Keeps the bytes of a word that is too long to be its own key. */
static bool keep_text(cxm_words *self, cxm_str text, cxm_word *word) {
    void *items = self->texts;
    if (text.len <= sizeof word->key)
        return true;
    if (!cxm_array_reserve(&self->allocator, &items, &self->text_capacity,
                           self->text_len + text.len, 1))
        return false;
    self->texts = items;
    word->text = (uint32_t)self->text_len;
    memcpy(self->texts + self->text_len, text.ptr, text.len);
    self->text_len += text.len;
    return true;
}

bool cxm_words_is_long(const cxm_words *self, const cxm_word *word, const char *text, size_t len) {
    return word->len == len && memcmp(self->texts + word->text, text, len) == 0;
}

const cxm_word *cxm_words_add(cxm_words *self, const cxm_word_key *key, cxm_str text) {
    cxm_understood understood;
    cxm_word word = {.key = {key->key[0], key->key[1]}, .len = (uint16_t)text.len};
    if (text.len > CXM_WORD_MAX_BYTES)
        return &self->unknown;
    if (self->count >= self->capacity / 2 && !grow(self))
        return NULL;
    cxm_words_understand(self, text, &understood);
    if (understood.glue != CXM_GLUE_NONE) {
        if (!describe_pair(self, &understood, &word))
            return NULL;
    } else {
        if (!describe(self, cxm_folded_str(&understood.folded), &word.class_number, &word.same,
                      &word.flags))
            return NULL;
        if (understood.slip)
            word.flags |= CXM_WORD_SLIP;
    }
    if (!keep_text(self, text, &word))
        return NULL;
    size_t place = key->hash >> self->shift;
    while (self->items[place].len)
        place = (place + 1) & (self->capacity - 1);
    self->items[place] = word;
    self->count++;
    return &self->items[place];
}
