/* SPDX-License-Identifier: MIT */
/**
 * @file miner.h
 * Transcript in, hits out.
 */
#ifndef CXMINE_MINER_H
#define CXMINE_MINER_H

#include <cxmine/base.h>
#include <cxmine/lexicon.h>
#include <cxmine/transcript.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One thread's working memory for mining. Not thread-safe: make one per thread and reuse it. */
typedef struct cxm_miner cxm_miner;

/** How a miner works. Zero in a field means the default. */
typedef struct cxm_miner_options {
    size_t struct_size;             /**< Set by CXM_MINER_OPTIONS_INIT; never by hand. */
    const cxm_allocator *allocator; /**< Copied; its `user` must outlive the miner. */
    size_t cache_bytes;   /**< Bound of the automaton's cache, flushed when full; 0: 512 MiB. */
    size_t max_words;     /**< Bound of the table of distinct words, likewise; 0: 1 million. */
    bool no_typing_slips; /**< true: a misspelt word is not taken for the word it is near to. */
    bool no_glued_words;  /**< true: words glued at a line wrap are not split. */
    bool no_repair;       /**< true: damaged characters are not mended, words not split. */
    bool no_role_vote;    /**< true: no role is decided from what a speaker says. */
} cxm_miner_options;

#define CXM_MINER_OPTIONS_INIT                                                                     \
    { sizeof(cxm_miner_options), NULL, 0, 0, false, false, false, false }

/** A named part of a hit, from `(name=...)` in its phrase. */
typedef struct cxm_capture {
    cxm_str name; /**< Lives as long as the lexicon. */
    size_t start; /**< Byte span in the turn's text. */
    size_t end;
} cxm_capture;

/** One category found at one place. */
typedef struct cxm_hit {
    uint32_t category; /**< Index for cxm_lexicon_category(). */
    uint32_t phrase;   /**< Index for cxm_lexicon_phrase(). */
    uint32_t turn;     /**< Index of the turn. */
    bool typing_slip;  /**< A word of it was taken for the word it is one edit away from. */
    size_t start;      /**< Byte span in the turn's text: [start, end), whole words. */
    size_t end;
    uint32_t first_word; /**< Its first word, counted from 0 in the turn. */
    uint32_t last_word;
    double time; /**< Seconds: the last known time at or before it; or CXM_TIME_UNKNOWN. */
    const cxm_capture *captures; /**< In order of the phrase; NULL where capture_count is 0. */
    size_t capture_count;
} cxm_hit;

/** What mining found in one transcript. */
typedef struct cxm_result {
    const cxm_hit *hits; /**< By turn, then start, then longer first, then category. */
    size_t hit_count;
    /** All of these, and hits of hidden categories (behavior.h) among them, in the same order. */
    const cxm_hit *all_hits;
    size_t all_hit_count;
    const uint32_t *turn_words; /**< Words of each turn; 0 of what is no speech. */
    const cxm_role *roles;      /**< One per turn: its own, else by its label, else by the words. */
    size_t turn_count;
    size_t word_count;                 /**< Of all turns; annotations are no words. */
    size_t role_words[CXM_ROLE_COUNT]; /**< Words by role. */
    /** One per turn: where its role was taken from. NULL to a writer: nobody knows. */
    const cxm_role_source *role_sources;
    /** One per turn: how sure its role is, from 0 to 1. Below 1 only where it was decided from the
     * words; 0 where it is unknown. */
    const double *role_confidences;
} cxm_result;

/**
 * Makes a miner.
 *
 * @param lexicon  Borrowed until the miner is freed.
 * @param options  NULL for the defaults; not kept.
 * @return CXM_OK, CXM_E_ARGUMENT or CXM_E_NOMEM.
 */
CXM_API CXM_NODISCARD cxm_status cxm_miner_new(const cxm_lexicon *lexicon,
                                               const cxm_miner_options *options, cxm_miner **out,
                                               cxm_error *error);

/** Frees a miner and its last result; NULL does nothing. */
CXM_API void cxm_miner_free(cxm_miner *self);

/**
 * Mines a transcript. Once the miner is warm (it has seen the words and the sizes) no memory is
 * allocated. The same transcript and lexicon give the same result, whatever was mined before.
 *
 * @param result  On success the result, borrowed: valid until the miner's next call or its end.
 *                NULL on failure.
 * @return CXM_OK, CXM_E_ARGUMENT, CXM_E_LIMIT (a turn of 4 GiB or more) or CXM_E_NOMEM; after a
 *         failure the miner can be used again.
 */
CXM_API CXM_NODISCARD cxm_status cxm_mine(cxm_miner *self, const cxm_transcript *transcript,
                                          const cxm_result **result, cxm_error *error);

/** What a token is; flags. */
typedef enum cxm_token_flag {
    CXM_TOKEN_FILLER = 1,          /**< "uh", "you know": may be skipped by a phrase. */
    CXM_TOKEN_REPEAT = 2,          /**< Says the word before it once more: may be skipped. */
    CXM_TOKEN_CUT_OFF = 4,         /**< Broken off, as "pol-": may be skipped. */
    CXM_TOKEN_ANNOTATION = 8,      /**< "[inaudible]": no word, is not seen by a phrase. */
    CXM_TOKEN_SENTENCE_START = 16, /**< The first token of a sentence. */
    CXM_TOKEN_TYPING_SLIP = 32,    /**< Taken for the word that `folded` gives. */
    CXM_TOKEN_GLUED = 64,          /**< A part of words that were glued together. */
    CXM_TOKEN_MENDED = 128,        /**< Damaged characters of it were mended; `folded` is right. */
    CXM_TOKEN_REDACTION = 256      /**< "[NAME]", "***": no word, and no phrase runs across it. */
} cxm_token_flag;

/** What the tokenizer saw of one word, number or emoji. */
typedef struct cxm_token {
    size_t start; /**< Byte span in the text. */
    size_t end;
    cxm_str folded;    /**< As phrases see it: lower case, plain apostrophes, one spelling. */
    cxm_str expanded;  /**< Its contraction written out ("do not"; readings parted by "|"). */
    cxm_str stem;      /**< Its stem. */
    uint32_t sentence; /**< From 0. */
    uint32_t flags;    /**< Of cxm_token_flag. */
} cxm_token;

/**
 * Tokenizes a text as mining does, to show what it sees.
 *
 * @param text    Valid UTF-8 (CXM_E_ENCODING else).
 * @param tokens  On success `*count` tokens, borrowed: valid until the miner's next call.
 * @return CXM_OK, CXM_E_ENCODING, CXM_E_LIMIT or CXM_E_NOMEM.
 */
CXM_API CXM_NODISCARD cxm_status cxm_miner_tokenize(cxm_miner *self, cxm_str text,
                                                    const cxm_token **tokens, size_t *count,
                                                    cxm_error *error);

#ifdef __cplusplus
}
#endif
#endif
