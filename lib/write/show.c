/* SPDX-License-Identifier: MIT */
/*
 * A transcript for people, whole, with what was found marked in place; under it the findings, and
 * the scores with what every criterion rests on.
 */
#include "base/str.h"
#include "write/marks.h"
#include "write/report.h"
#include "write/screen.h"

enum {
    INDENT = 6,
    QUOTE = 60 /* columns of a quoted hit */
};

/* What is shown, and by whom. */
typedef struct stage {
    cxm_writer *writer;
    cxm_buffer *out;
    const cxm_transcript *transcript;
    const cxm_result *result;
    const cxm_judgement *judgement;
} stage;

/* ---- The transcript ---- */

/* The colour of a family. Where there are more than colours some share one. */
static const char *paint_of(const cxm_writer *self, uint32_t category) {
    static const char *const paints[] = {"\033[33m",   "\033[36m",   "\033[35m",   "\033[32m",
                                         "\033[34m",   "\033[31m",   "\033[1;33m", "\033[1;36m",
                                         "\033[1;35m", "\033[1;32m", "\033[1;34m", "\033[1;31m"};
    uint32_t family = self->families.of_category[category];
    return paints[family % (sizeof paints / sizeof *paints)];
}

static cxm_str category_name(const stage *self, const cxm_hit *hit) {
    return cxm_lexicon_category(self->writer->lexicon, hit->category)->name;
}

/* Where the next of some hits ends behind `at`; SIZE_MAX: none does. */
static size_t next_end(const cxm_hit *hits, size_t count, size_t at) {
    size_t end = SIZE_MAX;
    for (size_t i = 0; i < count; i++)
        if (hits[i].end > at && hits[i].end < end)
            end = hits[i].end;
    return end;
}

static void open_bracket(const stage *self, const cxm_hit *hit, const char *before) {
    cxm_buffer *out = &self->writer->scratch;
    cxm_buffer_add_text(out, before);
    cxm_buffer_add_str(out, category_name(self, hit));
    cxm_buffer_add_text(out, ": ");
}

/* Closes the brackets of hits that end at `end`. One in it that goes on is closed, too, and opened
 * again, so that brackets always stand in one another. */
static void close_brackets(const stage *self, const cxm_hit *hits, size_t count, size_t end) {
    cxm_buffer *out = &self->writer->scratch;
    size_t outer = 0;
    while (outer < count && hits[outer].end != end)
        outer++;
    for (size_t i = outer; i < count; i++)
        if (hits[i].end >= end)
            cxm_buffer_add_char(out, ']');
    for (size_t i = outer; i < count; i++)
        if (hits[i].end > end)
            open_bracket(self, &hits[i], "[…");
}

/* Writes the turn's text with "[policy.cite: our policy]" in it. */
static void add_brackets(const stage *self, cxm_str text, const cxm_hit *hits, size_t count) {
    cxm_buffer *out = &self->writer->scratch;
    size_t at = 0;
    size_t begun = 0;
    size_t first = 0;
    while (at < text.len) {
        while (first < begun && hits[first].end <= at)
            first++;
        size_t end = next_end(hits + first, begun - first, at);
        size_t start = begun < count ? hits[begun].start : SIZE_MAX;
        size_t to = end <= start ? end : start;
        to = to < text.len ? to : text.len;
        cxm_buffer_add_str(out, cxm_str_slice(text, at, to));
        if (to == end)
            close_brackets(self, hits + first, begun - first, end);
        for (; begun < count && hits[begun].start == to; begun++)
            open_bracket(self, &hits[begun], "[");
        at = to;
    }
}

/* In colours the text does not say what was found: a line below it does. */
static void add_legend(const stage *self, const cxm_hit *hits, size_t count) {
    cxm_buffer_add_repeat(self->out, ' ', INDENT);
    for (size_t i = 0; i < count; i++) {
        if (i)
            cxm_buffer_add_text(self->out, ", ");
        cxm_report_painted(self->writer, paint_of(self->writer, hits[i].category),
                           category_name(self, &hits[i]));
    }
    cxm_buffer_add_char(self->out, '\n');
}

static void add_text(const stage *self, cxm_str text, const cxm_hit *hits, size_t count) {
    cxm_writer *writer = self->writer;
    writer->mark_count = 0;
    cxm_buffer_reset(&writer->scratch);
    if (writer->color)
        for (size_t i = 0; i < count; i++)
            cxm_marks_add(writer, hits[i].start, hits[i].end, paint_of(writer, hits[i].category));
    else if (count)
        add_brackets(self, text, hits, count);
    if (!writer->color && count)
        text = cxm_buffer_str(&writer->scratch);
    self->out->failed |= writer->scratch.failed;
    cxm_passage passage = {.text = text,
                           .to = text.len,
                           .marks = writer->marks,
                           .mark_count = writer->mark_count,
                           .indent = INDENT,
                           .width = cxm_report_width(writer)};
    cxm_screen_passage(self->out, &passage);
    if (writer->color && count)
        add_legend(self, hits, count);
}

static void add_turn(const stage *self, size_t index, const cxm_hit *hits, size_t count) {
    const cxm_turn *turn = cxm_transcript_turn(self->transcript, index);
    cxm_buffer_add_text(self->out, "\n  ");
    cxm_report_speaker(self->writer, turn, index, self->result);
    if (turn->start >= 0) {
        cxm_buffer_add_text(self->out, ", ");
        cxm_report_time(self->out, turn->start);
    }
    if (turn->kind != CXM_TURN_SPEECH) {
        cxm_buffer_add_text(self->out, ", ");
        cxm_buffer_add_text(self->out, cxm_turn_kind_name(turn->kind));
    }
    cxm_buffer_add_char(self->out, '\n');
    add_text(self, turn->text, hits, count);
}

static void add_turns(const stage *self) {
    const cxm_result *result = self->result;
    size_t hit = 0;
    for (size_t i = 0; i < result->turn_count; i++) {
        size_t first = hit;
        while (hit < result->hit_count && result->hits[hit].turn == i)
            hit++;
        add_turn(self, i, result->hits ? result->hits + first : NULL, hit - first);
    }
}

/* ---- What was found ---- */

static void add_title(const stage *self, const char *title) {
    cxm_buffer_add_char(self->out, '\n');
    cxm_report_painted(self->writer, CXM_PAINT_BOLD, cxm_str_from(title));
    cxm_buffer_add_char(self->out, '\n');
}

/* "turn 5, 00:36  policy.cite «our policy states»" */
static void add_evidence(const stage *self, uint32_t index, const char *before) {
    const cxm_hit *hit = &self->result->all_hits[index];
    cxm_buffer *out = self->out;
    cxm_str text = cxm_transcript_turn(self->transcript, hit->turn)->text;
    const cxm_category *category = cxm_lexicon_category(self->writer->lexicon, hit->category);
    cxm_buffer_add_text(out, before);
    cxm_buffer_add_text(out, "turn ");
    cxm_buffer_add_size(out, hit->turn + 1);
    if (hit->time >= 0) {
        cxm_buffer_add_text(out, ", ");
        cxm_report_time(out, hit->time);
    }
    cxm_buffer_add_text(out, "  ");
    if (!category->hidden) {
        cxm_screen_add(out, category->name);
        cxm_buffer_add_char(out, ' ');
    }
    cxm_buffer_add_text(out, "«");
    cxm_screen_add_cut(out, cxm_str_slice(text, hit->start, hit->end), QUOTE);
    cxm_buffer_add_text(out, "»\n");
}

/* " (Dana)", to whom something belongs, where there are several agents. */
static void add_agent(const stage *self, uint32_t agent) {
    cxm_str label = cxm_transcript_speaker(self->transcript, agent);
    if (agent == CXM_NONE || label.len == 0)
        return;
    cxm_buffer_add_text(self->out, " (");
    cxm_screen_add(self->out, label);
    cxm_buffer_add_char(self->out, ')');
}

static void add_finding(const stage *self, const cxm_finding *finding) {
    const cxm_behavior *behavior = cxm_lexicon_behavior(self->writer->lexicon, finding->behavior);
    const char *paint = behavior->weight > 0   ? CXM_PAINT_GOOD
                        : behavior->weight < 0 ? CXM_PAINT_BAD
                                               : CXM_PAINT_NEUTRAL;
    cxm_buffer_add_text(self->out, "  ");
    cxm_report_painted(self->writer, paint, behavior->name);
    cxm_buffer_add_text(self->out, "  ");
    cxm_screen_add(self->out, behavior->title);
    add_agent(self, finding->agent);
    cxm_buffer_add_char(self->out, '\n');
    for (size_t i = 0; i < finding->evidence_count; i++)
        add_evidence(self, finding->evidence[i], "    ");
}

static void add_findings(const stage *self) {
    const cxm_judgement *judgement = self->judgement;
    add_title(self, "Findings");
    for (size_t i = 0; i < judgement->finding_count; i++)
        add_finding(self, &judgement->findings[i]);
    if (judgement->finding_count == 0)
        cxm_buffer_add_text(self->out, "  none\n");
}

/* ---- Scores ---- */

static void add_opportunity(const stage *self, const cxm_opportunity *opportunity) {
    const char *sign = opportunity->met ? "        + " : "        - ";
    bool own = opportunity->hit == CXM_NONE;
    if (!own)
        add_evidence(self, opportunity->hit, sign);
    for (size_t i = 0; i < opportunity->evidence_count; i++) {
        if (opportunity->evidence[i] == opportunity->hit)
            continue;
        add_evidence(self, opportunity->evidence[i], own ? sign : "          ");
        own = false;
    }
    if (own) {
        cxm_buffer_add_text(self->out, sign);
        cxm_buffer_add_text(self->out, "the whole conversation\n");
    }
}

static void add_criterion(const stage *self, const cxm_criterion *criterion,
                          const cxm_criterion_score *score) {
    cxm_buffer *out = self->out;
    cxm_buffer_add_text(out, "    ");
    if (score->applies) {
        cxm_buffer_add_number(out, score->points, 1);
        cxm_buffer_add_text(out, " of ");
        cxm_buffer_add_number(out, criterion->points, 1);
    } else {
        cxm_buffer_add_text(out, "does not apply");
    }
    cxm_buffer_add_text(out, "  ");
    cxm_screen_add(out, criterion->name);
    if (criterion->title.len) {
        cxm_buffer_add_text(out, ": ");
        cxm_screen_add(out, criterion->title);
    }
    if (score->applies) {
        cxm_buffer_add_text(out, ", ");
        cxm_buffer_add_size(out, score->met);
        cxm_buffer_add_text(out, " of ");
        cxm_buffer_add_size(out, score->opportunity_count);
    }
    cxm_buffer_add_char(out, '\n');
    for (size_t i = 0; i < score->opportunity_count; i++)
        add_opportunity(self, &score->opportunities[i]);
}

static void add_value(const stage *self, const cxm_score *score) {
    if (!score->applies) {
        cxm_buffer_add_text(self->out, "none, since nothing applies");
        return;
    }
    cxm_buffer_add_number(self->out, score->value, 1);
    cxm_buffer_add_text(self->out, " of 100");
}

/* The conversation's score in full; those of its agents in a line. */
static void add_score(const stage *self, const cxm_score *score) {
    const cxm_scorecard *card = cxm_lexicon_scorecard(self->writer->lexicon, score->scorecard);
    cxm_buffer *out = self->out;
    cxm_buffer_add_text(out, "  ");
    if (score->agent != CXM_NONE) {
        cxm_screen_add(out, cxm_transcript_speaker(self->transcript, score->agent));
        cxm_buffer_add_text(out, ": ");
        add_value(self, score);
        cxm_buffer_add_char(out, '\n');
        return;
    }
    cxm_report_painted(self->writer, CXM_PAINT_BOLD, card->title.len ? card->title : card->name);
    cxm_buffer_add_text(out, ": ");
    add_value(self, score);
    cxm_buffer_add_char(out, '\n');
    for (size_t i = 0; i < score->criterion_count; i++)
        add_criterion(self, &card->criteria[i], &score->criteria[i]);
}

/* The score of the only agent says nothing new. */
static bool is_worth_a_line(const stage *self, size_t index) {
    const cxm_score *scores = self->judgement->scores;
    bool last = index + 1 == self->judgement->score_count ||
                scores[index + 1].scorecard != scores[index].scorecard;
    return scores[index].agent == CXM_NONE || !last || scores[index - 1].agent != CXM_NONE;
}

static void add_scores(const stage *self) {
    if (self->judgement->score_count)
        add_title(self, "Scores");
    for (size_t i = 0; i < self->judgement->score_count; i++)
        if (is_worth_a_line(self, i))
            add_score(self, &self->judgement->scores[i]);
}

void cxm_show_text(cxm_writer *self, const cxm_transcript *transcript, const cxm_result *result,
                   const cxm_judgement *judgement) {
    stage on = {self, &self->out, transcript, result, judgement};
    if (self->begun)
        cxm_buffer_add_char(&self->out, '\n');
    cxm_report_heading(self, transcript);
    add_turns(&on);
    add_findings(&on);
    add_scores(&on);
}
