/* SPDX-License-Identifier: MIT */
/* cxmine convert */
#include "commands.h"
#include "diagnostics.h"
#include "outfile.h"
#include "paths.h"
#include "session.h"

#include <stdint.h>

struct settings {
    const char *output;
    cli_session_settings session;
};

#define AT(field) offsetof(struct settings, field)

static const cli_option options[] = {
    {"output", CLI_TEXT, AT(output), "FILE",
     "Write to FILE, also as -o FILE (default: -, standard output)"},
    CLI_PACK_OPTIONS(struct settings, session.pack),
    CLI_READING_OPTIONS(struct settings, session.reading),
    {0},
};

static const char *const paragraphs[] = {
    CLI_PATHS_PARAGRAPH,
    "Each conversation becomes one JSON object on a line of its own. Nothing is lost by it: "
    "scoring the result gives what scoring the original gives, but for the name of the file. "
    "Roles are those that the file, --role or a speaker's label says.",
    "FILE is written beside its place and put there when all is done.",
    NULL,
};

static const cli_entry keys[] = {
    {"id", "The conversation's id; absent where it has none"},
    {"meta", "An object: what else is known of the conversation, as texts"},
    {"skipped", "An object: why something of the file is no turn, and how often"},
    {"turns[]", "In their order, each an object:"},
    {"  speaker", "The speaker's label; absent where there is none"},
    {"  role", "agent, customer, bot, other or unknown; absent where there is no label either"},
    {"  role_source", "Where the role comes from, if not from the file: rule, label or words"},
    {"  channel", "Absent where there is none"},
    {"  kind", "event or note; absent for what was said"},
    {"  start, end", "Seconds from the start; absent where they are not known"},
    {"  text", "What was said"},
    {"  marks", "Times inside the turn: pairs of a byte offset in the text and seconds"},
    {0},
};

static const cli_entry exits[] = {
    {"0", "Done"},
    {"2", "Something could not be read or written; the rest was done"},
    {"64", "The command line makes no sense"},
    {0},
};

typedef struct converting {
    cli_transcripts transcripts;
    cxm_lexicon *lexicon;
    cxm_transcript_writer *writer;
    cli_outfile out;
    bool open; /* the output still takes what is written */
    bool good; /* nothing has failed */
} converting;

static void write_transcript(converting *self, const cxm_transcript *transcript) {
    cxm_str line;
    cxm_error error;
    if (cxm_transcript_writer_write(self->writer, transcript, &line, &error) != CXM_OK) {
        cli_report(&error);
        self->good = false;
        return;
    }
    self->open = cli_outfile_write(&self->out, line);
}

static bool convert_path(void *context, const char *path) {
    converting *self = context;
    cxm_transcript *transcript;
    if (cli_outfile_is(&self->out, path)) {
        cli_complain(path, "is what is being written; it is not read");
        self->good = false;
        return true;
    }
    if (!cli_transcripts_open(&self->transcripts, path, self->lexicon))
        return true;
    while (self->open && (transcript = cli_transcripts_next(&self->transcripts)) != NULL) {
        write_transcript(self, transcript);
        cxm_transcript_free(transcript);
    }
    cli_transcripts_close(&self->transcripts);
    return self->open;
}

static int convert_all(converting *self, const struct settings *settings, const cli_list *paths) {
    cxm_error error;
    if (cxm_transcript_writer_new(NULL, &self->writer, &error) != CXM_OK) {
        cli_report(&error);
        return CLI_TROUBLE;
    }
    if (!cli_outfile_open(&self->out, settings->output))
        return CLI_TROUBLE;
    bool good = cli_paths_visit(paths, convert_path, self);
    bool done = cli_outfile_close(&self->out, self->open);
    return good && done && self->good && !self->transcripts.failed ? CLI_DONE : CLI_TROUBLE;
}

static int run(const void *given, const cli_list *operands) {
    const struct settings *settings = given;
    converting self = {.open = true, .good = true};
    int status = cli_transcripts_init(&self.transcripts, &settings->session.reading);
    if (status == CLI_DONE)
        status = cli_pack_open(&settings->session.pack, &self.lexicon);
    if (status == CLI_DONE)
        status = convert_all(&self, settings, operands);
    cxm_transcript_writer_free(self.writer);
    cli_transcripts_clear(&self.transcripts);
    cxm_lexicon_free(self.lexicon);
    return status;
}

const cli_command cli_convert = {
    .name = "convert",
    .operands = "PATH...",
    .least = 1,
    .most = SIZE_MAX,
    .summary = "Write transcripts of any format as canonical JSON Lines",
    .paragraphs = paragraphs,
    .settings_size = sizeof(struct settings),
    .options = options,
    .list_title = "Keys of a line",
    .list = keys,
    .exits = exits,
    .run = run,
};
