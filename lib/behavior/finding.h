/* SPDX-License-Identifier: MIT */
/* From the value of an expression to findings: their places, evidence, windows and agents. */
#ifndef CXM_BEHAVIOR_FINDING_H
#define CXM_BEHAVIOR_FINDING_H

#include "behavior/evaluate.h"

/* Findings, and the evidence that they point to. */
typedef struct cxm_findings {
    cxm_allocator allocator;
    cxm_finding *items;
    size_t count;
    size_t capacity;
    cxm_finding *sorted; /* as they are handed out */
    size_t sorted_capacity;
    uint32_t *evidence;
    size_t evidence_count;
    size_t evidence_capacity;
    uint32_t *places; /* scratch: how many findings there are at each hit */
    size_t place_capacity;
} cxm_findings;

void cxm_findings_init(cxm_findings *self, const cxm_allocator *allocator);
void cxm_findings_clear(cxm_findings *self);
void cxm_findings_reset(cxm_findings *self);

/* Adds what an expression gave, as findings of `behavior`. `candidates` are those of `value`. */
bool cxm_findings_add(cxm_findings *self, const cxm_evaluator *evaluator,
                      const cxm_expression *expression, uint32_t behavior, const cxm_value *value,
                      const cxm_candidate *candidates);

/* Sorts by place, then in the order of adding, and lets evidence be pointed to. */
bool cxm_findings_finish(cxm_findings *self, const cxm_evaluator *evaluator);

/* Adds a hit and its evidence to a growing array, ascending; how many. SIZE_MAX: no memory. */
size_t cxm_collect_evidence(const cxm_evaluator *evaluator, const cxm_allocator *allocator,
                            uint32_t **items, size_t *count, size_t *capacity,
                            const cxm_candidate *candidate);

#endif
