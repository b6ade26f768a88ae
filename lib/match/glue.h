/* SPDX-License-Identifier: MIT */
/*
 * Words that were glued together, mostly where a line was wrapped ("aboutcustomer"): where an
 * unknown word falls into two known ones.
 */
#ifndef CXM_MATCH_GLUE_H
#define CXM_MATCH_GLUE_H

#include "lexicon/lexicon.h"

/* How sure it is that a word is two. */
typedef enum cxm_glue {
    CXM_GLUE_NONE,
    CXM_GLUE_LIKELY, /* in a sentence that runs over a line end, where words get glued */
    CXM_GLUE_SURE,   /* anywhere */
} cxm_glue;

/* Whether a folded word is known to the language or to a phrase. */
bool cxm_is_known_word(const cxm_lexicon *lexicon, cxm_str folded);

/* Whether a word, as written and as folded, is two words; the first is then `*first_len` bytes long
 * in the folded form, and `*first_bytes` in the word. It asks the list of words often: only for
 * words that are new. */
cxm_glue cxm_glue_of(const cxm_lexicon *lexicon, cxm_str word, cxm_str folded, size_t *first_len,
                     size_t *first_bytes);

#endif
