/* SPDX-License-Identifier: MIT */
/* From the tokens of a sentence to the rules found in it, and from those to what holds. */
#ifndef CXM_MATCH_SENTENCE_MATCH_H
#define CXM_MATCH_SENTENCE_MATCH_H

#include "match/recall.h"

/* What was last kept of a category in the sentence at hand. */
typedef struct cxm_category_place {
    uint64_t sentence; /* number of the sentence it was kept in */
    uint32_t first;
    uint32_t last;
    uint32_t index; /* of `kept` */
} cxm_category_place;

/* The last token of a rule that is found if what follows it may be skipped, and the walk it is of.
 */
typedef struct cxm_pending {
    uint64_t walk;
    uint32_t last;
} cxm_pending;

typedef struct cxm_matcher {
    const cxm_lexicon *lexicon;
    cxm_automaton *automaton;
    cxm_allocator allocator;
    uint32_t max_tokens; /* that a walk takes at most */
    uint64_t sentence;   /* counts sentences */

    cxm_match *matches; /* of the sentence; of each rule and start the longest */
    size_t match_count;
    size_t match_capacity;
    cxm_recall recall;
    cxm_seeker seeker;
    uint32_t *openings; /* tokens that start the sentence: its first, and what stands behind that
                         * if what is before it may be skipped */
    size_t opening_count;
    size_t opening_capacity;
    uint64_t walk;          /* counts walks */
    cxm_pending *pending;   /* per rule that waits for the end of the sentence */
    uint32_t *last_of_rule; /* per rule: index of its last match */
    cxm_match *kept;        /* what holds of them: leftmost-longest by category */
    size_t kept_count;
    size_t kept_capacity;
    cxm_category_place *places; /* per category */
} cxm_matcher;

bool cxm_matcher_init(cxm_matcher *self, cxm_automaton *automaton, const cxm_allocator *allocator);
void cxm_matcher_clear(cxm_matcher *self);

/* Finds what holds in the tokens [start, sentence->end) for turns of a view; it is left in `kept`,
 * by `first`. false where there is no memory. */
bool cxm_matcher_run(cxm_matcher *self, const cxm_tokens *tokens, uint32_t start,
                     const cxm_sentence *sentence, unsigned view);

#endif
