/* SPDX-License-Identifier: MIT */
#include "write/marks.h"

#include "base/memory.h"

#include <string.h>

static bool reserve(cxm_writer *self) {
    void *items = self->marks;
    bool reserved = cxm_array_reserve(&self->allocator, &items, &self->mark_capacity,
                                      self->mark_count + 1, sizeof *self->marks);
    self->marks = items;
    self->out.failed |= !reserved;
    return reserved;
}

static void insert(cxm_writer *self, size_t at, cxm_screen_mark mark) {
    if (mark.start >= mark.end || !reserve(self))
        return;
    memmove(self->marks + at + 1, self->marks + at, (self->mark_count - at) * sizeof *self->marks);
    self->marks[at] = mark;
    self->mark_count++;
}

void cxm_marks_add(cxm_writer *self, size_t start, size_t end, const char *paint) {
    size_t at = self->mark_count;
    while (at > 0 && self->marks[at - 1].end > start)
        at--;
    for (; at < self->mark_count && start < end; at++) {
        size_t next_start = self->marks[at].start;
        size_t next_end = self->marks[at].end;
        size_t before = self->mark_count;
        insert(self, at, (cxm_screen_mark){start, next_start < end ? next_start : end, paint});
        at += self->mark_count - before;
        start = next_end > start ? next_end : start;
    }
    insert(self, at, (cxm_screen_mark){start, end, paint});
}
