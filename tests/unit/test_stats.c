/* SPDX-License-Identifier: MIT */
/* The figures of `cxmine eval`, against values worked out by other means. */
#include "stats.h"

#include "support.h"

#include <math.h>

static void expect_rate(cli_rate rate, double value, double low, double high) {
    ck_assert(rate.known);
    ck_assert_double_eq_tol(rate.value, value, 5e-5);
    ck_assert_double_eq_tol(rate.low, low, 5e-5);
    ck_assert_double_eq_tol(rate.high, high, 5e-5);
}

typedef struct wilson_case {
    size_t part;
    size_t whole;
    double low;
    double high;
} wilson_case;

/* Newcombe (1998), table I, and the closed form for none and all: z^2 / (n + z^2). */
static const wilson_case wilson_cases[] = {
    {81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0.0000, 0.1611},
    {1, 29, 0.0061, 0.1718},   {5, 10, 0.2366, 0.7634},   {20, 20, 0.8389, 1.0000},
};

START_TEST(wilson) {
    const wilson_case *given = &wilson_cases[_i];
    double share = (double)given->part / (double)given->whole;
    expect_rate(cli_wilson(given->part, given->whole), share, given->low, given->high);
}
END_TEST

START_TEST(wilson_of_nothing) {
    ck_assert(!cli_wilson(0, 0).known);
}
END_TEST

START_TEST(rates_of_counts) {
    cli_quality quality = cli_quality_of((cli_counts){.hits = 8, .alarms = 2, .misses = 4});
    expect_rate(quality.precision, 0.8, 0.4902, 0.9433);
    expect_rate(quality.recall, 8 / 12.0, 0.3906, 0.8619);
    /* 8 of 14 has 0.3259 to 0.7862, and F1 = 2J / (1 + J). */
    expect_rate(quality.f1, 16 / 22.0, 0.4916, 0.8803);
}
END_TEST

START_TEST(quality_without_some) {
    cli_quality never_found = cli_quality_of((cli_counts){.misses = 3});
    ck_assert(!never_found.precision.known);
    ck_assert(never_found.recall.known);
    ck_assert_double_eq(never_found.f1.value, 0);
    ck_assert(!cli_quality_of((cli_counts){0}).f1.known);
}
END_TEST

/* Two rates: the square-and-add rule by hand. */
START_TEST(mean) {
    cli_rate rates[] = {{true, 0.8, 0.5, 0.9}, {false, 0, 0, 0}, {true, 0.6, 0.2, 0.8}};
    double below = sqrt(0.3 * 0.3 + 0.4 * 0.4);
    double above = sqrt(0.1 * 0.1 + 0.2 * 0.2);
    expect_rate(cli_mean_rate(rates, 3), 0.7, (1.4 - below) / 2, (1.4 + above) / 2);
    expect_rate(cli_mean_rate(rates, 1), 0.8, 0.5, 0.9);
    ck_assert(!cli_mean_rate(rates + 1, 1).known);
}
END_TEST

typedef struct mcnemar_case {
    size_t one;
    size_t other;
    double p;
} mcnemar_case;

static const mcnemar_case mcnemar_cases[] = {
    {0, 0, 1},
    {5, 5, 1},
    {0, 1, 1},               /* 2 / 2 */
    {0, 6, 2 / 64.0},        /* all of six on one side */
    {1, 9, 22 / 1024.0},     /* 2 (1 + 10) / 2^10 */
    {9, 1, 22 / 1024.0},     /* either way round */
    {2, 10, 158 / 4096.0},   /* 2 (1 + 12 + 66) / 2^12 */
    {1000, 1100, 0.0306848}, /* chi square (100 - 1)^2 / 2100 = 4.66714 */
    {4000, 4000, 1},
};

START_TEST(mcnemar) {
    const mcnemar_case *given = &mcnemar_cases[_i];
    ck_assert_double_eq_tol(cli_mcnemar(given->one, given->other), given->p, 1e-4);
}
END_TEST

/* Where the exact test ends and the approximation begins both say nearly the same. */
START_TEST(mcnemar_is_continuous) {
    ck_assert_double_eq_tol(cli_mcnemar(460, 540), cli_mcnemar(460, 541), 2e-3);
    ck_assert_double_eq_tol(cli_mcnemar(0, 1000), 0, 1e-12);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("stats");
    TCase *cases = tcase_create("stats");
    tcase_add_loop_test(cases, wilson, 0, COUNT(wilson_cases));
    tcase_add_test(cases, wilson_of_nothing);
    tcase_add_test(cases, rates_of_counts);
    tcase_add_test(cases, quality_without_some);
    tcase_add_test(cases, mean);
    tcase_add_loop_test(cases, mcnemar, 0, COUNT(mcnemar_cases));
    tcase_add_test(cases, mcnemar_is_continuous);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
