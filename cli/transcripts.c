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

static int complain_format(const char *given) {
    cli_begin_message();
    fputs("--format takes a name that 'cxmine formats' lists, not '", stderr);
    cli_put(stderr, cxm_str_from(given));
    fputs("'\n", stderr);
    return CLI_USAGE;
}

static int take_map(cli_transcripts *self, const char *path) {
    if (!path)
        return CLI_DONE;
    if (!cli_input_open(&self->map, path) || !cli_input_all(&self->map, &self->options.json_map))
        return CLI_TROUBLE;
    self->options.json_map_name = cxm_str_from(self->map.name);
    return CLI_DONE;
}

/* What is wrong with the options is told before anything is read. */
static int check_options(cli_transcripts *self) {
    cxm_stream *stream;
    cxm_error error;
    cxm_status status = cxm_stream_new(&self->options, &stream, &error);
    cxm_stream_free(stream);
    if (status == CXM_E_NOT_FOUND)
        return complain_format(self->options.format);
    if (status)
        cli_report(&error);
    return status ? CLI_TROUBLE : CLI_DONE;
}

int cli_transcripts_init(cli_transcripts *self, const cli_reading *reading) {
    *self = (cli_transcripts){.options = CXM_READER_OPTIONS_INIT};
    self->options.format = reading->format;
    self->options.name_pattern = reading->name_pattern;
    int status = take_roles(self, &reading->roles);
    if (status == CLI_DONE)
        status = take_columns(self, &reading->columns);
    if (status == CLI_DONE)
        status = take_map(self, reading->json_map);
    if (status == CLI_DONE)
        status = check_options(self);
    if (status != CLI_DONE)
        cli_transcripts_clear(self);
    return status;
}

bool cli_transcripts_fail(cli_transcripts *self, const cxm_error *error) {
    self->failed = true;
    cli_report(error);
    return true;
}

/* Tells what could not be read of a conversation that was. */
static void report_problems(cli_transcripts *self) {
    const cxm_problem *problem;
    for (size_t i = 0; (problem = cxm_stream_problem(self->stream, i)) != NULL; i++) {
        cxm_error error = problem->error;
        size_t len = strlen(error.message);
        if (problem->count > 1)
            snprintf(error.message + len, sizeof error.message - len, " (%zu like this)",
                     problem->count);
        cli_transcripts_fail(self, &error);
    }
}

/* Reads on until there is a transcript. */
static cxm_transcript *read_next(cli_transcripts *self) {
    bool is_all = self->input.at_end;
    for (;;) {
        cxm_stream_step step;
        cxm_error error;
        cxm_status status =
            cxm_stream_next(self->stream, cli_input_unread(&self->input), is_all, &step, &error);
        cli_input_use(&self->input, step.used);
        if (status)
            cli_transcripts_fail(self, &error);
        if (status == CXM_E_NOMEM) /* the stream would come back to the same place */
            return NULL;
        if (step.transcript) {
            report_problems(self);
            return step.transcript;
        }
        if (!status && (!step.needs_more || is_all))
            return NULL;
        if (step.needs_more)
            is_all = !cli_input_more(&self->input);
    }
}

/* Keeps the first bytes for who wants to know why the format is what it is. */
static bool keep_head(cli_transcripts *self) {
    enum { MOST = 64 << 10 };
    cli_input_more(&self->input);
    cxm_str head = cli_input_unread(&self->input);
    self->head_len = head.len < MOST ? head.len : MOST;
    self->head = malloc(self->head_len ? self->head_len : 1);
    if (!self->head)
        return false;
    memcpy(self->head, head.ptr, self->head_len);
    return true;
}

/* Reads ahead, so that the format is known. */
static bool open_stream(cli_transcripts *self) {
    cxm_error error;
    if (!keep_head(self)) {
        cli_complain_memory();
        return false;
    }
    if (cxm_stream_new(&self->options, &self->stream, &error) != CXM_OK) {
        cli_transcripts_fail(self, &error);
        return false;
    }
    self->first = read_next(self);
    return true;
}

bool cli_transcripts_open(cli_transcripts *self, const char *path, const cxm_lexicon *lexicon) {
    if (!cli_input_open(&self->input, path)) {
        self->failed = true;
        return false;
    }
    self->options.source = cxm_str_from(self->input.name);
    self->options.first_line = 1;
    self->options.lexicon = lexicon;
    if (open_stream(self))
        return true;
    self->failed = true;
    cli_transcripts_close(self);
    return false;
}

cxm_transcript *cli_transcripts_next(cli_transcripts *self) {
    cxm_transcript *first = self->first;
    self->first = NULL;
    cxm_transcript *next = first ? first : read_next(self);
    self->failed = self->failed || self->input.failed;
    return next;
}

const char *cli_transcripts_format(const cli_transcripts *self) {
    return cxm_stream_format(self->stream);
}

cxm_str cli_transcripts_head(const cli_transcripts *self) {
    return (cxm_str){self->head, self->head_len};
}

void cli_transcripts_close(cli_transcripts *self) {
    cxm_transcript_free(self->first);
    cxm_stream_free(self->stream);
    free(self->head);
    self->first = NULL;
    self->stream = NULL;
    self->head = NULL;
    cli_input_close(&self->input);
}

void cli_transcripts_clear(cli_transcripts *self) {
    cli_input_close(&self->map);
    free(self->rules);
    free(self->columns);
    self->rules = NULL;
    self->columns = NULL;
}
