/* SPDX-License-Identifier: MIT */
/* The examples of expressions in lexicons/README.md find what it says that they find. */
#include "reading.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

/* One row: | `expression` | 3, 7 | ... */
static bool read_row(const char *row, char expression[256], char found[64]) {
    if (strncmp(row, "| `", 3) != 0)
        return false;
    const char *end = strchr(row + 3, '`');
    size_t len = (size_t)(end - row) - 3;
    ENSURE(len < 256);
    memcpy(expression, row + 3, len);
    expression[len] = '\0';
    const char *from = end + 4;
    len = (size_t)(strchr(from, '|') - from) - 1;
    ENSURE(len < 64);
    memcpy(found, from, len);
    found[len] = '\0';
    return true;
}

static void describe_for_people(const cxm_answer *answer, char *out, size_t size) {
    size_t len = (size_t)snprintf(out, size, "%s", answer->finding_count ? "" : "nothing");
    for (size_t i = 0; i < answer->finding_count; i++) {
        const cxm_finding *finding = &answer->findings[i];
        if (finding->turn == CXM_NONE)
            snprintf(out, size, "the whole");
        else
            len +=
                (size_t)snprintf(out + len, size - len, "%s%u", i ? ", " : "", finding->turn + 1);
    }
}

typedef struct example {
    char expression[256];
    char found[64];
} example;

static size_t read_examples(const char *manual, example *examples, size_t most, cxm_str *text) {
    static const char fence[] = "```conversation\n";
    size_t count = 0;
    const char *from = strstr(manual, fence);
    ck_assert_ptr_nonnull(from);
    from += strlen(fence);
    const char *end = strstr(from, "```");
    *text = (cxm_str){from, (size_t)(end - from)};
    const char *row = strstr(end, "|---|");
    do
        row = strchr(row, '\n') + 1;
    while (count < most && read_row(row, examples[count].expression, examples[count].found) &&
           ++count);
    return count;
}

static cxm_lexicon *new_example_lexicon(const example *examples, size_t count) {
    cxm_lexicon_builder *builder;
    cxm_lexicon *lexicon = NULL;
    cxm_error error;
    ck_assert_int_eq(cxm_lexicon_builder_new(NULL, &builder, NULL), CXM_OK);
    ck_assert_int_eq(cxm_lexicon_builder_add_builtin(builder, "en", NULL), CXM_OK);
    for (size_t i = 0; i < count; i++)
        ck_assert_int_eq(cxm_lexicon_builder_add_query(builder, CXM_STR(""),
                                                       cxm_str_from(examples[i].expression), NULL),
                         CXM_OK);
    ck_assert_msg(!cxm_lexicon_builder_build(builder, &lexicon, &error), "%s\n%s", error.message,
                  error.excerpt);
    cxm_lexicon_builder_free(builder);
    return lexicon;
}

START_TEST(examples_of_the_manual_hold) {
    static example examples[64];
    size_t len;
    char *manual = load_file(CXM_SOURCE_ROOT "/lexicons/README.md", &len);
    ck_assert_ptr_nonnull(manual);
    cxm_str text;
    cxm_judge *judge;
    cxm_transcript *transcript;
    char found[64];
    size_t count = read_examples(manual, examples, COUNT(examples), &text);
    ck_assert_uint_gt(count, 25);
    cxm_lexicon *lexicon = new_example_lexicon(examples, count);
    cxm_reader_options options = CXM_READER_OPTIONS_INIT;
    options.lexicon = lexicon;
    ck_assert_int_eq(cxm_transcript_read(text, &options, &transcript, NULL), CXM_OK);
    cxm_miner *miner = new_miner(lexicon);
    ck_assert_int_eq(cxm_judge_new(lexicon, NULL, &judge, NULL), CXM_OK);
    const cxm_result *result = mine(miner, transcript);
    for (size_t i = 0; i < count; i++) {
        const cxm_answer *answer;
        ck_assert_int_eq(cxm_judge_query(judge, transcript, result, i, &answer, NULL), CXM_OK);
        describe_for_people(answer, found, sizeof found);
        ck_assert_msg(strcmp(found, examples[i].found) == 0, "%s: found in %s, not in %s",
                      examples[i].expression, found, examples[i].found);
    }
    cxm_judge_free(judge);
    cxm_miner_free(miner);
    cxm_transcript_free(transcript);
    cxm_lexicon_free(lexicon);
    free(manual);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("manual");
    TCase *tests = tcase_create("examples");
    tcase_add_test(tests, examples_of_the_manual_hold);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
