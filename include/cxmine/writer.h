/* SPDX-License-Identifier: MIT */
/**
 * @file writer.h
 * Results in, bytes out: the last stage. A writer does no I/O; the caller takes its bytes.
 */
#ifndef CXMINE_WRITER_H
#define CXMINE_WRITER_H

#include <cxmine/base.h>
#include <cxmine/judge.h>
#include <cxmine/lexicon.h>
#include <cxmine/live.h>
#include <cxmine/miner.h>
#include <cxmine/transcript.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Turns results into bytes of one format. One thread at a time. */
typedef struct cxm_writer cxm_writer;

/** How results are written. Zero in a field means the default. */
typedef struct cxm_writer_options {
    size_t struct_size;             /**< Set by CXM_WRITER_OPTIONS_INIT; never by hand. */
    const cxm_allocator *allocator; /**< Copied; its `user` must outlive the writer. */
    bool color;                     /**< `text` only: mark evidence with terminal colours. */
    size_t width;                   /**< `text` only: columns of a line; 0: 80. */
    size_t context; /**< cxm_writer_answer() only: turns shown before and behind a match. */
} cxm_writer_options;

#define CXM_WRITER_OPTIONS_INIT                                                                    \
    { sizeof(cxm_writer_options), NULL, false, 0, 0 }

/**
 * Makes a writer.
 *
 * @param format   "text" (for people), "jsonl" (JSON objects, each on a line of its own;
 * cli/cxmine.1 lists their fields) or "csv" (cxm_writer_answer() only). NUL-terminated.
 * @param lexicon  The one that the results come from. Borrowed until the writer is freed.
 * @param options  NULL for the defaults; not kept.
 * @return CXM_OK, CXM_E_NOT_FOUND (no such format), CXM_E_ARGUMENT or CXM_E_NOMEM.
 */
CXM_API CXM_NODISCARD cxm_status cxm_writer_new(const char *format, const cxm_lexicon *lexicon,
                                                const cxm_writer_options *options, cxm_writer **out,
                                                cxm_error *error);

/**
 * Writes the result of one transcript.
 *
 * @param transcript  The one that `result` was mined from.
 * @param bytes       On success the bytes, borrowed: valid until the writer's next call.
 * @return CXM_OK, CXM_E_ARGUMENT (a format that has no results) or CXM_E_NOMEM.
 */
CXM_API CXM_NODISCARD cxm_status cxm_writer_result(cxm_writer *self,
                                                   const cxm_transcript *transcript,
                                                   const cxm_result *result, cxm_str *bytes,
                                                   cxm_error *error);

/**
 * Writes the result of one transcript, and what a judge says of it: findings, scores, measures.
 * cxm_writer_end() sums them up.
 *
 * @param judgement  Of the same transcript and result; NULL: as cxm_writer_result().
 * @param bytes      As above.
 * @return CXM_OK or CXM_E_NOMEM.
 */
CXM_API CXM_NODISCARD cxm_status cxm_writer_judged(cxm_writer *self,
                                                   const cxm_transcript *transcript,
                                                   const cxm_result *result,
                                                   const cxm_judgement *judgement, cxm_str *bytes,
                                                   cxm_error *error);

/**
 * Writes what a query found in one transcript: each match in its context, with its evidence. `csv`
 * is a table as RFC 4180 has it, with a first line of names; a cell that a spreadsheet would take
 * for a formula gets an apostrophe in front.
 *
 * @param answer  Of the same transcript and result.
 * @param bytes   As above; empty where nothing was found.
 * @return CXM_OK, CXM_E_ARGUMENT or CXM_E_NOMEM.
 */
CXM_API CXM_NODISCARD cxm_status cxm_writer_answer(cxm_writer *self,
                                                   const cxm_transcript *transcript,
                                                   const cxm_result *result,
                                                   const cxm_answer *answer, cxm_str *bytes,
                                                   cxm_error *error);

/**
 * Writes why a query, or a behavior, does not hold in a transcript; not as "csv".
 *
 * @param bytes  As above; of "text" empty where it does hold.
 * @return CXM_OK, CXM_E_ARGUMENT or CXM_E_NOMEM.
 */
CXM_API CXM_NODISCARD cxm_status cxm_writer_explanation(cxm_writer *self,
                                                        const cxm_transcript *transcript,
                                                        const cxm_result *result,
                                                        const cxm_explanation *explanation,
                                                        cxm_str *bytes, cxm_error *error);

/**
 * Writes a whole transcript, with all hits marked in place (by colours for families, or, without
 * `color`, in brackets with the category), the findings under it, and the scores with what each
 * criterion rests on. "text" only.
 *
 * @param judgement  Of the same transcript and result.
 * @param bytes      As above.
 * @return CXM_OK, CXM_E_ARGUMENT or CXM_E_NOMEM.
 */
CXM_API CXM_NODISCARD cxm_status cxm_writer_show(cxm_writer *self, const cxm_transcript *transcript,
                                                 const cxm_result *result,
                                                 const cxm_judgement *judgement, cxm_str *bytes,
                                                 cxm_error *error);

/**
 * Writes what has become certain in a live conversation: one line for each hit.
 *
 * @param news   As the last call of `live` told it.
 * @param bytes  As above; may be empty.
 * @return CXM_OK, CXM_E_ARGUMENT (not "jsonl") or CXM_E_NOMEM.
 */
CXM_API CXM_NODISCARD cxm_status cxm_writer_news(cxm_writer *self, const cxm_live *live,
                                                 const cxm_live_news *news, cxm_str *bytes,
                                                 cxm_error *error);

/**
 * Writes what cxm_live_judge() told: one line for each finding; of a conversation that is finished
 * also for each score, and a last one for its end.
 *
 * @return As cxm_writer_news().
 */
CXM_API CXM_NODISCARD cxm_status cxm_writer_findings(cxm_writer *self, const cxm_live *live,
                                                     const cxm_live_findings *found, cxm_str *bytes,
                                                     cxm_error *error);

/** Writes what stands at the very end (the totals of `text`); `bytes` as above. */
CXM_API CXM_NODISCARD cxm_status cxm_writer_end(cxm_writer *self, cxm_str *bytes, cxm_error *error);

/** Frees a writer; NULL does nothing. */
CXM_API void cxm_writer_free(cxm_writer *self);

/** Turns transcripts into canonical JSON Lines (lib/read/README.md). One thread at a time. */
typedef struct cxm_transcript_writer cxm_transcript_writer;

/**
 * Makes a writer of transcripts.
 *
 * @param allocator  NULL: malloc. Copied; its `user` must outlive the writer.
 * @return CXM_OK, CXM_E_ARGUMENT or CXM_E_NOMEM.
 */
CXM_API CXM_NODISCARD cxm_status cxm_transcript_writer_new(const cxm_allocator *allocator,
                                                           cxm_transcript_writer **out,
                                                           cxm_error *error);

/**
 * Writes a transcript as one line. Read again it is the same in all but the source (which is not
 * written): id, metadata, and of every turn speaker, role and where that comes from, channel,
 * kind, times, time marks and text, byte by byte.
 *
 * @param bytes  The line with its end. Borrowed until the next call.
 * @return CXM_OK or CXM_E_NOMEM.
 */
CXM_API CXM_NODISCARD cxm_status cxm_transcript_writer_write(cxm_transcript_writer *self,
                                                             const cxm_transcript *transcript,
                                                             cxm_str *bytes, cxm_error *error);

/** Frees a writer of transcripts; NULL does nothing. */
CXM_API void cxm_transcript_writer_free(cxm_transcript_writer *self);

#ifdef __cplusplus
}
#endif
#endif
