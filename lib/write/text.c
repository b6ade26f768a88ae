/* SPDX-License-Identifier: MIT */
/*
 * The report for people: what was found how often, then each hit where it was said, with the
 * phrase and the line of the lexicon that found it.
 */
#include "base/str.h"
#include "write/judged.h"
#include "write/report.h"
#include "write/screen.h"
#include "write/writer.h"

#include <math.h>

enum {
    CONTEXT = 70, /* columns shown on either side of a hit */
    INDENT = 6,   /* of a hit's words and what found it */
    COUNT_COLUMNS = 6,
    RATE_COLUMNS = 15,
};

static void add_counted(cxm_buffer *out, size_t count, const char *noun) {
    cxm_buffer_add_size(out, count);
    cxm_buffer_add_char(out, ' ');
    cxm_buffer_add_text(out, noun);
    if (count != 1)
        cxm_buffer_add_char(out, 's');
}

static const char *role_name(size_t role) {
    return cxm_role_name((cxm_role)role);
}

/* "12 turns, 214 words: agent 120, customer 94" */
static void add_sizes(cxm_buffer *out, const cxm_tally *tally) {
    add_counted(out, tally->turns, "turn");
    cxm_buffer_add_text(out, ", ");
    add_counted(out, tally->words, "word");
    const char *separator = ": ";
    for (size_t i = 1; i <= CXM_ROLE_COUNT; i++) {
        size_t role = i % CXM_ROLE_COUNT; /* those whose role is unknown come last */
        if (tally->role_words[role] == 0)
            continue;
        cxm_buffer_add_text(out, separator);
        cxm_buffer_add_text(out, role_name(role));
        cxm_buffer_add_char(out, ' ');
        cxm_buffer_add_size(out, tally->role_words[role]);
        separator = ", ";
    }
    cxm_buffer_add_char(out, '\n');
}

static size_t count_digits(size_t number) {
    size_t digits = 1;
    for (; number >= 10; number /= 10)
        digits++;
    return digits;
}

/* A number with blanks before it, in a column. */
static void add_count(cxm_buffer *out, size_t count) {
    size_t digits = count_digits(count);
    if (digits < COUNT_COLUMNS)
        cxm_buffer_add_repeat(out, ' ', COUNT_COLUMNS - digits);
    cxm_buffer_add_size(out, count);
}

/* Hits per hundred words, always with two decimals, so that points stand below one another. */
static void add_rate(cxm_buffer *out, size_t hits, size_t words) {
    if (words == 0) {
        cxm_screen_add_right(out, CXM_STR("-"), RATE_COLUMNS);
        return;
    }
    size_t hundredths = (size_t)llround(10000.0 * (double)hits / (double)words);
    char decimals[] = {'.', (char)('0' + hundredths / 10 % 10), (char)('0' + hundredths % 10)};
    size_t columns = count_digits(hundredths / 100) + sizeof decimals;
    cxm_buffer_add_repeat(out, ' ', columns < RATE_COLUMNS ? RATE_COLUMNS - columns : 1);
    cxm_buffer_add_size(out, hundredths / 100);
    cxm_buffer_add(out, decimals, sizeof decimals);
}

static size_t label_columns(const cxm_writer *self, const cxm_tally *tally) {
    size_t widest = 12;
    for (size_t family = 0; family < tally->family_count; family++) {
        size_t columns = cxm_screen_columns(self->families.names[family]);
        for (size_t role = 0; role < CXM_ROLE_COUNT; role++)
            if (cxm_tally_hits(tally, family, role) && columns > widest)
                widest = columns;
    }
    return widest;
}

static void add_role_table(cxm_writer *self, const cxm_tally *tally, size_t role, size_t columns) {
    cxm_buffer *out = &self->out;
    cxm_buffer_add_text(out, "\n  ");
    cxm_report_paint(self, CXM_PAINT_BOLD);
    cxm_screen_add_left(out, cxm_str_from(role_name(role)), columns + 2);
    cxm_report_paint(self, CXM_PAINT_OFF);
    cxm_screen_add_right(out, CXM_STR("hits"), COUNT_COLUMNS);
    cxm_screen_add_right(out, CXM_STR("per 100 words"), RATE_COLUMNS);
    cxm_buffer_add_char(out, '\n');
    for (size_t family = 0; family < tally->family_count; family++) {
        size_t hits = cxm_tally_hits(tally, family, role);
        if (hits == 0)
            continue;
        cxm_buffer_add_text(out, "    ");
        cxm_screen_add_left(out, self->families.names[family], columns);
        add_count(out, hits);
        add_rate(out, hits, tally->role_words[role]);
        if (tally->transcripts > 1 && tally->role_words[role]) {
            cxm_buffer_add_char(out, ' ');
            cxm_judged_interval(out, hits, tally->role_words[role], 100, 2);
        }
        cxm_buffer_add_char(out, '\n');
    }
}

static void add_tables(cxm_writer *self, const cxm_tally *tally) {
    size_t columns = label_columns(self, tally);
    bool any = false;
    for (size_t i = 1; i <= CXM_ROLE_COUNT; i++) {
        size_t role = i % CXM_ROLE_COUNT;
        if (tally->role_hits[role] == 0)
            continue;
        add_role_table(self, tally, role, columns);
        any = true;
    }
    if (!any)
        cxm_buffer_add_text(&self->out, "\n  nothing found\n");
}

static void add_words(cxm_writer *self, const cxm_turn *turn, const cxm_hit *hit,
                      const char *color) {
    cxm_screen_mark mark = {hit->start, hit->end, color};
    cxm_passage passage = {.text = turn->text,
                           .marks = &mark,
                           .mark_count = 1,
                           .indent = INDENT,
                           .width = cxm_report_width(self)};
    cxm_passage_focus(&passage, CONTEXT);
    cxm_screen_passage(&self->out, &passage);
}

static void add_captures(cxm_writer *self, const cxm_hit *hit, cxm_str text) {
    for (size_t i = 0; i < hit->capture_count; i++) {
        const cxm_capture *capture = &hit->captures[i];
        cxm_buffer_add_repeat(&self->out, ' ', INDENT);
        cxm_screen_add(&self->out, capture->name);
        cxm_buffer_add_text(&self->out, ": ");
        cxm_report_rest(self, cxm_str_slice(text, capture->start, capture->end),
                        INDENT + cxm_screen_columns(capture->name) + 2);
        cxm_buffer_add_char(&self->out, '\n');
    }
}

/* "policy.yaml:12  our policy (state~|say~)"; a phrase may be far longer than a line. */
static void add_phrase(cxm_writer *self, const cxm_phrase *phrase) {
    cxm_buffer *out = &self->out;
    size_t place = cxm_screen_columns(phrase->file) + 1 + count_digits(phrase->line);
    cxm_buffer_add_repeat(out, ' ', INDENT);
    cxm_report_paint(self, CXM_PAINT_DIM);
    cxm_screen_add(out, phrase->file);
    cxm_buffer_add_char(out, ':');
    cxm_buffer_add_size(out, phrase->line);
    cxm_buffer_add_text(out, "  ");
    cxm_report_rest(self, phrase->text, INDENT + place + 2);
    cxm_report_paint(self, CXM_PAINT_OFF);
    cxm_buffer_add_char(out, '\n');
}

/* When it was said, the category, the words around it, and what found it. */
static void add_hit(cxm_writer *self, const cxm_turn *turn, const cxm_hit *hit) {
    cxm_buffer *out = &self->out;
    const cxm_category *category = cxm_lexicon_category(self->lexicon, hit->category);
    const char *color = cxm_report_color(self, category);
    cxm_buffer_add_text(out, "    ");
    if (hit->time >= 0) {
        cxm_report_time(out, hit->time);
        cxm_buffer_add_text(out, "  ");
    }
    cxm_report_painted(self, color ? color : "", category->name);
    if (hit->typing_slip)
        cxm_buffer_add_text(out, " (typing slip)");
    cxm_buffer_add_char(out, '\n');
    add_words(self, turn, hit, color);
    add_captures(self, hit, turn->text);
    add_phrase(self, cxm_lexicon_phrase(self->lexicon, hit->phrase));
}

/* "left out when reading: 2 (empty text), 1 (no speech)" */
static void add_skipped(cxm_writer *self, const cxm_transcript *transcript) {
    size_t count = cxm_transcript_skipped_count(transcript);
    cxm_buffer *out = &self->out;
    for (size_t i = 0; i < count; i++) {
        const cxm_skipped *skipped = cxm_transcript_skipped(transcript, i);
        cxm_buffer_add_text(out, i ? ", " : "  left out when reading: ");
        cxm_buffer_add_size(out, skipped->count);
        cxm_buffer_add_text(out, " (");
        cxm_screen_add(out, skipped->reason);
        cxm_buffer_add_char(out, ')');
    }
    if (count)
        cxm_buffer_add_char(out, '\n');
}

static void write_result(cxm_writer *self, const cxm_transcript *transcript,
                         const cxm_result *result) {
    if (self->all.transcripts)
        cxm_buffer_add_char(&self->out, '\n');
    cxm_report_heading(self, transcript);
    add_sizes(&self->out, &self->one);
    add_skipped(self, transcript);
    add_tables(self, &self->one);
    for (size_t i = 0; i < result->hit_count; i++) {
        const cxm_hit *hit = &result->hits[i];
        const cxm_turn *turn = cxm_transcript_turn(transcript, hit->turn);
        if (i == 0 || hit->turn != hit[-1].turn) {
            cxm_buffer_add_text(&self->out, "\n  ");
            cxm_report_speaker(self, turn, hit->turn, result);
            cxm_buffer_add_char(&self->out, '\n');
        }
        add_hit(self, turn, hit);
    }
    if (self->judgement)
        cxm_judged_text(self, transcript, self->judgement);
}

static void write_end(cxm_writer *self) {
    if (self->all.transcripts < 2)
        return;
    cxm_buffer *out = &self->out;
    cxm_buffer_add_char(out, '\n');
    cxm_report_paint(self, CXM_PAINT_BOLD);
    cxm_buffer_add_text(out, "All ");
    add_counted(out, self->all.transcripts, "transcript");
    cxm_report_paint(self, CXM_PAINT_OFF);
    cxm_buffer_add_char(out, '\n');
    add_sizes(out, &self->all);
    add_tables(self, &self->all);
    cxm_judged_totals(self);
}

const cxm_writer_format cxm_write_text = {.name = "text", .result = write_result, .end = write_end};
