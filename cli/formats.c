/* SPDX-License-Identifier: MIT */
/* cxmine formats */
#include "commands.h"
#include "diagnostics.h"
#include "paths.h"
#include "session.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct settings {
    cli_session_settings session;
};

static const cli_option options[] = {
    CLI_PACK_OPTIONS(struct settings, session.pack),
    CLI_READING_OPTIONS(struct settings, session.reading),
    {0},
};

static const char *const paragraphs[] = {
    "Without PATH, lists the formats that are read: the name that --format takes, what it is, and "
    "what it is recognized by. Names of files do not count.",
    "With PATH, tells what each file is taken for and why: how sure that is (100: certain), the "
    "format that comes next, and what is in it. " CLI_PATHS_PARAGRAPH,
    NULL,
};

static const cli_entry exits[] = {
    {"0", "Done"},
    {"2", "Something could not be read; the rest was done"},
    {"64", "The command line makes no sense"},
    {0},
};

enum { MOST_REASONS = 16 };

typedef struct inspecting {
    cli_transcripts transcripts;
    cxm_lexicon *lexicon;
} inspecting;

/* What is in a file. */
typedef struct contents {
    size_t conversations;
    size_t turns;
    size_t speakers;
    size_t with_role;
    char encoding[32];              /* of the first conversation */
    char reasons[MOST_REASONS][64]; /* why something was left out; the last takes all others */
    size_t counts[MOST_REASONS];
    size_t reason_count;
} contents;

static int list_formats(void) {
    cxm_format_about about;
    for (size_t i = 0; cxm_format_at(i, &about); i++)
        printf("%-12s %s\n%-12s recognized by: %s\n", about.name, about.summary, "",
               about.recognized);
    return CLI_DONE;
}

static void print_count(const char *before, size_t count, const char *what) {
    printf("%s%zu %s%s", before, count, what, count == 1 ? "" : "s");
}

/* How sure the chosen format is, and which one comes next. */
static void print_reason(const char *chosen, cxm_str head, bool is_named) {
    cxm_format_about about;
    cxm_format_about next = {0};
    int next_score = 0;
    for (size_t i = 0; cxm_format_at(i, &about); i++) {
        int score = cxm_format_score(i, head);
        if (strcmp(about.name, chosen) == 0) {
            printf("  format: %s (%s)\n", about.name, about.summary);
            if (is_named)
                printf("  why: named with --format; sure: %d\n", score);
            else
                printf("  why: %s; sure: %d\n", about.recognized, score);
        } else if (score > next_score) {
            next = about;
            next_score = score;
        }
    }
    if (next_score > 0)
        printf("  next: %s, sure: %d\n", next.name, next_score);
}

/* The reason is copied: it goes with its transcript. */
static void add_skipped(contents *sum, const cxm_skipped *skipped) {
    char reason[sizeof sum->reasons[0]];
    size_t i = 0;
    snprintf(reason, sizeof reason, "%.*s", (int)skipped->reason.len, skipped->reason.ptr);
    while (i < sum->reason_count && i < MOST_REASONS - 1 && strcmp(sum->reasons[i], reason) != 0)
        i++;
    if (i == sum->reason_count) {
        memcpy(sum->reasons[i], reason, sizeof reason);
        sum->counts[i] = 0;
        sum->reason_count++;
    }
    sum->counts[i] += skipped->count;
}

static void add_up(contents *sum, const cxm_transcript *transcript) {
    size_t turns = cxm_transcript_turn_count(transcript);
    cxm_str encoding = cxm_transcript_encoding(transcript);
    if (sum->conversations == 0)
        snprintf(sum->encoding, sizeof sum->encoding, "%.*s", (int)encoding.len,
                 encoding.len ? encoding.ptr : "");
    sum->conversations++;
    sum->turns += turns;
    sum->speakers += cxm_transcript_speaker_count(transcript);
    for (size_t i = 0; i < turns; i++)
        sum->with_role += cxm_transcript_turn(transcript, i)->role != CXM_ROLE_UNKNOWN;
    const cxm_skipped *skipped;
    for (size_t i = 0; (skipped = cxm_transcript_skipped(transcript, i)) != NULL; i++)
        add_skipped(sum, skipped);
}

static void print_contents(const contents *sum) {
    if (sum->encoding[0])
        printf("  encoding: %s\n", sum->encoding);
    print_count("  read: ", sum->conversations, "conversation");
    print_count(", ", sum->turns, "turn");
    printf(" (%zu with a role)", sum->with_role);
    print_count(", ", sum->speakers, "speaker");
    putchar('\n');
    for (size_t i = 0; i < sum->reason_count; i++) {
        printf("%s%zu ", i ? ", " : "  left out: ", sum->counts[i]);
        cli_put(stdout, cxm_str_from(sum->reasons[i]));
    }
    if (sum->reason_count)
        putchar('\n');
}

static bool inspect(void *context, const char *path) {
    inspecting *self = context;
    cli_transcripts *transcripts = &self->transcripts;
    contents sum = {0};
    cxm_transcript *transcript;
    if (!cli_transcripts_open(transcripts, path, self->lexicon))
        return true;
    cli_put(stdout, cxm_str_from(transcripts->input.name));
    putchar('\n');
    print_reason(cli_transcripts_format(transcripts), cli_transcripts_head(transcripts),
                 transcripts->options.format != NULL);
    while ((transcript = cli_transcripts_next(transcripts)) != NULL) {
        add_up(&sum, transcript);
        cxm_transcript_free(transcript);
    }
    print_contents(&sum);
    cli_transcripts_close(transcripts);
    return !ferror(stdout);
}

static int run(const void *given, const cli_list *operands) {
    const struct settings *settings = given;
    inspecting self = {0};
    if (operands->count == 0)
        return list_formats();
    int status = cli_transcripts_init(&self.transcripts, &settings->session.reading);
    if (status == CLI_DONE)
        status = cli_pack_open(&settings->session.pack, &self.lexicon);
    if (status == CLI_DONE) {
        bool good = cli_paths_visit(operands, inspect, &self);
        status = good && !self.transcripts.failed ? CLI_DONE : CLI_TROUBLE;
    }
    cli_transcripts_clear(&self.transcripts);
    cxm_lexicon_free(self.lexicon);
    return status;
}

const cli_command cli_formats = {
    .name = "formats",
    .operands = "[PATH...]",
    .most = SIZE_MAX,
    .summary = "List what is read, or tell what files are taken for and why",
    .paragraphs = paragraphs,
    .settings_size = sizeof(struct settings),
    .options = options,
    .exits = exits,
    .run = run,
};
