/* SPDX-License-Identifier: MIT */
#include "base/str.h"
#include "lexicon/lexicon.h"

/* Room for all atoms there are, and none of them met. */
static bool begin(const cxm_lexicon *self, const cxm_allocator *allocator, cxm_atoms *out) {
    size_t words = cxm_atoms_words(self);
    out->count = 0;
    if (!out->items)
        out->items = cxm_allocate(allocator, (self->atom_count + 1) * sizeof *out->items);
    if (!out->set)
        out->set = cxm_allocate(allocator, words * sizeof *out->set);
    if (out->set)
        memset(out->set, 0, words * sizeof *out->set);
    return out->items && out->set;
}

static void add_primitive(const cxm_lexicon *self, uint32_t primitive, cxm_atoms *out) {
    const cxm_lists *lists = &self->atoms_of_primitive;
    for (uint32_t i = lists->offsets[primitive]; i < lists->offsets[primitive + 1]; i++)
        out->set[lists->items[i] / 64] |= UINT64_C(1) << (lists->items[i] % 64);
}

static void add_found(const cxm_lexicon *self, const cxm_table *table, cxm_str key,
                      cxm_atoms *out) {
    const uint32_t *primitive = cxm_table_find(table, key);
    if (primitive)
        add_primitive(self, *primitive, out);
}

/* Whether a list has a primitive among its own, which are in order. */
static bool lists_primitive(const cxm_lists *lists, uint32_t list, uint32_t primitive) {
    uint32_t low = lists->offsets[list];
    uint32_t end = lists->offsets[list + 1];
    uint32_t high = end;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (lists->items[middle] < primitive)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && lists->items[low] == primitive;
}

static void add_character(uint64_t set[2], char c) {
    unsigned char byte = (unsigned char)c;
    if (byte < 128)
        set[byte / 64] |= UINT64_C(1) << (byte % 64);
}

/* Whether an expression can take a word, by what that begins with and by the characters it has. */
static bool may_take(const cxm_word_regex *regex, cxm_str word, const uint64_t has[2]) {
    unsigned char first = word.len ? (unsigned char)word.ptr[0] : 0x80;
    unsigned char needed = (unsigned char)regex->needed;
    return (first >= 0x80 || (regex->beginnings[first / 64] >> (first % 64) & 1)) &&
           (!needed || (has[needed / 64] >> (needed % 64) & 1));
}

static void add_regexes(const cxm_lexicon *self, cxm_regex_scratch *scratch, cxm_str word,
                        cxm_atoms *out) {
    const cxm_lists *lists = &self->primitives_of_regex;
    const uint32_t *excepted = cxm_table_find(&self->excepted, word);
    uint64_t has[2] = {0, 0};
    for (size_t i = 0; i < word.len; i++)
        add_character(has, word.ptr[i]);
    for (size_t i = 0; i < self->regex_count; i++) {
        if (!may_take(&self->regexes[i], word, has) ||
            !cxm_regex_match(self->regexes[i].regex, scratch, word))
            continue;
        for (uint32_t k = lists->offsets[i]; k < lists->offsets[i + 1]; k++)
            if (!excepted ||
                !lists_primitive(&self->primitives_excepted, *excepted, lists->items[k]))
                add_primitive(self, lists->items[k], out);
    }
}

/* Lists the atoms that were met, in order. */
static void list(const cxm_lexicon *self, cxm_atoms *out) {
    for (size_t word = 0; word < cxm_atoms_words(self); word++)
        for (uint64_t left = out->set[word]; left; left &= left - 1)
            out->items[out->count++] = (uint32_t)(word * 64) + (uint32_t)__builtin_ctzll(left);
}

bool cxm_lexicon_resolve(const cxm_lexicon *self, const cxm_allocator *allocator,
                         cxm_stemmer *stemmer, cxm_regex_scratch *scratch, cxm_str word,
                         cxm_atoms *out) {
    if (!begin(self, allocator, out))
        return false;
    add_found(self, &self->literals, word, out);
    if (self->stems.count)
        add_found(self, &self->stems, cxm_stem(stemmer, word), out);
    for (size_t len = 1; len <= word.len && len <= self->longest_prefix; len++)
        add_found(self, &self->prefixes, cxm_str_slice(word, 0, len), out);
    add_regexes(self, scratch, word, out);
    list(self, out);
    return true;
}

void cxm_atoms_clear(cxm_atoms *self, const cxm_lexicon *lexicon, const cxm_allocator *allocator) {
    if (self->items)
        cxm_release(allocator, self->items, (lexicon->atom_count + 1) * sizeof *self->items);
    if (self->set)
        cxm_release(allocator, self->set, cxm_atoms_words(lexicon) * sizeof *self->set);
}
