/* SPDX-License-Identifier: MIT */
#include "breaks.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/utf8.h"

/* A line of the test file: a text and where its boundaries are, offset 0 left out. */
typedef struct sample {
    char text[256];
    size_t len;
    size_t breaks[64];
    size_t break_count;
} sample;

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

static void check_sample(next_break next, const sample *expected, int number) {
    char *text = exact_copy(expected->text, expected->len);
    size_t at = 0;
    for (size_t i = 0; i < expected->break_count; i++) {
        at = next(text, expected->len, at);
        if (at != expected->breaks[i])
            ck_abort_msg("line %d: boundary %zu at byte %zu, not %zu", number, i + 1, at,
                         expected->breaks[i]);
    }
    ck_assert_uint_eq(at, expected->len);
    free(text);
}

void check_unicode_file(next_break next, const char *path, int samples) {
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        ck_abort_msg("%s: %s", path, strerror(errno));
    char line[4096];
    int found = 0;
    for (int number = 1; fgets(line, sizeof line, file) != NULL; number++) {
        sample expected;
        if (!parse_line(line, &expected))
            continue;
        check_sample(next, &expected, number);
        found++;
    }
    ck_assert_int_eq(ferror(file), 0);
    fclose(file);
    ck_assert_int_eq(found, samples);
}

void check_segments(next_break next, const char *const *parts, int number) {
    sample expected = {.len = 0};
    for (; *parts != NULL; parts++) {
        size_t len = strlen(*parts);
        memcpy(expected.text + expected.len, *parts, len);
        expected.len += len;
        expected.breaks[expected.break_count++] = expected.len;
    }
    check_sample(next, &expected, number);
}

void check_end(next_break next) {
    ck_assert_uint_eq(next("", 0, 0), 0);
    ck_assert_uint_eq(next("ab", 2, 2), 2);
    ck_assert_uint_eq(next("ab", 2, 9), 2);
}

size_t count_segments(next_break next, const char *text, size_t len) {
    size_t count = 0;
    for (size_t at = 0; at < len; count++) {
        size_t end = next(text, len, at);
        if (end <= at || end > len)
            ck_abort_msg("from %zu to %zu of %zu", at, end, len);
        at = end;
    }
    return count;
}

void check_damaged(next_break next, const char *const *pieces, size_t count) {
    size_t texts = count * count * count * count;
    for (size_t n = 0; n < texts; n++) {
        char bytes[32];
        size_t len = 0;
        size_t rest = n;
        for (int i = 0; i < 4; i++, rest /= count) {
            const char *piece = pieces[rest % count];
            memcpy(bytes + len, piece, strlen(piece));
            len += strlen(piece);
        }
        char *text = exact_copy(bytes, len);
        count_segments(next, text, len);
        free(text);
    }
}

void check_long(next_break next, const long_case *given) {
    const size_t megabyte = 1000 * 1000;
    size_t body = strlen(given->body);
    char *text = malloc(megabyte + body + strlen(given->head) + strlen(given->tail));
    ck_assert_ptr_nonnull(text);
    size_t len = strlen(given->head);
    memcpy(text, given->head, len);
    for (; len < megabyte; len += body)
        memcpy(text + len, given->body, body);
    memcpy(text + len, given->tail, strlen(given->tail));
    len += strlen(given->tail);

    clock_t start = clock();
    count_segments(next, text, len);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    free(text);
    /* Milliseconds are usual and sanitizers take tens; quadratic time takes minutes. */
    ck_assert_double_lt(seconds, 2.0);
}
