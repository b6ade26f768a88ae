/* SPDX-License-Identifier: MIT */
/* Findings, scores and measures as JSON. What cannot be told, or does not apply, is null. */
#include "base/str.h"
#include "write/json.h"
#include "write/judged.h"

enum { DECIMALS = 3 };

static void add_number(cxm_buffer *out, const char *key, double number, bool known) {
    cxm_json_key(out, key);
    if (known)
        cxm_buffer_add_number(out, number, DECIMALS);
    else
        cxm_buffer_add_text(out, "null");
}

static void add_bool(cxm_buffer *out, const char *key, bool value) {
    cxm_json_key(out, key);
    cxm_buffer_add_text(out, value ? "true" : "false");
}

/* A speaker's label, or null. */
static void add_agent(cxm_buffer *out, const cxm_transcript *transcript, uint32_t agent) {
    cxm_json_key(out, "agent");
    if (agent == CXM_NONE)
        cxm_buffer_add_text(out, "null");
    else
        cxm_json_string(out, cxm_transcript_speaker(transcript, agent));
}

/* ---- Evidence ---- */

static void add_place(cxm_buffer *out, const cxm_transcript *transcript, uint32_t turn,
                      size_t start, size_t end) {
    cxm_str text = cxm_transcript_turn(transcript, turn)->text;
    cxm_json_size_member(out, "turn", turn);
    cxm_json_size_member(out, "start", start);
    cxm_json_size_member(out, "end", end);
    cxm_json_string_member(out, "text", cxm_str_slice(text, start, end));
}

static void add_evidence(const cxm_writer *self, cxm_buffer *out, const cxm_transcript *transcript,
                         const cxm_result *result, const uint32_t *evidence, size_t count) {
    cxm_json_key(out, "evidence");
    cxm_buffer_add_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        const cxm_hit *hit = &result->all_hits[evidence[i]];
        cxm_buffer_add_text(out, i ? ",{" : "{");
        cxm_json_string_member(out, "category",
                               cxm_lexicon_category(self->lexicon, hit->category)->name);
        add_place(out, transcript, hit->turn, hit->start, hit->end);
        cxm_buffer_add_char(out, '}');
    }
    cxm_buffer_add_char(out, ']');
}

/* ---- Findings ---- */

static void add_finding(const cxm_writer *self, cxm_buffer *out, const cxm_transcript *transcript,
                        const cxm_result *result, const cxm_finding *finding) {
    static const char *const clocks[] = {NULL, "turns", "words"};
    const cxm_behavior *behavior = cxm_lexicon_behavior(self->lexicon, finding->behavior);
    cxm_json_string_member(out, "behavior", behavior->name);
    add_agent(out, transcript, finding->agent);
    if (finding->turn != CXM_NONE) {
        add_place(out, transcript, finding->turn, finding->start, finding->end);
        add_number(out, "time", finding->time, finding->time >= 0);
    }
    if (finding->window_first != CXM_NONE) {
        cxm_json_key(out, "looked_through");
        cxm_buffer_add_char(out, '[');
        cxm_buffer_add_size(out, finding->window_first);
        cxm_buffer_add_char(out, ',');
        cxm_buffer_add_size(out, finding->window_last);
        cxm_buffer_add_char(out, ']');
    }
    if (clocks[finding->clock])
        cxm_json_string_member(out, "clock", cxm_str_from(clocks[finding->clock]));
    add_evidence(self, out, transcript, result, finding->evidence, finding->evidence_count);
}

/* ---- Scores ---- */

static void add_opportunity(const cxm_writer *self, cxm_buffer *out,
                            const cxm_transcript *transcript, const cxm_result *result,
                            const cxm_opportunity *opportunity) {
    add_bool(out, "met", opportunity->met);
    if (opportunity->hit != CXM_NONE)
        cxm_json_size_member(out, "turn", result->all_hits[opportunity->hit].turn);
    add_evidence(self, out, transcript, result, opportunity->evidence, opportunity->evidence_count);
}

static void add_criterion(const cxm_writer *self, cxm_buffer *out, const cxm_transcript *transcript,
                          const cxm_result *result, const cxm_criterion *criterion,
                          const cxm_criterion_score *score) {
    cxm_json_string_member(out, "criterion", criterion->name);
    add_number(out, "points", score->points, score->applies);
    add_number(out, "of", criterion->points, true);
    cxm_json_size_member(out, "met", score->met);
    cxm_json_key(out, "opportunities");
    cxm_buffer_add_char(out, '[');
    for (size_t i = 0; i < score->opportunity_count; i++) {
        cxm_buffer_add_text(out, i ? ",{" : "{");
        add_opportunity(self, out, transcript, result, &score->opportunities[i]);
        cxm_buffer_add_char(out, '}');
    }
    cxm_buffer_add_char(out, ']');
}

static void add_score(const cxm_writer *self, cxm_buffer *out, const cxm_transcript *transcript,
                      const cxm_result *result, const cxm_score *score) {
    const cxm_scorecard *card = cxm_lexicon_scorecard(self->lexicon, score->scorecard);
    cxm_json_string_member(out, "scorecard", card->name);
    add_agent(out, transcript, score->agent);
    add_number(out, "score", score->value, score->applies);
    add_number(out, "earned", score->earned, score->applies);
    add_number(out, "possible", score->possible, score->applies);
    cxm_json_key(out, "criteria");
    cxm_buffer_add_char(out, '[');
    for (size_t i = 0; i < score->criterion_count && score->applies; i++) {
        cxm_buffer_add_text(out, i ? ",{" : "{");
        add_criterion(self, out, transcript, result, &card->criteria[i], &score->criteria[i]);
        cxm_buffer_add_char(out, '}');
    }
    cxm_buffer_add_char(out, ']');
}

/* ---- Measures ---- */

static void add_role(cxm_buffer *out, const cxm_role_measures *of, bool timed) {
    cxm_json_size_member(out, "words", of->words);
    cxm_json_size_member(out, "turns", of->turns);
    add_number(out, "talk_share", of->talk_share, of->talk_share >= 0);
    add_number(out, "seconds", of->seconds, of->seconds >= 0);
    add_number(out, "words_per_minute", of->words_per_minute, of->words_per_minute >= 0);
    add_number(out, "longest_turn", of->longest_turn, of->longest_turn >= 0);
    add_number(out, "response_time", of->response_time, of->response_time >= 0);
    add_number(out, "interruptions", (double)of->interruptions, timed);
}

static void add_measures(cxm_buffer *out, const cxm_measures *measures) {
    cxm_json_key(out, "measures");
    cxm_buffer_add_char(out, '{');
    add_number(out, "duration", measures->duration, measures->duration >= 0);
    add_number(out, "silence", measures->silence, measures->silence >= 0);
    add_number(out, "interruptions", (double)measures->interruptions, measures->timed);
    cxm_json_key(out, "roles");
    cxm_buffer_add_char(out, '{');
    for (int role = 0; role < CXM_ROLE_COUNT; role++) {
        if (!measures->roles[role].turns)
            continue;
        cxm_json_key(out, cxm_role_name((cxm_role)role));
        cxm_buffer_add_char(out, '{');
        add_role(out, &measures->roles[role], measures->timed);
        cxm_buffer_add_char(out, '}');
    }
    cxm_buffer_add(out, "}}", 2);
}

void cxm_judged_json(cxm_writer *self, const cxm_transcript *transcript, const cxm_result *result,
                     const cxm_judgement *judgement) {
    cxm_buffer *out = &self->out;
    cxm_json_key(out, "findings");
    cxm_buffer_add_char(out, '[');
    for (size_t i = 0; i < judgement->finding_count; i++) {
        cxm_buffer_add_text(out, i ? ",{" : "{");
        add_finding(self, out, transcript, result, &judgement->findings[i]);
        cxm_buffer_add_char(out, '}');
    }
    cxm_buffer_add_char(out, ']');
    cxm_json_key(out, "scores");
    cxm_buffer_add_char(out, '[');
    for (size_t i = 0; i < judgement->score_count; i++) {
        cxm_buffer_add_text(out, i ? ",{" : "{");
        add_score(self, out, transcript, result, &judgement->scores[i]);
        cxm_buffer_add_char(out, '}');
    }
    cxm_buffer_add_char(out, ']');
    add_measures(out, &judgement->measures);
}
