/* SPDX-License-Identifier: MIT */
/* From the words and marks of a text to the tokens that the matcher sees, in sentences. */
#ifndef CXM_MATCH_TOKENS_H
#define CXM_MATCH_TOKENS_H

#include "match/automaton.h"
#include "match/words.h"

/* A token: a word with what it means. */
typedef struct cxm_lexeme {
    uint32_t start; /* byte span in the text */
    uint32_t end;
    cxm_key key;    /* its lowest bit: it may be skipped (a repeat, a word cut off) */
    uint32_t flags; /* of cxm_token_flag */
} cxm_lexeme;

/* A sentence: the lexemes from the end of the one before it. */
typedef struct cxm_sentence {
    uint32_t end;  /* index of lexemes */
    uint32_t mark; /* byte offset of what ends it; of the text's end, where nothing does */
    bool asks;
} cxm_sentence;

enum { CXM_WORDS_AHEAD = 24 /* words whose entries are asked for before they are looked at */ };

typedef struct cxm_tokens {
    cxm_allocator allocator;
    cxm_scan scan;
    cxm_lexeme *items;
    size_t count;
    size_t capacity;
    cxm_sentence *sentences; /* none is empty */
    size_t sentence_count;
    size_t sentence_capacity;
    cxm_lexeme *annotations; /* words in brackets that nobody said */
    size_t annotation_count;
    size_t annotation_capacity;
    uint32_t annotation_end; /* up to where the words belong to an annotation */
    uint32_t open_bracket;   /* the first that might be closed behind the end of the text */
    uint32_t same[3];        /* what the last words are the same as, the last one first */
    size_t abbreviation_at;  /* how many tokens there were when the last abbreviation was added */
    cxm_word_key keys[CXM_WORDS_AHEAD]; /* of the words from key_start up to key_end */
    size_t key_start;
    size_t key_end;
} cxm_tokens;

void cxm_tokens_init(cxm_tokens *self, const cxm_allocator *allocator);
void cxm_tokens_clear(cxm_tokens *self);

/* Tokenizes valid UTF-8 shorter than 4 GiB with CXM_SCAN_PADDING bytes behind it. false where there
 * is no memory. */
bool cxm_tokens_make(cxm_tokens *self, cxm_words *words, cxm_str text);

#endif
