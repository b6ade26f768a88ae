/* SPDX-License-Identifier: MIT */
/* Failing: what an error tells, and where. */
#include "base/error.h"

#include "base/utf8.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct place_case {
    const char *text;
    size_t offset;
    uint32_t line;
    uint32_t column;
    const char *excerpt;
} place_case;

static const place_case place_cases[] = {
    {"", 0, 1, 1, ""},
    {"abc", 0, 1, 1, "abc"},
    {"abc", 2, 1, 3, "abc"},
    {"abc", 3, 1, 4, "abc"},
    {"abc", 99, 1, 4, "abc"},
    {"ab\ncd", 2, 1, 3, "ab"},
    {"ab\ncd", 3, 2, 1, "cd"},
    {"ab\ncd\n", 6, 3, 1, ""},
    {"ab\r\ncd", 5, 2, 2, "cd"},
    {"é日x", 5, 1, 3, "é日x"},
    {"\xFF\xFFx", 2, 1, 3, "\xFF\xFFx"},
    {"a\tb\x1B[31m", 2, 1, 3, "a b [31m"},
};

START_TEST(places) {
    const place_case *given = &place_cases[_i];
    cxm_place place = {CXM_STR("f.yaml"), cxm_str_from(given->text), given->offset, 0};
    cxm_error error;
    ck_assert_int_eq(cxm_fail_at(&error, CXM_E_SYNTAX, &place, "no %s", "good"), CXM_E_SYNTAX);
    ck_assert_int_eq(error.code, CXM_E_SYNTAX);
    ck_assert_uint_eq(error.line, given->line);
    ck_assert_uint_eq(error.column, given->column);
    ck_assert_uint_eq(error.caret, given->column);
    ck_assert_str_eq(error.excerpt, given->excerpt);
    ck_assert_str_eq(error.file, "f.yaml");
    ck_assert_str_eq(error.message, "no good");
}
END_TEST

/* Of a long line the part around the place is shown, and the caret points to the same byte. */
START_TEST(long_lines) {
    size_t len;
    char *line = repeat("é234567890", 100, &len);
    for (size_t column = 1; column < 1000; column += 37) {
        size_t offset = 0;
        uint32_t cp;
        for (size_t i = 1; i < column; i++)
            offset += cxm_utf8_decode(line + offset, len - offset, &cp);
        cxm_place place = {CXM_STR("f"), {line, len}, offset, 0};
        cxm_error error;
        cxm_fail_at(&error, CXM_E_SYNTAX, &place, "x");
        ck_assert_uint_eq(error.column, column);
        ck_assert(cxm_utf8_valid(error.excerpt, strlen(error.excerpt)));
        ck_assert_uint_le(error.caret, 60);
        size_t at = 0;
        for (uint32_t i = 1; i < error.caret; i++)
            at += cxm_utf8_decode(error.excerpt + at, strlen(error.excerpt) - at, &cp);
        ck_assert_int_eq(error.excerpt[at], line[offset]);
    }
    free(line);
}
END_TEST

START_TEST(first_line) {
    cxm_place place = {CXM_STR("f"), CXM_STR("a\nb"), 2, 41};
    cxm_error error;
    cxm_fail_at(&error, CXM_E_SYNTAX, &place, "x");
    ck_assert_uint_eq(error.line, 42);
}
END_TEST

START_TEST(no_place) {
    cxm_error error;
    ck_assert_int_eq(cxm_fail(&error, CXM_E_LIMIT, "%d", 7), CXM_E_LIMIT);
    ck_assert_str_eq(error.message, "7");
    ck_assert_str_eq(error.file, "");
    ck_assert_str_eq(error.excerpt, "");
    ck_assert_uint_eq(error.line, 0);
    ck_assert_uint_eq(error.column, 0);
    ck_assert_uint_eq(error.caret, 0);
    ck_assert(error.offset == UINT64_MAX);
    ck_assert_int_eq(cxm_fail(NULL, CXM_E_IO, "x"), CXM_E_IO);
    ck_assert_int_eq(cxm_fail_memory(NULL), CXM_E_NOMEM);
    ck_assert_int_eq(cxm_fail_memory(&error), CXM_E_NOMEM);
    ck_assert_str_eq(error.message, "out of memory");
}
END_TEST

/* Messages hold bytes of hostile files: they are cut on a code point, and control nothing. */
START_TEST(messages_are_tame) {
    size_t len;
    char *text = repeat("é\x1B", 400, &len);
    cxm_error error;
    cxm_fail(&error, CXM_E_SYNTAX, "%s", text);
    ck_assert_uint_lt(strlen(error.message), sizeof error.message);
    ck_assert(cxm_utf8_valid(error.message, strlen(error.message)));
    ck_assert_ptr_null(strchr(error.message, '\x1B'));
    free(text);
}
END_TEST

typedef struct cut_case {
    const char *text;
    size_t size;
    const char *cut;
} cut_case;

static const cut_case cut_cases[] = {
    {"abc", 4, "abc"}, {"abc", 3, "ab"}, {"abc", 1, ""},    {"", 1, ""},
    {"aé", 3, "a"},    {"aé", 4, "aé"},  {"日本", 4, "日"}, {"日本", 6, "日"},
};

START_TEST(cuts) {
    const cut_case *given = &cut_cases[_i];
    char out[16];
    memset(out, 'x', sizeof out);
    cxm_copy_cut(out, given->size, cxm_str_from(given->text));
    ck_assert_str_eq(out, given->cut);
    ck_assert_int_eq(out[given->size], 'x');
}
END_TEST

START_TEST(names_of_statuses) {
    for (int i = CXM_OK; i <= CXM_E_NOT_FOUND; i++)
        for (int k = CXM_OK; k < i; k++)
            ck_assert_str_ne(cxm_status_name((cxm_status)i), cxm_status_name((cxm_status)k));
    ck_assert_str_eq(cxm_status_name(CXM_E_SYNTAX), "syntax error");
    ck_assert_str_eq(cxm_status_name((cxm_status)99), "unknown status");
}
END_TEST

int main(void) {
    Suite *suite = suite_create("error");
    TCase *cases = tcase_create("error");
    tcase_add_loop_test(cases, places, 0, COUNT(place_cases));
    tcase_add_test(cases, long_lines);
    tcase_add_test(cases, first_line);
    tcase_add_test(cases, no_place);
    tcase_add_test(cases, messages_are_tame);
    tcase_add_loop_test(cases, cuts, 0, COUNT(cut_cases));
    tcase_add_test(cases, names_of_statuses);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
