/* SPDX-License-Identifier: MIT */
/* When segments were said, and in which order. */
#include "read/clock.h"
#include "read/segment_turns.h"

#include <math.h>

static bool is_known(double time) {
    return isfinite(time) && time >= 0;
}

/* The earliest time since 1970 that a segment has; CXM_TIME_UNKNOWN where none has such a time. */
static double earliest_epoch(const cxm_segments *self) {
    double earliest = CXM_TIME_UNKNOWN;
    for (size_t i = 0; i < self->count; i++) {
        double start = self->items[i].start;
        if (cxm_time_is_epoch(start) && isfinite(start) && (earliest < 0 || start < earliest))
            earliest = start;
    }
    return earliest;
}

static double since(double time, double start) {
    static const double finest = 1e6; /* times since 1970 are no finer than this, in a second */
    if (!is_known(time))
        return CXM_TIME_UNKNOWN;
    if (!cxm_time_is_epoch(time) || start < 0)
        return time;
    return time >= start ? round((time - start) * finest) / finest : CXM_TIME_UNKNOWN;
}

/* An export that has one time for a whole conversation writes it in every row. */
static bool all_same(const cxm_segments *self) {
    if (self->count < 2)
        return false;
    double first = self->items[0].start;
    for (size_t i = 0; i < self->count; i++)
        if (!is_known(first) || self->items[i].start != first)
            return false;
    return true;
}

static void forget_times(cxm_segments *self) {
    for (size_t i = 0; i < self->count; i++)
        self->items[i].start = self->items[i].end = CXM_TIME_UNKNOWN;
    cxm_segments_skip_more(self, CXM_SKIP_TIME, self->count);
}

/* Notes when the conversation began, as two items of metadata. */
static void note_start(cxm_segments *self, double start) {
    enum { DATE_BYTES = 10 };
    char written[CXM_INSTANT_BYTES];
    cxm_str instant = cxm_instant_write(start, written);
    if (instant.len == 0)
        return;
    cxm_str copy = cxm_arena_copy(&self->strings, instant);
    if (!copy.ptr) {
        self->failed = true;
        return;
    }
    cxm_segments_meta(self, CXM_META_START, copy);
    cxm_segments_meta(self, CXM_META_DATE, cxm_str_slice(copy, 0, DATE_BYTES));
}

static void count_from_start(cxm_segments *self) {
    double start = self->start;
    double earliest = earliest_epoch(self);
    if (earliest >= 0 && (start < 0 || start > earliest))
        start = earliest;
    if (start >= 0)
        note_start(self, start);
    for (size_t i = 0; i < self->count; i++) {
        cxm_segment *segment = &self->items[i];
        segment->start = since(segment->start, start);
        segment->end = since(segment->end, start);
        if (segment->end < segment->start)
            segment->end = CXM_TIME_UNKNOWN;
    }
    for (size_t i = 0; i < self->word_count; i++)
        self->words[i].start = since(self->words[i].start, start);
}

/* What a segment is put in order by: its start, or that of the one before it in its channel. */
typedef struct placed {
    double time;
    uint32_t index;
} placed;

/* Merges the sorted halves of [from, to) into `out`; what is equal keeps its order. */
static void merge(const placed *items, size_t from, size_t middle, size_t to, placed *out) {
    size_t left = from;
    size_t right = middle;
    for (size_t i = from; i < to; i++) {
        bool take_left = right >= to || (left < middle && items[left].time <= items[right].time);
        out[i] = take_left ? items[left++] : items[right++];
    }
}

/* Sorts into one of the two arrays, and returns it. */
static const placed *sort(placed *items, placed *spare, size_t count) {
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t from = 0; from < count; from += 2 * width) {
            size_t middle = from + width < count ? from + width : count;
            size_t to = middle + width < count ? middle + width : count;
            merge(items, from, middle, to, spare);
        }
        placed *swapped = items;
        items = spare;
        spare = swapped;
    }
    return items;
}

static bool sort_by_time(cxm_segments *self) {
    const cxm_allocator *allocator = &self->reader->allocator;
    size_t count = self->count;
    placed *items = cxm_allocate(allocator, count * sizeof *items);
    placed *spare = cxm_allocate(allocator, count * sizeof *spare);
    cxm_segment *sorted = cxm_allocate(allocator, count * sizeof *sorted);
    bool good = items && spare && sorted;
    double last = 0;
    for (size_t i = 0; good && i < count; i++) {
        if (i > 0 && !cxm_str_equal(self->items[i].channel, self->items[i - 1].channel))
            last = 0;
        last = self->items[i].start >= 0 ? self->items[i].start : last;
        items[i] = (placed){last, (uint32_t)i};
    }
    if (good) {
        const placed *order = sort(items, spare, count);
        for (size_t i = 0; i < count; i++)
            sorted[i] = self->items[order[i].index];
        memcpy(self->items, sorted, count * sizeof *sorted);
    }
    cxm_release(allocator, items, count * sizeof *items);
    cxm_release(allocator, spare, count * sizeof *spare);
    cxm_release(allocator, sorted, count * sizeof *sorted);
    return good;
}

/* Whether each channel is in order by itself, but not all of them together. */
static bool are_channels_apart(const cxm_segments *self) {
    enum { MOST_CHANNELS = 8 };
    cxm_str channels[MOST_CHANNELS];
    double last[MOST_CHANNELS];
    double last_of_all = 0;
    size_t count = 0;
    bool is_ordered = true;
    for (size_t i = 0; i < self->count; i++) {
        const cxm_segment *segment = &self->items[i];
        if (segment->start < 0)
            continue;
        size_t channel = 0;
        while (channel < count && !cxm_str_equal(channels[channel], segment->channel))
            channel++;
        if (channel == MOST_CHANNELS)
            return false;
        if (channel == count) {
            channels[count] = segment->channel;
            last[count++] = 0;
        }
        if (segment->start < last[channel])
            return false;
        is_ordered = is_ordered && segment->start >= last_of_all;
        last[channel] = last_of_all = segment->start;
    }
    return !is_ordered;
}

bool cxm_segments_settle_times(cxm_segments *self) {
    bool is_constant = all_same(self);
    count_from_start(self);
    if (is_constant)
        forget_times(self);
    if (self->failed || self->count < 2 || self->count > UINT32_MAX)
        return !self->failed;
    bool by_time = self->order == CXM_ORDER_TIME ||
                   (self->order == CXM_ORDER_AUTO && are_channels_apart(self));
    return !by_time || sort_by_time(self);
}
