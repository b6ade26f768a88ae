/* SPDX-License-Identifier: MIT */
#include "breaks.h"

#include "text/sentence_break.h"

/* As the last comment of the file says, of Unicode 15.0. */
enum { CONFORMANCE_LINES = 502 };

START_TEST(conforms_to_unicode) {
    check_unicode_file(cxm_sentence_break_next, CXM_UNICODE_DIR "/auxiliary/SentenceBreakTest.txt",
                       CONFORMANCE_LINES);
}
END_TEST

START_TEST(ends_at_the_end) {
    check_end(cxm_sentence_break_next);
}
END_TEST

static const char *const segmentations[][10] = {
    {"I understand. ", "Let me check!  ", "OK?", NULL},
    {"It costs 3.50 dollars. ", "Fine.", NULL},
    {"Use e.g. this one, please. ", "Thanks", NULL},
    {"The U.S. is big. ", "Yes", NULL},
    {"He said \"no.\" ", "Then he left.", NULL},
    {"He asked \"why?\", then left.", NULL},
    {"Wait... what? ", "No", NULL},
    {"one\n", "two\r\n", "three\r", "\r", "x", NULL},
    {"Stop. \n", "Go.", NULL},
    {"etc.) 1 2 3 (and) so on", NULL},
    {"etc.) ", "1 2 3 (And) so on", NULL},
    {"A. ", "(B)", NULL},
    {"\xE4\xBD\xA0\xE3\x80\x82", "\xE5\xA5\xBD\xE3\x80\x82", NULL},
    {"a.\xCC\x81 ", "B", NULL},
    {"x\xE2\x80\xA9", "\xCC\x81y", NULL},
};

START_TEST(splits_as_expected) {
    check_segments(cxm_sentence_break_next, segmentations[_i], _i);
}
END_TEST

static const char *const pieces[] = {
    "a",        "B",    "1",    ".",        "!",
    ")",        " ",    "\r",   "\n",       "\x80",
    "\xC3",     "\xE2", "\xFF", "\xE2\x80", "\xF0\x9F\x98",
    "\xCC\x81", "\xC2", "",
};

START_TEST(damaged_text_stays_within_bounds) {
    check_damaged(cxm_sentence_break_next, pieces, COUNT(pieces));
}
END_TEST

/* An invalid byte splits as a U+FFFD in its place does. */
START_TEST(invalid_bytes_are_replacement_characters) {
    ck_assert_uint_eq(cxm_sentence_break_next("A. \xFF\xFF", 5, 0), 3);
    ck_assert_uint_eq(cxm_sentence_break_next("A. \xFF\xFF", 5, 3), 5);
    ck_assert_uint_eq(cxm_sentence_break_next("A. \xFF\xE2z", 6, 0), 6);
    ck_assert_uint_eq(cxm_sentence_break_next("A.\xC2", 3, 0), 2);
    ck_assert_uint_eq(cxm_sentence_break_next("A.\xE2\x80", 4, 0), 2);
}
END_TEST

static const long_case long_cases[] = {
    {"", "a", ""},
    {"", ".", ""},
    {"", "a. ", ""},
    {"", "A. ", ""},
    {"", "a. ,,,,,,", ""},
    {"a. a. a. ", ",", ""},
    {"a. a. a. ", "1", ""},  /* a look-ahead over a megabyte that fails */
    {"a. a. a. ", "1", "b"}, /* and one that does not */
    {"", "a. (", ""},        /* each full stop looks ahead to the next */
    {"", "a. 1 ) ", ""},
    {"a. ", ") ", "B"}, /* Close after Sp: asked once, not at each bracket */
    {"a. ", ") ", "b"},
    {"a.", ")", "B"},
    {"a. ", "\"", ""},
    {"a.", " ", "1"},
    {"a.", "\xCC\x81", "1"},
    {"a. 1", "\xCC\x81", ""},
    {"", ".\xCC\x81", ""},
    {"", "!1", ""},
    {"", "\n", ""},
    {"", "\xFF", ""},
    {"", "a. \xFF\xFF\xFF", ""},
    {"", "\xE2\x80", ""},
};

START_TEST(takes_linear_time) {
    check_long(cxm_sentence_break_next, &long_cases[_i]);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("sentence_break");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, conforms_to_unicode);
    tcase_add_test(cases, ends_at_the_end);
    tcase_add_loop_test(cases, splits_as_expected, 0, (int)COUNT(segmentations));
    tcase_add_test(cases, damaged_text_stays_within_bounds);
    tcase_add_test(cases, invalid_bytes_are_replacement_characters);
    tcase_add_loop_test(cases, takes_linear_time, 0, (int)COUNT(long_cases));
    Suite *suite = suite_create("sentence_break");
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
