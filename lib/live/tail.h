/* SPDX-License-Identifier: MIT */
/*
 * The text of an open turn that is not certain yet. What stands in front of it is done with and
 * forgotten; offsets count from the start of the turn all the same.
 */
#ifndef CXM_LIVE_TAIL_H
#define CXM_LIVE_TAIL_H

#include "base/memory.h"

#include <cxmine/transcript.h>

typedef struct cxm_tail {
    cxm_allocator allocator;
    char *text; /* with CXM_SCAN_PADDING zero bytes behind it; NULL: nothing yet */
    size_t len;
    size_t capacity;
    size_t base;          /* the offset of its first byte in the turn */
    cxm_time_mark *marks; /* offsets in `text` */
    size_t mark_count;
    size_t mark_capacity;
    double time; /* the last time known in front of it */
    bool timed;  /* that is of a mark, not of the turn's start */
} cxm_tail;

/* An empty tail of a turn that starts at a time. Keeps a little memory, gives back much. */
void cxm_tail_begin(cxm_tail *self, double start);
void cxm_tail_clear(cxm_tail *self); /* gives the memory back */

/*
 * Replaces what stands from offset `from` on, which is neither before the base nor behind the end.
 * Marks of `text` (offsets in it) may be NULL. false, and nothing changed, where there is no
 * memory.
 */
bool cxm_tail_replace(cxm_tail *self, size_t from, cxm_str text, const cxm_time_mark *marks,
                      size_t mark_count);

/* Forgets what stands before offset `base`. */
void cxm_tail_forget(cxm_tail *self, size_t base);

/* The time of the last mark of the turn so far. */
double cxm_tail_last_time(const cxm_tail *self);

/* The end of the turn so far. */
static inline size_t cxm_tail_end(const cxm_tail *self) {
    return self->base + self->len;
}

#endif
