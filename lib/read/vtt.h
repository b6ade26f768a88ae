/* SPDX-License-Identifier: MIT */
/* WebVTT for others: some exports carry it inside a JSON string. */
#ifndef CXM_READ_VTT_H
#define CXM_READ_VTT_H

#include "read/segments.h"

/* Adds the cues of a WebVTT text, which must outlive `self`, to a conversation in the making. What
 * is no cue is counted as skipped; a lack of memory is kept there. */
void cxm_vtt_add(cxm_segments *self, cxm_str text);

#endif
