/* SPDX-License-Identifier: MIT */
#include "write/json.h"

#include "base/utf8.h"

static void add_escape(cxm_buffer *out, uint32_t code_point) {
    static const char digits[] = "0123456789abcdef";
    char escape[6] = {'\\', 'u'};
    for (int i = 0; i < 4; i++)
        escape[2 + i] = digits[(code_point >> (12 - 4 * i)) & 15];
    cxm_buffer_add(out, escape, sizeof escape);
}

static void add_special(cxm_buffer *out, uint32_t code_point) {
    switch (code_point) {
    case '"':
        cxm_buffer_add(out, "\\\"", 2);
        break;
    case '\\':
        cxm_buffer_add(out, "\\\\", 2);
        break;
    case '\n':
        cxm_buffer_add(out, "\\n", 2);
        break;
    case '\r':
        cxm_buffer_add(out, "\\r", 2);
        break;
    case '\t':
        cxm_buffer_add(out, "\\t", 2);
        break;
    case CXM_UTF8_REPLACEMENT:
        cxm_buffer_add(out, "\xEF\xBF\xBD", 3);
        break;
    default:
        add_escape(out, code_point);
    }
}

static bool is_special(uint32_t code_point) {
    return code_point < 0x20 || code_point == '"' || code_point == '\\' ||
           (code_point >= 0x7F && code_point < 0xA0) || code_point == 0x2028 ||
           code_point == 0x2029 || code_point == CXM_UTF8_REPLACEMENT;
}

/* Most bytes of most texts. */
static bool is_plain(char c) {
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

void cxm_json_escaped(cxm_buffer *out, cxm_str text) {
    size_t from = 0; /* what was passed but not yet copied */
    for (size_t at = 0; at < text.len;) {
        if (is_plain(text.ptr[at])) {
            at++;
            continue;
        }
        uint32_t code_point;
        size_t size = cxm_utf8_decode(text.ptr + at, text.len - at, &code_point);
        if (is_special(code_point)) {
            cxm_buffer_add(out, text.ptr + from, at - from);
            add_special(out, code_point);
            from = at + size;
        }
        at += size;
    }
    if (from < text.len)
        cxm_buffer_add(out, text.ptr + from, text.len - from);
}

void cxm_json_string(cxm_buffer *out, cxm_str text) {
    cxm_buffer_add_char(out, '"');
    cxm_json_escaped(out, text);
    cxm_buffer_add_char(out, '"');
}

void cxm_json_key(cxm_buffer *out, const char *key) {
    if (out->len && out->ptr[out->len - 1] != '{')
        cxm_buffer_add_char(out, ',');
    cxm_buffer_add_char(out, '"');
    cxm_buffer_add_text(out, key);
    cxm_buffer_add(out, "\":", 2);
}

void cxm_json_string_member(cxm_buffer *out, const char *key, cxm_str value) {
    cxm_json_key(out, key);
    cxm_json_string(out, value);
}

void cxm_json_size_member(cxm_buffer *out, const char *key, size_t value) {
    cxm_json_key(out, key);
    cxm_buffer_add_size(out, value);
}
