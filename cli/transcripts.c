/* SPDX-License-Identifier: MIT */
#include "transcripts.h"

#include "diagnostics.h"

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

int cli_transcripts_init(cli_transcripts *self, const cli_reading *reading) {
    *self = (cli_transcripts){.options = CXM_READER_OPTIONS_INIT};
    size_t count = reading->roles.count;
    self->rules = calloc(count ? count : 1, sizeof *self->rules);
    if (!self->rules)
        return cli_complain_memory();
    for (size_t i = 0; i < count; i++)
        if (!parse_rule(reading->roles.items[i], &self->rules[i])) {
            cli_transcripts_clear(self);
            return complain_role(reading->roles.items[i]);
        }
    self->options.format = reading->format;
    self->options.roles = self->rules;
    self->options.role_count = count;
    return CLI_DONE;
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

static cxm_transcript *next_of_whole(cli_transcripts *self) {
    cxm_transcript *transcript;
    cxm_error error;
    cxm_status status;
    while ((status = cxm_reader_next(self->reader, &transcript, &error)) != CXM_OK) {
        report(self, &error);
        if (status == CXM_E_NOMEM) /* the reader would come back to the same place */
            return NULL;
    }
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

void cli_transcripts_close(cli_transcripts *self) {
    cxm_reader_free(self->reader);
    self->reader = NULL;
    cli_input_close(&self->input);
}

void cli_transcripts_clear(cli_transcripts *self) {
    free(self->rules);
    self->rules = NULL;
}
