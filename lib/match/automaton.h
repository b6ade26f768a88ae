/* SPDX-License-Identifier: MIT */
/*
 * The automaton over classes of words, made deterministic as it goes: a state is worked out when a
 * text first leads to it, and kept. The memory for that is bounded: when it is used up, all states
 * are forgotten and worked out anew.
 *
 * A state is the set of *items* in which the phrases that are still possible stand. An item is an
 * instruction, or an instruction that waits while a filler ("you know") is being skipped.
 */
#ifndef CXM_MATCH_AUTOMATON_H
#define CXM_MATCH_AUTOMATON_H

#include "match/symbols.h"

/* States that are always there. */
enum { CXM_STATE_UNKNOWN = 0, CXM_STATE_DEAD = 1 };

/* What the automaton reads: a class, and in the lowest bit whether the word may be skipped. */
typedef uint32_t cxm_key;
#define CXM_KEY(class_number, skippable) ((cxm_key)((class_number) << 1 | ((skippable) ? 1u : 0u)))

/*
 * What is looked at of a state at every word: two cache lines. Most words that follow lead where a
 * word of no interest (class 0) leads, mostly nowhere; and the frequent words have small class
 * numbers, since classes are numbered as they are met. So one bit a class says "known to lead where
 * class 0 leads", and only the others are looked up among the transitions.
 */
enum { CXM_PLAIN_WORDS = 14, CXM_PLAIN_CLASSES = CXM_PLAIN_WORDS * 64 };

typedef struct cxm_state {
    uint32_t otherwise; /* where class 0 leads; UNKNOWN: not worked out yet */
    uint32_t accepts;   /* whether a rule is found here, also if only at the end of a sentence */
    uint64_t mask;      /* the bits of the atoms that do not lead to `otherwise` */
    uint64_t plain[CXM_PLAIN_WORDS]; /* per class: whether it is known to lead to `otherwise` */
} cxm_state;

/* Marks a rule that is found at a word only if the sentence ends there. */
enum { CXM_PENDING = 1 << 30 };

/* What a state consists of. */
typedef struct cxm_state_content {
    uint32_t first_item;
    uint32_t item_count;
    uint32_t first_accept; /* the rules found with the last word, and with CXM_PENDING those that
                            * are found with it if nothing but fillers follows */
    uint32_t accept_count;
    uint32_t end_count;      /* behind those: the rules found if the sentence ends here */
    uint32_t question_count; /* and behind those: if it is a question */
} cxm_state_content;

/*
 * A transition in one word, so that many fit into the caches: the state it leads from, the key, and
 * the state it leads to, from the highest bits down. 0: a free place.
 */
typedef uint64_t cxm_transition;

enum {
    CXM_STATE_BITS = 21,
    CXM_KEY_BITS = 64 - 2 * CXM_STATE_BITS, /* room for CXM_MAX_CLASSES, twice */
    CXM_MAX_STATES = 1 << CXM_STATE_BITS,
};

/* What an item waits for, in its lower half: nothing (0), 1 + an instruction of a filler, or as an
 * item of a root the first word of a rule, within a sentence or only at its start. */
enum { CXM_ITEM_ROOT_AT_START = 0x7FFFFFFE, CXM_ITEM_ROOT = 0x7FFFFFFF };

/* Whose turns are looked at: cxm_view_index(). */
enum { CXM_VIEW_COUNT = 4 };

enum { CXM_WORK_SETS = 4 };

typedef struct cxm_automaton {
    cxm_symbols *symbols;
    const cxm_lexicon *lexicon;
    cxm_allocator allocator;
    size_t limit;         /* bytes */
    uint64_t filler_mask; /* the bits of the atoms that begin a filler */
    uint32_t *starts[CXM_PHASE_COUNT][CXM_VIEW_COUNT]; /* class -> what pieces start with it */
    size_t start_capacity;                             /* classes */
    size_t epoch;                                      /* how often all states were forgotten */

    /* The states that walks start in: for pieces, and for each rule within a sentence and at its
     * start. */
    uint32_t piece_roots[CXM_PHASE_COUNT][CXM_VIEW_COUNT];
    uint32_t *rule_roots[2];

    cxm_transition *transitions;
    size_t transition_capacity; /* a power of two */
    size_t transition_count;

    cxm_state *states;
    cxm_state_content *contents; /* of the states */
    size_t state_count;
    size_t state_capacity;
    size_t content_capacity;
    uint64_t *items; /* of all states: instruction << 32 | 1 + instruction of a filler, or 0 */
    size_t item_count;
    size_t item_capacity;
    uint32_t *accepts;
    size_t accept_count;
    size_t accept_capacity;
    uint32_t *state_table; /* hash of a state's content -> state; 0: free */
    size_t state_table_capacity;

    uint32_t *atom_marks; /* per atom: the step it was last satisfied in */
    uint32_t *seen;       /* per instruction: the step it was last reached in */
    uint32_t atom_step;
    uint32_t seen_step;
    uint64_t *work[CXM_WORK_SETS]; /* sets of items being worked out; see step.h */
    size_t work_count[CXM_WORK_SETS];
    size_t work_capacity[CXM_WORK_SETS];
    uint32_t *work_accepts;
    size_t work_accept_count;
    size_t work_accept_capacity;
    uint32_t *stack;
    size_t stack_count;
    size_t stack_capacity;
    bool failed; /* there was no memory in the last step */
} cxm_automaton;

/* `limit` in bytes. false where there is no memory. Clear it in any case. */
bool cxm_automaton_init(cxm_automaton *self, cxm_symbols *symbols, const cxm_allocator *allocator,
                        size_t limit);
void cxm_automaton_clear(cxm_automaton *self);

/* The index of the start table for a role's turns. */
unsigned cxm_view_index(cxm_role role);

/* Works out the state of the pieces that start with a word of a class; as
 * cxm_automaton_find_next(). */
uint32_t cxm_automaton_make_start(cxm_automaton *self, cxm_phase phase, unsigned view,
                                  uint32_t class_number);

/* Works out the root of a rule; as cxm_automaton_find_next(). */
uint32_t cxm_automaton_make_root(cxm_automaton *self, uint32_t rule, bool at_start);

/* Finds the state that follows, or works it out; UNKNOWN only where there is no memory. All other
 * states may have been forgotten when it returns. */
uint32_t cxm_automaton_find_next(cxm_automaton *self, uint32_t state, cxm_key key);

/* The state in front of the first word of a rule. */
static inline uint32_t cxm_automaton_root(cxm_automaton *self, uint32_t rule, bool at_start) {
    uint32_t state = self->rule_roots[at_start][rule];
    return state != CXM_STATE_UNKNOWN ? state : cxm_automaton_make_root(self, rule, at_start);
}

/* The state of the pieces that start with a word of a class. Every word of a text asks for one,
 * hence the tables. */
static inline uint32_t cxm_automaton_start(cxm_automaton *self, cxm_phase phase, unsigned view,
                                           uint32_t class_number) {
    uint32_t state = CXM_STATE_UNKNOWN;
    if (class_number < self->start_capacity)
        state = self->starts[phase][view][class_number];
    return state != CXM_STATE_UNKNOWN ? state
                                      : cxm_automaton_make_start(self, phase, view, class_number);
}

/* What a transition is found by: all of it but where it leads. */
static inline uint64_t cxm_transition_from(uint32_t state, cxm_key key) {
    return (uint64_t)state << CXM_KEY_BITS | key;
}

static inline size_t cxm_transition_place(const cxm_automaton *self, uint64_t from) {
    uint64_t hash = from * 0x9e3779b97f4a7c15U;
    return (size_t)(hash >> 32) & (self->transition_capacity - 1);
}

/* Whether a key is one that a state has a bit for. */
static inline bool cxm_key_has_bit(cxm_key key) {
    return (key & 1) == 0 && key >> 1 < CXM_PLAIN_CLASSES;
}

/* Whether a word is known to lead where a word of no interest leads. */
static inline bool cxm_state_is_plain(const cxm_state *self, cxm_key key) {
    uint32_t class_number = key >> 1;
    return cxm_key_has_bit(key) && (self->plain[class_number / 64] >> (class_number % 64) & 1);
}

/* The state that follows `state` with a word. */
static inline uint32_t cxm_automaton_next(cxm_automaton *self, uint32_t state, cxm_key key) {
    const cxm_state *here = &self->states[state];
    if (cxm_state_is_plain(here, key))
        return here->otherwise;
    if (!cxm_key_has_bit(key) && !(key & 1) && here->otherwise != CXM_STATE_UNKNOWN &&
        !(here->mask & self->symbols->classes[key >> 1].mask))
        return here->otherwise;
    uint64_t from = cxm_transition_from(state, key);
    cxm_transition transition = self->transitions[cxm_transition_place(self, from)];
    if (transition >> CXM_STATE_BITS == from)
        return (uint32_t)transition & (CXM_MAX_STATES - 1);
    return cxm_automaton_find_next(self, state, key);
}

#endif
