/* SPDX-License-Identifier: MIT */
/*
 * Which words, with the next one, are known to start no piece of a rule. Most words are so, and
 * this tells them with one bit, looked up for all words of a sentence without a branch; only the
 * others are looked at by the automaton. What it finds out is noted here.
 *
 * A bit says something about two classes, not about states, so it holds for good.
 */
#ifndef CXM_MATCH_PAIRS_H
#define CXM_MATCH_PAIRS_H

#include "match/tokens.h"

/* Classes are numbered as they are met, so the frequent ones have small numbers. Rarer ones share a
 * row (the first) or column of which nothing is ever known. */
enum {
    CXM_PAIR_WORDS = 64,
    CXM_PAIR_END = 0,                       /* the column of the end of the sentence */
    CXM_PAIR_COLUMNS = CXM_PAIR_WORDS * 64, /* the end, classes, others */
    CXM_PAIR_OTHERS = CXM_PAIR_COLUMNS - 1,
    CXM_PAIR_CLASSES = 1 << 13, /* with a row of their own */
};

/* By the class of the word: a bit for what follows it. The bit of the others is set where a word
 * starts nothing, whatever follows. */
typedef struct cxm_pair_row {
    uint64_t idle[CXM_PAIR_WORDS];
} cxm_pair_row;

static inline uint32_t cxm_pair_row_of(cxm_key key) {
    uint32_t row = cxm_key_class(key) + 1;
    return row <= CXM_PAIR_CLASSES ? row : 0;
}

/* The column of a word that follows. One with flags is like none. */
static inline uint32_t cxm_pair_column_of(cxm_key key) {
    uint32_t column = cxm_key_class(key) + 1;
    return (key & (CXM_KEY_SKIPPED | CXM_KEY_FILLER)) || column > CXM_PAIR_OTHERS ? CXM_PAIR_OTHERS
                                                                                  : column;
}

/* Notes that a class starts nothing with what follows it. */
static inline void cxm_pair_note(cxm_pair_row *rows, cxm_key key, uint32_t column) {
    uint32_t row = cxm_pair_row_of(key);
    if (row && column != CXM_PAIR_OTHERS)
        rows[row].idle[column / 64] |= UINT64_C(1) << (column % 64);
}

/* Notes that a class starts nothing, whatever follows it. */
static inline void cxm_pair_note_all(cxm_pair_row *rows, cxm_key key) {
    uint32_t row = cxm_pair_row_of(key);
    if (row)
        memset(rows[row].idle, 0xFF, sizeof rows[row].idle);
}

/* The flags of a key by those of its class and the next word's. */
static inline cxm_key cxm_pair_flags(unsigned flags, unsigned next) {
    unsigned begins = (flags / CXM_CLASS_BEGINS) & (next / CXM_CLASS_WITHIN);
    return ((flags | begins) & CXM_CLASS_FILLER) * CXM_KEY_FILLER + (flags & CXM_KEY_SEVERAL);
}

/* Makes the keys of `count` tokens, the last of which ends its sentence, and lists those that may
 * start something, from the last one on. Both arrays have room for all. How many are listed. */
static inline size_t cxm_pair_list(const cxm_pair_row *rows, const unsigned char *class_flags,
                                   const cxm_lexeme *tokens, size_t count, cxm_key *keys,
                                   uint32_t *out) {
    size_t listed = 0;
    uint32_t column = CXM_PAIR_END;
    unsigned next = 0;
    for (size_t i = count; i-- > 0;) {
        cxm_key key = tokens[i].key;
        const cxm_pair_row *row = &rows[cxm_pair_row_of(key)];
        unsigned flags = class_flags[cxm_key_class(key)];
        out[listed] = (uint32_t)i;
        listed += (size_t)(~row->idle[column / 64] >> (column % 64) & 1);
        key |= cxm_pair_flags(flags, next);
        next = flags | (key & CXM_KEY_SKIPPED) * CXM_CLASS_WITHIN;
        column = cxm_pair_column_of(key);
        keys[i] = key;
    }
    return listed;
}

#endif
