/* SPDX-License-Identifier: MIT */
#include "transcript/transcript.h"

#include "support.h"

#include <math.h>
#include <stdlib.h>

static cxm_transcript_builder *new_builder(void) {
    cxm_transcript_builder *builder;
    ck_assert_int_eq(cxm_transcript_builder_new(NULL, &builder, NULL), CXM_OK);
    return builder;
}

static cxm_transcript *finish(cxm_transcript_builder *builder) {
    cxm_transcript *transcript;
    ck_assert_int_eq(cxm_transcript_builder_finish(builder, &transcript, NULL), CXM_OK);
    return transcript;
}

static void add(cxm_transcript_builder *builder, cxm_turn turn) {
    cxm_error error;
    ck_assert_msg(cxm_transcript_builder_add_turn(builder, &turn, &error) == CXM_OK, "%s",
                  error.message);
}

static cxm_turn turn_of(const char *speaker, const char *text) {
    return (cxm_turn){.speaker = cxm_str_from(speaker), .text = cxm_str_from(text)};
}

#define assert_str(actual, expected)                                                               \
    do {                                                                                           \
        cxm_str given = (actual);                                                                  \
        ck_assert_msg(cxm_str_is(given, expected), "'%.*s', not '%s'", (int)given.len,             \
                      given.len ? given.ptr : "", expected);                                       \
    } while (0)

START_TEST(nothing_gives_an_empty_transcript) {
    cxm_transcript *transcript = finish(new_builder());
    ck_assert_uint_eq(cxm_transcript_turn_count(transcript), 0);
    ck_assert_ptr_null(cxm_transcript_turn(transcript, 0));
    ck_assert_ptr_null(cxm_transcript_meta(transcript, 0));
    ck_assert_uint_eq(cxm_transcript_id(transcript).len, 0);
    ck_assert_uint_eq(cxm_transcript_source(transcript).len, 0);
    ck_assert_uint_eq(cxm_transcript_speaker_count(transcript), 0);
    cxm_transcript_free(transcript);
    cxm_transcript_free(NULL);
    cxm_transcript_builder_free(NULL);
}
END_TEST

START_TEST(everything_is_copied) {
    char text[] = "Hello";
    cxm_time_mark marks[] = {{1, 2.5}, {5, 3}};
    cxm_transcript_builder *builder = new_builder();
    ck_assert_int_eq(cxm_transcript_builder_set_id(builder, CXM_STR("old"), NULL), CXM_OK);
    ck_assert_int_eq(cxm_transcript_builder_set_id(builder, CXM_STR("c1"), NULL), CXM_OK);
    ck_assert_int_eq(cxm_transcript_builder_set_source(builder, CXM_STR("a\xFF"), NULL), CXM_OK);
    ck_assert_int_eq(cxm_transcript_builder_add_meta(builder, CXM_STR("k"), CXM_STR(""), NULL),
                     CXM_OK);
    add(builder, (cxm_turn){.speaker = cxm_str_from(text),
                            .role = CXM_ROLE_BOT,
                            .channel = cxm_str_from(text),
                            .start = 1,
                            .end = 2,
                            .text = cxm_str_from(text),
                            .marks = marks,
                            .mark_count = 2});
    memset(text, 'x', 5);
    memset(marks, 0, sizeof marks);
    cxm_transcript *transcript = finish(builder);
    const cxm_turn *turn = cxm_transcript_turn(transcript, 0);
    assert_str(turn->speaker, "Hello");
    assert_str(turn->channel, "Hello");
    assert_str(turn->text, "Hello");
    ck_assert_int_eq(turn->role, CXM_ROLE_BOT);
    ck_assert_uint_eq(turn->mark_count, 2);
    ck_assert_uint_eq(turn->marks[1].offset, 5);
    ck_assert_double_eq(turn->marks[0].seconds, 2.5);
    ck_assert_double_eq(turn->end, 2);
    assert_str(cxm_transcript_id(transcript), "c1");
    assert_str(cxm_transcript_source(transcript), "a\xFF");
    assert_str(cxm_transcript_meta(transcript, 0)->key, "k");
    assert_str(cxm_transcript_meta(transcript, 0)->value, "");
    cxm_transcript_free(transcript);
}
END_TEST

START_TEST(texts_stand_in_one_block_with_zeros_behind) {
    cxm_transcript_builder *builder = new_builder();
    for (int i = 0; i < 1000; i++)
        add(builder, turn_of(i % 3 ? "a" : "b", i % 7 ? "some text" : ""));
    cxm_transcript *transcript = finish(builder);
    const char *expected = cxm_transcript_turn(transcript, 0)->text.ptr;
    for (size_t i = 0; i < 1000; i++) {
        const cxm_turn *turn = cxm_transcript_turn(transcript, i);
        ck_assert_ptr_eq(turn->text.ptr, expected);
        ck_assert_ptr_null(turn->marks);
        expected += turn->text.len;
    }
    for (size_t i = 0; i < CXM_TEXT_PADDING; i++)
        ck_assert_int_eq(expected[i], 0);
    cxm_transcript_free(transcript);
}
END_TEST

START_TEST(equal_labels_are_one_speaker) {
    static const char *const labels[] = {"Dana", "Lee", "", "Dana", "dana", ""};
    static const uint32_t numbers[] = {0, 1, 2, 0, 3, 2};
    cxm_transcript_builder *builder = new_builder();
    for (size_t i = 0; i < 6; i++)
        add(builder, turn_of(labels[i], "x"));
    cxm_transcript *transcript = finish(builder);
    ck_assert_uint_eq(cxm_transcript_speaker_count(transcript), 4);
    for (size_t i = 0; i < 6; i++) {
        ck_assert_uint_eq(cxm_transcript_speaker_of(transcript, i), numbers[i]);
        assert_str(cxm_transcript_speaker(transcript, numbers[i]), labels[i]);
    }
    ck_assert_uint_eq(cxm_transcript_speaker(transcript, 4).len, 0);
    cxm_transcript_free(transcript);
}
END_TEST

START_TEST(impossible_times_are_unknown) {
    cxm_transcript_builder *builder = new_builder();
    cxm_time_mark mark = {0, INFINITY};
    add(builder, (cxm_turn){.start = -3, .end = NAN, .marks = &mark, .mark_count = 1});
    add(builder, (cxm_turn){.start = 0, .end = INFINITY});
    cxm_transcript *transcript = finish(builder);
    const cxm_turn *turn = cxm_transcript_turn(transcript, 0);
    ck_assert_double_eq(turn->start, CXM_TIME_UNKNOWN);
    ck_assert_double_eq(turn->end, CXM_TIME_UNKNOWN);
    ck_assert_double_eq(turn->marks[0].seconds, CXM_TIME_UNKNOWN);
    turn = cxm_transcript_turn(transcript, 1);
    ck_assert_double_eq(turn->start, 0);
    ck_assert_double_eq(turn->end, CXM_TIME_UNKNOWN);
    cxm_transcript_free(transcript);
}
END_TEST

static const cxm_time_mark outside = {3, 1};
static const cxm_time_mark unordered[] = {{2, 1}, {1, 2}};

static const struct {
    cxm_turn turn;
    cxm_status status;
} refused[] = {
    {{.text = {"a\xC3", 2}}, CXM_E_ENCODING},
    {{.speaker = {"\xED\xA0\x80", 3}}, CXM_E_ENCODING},
    {{.channel = {"\x80", 1}}, CXM_E_ENCODING},
    {{.text = {"ab", 2}, .marks = &outside, .mark_count = 1}, CXM_E_ARGUMENT},
    {{.text = {"ab", 2}, .marks = unordered, .mark_count = 2}, CXM_E_ARGUMENT},
    {{.text = {"ab", 2}, .mark_count = 1}, CXM_E_ARGUMENT},
    {{.role = (cxm_role)5}, CXM_E_ARGUMENT},
};

START_TEST(a_wrong_turn_leaves_no_trace) {
    cxm_error error;
    cxm_transcript_builder *builder = new_builder();
    add(builder, turn_of("a", "first"));
    ck_assert_int_eq(cxm_transcript_builder_add_turn(builder, &refused[_i].turn, &error),
                     refused[_i].status);
    ck_assert_int_eq(error.code, refused[_i].status);
    ck_assert_int_ne(error.message[0], '\0');
    add(builder, turn_of("b", "second"));
    cxm_transcript *transcript = finish(builder);
    ck_assert_uint_eq(cxm_transcript_turn_count(transcript), 2);
    ck_assert_uint_eq(cxm_transcript_speaker_count(transcript), 2);
    assert_str(cxm_transcript_turn(transcript, 1)->text, "second");
    cxm_transcript_free(transcript);
}
END_TEST

START_TEST(limits_hold) {
    cxm_transcript_options options = CXM_TRANSCRIPT_OPTIONS_INIT;
    options.max_bytes = 10;
    options.max_turns = 2;
    cxm_transcript_builder *builder;
    cxm_turn five = turn_of("a", "four");
    cxm_turn one = turn_of("b", "");
    ck_assert_int_eq(cxm_transcript_builder_new(&options, &builder, NULL), CXM_OK);
    add(builder, five);
    ck_assert_int_eq(cxm_transcript_builder_add_meta(builder, CXM_STR("key"), CXM_STR("val"), NULL),
                     CXM_E_LIMIT);
    add(builder, five);
    ck_assert_int_eq(cxm_transcript_builder_add_turn(builder, &one, NULL), CXM_E_LIMIT);
    cxm_transcript *transcript = finish(builder);
    ck_assert_uint_eq(cxm_transcript_turn_count(transcript), 2);
    cxm_transcript_free(transcript);

    options.max_bytes = 0;
    ck_assert_int_eq(cxm_transcript_builder_new(&options, &builder, NULL), CXM_OK);
    add(builder, five);
    add(builder, one);
    ck_assert_int_eq(cxm_transcript_builder_add_turn(builder, &one, NULL), CXM_E_LIMIT);
    cxm_transcript_builder_free(builder);

    options.struct_size = 0;
    ck_assert_int_eq(cxm_transcript_builder_new(&options, &builder, NULL), CXM_E_ARGUMENT);
    ck_assert_ptr_null(builder);
}
END_TEST

START_TEST(wrong_metadata_is_refused) {
    cxm_transcript_builder *builder = new_builder();
    cxm_str bad = CXM_STR("\xFE");
    ck_assert_int_eq(cxm_transcript_builder_set_id(builder, bad, NULL), CXM_E_ENCODING);
    ck_assert_int_eq(cxm_transcript_builder_add_meta(builder, bad, CXM_STR("v"), NULL),
                     CXM_E_ENCODING);
    ck_assert_int_eq(cxm_transcript_builder_add_meta(builder, CXM_STR("k"), bad, NULL),
                     CXM_E_ENCODING);
    cxm_transcript *transcript = finish(builder);
    ck_assert_uint_eq(cxm_transcript_meta_count(transcript), 0);
    cxm_transcript_free(transcript);
}
END_TEST

/* Builds a transcript and tries every step again that has no memory, up to `attempts` times. */
static bool build(meter *memory, int attempts) {
    cxm_allocator allocator = meter_allocator(memory);
    cxm_transcript_options options = CXM_TRANSCRIPT_OPTIONS_INIT;
    cxm_transcript_builder *builder = NULL;
    cxm_time_mark mark = {1, 1};
    options.allocator = &allocator;
    cxm_status status = CXM_E_NOMEM;
    for (int i = 0; i < attempts && status; i++)
        status = cxm_transcript_builder_new(&options, &builder, NULL);
    if (status)
        return false;
    bool done = true;
    for (int n = 0; n < 40 && done; n++) {
        char label[8] = {(char)('a' + n / 2), '\0'};
        cxm_turn turn = turn_of(label, "some text");
        turn.channel = turn.speaker;
        turn.marks = &mark;
        turn.mark_count = 1;
        status = CXM_E_NOMEM;
        for (int i = 0; i < attempts && status; i++)
            status = cxm_transcript_builder_add_turn(builder, &turn, NULL);
        ck_assert(status == CXM_OK || status == CXM_E_NOMEM);
        for (int i = 0; i < attempts && !status; i++)
            if (!cxm_transcript_builder_add_meta(builder, turn.speaker, turn.text, NULL))
                break;
        for (int i = 0; i < attempts && !status; i++)
            if (!cxm_transcript_builder_set_id(builder, turn.speaker, NULL))
                break;
        done = status == CXM_OK;
    }
    if (!done) {
        cxm_transcript_builder_free(builder);
        return false;
    }
    cxm_transcript *transcript = finish(builder);
    ck_assert_uint_eq(cxm_transcript_turn_count(transcript), 40);
    ck_assert_uint_eq(cxm_transcript_speaker_count(transcript), 20);
    for (size_t i = 0; i < 40; i++) {
        assert_str(cxm_transcript_turn(transcript, i)->text, "some text");
        ck_assert_uint_eq(cxm_transcript_turn(transcript, i)->mark_count, 1);
    }
    cxm_transcript_free(transcript);
    return true;
}

START_TEST(every_failed_allocation_is_clean) {
    meter all = {0};
    ck_assert(build(&all, 1));
    ck_assert_uint_eq(all.live, 0);
    for (size_t n = 1; n <= all.calls; n++) {
        meter once = {.fail_at = n};
        ck_assert_msg(build(&once, 2), "allocation %zu", n); /* as before: it works again */
        ck_assert_uint_eq(once.live, 0);
        meter on = {.fail_at = n, .fail_on = true};
        build(&on, 1);
        ck_assert_uint_eq(on.live, 0);
    }
}
END_TEST

START_TEST(roles_have_names) {
    static const char *const names[] = {"unknown", "agent", "customer", "bot", "other"};
    for (int i = 0; i < CXM_ROLE_COUNT; i++) {
        cxm_role role = CXM_ROLE_OTHER;
        ck_assert_str_eq(cxm_role_name((cxm_role)i), names[i]);
        ck_assert(cxm_role_parse(cxm_str_from(names[i]), &role));
        ck_assert_int_eq(role, i);
    }
    cxm_role role = CXM_ROLE_BOT;
    ck_assert(cxm_role_parse(CXM_STR("AGENT"), &role));
    ck_assert_int_eq(role, CXM_ROLE_AGENT);
    ck_assert(!cxm_role_parse(CXM_STR("agents"), &role));
    ck_assert(!cxm_role_parse(CXM_STR(""), &role));
    ck_assert_int_eq(role, CXM_ROLE_AGENT);
    ck_assert_str_eq(cxm_role_name((cxm_role)17), "unknown");
}
END_TEST

int main(void) {
    Suite *suite = suite_create("transcript");
    TCase *cases = tcase_create("transcript");
    tcase_add_test(cases, nothing_gives_an_empty_transcript);
    tcase_add_test(cases, everything_is_copied);
    tcase_add_test(cases, texts_stand_in_one_block_with_zeros_behind);
    tcase_add_test(cases, equal_labels_are_one_speaker);
    tcase_add_test(cases, impossible_times_are_unknown);
    tcase_add_loop_test(cases, a_wrong_turn_leaves_no_trace, 0,
                        (int)(sizeof refused / sizeof *refused));
    tcase_add_test(cases, limits_hold);
    tcase_add_test(cases, wrong_metadata_is_refused);
    tcase_add_test(cases, every_failed_allocation_is_clean);
    tcase_add_test(cases, roles_have_names);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
