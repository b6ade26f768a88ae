/* SPDX-License-Identifier: MIT */
/*
 * Any lines as phrases: what is wrong with them is told, with a place in the pack; what is right is
 * looked for, in the very lines and in a text that has a bit of everything. The first byte says
 * which lines are `unless`, and whether negation drops.
 */
#include "invariants.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char head[] =
    "cxmine: 1\nlanguage: en\nstemmer: english\n"
    "contractions: {\"i'm\": i am, \"can't\": can not, \"it's\": [it is, it has]}\n"
    "clitics: {\"'s\": ['', is, has]}\n"
    "fillers: [uh, you know]\nnegators: [not, never]\n"
    "sets: {we: [we, our team], a: [<we> a, b (c)? d]}\n"
    "categories:\n";

static const char text[] =
    "We can't say it's our team's policy. I'm, uh, a b c d! You know, not a? Never say a a b, our "
    "team a. It is 12345, d\xC3\xA9j\xC3\xA0 vu";

typedef struct writer {
    char *out;
    size_t len;
} writer;

static void add(writer *self, const char *bytes) {
    size_t len = strlen(bytes);
    memcpy(self->out + self->len, bytes, len);
    self->len += len;
}

/* A line as a scalar in single quotes; control characters, of which YAML takes few, as blanks. */
static void add_quoted(writer *self, const char *line, size_t len) {
    self->out[self->len++] = '\'';
    for (size_t i = 0; i < len; i++) {
        char c = line[i];
        if (c == '\'')
            self->out[self->len++] = '\'';
        self->out[self->len++] = (unsigned char)c < 0x20 || c == 0x7F ? ' ' : c;
    }
    self->out[self->len++] = '\'';
}

static void add_lines(writer *self, const char *lines, size_t size, unsigned kind,
                      unsigned wanted) {
    const char *between = "";
    while (size > 0) {
        const char *end = memchr(lines, '\n', size);
        size_t len = end ? (size_t)(end - lines) : size;
        if (kind % 2 == wanted) {
            add(self, between);
            add_quoted(self, lines, len);
            between = ", ";
        }
        kind = kind >> 1 | (kind & 1) << 7;
        len += end != NULL;
        lines += len;
        size -= len;
    }
}

static cxm_str write_pack(const uint8_t *data, size_t size, char *room) {
    writer self = {room, 0};
    unsigned kind = size ? data[0] : 0;
    const char *lines = size ? (const char *)data + 1 : "";
    size_t left = size ? size - 1 : 0;
    add(&self, head);
    add(&self, kind & 0x80 ? "  t.t:\n    negation: drop\n" : "  t.t:\n");
    add(&self, "    phrases: [");
    add_lines(&self, lines, left, kind, 0);
    add(&self, "]\n    unless: [");
    add_lines(&self, lines, left, kind, 1);
    add(&self, "]\n");
    return (cxm_str){self.out, self.len};
}

static void count_error(void *user, const cxm_error *error) {
    const size_t *len = user;
    check_error(error, *len);
}

static void mine_text(const cxm_lexicon *lexicon, cxm_miner *miner, cxm_str given) {
    cxm_transcript_builder *builder;
    cxm_transcript *transcript;
    const cxm_result *result;
    cxm_turn turn = {.text = given, .start = CXM_TIME_UNKNOWN, .end = CXM_TIME_UNKNOWN};
    require(cxm_transcript_builder_new(NULL, &builder, NULL) == CXM_OK);
    cxm_status status = cxm_transcript_builder_add_turn(builder, &turn, NULL);
    require(status == CXM_OK || status == CXM_E_ENCODING);
    require(cxm_transcript_builder_finish(builder, &transcript, NULL) == CXM_OK);
    require(cxm_mine(miner, transcript, &result, NULL) == CXM_OK);
    check_result(lexicon, transcript, result);
    cxm_transcript_free(transcript);
}

/* A miner that must forget all the time is slow: it gets the short text only. */
static void use(const cxm_lexicon *lexicon, cxm_str lines) {
    cxm_miner_options options = CXM_MINER_OPTIONS_INIT;
    for (size_t cache = 0; cache < 2; cache++) {
        cxm_miner *miner;
        options.cache_bytes = cache;
        require(cxm_miner_new(lexicon, &options, &miner, NULL) == CXM_OK);
        mine_text(lexicon, miner, cxm_str_from(text));
        if (!cache)
            mine_text(lexicon, miner, lines);
        cxm_miner_free(miner);
    }
}

/* Whether a hit is among the matches that are not dropped. */
static bool is_traced(const cxm_trace *trace, const cxm_hit *hit) {
    for (size_t i = 0; i < trace->match_count; i++) {
        const cxm_trace_match *match = &trace->matches[i];
        if (match->part == hit->phrase && match->start == hit->start && match->end == hit->end &&
            match->dropped_by == CXM_NONE && !match->negated)
            return true;
    }
    return false;
}

/* The tracer sees what the miner sees, and nothing of it ends outside the text. */
static void trace_text(cxm_tracer *tracer, const cxm_result *result, cxm_str given) {
    const cxm_trace *trace;
    const cxm_nearest *near;
    size_t count;
    require(cxm_tracer_run(tracer, given, 0, &trace, NULL) == CXM_OK);
    for (size_t i = 0; i < result->hit_count; i++)
        require(is_traced(trace, &result->hits[i]));
    for (size_t i = 0; i < trace->match_count; i++)
        require(trace->matches[i].start < trace->matches[i].end &&
                trace->matches[i].end <= given.len);
    require(cxm_tracer_nearest(tracer, given, CXM_NONE, 5, &near, &count, NULL) == CXM_OK);
    for (size_t i = 0; i < count; i++)
        require(near[i].start < near[i].end && near[i].end <= given.len &&
                near[i].at <= given.len && near[i].element_start <= near[i].element_end);
}

static void trace(const cxm_lexicon *lexicon) {
    cxm_tracer *tracer;
    cxm_miner *miner;
    cxm_transcript_builder *builder;
    cxm_transcript *transcript;
    const cxm_result *result;
    cxm_turn turn = {
        .text = cxm_str_from(text), .start = CXM_TIME_UNKNOWN, .end = CXM_TIME_UNKNOWN};
    require(cxm_tracer_new(lexicon, NULL, &tracer, NULL) == CXM_OK);
    require(cxm_miner_new(lexicon, NULL, &miner, NULL) == CXM_OK);
    require(cxm_transcript_builder_new(NULL, &builder, NULL) == CXM_OK);
    require(cxm_transcript_builder_add_turn(builder, &turn, NULL) == CXM_OK);
    require(cxm_transcript_builder_finish(builder, &transcript, NULL) == CXM_OK);
    require(cxm_mine(miner, transcript, &result, NULL) == CXM_OK);
    trace_text(tracer, result, turn.text);
    for (uint32_t i = 0; i < cxm_lexicon_phrase_count(lexicon); i++) {
        cxm_phrase_check check;
        require(cxm_tracer_check(tracer, i, &check, NULL) == CXM_OK);
    }
    cxm_transcript_free(transcript);
    cxm_miner_free(miner);
    cxm_tracer_free(tracer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *room = malloc(sizeof head + 5 * size + 256);
    cxm_lexicon_builder *builder;
    cxm_lexicon *lexicon = NULL;
    cxm_error error;
    require(room != NULL);
    cxm_str pack = write_pack(data, size, room);
    cxm_lexicon_options options = CXM_LEXICON_OPTIONS_INIT;
    options.keep_parts = true;
    options.report = count_error;
    options.report_user = &pack.len;
    require(cxm_lexicon_builder_new(&options, &builder, NULL) == CXM_OK);
    cxm_status status =
        cxm_lexicon_builder_add_bytes(builder, cxm_str_from("t.yaml"), pack, &error);
    if (!status)
        status = cxm_lexicon_builder_build(builder, &lexicon, &error);
    require((status == CXM_OK) == (lexicon != NULL));
    if (lexicon)
        trace(lexicon);
    if (lexicon)
        use(lexicon, (cxm_str){size ? (const char *)data + 1 : "", size ? size - 1 : 0});
    else
        check_error(&error, pack.len);
    cxm_lexicon_free(lexicon);
    cxm_lexicon_builder_free(builder);
    free(room);
    return 0;
}
