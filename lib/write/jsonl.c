/* SPDX-License-Identifier: MIT */
/* JSON Lines: one object a transcript, on a line of its own. */
#include "base/str.h"
#include "write/json.h"
#include "write/judged.h"
#include "write/speakers.h"
#include "write/writer.h"

/* A part of a turn's text, which may be all. */
typedef struct excerpt {
    cxm_str text;
    size_t start; /* where it begins in the turn */
} excerpt;

static void add_span(cxm_buffer *out, size_t start, size_t end, const excerpt *from) {
    cxm_json_size_member(out, "start", start);
    cxm_json_size_member(out, "end", end);
    cxm_json_string_member(out, "text",
                           cxm_str_slice(from->text, start - from->start, end - from->start));
}

/* Alternatives may use one name twice; an object may not: the first that matched stands. */
static bool seen_before(const cxm_hit *hit, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (cxm_str_equal(hit->captures[i].name, hit->captures[index].name))
            return true;
    return false;
}

static void add_captures(cxm_buffer *out, const cxm_hit *hit, const excerpt *from) {
    cxm_json_key(out, "captures");
    cxm_buffer_add_char(out, '{');
    for (size_t i = 0; i < hit->capture_count; i++) {
        const cxm_capture *capture = &hit->captures[i];
        if (seen_before(hit, i))
            continue;
        if (i)
            cxm_buffer_add_char(out, ',');
        cxm_json_string(out, capture->name);
        cxm_buffer_add(out, ":{", 2);
        add_span(out, capture->start, capture->end, from);
        cxm_buffer_add_char(out, '}');
    }
    cxm_buffer_add_char(out, '}');
}

static void add_phrase(cxm_buffer *out, const cxm_phrase *phrase) {
    cxm_json_string_member(out, "phrase", phrase->text);
    cxm_json_key(out, "lexicon");
    cxm_buffer_add_char(out, '"');
    cxm_json_escaped(out, phrase->file);
    cxm_buffer_add_char(out, ':');
    cxm_buffer_add_size(out, phrase->line);
    cxm_buffer_add_char(out, '"');
}

/* The members of a hit, but for the braces around them. */
static void add_hit(const cxm_writer *self, cxm_buffer *out, const cxm_hit *hit,
                    const cxm_turn *turn, cxm_role role, const excerpt *from) {
    const cxm_category *category = cxm_lexicon_category(self->lexicon, hit->category);
    cxm_json_string_member(out, "category", category->name);
    add_phrase(out, cxm_lexicon_phrase(self->lexicon, hit->phrase));
    cxm_json_size_member(out, "turn", hit->turn);
    cxm_json_string_member(out, "speaker", turn->speaker);
    cxm_json_string_member(out, "role", cxm_str_from(cxm_role_name(role)));
    add_span(out, hit->start, hit->end, from);
    cxm_json_key(out, "time");
    if (hit->time >= 0)
        cxm_buffer_add_number(out, hit->time, 3);
    else
        cxm_buffer_add_text(out, "null");
    add_captures(out, hit, from);
    if (hit->typing_slip) {
        cxm_json_key(out, "typing_slip");
        cxm_buffer_add_text(out, "true");
    }
}

void cxm_json_role_words(cxm_buffer *out, const cxm_result *result) {
    cxm_json_key(out, "role_words");
    cxm_buffer_add_char(out, '{');
    for (int role = 0; role < CXM_ROLE_COUNT; role++)
        if (result->role_words[role])
            cxm_json_size_member(out, cxm_role_name((cxm_role)role), result->role_words[role]);
    cxm_buffer_add_char(out, '}');
}

/* What the reader made of the file: nothing disappears without being told. */
static void add_read(cxm_buffer *out, const cxm_transcript *transcript) {
    cxm_json_key(out, "read");
    cxm_buffer_add_char(out, '{');
    cxm_json_size_member(out, "turns", cxm_transcript_turn_count(transcript));
    cxm_json_key(out, "skipped");
    cxm_buffer_add_char(out, '[');
    for (size_t i = 0; i < cxm_transcript_skipped_count(transcript); i++) {
        const cxm_skipped *skipped = cxm_transcript_skipped(transcript, i);
        cxm_buffer_add_text(out, i ? ",{" : "{");
        cxm_json_string_member(out, "reason", skipped->reason);
        cxm_json_size_member(out, "count", skipped->count);
        cxm_buffer_add_char(out, '}');
    }
    cxm_buffer_add(out, "]}", 2);
}

static void write_result(cxm_writer *self, const cxm_transcript *transcript,
                         const cxm_result *result) {
    cxm_buffer *out = &self->out;
    cxm_buffer_add_char(out, '{');
    cxm_json_string_member(out, "id", cxm_transcript_id(transcript));
    cxm_json_string_member(out, "source", cxm_transcript_source(transcript));
    cxm_str encoding = cxm_transcript_encoding(transcript);
    if (encoding.len && !cxm_str_is(encoding, "utf-8"))
        cxm_json_string_member(out, "encoding", encoding);
    cxm_json_size_member(out, "turns", result->turn_count);
    cxm_json_size_member(out, "words", result->word_count);
    cxm_json_role_words(out, result);
    cxm_write_speakers(out, transcript, result);
    add_read(out, transcript);
    cxm_json_key(out, "hits");
    cxm_buffer_add_char(out, '[');
    for (size_t i = 0; i < result->hit_count; i++) {
        const cxm_hit *hit = &result->hits[i];
        if (i)
            cxm_buffer_add_char(out, ',');
        const cxm_turn *turn = cxm_transcript_turn(transcript, hit->turn);
        excerpt whole = {turn->text, 0};
        cxm_buffer_add_char(out, '{');
        add_hit(self, out, hit, turn, result->roles[hit->turn], &whole);
        cxm_buffer_add_char(out, '}');
    }
    cxm_buffer_add_char(out, ']');
    if (self->judgement)
        cxm_judged_json(self, transcript, result, self->judgement);
    cxm_buffer_add(out, "}\n", 2);
}

static void write_news(cxm_writer *self, const cxm_live *live, const cxm_live_news *news) {
    cxm_buffer *out = &self->out;
    const cxm_transcript *transcript = cxm_live_transcript(live);
    excerpt told = {news->text, news->text_start};
    for (size_t i = 0; i < news->hit_count; i++) {
        const cxm_hit *hit = &news->hits[i];
        const cxm_turn *turn = cxm_transcript_turn(transcript, hit->turn);
        cxm_json_event(out, transcript, "hit");
        add_hit(self, out, hit, turn, cxm_live_role(live, hit->turn), &told);
        cxm_buffer_add(out, "}\n", 2);
    }
}

const cxm_writer_format cxm_write_jsonl = {
    .name = "jsonl", .result = write_result, .news = write_news, .findings = cxm_write_findings};
