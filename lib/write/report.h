/* SPDX-License-Identifier: MIT */
/* What the texts for people have in common: headings, who speaks, times, colours. */
#ifndef CXM_WRITE_REPORT_H
#define CXM_WRITE_REPORT_H

#include "write/writer.h"

/* An escape, where there is to be colour. */
void cxm_report_paint(cxm_writer *self, const char *escape);

/* A text between an escape and its end, likewise. */
void cxm_report_painted(cxm_writer *self, const char *escape, cxm_str text);

/* A line with the conversation's id and file. */
void cxm_report_heading(cxm_writer *self, const cxm_transcript *transcript);

/* 83.2 is 01:23; from an hour on 1:01:23. */
void cxm_report_time(cxm_buffer *out, double time);

/* "Dana (agent), turn 7" or, where it was decided so, "spk_0 (agent, by words 0.97), turn 7";
 * people count turns from 1. */
void cxm_report_speaker(cxm_writer *self, const cxm_turn *turn, size_t index,
                        const cxm_result *result);

/* The escape for a category by what it is worth; NULL: no colours. */
const char *cxm_report_color(const cxm_writer *self, const cxm_category *category);

/* The columns of a line. */
size_t cxm_report_width(const cxm_writer *self);

/* A text on the rest of a line of which `used` columns are taken. */
void cxm_report_rest(cxm_writer *self, cxm_str text, size_t used);

#endif
