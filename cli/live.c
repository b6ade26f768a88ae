/* SPDX-License-Identifier: MIT */
/* cxmine live */
#include "calls.h"
#include "commands.h"
#include "diagnostics.h"
#include "output.h"
#include "session.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct settings {
    size_t open;
    cli_session_settings session;
};

static const cli_option options[] = {
    {"open", CLI_SIZE, offsetof(struct settings, open), "CONVERSATIONS",
     "How many may be open at once (default: 10000)"},
    CLI_PACK_OPTIONS(struct settings, session.pack),
    CLI_ROLE_OPTION(struct settings, session.reading),
    CLI_MINING_OPTIONS(struct settings, session.mining),
    {0},
};

static const char *const paragraphs[] = {
    "Reads turns from standard input as they are spoken, one JSON object a line, of any number of "
    "conversations at once. Answers each line with the events that it makes certain, one JSON "
    "object a line, before the next line is read. All of them together are what 'score' finds in "
    "the whole conversation.",
    "A turn may come in several lines: \"text\" is then the whole of it so far, and replaces what "
    "the line before said. A line of another speaker ends it. A hit is told once no later line can "
    "change it: its sentence is over within the stable bytes, or the turn is final.",
    "An event has an id, and is a \"hit\", with the fields of a hit of 'score --as jsonl'; a "
    "\"finding\": behavior, turn, start, end, time, agent, evidence; at the end a \"score\": "
    "scorecard, agent, value, criteria; and the \"end\", with the conversation's metadata (closed: "
    "said, idle or input), its turns, words, role_words and hits.",
    "A line that makes no sense is told on stderr with its number, and has no effect. Where too "
    "many conversations are open, the one idle for the longest is ended; at the end of the input "
    "all are.",
    NULL,
};

static const cli_entry lines[] = {
    {"id", "The conversation; a new one is opened"},
    {"text", "The turn's text so far"},
    {"speaker", "Its label; may be absent, as all below"},
    {"role", "agent, customer, bot, other or unknown; else the label says it"},
    {"start, end", "Seconds from the start of the conversation"},
    {"channel, kind", "As in canonical JSON Lines"},
    {"marks", "[[byte, seconds], ...]: when words were said"},
    {"final", "false: the turn may go on, and what is not stable be revised (default: true)"},
    {"stable", "So many bytes of the text, in UTF-8, will not be revised any more"},
    {"end_of_conversation", "true: the conversation is over; text may be absent then"},
    {0},
};

static const cli_entry exits[] = {
    {"0", "Done"},
    {"2", "A line made no sense, or there was no memory; the rest was done"},
    {"64", "The command line makes no sense"},
    {0},
};

typedef struct listening {
    cli_session session;
    cli_calls calls;
    cxm_writer *writer;
    cxm_judge *judge;
    cli_input input;
    size_t line; /* its number */
    bool open;   /* stdout still takes what is written */
    bool good;   /* nothing has failed */
} listening;

/* Tells what is wrong with the line at hand. */
static bool complain(listening *self, cxm_error *error) {
    if (!error->file[0]) {
        size_t len = strlen(self->input.name);
        len = len < sizeof error->file ? len : sizeof error->file - 1;
        memcpy(error->file, self->input.name, len);
        error->file[len] = '\0';
        error->line = (uint32_t)self->line;
        error->column = 0;
    }
    cli_report(error);
    self->good = false;
    return false;
}

/* Prints what a call of the library told; false where that failed. */
static bool tell(listening *self, const cli_call *call, const cxm_live_news *news,
                 cxm_status status, cxm_error *error) {
    cxm_str bytes;
    if (status == CXM_OK)
        status = cxm_writer_news(self->writer, call->live, news, &bytes, error);
    if (status != CXM_OK)
        return complain(self, error);
    self->open = self->open && cli_write(bytes);
    return self->open;
}

/* Tells findings that have become certain; at the end all that is left, and the scores. */
static bool judge(listening *self, cli_call *call) {
    cxm_live_findings found;
    cxm_str bytes;
    cxm_error error;
    if (cxm_live_judge(call->live, self->judge, &found, &error) != CXM_OK ||
        cxm_writer_findings(self->writer, call->live, &found, &bytes, &error) != CXM_OK)
        return complain(self, &error);
    self->open = self->open && cli_write(bytes);
    return self->open;
}

/* Judging takes time in all turns: of a very long conversation not every turn is judged. */
static bool judge_turn(listening *self, cli_call *call) {
    enum { PART = 256 };
    size_t turns = cxm_transcript_turn_count(cxm_live_transcript(call->live));
    if (turns - call->judged <= turns / PART)
        return true;
    call->judged = turns;
    return judge(self, call);
}

static bool end_turn(listening *self, cli_call *call) {
    cxm_live_news news;
    cxm_error error;
    if (!call->open)
        return true;
    cxm_status status =
        cxm_live_end_turn(call->live, self->session.miner, call->end, &news, &error);
    call->open = status != CXM_OK;
    return tell(self, call, &news, status, &error) && judge_turn(self, call);
}

/* Ends a conversation; `why` is told with it. */
static void close_call(listening *self, cli_call *call, const char *why) {
    cxm_live_news news;
    cxm_error error;
    end_turn(self, call);
    cxm_status status =
        cxm_live_add_meta(call->live, cxm_str_from("closed"), cxm_str_from(why), &error);
    if (status == CXM_OK)
        status = cxm_live_finish(call->live, self->session.miner, &news, &error);
    if (tell(self, call, &news, status, &error))
        judge(self, call);
    cli_calls_remove(&self->calls, call);
}

static cli_call *open_call(listening *self, cxm_str id) {
    cxm_live *live;
    cxm_error error;
    cxm_status status = cxm_live_new(self->session.lexicon, NULL, &live, &error);
    if (status == CXM_OK)
        status = cxm_live_set_id(live, id, &error);
    if (status != CXM_OK) {
        complain(self, &error);
        cxm_live_free(live);
        return NULL;
    }
    if (self->calls.count == self->calls.limit)
        close_call(self, cli_calls_oldest(&self->calls), "idle");
    return cli_calls_add(&self->calls, live);
}

/* The part of a turn from a byte on, with the times that are known in it. */
static cxm_status put_text(cli_call *call, const cxm_turn *turn, size_t from, cxm_error *error) {
    cxm_str nothing = {NULL, 0};
    cxm_status status = cxm_live_replace(call->live, from, nothing, CXM_TIME_UNKNOWN, error);
    double seconds = CXM_TIME_UNKNOWN;
    for (size_t i = 0; i <= turn->mark_count && !status; i++) {
        size_t end = i < turn->mark_count ? turn->marks[i].offset : turn->text.len;
        if (end >= from) {
            cxm_str piece = {turn->text.ptr + from, end - from};
            status = cxm_live_append(call->live, piece, seconds, error);
            from = end;
        }
        seconds = i < turn->mark_count ? turn->marks[i].seconds : CXM_TIME_UNKNOWN;
    }
    return status;
}

static bool is_same_speaker(const cli_call *call, const cxm_turn *turn) {
    const cxm_transcript *transcript = cxm_live_transcript(call->live);
    const cxm_turn *last =
        cxm_transcript_turn(transcript, cxm_transcript_turn_count(transcript) - 1);
    return last->speaker.len == turn->speaker.len && last->role == turn->role &&
           last->kind == turn->kind &&
           (turn->speaker.len == 0 ||
            memcmp(last->speaker.ptr, turn->speaker.ptr, turn->speaker.len) == 0);
}

/* Begins or revises a turn. */
static bool take_turn(listening *self, cli_call *call, const cxm_turn *turn) {
    cxm_error error = {.code = CXM_OK};
    if (call->open && !is_same_speaker(call, turn) && !end_turn(self, call))
        return false;
    if (call->open && turn->text.len < call->stable) {
        error.code = CXM_E_ARGUMENT;
        memcpy(error.message, "the text is shorter than what was said to be stable", 52);
        return complain(self, &error);
    }
    if (call->open) {
        if (put_text(call, turn, call->stable, &error) != CXM_OK)
            return complain(self, &error);
    } else if (cxm_live_begin_turn(call->live, turn, &error) == CXM_OK) {
        call->open = true;
        call->stable = 0;
        call->end = CXM_TIME_UNKNOWN;
    } else {
        return complain(self, &error);
    }
    if (turn->end >= 0)
        call->end = turn->end;
    return true;
}

/* What a line says besides its turn; NULL where it does not. */
static const char *said(const cxm_transcript *line, const char *key, char *room, size_t size) {
    for (size_t i = 0; i < cxm_transcript_meta_count(line); i++) {
        const cxm_meta *meta = cxm_transcript_meta(line, i);
        if (meta->key.len != strlen(key) || memcmp(meta->key.ptr, key, meta->key.len) != 0)
            continue;
        size_t len = meta->value.len < size ? meta->value.len : size - 1;
        memcpy(room, meta->value.ptr, len);
        room[len] = '\0';
        return room;
    }
    return NULL;
}

static bool is_said(const cxm_transcript *line, const char *key, bool otherwise) {
    char room[8];
    const char *value = said(line, key, room, sizeof room);
    return value ? strcmp(value, "true") == 0 : otherwise;
}

/* Notes which bytes are stable, and tells what that makes certain. */
static bool settle(listening *self, cli_call *call, const cxm_transcript *line) {
    char room[32];
    cxm_live_news news;
    cxm_error error;
    const char *value = said(line, "stable", room, sizeof room);
    double bytes = value ? strtod(value, NULL) : 0;
    size_t most = cxm_live_turn_bytes(call->live);
    size_t stable = bytes < (double)most ? (size_t)bytes : most;
    if (stable <= call->stable)
        return true;
    call->stable = stable;
    cxm_status status = cxm_live_settle(call->live, self->session.miner, stable, &news, &error);
    return tell(self, call, &news, status, &error);
}

static void take(listening *self, const cxm_transcript *line) {
    cli_call *call = cli_calls_find(&self->calls, cxm_transcript_id(line));
    const cxm_turn *turn = cxm_transcript_turn(line, 0);
    if (!call)
        call = open_call(self, cxm_transcript_id(line));
    if (!call)
        return;
    if (turn && take_turn(self, call, turn)) {
        if (is_said(line, "final", true))
            end_turn(self, call);
        else
            settle(self, call, line);
    }
    if (is_said(line, "end_of_conversation", false))
        close_call(self, call, "said");
}

static bool is_blank(cxm_str line) {
    for (size_t i = 0; i < line.len; i++)
        if (!memchr(" \t\r\n", line.ptr[i], 4))
            return false;
    return true;
}

static void take_line(listening *self, cxm_str bytes) {
    cxm_reader_options reader_options = self->session.transcripts.options;
    cxm_transcript *line;
    cxm_error error;
    reader_options.format = "live";
    reader_options.source = cxm_str_from(self->input.name);
    reader_options.first_line = self->line;
    reader_options.lexicon = self->session.lexicon;
    if (is_blank(bytes))
        return;
    if (cxm_transcript_read(bytes, &reader_options, &line, &error) != CXM_OK) {
        complain(self, &error);
        return;
    }
    take(self, line);
    cxm_transcript_free(line);
}

static int listen(listening *self) {
    cxm_str bytes;
    if (!cli_input_open(&self->input, "-"))
        return CLI_TROUBLE;
    while (self->open && cli_input_line(&self->input, &bytes, &self->line))
        take_line(self, bytes);
    while (self->open && cli_calls_oldest(&self->calls))
        close_call(self, cli_calls_oldest(&self->calls), "input");
    bool good = self->good && self->open && !self->input.failed;
    cli_input_close(&self->input);
    return good ? CLI_DONE : CLI_TROUBLE;
}

static int run(const void *given, const cli_list *operands) {
    enum { DEFAULT_OPEN = 10000 };
    const struct settings *settings = given;
    listening self = {.open = true, .good = true};
    cxm_error error;
    (void)operands;
    int status = cli_session_open(&self.session, &settings->session);
    if (status == CLI_DONE &&
        !cli_calls_init(&self.calls, settings->open ? settings->open : DEFAULT_OPEN))
        status = CLI_TROUBLE;
    if (status == CLI_DONE &&
        (cxm_writer_new("jsonl", self.session.lexicon, NULL, &self.writer, &error) != CXM_OK ||
         cxm_judge_new(self.session.lexicon, NULL, &self.judge, &error) != CXM_OK)) {
        cli_report(&error);
        status = CLI_TROUBLE;
    }
    if (status == CLI_DONE)
        status = listen(&self);
    cli_calls_clear(&self.calls);
    cxm_writer_free(self.writer);
    cxm_judge_free(self.judge);
    cli_session_close(&self.session);
    return status;
}

const cli_command cli_live = {
    .name = "live",
    .operands = "",
    .summary = "Tell what is found in conversations while they go on",
    .paragraphs = paragraphs,
    .settings_size = sizeof(struct settings),
    .options = options,
    .list_title = "Keys of a line that is read",
    .list = lines,
    .exits = exits,
    .run = run,
};
