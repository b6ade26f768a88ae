/* SPDX-License-Identifier: MIT */
/*
 * Typing slips, by symmetric deletion (the idea of SymSpell, Wolf Garbe): two words are one edit
 * apart only if they have in common the word itself or one of its forms with a letter left out.
 * The buckets hold those forms of every known word by their hash; a query looks up its own forms
 * and verifies what it finds.
 */
#include "base/str.h"
#include "lexicon/compile.h"
#include "text/fold.h"

/* `word` without the byte at `skip`; the word itself where `skip` is its length. */
static cxm_str without(cxm_str word, size_t skip, char out[CXM_SLIP_MAX_BYTES]) {
    if (skip == word.len)
        return word;
    memcpy(out, word.ptr, skip);
    memcpy(out + skip, word.ptr + skip + 1, word.len - skip - 1);
    return (cxm_str){out, word.len - 1};
}

static uint32_t bucket_of(const cxm_lexicon *self, cxm_str word, size_t skip) {
    char form[CXM_SLIP_MAX_BYTES];
    cxm_str left = without(word, skip, form);
    return (uint32_t)cxm_hash_bytes(left.ptr, left.len, 0) & self->slip_mask;
}

/* Whether one letter left out, wrong, or two swapped, makes one word of the other. */
static bool one_edit_apart(cxm_str a, cxm_str b) {
    if (a.len > b.len)
        return one_edit_apart(b, a);
    if (b.len - a.len > 1)
        return false;
    size_t i = 0;
    while (i < a.len && a.ptr[i] == b.ptr[i])
        i++;
    if (a.len < b.len)
        return memcmp(a.ptr + i, b.ptr + i + 1, a.len - i) == 0;
    if (i == a.len)
        return false;
    if (memcmp(a.ptr + i + 1, b.ptr + i + 1, a.len - i - 1) == 0)
        return true;
    return i + 1 < a.len && a.ptr[i] == b.ptr[i + 1] && a.ptr[i + 1] == b.ptr[i] &&
           memcmp(a.ptr + i + 2, b.ptr + i + 2, a.len - i - 2) == 0;
}

cxm_str cxm_lexicon_mend(const cxm_lexicon *self, cxm_str folded) {
    cxm_str found = {NULL, 0};
    if (self->slip_word_count == 0 || folded.len < CXM_SLIP_MIN_BYTES ||
        folded.len > CXM_SLIP_MAX_BYTES || !cxm_is_letters(folded) ||
        cxm_word_list_find(&self->language.words, folded, NULL))
        return found;
    for (size_t skip = 0; skip <= folded.len; skip++) {
        uint32_t bucket = bucket_of(self, folded, skip);
        const cxm_lists *lists = &self->slip_buckets;
        for (uint32_t i = lists->offsets[bucket]; i < lists->offsets[bucket + 1]; i++) {
            cxm_str word = self->slip_words[lists->items[i]];
            if (!one_edit_apart(folded, word))
                continue;
            cxm_str one = cxm_language_spelling(&self->language, word);
            if (found.ptr && !cxm_str_equal(found, one))
                return (cxm_str){NULL, 0};
            found = one;
        }
    }
    return found;
}

static bool add_word(cxm_lexicon *self, cxm_str word) {
    if (word.len < CXM_SLIP_KNOWN_MIN_BYTES || word.len >= CXM_SLIP_MAX_BYTES ||
        !cxm_is_letters(word))
        return true;
    void *items = self->slip_words;
    if (!cxm_array_reserve(&self->allocator, &items, &self->slip_capacity,
                           self->slip_word_count + 1, sizeof *self->slip_words))
        return false;
    self->slip_words = items;
    self->slip_words[self->slip_word_count++] = word;
    return true;
}

static bool add_keys(cxm_lexicon *self, const cxm_table *table) {
    for (size_t i = 0; i < table->capacity; i++)
        if (table->entries[i].key.ptr && !add_word(self, table->entries[i].key))
            return false;
    return true;
}

/* Notes the first letters of all stems or prefixes, so that few words need be stemmed. */
enum { FIRST_LETTERS = 3, LETTERS = 26 };

typedef struct beginnings {
    bool known[LETTERS * LETTERS * LETTERS];
} beginnings;

static size_t beginning_of(cxm_str word) {
    size_t index = 0;
    for (size_t i = 0; i < FIRST_LETTERS; i++)
        index = index * LETTERS + (size_t)(word.ptr[i] - 'a');
    return index;
}

static void note_beginnings(const cxm_table *table, beginnings *out) {
    for (size_t i = 0; i < table->capacity; i++) {
        cxm_str key = table->entries[i].key;
        if (key.len >= FIRST_LETTERS && cxm_is_letters(cxm_str_slice(key, 0, FIRST_LETTERS)))
            out->known[beginning_of(key)] = true;
    }
}

/* Whether a word of the word list is looked for through its stem or a prefix. */
static bool is_looked_for(const cxm_lexicon *self, cxm_stemmer *stemmer, cxm_str word) {
    if (self->stems.count && cxm_table_find(&self->stems, cxm_stem(stemmer, word)))
        return true;
    for (size_t len = 1; len <= word.len && len <= self->longest_prefix; len++)
        if (cxm_table_find(&self->prefixes, cxm_str_slice(word, 0, len)))
            return true;
    return false;
}

static cxm_status add_inflections(cxm_lexicon *self, const beginnings *beginning) {
    cxm_stemmer *stemmer = NULL;
    if (self->language.stemmer.len) {
        stemmer = cxm_stemmer_new(self->language.stemmer.ptr);
        if (!stemmer)
            return CXM_E_NOMEM;
    }
    cxm_status status = CXM_OK;
    cxm_str word;
    for (size_t at = 0; cxm_word_list_next(&self->language.words, &at, &word, NULL);) {
        if (status == CXM_OK && word.len >= CXM_SLIP_KNOWN_MIN_BYTES && cxm_is_letters(word) &&
            beginning->known[beginning_of(word)] && !cxm_table_find(&self->literals, word) &&
            is_looked_for(self, stemmer, word) && !add_word(self, word))
            status = CXM_E_NOMEM;
    }
    cxm_stemmer_free(stemmer);
    return status;
}

/* Fills the buckets: a counting sort over the forms of all words. */
static cxm_status fill_buckets(cxm_lexicon *self) {
    size_t forms = 0;
    for (size_t i = 0; i < self->slip_word_count; i++)
        forms += self->slip_words[i].len + 1;
    uint32_t buckets = 64;
    while (buckets < forms)
        buckets *= 2;
    self->slip_mask = buckets - 1;
    uint32_t *offsets = CXM_ARENA_ARRAY(&self->arena, uint32_t, (size_t)buckets + 2);
    uint32_t *items = CXM_ARENA_ARRAY(&self->arena, uint32_t, forms + 1);
    if (!offsets || !items)
        return CXM_E_NOMEM;
    for (size_t i = 0; i < self->slip_word_count; i++)
        for (size_t skip = 0; skip <= self->slip_words[i].len; skip++)
            offsets[bucket_of(self, self->slip_words[i], skip) + 2]++;
    for (uint32_t b = 0; b < buckets; b++)
        offsets[b + 2] += offsets[b + 1];
    for (size_t i = 0; i < self->slip_word_count; i++)
        for (size_t skip = 0; skip <= self->slip_words[i].len; skip++)
            items[offsets[bucket_of(self, self->slip_words[i], skip) + 1]++] = (uint32_t)i;
    self->slip_buckets = (cxm_lists){offsets, items};
    return CXM_OK;
}

cxm_status cxm_compile_slips(cxm_lexicon *lexicon) {
    /* Without a list of the language's words every rare word would look like a slip. */
    if (lexicon->language.words.text.len == 0)
        return CXM_OK;
    beginnings *beginning = cxm_allocate(&lexicon->allocator, sizeof *beginning);
    if (!beginning)
        return CXM_E_NOMEM;
    note_beginnings(&lexicon->stems, beginning);
    note_beginnings(&lexicon->prefixes, beginning);
    cxm_status status = add_inflections(lexicon, beginning);
    cxm_release(&lexicon->allocator, beginning, sizeof *beginning);
    if (status == CXM_OK &&
        !(add_keys(lexicon, &lexicon->literals) && add_keys(lexicon, &lexicon->language.spellings)))
        status = CXM_E_NOMEM;
    return status == CXM_OK ? fill_buckets(lexicon) : status;
}
