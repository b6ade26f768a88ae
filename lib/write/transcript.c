/* SPDX-License-Identifier: MIT */
/* Transcripts as canonical JSON Lines: what read/jsonl.c reads back without a loss. */
#include "base/error.h"
#include "base/memory.h"
#include "base/table.h"
#include "write/json.h"

#include <cxmine/writer.h>

struct cxm_transcript_writer {
    cxm_buffer out;
    cxm_table first; /* key of metadata -> its first item */
};

cxm_status cxm_transcript_writer_new(const cxm_allocator *allocator, cxm_transcript_writer **out,
                                     cxm_error *error) {
    if (!out)
        return cxm_fail(error, CXM_E_ARGUMENT, "no place to put the writer");
    cxm_allocator chosen = cxm_allocator_or_default(allocator);
    *out = cxm_allocate(&chosen, sizeof **out);
    if (!*out)
        return cxm_fail_memory(error);
    cxm_buffer_init(&(*out)->out, &chosen);
    cxm_table_init(&(*out)->first, &chosen);
    return CXM_OK;
}

void cxm_transcript_writer_free(cxm_transcript_writer *self) {
    if (!self)
        return;
    cxm_allocator allocator = self->out.allocator;
    cxm_buffer_clear(&self->out);
    cxm_table_clear(&self->first);
    cxm_release(&allocator, self, sizeof *self);
}

static void add_time(cxm_buffer *out, const char *key, double seconds) {
    if (seconds < 0)
        return;
    cxm_json_key(out, key);
    cxm_buffer_add_exact(out, seconds);
}

static void add_name(cxm_buffer *out, const char *key, const char *name) {
    cxm_json_string_member(out, key, cxm_str_from(name));
}

/* That a role is not known is said, too, where there is a label: a reader would ask the label,
 * which may be a recognizer's "A". */
static void add_role(cxm_buffer *out, const cxm_turn *turn) {
    bool is_by_rule = turn->role_source == CXM_ROLE_FROM_RULE;
    if (turn->role == CXM_ROLE_UNKNOWN && turn->speaker.len == 0 && !is_by_rule)
        return;
    add_name(out, "role", cxm_role_name(turn->role));
    if (turn->role_source != CXM_ROLE_FROM_FILE && turn->role_source != CXM_ROLE_FROM_NOTHING)
        add_name(out, "role_source", cxm_role_source_name(turn->role_source));
}

static void add_marks(cxm_buffer *out, const cxm_turn *turn) {
    if (turn->mark_count == 0)
        return;
    cxm_json_key(out, "marks");
    for (size_t i = 0; i < turn->mark_count; i++) {
        cxm_buffer_add(out, i ? ",[" : "[[", 2);
        cxm_buffer_add_size(out, turn->marks[i].offset);
        cxm_buffer_add_char(out, ',');
        cxm_buffer_add_exact(out, turn->marks[i].seconds);
        cxm_buffer_add_char(out, ']');
    }
    cxm_buffer_add_char(out, ']');
}

static void add_turn(cxm_buffer *out, const cxm_turn *turn) {
    cxm_buffer_add_char(out, '{');
    if (turn->speaker.len)
        cxm_json_string_member(out, "speaker", turn->speaker);
    add_role(out, turn);
    if (turn->channel.len)
        cxm_json_string_member(out, "channel", turn->channel);
    if (turn->kind != CXM_TURN_SPEECH)
        add_name(out, "kind", cxm_turn_kind_name(turn->kind));
    add_time(out, "start", turn->start);
    add_time(out, "end", turn->end);
    cxm_json_string_member(out, "text", turn->text);
    add_marks(out, turn);
    cxm_buffer_add_char(out, '}');
}

/* Notes of each key which item is its first: of a key that stands twice that is what counts. */
static void find_first(cxm_transcript_writer *self, const cxm_transcript *transcript) {
    cxm_table_reset(&self->first);
    for (size_t i = 0; i < cxm_transcript_meta_count(transcript); i++)
        if (!cxm_table_add(&self->first, cxm_transcript_meta(transcript, i)->key, (uint32_t)i,
                           NULL))
            self->out.failed = true;
}

static void add_meta(cxm_transcript_writer *self, const cxm_transcript *transcript) {
    cxm_buffer *out = &self->out;
    size_t count = cxm_transcript_meta_count(transcript);
    find_first(self, transcript);
    if (count == 0 || out->failed)
        return;
    cxm_json_key(out, "meta");
    cxm_buffer_add_char(out, '{');
    bool is_first = true;
    for (size_t i = 0; i < count; i++) {
        const cxm_meta *item = cxm_transcript_meta(transcript, i);
        if (*cxm_table_find(&self->first, item->key) != (uint32_t)i)
            continue;
        if (!is_first)
            cxm_buffer_add_char(out, ',');
        is_first = false;
        cxm_json_string(out, item->key);
        cxm_buffer_add_char(out, ':');
        cxm_json_string(out, item->value);
    }
    cxm_buffer_add_char(out, '}');
}

static void add_skipped(cxm_buffer *out, const cxm_transcript *transcript) {
    const cxm_skipped *item;
    for (size_t i = 0; (item = cxm_transcript_skipped(transcript, i)) != NULL; i++) {
        if (i == 0) {
            cxm_json_key(out, "skipped");
            cxm_buffer_add_char(out, '{');
        } else {
            cxm_buffer_add_char(out, ',');
        }
        cxm_json_string(out, item->reason);
        cxm_buffer_add_char(out, ':');
        cxm_buffer_add_size(out, item->count);
    }
    if (cxm_transcript_skipped_count(transcript))
        cxm_buffer_add_char(out, '}');
}

cxm_status cxm_transcript_writer_write(cxm_transcript_writer *self,
                                       const cxm_transcript *transcript, cxm_str *bytes,
                                       cxm_error *error) {
    cxm_buffer *out = &self->out;
    *bytes = (cxm_str){NULL, 0};
    cxm_buffer_reset(out);
    cxm_buffer_add_char(out, '{');
    if (cxm_transcript_id(transcript).len)
        cxm_json_string_member(out, "id", cxm_transcript_id(transcript));
    add_meta(self, transcript);
    add_skipped(out, transcript);
    cxm_json_key(out, "turns");
    cxm_buffer_add_char(out, '[');
    for (size_t i = 0; i < cxm_transcript_turn_count(transcript); i++) {
        if (i)
            cxm_buffer_add_char(out, ',');
        add_turn(out, cxm_transcript_turn(transcript, i));
    }
    cxm_buffer_add(out, "]}\n", 3);
    if (out->failed)
        return cxm_fail_memory(error);
    *bytes = cxm_buffer_str(out);
    return CXM_OK;
}
