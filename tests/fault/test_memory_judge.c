/* SPDX-License-Identifier: MIT */
/* Want of memory while behaviors are compiled, conversations judged and judgements written: it is
 * told, nothing is left behind, and the judge works again; once warm it asks for none. */
#include "judging.h"

#include <stdio.h>

static const char scorecards[] =
    "cxmine: 1\nlanguage: xx\n"
    "behaviors:\n"
    "  far: {weight: -1, title: Far, why: W, expression: '\"cc (dd)?\" not then near within 9 "
    "words',"
    " tests: {hit: ['agent: cc'], miss: ['agent 2: aa']}}\n"
    "scorecards:\n"
    "  card:\n    title: Card\n    given: x.*\n    criteria:\n"
    "      one: {points: 2, title: One, given: x.a, expect: then x.b within 2 turns,"
    " tests: {hit: ['agent: aa bb']}}\n"
    "      two: {points: 1, avoid: y.c, tests: {none: ['customer: ee']}}\n";

static const char *const queries[] = {
    "x.a then x.b then y.c or <s> in last 50 percent",
    "at least 1 (x.* with \"aa|dd\" within 3 seconds) where meta.queue = returns and turns > 1",
    "x.a without x.b within 0 words and not z.d",
};

static cxm_lexicon *sound; /* of memory that does not fail, as all below */
static cxm_transcript *transcripts[20];
static cxm_miner *miner;

typedef cxm_status (*scenario)(const cxm_allocator *allocator, cxm_error *error);

static cxm_status build(const cxm_allocator *allocator, cxm_lexicon **out, cxm_error *error) {
    cxm_lexicon_options options = CXM_LEXICON_OPTIONS_INIT;
    cxm_lexicon_builder *builder = NULL;
    options.allocator = allocator;
    *out = NULL;
    cxm_status status = cxm_lexicon_builder_new(&options, &builder, error);
    if (!status)
        status = cxm_lexicon_builder_add_bytes(builder, CXM_STR("a.yaml"),
                                               cxm_str_from(judging_pack), error);
    if (!status)
        status = cxm_lexicon_builder_add_bytes(builder, CXM_STR("b.yaml"), cxm_str_from(scorecards),
                                               error);
    for (size_t i = 0; i < COUNT(queries) && !status; i++)
        status =
            cxm_lexicon_builder_add_query(builder, CXM_STR("q"), cxm_str_from(queries[i]), error);
    if (!status)
        status = cxm_lexicon_builder_build(builder, out, error);
    cxm_lexicon_builder_free(builder);
    return status;
}

static cxm_status compile(const cxm_allocator *allocator, cxm_error *error) {
    cxm_lexicon *lexicon;
    cxm_status status = build(allocator, &lexicon, error);
    ck_assert_int_eq(status == CXM_OK, lexicon != NULL);
    cxm_lexicon_free(lexicon);
    return status;
}

static cxm_status new_judge(const cxm_allocator *allocator, cxm_judge **judge, cxm_error *error) {
    cxm_judge_options options = CXM_JUDGE_OPTIONS_INIT;
    options.allocator = allocator;
    return cxm_judge_new(sound, &options, judge, error);
}

/* All that a judge can be asked of one conversation. */
static cxm_status ask_all(cxm_judge *judge, const cxm_transcript *transcript, cxm_error *error) {
    const cxm_result *result = mine(miner, transcript);
    const cxm_judgement *judgement;
    const cxm_answer *answer;
    const cxm_explanation *explanation;
    cxm_status status = cxm_judge_run(judge, transcript, result, &judgement, error);
    for (size_t i = 0; i < COUNT(queries) && !status; i++) {
        status = cxm_judge_query(judge, transcript, result, i, &answer, error);
        if (!status)
            status = cxm_judge_explain_query(judge, transcript, result, i, &explanation, error);
    }
    return status;
}

static cxm_status judge_all(const cxm_allocator *allocator, cxm_error *error) {
    cxm_judge *judge;
    cxm_status status = new_judge(allocator, &judge, error);
    for (size_t i = 0; i < COUNT(transcripts) && !status; i++)
        status = ask_all(judge, transcripts[i], error);
    cxm_judge_free(judge);
    return status;
}

/* A judge that had no memory works again when there is some. */
static cxm_status judge_again(const cxm_allocator *allocator, cxm_error *error) {
    meter *counter = allocator->user;
    cxm_judge *judge;
    cxm_status status = new_judge(allocator, &judge, error);
    if (status)
        return status;
    status = ask_all(judge, transcripts[0], error);
    counter->fail_at = 0;
    ck_assert_int_eq(ask_all(judge, transcripts[0], NULL), CXM_OK);
    cxm_judge_free(judge);
    return status;
}

static cxm_status write_as(const char *format, const cxm_allocator *allocator, cxm_error *error) {
    cxm_writer_options options = CXM_WRITER_OPTIONS_INIT;
    const cxm_judgement *judgement;
    cxm_writer *writer = NULL;
    cxm_judge *judge;
    cxm_str bytes;
    options.allocator = allocator;
    ck_assert_int_eq(new_judge(NULL, &judge, NULL), CXM_OK);
    cxm_status status = cxm_writer_new(format, sound, &options, &writer, error);
    for (size_t i = 0; i < 4 && !status; i++) {
        const cxm_result *result = mine(miner, transcripts[i]);
        ck_assert_int_eq(cxm_judge_run(judge, transcripts[i], result, &judgement, NULL), CXM_OK);
        status = cxm_writer_judged(writer, transcripts[i], result, judgement, &bytes, error);
    }
    if (!status)
        status = cxm_writer_end(writer, &bytes, error);
    cxm_writer_free(writer);
    cxm_judge_free(judge);
    return status;
}

static cxm_status write_text(const cxm_allocator *allocator, cxm_error *error) {
    return write_as("text", allocator, error);
}

static cxm_status write_jsonl(const cxm_allocator *allocator, cxm_error *error) {
    return write_as("jsonl", allocator, error);
}

static cxm_status make_dialogues(const cxm_allocator *allocator, cxm_error *error) {
    cxm_status status = CXM_OK;
    ck_assert_uint_eq(cxm_lexicon_dialogue_count(sound), 4);
    for (size_t i = 0; i < cxm_lexicon_dialogue_count(sound) && !status; i++) {
        cxm_transcript *transcript;
        status =
            cxm_dialogue_transcript(cxm_lexicon_dialogue(sound, i), allocator, &transcript, error);
        cxm_transcript_free(transcript);
    }
    return status;
}

typedef struct fault_case {
    const char *name;
    scenario run;
} fault_case;

static const fault_case fault_cases[] = {
    {"compile behaviors", compile},    {"judge", judge_all},
    {"judge again", judge_again},      {"write text", write_text},
    {"write JSON Lines", write_jsonl}, {"make dialogues", make_dialogues},
};

/* How often it may go well though an allocation failed: where a transcript gives back memory. */
enum { MOST_TOLERATED = 24 };

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
            ck_assert_uint_le(tolerated, MOST_TOLERATED);
            break;
        }
        tolerated += status == CXM_OK;
        ck_assert_msg(status == CXM_OK || (status == CXM_E_NOMEM && error.code == CXM_E_NOMEM),
                      "%s, allocation %zu: %s", given->name, n, cxm_status_name(status));
    }
}

static void set_up(void) {
    uint64_t seed = 3;
    ck_assert_int_eq(build(NULL, &sound, NULL), CXM_OK);
    miner = new_miner(sound);
    for (size_t i = 0; i < COUNT(transcripts); i++)
        transcripts[i] = random_transcript(&seed, 12, i % 2);
}

static void tear_down(void) {
    for (size_t i = 0; i < COUNT(transcripts); i++)
        cxm_transcript_free(transcripts[i]);
    cxm_miner_free(miner);
    cxm_lexicon_free(sound);
}

START_TEST(want_of_memory_is_told) {
    fail_each(&fault_cases[_i], false);
    fail_each(&fault_cases[_i], true);
}
END_TEST

START_TEST(none_once_warm) {
    meter counter = {.calls = 0};
    cxm_allocator allocator = meter_allocator(&counter);
    cxm_judge *judge;
    ck_assert_int_eq(new_judge(&allocator, &judge, NULL), CXM_OK);
    size_t warm = 0;
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < COUNT(transcripts); i++)
            ck_assert_int_eq(ask_all(judge, transcripts[i], NULL), CXM_OK);
        ck_assert(round == 0 || counter.calls == warm);
        warm = counter.calls;
    }
    cxm_judge_free(judge);
    ck_assert_uint_eq(counter.live, 0);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("fault memory judge");
    TCase *cases = tcase_create("fault memory judge");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_loop_test(cases, want_of_memory_is_told, 0, COUNT(fault_cases));
    tcase_add_test(cases, none_once_warm);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
