/* SPDX-License-Identifier: MIT */
/* What an input is encoded in. Usable from C++. */
#ifndef CXM_READ_ENCODING_H
#define CXM_READ_ENCODING_H

#include <cxmine/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The offset of the first byte that is not valid UTF-8; text.len where all is well. */
size_t cxm_utf8_invalid_at(cxm_str text);

/* Whether a text starts like UTF-16: with its byte order mark, or with half an ASCII letter. */
bool cxm_is_utf16(cxm_str text);

#ifdef __cplusplus
}
#endif
#endif
