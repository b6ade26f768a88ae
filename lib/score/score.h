/* SPDX-License-Identifier: MIT */
/* Scorecards applied: opportunities, points, scores, for the conversation and for each agent. */
#ifndef CXM_SCORE_SCORE_H
#define CXM_SCORE_SCORE_H

#include "behavior/finding.h"

/* A place that a criterion is about, or that it asks for, and whose it is. */
typedef struct cxm_owned_place {
    uint32_t hit; /* CXM_NONE: the conversation as a whole, everybody's */
    uint32_t agent;
    bool met;        /* of an opportunity */
    size_t evidence; /* where its hits begin */
    size_t evidence_count;
} cxm_owned_place;

/* A growing array of one type. */
typedef struct cxm_rows {
    void *items;
    size_t count;
    size_t capacity;
} cxm_rows;

/* All scores of a transcript; arrays grow and are kept. */
typedef struct cxm_scores {
    cxm_allocator allocator;
    const cxm_lexicon *lexicon;
    cxm_rows agents;        /* uint32_t: numbers of the speakers who are agents, ascending */
    cxm_rows given;         /* cxm_owned_place: of the criterion at hand */
    cxm_rows asked;         /* likewise */
    cxm_rows scores;        /* cxm_score */
    cxm_rows criteria;      /* cxm_criterion_score */
    cxm_rows opportunities; /* cxm_opportunity */
    uint32_t *evidence;
    size_t evidence_count;
    size_t evidence_capacity;
} cxm_scores;

void cxm_scores_init(cxm_scores *self, const cxm_lexicon *lexicon, const cxm_allocator *allocator);
void cxm_scores_clear(cxm_scores *self);

/* Applies all scorecards; behaviors must have been evaluated. false where there is no memory. */
bool cxm_scores_make(cxm_scores *self, cxm_evaluator *evaluator);

#endif
