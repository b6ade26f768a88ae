/* SPDX-License-Identifier: MIT */
/* cxmine show */
#include "commands.h"
#include "diagnostics.h"
#include "each.h"
#include "explain.h"
#include "output.h"
#include "paths.h"
#include "session.h"

#include <stdint.h>

struct settings {
    const char *why_not;
    const char *color;
    size_t width;
    cli_session_settings session;
};

#define AT(field) offsetof(struct settings, field)

static const cli_option options[] = {
    {"why-not", CLI_TEXT, AT(why_not), "EXPR",
     "Say of an expression, or a behavior, which part failed and how near it came"},
    CLI_SESSION_OPTIONS(struct settings, session),
    {"color", CLI_CHOICE, AT(color), "auto|always|never",
     "Whether to mark with colours (default: auto, on a terminal)"},
    {"width", CLI_SIZE, AT(width), "COLUMNS",
     "How wide the text is (default: the terminal's width up to 120, else 80)"},
    {0},
};

static const char *const paragraphs[] = {
    "Prints each transcript with what was found marked in place: in a colour for each family of "
    "categories, or in brackets with the category. Below it stand the behaviors found, with their "
    "evidence, and the scores: for each criterion the points, and every moment at which it "
    "applied, with + where it was met and - where it was not.",
    CLI_PATHS_PARAGRAPH,
    NULL,
};

static const cli_entry exits[] = {
    {"0", "Done"},
    {"2", "The expression is wrong, or something could not be read; the rest was done"},
    {"64", "The command line makes no sense"},
    {0},
};

typedef struct showing {
    const char *why_not;
    cli_session session;
    cxm_judge *judge;
    cxm_writer *writer;
    bool open; /* stdout still takes what is written */
} showing;

static bool explain(showing *self, const cxm_transcript *transcript, const cxm_result *result) {
    static const char holds[] = "\nThe expression holds.\n";
    const cxm_explanation *explanation;
    cxm_str bytes;
    cxm_error error;
    if (cli_explain(self->judge, self->session.lexicon, self->why_not, transcript, result,
                    &explanation, &error) != CXM_OK ||
        cxm_writer_explanation(self->writer, transcript, result, explanation, &bytes, &error) !=
            CXM_OK)
        return cli_transcripts_fail(&self->session.transcripts, &error);
    self->open = cli_write(explanation->holds ? cxm_str_from(holds) : bytes);
    return self->open;
}

static bool show(void *context, const char *path, const cxm_transcript *transcript) {
    showing *self = context;
    const cxm_result *result;
    const cxm_judgement *judgement;
    cxm_str bytes;
    cxm_error error;
    (void)path;
    if (cxm_mine(self->session.miner, transcript, &result, &error) != CXM_OK ||
        cxm_judge_run(self->judge, transcript, result, &judgement, &error) != CXM_OK ||
        cxm_writer_show(self->writer, transcript, result, judgement, &bytes, &error) != CXM_OK)
        return cli_transcripts_fail(&self->session.transcripts, &error);
    self->open = cli_write(bytes);
    return self->open && (!self->why_not || explain(self, transcript, result));
}

static int prepare(showing *self, const struct settings *settings) {
    cxm_writer_options writer_options = CXM_WRITER_OPTIONS_INIT;
    cxm_error error;
    int status = cli_session_open(&self->session, &settings->session);
    if (status != CLI_DONE)
        return status;
    writer_options.color = cli_use_color(settings->color);
    writer_options.width = cli_text_width(settings->width);
    if (cxm_judge_new(self->session.lexicon, NULL, &self->judge, &error) == CXM_OK &&
        cxm_writer_new("text", self->session.lexicon, &writer_options, &self->writer, &error) ==
            CXM_OK)
        return CLI_DONE;
    cli_report(&error);
    return CLI_TROUBLE;
}

static int run(const void *given, const cli_list *operands) {
    struct settings settings = *(const struct settings *)given;
    showing self = {.why_not = settings.why_not, .open = true};
    settings.session.pack.query = settings.why_not;
    settings.session.pack.whole = true;
    int status = prepare(&self, &settings);
    if (status == CLI_DONE)
        status = cli_each_transcript(&self.session.transcripts, self.session.lexicon, operands,
                                     show, &self);
    if (!self.open)
        status = CLI_TROUBLE;
    cxm_writer_free(self.writer);
    cxm_judge_free(self.judge);
    cli_session_close(&self.session);
    return status;
}

const cli_command cli_show = {
    .name = "show",
    .operands = "PATH...",
    .least = 1,
    .most = SIZE_MAX,
    .summary = "Print transcripts with what was found marked in place, and their scores",
    .paragraphs = paragraphs,
    .settings_size = sizeof(struct settings),
    .options = options,
    .exits = exits,
    .run = run,
};
