/* SPDX-License-Identifier: MIT */
/*
 * What agents say, and what customers say: short sequences of words with weights, of which the sum
 * tells who a speaker is.
 *
 * A cue is looked for by adding its words one by one, so that a sequence that begins no cue is
 * given up at once.
 */
#ifndef CXM_TEXT_ROLE_CUES_H
#define CXM_TEXT_ROLE_CUES_H

#include "base/memory.h"
#include "base/table.h"

enum {
    CXM_CUE_MAX_WORDS = 6,
    CXM_CUE_MAX_BYTES = 128,
};

/* The start of a sentence and the end of a question, as words of a cue. */
#define CXM_CUE_START CXM_STR("^")
#define CXM_CUE_QUESTION CXM_STR("?")

typedef struct cxm_role_cues {
    cxm_allocator allocator;
    cxm_arena keys;
    cxm_table
        sequences;   /* words parted by blanks -> index of weights; also where a cue begins so */
    double *weights; /* above 0: agents say it; below: customers; 0: only the start of a cue */
    size_t count;
    size_t capacity;
} cxm_role_cues;

void cxm_role_cues_init(cxm_role_cues *self, const cxm_allocator *allocator);
void cxm_role_cues_clear(cxm_role_cues *self);

/* Adds a cue, its words as cxm_cue_word() gives them parted by single blanks; of a cue that comes
 * twice the first weight holds. false where there is no memory. */
bool cxm_role_cues_add(cxm_role_cues *self, cxm_str cue, double weight);

/* A sequence of words on its way to being a cue. */
typedef struct cxm_cue_key {
    size_t len;
    char text[CXM_CUE_MAX_BYTES];
} cxm_cue_key;

/* Adds a word to a sequence. The index of the cue so far; SIZE_MAX where none begins so. */
size_t cxm_role_cues_next(const cxm_role_cues *self, cxm_cue_key *key, cxm_str word);

/* A word as cues have it: folded, without apostrophes; "0" for all that begins with a digit. false
 * where it is too long for a cue. */
bool cxm_cue_word(cxm_str word, cxm_cue_key *out);

#endif
