/* SPDX-License-Identifier: MIT */
/* From the words and marks of a text to the tokens that the matcher sees, in sentences. */
#ifndef CXM_MATCH_TOKENS_H
#define CXM_MATCH_TOKENS_H

#include "match/automaton.h"
#include "match/words.h"
#include "text/mend.h"

/* A sentence, or what stands of it before, between and behind what was taken out: the lexemes from
 * the end of the one before it. */
typedef struct cxm_sentence {
    uint32_t end;  /* index of lexemes */
    uint32_t mark; /* byte offset of what ends it; of the text's end, where nothing does */
    bool asks;
    bool broken;  /* it goes on behind something that was taken out of the text */
    bool resumed; /* something was taken out right in front of it: it is no start of a sentence */
} cxm_sentence;

/* A token of a word that may be two. */
typedef struct cxm_doubtful {
    uint32_t token; /* index of items */
    uint32_t pair;  /* of cxm_words */
} cxm_doubtful;

typedef struct cxm_tokens {
    cxm_allocator allocator;
    bool repair; /* damaged characters are mended */
    cxm_mend mend;
    bool suspect; /* something was seen that may be damage */
    cxm_str text; /* what the spans count the bytes of: the text given, or its mended copy */
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
    uint32_t annotation_end; /* up to where the words belong to an annotation, */
    bool redacted;           /* or to a mark for what was taken out */
    bool resumed;            /* the next sentence is what stands behind such a mark */
    uint32_t open_bracket;   /* the first that might be closed behind the end of the text */
    uint32_t same[3]; /* what the last words before `pushed` are the same as, the last first */
    size_t pushed;
    cxm_doubtful *doubtful; /* words of the sentence at hand that may be two */
    size_t doubtful_count;
    size_t doubtful_capacity;
    size_t abbreviation_at; /* how many tokens there were when the last abbreviation was added */
    /* Words are looked up ahead: the tokens of those from `next` up to `known_end` stand behind the
     * `count` that there are, as if nothing were special about them. */
    cxm_meanings known; /* from known_start on */
    size_t known_start;
    size_t known_end;
    size_t next;
    size_t plain_end; /* the words from `next` up to here are known to be ordinary */
} cxm_tokens;

void cxm_tokens_init(cxm_tokens *self, const cxm_allocator *allocator);
void cxm_tokens_clear(cxm_tokens *self);

/* Tokenizes valid UTF-8 shorter than 4 GiB with CXM_SCAN_PADDING bytes behind it. false where there
 * is no memory. */
bool cxm_tokens_make(cxm_tokens *self, cxm_words *words, cxm_str text);

/* The same, but spans are left as those of `self->text`, and the flag of mended tokens is not set.
 */
bool cxm_tokens_read(cxm_tokens *self, cxm_words *words, cxm_str text);

#endif
