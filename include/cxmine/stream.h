/* SPDX-License-Identifier: MIT */
/**
 * @file stream.h
 * Transcripts from bytes that are not all there at once: a pipe, a file of any size.
 *
 * JSON comes conversation by conversation, in memory for one: each line of JSON Lines, each item
 * of an array or of a list in an object, each of several objects. All other formats are read when
 * all bytes are there. The caller keeps the bytes:
 *
 *     for (;;) {
 *         status = cxm_stream_next(stream, unread, is_all, &step, &error);
 *         drop the first step.used bytes of unread;
 *         if (status) tell the error, and go on unless it is CXM_E_NOMEM;
 *         else if (step.transcript) use and free it;
 *         else if (step.needs_more) read more bytes, or find that there are no more: is_all;
 *         else break;
 *     }
 */
#ifndef CXMINE_STREAM_H
#define CXMINE_STREAM_H

#include <cxmine/reader.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A reader of bytes as they come. One thread at a time. */
typedef struct cxm_stream cxm_stream;

/**
 * Starts to read.
 *
 * @param options  NULL for the defaults; copied, but what it points to is borrowed until the stream
 *                 is freed. `max_bytes` is the most that one conversation may have.
 * @return CXM_OK, CXM_E_NOT_FOUND (no such format), CXM_E_SYNTAX (of json_map), CXM_E_ARGUMENT or
 *         CXM_E_NOMEM.
 */
CXM_API CXM_NODISCARD cxm_status cxm_stream_new(const cxm_reader_options *options, cxm_stream **out,
                                                cxm_error *error);

/** What a call of cxm_stream_next() came to. */
typedef struct cxm_stream_step {
    cxm_transcript *transcript; /**< To be freed with cxm_transcript_free(); NULL: none. */
    size_t used;                /**< So many bytes at the front of what is unread are done with. */
    bool needs_more;            /**< There is no whole conversation in what is unread. */
} cxm_stream_step;

/**
 * Reads the next conversation.
 *
 * @param unread  The bytes behind those that were used so far. At the next call they must begin
 *                with what is left of them; they may have been moved, but not once is_all is set.
 * @param is_all  No more bytes will come.
 * @param step    Set in any case. Neither a transcript nor needs_more: the end.
 * @return CXM_OK, or as cxm_reader_next(): the next call goes on behind what failed. Offsets in
 *         errors count from the first byte of all.
 */
CXM_API CXM_NODISCARD cxm_status cxm_stream_next(cxm_stream *self, cxm_str unread, bool is_all,
                                                 cxm_stream_step *step, cxm_error *error);

/** The format in use, as cxm_reader_format(); "" before the first conversation. */
CXM_API const char *cxm_stream_format(const cxm_stream *self);

/** As cxm_reader_problem(), of the conversation that came last. */
CXM_API const cxm_problem *cxm_stream_problem(const cxm_stream *self, size_t index);

/** Frees a stream, not the transcripts that it gave; NULL does nothing. */
CXM_API void cxm_stream_free(cxm_stream *self);

#ifdef __cplusplus
}
#endif
#endif
