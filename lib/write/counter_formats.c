/* SPDX-License-Identifier: MIT */
/* Groups as a table for people, as JSON Lines, and as comma-separated values. */
#include "base/str.h"
#include "write/counter.h"
#include "write/csv.h"
#include "write/json.h"
#include "write/screen.h"

#include <math.h>

static cxm_interval share_interval(const cxm_group *group) {
    return cxm_wilson(group->found, group->conversations);
}

/* Matches are far fewer than words; where they are not, there is no more than one a word. */
static cxm_interval rate_interval(const cxm_group *group) {
    size_t matches = group->matches < group->words ? group->matches : group->words;
    return cxm_wilson(matches, group->words);
}

/* ---- Text ---- */

enum { NAME_COLUMNS = 28, COUNT_COLUMNS = 9, RATE_COLUMNS = 8, INTERVAL_COLUMNS = 14 };

/* A number with a fixed number of decimals: 1.50. */
static void add_fixed(cxm_buffer *out, double number, int decimals) {
    static const double powers[] = {1, 10, 100};
    size_t scaled = (size_t)llround(number * powers[decimals]);
    size_t one = (size_t)powers[decimals];
    cxm_buffer_add_size(out, scaled / one);
    cxm_buffer_add_char(out, '.');
    for (one /= 10; one; one /= 10)
        cxm_buffer_add_char(out, (char)('0' + scaled / one % 10));
}

/* Fills up to `columns`, from the left, what was added since `start`. */
static void push_right(cxm_buffer *out, size_t start, size_t columns) {
    char cell[64];
    if (out->failed || out->len - start > sizeof cell)
        return;
    size_t len = out->len - start;
    size_t taken = cxm_screen_columns((cxm_str){out->ptr + start, len});
    memcpy(cell, out->ptr + start, len);
    out->len = start;
    cxm_buffer_add_repeat(out, ' ', taken < columns ? columns - taken : 0);
    cxm_buffer_add(out, cell, len);
}

static void add_count(cxm_buffer *out, size_t count) {
    size_t start = out->len;
    cxm_buffer_add_char(out, ' ');
    cxm_buffer_add_size(out, count);
    push_right(out, start, COUNT_COLUMNS);
}

/* A rate per hundred and its interval; dashes where there is nothing to have a rate of. */
static void add_rate(cxm_buffer *out, double rate, cxm_interval interval, bool any, int decimals) {
    size_t start = out->len;
    cxm_buffer_add_char(out, ' ');
    if (any)
        add_fixed(out, 100 * rate, decimals);
    else
        cxm_buffer_add_char(out, '-');
    push_right(out, start, RATE_COLUMNS);
    start = out->len;
    cxm_buffer_add_char(out, ' ');
    if (any) {
        add_fixed(out, 100 * interval.low, decimals);
        cxm_buffer_add_text(out, "–");
        add_fixed(out, 100 * interval.high, decimals);
    } else {
        cxm_buffer_add_char(out, '-');
    }
    push_right(out, start, INTERVAL_COLUMNS);
}

static void add_header(cxm_buffer *out, cxm_str title, size_t columns) {
    cxm_screen_add_left(out, title, columns);
    cxm_screen_add_right(out, CXM_STR("of"), COUNT_COLUMNS);
    cxm_screen_add_right(out, CXM_STR("with"), COUNT_COLUMNS);
    cxm_screen_add_right(out, CXM_STR("%"), RATE_COLUMNS);
    cxm_screen_add_right(out, CXM_STR("95 %"), INTERVAL_COLUMNS);
    cxm_screen_add_right(out, CXM_STR("matches"), COUNT_COLUMNS);
    cxm_screen_add_right(out, CXM_STR("/100 w"), RATE_COLUMNS);
    cxm_screen_add_right(out, CXM_STR("95 %"), INTERVAL_COLUMNS);
    cxm_buffer_add_char(out, '\n');
}

static size_t name_columns(cxm_str title, const cxm_group *groups, size_t count) {
    size_t widest = cxm_screen_columns(title);
    for (size_t i = 0; i < count; i++) {
        size_t columns = cxm_screen_columns(groups[i].name);
        widest = columns > widest ? columns : widest;
    }
    return widest < NAME_COLUMNS ? widest : NAME_COLUMNS;
}

static void add_name(cxm_buffer *out, cxm_str name, size_t columns) {
    size_t start = out->len;
    cxm_screen_add_cut(out, name, columns);
    if (out->failed)
        return;
    size_t taken = cxm_screen_columns((cxm_str){out->ptr + start, out->len - start});
    cxm_buffer_add_repeat(out, ' ', taken < columns ? columns - taken : 0);
}

void cxm_counter_text(cxm_counter *self, const cxm_group *groups, size_t count) {
    cxm_buffer *out = &self->out;
    cxm_str title = cxm_counter_title(self);
    size_t columns = name_columns(title, groups, count);
    add_header(out, title, columns);
    for (size_t i = 0; i < count; i++) {
        const cxm_group *group = &groups[i];
        add_name(out, group->name, columns);
        add_count(out, group->conversations);
        add_count(out, group->found);
        add_rate(out, cxm_group_share(group), share_interval(group), group->conversations > 0, 1);
        add_count(out, group->matches);
        add_rate(out, cxm_group_rate(group), rate_interval(group), group->words > 0, 2);
        cxm_buffer_add_char(out, '\n');
    }
}

/* ---- JSON Lines ---- */

static void add_number(cxm_buffer *out, const char *key, double number) {
    cxm_json_key(out, key);
    cxm_buffer_add_number(out, number, 6);
}

static void add_null(cxm_buffer *out, const char *key) {
    cxm_json_key(out, key);
    cxm_buffer_add_text(out, "null");
}

static void add_json_rate(cxm_buffer *out, const char *const keys[3], double rate,
                          cxm_interval interval, bool any, double scale) {
    if (!any) {
        for (int i = 0; i < 3; i++)
            add_null(out, keys[i]);
        return;
    }
    add_number(out, keys[0], scale * rate);
    add_number(out, keys[1], scale * interval.low);
    add_number(out, keys[2], scale * interval.high);
}

static const char *const share_keys[] = {"share", "share_low", "share_high"};
static const char *const rate_keys[] = {"per_100_words", "per_100_words_low", "per_100_words_high"};

void cxm_counter_jsonl(cxm_counter *self, const cxm_group *groups, size_t count) {
    cxm_buffer *out = &self->out;
    for (size_t i = 0; i < count; i++) {
        const cxm_group *group = &groups[i];
        cxm_buffer_add_char(out, '{');
        cxm_json_string_member(out, "by", cxm_counter_title(self));
        cxm_json_string_member(out, "group", group->name);
        cxm_json_size_member(out, "conversations", group->conversations);
        cxm_json_size_member(out, "found", group->found);
        add_json_rate(out, share_keys, cxm_group_share(group), share_interval(group),
                      group->conversations > 0, 1);
        cxm_json_size_member(out, "matches", group->matches);
        cxm_json_size_member(out, "words", group->words);
        add_json_rate(out, rate_keys, cxm_group_rate(group), rate_interval(group), group->words > 0,
                      100);
        cxm_buffer_add(out, "}\n", 2);
    }
}

/* ---- CSV ---- */

static void add_csv_rate(cxm_buffer *out, double rate, cxm_interval interval, bool any,
                         double scale) {
    cxm_csv_number(out, any ? scale * rate : -1);
    cxm_csv_number(out, any ? scale * interval.low : -1);
    cxm_csv_number(out, any ? scale * interval.high : -1);
}

void cxm_counter_csv(cxm_counter *self, const cxm_group *groups, size_t count) {
    static const char *const names[] = {"conversations", "found"};
    cxm_buffer *out = &self->out;
    cxm_csv_cell(out, cxm_counter_title(self));
    for (int i = 0; i < 2; i++)
        cxm_csv_cell(out, cxm_str_from(names[i]));
    for (int i = 0; i < 3; i++)
        cxm_csv_cell(out, cxm_str_from(share_keys[i]));
    cxm_csv_cell(out, CXM_STR("matches"));
    cxm_csv_cell(out, CXM_STR("words"));
    for (int i = 0; i < 3; i++)
        cxm_csv_cell(out, cxm_str_from(rate_keys[i]));
    cxm_csv_end(out);
    for (size_t i = 0; i < count; i++) {
        const cxm_group *group = &groups[i];
        cxm_csv_cell(out, group->name);
        cxm_csv_size(out, group->conversations);
        cxm_csv_size(out, group->found);
        add_csv_rate(out, cxm_group_share(group), share_interval(group), group->conversations > 0,
                     1);
        cxm_csv_size(out, group->matches);
        cxm_csv_size(out, group->words);
        add_csv_rate(out, cxm_group_rate(group), rate_interval(group), group->words > 0, 100);
        cxm_csv_end(out);
    }
}
