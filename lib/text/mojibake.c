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
    /* Latin letters and signs. Others are too rare, alone, beside the letters they are taken for.
     */
    return code_point <= 0x17F;
}

/* Whether three bytes are: nothing is written "é”…" but at the end of a quotation. */
static bool is_certain_triple(uint32_t code_point, uint32_t second) {
    bool sign = code_point >= 0x2000 && code_point <= 0x2BFF;
    return (sign && code_point < 0x2500) || !is_closing(second);
}

/* How the text was damaged. */
typedef struct damage {
    cxm_str text;
    cxm_code_page page; /* what it was taken for */
    bool all;           /* also what would not be certain alone: between two rounds */
} damage;

static piece undo(const damage *self, size_t at, int rounds);

/* Whether what was joined is to be believed. */
static bool is_certain(const damage *self, const piece *joined, size_t end, int count,
                       uint32_t second) {
    if (!is_least(joined->code_point, count))
        return false;
    if (self->all || count == 3)
        return true;
    return count == 1 ? is_certain_pair(joined->code_point, second, is_letter(self->text, end))
                      : is_certain_triple(joined->code_point, second);
}

/* The sequence of UTF-8 that begins at a place, `rounds` of damage ago; len 0 where none does. */
static piece join(const damage *self, size_t at, int rounds) {
    static const piece none = {0, 0};
    damage before = {self->text, self->page, true};
    piece first = undo(&before, at, rounds - 1);
    int byte = cxm_code_page_encode(self->page, first.code_point);
    int count = first.code_point < 0x80 ? 0 : followers(byte);
    if (count == 0)
        return none;
    piece joined = {(uint32_t)byte & (0x3Fu >> count), first.len};
    uint32_t second = 0;
    for (int i = 0; i < count; i++) {
        piece next = undo(&before, at + joined.len, rounds - 1);
        int follower = next.len ? cxm_code_page_encode(self->page, next.code_point) : -1;
        if (follower < 0x80 || follower > 0xBF)
            return none;
        second = i ? second : next.code_point;
        joined.code_point = joined.code_point << 6 | ((uint32_t)follower & 0x3Fu);
        joined.len += next.len;
    }
    return is_certain(self, &joined, at + joined.len, count, second) ? joined : none;
}

/* What stands at a place, some rounds of damage ago; it may have been damaged fewer times, or
 * never. */
static piece undo(const damage *self, size_t at, int rounds) {
    piece here = {0, 0};
    if (at >= self->text.len)
        return here;
    if (rounds == 0) {
        here.len = cxm_utf8_decode(self->text.ptr + at, self->text.len - at, &here.code_point);
        return here;
    }
    here = join(self, at, rounds);
    return here.len ? here : undo(self, at, rounds - 1);
}

size_t cxm_mojibake_at(cxm_str text, size_t at, uint32_t *code_point) {
    uint32_t first;
    size_t best = cxm_utf8_decode(text.ptr + at, text.len - at, &first);
    size_t found = 0;
    for (int page = 0; page < CXM_CODE_PAGE_COUNT; page++) {
        damage how = {text, (cxm_code_page)page, false};
        piece whole = undo(&how, at, MOST_ROUNDS);
        if (whole.len > best) {
            *code_point = whole.code_point;
            best = found = whole.len;
        }
    }
    return found;
}

size_t cxm_mojibake_rest_at(cxm_str text, size_t at, uint32_t *code_point) {
    /* The last bytes of quotation marks, dashes and the ellipsis: E2 80 xx. */
    static const unsigned char last_bytes[] = {0x93, 0x94, 0x98, 0x99, 0x9C, 0x9D, 0xA6};
    uint32_t first;
    uint32_t second;
    size_t end = at + cxm_utf8_decode(text.ptr + at, text.len - at, &first);
    if (!cxm_mojibake_is_rest(first) || first == CXM_UTF8_REPLACEMENT || end == text.len)
        return 0;
    size_t len = cxm_utf8_decode(text.ptr + end, text.len - end, &second);
    end += len;
    if (second < 0x80 || (is_closing(second) && !is_letter(text, end)))
        return 0;
    *code_point = 0x201D;
    if (second == 0x20AC) /* the last byte of a closing quotation mark is undefined */
        return end - at;
    for (int page = 0; page < CXM_CODE_PAGE_COUNT; page++)
        for (size_t i = 0; i < sizeof last_bytes; i++)
            if (cxm_code_page_decode((cxm_code_page)page, last_bytes[i]) == second) {
                *code_point = 0x2000u | (last_bytes[i] & 0x3Fu);
                return end - at;
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
