/* SPDX-License-Identifier: MIT */
/* Tables: a row is a turn, a piece of one, or a whole conversation. */
#include "base/utf8.h"
#include "read/plain.h"
#include "read/segments.h"
#include "read/table.h"

#define EXPECTED_CELLS "expected a cell for each column up to the text"
#define EXPECTED_QUOTE "expected the end of a quote"
#define EXPECTED_TIME "expected a time, as 12.5, 0:12, 2026-01-15T10:00:12Z"
#define EXPECTED_UTF8 "expected UTF-8 in a row"
#define EXPECTED_FEWER "expected no more cells than there are columns"

#define SKIP_SHORT "row without a cell for the text"
#define SKIP_ENCODING "row that is not UTF-8"
#define SKIP_REPEATED "repeated row"

/* A conversation while its rows are read. */
typedef struct reading {
    cxm_turn_table *table;
    cxm_segments all;
    cxm_stretch row;  /* the one that is being read */
    cxm_str *extra;   /* what other columns say, while all rows say the same */
    bool *is_varying; /* ... and whether they do not */
    bool has_clock;   /* there is a time of the day, or a clock */
    bool is_falling;  /* no row is later than the one before, and some are earlier */
    bool is_rising;
    double last;
    double last_order;
    bool is_unordered; /* by the numbers of the turns */
} reading;

static cxm_str take(reading *self, cxm_field field) {
    const cxm_cell *cell = cxm_turn_table_cell(self->table, field);
    if (!cell)
        return (cxm_str){"", 0};
    cxm_str text = cxm_cell_text(cell, &self->all.strings);
    if (!text.ptr) {
        self->all.failed = true;
        return (cxm_str){"", 0};
    }
    return cxm_str_trim(text);
}

static void problem(reading *self, const char *expected) {
    cxm_reader_problem_add(self->table->reader, &self->row, 0, expected);
}

/* Moves to a row. false: it cannot be read, and that has been told. */
static bool take_row(reading *self, const cxm_table_row *row) {
    cxm_turn_table *table = self->table;
    cxm_rows *rows = &table->rows;
    cxm_rows_seek(rows, row->at, row->line);
    if (!cxm_rows_next(rows)) {
        self->all.failed = true;
        return false;
    }
    cxm_str text = cxm_str_slice(rows->text, rows->row_start, rows->row_end);
    self->row = (cxm_stretch){text, table->reader->at + rows->row_start, rows->row_line};
    if (rows->is_unclosed)
        problem(self, EXPECTED_QUOTE);
    if (!cxm_utf8_valid(text.ptr, text.len)) {
        problem(self, EXPECTED_UTF8);
        cxm_segments_skip(&self->all, SKIP_ENCODING);
        return false;
    }
    if (!cxm_turn_table_cell(table, CXM_FIELD_TEXT)) {
        problem(self, EXPECTED_CELLS);
        cxm_segments_skip(&self->all, SKIP_SHORT);
        return false;
    }
    return true;
}

/* The text of a row. Where it stands in the last column, too many cells are a text with delimiters
 * that should have been quoted. */
static cxm_str text_of(reading *self) {
    const cxm_turn_table *table = self->table;
    const cxm_rows *rows = &table->rows;
    size_t column = table->head.columns.of[CXM_FIELD_TEXT];
    if (table->name_count && rows->count > table->name_count) {
        problem(self, EXPECTED_FEWER);
        if (column + 1 == table->name_count) {
            const char *start = rows->cells[column].text.ptr;
            size_t offset = (size_t)(start - rows->text.ptr);
            return cxm_str_trim(cxm_str_slice(rows->text, offset, rows->row_end));
        }
    }
    return take(self, CXM_FIELD_TEXT);
}

static double time_of(reading *self, cxm_field field) {
    double seconds;
    cxm_time_form form = cxm_table_time(take(self, field), self->table->unit, &seconds);
    if (form == CXM_TIME_BROKEN)
        problem(self, EXPECTED_TIME);
    self->has_clock |= form == CXM_TIME_CLOCK && field == CXM_FIELD_START;
    return seconds;
}

static cxm_role role_of(const reading *self, cxm_str label) {
    cxm_role role;
    bool is_known = label.len && cxm_reader_label(self->table->reader, label, &role);
    return is_known ? role : CXM_ROLE_UNKNOWN;
}

/* Who speaks. Where only the role stands with a turn, the name may stand in a column of its own. */
static void set_speaker(reading *self, cxm_segment *segment) {
    cxm_str speaker = take(self, CXM_FIELD_SPEAKER);
    cxm_str role = take(self, CXM_FIELD_ROLE);
    segment->role = role_of(self, role);
    cxm_role meant = segment->role ? segment->role : role_of(self, speaker);
    cxm_str name = meant == CXM_ROLE_AGENT      ? take(self, CXM_FIELD_AGENT)
                   : meant == CXM_ROLE_CUSTOMER ? take(self, CXM_FIELD_CUSTOMER)
                                                : (cxm_str){"", 0};
    bool is_role_only = speaker.len == 0 || (role_of(self, speaker) && role.len == 0);
    segment->speaker = speaker.len ? speaker : role;
    if (is_role_only && name.len) {
        segment->speaker = name;
        segment->role = meant;
    }
}

/* Follows whether the rows are in the order of their times, and of their numbers. */
static void see_order(reading *self, double start) {
    double order;
    if (start >= 0) {
        self->is_falling |= self->last >= 0 && start < self->last;
        self->is_rising |= self->last >= 0 && start > self->last;
        self->last = start;
    }
    if (cxm_table_time(take(self, CXM_FIELD_ORDER), 1, &order) == CXM_TIME_OFFSET) {
        self->is_unordered |= order < self->last_order;
        self->last_order = order;
    }
}

static void add_turn(reading *self) {
    cxm_segment segment = {.text = text_of(self),
                           .channel = take(self, CXM_FIELD_CHANNEL),
                           .start = time_of(self, CXM_FIELD_START),
                           .end = time_of(self, CXM_FIELD_END),
                           .is_message = !self->table->is_of_pieces,
                           .offset = 0};
    set_speaker(self, &segment);
    see_order(self, segment.start);
    cxm_segments_add(&self->all, &segment);
}

/* What the other columns say is metadata, if they say it of the whole conversation. */
static void see_extra(reading *self, bool is_first) {
    const cxm_turn_table *table = self->table;
    for (size_t i = 0; i < table->name_count; i++) {
        cxm_str value = {"", 0};
        if (self->is_varying[i])
            continue;
        if (i < table->rows.count) {
            value = cxm_cell_text(&table->rows.cells[i], &self->all.strings);
            self->all.failed |= !value.ptr;
        }
        if (is_first)
            self->extra[i] = cxm_str_trim(value);
        else if (!cxm_str_equal(self->extra[i], cxm_str_trim(value)))
            self->is_varying[i] = true;
    }
}

static void see_meta(reading *self) {
    static const struct {
        cxm_field field;
        const char *key;
    } kept[] = {
        {CXM_FIELD_AGENT, CXM_META_AGENT}, {CXM_FIELD_CUSTOMER, CXM_META_CUSTOMER},
        {CXM_FIELD_QUEUE, CXM_META_QUEUE}, {CXM_FIELD_LANGUAGE, CXM_META_LANGUAGE},
        {CXM_FIELD_DATE, CXM_META_DATE},
    };
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        cxm_segments_meta(&self->all, kept[i].key, take(self, kept[i].field));
}

static void start_extra(reading *self) {
    const cxm_turn_table *table = self->table;
    for (size_t i = 0; i < table->name_count; i++) {
        self->is_varying[i] = false;
        for (int field = 0; field < CXM_FIELD_COUNT; field++)
            self->is_varying[i] |= table->head.columns.of[field] == i;
    }
}

static void add_extra(reading *self) {
    const cxm_turn_table *table = self->table;
    for (size_t i = 0; i < table->name_count; i++) {
        cxm_str name = cxm_cell_text(&table->names[i], &self->all.strings);
        cxm_str key = name.ptr ? cxm_arena_copy(&self->all.strings, cxm_str_trim(name)) : name;
        if (!key.ptr)
            self->all.failed = true;
        else if (!self->is_varying[i] && key.len && cxm_utf8_valid(key.ptr, key.len))
            cxm_segments_meta(&self->all, key.ptr, self->extra[i]);
    }
}

/* Clock times that start late are those of the day: they become times from the start. */
static void set_back(reading *self) {
    enum { HOUR = 3600, DAY = 86400 };
    cxm_segments *all = &self->all;
    double first = CXM_TIME_UNKNOWN;
    double days = 0;
    double last = 0;
    for (size_t i = 0; i < all->count; i++) {
        cxm_segment *segment = &all->items[i];
        if (segment->start < 0 || segment->start > DAY)
            continue;
        if (first < 0 && segment->start < HOUR)
            return;
        first = first < 0 ? segment->start : first;
        days += segment->start + days < last - DAY / 2 ? DAY : 0;
        segment->start += days;
        last = segment->start;
        segment->start = segment->start >= first ? segment->start - first : CXM_TIME_UNKNOWN;
        segment->end = segment->end >= 0 && segment->end + days >= first
                           ? segment->end + days - first
                           : CXM_TIME_UNKNOWN;
    }
}

/* Exports with the newest first are turned round. */
static void turn_round(cxm_segments *all) {
    for (size_t i = 0; i < all->count / 2; i++) {
        cxm_segment swapped = all->items[i];
        all->items[i] = all->items[all->count - 1 - i];
        all->items[all->count - 1 - i] = swapped;
    }
}

/* A table of turns: what one conversation has. */
static void add_rows(reading *self, size_t from, size_t to) {
    enum { FEWEST = 3 };
    bool is_first = true;
    self->last = self->last_order = CXM_TIME_UNKNOWN;
    start_extra(self);
    for (size_t i = from; i < to && !self->all.failed; i++) {
        if (!take_row(self, &self->table->items[i]))
            continue;
        add_turn(self);
        see_meta(self);
        see_extra(self, is_first);
        if (is_first)
            self->all.id = take(self, CXM_FIELD_ID);
        is_first = false;
    }
    if (!is_first)
        add_extra(self);
    self->all.order = CXM_ORDER_FILE;
    if (self->is_falling && !self->is_rising && to - from >= FEWEST)
        turn_round(&self->all);
    if (self->has_clock)
        set_back(self);
}

static bool was_text_before(const cxm_str *texts, size_t count, cxm_str text) {
    for (size_t i = 0; i < count; i++)
        if (cxm_str_equal(texts[i], text))
            return true;
    return false;
}

/* Hands over what is known of a conversation besides its turns. */
static cxm_status add_about(const cxm_segments *all, cxm_transcript_builder *builder,
                            cxm_error *error) {
    cxm_status status =
        all->id.len ? cxm_transcript_builder_set_id(builder, all->id, error) : CXM_OK;
    for (size_t i = 0; !status && i < all->meta_count; i++)
        status =
            cxm_transcript_builder_add_meta(builder, all->meta[i].key, all->meta[i].value, error);
    for (size_t i = 0; !status && i < all->skipped_count; i++)
        status = cxm_transcript_builder_add_skipped(builder, all->skipped[i].reason,
                                                    all->skipped[i].count, error);
    return status;
}

/* A table of conversations: the texts of the rows with one id, each once. An export may have a row
 * for each question about a call, with all of the call in it. */
static cxm_status add_calls(reading *self, size_t from, size_t to, cxm_transcript_builder *builder,
                            cxm_error *error) {
    enum { MOST_TEXTS = 16 };
    cxm_str texts[MOST_TEXTS];
    size_t count = 0;
    bool is_first = true;
    cxm_status status = CXM_OK;
    start_extra(self);
    for (size_t i = from; i < to && !status && !self->all.failed; i++) {
        if (!take_row(self, &self->table->items[i]))
            continue;
        cxm_str text = text_of(self);
        see_meta(self);
        see_extra(self, is_first);
        if (is_first)
            self->all.id = take(self, CXM_FIELD_ID);
        is_first = false;
        if (was_text_before(texts, count, text)) {
            cxm_segments_skip(&self->all, SKIP_REPEATED);
            continue;
        }
        if (count < MOST_TEXTS)
            texts[count++] = text;
        cxm_stretch where = {text, self->row.offset, self->row.line};
        status = cxm_plain_add(self->table->reader, &where, builder, error);
    }
    if (!is_first)
        add_extra(self);
    if (self->all.failed)
        return cxm_fail_memory(error);
    return status ? status : add_about(&self->all, builder, error);
}

static cxm_status read_calls(reading *self, size_t from, size_t to, cxm_transcript **out,
                             cxm_error *error) {
    cxm_transcript_builder *builder;
    cxm_status status = cxm_reader_builder(self->table->reader, &builder, error);
    if (status)
        return status;
    status = add_calls(self, from, to, builder, error);
    if (!status)
        status = cxm_transcript_builder_finish(builder, out, error);
    if (status)
        cxm_transcript_builder_free(builder);
    return cxm_reader_place(self->table->reader, &self->row, 0, error, status);
}

static cxm_status read_turns(reading *self, size_t from, size_t to, cxm_transcript **out,
                             cxm_error *error) {
    add_rows(self, from, to);
    return cxm_segments_finish(&self->all, &self->row, out, error);
}

/* Reads the rows [from, to). */
static cxm_status read_rows(cxm_turn_table *table, size_t from, size_t to, cxm_transcript **out,
                            cxm_error *error) {
    const cxm_allocator *allocator = &table->reader->allocator;
    size_t names = table->name_count ? table->name_count : 1;
    reading self = {.table = table, .row = {{"", 0}, 0, 1}};
    cxm_segments_init(&self.all, table->reader);
    self.extra = cxm_allocate(allocator, names * sizeof *self.extra);
    self.is_varying = cxm_allocate(allocator, names * sizeof *self.is_varying);
    cxm_status status = CXM_E_NOMEM;
    if (!self.extra || !self.is_varying)
        status = cxm_fail_memory(error);
    else if (table->is_of_calls)
        status = read_calls(&self, from, to, out, error);
    else
        status = read_turns(&self, from, to, out, error);
    cxm_release(allocator, self.extra, names * sizeof *self.extra);
    cxm_release(allocator, self.is_varying, names * sizeof *self.is_varying);
    cxm_segments_clear(&self.all);
    return status;
}

static cxm_status next(cxm_reader *self, cxm_transcript **out, cxm_error *error) {
    cxm_turn_table *table = self->state;
    table->reader = self; /* it has moved since it was opened */
    if (table->next >= table->conversations)
        return CXM_OK;
    size_t number = table->next;
    cxm_status status =
        read_rows(table, table->starts[number], table->starts[number + 1], out, error);
    if (status != CXM_E_NOMEM)
        table->next++;
    return status;
}

static cxm_status open(cxm_reader *self, cxm_error *error) {
    cxm_turn_table *table = cxm_allocate(&self->allocator, sizeof *table);
    if (!table)
        return cxm_fail_memory(error);
    cxm_status status = cxm_turn_table_index(table, self, error);
    if (status)
        cxm_release(&self->allocator, table, sizeof *table);
    else
        self->state = table;
    return status;
}

static void close(cxm_reader *self) {
    cxm_turn_table *table = self->state;
    table->reader = self;
    cxm_turn_table_clear(table);
    cxm_release(&self->allocator, self->state, sizeof(cxm_turn_table));
}

static int sniff(cxm_str head) {
    cxm_table_head found;
    cxm_table_head_find(&found, head, NULL, 0);
    return found.score;
}

const cxm_format cxm_format_csv = {
    .name = "csv",
    .sniff = sniff,
    .open = open,
    .next = next,
    .close = close,
    .summary = "tables, CSV or TSV: a row is a turn, a word or a whole conversation",
    .recognized = "a row of names of columns, one of them for the text",
};
