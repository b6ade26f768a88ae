/* SPDX-License-Identifier: MIT */
/* What is written of queries, and of whole transcripts: want of memory is told, and leaves nothing
 * behind. What comes out is tested in tests/cli. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char pack[] =
    "categories:\n"
    "  t.policy: {title: Policy, weight: -1, phrases: [our policy, policy says]}\n"
    "  t.sorry: {phrases: [sorry]}\n"
    "behaviors:\n"
    "  b.bare: {expression: t.policy without t.sorry within 1 words}\n"
    "scorecards:\n"
    "  card: {criteria: {one: {points: 5, avoid: b.bare}}}\n";

static const char calls[] =
    "{\"id\":\"=1\",\"meta\":{\"queue\":\"a\"},\"turns\":[{\"speaker\":\"Dana\",\"role\":\"agent\","
    "\"text\":\"Our policy says so, and our policy is good.\",\"start\":3},{\"speaker\":\"Kim\","
    "\"role\":\"customer\",\"text\":\"I am sorry to hear that\"}]}";

/* Everything there is to write of, of sound memory. */
typedef struct all {
    cxm_lexicon *lexicon;
    cxm_miner *miner;
    cxm_judge *judges[3]; /* each keeps what it said */
    cxm_transcript *transcript;
    const cxm_result *result;
    const cxm_answer *answer;
    const cxm_explanation *explanation;
    const cxm_judgement *judgement;
} all;

static all all_new(void) {
    all self;
    char text[4096];
    cxm_lexicon_builder *builder;
    snprintf(text, sizeof text, "%s%s", test_language, pack);
    ck_assert_int_eq(cxm_lexicon_builder_new(NULL, &builder, NULL), CXM_OK);
    ck_assert_int_eq(
        cxm_lexicon_builder_add_bytes(builder, CXM_STR("t.yaml"), cxm_str_from(text), NULL),
        CXM_OK);
    ck_assert_int_eq(cxm_lexicon_builder_add_query(builder, CXM_STR("q"),
                                                   CXM_STR("t.policy with t.sorry"), NULL),
                     CXM_OK);
    ck_assert_int_eq(cxm_lexicon_builder_add_query(builder, CXM_STR("n"),
                                                   CXM_STR("t.sorry then t.policy"), NULL),
                     CXM_OK);
    ck_assert_int_eq(cxm_lexicon_builder_build(builder, &self.lexicon, NULL), CXM_OK);
    cxm_lexicon_builder_free(builder);
    self.miner = new_miner(self.lexicon);
    ck_assert_int_eq(cxm_transcript_read(cxm_str_from(calls), NULL, &self.transcript, NULL),
                     CXM_OK);
    self.result = mine(self.miner, self.transcript);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(cxm_judge_new(self.lexicon, NULL, &self.judges[i], NULL), CXM_OK);
    ck_assert_int_eq(
        cxm_judge_query(self.judges[0], self.transcript, self.result, 0, &self.answer, NULL),
        CXM_OK);
    ck_assert_int_eq(cxm_judge_explain_query(self.judges[1], self.transcript, self.result, 1,
                                             &self.explanation, NULL),
                     CXM_OK);
    ck_assert_int_eq(
        cxm_judge_run(self.judges[2], self.transcript, self.result, &self.judgement, NULL), CXM_OK);
    ck_assert_uint_gt(self.answer->finding_count, 0);
    ck_assert_uint_gt(self.explanation->shortfall_count, 0);
    return self;
}

static void all_free(all *self) {
    for (int i = 0; i < 3; i++)
        cxm_judge_free(self->judges[i]);
    cxm_transcript_free(self->transcript);
    cxm_miner_free(self->miner);
    cxm_lexicon_free(self->lexicon);
}

typedef cxm_status (*writing)(const all *self, const cxm_allocator *allocator, const char *format);

static cxm_status write_answers(const all *self, const cxm_allocator *allocator,
                                const char *format) {
    cxm_writer_options options = CXM_WRITER_OPTIONS_INIT;
    cxm_writer *writer;
    cxm_str bytes;
    options.allocator = allocator;
    options.context = 1;
    options.color = strcmp(format, "text") == 0;
    cxm_status status = cxm_writer_new(format, self->lexicon, &options, &writer, NULL);
    for (int i = 0; i < 2 && !status; i++)
        status =
            cxm_writer_answer(writer, self->transcript, self->result, self->answer, &bytes, NULL);
    if (!status && strcmp(format, "csv") != 0)
        status = cxm_writer_explanation(writer, self->transcript, self->result, self->explanation,
                                        &bytes, NULL);
    if (!status && strcmp(format, "text") == 0)
        status =
            cxm_writer_show(writer, self->transcript, self->result, self->judgement, &bytes, NULL);
    ck_assert(status || bytes.len > 0);
    cxm_writer_free(writer);
    return status;
}

static cxm_status count_groups(const all *self, const cxm_allocator *allocator,
                               const char *format) {
    cxm_status status = CXM_OK;
    for (int by = CXM_BY_NOTHING; by <= CXM_BY_META && !status; by++) {
        cxm_counter_options options = CXM_COUNTER_OPTIONS_INIT;
        cxm_counter *counter;
        cxm_str bytes;
        options.allocator = allocator;
        options.by = (cxm_group_by)by;
        options.key = CXM_STR("queue");
        options.sort = CXM_SORT_RATE;
        status = cxm_counter_new(&options, &counter, NULL);
        if (!status)
            status = cxm_counter_add(counter, self->transcript, self->result, self->answer, NULL);
        if (!status)
            status = cxm_counter_write(counter, format, &bytes, NULL);
        ck_assert(status || bytes.len > 0);
        cxm_counter_free(counter);
    }
    return status;
}

static void fail_each(const all *self, writing run, const char *format) {
    for (size_t n = 1;; n++) {
        meter counter = {.fail_at = n};
        cxm_allocator allocator = meter_allocator(&counter);
        cxm_status status = run(self, &allocator, format);
        ck_assert_int_eq(status, counter.failed ? CXM_E_NOMEM : CXM_OK);
        ck_assert_uint_eq(counter.live, 0);
        if (!counter.failed)
            return;
    }
}

START_TEST(want_of_memory_is_told) {
    static const char *const formats[] = {"text", "jsonl", "csv"};
    all self = all_new();
    fail_each(&self, write_answers, formats[_i]);
    fail_each(&self, count_groups, formats[_i]);
    all_free(&self);
}
END_TEST

START_TEST(what_a_format_cannot_write_is_told) {
    all self = all_new();
    cxm_writer *writer;
    cxm_str bytes;
    cxm_error error;
    ck_assert_int_eq(cxm_writer_new("csv", self.lexicon, NULL, &writer, NULL), CXM_OK);
    ck_assert_int_eq(cxm_writer_result(writer, self.transcript, self.result, &bytes, &error),
                     CXM_E_ARGUMENT);
    ck_assert_str_eq(error.message, "csv is for what queries find");
    ck_assert_int_eq(
        cxm_writer_show(writer, self.transcript, self.result, self.judgement, &bytes, &error),
        CXM_E_ARGUMENT);
    ck_assert_int_eq(cxm_writer_explanation(writer, self.transcript, self.result, self.explanation,
                                            &bytes, &error),
                     CXM_E_ARGUMENT);
    cxm_writer_free(writer);
    all_free(&self);
}
END_TEST

/* An expression of a megabyte is refused, with an error of a line. */
START_TEST(a_megabyte_is_refused) {
    size_t len;
    char *expression = repeat("t.policy or ", 90000, &len);
    cxm_lexicon_builder *builder;
    cxm_lexicon *lexicon;
    cxm_error error;
    ck_assert_uint_gt(len, 1000000);
    ck_assert_int_eq(cxm_lexicon_builder_new(NULL, &builder, NULL), CXM_OK);
    cxm_status status =
        cxm_lexicon_builder_add_query(builder, CXM_STR("q"), (cxm_str){expression, len}, &error);
    if (!status)
        status = cxm_lexicon_builder_build(builder, &lexicon, &error);
    ck_assert_int_eq(status, CXM_E_LIMIT);
    ck_assert_str_eq(error.message, "an expression of more than 64 KiB");
    cxm_lexicon_builder_free(builder);
    free(expression);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("answers");
    TCase *cases = tcase_create("answers");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, want_of_memory_is_told, 0, 3);
    tcase_add_test(cases, what_a_format_cannot_write_is_told);
    tcase_add_test(cases, a_megabyte_is_refused);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
