/* SPDX-License-Identifier: MIT */
/*
 * Every file of tests/read/samples is read as the file NAME.expected beside it says. UPDATE=1
 * writes those; read the difference before you commit it.
 */
#include "reading.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

static file_list samples;
static cxm_lexicon *lexicon; /* which knows who "Caller" is */

static bool is_expectation(const char *name) {
    static const char end[] = ".expected";
    size_t len = strlen(name);
    return len >= sizeof end && strcmp(name + len - (sizeof end - 1), end) == 0;
}

START_TEST(a_sample_is_read_as_expected) {
    char path[1024];
    size_t len;
    const char *name = samples.names[_i];
    if (is_expectation(name))
        return;
    snprintf(path, sizeof path, "%s/%s", CXM_SAMPLES, name);
    char *bytes = load_file(path, &len);
    ck_assert_ptr_nonnull(bytes);
    cxm_reader_options options = CXM_READER_OPTIONS_INIT;
    options.lexicon = lexicon;
    char *shown = read_and_show_with(bytes, len, &options);
    snprintf(path, sizeof path, "%s/%s.expected", CXM_SAMPLES, name);
    compare_with_file(path, shown);
    free(shown);
    free(bytes);
}
END_TEST

static void set_up(void) {
    lexicon = new_builtin_lexicon();
}

static void tear_down(void) {
    cxm_lexicon_free(lexicon);
}

int main(void) {
    samples = list_files(CXM_SAMPLES);
    Suite *suite = suite_create("read_samples");
    TCase *tests = tcase_create("samples");
    tcase_add_unchecked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, a_sample_is_read_as_expected, 0, (int)samples.count);
    suite_add_tcase(suite, tests);
    int status = run_suite(suite);
    free_files(&samples);
    return status;
}
