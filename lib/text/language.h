/* SPDX-License-Identifier: MIT */
/*
 * What is known of a language, from the pack's language.yaml: contractions, spellings, fillers,
 * annotations, abbreviations, and the list of its words. All words in it are folded.
 *
 * A word may have several readings, each a sequence of words: "don't" reads "do not"; "ill" reads
 * "ill" or "i will". A phrase matches a word by any of its readings, so that it does not matter
 * which form a pack or a transcript is written in.
 */
#ifndef CXM_TEXT_LANGUAGE_H
#define CXM_TEXT_LANGUAGE_H

#include "base/memory.h"
#include "base/table.h"
#include "text/role_cues.h"
#include "text/word_list.h"

enum {
    CXM_MAX_READINGS = 8,      /* of one word */
    CXM_MAX_READING_WORDS = 6, /* of one reading */
};

typedef struct cxm_reading {
    size_t count;
    cxm_str words[CXM_MAX_READING_WORDS];
} cxm_reading;

typedef struct cxm_readings {
    size_t count;
    cxm_reading items[CXM_MAX_READINGS];
} cxm_readings;

typedef struct cxm_clitic {
    cxm_str ending; /* "'s" */
    size_t reading_count;
    cxm_reading readings[CXM_MAX_READINGS]; /* what stands for it; count 0: nothing */
} cxm_clitic;

typedef struct cxm_language {
    cxm_allocator allocator;
    cxm_arena arena;        /* owns every string below */
    cxm_str stemmer;        /* NUL-terminated algorithm name; empty: none */
    cxm_table contractions; /* word -> index of contraction_readings */
    cxm_readings *contraction_readings;
    size_t contraction_count;
    size_t contraction_capacity;
    cxm_clitic *clitics;
    size_t clitic_count;
    size_t clitic_capacity;
    cxm_table spellings; /* variant -> index of spelling_words */
    cxm_str *spelling_words;
    size_t spelling_count;
    size_t spelling_capacity;
    cxm_table fillers; /* single words */
    cxm_table annotations;
    cxm_table abbreviations;
    cxm_table redactions; /* words in a mark that stands for what was taken out */
    cxm_table prefixes;   /* what no glued word is parted behind */
    cxm_table suffixes;   /* nor in front of */
    cxm_role_cues cues;
    cxm_word_list words; /* owned by the arena */
} cxm_language;

void cxm_language_init(cxm_language *self, const cxm_allocator *allocator);
void cxm_language_clear(cxm_language *self);

/* Adds a reading of a word; false where there is no memory or no room for one more. */
bool cxm_language_add_reading(cxm_language *self, cxm_str word, const cxm_reading *reading);
bool cxm_language_has_contraction(const cxm_language *self, cxm_str word);

/* Adds a clitic with the readings it stands for; false where there is no memory. */
bool cxm_language_add_clitic(cxm_language *self, const cxm_clitic *clitic);

/* Makes `variant` another spelling of `canonical`. The first that is said of a variant holds. */
bool cxm_language_add_spelling(cxm_language *self, cxm_str variant, cxm_str canonical);

/* Adds a word to one of the tables above (fillers, annotations, ...). */
bool cxm_language_add_word(cxm_language *self, cxm_table *table, cxm_str word);

/* The one spelling under which a folded word is known; the word itself where there is no other. */
cxm_str cxm_language_spelling(const cxm_language *self, cxm_str folded);

/* All readings of a folded word, at least one. The strings live as long as the language or, where
 * they are parts of `folded`, as long as that. */
void cxm_language_read(const cxm_language *self, cxm_str folded, cxm_readings *out);

#endif
