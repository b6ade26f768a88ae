/* SPDX-License-Identifier: MIT */
#include "match/words.h"

#include "base/str.h"

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

static bool is_known(const cxm_words *self, cxm_str folded) {
    const cxm_lexicon *lexicon = self->symbols.lexicon;
    return cxm_word_list_find(&lexicon->language.words, folded, NULL) ||
           cxm_table_find(&lexicon->literals, folded) ||
           cxm_language_has_contraction(&lexicon->language, folded);
}

/* How frequent a word is in the language, from 0 to 9; 0 also where it is in no list. */
static unsigned frequency_of(const cxm_words *self, cxm_str folded) {
    unsigned frequency = 0;
    cxm_word_list_find(&self->symbols.lexicon->language.words, folded, &frequency);
    return frequency;
}

/* Whether two parts of an unknown word are so frequent that they are taken for two words. */
static bool are_two_words(const cxm_words *self, cxm_str first, cxm_str second) {
    enum { VERY_FREQUENT = 4 };
    return frequency_of(self, first) >= VERY_FREQUENT &&
           frequency_of(self, second) >= VERY_FREQUENT;
}

/* Where an unknown word of small letters falls into two frequent ones ("whythis"); 0 where it does
 * not, or in more than one way. */
static size_t seam_in_letters(const cxm_words *self, cxm_str word, cxm_str folded) {
    enum { LEAST = 2, MOST_BYTES = 24 };
    size_t seam = 0;
    if (word.len > MOST_BYTES || !cxm_is_letters(folded) || word.ptr[0] != folded.ptr[0])
        return 0;
    for (size_t cut = LEAST; cut + LEAST <= folded.len; cut++) {
        cxm_str second = cxm_str_slice(folded, cut, folded.len);
        if (!are_two_words(self, cxm_str_slice(folded, 0, cut), second))
            continue;
        if (seam)
            return 0;
        seam = cut;
    }
    return seam;
}

/* Where a capital follows small letters ("likeI") and both parts are known; 0 where not. */
static size_t seam_at_capital(const cxm_words *self, cxm_str word, cxm_str folded) {
    enum { LEAST = 2 };
    size_t small = 0;
    while (small < word.len && word.ptr[small] >= 'a' && word.ptr[small] <= 'z')
        small++;
    if (small < LEAST || small == word.len || word.ptr[small] < 'A' || word.ptr[small] > 'Z')
        return 0;
    return is_known(self, cxm_str_slice(folded, 0, small)) &&
                   is_known(self, cxm_str_slice(folded, small, folded.len))
               ? small
               : 0;
}

/* The length of the first of two words that are glued together; 0 where a word is one. */
static size_t glued_at(const cxm_words *self, cxm_str word, cxm_str folded) {
    if (folded.len != word.len || is_known(self, folded))
        return 0;
    size_t seam = seam_at_capital(self, word, folded);
    return seam ? seam : seam_in_letters(self, word, folded);
}

void cxm_words_understand(cxm_words *self, cxm_str word, cxm_understood *out) {
    const cxm_lexicon *lexicon = self->symbols.lexicon;
    out->first_len = 0;
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
        out->first_len = glued_at(self, word, folded);
    if (!self->mend_slips || out->first_len || is_known(self, folded))
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
    cxm_str folded = cxm_folded_str(&understood->folded);
    size_t cut = understood->first_len;
    pair->first_len = (uint32_t)cut;
    if (!describe(self, cxm_str_slice(folded, 0, cut), &pair->class_numbers[0], &pair->same[0],
                  &pair->flags[0]) ||
        !describe(self, cxm_str_slice(folded, cut, folded.len), &pair->class_numbers[1],
                  &pair->same[1], &pair->flags[1]))
        return false;
    word->flags = CXM_WORD_GLUED;
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
    if (understood.first_len) {
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
