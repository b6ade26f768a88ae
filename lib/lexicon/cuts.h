/* SPDX-License-Identifier: MIT */
/*
 * Cuts: words of a rule of which every way through it takes one.
 *
 * Instructions are written from the end, so what follows one has a smaller number, and one pass in
 * order of numbers knows all that follows an instruction:
 *
 * - how likely it is that words fit from there on, up to the next gap;
 * - its *join*: where the ways that part at it have all come together again. From there on they
 *   have the next join in common, and so on to the end;
 * - the cost of the cheapest cut between it and its join. Up to a later join that is the cheapest
 *   of those on the way, for every way takes all of these joins.
 */
#ifndef CXM_LEXICON_CUTS_H
#define CXM_LEXICON_CUTS_H

#include "lexicon/lexicon.h"

/* What is known of an instruction of the rule at hand. */
typedef struct cxm_cut_node {
    float chance; /* that words fit from here on, up to the next gap */
    float cost;   /* of the cheapest cut up to the join */
    float rare;   /* how likely a word of the rarest cut up to the join is */
    bool open;    /* a gap or the end can be reached from here without a word */
    uint32_t join;
    uint32_t before; /* the most words on a way to here */
} cxm_cut_node;

typedef struct cxm_cutter {
    const cxm_lexicon *lexicon;
    float *chances;      /* per atom */
    cxm_cut_node *nodes; /* per instruction of the rule at hand */
    size_t node_count;   /* of the longest rule */
    uint32_t *stack;
    size_t stack_len;
    size_t stack_capacity;
    const cxm_rule *rule; /* at hand */
    size_t budget;        /* joins that may still be passed; 0: the rule is too tangled */
} cxm_cutter;

/* What a cut is chosen by: how often the pieces that begin with it are expected, or how likely a
 * word of it is. */
typedef float (*cxm_cut_cost)(const cxm_cut_node *at);
float cxm_cut_piece_cost(const cxm_cut_node *at);
float cxm_cut_word_chance(const cxm_cut_node *at);

/* false where there is no memory. Clear it in any case. */
bool cxm_cutter_init(cxm_cutter *self, const cxm_lexicon *lexicon);
void cxm_cutter_clear(cxm_cutter *self);

/* Turns to a rule, and learns all about its instructions. */
void cxm_cutter_begin(cxm_cutter *self, const cxm_rule *rule);

/* Tells the words of the cheapest cut between an instruction and a join, one by one. No budget is
 * left where it has none, or where finding it takes too long. false where `take` said so or where
 * there is no memory. */
bool cxm_cutter_take(cxm_cutter *self, cxm_cut_cost cost_of, bool (*take)(void *user, uint32_t at),
                     void *user, uint32_t from, uint32_t to);

/* Instructions as numbered within the rule at hand. */
static inline const cxm_instruction *cxm_cut_instruction(const cxm_cutter *self, uint32_t at) {
    return &self->lexicon->program[self->rule->program_start + at];
}

static inline uint32_t cxm_cut_next(const cxm_cutter *self, uint32_t at) {
    return cxm_cut_instruction(self, at)->next - self->rule->program_start;
}

static inline uint32_t cxm_cut_other(const cxm_cutter *self, uint32_t at) {
    return cxm_cut_instruction(self, at)->other - self->rule->program_start;
}

#endif
