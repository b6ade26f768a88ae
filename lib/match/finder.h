/* SPDX-License-Identifier: MIT */
/* From the tokens of sentences to the rules that are found in them. */
#ifndef CXM_MATCH_FINDER_H
#define CXM_MATCH_FINDER_H

#include "match/recall.h"
#include "match/seeker.h"

/* A place at which a rule is looked for, and then the longest that is found there. */
typedef struct cxm_trial {
    uint32_t sentence; /* index of the batch's */
    uint32_t rule;
    uint32_t first;
    uint32_t last;    /* CXM_NOT_FOUND: it is not there */
    uint32_t pending; /* its last token if what follows may be skipped */
    bool opening;     /* `first` starts the sentence */
} cxm_trial;

#define CXM_NOT_FOUND UINT32_MAX

/* What was found in a phase, by sentence. */
typedef struct cxm_trials {
    cxm_trial *items;
    size_t count;
    size_t followed; /* the first one whose outcome is not known yet */
    size_t capacity;
} cxm_trials;

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
    cxm_need_row met; /* the needs that the sentence fulfills */
    uint64_t *wanted; /* per group of `unless`: the last round in which it could drop a match */
    uint64_t round;   /* counts sentences in which that was noted */
    bool wants_negators;
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
