/* SPDX-License-Identifier: MIT */
#include "write/tally.h"

#include "base/memory.h"
#include "base/str.h"

/* The families' arrays have room for a family per category: there are never more. */
static uint32_t family_of(cxm_families *self, cxm_str name) {
    for (size_t i = self->count; i > 0; i--)
        if (cxm_str_equal(self->names[i - 1], name))
            return (uint32_t)(i - 1);
    self->names[self->count] = name;
    return (uint32_t)self->count++;
}

bool cxm_families_init(cxm_families *self, const cxm_lexicon *lexicon,
                       const cxm_allocator *allocator) {
    size_t count = cxm_lexicon_category_count(lexicon);
    *self = (cxm_families){.allocator = *allocator, .category_count = count};
    if (count == 0)
        return true;
    self->names = cxm_allocate(allocator, count * sizeof *self->names);
    self->of_category = cxm_allocate(allocator, count * sizeof *self->of_category);
    if (!self->names || !self->of_category) {
        cxm_families_clear(self);
        return false;
    }
    for (size_t i = 0; i < count; i++)
        self->of_category[i] = family_of(self, cxm_lexicon_category(lexicon, i)->family);
    return true;
}

void cxm_families_clear(cxm_families *self) {
    size_t count = self->category_count;
    cxm_release(&self->allocator, self->names, count * sizeof *self->names);
    cxm_release(&self->allocator, self->of_category, count * sizeof *self->of_category);
    self->names = NULL;
    self->of_category = NULL;
    self->count = self->category_count = 0;
}

static size_t table_size(const cxm_tally *self) {
    return self->family_count * CXM_ROLE_COUNT * sizeof *self->hits;
}

bool cxm_tally_init(cxm_tally *self, const cxm_families *families, const cxm_allocator *allocator) {
    *self = (cxm_tally){.allocator = *allocator, .family_count = families->count};
    if (families->count == 0)
        return true;
    self->hits = cxm_allocate(allocator, table_size(self));
    if (!self->hits)
        self->family_count = 0;
    return self->hits != NULL;
}

void cxm_tally_clear(cxm_tally *self) {
    cxm_release(&self->allocator, self->hits, table_size(self));
    self->hits = NULL;
    self->family_count = 0;
}

void cxm_tally_set(cxm_tally *self, const cxm_families *families, const cxm_result *result) {
    size_t *hits = self->hits;
    *self = (cxm_tally){.allocator = self->allocator,
                        .hits = hits,
                        .family_count = self->family_count,
                        .transcripts = 1,
                        .turns = result->turn_count,
                        .words = result->word_count};
    if (hits)
        memset(hits, 0, table_size(self));
    memcpy(self->role_words, result->role_words, sizeof self->role_words);
    for (size_t i = 0; i < result->hit_count; i++) {
        const cxm_hit *hit = &result->hits[i];
        size_t role = result->roles[hit->turn];
        hits[families->of_category[hit->category] * CXM_ROLE_COUNT + role]++;
        self->role_hits[role]++;
    }
}

void cxm_tally_add(cxm_tally *self, const cxm_tally *other) {
    for (size_t i = 0; i < self->family_count * CXM_ROLE_COUNT; i++)
        self->hits[i] += other->hits[i];
    for (size_t role = 0; role < CXM_ROLE_COUNT; role++) {
        self->role_hits[role] += other->role_hits[role];
        self->role_words[role] += other->role_words[role];
    }
    self->transcripts += other->transcripts;
    self->turns += other->turns;
    self->words += other->words;
}
