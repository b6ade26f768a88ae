/* SPDX-License-Identifier: MIT */
/* The public way to findings and scores. */
#include "base/error.h"
#include "behavior/explain.h"
#include "score/score.h"

struct cxm_judge {
    cxm_allocator allocator;
    const cxm_lexicon *lexicon;
    cxm_timeline timeline;
    cxm_evaluator evaluator;
    cxm_findings findings;
    cxm_scores scores;
    cxm_explainer explainer;
    cxm_judgement judgement;
    cxm_answer answer;
};

cxm_status cxm_judge_new(const cxm_lexicon *lexicon, const cxm_judge_options *options,
                         cxm_judge **out, cxm_error *error) {
    cxm_judge_options read = CXM_JUDGE_OPTIONS_INIT;
    if (!out)
        return cxm_fail(error, CXM_E_ARGUMENT, "no place for the judge");
    *out = NULL;
    if (!lexicon || !cxm_options_read(&read, sizeof read, options))
        return cxm_fail(error, CXM_E_ARGUMENT, "a judge takes a lexicon and initialized options");
    cxm_allocator allocator = cxm_allocator_or_default(read.allocator);
    cxm_judge *self = cxm_allocate(&allocator, sizeof *self);
    if (!self)
        return cxm_fail_memory(error);
    self->allocator = allocator;
    self->lexicon = lexicon;
    cxm_timeline_init(&self->timeline, &allocator);
    cxm_findings_init(&self->findings, &allocator);
    cxm_scores_init(&self->scores, lexicon, &allocator);
    cxm_explainer_init(&self->explainer, &allocator);
    if (!cxm_evaluator_init(&self->evaluator, lexicon, &self->timeline, &allocator)) {
        cxm_judge_free(self);
        return cxm_fail_memory(error);
    }
    *out = self;
    return CXM_OK;
}

void cxm_judge_free(cxm_judge *self) {
    if (!self)
        return;
    cxm_allocator allocator = self->allocator;
    cxm_timeline_clear(&self->timeline);
    cxm_evaluator_clear(&self->evaluator);
    cxm_findings_clear(&self->findings);
    cxm_scores_clear(&self->scores);
    cxm_explainer_clear(&self->explainer);
    cxm_release(&allocator, self, sizeof *self);
}

/* ---- Judging ---- */

static cxm_status check(const cxm_judge *self, const cxm_transcript *transcript,
                        const cxm_result *result, cxm_error *error) {
    if (!self || !transcript || !result)
        return cxm_fail(error, CXM_E_ARGUMENT, "judging takes a judge, a transcript and a result");
    if (result->turn_count != cxm_transcript_turn_count(transcript))
        return cxm_fail(error, CXM_E_ARGUMENT, "the result is one of another transcript");
    return CXM_OK;
}

static bool start(cxm_judge *self, const cxm_transcript *transcript, const cxm_result *result) {
    cxm_findings_reset(&self->findings);
    if (!cxm_timeline_set(&self->timeline, transcript, result))
        return false;
    cxm_evaluator_reset(&self->evaluator);
    return true;
}

static bool find_behaviors(cxm_judge *self) {
    const cxm_lexicon *lexicon = self->lexicon;
    if (!cxm_evaluate_behaviors(&self->evaluator))
        return false;
    for (uint32_t i = 0; i < lexicon->behavior_count; i++)
        if (!cxm_findings_add(&self->findings, &self->evaluator, &lexicon->behavior_expressions[i],
                              i, &self->evaluator.behaviors[i],
                              cxm_behavior_candidates(&self->evaluator, i)))
            return false;
    return cxm_findings_finish(&self->findings, &self->evaluator);
}

cxm_status cxm_judge_run(cxm_judge *self, const cxm_transcript *transcript,
                         const cxm_result *result, const cxm_judgement **judgement,
                         cxm_error *error) {
    *judgement = NULL;
    cxm_status status = check(self, transcript, result, error);
    if (status)
        return status;
    if (!start(self, transcript, result) || !find_behaviors(self) ||
        !cxm_scores_make(&self->scores, &self->evaluator))
        return cxm_fail_memory(error);
    self->judgement = (cxm_judgement){.findings = self->findings.sorted,
                                      .finding_count = self->findings.count,
                                      .scores = self->scores.scores.items,
                                      .score_count = self->scores.scores.count,
                                      .measures = *cxm_timeline_measures(&self->timeline)};
    *judgement = &self->judgement;
    return CXM_OK;
}

/* ---- Asking ---- */

static bool answer_query(cxm_judge *self, uint32_t query) {
    const cxm_expression *expression = &self->lexicon->query_expressions[query];
    cxm_value value;
    if (!cxm_evaluate(&self->evaluator, expression, &value) ||
        !cxm_findings_add(&self->findings, &self->evaluator, expression, query, &value,
                          value.count ? self->evaluator.stack + value.first : NULL) ||
        !cxm_findings_finish(&self->findings, &self->evaluator))
        return false;
    self->answer = (cxm_answer){.applies = value.applies,
                                .holds = self->findings.count > 0,
                                .findings = self->findings.sorted,
                                .finding_count = self->findings.count};
    return true;
}

cxm_status cxm_judge_query(cxm_judge *self, const cxm_transcript *transcript,
                           const cxm_result *result, size_t query, const cxm_answer **answer,
                           cxm_error *error) {
    *answer = NULL;
    cxm_status status = check(self, transcript, result, error);
    if (status)
        return status;
    if (query >= self->lexicon->query_count)
        return cxm_fail(error, CXM_E_ARGUMENT, "the lexicon has no query %zu", query);
    if (!start(self, transcript, result) || !answer_query(self, (uint32_t)query))
        return cxm_fail_memory(error);
    *answer = &self->answer;
    return CXM_OK;
}

/* ---- Explaining ---- */

static cxm_status explain(cxm_judge *self, const cxm_transcript *transcript,
                          const cxm_result *result, const cxm_expression *expression,
                          const cxm_explanation **explanation, cxm_error *error) {
    *explanation = NULL;
    cxm_status status = check(self, transcript, result, error);
    if (status)
        return status;
    if (!start(self, transcript, result) ||
        !cxm_explain(&self->explainer, &self->evaluator, expression))
        return cxm_fail_memory(error);
    *explanation = &self->explainer.explanation;
    return CXM_OK;
}

cxm_status cxm_judge_explain_query(cxm_judge *self, const cxm_transcript *transcript,
                                   const cxm_result *result, size_t query,
                                   const cxm_explanation **explanation, cxm_error *error) {
    if (self && query >= self->lexicon->query_count)
        return cxm_fail(error, CXM_E_ARGUMENT, "the lexicon has no query %zu", query);
    return explain(self, transcript, result, self ? &self->lexicon->query_expressions[query] : NULL,
                   explanation, error);
}

cxm_status cxm_judge_explain_behavior(cxm_judge *self, const cxm_transcript *transcript,
                                      const cxm_result *result, size_t behavior,
                                      const cxm_explanation **explanation, cxm_error *error) {
    if (self && behavior >= self->lexicon->behavior_count)
        return cxm_fail(error, CXM_E_ARGUMENT, "the lexicon has no behavior %zu", behavior);
    return explain(self, transcript, result,
                   self ? &self->lexicon->behavior_expressions[behavior] : NULL, explanation,
                   error);
}
