/* SPDX-License-Identifier: MIT */
/* Cells of comma-separated values (RFC 4180), as spreadsheets read them. */
#ifndef CXM_WRITE_CSV_H
#define CXM_WRITE_CSV_H

#include "base/buffer.h"

/*
 * A cell, after a comma unless it is the first of its line. What a spreadsheet would take for a
 * formula gets an apostrophe in front, so that a transcript cannot make one run.
 */
void cxm_csv_cell(cxm_buffer *out, cxm_str text);

void cxm_csv_size(cxm_buffer *out, size_t number);

/* A number with at most three decimals; nothing where it is negative, that is, unknown. */
void cxm_csv_number(cxm_buffer *out, double number);

void cxm_csv_end(cxm_buffer *out); /* of a line */

#endif
