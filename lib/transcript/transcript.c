/* SPDX-License-Identifier: MIT */
#include "transcript/transcript.h"

cxm_str cxm_transcript_id(const cxm_transcript *self) {
    return self->id;
}

cxm_str cxm_transcript_source(const cxm_transcript *self) {
    return self->source;
}

cxm_str cxm_transcript_encoding(const cxm_transcript *self) {
    return self->encoding;
}

size_t cxm_transcript_turn_count(const cxm_transcript *self) {
    return self->turn_count;
}

const cxm_turn *cxm_transcript_turn(const cxm_transcript *self, size_t index) {
    return index < self->turn_count ? &self->turns[index] : NULL;
}

size_t cxm_transcript_meta_count(const cxm_transcript *self) {
    return self->meta_count;
}

const cxm_meta *cxm_transcript_meta(const cxm_transcript *self, size_t index) {
    return index < self->meta_count ? &self->meta[index] : NULL;
}

size_t cxm_transcript_skipped_count(const cxm_transcript *self) {
    return self->skipped_count;
}

const cxm_skipped *cxm_transcript_skipped(const cxm_transcript *self, size_t index) {
    return index < self->skipped_count ? &self->skipped[index] : NULL;
}

size_t cxm_transcript_speaker_count(const cxm_transcript *self) {
    return self->speaker_count;
}

uint32_t cxm_transcript_speaker_of(const cxm_transcript *self, size_t turn) {
    return self->turn_speakers[turn];
}

cxm_str cxm_transcript_speaker(const cxm_transcript *self, size_t speaker) {
    return speaker < self->speaker_count ? self->speakers[speaker] : (cxm_str){NULL, 0};
}

static void release_str(const cxm_allocator *allocator, cxm_str text) {
    cxm_release(allocator, (void *)(uintptr_t)text.ptr, text.len);
}

void cxm_transcript_free(cxm_transcript *self) {
    if (!self)
        return;
    cxm_allocator allocator = self->allocator;
    release_str(&allocator, self->id);
    release_str(&allocator, self->source);
    cxm_release(&allocator, self->text, self->text_capacity);
    cxm_release(&allocator, self->turns, self->turn_capacity * sizeof *self->turns);
    cxm_release(&allocator, self->turn_speakers,
                self->turn_speakers_capacity * sizeof *self->turn_speakers);
    cxm_release(&allocator, self->speakers, self->speaker_capacity * sizeof *self->speakers);
    cxm_release(&allocator, self->marks, self->mark_capacity * sizeof *self->marks);
    cxm_release(&allocator, self->meta, self->meta_capacity * sizeof *self->meta);
    cxm_release(&allocator, self->skipped, self->skipped_capacity * sizeof *self->skipped);
    cxm_arena_clear(&self->strings);
    cxm_release(&allocator, self, sizeof *self);
}
