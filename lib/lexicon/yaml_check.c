/* SPDX-License-Identifier: MIT */
#include "lexicon/yaml_check.h"

#include "base/error.h"
#include "base/str.h"
#include "base/utf8.h"

#include <stdio.h>

typedef struct scan {
    cxm_str text;
    const cxm_yaml_faults *faults;
    size_t at;
    size_t space; /* how much white space ends at `at` */
    size_t line_start;
    size_t indent;     /* of the line; unknown while only white space of it has been seen */
    bool indented;     /* the indentation is known */
    size_t flow_depth; /* brackets and braces that may be open; 0: none is */
    size_t flow_start;
    size_t flow_indent; /* a line that is indented no more than this ends it */
    bool flow_is_root;  /* it may be all of the file: then lines indented like it are part of it */
} scan;

static cxm_status tell(const scan *self, cxm_status code, const char *format, int number) {
    char message[160];
    snprintf(message, sizeof message, format, number);
    self->faults->tell(self->faults->user, code, self->at, message);
    return code;
}

static bool is_printable(uint32_t cp) {
    if (cp < 0x20)
        return cp == '\t' || cp == '\n' || cp == '\r';
    return cp != 0x7F && (cp < 0x80 || cp >= 0xA0 || cp == 0x85) && cp != 0xFFFE && cp != 0xFFFF;
}

static cxm_status check_character(const scan *self, size_t *size) {
    uint32_t cp;
    const char *p = self->text.ptr + self->at;
    *size = cxm_utf8_decode(p, self->text.len - self->at, &cp);
    if (*size == 1 && cp == CXM_UTF8_REPLACEMENT)
        return tell(self, CXM_E_ENCODING, "byte 0x%02X is not UTF-8; expected a file in UTF-8",
                    (unsigned char)*p);
    if (!is_printable(cp))
        return tell(self, CXM_E_SYNTAX,
                    "the control character U+%04X; expected text without control characters",
                    (int)cp);
    if (cp == '%' && self->at == self->line_start)
        return tell(self, CXM_E_SYNTAX,
                    "a line that begins with '%c'; packs have no directives, and text that begins "
                    "so must be quoted",
                    '%');
    return CXM_OK;
}

/* Whether nothing, a start of a document, a tag or an anchor stands before it in its line. */
static bool may_be_root(const scan *self) {
    const char *line = self->text.ptr + self->line_start + self->indent;
    size_t left = self->text.len - self->line_start - self->indent;
    return memchr("[{!&", *line, 4) || (left >= 3 && memcmp(line, "---", 3) == 0);
}

/* A bracket in the text of a block is taken for an open one until the next line that is indented
 * no more than its line: what belongs to a [..] is always indented more. */
static cxm_status follow_flow(scan *self, char c, bool first_in_line) {
    bool goes_on = self->flow_is_root && self->indent == self->flow_indent;
    if (first_in_line && self->indent <= self->flow_indent && !goes_on)
        self->flow_depth = 0;
    if ((c == '[' || c == '{') && self->flow_depth++ == 0) {
        self->flow_start = self->at;
        self->flow_indent = self->indent;
        self->flow_is_root = may_be_root(self);
    }
    if ((c == ']' || c == '}') && self->flow_depth > 0)
        self->flow_depth--;
    if (self->flow_depth > 0 && self->at - self->flow_start >= CXM_YAML_MAX_FLOW) {
        self->at = self->flow_start;
        return tell(self, CXM_E_LIMIT, "more than %d KiB from this bracket to its end",
                    CXM_YAML_MAX_FLOW >> 10);
    }
    return CXM_OK;
}

static cxm_status follow(scan *self, char c) {
    self->space = cxm_is_space(c) ? self->space + 1 : 0;
    if (self->space > CXM_YAML_MAX_SPACE)
        return tell(self, CXM_E_LIMIT, "more than %d spaces and line ends in a row",
                    CXM_YAML_MAX_SPACE);
    if (c == '\n' || c == '\r') {
        self->line_start = self->at + 1;
        self->indented = false;
    }
    if (self->space)
        return CXM_OK;
    bool first_in_line = !self->indented;
    if (first_in_line)
        self->indent = self->at - self->line_start;
    self->indented = true;
    return follow_flow(self, c, first_in_line);
}

cxm_status cxm_yaml_check(cxm_str text, const cxm_yaml_faults *faults) {
    scan self = {.text = text, .faults = faults};
    cxm_status status = CXM_OK;
    if (text.len > CXM_YAML_MAX_BYTES)
        return tell(&self, CXM_E_LIMIT, "a file of more than %d MiB", CXM_YAML_MAX_BYTES >> 20);
    for (size_t size; self.at < text.len && !status; self.at += size) {
        status = check_character(&self, &size);
        if (!status)
            status = follow(&self, text.ptr[self.at]);
    }
    return status;
}
