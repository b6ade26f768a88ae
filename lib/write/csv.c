/* SPDX-License-Identifier: MIT */
#include "write/csv.h"

#include "base/str.h"

static void begin_cell(cxm_buffer *out) {
    if (out->len && out->ptr[out->len - 1] != '\n')
        cxm_buffer_add_char(out, ',');
}

static bool has_any(cxm_str text, const char *bytes) {
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] && strchr(bytes, text.ptr[i]))
            return true;
    return false;
}

/* Always in quotation marks, so that an empty cell at the start of a line is a cell, too. */
void cxm_csv_cell(cxm_buffer *out, cxm_str text) {
    begin_cell(out);
    cxm_buffer_add_char(out, '"');
    if (text.len && has_any((cxm_str){text.ptr, 1}, "=+-@\t\r\n"))
        cxm_buffer_add_char(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"')
            cxm_buffer_add_char(out, '"');
        cxm_buffer_add_char(out, text.ptr[i]);
    }
    cxm_buffer_add_char(out, '"');
}

void cxm_csv_size(cxm_buffer *out, size_t number) {
    begin_cell(out);
    cxm_buffer_add_size(out, number);
}

void cxm_csv_number(cxm_buffer *out, double number) {
    begin_cell(out);
    if (number >= 0)
        cxm_buffer_add_number(out, number, 3);
}

void cxm_csv_end(cxm_buffer *out) {
    cxm_buffer_add(out, "\r\n", 2);
}
