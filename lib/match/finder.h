/* SPDX-License-Identifier: MIT */
/* From the tokens of sentences to the rules that are found in them. */
#ifndef CXM_MATCH_FINDER_H
#define CXM_MATCH_FINDER_H

#include "match/recall.h"
#include "match/seeker.h"

typedef struct cxm_finder {
    const cxm_lexicon *lexicon;
    cxm_automaton *automaton;
    cxm_allocator allocator;
    uint32_t max_tokens; /* that a walk takes at most */
    const cxm_batch *batch;
    cxm_seeker seeker;
    uint32_t *openings; /* tokens that start the sentence: its first, and what stands behind that
                         * if what is before it may be skipped */
    uint32_t opened;    /* the sentence they are of; UINT32_MAX: none */
    size_t opening_count;
    size_t opening_capacity;
    cxm_trials trials[CXM_PHASE_COUNT];
} cxm_finder;

/* false where there is no memory. Clear it in any case. */
bool cxm_finder_init(cxm_finder *self, cxm_automaton *automaton, const cxm_allocator *allocator);
void cxm_finder_clear(cxm_finder *self);

/* Finds the rules of a phase in some sentences of a batch, and leaves them in `trials`, sentence by
 * sentence. false where there is no memory. */
bool cxm_finder_run(cxm_finder *self, const cxm_batch *batch, const uint32_t *sentences,
                    size_t count, cxm_phase phase);

#endif
