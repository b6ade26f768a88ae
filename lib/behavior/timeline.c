/* SPDX-License-Identifier: MIT */
#include "behavior/timeline.h"

#include "lexicon/expression.h"

void cxm_timeline_init(cxm_timeline *self, const cxm_allocator *allocator) {
    *self = (cxm_timeline){.allocator = *allocator};
}

void cxm_timeline_clear(cxm_timeline *self) {
    cxm_release(&self->allocator, self->stops, self->capacity * sizeof *self->stops);
    *self = (cxm_timeline){.allocator = self->allocator};
}

static double later(double a, double b) {
    return a > b ? a : b;
}

static double last_mark(const cxm_turn *turn) {
    return turn->mark_count ? turn->marks[turn->mark_count - 1].seconds : CXM_TIME_UNKNOWN;
}

/* Whether a turn goes on with the run of the turn of speech before it. */
static bool goes_on(const cxm_timeline *self, size_t turn, size_t before) {
    return before != SIZE_MAX &&
           cxm_transcript_speaker_of(self->transcript, turn) ==
               cxm_transcript_speaker_of(self->transcript, before) &&
           self->result->roles[turn] == self->result->roles[before];
}

/* `stop` is what was known at the turn before; it becomes what is known at this one. */
static void visit_turn(cxm_timeline *self, size_t index, size_t *speech, cxm_stop *stop) {
    const cxm_turn *turn = cxm_transcript_turn(self->transcript, index);
    cxm_role role = self->result->roles[index];
    if (turn->kind == CXM_TURN_SPEECH) {
        if (!goes_on(self, index, *speech)) {
            stop->run = stop->run == CXM_NO_RUN ? 0 : stop->run + 1;
            stop->run_role = role;
            stop->runs[role]++;
        }
        *speech = index;
    }
    stop->clock = later(stop->clock, turn->start);
    stop->latest = later(stop->latest, later(stop->clock, later(turn->end, last_mark(turn))));
    self->stops[index] = *stop;
    if (turn->kind == CXM_TURN_SPEECH && role == CXM_ROLE_AGENT)
        stop->agent_before = (uint32_t)index;
    stop->words[role] += self->result->turn_words[index];
    stop->all_words += self->result->turn_words[index];
    stop->clock = later(stop->clock, last_mark(turn));
}

/* From the last turn on, since it is about what comes behind. */
static void find_agents_behind(cxm_timeline *self) {
    uint32_t behind = CXM_NONE;
    for (size_t i = self->turn_count; i > 0; i--) {
        self->stops[i - 1].agent_behind = behind;
        if (self->stops[i].agent_before == i - 1)
            behind = (uint32_t)(i - 1);
    }
}

bool cxm_timeline_set(cxm_timeline *self, const cxm_transcript *transcript,
                      const cxm_result *result) {
    size_t turns = cxm_transcript_turn_count(transcript);
    void *items = self->stops;
    if (!cxm_array_reserve(&self->allocator, &items, &self->capacity, turns + 1,
                           sizeof *self->stops))
        return false;
    self->stops = items;
    self->transcript = transcript;
    self->result = result;
    self->turn_count = turns;
    self->measured = false;
    cxm_stop stop = {.run = CXM_NO_RUN,
                     .agent_before = CXM_NONE,
                     .agent_behind = CXM_NONE,
                     .clock = CXM_TIME_UNKNOWN,
                     .latest = CXM_TIME_UNKNOWN};
    size_t speech = SIZE_MAX;
    for (size_t i = 0; i < turns; i++)
        visit_turn(self, i, &speech, &stop);
    self->stops[turns] = stop;
    find_agents_behind(self);
    self->timed = stop.latest >= 0;
    self->first_timed = 0;
    while (self->first_timed < turns && self->stops[self->first_timed].latest < 0)
        self->first_timed++;
    return true;
}

size_t cxm_timeline_runs(const cxm_timeline *self, size_t turn, uint32_t roles) {
    const cxm_stop *stop = &self->stops[turn];
    size_t runs = 0;
    for (unsigned role = 0; role < CXM_ROLE_COUNT; role++)
        runs += roles & CXM_ROLE_BIT(role) ? stop->runs[role] : 0;
    return runs;
}

size_t cxm_timeline_words(const cxm_timeline *self, size_t turn, size_t word, uint32_t roles) {
    const cxm_stop *stop = &self->stops[turn];
    size_t words = 0;
    for (unsigned role = 0; role < CXM_ROLE_COUNT; role++)
        words += roles & CXM_ROLE_BIT(role) ? stop->words[role] : 0;
    bool counts = turn < self->turn_count && roles & CXM_ROLE_BIT(self->result->roles[turn]);
    return counts ? words + word : words;
}

bool cxm_timeline_of_roles(const cxm_timeline *self, size_t turn, uint32_t roles) {
    const cxm_stop *stop = &self->stops[turn];
    return stop->run != CXM_NO_RUN && roles & CXM_ROLE_BIT(stop->run_role);
}

double cxm_timeline_clock(const cxm_timeline *self, const cxm_hit *hit) {
    return hit->time < 0 ? CXM_TIME_UNKNOWN : later(hit->time, self->stops[hit->turn].clock);
}
