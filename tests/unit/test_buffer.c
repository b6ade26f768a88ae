/* SPDX-License-Identifier: MIT */
/* The growing run of bytes, and how it writes numbers. */
#include "base/buffer.h"

#include "support.h"

#include <math.h>
#include <stdlib.h>

static meter counter;
static cxm_buffer buffer;

static void setup(void) {
    counter = (meter){.calls = 0};
    cxm_allocator allocator = meter_allocator(&counter);
    cxm_buffer_init(&buffer, &allocator);
}

static void teardown(void) {
    cxm_buffer_clear(&buffer);
    ck_assert_uint_eq(counter.live, 0);
}

static void assert_text(const char *expected) {
    cxm_str text = cxm_buffer_str(&buffer);
    ck_assert_msg(cxm_str_is(text, expected), "'%.*s', not '%s'", (int)text.len,
                  text.len ? text.ptr : "", expected);
}

START_TEST(everything_is_appended) {
    assert_text("");
    cxm_buffer_add(&buffer, NULL, 0);
    cxm_buffer_add(&buffer, "ab", 1);
    cxm_buffer_add_str(&buffer, CXM_STR("bc"));
    cxm_buffer_add_str(&buffer, (cxm_str){NULL, 0});
    cxm_buffer_add_text(&buffer, "def");
    cxm_buffer_add_char(&buffer, 'g');
    cxm_buffer_add_repeat(&buffer, '-', 3);
    cxm_buffer_add_repeat(&buffer, '+', 0);
    cxm_buffer_add_size(&buffer, 0);
    cxm_buffer_add_size(&buffer, SIZE_MAX);
    assert_text("abcdefg---018446744073709551615");
    ck_assert(!buffer.failed);
}
END_TEST

START_TEST(growing_is_linear) {
    for (size_t i = 0; i < 1000000; i++)
        cxm_buffer_add_char(&buffer, (char)('a' + i % 26));
    ck_assert_uint_eq(buffer.len, 1000000);
    ck_assert_uint_lt(counter.calls, 60);
    for (size_t i = 0; i < 1000000; i++)
        ENSURE(buffer.ptr[i] == (char)('a' + i % 26));
}
END_TEST

START_TEST(failure_is_sticky) {
    cxm_buffer_add_text(&buffer, "abc");
    counter.fail_at = counter.calls + 1;
    cxm_buffer_add_repeat(&buffer, 'x', 1000);
    ck_assert(buffer.failed);
    cxm_buffer_add_text(&buffer, "d");
    assert_text("abc");
    cxm_buffer_reset(&buffer);
    ck_assert(!buffer.failed);
    cxm_buffer_add_text(&buffer, "e");
    assert_text("e");
    cxm_buffer_add_repeat(&buffer, 'x', SIZE_MAX);
    ck_assert(buffer.failed);
}
END_TEST

typedef struct number_case {
    double number;
    int decimals;
    const char *text;
} number_case;

static const number_case number_cases[] = {
    {0, 0, "0"},
    {0, 3, "0"},
    {-0.0, 3, "0"},
    {1, 2, "1"},
    {1.5, 2, "1.5"},
    {1.50, 0, "2"},
    {1.25, 1, "1.3"},
    {0.1, 9, "0.1"},
    {0.004, 2, "0"},
    {0.005, 2, "0.01"},
    {-0.004, 2, "0"},
    {-1.5, 1, "-1.5"},
    {0.999, 2, "1"},
    {9.995, 1, "10"},
    {12.34, 3, "12.34"},
    {0.05, 3, "0.05"},
    {100, 2, "100"},
    {1234567.891, 3, "1234567.891"},
    {1e15, 3, "1000000000000000"},
    {1e300, 3, "1000000000000000"},
    {-1e300, 0, "-1000000000000000"},
    {999999999999999, 0, "999999999999999"},
};

START_TEST(numbers) {
    const number_case *given = &number_cases[_i];
    cxm_buffer_add_number(&buffer, given->number, given->decimals);
    assert_text(given->text);
}
END_TEST

START_TEST(numbers_that_are_none) {
    cxm_buffer_add_number(&buffer, INFINITY, 2);
    cxm_buffer_add_char(&buffer, ' ');
    cxm_buffer_add_number(&buffer, NAN, 2);
    assert_text("1000000000000000 1000000000000000");
}
END_TEST

/* Whatever is written reads as the number that was given, to its decimals. */
START_TEST(numbers_read_back) {
    uint64_t seed = 3;
    for (int i = 0; i < 100000; i++) {
        double number = random_below(&seed, 1000000) + random_below(&seed, 1000000) * 1e-6;
        cxm_buffer_reset(&buffer);
        cxm_buffer_add_number(&buffer, number, 6);
        cxm_buffer_add_char(&buffer, '\0');
        ENSURE(fabs(strtod(buffer.ptr, NULL) - number) < 1e-6);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("buffer");
    TCase *cases = tcase_create("buffer");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, everything_is_appended);
    tcase_add_test(cases, growing_is_linear);
    tcase_add_test(cases, failure_is_sticky);
    tcase_add_loop_test(cases, numbers, 0, COUNT(number_cases));
    tcase_add_test(cases, numbers_that_are_none);
    tcase_add_test(cases, numbers_read_back);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
