/* SPDX-License-Identifier: MIT */
#include "text/word_break.h"

#include <stdint.h>

#include "base/utf8.h"
#include "text/break_tables.h"

#define BIT(class) (UINT32_C(1) << (class))
#define AHLETTER (BIT(CXM_WB_ALETTER) | BIT(CXM_WB_HEBREW_LETTER))
#define NUMERIC BIT(CXM_WB_NUMERIC)
#define KATAKANA BIT(CXM_WB_KATAKANA)
#define EXTENDNUMLET BIT(CXM_WB_EXTENDNUMLET)
#define MIDNUMLETQ (BIT(CXM_WB_MIDNUMLET) | BIT(CXM_WB_SINGLE_QUOTE))
#define LINE_END (BIT(CXM_WB_CR) | BIT(CXM_WB_LF) | BIT(CXM_WB_NEWLINE))
#define IGNORED (BIT(CXM_WB_EXTEND) | BIT(CXM_WB_FORMAT) | BIT(CXM_WB_ZWJ))

/* A segment as far as it is known; `at` is the offset after its last code point. */
typedef struct scan {
    const char *text;
    size_t len;
    size_t at;
    cxm_word_break base; /* the class of the last code point that WB4 does not ignore */
    cxm_word_break last; /* the class of the last code point of all, for WB3c and WB3d */
    bool flag_open;      /* base is the first regional indicator of a pair */
} scan;

/* What follows a base of this class in the same segment without any further condition. */
static const uint32_t joins[CXM_WB_WSEGSPACE + 1] = {
    [CXM_WB_ALETTER] = AHLETTER | NUMERIC | EXTENDNUMLET,        /* WB5, WB9, WB13a */
    [CXM_WB_HEBREW_LETTER] = AHLETTER | NUMERIC | EXTENDNUMLET | /* and WB7a */
                             BIT(CXM_WB_SINGLE_QUOTE),
    [CXM_WB_NUMERIC] = NUMERIC | AHLETTER | EXTENDNUMLET,                 /* WB8, WB10, WB13a */
    [CXM_WB_KATAKANA] = KATAKANA | EXTENDNUMLET,                          /* WB13, WB13a */
    [CXM_WB_EXTENDNUMLET] = AHLETTER | NUMERIC | KATAKANA | EXTENDNUMLET, /* WB13a, WB13b */
};

/* The classes that `middle` ties to a base before it: WB6/7, WB7b/c and WB11/12 as one table. */
static uint32_t bridged(cxm_word_break base, cxm_word_break middle) {
    uint32_t bit = BIT(middle);
    if (base == CXM_WB_NUMERIC)
        return bit & (MIDNUMLETQ | BIT(CXM_WB_MIDNUM)) ? NUMERIC : 0;
    if (base == CXM_WB_HEBREW_LETTER && middle == CXM_WB_DOUBLE_QUOTE)
        return BIT(CXM_WB_HEBREW_LETTER);
    if (BIT(base) & AHLETTER)
        return bit & (MIDNUMLETQ | BIT(CXM_WB_MIDLETTER)) ? AHLETTER : 0;
    return 0;
}

static size_t decode_property(const scan *self, size_t at, uint8_t *property) {
    uint32_t cp;
    size_t size = cxm_utf8_decode(self->text + at, self->len - at, &cp);
    *property = cxm_word_property(cp);
    return size;
}

static void take(scan *self, size_t end, cxm_word_break class) {
    self->at = end;
    self->last = class;
    if (BIT(class) & IGNORED)
        return;
    self->flag_open = class == CXM_WB_REGIONAL_INDICATOR && !self->flag_open;
    self->base = class;
}

/*
 * Takes the middle code point that ends at `end` and the one it ties to the base, if there is one.
 *
 * This is the only look-ahead, and it runs over ignored code points, of which there may be
 * millions. It stays linear: if it fails there is a boundary before the middle (or, after a Hebrew
 * letter, the middle becomes a base that bridges nothing), so what it ran over is read once more
 * and never again looked ahead over.
 */
static bool take_bridge(scan *self, size_t end, uint32_t wanted) {
    while (wanted != 0 && end < self->len) {
        uint8_t property;
        end += decode_property(self, end, &property);
        cxm_word_break class = (cxm_word_break)(property & CXM_WB_CLASS_MASK);
        if (BIT(class) & wanted) {
            take(self, end, class);
            return true;
        }
        if (!(BIT(class) & IGNORED))
            return false;
    }
    return false;
}

static bool stays(const scan *self, uint8_t property, cxm_word_break class) {
    if (BIT(class) & IGNORED) /* WB4 */
        return true;
    if (self->last == CXM_WB_ZWJ && (property & CXM_WB_PICTOGRAPHIC)) /* WB3c */
        return true;
    if (self->last == CXM_WB_WSEGSPACE && class == CXM_WB_WSEGSPACE) /* WB3d */
        return true;
    /* WB15, WB16: a boundary never splits a pair, so counting from it gives the parity. */
    if (self->flag_open && class == CXM_WB_REGIONAL_INDICATOR)
        return true;
    return (joins[self->base] & BIT(class)) != 0;
}

/* Takes the next code point, or a bridge, unless there is a boundary before it. */
static bool extend(scan *self) {
    if (self->at >= self->len)
        return false;
    uint8_t property;
    size_t end = self->at + decode_property(self, self->at, &property);
    cxm_word_break class = (cxm_word_break)(property & CXM_WB_CLASS_MASK);
    if (BIT(self->base) & LINE_END) {
        if (self->base == CXM_WB_CR && class == CXM_WB_LF) /* WB3 */
            self->at = end;
        return false; /* WB3a */
    }
    if (take_bridge(self, end, bridged(self->base, class)))
        return true;
    if (!stays(self, property, class))
        return false;
    take(self, end, class);
    return true;
}

static bool in_ascii_run(char c) {
    /* Digits; upper case, low line, lower case: ASCII in which every two stay together. */
    static const uint64_t members[4] = {UINT64_C(0x03FF000000000000), UINT64_C(0x07FFFFFE87FFFFFE)};
    unsigned char byte = (unsigned char)c;
    return members[byte >> 6] >> (byte & 63) & 1;
}

static bool is_ascii(char c) {
    return (unsigned char)c < 0x80;
}

/* As ascii_break(), for a segment that starts with no letter, digit or low line. */
static size_t ascii_break_other(const char *text, size_t len, size_t from) {
    size_t at = from + 1;
    if (text[from] == ' ')
        while (at < len && text[at] == ' ')
            at++;
    if (at == len)
        return at;
    if (!is_ascii(text[at]))
        return 0;
    return text[from] == '\r' && text[at] == '\n' ? at + 1 : at;
}

/*
 * The next boundary if ASCII alone decides it, else 0: if the first byte beyond the segment is not
 * ASCII, it may be a mark that belongs to it. Nearly all segments of English are settled here.
 */
static size_t ascii_break(const char *text, size_t len, size_t from) {
    if (!is_ascii(text[from]))
        return 0;
    if (!in_ascii_run(text[from]))
        return ascii_break_other(text, len, from);
    size_t at = from + 1;
    for (;;) {
        while (at < len && in_ascii_run(text[at]))
            at++;
        if (at == len)
            return at;
        if (!is_ascii(text[at]))
            return 0;
        uint32_t wanted = bridged(cxm_word_class((unsigned char)text[at - 1]),
                                  cxm_word_class((unsigned char)text[at]));
        if (wanted == 0 || at + 1 == len)
            return at;
        if (!is_ascii(text[at + 1]))
            return 0;
        if (!(wanted & BIT(cxm_word_class((unsigned char)text[at + 1]))))
            return at;
        at += 2;
    }
}

size_t cxm_word_break_next(const char *text, size_t len, size_t from) {
    if (from >= len)
        return len;
    size_t settled = ascii_break(text, len, from);
    if (settled != 0)
        return settled;
    scan self = {.text = text, .len = len};
    uint8_t property;
    size_t size = decode_property(&self, from, &property);
    /* Set here because take() keeps the base before an ignored code point, and there is none. */
    self.base = (cxm_word_break)(property & CXM_WB_CLASS_MASK);
    take(&self, from + size, self.base);
    while (extend(&self))
        continue;
    return self.at;
}

bool cxm_segment_is_word(const char *text, size_t start, size_t end) {
    bool flag_open = false;
    while (start < end) {
        uint32_t cp;
        start += cxm_utf8_decode(text + start, end - start, &cp);
        uint8_t property = cxm_word_property(cp);
        if (property & CXM_WB_TEXT)
            return true;
        if ((property & CXM_WB_CLASS_MASK) == CXM_WB_REGIONAL_INDICATOR) {
            if (flag_open)
                return true;
            flag_open = true;
        }
    }
    return false;
}
