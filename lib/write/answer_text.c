/* SPDX-License-Identifier: MIT */
/*
 * What a query found, for people: each match where it was said, its evidence marked, with turns
 * around it where they were asked for. Matches in one turn are shown together.
 */
#include "base/str.h"
#include "write/marks.h"
#include "write/report.h"
#include "write/screen.h"

enum {
    INDENT = 6,
    AROUND = 70,    /* columns shown on either side of the evidence */
    OF_OTHERS = 150 /* columns shown of a turn with none */
};

/* The matches that are shown together, and where. */
typedef struct scene {
    cxm_writer *writer;
    const cxm_transcript *transcript;
    const cxm_result *result;
    const cxm_finding *findings;
    size_t count;
} scene;

/* The first of the turns to show from `least` on; the number of turns where there is none. */
static size_t next_turn(const scene *self, size_t least) {
    size_t turns = cxm_transcript_turn_count(self->transcript);
    size_t place = self->findings[0].turn;
    size_t next = turns;
    if (place != CXM_NONE) {
        size_t context = self->writer->context;
        size_t first = place > context ? place - context : 0;
        size_t last = turns - 1 - place > context ? place + context : turns - 1;
        first = first > least ? first : least;
        next = first <= last ? first : turns;
    }
    for (size_t i = 0; i < self->count; i++)
        for (size_t j = 0; j < self->findings[i].evidence_count; j++) {
            size_t turn = self->result->all_hits[self->findings[i].evidence[j]].turn;
            if (turn >= least && turn < next)
                next = turn;
        }
    return next;
}

static void mark_evidence(const scene *self, size_t turn) {
    const cxm_writer *writer = self->writer;
    for (size_t i = 0; i < self->count; i++)
        for (size_t j = 0; j < self->findings[i].evidence_count; j++) {
            const cxm_hit *hit = &self->result->all_hits[self->findings[i].evidence[j]];
            if (hit->turn == turn)
                cxm_marks_add(
                    self->writer, hit->start, hit->end,
                    cxm_report_color(writer, cxm_lexicon_category(writer->lexicon, hit->category)));
        }
}

/* When the match in a turn was said; else when the turn began. */
static double time_of(const scene *self, size_t turn) {
    if (self->findings[0].turn == turn && self->findings[0].time >= 0)
        return self->findings[0].time;
    return cxm_transcript_turn(self->transcript, turn)->start;
}

static void add_turn(const scene *self, size_t index) {
    cxm_writer *writer = self->writer;
    cxm_buffer *out = &writer->out;
    const cxm_turn *turn = cxm_transcript_turn(self->transcript, index);
    double time = time_of(self, index);
    cxm_buffer_add_text(out, index == self->findings[0].turn ? "> " : "  ");
    cxm_report_speaker(writer, turn, index, self->result);
    if (time >= 0) {
        cxm_buffer_add_text(out, ", ");
        cxm_report_time(out, time);
    }
    cxm_buffer_add_char(out, '\n');
    writer->mark_count = 0;
    mark_evidence(self, index);
    cxm_passage passage = {.text = turn->text,
                           .marks = writer->marks,
                           .mark_count = writer->mark_count,
                           .indent = INDENT,
                           .width = cxm_report_width(writer)};
    cxm_passage_focus(&passage, writer->mark_count ? AROUND : OF_OTHERS);
    cxm_screen_passage(out, &passage);
}

static void add_scene(const scene *self) {
    cxm_buffer *out = &self->writer->out;
    size_t turns = cxm_transcript_turn_count(self->transcript);
    size_t behind = turns;
    if (self->findings[0].turn == CXM_NONE)
        cxm_buffer_add_text(out, "> the whole conversation\n");
    for (size_t turn = next_turn(self, 0); turn < turns; turn = next_turn(self, behind)) {
        if (turn > behind)
            cxm_buffer_add_text(out, "  …\n");
        add_turn(self, turn);
        behind = turn + 1;
    }
}

static void write_answer(cxm_writer *self, const cxm_transcript *transcript,
                         const cxm_result *result, const cxm_answer *answer) {
    if (answer->finding_count == 0)
        return;
    if (self->begun)
        cxm_buffer_add_char(&self->out, '\n');
    cxm_report_heading(self, transcript);
    for (size_t i = 0; i < answer->finding_count;) {
        const cxm_finding *first = &answer->findings[i];
        scene one = {self, transcript, result, first, 1};
        while (i + one.count < answer->finding_count && first[one.count].turn == first->turn &&
               first->turn != CXM_NONE)
            one.count++;
        if (i)
            cxm_buffer_add_char(&self->out, '\n');
        add_scene(&one);
        i += one.count;
    }
}

const cxm_answer_format cxm_answer_text = {
    .name = "text", .answer = write_answer, .explanation = cxm_explanation_text};
