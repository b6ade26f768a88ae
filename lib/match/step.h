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

/* Takes in where the pieces of a phase start, of rules for a view. */
void cxm_step_pieces(cxm_automaton *self, cxm_phase phase, unsigned view);

/* Takes in where a rule starts, at the start of a sentence or within it. */
void cxm_step_rule(cxm_automaton *self, uint32_t rule, bool at_start);

/* Works out what follows a state with a word. */
void cxm_step_next(cxm_automaton *self, const cxm_state_content *state, cxm_key key);

/* Marks the atoms that a state's items wait for; their bits. Holds until the next step. */
uint64_t cxm_step_mark(cxm_automaton *self, const cxm_state_content *state);

/* Whether no item of the state that was marked takes a class for what it is. Then a single word
 * that is not to be skipped and begins no filler leads where a word of no interest leads. */
bool cxm_step_is_plain(const cxm_automaton *self, uint32_t class_number);

/* Takes in a state as it is. */
void cxm_step_none(cxm_automaton *self, const cxm_state_content *state);

/* Sorts what a step left, and appends the rules found if the sentence ends, as a question or not.
 * Fills the counts of `out`. */
void cxm_step_finish(cxm_automaton *self, cxm_state_content *out);

#endif
