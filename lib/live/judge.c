/* SPDX-License-Identifier: MIT */
/*
 * Findings of a conversation that goes on. A judge says of each finding the turn from which on it
 * is certain; those of one such turn are all there as soon as the turn is over, and never change.
 * So it is enough to keep how many turns were judged.
 */
#include "base/error.h"
#include "live/live.h"
#include "transcript/transcript.h"

/* Judges the turns that are over: an open one is hidden meanwhile. */
static cxm_status judge_over(cxm_live *self, cxm_judge *judge, const cxm_judgement **out,
                             cxm_error *error) {
    cxm_transcript *skeleton = self->skeleton;
    size_t turns = skeleton->turn_count;
    cxm_live_point(self, &self->over);
    skeleton->turn_count = self->over.turn_count;
    cxm_status status = cxm_judge_run(judge, skeleton, &self->over, out, error);
    skeleton->turn_count = turns;
    return status;
}

static bool is_news(const cxm_live *self, const cxm_finding *finding) {
    if (self->judged_all || finding->certain_turn < self->judged)
        return false;
    return self->finished || finding->certain_turn < self->over.turn_count;
}

cxm_status cxm_live_judge(cxm_live *self, cxm_judge *judge, cxm_live_findings *out,
                          cxm_error *error) {
    const cxm_judgement *judgement;
    *out = (cxm_live_findings){.findings = NULL};
    cxm_status status = judge_over(self, judge, &judgement, error);
    if (status)
        return status;
    void *items = self->findings;
    if (!cxm_array_reserve(&self->allocator, &items, &self->finding_capacity,
                           judgement->finding_count, sizeof *self->findings))
        return cxm_fail_memory(error);
    self->findings = items;
    for (size_t i = 0; i < judgement->finding_count; i++)
        if (is_news(self, &judgement->findings[i]))
            self->findings[out->finding_count++] = judgement->findings[i];
    out->findings = self->findings;
    out->result = self->finished ? &self->result : &self->over;
    out->judgement = self->finished ? judgement : NULL;
    self->judged = self->over.turn_count;
    self->judged_all = self->finished;
    return CXM_OK;
}
