/* SPDX-License-Identifier: MIT */
/* The times of a table: instants, clock times, numbers of seconds or milliseconds. */
#include "read/clock.h"
#include "read/table.h"

static double seconds_of(double number, double unit) {
    static const double microseconds = 1e14; /* since 1970; less is an earlier year than 1973 */
    static const double milliseconds = 1e11;
    return number >= microseconds   ? number * 1e-6
           : number >= milliseconds ? number / 1e3
           : unit < 1               ? number / (1 / unit)
                                    : number;
}

/* A whole number, of as many digits as microseconds since 1970 have. */
static bool is_integer(cxm_str text, double *number) {
    enum { MOST_DIGITS = 18 };
    double value = 0;
    text = cxm_str_trim(text);
    for (size_t i = 0; i < text.len; i++) {
        if (!cxm_is_digit(text.ptr[i]))
            return false;
        value = value * 10 + (text.ptr[i] - '0');
    }
    if (text.len == 0 || text.len > MOST_DIGITS)
        return false;
    *number = value;
    return true;
}

cxm_time_form cxm_table_time(cxm_str cell, double unit, double *seconds) {
    *seconds = CXM_TIME_UNKNOWN;
    cxm_str text = cxm_str_trim(cell);
    if (text.len == 0)
        return CXM_TIME_NONE;
    if (is_integer(text, seconds) ||
        (!memchr(text.ptr, ':', text.len) && cxm_seconds_parse(text, seconds))) {
        *seconds = seconds_of(*seconds, unit);
        return CXM_TIME_OFFSET;
    }
    if (cxm_instant_parse(text, seconds) || cxm_duration_parse(text, seconds))
        return CXM_TIME_OFFSET;
    bool is_of_day;
    if (cxm_day_time_scan(text, seconds, &is_of_day) == text.len)
        return CXM_TIME_CLOCK;
    *seconds = CXM_TIME_UNKNOWN;
    return CXM_TIME_BROKEN;
}

/* Turns last longer than so many milliseconds, and hardly ever so many seconds. */
double cxm_turn_table_unit(cxm_turn_table *self) {
    enum { ROWS = 200, LONGEST_TURN = 100, LONGEST_GAP = 300 };
    size_t is_long = 0;
    size_t seen = 0;
    double last = -1;
    bool has_end = self->head.columns.of[CXM_FIELD_END] != CXM_NO_COLUMN;
    if (self->head.columns.unit > 0 || self->head.columns.of[CXM_FIELD_START] == CXM_NO_COLUMN)
        return self->head.columns.unit > 0 ? self->head.columns.unit : 1;
    for (size_t i = 0; i < self->count && i < ROWS; i++) {
        double start;
        double end;
        cxm_rows_seek(&self->rows, self->items[i].at, self->items[i].line);
        if (!cxm_rows_next(&self->rows))
            break;
        const cxm_cell *from = cxm_turn_table_cell(self, CXM_FIELD_START);
        const cxm_cell *to = has_end ? cxm_turn_table_cell(self, CXM_FIELD_END) : from;
        if (!from || !to || from->text.len == 0 || to->text.len == 0)
            continue;
        if (!is_integer(from->text, &start) || !is_integer(to->text, &end))
            return 1;
        if (has_end || last >= 0) {
            seen++;
            is_long += has_end ? end - start > LONGEST_TURN : start - last > LONGEST_GAP;
        }
        last = start;
    }
    return is_long * 2 > seen ? 1e-3 : 1;
}
