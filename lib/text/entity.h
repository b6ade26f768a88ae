/* SPDX-License-Identifier: MIT */
/* The entities of HTML that transcripts hold. */
#ifndef CXM_TEXT_ENTITY_H
#define CXM_TEXT_ENTITY_H

#include <cxmine/base.h>

/* The code point of the entity at an ampersand, also where its own ampersand was escaped again
 * ("&amp;#39;"), and how many bytes it takes; 0 where there is none. Control characters and blanks
 * that do not break become a blank. */
size_t cxm_entity_at(cxm_str text, size_t at, uint32_t *code_point);

#endif
