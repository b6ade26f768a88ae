/* SPDX-License-Identifier: MIT */
/*
 * What phrases become: instructions of a nondeterministic automaton that the matcher makes
 * deterministic as it goes.
 *
 * The automaton does not read words but what words mean to the lexicon. A *primitive* is one test
 * on a word: a literal, a prefix, a stem, a regular expression. An *atom* is a set of primitives,
 * of which a word satisfies one or none: `(our|the|company)` is one atom. The set of the atoms
 * that a word satisfies is all the matcher needs to know of it.
 */
#ifndef CXM_LEXICON_PROGRAM_H
#define CXM_LEXICON_PROGRAM_H

#include <cxmine/base.h>

/* Limits; lexicons/README.md lists them for users. */
enum {
    CXM_PROGRAM_MAX_PHRASE = 65536,  /* instructions of one phrase, sets written out */
    CXM_PROGRAM_MAX_TOTAL = 8 << 20, /* instructions of a lexicon */
    CXM_PROGRAM_MAX_CAPTURES = 8,    /* named captures of a phrase */
};

typedef enum cxm_op {
    CXM_OP_ATOM,     /* takes a word that satisfies atom `argument`, goes on at `next` */
    CXM_OP_ANY,      /* takes any word */
    CXM_OP_SPLIT,    /* goes on at `next` and at `other` */
    CXM_OP_SAVE,     /* notes the place: capture argument/2, its start (even) or end (odd) */
    CXM_OP_START,    /* goes on at the start of a sentence only */
    CXM_OP_END,      /* goes on at the end of a sentence only */
    CXM_OP_QUESTION, /* goes on at the end of a question only */
    CXM_OP_ACCEPT,   /* rule `argument` is found */
    CXM_OP_PROPOSE,  /* the piece of a rule is found, as proposal `argument` tells */
} cxm_op;

typedef struct cxm_instruction {
    uint32_t op;
    uint32_t argument;
    uint32_t next;
    uint32_t other;
} cxm_instruction;

/* What it means that a rule is found. */
typedef enum cxm_rule_kind {
    CXM_RULE_HIT,     /* a hit of a category */
    CXM_RULE_UNLESS,  /* drops hits that overlap it, of the rules with its group */
    CXM_RULE_NEGATOR, /* drops hits that it stands right before, of the rules that want that */
    CXM_RULE_FILLER,  /* may be skipped within any phrase */
} cxm_rule_kind;

/* Whose turns a rule is looked for in; bits of a mask. */
enum {
    CXM_VIEW_AGENT = 1,
    CXM_VIEW_CUSTOMER = 2,
    CXM_VIEW_OTHER = 4,
    CXM_VIEW_ALL = 7,
};

typedef struct cxm_rule {
    cxm_rule_kind kind;
    uint32_t views;
    uint32_t entry;         /* the instruction that it starts with */
    uint32_t program_start; /* its instructions */
    uint32_t program_end;
    uint32_t phrase;    /* HIT: the phrase */
    uint32_t category;  /* HIT: the category */
    uint32_t group;     /* UNLESS: its group. HIT: the group of its category, UINT32_MAX: none */
    uint32_t own_group; /* HIT: the group of the phrase's own `unless`, UINT32_MAX: none */
    bool drop_negated;
    uint32_t first_start; /* index of cxm_lexicon.starts; not of a FILLER */
    uint32_t start_count;
    uint32_t need; /* of which a sentence must have a word, from 1 on; 0: none. Not of a FILLER */
    bool need_behind; /* such a word stands behind the piece, not in front of it */
    bool piece_whole; /* it is its piece, without gaps and conditions; likewise */
    bool at_start;    /* it is found at the start of a sentence only; likewise */
    bool minds_start; /* it is found at the start of a sentence where it is not elsewhere; likewise
                       */
    uint32_t capture_count;
    cxm_str captures[CXM_PROGRAM_MAX_CAPTURES]; /* their names */
} cxm_rule;

/* An instruction that can take the first word of a rule. */
typedef struct cxm_start {
    uint32_t instruction;
    uint32_t rule;
    bool at_start; /* only where a sentence starts */
} cxm_start;

/* What it means that a piece is found: the rule must be looked for, from so many words in front of
 * the piece on. With what else is asked of rules then, so that they need not be looked at. */
typedef struct cxm_proposal {
    uint32_t rule;
    uint8_t before;
    bool whole; /* the piece is all there is; as in cxm_rule, so are the others */
    bool at_start;
    bool minds_start;
} cxm_proposal;

/* When rules are looked for: what could drop hits is, once there are hits. */
typedef enum cxm_phase { CXM_PHASE_HITS, CXM_PHASE_DROPS } cxm_phase;

enum { CXM_PHASE_COUNT = 2 };

static inline cxm_phase cxm_phase_of(const cxm_rule *rule) {
    return rule->kind == CXM_RULE_HIT ? CXM_PHASE_HITS : CXM_PHASE_DROPS;
}

/* Lists of numbers by index: those of `i` are items[offsets[i]] to items[offsets[i + 1] - 1]. */
typedef struct cxm_lists {
    uint32_t *offsets;
    uint32_t *items;
} cxm_lists;

#endif
