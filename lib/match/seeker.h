/* SPDX-License-Identifier: MIT */
/*
 * Which rules a sentence may have, and where. Nearly all sentences have few, and this tells which.
 *
 * A rule is looked for only where its piece is (lexicon/pieces.h). Sentences are swept for the
 * pieces of all rules at once (sweep.h). Should the sweep be lost, a walk of its own is followed
 * from each word (follow.h).
 */
#ifndef CXM_MATCH_SEEKER_H
#define CXM_MATCH_SEEKER_H

#include "match/follow.h"
#include "match/gate.h"
#include "match/sweep.h"

/* A rule of which the sentence has a piece. */
typedef struct cxm_candidate {
    uint32_t sentence;     /* index of the batch's */
    cxm_proposal proposal; /* of several, the first one */
    uint32_t first;        /* the first token that it may start with, if none is skipped, */
    uint32_t last;         /* and the last one: where its last piece starts */
    uint32_t end; /* the last token of its piece: of the longest, where that is all of the rule */
    uint32_t before; /* 1 + the candidate before it whose piece starts there; 0: none */
} cxm_candidate;

/* A token from which pieces are looked for. */
typedef struct cxm_starter {
    uint32_t first;
    uint32_t stop; /* the token that no piece takes that starts here */
    uint32_t sentence;
    uint32_t view; /* of the sentence */
} cxm_starter;

/* Where a rule last became a candidate. */
typedef struct cxm_asked {
    uint64_t round; /* of the gate */
    uint32_t index; /* of `candidates` */
} cxm_asked;

typedef struct cxm_seeker {
    cxm_automaton *automaton;
    const cxm_lexicon *lexicon;
    cxm_allocator allocator;
    uint32_t max_tokens; /* that a walk takes at most */
    cxm_sweep sweep;
    cxm_follower follower;
    const cxm_batch *batch; /* at hand */
    cxm_phase phase;
    cxm_key *keys; /* of the tokens of the batch; with what fillers begin where */
    size_t key_capacity;
    uint32_t
        *starting; /* per token: 1 + the last candidate that begins with a piece there; 0: none */
    size_t starting_capacity;
    cxm_starter *starters;
    size_t starter_count;
    size_t starter_capacity;
    cxm_gate gate;    /* to be begun before a run */
    uint32_t current; /* the sentence that the gate was turned to; UINT32_MAX: none */
    cxm_asked *asked; /* per rule */
    cxm_candidate *candidates;
    size_t candidate_count;
    size_t candidate_capacity;
} cxm_seeker;

/* `max_tokens`: that a rule, and so its piece, takes at most. false where there is no memory. Clear
 * it in any case. */
bool cxm_seeker_init(cxm_seeker *self, cxm_automaton *automaton, const cxm_allocator *allocator,
                     uint32_t max_tokens);
void cxm_seeker_clear(cxm_seeker *self);

/* Makes the keys of some sentences of a batch, and lists the rules of a phase that these may have,
 * sentence by sentence. false where there is no memory. */
bool cxm_seeker_run(cxm_seeker *self, const cxm_batch *batch, const uint32_t *sentences,
                    size_t count, cxm_phase phase);

#endif
