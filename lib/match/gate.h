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

/* What is asked of a rule, close together. */
typedef struct cxm_gate_rule {
    uint32_t need;  /* from 1 on; 0: none */
    uint32_t group; /* UNLESS: its group. NEGATOR: the group behind all others. UINT32_MAX: none */
    bool piece_first;
} cxm_gate_rule;

typedef struct cxm_gate {
    const cxm_lexicon *lexicon;
    const cxm_symbols *symbols;
    cxm_allocator allocator;
    cxm_gate_rule *rules;
    cxm_need_row met;       /* what the sentence at hand fulfills */
    const cxm_trials *hits; /* that could be dropped; NULL: there is nothing to drop */
    size_t next_hit;
    uint64_t *wanted; /* per group: the last round in which it could drop a hit */
    uint64_t round;   /* counts sentences */
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

/* Whether a rule is worth looking for in the sentence at hand. */
static inline bool cxm_gate_admits(const cxm_gate *self, uint32_t rule) {
    const cxm_gate_rule *asked = &self->rules[rule];
    if (asked->group != UINT32_MAX && self->wanted[asked->group] != self->round)
        return false;
    return !asked->need || cxm_need_is_met(&self->symbols->needs[asked->need - 1], &self->met);
}

#endif
