/* SPDX-License-Identifier: MIT */
/* Named captures: worked out for a hit once it is certain, since few phrases have any. */
#ifndef CXM_MATCH_CAPTURES_H
#define CXM_MATCH_CAPTURES_H

#include "match/tokens.h"

/* A way of a phrase through the tokens, in the making. */
typedef struct cxm_way {
    uint32_t instruction;
    uint32_t token;
    uint32_t reading; /* of the token, and */
    uint32_t symbol;  /* which symbol of it comes next; 0: the token is still untouched */
    uint32_t parent;  /* index of the way it goes on from */
} cxm_way;

typedef struct cxm_capturer {
    cxm_allocator allocator;
    cxm_symbols *symbols;
    cxm_way *ways;
    size_t way_count;
    size_t way_capacity;
    uint32_t *stack;
    size_t stack_count;
    size_t stack_capacity;
    uint32_t *visited; /* hash of a way -> 1 + its index */
    size_t visited_capacity;
} cxm_capturer;

/* Where a rule was found: the tokens from `first` to `last` of a sentence. */
typedef struct cxm_found {
    const cxm_rule *rule;
    uint32_t first;
    uint32_t last;
    uint32_t sentence_start;
    uint32_t sentence_end;
    bool asks;
} cxm_found;

void cxm_capturer_init(cxm_capturer *self, cxm_symbols *symbols, const cxm_allocator *allocator);
void cxm_capturer_clear(cxm_capturer *self);

/*
 * Finds the captures of a rule: bytes in starts[c] and ends[c] for each of its captures c, equal
 * where it took nothing. Of several ways the one that takes most words early. false where there
 * is no memory.
 */
bool cxm_capturer_run(cxm_capturer *self, const cxm_lexeme *tokens, const cxm_found *found,
                      uint32_t starts[CXM_PROGRAM_MAX_CAPTURES],
                      uint32_t ends[CXM_PROGRAM_MAX_CAPTURES]);

#endif
