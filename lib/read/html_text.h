/* SPDX-License-Identifier: MIT */
/* The text of HTML as mail and chat programs write it. */
#ifndef CXM_READ_HTML_TEXT_H
#define CXM_READ_HTML_TEXT_H

#include "base/memory.h"

/*
 * Tags are left out; those that end a line on the screen (<br>, </p>, </div>, <li> ...) become a
 * line end. Comments, scripts and styles are left out with what is in them. Entities are decoded.
 * Runs of white space become one blank. `out` is `html` itself where nothing had to be done, or in
 * the arena. false: no memory.
 */
bool cxm_html_text(cxm_str html, cxm_arena *arena, cxm_str *out);

#endif
