/* SPDX-License-Identifier: MIT */
/* Want of memory while parts are kept, texts traced, phrases checked and dictionaries read: it is
 * told, and nothing is left behind. */
#include "support.h"

#include <stdio.h>

static const char pack[] =
    "cxmine: 1\nlanguage: en\nsets:\n  ours: [our, 'the company', <theirs>]\n  theirs: [their]\n"
    "categories:\n  t.a:\n    negation: drop\n"
    "    phrases: ['<ours> policy~ ...2 (say~|state~)', '/^x/ (y=<rest>)', {phrase: happy*, "
    "unless: "
    "['happy hour']}, happy, '^ no $?']\n"
    "    unless: ['our policy says']\n";

static const char text[] = "Our policy, uh, states it. Not happy! Happy hour, xa b c. No? can't.";

typedef cxm_status (*scenario)(const cxm_allocator *allocator, cxm_error *error);

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

static cxm_status keep_parts(const cxm_allocator *allocator, cxm_error *error) {
    cxm_lexicon *lexicon;
    cxm_status status = build(allocator, &lexicon, error);
    ck_assert_int_eq(status == CXM_OK, lexicon != NULL);
    cxm_lexicon_free(lexicon);
    return status;
}

static cxm_lexicon *sound; /* of memory that does not fail */

static cxm_status trace(const cxm_allocator *allocator, cxm_error *error) {
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

static cxm_status read_liwc(const cxm_allocator *allocator, cxm_error *error) {
    return read_dictionary(allocator, error,
                           "%\n1 a\n2 a\n%\nx* 1 2\nkind of\t1\n:) 1\n*ing 2\nz 7\n");
}

static cxm_status read_quanteda(const cxm_allocator *allocator, cxm_error *error) {
    return read_dictionary(allocator, error, "a: [x, 'y*', ':)']\nb: {c: {d: ['*z', [e]]}}\n");
}

typedef struct fault_case {
    const char *name;
    scenario run;
} fault_case;

static const fault_case fault_cases[] = {
    {"keep parts", keep_parts},
    {"trace", trace},
    {"read a LIWC dictionary", read_liwc},
    {"read a quanteda dictionary", read_quanteda},
};

/* How often it may go well though an allocation failed: where memory only makes faster. */
enum { MOST_TOLERATED = 12 };

static void fail_each(const fault_case *given, bool all_on) {
    size_t tolerated = 0;
    for (size_t n = 1;; n++) {
        meter counter = {.fail_at = n, .fail_on = all_on};
        cxm_allocator allocator = meter_allocator(&counter);
        cxm_error error = {.code = CXM_OK};
        cxm_status status = given->run(&allocator, &error);
        ck_assert_msg(counter.live == 0 && counter.blocks == 0,
                      "%s, allocation %zu: %zu bytes left", given->name, n, counter.live);
        if (!counter.failed) {
            ck_assert_int_eq(status, CXM_OK);
            printf("# %s: %zu allocations\n", given->name, counter.calls);
            break;
        }
        tolerated += status == CXM_OK;
        ck_assert_msg(status == CXM_OK || (status == CXM_E_NOMEM && error.code == CXM_E_NOMEM),
                      "%s, allocation %zu: %s", given->name, n, cxm_status_name(status));
    }
    ck_assert_uint_le(tolerated, MOST_TOLERATED);
}

START_TEST(want_of_memory_is_told) {
    cxm_error error;
    ck_assert_int_eq(build(NULL, &sound, &error), CXM_OK);
    fail_each(&fault_cases[_i], false);
    fail_each(&fault_cases[_i], true);
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
