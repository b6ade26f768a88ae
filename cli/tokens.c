/* SPDX-License-Identifier: MIT */
/* cxmine tokens */
#include "commands.h"
#include "diagnostics.h"
#include "output.h"
#include "session.h"

#include <stdio.h>

struct settings {
    cli_session_settings session;
    bool changes;
};

static const cli_option options[] = {
    CLI_SESSION_OPTIONS(struct settings, session),
    {"changes", CLI_FLAG, offsetof(struct settings, changes), NULL,
     "Only what was mended: damaged characters, glued words, misspelt words"},
    {0},
};

static const char *const paragraphs[] = {
    "FILE is read as `score` reads it, or - for standard input. Each token is a line of columns "
    "parted by tabs, below a line of their names; a dash stands for nothing.",
    NULL,
};

static const cli_entry columns[] = {
    {"transcript", "The conversation of the file, from 0"},
    {"turn", "The turn, from 0"},
    {"start, end", "The byte span in the turn's text"},
    {"text", "The bytes of that span"},
    {"folded", "The word as phrases see it"},
    {"expanded", "Its contraction written out; readings are parted by |"},
    {"stem", "Its stem"},
    {"sentence", "The sentence of the turn, from 0"},
    {"flags", "filler, repeat, cut-off (a phrase may skip the word), annotation (no word at all), "
              "start (of a sentence), slip (a misspelt word), glued (a part of glued words), "
              "mended (of damaged characters), redaction (something that was taken out)"},
    {0},
};

static const cli_entry exits[] = {
    {"0", "Done"},
    {"2", "Something could not be read; the rest was done"},
    {"64", "The command line makes no sense"},
    {0},
};

static void print_cell(cxm_str text) {
    putchar('\t');
    if (text.len)
        cli_put(stdout, text);
    else
        putchar('-');
}

static void print_flags(uint32_t flags) {
    static const struct {
        uint32_t flag;
        const char *name;
    } names[] = {
        {CXM_TOKEN_FILLER, "filler"},        {CXM_TOKEN_REPEAT, "repeat"},
        {CXM_TOKEN_CUT_OFF, "cut-off"},      {CXM_TOKEN_ANNOTATION, "annotation"},
        {CXM_TOKEN_SENTENCE_START, "start"}, {CXM_TOKEN_TYPING_SLIP, "slip"},
        {CXM_TOKEN_GLUED, "glued"},          {CXM_TOKEN_MENDED, "mended"},
        {CXM_TOKEN_REDACTION, "redaction"},
    };
    char separator = '\t';
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (flags & names[i].flag) {
            printf("%c%s", separator, names[i].name);
            separator = ',';
        }
    if (separator == '\t')
        fputs("\t-", stdout);
}

static void print_token(size_t index, size_t turn, cxm_str text, const cxm_token *token) {
    printf("%zu\t%zu\t%zu\t%zu", index, turn, token->start, token->end);
    print_cell((cxm_str){text.ptr + token->start, token->end - token->start});
    print_cell(token->folded);
    print_cell(token->expanded);
    print_cell(token->stem);
    printf("\t%u", (unsigned)token->sentence);
    print_flags(token->flags);
    putchar('\n');
}

/* Whether a token is something else than what is written. */
static bool is_changed(const cxm_token *token) {
    return token->flags & (CXM_TOKEN_TYPING_SLIP | CXM_TOKEN_GLUED | CXM_TOKEN_MENDED);
}

static bool print_transcript(cxm_miner *miner, const cxm_transcript *transcript, size_t index,
                             bool changes) {
    for (size_t turn = 0; turn < cxm_transcript_turn_count(transcript); turn++) {
        cxm_str text = cxm_transcript_turn(transcript, turn)->text;
        const cxm_token *tokens;
        size_t count;
        cxm_error error;
        if (cxm_miner_tokenize(miner, text, &tokens, &count, &error) != CXM_OK) {
            cli_report(&error);
            return false;
        }
        for (size_t i = 0; i < count; i++)
            if (!changes || is_changed(&tokens[i]))
                print_token(index, turn, text, &tokens[i]);
    }
    return true;
}

static int print_file(cli_session *session, const char *path, bool changes) {
    cli_transcripts *transcripts = &session->transcripts;
    cxm_transcript *transcript;
    size_t index = 0;
    bool good = true;
    if (!cli_transcripts_open(transcripts, path, session->lexicon))
        return CLI_TROUBLE;
    puts("transcript\tturn\tstart\tend\ttext\tfolded\texpanded\tstem\tsentence\tflags");
    while (!ferror(stdout) && (transcript = cli_transcripts_next(transcripts)) != NULL) {
        good = print_transcript(session->miner, transcript, index++, changes) && good;
        cxm_transcript_free(transcript);
    }
    cli_transcripts_close(transcripts);
    return good && !transcripts->failed ? CLI_DONE : CLI_TROUBLE;
}

static int run(const void *given, const cli_list *operands) {
    const struct settings *settings = given;
    cli_session session;
    int status = cli_session_open(&session, &settings->session);
    if (status == CLI_DONE)
        status = print_file(&session, operands->items[0], settings->changes);
    cli_session_close(&session);
    return status;
}

const cli_command cli_tokens = {
    .name = "tokens",
    .operands = "FILE",
    .least = 1,
    .most = 1,
    .summary = "Show what the tokenizer sees in a transcript",
    .paragraphs = paragraphs,
    .settings_size = sizeof(struct settings),
    .options = options,
    .list_title = "Columns",
    .list = columns,
    .exits = exits,
    .run = run,
};
