/* SPDX-License-Identifier: MIT */
/* UTF-8 that was once taken for a code page: "â€™" is an apostrophe. */
#ifndef CXM_TEXT_MOJIBAKE_H
#define CXM_TEXT_MOJIBAKE_H

#include <cxmine/base.h>

/* The code point that the mojibake at `at` was, after one or two rounds; `*code_point`, and how
 * many bytes of the text stand for it. 0 where there is none that is certain. */
size_t cxm_mojibake_at(cxm_str text, size_t at, uint32_t *code_point);

/* The same where of a mark of punctuation two of three bytes are left ("âœ"), or the last is not.
 */
size_t cxm_mojibake_rest_at(cxm_str text, size_t at, uint32_t *code_point);

/* Whether a code point is what is left where the first byte of a mark of punctuation was taken for
 * a letter and the other two were lost: "doesnât". */
bool cxm_mojibake_is_rest(uint32_t code_point);

#endif
