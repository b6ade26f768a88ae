/* SPDX-License-Identifier: MIT */
/* What is found, and kept until the conversation is freed. */
#include "live/live.h"

#include "lexicon/lexicon.h"
#include "transcript/transcript.h"

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
    uint32_t words = self->turn_words[found->turn];
    cxm_hit *hit = &self->hits[self->hit_count++];
    *hit = *found;
    hit->start += base;
    hit->end += base;
    hit->first_word += words;
    hit->last_word += words;
    if (hit->capture_count)
        hit->captures = self->captures + self->capture_count;
    for (size_t i = 0; i < found->capture_count; i++) {
        cxm_capture capture = found->captures[i];
        capture.start += base;
        capture.end += base;
        self->captures[self->capture_count++] = capture;
    }
}

static bool reserve_shown(cxm_live *self, size_t hits) {
    void *items = self->shown;
    bool reserved = cxm_array_reserve(&self->allocator, &items, &self->shown_capacity, hits,
                                      sizeof *self->shown);
    self->shown = items;
    return reserved;
}

/* Shows the hits from `first` on that are of no hidden category. */
static void show(cxm_live *self, size_t first) {
    self->shown_count = 0;
    for (size_t i = first; i < self->hit_count; i++)
        if (self->hits[i].category < self->lexicon->category_count)
            self->shown[self->shown_count++] = self->hits[i];
}

bool cxm_live_take(cxm_live *self, const cxm_result *found) {
    size_t captures = 0;
    for (size_t i = 0; i < found->hit_count; i++)
        captures += found->hits[i].capture_count;
    if (!reserve(self, found->hit_count, captures) || !reserve_shown(self, found->hit_count))
        return false;
    size_t first = self->hit_count;
    for (size_t i = 0; i < found->hit_count; i++)
        take_hit(self, &found->hits[i]);
    show(self, first);
    self->turn_words[self->skeleton->turn_count - 1] += (uint32_t)found->word_count;
    self->result.word_count += found->word_count;
    for (int i = 0; i < CXM_ROLE_COUNT; i++)
        self->result.role_words[i] += found->role_words[i];
    return true;
}

bool cxm_live_show_all(cxm_live *self) {
    if (!reserve_shown(self, self->hit_count))
        return false;
    show(self, 0);
    return true;
}

/* The skeleton points at marks, which moved. */
static void point_marks(cxm_live *self) {
    for (size_t i = 0; i < self->skeleton->turn_count; i++)
        if (self->skeleton->turns[i].mark_count)
            self->skeleton->turns[i].marks = &self->last_marks[i];
}

bool cxm_live_reserve_turn(cxm_live *self) {
    size_t turns = self->skeleton->turn_count + 1;
    void *items = self->roles;
    bool reserved = cxm_array_reserve(&self->allocator, &items, &self->role_capacity, turns,
                                      sizeof *self->roles);
    self->roles = items;
    items = self->role_sources;
    reserved = reserved && cxm_array_reserve(&self->allocator, &items, &self->role_source_capacity,
                                             turns, sizeof *self->role_sources);
    self->role_sources = items;
    items = self->role_confidences;
    reserved =
        reserved && cxm_array_reserve(&self->allocator, &items, &self->role_confidence_capacity,
                                      turns, sizeof *self->role_confidences);
    self->role_confidences = items;
    items = self->turn_words;
    reserved = reserved && cxm_array_reserve(&self->allocator, &items, &self->turn_word_capacity,
                                             turns, sizeof *self->turn_words);
    self->turn_words = items;
    items = self->last_marks;
    reserved = reserved && cxm_array_reserve(&self->allocator, &items, &self->last_mark_capacity,
                                             turns, sizeof *self->last_marks);
    self->last_marks = items;
    point_marks(self);
    return reserved;
}

void cxm_live_note_mark(cxm_live *self, double seconds) {
    size_t index = self->skeleton->turn_count - 1;
    cxm_turn *turn = &self->skeleton->turns[index];
    if (seconds < 0)
        return;
    self->last_marks[index] = (cxm_time_mark){0, seconds};
    turn->marks = &self->last_marks[index];
    turn->mark_count = 1;
}

void cxm_live_point(const cxm_live *self, cxm_result *result) {
    result->hits = self->shown;
    result->all_hits = self->hits;
    result->roles = self->roles;
    result->role_sources = self->role_sources;
    result->role_confidences = self->role_confidences;
    result->turn_words = self->turn_words;
}
