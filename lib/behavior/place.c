/* SPDX-License-Identifier: MIT */
/* Places in a conversation: how far two are from each other, and in which part one is. */
#include "behavior/evaluate.h"

/* ---- Distances, from first word to first word ---- */

static double turns_behind(const cxm_reach *self, const cxm_hit *from, const cxm_hit *to) {
    return (double)cxm_timeline_runs(self->timeline, to->turn, self->roles) -
           (double)cxm_timeline_runs(self->timeline, from->turn, self->roles);
}

/* Runs of the roles that began before the one of the place. */
static double runs_before(const cxm_reach *self, const cxm_hit *place) {
    return (double)cxm_timeline_runs(self->timeline, place->turn, self->roles) -
           cxm_timeline_of_roles(self->timeline, place->turn, self->roles);
}

static double words_before(const cxm_reach *self, const cxm_hit *place, bool itself) {
    return (double)cxm_timeline_words(self->timeline, place->turn,
                                      place->first_word + (size_t)itself, self->roles);
}

static double seconds_between(const cxm_reach *self, const cxm_hit *from, const cxm_hit *to) {
    return cxm_timeline_clock(self->timeline, to) - cxm_timeline_clock(self->timeline, from);
}

double cxm_reach_behind(const cxm_reach *self, const cxm_hit *from, const cxm_hit *to) {
    if (self->unit == CXM_TURNS)
        return turns_behind(self, from, to);
    if (self->unit == CXM_WORDS)
        return words_before(self, to, true) - words_before(self, from, true);
    return seconds_between(self, from, to);
}

double cxm_reach_before(const cxm_reach *self, const cxm_hit *from, const cxm_hit *to) {
    if (self->unit == CXM_TURNS)
        return runs_before(self, from) - runs_before(self, to);
    if (self->unit == CXM_WORDS)
        return words_before(self, from, false) - words_before(self, to, false);
    return seconds_between(self, to, from);
}

/* The last run within reach is over only once another has begun. */
static bool turns_end(const cxm_reach *self, const cxm_hit *from, size_t turn) {
    const cxm_timeline *timeline = self->timeline;
    double gone = (double)cxm_timeline_runs(timeline, turn, self->roles) -
                  (double)cxm_timeline_runs(timeline, from->turn, self->roles);
    if (gone != self->limit)
        return gone > self->limit;
    if (self->limit == 0)
        return timeline->stops[turn].run != timeline->stops[from->turn].run;
    return !cxm_timeline_of_roles(timeline, turn, self->roles);
}

bool cxm_reach_ends(const cxm_reach *self, const cxm_hit *from, size_t turn) {
    const cxm_timeline *timeline = self->timeline;
    if (!self->bounded)
        return false;
    if (self->unit == CXM_TURNS)
        return turns_end(self, from, turn);
    if (self->unit == CXM_WORDS)
        return (double)cxm_timeline_words(timeline, turn + 1, 0, self->roles) -
                   words_before(self, from, true) >=
               self->limit;
    double clock = cxm_timeline_clock(timeline, from);
    return clock < 0 || (turn > from->turn && timeline->stops[turn].clock > clock + self->limit);
}

/* ---- Parts ---- */

/* A part of the conversation, and the roles whose turns it counts. */
typedef struct part {
    const cxm_evaluator *evaluator;
    const cxm_clause *clause;
    size_t cursor; /* the first turn that has not ruled out the place at hand */
} part;

/* What is in the first turns, or seconds, can be told at once. */
static bool is_in_first(const part *self, const cxm_hit *hit) {
    const cxm_timeline *timeline = self->evaluator->timeline;
    double limit = self->clause->limit;
    if (self->clause->unit == CXM_TURNS)
        return (double)cxm_timeline_runs(timeline, hit->turn, self->clause->roles) <= limit;
    return cxm_timeline_clock(timeline, hit) <= limit;
}

static size_t words_at(const cxm_timeline *timeline, const cxm_hit *hit) {
    return timeline->stops[hit->turn].all_words + hit->first_word;
}

/* Whether the words up to the end of a turn put a place into the first percents; once they do, more
 * words change nothing. */
static bool is_in_first_percent(const part *self, const cxm_hit *hit, size_t turn) {
    const cxm_timeline *timeline = self->evaluator->timeline;
    double words = (double)timeline->stops[turn + 1].all_words;
    return 100 * (double)words_at(timeline, hit) < self->clause->limit * words;
}

/* Whether what was said up to the end of a turn has put a place out of the last part. */
static bool is_before_last(const part *self, const cxm_hit *hit, size_t turn) {
    const cxm_timeline *timeline = self->evaluator->timeline;
    double limit = self->clause->limit;
    if (self->clause->unit == CXM_PERCENT) {
        double words = (double)timeline->stops[turn + 1].all_words;
        return 100 * (double)words_at(timeline, hit) < (100 - limit) * words;
    }
    if (self->clause->unit == CXM_TURNS)
        return (double)cxm_timeline_runs(timeline, turn, self->clause->roles) -
                   (double)cxm_timeline_runs(timeline, hit->turn, self->clause->roles) >=
               limit;
    return timeline->stops[turn].latest > cxm_timeline_clock(timeline, hit) + limit;
}

/* The first turn from which something is so, which stays so, and is so later for later places. */
static uint32_t first_turn(part *self, const cxm_hit *hit,
                           bool (*is_so)(const part *, const cxm_hit *, size_t)) {
    size_t turns = self->evaluator->timeline->turn_count;
    if (self->cursor < hit->turn)
        self->cursor = hit->turn;
    while (self->cursor < turns && !is_so(self, hit, self->cursor))
        self->cursor++;
    return self->cursor < turns ? (uint32_t)self->cursor : CXM_NEVER;
}

/* Whether a place is in the part, and from which turn on that is certain. */
static bool is_in_part(part *self, const cxm_hit *hit, uint32_t *certain) {
    bool timeless =
        self->clause->unit == CXM_SECONDS && cxm_timeline_clock(self->evaluator->timeline, hit) < 0;
    *certain = hit->turn;
    if (timeless)
        return false;
    if (self->clause->from_end) {
        *certain = first_turn(self, hit, is_before_last);
        return *certain == CXM_NEVER;
    }
    if (self->clause->unit == CXM_PERCENT) {
        *certain = first_turn(self, hit, is_in_first_percent);
        return *certain != CXM_NEVER;
    }
    return is_in_first(self, hit);
}

bool cxm_evaluate_part(cxm_evaluator *self, const cxm_clause *clause, cxm_value *out) {
    const cxm_value *left = &self->values[clause->left];
    part of = {.evaluator = self, .clause = clause};
    for (size_t i = 0; i < left->count; i++) {
        cxm_candidate candidate = self->stack[left->first + i];
        uint32_t known;
        bool inside = is_in_part(&of, cxm_hit_of(self, &candidate), &known);
        if (!inside && (candidate.in || known < candidate.certain))
            candidate.certain = known;
        else if (inside && candidate.in && known > candidate.certain)
            candidate.certain = known;
        candidate.in = candidate.in && inside;
        if (!cxm_push_candidate(self, candidate))
            return false;
    }
    out->count = self->stack_count - out->first;
    cxm_settle(self, out);
    return true;
}

double cxm_part_distance(const cxm_timeline *timeline, const cxm_clause *clause,
                         const cxm_hit *hit) {
    double runs = (double)cxm_timeline_runs(timeline, hit->turn, clause->roles);
    double clock = cxm_timeline_clock(timeline, hit);
    double share = 100 * (double)words_at(timeline, hit) /
                   (double)timeline->stops[timeline->turn_count].all_words;
    size_t last = timeline->turn_count - 1;
    if (clause->unit == CXM_SECONDS && clock < 0)
        return CXM_TIME_UNKNOWN;
    if (clause->unit == CXM_SECONDS)
        return clause->from_end ? timeline->stops[last].latest - clock : clock;
    if (clause->unit == CXM_PERCENT)
        return clause->from_end ? 100 - share : share;
    return clause->from_end ? (double)cxm_timeline_runs(timeline, last, clause->roles) - runs + 1
                            : runs;
}
