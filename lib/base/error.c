/* SPDX-License-Identifier: MIT */
#include "base/error.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void cxm_copy_cut(char *out, size_t size, cxm_str text) {
    size_t len = text.len < size ? text.len : size - 1;
    if (len < text.len)
        while (len > 0 && ((unsigned char)text.ptr[len] & 0xC0) == 0x80)
            len--;
    if (len)
        memcpy(out, text.ptr, len);
    out[len] = '\0';
}

int cxm_shown_len(cxm_str text) {
    enum { MOST = 120 };
    size_t len = text.len;
    if (len > MOST) {
        len = MOST;
        while (len > 0 && ((unsigned char)text.ptr[len] & 0xC0) == 0x80)
            len--;
    }
    return (int)len;
}

/* The message may hold bytes of hostile input: control characters must not reach a terminal. */
static void clean(char *text) {
    for (char *p = text; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7F)
            *p = ' ';
}

static void fill(cxm_error *error, cxm_status code, const char *format, va_list arguments) {
    char message[1024];
    *error = (cxm_error){.code = code, .offset = UINT64_MAX};
    int written = vsnprintf(message, sizeof message, format, arguments);
    if (written < 0)
        message[0] = '\0';
    cxm_copy_cut(error->message, sizeof error->message, cxm_str_from(message));
    clean(error->message);
}

/* Finds the line around the place and counts its number and column. */
static void locate(cxm_error *error, const cxm_place *place) {
    enum { CONTEXT = 60 }; /* code points of a long line kept before the column */
    size_t offset = place->offset < place->text.len ? place->offset : place->text.len;
    const char *text = place->text.ptr;
    size_t line_start = 0;
    uint32_t line = place->first_line ? (uint32_t)place->first_line : 1;
    for (size_t i = 0; i < offset; i++)
        if (text[i] == '\n') {
            line++;
            line_start = i + 1;
        }
    size_t line_end = offset;
    while (line_end < place->text.len && text[line_end] != '\n' && text[line_end] != '\r')
        line_end++;
    error->line = line;
    error->offset = place->offset;
    error->column = (uint32_t)cxm_utf8_count(text + line_start, offset - line_start) + 1;
    error->caret = error->column;
    while (error->caret > CONTEXT) {
        uint32_t code_point;
        line_start += cxm_utf8_decode(text + line_start, offset - line_start, &code_point);
        error->caret--;
    }
    cxm_copy_cut(error->excerpt, sizeof error->excerpt,
                 (cxm_str){text + line_start, line_end - line_start});
    clean(error->excerpt);
}

cxm_status cxm_fail(cxm_error *error, cxm_status code, const char *format, ...) {
    if (error) {
        va_list arguments;
        va_start(arguments, format);
        fill(error, code, format, arguments);
        va_end(arguments);
    }
    return code;
}

cxm_status cxm_fail_at(cxm_error *error, cxm_status code, const cxm_place *place,
                       const char *format, ...) {
    if (error) {
        va_list arguments;
        va_start(arguments, format);
        fill(error, code, format, arguments);
        va_end(arguments);
        cxm_copy_cut(error->file, sizeof error->file, place->file);
        clean(error->file);
        if (place->text.ptr)
            locate(error, place);
    }
    return code;
}

cxm_status cxm_fail_memory(cxm_error *error) {
    return cxm_fail(error, CXM_E_NOMEM, "out of memory");
}
