/* SPDX-License-Identifier: MIT */
/* Scores of conversations and of agents, measures, intervals. */
#include "support.h"

#include <math.h>

static const char pack[] =
    "cxmine: 1\nlanguage: xx\n"
    "categories:\n"
    "  up.set: {speaker: customer, phrases: [grr]}\n"
    "  em.pathy: {speaker: agent, phrases: [sorry]}\n"
    "  bl.ame: {speaker: agent, phrases: [you did]}\n"
    "scorecards:\n"
    "  card:\n"
    "    given: up.set or bl.ame\n"
    "    criteria:\n"
    "      meet: {points: 30, given: up.set, expect: then em.pathy within 1 turn}\n"
    "      calm: {points: 10, avoid: bl.ame}\n"
    "      soon: {points: 5, given: up.set, expect: then em.pathy within 9 seconds}\n";

typedef struct said {
    const char *speaker;
    cxm_role role;
    double start;
    double end;
    const char *text;
} said;

typedef struct judged {
    cxm_lexicon *lexicon;
    cxm_transcript *transcript;
    cxm_miner *miner;
    cxm_judge *judge;
    const cxm_judgement *judgement;
} judged;

static judged judge(const said *lines, size_t count) {
    judged self;
    cxm_lexicon_builder *lexicon;
    cxm_transcript_builder *builder;
    cxm_error error;
    ck_assert_int_eq(cxm_lexicon_builder_new(NULL, &lexicon, NULL), CXM_OK);
    ck_assert_msg(
        !cxm_lexicon_builder_add_bytes(lexicon, CXM_STR("t.yaml"), cxm_str_from(pack), &error) &&
            !cxm_lexicon_builder_build(lexicon, &self.lexicon, &error),
        "%s: %s", error.message, error.excerpt);
    cxm_lexicon_builder_free(lexicon);
    ck_assert_int_eq(cxm_transcript_builder_new(NULL, &builder, NULL), CXM_OK);
    for (size_t i = 0; i < count; i++) {
        cxm_turn turn = {.speaker = cxm_str_from(lines[i].speaker),
                         .role = lines[i].role,
                         .start = lines[i].start,
                         .end = lines[i].end,
                         .text = cxm_str_from(lines[i].text)};
        ck_assert_int_eq(cxm_transcript_builder_add_turn(builder, &turn, NULL), CXM_OK);
    }
    ck_assert_int_eq(cxm_transcript_builder_finish(builder, &self.transcript, NULL), CXM_OK);
    self.miner = new_miner(self.lexicon);
    const cxm_result *result = mine(self.miner, self.transcript);
    ck_assert_int_eq(cxm_judge_new(self.lexicon, NULL, &self.judge, NULL), CXM_OK);
    ck_assert_int_eq(cxm_judge_run(self.judge, self.transcript, result, &self.judgement, NULL),
                     CXM_OK);
    return self;
}

static void free_judged(judged *self) {
    cxm_judge_free(self->judge);
    cxm_miner_free(self->miner);
    cxm_transcript_free(self->transcript);
    cxm_lexicon_free(self->lexicon);
}

static void assert_near(double value, double expected) {
    ck_assert_msg(fabs(value - expected) < 1e-3, "%g, not %g", value, expected);
}

#define NO CXM_TIME_UNKNOWN, CXM_TIME_UNKNOWN

/* Dana answers one of two moments, Lee one of one, and blames: each has a score of their own. */
START_TEST(each_agent_has_a_score) {
    static const said lines[] = {
        {"Max", CXM_ROLE_CUSTOMER, NO, "grr grr"}, {"Dana", CXM_ROLE_AGENT, NO, "sorry"},
        {"Max", CXM_ROLE_CUSTOMER, NO, "grr"},     {"Dana", CXM_ROLE_AGENT, NO, "hm"},
        {"Max", CXM_ROLE_CUSTOMER, NO, "but grr"}, {"Lee", CXM_ROLE_AGENT, NO, "sorry, you did"},
    };
    judged self = judge(lines, COUNT(lines));
    const cxm_score *scores = self.judgement->scores;
    ck_assert_uint_eq(self.judgement->score_count, 3);
    ck_assert_uint_eq(scores[0].agent, CXM_NONE);
    ck_assert_uint_eq(scores[0].criteria[0].opportunity_count, 3); /* two in one turn are one */
    ck_assert_uint_eq(scores[0].criteria[0].met, 2);
    ck_assert(scores[0].criteria[1].applies && !scores[0].criteria[1].met);
    ck_assert(!scores[0].criteria[2].applies); /* there are no times */
    assert_near(scores[0].possible, 40);
    assert_near(scores[0].value, 50);
    ck_assert(cxm_str_is(cxm_transcript_speaker(self.transcript, scores[1].agent), "Dana"));
    ck_assert_uint_eq(scores[1].criteria[0].opportunity_count, 2);
    ck_assert_uint_eq(scores[1].criteria[1].met, 1);
    assert_near(scores[1].value, 62.5); /* 15 + 10 of 40 */
    ck_assert(cxm_str_is(cxm_transcript_speaker(self.transcript, scores[2].agent), "Lee"));
    ck_assert_uint_eq(scores[2].criteria[0].opportunity_count, 1);
    assert_near(scores[2].value, 75); /* 30 + 0 of 40 */
    free_judged(&self);
}
END_TEST

START_TEST(what_does_not_apply_has_no_score) {
    static const said lines[] = {{"Dana", CXM_ROLE_AGENT, NO, "hello"}};
    judged self = judge(lines, 1);
    ck_assert_uint_eq(self.judgement->score_count, 2);
    ck_assert(!self.judgement->scores[0].applies && !self.judgement->scores[1].applies);
    free_judged(&self);
    self = judge(lines, 0);
    ck_assert_uint_eq(self.judgement->score_count, 1);
    ck_assert(!self.judgement->scores[0].applies);
    free_judged(&self);
}
END_TEST

START_TEST(times_are_measured) {
    static const said lines[] = {
        {"Max", CXM_ROLE_CUSTOMER, 0, 4, "grr one two three"},
        {"Dana", CXM_ROLE_AGENT, 6, 9, "so sorry now"}, /* after 2 s */
        {"Dana", CXM_ROLE_AGENT, 10, 12, "one two"},    /* goes on: 5 s of speech */
        {"Max", CXM_ROLE_CUSTOMER, 11, 13, "no"},       /* interrupts */
        {"Dana", CXM_ROLE_AGENT, 14, 15, "ok"},         /* after 1 s */
    };
    judged self = judge(lines, COUNT(lines));
    const cxm_measures *measures = &self.judgement->measures;
    const cxm_role_measures *agent = &measures->roles[CXM_ROLE_AGENT];
    const cxm_role_measures *customer = &measures->roles[CXM_ROLE_CUSTOMER];
    ck_assert(measures->timed);
    ck_assert_uint_eq(measures->words, 11);
    ck_assert_uint_eq(measures->turns, 4);
    assert_near(measures->duration, 15);
    assert_near(measures->silence, 2 + 1 + 1);
    ck_assert_uint_eq(measures->interruptions, 1);
    ck_assert_uint_eq(customer->interruptions, 1);
    ck_assert_uint_eq(agent->interruptions, 0);
    ck_assert_uint_eq(agent->words, 6);
    ck_assert_uint_eq(agent->turns, 2);
    assert_near(agent->talk_share, 6.0 / 11);
    assert_near(agent->seconds, 6);
    assert_near(agent->words_per_minute, 60);
    assert_near(agent->longest_turn, 5);
    assert_near(agent->response_time, 1.5);
    assert_near(customer->response_time, CXM_UNKNOWN); /* it only interrupted */
    ck_assert(self.judgement->scores[0].criteria[2].applies);
    free_judged(&self);
}
END_TEST

START_TEST(what_cannot_be_told_is_unknown) {
    static const said lines[] = {
        {"Max", CXM_ROLE_CUSTOMER, 0, 4, "grr"},
        {"Dana", CXM_ROLE_AGENT, 6, CXM_TIME_UNKNOWN, "sorry"},
    };
    judged self = judge(lines, COUNT(lines));
    const cxm_measures *measures = &self.judgement->measures;
    ck_assert(!measures->timed);
    assert_near(measures->duration, 6);
    assert_near(measures->silence, CXM_UNKNOWN);
    ck_assert_uint_eq(measures->interruptions, 0);
    for (int role = 0; role < CXM_ROLE_COUNT; role++)
        assert_near(measures->roles[role].words_per_minute, CXM_UNKNOWN);
    free_judged(&self);
}
END_TEST

START_TEST(intervals_are_wilsons) {
    static const struct {
        size_t met;
        size_t count;
        double low;
        double high;
    } cases[] = {
        {0, 0, 0, 1},         {0, 10, 0, 0.27754},
        {10, 10, 0.72246, 1}, {5, 10, 0.23659, 0.76341},
        {1, 1, 0.20654, 1},   {50, 1000, 0.03814, 0.06530},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        cxm_interval interval = cxm_wilson(cases[i].met, cases[i].count);
        assert_near(interval.low, cases[i].low);
        assert_near(interval.high, cases[i].high);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("score");
    TCase *tests = tcase_create("all");
    tcase_add_test(tests, each_agent_has_a_score);
    tcase_add_test(tests, what_does_not_apply_has_no_score);
    tcase_add_test(tests, times_are_measured);
    tcase_add_test(tests, what_cannot_be_told_is_unknown);
    tcase_add_test(tests, intervals_are_wilsons);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
