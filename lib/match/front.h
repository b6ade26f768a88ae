/* SPDX-License-Identifier: MIT */
/*
 * Walks through the automaton that begin one word after the other, and go on side by side.
 *
 * What those have come to that have not ended yet is a *front*: for each its state, and its age,
 * that is how many words it has taken. Texts lead to few fronts, over and over; so a front is
 * worked out when a text first leads to it, and kept, and so is what follows it with a word. A word
 * of a text then costs one look, however many walks there are.
 *
 * The memory for that is bounded: when it is used up, or when the automaton has forgotten its
 * states, all fronts are forgotten, and whoever is at one of them is *lost*.
 */
#ifndef CXM_MATCH_FRONT_H
#define CXM_MATCH_FRONT_H

#include "match/automaton.h"
#include "match/gate.h"

/* A front by twice its index, and in the lowest bit whether walks found rules with the last word,
 * as a state is told. */
typedef uint32_t cxm_front;

/* UNKNOWN: none. EMPTY: there is no walk. */
enum { CXM_FRONT_UNKNOWN = CXM_STATE_UNKNOWN, CXM_FRONT_EMPTY = CXM_STATE_DEAD };

/* What walks look for: the pieces of a phase in turns of a view. */
enum { CXM_FRONT_KINDS = CXM_PHASE_COUNT * CXM_VIEW_COUNT };

static inline uint32_t cxm_front_kind(cxm_phase phase, unsigned view) {
    return phase * CXM_VIEW_COUNT + view;
}

typedef struct cxm_front_walk {
    cxm_state state;
    uint32_t age;
} cxm_front_walk;

/* A rule that a walk has found with the last word, with all that is asked before more is done about
 * it, since most are turned away. */
typedef struct cxm_front_find {
    cxm_proposal proposal;
    cxm_gate_pass pass;
    uint32_t age; /* of the walk */
} cxm_front_find;

typedef struct cxm_front_content {
    uint32_t first_walk; /* the oldest one */
    uint32_t walk_count;
    uint32_t first_find;
    uint32_t find_count;
    uint32_t kind;
    uint64_t groups; /* of what is found: cxm_gate_group_bit() */
} cxm_front_content;

typedef struct cxm_fronts {
    cxm_automaton *automaton;
    cxm_allocator allocator;
    size_t limit;        /* bytes */
    uint32_t max_tokens; /* that a walk takes at most */
    size_t epoch;        /* of the automaton, whose states the walks have come to */
    bool lost;           /* fronts were forgotten since cxm_fronts_prepare() */

    cxm_front_content *contents; /* of the fronts */
    size_t content_capacity;
    cxm_state_sign *signs; /* of the fronts: which words end all of their walks */
    size_t sign_capacity;
    size_t count;
    cxm_front_walk *walks; /* of all fronts */
    size_t walk_count;
    size_t walk_capacity;
    cxm_front_find *finds; /* of all fronts */
    size_t find_count;
    size_t find_capacity;
    cxm_front *table; /* hash of a front's content -> front; 0: free */
    size_t table_capacity;

    cxm_transitions transitions; /* from fronts to fronts */
    cxm_front *firsts; /* by kind and class: the front of the walk that begins with such a word */
    size_t first_capacity;

    cxm_front_walk *work; /* the front that is being worked out */
    size_t work_count;
} cxm_fronts;

/* `max_tokens`: that a walk takes at most; `limit`: bytes. false where there is no memory. Clear it
 * in any case. */
bool cxm_fronts_init(cxm_fronts *self, cxm_automaton *automaton, const cxm_allocator *allocator,
                     uint32_t max_tokens, size_t limit);
void cxm_fronts_clear(cxm_fronts *self);

/* To be called before a text is gone through, and after its classes were made. false where there is
 * no memory. */
bool cxm_fronts_prepare(cxm_fronts *self);

/* Work out what a walk comes to that begins with a word, and what follows a front with a word; and
 * keep it. UNKNOWN where `lost`, or where there is no memory. */
cxm_front cxm_fronts_make_first(cxm_fronts *self, uint32_t kind, cxm_key key);
cxm_front cxm_fronts_make_next(cxm_fronts *self, uint32_t kind, cxm_front front, cxm_key key);

/* What is known to follow a front, UNKNOWN where nothing is. It changes places with what stands
 * where it is looked for first, so that what is frequent comes to stand there. */
cxm_front cxm_fronts_known_next(cxm_fronts *self, cxm_front front, cxm_key key);

static inline const cxm_front_content *cxm_front_content_of(const cxm_fronts *self,
                                                            cxm_front front) {
    return &self->contents[front >> 1];
}

/* The fronts of walks that begin with a word, by class; UNKNOWN where that was not asked for. */
static inline const cxm_front *cxm_fronts_firsts(const cxm_fronts *self, uint32_t kind) {
    return self->firsts + kind * self->first_capacity;
}

/* Whether a word ends all walks of a front, as far as is known at once. */
static inline bool cxm_fronts_end(const cxm_fronts *self, cxm_front front, cxm_key key) {
    return front == CXM_FRONT_EMPTY || cxm_sign_is_dead_end(&self->signs[front >> 1], key);
}

#endif
