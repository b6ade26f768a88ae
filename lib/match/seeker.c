/* SPDX-License-Identifier: MIT */
#include "match/seeker.h"

bool cxm_seeker_init(cxm_seeker *self, cxm_automaton *automaton, const cxm_allocator *allocator,
                     uint32_t max_tokens) {
    *self = (cxm_seeker){.automaton = automaton,
                         .lexicon = automaton->lexicon,
                         .allocator = *allocator,
                         .max_tokens = max_tokens};
    cxm_follower_init(&self->follower, automaton, allocator);
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
    cxm_follower_clear(&self->follower);
    cxm_release(allocator, self->keys, self->key_capacity * sizeof *self->keys);
    cxm_release(allocator, self->listed, self->listed_capacity * sizeof *self->listed);
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

/* Room for what is known of the tokens of the batch. */
static bool reserve_tokens(cxm_seeker *self) {
    size_t count = self->batch->token_count;
    void *items = self->keys;
    bool reserved =
        cxm_array_reserve(&self->allocator, &items, &self->key_capacity, count, sizeof *self->keys);
    self->keys = items;
    items = self->listed;
    reserved = reserved && cxm_array_reserve(&self->allocator, &items, &self->listed_capacity,
                                             count, sizeof *self->listed);
    self->listed = items;
    items = self->starters;
    reserved = reserved && cxm_array_reserve(&self->allocator, &items, &self->starter_capacity,
                                             count, sizeof *self->starters);
    self->starters = items;
    return reserved;
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

/* Notes a rule whose piece starts with a token and ends with another. A rule that begins with its
 * piece starts with that token; others start there or before, and are noted once: tokens come from
 * the last one on. */
static bool note_candidate(cxm_seeker *self, const cxm_starter *starter, uint32_t rule,
                           uint32_t end) {
    const cxm_asked *asked = &self->asked[rule];
    bool known = asked->round == self->round;
    if (known && self->lexicon->rules[rule].piece_first)
        known = self->candidates[asked->index].last == starter->first;
    if (!known)
        return add_candidate(
            self, (cxm_candidate){starter->sentence, rule, starter->first, starter->first, end});
    self->candidates[asked->index].piece = starter->first;
    self->candidates[asked->index].end = end;
    return true;
}

/* The pieces that start with a token. */
static cxm_walk begin_walk(void *user, size_t number) {
    cxm_seeker *self = user;
    const cxm_starter *starter = &self->starters[number];
    cxm_key key = self->keys[starter->first];
    cxm_walk walk = {
        .next = starter->first + 1, .stop = starter->stop, .begun = starter->first + 1};
    walk.state =
        cxm_automaton_start(self->automaton, self->phase, starter->view, cxm_key_class(key));
    if (walk.state == CXM_STATE_DEAD)
        cxm_pair_note_all(self->pairs[self->phase][starter->view].rows, key);
    return walk;
}

/* Notes that a word and the next one start nothing, where that has shown. */
static void learn(cxm_seeker *self, const cxm_starter *starter, const cxm_walk *walk) {
    const cxm_range *sentence = &self->batch->sentences[starter->sentence];
    cxm_pair_row *rows = self->pairs[self->phase][sentence->view].rows;
    const cxm_key *keys = self->keys + starter->first;
    if (walk->state == CXM_STATE_DEAD && walk->next == starter->first + 2)
        cxm_pair_note(rows, keys[0], cxm_pair_column_of(keys[1]));
    else if (walk->next == starter->first + 1 && walk->next == sentence->end)
        cxm_pair_note(rows, keys[0], CXM_PAIR_END);
}

static bool end_walk(void *user, size_t number, const cxm_walk *walk, const cxm_sight *sights,
                     size_t sight_count) {
    cxm_seeker *self = user;
    const cxm_starter *starter = &self->starters[number];
    if (starter->sentence != self->current) {
        self->current = starter->sentence;
        self->round++;
    }
    for (size_t i = 0; i < sight_count; i++)
        if (!note_candidate(self, starter, sights[i].rule & ~(uint32_t)CXM_PENDING, sights[i].at))
            return false;
    if (sight_count == 0 || sights[0].at > starter->first)
        learn(self, starter, walk);
    return true;
}

/* Lists the tokens of a sentence that may start a piece. */
static bool list_starters(cxm_seeker *self, uint32_t index) {
    const cxm_range *sentence = &self->batch->sentences[index];
    cxm_pair_table *pairs = &self->pairs[self->phase][sentence->view];
    if (!grow_pairs(self, pairs))
        return false;
    uint32_t start = sentence->start;
    size_t count =
        cxm_pair_list(pairs->rows, self->automaton->symbols->flags, self->batch->tokens + start,
                      sentence->end - start, self->keys + start, self->listed);
    cxm_starter *starters = self->starters + self->starter_count;
    self->starter_count += count;
    for (size_t i = 0; i < count; i++) {
        uint32_t first = start + self->listed[i];
        uint32_t left = sentence->end - first;
        uint32_t stop = left < self->max_tokens ? sentence->end : first + self->max_tokens;
        starters[i] = (cxm_starter){first, stop, index, sentence->view};
    }
    return true;
}

bool cxm_seeker_run(cxm_seeker *self, const cxm_batch *batch, const uint32_t *sentences,
                    size_t count, cxm_phase phase) {
    cxm_walker walker = {self, begin_walk, end_walk};
    self->batch = batch;
    self->phase = phase;
    self->candidate_count = 0;
    self->starter_count = 0;
    self->current = UINT32_MAX;
    if (!reserve_tokens(self))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!list_starters(self, sentences[i]))
            return false;
    return cxm_follower_run(&self->follower, self->keys, &walker, self->starter_count);
}
