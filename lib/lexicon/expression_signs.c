/* SPDX-License-Identifier: MIT */
/* The signs of an expression one by one, and what its parsers tell and make. */
#include "lexicon/expression_parser.h"

#include "base/str.h"
#include "base/utf8.h"
#include "lexicon/pack_reader.h"

#include <stdarg.h>
#include <stdio.h>

/* ---- The scanner ---- */

static bool is_word_byte(char c) {
    return cxm_is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c == '.' || c == '-' || c == '*';
}

static cxm_sign scan_text(cxm_parser *self) {
    const char *from = self->text.ptr + self->start + 1;
    const char *quote = memchr(from, '"', self->text.len - self->start - 1);
    if (!quote) {
        cxm_parser_fail(self, CXM_E_SYNTAX, self->start,
                        "this quotation mark is never closed; expected \" behind the phrase");
        return CXM_SIGN_END;
    }
    self->end = (size_t)(quote - self->text.ptr) + 1;
    return CXM_SIGN_TEXT;
}

static cxm_sign scan_sign(cxm_parser *self) {
    const char *text = self->text.ptr;
    char c = text[self->start];
    self->end = self->start + 1;
    switch (c) {
    case '"':
        return scan_text(self);
    case '(':
        return CXM_SIGN_OPEN;
    case ')':
        return CXM_SIGN_CLOSE;
    case ':':
        return CXM_SIGN_COLON;
    case '%':
        return CXM_SIGN_PERCENT;
    case '=':
    case '<':
    case '>':
    case '!':
        if (c != '=' && self->end < self->text.len && text[self->end] == '=')
            self->end++;
        return CXM_SIGN_COMPARISON;
    default:
        break;
    }
    if (!is_word_byte(c)) {
        uint32_t code_point;
        self->end = self->start +
                    cxm_utf8_decode(text + self->start, self->text.len - self->start, &code_point);
        return CXM_SIGN_OTHER;
    }
    while (self->end < self->text.len && is_word_byte(text[self->end]))
        self->end++;
    return CXM_SIGN_WORD;
}

void cxm_parser_next(cxm_parser *self) {
    self->behind = self->end;
    self->start = self->end;
    while (self->start < self->text.len && cxm_is_space(self->text.ptr[self->start]))
        self->start++;
    self->end = self->start;
    self->sign = self->start < self->text.len && !self->status ? scan_sign(self) : CXM_SIGN_END;
}

cxm_str cxm_parser_word(const cxm_parser *self) {
    return cxm_str_slice(self->text, self->start, self->end);
}

bool cxm_parser_at(const cxm_parser *self, const char *word) {
    return self->sign == CXM_SIGN_WORD &&
           cxm_str_equal_nocase(cxm_parser_word(self), cxm_str_from(word));
}

bool cxm_parser_take(cxm_parser *self, const char *word) {
    bool at = cxm_parser_at(self, word);
    if (at)
        cxm_parser_next(self);
    return at;
}

bool cxm_parser_set(cxm_parser *self) {
    size_t end = self->start + 1;
    while (end < self->text.len && is_word_byte(self->text.ptr[end]))
        end++;
    if (end == self->text.len || self->text.ptr[end] != '>' || end == self->start + 1)
        return cxm_parser_fail(self, CXM_E_SYNTAX, self->start,
                               "no name of a set; expected one as <number>");
    self->end = end + 1;
    return true;
}

/* ---- Telling ---- */

bool cxm_parser_fail(cxm_parser *self, cxm_status code, size_t at, const char *format, ...) {
    char message[512];
    va_list arguments;
    if (self->status)
        return false;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    self->status = cxm_pack_report(self->pack, code, self->scalar, at, "%s", message);
    self->sign = CXM_SIGN_END;
    return false;
}

static const char *const keywords[] = {
    "and",    "or",      "not",     "with",    "then",  "before",   "after", "without",
    "within", "in",      "at",      "exactly", "where", "first",    "last",  "turns",
    "words",  "seconds", "percent", "least",   "most",  "contains", NULL,
};

bool cxm_parser_at_keyword(const cxm_parser *self) {
    for (size_t i = 0; keywords[i]; i++)
        if (cxm_parser_at(self, keywords[i]))
            return true;
    return false;
}

bool cxm_parser_expected(cxm_parser *self, const char *what) {
    if (self->sign == CXM_SIGN_END)
        return cxm_parser_fail(self, CXM_E_SYNTAX, self->start, "it ends here; expected %s", what);
    cxm_str word = cxm_pack_short(cxm_parser_word(self));
    const char *nearest = self->sign == CXM_SIGN_WORD ? cxm_pack_nearest(word, keywords) : NULL;
    if (nearest && !cxm_str_is(word, nearest))
        return cxm_parser_fail(self, CXM_E_SYNTAX, self->start,
                               "'%.*s' here; did you mean '%s'? Expected %s", CXM_STR_ARGS(word),
                               nearest, what);
    return cxm_parser_fail(self, CXM_E_SYNTAX, self->start, "'%.*s' here; expected %s",
                           CXM_STR_ARGS(word), what);
}

/* ---- Clauses ---- */

bool cxm_parser_add(cxm_parser *self, cxm_clause clause, size_t start) {
    void *items = self->clauses;
    if (self->status)
        return false;
    if (!cxm_array_reserve(&self->pack->allocator, &items, &self->capacity, self->count + 1,
                           sizeof *self->clauses)) {
        self->status = CXM_E_NOMEM;
        return false;
    }
    self->clauses = items;
    clause.start = (uint32_t)start;
    clause.end = (uint32_t)self->behind;
    self->clauses[self->count++] = clause;
    return true;
}

bool cxm_parser_enter(cxm_parser *self) {
    if (self->depth == CXM_EXPRESSION_MAX_DEPTH)
        return cxm_parser_fail(self, CXM_E_LIMIT, self->start, "more than %d levels of nesting",
                               CXM_EXPRESSION_MAX_DEPTH);
    self->depth++;
    return true;
}

void cxm_parser_leave(cxm_parser *self) {
    self->depth--;
}

bool cxm_parser_number(cxm_parser *self, bool decimals, const char *what, double *out) {
    cxm_str word = cxm_parser_word(self);
    double number;
    if (self->sign != CXM_SIGN_WORD || !cxm_pack_parse_number(word, &number))
        return cxm_parser_expected(self, what);
    if (number < 0)
        return cxm_parser_fail(self, CXM_E_SYNTAX, self->start, "a negative number; expected %s",
                               what);
    if (!decimals && memchr(word.ptr, '.', word.len))
        return cxm_parser_fail(self, CXM_E_SYNTAX, self->start, "no whole number; expected %s",
                               what);
    if (number > CXM_EXPRESSION_MAX_DISTANCE)
        return cxm_parser_fail(self, CXM_E_LIMIT, self->start, "a number above %d",
                               CXM_EXPRESSION_MAX_DISTANCE);
    *out = number;
    cxm_parser_next(self);
    return true;
}
