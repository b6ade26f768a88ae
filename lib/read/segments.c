/* SPDX-License-Identifier: MIT */
/* Collecting what a file says of a conversation. segment_times.c and segment_turns.c do the rest.
 */
#include "read/segments.h"

#include "read/segment_turns.h"

void cxm_segments_init(cxm_segments *self, const cxm_reader *reader) {
    *self = (cxm_segments){.reader = reader, .start = CXM_TIME_UNKNOWN};
    cxm_arena_init(&self->strings, &reader->allocator);
}

void cxm_segments_clear(cxm_segments *self) {
    const cxm_allocator *allocator = &self->reader->allocator;
    cxm_release(allocator, self->items, self->capacity * sizeof *self->items);
    cxm_release(allocator, self->words, self->word_capacity * sizeof *self->words);
    cxm_release(allocator, self->meta, self->meta_capacity * sizeof *self->meta);
    cxm_arena_clear(&self->strings);
    cxm_segments_init(self, self->reader);
}

void cxm_segments_reset(cxm_segments *self) {
    cxm_arena_reset(&self->strings);
    self->id = (cxm_str){NULL, 0};
    self->start = CXM_TIME_UNKNOWN;
    self->order = CXM_ORDER_AUTO;
    self->count = self->word_count = self->meta_count = self->skipped_count = self->bytes = 0;
    self->is_open = self->failed = false;
}

/* Room for one more item; a lack of it is kept. `items` is the address of the array's pointer. */
static bool reserve(cxm_segments *self, void *items, size_t *capacity, size_t count,
                    size_t item_size) {
    void *array;
    memcpy(&array, items, sizeof array);
    if (!cxm_array_reserve(&self->reader->allocator, &array, capacity, count + 1, item_size)) {
        self->failed = true;
        return false;
    }
    memcpy(items, &array, sizeof array);
    return true;
}

void cxm_segments_add(cxm_segments *self, const cxm_segment *segment) {
    cxm_str text = cxm_str_trim(segment->text);
    self->is_open = false;
    self->room = 0;
    if (text.len == 0) {
        cxm_segments_skip(self, segment->kind == CXM_TURN_EVENT ? CXM_SKIP_EVENT : CXM_SKIP_EMPTY);
        return;
    }
    if (!reserve(self, &self->items, &self->capacity, self->count, sizeof *self->items))
        return;
    cxm_segment *added = &self->items[self->count++];
    *added = *segment;
    added->text = text;
    self->bytes += text.len;
    added->speaker = cxm_str_trim(segment->speaker);
    added->channel = cxm_str_trim(segment->channel);
    added->first_word = self->word_count;
    added->word_count = 0;
    self->is_open = true;
}

void cxm_segments_word(cxm_segments *self, cxm_str text, double start) {
    if (!self->is_open || self->failed ||
        !reserve(self, &self->words, &self->word_capacity, self->word_count, sizeof *self->words))
        return;
    self->words[self->word_count++] = (cxm_segment_word){cxm_str_trim(text), start};
    self->items[self->count - 1].word_count++;
}

/* Room for `more` bytes behind the text of a segment, which is moved to where there is some. */
static char *make_room(cxm_segments *self, cxm_segment *segment, size_t more) {
    if (self->room < more) {
        size_t capacity = (segment->text.len + more) * 2;
        char *moved = cxm_arena_take(&self->strings, capacity, 1);
        if (!moved) {
            self->failed = true;
            return NULL;
        }
        memcpy(moved, segment->text.ptr, segment->text.len);
        segment->text.ptr = moved;
        self->room = capacity - segment->text.len;
    }
    self->room -= more;
    return (char *)(uintptr_t)segment->text.ptr + segment->text.len;
}

void cxm_segments_extend(cxm_segments *self, cxm_str text, bool is_attached, double end) {
    text = cxm_str_trim(text);
    if (!self->is_open || self->failed || text.len == 0)
        return;
    cxm_segment *segment = &self->items[self->count - 1];
    char *behind = make_room(self, segment, text.len + !is_attached);
    if (!behind)
        return;
    if (!is_attached)
        *behind++ = ' ';
    memcpy(behind, text.ptr, text.len);
    segment->text.len += text.len + !is_attached;
    self->bytes += text.len;
    if (end >= 0)
        segment->end = end;
}

void cxm_segments_skip(cxm_segments *self, const char *reason) {
    cxm_segments_skip_more(self, reason, 1);
}

void cxm_segments_skip_more(cxm_segments *self, const char *reason, size_t count) {
    cxm_str given = cxm_str_from(reason);
    for (size_t i = 0; i < self->skipped_count; i++)
        if (i == CXM_MAX_REASONS - 1 || cxm_str_equal(self->skipped[i].reason, given)) {
            self->skipped[i].count += count;
            return;
        }
    self->skipped[self->skipped_count++] = (cxm_skipped){given, count};
}

void cxm_segments_meta(cxm_segments *self, const char *key, cxm_str value) {
    cxm_str name = cxm_str_from(key);
    if (value.len == 0)
        return;
    for (size_t i = 0; i < self->meta_count; i++)
        if (cxm_str_equal(self->meta[i].key, name))
            return;
    if (reserve(self, &self->meta, &self->meta_capacity, self->meta_count, sizeof *self->meta))
        self->meta[self->meta_count++] = (cxm_meta){name, value};
}

/* Whether two channels have a recognizer's label in common: each counts its speakers by itself. */
static bool labels_clash(const cxm_segments *self) {
    enum { MOST = 16 };
    const cxm_segment *first[MOST];
    size_t count = 0;
    for (size_t i = 0; i < self->count; i++) {
        const cxm_segment *segment = &self->items[i];
        size_t known = 0;
        if (!segment->no_label || segment->speaker.len == 0 || segment->channel.len == 0)
            continue;
        while (known < count && !cxm_str_equal(first[known]->speaker, segment->speaker))
            known++;
        if (known < count && !cxm_str_equal(first[known]->channel, segment->channel))
            return true;
        if (known == count && count < MOST)
            first[count++] = segment;
    }
    return false;
}

/* "1.0": speaker 0 of channel 1. */
static void name_by_channel(cxm_segments *self, cxm_segment *segment) {
    size_t len = segment->channel.len + 1 + segment->speaker.len;
    char *name = cxm_arena_take(&self->strings, len, 1);
    if (!name) {
        self->failed = true;
        return;
    }
    memcpy(name, segment->channel.ptr, segment->channel.len);
    name[segment->channel.len] = '.';
    memcpy(name + segment->channel.len + 1, segment->speaker.ptr, segment->speaker.len);
    segment->speaker = (cxm_str){name, len};
}

/* Whose a segment is, where the file does not say it in words: its role's, or its channel's. */
static void name_speakers(cxm_segments *self) {
    bool clash = labels_clash(self);
    for (size_t i = 0; i < self->count; i++) {
        cxm_segment *segment = &self->items[i];
        if (clash && segment->no_label && segment->speaker.len && segment->channel.len)
            name_by_channel(self, segment);
        if (segment->speaker.len)
            continue;
        segment->speaker = segment->role != CXM_ROLE_UNKNOWN
                               ? cxm_str_from(cxm_role_name(segment->role))
                               : segment->channel;
    }
}

static cxm_status hand_over(const cxm_segments *self, cxm_transcript_builder *builder,
                            cxm_error *error) {
    cxm_status status =
        self->id.len ? cxm_transcript_builder_set_id(builder, self->id, error) : CXM_OK;
    for (size_t i = 0; !status && i < self->meta_count; i++)
        status =
            cxm_transcript_builder_add_meta(builder, self->meta[i].key, self->meta[i].value, error);
    for (size_t i = 0; !status && i < self->skipped_count; i++)
        status = cxm_transcript_builder_add_skipped(builder, self->skipped[i].reason,
                                                    self->skipped[i].count, error);
    return status;
}

cxm_status cxm_segments_finish(cxm_segments *self, const cxm_stretch *where, cxm_transcript **out,
                               cxm_error *error) {
    cxm_transcript_builder *builder;
    if (self->failed || !cxm_segments_settle_times(self))
        return cxm_fail_memory(error);
    /* A file may name one long text many times. */
    if (self->bytes > self->reader->options.max_bytes)
        return cxm_reader_fail(self->reader, where, 0, error, CXM_E_LIMIT,
                               "a conversation with more than %zu bytes of text",
                               self->reader->options.max_bytes);
    name_speakers(self);
    if (self->failed)
        return cxm_fail_memory(error);
    cxm_status status = cxm_reader_builder(self->reader, &builder, error);
    if (status)
        return status;
    status = hand_over(self, builder, error);
    cxm_reader_place(self->reader, where, 0, error, status);
    if (!status)
        status = cxm_segments_add_turns(self, where, builder, error);
    if (!status)
        status = cxm_transcript_builder_finish(builder, out, error);
    if (status)
        cxm_transcript_builder_free(builder);
    return status;
}
