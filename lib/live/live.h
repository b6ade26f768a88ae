/* SPDX-License-Identifier: MIT */
/* A live conversation from the inside. */
#ifndef CXM_LIVE_LIVE_H
#define CXM_LIVE_LIVE_H

#include "live/tail.h"

#include <cxmine/live.h>

struct cxm_live {
    cxm_allocator allocator;
    const cxm_lexicon *lexicon;
    size_t max_turn_bytes;
    size_t max_hits;
    cxm_transcript_builder *builder;
    cxm_transcript *skeleton; /* what the builder has made: turns without their texts */
    bool open;                /* the last turn of the skeleton goes on */
    bool finished;

    cxm_role role; /* of the open turn */
    cxm_tail tail;
    size_t settled; /* offsets in the open turn */
    size_t done;    /* its hits are told: forgotten by the next call */
    size_t looked;  /* up to where it was looked for what is certain */

    cxm_hit *hits;
    size_t hit_count;
    size_t hit_capacity;
    cxm_capture *captures; /* of all hits, in order */
    size_t capture_count;
    size_t capture_capacity;
    cxm_role *roles; /* per turn */
    size_t role_capacity;
    cxm_result result; /* its counts: of all that is certain */
};

/* Takes over the hits, captures and counts that a miner found in the tail. false, and nothing
 * changed, where there is no memory. */
bool cxm_live_take(cxm_live *self, const cxm_result *found);

#endif
