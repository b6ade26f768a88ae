/* SPDX-License-Identifier: MIT */
/**
 * @file reader.h
 * Bytes in, transcripts out.
 *
 * Formats are recognized by their content: JSON (the canonical form and what vendors export),
 * captions, tables, web pages and plain text. lib/read/README.md describes them all.
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

/**
 * "This column of a table holds that." Fields: id, speaker, role, text, start, end, order (the
 * number of a turn), channel, agent, customer, queue, language, date. A column is named as in the
 * table, or by its number from 1.
 */
typedef struct cxm_column_rule {
    cxm_str field;
    cxm_str column;
} cxm_column_rule;

/** How bytes are read. Zero in a field means the default. */
typedef struct cxm_reader_options {
    size_t struct_size;             /**< Set by CXM_READER_OPTIONS_INIT; never by hand. */
    const cxm_allocator *allocator; /**< Copied; its `user` must outlive the transcripts. */
    const char *format; /**< As cxm_format_at() names it; NULL: recognized by content. */
    cxm_str source;     /**< Named in errors and by cxm_transcript_source(). */
    size_t first_line;  /**< The line number of the first byte, for errors; 0: 1. */
    /**
     * Whose speaker labels are known ("Agent", "Caller"); NULL: none, roles are then left to
     * cxm_mine(), and plain text is told apart by its form alone. Borrowed for the calls.
     */
    const cxm_lexicon *lexicon;
    const cxm_role_rule *roles; /**< These win over the file and over all labels. Borrowed. */
    size_t role_count;
    size_t max_bytes; /**< A longer conversation is CXM_E_LIMIT; 0: 256 MiB. */
    /**
     * Segments of one speaker in a row become one turn, in formats whose segments end where a
     * recognizer heard a pause. 0: however long the pause is; positive: only where it has at most
     * so many seconds; negative: never. Chat messages are never joined.
     */
    double join_gap;
    /**
     * More dialects of JSON, as JSON (lib/read/README.md, "Your own JSON"); they are asked before
     * those that are built in. Empty: none. Borrowed.
     */
    cxm_str json_map;
    cxm_str json_map_name; /**< Named in errors of json_map. */
    /** For tables (`csv`) whose columns are not recognized; what is plain text else is a table
     * then. Borrowed. */
    const cxm_column_rule *columns;
    size_t column_count;
    /**
     * A regular expression (PCRE2) for `source`, as "(?<customer>\\d+)_AGENT_(?<agent>[A-Za-z]+)":
     * its groups named agent, customer and date become metadata, before those of the file, and the
     * one named id the id, where the file has none. NULL: none. NUL-terminated; borrowed.
     * A source that does not match says nothing.
     */
    const char *name_pattern;
} cxm_reader_options;

#define CXM_READER_OPTIONS_INIT                                                                    \
    {                                                                                              \
        sizeof(cxm_reader_options), NULL, NULL, {NULL, 0}, 0, NULL, NULL, 0, 0, 0, {NULL, 0},      \
            {NULL, 0}, NULL, 0, NULL                                                               \
    }

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

/** The format in use, as "jsonl"; of the conversation read last, where they are of several.
 * Borrowed from the reader; NUL-terminated. */
CXM_API const char *cxm_reader_format(const cxm_reader *self);

/**
 * The encoding that the bytes were read in: "utf-8", "utf-16le", "utf-16be", "utf-32le",
 * "utf-32be", "windows-1252" or "iso-8859-1". Static; NUL-terminated. Places of errors are lines
 * and columns of the text; the byte offset is not known where it is not UTF-8.
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

/** Something that could not be read, although the conversation around it could. */
typedef struct cxm_problem {
    cxm_error error; /**< The first of its kind: where it stands, and what was expected. */
    size_t count;    /**< How many of this kind the conversation has. */
} cxm_problem;

/**
 * What could not be read of the conversation that cxm_reader_next() gave last, in the order of the
 * file; at most 8 kinds, of which the last takes in all others.
 *
 * @return NULL where there is none at `index`. Borrowed until the next cxm_reader_next().
 */
CXM_API const cxm_problem *cxm_reader_problem(const cxm_reader *self, size_t index);

/** Frees a reader, not the transcripts that it gave; NULL does nothing. */
CXM_API void cxm_reader_free(cxm_reader *self);

/** A format that can be read. All strings are static and NUL-terminated. */
typedef struct cxm_format_about {
    const char *name;       /**< As cxm_reader_options.format takes it. */
    const char *summary;    /**< What it is; no final full stop. */
    const char *recognized; /**< What tells it from the others. */
} cxm_format_about;

/** The format at `index` (from 0). @return false, and *out left alone, behind the last. */
CXM_API bool cxm_format_at(size_t index, cxm_format_about *out);

/**
 * How sure one can be, from the beginning of some bytes, that they are in the format at `index`: 0
 * is certainly not, 100 certainly. A reader takes the surest. Thread-safe.
 */
CXM_API int cxm_format_score(size_t index, cxm_str bytes);

#ifdef __cplusplus
}
#endif
#endif
