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

    cxm_tail tail;
    size_t settled; /* offsets in the open turn */
    size_t done;    /* its hits are told: forgotten by the next call */
    size_t looked;  /* up to where it was looked for what is certain */

    cxm_hit *hits; /* all, hidden categories among them */
    size_t hit_count;
    size_t hit_capacity;
    cxm_capture *captures; /* of all hits, in order */
    size_t capture_count;
    size_t capture_capacity;
    cxm_hit *shown; /* those of no hidden category: the new ones; in the end all of them */
    size_t shown_count;
    size_t shown_capacity;
    size_t told; /* hits, so far */

    cxm_role *roles; /* per turn, and so are: */
    size_t role_capacity;
    cxm_role_source *role_sources;
    size_t role_source_capacity;
    double *role_confidences;
    size_t role_confidence_capacity;
    uint32_t *turn_words;
    size_t turn_word_capacity;
    cxm_time_mark *last_marks; /* the last mark of a turn, which the skeleton points at */
    size_t last_mark_capacity;
    cxm_result result; /* its counts: of all that is certain */
    cxm_result over;   /* of the turns that are over */

    bool judged_all;
    size_t judged; /* turns whose findings are told */
    cxm_finding *findings;
    size_t finding_capacity;
};

/* Makes room for one more turn. */
bool cxm_live_reserve_turn(cxm_live *self);

/* Points a result at what is kept. */
void cxm_live_point(const cxm_live *self, cxm_result *result);

/* Notes the last time that is known of the turn that ends. */
void cxm_live_note_mark(cxm_live *self, double seconds);

/* Shows all hits of no hidden category. false where there is no memory. */
bool cxm_live_show_all(cxm_live *self);

/* Takes over the hits, captures and counts that a miner found in the tail, and shows them. false,
 * and nothing changed, where there is no memory. */
bool cxm_live_take(cxm_live *self, const cxm_result *found);

#endif
