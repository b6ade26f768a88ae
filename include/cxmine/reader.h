/* SPDX-License-Identifier: MIT */
/**
 * @file reader.h
 * Bytes in, transcripts out.
 *
 * Formats are recognized by their content: `jsonl` (canonical JSON Lines, one conversation a line)
 * and `plain` (text as people and podcast hosts write it). lib/read/README.md describes both.
 */
#ifndef CXMINE_READER_H
#define CXMINE_READER_H

#include <cxmine/base.h>
#include <cxmine/lexicon.h>
#include <cxmine/transcript.h>

#ifdef __cplusplus
extern "C" {
#endif

/** "This speaker has this role", said by the user. Labels are compared without regard to case. */
typedef struct cxm_role_rule {
    cxm_str speaker;
    cxm_role role;
} cxm_role_rule;

/** How bytes are read. Zero in a field means the default. */
typedef struct cxm_reader_options {
    size_t struct_size;             /**< Set by CXM_READER_OPTIONS_INIT; never by hand. */
    const cxm_allocator *allocator; /**< Copied; its `user` must outlive the transcripts. */
    const char *format;             /**< "jsonl", "plain"; NULL: recognized by content. */
    cxm_str source;                 /**< Named in errors and by cxm_transcript_source(). */
    size_t first_line;              /**< The line number of the first byte, for errors; 0: 1. */
    /**
     * Whose speaker labels are known ("Agent", "Caller"); NULL: none, roles are then left to
     * cxm_mine(), and plain text is told apart by its form alone. Borrowed for the calls.
     */
    const cxm_lexicon *lexicon;
    const cxm_role_rule *roles; /**< These win over the file and over all labels. Borrowed. */
    size_t role_count;
    size_t max_bytes; /**< A longer conversation is CXM_E_LIMIT; 0: 256 MiB. */
} cxm_reader_options;

#define CXM_READER_OPTIONS_INIT                                                                    \
    { sizeof(cxm_reader_options), NULL, NULL, {NULL, 0}, 0, NULL, NULL, 0, 0 }

/**
 * Reads one transcript: the first of the bytes.
 *
 * @param bytes    May be freed as soon as this returns.
 * @param options  NULL for the defaults; not kept.
 * @param out      On success a transcript to free with cxm_transcript_free(). Bytes with no
 *                 conversation in them (only blanks) give a transcript of no turns.
 * @return CXM_OK, CXM_E_ENCODING, CXM_E_SYNTAX, CXM_E_LIMIT, CXM_E_NOT_FOUND (no such format),
 *         CXM_E_ARGUMENT or CXM_E_NOMEM. Thread-safe.
 */
CXM_API CXM_NODISCARD cxm_status cxm_transcript_read(cxm_str bytes,
                                                     const cxm_reader_options *options,
                                                     cxm_transcript **out, cxm_error *error);

/** Goes through the conversations of a file one by one. One thread at a time. */
typedef struct cxm_reader cxm_reader;

/**
 * Starts to read.
 *
 * @param bytes    Borrowed until the reader is freed.
 * @param options  NULL for the defaults; copied, but what it points to is borrowed likewise.
 * @return CXM_OK, CXM_E_ENCODING, CXM_E_NOT_FOUND, CXM_E_ARGUMENT or CXM_E_NOMEM.
 */
CXM_API CXM_NODISCARD cxm_status cxm_reader_new(cxm_str bytes, const cxm_reader_options *options,
                                                cxm_reader **out, cxm_error *error);

/** The format in use, as "jsonl". Static; NUL-terminated. */
CXM_API const char *cxm_reader_format(const cxm_reader *self);

/**
 * The encoding that the bytes were read in: "utf-8", "utf-16le", "utf-16be", "utf-32le", "utf-32be",
 * "windows-1252" or "iso-8859-1". Static; NUL-terminated. Places of errors are lines and columns of
 * the text; the byte offset is not known where it is not UTF-8.
 */
CXM_API const char *cxm_reader_encoding(const cxm_reader *self);

/**
 * Reads the next conversation.
 *
 * @param out  A transcript to free with cxm_transcript_free(); NULL, with CXM_OK, at the end.
 * @return CXM_OK, or as cxm_transcript_read(). After any failure but CXM_E_NOMEM the next call
 *         goes on with the conversation behind the one that failed.
 */
CXM_API CXM_NODISCARD cxm_status cxm_reader_next(cxm_reader *self, cxm_transcript **out,
                                                 cxm_error *error);

/** Frees a reader, not the transcripts that it gave; NULL does nothing. */
CXM_API void cxm_reader_free(cxm_reader *self);

#ifdef __cplusplus
}
#endif
#endif
