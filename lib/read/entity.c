/* SPDX-License-Identifier: MIT */
#include "read/entity.h"

#include "base/str.h"

enum { LONGEST = 10 /* bytes of a reference, without & and ; */ };

/* The names that transcripts have; all others are written as the character itself. */
static const struct {
    const char *name;
    uint32_t code_point;
} names[] = {
    {"amp", '&'},      {"lt", '<'},       {"gt", '>'},       {"quot", '"'},      {"apos", '\''},
    {"nbsp", 0xA0},    {"lrm", 0x200E},   {"rlm", 0x200F},   {"hellip", 0x2026}, {"ndash", 0x2013},
    {"mdash", 0x2014}, {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"ldquo", 0x201C},  {"rdquo", 0x201D},
    {"bull", 0x2022},  {"middot", 0xB7},  {"copy", 0xA9},    {"reg", 0xAE},      {"trade", 0x2122},
    {"deg", 0xB0},     {"euro", 0x20AC},  {"pound", 0xA3},   {"cent", 0xA2},     {"yen", 0xA5},
    {"sect", 0xA7},    {"frac12", 0xBD},  {"times", 0xD7},   {"laquo", 0xAB},    {"raquo", 0xBB},
    {"zwnj", 0x200C},  {"zwj", 0x200D},   {"auml", 0xE4},    {"ouml", 0xF6},     {"uuml", 0xFC},
    {"szlig", 0xDF},   {"Auml", 0xC4},    {"Ouml", 0xD6},    {"Uuml", 0xDC},     {"eacute", 0xE9},
    {"egrave", 0xE8},  {"ecirc", 0xEA},   {"agrave", 0xE0},  {"aacute", 0xE1},   {"acirc", 0xE2},
    {"ccedil", 0xE7},  {"ntilde", 0xF1},  {"oacute", 0xF3},  {"iacute", 0xED},   {"uacute", 0xFA},
    {"ocirc", 0xF4},   {"icirc", 0xEE},
};

static int digit_of(char c, int base) {
    char lower = cxm_ascii_lower(c);
    int value = cxm_is_digit(c) ? c - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 99;
    return value < base ? value : -1;
}

/* "39" or "x27": what is no character is none. */
static bool parse_number(cxm_str digits, uint32_t *code_point) {
    int base = 10;
    if (digits.len && cxm_ascii_lower(digits.ptr[0]) == 'x') {
        base = 16;
        digits = cxm_str_slice(digits, 1, digits.len);
    }
    uint32_t value = 0;
    for (size_t i = 0; i < digits.len; i++) {
        int digit = digit_of(digits.ptr[i], base);
        if (digit < 0 || value > 0x10FFFF)
            return false;
        value = value * (uint32_t)base + (uint32_t)digit;
    }
    if (digits.len == 0 || value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return false;
    *code_point = value;
    return true;
}

size_t cxm_entity_scan(cxm_str text, uint32_t *code_point) {
    if (text.len < 3 || text.ptr[0] != '&')
        return 0;
    size_t room = text.len - 1 < LONGEST + 1 ? text.len - 1 : LONGEST + 1;
    const char *end = memchr(text.ptr + 1, ';', room);
    if (!end)
        return 0;
    size_t used = (size_t)(end - text.ptr) + 1;
    cxm_str name = cxm_str_slice(text, 1, used - 1);
    if (name.len && name.ptr[0] == '#')
        return parse_number(cxm_str_slice(name, 1, name.len), code_point) ? used : 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (cxm_str_is(name, names[i].name)) {
            *code_point = names[i].code_point;
            return used;
        }
    return 0;
}
