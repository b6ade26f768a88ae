/* SPDX-License-Identifier: MIT */
/* Finding the rows of a table, and which of them are of one conversation. */
#include "base/utf8.h"
#include "read/plain.h"
#include "read/table.h"

static const char delimiters[] = {',', '\t', ';', '|'};

/* A line "sep=;", as Excel writes it. */
static bool is_separator(cxm_str line, char *delimiter) {
    line = cxm_str_trim(line);
    bool is_tab = cxm_str_equal_nocase(line, CXM_STR("sep=")); /* the tab was trimmed */
    if (!is_tab &&
        (line.len != 5 || !cxm_str_equal_nocase(cxm_str_slice(line, 0, 4), CXM_STR("sep="))))
        return false;
    *delimiter = is_tab ? '\t' : line.ptr[4];
    return *delimiter != '"';
}

static bool is_comment(cxm_str line) {
    line = cxm_str_trim(line);
    return line.len == 0 || line.ptr[0] == '#' ||
           (line.len > 1 && line.ptr[0] == '/' && line.ptr[1] == '/');
}

/* Moves to the first line that is neither blank nor a comment. */
static void skip_comments(cxm_table_head *self, cxm_str text) {
    cxm_lines lines = cxm_lines_of(text);
    cxm_str line;
    size_t at = 0;
    while (cxm_lines_next(&lines, &line)) {
        bool is_sep = is_separator(line, &self->delimiter);
        if (!is_sep && !is_comment(line))
            break;
        self->has_separator |= is_sep;
        at = lines.at;
        self->header_line = lines.number + 1;
    }
    self->header_at = at;
}

static size_t count_known(const cxm_columns *columns) {
    size_t count = 0;
    for (int i = 0; i < CXM_FIELD_COUNT; i++)
        count += columns->of[i] != CXM_NO_COLUMN;
    return count;
}

/* Whether so many rows, all but one that is cut off, are words with their times. */
static bool are_words(cxm_rows *rows) {
    enum { ROWS = 20 };
    cxm_columns columns;
    size_t count = 0;
    while (count < ROWS && cxm_rows_next(rows)) {
        bool is_cut = rows->at >= rows->text.len && count > 0;
        if (!cxm_columns_of_words(&columns, rows->cells, rows->count) && !is_cut)
            return false;
        count++;
    }
    return count > 0;
}

/* What the row that was read last says of the columns; how sure that is. */
static int judge_header(const cxm_table_head *self, const cxm_rows *rows,
                        const cxm_column_rule *rules, size_t rule_count, cxm_columns *columns) {
    enum { SURE = 80, SURER = 95 };
    if (cxm_columns_of_header(columns, rows->cells, rows->count))
        return self->has_separator ? SURER : SURE;
    columns->has_header = false;
    bool is_mapped =
        rule_count && rows->count > 1 &&
        cxm_columns_map(columns, rules, rule_count, rows->cells, rows->count) == rule_count;
    return is_mapped ? SURE : 0;
}

/* Reads the first rows with one delimiter; keeps it where it says more than those before. */
static void try_delimiter(cxm_table_head *self, cxm_rows *rows, char delimiter,
                          const cxm_column_rule *rules, size_t rule_count) {
    enum { LIKELY = 60 };
    cxm_table_head found = *self;
    found.delimiter = rows->delimiter = delimiter;
    found.rows_at = self->header_at;
    found.rows_line = self->header_line;
    cxm_rows_seek(rows, self->header_at, self->header_line);
    if (!cxm_rows_next(rows))
        return;
    found.score = judge_header(self, rows, rules, rule_count, &found.columns);
    if (found.score && found.columns.has_header) {
        found.rows_at = rows->at;
        found.rows_line = rows->line;
    }
    if (!found.score && !self->score) {
        bool is_of_words = cxm_columns_of_words(&found.columns, rows->cells, rows->count);
        cxm_rows_seek(rows, self->header_at, self->header_line);
        found.score = is_of_words && are_words(rows) ? LIKELY : 0;
    }
    if (found.score && (!self->score || count_known(&found.columns) > count_known(&self->columns)))
        *self = found;
}

void cxm_table_head_find(cxm_table_head *self, cxm_str text, const cxm_column_rule *rules,
                         size_t rule_count) {
    enum { MOST_COLUMNS = 256 }; /* that are looked at */
    cxm_cell cells[MOST_COLUMNS];
    cxm_rows rows;
    *self = (cxm_table_head){.header_line = 1};
    skip_comments(self, text);
    cxm_rows_init_fixed(&rows, text, ',', cells, MOST_COLUMNS);
    char separator = self->delimiter;
    if (self->has_separator)
        try_delimiter(self, &rows, separator, rules, rule_count);
    for (size_t i = 0; i < sizeof delimiters && !self->has_separator; i++)
        try_delimiter(self, &rows, delimiters[i], rules, rule_count);
}

const cxm_cell *cxm_turn_table_cell(const cxm_turn_table *self, cxm_field field) {
    size_t column = self->head.columns.of[field];
    return column < self->rows.count ? &self->rows.cells[column] : NULL;
}

/* The number of the conversation that a row is of; UINT32_MAX: no memory. A row that does not say
 * goes on with the one before it. */
static uint32_t conversation_of(cxm_turn_table *self) {
    const cxm_cell *cell = cxm_turn_table_cell(self, CXM_FIELD_ID);
    uint32_t before = self->count ? self->items[self->count - 1].conversation : 0;
    cxm_str id = cell ? cxm_str_trim(cell->text) : (cxm_str){"", 0};
    if (id.len == 0 && (self->count || self->conversations))
        return before;
    bool is_new;
    uint32_t *number = cxm_table_add(&self->ids, id, (uint32_t)self->conversations, &is_new);
    if (!number)
        return UINT32_MAX;
    self->conversations += is_new;
    return *number;
}

static bool is_blank_row(const cxm_rows *rows) {
    for (size_t i = 0; i < rows->count; i++)
        if (cxm_str_trim(rows->cells[i].text).len)
            return false;
    return true;
}

/* Files that were put together have the row of names again. */
static bool is_header_again(const cxm_turn_table *self) {
    if (self->rows.count != self->name_count)
        return false;
    for (size_t i = 0; i < self->name_count; i++)
        if (!cxm_str_equal(self->rows.cells[i].text, self->names[i].text))
            return false;
    return true;
}

static bool add_row(cxm_turn_table *self) {
    void *items = self->items;
    if (is_blank_row(&self->rows) || is_header_again(self))
        return true;
    uint32_t conversation = conversation_of(self);
    if (conversation == UINT32_MAX ||
        !cxm_array_reserve(&self->reader->allocator, &items, &self->capacity, self->count + 1,
                           sizeof *self->items))
        return false;
    self->items = items;
    self->items[self->count++] =
        (cxm_table_row){self->rows.row_start, (uint32_t)self->rows.row_line, conversation};
    return true;
}

static bool find_rows(cxm_turn_table *self) {
    cxm_rows_seek(&self->rows, self->head.rows_at, self->head.rows_line);
    while (cxm_rows_next(&self->rows))
        if (!add_row(self))
            return false;
    return !self->rows.failed;
}

/* Puts the rows of each conversation together: they may be mixed, as a live system writes them. */
static bool group_rows(cxm_turn_table *self) {
    const cxm_allocator *allocator = &self->reader->allocator;
    self->starts = cxm_allocate(allocator, (self->conversations + 1) * sizeof *self->starts);
    cxm_table_row *sorted =
        self->count ? cxm_allocate(allocator, self->count * sizeof *sorted) : NULL;
    if (!self->starts || (self->count && !sorted)) {
        cxm_release(allocator, sorted, self->count * sizeof *sorted);
        return false;
    }
    for (size_t i = 0; i < self->count; i++)
        self->starts[self->items[i].conversation + 1]++;
    for (size_t i = 0; i < self->conversations; i++)
        self->starts[i + 1] += self->starts[i];
    for (size_t i = 0; i < self->count; i++)
        sorted[self->starts[self->items[i].conversation]++] = self->items[i];
    for (size_t i = self->conversations; i > 0; i--)
        self->starts[i] = self->starts[i - 1];
    self->starts[0] = 0;
    if (self->count)
        memcpy(self->items, sorted, self->count * sizeof *sorted);
    cxm_release(allocator, sorted, self->count * sizeof *sorted);
    return true;
}

/* Rows that have nothing to tell who speaks may hold whole conversations. */
static bool are_calls(cxm_turn_table *self, bool *out) {
    enum { ROWS = 20 };
    const size_t *of = self->head.columns.of;
    *out = false;
    if (of[CXM_FIELD_SPEAKER] != CXM_NO_COLUMN || of[CXM_FIELD_ROLE] != CXM_NO_COLUMN)
        return true;
    for (size_t i = 0; i < self->count && i < ROWS && !*out; i++) {
        cxm_labels labels;
        cxm_rows_seek(&self->rows, self->items[i].at, self->items[i].line);
        const cxm_cell *cell =
            cxm_rows_next(&self->rows) ? cxm_turn_table_cell(self, CXM_FIELD_TEXT) : NULL;
        if (!cell || !cxm_utf8_valid(cell->text.ptr, cell->text.len))
            continue;
        cxm_labels_init(&labels, self->reader);
        bool good = cxm_labels_collect(&labels, cell->text);
        *out = labels.has_speakers;
        cxm_labels_clear(&labels);
        if (!good)
            return false;
    }
    return true;
}

/* Keeps the names of the columns, and applies what the caller says of them. */
static cxm_status take_header(cxm_turn_table *self, cxm_error *error) {
    const cxm_reader_options *options = &self->reader->options;
    cxm_rows *rows = &self->rows;
    cxm_rows_seek(rows, self->head.header_at, self->head.header_line);
    bool has_row = cxm_rows_next(rows);
    if (rows->failed)
        return cxm_fail_memory(error);
    cxm_stretch where = {{self->reader->bytes.ptr, 0}, self->reader->at, self->reader->line};
    if (has_row)
        where = (cxm_stretch){cxm_str_slice(rows->text, rows->row_start, rows->row_end),
                              self->reader->at + rows->row_start, rows->row_line};
    if (self->head.columns.has_header && has_row) {
        self->name_count = rows->count;
        self->names = cxm_allocate(&self->reader->allocator, rows->count * sizeof *self->names);
        if (!self->names)
            return cxm_fail_memory(error);
        memcpy(self->names, rows->cells, rows->count * sizeof *self->names);
    }
    size_t bad = cxm_columns_map(&self->head.columns, options->columns, options->column_count,
                                 self->names, self->name_count);
    if (bad < options->column_count)
        return cxm_reader_fail(
            self->reader, &where, 0, error, CXM_E_NOT_FOUND, "there is no column '%.*s' for '%.*s'",
            CXM_STR_ARGS(options->columns[bad].column), CXM_STR_ARGS(options->columns[bad].field));
    if (self->head.columns.of[CXM_FIELD_TEXT] == CXM_NO_COLUMN)
        return cxm_reader_fail(self->reader, &where, 0, error, CXM_E_SYNTAX,
                               "expected the names of columns, one of them for the text");
    return CXM_OK;
}

static cxm_status index_rows(cxm_turn_table *self, cxm_error *error) {
    const size_t *of = self->head.columns.of;
    cxm_status status = take_header(self, error);
    if (status)
        return status;
    if (!find_rows(self))
        return cxm_fail_memory(error);
    /* A number for each row is no id of conversations. */
    if (self->head.columns.is_weak_id && self->count > 1 && self->conversations == self->count &&
        (of[CXM_FIELD_SPEAKER] != CXM_NO_COLUMN || of[CXM_FIELD_ROLE] != CXM_NO_COLUMN)) {
        self->head.columns.of[CXM_FIELD_ID] = CXM_NO_COLUMN;
        self->conversations = 1;
        for (size_t i = 0; i < self->count; i++)
            self->items[i].conversation = 0;
    }
    if (!group_rows(self) || !are_calls(self, &self->is_of_calls))
        return cxm_fail_memory(error);
    self->unit = cxm_turn_table_unit(self);
    self->is_of_pieces = of[CXM_FIELD_START] != CXM_NO_COLUMN && of[CXM_FIELD_END] != CXM_NO_COLUMN;
    return CXM_OK;
}

cxm_status cxm_turn_table_index(cxm_turn_table *self, cxm_reader *reader, cxm_error *error) {
    const cxm_reader_options *options = &reader->options;
    cxm_str text = cxm_str_slice(reader->bytes, reader->at, reader->bytes.len);
    *self = (cxm_turn_table){.reader = reader};
    cxm_table_init(&self->ids, &reader->allocator);
    cxm_rows_init(&self->rows, &reader->allocator, text, ',');
    if (cxm_str_trim(text).len == 0)
        return CXM_OK; /* no names, but nothing to be read either */
    cxm_table_head_find(&self->head, text, options->columns, options->column_count);
    if (!self->head.score) { /* what the caller says may do */
        self->head.delimiter = self->head.delimiter ? self->head.delimiter : ',';
        self->head.rows_at = self->head.header_at;
        self->head.rows_line = self->head.header_line;
        cxm_columns_clear(&self->head.columns);
    }
    self->head.header_line += reader->line - 1;
    self->head.rows_line += reader->line - 1;
    self->rows.delimiter = self->head.delimiter;
    cxm_status status = index_rows(self, error);
    if (status)
        cxm_turn_table_clear(self);
    return status;
}

void cxm_turn_table_clear(cxm_turn_table *self) {
    const cxm_allocator *allocator = &self->reader->allocator;
    cxm_rows_clear(&self->rows);
    cxm_release(allocator, self->names, self->name_count * sizeof *self->names);
    cxm_release(allocator, self->items, self->capacity * sizeof *self->items);
    if (self->starts)
        cxm_release(allocator, self->starts, (self->conversations + 1) * sizeof *self->starts);
    cxm_table_clear(&self->ids);
}
