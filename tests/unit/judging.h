/* SPDX-License-Identifier: MIT */
/*
 * What the tests of expressions share: a lexicon of few words with queries, random conversations,
 * and an evaluator that is plainly right: it knows an expression as a tree, counts turns and words
 * one by one, and tries every pair of hits. It shares no code with the engine.
 */
#ifndef CXM_TESTS_JUDGING_H
#define CXM_TESTS_JUDGING_H

#include "support.h"

enum { NODES = 64, HITS = 256, TEXT = 1024 };

typedef enum node_kind {
    NODE_OPERAND,
    NODE_RELATION,
    NODE_PART,
    NODE_COUNT,
    NODE_NOT,
    NODE_AND,
    NODE_OR,
    NODE_WHERE,
} node_kind;

/* An operand that expressions of the tests can name. */
typedef struct operand {
    const char *text;
    const char *categories[4]; /* names, NULL ends */
    unsigned speakers;         /* roles in whose turns it can be found, as bits */
    const struct node *behavior;
} operand;

typedef struct node {
    node_kind kind;
    const struct node *left;
    const struct node *right;
    const operand *operand;
    unsigned roles;       /* OPERAND: as bits */
    const char *role;     /* as written, "" for none */
    const char *relation; /* "with", "then", "before", "after" */
    bool negative;
    bool bounded;
    bool last;        /* PART: from the end */
    const char *unit; /* "turns", "words", "seconds", "percent" */
    double limit;
    const char *amount;    /* "at least", ... */
    const char *condition; /* WHERE, as written */
} node;

/* The value of an expression: which places are in, by the number of the first hit there, and
 * whether it holds in the whole. */
typedef struct verdict {
    bool in[HITS];
    bool holds;
    bool applies;
} verdict;

/* The pack of the tests: categories x.a, x.b, x.e, y.c (agents), z.d (customers). */
extern const char judging_pack[];

extern const operand operands[];
extern const size_t operand_count;

/* Makes a random tree of at most that depth, of nodes from `room`; used nodes are counted. */
typedef struct nursery {
    uint64_t seed;
    node nodes[NODES];
    size_t count;
} nursery;

const node *random_tree(nursery *self, int depth, bool placed);

/* Writes a tree as an expression, with all parentheses. */
void write_tree(const node *tree, char *out, size_t size);

/* Evaluates a tree the slow way. */
verdict evaluate_slowly(const node *tree, const cxm_lexicon *lexicon,
                        const cxm_transcript *transcript, const cxm_result *result);

/* The first hit on the very same words. */
size_t place_of_hit(const cxm_result *result, size_t hit);

/* A random conversation of at most `turns` turns; `timed` asks for times, some of them unknown. */
cxm_transcript *random_transcript(uint64_t *seed, size_t turns, bool timed);

/* The first `turns` turns of a conversation. */
cxm_transcript *beginning_of(const cxm_transcript *transcript, size_t turns);

/* A lexicon of the pack above and of queries. */
cxm_lexicon *new_query_lexicon(const char *const *queries, size_t count);

#endif
