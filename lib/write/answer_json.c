/* SPDX-License-Identifier: MIT */
/* What a query found, as JSON Lines: one object a match. */
#include "base/str.h"
#include "write/json.h"
#include "write/writer.h"

static void add_null(cxm_buffer *out, const char *key) {
    cxm_json_key(out, key);
    cxm_buffer_add_text(out, "null");
}

static void add_time(cxm_buffer *out, double time) {
    if (time < 0) {
        add_null(out, "time");
        return;
    }
    cxm_json_key(out, "time");
    cxm_buffer_add_number(out, time, 3);
}

/* A place in a turn: who says what there. */
static void add_place(cxm_buffer *out, const cxm_transcript *transcript, const cxm_result *result,
                      size_t index, const size_t span[2]) {
    const cxm_turn *turn = cxm_transcript_turn(transcript, index);
    cxm_json_size_member(out, "turn", index);
    cxm_json_string_member(out, "speaker", turn->speaker);
    cxm_json_string_member(out, "role", cxm_str_from(cxm_role_name(result->roles[index])));
    cxm_json_size_member(out, "start", span[0]);
    cxm_json_size_member(out, "end", span[1]);
    cxm_json_string_member(out, "text", cxm_str_slice(turn->text, span[0], span[1]));
}

static void add_evidence(const cxm_writer *self, cxm_buffer *out, const cxm_transcript *transcript,
                         const cxm_result *result, const cxm_finding *finding) {
    cxm_json_key(out, "evidence");
    cxm_buffer_add_char(out, '[');
    for (size_t i = 0; i < finding->evidence_count; i++) {
        const cxm_hit *hit = &result->all_hits[finding->evidence[i]];
        cxm_buffer_add_text(out, i ? ",{" : "{");
        cxm_json_string_member(out, "category",
                               cxm_lexicon_category(self->lexicon, hit->category)->name);
        add_place(out, transcript, result, hit->turn, (size_t[2]){hit->start, hit->end});
        add_time(out, hit->time);
        cxm_buffer_add_char(out, '}');
    }
    cxm_buffer_add_char(out, ']');
}

static void add_context(cxm_writer *self, const cxm_transcript *transcript,
                        const cxm_result *result, size_t place) {
    size_t turns = cxm_transcript_turn_count(transcript);
    size_t first = place > self->context ? place - self->context : 0;
    size_t last = turns - 1 - place > self->context ? place + self->context : turns - 1;
    cxm_json_key(&self->out, "context");
    cxm_buffer_add_char(&self->out, '[');
    for (size_t i = first; i <= last; i++) {
        const cxm_turn *turn = cxm_transcript_turn(transcript, i);
        cxm_buffer_add_text(&self->out, i > first ? ",{" : "{");
        cxm_json_size_member(&self->out, "turn", i);
        cxm_json_string_member(&self->out, "speaker", turn->speaker);
        cxm_json_string_member(&self->out, "role", cxm_str_from(cxm_role_name(result->roles[i])));
        cxm_json_string_member(&self->out, "text", turn->text);
        cxm_buffer_add_char(&self->out, '}');
    }
    cxm_buffer_add_char(&self->out, ']');
}

static void write_answer(cxm_writer *self, const cxm_transcript *transcript,
                         const cxm_result *result, const cxm_answer *answer) {
    cxm_buffer *out = &self->out;
    for (size_t i = 0; i < answer->finding_count; i++) {
        const cxm_finding *finding = &answer->findings[i];
        cxm_buffer_add_char(out, '{');
        cxm_json_string_member(out, "id", cxm_transcript_id(transcript));
        cxm_json_string_member(out, "source", cxm_transcript_source(transcript));
        if (finding->turn == CXM_NONE)
            add_null(out, "turn");
        else
            add_place(out, transcript, result, finding->turn,
                      (size_t[2]){finding->start, finding->end});
        add_time(out, finding->time);
        if (finding->agent == CXM_NONE)
            add_null(out, "agent");
        else
            cxm_json_string_member(out, "agent",
                                   cxm_transcript_speaker(transcript, finding->agent));
        add_evidence(self, out, transcript, result, finding);
        if (self->context && finding->turn != CXM_NONE)
            add_context(self, transcript, result, finding->turn);
        cxm_buffer_add(out, "}\n", 2);
    }
}

const cxm_answer_format cxm_answer_jsonl = {
    .name = "jsonl", .answer = write_answer, .explanation = cxm_explanation_jsonl};
