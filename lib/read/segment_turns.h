/* SPDX-License-Identifier: MIT */
/* The steps of cxm_segments_finish(). */
#ifndef CXM_READ_SEGMENT_TURNS_H
#define CXM_READ_SEGMENT_TURNS_H

#include "read/segments.h"

void cxm_segments_skip_more(cxm_segments *self, const char *reason, size_t count);

/* Counts all times from the start of the conversation, and puts segments in order of time where
 * they are to be. false: no memory. */
bool cxm_segments_settle_times(cxm_segments *self);

/* Adds the turns that the segments make up. */
cxm_status cxm_segments_add_turns(cxm_segments *self, const cxm_stretch *where,
                                  cxm_transcript_builder *builder, cxm_error *error);

#endif
