/* SPDX-License-Identifier: MIT */
#include "text/entity.h"

#include "base/str.h"

typedef struct entity {
    const char *name;
    uint32_t code_point;
} entity;

/* Those of punctuation and signs, and letters that occur in names; all others are written as the
 * character itself. */
static const entity entities[] = {
    {"amp", '&'},       {"lt", '<'},       {"gt", '>'},       {"quot", '"'},     {"apos", '\''},
    {"nbsp", 0xA0},     {"ensp", ' '},     {"emsp", ' '},     {"thinsp", ' '},   {"shy", 0xAD},
    {"lsquo", 0x2018},  {"rsquo", 0x2019}, {"sbquo", 0x201A}, {"ldquo", 0x201C}, {"rdquo", 0x201D},
    {"bdquo", 0x201E},  {"laquo", 0xAB},   {"raquo", 0xBB},   {"ndash", 0x2013}, {"mdash", 0x2014},
    {"hellip", 0x2026}, {"bull", 0x2022},  {"middot", 0xB7},  {"euro", 0x20AC},  {"pound", 0xA3},
    {"yen", 0xA5},      {"cent", 0xA2},    {"copy", 0xA9},    {"reg", 0xAE},     {"trade", 0x2122},
    {"deg", 0xB0},      {"iexcl", 0xA1},   {"iquest", 0xBF},  {"aacute", 0xE1},  {"eacute", 0xE9},
    {"iacute", 0xED},   {"oacute", 0xF3},  {"uacute", 0xFA},  {"agrave", 0xE0},  {"egrave", 0xE8},
    {"acirc", 0xE2},    {"ecirc", 0xEA},   {"ocirc", 0xF4},   {"auml", 0xE4},    {"euml", 0xEB},
    {"iuml", 0xEF},     {"ouml", 0xF6},    {"uuml", 0xFC},    {"szlig", 0xDF},   {"ccedil", 0xE7},
    {"ntilde", 0xF1},   {"atilde", 0xE3},  {"otilde", 0xF5},  {"aring", 0xE5},   {"oslash", 0xF8},
    {"lrm", 0x200E},    {"rlm", 0x200F},   {"sect", 0xA7},    {"frac12", 0xBD},  {"times", 0xD7},
    {"zwnj", 0x200C},   {"zwj", 0x200D},   {"Auml", 0xC4},    {"Ouml", 0xD6},    {"Uuml", 0xDC},
    {"icirc", 0xEE},
};

static int digit_of(char c, int base) {
    char lower = cxm_ascii_lower(c);
    int digit = cxm_is_digit(c) ? c - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : base;
    return digit < base ? digit : -1;
}

/* "#39" or "#x27". */
static bool parse_number(cxm_str name, uint32_t *code_point) {
    bool hex = name.len > 1 && (name.ptr[1] == 'x' || name.ptr[1] == 'X');
    size_t start = hex ? 2 : 1;
    uint32_t value = 0;
    if (start == name.len)
        return false;
    for (size_t i = start; i < name.len; i++) {
        int digit = digit_of(name.ptr[i], hex ? 16 : 10);
        if (digit < 0 || value > 0x10FFFF)
            return false;
        value = value * (hex ? 16 : 10) + (uint32_t)digit;
    }
    if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return false;
    *code_point = value;
    return true;
}

static bool parse(cxm_str name, uint32_t *code_point) {
    if (name.len && name.ptr[0] == '#')
        return parse_number(name, code_point);
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (cxm_str_is(name, entities[i].name)) {
            *code_point = entities[i].code_point;
            return true;
        }
    return false;
}

/* What stands behind an ampersand: "amp;". */
static size_t scan_name(cxm_str text, uint32_t *code_point) {
    enum { MOST = 11 /* bytes, with the semicolon */ };
    const char *end = memchr(text.ptr, ';', text.len < MOST ? text.len : MOST);
    size_t stop = end ? (size_t)(end - text.ptr) : 0;
    return end && parse(cxm_str_slice(text, 0, stop), code_point) ? stop + 1 : 0;
}

size_t cxm_entity_scan(cxm_str text, uint32_t *code_point) {
    if (!text.len || text.ptr[0] != '&')
        return 0;
    size_t used = scan_name(cxm_str_slice(text, 1, text.len), code_point);
    return used ? used + 1 : 0;
}

size_t cxm_entity_at(cxm_str text, size_t at, uint32_t *code_point) {
    enum { MOST_ESCAPES = 4 };
    size_t start = at + 1;
    for (int escapes = 0; escapes <= MOST_ESCAPES; escapes++) {
        uint32_t found;
        size_t used = scan_name(cxm_str_slice(text, start, text.len), &found);
        /* "&amp;" alone is an ampersand; in front of more of an entity it is its first sign. */
        if (!used)
            return escapes ? start - at : 0;
        start += used;
        *code_point = found < 0x20 || found == 0x7F || found == 0xA0 ? ' ' : found;
        if (found != '&')
            return start - at;
    }
    return start - at;
}
