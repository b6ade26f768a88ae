/* SPDX-License-Identifier: MIT */
/* Why an expression does not hold: the clauses that failed, and how near they came. */
#ifndef CXM_BEHAVIOR_EXPLAIN_H
#define CXM_BEHAVIOR_EXPLAIN_H

#include "base/buffer.h"
#include "behavior/evaluate.h"

enum { CXM_SHORTFALLS_MAX = 16 };

typedef struct cxm_explainer {
    cxm_buffer text; /* of all shortfalls, each with a NUL behind it */
    cxm_shortfall shortfalls[CXM_SHORTFALLS_MAX];
    size_t offsets[CXM_SHORTFALLS_MAX]; /* of their texts */
    cxm_explanation explanation;
} cxm_explainer;

void cxm_explainer_init(cxm_explainer *self, const cxm_allocator *allocator);
void cxm_explainer_clear(cxm_explainer *self);

/* Fills `explanation`. false where there is no memory. */
bool cxm_explain(cxm_explainer *self, cxm_evaluator *evaluator, const cxm_expression *expression);

#endif
