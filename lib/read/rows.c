/* SPDX-License-Identifier: MIT */
#include "read/rows.h"

#include "base/str.h"

void cxm_rows_init(cxm_rows *self, const cxm_allocator *allocator, cxm_str text, char delimiter) {
    *self = (cxm_rows){.allocator = *allocator,
                       .text = text,
                       .line = 1,
                       .delimiter = delimiter,
                       .most = CXM_MAX_CELLS};
}

void cxm_rows_init_fixed(cxm_rows *self, cxm_str text, char delimiter, cxm_cell *cells,
                         size_t capacity) {
    *self = (cxm_rows){.text = text,
                       .line = 1,
                       .delimiter = delimiter,
                       .cells = cells,
                       .capacity = capacity,
                       .most = capacity};
}

void cxm_rows_clear(cxm_rows *self) {
    cxm_release(&self->allocator, self->cells, self->capacity * sizeof *self->cells);
    self->cells = NULL;
    self->count = self->capacity = 0;
}

void cxm_rows_seek(cxm_rows *self, size_t at, size_t line) {
    self->at = at;
    self->line = line;
}

static bool is_line_end(char c) {
    return c == '\n' || c == '\r';
}

static char peek(const cxm_rows *self, size_t at) {
    return at < self->text.len ? self->text.ptr[at] : '\n';
}

static void add_cell(cxm_rows *self, size_t start, size_t end, bool is_doubled) {
    void *items = self->cells;
    if (self->count == self->capacity &&
        !cxm_array_reserve(&self->allocator, &items, &self->capacity, self->count + 1,
                           sizeof *self->cells)) {
        self->failed = true;
        return;
    }
    self->cells = items;
    self->cells[self->count++] = (cxm_cell){cxm_str_slice(self->text, start, end), is_doubled};
}

/* Where what is no quoted cell ends. */
static size_t bare_end(const cxm_rows *self, size_t at) {
    bool is_last = self->count + 1 == self->most;
    while (at < self->text.len && !is_line_end(self->text.ptr[at]) &&
           (is_last || self->text.ptr[at] != self->delimiter))
        at++;
    return at;
}

/* Where the quote that opens before `at` is closed: before a delimiter, a line's end, or blanks
 * and those. SIZE_MAX: nowhere. A quote that stands otherwise is text. */
static size_t quoted_end(const cxm_rows *self, size_t at, bool *is_doubled) {
    *is_doubled = false;
    while (at < self->text.len) {
        const char *quote = memchr(self->text.ptr + at, '"', self->text.len - at);
        if (!quote)
            return SIZE_MAX;
        at = (size_t)(quote - self->text.ptr);
        char next = peek(self, at + 1);
        if (next == self->delimiter || is_line_end(next))
            return at;
        if (next == '"') {
            *is_doubled = true;
            at++;
        } else if (next == ' ') {
            size_t behind = at + 1;
            while (peek(self, behind) == ' ' && behind < self->text.len)
                behind++;
            if (peek(self, behind) == self->delimiter || is_line_end(peek(self, behind)))
                return at;
        }
        at++;
    }
    return SIZE_MAX;
}

static size_t count_lines(cxm_str text) {
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += text.ptr[i] == '\n' ||
                 (text.ptr[i] == '\r' && (i + 1 >= text.len || text.ptr[i + 1] != '\n'));
    return count;
}

/* Takes a cell that is quoted; false, and nothing taken, where the quote has no end. */
static bool take_quoted(cxm_rows *self) {
    enum { MOST_UNCLOSED = 100 }; /* each costs a walk to the end of the text */
    bool is_doubled;
    size_t start = self->at + 1;
    if (self->unclosed >= MOST_UNCLOSED)
        return false;
    size_t end = quoted_end(self, start, &is_doubled);
    if (end == SIZE_MAX) {
        self->unclosed++;
        self->is_unclosed = true;
        return false;
    }
    self->line += count_lines(cxm_str_slice(self->text, start, end));
    add_cell(self, start, end, is_doubled);
    self->at = end + 1;
    while (peek(self, self->at) == ' ' && self->at < self->text.len)
        self->at++;
    return true;
}

static void take_cell(cxm_rows *self) {
    size_t quote = self->at;
    while (peek(self, quote) == ' ' && quote < self->text.len)
        quote++;
    size_t start = self->at;
    if (peek(self, quote) == '"' && quote < self->text.len && self->count + 1 < self->most) {
        self->at = quote;
        if (take_quoted(self))
            return;
    }
    self->at = bare_end(self, start);
    add_cell(self, start, self->at, false);
}

bool cxm_rows_next(cxm_rows *self) {
    if (self->at >= self->text.len || self->failed)
        return false;
    self->count = 0;
    self->is_unclosed = false;
    self->row_start = self->at;
    self->row_line = self->line;
    for (;;) {
        take_cell(self);
        if (self->failed)
            return false;
        if (peek(self, self->at) != self->delimiter || self->at >= self->text.len)
            break;
        self->at++;
    }
    self->row_end = self->at;
    if (self->at < self->text.len) {
        bool is_pair = self->text.ptr[self->at] == '\r' && peek(self, self->at + 1) == '\n' &&
                       self->at + 1 < self->text.len;
        self->at += is_pair ? 2 : 1;
        self->line++;
    }
    return true;
}

cxm_str cxm_cell_text(const cxm_cell *self, cxm_arena *strings) {
    if (!self->is_doubled)
        return self->text;
    char *out = cxm_arena_take(strings, self->text.len + 1, 1);
    if (!out)
        return (cxm_str){NULL, 0};
    size_t len = 0;
    for (size_t i = 0; i < self->text.len; i++) {
        out[len++] = self->text.ptr[i];
        i += self->text.ptr[i] == '"' && i + 1 < self->text.len && self->text.ptr[i + 1] == '"';
    }
    return (cxm_str){out, len};
}
