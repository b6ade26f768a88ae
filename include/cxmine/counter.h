/* SPDX-License-Identifier: MIT */
/**
 * @file counter.h
 * Counting what a query finds over many transcripts, in groups.
 *
 * Of every group two rates are told, each with its 95 % interval (cxm_wilson()): the share of its
 * conversations in which the query found anything, and the matches per 100 words. A group of
 * agents, or of roles, has the conversations in which these speak, and their words.
 */
#ifndef CXMINE_COUNTER_H
#define CXMINE_COUNTER_H

#include <cxmine/base.h>
#include <cxmine/judge.h>
#include <cxmine/miner.h>
#include <cxmine/transcript.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What matches are grouped by. */
typedef enum cxm_group_by {
    CXM_BY_NOTHING = 0, /**< One group of all. */
    CXM_BY_AGENT = 1,   /**< The agent to whom the finding belongs. */
    CXM_BY_ROLE = 2,    /**< Who speaks at its place. */
    CXM_BY_FILE = 3,    /**< Where the transcript comes from (cxm_transcript_source()). */
    CXM_BY_META = 4     /**< The value of an item of metadata. */
} cxm_group_by;

/** In which order groups are written. Ties, and names, are in byte order. */
typedef enum cxm_group_sort {
    CXM_SORT_NAME = 0,
    CXM_SORT_MATCHES = 1, /**< Most first, as all below. */
    CXM_SORT_SHARE = 2,   /**< Share of conversations, by the low end of its interval. */
    CXM_SORT_RATE = 3     /**< Per 100 words, likewise. */
} cxm_group_sort;

/** How matches are counted. Zero in a field means the default. */
typedef struct cxm_counter_options {
    size_t struct_size;             /**< Set by CXM_COUNTER_OPTIONS_INIT; never by hand. */
    const cxm_allocator *allocator; /**< Copied; its `user` must outlive the counter. */
    cxm_group_by by;
    cxm_str key; /**< Of the metadata. Copied. */
    cxm_group_sort sort;
    size_t limit; /**< Groups that are written; 0: all. */
} cxm_counter_options;

#define CXM_COUNTER_OPTIONS_INIT                                                                   \
    { sizeof(cxm_counter_options), NULL, CXM_BY_NOTHING, {NULL, 0}, CXM_SORT_NAME, 0 }

/** Counts matches. One thread at a time. */
typedef struct cxm_counter cxm_counter;

/** Makes a counter. @return CXM_OK, CXM_E_ARGUMENT or CXM_E_NOMEM. */
CXM_API CXM_NODISCARD cxm_status cxm_counter_new(const cxm_counter_options *options,
                                                 cxm_counter **out, cxm_error *error);

/** Counts what was found in one transcript. @return CXM_OK or CXM_E_NOMEM. */
CXM_API CXM_NODISCARD cxm_status cxm_counter_add(cxm_counter *self,
                                                 const cxm_transcript *transcript,
                                                 const cxm_result *result, const cxm_answer *answer,
                                                 cxm_error *error);

/** How many matches were counted. */
CXM_API size_t cxm_counter_matches(const cxm_counter *self);

/**
 * Writes the groups.
 *
 * @param format  "text" (a table for people), "jsonl" (one object a group) or "csv".
 * @param bytes   Borrowed until the counter's next call.
 * @return CXM_OK, CXM_E_NOT_FOUND (no such format) or CXM_E_NOMEM.
 */
CXM_API CXM_NODISCARD cxm_status cxm_counter_write(cxm_counter *self, const char *format,
                                                   cxm_str *bytes, cxm_error *error);

/** Frees a counter; NULL does nothing. */
CXM_API void cxm_counter_free(cxm_counter *self);

#ifdef __cplusplus
}
#endif
#endif
