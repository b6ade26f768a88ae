/* SPDX-License-Identifier: MIT */
#include "text/mojibake.h"

#include "base/utf8.h"
#include "text/code_page.h"

enum { MOST_ROUNDS = 2 };

/* A code point, and the bytes of the text that it was made of. */
typedef struct piece {
    uint32_t code_point;
    size_t len; /* 0: the end of the text */
} piece;

static bool is_letter(cxm_str text, size_t at) {
    if (at >= text.len)
        return false;
    unsigned char c = (unsigned char)text.ptr[at];
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* What closes a quotation or parts clauses: it often stands right behind a letter. */
static bool is_closing(uint32_t code_point) {
    return (code_point >= 0x2013 && code_point <= 0x2014) || code_point == 0x2019 ||
           code_point == 0x201D || code_point == 0x2026 || code_point == 0x203A ||
           code_point == 0xBB;
}

/* How many bytes follow the first one of a sequence of UTF-8; 0 where it is no first one. */
static int followers(int byte) {
    return byte >= 0xC2 && byte <= 0xDF   ? 1
           : byte >= 0xE0 && byte <= 0xEF ? 2
           : byte >= 0xF0 && byte <= 0xF4 ? 3
                                          : 0;
}

static bool is_least(uint32_t code_point, int count) {
    static const uint32_t least[4] = {0, 0x80, 0x800, 0x10000};
    return code_point >= least[count] && code_point <= 0x10FFFF &&
           (code_point < 0xD800 || code_point > 0xDFFF);
}

/* Whether two bytes that became a letter and a sign are certain to have been a code point. */
static bool is_certain_pair(uint32_t code_point, uint32_t second, bool before_letter) {
    if (is_closing(second) && !before_letter)
        return false;
    /* Latin letters and signs. Others are too rare, alone, beside the letters they are taken for. */
    return code_point <= 0x17F;
}

/* Whether three bytes are: nothing is written "é”…" but at the end of a quotation. */
static bool is_certain_triple(uint32_t code_point, uint32_t second) {
    bool sign = code_point >= 0x2000 && code_point <= 0x2BFF;
    return (sign && code_point < 0x2500) || !is_closing(second);
}

static piece undo(cxm_str text, size_t at, cxm_code_page page, int rounds);

/* The sequence of UTF-8 that begins with `first`, one round down; len 0 where there is none. */
static piece join(cxm_str text, size_t at, cxm_code_page page, int rounds, piece first) {
    static const piece none = {0, 0};
    int byte = cxm_code_page_encode(page, first.code_point);
    int count = first.code_point < 0x80 ? 0 : followers(byte);
    if (count == 0)
        return none;
    piece joined = {(uint32_t)byte & (0x3Fu >> count), first.len};
    uint32_t second = 0;
    for (int i = 0; i < count; i++) {
        piece next = undo(text, at + joined.len, page, rounds - 1);
        int follower = next.len ? cxm_code_page_encode(page, next.code_point) : -1;
        if (follower < 0x80 || follower > 0xBF)
            return none;
        second = i ? second : next.code_point;
        joined.code_point = joined.code_point << 6 | ((uint32_t)follower & 0x3Fu);
        joined.len += next.len;
    }
    bool certain = is_least(joined.code_point, count);
    /* In between, what is certain will be seen at the end. */
    if (count == 1)
        certain = certain &&
                  is_certain_pair(joined.code_point, second, is_letter(text, at + joined.len));
    if (count == 2)
        certain = certain && is_certain_triple(joined.code_point, second);
    return certain ? joined : none;
}

/* What stands at a place after some rounds of undoing; it may be undone fewer times, or never. */
static piece undo(cxm_str text, size_t at, cxm_code_page page, int rounds) {
    piece here = {0, 0};
    if (at >= text.len)
        return here;
    if (rounds == 0) {
        here.len = cxm_utf8_decode(text.ptr + at, text.len - at, &here.code_point);
        return here;
    }
    here = undo(text, at, page, rounds - 1);
    piece joined = join(text, at, page, rounds, here);
    return joined.len ? joined : here;
}

size_t cxm_mojibake_at(cxm_str text, size_t at, uint32_t *code_point) {
    for (int page = 0; page < CXM_CODE_PAGE_COUNT; page++) {
        piece whole = undo(text, at, (cxm_code_page)page, MOST_ROUNDS);
        uint32_t first;
        size_t len = cxm_utf8_decode(text.ptr + at, text.len - at, &first);
        if (whole.len > len) {
            *code_point = whole.code_point;
            return whole.len;
        }
    }
    return 0;
}

bool cxm_mojibake_is_rest(uint32_t code_point) {
    static const unsigned char first_of_punctuation = 0xE2;
    for (int page = 0; page < CXM_CODE_PAGE_COUNT; page++)
        if (cxm_code_page_decode((cxm_code_page)page, first_of_punctuation) == code_point)
            return true;
    return code_point == CXM_UTF8_REPLACEMENT;
}
