/* SPDX-License-Identifier: MIT */
/* Clauses that are about the conversation as a whole: counts, and, or, where, comparisons. */
#include "base/str.h"
#include "behavior/evaluate.h"
#include "lexicon/pack_reader.h"

/* Lets a candidate through only where something holds. */
static cxm_candidate gated(cxm_candidate candidate, bool holds, uint32_t certain) {
    if (candidate.in != holds) {
        if (candidate.in)
            candidate.certain = certain;
    } else if (candidate.in ? certain > candidate.certain : certain < candidate.certain) {
        candidate.certain = certain;
    }
    candidate.in = candidate.in && holds;
    return candidate;
}

/* ---- Counts ---- */

/* The turn at which the `wanted`-th of those that are in is certain; CXM_NEVER where none is. */
static bool turn_of_nth(cxm_evaluator *self, const cxm_value *of, double wanted, uint32_t *turn) {
    size_t turns = self->timeline->turn_count;
    double count = 0;
    *turn = wanted > 0 ? CXM_NEVER : 0;
    if (!cxm_reserve_numbers(self, &self->counts, turns + 1))
        return false;
    memset(self->counts.items, 0, (turns + 1) * sizeof *self->counts.items);
    for (size_t i = 0; i < of->count; i++) {
        const cxm_candidate *candidate = &self->stack[of->first + i];
        if (candidate->in && candidate->certain < turns)
            self->counts.items[candidate->certain]++;
    }
    for (size_t i = 0; i < turns && *turn == CXM_NEVER; i++) {
        count += self->counts.items[i];
        if (count >= wanted)
            *turn = (uint32_t)i;
    }
    return true;
}

static double count_in(const cxm_evaluator *self, const cxm_value *of) {
    double count = 0;
    for (size_t i = 0; i < of->count; i++)
        count += self->stack[of->first + i].in;
    return count;
}

static bool decide_count(cxm_evaluator *self, const cxm_clause *clause, cxm_value *out) {
    const cxm_value *left = &self->values[clause->left];
    double count = count_in(self, left);
    double limit = clause->limit;
    uint32_t reached;
    uint32_t passed;
    if (!turn_of_nth(self, left, limit, &reached) || !turn_of_nth(self, left, limit + 1, &passed))
        return false;
    bool over = count > limit;
    out->certain = clause->amount == CXM_AT_LEAST ? reached : passed;
    if (clause->amount == CXM_AT_LEAST)
        out->holds = count >= limit;
    else
        out->holds = clause->amount == CXM_AT_MOST ? !over : count == limit;
    return true;
}

bool cxm_evaluate_count(cxm_evaluator *self, const cxm_clause *clause, cxm_value *out) {
    const cxm_value *left = &self->values[clause->left];
    if (!decide_count(self, clause, out))
        return false;
    for (size_t i = 0; i < left->count; i++)
        if (!cxm_push_candidate(self,
                                gated(self->stack[left->first + i], out->holds, out->certain)))
            return false;
    out->count = left->count;
    return true;
}

/* ---- And, or, where ---- */

/* One place in both lists: it is in where either is. */
static cxm_candidate merged(cxm_candidate a, cxm_candidate b) {
    if (a.in != b.in)
        return a.in ? a : b;
    if (a.in)
        return b.certain < a.certain ? b : a;
    return b.certain > a.certain ? b : a;
}

static bool push_union(cxm_evaluator *self, const cxm_value *left, const cxm_value *right,
                       const cxm_value *gate) {
    size_t i = 0;
    size_t j = 0;
    while (i < left->count || j < right->count) {
        const cxm_candidate *a = i < left->count ? &self->stack[left->first + i] : NULL;
        const cxm_candidate *b = j < right->count ? &self->stack[right->first + j] : NULL;
        bool both = a && b && cxm_same_place(self, a->hit, b->hit);
        bool takes_a = both || (a && (!b || a->hit < b->hit));
        bool takes_b = both || !takes_a;
        cxm_candidate next = takes_a && takes_b ? merged(*a, *b) : takes_a ? *a : *b;
        if (gate)
            next = gated(next, gate->holds, gate->certain);
        if (!cxm_push_candidate(self, next))
            return false;
        i += takes_a;
        j += takes_b;
    }
    return true;
}

bool cxm_evaluate_gate(cxm_evaluator *self, const cxm_clause *clause, cxm_value *out) {
    const cxm_value *left = &self->values[clause->left];
    const cxm_value *right = &self->values[clause->right];
    bool either = clause->kind == CXM_CLAUSE_OR;
    out->holds = either ? left->holds || right->holds : left->holds && right->holds;
    if (left->holds == right->holds) {
        bool first = out->holds == either; /* the first to be certain decides */
        out->certain = (left->certain < right->certain) == first ? left->certain : right->certain;
    } else {
        out->certain = left->holds == either ? left->certain : right->certain;
    }
    if (!push_union(self, left, right, either ? NULL : out))
        return false;
    out->count = self->stack_count - out->first;
    return true;
}

/* ---- Comparisons ---- */

static bool decide(cxm_comparison comparison, double difference) {
    switch (comparison) {
    case CXM_EQUAL:
        return difference == 0;
    case CXM_UNEQUAL:
        return difference != 0;
    case CXM_LESS:
        return difference < 0;
    case CXM_LESS_EQUAL:
        return difference <= 0;
    case CXM_GREATER:
        return difference > 0;
    case CXM_GREATER_EQUAL:
        return difference >= 0;
    case CXM_CONTAINS:
        break;
    }
    return false;
}

/* Byte order, ASCII letters in any case. */
static int compare_nocase(cxm_str a, cxm_str b) {
    size_t len = a.len < b.len ? a.len : b.len;
    for (size_t i = 0; i < len; i++) {
        int order =
            (unsigned char)cxm_ascii_lower(a.ptr[i]) - (unsigned char)cxm_ascii_lower(b.ptr[i]);
        if (order)
            return order;
    }
    return (a.len > b.len) - (a.len < b.len);
}

static bool contains(cxm_str text, cxm_str part) {
    for (size_t i = 0; i + part.len <= text.len; i++)
        if (cxm_str_equal_nocase(cxm_str_slice(text, i, i + part.len), part))
            return true;
    return false;
}

static const cxm_meta *find_meta(const cxm_transcript *transcript, cxm_str key) {
    for (size_t i = 0; i < cxm_transcript_meta_count(transcript); i++) {
        const cxm_meta *meta = cxm_transcript_meta(transcript, i);
        if (cxm_str_equal(meta->key, key))
            return meta;
    }
    return NULL;
}

/* A date is compared as far as it is written: 2026-01 is all of January. */
static bool compare_date(const cxm_clause *clause, cxm_str text) {
    if (text.len > clause->value.len)
        text.len = clause->value.len;
    bool dated = text.len >= 7 && cxm_is_digit(text.ptr[0]) && cxm_is_digit(text.ptr[3]) &&
                 text.ptr[4] == '-';
    return dated ? decide(clause->comparison, compare_nocase(text, clause->value))
                 : clause->comparison == CXM_UNEQUAL;
}

static bool compare_meta(const cxm_clause *clause, const cxm_transcript *transcript) {
    const cxm_meta *meta = find_meta(transcript, clause->key);
    double number;
    if (!meta)
        return false;
    if (clause->comparison == CXM_CONTAINS)
        return contains(meta->value, clause->value);
    if (clause->value_kind == CXM_VALUE_DATE)
        return compare_date(clause, meta->value);
    if (clause->value_kind == CXM_VALUE_TEXT)
        return decide(clause->comparison, compare_nocase(meta->value, clause->value));
    if (!cxm_pack_parse_number(cxm_str_trim(meta->value), &number))
        return clause->comparison == CXM_UNEQUAL;
    return decide(clause->comparison, number - clause->number);
}

static double measure_of_role(const cxm_role_measures *of, cxm_measure measure, bool timed) {
    switch (measure) {
    case CXM_MEASURE_WORDS:
        return (double)of->words;
    case CXM_MEASURE_TURNS:
        return (double)of->turns;
    case CXM_MEASURE_TALK_SHARE:
        return of->talk_share;
    case CXM_MEASURE_INTERRUPTIONS:
        return timed ? (double)of->interruptions : CXM_UNKNOWN;
    case CXM_MEASURE_WORDS_PER_MINUTE:
        return of->words_per_minute;
    case CXM_MEASURE_LONGEST_TURN:
        return of->longest_turn;
    case CXM_MEASURE_RESPONSE_TIME:
        return of->response_time;
    case CXM_MEASURE_META:
    case CXM_MEASURE_DURATION:
    case CXM_MEASURE_SILENCE:
        break;
    }
    return CXM_UNKNOWN;
}

double cxm_measure_of(const cxm_measures *measures, cxm_measure measure, cxm_role role) {
    if ((int)role < CXM_ROLE_COUNT)
        return measure_of_role(&measures->roles[role], measure, measures->timed);
    if (measure == CXM_MEASURE_DURATION)
        return measures->duration;
    if (measure == CXM_MEASURE_SILENCE)
        return measures->silence;
    if (measure == CXM_MEASURE_INTERRUPTIONS)
        return measures->timed ? (double)measures->interruptions : CXM_UNKNOWN;
    return measure == CXM_MEASURE_WORDS ? (double)measures->words : (double)measures->turns;
}

/* What is not known is neither more nor less than anything. */
void cxm_evaluate_compare(cxm_evaluator *self, const cxm_clause *clause, cxm_value *out) {
    out->certain = 0;
    if (clause->measure == CXM_MEASURE_META) {
        out->holds = compare_meta(clause, self->timeline->transcript);
        return;
    }
    double value =
        cxm_measure_of(cxm_timeline_measures(self->timeline), clause->measure, clause->role);
    out->holds = value >= 0 && decide(clause->comparison, value - clause->number);
    out->certain = CXM_NEVER;
}
