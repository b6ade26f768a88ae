/* SPDX-License-Identifier: MIT */
/*
 * Working out which state follows: from sets of items, by the instructions of the program. The
 * outcome is left in the automaton's work area: sorted items in work[CXM_WORK_RESULT], sorted
 * rules in work_accepts.
 */
#ifndef CXM_MATCH_STEP_H
#define CXM_MATCH_STEP_H

#include "match/automaton.h"

/* The set of items that a step ends with, and the ends that it just reached; sets 0 and 1 are on
 * the way. */
enum { CXM_WORK_RESULT = 2, CXM_WORK_PENDING = 3 };

/* Whether an item waits while a filler is skipped, or is in front of the first word of a rule. */
static inline bool cxm_item_waits(uint64_t item) {
    return (uint32_t)item && (uint32_t)item < CXM_ITEM_ROOT_AT_START;
}

static inline bool cxm_item_is_root(uint64_t item) {
    return (uint32_t)item >= CXM_ITEM_ROOT_AT_START;
}

/* The instruction that takes the next word for an item. */
static inline const cxm_instruction *cxm_item_instruction(const cxm_automaton *self,
                                                          uint64_t item) {
    return &self->lexicon
                ->program[cxm_item_waits(item) ? (uint32_t)item - 1 : (uint32_t)(item >> 32)];
}

/* Takes in where the pieces of a phase start, of rules for a view. */
void cxm_step_pieces(cxm_automaton *self, cxm_phase phase, unsigned view);

/* Takes in where a rule starts, at the start of a sentence or within it. */
void cxm_step_rule(cxm_automaton *self, uint32_t rule, bool at_start);

/* Works out what follows a state with a word. */
void cxm_step_next(cxm_automaton *self, const cxm_state_content *state, cxm_key key);

/* Lists the items of a state by the atoms they wait for: its index. false where there is no memory.
 */
bool cxm_step_index(cxm_automaton *self, cxm_state_content *state);

/* Items that any word satisfies stand under this atom in an index. */
#define CXM_ENTRY_ANY UINT32_MAX

/* The first entry of an atom in the index of a state, or where it would be; entry `from` is not
 * behind it. */
size_t cxm_step_entry(const cxm_automaton *self, const cxm_state_content *state, uint32_t atom,
                      size_t from);

/* Whether to look for the items of a state among the atoms of a symbol, which are a set, rather
 * than for these atoms in the index of the state: where that is less work. */
static inline bool cxm_step_by_items(const cxm_state_content *state, const cxm_symbol *symbol) {
    enum { SEARCH = 4 /* what finding an atom in an index costs, in items looked at */ };
    return symbol->set && state->item_count < SEARCH * symbol->atom_count;
}

/* Room to sort items in, until the next step; NULL where there is no memory. */
uint64_t *cxm_step_scratch(cxm_automaton *self, size_t count);

/* Whether an item of a state takes a class for what it is. Else a single word that is not to be
 * skipped and begins no filler leads where a word of no interest leads. */
bool cxm_step_differs(const cxm_automaton *self, const cxm_state_content *state,
                      uint32_t class_number);

/* Marks the columns of the classes that an item of a state takes, of those that are new to it;
 * those in its sign, too, where a word of no interest leads nowhere. */
void cxm_step_columns(const cxm_automaton *self, const cxm_state_content *state,
                      cxm_state_plain *plain, cxm_state_sign *sign);

/* Takes in a state as it is. */
void cxm_step_none(cxm_automaton *self, const cxm_state_content *state);

/* Sorts what a step left, and appends the rules found if the sentence ends, as a question or not.
 * Fills the counts of `out`. */
void cxm_step_finish(cxm_automaton *self, cxm_state_content *out);

#endif
