/* SPDX-License-Identifier: MIT */
/*
 * The transcripts of one operand. JSON is read conversation by conversation, so that a filter
 * answers each as it comes and needs memory for one; all else is read as a whole.
 */
#ifndef CXM_CLI_TRANSCRIPTS_H
#define CXM_CLI_TRANSCRIPTS_H

#include "cli.h"
#include "input.h"

/* The fields that --map knows. */
#define CLI_FIELDS "id|speaker|role|text|start|end|order|channel|agent|customer|queue|language|date"

typedef struct cli_reading {
    const char *format;
    cli_list roles;   /* NAME=ROLE */
    cli_list columns; /* FIELD=COLUMN */
    const char *name_pattern;
    const char *json_map;
} cli_reading;

typedef struct cli_transcripts {
    cli_input input;
    cxm_reader_options options;
    cxm_role_rule *rules;
    cxm_column_rule *columns;
    cli_input map; /* the user's dialects of JSON */
    cxm_stream *stream;
    cxm_transcript *first; /* read ahead, to know the format; NULL: handed out, or none */
    char *head;            /* the first bytes, as they were */
    size_t head_len;
    bool failed; /* something could not be read, or done, and it has been told */
} cli_transcripts;

/* Makes ready to read. Returns CLI_DONE, or what to exit with. */
int cli_transcripts_init(cli_transcripts *self, const cli_reading *reading);

/* Opens an operand; `lexicon` knows speakers. false: it cannot be read, and that has been told. */
bool cli_transcripts_open(cli_transcripts *self, const char *path, const cxm_lexicon *lexicon);

/* The next transcript, to be freed; NULL at the end. What cannot be read is told and passed. */
cxm_transcript *cli_transcripts_next(cli_transcripts *self);

/* The name of the format of what is open, and its first bytes. */
const char *cli_transcripts_format(const cli_transcripts *self);
cxm_str cli_transcripts_head(const cli_transcripts *self);

/* Tells what failed with a transcript, and notes that something did. Always true: the rest can be
 * done. */
bool cli_transcripts_fail(cli_transcripts *self, const cxm_error *error);

/* Ends the operand; another may be opened. */
void cli_transcripts_close(cli_transcripts *self);

void cli_transcripts_clear(cli_transcripts *self);

#endif
