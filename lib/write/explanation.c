/* SPDX-License-Identifier: MIT */
/* Why an expression did not hold, for people and as JSON Lines. */
#include "base/str.h"
#include "write/json.h"
#include "write/marks.h"
#include "write/report.h"
#include "write/screen.h"

static const cxm_hit *hit_at(const cxm_result *result, uint32_t index) {
    return index < result->all_hit_count ? &result->all_hits[index] : NULL;
}

/* ---- Text ---- */

enum { INDENT = 6, AROUND = 40 };

/* Where a clause came nearest: the turn, with the hits marked that are in it. */
static void add_place(cxm_writer *self, const cxm_transcript *transcript, const cxm_result *result,
                      const cxm_hit *hit, const cxm_hit *other) {
    cxm_buffer *out = &self->out;
    const cxm_turn *turn = cxm_transcript_turn(transcript, hit->turn);
    const char *paint = self->color ? CXM_PAINT_NEUTRAL : NULL;
    cxm_buffer_add_text(out, "    ");
    cxm_report_speaker(self, turn, hit->turn, result);
    if (hit->time >= 0) {
        cxm_buffer_add_text(out, ", ");
        cxm_report_time(out, hit->time);
    }
    cxm_buffer_add_char(out, '\n');
    self->mark_count = 0;
    cxm_marks_add(self, hit->start, hit->end, paint);
    if (other && other->turn == hit->turn)
        cxm_marks_add(self, other->start, other->end, paint);
    cxm_passage passage = {.text = turn->text,
                           .marks = self->marks,
                           .mark_count = self->mark_count,
                           .indent = INDENT,
                           .width = cxm_report_width(self)};
    cxm_passage_focus(&passage, AROUND);
    cxm_screen_passage(out, &passage);
}

static void add_shortfall(cxm_writer *self, const cxm_transcript *transcript,
                          const cxm_result *result, const cxm_shortfall *shortfall) {
    cxm_buffer *out = &self->out;
    const cxm_hit *hit = hit_at(result, shortfall->hit);
    const cxm_hit *other = hit_at(result, shortfall->other);
    cxm_str text = cxm_str_from(shortfall->text);
    cxm_passage passage = {
        .text = text, .to = text.len, .indent = 4, .width = cxm_report_width(self)};
    cxm_buffer_add_text(out, "  ");
    cxm_report_paint(self, CXM_PAINT_BOLD);
    cxm_report_rest(self, shortfall->clause, 2);
    cxm_report_paint(self, CXM_PAINT_OFF);
    cxm_buffer_add_char(out, '\n');
    cxm_screen_passage(out, &passage);
    if (hit)
        add_place(self, transcript, result, hit, other);
    if (other && !(hit && hit->turn == other->turn))
        add_place(self, transcript, result, other, NULL);
}

void cxm_explanation_text(cxm_writer *self, const cxm_transcript *transcript,
                          const cxm_result *result, const cxm_explanation *explanation) {
    if (explanation->holds)
        return;
    if (self->begun)
        cxm_buffer_add_char(&self->out, '\n');
    cxm_report_heading(self, transcript);
    for (size_t i = 0; i < explanation->shortfall_count; i++)
        add_shortfall(self, transcript, result, &explanation->shortfalls[i]);
}

/* ---- JSON Lines ---- */

static void add_json_place(cxm_buffer *out, const char *key, const cxm_transcript *transcript,
                           const cxm_hit *hit) {
    cxm_json_key(out, key);
    if (!hit) {
        cxm_buffer_add_text(out, "null");
        return;
    }
    cxm_str text = cxm_transcript_turn(transcript, hit->turn)->text;
    cxm_buffer_add_char(out, '{');
    cxm_json_size_member(out, "turn", hit->turn);
    cxm_json_size_member(out, "start", hit->start);
    cxm_json_size_member(out, "end", hit->end);
    cxm_json_string_member(out, "text", cxm_str_slice(text, hit->start, hit->end));
    cxm_buffer_add_char(out, '}');
}

static const char *reason_name(cxm_reason reason) {
    static const char *const names[] = {"absent", "far",       "present", "outside",
                                        "count",  "different", "untimed"};
    return (size_t)reason < sizeof names / sizeof *names ? names[reason] : "";
}

void cxm_explanation_jsonl(cxm_writer *self, const cxm_transcript *transcript,
                           const cxm_result *result, const cxm_explanation *explanation) {
    cxm_buffer *out = &self->out;
    cxm_buffer_add_char(out, '{');
    cxm_json_string_member(out, "id", cxm_transcript_id(transcript));
    cxm_json_string_member(out, "source", cxm_transcript_source(transcript));
    cxm_json_key(out, "holds");
    cxm_buffer_add_text(out, explanation->holds ? "true" : "false");
    cxm_json_key(out, "why_not");
    cxm_buffer_add_char(out, '[');
    for (size_t i = 0; i < explanation->shortfall_count; i++) {
        const cxm_shortfall *shortfall = &explanation->shortfalls[i];
        cxm_buffer_add_text(out, i ? ",{" : "{");
        cxm_json_string_member(out, "clause", shortfall->clause);
        cxm_json_string_member(out, "reason", cxm_str_from(reason_name(shortfall->reason)));
        cxm_json_string_member(out, "text", cxm_str_from(shortfall->text));
        add_json_place(out, "at", transcript, hit_at(result, shortfall->hit));
        add_json_place(out, "other", transcript, hit_at(result, shortfall->other));
        cxm_json_key(out, "actual");
        cxm_buffer_add_number(out, shortfall->actual, 3);
        cxm_json_key(out, "limit");
        cxm_buffer_add_number(out, shortfall->limit, 3);
        cxm_buffer_add_char(out, '}');
    }
    cxm_buffer_add(out, "]}\n", 3);
}
