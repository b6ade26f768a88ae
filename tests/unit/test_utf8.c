/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "support.h"

static const struct valid_case {
    const char *bytes;
    uint32_t cp;
} valid_cases[] = {
    {"A", 'A'},
    {"\x7F", 0x7F},
    {"\xC2\x80", 0x80},
    {"\xDF\xBF", 0x7FF},
    {"\xE0\xA0\x80", 0x800},
    {"\xE2\x80\x99", 0x2019},
    {"\xED\x9F\xBF", 0xD7FF},
    {"\xEE\x80\x80", 0xE000},
    {"\xEF\xBF\xBD", 0xFFFD},
    {"\xEF\xBF\xBF", 0xFFFF},
    {"\xF0\x90\x80\x80", 0x10000},
    {"\xF4\x8F\xBF\xBF", 0x10FFFF},
};

START_TEST(decode_gives_code_point_and_length) {
    const struct valid_case *c = &valid_cases[_i];
    size_t len = strlen(c->bytes);
    char *text = exact_copy(c->bytes, len);
    uint32_t cp = 0;
    ck_assert_uint_eq(cxm_utf8_decode(text, len, &cp), len);
    ck_assert_uint_eq(cp, c->cp);
    ck_assert(cxm_utf8_valid(text, len));
    ck_assert_uint_eq(cxm_utf8_count(text, len), 1);
    free(text);
}
END_TEST

static const char *const invalid_cases[] = {
    "\x80", /* continuation without a lead */
    "\xBF",
    "\xC2", /* cut off */
    "\xE2\x80",
    "\xF0\x9F\x98",
    "\xC2\x41", /* lead without a continuation */
    "\xE2\x80\x41",
    "\xE2\x41\x80",
    "\xF0\x9F\x98\xC0",
    "\xC0\x80", /* overlong */
    "\xC1\xBF",
    "\xE0\x9F\xBF",
    "\xF0\x8F\xBF\xBF",
    "\xED\xA0\x80", /* surrogates */
    "\xED\xBF\xBF",
    "\xF4\x90\x80\x80", /* above U+10FFFF */
    "\xF5\x80\x80\x80",
    "\xF8\x88\x80\x80", /* leads of sequences that UTF-8 no longer has */
    "\xFE",
    "\xFF",
};

START_TEST(decode_steps_one_byte_over_an_invalid_one) {
    size_t len = strlen(invalid_cases[_i]);
    char *text = exact_copy(invalid_cases[_i], len);
    uint32_t cp = 0;
    ck_assert_uint_eq(cxm_utf8_decode(text, len, &cp), 1);
    ck_assert_uint_eq(cp, CXM_UTF8_REPLACEMENT);
    ck_assert(!cxm_utf8_valid(text, len));
    /* None of the tails above starts a valid sequence of two or more bytes. */
    ck_assert_uint_eq(cxm_utf8_count(text, len), len);
    free(text);
}
END_TEST

START_TEST(nul_is_a_code_point) {
    uint32_t cp = 1;
    ck_assert_uint_eq(cxm_utf8_decode("\0", 1, &cp), 1);
    ck_assert_uint_eq(cp, 0);
    ck_assert(cxm_utf8_valid("a\0b", 3));
    ck_assert_uint_eq(cxm_utf8_count("a\0b", 3), 3);
}
END_TEST

START_TEST(empty_text_is_valid) {
    ck_assert(cxm_utf8_valid(NULL, 0));
    ck_assert_uint_eq(cxm_utf8_count(NULL, 0), 0);
}
END_TEST

START_TEST(every_code_point_comes_back) {
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
        char bytes[4];
        uint32_t back = 0;
        size_t size = cxm_utf8_encode(cp, bytes);
        if (cxm_utf8_decode(bytes, size, &back) != size)
            ck_abort_msg("U+%04X: length", (unsigned)cp);
        uint32_t expected = cp >= 0xD800 && cp <= 0xDFFF ? CXM_UTF8_REPLACEMENT : cp;
        if (back != expected)
            ck_abort_msg("U+%04X came back as U+%04X", (unsigned)cp, (unsigned)back);
    }
}
END_TEST

START_TEST(encode_replaces_what_is_no_code_point) {
    static const uint32_t bad[] = {0x110000, UINT32_MAX, 0xD800, 0xDFFF};
    for (size_t i = 0; i < COUNT(bad); i++) {
        char bytes[4];
        ck_assert_uint_eq(cxm_utf8_encode(bad[i], bytes), 3);
        ck_assert_mem_eq(bytes, "\xEF\xBF\xBD", 3);
    }
}
END_TEST

/* The eight-byte path must see a bad byte wherever it stands, and no byte after the end. */
START_TEST(valid_and_count_agree_at_every_alignment) {
    for (size_t len = 1; len <= 40; len++) {
        for (size_t bad = 0; bad < len; bad++) {
            char *text = malloc(len);
            ck_assert_ptr_nonnull(text);
            memset(text, 'a', len);
            ck_assert(cxm_utf8_valid(text, len));
            ck_assert_uint_eq(cxm_utf8_count(text, len), len);
            text[bad] = (char)0xE2;
            ck_assert(!cxm_utf8_valid(text, len));
            ck_assert_uint_eq(cxm_utf8_count(text, len), len);
            free(text);
        }
    }
}
END_TEST

START_TEST(count_mixes_all_lengths) {
    const char *text = "ascii run, \xC3\xA9t\xC3\xA9, \xE4\xB8\xAD, \xF0\x9F\x98\x80, \xFF.";
    ck_assert_uint_eq(cxm_utf8_count(text, strlen(text)), 11 + 3 + 2 + 1 + 2 + 1 + 2 + 1 + 1);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("utf8");
    tcase_add_loop_test(cases, decode_gives_code_point_and_length, 0, (int)COUNT(valid_cases));
    tcase_add_loop_test(cases, decode_steps_one_byte_over_an_invalid_one, 0,
                        (int)COUNT(invalid_cases));
    tcase_add_test(cases, nul_is_a_code_point);
    tcase_add_test(cases, empty_text_is_valid);
    tcase_add_test(cases, every_code_point_comes_back);
    tcase_add_test(cases, encode_replaces_what_is_no_code_point);
    tcase_add_test(cases, valid_and_count_agree_at_every_alignment);
    tcase_add_test(cases, count_mixes_all_lengths);
    Suite *suite = suite_create("utf8");
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
