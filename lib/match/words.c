/* SPDX-License-Identifier: MIT */
#include "match/words.h"

#include "base/str.h"
#include "text/redaction.h"

/* All bits set in the first `len` bytes of 16 at 16 - len, for len 0 to 16. */
static const unsigned char masks[32] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};

/* Kept out of the loops that call it, which it would only widen. */
#define SELDOM __attribute__((noinline))

enum { FIRST_CAPACITY = 1 << 12, INLINE_BYTES = 16 /* of a word that is its own key */ };

static bool is_free(const cxm_word *word) {
    return (word->key[0] | word->key[1]) == 0;
}

/* Multiply-shift (Dietzfelbinger 1996): the highest bits are the place. */
static uint64_t hash_of(const cxm_words *self, uint64_t first, uint64_t second) {
    return first * self->factors[0] + second * self->factors[1];
}

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
    for (uint64_t i = 0; i < 2; i++)
        self->factors[i] = cxm_hash_bytes((const char *)&self, sizeof self, i) | 1;
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
        const cxm_word *word = &self->items[i];
        if (is_free(word))
            continue;
        size_t place = hash_of(self, word->key[0], word->key[1]) >> shift;
        while (!is_free(&items[place]))
            place = (place + 1) & (capacity - 1);
        items[place] = *word;
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
    word->class_key = CXM_KEY((uint32_t)self->pair_count, false);
    self->pair_count++;
    return true;
}

/* Keeps the bytes of a word that is too long to be its own key. */
static bool keep_text(cxm_words *self, cxm_str text, cxm_word *word) {
    void *items = self->texts;
    if (text.len <= INLINE_BYTES)
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

/* Works out what a word means. */
static bool describe_word(cxm_words *self, cxm_str text, cxm_word *word) {
    cxm_understood understood;
    uint32_t class_number;
    uint16_t flags;
    cxm_words_understand(self, text, &understood);
    if (understood.glue != CXM_GLUE_NONE)
        return describe_pair(self, &understood, word);
    if (!describe(self, cxm_folded_str(&understood.folded), &class_number, &word->same, &flags))
        return false;
    word->class_key = CXM_KEY(class_number, false);
    word->flags = flags | (understood.slip ? CXM_WORD_SLIP : 0u);
    return true;
}

/* The entry of a word that is new to the table; NULL where there is no memory. */
static const cxm_word *add(cxm_words *self, const uint64_t key[2], cxm_str text) {
    cxm_word word = {.key = {key[0], key[1]}};
    if (self->count >= self->capacity / 4 * 3 && !grow(self))
        return NULL;
    if (!describe_word(self, text, &word) || !keep_text(self, text, &word))
        return NULL;
    if (word.flags)
        word.same |= CXM_SAME_SPECIAL;
    size_t place = hash_of(self, key[0], key[1]) >> self->shift;
    while (!is_free(&self->items[place]))
        place = (place + 1) & (self->capacity - 1);
    self->items[place] = word;
    self->count++;
    return &self->items[place];
}

/* The key of a word of at most 16 bytes. */
static inline void read_key(const char *text, size_t len, uint64_t *first, uint64_t *second) {
    const unsigned char *mask = masks + INLINE_BYTES - len;
    uint64_t bytes;
    uint64_t kept;
    memcpy(&bytes, text, sizeof bytes);
    memcpy(&kept, mask, sizeof kept);
    *first = bytes & kept;
    memcpy(&bytes, text + sizeof bytes, sizeof bytes);
    memcpy(&kept, mask + sizeof kept, sizeof kept);
    *second = bytes & kept;
}

static inline bool has_key(const cxm_word *word, uint64_t first, uint64_t second) {
    return ((word->key[0] ^ first) | (word->key[1] ^ second)) == 0;
}

/* Lets an entry change places with the one in its own place, so that a frequent word comes to stand
 * where it is looked for first. No place becomes free, so that the other is found as before. */
static const cxm_word *bring_home(cxm_words *self, size_t home, size_t at) {
    cxm_word word = self->items[at];
    self->items[at] = self->items[home];
    self->items[home] = word;
    return &self->items[home];
}

/* The entry of any word, wherever it stands; NULL where there is no memory. */
static SELDOM const cxm_word *find(cxm_words *self, cxm_str text) {
    enum { LEN_BITS = 8 };
    uint64_t key[2];
    if (text.len > CXM_WORD_MAX_BYTES)
        return &self->unknown;
    if (text.len > INLINE_BYTES) {
        key[0] = cxm_hash_bytes(text.ptr, text.len, self->factors[0]) << LEN_BITS | text.len;
        key[1] = UINT64_MAX;
    } else {
        read_key(text.ptr, text.len, &key[0], &key[1]);
    }
    size_t home = hash_of(self, key[0], key[1]) >> self->shift;
    for (size_t i = home;; i = (i + 1) & (self->capacity - 1)) {
        const cxm_word *word = &self->items[i];
        if (has_key(word, key[0], key[1]) &&
            (text.len <= INLINE_BYTES || memcmp(self->texts + word->text, text.ptr, text.len) == 0))
            return bring_home(self, home, i);
        if (is_free(word))
            return add(self, key, text);
    }
}

/* Which words have flags or are the same as one of the two before them. */
static uint64_t find_special(const uint32_t *same, size_t count) {
    uint64_t special = 0;
    for (size_t i = 0; i < count; i++) {
        bool repeats = (i > 0 && same[i] == same[i - 1]) || (i > 1 && same[i] == same[i - 2]);
        special |= (uint64_t)(repeats || (same[i] & CXM_SAME_SPECIAL)) << i;
    }
    return special;
}

/* Whether there are such words, mostly not: the highest bit of what is one less tells that it was
 * nothing. */
static inline bool any_special(const uint32_t *same, size_t count) {
    uint32_t special = count > 1 ? same[0] | same[1] | ((same[1] ^ same[0]) - 1) : same[0];
    for (size_t i = 2; i < count; i++)
        special |= same[i] | ((same[i] ^ same[i - 1]) - 1) | ((same[i] ^ same[i - 2]) - 1);
    return special & CXM_SAME_SPECIAL;
}

/* Nearly all words are short, and stand in their own place. No word's look-up waits for that of
 * another, so that the processor waits for the memory of several at a time. */
bool cxm_words_look_up(cxm_words *self, const char *text, const cxm_span *spans, size_t count,
                       cxm_lexeme *tokens, cxm_meanings *out) {
    const cxm_word *items = self->items;
    uint64_t factors[2] = {self->factors[0], self->factors[1]};
    int shift = self->shift;
    uint32_t *same = out->same;
    for (size_t i = 0; i < count; i++) {
        const char *start = text + spans[i].start;
        size_t len = spans[i].end - spans[i].start;
        const cxm_word *word = NULL;
        if (len <= INLINE_BYTES) {
            uint64_t first;
            uint64_t second;
            read_key(start, len, &first, &second);
            word = &items[(first * factors[0] + second * factors[1]) >> shift];
            word = has_key(word, first, second) ? word : NULL;
        }
        if (!word) {
            word = find(self, (cxm_str){start, len});
            if (!word)
                return false;
            items = self->items;
            shift = self->shift;
        }
        /* Two members at once. */
        memcpy(&tokens[i].start, &spans[i], sizeof spans[i]);
        memcpy(&tokens[i].key, &word->class_key, sizeof word->class_key + sizeof word->flags);
        same[i] = word->same;
    }
    out->special = any_special(same, count) ? find_special(same, count) : 0;
    return true;
}
