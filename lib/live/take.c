/* SPDX-License-Identifier: MIT */
/* What is found, and kept until the conversation is freed. */
#include "live/live.h"

/* Hits point at captures, which moved. */
static void point_captures(cxm_live *self) {
    const cxm_capture *at = self->captures;
    for (size_t i = 0; i < self->hit_count; i++) {
        if (self->hits[i].capture_count)
            self->hits[i].captures = at;
        at += self->hits[i].capture_count;
    }
}

static bool reserve(cxm_live *self, size_t hits, size_t captures) {
    void *items = self->hits;
    bool reserved = cxm_array_reserve(&self->allocator, &items, &self->hit_capacity,
                                      self->hit_count + hits, sizeof *self->hits);
    self->hits = items;
    items = self->captures;
    reserved =
        reserved && cxm_array_reserve(&self->allocator, &items, &self->capture_capacity,
                                      self->capture_count + captures, sizeof *self->captures);
    if (items != self->captures) {
        self->captures = items;
        point_captures(self);
    }
    return reserved;
}

static void take_hit(cxm_live *self, const cxm_hit *found) {
    size_t base = self->tail.base;
    cxm_hit *hit = &self->hits[self->hit_count++];
    *hit = *found;
    hit->start += base;
    hit->end += base;
    if (hit->capture_count)
        hit->captures = self->captures + self->capture_count;
    for (size_t i = 0; i < found->capture_count; i++) {
        cxm_capture capture = found->captures[i];
        capture.start += base;
        capture.end += base;
        self->captures[self->capture_count++] = capture;
    }
}

bool cxm_live_take(cxm_live *self, const cxm_result *found) {
    size_t captures = 0;
    for (size_t i = 0; i < found->hit_count; i++)
        captures += found->hits[i].capture_count;
    if (!reserve(self, found->hit_count, captures))
        return false;
    for (size_t i = 0; i < found->hit_count; i++)
        take_hit(self, &found->hits[i]);
    self->result.word_count += found->word_count;
    for (int i = 0; i < CXM_ROLE_COUNT; i++)
        self->result.role_words[i] += found->role_words[i];
    return true;
}
