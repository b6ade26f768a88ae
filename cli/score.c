/* SPDX-License-Identifier: MIT */
/* cxmine score */
#include "commands.h"
#include "diagnostics.h"
#include "each.h"
#include "output.h"
#include "paths.h"
#include "session.h"

#include <stdint.h>
#include <string.h>

struct settings {
    const char *as;
    const char *color;
    size_t width;
    cli_session_settings session;
};

#define AT(field) offsetof(struct settings, field)

static const cli_option options[] = {
    {"as", CLI_CHOICE, AT(as), "text|jsonl", "How to print the results (default: text)"},
    CLI_SESSION_OPTIONS(struct settings, session),
    {"color", CLI_CHOICE, AT(color), "auto|always|never",
     "Whether to mark evidence with colours (default: auto, on a terminal)"},
    {"width", CLI_SIZE, AT(width), "COLUMNS",
     "How wide the text is (default: the terminal's width up to 120, else 80)"},
    {0},
};

static const char *const paragraphs[] = {
    CLI_PATHS_PARAGRAPH,
    "--as text prints for each transcript how often each family of categories was found by role, "
    "and per 100 words of that role; then each hit with its words around it, the file and line "
    "of the lexicon, and the phrase, cut to the line. Turns count from 1.",
    "Below the hits stand the behaviors that were found, the score with the points of each "
    "criterion (met of opportunities), and times where the transcript has them. Behind several "
    "transcripts stand sums, with 95 % intervals of rates; what does not apply is not counted.",
    "--as jsonl prints one JSON object a transcript, each on a line of its own. When fed JSON "
    "Lines, each line is answered as soon as it is read, in order, in memory for one "
    "conversation. A line that cannot be read has a message instead of an answer.",
    NULL,
};

static const cli_entry fields[] = {
    {"id", "The conversation's id; empty where it has none"},
    {"source", "The file, or <stdin>"},
    {"turns", "How many turns it has"},
    {"words", "How many words it has"},
    {"role_words", "Words by role, of the roles that said any"},
    {"read", "turns, and skipped: what was left out when reading, as reason and count"},
    {"hits[]", "What was found, in the order of the conversation:"},
    {"  category", "As \"policy.cite\""},
    {"  phrase", "The phrase as written in the lexicon"},
    {"  lexicon", "Its file and line, as \"policy.yaml:12\""},
    {"  turn", "The turn, from 0"},
    {"  speaker", "The speaker's label; empty where there is none"},
    {"  role", "agent, customer, bot, other or unknown"},
    {"  start, end", "The byte span in the turn's text"},
    {"  text", "The bytes of that span"},
    {"  time", "Seconds: the last known time at or before it; or null"},
    {"  captures", "By name: start, end and text of the named parts"},
    {"  typing_slip", "true where a word was taken for the one it is near to; else absent"},
    {"findings[]", "Behaviors that hold, in the order of the conversation:"},
    {"  behavior", "As \"policy.bare\""},
    {"  agent", "The speaker whose it is; null: no agent's"},
    {"  turn, start, end, text", "Its place; absent where it is about the whole conversation"},
    {"  time", "Of its place, as above; absent likewise"},
    {"  looked_through", "First and last turn searched in vain, of what holds without something"},
    {"  clock", "What seconds were counted by, words or turns; absent where none were"},
    {"  evidence[]", "The hits it stands on: category, turn, start, end, text"},
    {"scores[]", "Of each scorecard: that of the conversation, then those of its agents"},
    {"  scorecard", "Its name"},
    {"  agent", "The speaker; null: the conversation"},
    {"  score", "0 to 100; null where nothing applied, as are the next two"},
    {"  earned, possible", "Points"},
    {"  criteria[]", "criterion; points earned, or null where it does not apply; of; met"},
    {"  opportunities[]", "Of a criterion: met, turn, evidence as above"},
    {"measures", "What is measured, of the conversation and by role; null: cannot be told"},
    {0},
};

static const cli_entry exits[] = {
    {"0", "Done"},
    {"2", "Something could not be read; the rest was done"},
    {"64", "The command line makes no sense"},
    {0},
};

typedef struct scoring {
    cli_session session;
    cxm_judge *judge;
    cxm_writer *writer;
    bool open; /* stdout still takes what is written */
} scoring;

static cxm_writer *new_writer(const struct settings *settings, const cxm_lexicon *lexicon) {
    cxm_writer_options writer_options = CXM_WRITER_OPTIONS_INIT;
    writer_options.color = cli_use_color(settings->color);
    writer_options.width = cli_text_width(settings->width);
    cxm_writer *writer;
    cxm_error error;
    const char *format = settings->as ? settings->as : "text";
    if (cxm_writer_new(format, lexicon, &writer_options, &writer, &error) == CXM_OK)
        return writer;
    cli_report(&error);
    return NULL;
}

static cxm_judge *new_judge(const cxm_lexicon *lexicon) {
    cxm_judge *judge;
    cxm_error error;
    if (cxm_judge_new(lexicon, NULL, &judge, &error) != CXM_OK)
        cli_report(&error);
    return judge;
}

/* Mines, judges and prints one transcript. */
static bool score(void *context, const char *path, const cxm_transcript *transcript) {
    scoring *self = context;
    const cxm_result *result;
    const cxm_judgement *judgement;
    cxm_str bytes;
    cxm_error error;
    (void)path;
    if (cxm_mine(self->session.miner, transcript, &result, &error) != CXM_OK ||
        cxm_judge_run(self->judge, transcript, result, &judgement, &error) != CXM_OK ||
        cxm_writer_judged(self->writer, transcript, result, judgement, &bytes, &error) != CXM_OK)
        return cli_transcripts_fail(&self->session.transcripts, &error);
    self->open = cli_write(bytes);
    return self->open;
}

static bool score_end(scoring *self) {
    cxm_str bytes;
    cxm_error error;
    if (cxm_writer_end(self->writer, &bytes, &error) != CXM_OK)
        return cli_report(&error);
    return cli_write(bytes);
}

static int score_all(scoring *self, const cli_list *paths) {
    int status =
        cli_each_transcript(&self->session.transcripts, self->session.lexicon, paths, score, self);
    return self->open && score_end(self) ? status : CLI_TROUBLE;
}

static int run(const void *given, const cli_list *operands) {
    const struct settings *settings = given;
    scoring self = {.open = true};
    int status = cli_session_open(&self.session, &settings->session);
    if (status == CLI_DONE) {
        self.writer = new_writer(settings, self.session.lexicon);
        self.judge = new_judge(self.session.lexicon);
        status = self.writer && self.judge ? score_all(&self, operands) : CLI_TROUBLE;
    }
    cxm_writer_free(self.writer);
    cxm_judge_free(self.judge);
    cli_session_close(&self.session);
    return status;
}

const cli_command cli_score = {
    .name = "score",
    .operands = "PATH...",
    .least = 1,
    .most = SIZE_MAX,
    .summary = "Tell what the lexicon finds in transcripts, with evidence",
    .paragraphs = paragraphs,
    .settings_size = sizeof(struct settings),
    .options = options,
    .list_title = "Fields of a line of --as jsonl",
    .list = fields,
    .exits = exits,
    .run = run,
};
