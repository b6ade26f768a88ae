/* SPDX-License-Identifier: MIT */
/*
 * A transcript from inside. All turn texts stand one behind the other in one block, so that the
 * tokenizer runs through memory in order and may load 64 bytes at a time: CXM_TEXT_PADDING zero
 * bytes can be read behind the last text. Speakers are numbered: equal labels, equal numbers.
 */
#ifndef CXM_TRANSCRIPT_TRANSCRIPT_H
#define CXM_TRANSCRIPT_TRANSCRIPT_H

#include "base/memory.h"

#include <cxmine/transcript.h>

enum { CXM_TEXT_PADDING = 64 };

struct cxm_transcript {
    cxm_allocator allocator;
    cxm_arena strings; /* labels, channels, metadata */
    cxm_str id;        /* blocks of their own, since they can be set again */
    cxm_str source;
    cxm_str encoding; /* static */
    char *text;       /* NULL where there is no turn */
    size_t text_len;
    size_t text_capacity;
    cxm_turn *turns;
    uint32_t *turn_speakers; /* one per turn: an index into `speakers` */
    size_t turn_count;
    size_t turn_capacity;
    size_t turn_speakers_capacity;
    cxm_str *speakers; /* in the order in which they first spoke */
    size_t speaker_count;
    size_t speaker_capacity;
    cxm_time_mark *marks;
    size_t mark_count;
    size_t mark_capacity;
    cxm_meta *meta;
    size_t meta_count;
    size_t meta_capacity;
    cxm_skipped *skipped;
    size_t skipped_count;
    size_t skipped_capacity;
};

/* Notes what a transcript was encoded in; the name must be static. */
void cxm_transcript_builder_set_encoding(cxm_transcript_builder *self, const char *name);
/* CXM_E_ARGUMENT where the time marks of a turn are not in order or point outside its text. */
cxm_status cxm_turn_check_marks(const cxm_turn *turn, cxm_error *error);

/* What a builder has made so far: turns without their texts and marks, which still move. */
cxm_transcript *cxm_transcript_builder_made(const cxm_transcript_builder *self);

#endif
