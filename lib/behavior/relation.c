/* SPDX-License-Identifier: MIT */
/*
 * Relations: those of the left with, or without, one of the right within reach.
 *
 * Both lists stand in the order of the conversation, and so do the windows of the right side that
 * the places of the left look through: their two ends only move on. The least and the most of a
 * window are kept in queues, so all of it is linear.
 */
#include "behavior/evaluate.h"

/* What the window of a place looks through, behind it or before it. */
typedef struct window {
    cxm_evaluator *evaluator;
    const cxm_reach *reach;
    const cxm_value *right;
    size_t known_count; /* candidates that can be measured; evaluator->known */
    bool strict;        /* not what begins with the same word; before a place never is */
    bool backward;
    size_t low;
    size_t high;
    uint32_t *least; /* a queue of those that are in, the first certain one first */
    size_t least_first;
    size_t least_end;
    uint32_t *most; /* a queue of those that are out, the last certain one first */
    size_t most_first;
    size_t most_end;
} window;

static const cxm_candidate *item(const window *self, size_t index) {
    return &self->evaluator->stack[self->right->first + self->evaluator->known.items[index]];
}

/* Whether b stands behind a, by the words they begin with; where that is not asked strictly, also
 * whether it is at the same word. */
static bool is_behind(const window *self, const cxm_candidate *a, const cxm_candidate *b) {
    const cxm_hit *first = cxm_hit_of(self->evaluator, a);
    const cxm_hit *second = cxm_hit_of(self->evaluator, b);
    if (!self->strict && second->turn == first->turn && second->first_word == first->first_word)
        return true;
    return second->turn != first->turn ? second->turn > first->turn
                                       : second->first_word > first->first_word;
}

static bool is_near(const window *self, const cxm_candidate *a, const cxm_candidate *b) {
    const cxm_hit *from = cxm_hit_of(self->evaluator, a);
    const cxm_hit *to = cxm_hit_of(self->evaluator, b);
    if (!self->reach->bounded)
        return true;
    double distance = self->backward ? cxm_reach_before(self->reach, from, to)
                                     : cxm_reach_behind(self->reach, from, to);
    return distance <= self->reach->limit;
}

static void push(window *self, size_t index) {
    uint32_t certain = item(self, index)->certain;
    if (item(self, index)->in) {
        while (self->least_end > self->least_first &&
               item(self, self->least[self->least_end - 1])->certain > certain)
            self->least_end--;
        self->least[self->least_end++] = (uint32_t)index;
    } else {
        while (self->most_end > self->most_first &&
               item(self, self->most[self->most_end - 1])->certain <= certain)
            self->most_end--;
        self->most[self->most_end++] = (uint32_t)index;
    }
}

static void pop(window *self, size_t index) {
    if (self->least_first < self->least_end && self->least[self->least_first] == index)
        self->least_first++;
    if (self->most_first < self->most_end && self->most[self->most_first] == index)
        self->most_first++;
}

/* Moves the window on to the next place. */
static void move(window *self, const cxm_candidate *a) {
    while (self->high < self->known_count) {
        const cxm_candidate *b = item(self, self->high);
        if (self->backward ? !is_behind(self, b, a) : !is_near(self, a, b))
            break;
        push(self, self->high++);
    }
    while (self->low < self->high) {
        const cxm_candidate *b = item(self, self->low);
        if (self->backward ? is_near(self, a, b) : is_behind(self, a, b))
            break;
        pop(self, self->low++);
    }
}

/* The first turn from which one of the window is known to be in; CXM_NEVER where none is. */
static bool least_of(const window *self, uint32_t *certain) {
    if (self->least_first == self->least_end)
        return false;
    uint32_t least = item(self, self->least[self->least_first])->certain;
    if (least < *certain)
        *certain = least;
    return true;
}

/* The turn from which those of the window that are out are all known to be. */
static uint32_t most_of(const window *self) {
    return self->most_first < self->most_end ? item(self, self->most[self->most_first])->certain
                                             : 0;
}

/* The nearest of the window that is certain by then, among a few; else the one certain first. */
static const cxm_candidate *nearest(const window *self, uint32_t certain) {
    enum { LOOKED_AT = 16 };
    size_t count = self->high - self->low;
    for (size_t i = 0; i < count && i < LOOKED_AT; i++) {
        const cxm_candidate *b = item(self, self->backward ? self->high - 1 - i : self->low + i);
        if (b->in && b->certain <= certain)
            return b;
    }
    if (self->least_first == self->least_end)
        return NULL;
    const cxm_candidate *first = item(self, self->least[self->least_first]);
    return first->certain <= certain ? first : NULL;
}

/* ---- Evidence ---- */

static bool add_evidence(cxm_evaluator *self, cxm_candidate *to, uint32_t hit) {
    const uint32_t *items = self->evidence.items;
    if (hit == to->hit || to->evidence_count == CXM_EVIDENCE_MAX - 1)
        return true;
    for (size_t i = 0; i < to->evidence_count; i++)
        if (items[to->evidence + i] == hit)
            return true;
    if (!cxm_reserve_numbers(self, &self->evidence, self->evidence.count + 1))
        return false;
    self->evidence.items[self->evidence.count++] = hit;
    to->evidence_count++;
    return true;
}

/* Evidence of a place, and that of what was found near it. */
static bool join_evidence(cxm_evaluator *self, cxm_candidate *to, cxm_candidate from) {
    cxm_candidate before = *to;
    to->evidence = (uint32_t)self->evidence.count;
    to->evidence_count = 0;
    bool good = true;
    for (size_t i = 0; i < before.evidence_count && good; i++)
        good = add_evidence(self, to, self->evidence.items[before.evidence + i]);
    good = good && add_evidence(self, to, from.hit);
    for (size_t i = 0; i < from.evidence_count && good; i++)
        good = add_evidence(self, to, self->evidence.items[from.evidence + i]);
    return good;
}

/* ---- Relations ---- */

typedef struct relating {
    cxm_evaluator *evaluator;
    const cxm_clause *clause;
    cxm_reach reach;
    window windows[2]; /* behind, and before */
    bool looks[2];
    size_t cursor; /* the first turn that may end the reach of the place at hand */
} relating;

/* The turn from which nothing new can come within reach. */
static uint32_t end_of_reach(relating *self, const cxm_hit *hit) {
    size_t turns = self->evaluator->timeline->turn_count;
    if (!self->looks[0])
        return hit->turn;
    if (self->cursor < hit->turn)
        self->cursor = hit->turn;
    while (self->cursor < turns && !cxm_reach_ends(&self->reach, hit, self->cursor))
        self->cursor++;
    return self->cursor < turns ? (uint32_t)self->cursor : CXM_NEVER;
}

/* What is certain of a place where nothing is in reach: when that is. */
static uint32_t certainly_alone(relating *self, const cxm_hit *hit) {
    uint32_t certain = end_of_reach(self, hit);
    for (unsigned i = 0; i < 2; i++) {
        uint32_t most = self->looks[i] ? most_of(&self->windows[i]) : 0;
        certain = most > certain ? most : certain;
    }
    return certain;
}

static uint32_t earlier(uint32_t a, uint32_t b) {
    return a < b ? a : b;
}

static uint32_t later(uint32_t a, uint32_t b) {
    return a > b ? a : b;
}

static bool add_found(relating *self, cxm_candidate *a) {
    const cxm_candidate *b = self->looks[0] ? nearest(&self->windows[0], a->certain) : NULL;
    if (!b && self->looks[1])
        b = nearest(&self->windows[1], a->certain);
    return !b || join_evidence(self->evaluator, a, *b);
}

/* From whether a place of the left is in, and whether one of the right is near it. */
static bool relate(relating *self, cxm_candidate *a) {
    const cxm_hit *hit = cxm_hit_of(self->evaluator, a);
    bool negative = self->clause->negative;
    uint32_t found = CXM_NEVER;
    bool any = false;
    for (unsigned i = 0; i < 2; i++)
        if (self->looks[i])
            any |= least_of(&self->windows[i], &found);
    uint32_t known = any ? later(found, hit->turn) : certainly_alone(self, hit);
    if (any != negative) {
        if (a->in)
            a->certain = later(a->certain, known);
        return !a->in || negative || add_found(self, a);
    }
    a->certain = a->in ? known : earlier(a->certain, known);
    a->in = false;
    return true;
}

/* The right side's candidates that can be measured. */
static bool collect_known(cxm_evaluator *self, const cxm_reach *reach, const cxm_value *right) {
    if (!cxm_reserve_numbers(self, &self->known, right->count))
        return false;
    self->known.count = 0;
    for (size_t i = 0; i < right->count; i++) {
        const cxm_hit *hit = cxm_hit_of(self, &self->stack[right->first + i]);
        bool untimed = reach->bounded && reach->unit == CXM_SECONDS &&
                       cxm_timeline_clock(reach->timeline, hit) < 0;
        if (!untimed)
            self->known.items[self->known.count++] = (uint32_t)i;
    }
    return true;
}

static bool open_windows(relating *self, const cxm_value *right) {
    cxm_evaluator *evaluator = self->evaluator;
    if (!collect_known(evaluator, &self->reach, right))
        return false;
    size_t count = evaluator->known.count;
    if (!cxm_reserve_numbers(evaluator, &evaluator->least, 2 * count) ||
        !cxm_reserve_numbers(evaluator, &evaluator->most, 2 * count))
        return false;
    for (unsigned i = 0; i < 2; i++) {
        size_t offset = count ? i * count : 0;
        self->windows[i] = (window){.evaluator = evaluator,
                                    .reach = &self->reach,
                                    .right = right,
                                    .known_count = count,
                                    .strict = self->clause->relation != CXM_WITH || i == 1,
                                    .backward = i == 1,
                                    .least = count ? evaluator->least.items + offset : NULL,
                                    .most = count ? evaluator->most.items + offset : NULL};
    }
    return true;
}

/* A place without a time is neither near to anything nor certainly alone. */
static bool is_measured(const relating *self, const cxm_candidate *a) {
    const cxm_hit *hit = cxm_hit_of(self->evaluator, a);
    return !self->reach.bounded || self->reach.unit != CXM_SECONDS ||
           cxm_timeline_clock(self->reach.timeline, hit) >= 0;
}

static bool relate_next(relating *self, cxm_candidate a) {
    if (!is_measured(self, &a)) {
        a.certain = cxm_hit_of(self->evaluator, &a)->turn;
        a.in = false;
        return cxm_push_candidate(self->evaluator, a);
    }
    for (unsigned i = 0; i < 2; i++)
        if (self->looks[i])
            move(&self->windows[i], &a);
    return relate(self, &a) && cxm_push_candidate(self->evaluator, a);
}

bool cxm_evaluate_relation(cxm_evaluator *self, const cxm_clause *clause, uint32_t roles,
                           cxm_value *out) {
    const cxm_value *left = &self->values[clause->left];
    relating relation = {.evaluator = self,
                         .clause = clause,
                         .reach = {.timeline = self->timeline,
                                   .unit = clause->unit,
                                   .roles = roles,
                                   .bounded = clause->bounded,
                                   .limit = clause->limit},
                         .looks = {clause->relation != CXM_AFTER, clause->relation != CXM_THEN}};
    if (!open_windows(&relation, &self->values[clause->right]))
        return false;
    for (size_t i = 0; i < left->count; i++)
        if (!relate_next(&relation, self->stack[left->first + i]))
            return false;
    out->count = self->stack_count - out->first;
    cxm_settle(self, out);
    return true;
}
