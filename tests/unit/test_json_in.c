/* SPDX-License-Identifier: MIT */
/* JSON as the tool reads it: what is good, what is not, and where. */
#include "json_in.h"

#include "support.h"

#include <stdlib.h>

static const char *const good[] = {
    "{}", "[]", " [ ] ", "0", "-0.5e+3", "\"\"", "true", "[null,false,1,\"x\",{\"a\":[]}]",
};

START_TEST(accepts) {
    cli_json json = {0};
    size_t column;
    ck_assert_ptr_null(cli_json_parse(&json, cxm_str_from(good[_i]), &column));
    ck_assert_uint_eq(json.values[0].span, json.count);
    cli_json_clear(&json);
}
END_TEST

typedef struct bad_case {
    const char *text;
    size_t column;
} bad_case;

static const bad_case bad[] = {
    {"", 1},
    {"  ", 3},
    {"{", 2},
    {"[1", 3},
    {"[1,]", 4},
    {"[1 2]", 4},
    {"{1}", 2},
    {"{\"a\" 1}", 6},
    {"{\"a\":}", 6},
    {"\"a", 3},
    {"\"\\q\"", 3},
    {"\"\x01\"", 2},
    {"\"\\u12g4\"", 6},
    {"01", 2},
    {"-", 2},
    {"1.", 3},
    {"1e", 3},
    {"nul", 1},
    {"{} x", 4},
    {"\"\\ud800\"", 8},
    {"\"\\udc00\"", 8},
    {"\"\\ud83d\\u0041\"", 14},
};

START_TEST(rejects) {
    cli_json json = {0};
    size_t column;
    ck_assert_ptr_nonnull(cli_json_parse(&json, cxm_str_from(bad[_i].text), &column));
    ck_assert_uint_eq(column, bad[_i].column);
    cli_json_clear(&json);
}
END_TEST

typedef struct string_case {
    const char *text;
    const char *means;
} string_case;

static const string_case strings[] = {
    {"\"plain\"", "plain"},
    {"\"a\\\"b\\\\c\\/d\"", "a\"b\\c/d"},
    {"\"\\b\\f\\n\\r\\t\"", "\b\f\n\r\t"},
    {"\"\\u0041\\u00e9\\u20AC\"", "A\xC3\xA9\xE2\x82\xAC"},
    {"\"\\ud83d\\ude00!\"", "\xF0\x9F\x98\x80!"},
};

START_TEST(reads_strings) {
    cli_json json = {0};
    size_t column;
    ck_assert_ptr_null(cli_json_parse(&json, cxm_str_from(strings[_i].text), &column));
    ck_assert(cxm_str_is(json.values[0].text, strings[_i].means));
    cli_json_clear(&json);
}
END_TEST

START_TEST(walks) {
    cli_json json = {0};
    size_t column;
    cxm_str text = cxm_str_from("{\"a\": [1, [2], 3], \"b\": \"x\", \"\\u0062\": \"y\"}");
    ck_assert_ptr_null(cli_json_parse(&json, text, &column));
    const cli_json_value *list = cli_json_member(json.values, "a");
    size_t count = 0;
    for (const cli_json_value *at = cli_json_first(list); at; at = cli_json_next(list, at))
        count++;
    ck_assert_uint_eq(count, 3);
    ck_assert(cxm_str_is(cli_json_member(json.values, "b")->text, "y")); /* the last counts */
    ck_assert_ptr_null(cli_json_member(json.values, "c"));
    ck_assert_ptr_null(cli_json_member(list, "a"));
    /* The same tree takes the next document. */
    ck_assert_ptr_null(cli_json_parse(&json, cxm_str_from("[]"), &column));
    ck_assert_ptr_null(cli_json_first(json.values));
    cli_json_clear(&json);
}
END_TEST

START_TEST(is_bounded_in_depth) {
    enum { DEEP = 100000 };
    char *text = malloc(DEEP);
    cli_json json = {0};
    size_t column;
    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < DEEP; i++)
        text[i] = '[';
    ck_assert_ptr_nonnull(cli_json_parse(&json, (cxm_str){text, DEEP}, &column));
    ck_assert_uint_eq(column, CLI_JSON_MAX_DEPTH + 2);
    cli_json_clear(&json);
    free(text);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("json_in");
    TCase *cases = tcase_create("json_in");
    tcase_add_loop_test(cases, accepts, 0, COUNT(good));
    tcase_add_loop_test(cases, rejects, 0, COUNT(bad));
    tcase_add_loop_test(cases, reads_strings, 0, COUNT(strings));
    tcase_add_test(cases, walks);
    tcase_add_test(cases, is_bounded_in_depth);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
