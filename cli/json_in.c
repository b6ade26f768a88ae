/* SPDX-License-Identifier: MIT */
#include "json_in.h"

#include <stdlib.h>
#include <string.h>

/* A document on its way into a tree. */
typedef struct parse {
    cli_json *tree;
    cxm_str text;
    size_t at;
    size_t string_len; /* of tree->strings that is used */
    const char *wrong; /* what is wrong; NULL: nothing yet */
} parse;

static bool fail(parse *self, const char *wrong) {
    self->wrong = wrong;
    return false;
}

static int peek(const parse *self) {
    return self->at < self->text.len ? (unsigned char)self->text.ptr[self->at] : -1;
}

static void skip_blanks(parse *self) {
    while (self->at < self->text.len && strchr(" \t\r\n", self->text.ptr[self->at]) &&
           self->text.ptr[self->at])
        self->at++;
}

static bool take(parse *self, const char *word) {
    size_t len = strlen(word);
    if (self->text.len - self->at < len || memcmp(self->text.ptr + self->at, word, len) != 0)
        return false;
    self->at += len;
    return true;
}

/* A new value, by its index: the array may move. */
static bool add_value(parse *self, cxm_str key, size_t *index) {
    cli_json *tree = self->tree;
    if (tree->count == tree->capacity) {
        size_t capacity = tree->capacity ? tree->capacity * 2 : 64;
        cli_json_value *values = realloc(tree->values, capacity * sizeof *values);
        if (!values)
            return fail(self, "out of memory");
        tree->values = values;
        tree->capacity = capacity;
    }
    *index = tree->count++;
    tree->values[*index] = (cli_json_value){.key = key, .span = 1};
    return true;
}

static int hex_value(int c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_unit(parse *self, uint32_t *unit) {
    *unit = 0;
    for (int i = 0; i < 4; i++) {
        int digit = hex_value(peek(self));
        if (digit < 0)
            return fail(self, "expected four hexadecimal digits behind \\u");
        *unit = *unit << 4 | (uint32_t)digit;
        self->at++;
    }
    return true;
}

static void put_code_point(parse *self, uint32_t c) {
    char *out = self->tree->strings + self->string_len;
    size_t size = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = size; i-- > 1; c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)(leads[size] | c);
    self->string_len += size;
}

/* \uXXXX, or two of them that make one code point; half of a pair is no character. */
static bool read_unicode(parse *self) {
    uint32_t unit;
    uint32_t low;
    if (!read_unit(self, &unit))
        return false;
    if (unit >> 10 == 0x36) {
        if (!take(self, "\\u"))
            return fail(self, "expected the second half of a surrogate pair");
        if (!read_unit(self, &low))
            return false;
        if (low >> 10 != 0x37)
            return fail(self, "expected the second half of a surrogate pair");
        unit = 0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF);
    } else if (unit >> 10 == 0x37) {
        return fail(self, "half of a surrogate pair");
    }
    put_code_point(self, unit);
    return true;
}

static bool read_escape(parse *self) {
    static const char names[] = "\"\\/bfnrt";
    static const char values[] = "\"\\/\b\f\n\r\t";
    int c = peek(self);
    const char *found = c > 0 ? strchr(names, c) : NULL;
    if (c != 'u' && !found)
        return fail(self, "no such escape in a string");
    self->at++;
    if (!found)
        return read_unicode(self);
    self->tree->strings[self->string_len++] = values[found - names];
    return true;
}

/* A string. Without escapes it is a part of the document. */
static bool read_string(parse *self, cxm_str *out) {
    size_t start = ++self->at;
    size_t copied = self->string_len;
    bool escaped = false;
    for (;;) {
        int c = peek(self);
        if (c < 0)
            return fail(self, "this string has no end");
        if (c < 0x20)
            return fail(self, "a control character in a string");
        self->at++;
        if (c == '"')
            break;
        if (c == '\\' && !escaped) {
            size_t len = self->at - 1 - start;
            memcpy(self->tree->strings + copied, self->text.ptr + start, len);
            self->string_len += len;
            escaped = true;
        }
        if (c == '\\' && !read_escape(self))
            return false;
        if (c != '\\' && escaped)
            self->tree->strings[self->string_len++] = (char)c;
    }
    *out = escaped ? (cxm_str){self->tree->strings + copied, self->string_len - copied}
                   : (cxm_str){self->text.ptr + start, self->at - 1 - start};
    return true;
}

static bool read_digits(parse *self) {
    if (peek(self) < '0' || peek(self) > '9')
        return fail(self, "expected a digit");
    while (peek(self) >= '0' && peek(self) <= '9')
        self->at++;
    return true;
}

static bool read_number(parse *self, cxm_str *out) {
    size_t start = self->at;
    take(self, "-");
    if (!take(self, "0") && !read_digits(self))
        return false;
    if (take(self, ".") && !read_digits(self))
        return false;
    if (take(self, "e") || take(self, "E")) {
        if (!take(self, "+"))
            take(self, "-");
        if (!read_digits(self))
            return false;
    }
    *out = (cxm_str){self->text.ptr + start, self->at - start};
    return true;
}

static bool read_value(parse *self, cxm_str key, size_t depth);

static bool read_member(parse *self, size_t depth) {
    cxm_str key;
    if (peek(self) != '"')
        return fail(self, "expected a key: a string");
    if (!read_string(self, &key))
        return false;
    skip_blanks(self);
    if (!take(self, ":"))
        return fail(self, "expected a colon behind the key");
    return read_value(self, key, depth);
}

/* What stands between the brackets of an array or object. */
static bool read_items(parse *self, bool object, size_t depth) {
    const char *close = object ? "}" : "]";
    self->at++;
    skip_blanks(self);
    if (depth >= CLI_JSON_MAX_DEPTH)
        return fail(self, "more than 64 arrays and objects in one another");
    if (take(self, close))
        return true;
    for (;;) {
        skip_blanks(self);
        if (!(object ? read_member(self, depth + 1)
                     : read_value(self, (cxm_str){NULL, 0}, depth + 1)))
            return false;
        skip_blanks(self);
        if (take(self, close))
            return true;
        if (!take(self, ","))
            return fail(self, object ? "expected a comma or }" : "expected a comma or ]");
    }
}

static bool read_value(parse *self, cxm_str key, size_t depth) {
    size_t index;
    cxm_str text = {NULL, 0};
    cli_json_kind kind;
    skip_blanks(self);
    if (!add_value(self, key, &index))
        return false;
    int c = peek(self);
    bool good = true;
    if (c == '{' || c == '[') {
        kind = c == '{' ? CLI_JSON_OBJECT : CLI_JSON_ARRAY;
        good = read_items(self, c == '{', depth);
    } else if (c == '"') {
        kind = CLI_JSON_STRING;
        good = read_string(self, &text);
    } else if (c == '-' || (c >= '0' && c <= '9')) {
        kind = CLI_JSON_NUMBER;
        good = read_number(self, &text);
    } else if (take(self, "null")) {
        kind = CLI_JSON_NULL;
    } else if (take(self, "true")) {
        kind = CLI_JSON_TRUE;
    } else if (take(self, "false")) {
        kind = CLI_JSON_FALSE;
    } else {
        return fail(self, "expected a JSON value");
    }
    cli_json_value *value = &self->tree->values[index];
    value->kind = kind;
    value->text = text;
    value->span = self->tree->count - index;
    return good;
}

/* A text without escapes is never longer than with them. */
static bool reserve_strings(cli_json *self, size_t len) {
    if (len <= self->string_capacity)
        return true;
    char *strings = realloc(self->strings, len);
    if (!strings)
        return false;
    self->strings = strings;
    self->string_capacity = len;
    return true;
}

const char *cli_json_parse(cli_json *self, cxm_str document, size_t *column) {
    parse reading = {.tree = self, .text = document};
    self->count = 0;
    *column = 1;
    if (!reserve_strings(self, document.len + 1))
        return "out of memory";
    if (read_value(&reading, (cxm_str){NULL, 0}, 0)) {
        skip_blanks(&reading);
        if (reading.at < document.len)
            reading.wrong = "expected the end of the line behind the value";
    }
    *column = reading.at + 1;
    return reading.wrong;
}

void cli_json_clear(cli_json *self) {
    free(self->values);
    free(self->strings);
    *self = (cli_json){0};
}

const cli_json_value *cli_json_first(const cli_json_value *parent) {
    return parent->span > 1 ? parent + 1 : NULL;
}

const cli_json_value *cli_json_next(const cli_json_value *parent, const cli_json_value *child) {
    const cli_json_value *next = child + child->span;
    return next < parent + parent->span ? next : NULL;
}

const cli_json_value *cli_json_member(const cli_json_value *object, const char *key) {
    const cli_json_value *found = NULL;
    size_t len = strlen(key);
    if (object->kind != CLI_JSON_OBJECT)
        return NULL;
    for (const cli_json_value *at = cli_json_first(object); at; at = cli_json_next(object, at))
        if (at->key.len == len && (len == 0 || memcmp(at->key.ptr, key, len) == 0))
            found = at;
    return found;
}
