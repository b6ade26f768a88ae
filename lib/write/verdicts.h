/* SPDX-License-Identifier: MIT */
/* Summing up judgements over conversations. */
#ifndef CXM_WRITE_VERDICTS_H
#define CXM_WRITE_VERDICTS_H

#include <cxmine/judge.h>

typedef struct cxm_behavior_sum {
    size_t findings;
    size_t transcripts;     /* in which there was one */
    size_t last_transcript; /* the last of them, from 1 */
} cxm_behavior_sum;

/* What does not apply is not counted. */
typedef struct cxm_criterion_sum {
    size_t opportunities;
    size_t met;
} cxm_criterion_sum;

typedef struct cxm_scorecard_sum {
    size_t transcripts; /* that have a score */
    double value;       /* of all of them */
} cxm_scorecard_sum;

typedef struct cxm_verdicts {
    cxm_allocator allocator;
    const cxm_lexicon *lexicon;
    cxm_behavior_sum *behaviors;
    cxm_scorecard_sum *scorecards;
    cxm_criterion_sum *criteria; /* of all scorecards, one behind the other */
    size_t criterion_count;
    size_t transcripts; /* that were judged */
} cxm_verdicts;

/* false where there is no memory; to be cleared in either case. */
bool cxm_verdicts_init(cxm_verdicts *self, const cxm_lexicon *lexicon,
                       const cxm_allocator *allocator);
void cxm_verdicts_clear(cxm_verdicts *self);

/* Adds one judgement: of scores, those of the conversations. */
void cxm_verdicts_add(cxm_verdicts *self, const cxm_judgement *judgement);

#endif
