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

/* An entry is half a cache line. Words of up to 16 bytes are their own key. */
typedef struct cxm_word {
    uint64_t key[2];       /* the bytes, zero-padded; of a longer word its hash and UINT64_MAX */
    uint32_t text;         /* where a longer word stands in `texts` */
    uint32_t class_number; /* of a word that is or may be glued: the index of its pair */
    uint32_t same;         /* equal for words that fold to the same; 0: like no other */
    uint16_t flags;
    uint16_t len; /* in bytes; 0: a free place */
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
    size_t limit; /* of distinct words */
    uint64_t seed;
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

/* A word of a text on its way to its entry. */
typedef struct cxm_word_key {
    uint64_t key[2];
    uint64_t hash;
} cxm_word_key;

/* The entry of a word that is new to the table; NULL where there is no memory. */
const cxm_word *cxm_words_add(cxm_words *self, const cxm_word_key *key, cxm_str text);

/* Whether an entry is that of a word longer than its key. */
bool cxm_words_is_long(const cxm_words *self, const cxm_word *word, const char *text, size_t len);

/* All bits set in the first `len` bytes of 16 at 16 - len, for len 0 to 16. */
extern const unsigned char cxm_word_masks[32];

enum { CXM_WORD_INLINE_BYTES = 16 /* of a word that is its own key */ };

static inline uint64_t cxm_word_hash(const cxm_words *self, const uint64_t key[2]) {
    static const uint64_t k0 = 0x9e3779b97f4a7c15U;
    static const uint64_t k1 = 0xd6e8feb86659fd93U;
    uint64_t hash = (key[0] ^ self->seed) * k0;
    return (hash ^ (hash >> 29) ^ key[1]) * k1;
}

/* Makes the key of the word at [start, end) of a text with CXM_SCAN_PADDING bytes behind it, and
 * asks for the memory in which its entry stands: look some words ahead, for memory is slow. */
static inline void cxm_words_seek(const cxm_words *self, const char *text, uint32_t start,
                                  uint32_t end, cxm_word_key *out) {
    size_t len = end - start;
    if (len > CXM_WORD_INLINE_BYTES) {
        out->key[0] = len > CXM_WORD_MAX_BYTES ? 0 : cxm_hash_bytes(text + start, len, self->seed);
        out->key[1] = UINT64_MAX;
    } else {
        uint64_t mask[2];
        memcpy(out->key, text + start, CXM_WORD_INLINE_BYTES);
        memcpy(mask, cxm_word_masks + CXM_WORD_INLINE_BYTES - len, CXM_WORD_INLINE_BYTES);
        out->key[0] &= mask[0];
        out->key[1] &= mask[1];
    }
    out->hash = cxm_word_hash(self, out->key);
    __builtin_prefetch(&self->items[out->hash >> self->shift]);
}

/* The entry of a word by its key and text; NULL where there is no memory. Valid until the next
 * call. */
static inline const cxm_word *cxm_words_find(cxm_words *self, const cxm_word_key *key,
                                             const char *text, size_t len) {
    for (size_t i = key->hash >> self->shift;; i = (i + 1) & (self->capacity - 1)) {
        const cxm_word *word = &self->items[i];
        if (word->key[0] == key->key[0] && word->key[1] == key->key[1] &&
            (len <= CXM_WORD_INLINE_BYTES || cxm_words_is_long(self, word, text, len)))
            return word;
        if (word->len == 0)
            return cxm_words_add(self, key, (cxm_str){text, len});
    }
}

#endif
