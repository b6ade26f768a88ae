/* SPDX-License-Identifier: MIT */
#include "read/encoding.h"

#include "base/utf8.h"

size_t cxm_utf8_invalid_at(cxm_str text) {
    size_t at = 0;
    while (at < text.len) {
        uint32_t code_point;
        size_t size = cxm_utf8_decode(text.ptr + at, text.len - at, &code_point);
        if (size == 1 && (unsigned char)text.ptr[at] >= 0x80)
            break;
        at += size;
    }
    return at;
}

bool cxm_is_utf16(cxm_str text) {
    if (text.len < 2)
        return false;
    unsigned char first = (unsigned char)text.ptr[0];
    unsigned char second = (unsigned char)text.ptr[1];
    bool marked = (first == 0xFF && second == 0xFE) || (first == 0xFE && second == 0xFF);
    return marked || (first == 0) != (second == 0);
}
