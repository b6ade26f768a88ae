/* SPDX-License-Identifier: MIT */
/*
 * The table of distinct words: each way to write a word that was met, with what it means to the
 * lexicon. Folding, readings, stems, regular expressions and typing slips are looked into once,
 * when a word is first seen; from then on a word costs one look-up by its bytes.
 *
 * When the table is full it is emptied and filled anew.
 */
#ifndef CXM_MATCH_WORDS_H
#define CXM_MATCH_WORDS_H

#include "match/glue.h"
#include "match/symbols.h"
#include "text/fold.h"
#include "text/scan.h"

#include <string.h>

/* What is special about a word. */
enum {
    CXM_WORD_FILLER = 1,
    CXM_WORD_ABBREVIATION = 2,
    CXM_WORD_ANNOTATION = 4,    /* in brackets it makes an annotation */
    CXM_WORD_SLIP = 8,          /* misspelt; its class is that of the word meant */
    CXM_WORD_GLUED = 16,        /* two words glued together */
    CXM_WORD_REDACTION = 128,   /* no word: it stands for what was taken out */
    CXM_WORD_MAY_BE_GLUED = 64, /* two where the sentence runs over a line end, else one */
    CXM_WORD_NONE = 32,         /* no word: only underscores */
};

/* A token: a word with what it means. */
typedef struct cxm_lexeme {
    uint32_t start; /* byte span in the text */
    uint32_t end;
    cxm_key key;    /* its lowest bit: it may be skipped (a repeat, a word cut off) */
    uint32_t flags; /* of cxm_token_flag */
} cxm_lexeme;

/* A bit of cxm_word.same: the word has flags. */
#define CXM_SAME_SPECIAL (UINT32_C(1) << 31)

/* An entry is half a cache line. Words of up to 16 bytes are their own key. */
typedef struct cxm_word {
    uint64_t key[2];   /* the bytes, zero-padded; of a longer word its hash and length, and
                        * UINT64_MAX. Zero: a free place */
    cxm_key class_key; /* of a word that is or may be glued the class is the index of its pair */
    uint32_t flags;
    uint32_t same; /* equal for words that fold to the same; 0: like no other; CXM_SAME_SPECIAL */
    uint32_t text; /* where a longer word stands in `texts` */
} cxm_word;

/* A word that is two: its parts, and what it is if it is one after all. */
typedef struct cxm_word_pair {
    uint32_t first_len; /* bytes */
    uint32_t class_numbers[3];
    uint32_t same[3];
    uint16_t flags[3];
} cxm_word_pair;

enum { CXM_PAIR_WHOLE = 2 /* the index of the whole beside the two parts */ };

typedef struct cxm_words {
    cxm_symbols symbols;
    cxm_allocator allocator;
    bool mend_slips;
    bool part_glued;
    size_t limit;        /* of distinct words */
    uint64_t factors[2]; /* of the hash */
    cxm_word *items;
    size_t capacity; /* a power of two */
    size_t count;
    int shift;   /* of a hash, to an index */
    char *texts; /* of words longer than 16 bytes */
    size_t text_len;
    size_t text_capacity;
    cxm_arena folded_forms;
    cxm_table same_numbers; /* folded form -> number */
    cxm_word_pair *pairs;
    size_t pair_count;
    size_t pair_capacity;
    cxm_word unknown; /* stands for words that are too long to be known */
} cxm_words;

bool cxm_words_init(cxm_words *self, const cxm_lexicon *lexicon, const cxm_allocator *allocator,
                    size_t limit);
void cxm_words_clear(cxm_words *self);

/* What a word is taken for. */
typedef struct cxm_understood {
    cxm_folded folded; /* its folded form; of a slip, of the word meant */
    cxm_glue glue;
    cxm_folded glued;   /* the folded form of a word that is or may be glued, as it is written */
    size_t glued_len;   /* how long the first of its parts is in that form */
    size_t first_bytes; /* and in the word */
    bool slip;
} cxm_understood;

/* Folds a word and looks for slips and glue, as cxm_words_find() does for a new word. */
void cxm_words_understand(cxm_words *self, cxm_str word, cxm_understood *out);

/* Empties the table where its limit is reached. To be called between texts. */
void cxm_words_keep_bounded(cxm_words *self);

enum { CXM_WORDS_AT_ONCE = 64 /* words that are looked up at once */ };

/* What there is to know of words of a text, one behind the other, besides their tokens. */
typedef struct cxm_meanings {
    uint32_t same[CXM_WORDS_AT_ONCE]; /* as in cxm_word */
    uint64_t special; /* a bit a word: it has flags, or is the same as one of the two before it */
} cxm_meanings;

/* Looks up at most CXM_WORDS_AT_ONCE words of a text with CXM_SCAN_PADDING bytes behind it, and
 * makes a token of each, whose flags are those of the word. false where there is no memory. */
bool cxm_words_look_up(cxm_words *self, const char *text, const cxm_span *spans, size_t count,
                       cxm_lexeme *tokens, cxm_meanings *out);

#endif
