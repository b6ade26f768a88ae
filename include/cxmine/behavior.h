/* SPDX-License-Identifier: MIT */
/**
 * @file behavior.h
 * What a lexicon says beyond categories: behaviors, scorecards, queries, and their dialogues.
 *
 * All three are written in one language of expressions; lexicons/README.md describes it. A judge
 * (judge.h) finds out what holds in a transcript.
 */
#ifndef CXMINE_BEHAVIOR_H
#define CXMINE_BEHAVIOR_H

#include <cxmine/base.h>
#include <cxmine/lexicon.h>
#include <cxmine/transcript.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A named expression over hits, or a query. Every string lives as long as the lexicon. */
typedef struct cxm_behavior {
    cxm_str name;       /**< As "policy.bare"; of a query what it was called, may be empty. */
    cxm_str title;      /**< For people; may be empty. */
    cxm_str why;        /**< Why it matters; may be empty. */
    cxm_str expression; /**< As written. */
    double weight;      /**< What a finding counts; negative for what harms; 0 where not said. */
    cxm_str file;       /**< Where the expression stands, as in cxm_phrase. */
    uint32_t line;      /**< From 1. */
} cxm_behavior;

/** One thing that a scorecard asks for. Every string lives as long as the lexicon. */
typedef struct cxm_criterion {
    cxm_str name;
    cxm_str title; /**< For people; may be empty. */
    cxm_str why;   /**< May be empty. */
    double points; /**< Above 0. */
    cxm_str given; /**< When it applies; empty: always. */
    cxm_str asked; /**< What is expected, or to be avoided. */
    bool avoid;    /**< true: `avoid:`. false: `expect:`. */
    cxm_str file;
    uint32_t line;
} cxm_criterion;

/** Criteria with points. Every string lives as long as the lexicon. */
typedef struct cxm_scorecard {
    cxm_str name;
    cxm_str title; /**< May be empty. */
    cxm_str why;   /**< May be empty. */
    cxm_str given; /**< Conversations that it is for; empty: all. */
    const cxm_criterion *criteria;
    size_t criterion_count;
    cxm_str file;
    uint32_t line;
} cxm_scorecard;

/** What a dialogue tests. */
typedef enum cxm_subject { CXM_SUBJECT_BEHAVIOR = 0, CXM_SUBJECT_CRITERION = 1 } cxm_subject;

/** What a dialogue must give. */
typedef enum cxm_expectation {
    CXM_EXPECT_HIT = 0,  /**< The behavior is found; all points of the criterion are earned. */
    CXM_EXPECT_MISS = 1, /**< It is not found; the criterion applies, and some are not earned. */
    CXM_EXPECT_NONE = 2  /**< The criterion does not apply. */
} cxm_expectation;

/** A line of a dialogue. */
typedef struct cxm_dialogue_line {
    cxm_role role;
    cxm_str speaker; /**< As "agent" or "agent 2". */
    cxm_str text;
} cxm_dialogue_line;

/** A test of a behavior or a criterion: a short conversation, and what must come of it. */
typedef struct cxm_dialogue {
    cxm_subject subject;
    uint32_t behavior;  /**< Of a BEHAVIOR. */
    uint32_t scorecard; /**< Of a CRITERION. */
    uint32_t criterion; /**< Its index in the scorecard. */
    cxm_expectation expectation;
    const cxm_dialogue_line *lines;
    size_t line_count;
    cxm_str file;
    uint32_t line; /**< Where it begins. */
} cxm_dialogue;

/** How many behaviors there are; their indices are sorted by name. Thread-safe, as all below. */
CXM_API size_t cxm_lexicon_behavior_count(const cxm_lexicon *self);

/** The behavior at `index`; NULL where there is none. */
CXM_API const cxm_behavior *cxm_lexicon_behavior(const cxm_lexicon *self, size_t index);

/** Finds a behavior by its name. @return true and `*index`, or false. */
CXM_API bool cxm_lexicon_find_behavior(const cxm_lexicon *self, cxm_str name, uint32_t *index);

/** How many queries were added, and the one at `index`, in the order of adding; or NULL. */
CXM_API size_t cxm_lexicon_query_count(const cxm_lexicon *self);
CXM_API const cxm_behavior *cxm_lexicon_query(const cxm_lexicon *self, size_t index);

/** How many scorecards there are; their indices are sorted by name. */
CXM_API size_t cxm_lexicon_scorecard_count(const cxm_lexicon *self);

/** The scorecard at `index`; NULL where there is none. */
CXM_API const cxm_scorecard *cxm_lexicon_scorecard(const cxm_lexicon *self, size_t index);

/** How many dialogues the packs bring, and the one at `index`; or NULL. */
CXM_API size_t cxm_lexicon_dialogue_count(const cxm_lexicon *self);
CXM_API const cxm_dialogue *cxm_lexicon_dialogue(const cxm_lexicon *self, size_t index);

/**
 * Makes the conversation of a dialogue, to be mined and judged.
 *
 * @param allocator  As in cxm_transcript_options.
 * @param out        On success a transcript to free with cxm_transcript_free().
 * @return CXM_OK or CXM_E_NOMEM.
 */
CXM_API CXM_NODISCARD cxm_status cxm_dialogue_transcript(const cxm_dialogue *self,
                                                         const cxm_allocator *allocator,
                                                         cxm_transcript **out, cxm_error *error);

/**
 * Adds a query to a lexicon in the making: an expression as a behavior has one, to be asked with
 * cxm_judge_query(). It needs no pack where it holds quoted phrases only.
 *
 * @param name        What errors call it, and cxm_behavior.name; may be empty ("query" then).
 * @param expression  Copied. What is wrong with it is told by cxm_lexicon_builder_build(), with
 *                    `name` as the file.
 * @return CXM_OK, CXM_E_ARGUMENT or CXM_E_NOMEM.
 */
CXM_API CXM_NODISCARD cxm_status cxm_lexicon_builder_add_query(cxm_lexicon_builder *self,
                                                               cxm_str name, cxm_str expression,
                                                               cxm_error *error);

#ifdef __cplusplus
}
#endif
#endif
