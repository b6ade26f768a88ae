/* SPDX-License-Identifier: MIT */
/*
 * Tables as RFC 4180 has them, with any delimiter: a cell may stand in quotes, and then hold
 * delimiters, line ends and doubled quotes. Lines end in LF, CR LF or CR.
 */
#ifndef CXM_READ_ROWS_H
#define CXM_READ_ROWS_H

#include "base/memory.h"

enum {
    CXM_MAX_CELLS = 4096, /* of a row; what comes behind is part of the last one */
};

/* A cell, in the text: without its quotes, but with what is doubled in them. */
typedef struct cxm_cell {
    cxm_str text;
    bool is_doubled; /* there are doubled quotes in it: see cxm_cell_text() */
} cxm_cell;

/* Going through a table row by row. */
typedef struct cxm_rows {
    cxm_allocator allocator;
    cxm_str text;
    size_t at;
    size_t line; /* the number of the line at `at`, from 1 */
    char delimiter;
    size_t unclosed; /* how many quotes without an end there were */
    cxm_cell *cells; /* of the row that next() gave last */
    size_t count;
    size_t capacity;
    size_t most;      /* cells of a row */
    size_t row_start; /* where it stands in the text, without its line end */
    size_t row_end;
    size_t row_line;
    bool is_unclosed; /* a quote in it has no end: its line was read as if it were none */
    bool failed;      /* there was no memory */
} cxm_rows;

void cxm_rows_init(cxm_rows *self, const cxm_allocator *allocator, cxm_str text, char delimiter);
void cxm_rows_clear(cxm_rows *self);

/* The same with room for cells that the caller has, and no memory else: nothing is to be cleared.
 * Cells for which there is no room are a part of the last one. */
void cxm_rows_init_fixed(cxm_rows *self, cxm_str text, char delimiter, cxm_cell *cells,
                         size_t capacity);

/* Goes on at another place of the text. */
void cxm_rows_seek(cxm_rows *self, size_t at, size_t line);

/* The next row; false at the end, or without memory. A blank line is a row of one empty cell. */
bool cxm_rows_next(cxm_rows *self);

/* What a cell says, which is written into the arena where that differs from what stands in the
 * text. ptr NULL: no memory. */
cxm_str cxm_cell_text(const cxm_cell *self, cxm_arena *strings);

#endif
