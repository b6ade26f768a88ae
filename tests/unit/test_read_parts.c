/* SPDX-License-Identifier: MIT */
/* The parts that readers of captions, tables and pages are made of, and how they bear hostile
 * input. */
#include "base/memory.h"
#include "read/caption.h"
#include "read/clock.h"
#include "read/rows.h"
#include "read/table.h"
#include "support.h"
#include "text/entity.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- Rows ---- */

/* A table, and its rows as "cell|cell" lines, with what each cell says. */
static const struct {
    const char *text;
    const char *rows;
} tables[] = {
    {"a,b\nc,d\n", "a|b\nc|d\n"},
    {"a,b\r\nc,d", "a|b\nc|d\n"},
    {"a,b\rc,d\r", "a|b\nc|d\n"},
    {"a,,\n,\n\nb", "a||\n|\n\nb\n"},
    {"\"a,b\",\"c\nd\"\n", "a,b|c\nd\n"},
    {"\"a \"\"b\"\" c\",d\n", "a \"b\" c|d\n"},
    {"\"\",\"\"\"\"\n", "|\"\n"},
    {" \"a\" , \"b,c\"\n", "a|b,c\n"},
    {"5\" screen,a \"b\" c\n", "5\" screen|a \"b\" c\n"},
    {"\"a\"b,c\"\nd\n", "a\"b,c\nd\n"},
    {"\"never closed,b\nc,d\n", "\"never closed|b\nc|d\n"},
    {"", ""},
};

START_TEST(rows_are_those_of_rfc_4180) {
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    char shown[256] = "";
    cxm_rows rows;
    cxm_arena strings;
    cxm_arena_init(&strings, &allocator);
    cxm_rows_init(&rows, &allocator, cxm_str_from(tables[_i].text), ',');
    while (cxm_rows_next(&rows)) {
        for (size_t i = 0; i < rows.count; i++) {
            cxm_str cell = cxm_cell_text(&rows.cells[i], &strings);
            size_t len = strlen(shown);
            snprintf(shown + len, sizeof shown - len, "%s%.*s", i ? "|" : "", (int)cell.len,
                     cell.len ? cell.ptr : "");
        }
        strcat(shown, "\n");
    }
    ck_assert_str_eq(shown, tables[_i].rows);
    cxm_rows_clear(&rows);
    cxm_arena_clear(&strings);
}
END_TEST

START_TEST(rows_know_their_lines) {
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    cxm_rows rows;
    cxm_rows_init(&rows, &allocator, CXM_STR("a\n\"b\r\nc\rd\",x\n\ne"), ',');
    static const size_t lines[] = {1, 2, 5, 6};
    size_t second = 0;
    for (size_t i = 0; i < COUNT(lines); i++) {
        second = i == 1 ? rows.at : second;
        ck_assert(cxm_rows_next(&rows));
        ck_assert_uint_eq(rows.row_line, lines[i]);
    }
    ck_assert(!cxm_rows_next(&rows));
    cxm_rows_seek(&rows, second, 2);
    ck_assert(cxm_rows_next(&rows) && rows.count == 2 && rows.row_line == 2);
    cxm_rows_clear(&rows);
}
END_TEST

/* ---- Times ---- */

static const struct {
    const char *text;
    double unit;
    cxm_time_form form;
    double seconds;
} times[] = {
    {"", 1, CXM_TIME_NONE, -1},
    {" 12.5 ", 1, CXM_TIME_OFFSET, 12.5},
    {"1500", 1e-3, CXM_TIME_OFFSET, 1.5},
    {"1768471200", 1, CXM_TIME_OFFSET, 1768471200},
    {"1768471200500", 1, CXM_TIME_OFFSET, 1768471200.5},
    {"1768471200500", 1e-3, CXM_TIME_OFFSET, 1768471200.5},
    {"1768471200500000", 1, CXM_TIME_OFFSET, 1768471200.5},
    {"2026-01-15T10:00:00Z", 1, CXM_TIME_OFFSET, 1768471200},
    {"2026-01-15 10:00:00", 1, CXM_TIME_OFFSET, 1768471200},
    {"PT1M2.5S", 1, CXM_TIME_OFFSET, 62.5},
    {"01:02", 1, CXM_TIME_CLOCK, 62},
    {"1:00:02.25", 1, CXM_TIME_CLOCK, 3602.25},
    {"10:30 AM", 1, CXM_TIME_CLOCK, 37800},
    {"12:05 am", 1, CXM_TIME_CLOCK, 300},
    {"12:05:01 p.m.", 1, CXM_TIME_CLOCK, 43501},
    {"11:59pm", 1, CXM_TIME_CLOCK, 86340},
    {"04/25/2025 10:30 AM", 1, CXM_TIME_CLOCK, 37800},
    {"25.04.2025, 10:30", 1, CXM_TIME_CLOCK, 37800},
    {"13:30 PM", 1, CXM_TIME_BROKEN, -1},
    {"soon", 1, CXM_TIME_BROKEN, -1},
    {"-3", 1, CXM_TIME_BROKEN, -1},
};

START_TEST(times_in_whatever_way) {
    double seconds;
    ck_assert_int_eq(cxm_table_time(cxm_str_from(times[_i].text), times[_i].unit, &seconds),
                     times[_i].form);
    ck_assert_double_eq_tol(seconds, times[_i].seconds, 1e-6);
}
END_TEST

static const struct {
    const char *text;
    size_t used;
    double seconds;
} cue_times[] = {
    {"00:01.500 -->", 9, 1.5},
    {"01:02:03.004", 12, 3723.004},
    {"1:02:03.004", 11, 3723.004},
    {"100:00:00.000", 13, 360000},
    {"0:03,250", 8, 3.25},
    {"000:01.500", 0, 0},
    {"00:60.000", 0, 0},
    {"60:00.000", 0, 0},
    {"00:01.50", 0, 0},
    {"00:01.5000", 0, 0},
    {"00:01", 0, 0},
    {"00:1.500", 0, 0},
    {"12345:00:00.000", 0, 0},
    {"", 0, 0},
};

START_TEST(times_of_cues) {
    double seconds = 0;
    ck_assert_uint_eq(cxm_cue_time_scan(cxm_str_from(cue_times[_i].text), &seconds),
                      cue_times[_i].used);
    if (cue_times[_i].used)
        ck_assert_double_eq(seconds, cue_times[_i].seconds);
}
END_TEST

static const struct {
    const char *text;
    size_t used;
    uint32_t code_point;
} entities[] = {
    {"&amp; x", 5, '&'}, {"&#39;", 5, '\''},       {"&#x27;", 6, '\''}, {"&#X1F600;", 9, 0x1F600},
    {"&nbsp;", 6, 0xA0}, {"&amp", 0, 0},           {"&nosuch;", 0, 0},  {"&#0;", 0, 0},
    {"&#xD800;", 0, 0},  {"&#1114112;", 0, 0},     {"&#;", 0, 0},       {"&", 0, 0},
    {"& amp;", 0, 0},    {"&#99999999999;", 0, 0},
};

START_TEST(character_references) {
    uint32_t code_point = 0;
    ck_assert_uint_eq(cxm_entity_scan(cxm_str_from(entities[_i].text), &code_point),
                      entities[_i].used);
    ck_assert_uint_eq(code_point, entities[_i].code_point);
}
END_TEST

/* ---- Hostile input ---- */

/* Pieces that are repeated to a megabyte or two: each is of a kind that costs a careless parser the
 * square of its length. */
static const struct {
    const char *format;
    const char *before;
    const char *piece;
} hostile[] = {
    {"vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n", "<"},
    {"vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n", "<v "},
    {"vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n", "<v a>b</v>"},
    {"vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n", "{\\"},
    {"vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n", "&#"},
    {"vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n", "<00:01.500>a"},
    {"vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n", "Dana: a\n"},
    {"vtt", "WEBVTT\n\n", "00:01.000 --> 00:02.000\n"},
    {"vtt", "", "-->"},
    {"srt", "", "1\n00:00:01,000 --> 00:00:02,000\nDana: a\n"},
    {"srt", "00:00:01,000 --> 00:00:02,000\n", "7\n"},
    {"srt", "00:00:01,000 --> 00:00:02,000\n", "["},
    {"whisper-text", "", "[00:01.000 --> 00:02.000] ("},
    {"csv", "id,speaker,text\n", "1,Dana,\"a\n"},
    {"csv", "id,speaker,text\n", "\""},
    {"csv", "id,speaker,text\n", ","},
    {"csv", "id,speaker,text\n", "1,Dana,a,b\n"},
    {"csv", "id,text\n", "1,\"Agent: a\nCustomer: b\"\n"},
    {"csv", "id,speaker,text\n1,Dana,", "\"\""},
    {"html", "<p>", "<!--"},
    {"html", "<p>", "<script>"},
    {"html", "<p>", "<"},
    {"html", "<p>", "<p >&"},
    {"plain", "Agent: a. ", "Customer: b. "},
    {"plain", "Agent: a. ", ": "},
    {"plain", "", "Agent - "},
    {"plain", "", "[a | "},
    {"plain", "", "[10:00 AM] <"},
};

START_TEST(hostile_input_costs_in_proportion) {
    enum { BYTES = 1 << 20 };
    size_t piece = strlen(hostile[_i].piece);
    size_t before = strlen(hostile[_i].before);
    size_t len;
    char *pieces = repeat(hostile[_i].piece, BYTES / piece, &len);
    char *bytes = malloc(before + len);
    ck_assert_ptr_nonnull(bytes);
    memcpy(bytes, hostile[_i].before, before);
    memcpy(bytes + before, pieces, len);
    cxm_reader_options options = CXM_READER_OPTIONS_INIT;
    options.format = hostile[_i].format;
    double start = seconds_taken();
    cxm_reader *reader;
    cxm_transcript *transcript = NULL;
    if (cxm_reader_new((cxm_str){bytes, before + len}, &options, &reader, NULL) == CXM_OK)
        do {
            cxm_transcript_free(transcript);
            transcript = NULL;
            if (cxm_reader_next(reader, &transcript, NULL) != CXM_OK)
                break;
        } while (transcript);
    cxm_reader_free(reader);
    double taken = seconds_taken() - start;
    ck_assert_msg(taken < slow_seconds(1.0), "%s, '%s': %.2f s", hostile[_i].format,
                  hostile[_i].piece, taken);
    free(bytes);
    free(pieces);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("read_parts");
    TCase *tests = tcase_create("parts");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, rows_are_those_of_rfc_4180, 0, COUNT(tables));
    tcase_add_test(tests, rows_know_their_lines);
    tcase_add_loop_test(tests, times_in_whatever_way, 0, COUNT(times));
    tcase_add_loop_test(tests, times_of_cues, 0, COUNT(cue_times));
    tcase_add_loop_test(tests, character_references, 0, COUNT(entities));
    tcase_add_loop_test(tests, hostile_input_costs_in_proportion, 0, COUNT(hostile));
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
