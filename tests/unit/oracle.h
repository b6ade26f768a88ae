/* SPDX-License-Identifier: MIT */
/*
 * A matcher that is plainly right and as slow as it likes, to hold the engine against.
 *
 * It knows the phrase language as a tree, a text as tokens with their readings, and goes by sets
 * of places: from the places at which a part of a phrase can begin to those at which it can end.
 * It shares no code with the engine but the tokenizer, which says what is a repeat or cut off.
 */
#ifndef CXM_TESTS_ORACLE_H
#define CXM_TESTS_ORACLE_H

#include "support.h"

enum {
    ORACLE_TOKENS = 30,  /* of a text, the bits of a token_set */
    ORACLE_READINGS = 3, /* of a word */
    ORACLE_WORDS = 3,    /* of a reading */
    ORACLE_RULES = 64,
    ORACLE_CHILDREN = 4,
    ORACLE_CATEGORIES = 3,
    ORACLE_HITS = 256,
};

/* A way to write a word, and what it stands for; NULL ends a reading and a list of readings. */
typedef struct oracle_word {
    const char *form;
    const char *readings[ORACLE_READINGS + 1][ORACLE_WORDS + 1];
} oracle_word;

/* The words that phrases and texts are made of; those of test_language. */
extern const oracle_word oracle_words[];
extern const size_t oracle_word_count;

typedef enum part_kind {
    PART_WORD,
    PART_PREFIX, /* the first letter of its word */
    PART_STEM,
    PART_LETTER, /* a regular expression for words of one letter */
    PART_ANY,
    PART_GAP,
    PART_START,
    PART_END,
    PART_QUESTION,
    PART_SEQUENCE,
    PART_CHOICE,
    PART_OPTIONAL,
    PART_CAPTURE,
    PART_SET,
} part_kind;

/* A part of a phrase. */
typedef struct part {
    part_kind kind;
    uint32_t count; /* of a GAP; of a SET its number */
    const oracle_word *word;
    const struct part *children[ORACLE_CHILDREN];
    size_t child_count;
} part;

typedef enum rule_kind { RULE_HIT, RULE_UNLESS, RULE_OWN_UNLESS } rule_kind;

/* A phrase of a lexicon. */
typedef struct rule {
    rule_kind kind;
    uint32_t category;
    uint32_t phrase; /* HIT: its number; OWN_UNLESS: that of the phrase it belongs to */
    const part *tree;
    bool off; /* left out, to find a smaller case */
} rule;

/* A lexicon as the oracle knows it. */
typedef struct oracle_lexicon {
    rule rules[ORACLE_RULES];
    size_t rule_count;
    uint32_t category_count;
    bool drop_negated[ORACLE_CATEGORIES];
} oracle_lexicon;

typedef struct oracle_hit {
    uint32_t category;
    uint32_t phrase;
    size_t start;
    size_t end;
} oracle_hit;

/* What holds in a text whose tokens are `tokens`; in the order of hits. */
size_t oracle_mine(const oracle_lexicon *lexicon, cxm_str text, const cxm_token *tokens,
                   size_t token_count, oracle_hit hits[ORACLE_HITS]);

#endif
