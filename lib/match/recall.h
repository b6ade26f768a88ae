/* SPDX-License-Identifier: MIT */
/*
 * What was found in short sentences that were met before. People say the same short things over and
 * over, agents above all, so two sentences in five are known; these need not be searched again.
 *
 * What is found depends on the keys of the tokens, whose turn it is and how the sentence begins and
 * ends, and on nothing else. All of that is kept and compared, so what is recalled is what a search
 * would find. Classes keep their numbers, so it holds for good. A sentence has one place, in which
 * the last one stands; it is kept when it is met again, for most are not.
 */
#ifndef CXM_MATCH_RECALL_H
#define CXM_MATCH_RECALL_H

#include "match/batch.h"

enum {
    CXM_RECALL_BITS = 14, /* of the number of places */
    CXM_RECALL_TOKENS = 14,
    CXM_RECALL_MATCHES = 5,
};

/* A rule found in a sentence, from `first` to `last`. */
typedef struct cxm_match {
    uint32_t rule;
    uint32_t first; /* index of tokens */
    uint32_t last;
} cxm_match;

/* A sentence and what was found in it: two cache lines, the second only for what was found. */
typedef struct cxm_recalled {
    cxm_key tokens[CXM_RECALL_TOKENS];
    uint32_t frame; /* how many they are and what else counts; 0: a free place */
    uint32_t match_count;
    cxm_match matches[CXM_RECALL_MATCHES]; /* counted from the first token of the sentence */
    uint32_t unused;                       /* up to the end of the line */
} cxm_recalled;

typedef struct cxm_recall {
    cxm_allocator allocator;
    uint32_t *tags; /* per place, of the sentence's hash: these fit into a cache, and mostly tell
                     * that a sentence is not known */
    char *block;    /* in which `items` stand, where a cache line begins */
    cxm_recalled *items;
} cxm_recall;

/* What a sentence is kept under. */
typedef struct cxm_recall_key {
    uint64_t hash;
    uint32_t frame; /* 0: it is not kept */
} cxm_recall_key;

/* false where there is no memory. Clear it in any case. */
bool cxm_recall_init(cxm_recall *self, const cxm_allocator *allocator);
void cxm_recall_clear(cxm_recall *self);

/* What was found in a sentence; NULL where it is not known. */
const cxm_recalled *cxm_recall_find(cxm_recall *self, const cxm_lexeme *tokens,
                                    const cxm_range *range, cxm_recall_key *key);

/* Keeps what was found in a sentence. */
void cxm_recall_keep(cxm_recall *self, const cxm_lexeme *tokens, const cxm_range *range,
                     const cxm_recall_key *key, const cxm_match *matches, size_t count);

#endif
