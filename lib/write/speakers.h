/* SPDX-License-Identifier: MIT */
#ifndef CXM_WRITE_SPEAKERS_H
#define CXM_WRITE_SPEAKERS_H

#include "base/buffer.h"

#include <cxmine/miner.h>

/* Where the role of a turn was taken from; a result that was put together elsewhere need not say.
 */
static inline cxm_role_source cxm_write_role_source(const cxm_result *result, size_t turn) {
    return result->role_sources ? result->role_sources[turn] : CXM_ROLE_FROM_NOTHING;
}

/* Adds the member "speakers": each speaker with the role, where it was taken from, and how sure it
 * is, as in the speaker's first turn. */
void cxm_write_speakers(cxm_buffer *out, const cxm_transcript *transcript,
                        const cxm_result *result);

#endif
