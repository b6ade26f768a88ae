/* SPDX-License-Identifier: MIT */
/*
 * Which rules a sentence may have, and where. Nearly all sentences have none, and this tells so.
 *
 * A rule is looked for only where its piece is (lexicon/pieces.h). Pieces are short and have no
 * gaps, so most words start none, as their class and the next one tell (pairs.h); from the others
 * the automaton is followed, for all pieces at once, for some two steps.
 */
#ifndef CXM_MATCH_SEEKER_H
#define CXM_MATCH_SEEKER_H

#include "match/automaton.h"
#include "match/pairs.h"

/* Where to look for rules. */
typedef struct cxm_range {
    const cxm_tokens *tokens;
    uint32_t start;
    const cxm_sentence *sentence;
    unsigned view;
} cxm_range;

/* For each class, with which words that follow it starts nothing (pairs.h). */
typedef struct cxm_pair_table {
    cxm_pair_row *rows; /* NULL: not asked for yet */
    size_t capacity;
} cxm_pair_table;

/* A rule of which the sentence has a piece. */
typedef struct cxm_candidate {
    uint32_t rule;
    uint32_t last; /* the last token that it may start with */
    uint32_t end;  /* the last token of its piece: of the longest, where that is all of the rule */
} cxm_candidate;

/* Where a rule last became a candidate. */
typedef struct cxm_asked {
    uint64_t round;
    uint32_t index; /* of `candidates` */
} cxm_asked;

typedef struct cxm_seeker {
    cxm_automaton *automaton;
    const cxm_lexicon *lexicon;
    cxm_allocator allocator;
    uint32_t max_tokens; /* that a walk takes at most */
    uint64_t round;      /* counts what was looked for */
    cxm_pair_table pairs[CXM_PHASE_COUNT][CXM_VIEW_COUNT];
    cxm_key *keys; /* of the tokens of the sentence; with what fillers begin where */
    size_t key_capacity;
    uint32_t *starters; /* the tokens, counted from the sentence's first, that may start a piece */
    size_t starter_capacity;
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

/* Makes the keys of a sentence and lists the rules of a phase that it may have. false where there
 * is no memory. */
bool cxm_seeker_run(cxm_seeker *self, const cxm_range *range, cxm_phase phase);

#endif
