/* SPDX-License-Identifier: MIT */
/* Segments become turns: who is who, what is one turn, when each word was said. */
#include "read/segment_turns.h"
#include "base/buffer.h"

/* The turn in the making. */
typedef struct joining {
    const cxm_segments *all;
    cxm_transcript_builder *builder;
    cxm_error *error;
    const cxm_stretch *where;
    cxm_role_memory roles;
    const cxm_segment *first;
    cxm_turn turn;
    cxm_buffer text; /* of a turn that is more than one segment */
    cxm_time_mark *marks;
    size_t mark_count;
    size_t mark_capacity;
    bool failed;
} joining;

static void add_mark(joining *self, size_t offset, double seconds) {
    void *items = self->marks;
    if (seconds < 0)
        return;
    if (!cxm_array_reserve(&self->all->reader->allocator, &items, &self->mark_capacity,
                           self->mark_count + 1, sizeof *self->marks)) {
        self->failed = true;
        return;
    }
    self->marks = items;
    self->marks[self->mark_count++] = (cxm_time_mark){offset, seconds};
}

/* The next word of a text between white space, from `*at` on. */
static cxm_str next_written(cxm_str text, size_t *at) {
    while (*at < text.len && cxm_is_space(text.ptr[*at]))
        ++*at;
    size_t start = *at;
    while (*at < text.len && !cxm_is_space(text.ptr[*at]))
        ++*at;
    return cxm_str_slice(text, start, *at);
}

static size_t count_written(cxm_str text) {
    size_t at = 0;
    size_t count = 0;
    while (next_written(text, &at).len)
        count++;
    return count;
}

/* Where a word of the recognizer stands in the text: soon behind `at`, or nowhere (text.len). It
 * may be written otherwise ("twenty five" as 25, "and" as "And,"). */
static size_t find_word(cxm_str text, size_t at, cxm_str word) {
    enum { NEAR = 48 };
    size_t end = at + NEAR < text.len ? at + NEAR : text.len;
    if (word.len == 0)
        return text.len;
    for (; at < end && word.len <= text.len - at; at++) {
        bool is_edge = at == 0 || cxm_is_space(text.ptr[at - 1]) || cxm_is_space(word.ptr[0]) ||
                       !cxm_is_letter(text.ptr[at - 1]) || !cxm_is_letter(word.ptr[0]);
        if (is_edge && cxm_str_equal_nocase(cxm_str_slice(text, at, at + word.len), word))
            return at;
    }
    return text.len;
}

/* Where as many words are given as are written they are the same, one for one. */
static void mark_words(joining *self, const cxm_segment *segment, size_t offset) {
    const cxm_segment_word *words = self->all->words + segment->first_word;
    cxm_str text = segment->text;
    bool one_for_one = count_written(text) == segment->word_count;
    size_t at = 0;
    for (size_t i = 0; i < segment->word_count; i++) {
        size_t place;
        if (one_for_one) {
            cxm_str written = next_written(text, &at);
            place = (size_t)(written.ptr - text.ptr);
        } else {
            place = find_word(text, at, words[i].text);
            if (place == text.len)
                continue;
            at = place + words[i].text.len;
        }
        add_mark(self, offset + place, words[i].start);
    }
}

/* Marks a segment that stands at `offset` of the turn's text. */
static void mark_segment(joining *self, const cxm_segment *segment, size_t offset) {
    size_t before = self->mark_count;
    for (size_t i = 0; i < segment->mark_count; i++)
        add_mark(self, offset + segment->marks[i].offset, segment->marks[i].seconds);
    if (segment->word_count)
        mark_words(self, segment, offset);
    if (self->mark_count == before && offset > 0)
        add_mark(self, offset, segment->start);
}

static cxm_status end_turn(joining *self) {
    if (!self->first)
        return CXM_OK;
    if (self->failed || self->text.failed)
        return cxm_fail_memory(self->error);
    if (self->text.len)
        self->turn.text = cxm_buffer_str(&self->text);
    self->turn.marks = self->marks;
    self->turn.mark_count = self->mark_count;
    cxm_status status = cxm_transcript_builder_add_turn(self->builder, &self->turn, self->error);
    cxm_reader_place(self->all->reader, self->where, self->first->offset, self->error, status);
    self->first = NULL;
    return status;
}

static void start_turn(joining *self, const cxm_segment *segment) {
    self->first = segment;
    self->turn = (cxm_turn){.speaker = segment->speaker,
                            .channel = segment->channel,
                            .start = segment->start,
                            .end = segment->end,
                            .text = segment->text,
                            .kind = segment->kind};
    self->turn.role = cxm_reader_role(self->all->reader, &self->roles, segment->speaker,
                                      segment->role, &self->turn.role_source);
    if (self->turn.role_source == CXM_ROLE_FROM_LABEL && segment->no_label)
        self->turn.role = CXM_ROLE_UNKNOWN;
    if (self->turn.role_source == CXM_ROLE_FROM_FILE && segment->role_source)
        self->turn.role_source = segment->role_source;
    self->mark_count = 0;
    cxm_buffer_reset(&self->text);
    mark_segment(self, segment, 0);
}

/* With a blank between: a phrase runs on over the break of a recognizer. */
static void go_on(joining *self, const cxm_segment *segment) {
    if (self->text.len == 0)
        cxm_buffer_add_str(&self->text, self->turn.text);
    cxm_buffer_add_char(&self->text, ' ');
    mark_segment(self, segment, self->text.len);
    cxm_buffer_add_str(&self->text, segment->text);
    self->turn.end = segment->end;
}

static bool goes_on(const joining *self, const cxm_segment *before, const cxm_segment *segment) {
    double gap = self->all->reader->options.join_gap;
    if (!before || before->is_message || segment->is_message || before->kind != segment->kind ||
        before->role != segment->role || !cxm_str_equal(before->speaker, segment->speaker) ||
        !cxm_str_equal(before->channel, segment->channel))
        return false;
    if (gap == 0)
        return true;
    double end = before->end >= 0 ? before->end : before->start;
    return gap > 0 && (end < 0 || segment->start < 0 || segment->start - end <= gap);
}

cxm_status cxm_segments_add_turns(cxm_segments *self, const cxm_stretch *where,
                                  cxm_transcript_builder *builder, cxm_error *error) {
    joining turns = {.all = self, .builder = builder, .error = error, .where = where};
    const cxm_segment *before = NULL;
    cxm_status status = CXM_OK;
    cxm_buffer_init(&turns.text, &self->reader->allocator);
    for (size_t i = 0; i < self->count && !status; i++) {
        const cxm_segment *segment = &self->items[i];
        if (goes_on(&turns, before, segment)) {
            go_on(&turns, segment);
        } else {
            status = end_turn(&turns);
            start_turn(&turns, segment);
        }
        before = segment;
    }
    if (!status)
        status = end_turn(&turns);
    cxm_buffer_clear(&turns.text);
    cxm_release(&self->reader->allocator, turns.marks, turns.mark_capacity * sizeof *turns.marks);
    return status;
}
