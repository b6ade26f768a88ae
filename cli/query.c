/* SPDX-License-Identifier: MIT */
/* cxmine query */
#include "commands.h"
#include "diagnostics.h"
#include "each.h"
#include "explain.h"
#include "output.h"
#include "paths.h"
#include "session.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct settings {
    size_t context;
    bool count;
    const char *by;
    const char *sort;
    size_t limit;
    bool why_not;
    const char *as;
    const char *color;
    size_t width;
    cli_session_settings session;
};

#define AT(field) offsetof(struct settings, field)

static const cli_option options[] = {
    {"C,context", CLI_SIZE, AT(context), "TURNS", "Turns to show before and behind each match"},
    {"c,count", CLI_FLAG, AT(count), NULL, "Print how many matches there are, not the matches"},
    {"by", CLI_TEXT, AT(by), "agent|role|file|meta.KEY",
     "Count in groups; meta.KEY is an item of metadata"},
    {"sort", CLI_CHOICE, AT(sort), "name|matches|share|rate",
     "The order of groups: by name, or the highest first (default: name)"},
    {"n,limit", CLI_SIZE, AT(limit), "COUNT", "Print so many matches, or groups, at most"},
    {"why-not", CLI_FLAG, AT(why_not), NULL,
     "Say of each transcript without a match which part failed, and how near it came"},
    {"as", CLI_CHOICE, AT(as), "text|jsonl|csv", "How to print the results (default: text)"},
    CLI_SESSION_OPTIONS(struct settings, session),
    {"color", CLI_CHOICE, AT(color), "auto|always|never",
     "Whether to mark evidence with colours (default: auto, on a terminal)"},
    {"width", CLI_SIZE, AT(width), "COLUMNS",
     "How wide the text is (default: the terminal's width up to 120, else 80)"},
    {0},
};

static const char *const paragraphs[] = {
    "EXPR is an expression of the lexicon language (lexicons/README.md): categories as "
    "policy.cite, "
    "families as empathy.*, behaviors, and phrases in quotation marks, with and, or, not, with, "
    "then, before, without ... within, in first ..., at least ..., where ... It is mostly quoted, "
    "since the shell has its own use for blanks and stars:",
    "cxmine query 'agent:policy.cite without agent:empathy.* within 1 turn' -C 2 calls/",
    "cxmine query '\"our policy (states|says)\"' --by agent --sort rate calls/",
    CLI_PATHS_PARAGRAPH,
    "--count and --by print for each group in how many of its conversations something was found, "
    "how many matches there are, and how many per 100 words, each rate with its 95 % interval "
    "(Wilson). A group of agents or roles has the conversations in which these speak, and their "
    "words. share and rate sort by the low end of the interval, so that a few conversations by "
    "chance do not come first.",
    NULL,
};

static const cli_entry fields[] = {
    {"id, source", "The conversation's id, and its file"},
    {"turn", "The turn of the match, from 0; null: it is about the whole conversation"},
    {"speaker, role", "Who speaks there"},
    {"start, end, text", "The byte span in the turn's text, and its bytes"},
    {"time", "Seconds, or null"},
    {"agent", "The label of the agent it belongs to, or null"},
    {"evidence[]", "category, turn, speaker, role, start, end, text, time"},
    {"context[]", "With -C: turn, speaker, role, text"},
    {0},
};

static const cli_entry exits[] = {
    {"0", "Something was found"},
    {"1", "Nothing was found"},
    {"2", "The expression is wrong, or something could not be read; the rest was done"},
    {"64", "The command line makes no sense"},
    {0},
};

typedef struct asking {
    const struct settings *settings;
    cli_session session;
    cxm_judge *judge;
    cxm_writer *writer;
    cxm_counter *counter; /* NULL: matches are printed, not counted */
    size_t found;
    size_t printed;
} asking;

static bool print(asking *self, cxm_str bytes) {
    bool good = bytes.len == 0 || cli_write(bytes);
    if (!good)
        self->session.transcripts.failed = true;
    return good;
}

static bool print_matches(asking *self, const cxm_transcript *transcript, const cxm_result *result,
                          const cxm_answer *answer) {
    cxm_answer some = *answer;
    cxm_str bytes;
    cxm_error error;
    size_t limit = self->settings->limit;
    if (limit && some.finding_count > limit - self->printed)
        some.finding_count = limit - self->printed;
    if (cxm_writer_answer(self->writer, transcript, result, &some, &bytes, &error) != CXM_OK)
        return cli_transcripts_fail(&self->session.transcripts, &error);
    self->printed += some.finding_count;
    return print(self, bytes) && (limit == 0 || self->printed < limit);
}

static bool explain(asking *self, const cxm_transcript *transcript, const cxm_result *result) {
    const cxm_explanation *explanation;
    cxm_str bytes;
    cxm_error error;
    if (cli_explain(self->judge, self->session.lexicon, self->settings->session.pack.query,
                    transcript, result, &explanation, &error) != CXM_OK ||
        cxm_writer_explanation(self->writer, transcript, result, explanation, &bytes, &error) !=
            CXM_OK)
        return cli_transcripts_fail(&self->session.transcripts, &error);
    return print(self, bytes);
}

/* Asks one transcript. */
static bool ask(void *context, const char *path, const cxm_transcript *transcript) {
    asking *self = context;
    const cxm_result *result;
    const cxm_answer *answer;
    cxm_error error;
    (void)path;
    if (cxm_mine(self->session.miner, transcript, &result, &error) != CXM_OK ||
        cxm_judge_query(self->judge, transcript, result, 0, &answer, &error) != CXM_OK)
        return cli_transcripts_fail(&self->session.transcripts, &error);
    self->found += answer->finding_count;
    if (self->counter)
        return cxm_counter_add(self->counter, transcript, result, answer, &error) == CXM_OK ||
               cli_transcripts_fail(&self->session.transcripts, &error);
    if (answer->finding_count)
        return print_matches(self, transcript, result, answer);
    return !self->settings->why_not || explain(self, transcript, result);
}

static const char *format_of(const struct settings *settings) {
    return settings->as ? settings->as : "text";
}

static bool print_counts(asking *self) {
    cxm_str bytes;
    cxm_error error;
    if (cxm_counter_write(self->counter, format_of(self->settings), &bytes, &error) != CXM_OK)
        return cli_report(&error);
    return print(self, bytes);
}

static int ask_all(asking *self, const cli_list *operands) {
    cli_list paths = {operands->items + 1, operands->count - 1};
    int status =
        cli_each_transcript(&self->session.transcripts, self->session.lexicon, &paths, ask, self);
    if (self->counter && !print_counts(self))
        status = CLI_TROUBLE;
    return status == CLI_DONE && !self->found ? CLI_NO : status;
}

/* "agent", "role", "file" or "meta.KEY". */
static bool parse_by(const char *by, cxm_counter_options *out) {
    static const char *const names[] = {"agent", "role", "file"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(by, names[i]) == 0) {
            out->by = (cxm_group_by)(CXM_BY_AGENT + i);
            return true;
        }
    out->by = CXM_BY_META;
    out->key = cxm_str_from(strncmp(by, "meta.", 5) == 0 ? by + 5 : "");
    return out->key.len > 0;
}

static cxm_group_sort sort_of(const char *name) {
    static const char *const names[] = {"name", "matches", "share", "rate"};
    size_t sort = 0;
    for (size_t i = 0; name && i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            sort = i;
    return (cxm_group_sort)sort;
}

static int complain(const char *problem) {
    cli_begin_message();
    fprintf(stderr, "%s\n", problem);
    return CLI_USAGE;
}

/* What does not go together; the counter's options otherwise. */
static int check(const struct settings *settings, cxm_counter_options *out) {
    out->limit = settings->limit;
    out->sort = sort_of(settings->sort);
    if (settings->by && !parse_by(settings->by, out))
        return complain("--by takes agent|role|file|meta.KEY");
    if (settings->sort && !settings->by)
        return complain("--sort is for the groups of --by");
    if (settings->why_not && (settings->by || settings->count))
        return complain("--why-not does not go with --count and --by");
    if (settings->why_not && strcmp(format_of(settings), "csv") == 0)
        return complain("--why-not does not go with --as csv");
    return CLI_DONE;
}

static int prepare(asking *self) {
    const struct settings *settings = self->settings;
    cxm_writer_options writer_options = CXM_WRITER_OPTIONS_INIT;
    cxm_counter_options counter_options = CXM_COUNTER_OPTIONS_INIT;
    cxm_error error;
    int status = check(settings, &counter_options);
    if (status == CLI_DONE)
        status = cli_session_open(&self->session, &settings->session);
    if (status != CLI_DONE)
        return status;
    writer_options.color = cli_use_color(settings->color);
    writer_options.width = cli_text_width(settings->width);
    writer_options.context = settings->context;
    if (cxm_judge_new(self->session.lexicon, NULL, &self->judge, &error) == CXM_OK &&
        cxm_writer_new(format_of(settings), self->session.lexicon, &writer_options, &self->writer,
                       &error) == CXM_OK &&
        (!(settings->count || settings->by) ||
         cxm_counter_new(&counter_options, &self->counter, &error) == CXM_OK))
        return CLI_DONE;
    cli_report(&error);
    return CLI_TROUBLE;
}

static int run(const void *given, const cli_list *operands) {
    struct settings settings = *(const struct settings *)given;
    settings.session.pack.query = operands->items[0];
    asking self = {.settings = &settings};
    int status = prepare(&self);
    if (status == CLI_DONE)
        status = ask_all(&self, operands);
    cxm_counter_free(self.counter);
    cxm_writer_free(self.writer);
    cxm_judge_free(self.judge);
    cli_session_close(&self.session);
    return status;
}

const cli_command cli_query = {
    .name = "query",
    .operands = "EXPR PATH...",
    .least = 2,
    .most = SIZE_MAX,
    .summary = "Find what an expression describes, as grep finds lines",
    .paragraphs = paragraphs,
    .settings_size = sizeof(struct settings),
    .options = options,
    .list_title = "Fields of a line of --as jsonl; --as csv has the same in columns",
    .list = fields,
    .exits = exits,
    .run = run,
};
