/* SPDX-License-Identifier: MIT */
#include "match/seeker.h"

#include <string.h>

bool cxm_seeker_init(cxm_seeker *self, cxm_automaton *automaton, const cxm_allocator *allocator,
                     uint32_t max_tokens) {
    /* The automaton has three quarters of the cache, the fronts of the sweep one. */
    size_t limit = automaton->limit / 3;
    *self = (cxm_seeker){.automaton = automaton,
                         .lexicon = automaton->lexicon,
                         .allocator = *allocator,
                         .max_tokens = max_tokens};
    cxm_follower_init(&self->follower, automaton, allocator);
    self->asked = cxm_allocate(allocator, (self->lexicon->rule_count + 1) * sizeof *self->asked);
    return cxm_gate_init(&self->gate, self->lexicon, automaton->symbols, allocator) &&
           self->asked && cxm_sweep_init(&self->sweep, automaton, allocator, max_tokens, limit);
}

void cxm_seeker_clear(cxm_seeker *self) {
    const cxm_allocator *allocator = &self->allocator;
    if (!self->lexicon)
        return;
    cxm_gate_clear(&self->gate);
    cxm_sweep_clear(&self->sweep);
    cxm_follower_clear(&self->follower);
    cxm_release(allocator, self->keys, self->key_capacity * sizeof *self->keys);
    cxm_release(allocator, self->starting, self->starting_capacity * sizeof *self->starting);
    cxm_release(allocator, self->starters, self->starter_capacity * sizeof *self->starters);
    cxm_release(allocator, self->asked, (self->lexicon->rule_count + 1) * sizeof *self->asked);
    cxm_release(allocator, self->candidates, self->candidate_capacity * sizeof *self->candidates);
}

/* The flags of a key by those of its class and the next word's. */
static cxm_key flags_of(unsigned flags, unsigned next) {
    unsigned begins = (flags / CXM_CLASS_BEGINS) & (next / CXM_CLASS_WITHIN);
    return ((flags | begins) & CXM_CLASS_FILLER) * CXM_KEY_FILLER + (flags & CXM_KEY_SEVERAL);
}

/* Makes the keys of a sentence. */
static void make_keys(cxm_seeker *self, const cxm_range *sentence) {
    const unsigned char *class_flags = self->automaton->symbols->flags;
    const cxm_lexeme *tokens = self->batch->tokens;
    unsigned next = 0;
    for (uint32_t i = sentence->end; i-- > sentence->start;) {
        cxm_key key = tokens[i].key;
        unsigned flags = class_flags[cxm_key_class(key)];
        self->keys[i] = key | flags_of(flags, next);
        next = flags | (key & CXM_KEY_SKIPPED) * CXM_CLASS_WITHIN;
    }
}

static bool add_candidate(cxm_seeker *self, cxm_candidate candidate) {
    void *items = self->candidates;
    if (!cxm_array_reserve(&self->allocator, &items, &self->candidate_capacity,
                           self->candidate_count + 1, sizeof *self->candidates))
        return false;
    self->candidates = items;
    self->candidates[self->candidate_count++] = candidate;
    return true;
}

/* What is found where: a piece starts with a token and ends with another. */
typedef struct sight {
    uint32_t sentence;
    uint32_t first;
    uint32_t end;
    cxm_proposal proposal;
    cxm_gate_pass pass;
} sight;

/* Notes a rule that begins with its piece, once for each token that this starts with. */
static bool note_first(cxm_seeker *self, const sight *seen) {
    uint32_t *number = &self->starting[seen->first];
    for (uint32_t i = *number; i; i = self->candidates[i - 1].before) {
        cxm_candidate *known = &self->candidates[i - 1];
        if (known->proposal.rule == seen->proposal.rule) {
            known->end = seen->end;
            return true;
        }
    }
    cxm_candidate candidate = {.sentence = seen->sentence,
                               .proposal = seen->proposal,
                               .first = seen->first,
                               .last = seen->first,
                               .end = seen->end,
                               .before = *number};
    *number = (uint32_t)self->candidate_count + 1;
    return add_candidate(self, candidate);
}

/* Notes a rule that begins in front of its piece, once for the sentence. */
static bool note_within(cxm_seeker *self, const sight *seen) {
    cxm_asked *asked = &self->asked[seen->proposal.rule];
    uint32_t start = self->batch->sentences[seen->sentence].start;
    uint32_t before = seen->proposal.before;
    uint32_t first = seen->first - start > before ? seen->first - before : start;
    if (asked->round != self->gate.round) {
        *asked = (cxm_asked){self->gate.round, (uint32_t)self->candidate_count};
        return add_candidate(self, (cxm_candidate){.sentence = seen->sentence,
                                                   .proposal = seen->proposal,
                                                   .first = first,
                                                   .last = seen->first});
    }
    cxm_candidate *known = &self->candidates[asked->index];
    if (known->last < seen->first)
        known->last = seen->first;
    if (known->first > first)
        known->first = first;
    return true;
}

static void turn_to(cxm_seeker *self, uint32_t sentence) {
    if (sentence != self->current) {
        self->current = sentence;
        cxm_gate_turn_to(&self->gate, self->batch, sentence);
    }
}

/* Notes what was found; of what has the same start in order of the ends. */
static bool note_candidate(cxm_seeker *self, const sight *seen) {
    if (!cxm_gate_admits(&self->gate, seen->pass, seen->first, seen->end))
        return true;
    return seen->proposal.before ? note_within(self, seen) : note_first(self, seen);
}

/* Notes what the sweep has found with a token. */
static bool take_sighting(cxm_seeker *self, const cxm_sighting *sighting, uint32_t sentence) {
    const cxm_fronts *fronts = &self->sweep.fronts;
    const cxm_front_content *front = cxm_front_content_of(fronts, sighting->front);
    const cxm_front_find *finds = fronts->finds + front->first_find;
    turn_to(self, sentence);
    if (!(front->groups & self->gate.wanted_bits))
        return true;
    for (uint32_t i = 0; i < front->find_count; i++) {
        sight seen = {.sentence = sentence,
                      .first = sighting->at + 1 - finds[i].age,
                      .end = sighting->at,
                      .proposal = finds[i].proposal,
                      .pass = finds[i].pass};
        if (!note_candidate(self, &seen))
            return false;
    }
    return true;
}

static bool take_sightings(cxm_seeker *self, const uint32_t *sentences) {
    enum { AHEAD = 8 };
    const cxm_fronts *fronts = &self->sweep.fronts;
    size_t count = self->sweep.found_count;
    for (size_t i = 0; i < count; i++) {
        const cxm_sighting *sighting = &self->sweep.sightings[i];
        if (i + AHEAD < count) {
            cxm_front ahead = sighting[AHEAD].front;
            __builtin_prefetch(fronts->finds + cxm_front_content_of(fronts, ahead)->first_find);
        }
        if (!take_sighting(self, sighting, sentences[sighting->sentence]))
            return false;
    }
    return true;
}

/* The pieces that start with a token. */
static cxm_walk begin_walk(void *user, size_t number) {
    const cxm_seeker *self = user;
    const cxm_starter *starter = &self->starters[number];
    uint32_t class_number = cxm_key_class(self->keys[starter->first]);
    return (cxm_walk){
        .state = cxm_automaton_start(self->automaton, self->phase, starter->view, class_number),
        .next = starter->first + 1,
        .stop = starter->stop};
}

static bool end_walk(void *user, size_t number, const cxm_sight *sights, size_t sight_count) {
    cxm_seeker *self = user;
    const cxm_starter *starter = &self->starters[number];
    if (sight_count)
        turn_to(self, starter->sentence);
    for (size_t i = 0; i < sight_count; i++) {
        cxm_proposal proposal = cxm_automaton_proposal(self->automaton, sights[i].rule);
        sight seen = {.sentence = starter->sentence,
                      .first = starter->first,
                      .end = sights[i].at,
                      .proposal = proposal,
                      .pass = cxm_gate_pass_of(self->lexicon, proposal.rule)};
        if (!note_candidate(self, &seen))
            return false;
    }
    return true;
}

/* Lists all tokens of a sentence. */
static bool list_starters(cxm_seeker *self, uint32_t index) {
    const cxm_range *sentence = &self->batch->sentences[index];
    void *items = self->starters;
    if (!cxm_array_reserve(&self->allocator, &items, &self->starter_capacity,
                           self->starter_count + sentence->end - sentence->start,
                           sizeof *self->starters))
        return false;
    self->starters = items;
    for (uint32_t first = sentence->start; first < sentence->end; first++) {
        uint32_t left = sentence->end - first;
        uint32_t stop = left < self->max_tokens ? sentence->end : first + self->max_tokens;
        self->starters[self->starter_count++] = (cxm_starter){first, stop, index, sentence->view};
    }
    return true;
}

/* Looks for pieces from each word by itself. */
static bool follow_all(cxm_seeker *self, const uint32_t *sentences, size_t count) {
    cxm_walker walker = {self, begin_walk, end_walk};
    self->starter_count = 0;
    for (size_t i = 0; i < count; i++)
        if (!list_starters(self, sentences[i]))
            return false;
    return cxm_follower_run(&self->follower, self->keys, &walker, self->starter_count);
}

bool cxm_seeker_run(cxm_seeker *self, const cxm_batch *batch, const uint32_t *sentences,
                    size_t count, cxm_phase phase) {
    void *keys = self->keys;
    void *starting = self->starting;
    bool reserved = cxm_array_reserve(&self->allocator, &keys, &self->key_capacity,
                                      batch->token_count, sizeof *self->keys) &&
                    cxm_array_reserve(&self->allocator, &starting, &self->starting_capacity,
                                      batch->token_count, sizeof *self->starting);
    self->keys = keys;
    self->starting = starting;
    self->batch = batch;
    self->phase = phase;
    self->candidate_count = 0;
    self->current = UINT32_MAX;
    if (!reserved)
        return false;
    if (batch->token_count)
        memset(self->starting, 0, batch->token_count * sizeof *self->starting);
    for (size_t i = 0; i < count; i++)
        make_keys(self, &batch->sentences[sentences[i]]);
    bool lost;
    if (!cxm_sweep_run(&self->sweep, batch, self->keys, sentences, count, phase, &lost))
        return false;
    return lost ? follow_all(self, sentences, count) : take_sightings(self, sentences);
}
