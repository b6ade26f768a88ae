/* SPDX-License-Identifier: MIT */
/*
 * Building a transcript. A turn is added in two steps: first everything that can fail (checks, and
 * room in every array), then everything that cannot, so that a failure leaves no trace.
 *
 * While it is built the arrays still move, so turns hold lengths and counts only. Texts and marks
 * stand in the order of their turns, which is all that finish() needs to point at them.
 */
#include "base/error.h"
#include "base/str.h"
#include "base/table.h"
#include "base/utf8.h"
#include "transcript/transcript.h"

#include <math.h>

enum { RECENT_CHANNELS = 4 };

struct cxm_transcript_builder {
    cxm_transcript *made;
    size_t max_bytes;
    size_t max_turns;
    size_t bytes;       /* of texts, labels and metadata, as max_bytes counts them */
    cxm_table speakers; /* label -> number */
    cxm_str channels[RECENT_CHANNELS];
    size_t next_channel; /* counts up; the oldest is replaced */
};

cxm_status cxm_transcript_builder_new(const cxm_transcript_options *options,
                                      cxm_transcript_builder **out, cxm_error *error) {
    static const size_t default_bytes = (size_t)1 << 30;
    static const size_t default_turns = 10 * 1000 * 1000;
    cxm_transcript_options given = CXM_TRANSCRIPT_OPTIONS_INIT;
    *out = NULL;
    if (!cxm_options_read(&given, sizeof given, options))
        return cxm_fail(error, CXM_E_ARGUMENT, "struct_size of the options is not set");
    cxm_allocator allocator = cxm_allocator_or_default(given.allocator);
    cxm_transcript_builder *self = cxm_allocate(&allocator, sizeof *self);
    cxm_transcript *made = cxm_allocate(&allocator, sizeof *made);
    if (!self || !made) {
        cxm_release(&allocator, self, sizeof *self);
        cxm_release(&allocator, made, sizeof *made);
        return cxm_fail_memory(error);
    }
    made->allocator = allocator;
    cxm_arena_init(&made->strings, &allocator);
    self->made = made;
    self->max_bytes = given.max_bytes ? given.max_bytes : default_bytes;
    self->max_turns = given.max_turns ? given.max_turns : default_turns;
    cxm_table_init(&self->speakers, &allocator);
    *out = self;
    return CXM_OK;
}

/* Frees the builder itself, not the transcript in it. */
static void drop(cxm_transcript_builder *self) {
    cxm_allocator allocator = self->made->allocator;
    cxm_table_clear(&self->speakers);
    cxm_release(&allocator, self, sizeof *self);
}

void cxm_transcript_builder_free(cxm_transcript_builder *self) {
    if (!self)
        return;
    cxm_transcript *made = self->made;
    drop(self);
    cxm_transcript_free(made);
}

static cxm_status check_utf8(cxm_str text, const char *what, cxm_error *error) {
    if (cxm_utf8_valid(text.ptr, text.len))
        return CXM_OK;
    return cxm_fail(error, CXM_E_ENCODING, "%s is not valid UTF-8", what);
}

/* Puts a copy of `value` into `field`, in a block of exactly its length. */
static cxm_status replace(cxm_transcript *made, cxm_str *field, cxm_str value, cxm_error *error) {
    char *copy = NULL;
    if (value.len) {
        copy = made->allocator.resize(made->allocator.user, NULL, 0, value.len);
        if (!copy)
            return cxm_fail_memory(error);
        memcpy(copy, value.ptr, value.len);
    }
    cxm_release(&made->allocator, (void *)(uintptr_t)field->ptr, field->len);
    *field = (cxm_str){copy, value.len};
    return CXM_OK;
}

cxm_status cxm_transcript_builder_set_id(cxm_transcript_builder *self, cxm_str id,
                                         cxm_error *error) {
    cxm_status status = check_utf8(id, "the id", error);
    return status ? status : replace(self->made, &self->made->id, id, error);
}

cxm_status cxm_transcript_builder_set_source(cxm_transcript_builder *self, cxm_str source,
                                             cxm_error *error) {
    return replace(self->made, &self->made->source, source, error);
}

void cxm_transcript_builder_set_encoding(cxm_transcript_builder *self, const char *name) {
    self->made->encoding = cxm_str_from(name);
}

/* What max_bytes would count with `added` more; CXM_E_LIMIT where that is too much. */
static cxm_status count_bytes(const cxm_transcript_builder *self, const size_t added[3],
                              size_t *total, cxm_error *error) {
    *total = self->bytes;
    for (int i = 0; i < 3; i++)
        if (!cxm_size_add(*total, added[i], total) || *total > self->max_bytes)
            return cxm_fail(error, CXM_E_LIMIT, "the transcript has more than %zu bytes of text",
                            self->max_bytes);
    return CXM_OK;
}

/* Room for `more` items behind the `count` of an array. `items` is the address of its pointer,
 * of whatever type. */
static bool reserve(cxm_transcript *made, void *items, size_t *capacity, size_t count, size_t more,
                    size_t item_size) {
    size_t needed;
    void *array;
    memcpy(&array, items, sizeof array);
    if (!cxm_size_add(count, more, &needed) ||
        !cxm_array_reserve(&made->allocator, &array, capacity, needed, item_size))
        return false;
    memcpy(items, &array, sizeof array);
    return true;
}

cxm_status cxm_transcript_builder_add_meta(cxm_transcript_builder *self, cxm_str key, cxm_str value,
                                           cxm_error *error) {
    cxm_transcript *made = self->made;
    size_t bytes;
    cxm_status status = check_utf8(key, "a metadata key", error);
    if (!status)
        status = check_utf8(value, "a metadata value", error);
    if (!status)
        status = count_bytes(self, (size_t[3]){key.len, value.len, 0}, &bytes, error);
    if (status)
        return status;
    if (!reserve(made, &made->meta, &made->meta_capacity, made->meta_count, 1, sizeof *made->meta))
        return cxm_fail_memory(error);
    cxm_meta item = {cxm_arena_copy(&made->strings, key), cxm_arena_copy(&made->strings, value)};
    if (!item.key.ptr || !item.value.ptr)
        return cxm_fail_memory(error);
    made->meta[made->meta_count++] = item;
    self->bytes = bytes;
    return CXM_OK;
}

cxm_status cxm_transcript_builder_add_skipped(cxm_transcript_builder *self, cxm_str reason,
                                              size_t count, cxm_error *error) {
    cxm_transcript *made = self->made;
    for (size_t i = 0; i < made->skipped_count; i++)
        if (cxm_str_equal(made->skipped[i].reason, reason)) {
            made->skipped[i].count += count;
            return CXM_OK;
        }
    size_t bytes;
    cxm_status status = check_utf8(reason, "a reason", error);
    if (!status)
        status = count_bytes(self, (size_t[3]){reason.len, 0, 0}, &bytes, error);
    if (status)
        return status;
    if (!reserve(made, &made->skipped, &made->skipped_capacity, made->skipped_count, 1,
                 sizeof *made->skipped))
        return cxm_fail_memory(error);
    cxm_str copy = cxm_arena_copy(&made->strings, reason);
    if (!copy.ptr)
        return cxm_fail_memory(error);
    made->skipped[made->skipped_count++] = (cxm_skipped){copy, count};
    self->bytes = bytes;
    return CXM_OK;
}

static double known_time(double seconds) {
    return isfinite(seconds) && seconds >= 0 ? seconds : CXM_TIME_UNKNOWN;
}

cxm_status cxm_turn_check_marks(const cxm_turn *turn, cxm_error *error) {
    size_t last = 0;
    if (turn->mark_count && !turn->marks)
        return cxm_fail(error, CXM_E_ARGUMENT, "marks is NULL, but mark_count is not 0");
    for (size_t i = 0; i < turn->mark_count; i++) {
        size_t offset = turn->marks[i].offset;
        if (offset > turn->text.len)
            return cxm_fail(error, CXM_E_ARGUMENT, "a time mark points outside the text");
        if (offset < last)
            return cxm_fail(error, CXM_E_ARGUMENT, "the time marks are not in order of offset");
        last = offset;
    }
    return CXM_OK;
}

static cxm_status check_turn(const cxm_transcript_builder *self, const cxm_turn *turn,
                             cxm_error *error) {
    cxm_status status = check_utf8(turn->text, "the text of a turn", error);
    if (!status)
        status = check_utf8(turn->speaker, "a speaker", error);
    if (!status)
        status = check_utf8(turn->channel, "a channel", error);
    if (!status)
        status = cxm_turn_check_marks(turn, error);
    if (status)
        return status;
    if ((unsigned)turn->role >= CXM_ROLE_COUNT)
        return cxm_fail(error, CXM_E_ARGUMENT, "the role of a turn is none of cxm_role");
    if ((unsigned)turn->role_source >= CXM_ROLE_SOURCE_COUNT)
        return cxm_fail(error, CXM_E_ARGUMENT, "the source of a role is none of cxm_role_source");
    if ((unsigned)turn->kind >= CXM_TURN_KIND_COUNT)
        return cxm_fail(error, CXM_E_ARGUMENT, "the kind of a turn is none of cxm_turn_kind");
    if (self->made->turn_count >= self->max_turns)
        return cxm_fail(error, CXM_E_LIMIT, "the transcript has more than %zu turns",
                        self->max_turns);
    return CXM_OK;
}

static bool reserve_turn(cxm_transcript *made, const cxm_turn *turn) {
    size_t text;
    return cxm_size_add(turn->text.len, CXM_TEXT_PADDING, &text) &&
           reserve(made, &made->text, &made->text_capacity, made->text_len, text, 1) &&
           reserve(made, &made->turns, &made->turn_capacity, made->turn_count, 1,
                   sizeof *made->turns) &&
           reserve(made, &made->turn_speakers, &made->turn_speakers_capacity, made->turn_count, 1,
                   sizeof *made->turn_speakers) &&
           reserve(made, &made->marks, &made->mark_capacity, made->mark_count, turn->mark_count,
                   sizeof *made->marks) &&
           reserve(made, &made->speakers, &made->speaker_capacity, made->speaker_count, 1,
                   sizeof *made->speakers);
}

/* The channel as copied before, or now. Remembering the latest few is enough: calls have two. */
static bool intern_channel(cxm_transcript_builder *self, cxm_str channel, cxm_str *out) {
    *out = (cxm_str){NULL, 0};
    if (channel.len == 0)
        return true;
    for (size_t i = 0; i < RECENT_CHANNELS; i++)
        if (cxm_str_equal(self->channels[i], channel)) {
            *out = self->channels[i];
            return true;
        }
    *out = cxm_arena_copy(&self->made->strings, channel);
    if (!out->ptr)
        return false;
    self->channels[self->next_channel++ % RECENT_CHANNELS] = *out;
    return true;
}

/* The number of a speaker, new or not. Room in `speakers` has been made. */
static bool intern_speaker(cxm_transcript_builder *self, cxm_str label, uint32_t *number) {
    cxm_transcript *made = self->made;
    const uint32_t *known = cxm_table_find(&self->speakers, label);
    if (known) {
        *number = *known;
        return true;
    }
    cxm_str copy = cxm_arena_copy(&made->strings, label);
    *number = (uint32_t)made->speaker_count;
    if (!copy.ptr || !cxm_table_add(&self->speakers, copy, *number, NULL))
        return false;
    made->speakers[made->speaker_count++] = copy;
    return true;
}

/* Appends a turn for which everything has been checked and has room. */
static void append(cxm_transcript *made, const cxm_turn *turn, cxm_str channel, uint32_t speaker) {
    cxm_turn *added = &made->turns[made->turn_count];
    *added = *turn;
    added->speaker = made->speakers[speaker];
    added->channel = channel;
    added->start = known_time(turn->start);
    added->end = known_time(turn->end);
    if (turn->role == CXM_ROLE_UNKNOWN && turn->role_source != CXM_ROLE_FROM_RULE)
        added->role_source = CXM_ROLE_FROM_NOTHING;
    made->turn_speakers[made->turn_count++] = speaker;
    if (turn->text.len)
        memcpy(made->text + made->text_len, turn->text.ptr, turn->text.len);
    made->text_len += turn->text.len;
    for (size_t i = 0; i < turn->mark_count; i++) {
        const cxm_time_mark *mark = &turn->marks[i];
        made->marks[made->mark_count++] = (cxm_time_mark){mark->offset, known_time(mark->seconds)};
    }
}

cxm_status cxm_transcript_builder_add_turn(cxm_transcript_builder *self, const cxm_turn *turn,
                                           cxm_error *error) {
    size_t added[3] = {turn->text.len, turn->speaker.len, turn->channel.len};
    size_t bytes;
    cxm_str channel;
    uint32_t speaker;
    cxm_status status = count_bytes(self, added, &bytes, error);
    if (!status)
        status = check_turn(self, turn, error);
    if (status)
        return status;
    /* The speaker comes last: it is the one step that can be seen from outside. */
    if (!reserve_turn(self->made, turn) || !intern_channel(self, turn->channel, &channel) ||
        !intern_speaker(self, turn->speaker, &speaker))
        return cxm_fail_memory(error);
    append(self->made, turn, channel, speaker);
    self->bytes = bytes;
    return CXM_OK;
}

/* Gives back what an array has too much of. An allocator that cannot shrink changes nothing. */
static void trim(cxm_transcript *made, void *items, size_t *capacity, size_t count,
                 size_t item_size) {
    void *array;
    memcpy(&array, items, sizeof array);
    if (count == *capacity || count == 0)
        return;
    void *moved = made->allocator.resize(made->allocator.user, array, *capacity * item_size,
                                         count * item_size);
    if (!moved)
        return;
    memcpy(items, &moved, sizeof moved);
    *capacity = count;
}

static void trim_all(cxm_transcript *made) {
    trim(made, &made->text, &made->text_capacity, made->text_len + CXM_TEXT_PADDING, 1);
    trim(made, &made->turns, &made->turn_capacity, made->turn_count, sizeof *made->turns);
    trim(made, &made->turn_speakers, &made->turn_speakers_capacity, made->turn_count,
         sizeof *made->turn_speakers);
    trim(made, &made->marks, &made->mark_capacity, made->mark_count, sizeof *made->marks);
    trim(made, &made->speakers, &made->speaker_capacity, made->speaker_count,
         sizeof *made->speakers);
    trim(made, &made->meta, &made->meta_capacity, made->meta_count, sizeof *made->meta);
}

/* Points every turn at its text and its marks, now that nothing moves any more. */
static void settle(cxm_transcript *made) {
    size_t text = 0;
    size_t mark = 0;
    for (size_t i = 0; i < made->turn_count; i++) {
        cxm_turn *turn = &made->turns[i];
        turn->text.ptr = made->text + text;
        turn->marks = turn->mark_count ? made->marks + mark : NULL;
        text += turn->text.len;
        mark += turn->mark_count;
    }
}

cxm_transcript *cxm_transcript_builder_made(const cxm_transcript_builder *self) {
    return self->made;
}

cxm_status cxm_transcript_builder_finish(cxm_transcript_builder *self, cxm_transcript **out,
                                         cxm_error *error) {
    (void)error; /* every turn made room for what is needed here */
    cxm_transcript *made = self->made;
    drop(self);
    if (made->turn_count) {
        memset(made->text + made->text_len, 0, CXM_TEXT_PADDING);
        trim_all(made);
        settle(made);
    }
    *out = made;
    return CXM_OK;
}
