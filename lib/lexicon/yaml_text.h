/* SPDX-License-Identifier: MIT */
/* What a quoted or plain scalar of YAML means: escapes undone, lines folded. */
#ifndef CXM_LEXICON_YAML_TEXT_H
#define CXM_LEXICON_YAML_TEXT_H

#include "base/memory.h"

/*
 * The text of a scalar that is known to be well-formed. (libfyaml 0.7.12 can undo these too, but
 * gets '''' within single quotes wrong, and gives an empty text where there is no memory.)
 *
 * @param raw    As written, without the quotes.
 * @param quote  What it is quoted with: ' or "; 0 for a plain scalar.
 * @param out    `raw` itself, where nothing is to be undone; else put in the arena.
 * @return false where there is no memory.
 */
bool cxm_yaml_unquote(cxm_str raw, char quote, cxm_arena *arena, cxm_str *out);

#endif
