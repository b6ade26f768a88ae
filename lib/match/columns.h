/* SPDX-License-Identifier: MIT */
/*
 * Sets of classes in few bits: classes share columns, so a set may have one more class than was put
 * in, and never lacks one.
 */
#ifndef CXM_MATCH_COLUMNS_H
#define CXM_MATCH_COLUMNS_H

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    CXM_MAX_LISTED = 1 << 14 /* classes that have columns: the first, which are the frequent ones */
};

/* Seven words of memory, which with what is told of them fill one cache line. */
enum { CXM_PLAIN_WORDS = 7, CXM_PLAIN_COLUMNS = CXM_PLAIN_WORDS * 64 };

/* The column of a class among these. */
static inline uint32_t cxm_plain_column(uint32_t class_number) {
    uint64_t hash = class_number * 0x9e3779b9u;
    return (uint32_t)(hash * CXM_PLAIN_COLUMNS >> 32);
}

/* Two words of memory: for how many classes they hold, and columns for these; frequent classes have
 * one of their own. */
enum {
    CXM_SIGN_WORDS = 2,
    CXM_SIGN_KNOWN_BITS = 16,
    CXM_SIGN_COLUMNS = CXM_SIGN_WORDS * 64 - CXM_SIGN_KNOWN_BITS,
    CXM_SIGN_OWN = 32,
};
static_assert(CXM_MAX_LISTED < 1 << CXM_SIGN_KNOWN_BITS, "a sign counts the classes it holds for");

typedef struct cxm_state_sign {
    uint64_t words[CXM_SIGN_WORDS]; /* the count in the lowest bits */
} cxm_state_sign;

/* How many classes a sign holds for. */
static inline uint32_t cxm_sign_known(const cxm_state_sign *sign) {
    return (uint32_t)sign->words[0] & ((1u << CXM_SIGN_KNOWN_BITS) - 1);
}

static inline void cxm_sign_set_known(cxm_state_sign *sign, uint32_t known) {
    sign->words[0] = sign->words[0] >> CXM_SIGN_KNOWN_BITS << CXM_SIGN_KNOWN_BITS | known;
}

/* The bit of a class in a sign. Classes are numbered as they are met. */
static inline unsigned cxm_sign_bit(uint32_t class_number) {
    enum { SHARED = CXM_SIGN_COLUMNS - CXM_SIGN_OWN };
    uint64_t hash = class_number * 0x9e3779b9u;
    uint32_t column = CXM_SIGN_OWN + (uint32_t)(hash * SHARED >> 32);
    return CXM_SIGN_KNOWN_BITS + (class_number < CXM_SIGN_OWN ? class_number : column);
}

/* The classes of an atom both ways. */
typedef struct cxm_atom_columns {
    uint64_t plain[CXM_PLAIN_WORDS];
    uint64_t sign[CXM_SIGN_WORDS]; /* the lowest bits are not used */
} cxm_atom_columns;

static inline void cxm_columns_add(cxm_atom_columns *self, uint32_t class_number) {
    uint32_t column = cxm_plain_column(class_number);
    unsigned bit = cxm_sign_bit(class_number);
    self->plain[column / 64] |= UINT64_C(1) << (column % 64);
    self->sign[bit / 64] |= UINT64_C(1) << (bit % 64);
}

#endif
