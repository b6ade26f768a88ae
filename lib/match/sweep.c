/* SPDX-License-Identifier: MIT */
#include "match/sweep.h"

#include <string.h>

bool cxm_sweep_init(cxm_sweep *self, cxm_automaton *automaton, const cxm_allocator *allocator,
                    uint32_t max_tokens, size_t limit) {
    *self = (cxm_sweep){.allocator = *allocator};
    return cxm_fronts_init(&self->fronts, automaton, allocator, max_tokens, limit);
}

void cxm_sweep_clear(cxm_sweep *self) {
    const cxm_allocator *allocator = &self->allocator;
    cxm_fronts_clear(&self->fronts);
    cxm_release(allocator, self->found, self->found_capacity * sizeof *self->found);
    cxm_release(allocator, self->sightings, self->sighting_capacity * sizeof *self->sightings);
    cxm_release(allocator, self->ends, self->end_capacity * sizeof *self->ends);
}

/* The sentences that are swept. */
typedef struct sweeping {
    const cxm_range *ranges; /* of the batch */
    const uint32_t *sentences;
    size_t count;
    size_t begun;
    cxm_phase phase;
} sweeping;

/* Gives a lane the next sentence; false where there is none. */
static bool begin_sentence(const cxm_sweep *self, sweeping *of, cxm_lane *lane) {
    while (of->begun < of->count) {
        uint32_t number = (uint32_t)of->begun++;
        const cxm_range *range = &of->ranges[of->sentences[number]];
        uint32_t kind = cxm_front_kind(of->phase, range->view);
        *lane = (cxm_lane){.next = range->start,
                           .end = range->end,
                           .front = CXM_FRONT_EMPTY,
                           .kind = kind,
                           .sentence = number,
                           .firsts = cxm_fronts_firsts(&self->fronts, kind)};
        if (range->start < range->end)
            return true;
    }
    return false;
}

/* What follows a front with a word that ends all of its walks. */
static inline cxm_front first_front(cxm_fronts *fronts, const cxm_lane *lane, cxm_key key) {
    cxm_front first = lane->firsts[cxm_key_class(key)];
    return first != CXM_FRONT_UNKNOWN ? first : cxm_fronts_make_first(fronts, lane->kind, key);
}

/* What follows a front that does not stand in its first place. */
static cxm_front far_front(cxm_fronts *fronts, const cxm_lane *lane, cxm_key key) {
    cxm_front next = cxm_fronts_known_next(fronts, lane->front, key);
    return next != CXM_FRONT_UNKNOWN ? next
                                     : cxm_fronts_make_next(fronts, lane->kind, lane->front, key);
}

static inline cxm_front next_front(cxm_fronts *fronts, const cxm_lane *lane, cxm_key key) {
    if (cxm_fronts_end(fronts, lane->front, key))
        return first_front(fronts, lane, key);
    cxm_transition there = fronts->transitions.items[lane->place];
    return cxm_transition_is(there, cxm_transition_from(lane->front, key))
               ? cxm_transition_to(there)
               : far_front(fronts, lane, key);
}

/* Asks for the memory that the next word of a sentence looks at. */
static inline void look_ahead(const cxm_fronts *fronts, cxm_lane *lane, cxm_key key) {
    uint64_t hash = cxm_transition_hash(cxm_transition_from(lane->front, key));
    lane->place = (uint32_t)cxm_transitions_place(&fronts->transitions, hash);
    __builtin_prefetch(&fronts->signs[lane->front >> 1]);
    __builtin_prefetch(&lane->firsts[cxm_key_class(key)]);
    __builtin_prefetch(&fronts->transitions.items[lane->place]);
}

static bool add_sighting(cxm_sweep *self, const cxm_lane *lane) {
    void *items = self->found;
    if (self->found_count == self->found_capacity &&
        !cxm_array_reserve(&self->allocator, &items, &self->found_capacity, self->found_count + 1,
                           sizeof *self->found))
        return false;
    self->found = items;
    self->found[self->found_count++] = (cxm_sighting){lane->sentence, lane->next, lane->front};
    __builtin_prefetch(cxm_front_content_of(&self->fronts, lane->front));
    return true;
}

/* Takes a sentence on by a word; and by more, as long as there is no front, since nothing of these
 * is waited for. false where the fronts were lost, or where there is no memory. */
static inline bool take_on(cxm_sweep *self, cxm_lane *lane, const cxm_key *keys) {
    do {
        lane->front = next_front(&self->fronts, lane, keys[lane->next]);
        if (lane->front == CXM_FRONT_UNKNOWN ||
            (cxm_state_accepts(lane->front) && !add_sighting(self, lane)))
            return false;
        lane->next++;
    } while (lane->front == CXM_FRONT_EMPTY && lane->next < lane->end);
    return true;
}

/* Sweeps the sentences; as take_on(). */
static bool sweep(cxm_sweep *self, sweeping *of, const cxm_key *keys) {
    size_t lanes = 0;
    while (lanes < CXM_LANES && begin_sentence(self, of, &self->lanes[lanes]))
        lanes++;
    while (lanes) {
        for (size_t i = 0; i < lanes;) {
            cxm_lane *lane = &self->lanes[i];
            if (!take_on(self, lane, keys))
                return false;
            if (lane->next < lane->end)
                look_ahead(&self->fronts, lane, keys[lane->next]);
            else if (!begin_sentence(self, of, lane)) {
                *lane = self->lanes[--lanes];
                continue;
            }
            i++;
        }
    }
    return true;
}

/* Sorts what was found by sentence; that of one is in order already. */
static bool sort_sightings(cxm_sweep *self, size_t sentences) {
    void *ends = self->ends;
    void *sightings = self->sightings;
    bool reserved = cxm_array_reserve(&self->allocator, &ends, &self->end_capacity, sentences + 1,
                                      sizeof *self->ends) &&
                    cxm_array_reserve(&self->allocator, &sightings, &self->sighting_capacity,
                                      self->found_count + 1, sizeof *self->sightings);
    self->ends = ends;
    self->sightings = sightings;
    if (!reserved)
        return false;
    memset(self->ends, 0, (sentences + 1) * sizeof *self->ends);
    for (size_t i = 0; i < self->found_count; i++)
        self->ends[self->found[i].sentence + 1]++;
    for (size_t i = 1; i <= sentences; i++)
        self->ends[i] += self->ends[i - 1];
    for (size_t i = 0; i < self->found_count; i++)
        self->sightings[self->ends[self->found[i].sentence]++] = self->found[i];
    return true;
}

bool cxm_sweep_run(cxm_sweep *self, const cxm_batch *batch, const cxm_key *keys,
                   const uint32_t *sentences, size_t count, cxm_phase phase, bool *lost) {
    sweeping of = {batch->sentences, sentences, count, 0, phase};
    *lost = false;
    self->found_count = 0;
    if (!cxm_fronts_prepare(&self->fronts))
        return false;
    bool swept = sweep(self, &of, keys);
    *lost = self->fronts.lost;
    return *lost || (swept && sort_sightings(self, count));
}
