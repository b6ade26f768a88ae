/* SPDX-License-Identifier: MIT */
/*
 * Expressions over hits, compiled: what behaviors, criteria and queries have in common.
 *
 * An expression is a list of clauses in postfix order, so that neither evaluating nor freeing one
 * recurs, however long it is. expression.c parses, condition.c what stands behind `where` (both
 * by expression_parser.h); expression_names.c looks names up once all are known.
 */
#ifndef CXM_LEXICON_EXPRESSION_H
#define CXM_LEXICON_EXPRESSION_H

#include "base/memory.h"
#include "lexicon/pack.h"

enum {
    CXM_EXPRESSION_MAX_BYTES = 64 << 10,
    CXM_EXPRESSION_MAX_DEPTH = 64,        /* parentheses and `not`s within each other */
    CXM_EXPRESSION_MAX_STEPS = 32,        /* of `a then b then c` */
    CXM_EXPRESSION_MAX_DISTANCE = 1000000 /* turns, words; so many N of `at least` */
};

/* Roles as bits, by cxm_role. */
#define CXM_ROLE_BIT(role) (1u << (role))
#define CXM_ROLES_ALL ((1u << CXM_ROLE_COUNT) - 1)

typedef enum cxm_clause_kind {
    CXM_CLAUSE_CATEGORIES, /* hits of categories first..last-1 in turns of the roles */
    CXM_CLAUSE_BEHAVIOR,   /* findings of another behavior, likewise */
    CXM_CLAUSE_RELATION,   /* those of the left with, or without, one of the right near them */
    CXM_CLAUSE_PART,       /* those in the first or last part of the conversation */
    CXM_CLAUSE_COUNT,      /* all, if there are so many */
    CXM_CLAUSE_NOT,
    CXM_CLAUSE_AND,
    CXM_CLAUSE_OR,
    CXM_CLAUSE_WHERE,   /* those of the left, if the right, a condition, holds */
    CXM_CLAUSE_COMPARE, /* a condition: metadata or a measure against a value */
} cxm_clause_kind;

typedef enum cxm_relation { CXM_WITH, CXM_THEN, CXM_AFTER } cxm_relation;

typedef enum cxm_unit { CXM_TURNS, CXM_WORDS, CXM_SECONDS, CXM_PERCENT } cxm_unit;

typedef enum cxm_amount { CXM_AT_LEAST, CXM_AT_MOST, CXM_EXACTLY } cxm_amount;

typedef enum cxm_comparison {
    CXM_EQUAL,
    CXM_UNEQUAL,
    CXM_LESS,
    CXM_LESS_EQUAL,
    CXM_GREATER,
    CXM_GREATER_EQUAL,
    CXM_CONTAINS,
} cxm_comparison;

/* What a condition can be about, besides metadata. */
typedef enum cxm_measure {
    CXM_MEASURE_META,
    CXM_MEASURE_WORDS,
    CXM_MEASURE_TURNS,
    CXM_MEASURE_TALK_SHARE,
    CXM_MEASURE_DURATION, /* from here on times are needed */
    CXM_MEASURE_SILENCE,
    CXM_MEASURE_INTERRUPTIONS,
    CXM_MEASURE_WORDS_PER_MINUTE,
    CXM_MEASURE_LONGEST_TURN,
    CXM_MEASURE_RESPONSE_TIME,
} cxm_measure;

typedef enum cxm_value_kind { CXM_VALUE_TEXT, CXM_VALUE_NUMBER, CXM_VALUE_DATE } cxm_value_kind;

typedef struct cxm_clause {
    cxm_clause_kind kind;
    uint32_t left; /* index of a clause in front of it */
    uint32_t right;
    uint32_t start; /* what it was written as: bytes of the expression's text */
    uint32_t end;
    uint32_t roles; /* whose turns its places can stand in, as bits */
    bool places;    /* it can give places; `not x` cannot */
    bool timed;     /* it, or a clause in it, needs times */

    uint32_t first; /* CATEGORIES; BEHAVIOR: its index */
    uint32_t last;
    bool single;  /* CATEGORIES: of one category */
    cxm_str name; /* CATEGORIES, BEHAVIOR, until looked up; the phrase of a quoted one */
    bool phrase;  /* the name is a phrase */

    cxm_relation relation; /* RELATION */
    bool negative;         /* ... that there is none */
    bool bounded;          /* ... within `limit` */
    bool from_end;         /* PART: the last one */
    cxm_unit unit;         /* RELATION, PART */
    double limit;          /* RELATION, PART, COUNT */
    cxm_amount amount;     /* COUNT */

    cxm_comparison comparison; /* COMPARE */
    cxm_measure measure;
    cxm_value_kind value_kind;
    cxm_role role; /* whose measure; CXM_ROLE_COUNT: everybody's */
    cxm_str key;   /* of metadata */
    cxm_str value;
    double number;
} cxm_clause;

typedef struct cxm_expression {
    cxm_clause *clauses; /* the last one is the whole */
    size_t count;
    cxm_str text;
} cxm_expression;

static inline const cxm_clause *cxm_expression_root(const cxm_expression *self) {
    return &self->clauses[self->count - 1];
}

/*
 * Parses an expression; names are not looked up yet. `given` (may be NULL) is the expression that
 * the left side of a leading relation stands for, parsed before: its clauses are copied in front.
 * Clauses and texts live in `arena`. CXM_OK; CXM_E_SYNTAX or CXM_E_LIMIT, told through
 * cxm_pack_report(); CXM_E_NOMEM.
 */
cxm_status cxm_expression_parse(cxm_pack *pack, cxm_arena *arena, const cxm_pack_scalar *scalar,
                                const cxm_expression *given, cxm_expression *out);

/* Whether an expression begins with a relation, as `then agent:empathy.*`. */
bool cxm_expression_is_relative(cxm_str text);

#endif
