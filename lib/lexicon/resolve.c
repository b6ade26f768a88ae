/* SPDX-License-Identifier: MIT */
#include "base/sort.h"
#include "base/str.h"
#include "lexicon/lexicon.h"

static bool add_primitive(const cxm_lexicon *self, const cxm_allocator *allocator,
                          uint32_t primitive, cxm_atoms *out) {
    const cxm_lists *lists = &self->atoms_of_primitive;
    size_t count = lists->offsets[primitive + 1] - lists->offsets[primitive];
    void *items = out->items;
    if (!cxm_array_reserve(allocator, &items, &out->capacity, out->count + count,
                           sizeof *out->items))
        return false;
    out->items = items;
    if (count)
        memcpy(out->items + out->count, lists->items + lists->offsets[primitive],
               count * sizeof *out->items);
    out->count += count;
    return true;
}

static bool add_found(const cxm_lexicon *self, const cxm_allocator *allocator,
                      const cxm_table *table, cxm_str key, cxm_atoms *out) {
    const uint32_t *primitive = cxm_table_find(table, key);
    return !primitive || add_primitive(self, allocator, *primitive, out);
}

bool cxm_lexicon_resolve(const cxm_lexicon *self, const cxm_allocator *allocator,
                         cxm_stemmer *stemmer, cxm_regex_scratch *scratch, cxm_str word,
                         cxm_atoms *out) {
    out->count = 0;
    if (!add_found(self, allocator, &self->literals, word, out))
        return false;
    if (self->stems.count &&
        !add_found(self, allocator, &self->stems, cxm_stem(stemmer, word), out))
        return false;
    for (size_t len = 1; len <= word.len && len <= self->longest_prefix; len++)
        if (!add_found(self, allocator, &self->prefixes, cxm_str_slice(word, 0, len), out))
            return false;
    for (size_t i = 0; i < self->regex_count; i++)
        if (cxm_regex_match(self->regexes[i].regex, scratch, word) &&
            !add_primitive(self, allocator, self->regexes[i].primitive, out))
            return false;
    out->count = cxm_sort_unique(out->items, out->count);
    return true;
}
