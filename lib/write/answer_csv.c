/* SPDX-License-Identifier: MIT */
/* What a query found, as a table: one line a match, for spreadsheets. */
#include "base/str.h"
#include "write/csv.h"
#include "write/writer.h"

static void add_header(cxm_buffer *out) {
    static const char *const names[] = {"file",  "id",    "turn", "time", "speaker", "role",
                                        "agent", "start", "end",  "text", "evidence"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        cxm_csv_cell(out, cxm_str_from(names[i]));
    cxm_csv_end(out);
}

/* The categories of the evidence and their words: "policy.cite: our policy; ...". */
static void add_evidence(cxm_writer *self, const cxm_transcript *transcript,
                         const cxm_result *result, const cxm_finding *finding) {
    cxm_buffer *text = &self->scratch;
    cxm_buffer_reset(text);
    for (size_t i = 0; i < finding->evidence_count; i++) {
        const cxm_hit *hit = &result->all_hits[finding->evidence[i]];
        cxm_str words = cxm_transcript_turn(transcript, hit->turn)->text;
        if (i)
            cxm_buffer_add_text(text, "; ");
        cxm_buffer_add_str(text, cxm_lexicon_category(self->lexicon, hit->category)->name);
        cxm_buffer_add_text(text, ": ");
        cxm_buffer_add_str(text, cxm_str_slice(words, hit->start, hit->end));
    }
    self->out.failed |= text->failed;
    cxm_csv_cell(&self->out, cxm_buffer_str(text));
}

static void add_place(cxm_buffer *out, const cxm_transcript *transcript, const cxm_result *result,
                      const cxm_finding *finding) {
    static const cxm_str nothing = {NULL, 0};
    const cxm_turn *turn = cxm_transcript_turn(transcript, finding->turn);
    cxm_str role = turn ? cxm_str_from(cxm_role_name(result->roles[finding->turn])) : nothing;
    cxm_csv_number(out, turn ? (double)finding->turn : -1);
    cxm_csv_number(out, finding->time);
    cxm_csv_cell(out, turn ? turn->speaker : nothing);
    cxm_csv_cell(out, role);
    cxm_csv_cell(out, cxm_transcript_speaker(transcript, finding->agent));
    cxm_csv_number(out, turn ? (double)finding->start : -1);
    cxm_csv_number(out, turn ? (double)finding->end : -1);
    cxm_csv_cell(out, turn ? cxm_str_slice(turn->text, finding->start, finding->end) : nothing);
}

static void write_answer(cxm_writer *self, const cxm_transcript *transcript,
                         const cxm_result *result, const cxm_answer *answer) {
    if (!self->begun)
        add_header(&self->out);
    for (size_t i = 0; i < answer->finding_count; i++) {
        cxm_csv_cell(&self->out, cxm_transcript_source(transcript));
        cxm_csv_cell(&self->out, cxm_transcript_id(transcript));
        add_place(&self->out, transcript, result, &answer->findings[i]);
        add_evidence(self, transcript, result, &answer->findings[i]);
        cxm_csv_end(&self->out);
    }
}

const cxm_answer_format cxm_answer_csv = {.name = "csv", .answer = write_answer};
