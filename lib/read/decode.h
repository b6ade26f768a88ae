/* SPDX-License-Identifier: MIT */
/*
 * From the encodings that transcripts come in to UTF-8. A byte order mark says which it is; without
 * one it is decided by evidence, and where that is not certain the input is left to be UTF-8.
 */
#ifndef CXM_READ_DECODE_H
#define CXM_READ_DECODE_H

#include <cxmine/base.h>

typedef enum cxm_encoding {
    CXM_UTF_8,
    CXM_UTF_16_LE,
    CXM_UTF_16_BE,
    CXM_UTF_32_LE,
    CXM_UTF_32_BE,
    CXM_ENCODING_WINDOWS_1252,
    CXM_ENCODING_LATIN_1, /* of which Windows-1252 is all but the control characters */
} cxm_encoding;

/* The name of an encoding, as "utf-16le". Static; NUL-terminated. */
const char *cxm_encoding_name(cxm_encoding encoding);

/* What an input is encoded in, and how many bytes its byte order mark takes. */
cxm_encoding cxm_encoding_of(cxm_str bytes, size_t *mark);

/*
 * Decodes bytes behind the byte order mark. What is no character becomes U+FFFD. Writes what has
 * room in `size` bytes of `out` (NULL where size is 0), and returns how many all of it takes.
 */
size_t cxm_decode(cxm_encoding encoding, cxm_str bytes, char *out, size_t size);

#endif
