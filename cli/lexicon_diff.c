/* SPDX-License-Identifier: MIT */
/* cxmine lexicon diff */
#include "commands.h"
#include "diagnostics.h"
#include "diff.h"
#include "each.h"
#include "lexicon.h"
#include "paths.h"

#include <stdint.h>
#include <string.h>

struct settings {
    const char *as;
    bool brief;
    cli_reading reading;
    cli_mining mining;
};

#define AT(field) offsetof(struct settings, field)

static const cli_option options[] = {
    {"as", CLI_CHOICE, AT(as), "text|json", "How to print the results (default: text)"},
    {"brief", CLI_FLAG, AT(brief), NULL, "Print the sums only"},
    CLI_READING_OPTIONS(struct settings, reading),
    CLI_MINING_OPTIONS(struct settings, mining),
    {0},
};

static const char *const paragraphs[] = {
    "Tells what changes in transcripts from the pack OLD to the pack NEW, each by itself: hits and "
    "findings that come and go, and scores, by conversation; and before and after, by category, "
    "behavior and agent, and the mean scores. A hit is the same where it is of the same category, "
    "in the same words of the same turn; by which phrase does not matter. Agents are told apart by "
    "their labels.",
    "OLD and NEW are directories of YAML files, or files; - stands for the built-in English pack.",
    CLI_PATHS_PARAGRAPH,
    NULL,
};

static const cli_entry fields[] = {
    {"conversations, changed", "How many were read, and how many are not as before"},
    {"categories[]", "name, before, after (hits), gone, come, conversations (that change)"},
    {"behaviors[]", "The same of findings"},
    {"scorecards[]", "name, before, after (mean scores, or null), conversations (that change)"},
    {"agents[]", "name, turns, before, after (hits), gone, come, conversations, scores[] (as "
                 "scorecards[])"},
    {"changes[]", "Unless --brief: path, id, change: \"gone\", \"come\" or \"score\""},
    {"  of a hit", "category, turn (from 0), speaker, text, start, end, lexicon, line, phrase"},
    {"  of a finding", "behavior, turn (or null), speaker, text, start, end, lexicon, line, "
                       "expression"},
    {"  of a score", "scorecard, before, after (or null)"},
    {0},
};

static const cli_entry exits[] = {
    {"0", "Nothing changes"},
    {"1", "Something does"},
    {"2", "Something could not be read; the rest was done"},
    {"64", "The command line makes no sense"},
    {0},
};

static int open_pack(const char *path, cxm_lexicon **lexicon) {
    bool builtin = strcmp(path, "-") == 0;
    const char *paths[] = {path};
    cli_pack pack = {.paths = {paths, builtin ? 0 : 1}, .no_builtin = !builtin};
    return cli_pack_open(&pack, lexicon);
}

static int open_side(cli_diff_side *self, const char *path, const cli_mining *mining) {
    int status = open_pack(path, &self->lexicon);
    if (status != CLI_DONE)
        return status;
    self->miner = cli_miner_new(self->lexicon, mining);
    if (!self->miner)
        return CLI_TROUBLE;
    cxm_error error;
    if (cxm_judge_new(self->lexicon, NULL, &self->judge, &error) == CXM_OK)
        return CLI_DONE;
    cli_report(&error);
    return CLI_TROUBLE;
}

static void close_side(cli_diff_side *self) {
    cxm_judge_free(self->judge);
    cxm_miner_free(self->miner);
    cxm_lexicon_free(self->lexicon);
}

static int compare(cli_diff *self, const struct settings *settings, const cli_list *paths) {
    bool json = settings->as && strcmp(settings->as, "json") == 0;
    if (!cli_diff_begin(self, json, settings->brief))
        return CLI_TROUBLE;
    int status = cli_transcripts_init(&self->transcripts, &settings->reading);
    if (status != CLI_DONE)
        return status;
    status = cli_each_transcript(&self->transcripts, self->sides[1].lexicon, paths, cli_diff_visit,
                                 self);
    cli_transcripts_clear(&self->transcripts);
    cli_diff_print_sums(self);
    return status == CLI_DONE && self->changed ? CLI_NO : status;
}

static int run(const void *given, const cli_list *operands) {
    const struct settings *settings = given;
    cli_list paths = {operands->items + 2, operands->count - 2};
    cli_diff self = {0};
    int status = open_side(&self.sides[0], operands->items[0], &settings->mining);
    if (status == CLI_DONE)
        status = open_side(&self.sides[1], operands->items[1], &settings->mining);
    if (status == CLI_DONE)
        status = compare(&self, settings, &paths);
    cli_diff_clear(&self);
    close_side(&self.sides[0]);
    close_side(&self.sides[1]);
    return status;
}

const cli_command cli_lexicon_diff = {
    .name = "lexicon diff",
    .operands = "OLD NEW PATH...",
    .least = 3,
    .most = SIZE_MAX,
    .summary = "Tell what changes in transcripts from one pack to another",
    .paragraphs = paragraphs,
    .settings_size = sizeof(struct settings),
    .options = options,
    .list_title = "Fields of --as json",
    .list = fields,
    .exits = exits,
    .run = run,
};
