/* SPDX-License-Identifier: MIT */
/*
 * Where to look for a rule. A rule is found only in sentences that have the words it cannot do
 * without; so of each rule a *piece* without gaps is chosen, and the rule is looked for only in
 * sentences that have its piece: of "i would ...6 refund (me|us)" that is "refund (me|us)".
 *
 * A piece begins with a *cut*: words of the rule of which every way through it takes one. It goes
 * on with what follows these, up to a gap or the end of the rule. Of all cuts the one is taken
 * whose pieces are expected least often, by how frequent words are in the language.
 *
 * Of the words of the rule that are not in its piece the rarest cut is its *need*: a sentence that
 * has none of these words on that side of the piece has the rule nowhere.
 */
#ifndef CXM_LEXICON_PIECES_H
#define CXM_LEXICON_PIECES_H

#include "lexicon/compile.h"

/* How likely it is that a word satisfies each atom; `chances` has room for all. CXM_OK, or
 * CXM_E_NOMEM. */
cxm_status cxm_chances_make(const cxm_lexicon *lexicon, float *chances);

/* Chooses the pieces and needs of all rules, and writes the former. To be called once, after
 * cxm_compile_starts(). */
cxm_status cxm_compile_pieces(cxm_lexicon *lexicon);

#endif
