/* SPDX-License-Identifier: MIT */
#include "transcripts.h"

#include "diagnostics.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int complain_role(const char *given) {
    cli_begin_message();
    fputs("--role takes NAME=agent|customer|bot|other|unknown, not '", stderr);
    cli_put(stderr, cxm_str_from(given));
    fputs("'\n", stderr);
    return CLI_USAGE;
}

/* A name may hold an equals sign, a role does not. */
static bool parse_rule(const char *given, cxm_role_rule *rule) {
    const char *equals = strrchr(given, '=');
    if (!equals || equals == given)
        return false;
    rule->speaker = (cxm_str){given, (size_t)(equals - given)};
    return cxm_role_parse(cxm_str_from(equals + 1), &rule->role);
}

static int take_roles(cli_transcripts *self, const cli_list *given) {
    self->rules = calloc(given->count ? given->count : 1, sizeof *self->rules);
    if (!self->rules)
        return cli_complain_memory();
    for (size_t i = 0; i < given->count; i++)
        if (!parse_rule(given->items[i], &self->rules[i]))
            return complain_role(given->items[i]);
    self->options.roles = self->rules;
    self->options.role_count = given->count;
    return CLI_DONE;
}

static int complain_column(const char *given) {
    cli_begin_message();
    fputs("--map takes FIELD=COLUMN, FIELD being " CLI_FIELDS ", not '", stderr);
    cli_put(stderr, cxm_str_from(given));
    fputs("'\n", stderr);
    return CLI_USAGE;
}

/* Whether a word is one of several, parted by "|". */
static bool is_one_of(const char *words, const char *word, size_t len) {
    for (const char *at = words; len && *at;) {
        size_t size = strcspn(at, "|");
        if (size == len && strncmp(at, word, len) == 0)
            return true;
        at += size + (at[size] == '|');
    }
    return false;
}

static int take_columns(cli_transcripts *self, const cli_list *given) {
    self->columns = calloc(given->count ? given->count : 1, sizeof *self->columns);
    if (!self->columns)
        return cli_complain_memory();
    for (size_t i = 0; i < given->count; i++) {
        const char *item = given->items[i];
        size_t len = strcspn(item, "=");
        if (item[len] == '\0' || item[len + 1] == '\0' || !is_one_of(CLI_FIELDS, item, len))
            return complain_column(item);
        self->columns[i] = (cxm_column_rule){{item, len}, cxm_str_from(item + len + 1)};
    }
    self->options.columns = self->columns;
    self->options.column_count = given->count;
    return CLI_DONE;
}

int cli_transcripts_init(cli_transcripts *self, const cli_reading *reading) {
    *self = (cli_transcripts){.options = CXM_READER_OPTIONS_INIT};
    self->options.format = reading->format;
    int status = take_roles(self, &reading->roles);
    if (status == CLI_DONE)
        status = take_columns(self, &reading->columns);
    if (status != CLI_DONE)
        cli_transcripts_clear(self);
    return status;
}

static void report(cli_transcripts *self, const cxm_error *error) {
    self->failed = true;
    cli_report(error);
}

/* Whether the first line is one of JSON Lines. What does not look like it is left to the reader
 * of the whole. */
static bool is_jsonl(cli_transcripts *self) {
    if (self->options.format)
        return strcmp(self->options.format, "jsonl") == 0;
    cxm_reader *reader;
    if (cxm_reader_new(cli_input_head(&self->input), &self->options, &reader, NULL) != CXM_OK)
        return false;
    /* In UTF-16 a line end is no byte. */
    bool found = strcmp(cxm_reader_format(reader), "jsonl") == 0 &&
                 strncmp(cxm_reader_encoding(reader), "utf-16", 6) != 0 &&
                 strncmp(cxm_reader_encoding(reader), "utf-32", 6) != 0;
    cxm_reader_free(reader);
    return found;
}

static bool open_whole(cli_transcripts *self) {
    cxm_str bytes;
    cxm_error error;
    if (!cli_input_all(&self->input, &bytes)) {
        self->failed = true;
        return false;
    }
    if (cxm_reader_new(bytes, &self->options, &self->reader, &error) == CXM_OK)
        return true;
    report(self, &error);
    return false;
}

bool cli_transcripts_open(cli_transcripts *self, const char *path, const cxm_lexicon *lexicon) {
    if (!cli_input_open(&self->input, path)) {
        self->failed = true;
        return false;
    }
    self->options.source = cxm_str_from(self->input.name);
    self->options.first_line = 1;
    self->options.lexicon = lexicon;
    if (is_jsonl(self) || open_whole(self))
        return true;
    cli_transcripts_close(self);
    return false;
}

/* Tells what could not be read of a conversation that was. */
static void report_problems(cli_transcripts *self) {
    const cxm_problem *problem;
    for (size_t i = 0; (problem = cxm_reader_problem(self->reader, i)) != NULL; i++) {
        cxm_error error = problem->error;
        size_t len = strlen(error.message);
        if (problem->count > 1)
            snprintf(error.message + len, sizeof error.message - len, " (%zu like this)",
                     problem->count);
        report(self, &error);
    }
}

static cxm_transcript *next_of_whole(cli_transcripts *self) {
    cxm_transcript *transcript;
    cxm_error error;
    cxm_status status;
    while ((status = cxm_reader_next(self->reader, &transcript, &error)) != CXM_OK) {
        report(self, &error);
        if (status == CXM_E_NOMEM) /* the reader would come back to the same place */
            return NULL;
    }
    report_problems(self);
    return transcript;
}

static bool is_blank(cxm_str text) {
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] != ' ' && (text.ptr[i] < '\t' || text.ptr[i] > '\r'))
            return false;
    return true;
}

static cxm_transcript *next_of_lines(cli_transcripts *self) {
    cxm_str line;
    cxm_reader_options options = self->options;
    options.format = "jsonl";
    while (cli_input_line(&self->input, &line, &options.first_line)) {
        cxm_transcript *transcript;
        cxm_error error;
        if (is_blank(line))
            continue;
        if (cxm_transcript_read(line, &options, &transcript, &error) == CXM_OK)
            return transcript;
        report(self, &error);
    }
    self->failed = self->failed || self->input.failed;
    return NULL;
}

cxm_transcript *cli_transcripts_next(cli_transcripts *self) {
    return self->reader ? next_of_whole(self) : next_of_lines(self);
}

const char *cli_transcripts_format(const cli_transcripts *self) {
    return self->reader ? cxm_reader_format(self->reader) : "jsonl";
}

cxm_str cli_transcripts_head(cli_transcripts *self) {
    cxm_str bytes = {"", 0};
    if (!self->reader)
        return cli_input_head(&self->input);
    cli_input_all(&self->input, &bytes);
    return bytes;
}

void cli_transcripts_close(cli_transcripts *self) {
    cxm_reader_free(self->reader);
    self->reader = NULL;
    cli_input_close(&self->input);
}

void cli_transcripts_clear(cli_transcripts *self) {
    free(self->rules);
    free(self->columns);
    self->rules = NULL;
    self->columns = NULL;
}
