/* SPDX-License-Identifier: MIT */
/*
 * The tokens of several turns, which are matched at once. What is looked at for one sentence comes
 * from memory while others are looked into; so the more there are, the less is waited for.
 */
#ifndef CXM_MATCH_BATCH_H
#define CXM_MATCH_BATCH_H

#include "match/tokens.h"

enum { CXM_BATCH_TOKENS = 2048 /* a batch of so many is full */ };

/* A sentence of a batch: the place of its tokens, and what else counts for what is found in it. */
typedef struct cxm_range {
    uint32_t start; /* index of tokens */
    uint32_t end;
    uint32_t turn; /* a number of its caller's, */
    uint32_t word; /* and how many words of the turn stand before it */
    uint16_t view; /* cxm_view_index() of its turn's role */
    bool asks;
    bool resumed;
} cxm_range;

typedef struct cxm_batch {
    cxm_allocator allocator;
    cxm_lexeme *tokens;
    size_t token_count;
    size_t token_capacity;
    cxm_range *sentences;
    size_t sentence_count;
    size_t sentence_capacity;
} cxm_batch;

void cxm_batch_init(cxm_batch *self, const cxm_allocator *allocator);
void cxm_batch_clear(cxm_batch *self);

/* Forgets what is in it. */
void cxm_batch_reset(cxm_batch *self);

/* Adds a copy of sentence `index` of some tokens. false where there is no memory. */
bool cxm_batch_add(cxm_batch *self, const cxm_tokens *tokens, size_t index, uint32_t turn,
                   unsigned view);

static inline bool cxm_batch_is_full(const cxm_batch *self) {
    return self->token_count >= CXM_BATCH_TOKENS;
}

#endif
