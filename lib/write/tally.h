/* SPDX-License-Identifier: MIT */
/* Counting hits by family and role. */
#ifndef CXM_WRITE_TALLY_H
#define CXM_WRITE_TALLY_H

#include <cxmine/lexicon.h>
#include <cxmine/miner.h>

/* The families of a lexicon in the order of their names, and which family a category is of. */
typedef struct cxm_families {
    cxm_allocator allocator;
    cxm_str *names; /* borrowed from the lexicon */
    uint32_t *of_category;
    size_t count;
    size_t category_count;
} cxm_families;

/* false, and nothing to clear, where there is no memory. */
bool cxm_families_init(cxm_families *self, const cxm_lexicon *lexicon,
                       const cxm_allocator *allocator);
void cxm_families_clear(cxm_families *self);

typedef struct cxm_tally {
    cxm_allocator allocator;
    size_t *hits; /* family_count rows of CXM_ROLE_COUNT */
    size_t family_count;
    size_t role_hits[CXM_ROLE_COUNT];
    size_t role_words[CXM_ROLE_COUNT];
    size_t transcripts;
    size_t turns;
    size_t words;
} cxm_tally;

bool cxm_tally_init(cxm_tally *self, const cxm_families *families, const cxm_allocator *allocator);
void cxm_tally_clear(cxm_tally *self);

/* Makes it the tally of one result. */
void cxm_tally_set(cxm_tally *self, const cxm_families *families, const cxm_result *result);

/* Adds another tally of the same families to it. */
void cxm_tally_add(cxm_tally *self, const cxm_tally *other);

static inline size_t cxm_tally_hits(const cxm_tally *self, size_t family, size_t role) {
    return self->hits[family * CXM_ROLE_COUNT + role];
}

#endif
