/* SPDX-License-Identifier: MIT */
/* What holds of every result, whatever was mined. Aborts where it does not. */
#ifndef CXM_FUZZ_INVARIANTS_H
#define CXM_FUZZ_INVARIANTS_H

#include <cxmine.h>

void require(bool condition);

/* Spans in the text, whole code points, in order; captures in their hits; counts that add up. */
void check_result(const cxm_lexicon *lexicon, const cxm_transcript *transcript,
                  const cxm_result *result);

/* Aborts where the two differ. */
void check_same_hits(const cxm_result *result, const cxm_result *expected);

/* Tokenizes the text and checks what is told of it. Gives the number of words. */
size_t check_tokens(cxm_miner *miner, cxm_str text);

/* An error that points into the input, or nowhere. */
void check_error(const cxm_error *error, size_t input_len);

#endif
