/* SPDX-License-Identifier: MIT */
/* The pieces of JSON that writers put together. */
#ifndef CXM_WRITE_JSON_H
#define CXM_WRITE_JSON_H

#include "base/buffer.h"

/*
 * A JSON string with its quotes. What comes out is always valid UTF-8 on one line: control
 * characters and U+2028/2029 (line ends to JavaScript and to some line readers) are escaped, and
 * a byte that is no UTF-8 becomes U+FFFD.
 */
void cxm_json_string(cxm_buffer *out, cxm_str text);

/* The same without the quotes, for strings that are put together. */
void cxm_json_escaped(cxm_buffer *out, cxm_str text);

/* `"key":`, after a comma unless it is the first of its object. `key` needs no escapes. */
void cxm_json_key(cxm_buffer *out, const char *key);

/* The usual members of an object. */
void cxm_json_string_member(cxm_buffer *out, const char *key, cxm_str value);
void cxm_json_size_member(cxm_buffer *out, const char *key, size_t value);

#endif
