/* SPDX-License-Identifier: MIT */
/* Building lexicons: several packs in one, what is told, and building again. */
#include "support.h"

#include <stdlib.h>
#include <string.h>

#define HEAD "cxmine: 1\nlanguage: en\n"

static size_t told;
static cxm_error last_told;

static void listen(void *user, const cxm_error *error) {
    (void)user;
    told++;
    last_told = *error;
}

static cxm_lexicon_builder *new_builder(void) {
    cxm_lexicon_options options = CXM_LEXICON_OPTIONS_INIT;
    cxm_lexicon_builder *builder;
    told = 0;
    options.report = listen;
    ck_assert_int_eq(cxm_lexicon_builder_new(&options, &builder, NULL), CXM_OK);
    return builder;
}

static cxm_status add(cxm_lexicon_builder *builder, const char *name, const char *text) {
    return cxm_lexicon_builder_add_bytes(builder, cxm_str_from(name), cxm_str_from(text), NULL);
}

static cxm_lexicon *build(cxm_lexicon_builder *builder) {
    cxm_lexicon *lexicon;
    cxm_error error = {.message = ""};
    cxm_status status = cxm_lexicon_builder_build(builder, &lexicon, &error);
    ck_assert_msg(!status, "%s:%u:%u: %s", error.file, error.line, error.column, error.message);
    return lexicon;
}

START_TEST(arguments) {
    cxm_lexicon_options zero = {.struct_size = 0};
    cxm_lexicon_builder *builder;
    cxm_lexicon *lexicon;
    ck_assert_int_eq(cxm_lexicon_builder_new(&zero, &builder, NULL), CXM_E_ARGUMENT);
    ck_assert_ptr_null(builder);
    ck_assert_int_eq(cxm_lexicon_load(NULL, NULL, &lexicon, NULL), CXM_E_ARGUMENT);
    ck_assert_ptr_null(lexicon);
    builder = new_builder();
    ck_assert_int_eq(cxm_lexicon_builder_build(builder, &lexicon, NULL), CXM_E_ARGUMENT);
    ck_assert_int_eq(cxm_lexicon_builder_add_builtin(builder, "xx", NULL), CXM_E_NOT_FOUND);
    cxm_lexicon_builder_free(builder);
    cxm_lexicon_builder_free(NULL);
}
END_TEST

/* Categories and sets of one name add up; the built-in pack brings its own. */
START_TEST(packs_add_up) {
    cxm_lexicon_builder *builder = new_builder();
    ck_assert_int_eq(cxm_lexicon_builder_add_builtin(builder, "en", NULL), CXM_OK);
    cxm_lexicon *before = build(builder);
    ck_assert_int_eq(add(builder, "a.yaml",
                         HEAD "sets: {number: [zillion]}\n"
                              "categories: {x.y: {phrases: [<number> words]}}\n"),
                     CXM_OK);
    ck_assert_int_eq(add(builder, "b.yaml", HEAD "categories: {x.y: {phrases: [b]}}\n"), CXM_OK);
    cxm_lexicon *after = build(builder);
    ck_assert_uint_eq(cxm_lexicon_category_count(after), cxm_lexicon_category_count(before) + 1);
    ck_assert_uint_eq(cxm_lexicon_phrase_count(after), cxm_lexicon_phrase_count(before) + 2);
    cxm_lexicon_free(before);
    cxm_lexicon_free(after);
    cxm_lexicon_builder_free(builder);
    ck_assert_uint_eq(told, 0);
}
END_TEST

/* `<number>` and "agent" are known from language.yaml of the built-in pack alone. */
START_TEST(language_data_is_filled_in) {
    cxm_lexicon_builder *builder = new_builder();
    ck_assert_int_eq(add(builder, "a.yaml", HEAD "categories: {x.y: {phrases: [a <number>]}}\n"),
                     CXM_OK);
    for (int i = 0; i < 2; i++) {
        cxm_lexicon *lexicon = build(builder);
        ck_assert_uint_eq(cxm_lexicon_category_count(lexicon), 1);
        ck_assert_int_eq(cxm_lexicon_role_of(lexicon, CXM_STR("Agent")), CXM_ROLE_AGENT);
        cxm_lexicon_free(lexicon);
    }
    cxm_lexicon_builder_free(builder);
}
END_TEST

START_TEST(faults_are_told_by_every_build) {
    cxm_lexicon_builder *builder = new_builder();
    cxm_lexicon *lexicon;
    cxm_error error;
    ck_assert_int_eq(add(builder, "a.yaml", HEAD "bad: x\n"), CXM_E_SYNTAX);
    ck_assert_int_eq(add(builder, "b.yaml", HEAD "categories: {x.y: {phrases: [(a]}}\n"), CXM_OK);
    ck_assert_uint_eq(told, 1);
    for (size_t i = 0; i < 2; i++) {
        ck_assert_int_eq(cxm_lexicon_builder_build(builder, &lexicon, &error), CXM_E_SYNTAX);
        ck_assert_ptr_null(lexicon);
        ck_assert_str_eq(error.file, "a.yaml");
        ck_assert_uint_eq(told, 2 + i);
        ck_assert_str_eq(last_told.file, "b.yaml");
    }
    cxm_lexicon_builder_free(builder);
}
END_TEST

/* A set that is not known at one build may be added before the next. */
START_TEST(a_fault_can_be_mended) {
    cxm_lexicon_builder *builder = new_builder();
    cxm_lexicon *lexicon;
    ck_assert_int_eq(add(builder, "a.yaml", HEAD "categories: {x.y: {phrases: [<mine>]}}\n"), 0);
    ck_assert_int_eq(cxm_lexicon_builder_build(builder, &lexicon, NULL), CXM_E_SYNTAX);
    ck_assert_int_eq(add(builder, "b.yaml", HEAD "sets: {mine: [a]}\n"), CXM_OK);
    cxm_lexicon_free(build(builder));
    cxm_lexicon_builder_free(builder);
}
END_TEST

/* What could not be read is told, and leaves the builder as it was. */
START_TEST(a_path_that_is_not_there) {
    cxm_lexicon_builder *builder = new_builder();
    cxm_lexicon *lexicon;
    cxm_error error;
    ck_assert_int_eq(cxm_lexicon_builder_add_path(builder, "/none/such", &error), CXM_E_IO);
    ck_assert_str_eq(error.file, "/none/such");
    ck_assert_uint_eq(told, 1);
    ck_assert_int_eq(add(builder, "a.yaml", HEAD "categories: {x.y: {phrases: [a]}}\n"), CXM_OK);
    cxm_lexicon_free(build(builder));
    cxm_lexicon_builder_free(builder);
    ck_assert_int_eq(cxm_lexicon_load("/none/such", NULL, &lexicon, &error), CXM_E_IO);
    ck_assert_ptr_null(lexicon);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("builder");
    TCase *builder_case = tcase_create("builder");
    tcase_set_timeout(builder_case, 60);
    tcase_add_test(builder_case, arguments);
    tcase_add_test(builder_case, packs_add_up);
    tcase_add_test(builder_case, language_data_is_filled_in);
    tcase_add_test(builder_case, faults_are_told_by_every_build);
    tcase_add_test(builder_case, a_fault_can_be_mended);
    tcase_add_test(builder_case, a_path_that_is_not_there);
    suite_add_tcase(suite, builder_case);
    return run_suite(suite);
}
