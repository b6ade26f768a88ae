/* SPDX-License-Identifier: MIT */
/* Writing what a judge said: findings, scores, measures, and their sums. */
#ifndef CXM_WRITE_JUDGED_H
#define CXM_WRITE_JUDGED_H

#include "write/writer.h"

/* The members `findings`, `scores` and `measures` of an object that is open. */
void cxm_judged_json(cxm_writer *self, const cxm_transcript *transcript, const cxm_result *result,
                     const cxm_judgement *judgement);

/* The part of the report below the hits, and the sums of all. */
void cxm_judged_text(cxm_writer *self, const cxm_transcript *transcript,
                     const cxm_judgement *judgement);
void cxm_judged_totals(cxm_writer *self);

/* "(0.12-0.48)": the 95 % interval of a rate, times `scale`. */
void cxm_judged_interval(cxm_buffer *out, size_t met, size_t count, double scale, int decimals);

#endif
