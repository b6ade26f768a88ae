/* SPDX-License-Identifier: MIT */
/* Regular expressions on one word. */
#include "text/regex.h"

#include "base/memory.h"
#include "support.h"

#include <stdlib.h>

typedef struct regex_case {
    const char *pattern;
    const char *word;
    bool matches;
} regex_case;

static const regex_case regex_cases[] = {
    {"^\\d{4,}$", "1234", true},
    {"^\\d{4,}$", "123", false},
    {"^\\d{4,}$", "a1234", false},
    {"oli", "policy", true},
    {"", "policy", true},
    {"", "", true},
    {"^$", "", true},
    {"^.$", "é", true},
    {"^.$", "\xF0\x9F\x98\x80", true},
    {"^\\w+$", "éa", true}, /* Unicode properties */
    {"^\\d$", "٣", true},
    {"^[[:upper:]]", "policy", false},
    {"\\p{Han}", "日", true},
    {"(?<=pol)icy", "policy", true},
    {"^(a|b)\\1$", "aa", true},
    {"^(a|b)\\1$", "ab", false},
    {"(?i)POLICY", "policy", true},
    {"a\nb", "a\nb", true},
};

static cxm_regex *compile(const char *pattern) {
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    cxm_regex *regex;
    char message[128] = "";
    size_t offset;
    cxm_status status =
        cxm_regex_compile(cxm_str_from(pattern), &allocator, &regex, message, &offset);
    ck_assert_msg(!status, "%s: %s", pattern, message);
    return regex;
}

static cxm_regex_scratch *new_scratch(void) {
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    cxm_regex_scratch *scratch = cxm_regex_scratch_new(&allocator);
    ck_assert_ptr_nonnull(scratch);
    return scratch;
}

START_TEST(matches) {
    const regex_case *given = &regex_cases[_i];
    cxm_regex *regex = compile(given->pattern);
    cxm_regex_scratch *scratch = new_scratch();
    ck_assert_int_eq(cxm_regex_match(regex, scratch, cxm_str_from(given->word)), given->matches);
    cxm_regex_scratch_free(scratch);
    cxm_regex_free(regex);
}
END_TEST

/* What is known of all words that match holds of each: one would be passed over else. */
START_TEST(known_of_words) {
    static const char *const patterns[] = {
        "^we",         "ing$",       "(ed|ing)$", "^(a|b)?c",      "^[a-z]{3,}ly$",
        "^(?!(x)$)y",  "^\\d+(st)?", "(?i)^Ing",  "(?i)^(a|B)\\d", "^a$|^b$",
        "^a|b",        "^.?g",       "(?<=i)ng",  "^(?=.*n)o",     "^\\w{2}$",
        "^(?:we)*er$", "",           "^$",
    };
    static const char *const words[] = {
        "we", "were", "ordering", "in",  "ordered", "c",  "bc",  "only",   "fly", "y",
        "x",  "1",    "1st",      "ing", "b7",      "a",  "b",   "ab",     "ag",  "g",
        "on", "wewe", "weer",     "er",  "é",       "ég", "ong", "slowly", "no"};
    cxm_regex_scratch *scratch = new_scratch();
    size_t passed_over = 0;
    for (size_t i = 0; i < COUNT(patterns); i++) {
        cxm_regex *regex = compile(patterns[i]);
        char needed = cxm_regex_needs(regex);
        uint64_t beginnings[2];
        cxm_regex_beginnings(regex, scratch, beginnings);
        for (size_t k = 0; k < COUNT(words); k++) {
            unsigned char first = (unsigned char)*words[k];
            bool possible = first >= 128 || (beginnings[first / 64] >> (first % 64) & 1);
            possible = possible && (!needed || strchr(words[k], needed));
            ck_assert_msg(possible || !cxm_regex_match(regex, scratch, cxm_str_from(words[k])),
                          "%s: %s", patterns[i], words[k]);
            passed_over += !possible;
        }
        cxm_regex_free(regex);
    }
    ck_assert_uint_gt(passed_over, COUNT(patterns) * COUNT(words) / 3);
    cxm_regex_scratch_free(scratch);
}
END_TEST

/* A caret under the byte in front of which the pattern goes wrong. */
static const struct {
    const char *pattern;
    const char *caret;
} error_cases[] = {
    {"(a", "  ^"},     {"a)", " ^"},           {"a[b", "   ^"},
    {"*a", "^"},       {"ab{3,2}", "      ^"}, {"\\p{Nothing}", "           ^"},
    {"(?<=a+)b", "^"}, {"\\", " ^"},
};

START_TEST(errors) {
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    cxm_regex *regex;
    char message[128] = "";
    size_t offset = SIZE_MAX;
    const char *pattern = error_cases[_i].pattern;
    ck_assert_int_eq(cxm_regex_compile(cxm_str_from(pattern), &allocator, &regex, message, &offset),
                     CXM_E_SYNTAX);
    ck_assert_ptr_null(regex);
    ck_assert_uint_gt(strlen(message), 0);
    ck_assert_msg(offset + 1 == strlen(error_cases[_i].caret), "%s: offset %zu: %s", pattern,
                  offset, message);
}
END_TEST

/* Expressions that would run for ages do not match instead. */
START_TEST(limits) {
    static const char *const patterns[] = {"^(a+)+$", "^(a|aa)+$", "^(a*)*b$", "(.*)*x",
                                           "^(?:a?){60}a{60}$"};
    cxm_regex_scratch *scratch = new_scratch();
    size_t len;
    char *word = repeat("a", 200, &len);
    word[len - 1] = '!';
    double start = seconds_taken();
    for (size_t i = 0; i < COUNT(patterns); i++) {
        cxm_regex *regex = compile(patterns[i]);
        for (int round = 0; round < 10; round++)
            ck_assert(!cxm_regex_match(regex, scratch, (cxm_str){word, len}));
        cxm_regex_free(regex);
    }
    ck_assert_double_lt(seconds_taken() - start, slow_seconds(2));
    free(word);
    cxm_regex_scratch_free(scratch);
}
END_TEST

/* Every allocation made to fail: no memory is what is told, and nothing is left behind. Without
 * memory for machine code the expression still works. */
START_TEST(want_of_memory) {
    meter counter = {0};
    cxm_allocator allocator = meter_allocator(&counter);
    for (size_t fail_at = 1;; fail_at++) {
        char message[128];
        size_t offset;
        cxm_regex *regex = NULL;
        counter = (meter){.fail_at = fail_at};
        cxm_status status =
            cxm_regex_compile(CXM_STR("^(a|b)+[0-9]{2,5}$"), &allocator, &regex, message, &offset);
        cxm_regex_scratch *scratch = status ? NULL : cxm_regex_scratch_new(&allocator);
        ck_assert(status == CXM_OK || status == CXM_E_NOMEM);
        ck_assert((status == CXM_OK && scratch) || counter.failed);
        if (scratch)
            ck_assert(cxm_regex_match(regex, scratch, CXM_STR("ab123")));
        cxm_regex_scratch_free(scratch);
        cxm_regex_free(regex);
        ck_assert_uint_eq(counter.live, 0);
        if (!counter.failed)
            break;
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("regex");
    TCase *cases = tcase_create("regex");
    tcase_set_timeout(cases, 20);
    tcase_add_loop_test(cases, matches, 0, COUNT(regex_cases));
    tcase_add_loop_test(cases, errors, 0, COUNT(error_cases));
    tcase_add_test(cases, known_of_words);
    tcase_add_test(cases, limits);
    tcase_add_test(cases, want_of_memory);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
