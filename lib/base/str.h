/* SPDX-License-Identifier: MIT */
/* Small things done with borrowed strings. All compare bytes unless they say otherwise. */
#ifndef CXM_BASE_STR_H
#define CXM_BASE_STR_H

#include <cxmine/base.h>
#include <string.h>

/* A string literal as a view. */
#define CXM_STR(literal) ((cxm_str){(literal), sizeof(literal) - 1})

static inline bool cxm_str_equal(cxm_str a, cxm_str b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool cxm_str_is(cxm_str a, const char *text) {
    return cxm_str_equal(a, (cxm_str){text, strlen(text)});
}

/* Byte order; a prefix comes first. */
static inline int cxm_str_compare(cxm_str a, cxm_str b) {
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len ? memcmp(a.ptr, b.ptr, len) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static inline cxm_str cxm_str_slice(cxm_str text, size_t start, size_t end) {
    return (cxm_str){text.ptr + start, end - start};
}

static inline bool cxm_is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool cxm_is_digit(char c) {
    return c >= '0' && c <= '9';
}

static inline char cxm_ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static inline bool cxm_is_letter(char c) {
    char lower = cxm_ascii_lower(c);
    return lower >= 'a' && lower <= 'z';
}

/* Equal but for the case of ASCII letters. */
static inline bool cxm_str_equal_nocase(cxm_str a, cxm_str b) {
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (cxm_ascii_lower(a.ptr[i]) != cxm_ascii_lower(b.ptr[i]))
            return false;
    return true;
}

/* Without white space (ASCII) at either end. */
static inline cxm_str cxm_str_trim(cxm_str text) {
    while (text.len && cxm_is_space(text.ptr[0])) {
        text.ptr++;
        text.len--;
    }
    while (text.len && cxm_is_space(text.ptr[text.len - 1]))
        text.len--;
    return text;
}

#endif
