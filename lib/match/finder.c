/* SPDX-License-Identifier: MIT */
#include "match/finder.h"

#include "match/fillers.h"

bool cxm_finder_init(cxm_finder *self, cxm_automaton *automaton, const cxm_allocator *allocator) {
    enum { SKIPPED_WORDS = 32 };
    const cxm_lexicon *lexicon = automaton->lexicon;
    *self = (cxm_finder){
        .lexicon = lexicon,
        .automaton = automaton,
        .allocator = *allocator,
        .max_tokens = (uint32_t)(2 * lexicon->max_words + SKIPPED_WORDS),
    };
    return cxm_seeker_init(&self->seeker, automaton, allocator, self->max_tokens);
}

void cxm_finder_clear(cxm_finder *self) {
    const cxm_allocator *allocator = &self->allocator;
    if (!self->lexicon)
        return;
    cxm_seeker_clear(&self->seeker);
    cxm_release(allocator, self->openings, self->opening_capacity * sizeof *self->openings);
    for (int i = 0; i < CXM_PHASE_COUNT; i++)
        cxm_release(allocator, self->trials[i].items,
                    self->trials[i].capacity * sizeof *self->trials[i].items);
}

static bool add_opening(cxm_finder *self, uint32_t at) {
    void *items = self->openings;
    if (!cxm_array_reserve(&self->allocator, &items, &self->opening_capacity,
                           self->opening_count + 1, sizeof *self->openings))
        return false;
    self->openings = items;
    self->openings[self->opening_count++] = at;
    return true;
}

/* A sentence also starts behind what may be skipped at its start; one that is resumed behind what
 * was taken out of it has no start. */
static bool find_openings(cxm_finder *self, uint32_t sentence) {
    const cxm_range *range = &self->batch->sentences[sentence];
    if (self->opened == sentence)
        return true;
    /* Bit k: it starts at `at` + k. */
    uint32_t starts = range->resumed ? 0 : 1;
    self->opening_count = 0;
    self->opened = sentence;
    for (uint32_t at = range->start; starts && at < range->end; at++, starts >>= 1) {
        if (!(starts & 1))
            continue;
        if (!add_opening(self, at))
            return false;
        if (self->seeker.keys[at] & (CXM_KEY_SKIPPED | CXM_KEY_FILLER))
            starts |= cxm_skip_lens(self->automaton->symbols, self->batch->tokens, at, range->end);
    }
    return true;
}

static bool is_opening(const cxm_finder *self, uint32_t at) {
    size_t low = 0;
    size_t high = self->opening_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (self->openings[middle] < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < self->opening_count && self->openings[low] == at;
}

/* The trials of a phase, for the follower. */
typedef struct finding {
    cxm_finder *finder;
    cxm_trials *trials;
} finding;

static cxm_walk begin_walk(void *user, size_t number) {
    finding *self = user;
    const cxm_finder *finder = self->finder;
    const cxm_trial *trial = &self->trials->items[self->trials->followed + number];
    uint32_t left = finder->batch->sentences[trial->sentence].end - trial->first;
    cxm_walk walk = {
        .state = CXM_STATE_DEAD,
        .next = trial->first,
        .stop = trial->first + (left < finder->max_tokens ? left : finder->max_tokens),
    };
    if (trial->last == CXM_NOT_FOUND)
        walk.state = cxm_automaton_root(finder->automaton, trial->rule, trial->opening);
    return walk;
}

/* Whether a sentence ends at a token but for what may be skipped. */
static bool ends_before(const cxm_finder *self, const cxm_range *range, uint32_t at) {
    enum { MOST_TOKENS = 16 };
    return range->end - at <= MOST_TOKENS &&
           cxm_can_skip(self->automaton->symbols, self->batch->tokens, at, range->end);
}

/* Takes in that a rule was seen. Of those that wait for the end of the sentence the last place is
 * kept from which on the rest may be skipped: that rest is no part of them. */
static void take_sight(const cxm_finder *self, cxm_trial *trial, const cxm_sight *sight) {
    const cxm_range *range = &self->batch->sentences[trial->sentence];
    if (sight->kind == CXM_SIGHT_WORD) {
        if (!(sight->rule & CXM_PENDING))
            trial->last = sight->at;
        else if (ends_before(self, range, sight->at + 1))
            trial->pending = sight->at;
        return;
    }
    bool ends = sight->at + 1 == range->end && (sight->kind == CXM_SIGHT_END || range->asks);
    if (ends && trial->pending != CXM_NOT_FOUND &&
        (trial->last == CXM_NOT_FOUND || trial->last < trial->pending))
        trial->last = trial->pending;
}

static bool end_walk(void *user, size_t number, const cxm_sight *sights, size_t sight_count) {
    finding *self = user;
    for (size_t i = 0; i < sight_count; i++)
        take_sight(self->finder, &self->trials->items[self->trials->followed + number], &sights[i]);
    return true;
}

/* Follows the trials whose outcome is not known yet, and leaves out those that found nothing. */
static bool follow_trials(cxm_finder *self, cxm_trials *trials) {
    finding found = {self, trials};
    cxm_walker walker = {&found, begin_walk, end_walk};
    if (!cxm_follower_run(&self->seeker.follower, self->seeker.keys, &walker,
                          trials->count - trials->followed))
        return false;
    size_t count = trials->followed;
    for (size_t i = trials->followed; i < trials->count; i++)
        if (trials->items[i].last != CXM_NOT_FOUND)
            trials->items[count++] = trials->items[i];
    trials->count = count;
    trials->followed = count;
    return true;
}

/* Most trials find nothing, so that they are followed before there are many. */
static bool add_trial(cxm_finder *self, cxm_trials *trials, cxm_trial trial) {
    enum { MANY = 1 << 14 };
    if (trials->count - trials->followed == MANY && !follow_trials(self, trials))
        return false;
    void *items = trials->items;
    if (!cxm_array_reserve(&self->allocator, &items, &trials->capacity, trials->count + 1,
                           sizeof trial))
        return false;
    trials->items = items;
    trials->items[trials->count++] = trial;
    return true;
}

/* Lets a rule be tried from a token on. */
static bool try_from(cxm_finder *self, cxm_trials *trials, const cxm_candidate *candidate,
                     uint32_t first, bool opening) {
    return add_trial(self, trials,
                     (cxm_trial){candidate->sentence, candidate->proposal.rule, first,
                                 CXM_NOT_FOUND, CXM_NOT_FOUND, opening});
}

/* The same, unless it is plain that it does not begin there. */
static bool try_at(cxm_finder *self, cxm_trials *trials, const cxm_candidate *candidate,
                   uint32_t first, bool opening) {
    cxm_automaton *automaton = self->automaton;
    cxm_state root = cxm_automaton_root(automaton, candidate->proposal.rule, opening);
    if (root <= CXM_STATE_DEAD)
        return root == CXM_STATE_DEAD;
    const cxm_state_plain *plain = &automaton->plain[root >> 1];
    return (cxm_state_is_plain(plain, self->seeker.keys[first]) &&
            plain->otherwise == CXM_STATE_DEAD) ||
           try_from(self, trials, candidate, first, opening);
}

/* The first token that a candidate may start with. There are so many words in front of its piece
 * at the most, and so many tokens where none of them may be skipped, be it within a filler that
 * began before them. */
static uint32_t earliest(const cxm_finder *self, const cxm_range *range,
                         const cxm_candidate *candidate) {
    const cxm_key *keys = self->seeker.keys;
    uint32_t first = candidate->first;
    uint32_t fillers = (uint32_t)self->lexicon->max_filler;
    if (first == candidate->last || first == range->start)
        return first;
    uint32_t from = first - range->start > fillers ? first - fillers : range->start;
    for (uint32_t i = from; i < candidate->last; i++)
        if (keys[i] & (CXM_KEY_SKIPPED | CXM_KEY_FILLER))
            return range->start;
    return first;
}

/* Lets a rule be tried from all tokens that it may start with. */
static bool try_within(cxm_finder *self, cxm_trials *trials, const cxm_candidate *candidate) {
    const cxm_range *range = &self->batch->sentences[candidate->sentence];
    bool minds_start = candidate->proposal.minds_start;
    for (uint32_t i = earliest(self, range, candidate); i <= candidate->last; i++)
        if (!try_at(self, trials, candidate, i, minds_start && is_opening(self, i)))
            return false;
    return true;
}

/* The same with a rule that is found at the start of a sentence only. */
static bool try_openings(cxm_finder *self, cxm_trials *trials, const cxm_candidate *candidate) {
    const cxm_range *range = &self->batch->sentences[candidate->sentence];
    uint32_t first = earliest(self, range, candidate);
    for (size_t i = 0; i < self->opening_count && self->openings[i] <= candidate->last; i++)
        if (self->openings[i] >= first && !try_at(self, trials, candidate, self->openings[i], true))
            return false;
    return true;
}

/* Lets a rule be tried from the token that its piece starts with, or from all up to that. */
static bool try_rule(cxm_finder *self, cxm_trials *trials, const cxm_candidate *candidate) {
    const cxm_proposal *proposal = &candidate->proposal;
    uint32_t first = candidate->first;
    if (proposal->whole)
        return add_trial(self, trials,
                         (cxm_trial){candidate->sentence, proposal->rule, first, candidate->end,
                                     CXM_NOT_FOUND, false});
    if (proposal->minds_start && !find_openings(self, candidate->sentence))
        return false;
    if (proposal->at_start)
        return try_openings(self, trials, candidate);
    if (proposal->before)
        return try_within(self, trials, candidate);
    return try_from(self, trials, candidate, first,
                    proposal->minds_start && is_opening(self, first));
}

/* Asks for the memory that trying a candidate looks at. */
static void look_ahead(const cxm_finder *self, size_t index) {
    enum { AHEAD = 6 };
    const cxm_seeker *seeker = &self->seeker;
    if (index + AHEAD < seeker->candidate_count) {
        uint32_t rule = seeker->candidates[index + AHEAD].proposal.rule;
        __builtin_prefetch(&self->automaton->plain[self->automaton->rule_roots[0][rule] >> 1]);
    }
}

/* Lets all candidates be tried. */
static bool make_trials(cxm_finder *self, cxm_trials *trials) {
    trials->count = 0;
    trials->followed = 0;
    self->opened = UINT32_MAX;
    for (size_t i = 0; i < self->seeker.candidate_count; i++) {
        look_ahead(self, i);
        if (!try_rule(self, trials, &self->seeker.candidates[i]))
            return false;
    }
    return true;
}

bool cxm_finder_run(cxm_finder *self, const cxm_batch *batch, const uint32_t *sentences,
                    size_t count, cxm_phase phase) {
    cxm_trials *trials = &self->trials[phase];
    self->batch = batch;
    cxm_gate_begin(&self->seeker.gate,
                   phase == CXM_PHASE_DROPS ? &self->trials[CXM_PHASE_HITS] : NULL);
    return cxm_seeker_run(&self->seeker, batch, sentences, count, phase) &&
           make_trials(self, trials) && follow_trials(self, trials);
}
