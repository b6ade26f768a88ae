/* SPDX-License-Identifier: MIT */
/* The encodings that an input may be in: by mark, by evidence, or not to be told. */
#include "base/utf8.h"
#include "read/decode.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

static const char spoken[] = "Agent: I\u2019m sorry \u2013 it\u2019s \u201Cour\u201D caf\u00E9.\n"
                             "Customer: That costs \u00A35, na\u00EFve!\n"
                             "Agent: \U0001F642 Se\u00F1or, I understand.\n";
static const char western[] = "Agent: I\u2019m sorry \u2013 it\u2019s \u201Cour\u201D caf\u00E9.\n"
                              "Customer: \u00E0 la carte costs \u00A35, na\u00EFve!\n";
static const char latin[] = "Agent: the caf\u00E9, se\u00F1or.\nCustomer: na\u00EFve!\n";

/* ---- Encoding ---- */

typedef struct encoded {
    char data[2048];
    size_t len;
} encoded;

static void put(encoded *out, uint32_t unit, size_t size, bool little) {
    for (size_t i = 0; i < size; i++) {
        size_t shift = 8 * (little ? i : size - 1 - i);
        out->data[out->len++] = (char)(unit >> shift & 0xFF);
    }
}

/* The byte of Windows-1252 for the few signs of these texts. */
static uint32_t western_byte(uint32_t code_point) {
    static const uint32_t signs[][2] = {
        {0x2019, 0x92}, {0x2013, 0x96}, {0x201C, 0x93}, {0x201D, 0x94}};
    for (size_t i = 0; i < COUNT(signs); i++)
        if (signs[i][0] == code_point)
            return signs[i][1];
    return code_point;
}

static void encode(const char *text, cxm_encoding encoding, bool mark, encoded *out) {
    bool wide = encoding == CXM_UTF_32_LE || encoding == CXM_UTF_32_BE;
    bool single = encoding >= CXM_ENCODING_WINDOWS_1252;
    bool little = encoding == CXM_UTF_16_LE || encoding == CXM_UTF_32_LE;
    size_t size = single ? 1 : wide ? 4 : 2;
    size_t len = strlen(text);
    out->len = 0;
    if (mark)
        put(out, 0xFEFF, size, little);
    for (size_t at = 0; at < len;) {
        uint32_t c;
        at += cxm_utf8_decode(text + at, len - at, &c);
        if (size == 2 && c > 0xFFFF) {
            put(out, 0xD800 + ((c - 0x10000) >> 10), size, little);
            c = 0xDC00 + ((c - 0x10000) & 0x3FF);
        }
        put(out, single ? western_byte(c) : c, size, little);
    }
}

/* ---- Reading ---- */

static const struct {
    cxm_encoding encoding;
    bool mark;
    const char *text;
    const char *name;
} readable[] = {
    {CXM_UTF_16_LE, true, spoken, "utf-16le"},
    {CXM_UTF_16_BE, true, spoken, "utf-16be"},
    {CXM_UTF_32_LE, true, spoken, "utf-32le"},
    {CXM_UTF_32_BE, true, spoken, "utf-32be"},
    {CXM_UTF_16_LE, false, spoken, "utf-16le"},
    {CXM_UTF_16_BE, false, spoken, "utf-16be"},
    {CXM_UTF_32_LE, false, spoken, "utf-32le"},
    {CXM_UTF_32_BE, false, spoken, "utf-32be"},
    {CXM_ENCODING_WINDOWS_1252, false, western, "windows-1252"},
    {CXM_ENCODING_LATIN_1, false, latin, "iso-8859-1"},
};

static void assert_same_turns(const cxm_transcript *read, const char *text) {
    cxm_transcript *expected;
    ck_assert_int_eq(cxm_transcript_read(cxm_str_from(text), NULL, &expected, NULL), CXM_OK);
    ck_assert_uint_eq(cxm_transcript_turn_count(read), cxm_transcript_turn_count(expected));
    for (size_t i = 0; i < cxm_transcript_turn_count(read); i++)
        ck_assert(cxm_str_equal(cxm_transcript_turn(read, i)->text,
                                cxm_transcript_turn(expected, i)->text));
    cxm_transcript_free(expected);
}

START_TEST(reads_and_says_what_it_was) {
    encoded input;
    cxm_reader *reader;
    cxm_transcript *transcript;
    encode(readable[_i].text, readable[_i].encoding, readable[_i].mark, &input);
    ck_assert_int_eq(cxm_reader_new((cxm_str){input.data, input.len}, NULL, &reader, NULL), CXM_OK);
    ck_assert_str_eq(cxm_reader_encoding(reader), readable[_i].name);
    ck_assert_int_eq(cxm_reader_next(reader, &transcript, NULL), CXM_OK);
    ck_assert(cxm_str_is(cxm_transcript_encoding(transcript), readable[_i].name));
    assert_same_turns(transcript, readable[_i].text);
    cxm_transcript_free(transcript);
    cxm_reader_free(reader);
}
END_TEST

START_TEST(utf_8_stays_where_it_is) {
    static const char marked[] = "\xEF\xBB\xBF"
                                 "Agent: caf\u00E9";
    cxm_reader *reader;
    ck_assert_int_eq(cxm_reader_new(cxm_str_from(marked), NULL, &reader, NULL), CXM_OK);
    ck_assert_str_eq(cxm_reader_encoding(reader), "utf-8");
    cxm_reader_free(reader);
}
END_TEST

/* ---- What is not certain ---- */

static const struct {
    const char *text;
    size_t len;
} uncertain[] = {
    {"", 0},
    {"plain", 5},
    {"\xFF", 1},
    {"caf\xC3", 4},                                   /* cut: é may have been meant */
    {"caf\xC3\xA9 caf\xC3\xA9 bad \xE9t", 18},        /* UTF-8 with a byte too many */
    {"\xC7\xE4\xF0\xE0\xE2\xF1\xF2\xE2\xF3", 9},      /* a Cyrillic code page */
    {"\x82\xB1\x82\xF1\x82\xC9\x82\xBF\x82\xCD", 10}, /* Shift JIS */
    {"a\x01"
     "b \xE9t\xE9",
     7},           /* no text */
    {"a\x90z", 3}, /* undefined */
};

START_TEST(what_is_not_certain_is_left_alone) {
    size_t mark;
    cxm_str text = {uncertain[_i].text, uncertain[_i].len};
    ck_assert_int_eq(cxm_encoding_of(text, &mark), CXM_UTF_8);
    ck_assert_uint_eq(mark, 0);
}
END_TEST

START_TEST(what_is_no_character_is_replaced) {
    static const struct {
        cxm_encoding encoding;
        const char *bytes;
        size_t len;
        const char *text;
    } damaged[] = {
        {CXM_UTF_16_LE,
         "a\0\x00\xD8"
         "b\0",
         6, "a\uFFFDb"}, /* half a pair, then another letter */
        {CXM_UTF_16_LE, "a\0\x00\xDC", 4, "a\uFFFD"},
        {CXM_UTF_16_BE, "\0a\xD8\0", 4, "a\uFFFD"},
        {CXM_UTF_16_BE, "\0a\0", 3, "a\uFFFD"},
        {CXM_UTF_32_LE, "a\0\0\0\0\0\x11\0", 8, "a\uFFFD"},
        {CXM_UTF_32_BE, "\0\0\0a\0\0", 6, "a\uFFFD"},
    };
    char out[64];
    for (size_t i = 0; i < COUNT(damaged); i++) {
        cxm_str bytes = {damaged[i].bytes, damaged[i].len};
        size_t len = cxm_decode(damaged[i].encoding, bytes, out, sizeof out);
        ck_assert_msg(cxm_str_is((cxm_str){out, len}, damaged[i].text), "%zu: %.*s", i, (int)len,
                      out);
        ck_assert_uint_eq(cxm_decode(damaged[i].encoding, bytes, NULL, 0), len);
    }
}
END_TEST

START_TEST(errors_have_line_and_column_of_the_text) {
#ifdef CXM_HAVE_JSON
    static const char broken[] = "{\"id\":\"\u00E9\u00E9\",\"turns\":[]}\n{\"id\":\"\u00E9\",]}\n";
    encoded input;
    cxm_reader *reader;
    cxm_transcript *transcript;
    cxm_error error;
    encode(broken, CXM_UTF_16_LE, true, &input);
    ck_assert_int_eq(cxm_reader_new((cxm_str){input.data, input.len}, NULL, &reader, NULL), CXM_OK);
    ck_assert_int_eq(cxm_reader_next(reader, &transcript, &error), CXM_OK);
    cxm_transcript_free(transcript);
    ck_assert_int_eq(cxm_reader_next(reader, &transcript, &error), CXM_E_SYNTAX);
    ck_assert_uint_eq(error.line, 2);
    ck_assert_uint_eq(error.column, 11);
    ck_assert_uint_eq(error.offset, UINT64_MAX);
    cxm_reader_free(reader);
#endif
}
END_TEST

/* Any bytes at all become valid UTF-8, and as many as were said. */
START_TEST(any_bytes_are_decoded) {
    uint64_t seed = number_from("CXM_TEST_SEED", 4);
    for (uint64_t round = 0; round < rounds(20000); round++) {
        char input[64];
        char out[256];
        size_t len = random_below(&seed, sizeof input);
        for (size_t i = 0; i < len; i++)
            input[i] = (char)(random_below(&seed, 3) ? random_below(&seed, 256) : 0);
        for (int encoding = CXM_UTF_16_LE; encoding <= CXM_ENCODING_LATIN_1; encoding++) {
            cxm_str bytes = {input, len};
            size_t needed = cxm_decode((cxm_encoding)encoding, bytes, NULL, 0);
            ENSURE(needed <= 3 * len + 3);
            ENSURE(cxm_decode((cxm_encoding)encoding, bytes, out, sizeof out) == needed);
            ENSURE(cxm_utf8_valid(out, needed));
        }
        size_t mark;
        cxm_encoding_of((cxm_str){input, len}, &mark);
        ENSURE(mark <= len);
    }
}
END_TEST

/* ---- Real files ---- */

static char *read_sample(const char *name, size_t *len) {
    char path[512];
    snprintf(path, sizeof path, "%s/formats/srt_encodings_pysrt/%s", shared_data(), name);
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    enum { MOST = 1 << 20 };
    char *data = malloc(MOST);
    ck_assert_ptr_nonnull(data);
    *len = fread(data, 1, MOST, file);
    fclose(file);
    return data;
}

/* One of the files has other line ends. */
static size_t without_returns(char *text, size_t len) {
    size_t kept = 0;
    for (size_t i = 0; i < len; i++)
        if (text[i] != '\r')
            text[kept++] = text[i];
    return kept;
}

START_TEST(real_files_of_all_encodings_read_alike) {
    static const char *const names[] = {
        "bom-utf-8.srt",     "bom-utf-16-be.srt", "bom-utf-16-le.srt", "bom-utf-32-be.srt",
        "bom-utf-32-le.srt", "utf-8.srt",         "windows-1252.srt"};
    char first[1 << 17];
    size_t first_len = 0;
    for (size_t i = 0; i < COUNT(names); i++) {
        size_t len;
        size_t mark;
        char *data = read_sample(names[i], &len);
        if (!data) {
            printf("skipped: no %s in %s\n", names[i], shared_data());
            return;
        }
        cxm_encoding encoding = cxm_encoding_of((cxm_str){data, len}, &mark);
        cxm_str rest = {data + mark, len - mark};
        char *text = malloc(3 * len);
        ck_assert_ptr_nonnull(text);
        size_t decoded = rest.len;
        if (encoding == CXM_UTF_8)
            memcpy(text, rest.ptr, rest.len);
        else
            decoded = cxm_decode(encoding, rest, text, 3 * len);
        decoded = without_returns(text, decoded);
        /* The first file of each of the two texts is in UTF-8. */
        if (i == 0 || i == 5) {
            ck_assert_uint_le(decoded, sizeof first);
            memcpy(first, text, decoded);
            first_len = decoded;
        }
        ck_assert_msg(cxm_str_equal((cxm_str){text, decoded}, (cxm_str){first, first_len}), "%s",
                      names[i]);
        free(text);
        free(data);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("decode");
    TCase *cases = tcase_create("decode");
    tcase_add_loop_test(cases, reads_and_says_what_it_was, 0, COUNT(readable));
    tcase_add_test(cases, utf_8_stays_where_it_is);
    tcase_add_loop_test(cases, what_is_not_certain_is_left_alone, 0, COUNT(uncertain));
    tcase_add_test(cases, what_is_no_character_is_replaced);
    tcase_add_test(cases, errors_have_line_and_column_of_the_text);
    tcase_add_test(cases, any_bytes_are_decoded);
    tcase_add_test(cases, real_files_of_all_encodings_read_alike);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
