/* SPDX-License-Identifier: MIT */
#include "lexicon/pack_reader.h"

#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>

/* ---- Telling ---- */

void cxm_pack_fault(cxm_pack_reader *self, const cxm_yaml_node *node, const char *format, ...) {
    char message[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    cxm_pack_scalar place = cxm_pack_scalar_of(self, node);
    cxm_pack_report(self->pack, CXM_E_SYNTAX, &place, 0, "%s", message);
}

cxm_str cxm_pack_short(cxm_str text) {
    enum { SHOWN = 48 };
    if (text.len <= SHOWN)
        return text;
    text.len = SHOWN;
    while (text.len > 0 && ((unsigned char)text.ptr[text.len] & 0xC0) == 0x80)
        text.len--;
    return text;
}

/* ---- Kinds ---- */

static const char *name_of_kind(const cxm_yaml_node *node) {
    switch (node->kind) {
    case CXM_YAML_TEXT:
        return node->text.len ? "text" : "nothing";
    case CXM_YAML_LIST:
        return "a list";
    case CXM_YAML_MAPPING:
        return "a mapping";
    case CXM_YAML_FAULTY:
        break;
    }
    return "a fault";
}

static void fault_kind(cxm_pack_reader *self, const cxm_yaml_node *node, const char *what) {
    bool nothing = node->kind == CXM_YAML_TEXT && node->text.len == 0;
    if (!node->key) {
        cxm_pack_fault(self, node, "%s here; expected %s", name_of_kind(node), what);
        return;
    }
    cxm_str key = cxm_pack_short(node->key->text);
    cxm_pack_fault(self, nothing ? node->key : node, "%s for '%.*s'; expected %s",
                   name_of_kind(node), CXM_STR_ARGS(key), what);
}

bool cxm_pack_expect(cxm_pack_reader *self, const cxm_yaml_node *node, cxm_yaml_kind kind,
                     const char *what) {
    if (node->kind == kind)
        return true;
    if (node->kind != CXM_YAML_FAULTY)
        fault_kind(self, node, what);
    return false;
}

bool cxm_pack_expect_text(cxm_pack_reader *self, const cxm_yaml_node *node, const char *what) {
    if (!cxm_pack_expect(self, node, CXM_YAML_TEXT, what))
        return false;
    if (cxm_str_trim(node->text).len)
        return true;
    if (node->text.len == 0)
        fault_kind(self, node, what);
    else
        cxm_pack_fault(self, node, "nothing but white space; expected %s", what);
    return false;
}

/* ---- Reading ---- */

cxm_pack_scalar cxm_pack_scalar_of(const cxm_pack_reader *self, const cxm_yaml_node *node) {
    cxm_str text = node->kind == CXM_YAML_TEXT ? node->text : (cxm_str){"", 0};
    return (cxm_pack_scalar){text, self->file, node->offset, node->line};
}

cxm_pack_list cxm_pack_list_of(cxm_pack_reader *self, const cxm_yaml_node *node, const char *what,
                               bool may_be_blank) {
    cxm_pack_list list = {NULL, 0};
    if (!cxm_pack_expect(self, node, CXM_YAML_LIST, what) || node->count == 0)
        return list;
    list.items = CXM_ARENA_ARRAY(&self->pack->arena, cxm_pack_scalar, node->count);
    if (!list.items) {
        self->no_memory = true;
        return list;
    }
    for (const cxm_yaml_node *item = node->first; item; item = item->next)
        if (may_be_blank ? cxm_pack_expect(self, item, CXM_YAML_TEXT, "text")
                         : cxm_pack_expect_text(self, item, "text"))
            list.items[list.count++] = cxm_pack_scalar_of(self, item);
    return list;
}

void cxm_pack_read_text(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    cxm_pack_scalar *scalar = field;
    if (cxm_pack_expect_text(self, value, "text"))
        *scalar = cxm_pack_scalar_of(self, value);
}

bool cxm_pack_read_number(cxm_pack_reader *self, const cxm_yaml_node *value, double *number) {
    static const char expected[] = "a decimal number such as 2, -1 or 0.5";
    if (!cxm_pack_expect_text(self, value, expected))
        return false;
    if (cxm_pack_parse_number(value->text, number))
        return true;
    cxm_str shown = cxm_pack_short(value->text);
    cxm_str key = cxm_pack_short(value->key->text);
    cxm_pack_fault(self, value, "'%.*s' is no %.*s; expected %s, of at most 15 digits",
                   CXM_STR_ARGS(shown), CXM_STR_ARGS(key), expected);
    return false;
}

const cxm_yaml_node *cxm_pack_find(const cxm_yaml_node *mapping, const char *name) {
    for (const cxm_yaml_node *node = mapping->first; node; node = node->next)
        if (cxm_str_is(node->key->text, name))
            return node;
    return NULL;
}

/* ---- Names that are not known ---- */

enum { LONGEST_NAME = 32, MOST_NAMES = 32, MOST_EDITS = 2 };

/* How many letters must be put in, left out, changed or swapped with the next (each part once). */
static size_t edits_between(cxm_str a, cxm_str b) {
    size_t rows[3][LONGEST_NAME + 1];
    for (size_t j = 0; j <= b.len; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3];
        const size_t *swapped = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t best = above[j - 1] + (a.ptr[i - 1] != b.ptr[j - 1]);
            best = above[j] + 1 < best ? above[j] + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1] &&
                swapped[j - 2] + 1 < best)
                best = swapped[j - 2] + 1;
            row[j] = best;
        }
    }
    return rows[a.len % 3][b.len];
}

void cxm_suggest(cxm_suggestion *self, cxm_str name) {
    size_t most = self->best.ptr ? self->edits : MOST_EDITS + 1;
    if (self->wrong.len > LONGEST_NAME || name.len > LONGEST_NAME)
        return;
    size_t edits = edits_between(self->wrong, name);
    if (edits < most && edits < (self->wrong.len + 1) / 2) { /* "a" is no slip for "why" */
        self->best = name;
        self->edits = edits;
    }
}

const char *cxm_pack_nearest(cxm_str text, const char *const *names) {
    cxm_suggestion suggestion = {.wrong = text};
    for (; *names; names++)
        cxm_suggest(&suggestion, cxm_str_from(*names));
    return suggestion.best.ptr;
}

/* "a, b or c" */
static void join_names(char *out, size_t size, const char *const *names) {
    size_t len = 0;
    out[0] = '\0';
    for (; *names && len < size; names++) {
        const char *join = len == 0 ? "" : names[1] ? ", " : " or ";
        int written = snprintf(out + len, size - len, "%s%s", join, *names);
        len += written > 0 ? (size_t)written : 0;
    }
}

static void fault_name(cxm_pack_reader *self, const cxm_yaml_node *node, const char *what,
                       const char *const *names) {
    char expected[200];
    const char *nearest = cxm_pack_nearest(node->text, names);
    cxm_str shown = cxm_pack_short(node->text);
    join_names(expected, sizeof expected, names);
    if (nearest)
        cxm_pack_fault(self, node, "%s'%.*s'; did you mean '%s'?", what, CXM_STR_ARGS(shown),
                       nearest);
    else
        cxm_pack_fault(self, node, "%s'%.*s'; expected %s", what, CXM_STR_ARGS(shown), expected);
}

void cxm_pack_fault_choice(cxm_pack_reader *self, const cxm_yaml_node *node,
                           const char *const *names) {
    fault_name(self, node, "", names);
}

static void fault_key(cxm_pack_reader *self, const cxm_yaml_node *key, const cxm_pack_key *keys) {
    const char *names[MOST_NAMES + 1] = {NULL};
    for (size_t i = 0; keys[i].name && i < MOST_NAMES; i++)
        names[i] = keys[i].name;
    fault_name(self, key, "unknown key ", names);
}

void cxm_pack_read_keys(cxm_pack_reader *self, const cxm_yaml_node *mapping,
                        const cxm_pack_key *keys, void *into) {
    for (const cxm_yaml_node *node = mapping->first; node; node = node->next) {
        const cxm_pack_key *key = keys;
        while (key->name && !cxm_str_is(node->key->text, key->name))
            key++;
        if (key->name)
            key->read(self, node, (char *)into + key->offset);
        else
            fault_key(self, node->key, keys);
    }
}

/* ---- Numbers and names ---- */

bool cxm_pack_parse_number(cxm_str text, double *number) {
    enum { MOST_DIGITS = 15 }; /* such numbers and powers of ten are exact, so is their quotient */
    uint64_t digits = 0;
    double scale = 1;
    size_t count = 0;
    bool point = false;
    bool negative = text.len && text.ptr[0] == '-';
    for (size_t i = text.len && (negative || text.ptr[0] == '+') ? 1 : 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '.' && !point && count > 0) {
            point = true;
        } else if (cxm_is_digit(c) && count < MOST_DIGITS) {
            digits = digits * 10 + (uint64_t)(c - '0');
            scale *= point ? 10 : 1;
            count++;
        } else {
            return false;
        }
    }
    if (count == 0 || text.ptr[text.len - 1] == '.')
        return false;
    *number = (double)digits / scale;
    if (negative && digits)
        *number = -*number;
    return true;
}

bool cxm_pack_is_name(cxm_str text) {
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (!(c >= 'a' && c <= 'z') && !cxm_is_digit(c) && c != '_')
            return false;
    }
    return text.len > 0;
}
