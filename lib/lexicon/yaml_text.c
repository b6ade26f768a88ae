/* SPDX-License-Identifier: MIT */
#include "lexicon/yaml_text.h"

#include "base/str.h"
#include "base/utf8.h"

typedef struct scalar {
    cxm_str raw;
    size_t at; /* in raw */
    char quote;
    char *out;
    size_t len;
    size_t kept; /* bytes of out that no folding may take back: they end in no white space, or in
                    some that was escaped */
} scalar;

static char peek(const scalar *self, size_t ahead) {
    size_t left = self->raw.len - self->at;
    return ahead < left ? self->raw.ptr[self->at + ahead] : '\0';
}

static bool at_blank(const scalar *self) {
    return peek(self, 0) == ' ' || peek(self, 0) == '\t';
}

static bool at_line_end(const scalar *self) {
    return peek(self, 0) == '\n' || peek(self, 0) == '\r';
}

static void skip_line_end(scalar *self) {
    self->at += peek(self, 0) == '\r' && peek(self, 1) == '\n' ? 2 : 1;
}

static void put(scalar *self, char c) {
    self->out[self->len++] = c;
}

/* Goes over the indentation and the empty lines behind a line end; each empty one is a line end. */
static void skip_to_text(scalar *self) {
    for (;;) {
        while (at_blank(self))
            self->at++;
        if (!at_line_end(self))
            break;
        skip_line_end(self);
        put(self, '\n');
    }
    self->kept = self->len;
}

/* A line end and the white space on both sides of it are one space, or the empty lines there. */
static void fold(scalar *self) {
    self->len = self->kept;
    skip_line_end(self);
    size_t before = self->len;
    skip_to_text(self);
    if (self->len == before)
        put(self, ' ');
    self->kept = self->len;
}

static uint32_t hex_digits(const scalar *self, size_t ahead, size_t count) {
    uint32_t value = 0;
    for (size_t i = 0; i < count; i++) {
        char c = cxm_ascii_lower(peek(self, ahead + i));
        value = value << 4 | (uint32_t)(cxm_is_digit(c) ? c - '0' : (c - 'a' + 10) & 15);
    }
    return value;
}

/* \xE9, \u00E9, \U000000E9, and the two surrogates that JSON has for one code point. */
static uint32_t numbered(scalar *self, size_t digits) {
    uint32_t cp = hex_digits(self, 2, digits);
    self->at += 2 + digits;
    if (cp >= 0xD800 && cp < 0xDC00 && peek(self, 0) == '\\' && peek(self, 1) == 'u') {
        uint32_t low = hex_digits(self, 2, 4);
        if (low >= 0xDC00 && low < 0xE000) {
            self->at += 6;
            cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
        }
    }
    return cp;
}

/* The code point of an escape of one letter; any other character stands for itself. */
static uint32_t lettered(char letter) {
    static const struct {
        char letter;
        uint16_t cp;
    } escapes[] = {{'0', 0},    {'a', 7},      {'b', 8},     {'t', 9},  {'n', 10},
                   {'v', 11},   {'f', 12},     {'r', 13},    {'e', 27}, {'N', 0x85},
                   {'_', 0xA0}, {'L', 0x2028}, {'P', 0x2029}};
    for (size_t i = 0; i < sizeof escapes / sizeof escapes[0]; i++)
        if (escapes[i].letter == letter)
            return escapes[i].cp;
    return (unsigned char)letter;
}

static void unescape(scalar *self) {
    char letter = peek(self, 1);
    if (letter == '\n' || letter == '\r') { /* a line end that is none */
        self->at++;
        skip_line_end(self);
        skip_to_text(self);
        return;
    }
    uint32_t cp;
    if (letter == 'x' || letter == 'u' || letter == 'U') {
        cp = numbered(self, letter == 'x' ? 2 : letter == 'u' ? 4 : 8);
    } else {
        cp = lettered(letter);
        self->at += 2;
    }
    if (self->at > self->raw.len)
        self->at = self->raw.len;
    self->len += cxm_utf8_encode(cp, self->out + self->len);
    self->kept = self->len;
}

static void copy(scalar *self) {
    bool blank = at_blank(self);
    bool doubled = self->quote == '\'' && peek(self, 0) == '\'' && peek(self, 1) == '\'';
    put(self, peek(self, 0));
    self->at += doubled ? 2 : 1;
    if (!blank)
        self->kept = self->len;
}

static bool stands_as_written(cxm_str raw, char quote) {
    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.ptr[i];
        if (c == '\n' || c == '\r' || (quote == '\'' && c == '\'') || (quote == '"' && c == '\\'))
            return false;
    }
    return true;
}

bool cxm_yaml_unquote(cxm_str raw, char quote, cxm_arena *arena, cxm_str *out) {
    *out = raw;
    if (stands_as_written(raw, quote))
        return true;
    scalar self = {.raw = raw, .quote = quote};
    self.out = cxm_arena_take(arena, raw.len + raw.len / 2 + 4, 1); /* \L is three bytes */
    if (!self.out)
        return false;
    while (self.at < raw.len) {
        if (at_line_end(&self))
            fold(&self);
        else if (quote == '"' && peek(&self, 0) == '\\')
            unescape(&self);
        else
            copy(&self);
    }
    *out = (cxm_str){self.out, self.len};
    return true;
}
