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

static void write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    ck_assert_int_eq(fclose(file), 0);
}

static void compare(const char *path, const char *shown) {
    size_t len;
    char *expected = load_file(path, &len);
    if (getenv("UPDATE") && (!expected || strcmp(expected, shown) != 0))
        write_file(path, shown);
    else
        ck_assert_msg(expected && strcmp(expected, shown) == 0, "%s: expected\n%sbut got\n%s", path,
                      expected ? expected : "nothing\n", shown);
    free(expected);
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
    compare(path, shown);
    free(shown);
    free(bytes);
}
END_TEST

/* Made once, before there are tests. */
static cxm_lexicon *make_lexicon(void) {
    cxm_lexicon_builder *builder;
    cxm_lexicon *made = NULL;
    if (cxm_lexicon_builder_new(NULL, &builder, NULL) != CXM_OK)
        return NULL;
    if (cxm_lexicon_builder_add_builtin(builder, "en", NULL) != CXM_OK ||
        cxm_lexicon_builder_build(builder, &made, NULL) != CXM_OK)
        made = NULL;
    cxm_lexicon_builder_free(builder);
    return made;
}

int main(void) {
    samples = list_files(CXM_SAMPLES);
    lexicon = make_lexicon();
    if (!lexicon)
        return EXIT_FAILURE;
    Suite *suite = suite_create("read_samples");
    TCase *tests = tcase_create("samples");
    tcase_add_loop_test(tests, a_sample_is_read_as_expected, 0, (int)samples.count);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    cxm_lexicon_free(lexicon);
    free_files(&samples);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
