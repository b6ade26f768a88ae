/* SPDX-License-Identifier: MIT */
/* What the columns of a table are, by their names or as the caller says. */
#ifndef CXM_READ_COLUMNS_H
#define CXM_READ_COLUMNS_H

#include "read/format.h"
#include "read/rows.h"

typedef enum cxm_field {
    CXM_FIELD_ID,
    CXM_FIELD_SPEAKER,
    CXM_FIELD_ROLE,
    CXM_FIELD_TEXT,
    CXM_FIELD_START,
    CXM_FIELD_END,
    CXM_FIELD_ORDER, /* the number of a turn in its conversation */
    CXM_FIELD_CHANNEL,
    CXM_FIELD_AGENT, /* from here on: metadata */
    CXM_FIELD_CUSTOMER,
    CXM_FIELD_QUEUE,
    CXM_FIELD_LANGUAGE,
    CXM_FIELD_DATE,
    CXM_FIELD_COUNT
} cxm_field;

#define CXM_NO_COLUMN SIZE_MAX

typedef struct cxm_columns {
    size_t of[CXM_FIELD_COUNT]; /* the index of each field's column, or CXM_NO_COLUMN */
    double unit;                /* seconds that a number of START or END counts; 0: not known */
    bool is_weak_id;            /* the id's column may as well number the rows */
    bool has_header;
} cxm_columns;

/* No column is anything. */
void cxm_columns_clear(cxm_columns *self);

/* Recognizes a row of names. Whether they say that this is a table of what was said. */
bool cxm_columns_of_header(cxm_columns *self, const cxm_cell *cells, size_t count);

/* Recognizes a row without names: a text and two times, as recognizers write for each word. */
bool cxm_columns_of_words(cxm_columns *self, const cxm_cell *cells, size_t count);

/* Applies what the caller says. The index of the first rule that names no column; rule_count where
 * all do. `count` is 0 where there is no row of names. */
size_t cxm_columns_map(cxm_columns *self, const cxm_column_rule *rules, size_t rule_count,
                       const cxm_cell *cells, size_t count);

/* The name of a field, as a rule has it. */
const char *cxm_field_name(cxm_field field);

#endif
