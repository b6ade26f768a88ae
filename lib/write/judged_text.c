/* SPDX-License-Identifier: MIT */
/* Findings, scores and measures for people. */
#include "base/str.h"
#include "write/judged.h"
#include "write/report.h"
#include "write/screen.h"

enum { LEAST_COLUMNS = 12, POINT_COLUMNS = 14, MET_COLUMNS = 12 };

static void add_title(cxm_writer *self, const char *title) {
    cxm_buffer_add_text(&self->out, "\n  ");
    cxm_report_painted(self, CXM_PAINT_BOLD, cxm_str_from(title));
    cxm_buffer_add_char(&self->out, '\n');
}

static size_t wider(size_t columns, cxm_str name) {
    size_t own = cxm_screen_columns(name);
    return own > columns ? own : columns;
}

static const char *color_of(const cxm_writer *self, double weight) {
    if (!self->color)
        return "";
    return weight > 0 ? CXM_PAINT_GOOD : weight < 0 ? CXM_PAINT_BAD : CXM_PAINT_NEUTRAL;
}

/* Moves what was added last to the right of a column. */
static void align_right(cxm_buffer *out, size_t before, size_t columns) {
    size_t len = out->len - before;
    if (out->failed || len >= columns)
        return;
    size_t blanks = columns - len;
    cxm_buffer_add_repeat(out, ' ', blanks);
    if (out->failed)
        return;
    memmove(out->ptr + before + blanks, out->ptr + before, len);
    memset(out->ptr + before, ' ', blanks);
}

/* "1 of 2" */
static void add_of(cxm_buffer *out, double part, double whole, int decimals, size_t columns) {
    size_t before = out->len;
    cxm_buffer_add_number(out, part, decimals);
    cxm_buffer_add_text(out, " of ");
    cxm_buffer_add_number(out, whole, decimals);
    align_right(out, before, columns);
}

void cxm_judged_interval(cxm_buffer *out, size_t met, size_t count, double scale, int decimals) {
    cxm_interval interval = cxm_wilson(met, count);
    cxm_buffer_add_char(out, '(');
    cxm_buffer_add_number(out, scale * interval.low, decimals);
    cxm_buffer_add_char(out, '-');
    cxm_buffer_add_number(out, scale * interval.high, decimals);
    cxm_buffer_add_char(out, ')');
}

/* ---- Findings ---- */

static void add_finding(cxm_writer *self, const cxm_transcript *transcript,
                        const cxm_finding *finding) {
    cxm_buffer *out = &self->out;
    const cxm_behavior *behavior = cxm_lexicon_behavior(self->lexicon, finding->behavior);
    size_t used = 4 + cxm_screen_columns(behavior->name);
    cxm_buffer_add_text(out, "    ");
    cxm_report_painted(self, color_of(self, behavior->weight), behavior->name);
    if (finding->turn == CXM_NONE) {
        cxm_buffer_add_text(out, ", the whole conversation\n");
        return;
    }
    size_t before = out->len;
    cxm_buffer_add_text(out, ", turn ");
    cxm_buffer_add_size(out, (size_t)finding->turn + 1);
    if (finding->agent != CXM_NONE) {
        cxm_buffer_add_text(out, ", ");
        cxm_screen_add_cut(out, cxm_transcript_speaker(transcript, finding->agent), 24);
    }
    cxm_buffer_add_text(out, ": ");
    used += out->len - before;
    cxm_report_rest(self,
                    cxm_str_slice(cxm_transcript_turn(transcript, finding->turn)->text,
                                  finding->start, finding->end),
                    used);
    cxm_buffer_add_char(out, '\n');
}

static void add_findings(cxm_writer *self, const cxm_transcript *transcript,
                         const cxm_judgement *judgement) {
    if (judgement->finding_count)
        add_title(self, "findings");
    for (size_t i = 0; i < judgement->finding_count; i++)
        add_finding(self, transcript, &judgement->findings[i]);
}

/* ---- Scores ---- */

static size_t criterion_columns(const cxm_scorecard *card) {
    size_t columns = LEAST_COLUMNS;
    for (size_t i = 0; i < card->criterion_count; i++)
        columns = wider(columns, card->criteria[i].name);
    return columns;
}

static void add_criteria(cxm_writer *self, const cxm_scorecard *card, const cxm_score *score) {
    cxm_buffer *out = &self->out;
    size_t columns = criterion_columns(card);
    for (size_t i = 0; i < card->criterion_count; i++) {
        const cxm_criterion *criterion = &card->criteria[i];
        const cxm_criterion_score *of = &score->criteria[i];
        cxm_buffer_add_text(out, "    ");
        cxm_screen_add_left(out, criterion->name, columns);
        if (of->applies) {
            add_of(out, of->points, criterion->points, 1, POINT_COLUMNS);
            add_of(out, (double)of->met, (double)of->opportunity_count, 0, MET_COLUMNS);
        } else {
            cxm_screen_add_right(out, CXM_STR("-"), POINT_COLUMNS);
            cxm_screen_add_right(out, CXM_STR(""), MET_COLUMNS);
        }
        cxm_buffer_add_text(out, "  ");
        cxm_report_rest(self, criterion->title, 4 + columns + POINT_COLUMNS + MET_COLUMNS + 2);
        cxm_buffer_add_char(out, '\n');
    }
}

/* An agent's score is told beside the conversation's where there are several agents. */
static void add_score(cxm_writer *self, const cxm_transcript *transcript, const cxm_score *score) {
    cxm_buffer *out = &self->out;
    const cxm_scorecard *card = cxm_lexicon_scorecard(self->lexicon, score->scorecard);
    cxm_buffer_add_text(out, "\n  ");
    cxm_report_painted(self, CXM_PAINT_BOLD, card->title.len ? card->title : card->name);
    if (score->agent != CXM_NONE) {
        cxm_buffer_add_text(out, ", ");
        cxm_screen_add(out, cxm_transcript_speaker(transcript, score->agent));
    }
    cxm_buffer_add_text(out, ": ");
    if (!score->applies) {
        cxm_buffer_add_text(out, "no score, nothing applied\n");
        return;
    }
    cxm_buffer_add_number(out, score->value, 0);
    cxm_buffer_add_text(out, " of 100\n");
    add_criteria(self, card, score);
}

static size_t count_agents(const cxm_judgement *judgement, uint32_t scorecard) {
    size_t count = 0;
    for (size_t i = 0; i < judgement->score_count; i++)
        count +=
            judgement->scores[i].scorecard == scorecard && judgement->scores[i].agent != CXM_NONE;
    return count;
}

static void add_scores(cxm_writer *self, const cxm_transcript *transcript,
                       const cxm_judgement *judgement) {
    for (size_t i = 0; i < judgement->score_count; i++) {
        const cxm_score *score = &judgement->scores[i];
        if (score->agent == CXM_NONE || count_agents(judgement, score->scorecard) > 1)
            add_score(self, transcript, score);
    }
}

/* ---- Measures ---- */

static void add_measure(cxm_buffer *out, double value, const char *behind) {
    if (value < 0)
        return;
    cxm_buffer_add_text(out, ", ");
    cxm_buffer_add_number(out, value, 1);
    cxm_buffer_add_text(out, behind);
}

/* "    agent: 61 % of the words, 150 words a minute, longest turn 14 s, answers after 1.2 s" */
static void add_role(cxm_buffer *out, cxm_role role, const cxm_role_measures *of, bool timed) {
    cxm_buffer_add_text(out, "    ");
    cxm_buffer_add_text(out, cxm_role_name(role));
    cxm_buffer_add_text(out, ": ");
    cxm_buffer_add_number(out, 100 * (of->talk_share > 0 ? of->talk_share : 0), 0);
    cxm_buffer_add_text(out, " % of the words");
    add_measure(out, of->words_per_minute, " words a minute");
    add_measure(out, of->longest_turn, " s at the longest");
    add_measure(out, of->response_time, " s until an answer");
    if (timed && of->interruptions)
        add_measure(out, (double)of->interruptions,
                    of->interruptions == 1 ? " interruption" : " interruptions");
    cxm_buffer_add_char(out, '\n');
}

/* Words are counted above; this is for conversations with times. */
static void add_measures(cxm_writer *self, const cxm_measures *measures) {
    cxm_buffer *out = &self->out;
    if (!measures->timed)
        return;
    cxm_buffer_add_text(out, "\n  ");
    cxm_report_painted(self, CXM_PAINT_BOLD, CXM_STR("times"));
    cxm_buffer_add_text(out, ": ");
    cxm_buffer_add_number(out, measures->duration, 1);
    cxm_buffer_add_text(out, " s");
    add_measure(out, measures->silence, " s of silence");
    cxm_buffer_add_char(out, '\n');
    for (int role = 0; role < CXM_ROLE_COUNT; role++)
        if (measures->roles[role].turns)
            add_role(out, (cxm_role)role, &measures->roles[role], measures->timed);
}

void cxm_judged_text(cxm_writer *self, const cxm_transcript *transcript,
                     const cxm_judgement *judgement) {
    add_measures(self, &judgement->measures);
    add_findings(self, transcript, judgement);
    add_scores(self, transcript, judgement);
}

/* ---- Sums ---- */

static void add_behavior_sums(cxm_writer *self, const cxm_verdicts *all) {
    cxm_buffer *out = &self->out;
    size_t count = cxm_lexicon_behavior_count(self->lexicon);
    size_t columns = LEAST_COLUMNS;
    bool any = false;
    for (size_t i = 0; i < count; i++)
        columns = wider(columns, cxm_lexicon_behavior(self->lexicon, i)->name);
    for (size_t i = 0; i < count; i++) {
        const cxm_behavior_sum *sum = &all->behaviors[i];
        if (!sum->findings)
            continue;
        if (!any)
            add_title(self, "findings: how many, in how many transcripts, in percent");
        any = true;
        cxm_buffer_add_text(out, "    ");
        cxm_screen_add_left(out, cxm_lexicon_behavior(self->lexicon, i)->name, columns + 2);
        cxm_buffer_add_size(out, sum->findings);
        add_of(out, (double)sum->transcripts, (double)all->transcripts, 0, POINT_COLUMNS);
        cxm_buffer_add_text(out, "  ");
        cxm_buffer_add_number(out, 100 * (double)sum->transcripts / (double)all->transcripts, 0);
        cxm_buffer_add_char(out, ' ');
        cxm_judged_interval(out, sum->transcripts, all->transcripts, 100, 0);
        cxm_buffer_add_char(out, '\n');
    }
}

static void add_criterion_sum(cxm_writer *self, const cxm_criterion *criterion, size_t columns,
                              const cxm_criterion_sum *sum) {
    cxm_buffer *out = &self->out;
    cxm_buffer_add_text(out, "    ");
    cxm_screen_add_left(out, criterion->name, columns);
    if (!sum->opportunities) {
        cxm_screen_add_right(out, CXM_STR("-"), POINT_COLUMNS);
    } else {
        add_of(out, (double)sum->met, (double)sum->opportunities, 0, POINT_COLUMNS);
        cxm_buffer_add_text(out, "  ");
        cxm_buffer_add_number(out, 100 * (double)sum->met / (double)sum->opportunities, 0);
        cxm_buffer_add_char(out, ' ');
        cxm_judged_interval(out, sum->met, sum->opportunities, 100, 0);
    }
    cxm_buffer_add_char(out, '\n');
}

static void add_card_sum(cxm_writer *self, const cxm_verdicts *all, size_t index, size_t first) {
    cxm_buffer *out = &self->out;
    const cxm_scorecard *card = cxm_lexicon_scorecard(self->lexicon, index);
    const cxm_scorecard_sum *sum = &all->scorecards[index];
    cxm_buffer_add_text(out, "\n  ");
    cxm_report_painted(self, CXM_PAINT_BOLD, card->title.len ? card->title : card->name);
    if (!sum->transcripts) {
        cxm_buffer_add_text(out, ": no score\n");
        return;
    }
    cxm_buffer_add_text(out, ": ");
    cxm_buffer_add_number(out, sum->value / (double)sum->transcripts, 0);
    cxm_buffer_add_text(out, " of 100 on average; ");
    cxm_buffer_add_size(out, all->transcripts - sum->transcripts);
    cxm_buffer_add_text(out, " without a score; what was met of what applied, in percent\n");
    for (size_t i = 0; i < card->criterion_count; i++)
        add_criterion_sum(self, &card->criteria[i], criterion_columns(card),
                          &all->criteria[first + i]);
}

void cxm_judged_totals(cxm_writer *self) {
    const cxm_verdicts *all = &self->verdicts;
    size_t first = 0;
    if (!all->transcripts)
        return;
    add_behavior_sums(self, all);
    for (size_t i = 0; i < cxm_lexicon_scorecard_count(self->lexicon); i++) {
        add_card_sum(self, all, i, first);
        first += cxm_lexicon_scorecard(self->lexicon, i)->criterion_count;
    }
}
