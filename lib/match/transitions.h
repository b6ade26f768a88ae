/* SPDX-License-Identifier: MIT */
/*
 * Where states lead with words: an open hash table of transitions, each in one word of memory, so
 * that many fit into the caches. It serves whatever numbers its states as cxm_state does.
 */
#ifndef CXM_MATCH_TRANSITIONS_H
#define CXM_MATCH_TRANSITIONS_H

#include "base/memory.h"
#include "match/symbols.h"

/* A state by twice its index, and in the lowest bit whether a rule is found there, also if only at
 * the end of a sentence. So a walk need not look at the states it comes through. */
typedef uint32_t cxm_state;
#define CXM_STATE(index, accepts) ((cxm_state)((index) << 1 | ((accepts) ? 1u : 0u)))

/* States that are always there. */
enum { CXM_STATE_UNKNOWN = 0, CXM_STATE_DEAD = 2, CXM_FIRST_STATES = 2 };

static inline bool cxm_state_accepts(cxm_state state) {
    return state & 1;
}

enum {
    CXM_STATE_BITS = 21,                    /* of cxm_state */
    CXM_KEY_BITS = 64 - 2 * CXM_STATE_BITS, /* of cxm_key */
    CXM_MAX_STATES = 1 << (CXM_STATE_BITS - 1),
};

/* The state it leads from, the key, and the state it leads to, from the highest bits down. 0: a
 * free place. */
typedef uint64_t cxm_transition;

typedef struct cxm_transitions {
    cxm_transition *items;
    size_t capacity; /* a power of two */
    size_t count;
} cxm_transitions;

/* false where there is no memory. Clear it in any case. */
bool cxm_transitions_init(cxm_transitions *self, const cxm_allocator *allocator);
void cxm_transitions_clear(cxm_transitions *self, const cxm_allocator *allocator);

/* Forgets all. */
void cxm_transitions_forget(cxm_transitions *self);

/* Adds one that is not there yet. false where there is no memory. */
bool cxm_transitions_add(cxm_transitions *self, const cxm_allocator *allocator, cxm_state from,
                         cxm_key key, cxm_state to);

static inline size_t cxm_transitions_bytes(const cxm_transitions *self) {
    return self->capacity * sizeof *self->items;
}

/* What a transition is found by: all of it but where it leads. */
static inline uint64_t cxm_transition_from(cxm_state state, cxm_key key) {
    return (uint64_t)state << CXM_KEY_BITS | key;
}

static inline uint64_t cxm_transition_hash(uint64_t from) {
    return from * 0x9e3779b97f4a7c15U;
}

static inline cxm_state cxm_transition_to(cxm_transition transition) {
    return (uint32_t)transition & ((1u << CXM_STATE_BITS) - 1);
}

static inline bool cxm_transition_is(cxm_transition transition, uint64_t from) {
    return transition >> CXM_STATE_BITS == from;
}

/* Where a transition is looked for first. It stands there, or behind it. */
static inline size_t cxm_transitions_place(const cxm_transitions *self, uint64_t hash) {
    return (size_t)(hash >> 32) & (self->capacity - 1);
}

/* Where one stands; where it would stand, a free place, if it is not there. */
static inline cxm_transition *cxm_transitions_find(const cxm_transitions *self, uint64_t from) {
    size_t place = cxm_transitions_place(self, cxm_transition_hash(from));
    while (self->items[place] && !cxm_transition_is(self->items[place], from))
        place = (place + 1) & (self->capacity - 1);
    return &self->items[place];
}

#endif
