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

#include "match/transitions.h"

/* Marks a rule that is found at a word only if the sentence ends there. */
enum { CXM_PENDING = 1 << 30 };

/* What a state consists of. */
typedef struct cxm_state_content {
    uint32_t first_item;
    uint32_t item_count;
    uint32_t first_accept; /* the rules found with the last word, and with CXM_PENDING those that
                            * are found with it if nothing but fillers follows; behind the numbers
                            * of rules are those of proposals */
    uint32_t accept_count;
    uint32_t end_count;      /* behind those: the rules found if the sentence ends here */
    uint32_t question_count; /* and behind those: if it is a question */
    uint32_t asked;          /* how many transitions from it were worked out */
    uint32_t index;          /* 1 + where its items stand in the index; 0: nowhere yet */
} cxm_state_content;

/*
 * Where a state leads with most words: where a word of no interest (class 0) leads, mostly nowhere.
 * One cache line, as these are looked at all over. A column is marked if any class of it may lead
 * elsewhere. The sign of a state (columns.h) tells most words that lead nowhere; it holds for no
 * class where a word of no interest leads anywhere.
 */
typedef struct cxm_state_plain {
    cxm_state otherwise; /* where class 0 leads; UNKNOWN: not worked out yet */
    uint32_t known;      /* the columns hold for the classes before this one */
    uint64_t columns[CXM_PLAIN_WORDS];
} cxm_state_plain;

/* Whether a word is known to lead nowhere. */
static inline bool cxm_sign_is_dead_end(const cxm_state_sign *sign, cxm_key key) {
    uint32_t class_number = cxm_key_class(key);
    unsigned bit = cxm_sign_bit(class_number);
    return !(key & CXM_KEY_FLAGS) && class_number < cxm_sign_known(sign) &&
           !(sign->words[bit / 64] >> (bit % 64) & 1);
}

/*
 * A text goes through few transitions most of the time, but these stand all over the table of them
 * all. So each that is taken is also put into a small table that the processor can hold, into its
 * one place, over what stands there.
 */
enum { CXM_RECENT_BITS = 14 };

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
    size_t limit;                                       /* bytes */
    uint32_t many_items;                                /* a state of so many gets an index */
    cxm_state *starts[CXM_PHASE_COUNT][CXM_VIEW_COUNT]; /* class -> what pieces start with it */
    size_t start_capacity;                              /* classes */
    size_t epoch;                                       /* how often all states were forgotten */

    /* The states that walks start in: for pieces, and for each rule within a sentence and at its
     * start. */
    cxm_state piece_roots[CXM_PHASE_COUNT][CXM_VIEW_COUNT];
    cxm_state *rule_roots[2];

    cxm_transitions transitions;
    cxm_transition *recent; /* those that were taken lately */
    bool recent_used;       /* whether there are any */

    cxm_state_content *contents; /* of the states */
    char *plain_block;           /* in which `plain` stands, where a cache line begins */
    cxm_state_plain *plain;      /* of the states */
    size_t plain_capacity;
    cxm_state_sign *signs; /* of the states */
    size_t sign_capacity;
    size_t state_count;
    size_t state_capacity;
    uint64_t *items; /* of all states: instruction << 32 | 1 + instruction of a filler, or 0 */
    size_t item_count;
    size_t item_capacity;
    uint64_t *index; /* of states with many items: an atom that one waits for << 32 | the item's
                      * number among those of the state; sorted */
    size_t index_count;
    size_t index_capacity;
    uint32_t *accepts;
    size_t accept_count;
    size_t accept_capacity;
    cxm_state *state_table; /* hash of a state's content -> state; 0: free */
    size_t state_table_capacity;

    uint32_t *seen; /* per instruction: the step it was last reached in */
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
 * cxm_automaton_make_next(). */
cxm_state cxm_automaton_make_start(cxm_automaton *self, cxm_phase phase, unsigned view,
                                   uint32_t class_number);

/* Works out the root of a rule; as cxm_automaton_make_next(). */
cxm_state cxm_automaton_make_root(cxm_automaton *self, uint32_t rule, bool at_start);

/* Works out the state that follows; UNKNOWN only where there is no memory. All other
 * states may have been forgotten when it returns. */
cxm_state cxm_automaton_make_next(cxm_automaton *self, cxm_state state, cxm_key key);

/* The state in front of the first word of a rule. */
static inline cxm_state cxm_automaton_root(cxm_automaton *self, uint32_t rule, bool at_start) {
    cxm_state state = self->rule_roots[at_start][rule];
    return state != CXM_STATE_UNKNOWN ? state : cxm_automaton_make_root(self, rule, at_start);
}

/* The state of the pieces that start with a word of a class. Every word of a text asks for one,
 * hence the tables. */
static inline cxm_state cxm_automaton_start(cxm_automaton *self, cxm_phase phase, unsigned view,
                                            uint32_t class_number) {
    cxm_state state = CXM_STATE_UNKNOWN;
    if (class_number < self->start_capacity)
        state = self->starts[phase][view][class_number];
    return state != CXM_STATE_UNKNOWN ? state
                                      : cxm_automaton_make_start(self, phase, view, class_number);
}

static inline const cxm_state_content *cxm_state_content_of(const cxm_automaton *self,
                                                            cxm_state state) {
    return &self->contents[state >> 1];
}

/* What is found where a state of pieces accepts: a rule all of which is its piece, or a proposal.
 */
cxm_proposal cxm_automaton_proposal(const cxm_automaton *self, uint32_t accepted);

/* Whether a word is known to lead where class 0 leads. */
static inline bool cxm_state_is_plain(const cxm_state_plain *plain, cxm_key key) {
    uint32_t column = cxm_plain_column(cxm_key_class(key));
    return !(key & CXM_KEY_FLAGS) && cxm_key_class(key) < plain->known &&
           !(plain->columns[column / 64] >> (column % 64) & 1);
}

/* The state that follows `state` with a word, where that was asked for lately; else UNKNOWN. */
static inline cxm_state cxm_automaton_recent(const cxm_automaton *self, cxm_state state,
                                             cxm_key key) {
    uint64_t from = cxm_transition_from(state, key);
    uint64_t hash = cxm_transition_hash(from);
    cxm_transition recent = self->recent[hash >> (64 - CXM_RECENT_BITS)];
    return cxm_transition_is(recent, from) ? cxm_transition_to(recent)
                                           : (cxm_state)CXM_STATE_UNKNOWN;
}

/* Where a word leads that was not asked for lately. */
static inline cxm_state cxm_automaton_next(cxm_automaton *self, cxm_state state, cxm_key key) {
    const cxm_state_plain *plain = &self->plain[state >> 1];
    if (cxm_state_is_plain(plain, key))
        return plain->otherwise;
    uint64_t from = cxm_transition_from(state, key);
    cxm_transition found = *cxm_transitions_find(&self->transitions, from);
    if (found) {
        self->recent[cxm_transition_hash(from) >> (64 - CXM_RECENT_BITS)] = found;
        self->recent_used = true;
        return cxm_transition_to(found);
    }
    return cxm_automaton_make_next(self, state, key);
}

/* Asks for the memory that cxm_automaton_next() looks at. */
static inline void cxm_automaton_prefetch(const cxm_automaton *self, cxm_state state, cxm_key key) {
    uint64_t hash = cxm_transition_hash(cxm_transition_from(state, key));
    __builtin_prefetch(&self->plain[state >> 1]);
    __builtin_prefetch(&self->transitions.items[cxm_transitions_place(&self->transitions, hash)]);
}

#endif
