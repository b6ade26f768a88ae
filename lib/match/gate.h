/* SPDX-License-Identifier: MIT */
/*
 * Which rules are worth looking for in a sentence: those that it lacks nothing for (needs.h), and
 * of those that could drop hits the ones that could drop a hit of this sentence. Most that have
 * their piece there are not, so they are turned away before anything is noted of them.
 */
#ifndef CXM_MATCH_GATE_H
#define CXM_MATCH_GATE_H

#include "match/batch.h"
#include "match/symbols.h"
#include "match/trial.h"

/* Twice the number of a need, from 1 on, and in the lowest bit whether it stands behind the piece.
 */
#define CXM_GATE_NEED(number, behind) ((number) << 1 | ((behind) ? 1u : 0u))

/* What a rule is asked for; to be kept where its piece is found. */
typedef struct cxm_gate_pass {
    uint32_t need;  /* CXM_GATE_NEED(); 0: none */
    uint32_t group; /* UNLESS: its group. NEGATOR: the group behind all others. UINT32_MAX: none */
} cxm_gate_pass;

typedef struct cxm_gate {
    const cxm_lexicon *lexicon;
    const cxm_symbols *symbols;
    cxm_allocator allocator;
    const cxm_lexeme *tokens; /* of the batch at hand */
    const cxm_range *range;   /* of the sentence at hand */
    cxm_need_row met;         /* what it fulfills */
    const cxm_trials *hits;   /* that could be dropped; NULL: there is nothing to drop */
    size_t next_hit;
    uint64_t *wanted;     /* per group: the last round in which it could drop a hit */
    uint64_t wanted_bits; /* of the groups that could drop one in the sentence at hand */
    uint64_t round;       /* counts sentences */
} cxm_gate;

/* false where there is no memory. Clear it in any case. */
bool cxm_gate_init(cxm_gate *self, const cxm_lexicon *lexicon, const cxm_symbols *symbols,
                   const cxm_allocator *allocator);
void cxm_gate_clear(cxm_gate *self);

/* To be called before the sentences of a phase: `hits` that were found in them and could be
 * dropped, by sentence; NULL where hits are what is looked for. They are borrowed. */
void cxm_gate_begin(cxm_gate *self, const cxm_trials *hits);

/* Turns to a sentence of a batch, the next one. */
void cxm_gate_turn_to(cxm_gate *self, const cxm_batch *batch, uint32_t sentence);

/* Groups share the bits of a set, so that all that is found with a word can be turned away at once;
 * what has no group is always wanted. */
static inline uint64_t cxm_gate_group_bit(uint32_t group) {
    return group == UINT32_MAX ? ~UINT64_C(0) : UINT64_C(1) << (group % 64);
}

/* What a rule of a lexicon will be asked for. */
cxm_gate_pass cxm_gate_pass_of(const cxm_lexicon *lexicon, uint32_t rule);

/* Whether a need is met on its side of a piece that takes the tokens from `first` to `end`; within
 * these two, too, as a token may be several words. */
bool cxm_gate_finds_need(const cxm_gate *self, uint32_t need, uint32_t first, uint32_t end);

/* Whether a rule is worth looking for in the sentence at hand, where its piece takes the tokens
 * from `first` to `end`. */
static inline bool cxm_gate_admits(const cxm_gate *self, cxm_gate_pass pass, uint32_t first,
                                   uint32_t end) {
    if (pass.group != UINT32_MAX && self->wanted[pass.group] != self->round)
        return false;
    return !pass.need || (cxm_need_is_met(&self->symbols->needs[pass.need / 2 - 1], &self->met) &&
                          cxm_gate_finds_need(self, pass.need, first, end));
}

#endif
