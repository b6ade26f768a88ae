/* SPDX-License-Identifier: MIT */
#ifndef CXM_WRITE_SPEAKERS_H
#define CXM_WRITE_SPEAKERS_H

#include "base/buffer.h"

#include <cxmine/miner.h>

/* Adds the member "speakers": each speaker with the role, where it was taken from, and how sure it
 * is, as in the speaker's first turn. */
void cxm_write_speakers(cxm_buffer *out, const cxm_transcript *transcript,
                        const cxm_result *result);

#endif
