/* SPDX-License-Identifier: MIT */
#include "read/segments.h"

#include "support.h"

static cxm_reader *reader_with(double join_gap) {
    static cxm_reader reader;
    reader = (cxm_reader){.allocator = cxm_allocator_or_default(NULL)};
    reader.options = (cxm_reader_options)CXM_READER_OPTIONS_INIT;
    reader.options.max_bytes = 1 << 20;
    reader.options.join_gap = join_gap;
    return &reader;
}

static cxm_segment said(const char *speaker, const char *text, double start, double end) {
    return (cxm_segment){
        .speaker = cxm_str_from(speaker), .text = cxm_str_from(text), .start = start, .end = end};
}

static void say(cxm_segments *all, const char *speaker, const char *text, double start,
                double end) {
    cxm_segment segment = said(speaker, text, start, end);
    cxm_segments_add(all, &segment);
}

static cxm_transcript *finish(cxm_segments *all) {
    cxm_transcript *transcript;
    cxm_error error;
    cxm_stretch where = {{"", 0}, 0, 1};
    cxm_status status = cxm_segments_finish(all, &where, &transcript, &error);
    ck_assert_msg(status == CXM_OK, "%s", error.message);
    cxm_segments_clear(all);
    return transcript;
}

static void assert_text(const cxm_transcript *transcript, size_t turn, const char *text) {
    const cxm_turn *found = cxm_transcript_turn(transcript, turn);
    ck_assert_msg(found && cxm_str_is(found->text, text), "turn %zu: '%.*s', not '%s'", turn,
                  found ? (int)found->text.len : 0, found ? found->text.ptr : "", text);
}

static void assert_skipped(const cxm_transcript *transcript, size_t index, const char *reason,
                           size_t count) {
    const cxm_skipped *skipped = cxm_transcript_skipped(transcript, index);
    ck_assert_ptr_nonnull(skipped);
    ck_assert(cxm_str_is(skipped->reason, reason));
    ck_assert_uint_eq(skipped->count, count);
}

START_TEST(a_phrase_runs_over_the_breaks_of_a_recognizer) {
    cxm_segments all;
    cxm_segments_init(&all, reader_with(0));
    say(&all, "a", " And,", 1, 2);
    say(&all, "a", "we are ", 60, 61);
    say(&all, "b", "sure", 62, 63);
    say(&all, "a", "proud", 64, 65);
    cxm_transcript *transcript = finish(&all);
    ck_assert_uint_eq(cxm_transcript_turn_count(transcript), 3);
    assert_text(transcript, 0, "And, we are");
    assert_text(transcript, 2, "proud");
    const cxm_turn *turn = cxm_transcript_turn(transcript, 0);
    ck_assert_double_eq(turn->start, 1);
    ck_assert_double_eq(turn->end, 61);
    ck_assert_uint_eq(turn->mark_count, 1);
    ck_assert_uint_eq(turn->marks[0].offset, 5);
    ck_assert_double_eq(turn->marks[0].seconds, 60);
    cxm_transcript_free(transcript);
}
END_TEST

START_TEST(what_is_not_one_turn_stays_apart) {
    static const struct {
        double gap;
        cxm_segment second;
        size_t turns;
    } cases[] = {
        {0, {.speaker = {"a", 1}, .text = {"y", 1}, .start = 9}, 1},
        {7, {.speaker = {"a", 1}, .text = {"y", 1}, .start = 9}, 1},
        {6.5, {.speaker = {"a", 1}, .text = {"y", 1}, .start = 9}, 2},
        {6.5, {.speaker = {"a", 1}, .text = {"y", 1}, .start = CXM_TIME_UNKNOWN}, 1},
        {-1, {.speaker = {"a", 1}, .text = {"y", 1}, .start = 2}, 2},
        {0, {.speaker = {"a", 1}, .text = {"y", 1}, .start = 2, .is_message = true}, 2},
        {0, {.speaker = {"a", 1}, .text = {"y", 1}, .start = 2, .kind = CXM_TURN_NOTE}, 2},
        {0, {.speaker = {"a", 1}, .text = {"y", 1}, .start = 2, .role = CXM_ROLE_BOT}, 2},
        {0, {.speaker = {"a", 1}, .text = {"y", 1}, .start = 2, .channel = {"1", 1}}, 2},
    };
    cxm_segments all;
    cxm_segments_init(&all, reader_with(cases[_i].gap));
    say(&all, "a", "x", 1, 2);
    cxm_segments_add(&all, &cases[_i].second);
    cxm_transcript *transcript = finish(&all);
    ck_assert_uint_eq(cxm_transcript_turn_count(transcript), cases[_i].turns);
    cxm_transcript_free(transcript);
}
END_TEST

START_TEST(two_channels_become_one_list) {
    static const cxm_segment channels[] = {
        {.channel = {"0", 1}, .text = {"one", 3}, .start = 1},
        {.channel = {"0", 1}, .text = {"three", 5}, .start = 3},
        {.channel = {"1", 1}, .text = {"zero", 4}, .start = CXM_TIME_UNKNOWN},
        {.channel = {"1", 1}, .text = {"also one", 8}, .start = 1},
        {.channel = {"1", 1}, .text = {"two", 3}, .start = 2},
    };
    cxm_segments all;
    cxm_segments_init(&all, reader_with(0));
    for (size_t i = 0; i < COUNT(channels); i++)
        cxm_segments_add(&all, &channels[i]);
    cxm_transcript *transcript = finish(&all);
    ck_assert_uint_eq(cxm_transcript_turn_count(transcript), 4);
    assert_text(transcript, 0, "zero");
    assert_text(transcript, 1, "one");
    assert_text(transcript, 2, "also one two");
    assert_text(transcript, 3, "three");
    ck_assert(cxm_str_is(cxm_transcript_turn(transcript, 3)->speaker, "0"));
    cxm_transcript_free(transcript);
}
END_TEST

START_TEST(a_list_in_no_order_is_left_as_it_is) {
    cxm_segments all;
    cxm_segments_init(&all, reader_with(0));
    say(&all, "a", "x", 3, 4);
    say(&all, "b", "y", 1, 2);
    cxm_transcript *transcript = finish(&all);
    assert_text(transcript, 0, "x");
    cxm_transcript_free(transcript);
}
END_TEST

START_TEST(times_since_1970_count_from_the_start) {
    cxm_segments all;
    cxm_segments_init(&all, reader_with(0));
    all.start = 1768471200 + 0.25 * _i;
    say(&all, "a", "x", 1768471201.5, 1768471202);
    cxm_segments_word(&all, CXM_STR("x"), 1768471201.75);
    say(&all, "b", "y", 1768471203, CXM_TIME_UNKNOWN);
    cxm_transcript *transcript = finish(&all);
    const cxm_turn *turn = cxm_transcript_turn(transcript, 0);
    double expected = 1.5 - 0.25 * _i;
    ck_assert_double_eq_tol(turn->start, expected, 1e-6);
    ck_assert_double_eq_tol(turn->end, expected + 0.5, 1e-6);
    ck_assert_double_eq_tol(turn->marks[0].seconds, expected + 0.25, 1e-6);
    ck_assert(cxm_str_is(cxm_transcript_meta(transcript, 0)->key, "start_time"));
    ck_assert(cxm_str_is(cxm_transcript_meta(transcript, 0)->value,
                         _i ? "2026-01-15T10:00:00.250Z" : "2026-01-15T10:00:00Z"));
    ck_assert(cxm_str_is(cxm_transcript_meta(transcript, 1)->key, "date"));
    ck_assert(cxm_str_is(cxm_transcript_meta(transcript, 1)->value, "2026-01-15"));
    cxm_transcript_free(transcript);
}
END_TEST

START_TEST(a_start_behind_the_first_words_is_not_believed) {
    cxm_segments all;
    cxm_segments_init(&all, reader_with(0));
    all.start = 1768471200;
    say(&all, "a", "x", 1668471200, CXM_TIME_UNKNOWN);
    say(&all, "b", "y", 1668471210, CXM_TIME_UNKNOWN);
    cxm_transcript *transcript = finish(&all);
    ck_assert_double_eq(cxm_transcript_turn(transcript, 0)->start, 0);
    ck_assert_double_eq(cxm_transcript_turn(transcript, 1)->start, 10);
    cxm_transcript_free(transcript);
}
END_TEST

START_TEST(one_time_for_all_is_no_time) {
    cxm_segments all;
    cxm_segments_init(&all, reader_with(0));
    for (int i = 0; i < 3; i++)
        say(&all, i == 1 ? "b" : "a", "x", 1768471200, CXM_TIME_UNKNOWN);
    cxm_transcript *transcript = finish(&all);
    ck_assert_uint_eq(cxm_transcript_turn_count(transcript), 3);
    ck_assert_double_eq(cxm_transcript_turn(transcript, 0)->start, CXM_TIME_UNKNOWN);
    assert_skipped(transcript, 0, CXM_SKIP_TIME, 3);
    ck_assert(cxm_str_is(cxm_transcript_meta(transcript, 0)->value, "2026-01-15T10:00:00Z"));
    cxm_transcript_free(transcript);
}
END_TEST

/* The words of a segment, and the offsets where they must be found; what is no digit is none. */
static const struct {
    const char *text;
    const char *words[4];
    size_t offsets[4];
    size_t count;
} word_cases[] = {
    {"Hello, world.", {"hello", "world"}, {0, 7}, 2},
    {"I have 25 apples", {"i", "have", "twenty", "five"}, {0, 2, 7, 10}, 4},
    {"Well, 25 more of them", {"well", "twenty", "five", "more"}, {0, 9}, 2},
    {"twenty-five it is", {" twenty", "-five", " it", " is"}, {0, 6, 12, 15}, 4},
    {"a b c", {"", "", ""}, {0, 2, 4}, 3},
    {"a b c", {"", ""}, {0}, 0},
    {"what a that is", {"a", "that", "is"}, {5, 7, 12}, 3},
};

START_TEST(words_are_found_in_the_text) {
    cxm_segments all;
    cxm_segments_init(&all, reader_with(0));
    say(&all, "a", word_cases[_i].text, 0, 9);
    for (size_t i = 0; i < 4 && word_cases[_i].words[i]; i++)
        cxm_segments_word(&all, cxm_str_from(word_cases[_i].words[i]), (double)i);
    cxm_transcript *transcript = finish(&all);
    const cxm_turn *turn = cxm_transcript_turn(transcript, 0);
    ck_assert_uint_eq(turn->mark_count, word_cases[_i].count);
    for (size_t i = 0; i < turn->mark_count; i++)
        ck_assert_uint_eq(turn->marks[i].offset, word_cases[_i].offsets[i]);
    cxm_transcript_free(transcript);
}
END_TEST

START_TEST(what_is_left_out_is_counted) {
    cxm_segments all;
    cxm_segments_init(&all, reader_with(0));
    say(&all, "a", "x", 1, 2);
    cxm_segments_word(&all, CXM_STR("x"), 1);
    say(&all, "a", " \n", 2, 3);
    cxm_segments_word(&all, CXM_STR("lost"), 2);
    cxm_segments_add(&all, &(cxm_segment){.kind = CXM_TURN_EVENT});
    cxm_segments_skip(&all, CXM_SKIP_FAILED);
    cxm_segments_skip(&all, CXM_SKIP_EMPTY);
    cxm_segments_meta(&all, CXM_META_QUEUE, CXM_STR(""));
    cxm_segments_meta(&all, CXM_META_QUEUE, CXM_STR("first"));
    cxm_segments_meta(&all, CXM_META_QUEUE, CXM_STR("second"));
    cxm_transcript *transcript = finish(&all);
    ck_assert_uint_eq(cxm_transcript_turn_count(transcript), 1);
    ck_assert_uint_eq(cxm_transcript_turn(transcript, 0)->mark_count, 1);
    ck_assert_uint_eq(cxm_transcript_skipped_count(transcript), 3);
    assert_skipped(transcript, 0, CXM_SKIP_EMPTY, 2);
    assert_skipped(transcript, 1, CXM_SKIP_EVENT, 1);
    assert_skipped(transcript, 2, CXM_SKIP_FAILED, 1);
    ck_assert_uint_eq(cxm_transcript_meta_count(transcript), 1);
    ck_assert(cxm_str_is(cxm_transcript_meta(transcript, 0)->value, "first"));
    cxm_transcript_free(transcript);
}
END_TEST

START_TEST(roles_come_from_rules_the_file_and_labels) {
    static const cxm_role_rule rule = {{"Dana", 4}, CXM_ROLE_CUSTOMER};
    static const struct {
        const char *speaker;
        cxm_role from_file;
        cxm_role role;
        cxm_role_source source;
    } cases[] = {
        {"dana", CXM_ROLE_AGENT, CXM_ROLE_CUSTOMER, CXM_ROLE_FROM_RULE},
        {"customer", CXM_ROLE_AGENT, CXM_ROLE_AGENT, CXM_ROLE_FROM_FILE},
        {"Customer", CXM_ROLE_UNKNOWN, CXM_ROLE_CUSTOMER, CXM_ROLE_FROM_LABEL},
        {"Sam", CXM_ROLE_UNKNOWN, CXM_ROLE_UNKNOWN, CXM_ROLE_FROM_NOTHING},
        {"", CXM_ROLE_BOT, CXM_ROLE_BOT, CXM_ROLE_FROM_FILE},
    };
    cxm_segments all;
    cxm_reader *reader = reader_with(0);
    reader->options.roles = &rule;
    reader->options.role_count = 1;
    cxm_segments_init(&all, reader);
    for (size_t i = 0; i < COUNT(cases); i++) {
        cxm_segment segment = said(cases[i].speaker, "x", (double)i, (double)i);
        segment.role = cases[i].from_file;
        cxm_segments_add(&all, &segment);
    }
    cxm_transcript *transcript = finish(&all);
    for (size_t i = 0; i < COUNT(cases); i++) {
        const cxm_turn *turn = cxm_transcript_turn(transcript, i);
        ck_assert_int_eq(turn->role, cases[i].role);
        ck_assert_int_eq(turn->role_source, cases[i].source);
    }
    ck_assert(cxm_str_is(cxm_transcript_turn(transcript, 4)->speaker, "bot"));
    cxm_transcript_free(transcript);
}
END_TEST

START_TEST(many_segments_are_sorted_and_keep_their_order) {
    cxm_segments all;
    cxm_segments_init(&all, reader_with(-1));
    all.order = CXM_ORDER_TIME;
    for (int i = 0; i < 1000; i++)
        say(&all, i % 2 ? "a" : "b", i % 2 ? "x" : "y", i * 37 % 101, CXM_TIME_UNKNOWN);
    cxm_transcript *transcript = finish(&all);
    ck_assert_uint_eq(cxm_transcript_turn_count(transcript), 1000);
    for (size_t i = 1; i < 1000; i++)
        ck_assert(cxm_transcript_turn(transcript, i)->start >=
                  cxm_transcript_turn(transcript, i - 1)->start);
    cxm_transcript_free(transcript);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("segments");
    TCase *cases = tcase_create("segments");
    tcase_add_test(cases, a_phrase_runs_over_the_breaks_of_a_recognizer);
    tcase_add_loop_test(cases, what_is_not_one_turn_stays_apart, 0, 9);
    tcase_add_test(cases, two_channels_become_one_list);
    tcase_add_test(cases, a_list_in_no_order_is_left_as_it_is);
    tcase_add_loop_test(cases, times_since_1970_count_from_the_start, 0, 2);
    tcase_add_test(cases, a_start_behind_the_first_words_is_not_believed);
    tcase_add_test(cases, one_time_for_all_is_no_time);
    tcase_add_loop_test(cases, words_are_found_in_the_text, 0, COUNT(word_cases));
    tcase_add_test(cases, what_is_left_out_is_counted);
    tcase_add_test(cases, roles_come_from_rules_the_file_and_labels);
    tcase_add_test(cases, many_segments_are_sorted_and_keep_their_order);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
