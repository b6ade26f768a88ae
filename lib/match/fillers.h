/* SPDX-License-Identifier: MIT */
/* What may be skipped in front of, within and behind what a phrase takes. */
#ifndef CXM_MATCH_FILLERS_H
#define CXM_MATCH_FILLERS_H

#include "match/tokens.h"

/* How many tokens the longest filler at `at` takes, of those before `end`; 0 where there is none.
 */
uint32_t cxm_filler_len(const cxm_symbols *symbols, const cxm_lexeme *tokens, uint32_t at,
                        uint32_t end);

/* How many tokens may be skipped at `at`: a filler, a repeat, a word cut off; 0: none. */
uint32_t cxm_skip_len(const cxm_symbols *symbols, const cxm_lexeme *tokens, uint32_t at,
                      uint32_t end);

/* Whether all tokens from `at` up to `end`, which are few, may be skipped. */
bool cxm_skips_to_end(const cxm_symbols *symbols, const cxm_lexeme *tokens, uint32_t at,
                      uint32_t end);

#endif
