/* SPDX-License-Identifier: MIT */
/*
 * The fast scanner against UAX #29: the same words, and a mark wherever a later stage must look,
 * whatever the text and wherever it lies to the edges of the blocks of 64 bytes.
 */
#include "text/scan.h"

#include "base/utf8.h"
#include "support.h"
#include "text/break_tables.h"
#include "text/word_break.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- What is expected ---- */

static cxm_scan expected;

static void reserve(cxm_scan *self) {
    void *items = self->spans;
    ENSURE(cxm_array_reserve(&self->allocator, &items, &self->span_capacity, self->span_count + 1,
                             sizeof *self->spans));
    self->spans = items;
    items = self->marks;
    ENSURE(cxm_array_reserve(&self->allocator, &items, &self->mark_capacity, self->mark_count + 1,
                             sizeof *self->marks));
    self->marks = items;
}

static void expect_word(size_t start, size_t end) {
    reserve(&expected);
    expected.spans[expected.span_count++] = (cxm_span){(uint32_t)start, (uint32_t)end};
}

static void expect_mark(size_t offset) {
    reserve(&expected);
    expected.marks[expected.mark_count++] =
        (cxm_mark){(uint32_t)offset, (uint32_t)expected.span_count};
}

static bool is_small(char c) {
    return c >= 'a' && c <= 'z';
}

static bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

/* The tailorings that scan.h names: a colon between letters, and a full stop between a small and
 * a capital one, part a word. */
static bool parts(const char *text, size_t at) {
    return text[at] == ':' ||
           (text[at] == '.' && is_small(text[at - 1]) && is_capital(text[at + 1]));
}

static void expect_segment_word(const char *text, size_t start, size_t end) {
    for (size_t i = start + 1; i + 1 < end; i++)
        if (parts(text, i)) {
            expect_word(start, i);
            expect_mark(i);
            start = i + 1;
        }
    expect_word(start, end);
}

/* Code points that only go with what stands before them: no mark is wanted or missed there. */
static bool is_ignored(uint32_t cp) {
    cxm_word_break class = cxm_word_class(cp);
    return class == CXM_WB_EXTEND || class == CXM_WB_FORMAT || class == CXM_WB_ZWJ;
}

/* What stands between words: a mark for each ASCII character but spaces, commas and low lines, and
 * for the first code point of any other segment. */
static void expect_between(const char *text, size_t start, size_t end) {
    bool first = true;
    while (start < end) {
        uint32_t cp;
        size_t size = cxm_utf8_decode(text + start, end - start, &cp);
        bool ascii = cp < 0x80;
        if (cp != ' ' && cp != ',' && cp != '_' && (ascii || first) && !is_ignored(cp))
            expect_mark(start);
        first = cp == ' ' || (cp >= '\t' && cp <= '\r');
        start += size;
    }
}

static void expect(cxm_str text) {
    expected.span_count = 0;
    expected.mark_count = 0;
    for (size_t start = 0, end; start < text.len; start = end) {
        end = cxm_word_break_next(text.ptr, text.len, start);
        if (cxm_segment_is_word(text.ptr, start, end))
            expect_segment_word(text.ptr, start, end);
        else
            expect_between(text.ptr, start, end);
    }
    expect_mark(text.len);
}

/* ---- What is found ---- */

static cxm_scan found;

static void setup(void) {
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    cxm_scan_init(&expected, &allocator);
    cxm_scan_init(&found, &allocator);
}

static void teardown(void) {
    cxm_scan_clear(&expected);
    cxm_scan_clear(&found);
}

/* Words of low lines only are left aside: the scanner has them, UAX #29 has not. */
static bool is_left_aside(cxm_str text, const cxm_span *span) {
    return text.ptr[span->start] == '_' && !cxm_segment_is_word(text.ptr, span->start, span->end);
}

/* Checks that marks say how many words stand before them, and puts aside what is not compared. */
static void normalize(cxm_str text) {
    size_t marks = 0;
    size_t before = 0;
    size_t kept_before = 0;
    for (size_t i = 0; i < found.mark_count; i++) {
        cxm_mark mark = found.marks[i];
        for (; before < found.span_count && found.spans[before].start < mark.offset; before++)
            kept_before += !is_left_aside(text, &found.spans[before]);
        ENSURE(mark.before == before);
        uint32_t cp = 0;
        if (mark.offset < text.len)
            cxm_utf8_decode(text.ptr + mark.offset, text.len - mark.offset, &cp);
        if (mark.offset == text.len || !is_ignored(cp))
            found.marks[marks++] = (cxm_mark){mark.offset, (uint32_t)kept_before};
    }
    found.mark_count = marks;
    size_t spans = 0;
    for (size_t i = 0; i < found.span_count; i++)
        if (!is_left_aside(text, &found.spans[i]))
            found.spans[spans++] = found.spans[i];
    found.span_count = spans;
}

static void show(const char *name, const cxm_scan *scan) {
    fprintf(stderr, "%s words:", name);
    for (size_t i = 0; i < scan->span_count; i++)
        fprintf(stderr, " %u-%u", scan->spans[i].start, scan->spans[i].end);
    fprintf(stderr, "\n%s marks:", name);
    for (size_t i = 0; i < scan->mark_count; i++)
        fprintf(stderr, " %u(%u)", scan->marks[i].offset, scan->marks[i].before);
    fprintf(stderr, "\n");
}

static bool is_same(void) {
    return found.span_count == expected.span_count && found.mark_count == expected.mark_count &&
           (found.span_count == 0 ||
            memcmp(found.spans, expected.spans, found.span_count * sizeof *found.spans) == 0) &&
           memcmp(found.marks, expected.marks, found.mark_count * sizeof *found.marks) == 0;
}

/* Scans a copy that has no byte more behind it than the scanner may read, filled with `filler`. */
static void check_with(cxm_str text, char filler) {
    char *copy = malloc(text.len + CXM_SCAN_PADDING);
    ENSURE(copy);
    if (text.len)
        memcpy(copy, text.ptr, text.len);
    memset(copy + text.len, filler, CXM_SCAN_PADDING);
    cxm_str padded = {copy, text.len};
    expect(padded);
    ENSURE(cxm_scan_text(&found, padded));
    normalize(padded);
    if (!is_same()) {
        show("expected", &expected);
        show("found", &found);
        ck_abort_msg("of %zu bytes: '%.*s'", text.len, (int)text.len, text.ptr);
    }
    free(copy);
}

static void check_text(cxm_str text) {
    check_with(text, '\0');
    check_with(text, 'a');
}

/* ---- Hand cases ---- */

typedef struct hand_case {
    const char *text;
    const char *words; /* parted by "|" */
} hand_case;

static const hand_case hand_cases[] = {
    {"", ""},
    {" ", ""},
    {"a", "a"},
    {"Our policy states that.", "Our|policy|states|that"},
    {"it's, isn’t it?", "it's|isn’t|it"},
    {"rock'n'roll 'tis dogs' 'quoted'", "rock'n'roll|tis|dogs|quoted"},
    {"a.b.c U.S.A. e.g. www.example.com", "a.b.c|U.S.A|e.g|www.example.com"},
    {"1,234.56 1;2 3:4 5'6 7.", "1,234.56|1;2|3|4|5'6|7"},
    {"a,b a;b a:b 1a a1 1.a a.1", "a|b|a|b|a|b|1a|a1|1|a|a|1"},
    {"one thing:we happened.I okay.So it.is IT.Is It.Is",
     "one|thing|we|happened|I|okay|So|it.is|IT.Is|It|Is"},
    {"snake_case _private __init__ a_ 9_9", "snake_case|_private|__init__|a_|9_9"},
    {"follow-up re-re- -- a-b", "follow|up|re|re|a|b"},
    {"a''b a..b a.'b 1,,2", "a|b|a|b|a|b|1|2"},
    {"café naïve Äpfel", "café|naïve|Äpfel"},
    {"I \xF0\x9F\x98\x80 you", "I|\xF0\x9F\x98\x80|you"},
    {"日本語 カタカナ", "日|本|語|カタカナ"},
    {"don’t ‘quoted’ ʼtis", "don’t|quoted|ʼtis"},
    {"a\xCC\x81 e\xCC\x81s \xCC\x81", "a\xCC\x81|e\xCC\x81s"},
    {"a\nb\r\nc\td\ve\ff", "a|b|c|d|e|f"},
    {"$5 50% #1 a@b.c x=y", "5|50|1|a|b.c|x|y"},
};

START_TEST(hand) {
    const hand_case *given = &hand_cases[_i];
    char words[256] = "";
    size_t len = 0;
    check_text(cxm_str_from(given->text));
    for (size_t i = 0; i < found.span_count; i++)
        len += (size_t)snprintf(words + len, sizeof words - len, "%s%.*s", i ? "|" : "",
                                (int)(found.spans[i].end - found.spans[i].start),
                                given->text + found.spans[i].start);
    ck_assert_str_eq(words, given->words);
}
END_TEST

/* ---- Places ---- */

enum { MOST_SHIFT = 140, EDGE_ROOM = 512 };

/* Puts a text behind `shift` bytes of a filler, and more of it behind the text. */
static void check_shifted(const char *filler, const char *text, size_t shift) {
    char shifted[EDGE_ROOM];
    size_t len = 0;
    size_t size = strlen(text);
    ENSURE(2 * shift + size <= sizeof shifted);
    for (; len < shift; len++)
        shifted[len] = filler[len % strlen(filler)];
    memcpy(shifted + len, text, size);
    len += size;
    check_text((cxm_str){shifted, len});
    for (size_t i = 0; i < shift; i++)
        shifted[len++] = filler[i % strlen(filler)];
    check_text((cxm_str){shifted, len});
}

START_TEST(every_place_in_a_block) {
    static const char *const fillers[] = {" ", "a", "ab ", "1", ". ", "_", "\n", "a.", "1,", "-"};
    const char *text = hand_cases[_i].text;
    for (size_t f = 0; f < COUNT(fillers); f++)
        for (size_t shift = 0; shift <= MOST_SHIFT; shift++)
            check_shifted(fillers[f], text, shift);
}
END_TEST

/* ---- Chance ---- */

static const char *const pieces[] = {
    "a",
    "b",
    "Z",
    "I",
    "you",
    "policy",
    "Sorry",
    "0",
    "7",
    "42",
    "'",
    ".",
    ",",
    ":",
    ";",
    "_",
    "-",
    "\"",
    "!",
    "?",
    "(",
    ")",
    "[",
    "/",
    "@",
    "#",
    "*",
    " ",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\t",
    "é",
    "É",
    "ß",
    "’",
    "‘",
    "—",
    "…",
    "“",
    "·",
    "日",
    "本",
    "ア",
    "ー",
    "ﾅ",
    "א",
    "״",
    "ก",
    "한",
    "٣",
    "\xCC\x81",
    "\xCC\x88",
    "\xC2\xAD",
    "\xE2\x80\x8B",
    "\xEF\xB8\x8F",
    "\xF0\x9F\x98\x80",
    "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7",
    "\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA",
    "\xF0\x9F\x87\xA9",
    "1\xEF\xB8\x8F\xE2\x83\xA3",
    "\xC2\xA0",
    "\xE3\x80\x80",
    "\xC2\x85",
    "\xE2\x80\xA8",
    "＿",
    "‿",
    "！",
    "。",
    "：",
    "©",
};

static void add_piece(char *text, size_t *len, size_t room, const char *piece) {
    size_t size = strlen(piece);
    if (*len + size > room)
        return;
    memcpy(text + *len, piece, size);
    *len += size;
}

/* Mostly of all pieces, at times of few, so that rare neighbours meet. */
static size_t make_text(uint64_t *seed, char *text, size_t room) {
    size_t len = 0;
    uint32_t count = random_below(seed, 100);
    uint32_t few = random_below(seed, 3) ? (uint32_t)COUNT(pieces) : 6;
    uint32_t from = random_below(seed, (uint32_t)COUNT(pieces));
    for (uint32_t i = 0; i < count; i++)
        add_piece(text, &len, room, pieces[(from + random_below(seed, few)) % COUNT(pieces)]);
    return len;
}

START_TEST(chance) {
    uint64_t seed = number_from("CXM_TEST_SEED", UINT64_C(0x5CA7)) + (uint64_t)_i;
    for (uint64_t left = rounds(50000); left; left--) {
        char text[400];
        uint64_t again = seed;
        size_t len = make_text(&seed, text, sizeof text);
        if (left == 1)
            printf("# last seed: %#llx\n", (unsigned long long)again);
        check_with((cxm_str){text, len}, left % 2 ? '\0' : 'a');
    }
}
END_TEST

/* ---- Real texts ---- */

/* Checks a file line by line, as the texts of turns are. */
static size_t check_file(const char *path) {
    FILE *file = fopen(path, "rb");
    char *line = NULL;
    size_t room = 0;
    size_t bytes = 0;
    ssize_t len;
    ck_assert_ptr_nonnull(file);
    size_t most = rounds(SIZE_MAX / 2);
    most = most < SIZE_MAX / 4 ? (size_t)rounds(32 << 20) : most;
    while (bytes < most && (len = getline(&line, &room, file)) > 0) {
        check_with((cxm_str){line, (size_t)len}, '\0');
        bytes += (size_t)len;
    }
    free(line);
    fclose(file);
    return bytes;
}

START_TEST(dialogues) {
    char folder[1024];
    snprintf(folder, sizeof folder, "%s/dialogues", shared_data());
    DIR *files = opendir(folder);
    size_t bytes = 0;
    if (!files) {
        printf("# skipped: there is no %s\n", folder);
        return;
    }
    for (struct dirent *entry; (entry = readdir(files));) {
        char path[2048];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (strstr(entry->d_name, ".jsonl"))
            bytes += check_file(path);
    }
    closedir(files);
    printf("# %zu bytes of dialogues\n", bytes);
}
END_TEST

/* ---- Memory ---- */

START_TEST(want_of_memory_is_told) {
    meter counter = {0};
    cxm_allocator allocator = meter_allocator(&counter);
    cxm_scan scan;
    size_t len;
    char *text = repeat("a. ", 1000, &len);
    for (counter.fail_at = 1; counter.fail_at < 100; counter.fail_at++) {
        counter.calls = 0;
        counter.failed = false;
        cxm_scan_init(&scan, &allocator);
        bool scanned = cxm_scan_text(&scan, (cxm_str){text, len - CXM_SCAN_PADDING});
        ck_assert_int_eq(scanned, !counter.failed);
        cxm_scan_clear(&scan);
        ck_assert_uint_eq(counter.live, 0);
        if (!counter.failed)
            break;
    }
    ck_assert_uint_gt(counter.fail_at, 4);
    ck_assert_uint_lt(counter.fail_at, 100);
    free(text);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("scan");
    TCase *cases = tcase_create("scan");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_loop_test(cases, hand, 0, COUNT(hand_cases));
    tcase_add_loop_test(cases, every_place_in_a_block, 0, COUNT(hand_cases));
    tcase_add_loop_test(cases, chance, 0, 5);
    tcase_add_test(cases, dialogues);
    tcase_add_test(cases, want_of_memory_is_told);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
