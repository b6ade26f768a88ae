/* SPDX-License-Identifier: MIT */
/* Want of memory while behaviors are compiled, conversations judged and judgements written: it is
 * told, nothing is left behind, and the judge works again; once warm it asks for none. */
#include "failing.h"
#include "judging.h"

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

static cxm_status compile(void *given, const cxm_allocator *allocator, cxm_error *error) {
    (void)given;
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

static cxm_status judge_all(void *given, const cxm_allocator *allocator, cxm_error *error) {
    (void)given;
    cxm_judge *judge;
    cxm_status status = new_judge(allocator, &judge, error);
    for (size_t i = 0; i < COUNT(transcripts) && !status; i++)
        status = ask_all(judge, transcripts[i], error);
    cxm_judge_free(judge);
    return status;
}

/* A judge that had no memory works again when there is some. */
static cxm_status judge_again(void *given, const cxm_allocator *allocator, cxm_error *error) {
    (void)given;
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

/* `given` is the name of the format. */
static cxm_status write_as(void *given, const cxm_allocator *allocator, cxm_error *error) {
    cxm_writer_options options = CXM_WRITER_OPTIONS_INIT;
    const cxm_judgement *judgement;
    cxm_writer *writer = NULL;
    cxm_judge *judge;
    cxm_str bytes;
    options.allocator = allocator;
    ck_assert_int_eq(new_judge(NULL, &judge, NULL), CXM_OK);
    cxm_status status = cxm_writer_new(given, sound, &options, &writer, error);
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

static cxm_status say_turn(cxm_live *live, const cxm_turn *turn, cxm_live_news *news) {
    cxm_turn head = *turn;
    head.text = (cxm_str){NULL, 0};
    cxm_status status = cxm_live_begin_turn(live, &head, NULL);
    if (!status)
        status = cxm_live_append(live, turn->text, CXM_TIME_UNKNOWN, NULL);
    return status ? status : cxm_live_end_turn(live, miner, turn->end, news, NULL);
}

/* What a live conversation of sound memory tells, turn by turn, and at its end. */
static cxm_status write_live(void *given, const cxm_allocator *allocator, cxm_error *error) {
    const cxm_transcript *transcript = transcripts[0];
    size_t turns = cxm_transcript_turn_count(transcript);
    cxm_writer_options options = CXM_WRITER_OPTIONS_INIT;
    cxm_live_findings found;
    cxm_live_news news;
    cxm_writer *writer;
    cxm_judge *judge;
    cxm_live *live;
    cxm_str bytes;
    (void)given;
    options.allocator = allocator;
    ck_assert_int_eq(new_judge(NULL, &judge, NULL), CXM_OK);
    ck_assert_int_eq(cxm_live_new(sound, NULL, &live, NULL), CXM_OK);
    cxm_status status = cxm_writer_new("jsonl", sound, &options, &writer, error);
    for (size_t i = 0; i <= turns && !status; i++) {
        if (i < turns)
            ck_assert_int_eq(say_turn(live, cxm_transcript_turn(transcript, i), &news), CXM_OK);
        else
            ck_assert_int_eq(cxm_live_finish(live, miner, &news, NULL), CXM_OK);
        ck_assert_int_eq(cxm_live_judge(live, judge, &found, NULL), CXM_OK);
        status = cxm_writer_news(writer, live, &news, &bytes, error);
        if (!status)
            status = cxm_writer_findings(writer, live, &found, &bytes, error);
    }
    cxm_writer_free(writer);
    cxm_live_free(live);
    cxm_judge_free(judge);
    return status;
}

static cxm_status make_dialogues(void *given, const cxm_allocator *allocator, cxm_error *error) {
    (void)given;
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

/* A transcript that cannot give back memory keeps it: those of four dialogues give back four arrays
 * each. */
enum { MOST_TOLERATED = 12, OF_DIALOGUES = 4 * 4 };

static const failing fault_cases[] = {
    {"compile behaviors", compile, NULL, 0, MOST_TOLERATED},
    {"judge", judge_all, NULL, 0, MOST_TOLERATED},
    {"judge again", judge_again, NULL, 0, MOST_TOLERATED},
    {"write text", write_as, "text", 0, MOST_TOLERATED},
    {"write JSON Lines", write_as, "jsonl", 0, MOST_TOLERATED},
    {"write news of a live conversation", write_live, NULL, 0, MOST_TOLERATED},
    {"make dialogues", make_dialogues, NULL, 0, OF_DIALOGUES},
};

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
    fail_each_allocation(&fault_cases[_i]);
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
