/* SPDX-License-Identifier: MIT */
#include "behavior/finding.h"

#include <string.h>

void cxm_findings_init(cxm_findings *self, const cxm_allocator *allocator) {
    *self = (cxm_findings){.allocator = *allocator};
}

void cxm_findings_clear(cxm_findings *self) {
    const cxm_allocator *allocator = &self->allocator;
    cxm_release(allocator, self->items, self->capacity * sizeof *self->items);
    cxm_release(allocator, self->sorted, self->sorted_capacity * sizeof *self->sorted);
    cxm_release(allocator, self->evidence, self->evidence_capacity * sizeof *self->evidence);
    cxm_release(allocator, self->places, self->place_capacity * sizeof *self->places);
    cxm_findings_init(self, &self->allocator);
}

void cxm_findings_reset(cxm_findings *self) {
    self->count = 0;
    self->evidence_count = 0;
}

/* ---- Evidence ---- */

size_t cxm_collect_evidence(const cxm_evaluator *evaluator, const cxm_allocator *allocator,
                            uint32_t **items, size_t *count, size_t *capacity,
                            const cxm_candidate *candidate) {
    size_t added = (size_t)candidate->evidence_count + 1;
    void *grown = *items;
    bool room = cxm_array_reserve(allocator, &grown, capacity, *count + added, sizeof **items);
    *items = grown;
    if (!room)
        return SIZE_MAX;
    uint32_t *out = *items + *count;
    for (size_t i = 0; i < added; i++) {
        uint32_t hit = i ? evaluator->evidence.items[candidate->evidence + i - 1] : candidate->hit;
        size_t at = i;
        for (; at > 0 && out[at - 1] > hit; at--)
            out[at] = out[at - 1];
        out[at] = hit;
    }
    *count += added;
    return added;
}

/* ---- Windows ---- */

/* The negative relation that filtered the places of an expression last; or NULL. */
static const cxm_clause *find_negative(const cxm_expression *expression) {
    const cxm_clause *clause = cxm_expression_root(expression);
    while (clause->kind == CXM_CLAUSE_PART || clause->kind == CXM_CLAUSE_COUNT ||
           clause->kind == CXM_CLAUSE_WHERE ||
           (clause->kind == CXM_CLAUSE_RELATION && !clause->negative))
        clause = &expression->clauses[clause->left];
    return clause->kind == CXM_CLAUSE_RELATION ? clause : NULL;
}

/* Whether some word of a turn is within reach of a hit, behind it or before it. */
static bool reaches(const cxm_reach *reach, const cxm_hit *from, size_t turn, bool behind) {
    uint32_t words = reach->timeline->result->turn_words[turn];
    cxm_hit place = {.turn = (uint32_t)turn, .time = reach->timeline->stops[turn].clock};
    if (!behind && words)
        place.first_word = words - 1;
    if (!reach->bounded || turn == from->turn)
        return true;
    return (behind ? cxm_reach_behind(reach, from, &place)
                   : cxm_reach_before(reach, from, &place)) <= reach->limit;
}

static void set_window(const cxm_evaluator *evaluator, const cxm_expression *expression,
                       const cxm_clause *clause, const cxm_hit *hit, cxm_finding *finding) {
    const cxm_timeline *timeline = evaluator->timeline;
    cxm_reach reach = {.timeline = timeline,
                       .unit = clause->unit,
                       .roles = expression->clauses[clause->right].roles,
                       .bounded = clause->bounded,
                       .limit = clause->limit};
    finding->window_first = finding->window_last = hit->turn;
    while (clause->relation != CXM_THEN && finding->window_first > 0 &&
           reaches(&reach, hit, finding->window_first - 1, false))
        finding->window_first--;
    while (clause->relation != CXM_AFTER && finding->window_last + 1 < timeline->turn_count &&
           finding->window_last < finding->certain_turn &&
           reaches(&reach, hit, finding->window_last + 1, true))
        finding->window_last++;
}

/* ---- Findings ---- */

/* Whose finding it is: the agent's who spoke, in its place or else in its evidence; where nothing
 * came that was looked for, the agent's who spoke next. */
static uint32_t agent_of(const cxm_evaluator *evaluator, const cxm_finding *finding,
                         const uint32_t *evidence, bool negative) {
    const cxm_timeline *timeline = evaluator->timeline;
    const cxm_result *result = timeline->result;
    uint32_t turn = CXM_NONE;
    if (result->roles[finding->turn] == CXM_ROLE_AGENT)
        turn = finding->turn;
    for (size_t i = 0; i < finding->evidence_count && turn == CXM_NONE; i++) {
        uint32_t spoken = result->all_hits[evidence[i]].turn;
        if (result->roles[spoken] == CXM_ROLE_AGENT)
            turn = spoken;
    }
    if (turn == CXM_NONE && negative) {
        uint32_t behind = timeline->stops[finding->turn].agent_behind;
        if (behind != CXM_NONE && behind <= finding->certain_turn)
            turn = behind;
    }
    return turn == CXM_NONE ? CXM_NONE : cxm_transcript_speaker_of(timeline->transcript, turn);
}

static cxm_clock clock_of(const cxm_evaluator *evaluator, const cxm_finding *finding,
                          const uint32_t *evidence) {
    const cxm_timeline *timeline = evaluator->timeline;
    for (size_t i = 0; i < finding->evidence_count; i++) {
        const cxm_hit *hit = &timeline->result->all_hits[evidence[i]];
        if (!cxm_transcript_turn(timeline->transcript, hit->turn)->mark_count)
            return CXM_CLOCK_TURN;
    }
    return CXM_CLOCK_WORD;
}

static bool add(cxm_findings *self, const cxm_finding *finding) {
    void *items = self->items;
    bool room = cxm_array_reserve(&self->allocator, &items, &self->capacity, self->count + 1,
                                  sizeof *self->items);
    self->items = items;
    if (room)
        self->items[self->count++] = *finding;
    return room;
}

static bool add_placed(cxm_findings *self, const cxm_evaluator *evaluator,
                       const cxm_expression *expression, uint32_t behavior,
                       const cxm_candidate *candidate) {
    const cxm_timeline *timeline = evaluator->timeline;
    const cxm_hit *hit = cxm_hit_of(evaluator, candidate);
    const cxm_clause *negative = find_negative(expression);
    size_t first = self->evidence_count;
    size_t count = cxm_collect_evidence(evaluator, &self->allocator, &self->evidence,
                                        &self->evidence_count, &self->evidence_capacity, candidate);
    if (count == SIZE_MAX)
        return false;
    cxm_finding finding = {.behavior = behavior,
                           .hit = candidate->hit,
                           .turn = hit->turn,
                           .start = hit->start,
                           .end = hit->end,
                           .time = hit->time,
                           .certain_turn = candidate->certain,
                           .evidence_count = count,
                           .window_first = CXM_NONE,
                           .window_last = CXM_NONE};
    /* Before any time is known nothing is found that asks for seconds. */
    if (cxm_expression_root(expression)->timed && finding.certain_turn < timeline->first_timed)
        finding.certain_turn = (uint32_t)timeline->first_timed;
    if (negative)
        set_window(evaluator, expression, negative, hit, &finding);
    if (cxm_expression_root(expression)->timed)
        finding.clock = clock_of(evaluator, &finding, self->evidence + first);
    finding.agent = agent_of(evaluator, &finding, self->evidence + first, negative);
    return add(self, &finding);
}

static bool add_whole(cxm_findings *self, uint32_t behavior) {
    cxm_finding finding = {.behavior = behavior,
                           .hit = CXM_NONE,
                           .turn = CXM_NONE,
                           .time = CXM_TIME_UNKNOWN,
                           .agent = CXM_NONE,
                           .certain_turn = CXM_CERTAIN_AT_END,
                           .window_first = CXM_NONE,
                           .window_last = CXM_NONE};
    return add(self, &finding);
}

bool cxm_findings_add(cxm_findings *self, const cxm_evaluator *evaluator,
                      const cxm_expression *expression, uint32_t behavior, const cxm_value *value,
                      const cxm_candidate *candidates) {
    bool placed = false;
    for (size_t i = 0; i < value->count; i++) {
        if (!candidates[i].in)
            continue;
        placed = true;
        if (!add_placed(self, evaluator, expression, behavior, &candidates[i]))
            return false;
    }
    return placed || !value->holds || add_whole(self, behavior);
}

/* ---- In order ---- */

/* By counting: stable, and linear. Those of no place come last. */
static bool sort(cxm_findings *self, size_t hit_count) {
    void *places = self->places;
    void *sorted = self->sorted;
    bool room = cxm_array_reserve(&self->allocator, &places, &self->place_capacity, hit_count + 2,
                                  sizeof *self->places);
    self->places = places;
    room = room && cxm_array_reserve(&self->allocator, &sorted, &self->sorted_capacity,
                                     self->count + 1, sizeof *self->sorted);
    self->sorted = sorted;
    if (!room)
        return false;
    memset(self->places, 0, (hit_count + 2) * sizeof *self->places);
    for (size_t i = 0; i < self->count; i++) {
        size_t hit = self->items[i].hit;
        self->places[(hit < hit_count ? hit : hit_count) + 1]++;
    }
    for (size_t i = 1; i <= hit_count; i++)
        self->places[i] += self->places[i - 1];
    for (size_t i = 0; i < self->count; i++) {
        size_t hit = self->items[i].hit;
        self->sorted[self->places[hit < hit_count ? hit : hit_count]++] = self->items[i];
    }
    return true;
}

bool cxm_findings_finish(cxm_findings *self, const cxm_evaluator *evaluator) {
    const uint32_t *evidence = self->evidence;
    for (size_t i = 0; i < self->count; i++) {
        cxm_finding *finding = &self->items[i];
        finding->evidence = finding->evidence_count ? evidence : NULL;
        if (finding->evidence_count)
            evidence += finding->evidence_count;
    }
    return sort(self, evaluator->timeline->result->all_hit_count);
}
