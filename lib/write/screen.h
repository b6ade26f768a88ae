/* SPDX-License-Identifier: MIT */
/*
 * Text for a terminal. Transcripts are hostile: nothing that comes out of here can move the
 * cursor, change a colour or turn the direction of writing. White space of any kind becomes a
 * blank, every other control character U+FFFD.
 */
#ifndef CXM_WRITE_SCREEN_H
#define CXM_WRITE_SCREEN_H

#include "base/buffer.h"

/* The columns that a text takes. Near enough: wide and zero-width characters go by their block. */
size_t cxm_screen_columns(cxm_str text);

/* Adds a text on the line that is begun, unwrapped. */
void cxm_screen_add(cxm_buffer *out, cxm_str text);

/* Adds as much of it as fits into `columns`, with an ellipsis for what does not. */
void cxm_screen_add_cut(cxm_buffer *out, cxm_str text, size_t columns);

/* Adds it and fills up with blanks to `columns`, or (right) puts the blanks first. */
void cxm_screen_add_left(cxm_buffer *out, cxm_str text, size_t columns);
void cxm_screen_add_right(cxm_buffer *out, cxm_str text, size_t columns);

/* A part of a text that is marked. */
typedef struct cxm_screen_mark {
    size_t start;
    size_t end;
    const char *paint; /* the escape that begins the mark; NULL: guillemets instead of colour */
} cxm_screen_mark;

/* A part of a text to be shown over as many lines as it needs, with parts of that marked. */
typedef struct cxm_passage {
    cxm_str text; /* the whole */
    size_t from;  /* the part shown: [from, to); what is left out is shown as an ellipsis */
    size_t to;
    const cxm_screen_mark *marks; /* in order, none is empty, none overlaps another */
    size_t mark_count;
    size_t indent;
    size_t width;
} cxm_passage;

/* Adds the passage as whole lines. */
void cxm_screen_passage(cxm_buffer *out, const cxm_passage *passage);

/* Narrows a passage to its marks and about `context` columns on either side, in whole words. */
void cxm_passage_focus(cxm_passage *self, size_t context);

#define CXM_PAINT_BOLD "\033[1m"
#define CXM_PAINT_DIM "\033[2m"
#define CXM_PAINT_GOOD "\033[1;32m"
#define CXM_PAINT_BAD "\033[1;31m"
#define CXM_PAINT_NEUTRAL "\033[1;36m"
#define CXM_PAINT_OFF "\033[0m"

#endif
