/* SPDX-License-Identifier: MIT */
/* The entities of HTML that transcripts hold, and WebVTT. */
#ifndef CXM_TEXT_ENTITY_H
#define CXM_TEXT_ENTITY_H

#include <cxmine/base.h>

/*
 * The entity at the start of `text`: "&amp;", "&#39;", "&#x27;". *code_point is set, and the bytes
 * used are returned, never fewer than the code point has in UTF-8; 0 where there is none, or none
 * that is known. It ends with its semicolon, else it is text. This is how text of a format is read.
 */
size_t cxm_entity_scan(cxm_str text, uint32_t *code_point);

/* The code point of the entity at an ampersand, also where its own ampersand was escaped again
 * ("&amp;#39;"), and how many bytes it takes; 0 where there is none. Control characters and blanks
 * that do not break become a blank. This is how what a format left behind is mended. */
size_t cxm_entity_at(cxm_str text, size_t at, uint32_t *code_point);

#endif
