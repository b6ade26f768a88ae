/* SPDX-License-Identifier: MIT */
#include "behavior/evaluate.h"

#include <string.h>

/* ---- Life ---- */

bool cxm_evaluator_init(cxm_evaluator *self, const cxm_lexicon *lexicon, cxm_timeline *timeline,
                        const cxm_allocator *allocator) {
    size_t count = lexicon->behavior_count + 1;
    *self = (cxm_evaluator){.allocator = *allocator, .lexicon = lexicon, .timeline = timeline};
    self->behaviors = cxm_allocate(allocator, count * sizeof *self->behaviors);
    self->evaluated = cxm_allocate(allocator, count * sizeof *self->evaluated);
    return self->behaviors && self->evaluated;
}

static void free_numbers(const cxm_evaluator *self, cxm_numbers *numbers) {
    cxm_release(&self->allocator, numbers->items, numbers->capacity * sizeof *numbers->items);
}

void cxm_evaluator_clear(cxm_evaluator *self) {
    const cxm_allocator *allocator = &self->allocator;
    if (!self->lexicon)
        return;
    size_t count = self->lexicon->behavior_count + 1;
    cxm_release(allocator, self->behaviors, count * sizeof *self->behaviors);
    cxm_release(allocator, self->evaluated, count * sizeof *self->evaluated);
    cxm_release(allocator, self->stack, self->stack_capacity * sizeof *self->stack);
    cxm_release(allocator, self->values, self->value_capacity * sizeof *self->values);
    cxm_release(allocator, self->kept, self->kept_capacity * sizeof *self->kept);
    free_numbers(self, &self->evidence);
    free_numbers(self, &self->counts);
    free_numbers(self, &self->least);
    free_numbers(self, &self->most);
    free_numbers(self, &self->sums);
    free_numbers(self, &self->known);
}

void cxm_evaluator_reset(cxm_evaluator *self) {
    memset(self->evaluated, 0, self->lexicon->behavior_count * sizeof *self->evaluated);
    self->evidence.count = 0;
    self->kept_count = 0;
    self->stack_count = 0;
}

/* ---- Room ---- */

bool cxm_push_candidate(cxm_evaluator *self, cxm_candidate candidate) {
    void *items = self->stack;
    if (!cxm_array_reserve(&self->allocator, &items, &self->stack_capacity, self->stack_count + 1,
                           sizeof *self->stack))
        return false;
    self->stack = items;
    self->stack[self->stack_count++] = candidate;
    return true;
}

bool cxm_reserve_numbers(cxm_evaluator *self, cxm_numbers *numbers, size_t count) {
    void *items = numbers->items;
    bool room = cxm_array_reserve(&self->allocator, &items, &numbers->capacity, count,
                                  sizeof *numbers->items);
    numbers->items = items;
    return room;
}

const cxm_hit *cxm_hit_of(const cxm_evaluator *self, const cxm_candidate *candidate) {
    return &self->timeline->result->all_hits[candidate->hit];
}

bool cxm_same_place(const cxm_evaluator *self, uint32_t hit, uint32_t other) {
    const cxm_hit *a = &self->timeline->result->all_hits[hit];
    const cxm_hit *b = &self->timeline->result->all_hits[other];
    return a->turn == b->turn && a->start == b->start && a->end == b->end;
}

void cxm_settle(const cxm_evaluator *self, cxm_value *value) {
    value->holds = false;
    value->certain = CXM_NEVER;
    for (size_t i = 0; i < value->count; i++) {
        const cxm_candidate *candidate = &self->stack[value->first + i];
        if (!candidate->in)
            continue;
        value->holds = true;
        if (candidate->certain < value->certain)
            value->certain = candidate->certain;
    }
}

/* ---- Operands ---- */

static bool is_said_by(const cxm_evaluator *self, uint32_t hit, uint32_t roles) {
    const cxm_result *result = self->timeline->result;
    return roles & CXM_ROLE_BIT(result->roles[result->all_hits[hit].turn]);
}

/* Hits on the very same words stand side by side: the first of them is the place. */
static bool is_new_place(const cxm_evaluator *self, uint32_t hit, const cxm_value *out) {
    return self->stack_count == out->first ||
           !cxm_same_place(self, hit, self->stack[self->stack_count - 1].hit);
}

static bool evaluate_categories(cxm_evaluator *self, const cxm_clause *clause, cxm_value *out) {
    const cxm_result *result = self->timeline->result;
    uint32_t count = clause->last - clause->first;
    for (size_t i = 0; i < result->all_hit_count; i++) {
        const cxm_hit *hit = &result->all_hits[i];
        cxm_candidate candidate = {.hit = (uint32_t)i, .certain = hit->turn, .in = true};
        if (hit->category - clause->first >= count || /* also where it is below */
            !is_said_by(self, candidate.hit, clause->roles) ||
            !is_new_place(self, candidate.hit, out))
            continue;
        if (!cxm_push_candidate(self, candidate))
            return false;
    }
    out->count = self->stack_count - out->first;
    cxm_settle(self, out);
    return true;
}

/* Found at places, it holds where one of them is said by the roles; else it is about the whole
 * conversation, whoever spoke. */
static bool take_behavior(cxm_evaluator *self, const cxm_clause *clause, cxm_value *out) {
    const cxm_value *value = &self->behaviors[clause->first];
    bool placed = false;
    for (size_t i = 0; i < value->count; i++) {
        cxm_candidate candidate = self->kept[value->first + i];
        placed |= candidate.in;
        if (is_said_by(self, candidate.hit, clause->roles) && !cxm_push_candidate(self, candidate))
            return false;
    }
    out->count = self->stack_count - out->first;
    cxm_settle(self, out);
    if (placed)
        return true;
    out->holds = value->holds;
    out->certain = value->holds && clause->places ? CXM_NEVER : value->certain;
    return true;
}

/* ---- Clauses ---- */

static bool is_operand(const cxm_clause *clause) {
    return clause->kind == CXM_CLAUSE_CATEGORIES || clause->kind == CXM_CLAUSE_BEHAVIOR ||
           clause->kind == CXM_CLAUSE_COMPARE;
}

static bool evaluate_clause(cxm_evaluator *self, const cxm_clause *clauses, size_t index) {
    const cxm_clause *clause = &clauses[index];
    cxm_value *out = &self->values[index];
    *out = (cxm_value){.first = self->stack_count, .applies = true};
    switch (clause->kind) {
    case CXM_CLAUSE_CATEGORIES:
        return evaluate_categories(self, clause, out);
    case CXM_CLAUSE_BEHAVIOR:
        return take_behavior(self, clause, out);
    case CXM_CLAUSE_RELATION:
        return cxm_evaluate_relation(self, clause, clauses[clause->right].roles, out);
    case CXM_CLAUSE_PART:
        return cxm_evaluate_part(self, clause, out);
    case CXM_CLAUSE_COUNT:
        return cxm_evaluate_count(self, clause, out);
    case CXM_CLAUSE_NOT:
        out->holds = !self->values[clause->left].holds;
        out->certain = self->values[clause->left].certain;
        return true;
    case CXM_CLAUSE_AND:
    case CXM_CLAUSE_OR:
    case CXM_CLAUSE_WHERE:
        return cxm_evaluate_gate(self, clause, out);
    case CXM_CLAUSE_COMPARE:
        cxm_evaluate_compare(self, clause, out);
        return true;
    }
    return true;
}

/* Moves a result down over its operands, which nothing reads any more. */
static void collapse(cxm_evaluator *self, const cxm_clause *clause, cxm_value *value) {
    if (is_operand(clause) || self->keep_all)
        return;
    size_t first = self->values[clause->left].first;
    if (value->count)
        memmove(self->stack + first, self->stack + value->first,
                value->count * sizeof *self->stack);
    value->first = first;
    self->stack_count = first + value->count;
}

static bool evaluate_named(cxm_evaluator *self, const cxm_expression *expression) {
    for (size_t i = 0; i < expression->count; i++)
        if (expression->clauses[i].kind == CXM_CLAUSE_BEHAVIOR &&
            !cxm_evaluate_behavior(self, expression->clauses[i].first))
            return false;
    return true;
}

static bool reserve_values(cxm_evaluator *self, size_t count) {
    void *items = self->values;
    bool room = cxm_array_reserve(&self->allocator, &items, &self->value_capacity, count,
                                  sizeof *self->values);
    self->values = items;
    return room;
}

static bool run(cxm_evaluator *self, const cxm_expression *expression, cxm_value *out) {
    self->stack_count = 0;
    *out = (cxm_value){.certain = CXM_NEVER};
    if (cxm_expression_root(expression)->timed && !self->timeline->timed)
        return true;
    if (!reserve_values(self, expression->count))
        return false;
    for (size_t i = 0; i < expression->count; i++) {
        if (!evaluate_clause(self, expression->clauses, i))
            return false;
        collapse(self, &expression->clauses[i], &self->values[i]);
    }
    *out = self->values[expression->count - 1];
    return true;
}

bool cxm_evaluate(cxm_evaluator *self, const cxm_expression *expression, cxm_value *out) {
    return evaluate_named(self, expression) && run(self, expression, out);
}

bool cxm_evaluate_all(cxm_evaluator *self, const cxm_expression *expression, cxm_value *out) {
    if (!evaluate_named(self, expression))
        return false;
    self->keep_all = true;
    bool good = run(self, expression, out);
    self->keep_all = false;
    return good;
}

/* ---- Behaviors ---- */

static bool keep(cxm_evaluator *self, uint32_t index, const cxm_value *value) {
    void *items = self->kept;
    if (!cxm_array_reserve(&self->allocator, &items, &self->kept_capacity,
                           self->kept_count + value->count, sizeof *self->kept))
        return false;
    self->kept = items;
    if (value->count)
        memcpy(self->kept + self->kept_count, self->stack + value->first,
               value->count * sizeof *self->kept);
    self->behaviors[index] = *value;
    self->behaviors[index].first = self->kept_count;
    self->kept_count += value->count;
    self->evaluated[index] = true;
    return true;
}

static bool evaluate_one(cxm_evaluator *self, uint32_t index) {
    cxm_value value;
    return run(self, &self->lexicon->behavior_expressions[index], &value) &&
           keep(self, index, &value);
}

bool cxm_evaluate_behaviors(cxm_evaluator *self) {
    for (size_t i = 0; i < self->lexicon->behavior_count; i++)
        if (!evaluate_one(self, self->lexicon->behavior_order[i]))
            return false;
    return true;
}

/* As deep as behaviors name each other, which compiling bounds. */
bool cxm_evaluate_behavior(cxm_evaluator *self, uint32_t index) {
    const cxm_expression *expression = &self->lexicon->behavior_expressions[index];
    if (self->evaluated[index])
        return true;
    return evaluate_named(self, expression) && evaluate_one(self, index);
}
