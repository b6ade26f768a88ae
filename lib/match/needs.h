/* SPDX-License-Identifier: MIT */
/*
 * Which needs (lexicon/pieces.h) a sentence fulfills. A need has a column for each class with a
 * word of it; a sentence has the columns of its words. Where they have none in common, the sentence
 * lacks what is needed. Frequent classes have a column of their own, the others share them.
 */
#ifndef CXM_MATCH_NEEDS_H
#define CXM_MATCH_NEEDS_H

#include <stdbool.h>
#include <stdint.h>

enum { CXM_NEED_WORDS = 8, CXM_NEED_OWN = 256 };

typedef struct cxm_need_row {
    uint64_t columns[CXM_NEED_WORDS];
} cxm_need_row;

/* The column of a class. Classes are numbered as they are met, so the frequent ones have small
 * numbers. */
static inline uint32_t cxm_need_column(uint32_t class_number) {
    enum { SHARED = CXM_NEED_WORDS * 64 - CXM_NEED_OWN };
    uint64_t hash = class_number * 0x9e3779b9u;
    return class_number < CXM_NEED_OWN ? class_number
                                       : CXM_NEED_OWN + (uint32_t)(hash * SHARED >> 32);
}

static inline void cxm_need_mark(cxm_need_row *row, uint32_t column) {
    row->columns[column / 64] |= UINT64_C(1) << (column % 64);
}

static inline bool cxm_need_has(const cxm_need_row *row, uint32_t column) {
    return row->columns[column / 64] >> (column % 64) & 1;
}

/* Whether a sentence may have a word that is needed. */
static inline bool cxm_need_is_met(const cxm_need_row *need, const cxm_need_row *sentence) {
    uint64_t common = 0;
    for (int i = 0; i < CXM_NEED_WORDS; i++)
        common |= need->columns[i] & sentence->columns[i];
    return common != 0;
}

#endif
