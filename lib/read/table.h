/* SPDX-License-Identifier: MIT */
/*
 * A table of what was said, before it is read: where its rows are, what its columns are, and which
 * rows are of one conversation (table_index.c); and what its times are (table_times.c). csv.c makes
 * conversations of it.
 */
#ifndef CXM_READ_TABLE_H
#define CXM_READ_TABLE_H

#include "base/table.h"
#include "read/columns.h"

/* Where a row stands. */
typedef struct cxm_table_row {
    size_t at;
    uint32_t line;
    uint32_t conversation;
} cxm_table_row;

/* How a table begins. */
typedef struct cxm_table_head {
    cxm_columns columns;
    char delimiter;
    bool has_separator; /* a line "sep=;" says which it is */
    size_t rows_at;     /* where the rows start */
    size_t rows_line;
    size_t header_at; /* where the row of names is */
    size_t header_line;
    int score; /* how sure it is that this is a table; 0: it is none */
} cxm_table_head;

typedef struct cxm_turn_table {
    cxm_reader *reader;
    cxm_table_head head;
    cxm_rows rows;
    cxm_cell *names; /* of the columns; none where the table has no names */
    size_t name_count;
    cxm_table_row *items; /* those of one conversation stand together, in their order */
    size_t count;
    size_t capacity;
    size_t *starts; /* of each conversation, an index of items; one more at the end */
    size_t conversations;
    size_t next;       /* the conversation to be read next */
    cxm_table ids;     /* id -> number of the conversation */
    bool is_of_calls;  /* a row is a conversation: its text has the turns */
    bool is_of_pieces; /* a row is a piece that a recognizer heard, not a turn */
    double unit;       /* seconds that a number counts */
} cxm_turn_table;

/* Looks at the beginning of a text. */
void cxm_table_head_find(cxm_table_head *self, cxm_str text, const cxm_column_rule *rules,
                         size_t rule_count);

/* Finds all rows. CXM_OK, CXM_E_NOMEM, or what is wrong with the row of names. */
cxm_status cxm_turn_table_index(cxm_turn_table *self, cxm_reader *reader, cxm_error *error);
void cxm_turn_table_clear(cxm_turn_table *self);

/* The cell of a field in the row that was read last; NULL where there is none. */
const cxm_cell *cxm_turn_table_cell(const cxm_turn_table *self, cxm_field field);

/* How a time is written. */
typedef enum cxm_time_form {
    CXM_TIME_NONE,   /* nothing is written */
    CXM_TIME_OFFSET, /* seconds, from the start or since 1970 */
    CXM_TIME_CLOCK,  /* a clock time, of the day or from the start */
    CXM_TIME_BROKEN
} cxm_time_form;

/* Reads a time; `unit` is what a number without one counts in seconds. */
cxm_time_form cxm_table_time(cxm_str cell, double unit, double *seconds);

/* What numbers that are times count, from the first rows: 1 or 1e-3. */
double cxm_turn_table_unit(cxm_turn_table *self);

#endif
