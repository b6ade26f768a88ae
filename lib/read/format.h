/* SPDX-License-Identifier: MIT */
/*
 * A format, and what all formats share. A new format is one file with one constant, one line in
 * formats.c and one section in README.md.
 */
#ifndef CXM_READ_FORMAT_H
#define CXM_READ_FORMAT_H

#include "base/error.h"
#include "base/memory.h"
#include "base/str.h"
#include "read/decode.h"

#include <cxmine/reader.h>

typedef struct cxm_format {
    const char *name;

    /* How surely this is the format, from the first CXM_SNIFF_BYTES behind a byte order mark:
     * 0: certainly not; 100: certainly. Called only with bytes that are not all blank. */
    int (*sniff)(cxm_str head);

    /* Makes self->state. NULL: none is needed. CXM_OK or CXM_E_NOMEM. */
    cxm_status (*open)(cxm_reader *self, cxm_error *error);

    /* As cxm_reader_next(). Moves self->at and self->line on, but not on CXM_E_NOMEM. */
    cxm_status (*next)(cxm_reader *self, cxm_transcript **out, cxm_error *error);

    void (*close)(cxm_reader *self); /* frees self->state; NULL: nothing to free */

    const char *summary;    /* what it is, for people */
    const char *recognized; /* what sniff() looks for */
} cxm_format;

enum {
    CXM_SNIFF_BYTES = 4096,
    CXM_MAX_PROBLEMS = 8 /* kinds of them */
};

extern const cxm_format cxm_format_jsonl;
extern const cxm_format cxm_format_live;
extern const cxm_format cxm_format_plain;
extern const cxm_format cxm_format_csv;
extern const cxm_format cxm_format_html;
extern const cxm_format cxm_format_sbv;
extern const cxm_format cxm_format_srt;
extern const cxm_format cxm_format_vtt;
extern const cxm_format cxm_format_whisper_text;

/* The formats there are, the last one followed by NULL. */
extern const cxm_format *const cxm_formats[];

/* What the name of a source says of a conversation; parts of the name, empty where it says nothing.
 */
typedef struct cxm_source_says {
    cxm_str id;
    cxm_str agent;
    cxm_str customer;
    cxm_str date;
} cxm_source_says;

/* Asks options.name_pattern. CXM_OK, CXM_E_ARGUMENT (what is wrong with the pattern) or
 * CXM_E_NOMEM. */
cxm_status cxm_source_ask(const cxm_reader_options *options, const cxm_allocator *allocator,
                          cxm_source_says *says, cxm_error *error);

struct cxm_reader {
    cxm_allocator allocator;
    cxm_reader_options options; /* max_bytes and first_line are never 0 here */
    const cxm_format *format;
    const char *name; /* of the form of a format that the last conversation had; NULL: it has one */
    bool is_strict;   /* what is broken is an error, even if some of it could be read */
    bool is_list;     /* a piece turned out to be a list of conversations: nothing of it was read */
    size_t piece;     /* not 0: so many of the bytes are one document, cut by a stream */
    cxm_str bytes;    /* the whole input, in UTF-8 */
    cxm_encoding encoding; /* what it was in */
    cxm_str decoded;       /* what is ours of `bytes`; ptr NULL: they are the caller's */
    size_t at;             /* what is before it has been read */
    size_t line;           /* the number of the line at `at` */
    void *state;           /* the format's own */
    cxm_source_says says;  /* what the caller's pattern finds in the source */
    cxm_problem problems[CXM_MAX_PROBLEMS]; /* of the last conversation */
    size_t problem_count;
};

/* A stretch of the input that an error can be told in: mostly a line, without its end. */
typedef struct cxm_stretch {
    cxm_str text;
    size_t offset; /* in the input */
    size_t line;   /* the number of its first line */
} cxm_stretch;

/* Fails at a byte offset in a stretch, with file, line and column. Costs the stretch's length. */
cxm_status cxm_reader_fail(const cxm_reader *self, const cxm_stretch *where, size_t offset,
                           cxm_error *error, cxm_status code, const char *format, ...)
    CXM_PRINTF(6, 7);

/* Gives a failure that was told without a place (of the builder, say) this place. */
cxm_status cxm_reader_place(const cxm_reader *self, const cxm_stretch *where, size_t offset,
                            cxm_error *error, cxm_status code);

/* Notes that something could not be read and that reading goes on: `expected`, a static string,
 * says what kind of problem that is. Costs the stretch's length for the first of a kind only. */
void cxm_reader_problem_add(cxm_reader *self, const cxm_stretch *where, size_t offset,
                            const char *expected);

/* Whether text that is read as a whole, from self->at on, can be read at all: its size and
 * encoding.
 */
cxm_status cxm_reader_check(const cxm_reader *self, cxm_str text, cxm_error *error);

/* A builder with the reader's allocator, limit and source. */
cxm_status cxm_reader_builder(const cxm_reader *self, cxm_transcript_builder **out,
                              cxm_error *error);

/* Whether the user has a rule for a speaker; sets *role then. White space around is ignored. */
bool cxm_reader_rule(const cxm_reader *self, cxm_str speaker, cxm_role *role);

/* Whether a label says a role, to the lexicon or because it is the name of one; sets *role then. */
bool cxm_reader_label(const cxm_reader *self, cxm_str label, cxm_role *role);

/* The roles that the latest labels turned out to have: each is asked for many times in a row. */
typedef struct cxm_role_memory {
    struct {
        cxm_str label; /* ptr NULL: none */
        cxm_role role;
        bool by_rule;
    } recent[4];
    size_t next; /* counts up; the oldest is replaced */
} cxm_role_memory;

/*
 * The role of a speaker and where it is taken from: the caller's rules, or the file, which says
 * `from_file` (CXM_ROLE_UNKNOWN: nothing), or the label. Labels must live as long as `memory`.
 */
cxm_role cxm_reader_role(const cxm_reader *self, cxm_role_memory *memory, cxm_str speaker,
                         cxm_role from_file, cxm_role_source *source);

#endif
