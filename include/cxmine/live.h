/* SPDX-License-Identifier: MIT */
/**
 * @file live.h
 * A conversation that is still going on: turns come one by one, a turn piece by piece, and what is
 * found is told as soon as nothing that may follow can change it.
 *
 * A speech recognizer revises what it wrote: the end of the open turn may be replaced until the
 * caller settles it. So a conversation goes like this:
 *
 *     cxm_live_begin_turn(live, &turn, ...)       who speaks, from when on
 *     cxm_live_append(live, "I'm sor", ...)
 *     cxm_live_replace(live, 4, "sorry. Our", ...)  the text from byte 4 on is now that
 *     cxm_live_settle(live, miner, 10, &news, ...)  the first 10 bytes will not change any more
 *     cxm_live_end_turn(live, miner, 12.5, &news, ...)
 *     cxm_live_finish(live, miner, &news, ...)
 *
 * When a hit is certain: once the sentence it stands in is over within the settled text, a blank
 * stands behind it, and the word behind that has been settled, too, with a blank behind it; for
 * that word is the last thing that has a say in whether the sentence ends. All hits of a turn are
 * certain when the turn ends. Each is told once, in the order of cxm_result, and the result at the
 * end is to the last field what cxm_mine() finds in the same turns
 * with cxm_miner_options.no_role_vote.
 *
 * Findings of behaviors are told by cxm_live_judge(), and scores at the end.
 *
 * What is one turn is for the caller to say, as it is for whoever builds a transcript: append to
 * the open turn while the same speaker goes on. Roles are those given, else those of the labels
 * (cxm_lexicon_role_of()); they are never decided from what a speaker says, since that takes the
 * whole conversation. The text of a sentence is given up at the first call after its hits are told.
 *
 * Memory: a conversation keeps the text that is not certain yet (less than max_turn_bytes), its
 * hits and their captures, and a few bytes for each turn. All that mining needs besides is the
 * miner's, which is lent for a call: thousands of conversations can be open on one lexicon with
 * one miner a thread.
 *
 * Threads: one thread at a time for a conversation. Any miner of the same lexicon may be lent, and
 * another one each time.
 */
#ifndef CXMINE_LIVE_H
#define CXMINE_LIVE_H

#include <cxmine/base.h>
#include <cxmine/judge.h>
#include <cxmine/lexicon.h>
#include <cxmine/miner.h>
#include <cxmine/transcript.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A conversation that goes on. */
typedef struct cxm_live cxm_live;

/** How a live conversation is kept. Zero in a field means the default. */
typedef struct cxm_live_options {
    size_t struct_size;             /**< Set by CXM_LIVE_OPTIONS_INIT; never by hand. */
    const cxm_allocator *allocator; /**< Copied; its `user` must outlive the conversation. */
    size_t max_turn_bytes;          /**< Of a turn's text that is not certain yet; 0: 1 MiB. */
    size_t max_turns;               /**< 0: 100 000. */
    size_t max_hits;                /**< 0: 100 000. */
} cxm_live_options;

#define CXM_LIVE_OPTIONS_INIT                                                                      \
    { sizeof(cxm_live_options), NULL, 0, 0, 0 }

/** What has become certain by a call. Borrowed: valid until the conversation's next call. */
typedef struct cxm_live_news {
    const cxm_hit *hits; /**< In the order of cxm_result; `turn` counts this conversation's. */
    size_t hit_count;
    size_t first_hit;  /**< The index of the first of them in the result at the end. */
    cxm_str text;      /**< The part of the turn's text that they stand in, ... */
    size_t text_start; /**< ... and the byte of the turn that it begins with. */
    /** NULL, unless the conversation is finished: what cxm_mine() gives for the same turns. */
    const cxm_result *result;
} cxm_live_news;

/**
 * Opens a conversation.
 *
 * @param lexicon  Borrowed until the conversation is freed.
 * @param options  NULL for the defaults; not kept.
 * @return CXM_OK, CXM_E_ARGUMENT or CXM_E_NOMEM.
 */
CXM_API CXM_NODISCARD cxm_status cxm_live_new(const cxm_lexicon *lexicon,
                                              const cxm_live_options *options, cxm_live **out,
                                              cxm_error *error);

/** Frees a conversation, finished or not; NULL does nothing. */
CXM_API void cxm_live_free(cxm_live *self);

/** Sets the conversation's id; as cxm_transcript_builder_set_id(). */
CXM_API CXM_NODISCARD cxm_status cxm_live_set_id(cxm_live *self, cxm_str id, cxm_error *error);

/** Adds an item of metadata; as cxm_transcript_builder_add_meta(). */
CXM_API CXM_NODISCARD cxm_status cxm_live_add_meta(cxm_live *self, cxm_str key, cxm_str value,
                                                   cxm_error *error);

/**
 * The conversation so far: its id, metadata, speakers and turns, the open one among them; without
 * the texts and time marks, which are not kept. Borrowed until the conversation is freed; what it
 * points to, until the conversation's next call.
 */
CXM_API const cxm_transcript *cxm_live_transcript(const cxm_live *self);

/** The role in which a turn is mined: its own, else by its label; unknown where there is none. */
CXM_API cxm_role cxm_live_role(const cxm_live *self, size_t turn);

/**
 * Begins a turn. Its speaker, role, kind and start cannot be changed later.
 *
 * @param turn  Not kept. `text` and `marks` are what is known so far, and may be empty; `end` is
 *              told when the turn ends.
 * @return CXM_OK, CXM_E_ARGUMENT (a turn is open, the conversation is finished, or no such role or
 *         kind), CXM_E_ENCODING, CXM_E_LIMIT or CXM_E_NOMEM; after a failure nothing has changed.
 */
CXM_API CXM_NODISCARD cxm_status cxm_live_begin_turn(cxm_live *self, const cxm_turn *turn,
                                                     cxm_error *error);

/**
 * Adds text at the end of the open turn.
 *
 * @param text     Valid UTF-8, so no half of a code point. Copied.
 * @param seconds  When it began to be said, as a cxm_time_mark; or CXM_TIME_UNKNOWN.
 * @return As cxm_live_replace().
 */
CXM_API CXM_NODISCARD cxm_status cxm_live_append(cxm_live *self, cxm_str text, double seconds,
                                                 cxm_error *error);

/**
 * Replaces the end of the open turn's text.
 *
 * @param from  The byte, counted from the start of the turn, from which on the text is replaced,
 *              with its time marks; on a code point's boundary, not before what has been settled.
 * @return CXM_OK, CXM_E_ARGUMENT (no turn is open, or `from` is no such place), CXM_E_ENCODING,
 *         CXM_E_LIMIT or CXM_E_NOMEM; after a failure nothing has changed.
 */
CXM_API CXM_NODISCARD cxm_status cxm_live_replace(cxm_live *self, size_t from, cxm_str text,
                                                  double seconds, cxm_error *error);

/** How many bytes the open turn has so far; 0 where none is open. */
CXM_API size_t cxm_live_turn_bytes(const cxm_live *self);

/**
 * Says that the first `bytes` of the open turn will not be replaced any more, and tells what is
 * certain now. Where a sentence goes on for more than 16 KiB it is looked at each time that it has
 * grown by a sixteenth, and not each time.
 *
 * @param miner  Lent for the call; its last result is lost.
 * @param bytes  Counted from the start of the turn. Fewer than before change nothing.
 * @param news   What is certain now; may be nothing.
 * @return CXM_OK, CXM_E_ARGUMENT (no turn is open, it is not as long, or the miner is of another
 *         lexicon), CXM_E_LIMIT (more than max_hits) or CXM_E_NOMEM; after CXM_E_NOMEM the call
 *         can be made again.
 */
CXM_API CXM_NODISCARD cxm_status cxm_live_settle(cxm_live *self, cxm_miner *miner, size_t bytes,
                                                 cxm_live_news *news, cxm_error *error);

/**
 * Ends the open turn.
 *
 * @param end   Seconds from the start of the conversation; or CXM_TIME_UNKNOWN.
 * @param news  As in cxm_live_settle().
 * @return As cxm_live_settle().
 */
CXM_API CXM_NODISCARD cxm_status cxm_live_end_turn(cxm_live *self, cxm_miner *miner, double end,
                                                   cxm_live_news *news, cxm_error *error);

/**
 * Ends the conversation, and the open turn, if there is one (of unknown end).
 *
 * @param news  What was not told before, and the result, which is borrowed until the conversation
 *              is freed.
 * @return As cxm_live_settle(); CXM_E_ARGUMENT where it is finished already.
 */
CXM_API CXM_NODISCARD cxm_status cxm_live_finish(cxm_live *self, cxm_miner *miner,
                                                 cxm_live_news *news, cxm_error *error);

/** What has been found out about the turns that are over. */
typedef struct cxm_live_findings {
    /** What is certain now and was not told before, in the order of cxm_judgement. Borrowed: valid
     * until the next call of the conversation or of the judge. */
    const cxm_finding *findings;
    size_t finding_count;
    const cxm_result *result; /**< Evidence is looked up in its all_hits. Borrowed likewise. */
    /** NULL, unless the conversation is finished: what cxm_judge_run() gives for the whole. */
    const cxm_judgement *judgement;
} cxm_live_findings;

/**
 * Judges the turns that are over, mostly called when one ends, and once the conversation is
 * finished: findings are told once, as soon as nothing that may follow can change them
 * (cxm_finding.certain_turn). All of them together are those of the judgement at the end. Takes
 * time in all turns so far, so that of very long conversations not every turn should be judged;
 * what becomes certain meanwhile is told by the next call.
 *
 * @param judge  Of the same lexicon. Lent for the call; what it said last is lost.
 * @return CXM_OK, CXM_E_ARGUMENT or CXM_E_NOMEM; after a failure the call can be made again.
 */
CXM_API CXM_NODISCARD cxm_status cxm_live_judge(cxm_live *self, cxm_judge *judge,
                                                cxm_live_findings *out, cxm_error *error);

#ifdef __cplusplus
}
#endif
#endif
