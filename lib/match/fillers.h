/* SPDX-License-Identifier: MIT */
/* What may be skipped in front of, within and behind what a phrase takes. There may be several
 * ways: "you" said twice is a repeat, and may begin "you know" as well. */
#ifndef CXM_MATCH_FILLERS_H
#define CXM_MATCH_FILLERS_H

#include "match/tokens.h"

/* How many tokens may be skipped at `at`, of those before `end`: a bit for each length from 1 on. A
 * repeat or a word cut off is one token, a filler as many as it has; of more than 31 none is
 * skipped.
 */
uint32_t cxm_skip_lens(const cxm_symbols *symbols, const cxm_lexeme *tokens, uint32_t at,
                       uint32_t end);

/* Whether all tokens from `from` up to `to` may be skipped. */
bool cxm_can_skip(const cxm_symbols *symbols, const cxm_lexeme *tokens, uint32_t from, uint32_t to);

#endif
