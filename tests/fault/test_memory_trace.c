/* SPDX-License-Identifier: MIT */
/* Want of memory while parts are kept, texts traced, phrases checked and dictionaries read: it is
 * told, and nothing is left behind. */
#include "failing.h"

static const char pack[] =
    "cxmine: 1\nlanguage: en\nsets:\n  ours: [our, 'the company', <theirs>]\n  theirs: [their]\n"
    "categories:\n  t.a:\n    negation: drop\n"
    "    phrases: ['<ours> policy~ ...2 (say~|state~)', '/^x/ (y=<rest>)', {phrase: happy*, "
    "unless: "
    "['happy hour']}, happy, '^ no $?']\n"
    "    unless: ['our policy says']\n";

static const char text[] = "Our policy, uh, states it. Not happy! Happy hour, xa b c. No? can't.";

static cxm_status build(const cxm_allocator *allocator, cxm_lexicon **lexicon, cxm_error *error) {
    cxm_lexicon_options options = CXM_LEXICON_OPTIONS_INIT;
    cxm_lexicon_builder *builder = NULL;
    options.allocator = allocator;
    options.keep_parts = true;
    *lexicon = NULL;
    cxm_status status = cxm_lexicon_builder_new(&options, &builder, error);
    if (!status)
        status = cxm_lexicon_builder_add_bytes(builder, CXM_STR("l.yaml"),
                                               cxm_str_from(test_language), error);
    if (!status)
        status =
            cxm_lexicon_builder_add_bytes(builder, CXM_STR("t.yaml"), cxm_str_from(pack), error);
    if (!status)
        status = cxm_lexicon_builder_build(builder, lexicon, error);
    cxm_lexicon_builder_free(builder);
    return status;
}

static cxm_status keep_parts(void *given, const cxm_allocator *allocator, cxm_error *error) {
    (void)given;
    cxm_lexicon *lexicon;
    cxm_status status = build(allocator, &lexicon, error);
    ck_assert_int_eq(status == CXM_OK, lexicon != NULL);
    cxm_lexicon_free(lexicon);
    return status;
}

static cxm_lexicon *sound; /* of memory that does not fail */

static cxm_status trace(void *given, const cxm_allocator *allocator, cxm_error *error) {
    (void)given;
    cxm_miner_options options = CXM_MINER_OPTIONS_INIT;
    cxm_tracer *tracer = NULL;
    const cxm_trace *found;
    const cxm_nearest *near;
    size_t count;
    options.allocator = allocator;
    cxm_status status = cxm_tracer_new(sound, &options, &tracer, error);
    if (!status)
        status = cxm_tracer_run(tracer, cxm_str_from(text), 0, &found, error);
    if (!status)
        status = cxm_tracer_nearest(tracer, cxm_str_from(text), 0, 9, &near, &count, error);
    for (uint32_t i = 0; i < cxm_lexicon_phrase_count(sound) && !status; i++) {
        cxm_phrase_check check;
        status = cxm_tracer_check(tracer, i, &check, error);
    }
    cxm_tracer_free(tracer);
    return status;
}

static cxm_status read_dictionary(const cxm_allocator *allocator, cxm_error *error,
                                  const char *dictionary) {
    cxm_import_options options = CXM_IMPORT_OPTIONS_INIT;
    cxm_import *import;
    options.allocator = allocator;
    cxm_status status = cxm_import_new(cxm_str_from(dictionary), &options, &import, error);
    ck_assert_int_eq(status == CXM_OK, import != NULL);
    cxm_import_free(import);
    return status;
}

static cxm_status read_liwc(void *given, const cxm_allocator *allocator, cxm_error *error) {
    (void)given;
    return read_dictionary(allocator, error,
                           "%\n1 a\n2 a\n%\nx* 1 2\nkind of\t1\n:) 1\n*ing 2\nz 7\n");
}

static cxm_status read_quanteda(void *given, const cxm_allocator *allocator, cxm_error *error) {
    (void)given;
    return read_dictionary(allocator, error, "a: [x, 'y*', ':)']\nb: {c: {d: ['*z', [e]]}}\n");
}

/* It may go well though an allocation failed where memory only makes faster. */
static const failing fault_cases[] = {
    {.name = "keep parts", .run = keep_parts, .most_tolerated = 12},
    {.name = "trace", .run = trace, .most_tolerated = 12},
    {.name = "read a LIWC dictionary", .run = read_liwc},
    {.name = "read a quanteda dictionary", .run = read_quanteda},
};

START_TEST(want_of_memory_is_told) {
    cxm_error error;
    ck_assert_int_eq(build(NULL, &sound, &error), CXM_OK);
    fail_each_allocation(&fault_cases[_i]);
    cxm_lexicon_free(sound);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("fault memory trace");
    TCase *cases = tcase_create("fault memory trace");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, want_of_memory_is_told, 0, COUNT(fault_cases));
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
