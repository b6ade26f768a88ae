/* SPDX-License-Identifier: MIT */
/* Mining a turn of which only the beginning is known. */
#ifndef CXM_MATCH_PIECE_H
#define CXM_MATCH_PIECE_H

#include "match/miner.h"

/* What a miner found in the beginning of a turn, or of what is left of one. */
typedef struct cxm_piece {
    size_t used;              /* bytes that are done with: what follows can be mined by itself */
    const cxm_result *result; /* of these; borrowed from the miner */
} cxm_piece;

/*
 * Finds the hits in a text that no continuation can change: those of the sentences that are over
 * for certain. All of them if `whole`: nothing follows. CXM_OK or CXM_E_NOMEM.
 */
cxm_status cxm_miner_piece(cxm_miner *self, const cxm_spoken *spoken, bool whole, cxm_piece *out,
                           cxm_error *error);

#endif
