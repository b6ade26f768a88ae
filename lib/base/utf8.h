/* SPDX-License-Identifier: MIT */
#ifndef CXM_BASE_UTF8_H
#define CXM_BASE_UTF8_H

/*
 * UTF-8 in and out. Texts are byte ranges: never NUL-terminated, and a NUL byte is U+0000 like any
 * other. A sequence is valid as in Unicode 15.0, table 3-7: no overlong form, no surrogate, nothing
 * above U+10FFFF. All functions are pure, so any number of threads may call them.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What an invalid byte decodes to, and what an invalid code point is encoded as. */
#define CXM_UTF8_REPLACEMENT 0xFFFDu

/**
 * Decodes the sequence at `p`, which has `len` bytes left.
 *
 * A byte that starts no valid sequence within `len` gives U+FFFD and length 1, so a decoder that
 * steps by the returned length sees every byte, and sees a damaged sequence as one U+FFFD per byte.
 *
 * @param len  Must be at least 1; no byte at or after p[len] is read.
 * @param cp   The code point; always written.
 * @return The bytes used, 1 to 4, never more than `len`.
 */
static inline size_t cxm_utf8_decode(const char *p, size_t len, uint32_t *cp) {
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *bytes = (const unsigned char *)p;
    uint32_t value = bytes[0];
    *cp = value;
    if (value < 0x80)
        return 1;
    *cp = CXM_UTF8_REPLACEMENT;
    size_t size = value >= 0xF0 ? 4 : value >= 0xE0 ? 3 : 2;
    if (value < 0xC2 || value > 0xF4 || size > len)
        return 1;
    value &= 0x7Fu >> size;
    for (size_t i = 1; i < size; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return 1;
        value = value << 6 | (bytes[i] & 0x3Fu);
    }
    if (value < least[size] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return 1;
    *cp = value;
    return size;
}

/**
 * Encodes a code point; a surrogate or a value above U+10FFFF is written as U+FFFD.
 *
 * @param out  Room for 4 bytes; the bytes after the returned length are left alone.
 * @return The bytes written, 1 to 4.
 */
size_t cxm_utf8_encode(uint32_t cp, char out[4]);

/** True if all `len` bytes are valid UTF-8; true if `len` is 0. `p` may be NULL only then. */
bool cxm_utf8_valid(const char *p, size_t len);

/** The number of code points, as cxm_utf8_decode() sees them: each invalid byte counts as one. */
size_t cxm_utf8_count(const char *p, size_t len);

#endif
