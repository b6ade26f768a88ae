/* SPDX-License-Identifier: MIT */
/* Labels in the middle of a line, as exports have them that lost their line ends. */
#include "read/plain.h"

enum { LONGEST = 32 /* bytes of a label within a line */ };

cxm_spoken_lines cxm_spoken_lines_of(const cxm_reader *reader, cxm_str text) {
    return (cxm_spoken_lines){cxm_lines_of(text), reader, {NULL, 0}};
}

static bool is_known(const cxm_reader *reader, cxm_str label) {
    cxm_role role;
    if (label.len < 2)
        return false;
    if (cxm_reader_rule(reader, label, &role))
        return true;
    return cxm_reader_label(reader, label, &role) && role != CXM_ROLE_OTHER &&
           role != CXM_ROLE_UNKNOWN;
}

/* Whether a line starts with a label that is known, whatever stands before that. */
static bool starts_known(const cxm_reader *reader, cxm_str line) {
    cxm_plain_line found = cxm_plain_scan(line);
    return found.kind == CXM_LINE_LABEL && found.text.len &&
           (is_known(reader, found.label) || is_known(reader, found.outer));
}

static bool ends_sentence(cxm_str line, size_t at) {
    while (at && cxm_is_space(line.ptr[at - 1]))
        at--;
    return at && memchr(".?!)\"'", line.ptr[at - 1], 6);
}

/* Where a label starts whose colon is at `colon`: behind the end of a sentence; 0: nowhere. */
static size_t label_before(const cxm_reader *reader, cxm_str line, size_t colon) {
    size_t least = colon > LONGEST ? colon - LONGEST : 0;
    for (size_t at = colon; at > least + 1; at--) {
        char c = line.ptr[at - 1];
        if (memchr(".?!:", c, 4))
            return 0;
        if (cxm_is_space(c) && ends_sentence(line, at) &&
            is_known(reader, cxm_str_trim(cxm_str_slice(line, at, colon))))
            return at;
    }
    return 0;
}

/* The next colon with a blank behind it, from `at` on; the line's length where there is none. */
static size_t next_colon(cxm_str line, size_t at) {
    while (at + 1 < line.len) {
        const char *colon = memchr(line.ptr + at, ':', line.len - at - 1);
        if (!colon)
            break;
        at = (size_t)(colon - line.ptr);
        if (cxm_is_space(line.ptr[at + 1]))
            return at;
        at++;
    }
    return line.len;
}

/* Where the line is cut; its length where it is not. Most lines have one such colon at most. */
static size_t find_cut(const cxm_reader *reader, cxm_str line) {
    size_t first = next_colon(line, 0);
    size_t at = first < line.len ? next_colon(line, first + 1) : line.len;
    if (at == line.len || !starts_known(reader, line))
        return line.len;
    for (; at < line.len; at = next_colon(line, at + 1)) {
        size_t cut = label_before(reader, line, at);
        if (cut)
            return cut;
    }
    return line.len;
}

bool cxm_spoken_lines_next(cxm_spoken_lines *self, cxm_str *line) {
    if (self->rest.len == 0 && !cxm_lines_next(&self->of, &self->rest))
        return false;
    *line = self->rest;
    size_t cut = self->rest.len ? find_cut(self->reader, self->rest) : 0;
    bool is_cut = cut < self->rest.len;
    self->rest = cxm_str_slice(self->rest, cut, self->rest.len);
    line->len = cut;
    while (is_cut && line->len && cxm_is_space(line->ptr[line->len - 1]))
        line->len--;
    return true;
}
