/* SPDX-License-Identifier: MIT */
/* From the tokens of sentences to what holds of the rules that are found in them. */
#ifndef CXM_MATCH_MATCHER_H
#define CXM_MATCH_MATCHER_H

#include "match/finder.h"

/* What was last kept of a category in the sentence at hand. */
typedef struct cxm_category_place {
    uint64_t sentence; /* number of the sentence it was kept in */
    uint32_t first;
    uint32_t last;
    uint32_t index; /* of `kept` */
} cxm_category_place;

/* What is kept of a sentence of the batch. */
typedef struct cxm_kept {
    size_t first; /* index of `kept` */
    size_t count;
    cxm_recall_key key;
} cxm_kept;

typedef struct cxm_matcher {
    const cxm_lexicon *lexicon;
    cxm_automaton *automaton;
    cxm_allocator allocator;
    cxm_recall recall;
    cxm_finder finder;
    uint32_t *unknown; /* sentences of the batch that are not known */
    size_t unknown_count;
    size_t unknown_capacity;
    uint32_t *doubtful; /* of these, those with a match that something else could drop */
    size_t doubtful_count;
    size_t doubtful_capacity;
    uint64_t sentence;  /* counts sentences */
    cxm_match *matches; /* of the sentence at hand */
    size_t match_count;
    size_t match_capacity;
    cxm_match *kept; /* what holds of them: leftmost-longest by category */
    size_t kept_count;
    size_t kept_capacity;
    cxm_kept *sentences; /* per sentence of the batch */
    size_t sentence_capacity;
    cxm_category_place *places; /* per category */
} cxm_matcher;

/* false where there is no memory. Clear it in any case. */
bool cxm_matcher_init(cxm_matcher *self, cxm_automaton *automaton, const cxm_allocator *allocator);
void cxm_matcher_clear(cxm_matcher *self);

/* Finds what holds in the sentences of a batch; it is left in `kept`, for each of `sentences` by
 * `first`. false where there is no memory. */
bool cxm_matcher_run(cxm_matcher *self, const cxm_batch *batch);

#endif
