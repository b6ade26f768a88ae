/* SPDX-License-Identifier: MIT */
#include "breaks.h"

#include <stdlib.h>

#include "text/word_break.h"

/* As the last comment of the file says, of Unicode 15.0. */
enum { CONFORMANCE_LINES = 1823 };

START_TEST(conforms_to_unicode) {
    check_unicode_file(cxm_word_break_next, CXM_UNICODE_DIR "/auxiliary/WordBreakTest.txt",
                       CONFORMANCE_LINES);
}
END_TEST

START_TEST(ends_at_the_end) {
    check_end(cxm_word_break_next);
}
END_TEST

static const char *const segmentations[][10] = {
    {"I", " ", "don't", " ", "know", ".", NULL},
    {"can\xE2\x80\x99t", ",", " ", "won\xE2\x80\x99t", NULL},
    {"3.14", " ", "1,000", ";", NULL},
    {"snake_case", "  ", "x2y", "'", NULL},
    {"a", ".", ".", "b", "'", "'", "c", NULL},
    {"1", ":", "2", " ", "a:b", " ", "a", ",", "b", NULL},
    {"e\xCC\x81tait", "'", NULL},
    {"\r\n", "\n", "\r", "\r", "x", NULL},
    {"\n", "\xCC\x81", "x", NULL},
    {"\xD7\x90'", " ", "\xD7\x90\"\xD7\x91", "\"", NULL},
    {"\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7", "\xF0\x9F\x91\xA9", NULL},
    {"\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA", "\xF0\x9F\x87\xAB\xF0\x9F\x87\xB7", "\xF0\x9F\x87\xA9",
     NULL},
    {"\xE4\xB8\xAD", "\xE6\x96\x87", "\xE3\x82\xAB\xE3\x83\x8A", NULL},
    {"end", ".", " ", NULL},
};

START_TEST(splits_as_expected) {
    check_segments(cxm_word_break_next, segmentations[_i], _i);
}
END_TEST

static const struct word_case {
    const char *segment;
    bool is_word;
} word_cases[] = {
    {"don't", true},
    {"7", true},
    {"_x", true},
    {"\xC2\xBD", true},                         /* one half */
    {"\xD0\xB6", true},                         /* Cyrillic */
    {"\xE4\xB8\xAD", true},                     /* ideograph */
    {"\xF0\xA0\x80\x80", true},                 /* ideograph of plane 2 */
    {"\xE3\x81\x82", true},                     /* Hiragana */
    {"\xE3\x82\xAB", true},                     /* Katakana */
    {"\xE3\x8C\x80", true},                     /* squared Katakana */
    {"\xED\x95\x9C", true},                     /* Hangul */
    {"\xE0\xB8\x81", true},                     /* Thai */
    {"\xE2\x93\x90", true},                     /* circled letter */
    {"\xF0\x9F\x98\x80", true},                 /* emoji */
    {"\xE2\x9D\xA4\xEF\xB8\x8F", true},         /* heart with a variation selector */
    {"\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA", true}, /* flag */
    {"\xF0\x9F\x87\xA9", false},                /* half a flag */
    {"", false},
    {" ", false},
    {"\r\n", false},
    {"'", false},
    {"__", false},
    {"\xE2\x80\x94", false}, /* em dash */
    {"\xE3\x80\x82", false}, /* ideographic full stop */
    {"\xE3\x82\xA0", false}, /* Katakana hyphen */
    {"\xD5\x9B", false},     /* Armenian emphasis mark: ALetter, but punctuation */
    {"\xCC\x81", false},     /* combining acute alone */
    {"\xE2\x80\x8D", false}, /* ZWJ alone */
    {"\xFF", false},         /* invalid */
};

START_TEST(tells_words_from_the_rest) {
    const struct word_case *c = &word_cases[_i];
    size_t len = strlen(c->segment);
    char *text = exact_copy(c->segment, len);
    ck_assert_int_eq(cxm_segment_is_word(text, 0, len), c->is_word);
    free(text);
}
END_TEST

static const char *const pieces[] = {
    "a",    "1",    "_",        "'",    ".",        "\"",           " ",        "\r",
    "\n",   "\x80", "\xC3",     "\xE2", "\xE2\x80", "\xF0\x9F\x87", "\xCC\x81", "\xE2\x80\x8D",
    "\xFF", "",     "\xD7\x90",
};

START_TEST(damaged_text_stays_within_bounds) {
    check_damaged(cxm_word_break_next, pieces, COUNT(pieces));
}
END_TEST

/* An invalid byte splits as a U+FFFD in its place does. */
START_TEST(invalid_bytes_are_replacement_characters) {
    ck_assert_uint_eq(count_segments(cxm_word_break_next, "\xFF\xFF\xFF", 3), 3);
    ck_assert_uint_eq(cxm_word_break_next("ab\xFFzz", 5, 0), 2);
    ck_assert_uint_eq(cxm_word_break_next("ab\xFFzz", 5, 2), 3);
    ck_assert_uint_eq(cxm_word_break_next("ab'\xE2\x80", 5, 0), 2);
    ck_assert_uint_eq(cxm_word_break_next("\xE2\x80\xCC\x81", 4, 0), 1);
    ck_assert_uint_eq(cxm_word_break_next("\xE2\x80\xCC\x81", 4, 1), 4);
}
END_TEST

static const long_case long_cases[] = {
    {"", "a", ""},
    {"", " ", "\xC3\xA9"},
    {"", "a.", ""},
    {"", "a.", "\xC3\xA9"},
    {"", "a'.", ""},
    {"a.", "\xCC\x81", ""},  /* a look-ahead over a megabyte that fails */
    {"a.", "\xCC\x81", "b"}, /* and one that does not */
    {"1,", "\xE2\x80\x8D", "a"},
    {"\xD7\x90'", "\xCC\x81", "."}, /* Hebrew goes on over the quote nevertheless */
    {"\xD7\x90\"", "\xCC\x81", "."},
    {"", "a.\xCC\x81", ""},
    {"", "a'\xCC\x81\xCC\x81 ", ""},
    {"", "\xD7\x90'\xCC\x81", ""},
    {"", "\xCC\x81", ""},
    {"x\n", "\xCC\x81", "x"},
    {"", "\xF0\x9F\x87\xA9", ""}, /* regional indicators */
    {"", "\xF0\x9F\x87\xA9\xCC\x81", ""},
    {"", "\xF0\x9F\x91\xA9\xE2\x80\x8D", ""}, /* one emoji of a megabyte */
    {"", "\xFF", ""},
    {"", "\xE2\x80", ""},
    {"", "\r\n", ""},
};

START_TEST(takes_linear_time) {
    check_long(cxm_word_break_next, &long_cases[_i]);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("word_break");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, conforms_to_unicode);
    tcase_add_test(cases, ends_at_the_end);
    tcase_add_loop_test(cases, splits_as_expected, 0, (int)COUNT(segmentations));
    tcase_add_loop_test(cases, tells_words_from_the_rest, 0, (int)COUNT(word_cases));
    tcase_add_test(cases, damaged_text_stays_within_bounds);
    tcase_add_test(cases, invalid_bytes_are_replacement_characters);
    tcase_add_loop_test(cases, takes_linear_time, 0, (int)COUNT(long_cases));
    Suite *suite = suite_create("word_break");
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
