/* SPDX-License-Identifier: MIT */
#include "match/follow.h"

#include <string.h>

void cxm_follower_init(cxm_follower *self, cxm_automaton *automaton,
                       const cxm_allocator *allocator) {
    *self = (cxm_follower){.automaton = automaton, .allocator = *allocator};
}

void cxm_follower_clear(cxm_follower *self) {
    const cxm_allocator *allocator = &self->allocator;
    cxm_release(allocator, self->visits, self->visit_capacity * sizeof *self->visits);
    cxm_release(allocator, self->sights, self->sight_capacity * sizeof *self->sights);
    cxm_release(allocator, self->sorted, self->sorted_capacity * sizeof *self->sorted);
}

static bool add_sight(const cxm_follower *self, cxm_sight **sights, size_t *count, size_t *capacity,
                      cxm_sight sight) {
    void *items = *sights;
    if (*count == *capacity &&
        !cxm_array_reserve(&self->allocator, &items, capacity, *count + 1, sizeof sight))
        return false;
    *sights = items;
    (*sights)[(*count)++] = sight;
    return true;
}

/* Notes a state in which rules are found, to be looked at when its memory is there. */
static bool visit(cxm_follower *self, uint32_t number, const cxm_walk *walk) {
    __builtin_prefetch(cxm_state_content_of(self->automaton, walk->state));
    return add_sight(self, &self->visits, &self->visit_count, &self->visit_capacity,
                     (cxm_sight){.walk = number, .at = walk->next - 1, .rule = walk->state});
}

/* Takes a walk on as far as what was used lately leads. There it waits for memory. */
static inline bool go_on(cxm_follower *self, const cxm_key *keys, uint32_t number) {
    const cxm_automaton *automaton = self->automaton;
    cxm_walk walk = self->walks[number];
    while (walk.state > CXM_STATE_DEAD) {
        if (cxm_state_accepts(walk.state) && !visit(self, number, &walk))
            return false;
        if (walk.next >= walk.stop)
            break;
        cxm_key key = keys[walk.next];
        cxm_state known = CXM_STATE_DEAD;
        if (!cxm_sign_is_dead_end(&automaton->signs[walk.state >> 1], key))
            known = cxm_automaton_recent(automaton, walk.state, key);
        if (known == CXM_STATE_UNKNOWN) {
            cxm_automaton_prefetch(automaton, walk.state, key);
            self->active[self->active_count++] = number;
            break;
        }
        walk.state = known;
        walk.next++;
    }
    self->walks[number] = walk;
    return walk.state != CXM_STATE_UNKNOWN;
}

/* One step of all walks that wait for memory; what each goes on from then is asked for before the
 * first one goes on. */
static bool step(cxm_follower *self, const cxm_key *keys) {
    size_t count = self->active_count;
    self->active_count = 0;
    for (size_t i = 0; i < count; i++) {
        cxm_walk *walk = &self->walks[self->active[i]];
        walk->state = cxm_automaton_next(self->automaton, walk->state, keys[walk->next]);
        walk->next++;
        __builtin_prefetch(&self->automaton->signs[walk->state >> 1]);
    }
    for (size_t i = 0; i < count; i++)
        if (!go_on(self, keys, self->active[i]))
            return false;
    return true;
}

/* Turns the states that were visited into the rules that are found there, all of which are asked
 * for first. */
static bool look_at_visits(cxm_follower *self) {
    const cxm_automaton *automaton = self->automaton;
    for (size_t i = 0; i < self->visit_count; i++)
        __builtin_prefetch(automaton->accepts +
                           cxm_state_content_of(automaton, self->visits[i].rule)->first_accept);
    for (size_t i = 0; i < self->visit_count; i++) {
        cxm_sight sight = self->visits[i];
        const cxm_state_content *content = cxm_state_content_of(self->automaton, sight.rule);
        const uint32_t *rules = self->automaton->accepts + content->first_accept;
        uint32_t words = content->accept_count;
        uint32_t ends = words + content->end_count;
        uint32_t count = ends + content->question_count;
        for (uint32_t k = 0; k < count; k++) {
            sight.rule = rules[k];
            sight.kind = k < words ? CXM_SIGHT_WORD : k < ends ? CXM_SIGHT_END : CXM_SIGHT_QUESTION;
            if (!add_sight(self, &self->sights, &self->sight_count, &self->sight_capacity, sight))
                return false;
        }
    }
    self->visit_count = 0;
    return true;
}

/* Sorts what was found by walks; that of one walk is in order already. `ends[i]`: behind that of
 * walk i. */
static bool sort_sights(cxm_follower *self, uint32_t ends[CXM_WALKS_AT_ONCE + 1], size_t count) {
    void *items = self->sorted;
    if (!cxm_array_reserve(&self->allocator, &items, &self->sorted_capacity, self->sight_count + 1,
                           sizeof *self->sorted))
        return false;
    self->sorted = items;
    memset(ends, 0, (count + 1) * sizeof *ends);
    for (size_t i = 0; i < self->sight_count; i++)
        ends[self->sights[i].walk + 1]++;
    for (size_t i = 1; i <= count; i++)
        ends[i] += ends[i - 1];
    for (size_t i = 0; i < self->sight_count; i++)
        self->sorted[ends[self->sights[i].walk]++] = self->sights[i];
    return true;
}

static bool end_walks(cxm_follower *self, const cxm_walker *walker, size_t first, size_t count) {
    uint32_t ends[CXM_WALKS_AT_ONCE + 1];
    if (!sort_sights(self, ends, count))
        return false;
    uint32_t from = 0;
    for (size_t i = 0; i < count; i++) {
        if (ends[i] > from &&
            !walker->end(walker->user, first + i, self->sorted + from, ends[i] - from))
            return false;
        from = ends[i];
    }
    return true;
}

/* Whether the automaton forgot the states of the walks: they must begin anew. One alone goes on, as
 * the state that it is in is kept. */
static bool is_lost(cxm_follower *self, size_t count) {
    bool forgot = self->automaton->epoch != self->epoch;
    self->epoch = self->automaton->epoch;
    return forgot && count > 1;
}

static bool begin_walks(cxm_follower *self, const cxm_key *keys, const cxm_walker *walker,
                        size_t first, size_t count) {
    self->epoch = self->automaton->epoch;
    self->active_count = 0;
    self->visit_count = 0;
    self->sight_count = 0;
    for (size_t i = 0; i < count; i++) {
        self->walks[i] = walker->begin(walker->user, first + i);
        __builtin_prefetch(&self->automaton->signs[self->walks[i].state >> 1]);
    }
    for (uint32_t i = 0; i < count && !(count > 1 && self->epoch != self->automaton->epoch); i++)
        if (!go_on(self, keys, i))
            return false;
    return true;
}

/* Follows some walks. `lost`: the automaton forgot their states; nothing was told of them. */
static bool follow(cxm_follower *self, const cxm_key *keys, const cxm_walker *walker, size_t first,
                   size_t count, bool *lost) {
    if (!begin_walks(self, keys, walker, first, count))
        return false;
    *lost = is_lost(self, count);
    while (!*lost && (self->active_count || self->visit_count)) {
        if (!look_at_visits(self) || !step(self, keys))
            return false;
        *lost = is_lost(self, count);
    }
    return *lost || end_walks(self, walker, first, count);
}

bool cxm_follower_run(cxm_follower *self, const cxm_key *keys, const cxm_walker *walker,
                      size_t count) {
    bool followed = true;
    for (size_t first = 0; followed && first < count; first += CXM_WALKS_AT_ONCE) {
        size_t some = count - first < CXM_WALKS_AT_ONCE ? count - first : CXM_WALKS_AT_ONCE;
        bool lost;
        followed = follow(self, keys, walker, first, some, &lost);
        for (size_t i = 0; followed && lost && i < some; i++) {
            bool never;
            followed = follow(self, keys, walker, first + i, 1, &never);
        }
    }
    return followed;
}
