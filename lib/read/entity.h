/* SPDX-License-Identifier: MIT */
/* Character references as HTML and WebVTT write them. */
#ifndef CXM_READ_ENTITY_H
#define CXM_READ_ENTITY_H

#include <cxmine/base.h>

/*
 * A reference at the start of `text`: "&amp;", "&#39;", "&#x27;". *code_point is set, and the bytes
 * used are returned, never fewer than the code point has in UTF-8; 0 where there is none, or none
 * that is known. It ends with its semicolon, else it is text.
 */
size_t cxm_entity_scan(cxm_str text, uint32_t *code_point);

#endif
