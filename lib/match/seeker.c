/* SPDX-License-Identifier: MIT */
#include "match/seeker.h"

bool cxm_seeker_init(cxm_seeker *self, cxm_automaton *automaton, const cxm_allocator *allocator,
                     uint32_t max_tokens) {
    *self = (cxm_seeker){.automaton = automaton,
                         .lexicon = automaton->lexicon,
                         .allocator = *allocator,
                         .max_tokens = max_tokens};
    self->asked = cxm_allocate(allocator, (self->lexicon->rule_count + 1) * sizeof *self->asked);
    return self->asked != NULL;
}

void cxm_seeker_clear(cxm_seeker *self) {
    const cxm_allocator *allocator = &self->allocator;
    if (!self->lexicon)
        return;
    for (int i = 0; i < CXM_PHASE_COUNT * CXM_VIEW_COUNT; i++) {
        const cxm_pair_table *pairs = &self->pairs[i / CXM_VIEW_COUNT][i % CXM_VIEW_COUNT];
        cxm_release(allocator, pairs->rows, pairs->capacity * sizeof *pairs->rows);
    }
    cxm_release(allocator, self->keys, self->key_capacity * sizeof *self->keys);
    cxm_release(allocator, self->starters, self->starter_capacity * sizeof *self->starters);
    cxm_release(allocator, self->asked, (self->lexicon->rule_count + 1) * sizeof *self->asked);
    cxm_release(allocator, self->candidates, self->candidate_capacity * sizeof *self->candidates);
}

/* Room for the rows of all classes there are. */
static bool grow_pairs(cxm_seeker *self, cxm_pair_table *pairs) {
    enum { FIRST = 128 };
    size_t needed = self->automaton->symbols->class_count;
    needed = 1 + (needed < CXM_PAIR_CLASSES ? needed : CXM_PAIR_CLASSES);
    if (needed <= pairs->capacity)
        return true;
    size_t capacity = pairs->capacity ? pairs->capacity : FIRST;
    while (capacity < needed)
        capacity *= 2;
    cxm_pair_row *rows = cxm_allocate(&self->allocator, capacity * sizeof *rows);
    if (!rows)
        return false;
    if (pairs->rows)
        memcpy(rows, pairs->rows, pairs->capacity * sizeof *rows);
    cxm_release(&self->allocator, pairs->rows, pairs->capacity * sizeof *rows);
    *pairs = (cxm_pair_table){rows, capacity};
    return true;
}

static bool reserve(cxm_seeker *self, const cxm_range *range, cxm_phase phase) {
    size_t count = range->sentence->end - range->start;
    void *items = self->keys;
    bool reserved =
        cxm_array_reserve(&self->allocator, &items, &self->key_capacity, count, sizeof *self->keys);
    self->keys = items;
    items = self->starters;
    reserved = reserved && cxm_array_reserve(&self->allocator, &items, &self->starter_capacity,
                                             count, sizeof *self->starters);
    self->starters = items;
    return reserved && grow_pairs(self, &self->pairs[phase][range->view]);
}

static bool add_candidate(cxm_seeker *self, cxm_candidate candidate) {
    void *items = self->candidates;
    if (!cxm_array_reserve(&self->allocator, &items, &self->candidate_capacity,
                           self->candidate_count + 1, sizeof *self->candidates))
        return false;
    self->candidates = items;
    self->asked[candidate.rule] = (cxm_asked){self->round, (uint32_t)self->candidate_count};
    self->candidates[self->candidate_count++] = candidate;
    return true;
}

/* Notes the rules whose pieces, which start with a token, end with another and in a state. A rule
 * that begins with its piece starts with that token; others start there or before, and are noted
 * once: tokens come from the last one on. */
static bool note_candidates(cxm_seeker *self, cxm_state state, uint32_t first, uint32_t end) {
    const cxm_state_content *content = cxm_state_content_of(self->automaton, state);
    const uint32_t *rules = self->automaton->accepts + content->first_accept;
    uint32_t count = content->accept_count + content->end_count + content->question_count;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t rule = rules[i] & ~(uint32_t)CXM_PENDING;
        const cxm_asked *asked = &self->asked[rule];
        bool known = asked->round == self->round;
        if (known && self->lexicon->rules[rule].piece_first)
            known = self->candidates[asked->index].last == first;
        if (known)
            self->candidates[asked->index].end = end;
        else if (!add_candidate(self, (cxm_candidate){rule, first, end}))
            return false;
    }
    return true;
}

/* Looks for the pieces that start with the token `first`, counted from that of the sentence. */
static bool seek_at(cxm_seeker *self, const cxm_range *range, cxm_phase phase, uint32_t first) {
    cxm_automaton *automaton = self->automaton;
    cxm_pair_row *pairs = self->pairs[phase][range->view].rows;
    const cxm_key *keys = self->keys;
    uint32_t end = range->sentence->end - range->start;
    cxm_state state =
        cxm_automaton_start(automaton, phase, range->view, cxm_key_class(keys[first]));
    if (state == CXM_STATE_DEAD)
        cxm_pair_note_all(pairs, keys[first]);
    bool found = cxm_state_accepts(state);
    uint32_t at = first + 1;
    uint32_t stop = end - first < self->max_tokens ? end : first + self->max_tokens;
    for (; state > CXM_STATE_DEAD; at++) {
        if (cxm_state_accepts(state) &&
            !note_candidates(self, state, range->start + first, range->start + at - 1))
            return false;
        if (at == stop)
            break;
        state = cxm_automaton_next(automaton, state, keys[at]);
    }
    if (state == CXM_STATE_UNKNOWN)
        return false;
    if (!found && at == first + 2 && state == CXM_STATE_DEAD)
        cxm_pair_note(pairs, keys[first], cxm_pair_column_of(keys[first + 1]));
    if (!found && at == first + 1 && at == end)
        cxm_pair_note(pairs, keys[first], CXM_PAIR_END);
    return true;
}

/* Asks for what is looked at for the first steps from all starters, so that memory answers for all
 * of them at once. */
static void look_ahead(const cxm_seeker *self, const cxm_range *range, cxm_phase phase,
                       size_t count) {
    const cxm_automaton *automaton = self->automaton;
    const cxm_state *starts = automaton->starts[phase][range->view];
    uint32_t end = range->sentence->end - range->start;
    for (size_t i = 0; i < count; i++) {
        uint32_t next = self->starters[i] + 1;
        uint32_t class_number = cxm_key_class(self->keys[next - 1]);
        if (next == end || class_number >= automaton->start_capacity)
            continue;
        cxm_key after = next + 1 == end ? 0 : self->keys[next + 1];
        cxm_automaton_prefetch(automaton, starts[class_number], self->keys[next], after);
    }
}

bool cxm_seeker_run(cxm_seeker *self, const cxm_range *range, cxm_phase phase) {
    self->candidate_count = 0;
    self->round++;
    if (!reserve(self, range, phase))
        return false;
    size_t count =
        cxm_pair_list(self->pairs[phase][range->view].rows, self->automaton->symbols->flags,
                      range->tokens->items + range->start, range->sentence->end - range->start,
                      self->keys, self->starters);
    look_ahead(self, range, phase, count);
    for (size_t i = 0; i < count; i++)
        if (!seek_at(self, range, phase, self->starters[i]))
            return false;
    return true;
}
