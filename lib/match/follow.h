/* SPDX-License-Identifier: MIT */
/*
 * Follows the automaton from many places of a batch, for all of them step by step. The states and
 * transitions of a large lexicon fit no cache, and each step hangs on the one before; but memory
 * answers for a hundred places in about the time that it takes for one. So a walk that needs what
 * may not be at hand asks for it, and is taken up again when all others have done the same (after
 * "asynchronous memory access chaining": Kocberber, Falsafi, Grot 2015).
 */
#ifndef CXM_MATCH_FOLLOW_H
#define CXM_MATCH_FOLLOW_H

#include "match/automaton.h"

/* A walk: the state that it has come to, and the tokens that it goes on with. */
typedef struct cxm_walk {
    cxm_state state;
    uint32_t next; /* the token that comes next */
    uint32_t stop; /* the token that it does not take any more */
} cxm_walk;

/* A rule that a walk has found at a token: with it, or because the sentence ends with it. */
typedef enum cxm_sight_kind { CXM_SIGHT_WORD, CXM_SIGHT_END, CXM_SIGHT_QUESTION } cxm_sight_kind;

typedef struct cxm_sight {
    uint32_t walk;
    uint32_t at;
    uint32_t rule; /* with CXM_PENDING: if nothing but fillers follows */
    cxm_sight_kind kind;
} cxm_sight;

/*
 * Whose walks they are. `begin` is asked for the walk of a number, state UNKNOWN where there is no
 * memory; maybe twice, where the automaton forgot its states. `end` is told of each walk that found
 * something, once, in order of numbers, with what it found in order of tokens; false where there is
 * no memory.
 */
typedef struct cxm_walker {
    void *user;
    cxm_walk (*begin)(void *user, size_t number);
    bool (*end)(void *user, size_t number, const cxm_sight *sights, size_t sight_count);
} cxm_walker;

enum { CXM_WALKS_AT_ONCE = 128 };

typedef struct cxm_follower {
    cxm_automaton *automaton;
    cxm_allocator allocator;
    size_t epoch; /* of the automaton, when the walks at hand began */
    cxm_walk walks[CXM_WALKS_AT_ONCE];
    uint32_t active[CXM_WALKS_AT_ONCE]; /* walks that go on */
    size_t active_count;
    cxm_sight *visits; /* states with rules that the walks came to: not yet looked at (`rule` is the
                        * state) */
    size_t visit_count;
    size_t visit_capacity;
    cxm_sight *sights; /* of the walks at hand */
    size_t sight_count;
    size_t sight_capacity;
    cxm_sight *sorted;
    size_t sorted_capacity;
} cxm_follower;

void cxm_follower_init(cxm_follower *self, cxm_automaton *automaton,
                       const cxm_allocator *allocator);
void cxm_follower_clear(cxm_follower *self);

/* Follows `count` walks through the keys of a batch. false where there is no memory. */
bool cxm_follower_run(cxm_follower *self, const cxm_key *keys, const cxm_walker *walker,
                      size_t count);

#endif
