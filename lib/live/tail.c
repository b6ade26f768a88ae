/* SPDX-License-Identifier: MIT */
#include "live/tail.h"

#include "text/scan.h"

#include <string.h>

enum { MOST_KEPT = 1024 /* bytes of an empty tail: thousands of them may be open */ };

void cxm_tail_clear(cxm_tail *self) {
    cxm_release(&self->allocator, self->text, self->capacity);
    cxm_release(&self->allocator, self->marks, self->mark_capacity * sizeof *self->marks);
    *self = (cxm_tail){.allocator = self->allocator, .time = CXM_TIME_UNKNOWN};
}

void cxm_tail_begin(cxm_tail *self, double start) {
    if (self->capacity + self->mark_capacity * sizeof *self->marks > MOST_KEPT)
        cxm_tail_clear(self);
    self->len = 0;
    self->base = 0;
    self->mark_count = 0;
    self->time = start;
    self->timed = false;
}

double cxm_tail_last_time(const cxm_tail *self) {
    if (self->mark_count)
        return self->marks[self->mark_count - 1].seconds;
    return self->timed ? self->time : CXM_TIME_UNKNOWN;
}

static bool reserve(cxm_tail *self, size_t len, size_t mark_count) {
    void *text = self->text;
    void *marks = self->marks;
    size_t bytes;
    if (!cxm_size_add(len, CXM_SCAN_PADDING, &bytes) ||
        !cxm_array_reserve(&self->allocator, &text, &self->capacity, bytes, 1))
        return false;
    self->text = text;
    bool reserved = cxm_array_reserve(&self->allocator, &marks, &self->mark_capacity, mark_count,
                                      sizeof *self->marks);
    self->marks = marks;
    return reserved;
}

bool cxm_tail_replace(cxm_tail *self, size_t from, cxm_str text, const cxm_time_mark *marks,
                      size_t mark_count) {
    size_t at = from - self->base;
    size_t kept = self->mark_count;
    size_t len;
    while (kept && self->marks[kept - 1].offset >= at && at < self->len)
        kept--;
    if (!cxm_size_add(at, text.len, &len) || !reserve(self, len, kept + mark_count))
        return false;
    if (text.len)
        memcpy(self->text + at, text.ptr, text.len);
    memset(self->text + len, 0, CXM_SCAN_PADDING);
    for (size_t i = 0; i < mark_count; i++)
        self->marks[kept + i] = (cxm_time_mark){at + marks[i].offset, marks[i].seconds};
    self->mark_count = kept + mark_count;
    self->len = len;
    return true;
}

void cxm_tail_forget(cxm_tail *self, size_t base) {
    size_t bytes = base - self->base;
    size_t passed = 0;
    while (passed < self->mark_count && self->marks[passed].offset <= bytes)
        self->time = self->marks[passed++].seconds;
    self->timed |= passed > 0;
    self->mark_count -= passed;
    for (size_t i = 0; i < self->mark_count; i++) {
        self->marks[i] = self->marks[passed + i];
        self->marks[i].offset -= bytes;
    }
    if (bytes)
        memmove(self->text, self->text + bytes, self->len - bytes + CXM_SCAN_PADDING);
    self->len -= bytes;
    self->base = base;
}
