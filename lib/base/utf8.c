/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"

#include <string.h>

/* The offset of the first byte at or after `at` that is not ASCII; `len` if there is none. */
static size_t skip_ascii(const char *p, size_t len, size_t at) {
    while (len - at >= 8) {
        uint64_t bytes;
        memcpy(&bytes, p + at, sizeof bytes);
        if (bytes & UINT64_C(0x8080808080808080))
            break;
        at += 8;
    }
    while (at < len && (unsigned char)p[at] < 0x80)
        at++;
    return at;
}

size_t cxm_utf8_encode(uint32_t cp, char out[4]) {
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        cp = CXM_UTF8_REPLACEMENT;
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    size_t size = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i > 0; i--) {
        out[i] = (char)(0x80u | (cp & 0x3Fu));
        cp >>= 6;
    }
    /* The lead byte starts with as many one bits as the sequence has bytes. */
    out[0] = (char)((0xF00u >> size & 0xFFu) | cp);
    return size;
}

bool cxm_utf8_valid(const char *p, size_t len) {
    size_t at = 0;
    while ((at = skip_ascii(p, len, at)) < len) {
        uint32_t cp;
        size_t size = cxm_utf8_decode(p + at, len - at, &cp);
        /* Not ASCII, so one byte can only mean an invalid one; U+FFFD itself takes three. */
        if (size == 1)
            return false;
        at += size;
    }
    return true;
}

size_t cxm_utf8_count(const char *p, size_t len) {
    size_t count = 0;
    size_t at = 0;
    while (at < len) {
        size_t next = skip_ascii(p, len, at);
        count += next - at;
        at = next;
        if (at < len) {
            uint32_t cp;
            at += cxm_utf8_decode(p + at, len - at, &cp);
            count++;
        }
    }
    return count;
}
