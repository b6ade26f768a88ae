/* SPDX-License-Identifier: MIT */
/**
 * @file trace.h
 * Why a text has a hit, or has none: for those who write lexicons, and for tools that help them.
 *
 * A tracer looks at one text, slowly and thoroughly, without regard to who speaks: which phrases of
 * a category match in it and which `unless` drops them, which members of sets they used, and which
 * phrase came closest to matching. It works with a lexicon that was made with `keep_parts`. What is
 * a hit is for cxm_mine() to say: of the matches told here it takes, in each category, the leftmost
 * and longest.
 */
#ifndef CXMINE_TRACE_H
#define CXMINE_TRACE_H

#include <cxmine/base.h>
#include <cxmine/lexicon.h>
#include <cxmine/miner.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One thread's working memory for tracing. Not thread-safe. */
typedef struct cxm_tracer cxm_tracer;

/** A phrase or `unless` found at one place. */
typedef struct cxm_trace_match {
    uint32_t part;       /**< Index for cxm_lexicon_part(). */
    size_t start;        /**< Byte span in the text. */
    size_t end;          /**< Behind its last word. */
    uint32_t dropped_by; /**< Of a phrase: the first `unless` that drops it; CXM_NONE: none does. */
    bool negated;        /**< Of a phrase: dropped by `negation: drop`. */
} cxm_trace_match;

/** What is found of a category in a text. */
typedef struct cxm_trace {
    const cxm_trace_match *matches; /**< By part, then start. */
    size_t match_count;
    const uint32_t *members; /**< Members of sets (parts, ascending) that matches made use of: */
    size_t member_count;     /**< phrases that are not dropped, and `unless` that drop one. */
} cxm_trace;

/** How near a phrase came to matching. */
typedef struct cxm_nearest {
    uint32_t part;        /**< The phrase. */
    size_t start;         /**< Byte span in the text of what it would take. */
    size_t end;           /**< */
    double closeness;     /**< From 0 to 1, where it matches; frequent words count for less. */
    size_t taken;         /**< How many of its elements are there. */
    size_t missing;       /**< How many are not. */
    size_t extra;         /**< How many words stand between them that should not. */
    size_t element_start; /**< The first element that is not there, or in front of which such a */
    size_t element_end;   /**< word stands: byte span in the phrase's text. Empty: it matches. */
    size_t at; /**< Where in the text it was expected: the start of a word, or the end. */
} cxm_nearest;

/**
 * Makes a tracer.
 *
 * @param lexicon  Made with `keep_parts` (else CXM_E_ARGUMENT). Borrowed until the tracer is freed.
 * @param options  NULL for the defaults; not kept. As for the miner whose work is to be explained.
 * @return CXM_OK, CXM_E_ARGUMENT or CXM_E_NOMEM.
 */
CXM_API CXM_NODISCARD cxm_status cxm_tracer_new(const cxm_lexicon *lexicon,
                                                const cxm_miner_options *options, cxm_tracer **out,
                                                cxm_error *error);

/**
 * Looks for all phrases and `unless` of a category.
 *
 * @param text      Valid UTF-8, as that of a turn; at most 64 KiB.
 * @param category  Index for cxm_lexicon_category().
 * @param out       Borrowed: valid until the tracer's next call.
 * @return CXM_OK, CXM_E_ARGUMENT, CXM_E_ENCODING, CXM_E_LIMIT or CXM_E_NOMEM.
 */
CXM_API CXM_NODISCARD cxm_status cxm_tracer_run(cxm_tracer *self, cxm_str text, uint32_t category,
                                                const cxm_trace **out, cxm_error *error);

/**
 * Finds the phrases that come closest to matching, those that match among them: an element may be
 * missing, or a word too many stand between. `unless` and negation are not looked at. Long phrases
 * are left aside in sentences of hundreds of words.
 *
 * @param text      As for cxm_tracer_run().
 * @param category  CXM_NONE: of all categories.
 * @param most      How many phrases to give at most.
 * @param out       The closest first. Borrowed: valid until the tracer's next call.
 * @param count     How many there are; 0 where no phrase has a word in common with the text.
 * @return As cxm_tracer_run().
 */
CXM_API CXM_NODISCARD cxm_status cxm_tracer_nearest(cxm_tracer *self, cxm_str text,
                                                    uint32_t category, size_t most,
                                                    const cxm_nearest **out, size_t *count,
                                                    cxm_error *error);

/** What may be wrong with a phrase, whatever the text. */
typedef struct cxm_phrase_check {
    uint32_t shadowed_by; /**< A phrase of the category that matches whatever this one matches, in
                           * the same words, and has the same weight; CXM_NONE: none is known. */
    uint32_t
        dropped_by;     /**< An `unless` that drops whatever it matches; CXM_NONE: none is known. */
    bool complete;      /**< false: it can be said in too many ways to know these two. */
    size_t least_words; /**< How many words it needs at least, but for those left open. */
    size_t open_words;  /**< How many words it leaves open at most: gaps, `_`, `<rest>`. */
    unsigned frequency; /**< Where one word is enough: how frequent such a word is in the language,
                         * from 1 to 9; 0: no such word, or it is not known. */
} cxm_phrase_check;

/**
 * Checks a phrase. A phrase with captures is shadowed by none; one with an `unless` of
 * its own shadows none.
 *
 * @param phrase  Index for cxm_lexicon_phrase().
 * @return CXM_OK, CXM_E_ARGUMENT or CXM_E_NOMEM.
 */
CXM_API CXM_NODISCARD cxm_status cxm_tracer_check(cxm_tracer *self, uint32_t phrase,
                                                  cxm_phrase_check *out, cxm_error *error);

/** Frees a tracer; NULL does nothing. */
CXM_API void cxm_tracer_free(cxm_tracer *self);

#ifdef __cplusplus
}
#endif
#endif
