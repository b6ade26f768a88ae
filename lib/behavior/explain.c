/* SPDX-License-Identifier: MIT */
/*
 * Evaluates once more, keeping the values of all clauses, and goes from the whole down to those
 * clauses that are to blame. What failed in the outer clause only because an inner one did is told
 * of the inner one.
 */
#include "behavior/explain.h"

#include "base/str.h"
#include "lexicon/pack_reader.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

void cxm_explainer_init(cxm_explainer *self, const cxm_allocator *allocator) {
    cxm_buffer_init(&self->text, allocator);
}

void cxm_explainer_clear(cxm_explainer *self) {
    cxm_buffer_clear(&self->text);
}

typedef struct explaining {
    cxm_explainer *explainer;
    const cxm_evaluator *evaluator;
    const cxm_expression *expression;
    uint32_t waiting[CXM_SHORTFALLS_MAX]; /* clauses to explain, the next one last */
    size_t waiting_count;
} explaining;

/* ---- Telling ---- */

static cxm_str written(const explaining *self, const cxm_clause *clause) {
    return cxm_str_slice(self->expression->text, clause->start, clause->end);
}

static cxm_shortfall *add(explaining *self, cxm_reason reason, const cxm_clause *clause) {
    cxm_explanation *out = &self->explainer->explanation;
    if (out->shortfall_count == CXM_SHORTFALLS_MAX)
        return NULL;
    cxm_shortfall *shortfall = &self->explainer->shortfalls[out->shortfall_count++];
    *shortfall = (cxm_shortfall){.reason = reason,
                                 .clause = written(self, clause),
                                 .hit = CXM_NONE,
                                 .other = CXM_NONE,
                                 .limit = clause->limit};
    return shortfall;
}

static void say(explaining *self, const char *format, ...) CXM_PRINTF(2, 3);

/* The text of the shortfall that was added last. */
static void say(explaining *self, const char *format, ...) {
    cxm_explainer *explainer = self->explainer;
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    if (vsnprintf(text, sizeof text, format, arguments) < 0)
        text[0] = '\0';
    va_end(arguments);
    explainer->offsets[explainer->explanation.shortfall_count - 1] = explainer->text.len;
    cxm_buffer_add(&explainer->text, text, strlen(text) + 1);
}

static const char *unit_name(cxm_unit unit, double count) {
    static const char *const names[] = {"turns", "words", "seconds", "percent"};
    static const char *const single[] = {"turn", "word", "second", "percent"};
    return count == 1 ? single[unit] : names[unit];
}

static void wait(explaining *self, uint32_t clause) {
    if (self->waiting_count < CXM_SHORTFALLS_MAX)
        self->waiting[self->waiting_count++] = clause;
}

static const cxm_value *value_of(const explaining *self, uint32_t clause) {
    return &self->evaluator->values[clause];
}

static const cxm_candidate *candidate_of(const explaining *self, const cxm_value *value, size_t i) {
    return &self->evaluator->stack[value->first + i];
}

static size_t turn_number(const explaining *self, const cxm_candidate *candidate) {
    return (size_t)cxm_hit_of(self->evaluator, candidate)->turn + 1;
}

/* ---- Operands ---- */

static void explain_categories(explaining *self, const cxm_clause *clause) {
    const cxm_result *result = self->evaluator->timeline->result;
    size_t elsewhere = 0;
    for (size_t i = 0; i < result->all_hit_count; i++)
        elsewhere += result->all_hits[i].category >= clause->first &&
                     result->all_hits[i].category < clause->last;
    if (!add(self, CXM_REASON_ABSENT, clause))
        return;
    if (elsewhere)
        say(self, "was found %zu %s, but said by others", elsewhere,
            elsewhere == 1 ? "time" : "times");
    else
        say(self, "was not found");
}

static void explain_behavior(explaining *self, const cxm_clause *clause) {
    if (add(self, CXM_REASON_ABSENT, clause))
        say(self, "does not hold");
}

/* ---- Relations ---- */

/* The pair of the two sides that comes nearest to being near. */
typedef struct near_miss {
    const cxm_candidate *a;
    const cxm_candidate *b;
    double distance;
    bool behind; /* b is behind a */
} near_miss;

static bool is_behind(const explaining *self, const cxm_candidate *a, const cxm_candidate *b) {
    const cxm_hit *first = cxm_hit_of(self->evaluator, a);
    const cxm_hit *second = cxm_hit_of(self->evaluator, b);
    return second->turn != first->turn ? second->turn > first->turn
                                       : second->first_word > first->first_word;
}

static void try_pair(const explaining *self, const cxm_reach *reach, const cxm_candidate *a,
                     const cxm_candidate *b, bool behind, near_miss *best) {
    const cxm_hit *from = cxm_hit_of(self->evaluator, a);
    const cxm_hit *to = cxm_hit_of(self->evaluator, b);
    double distance =
        behind ? cxm_reach_behind(reach, from, to) : cxm_reach_before(reach, from, to);
    if (!best->a || distance < best->distance)
        *best = (near_miss){a, b, distance, behind};
}

/* Looks at the neighbours of each place of the left: the last of the right before it, and the first
 * behind it. `wrong` wants those on the side that the relation does not look at. */
static near_miss find_pair(const explaining *self, const cxm_clause *clause, bool wrong) {
    const cxm_value *left = value_of(self, clause->left);
    const cxm_value *right = value_of(self, clause->right);
    cxm_reach reach = {.timeline = self->evaluator->timeline,
                       .unit = clause->unit,
                       .roles = self->expression->clauses[clause->right].roles};
    bool behind = (clause->relation != CXM_AFTER) != (wrong && clause->relation != CXM_WITH);
    bool before = (clause->relation != CXM_THEN) != (wrong && clause->relation != CXM_WITH);
    near_miss best = {.a = NULL};
    const cxm_candidate *last = NULL;
    size_t j = 0;
    for (size_t i = 0; i < left->count; i++) {
        const cxm_candidate *a = candidate_of(self, left, i);
        if (!a->in)
            continue;
        for (; j < right->count && !is_behind(self, a, candidate_of(self, right, j)); j++) {
            const cxm_candidate *b = candidate_of(self, right, j);
            if (b->in)
                last = b;
        }
        size_t next = j;
        while (next < right->count && !candidate_of(self, right, next)->in)
            next++;
        if (before && last && (clause->relation == CXM_WITH || is_behind(self, last, a)))
            try_pair(self, &reach, a, last, false, &best);
        if (behind && next < right->count)
            try_pair(self, &reach, a, candidate_of(self, right, next), true, &best);
    }
    return best;
}

static void tell_pair(explaining *self, const cxm_clause *clause, const near_miss *pair) {
    cxm_shortfall *shortfall =
        add(self, clause->negative ? CXM_REASON_PRESENT : CXM_REASON_FAR, clause);
    cxm_str right = written(self, &self->expression->clauses[clause->right]);
    double over = pair->distance - clause->limit;
    if (!shortfall)
        return;
    shortfall->hit = pair->a->hit;
    shortfall->other = pair->b->hit;
    shortfall->actual = pair->distance;
    const char *side = pair->behind ? "later" : "before";
    if (clause->bounded && !clause->negative)
        say(self, "%.*s came %.6g %s %s, %.6g too many (turn %zu)", CXM_STR_ARGS(right),
            pair->distance, unit_name(clause->unit, pair->distance), side, over,
            turn_number(self, pair->b));
    else if (clause->bounded)
        say(self, "%.*s is there, %.6g %s %s (turn %zu)", CXM_STR_ARGS(right), pair->distance,
            unit_name(clause->unit, pair->distance), side, turn_number(self, pair->b));
    else
        say(self, "%.*s is there (turn %zu)", CXM_STR_ARGS(right), turn_number(self, pair->b));
}

static void tell_wrong_side(explaining *self, const cxm_clause *clause, const near_miss *pair) {
    cxm_shortfall *shortfall = add(self, CXM_REASON_FAR, clause);
    cxm_str right = written(self, &self->expression->clauses[clause->right]);
    if (!shortfall)
        return;
    shortfall->hit = pair->a->hit;
    shortfall->other = pair->b->hit;
    say(self, "%.*s came only %s it (turn %zu)", CXM_STR_ARGS(right),
        pair->behind ? "after" : "before", turn_number(self, pair->b));
}

static void explain_relation(explaining *self, const cxm_clause *clause) {
    if (!value_of(self, clause->left)->holds) {
        wait(self, clause->left);
        return;
    }
    if (!clause->negative && !value_of(self, clause->right)->holds) {
        wait(self, clause->right);
        return;
    }
    near_miss pair = find_pair(self, clause, false);
    if (pair.a) {
        tell_pair(self, clause, &pair);
        return;
    }
    pair = find_pair(self, clause, true);
    if (pair.a)
        tell_wrong_side(self, clause, &pair);
    else if (add(self, CXM_REASON_ABSENT, clause))
        say(self, "has no place of both sides");
}

/* ---- Parts and counts ---- */

static void explain_part(explaining *self, const cxm_clause *clause) {
    const cxm_value *left = value_of(self, clause->left);
    const cxm_timeline *timeline = self->evaluator->timeline;
    const cxm_candidate *nearest = NULL;
    double distance = CXM_TIME_UNKNOWN;
    if (!left->holds) {
        wait(self, clause->left);
        return;
    }
    for (size_t i = 0; i < left->count; i++) {
        const cxm_candidate *candidate = candidate_of(self, left, i);
        double its = cxm_part_distance(timeline, clause, cxm_hit_of(self->evaluator, candidate));
        if (!candidate->in || (nearest && (its < 0 || (distance >= 0 && its >= distance))))
            continue;
        nearest = candidate;
        distance = its;
    }
    cxm_shortfall *shortfall = add(self, CXM_REASON_OUTSIDE, clause);
    if (!shortfall || !nearest)
        return;
    shortfall->hit = nearest->hit;
    shortfall->actual = distance;
    say(self, "was found in turn %zu of %zu, not in the %s %.6g %s", turn_number(self, nearest),
        timeline->turn_count, clause->from_end ? "last" : "first", clause->limit,
        unit_name(clause->unit, clause->limit));
}

static void explain_count(explaining *self, const cxm_clause *clause) {
    static const char *const amounts[] = {"at least", "at most", "exactly"};
    const cxm_value *left = value_of(self, clause->left);
    size_t count = 0;
    for (size_t i = 0; i < left->count; i++)
        count += candidate_of(self, left, i)->in;
    if (!count) {
        wait(self, clause->left);
        return;
    }
    cxm_shortfall *shortfall = add(self, CXM_REASON_COUNT, clause);
    if (!shortfall)
        return;
    shortfall->actual = (double)count;
    say(self, "was found %zu %s; asked for %s %.6g", count, count == 1 ? "time" : "times",
        amounts[clause->amount], clause->limit);
}

/* ---- The whole ---- */

static void explain_not(explaining *self, const cxm_clause *clause) {
    const cxm_value *left = value_of(self, clause->left);
    cxm_shortfall *shortfall = add(self, CXM_REASON_PRESENT, clause);
    if (!shortfall)
        return;
    for (size_t i = 0; i < left->count && shortfall->other == CXM_NONE; i++)
        if (candidate_of(self, left, i)->in)
            shortfall->other = candidate_of(self, left, i)->hit;
    cxm_str inner = written(self, &self->expression->clauses[clause->left]);
    if (shortfall->other == CXM_NONE)
        say(self, "%.*s holds", CXM_STR_ARGS(inner));
    else
        say(self, "%.*s was found (turn %u)", CXM_STR_ARGS(inner),
            (unsigned)self->evaluator->timeline->result->all_hits[shortfall->other].turn + 1);
}

static void explain_compare(explaining *self, const cxm_clause *clause) {
    cxm_timeline *timeline = self->evaluator->timeline;
    cxm_shortfall *shortfall = add(self, CXM_REASON_DIFFERENT, clause);
    if (!shortfall)
        return;
    if (clause->measure != CXM_MEASURE_META) {
        shortfall->actual =
            cxm_measure_of(cxm_timeline_measures(timeline), clause->measure, clause->role);
        shortfall->limit = clause->number;
        if (shortfall->actual < 0)
            say(self, "cannot be told: there are no times");
        else
            say(self, "is %.6g", shortfall->actual);
        return;
    }
    for (size_t i = 0; i < cxm_transcript_meta_count(timeline->transcript); i++) {
        const cxm_meta *meta = cxm_transcript_meta(timeline->transcript, i);
        if (!cxm_str_equal(meta->key, clause->key))
            continue;
        say(self, "is \"%.*s\"", CXM_STR_ARGS(meta->value));
        return;
    }
    say(self, "is not there");
}

static void explain_sides(explaining *self, const cxm_clause *clause) {
    if (!value_of(self, clause->right)->holds)
        wait(self, clause->right);
    if (!value_of(self, clause->left)->holds)
        wait(self, clause->left);
}

static void explain_clause(explaining *self, uint32_t index) {
    const cxm_clause *clause = &self->expression->clauses[index];
    switch (clause->kind) {
    case CXM_CLAUSE_CATEGORIES:
        explain_categories(self, clause);
        return;
    case CXM_CLAUSE_BEHAVIOR:
        explain_behavior(self, clause);
        return;
    case CXM_CLAUSE_RELATION:
        explain_relation(self, clause);
        return;
    case CXM_CLAUSE_PART:
        explain_part(self, clause);
        return;
    case CXM_CLAUSE_COUNT:
        explain_count(self, clause);
        return;
    case CXM_CLAUSE_NOT:
        explain_not(self, clause);
        return;
    case CXM_CLAUSE_COMPARE:
        explain_compare(self, clause);
        return;
    case CXM_CLAUSE_AND:
    case CXM_CLAUSE_OR:
    case CXM_CLAUSE_WHERE:
        explain_sides(self, clause);
        return;
    }
}

static void explain_all(explaining *self, const cxm_value *whole) {
    const cxm_clause *root = cxm_expression_root(self->expression);
    if (!whole->applies) {
        if (add(self, CXM_REASON_UNTIMED, root))
            say(self, "asks for seconds, and the transcript has no times");
        return;
    }
    wait(self, (uint32_t)self->expression->count - 1);
    while (self->waiting_count)
        explain_clause(self, self->waiting[--self->waiting_count]);
}

bool cxm_explain(cxm_explainer *self, cxm_evaluator *evaluator, const cxm_expression *expression) {
    explaining run = {.explainer = self, .evaluator = evaluator, .expression = expression};
    cxm_value whole;
    cxm_buffer_reset(&self->text);
    self->explanation = (cxm_explanation){.shortfalls = self->shortfalls};
    if (!cxm_evaluate_all(evaluator, expression, &whole))
        return false;
    self->explanation.holds = whole.holds;
    if (!whole.holds)
        explain_all(&run, &whole);
    for (size_t i = 0; i < self->explanation.shortfall_count; i++)
        self->shortfalls[i].text = self->text.failed ? "" : self->text.ptr + self->offsets[i];
    return !self->text.failed;
}
