/* SPDX-License-Identifier: MIT */
/*
 * Evaluating expressions over the hits of a transcript, or of the beginning of one.
 *
 * The value of a clause is a list of *candidates*: every hit that it could be found at, with
 * whether it is, and the turn from which that can no longer change. So what is certain while a
 * conversation goes on, and what holds when it is over, are worked out in one go and never differ.
 * Besides, a value says whether the clause holds in the conversation as a whole, which `not`, `and`
 * and counts are about.
 *
 * Values stand on a stack; each clause takes time linear in the candidates of its operands.
 */
#ifndef CXM_BEHAVIOR_EVALUATE_H
#define CXM_BEHAVIOR_EVALUATE_H

#include "behavior/timeline.h"
#include "lexicon/lexicon.h"

#define CXM_NEVER CXM_CERTAIN_AT_END

enum { CXM_EVIDENCE_MAX = 16 };

typedef struct cxm_candidate {
    uint32_t hit;            /* index of all_hits; of several on the same words, one */
    uint32_t certain;        /* the turn from which `in` is final; CXM_NEVER: only at the end */
    uint32_t evidence;       /* where its hits begin in the pool */
    uint16_t evidence_count; /* without itself; where it is in */
    bool in;
} cxm_candidate;

typedef struct cxm_value {
    size_t first; /* its candidates, in order, no two on the very same words */
    size_t count;
    bool holds;
    uint32_t certain; /* of `holds` */
    bool applies;     /* false: it needs times that are not there; nothing holds then */
} cxm_value;

/* A growing array of numbers. */
typedef struct cxm_numbers {
    uint32_t *items;
    size_t count;
    size_t capacity;
} cxm_numbers;

typedef struct cxm_evaluator {
    cxm_allocator allocator;
    const cxm_lexicon *lexicon;
    cxm_timeline *timeline;
    cxm_candidate *stack;
    size_t stack_count;
    size_t stack_capacity;
    cxm_value *values; /* one per clause of the expression at hand */
    size_t value_capacity;
    cxm_numbers evidence; /* hits; until the next transcript */
    cxm_numbers counts;   /* scratch */
    cxm_numbers least;    /* scratch of relations, and so are: */
    cxm_numbers most;
    cxm_numbers sums;
    cxm_numbers known;

    cxm_candidate *kept; /* of behaviors that were evaluated, until the next transcript */
    size_t kept_count;
    size_t kept_capacity;
    cxm_value *behaviors; /* one per behavior; `first` counts in `kept` */
    bool *evaluated;
    bool keep_all; /* leave the values of all clauses on the stack, to explain them */
} cxm_evaluator;

bool cxm_evaluator_init(cxm_evaluator *self, const cxm_lexicon *lexicon, cxm_timeline *timeline,
                        const cxm_allocator *allocator);
void cxm_evaluator_clear(cxm_evaluator *self);

/* Forgets the transcript before: to be called once the timeline is set. */
void cxm_evaluator_reset(cxm_evaluator *self);

/* Evaluates one behavior and those that it names, or all; false where there is no memory. */
bool cxm_evaluate_behavior(cxm_evaluator *self, uint32_t index);
bool cxm_evaluate_behaviors(cxm_evaluator *self);

/* The value of a behavior that was evaluated, and its candidates. */
static inline const cxm_candidate *cxm_behavior_candidates(const cxm_evaluator *self,
                                                           uint32_t index) {
    return self->kept ? self->kept + self->behaviors[index].first : NULL;
}

/*
 * Evaluates any expression. Its candidates are on the stack until the next call; what it names is
 * evaluated before. false where there is no memory.
 */
bool cxm_evaluate(cxm_evaluator *self, const cxm_expression *expression, cxm_value *out);

/* The same, with the values of all clauses and their candidates, to be looked at. */
bool cxm_evaluate_all(cxm_evaluator *self, const cxm_expression *expression, cxm_value *out);

/* ---- For the files of this folder ---- */

bool cxm_push_candidate(cxm_evaluator *self, cxm_candidate candidate);
bool cxm_reserve_numbers(cxm_evaluator *self, cxm_numbers *numbers, size_t count);
const cxm_hit *cxm_hit_of(const cxm_evaluator *self, const cxm_candidate *candidate);

/* Whether two hits are on the very same words: that is one place, whatever found it. */
bool cxm_same_place(const cxm_evaluator *self, uint32_t hit, uint32_t other);

/* A distance from a place, to both sides, over turns or words of roles, or over seconds. */
typedef struct cxm_reach {
    const cxm_timeline *timeline;
    cxm_unit unit;
    uint32_t roles;
    bool bounded;
    double limit;
} cxm_reach;

/* How far `to` is behind `from`, or before it; negative where it is on the other side. */
double cxm_reach_behind(const cxm_reach *self, const cxm_hit *from, const cxm_hit *to);
double cxm_reach_before(const cxm_reach *self, const cxm_hit *from, const cxm_hit *to);

/* Whether nothing in a turn that comes behind `turn` can be within reach behind `from`. */
bool cxm_reach_ends(const cxm_reach *self, const cxm_hit *from, size_t turn);

/* How far a place is from the start, or the end, that a clause of a part counts from, in its unit;
 * CXM_TIME_UNKNOWN where that cannot be told. */
double cxm_part_distance(const cxm_timeline *timeline, const cxm_clause *clause,
                         const cxm_hit *hit);

/* Clauses: each reads its operands' values, pushes candidates and fills `out`. */
bool cxm_evaluate_relation(cxm_evaluator *self, const cxm_clause *clause, uint32_t roles,
                           cxm_value *out);
bool cxm_evaluate_part(cxm_evaluator *self, const cxm_clause *clause, cxm_value *out);
bool cxm_evaluate_count(cxm_evaluator *self, const cxm_clause *clause, cxm_value *out);
bool cxm_evaluate_gate(cxm_evaluator *self, const cxm_clause *clause, cxm_value *out);
void cxm_evaluate_compare(cxm_evaluator *self, const cxm_clause *clause, cxm_value *out);

/* A measure; role CXM_ROLE_COUNT: that of the conversation. CXM_UNKNOWN where it cannot be told. */
double cxm_measure_of(const cxm_measures *measures, cxm_measure measure, cxm_role role);

/* Sets whether a list holds: it does where one of it is in. */
void cxm_settle(const cxm_evaluator *self, cxm_value *value);

#endif
