/* SPDX-License-Identifier: MIT */
/**
 * @file judge.h
 * Hits in, findings and scores out.
 */
#ifndef CXMINE_JUDGE_H
#define CXMINE_JUDGE_H

#include <cxmine/base.h>
#include <cxmine/behavior.h>
#include <cxmine/lexicon.h>
#include <cxmine/miner.h>
#include <cxmine/transcript.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One thread's working memory for judging. Not thread-safe: one per thread, reused. */
typedef struct cxm_judge cxm_judge;

/** How a judge works. Zero in a field means the default. */
typedef struct cxm_judge_options {
    size_t struct_size;             /**< Set by CXM_JUDGE_OPTIONS_INIT; never by hand. */
    const cxm_allocator *allocator; /**< Copied; its `user` must outlive the judge. */
} cxm_judge_options;

#define CXM_JUDGE_OPTIONS_INIT                                                                     \
    { sizeof(cxm_judge_options), NULL }

/** `certain_turn` of what only the end of the conversation makes certain. */
#define CXM_CERTAIN_AT_END UINT32_MAX

/** Which times a window of seconds was measured by. */
typedef enum cxm_clock {
    CXM_CLOCK_NONE = 0, /**< None: no seconds in the expression. */
    CXM_CLOCK_TURN = 1, /**< The starts of turns; for some of the places at least. */
    CXM_CLOCK_WORD = 2  /**< The times of the words. */
} cxm_clock;

/** One behavior, or query, found at one place. Numbers of hits are indices of all_hits. */
typedef struct cxm_finding {
    uint32_t behavior; /**< Index for cxm_lexicon_behavior(), or for cxm_lexicon_query(). */
    uint32_t hit;      /**< The hit at its place; CXM_NONE: it is about the whole conversation. */
    uint32_t turn;     /**< Of its place; CXM_NONE as above. */
    size_t start;      /**< Byte span of its place in the turn's text. */
    size_t end;
    double time;    /**< Of its place, in seconds; or CXM_TIME_UNKNOWN. */
    uint32_t agent; /**< The number of the speaker to whom it belongs; CXM_NONE: to no agent. */
    /**
     * No turn behind this one can change the finding: it is certain once this turn is over, and
     * the same whatever follows. CXM_CERTAIN_AT_END: once the conversation is over.
     */
    uint32_t certain_turn;
    const uint32_t *evidence; /**< Hits, ascending, its own among them; 16 at most. */
    size_t evidence_count;
    uint32_t window_first; /**< The turns that a `without` or `not` looked through in vain; */
    uint32_t window_last;  /**< both CXM_NONE where there was none of these. */
    cxm_clock clock;
} cxm_finding;

/** A moment at which a criterion applied. */
typedef struct cxm_opportunity {
    uint32_t hit;             /**< What was given there; CXM_NONE: the conversation as a whole. */
    uint32_t agent;           /**< The number of the speaker whose it is; CXM_NONE: of no agent. */
    bool met;                 /**< What was expected came; what was to be avoided did not. */
    const uint32_t *evidence; /**< Hits, ascending; may be none. */
    size_t evidence_count;
} cxm_opportunity;

/** What became of one criterion. */
typedef struct cxm_criterion_score {
    bool applies;  /**< false: nothing was given, or there were no times to tell. */
    double points; /**< Earned: the criterion's points × met / opportunity_count. */
    double rate;   /**< met / opportunity_count; 0 where it does not apply. */
    size_t met;
    const cxm_opportunity *opportunities; /**< In the order of the conversation. */
    size_t opportunity_count;
} cxm_criterion_score;

/** A scorecard applied: to the conversation, or to one agent in it. */
typedef struct cxm_score {
    uint32_t scorecard; /**< Index for cxm_lexicon_scorecard(). */
    uint32_t agent;     /**< The number of the speaker; CXM_NONE: the conversation. */
    bool applies;       /**< false: there is no score, since no criterion applied. */
    double value;       /**< 0 to 100; 0 where it does not apply. */
    double earned;      /**< Points. */
    double possible;    /**< Points of the criteria that applied. */
    const cxm_criterion_score *criteria; /**< As many as the scorecard has, in its order. */
    size_t criterion_count;
} cxm_score;

/** What is measured of one role. Every double is CXM_UNKNOWN where it cannot be told. */
typedef struct cxm_role_measures {
    size_t words;
    size_t turns;            /**< Turns in a row of one speaker are one. */
    double talk_share;       /**< Of all words, 0 to 1. */
    double seconds;          /**< Of speech. */
    double words_per_minute; /**< Words per minute of its own speech. */
    double longest_turn;     /**< Seconds of the longest monologue. */
    double response_time;    /**< Mean seconds from the other party's last word to its first. */
    size_t interruptions;    /**< Turns begun while the other party spoke; see `timed`. */
} cxm_role_measures;

#define CXM_UNKNOWN (-1.0)

/** What is measured of a conversation. */
typedef struct cxm_measures {
    bool timed; /**< Every turn of speech has a start and an end: all can be told. */
    size_t words;
    size_t turns;
    double duration; /**< Seconds, up to the last time known; or CXM_UNKNOWN. */
    double silence;  /**< Seconds in which nobody spoke, from the first word to the last. */
    size_t interruptions;
    cxm_role_measures roles[CXM_ROLE_COUNT];
} cxm_measures;

/** What a judge says of one transcript. Borrowed: valid until the judge's next call or its end. */
typedef struct cxm_judgement {
    const cxm_finding *findings; /**< By place, then behavior; those of no place come last. */
    size_t finding_count;
    /** By scorecard: first that of the conversation, then those of its agents by number. */
    const cxm_score *scores;
    size_t score_count;
    cxm_measures measures;
} cxm_judgement;

/** What a query gives. Borrowed likewise. */
typedef struct cxm_answer {
    bool applies; /**< false: it asks for seconds, and the transcript has no times. */
    bool holds;   /**< There is a finding. */
    const cxm_finding *findings; /**< By place. */
    size_t finding_count;
} cxm_answer;

/**
 * Makes a judge.
 *
 * @param lexicon  Borrowed until the judge is freed.
 * @param options  NULL for the defaults; not kept.
 * @return CXM_OK, CXM_E_ARGUMENT or CXM_E_NOMEM.
 */
CXM_API CXM_NODISCARD cxm_status cxm_judge_new(const cxm_lexicon *lexicon,
                                               const cxm_judge_options *options, cxm_judge **out,
                                               cxm_error *error);

/** Frees a judge and what it said last; NULL does nothing. */
CXM_API void cxm_judge_free(cxm_judge *self);

/**
 * Judges a transcript: all behaviors, scorecards and measures. Once the judge is warm no memory is
 * allocated. The same hits give the same judgement, whatever was judged before.
 *
 * The transcript may be the beginning of one that goes on: findings whose `certain_turn` is below
 * the number of its turns are then those of the whole with that `certain_turn`, to the last field.
 *
 * @param result     What a miner of the same lexicon found in `transcript`. Borrowed for the call,
 *                   and as long as evidence is looked up in it.
 * @param judgement  On success what holds; NULL on failure.
 * @return CXM_OK, CXM_E_ARGUMENT or CXM_E_NOMEM; after a failure the judge can be used again.
 */
CXM_API CXM_NODISCARD cxm_status cxm_judge_run(cxm_judge *self, const cxm_transcript *transcript,
                                               const cxm_result *result,
                                               const cxm_judgement **judgement, cxm_error *error);

/**
 * Asks one query (cxm_lexicon_builder_add_query()), and evaluates no more than it needs.
 *
 * @param query   Index for cxm_lexicon_query().
 * @param answer  On success what it gives; NULL on failure.
 * @return As cxm_judge_run().
 */
CXM_API CXM_NODISCARD cxm_status cxm_judge_query(cxm_judge *self, const cxm_transcript *transcript,
                                                 const cxm_result *result, size_t query,
                                                 const cxm_answer **answer, cxm_error *error);

/** Why a clause of an expression did not hold. */
typedef enum cxm_reason {
    CXM_REASON_ABSENT = 0,    /**< Nothing of it was found. */
    CXM_REASON_FAR = 1,       /**< What was looked for came, but too far off. */
    CXM_REASON_PRESENT = 2,   /**< What was not to be there was. */
    CXM_REASON_OUTSIDE = 3,   /**< It stands outside of the part of the conversation. */
    CXM_REASON_COUNT = 4,     /**< There were too few or too many. */
    CXM_REASON_DIFFERENT = 5, /**< Metadata or a measure is another. */
    CXM_REASON_UNTIMED = 6    /**< It asks for seconds, and there are no times. */
} cxm_reason;

/** A clause that did not hold, and how near it came. */
typedef struct cxm_shortfall {
    cxm_reason reason;
    cxm_str clause;   /**< The clause, as written; lives as long as the lexicon. */
    uint32_t hit;     /**< Where: the place that came nearest; or CXM_NONE. */
    uint32_t other;   /**< The hit that came too late, or was not to be there; or CXM_NONE. */
    double actual;    /**< FAR, OUTSIDE: how far; COUNT: how many. */
    double limit;     /**< How far or how many it may be. */
    const char *text; /**< In a sentence, as "empathy.* came 3 turns later, 1 too many". */
} cxm_shortfall;

/** Why an expression did not hold. Borrowed likewise. */
typedef struct cxm_explanation {
    bool holds;                      /**< It did hold: there is nothing to explain. */
    const cxm_shortfall *shortfalls; /**< From the outermost clause to the innermost. */
    size_t shortfall_count;
} cxm_explanation;

/** Explains why a query, or a behavior, does not hold in a transcript. As cxm_judge_query(). */
CXM_API CXM_NODISCARD cxm_status cxm_judge_explain_query(cxm_judge *self,
                                                         const cxm_transcript *transcript,
                                                         const cxm_result *result, size_t query,
                                                         const cxm_explanation **explanation,
                                                         cxm_error *error);
CXM_API CXM_NODISCARD cxm_status cxm_judge_explain_behavior(
    cxm_judge *self, const cxm_transcript *transcript, const cxm_result *result, size_t behavior,
    const cxm_explanation **explanation, cxm_error *error);

/** An interval of confidence, by Wilson's method, of a rate of `met` in `count`. */
typedef struct cxm_interval {
    double low;
    double high;
} cxm_interval;

/** The 95 % interval of a rate; 0 to 1 where `count` is 0. Thread-safe. */
CXM_API cxm_interval cxm_wilson(size_t met, size_t count);

#ifdef __cplusplus
}
#endif
#endif
