/* SPDX-License-Identifier: MIT */
#include "write/report.h"

#include "base/str.h"
#include "write/screen.h"
#include "write/speakers.h"

enum { LEAST_WIDTH = 40 };

void cxm_report_paint(cxm_writer *self, const char *escape) {
    if (self->color)
        cxm_buffer_add_text(&self->out, escape);
}

void cxm_report_painted(cxm_writer *self, const char *escape, cxm_str text) {
    cxm_report_paint(self, escape);
    cxm_screen_add(&self->out, text);
    cxm_report_paint(self, CXM_PAINT_OFF);
}

void cxm_report_heading(cxm_writer *self, const cxm_transcript *transcript) {
    cxm_str id = cxm_transcript_id(transcript);
    cxm_str source = cxm_transcript_source(transcript);
    cxm_report_paint(self, CXM_PAINT_BOLD);
    if (id.len == 0 && source.len == 0)
        cxm_buffer_add_text(&self->out, "transcript");
    cxm_screen_add(&self->out, id.len ? id : source);
    cxm_report_paint(self, CXM_PAINT_OFF);
    if (id.len && source.len && !cxm_str_equal(id, source)) {
        cxm_buffer_add_text(&self->out, "  ");
        cxm_report_painted(self, CXM_PAINT_DIM, source);
    }
    cxm_buffer_add_char(&self->out, '\n');
}

static void add_two_digits(cxm_buffer *out, size_t number) {
    if (number < 10)
        cxm_buffer_add_char(out, '0');
    cxm_buffer_add_size(out, number);
}

void cxm_report_time(cxm_buffer *out, double time) {
    static const double longest = 1e9; /* what is beyond is no time of a conversation */
    size_t seconds = (size_t)(time < longest ? time : longest);
    if (seconds >= 3600) {
        cxm_buffer_add_size(out, seconds / 3600);
        cxm_buffer_add_char(out, ':');
    }
    add_two_digits(out, seconds / 60 % 60);
    cxm_buffer_add_char(out, ':');
    add_two_digits(out, seconds % 60);
}

void cxm_report_speaker(cxm_writer *self, const cxm_turn *turn, size_t index,
                        const cxm_result *result) {
    cxm_buffer *out = &self->out;
    cxm_str name = cxm_str_from(cxm_role_name(result->roles[index]));
    cxm_report_painted(self, CXM_PAINT_BOLD, turn->speaker.len ? turn->speaker : name);
    if (turn->speaker.len && !cxm_str_equal_nocase(turn->speaker, name)) {
        cxm_buffer_add_text(out, " (");
        cxm_buffer_add_str(out, name);
        if (cxm_write_role_source(result, index) == CXM_ROLE_FROM_WORDS) {
            cxm_buffer_add_text(out, ", by words ");
            cxm_buffer_add_number(out, result->role_confidences[index], 2);
        }
        cxm_buffer_add_char(out, ')');
    }
    cxm_buffer_add_text(out, ", turn ");
    cxm_buffer_add_size(out, index + 1);
}

/* What helps is green, what harms red: the members of a family are mostly of one kind. */
const char *cxm_report_color(const cxm_writer *self, const cxm_category *category) {
    if (!self->color)
        return NULL;
    return category->weight > 0   ? CXM_PAINT_GOOD
           : category->weight < 0 ? CXM_PAINT_BAD
                                  : CXM_PAINT_NEUTRAL;
}

size_t cxm_report_width(const cxm_writer *self) {
    return self->width > LEAST_WIDTH ? self->width : LEAST_WIDTH;
}

void cxm_report_rest(cxm_writer *self, cxm_str text, size_t used) {
    enum { LEAST_REST = 12 };
    size_t width = cxm_report_width(self);
    size_t columns = width > used + LEAST_REST ? width - used : LEAST_REST;
    cxm_screen_add_cut(&self->out, text, columns);
}
