/* SPDX-License-Identifier: MIT */
/*
 * Every sample of a format is read, and written again, with each of its allocations failing once,
 * alone and with all behind it: that is told, nothing leaks, and a reader that had no memory for a
 * conversation gives the same one when it is asked again.
 */
#include "reading.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

static file_list samples;
static cxm_lexicon *lexicon; /* knows speakers */

/* Reads and writes all that can be read. CXM_E_NOMEM, or CXM_OK. */
static cxm_status read_all(cxm_str bytes, const cxm_reader_options *options, size_t *turns) {
    enum { MOST_ERRORS = 20 };
    cxm_reader *reader = NULL;
    cxm_transcript *transcript = NULL;
    cxm_transcript_writer *writer = NULL;
    cxm_status status = cxm_reader_new(bytes, options, &reader, NULL);
    cxm_status made = cxm_transcript_writer_new(options->allocator, &writer, NULL);
    *turns = 0;
    for (size_t errors = 0; status != CXM_E_NOMEM && !made && reader && errors < MOST_ERRORS;) {
        cxm_str line;
        status = cxm_reader_next(reader, &transcript, NULL);
        errors += status != CXM_OK;
        if (!status && !transcript)
            break;
        if (transcript) {
            *turns += cxm_transcript_turn_count(transcript);
            status = cxm_transcript_writer_write(writer, transcript, &line, NULL);
        }
        cxm_transcript_free(transcript);
    }
    cxm_transcript_writer_free(writer);
    cxm_reader_free(reader);
    return status == CXM_E_NOMEM || made == CXM_E_NOMEM ? CXM_E_NOMEM : CXM_OK;
}

/* Goes through the allocations of reading a sample: each one, then fewer and fewer. */
static void fail_each(const char *name, cxm_str bytes, bool fail_on) {
    enum { ALL = 60 };
    size_t turns;
    size_t all_turns;
    for (size_t fail_at = 1;; fail_at += fail_at < ALL ? 1 : fail_at / 8) {
        meter counter = {.fail_at = fail_at, .fail_on = fail_on};
        cxm_allocator allocator = meter_allocator(&counter);
        cxm_reader_options options = CXM_READER_OPTIONS_INIT;
        options.allocator = &allocator;
        options.lexicon = lexicon;
        options.source = CXM_STR("7_dana");
        options.name_pattern = "(?<customer>\\d)_(?<agent>\\w+)";
        cxm_status status = read_all(bytes, &options, &turns);
        ck_assert_msg(counter.live == 0 && counter.blocks == 0,
                      "%s, allocation %zu: %zu bytes left", name, fail_at, counter.live);
        if (!counter.failed) {
            ck_assert_int_eq(status, CXM_OK);
            break;
        }
        /* Who can do without shrinking does. */
        ck_assert(status == CXM_E_NOMEM || status == CXM_OK);
    }
    cxm_reader_options options = CXM_READER_OPTIONS_INIT;
    options.lexicon = lexicon;
    ck_assert_int_eq(read_all(bytes, &options, &all_turns), CXM_OK);
    ck_assert_uint_eq(turns, all_turns);
}

/* The first conversation of a sample, or NULL, and what reading it gave. */
static cxm_status read_first(cxm_str bytes, cxm_transcript **out) {
    cxm_reader *reader;
    *out = NULL;
    cxm_status status = cxm_reader_new(bytes, NULL, &reader, NULL);
    if (status)
        return status;
    status = cxm_reader_next(reader, out, NULL);
    cxm_reader_free(reader);
    return status;
}

/* A lack of memory for one conversation loses nothing: the next call comes back to it. */
static void read_again(const char *name, cxm_str bytes) {
    for (size_t fail_at = 1; fail_at < 30; fail_at++) {
        meter counter = {0};
        cxm_allocator allocator = meter_allocator(&counter);
        cxm_reader_options options = CXM_READER_OPTIONS_INIT;
        cxm_reader *reader;
        cxm_transcript *transcript;
        cxm_transcript *expected;
        options.allocator = &allocator;
        if (cxm_reader_new(bytes, &options, &reader, NULL) != CXM_OK)
            return;
        counter.fail_at = counter.calls + fail_at;
        cxm_status status = cxm_reader_next(reader, &transcript, NULL);
        counter.fail_at = 0;
        if (status == CXM_E_NOMEM)
            status = cxm_reader_next(reader, &transcript, NULL);
        cxm_status first = read_first(bytes, &expected);
        ck_assert_msg(status == first && !transcript == !expected, "%s: %d, not %d", name, status,
                      first);
        if (transcript)
            ck_assert_uint_eq(cxm_transcript_turn_count(transcript),
                              cxm_transcript_turn_count(expected));
        cxm_transcript_free(transcript);
        cxm_transcript_free(expected);
        cxm_reader_free(reader);
        ck_assert_uint_eq(counter.live, 0);
    }
}

/* A sample of Latin-1 as UTF-16. */
static void fail_wide(const char *name, const char *bytes, size_t len) {
    char *wide = malloc(2 * len + 1);
    ck_assert_ptr_nonnull(wide);
    for (size_t i = 0; i < len; i++) {
        wide[2 * i] = bytes[i];
        wide[2 * i + 1] = '\0';
    }
    fail_each(name, (cxm_str){wide, 2 * len}, false);
    fail_each(name, (cxm_str){wide, 2 * len}, true);
    free(wide);
}

START_TEST(no_memory_for_a_sample) {
    char path[1024];
    size_t len;
    snprintf(path, sizeof path, "%s/%s", CXM_SAMPLES, samples.names[_i]);
    if (strstr(path, ".expected"))
        return;
    char *bytes = load_file(path, &len);
    ck_assert_ptr_nonnull(bytes);
    lexicon = new_phrase_lexicon("sorry");
    fail_each(path, (cxm_str){bytes, len}, false);
    fail_each(path, (cxm_str){bytes, len}, true);
    read_again(path, (cxm_str){bytes, len});
    if (strstr(path, ".txt"))
        fail_wide(path, bytes, len);
    free(bytes);
    cxm_lexicon_free(lexicon);
}
END_TEST

int main(void) {
    samples = list_files(CXM_SAMPLES);
    Suite *suite = suite_create("read_memory");
    TCase *tests = tcase_create("samples");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, no_memory_for_a_sample, 0, (int)samples.count);
    suite_add_tcase(suite, tests);
    int status = run_suite(suite);
    free_files(&samples);
    return status;
}
