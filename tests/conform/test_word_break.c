/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/utf8.h"
#include "text/word_break.h"

#ifndef CXM_UNICODE_DIR
#define CXM_UNICODE_DIR "/usr/share/unicode"
#endif

#define TEST_FILE CXM_UNICODE_DIR "/auxiliary/WordBreakTest.txt"
#define CONFORMANCE_LINES 1823 /* as the last comment of the file says, Unicode 15.0 */
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A line of the test file: a text and where its boundaries are, offset 0 left out. */
typedef struct sample {
    char text[256];
    size_t len;
    size_t breaks[64];
    size_t break_count;
} sample;

/* A copy with nothing after it, so that a sanitizer sees a read past the end. */
static char *exact_copy(const char *bytes, size_t len) {
    char *copy = malloc(len ? len : 1);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, bytes, len);
    return copy;
}

/* Reads "÷ 0061 × 0308 ÷ # comment"; false if the line has no sample. */
static bool parse_line(const char *line, sample *out) {
    *out = (sample){.len = 0};
    while (*line == ' ')
        line++;
    while (*line != '\0' && *line != '#' && *line != '\n' && *line != '\r') {
        size_t length = strcspn(line, " \t#\r\n");
        ck_assert_uint_gt(length, 0);
        if (strncmp(line, "÷", length) == 0) {
            if (out->len > 0) {
                ck_assert_uint_lt(out->break_count, COUNT(out->breaks));
                out->breaks[out->break_count++] = out->len;
            }
        } else if (strncmp(line, "×", length) != 0) {
            ck_assert_uint_le(out->len + 4, sizeof out->text);
            uint32_t cp = (uint32_t)strtoul(line, NULL, 16);
            out->len += cxm_utf8_encode(cp, out->text + out->len);
        }
        line += length;
        line += strspn(line, " \t");
    }
    return out->len > 0;
}

static void check_sample(const sample *expected, int number) {
    char *text = exact_copy(expected->text, expected->len);
    size_t at = 0;
    for (size_t i = 0; i < expected->break_count; i++) {
        at = cxm_word_break_next(text, expected->len, at);
        if (at != expected->breaks[i])
            ck_abort_msg("line %d: boundary %zu at byte %zu, not %zu", number, i + 1, at,
                         expected->breaks[i]);
    }
    ck_assert_uint_eq(at, expected->len);
    free(text);
}

START_TEST(conforms_to_unicode) {
    FILE *file = fopen(TEST_FILE, "rb");
    if (file == NULL)
        ck_abort_msg("%s: %s", TEST_FILE, strerror(errno));
    char line[4096];
    int samples = 0;
    for (int number = 1; fgets(line, sizeof line, file) != NULL; number++) {
        sample expected;
        if (!parse_line(line, &expected))
            continue;
        check_sample(&expected, number);
        samples++;
    }
    ck_assert_int_eq(ferror(file), 0);
    fclose(file);
    ck_assert_int_eq(samples, CONFORMANCE_LINES);
}
END_TEST

/* Steps through a text; checks that every step moves forward and none past the end. */
static size_t count_segments(const char *text, size_t len) {
    size_t count = 0;
    for (size_t at = 0; at < len; count++) {
        size_t next = cxm_word_break_next(text, len, at);
        if (next <= at || next > len)
            ck_abort_msg("from %zu to %zu of %zu", at, next, len);
        at = next;
    }
    return count;
}

START_TEST(ends_at_the_end) {
    ck_assert_uint_eq(cxm_word_break_next("", 0, 0), 0);
    ck_assert_uint_eq(cxm_word_break_next("ab", 2, 2), 2);
    ck_assert_uint_eq(cxm_word_break_next("ab", 2, 9), 2);
}
END_TEST

/* Segments, one per string up to NULL, that must come out of their concatenation. */
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
    const char *const *parts = segmentations[_i];
    sample expected = {.len = 0};
    for (; *parts != NULL; parts++) {
        size_t len = strlen(*parts);
        memcpy(expected.text + expected.len, *parts, len);
        expected.len += len;
        expected.breaks[expected.break_count++] = expected.len;
    }
    check_sample(&expected, _i);
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

/* Every text of up to four of these pieces, in a block of exactly its size. */
static const char *const pieces[] = {
    "a",    "1",    "_",        "'",    ".",        "\"",           " ",        "\r",
    "\n",   "\x80", "\xC3",     "\xE2", "\xE2\x80", "\xF0\x9F\x87", "\xCC\x81", "\xE2\x80\x8D",
    "\xFF", "",     "\xD7\x90",
};

START_TEST(damaged_text_stays_within_bounds) {
    size_t texts = COUNT(pieces) * COUNT(pieces) * COUNT(pieces) * COUNT(pieces);
    for (size_t n = 0; n < texts; n++) {
        char bytes[32];
        size_t len = 0;
        size_t rest = n;
        for (int i = 0; i < 4; i++, rest /= COUNT(pieces)) {
            const char *piece = pieces[rest % COUNT(pieces)];
            memcpy(bytes + len, piece, strlen(piece));
            len += strlen(piece);
        }
        char *text = exact_copy(bytes, len);
        count_segments(text, len);
        free(text);
    }
}
END_TEST

/* An invalid byte splits as a U+FFFD in its place does. */
START_TEST(invalid_bytes_are_replacement_characters) {
    ck_assert_uint_eq(count_segments("\xFF\xFF\xFF", 3), 3);
    ck_assert_uint_eq(cxm_word_break_next("ab\xFFzz", 5, 0), 2);
    ck_assert_uint_eq(cxm_word_break_next("ab\xFFzz", 5, 2), 3);
    ck_assert_uint_eq(cxm_word_break_next("ab'\xE2\x80", 5, 0), 2);
    ck_assert_uint_eq(cxm_word_break_next("\xE2\x80\xCC\x81", 4, 0), 1);
    ck_assert_uint_eq(cxm_word_break_next("\xE2\x80\xCC\x81", 4, 1), 4);
}
END_TEST

/* A head once, then a body until the text has a megabyte, then a tail. */
static const struct long_case {
    const char *head, *body, *tail;
} long_cases[] = {
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
    const struct long_case *c = &long_cases[_i];
    const size_t megabyte = 1000 * 1000;
    size_t body = strlen(c->body);
    char *text = malloc(megabyte + body + strlen(c->head) + strlen(c->tail));
    ck_assert_ptr_nonnull(text);
    size_t len = strlen(c->head);
    memcpy(text, c->head, len);
    for (; len < megabyte; len += body)
        memcpy(text + len, c->body, body);
    memcpy(text + len, c->tail, strlen(c->tail));
    len += strlen(c->tail);

    clock_t start = clock();
    count_segments(text, len);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    free(text);
    /* Milliseconds are usual and sanitizers take tens; quadratic time takes minutes. */
    ck_assert_double_lt(seconds, 2.0);
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
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
