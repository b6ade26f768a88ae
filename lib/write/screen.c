/* SPDX-License-Identifier: MIT */
#include "write/screen.h"

#include "base/str.h"
#include "base/utf8.h"

typedef struct range {
    uint32_t first;
    uint32_t last;
} range;

static bool in_ranges(uint32_t code_point, const range *ranges, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (code_point >= ranges[i].first && code_point <= ranges[i].last)
            return true;
    return false;
}

#define IN(code_point, ranges) in_ranges((code_point), (ranges), sizeof(ranges) / sizeof *(ranges))

/* Blocks of full-width characters; what differs inside a block moves a wrap by a column. */
static bool is_wide(uint32_t code_point) {
    static const range wide[] = {{0x1100, 0x115F},   {0x2E80, 0xA4CF},   {0xAC00, 0xD7A3},
                                 {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},
                                 {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF},
                                 {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};
    return IN(code_point, wide);
}

static bool is_zero_width(uint32_t code_point) {
    static const range zero[] = {{0x0300, 0x036F}, {0x200B, 0x200D}, {0x20D0, 0x20FF},
                                 {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0x1F3FB, 0x1F3FF}};
    return IN(code_point, zero);
}

static bool is_blank(uint32_t code_point) {
    return code_point == ' ' || (code_point >= '\t' && code_point <= '\r') || code_point == 0x85 ||
           code_point == 0x2028 || code_point == 0x2029;
}

/* C0, DEL, C1, and what turns the direction of writing. */
static bool is_control(uint32_t code_point) {
    static const range control[] = {{0x00, 0x1F},     {0x7F, 0x9F},     {0x061C, 0x061C},
                                    {0x200E, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069}};
    return IN(code_point, control);
}

static size_t columns_of(uint32_t code_point) {
    return is_zero_width(code_point) ? 0 : is_wide(code_point) ? 2 : 1;
}

static size_t decode(cxm_str text, size_t at, uint32_t *code_point) {
    return cxm_utf8_decode(text.ptr + at, text.len - at, code_point);
}

static void add_code_point(cxm_buffer *out, uint32_t code_point) {
    char bytes[4];
    if (is_blank(code_point))
        code_point = ' ';
    else if (is_control(code_point))
        code_point = CXM_UTF8_REPLACEMENT;
    cxm_buffer_add(out, bytes, cxm_utf8_encode(code_point, bytes));
}

size_t cxm_screen_columns(cxm_str text) {
    size_t columns = 0;
    uint32_t code_point;
    for (size_t at = 0; at < text.len;) {
        at += decode(text, at, &code_point);
        columns += columns_of(code_point);
    }
    return columns;
}

void cxm_screen_add(cxm_buffer *out, cxm_str text) {
    uint32_t code_point;
    for (size_t at = 0; at < text.len;) {
        at += decode(text, at, &code_point);
        add_code_point(out, code_point);
    }
}

void cxm_screen_add_cut(cxm_buffer *out, cxm_str text, size_t columns) {
    if (cxm_screen_columns(text) <= columns) {
        cxm_screen_add(out, text);
        return;
    }
    size_t at = 0;
    for (size_t used = 1;;) { /* the ellipsis takes one */
        uint32_t code_point;
        size_t size = decode(text, at, &code_point);
        used += columns_of(code_point);
        if (used > columns)
            break;
        at += size;
    }
    cxm_screen_add(out, (cxm_str){text.ptr, at});
    cxm_buffer_add_text(out, "…");
}

static size_t missing(cxm_str text, size_t columns) {
    size_t taken = cxm_screen_columns(text);
    return taken < columns ? columns - taken : 0;
}

void cxm_screen_add_left(cxm_buffer *out, cxm_str text, size_t columns) {
    cxm_screen_add(out, text);
    cxm_buffer_add_repeat(out, ' ', missing(text, columns));
}

void cxm_screen_add_right(cxm_buffer *out, cxm_str text, size_t columns) {
    cxm_buffer_add_repeat(out, ' ', missing(text, columns));
    cxm_screen_add(out, text);
}

/* A passage on its way out. */
typedef struct flow {
    cxm_buffer *out;
    const cxm_passage *passage;
    size_t column;
    size_t mark; /* the one at hand, or to come */
    bool marking;
} flow;

static const char *paint_of(const flow *self) {
    return self->marking ? self->passage->marks[self->mark].paint : NULL;
}

static void begin_line(flow *self) {
    cxm_buffer_add_repeat(self->out, ' ', self->passage->indent);
    self->column = self->passage->indent;
}

/* A colour ends with its line: pagers show each line by itself. */
static void next_line(flow *self) {
    const char *paint = paint_of(self);
    if (paint)
        cxm_buffer_add_text(self->out, CXM_PAINT_OFF);
    cxm_buffer_add_char(self->out, '\n');
    begin_line(self);
    if (paint)
        cxm_buffer_add_text(self->out, paint);
}

static void mark(flow *self, bool on) {
    const char *paint = self->passage->marks[self->mark].paint;
    self->marking = on;
    self->mark += !on;
    if (paint) {
        cxm_buffer_add_text(self->out, on ? paint : CXM_PAINT_OFF);
        return;
    }
    cxm_buffer_add_text(self->out, on ? "«" : "»");
    self->column++;
}

static void put_code_point(flow *self, size_t at) {
    const cxm_passage *passage = self->passage;
    uint32_t code_point;
    size_t end = at + decode(passage->text, at, &code_point);
    size_t columns = columns_of(code_point);
    if (self->column + columns > passage->width && self->column > passage->indent)
        next_line(self); /* only in a word that is longer than a line */
    const cxm_screen_mark *next =
        self->mark < passage->mark_count ? &passage->marks[self->mark] : NULL;
    if (!self->marking && next && at >= next->start)
        mark(self, true);
    add_code_point(self->out, code_point);
    self->column += columns;
    if (self->marking && end >= next->end)
        mark(self, false);
}

static bool blank_at(const cxm_passage *passage, size_t at, size_t *size) {
    uint32_t code_point;
    *size = decode(passage->text, at, &code_point);
    return is_blank(code_point);
}

/* The end of the word that begins at `at`; `*columns` counts the guillemets it may get. */
static size_t word_end(const flow *self, size_t at, size_t *columns) {
    const cxm_passage *passage = self->passage;
    size_t end = at;
    size_t size;
    while (end < passage->to && !blank_at(passage, end, &size))
        end += size;
    *columns = cxm_screen_columns(cxm_str_slice(passage->text, at, end));
    for (size_t i = self->mark; i < passage->mark_count && passage->marks[i].start < end; i++) {
        const cxm_screen_mark *next = &passage->marks[i];
        if (next->paint)
            continue;
        *columns += next->start >= at;
        *columns += next->end > at && next->end <= end;
    }
    return end;
}

static void put_space(flow *self, size_t columns_behind) {
    if (self->column == self->passage->indent)
        return;
    if (self->column + 1 + columns_behind > self->passage->width) {
        next_line(self);
        return;
    }
    cxm_buffer_add_char(self->out, ' ');
    self->column++;
}

static void put_ellipsis(flow *self) {
    put_space(self, 1);
    cxm_buffer_add_text(self->out, "…");
    self->column++;
}

void cxm_screen_passage(cxm_buffer *out, const cxm_passage *passage) {
    flow self = {.out = out, .passage = passage};
    begin_line(&self);
    if (passage->from > 0)
        put_ellipsis(&self);
    for (size_t at = passage->from, size; at < passage->to;) {
        if (blank_at(passage, at, &size)) {
            at += size;
            continue;
        }
        size_t columns;
        size_t end = word_end(&self, at, &columns);
        put_space(&self, columns);
        while (at < end) {
            put_code_point(&self, at);
            blank_at(passage, at, &size);
            at += size;
        }
    }
    if (passage->to < passage->text.len)
        put_ellipsis(&self);
    cxm_buffer_add_char(out, '\n');
}

static size_t step_back(cxm_str text, size_t at) {
    do
        at--;
    while (at > 0 && ((unsigned char)text.ptr[at] & 0xC0) == 0x80);
    return at;
}

/* A cut in the middle of a word moves towards the mark, unless the word runs up to it. */
static size_t focus_start(const cxm_passage *self, size_t mark_start, size_t at) {
    size_t size;
    size_t moved = at;
    if (at == 0 || blank_at(self, step_back(self->text, at), &size))
        return at;
    while (moved < mark_start && !blank_at(self, moved, &size))
        moved += size;
    return moved < mark_start ? moved : at;
}

static size_t focus_end(const cxm_passage *self, size_t mark_end, size_t at) {
    size_t size;
    size_t moved = at;
    if (at == self->text.len || blank_at(self, at, &size))
        return at;
    while (moved > mark_end && !blank_at(self, step_back(self->text, moved), &size))
        moved = step_back(self->text, moved);
    return moved > mark_end ? moved : at;
}

void cxm_passage_focus(cxm_passage *self, size_t context) {
    size_t mark_start = self->mark_count ? self->marks[0].start : 0;
    size_t mark_end = self->mark_count ? self->marks[self->mark_count - 1].end : 0;
    size_t start = mark_start;
    size_t end = mark_end;
    size_t size;
    for (size_t i = 0; i < context && start > 0; i++)
        start = step_back(self->text, start);
    for (size_t i = 0; i < context && end < self->text.len; i++) {
        blank_at(self, end, &size);
        end += size;
    }
    self->from = focus_start(self, mark_start, start);
    self->to = focus_end(self, mark_end, end);
}
