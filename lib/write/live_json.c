/* SPDX-License-Identifier: MIT */
/* Findings, scores and the end of a conversation that goes on, as events: one JSON object each. */
#include "base/str.h"
#include "write/json.h"
#include "write/writer.h"

void cxm_json_event(cxm_buffer *out, const cxm_transcript *transcript, const char *event) {
    cxm_buffer_add_char(out, '{');
    cxm_json_string_member(out, "id", cxm_transcript_id(transcript));
    cxm_json_string_member(out, "event", cxm_str_from(event));
}

static void write_end(cxm_buffer *out, const cxm_transcript *transcript, const cxm_result *result) {
    cxm_json_event(out, transcript, "end");
    cxm_json_key(out, "meta");
    cxm_buffer_add_char(out, '{');
    for (size_t i = 0; i < cxm_transcript_meta_count(transcript); i++) {
        const cxm_meta *meta = cxm_transcript_meta(transcript, i);
        if (i)
            cxm_buffer_add_char(out, ',');
        cxm_json_string(out, meta->key);
        cxm_buffer_add_char(out, ':');
        cxm_json_string(out, meta->value);
    }
    cxm_buffer_add_char(out, '}');
    cxm_json_size_member(out, "turns", result->turn_count);
    cxm_json_size_member(out, "words", result->word_count);
    cxm_json_role_words(out, result);
    cxm_json_size_member(out, "hits", result->hit_count);
    cxm_buffer_add(out, "}\n", 2);
}

static void add_number(cxm_buffer *out, const char *key, double number, bool known) {
    cxm_json_key(out, key);
    if (known)
        cxm_buffer_add_number(out, number, 3);
    else
        cxm_buffer_add_text(out, "null");
}

static void add_agent(cxm_buffer *out, const cxm_transcript *transcript, uint32_t agent) {
    if (agent == CXM_NONE)
        add_number(out, "agent", 0, false);
    else
        cxm_json_string_member(out, "agent", cxm_transcript_speaker(transcript, agent));
}

/* Texts of turns that are over are not kept: a hit is told by its place. */
static void add_evidence(const cxm_writer *self, cxm_buffer *out, const cxm_result *result,
                         const cxm_finding *finding) {
    cxm_json_key(out, "evidence");
    cxm_buffer_add_char(out, '[');
    for (size_t i = 0; i < finding->evidence_count; i++) {
        const cxm_hit *hit = &result->all_hits[finding->evidence[i]];
        cxm_buffer_add_text(out, i ? ",{" : "{");
        cxm_json_string_member(out, "category",
                               cxm_lexicon_category(self->lexicon, hit->category)->name);
        cxm_json_size_member(out, "turn", hit->turn);
        cxm_json_size_member(out, "start", hit->start);
        cxm_json_size_member(out, "end", hit->end);
        cxm_buffer_add_char(out, '}');
    }
    cxm_buffer_add_char(out, ']');
}

static void write_finding(const cxm_writer *self, cxm_buffer *out, const cxm_transcript *transcript,
                          const cxm_result *result, const cxm_finding *finding) {
    bool placed = finding->turn != CXM_NONE;
    cxm_json_event(out, transcript, "finding");
    cxm_json_string_member(out, "behavior",
                           cxm_lexicon_behavior(self->lexicon, finding->behavior)->name);
    add_number(out, "turn", (double)finding->turn, placed);
    add_number(out, "start", (double)finding->start, placed);
    add_number(out, "end", (double)finding->end, placed);
    add_number(out, "time", finding->time, finding->time >= 0);
    add_agent(out, transcript, finding->agent);
    add_evidence(self, out, result, finding);
    cxm_buffer_add(out, "}\n", 2);
}

static void add_criteria(cxm_buffer *out, const cxm_scorecard *card, const cxm_score *score) {
    cxm_json_key(out, "criteria");
    cxm_buffer_add_char(out, '[');
    for (size_t i = 0; i < score->criterion_count; i++) {
        const cxm_criterion_score *criterion = &score->criteria[i];
        cxm_buffer_add_text(out, i ? ",{" : "{");
        cxm_json_string_member(out, "criterion", card->criteria[i].name);
        add_number(out, "points", criterion->points, criterion->applies);
        add_number(out, "of", card->criteria[i].points, true);
        cxm_json_size_member(out, "met", criterion->met);
        cxm_json_size_member(out, "opportunities", criterion->opportunity_count);
        cxm_buffer_add_char(out, '}');
    }
    cxm_buffer_add_char(out, ']');
}

static void write_score(const cxm_writer *self, cxm_buffer *out, const cxm_transcript *transcript,
                        const cxm_score *score) {
    const cxm_scorecard *card = cxm_lexicon_scorecard(self->lexicon, score->scorecard);
    cxm_json_event(out, transcript, "score");
    cxm_json_string_member(out, "scorecard", card->name);
    add_agent(out, transcript, score->agent);
    add_number(out, "value", score->value, score->applies);
    add_criteria(out, card, score);
    cxm_buffer_add(out, "}\n", 2);
}

void cxm_write_findings(cxm_writer *self, const cxm_live *live, const cxm_live_findings *found) {
    cxm_buffer *out = &self->out;
    const cxm_transcript *transcript = cxm_live_transcript(live);
    for (size_t i = 0; i < found->finding_count; i++)
        write_finding(self, out, transcript, found->result, &found->findings[i]);
    if (!found->judgement)
        return;
    for (size_t i = 0; i < found->judgement->score_count; i++)
        write_score(self, out, transcript, &found->judgement->scores[i]);
    write_end(out, transcript, found->result);
}
