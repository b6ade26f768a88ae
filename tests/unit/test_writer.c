/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"
#include "base/memory.h"
#include "support.h"
#include "write/json.h"
#include "write/screen.h"

#include <stdlib.h>
#include <string.h>

/* A lexicon of two families; phrase and line numbers below refer to it. */
static const char pack[] = "cxmine: 1\n"                   /* 1 */
                           "language: en\n"                /* 2 */
                           "categories:\n"                 /* 3 */
                           "  policy.cite:\n"              /* 4 */
                           "    speaker: agent\n"          /* 5 */
                           "    weight: -2\n"              /* 6 */
                           "    phrases:\n"                /* 7 */
                           "      - our policy states\n"   /* 8 */
                           "  thanks.say:\n"               /* 9 */
                           "    speaker: customer\n"       /* 10 */
                           "    weight: 1\n"               /* 11 */
                           "    phrases:\n"                /* 12 */
                           "      - thank you (much=_)\n"; /* 13 */

static cxm_lexicon *lexicon;
static cxm_transcript *transcript;

static cxm_transcript *build(const char *id, const char *source, const cxm_turn *turns,
                             size_t count) {
    cxm_transcript_builder *builder;
    cxm_transcript *built;
    ck_assert_int_eq(cxm_transcript_builder_new(NULL, &builder, NULL), CXM_OK);
    ck_assert_int_eq(cxm_transcript_builder_set_id(builder, cxm_str_from(id), NULL), CXM_OK);
    ck_assert_int_eq(cxm_transcript_builder_set_source(builder, cxm_str_from(source), NULL),
                     CXM_OK);
    for (size_t i = 0; i < count; i++)
        ck_assert_int_eq(cxm_transcript_builder_add_turn(builder, &turns[i], NULL), CXM_OK);
    ck_assert_int_eq(cxm_transcript_builder_finish(builder, &built, NULL), CXM_OK);
    return built;
}

static cxm_turn turn_of(const char *speaker, const char *text) {
    return (cxm_turn){.speaker = cxm_str_from(speaker),
                      .start = CXM_TIME_UNKNOWN,
                      .end = CXM_TIME_UNKNOWN,
                      .text = cxm_str_from(text)};
}

static void set_up(void) {
    cxm_lexicon_builder *builder;
    ck_assert_int_eq(cxm_lexicon_builder_new(NULL, &builder, NULL), CXM_OK);
    ck_assert_int_eq(
        cxm_lexicon_builder_add_bytes(builder, CXM_STR("small.yaml"), cxm_str_from(pack), NULL),
        CXM_OK);
    ck_assert_int_eq(cxm_lexicon_builder_build(builder, &lexicon, NULL), CXM_OK);
    cxm_lexicon_builder_free(builder);
    cxm_turn turns[] = {turn_of("Dana", "Sorry, our policy states \"no\"."),
                        turn_of("", "Thank you very much.")};
    transcript = build("c\"1\"", "a.txt", turns, 2);
}

static void tear_down(void) {
    cxm_transcript_free(transcript);
    cxm_lexicon_free(lexicon);
}

static const cxm_role roles[] = {CXM_ROLE_AGENT, CXM_ROLE_CUSTOMER};

static uint32_t category(const char *name) {
    uint32_t index;
    ck_assert(cxm_lexicon_find_category(lexicon, cxm_str_from(name), &index));
    return index;
}

/* The hits of `transcript`, as if mined. */
static cxm_result result_of(cxm_hit hits[2], const cxm_capture *capture) {
    uint32_t policy = category("policy.cite");
    uint32_t thanks = category("thanks.say");
    hits[0] = (cxm_hit){.category = policy,
                        .phrase = policy, /* one phrase each */
                        .start = 7,
                        .end = 24,
                        .time = 83.5,
                        .typing_slip = true};
    hits[1] = (cxm_hit){.category = thanks,
                        .phrase = thanks,
                        .turn = 1,
                        .end = 14,
                        .time = CXM_TIME_UNKNOWN,
                        .captures = capture,
                        .capture_count = 1};
    return (cxm_result){.hits = hits,
                        .hit_count = 2,
                        .roles = roles,
                        .turn_count = 2,
                        .word_count = 9,
                        .role_words = {[CXM_ROLE_AGENT] = 5, [CXM_ROLE_CUSTOMER] = 4}};
}

static cxm_capture capture_of(void) {
    return (cxm_capture){.name = cxm_str_from("much"), .start = 10, .end = 14};
}

static cxm_writer *new_writer(const char *format, bool color, meter *allocation) {
    cxm_writer_options options = CXM_WRITER_OPTIONS_INIT;
    cxm_allocator allocator = meter_allocator(allocation);
    cxm_writer *writer;
    options.color = color;
    options.allocator = allocation ? &allocator : NULL;
    ck_assert_int_eq(cxm_writer_new(format, lexicon, &options, &writer, NULL), CXM_OK);
    return writer;
}

static void assert_text(cxm_str bytes, const char *expected) {
    if (cxm_str_is(bytes, expected))
        return;
    ck_abort_msg("expected:\n%s\ngot:\n%.*s", expected, (int)bytes.len, bytes.ptr);
}

START_TEST(jsonl_is_one_line_with_everything) {
    cxm_hit hits[2];
    cxm_capture capture = capture_of();
    cxm_result result = result_of(hits, &capture);
    cxm_writer *writer = new_writer("jsonl", true, NULL);
    cxm_str bytes;
    ck_assert_int_eq(cxm_writer_result(writer, transcript, &result, &bytes, NULL), CXM_OK);
    assert_text(bytes,
                "{\"id\":\"c\\\"1\\\"\",\"source\":\"a.txt\",\"turns\":2,\"words\":9,"
                "\"role_words\":{\"agent\":5,\"customer\":4},"
                "\"speakers\":[{\"speaker\":\"Dana\",\"role\":\"agent\",\"role_source\":\"none\"},"
                "{\"speaker\":\"\",\"role\":\"customer\",\"role_source\":\"none\"}],"
                "\"read\":{\"turns\":2,\"skipped\":[]},"
                "\"hits\":["
                "{\"category\":\"policy.cite\",\"phrase\":\"our policy states\","
                "\"lexicon\":\"small.yaml:8\",\"turn\":0,\"speaker\":\"Dana\",\"role\":\"agent\","
                "\"start\":7,\"end\":24,\"text\":\"our policy states\",\"time\":83.5,"
                "\"captures\":{},\"typing_slip\":true},"
                "{\"category\":\"thanks.say\",\"phrase\":\"thank you (much=_)\","
                "\"lexicon\":\"small.yaml:13\",\"turn\":1,\"speaker\":\"\",\"role\":\"customer\","
                "\"start\":0,\"end\":14,\"text\":\"Thank you very\",\"time\":null,"
                "\"captures\":{\"much\":{\"start\":10,\"end\":14,\"text\":\"very\"}}}]}\n");
    ck_assert_int_eq(cxm_writer_end(writer, &bytes, NULL), CXM_OK);
    ck_assert_uint_eq(bytes.len, 0);
    cxm_writer_free(writer);
}
END_TEST

START_TEST(jsonl_gives_each_capture_name_once) {
    cxm_hit hits[2];
    cxm_capture captures[] = {capture_of(), capture_of()};
    cxm_result result = result_of(hits, captures);
    cxm_writer *writer = new_writer("jsonl", false, NULL);
    cxm_str bytes;
    hits[1].capture_count = 2;
    ck_assert_int_eq(cxm_writer_result(writer, transcript, &result, &bytes, NULL), CXM_OK);
    static const char end[] = "{\"much\":{\"start\":10,\"end\":14,\"text\":\"very\"}}}]}\n";
    ck_assert_uint_gt(bytes.len, sizeof end);
    assert_text(cxm_str_slice(bytes, bytes.len - strlen(end), bytes.len), end);
    cxm_writer_free(writer);
}
END_TEST

START_TEST(text_shows_counts_and_every_hit_in_its_words) {
    cxm_hit hits[2];
    cxm_capture capture = capture_of();
    cxm_result result = result_of(hits, &capture);
    cxm_writer *writer = new_writer("text", false, NULL);
    cxm_str bytes;
    ck_assert_int_eq(cxm_writer_result(writer, transcript, &result, &bytes, NULL), CXM_OK);
    assert_text(bytes, "c\"1\"  a.txt\n"
                       "2 turns, 9 words: agent 5, customer 4\n"
                       "\n"
                       "  agent           hits  per 100 words\n"
                       "    policy           1          20.00\n"
                       "\n"
                       "  customer        hits  per 100 words\n"
                       "    thanks           1          25.00\n"
                       "\n"
                       "  Dana (agent), turn 1\n"
                       "    01:23  policy.cite (typing slip)\n"
                       "      Sorry, «our policy states» \"no\".\n"
                       "      small.yaml:8  our policy states\n"
                       "\n"
                       "  customer, turn 2\n"
                       "    thanks.say\n"
                       "      «Thank you very» much.\n"
                       "      much: very\n"
                       "      small.yaml:13  thank you (much=_)\n");
    ck_assert_int_eq(cxm_writer_end(writer, &bytes, NULL), CXM_OK);
    ck_assert_uint_eq(bytes.len, 0); /* one transcript has no totals */
    cxm_writer_free(writer);
}
END_TEST

START_TEST(text_ends_with_totals_over_several) {
    cxm_hit hits[2];
    cxm_capture capture = capture_of();
    cxm_result result = result_of(hits, &capture);
    cxm_writer *writer = new_writer("text", false, NULL);
    cxm_str bytes;
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(cxm_writer_result(writer, transcript, &result, &bytes, NULL), CXM_OK);
    ck_assert_int_eq(cxm_writer_end(writer, &bytes, NULL), CXM_OK);
    assert_text(bytes, "\nAll 3 transcripts\n"
                       "6 turns, 27 words: agent 15, customer 12\n"
                       "\n"
                       "  agent           hits  per 100 words\n"
                       "    policy           3          20.00 (7.05-45.19)\n"
                       "\n"
                       "  customer        hits  per 100 words\n"
                       "    thanks           3          25.00 (8.89-53.23)\n");
    cxm_writer_free(writer);
}
END_TEST

START_TEST(text_says_where_nothing_was_found) {
    cxm_result result = {0};
    cxm_transcript *empty = build("", "", NULL, 0);
    cxm_writer *writer = new_writer("text", false, NULL);
    cxm_str bytes;
    ck_assert_int_eq(cxm_writer_result(writer, empty, &result, &bytes, NULL), CXM_OK);
    assert_text(bytes, "transcript\n0 turns, 0 words\n\n  nothing found\n");
    cxm_writer_free(writer);
    cxm_transcript_free(empty);
}
END_TEST

/* The lines of the report from the n-th on are what is expected. */
static void assert_lines(cxm_str bytes, size_t first, const char *expected) {
    size_t at = 0;
    for (size_t line = 1; line < first && at < bytes.len; line++)
        at = (size_t)((const char *)memchr(bytes.ptr + at, '\n', bytes.len - at) - bytes.ptr) + 1;
    assert_text(cxm_str_slice(bytes, at, bytes.len), expected);
}

START_TEST(text_tells_hours_and_rates_of_no_words) {
    cxm_hit hits[2];
    cxm_capture capture = capture_of();
    cxm_result result = result_of(hits, &capture);
    cxm_writer *writer = new_writer("text", false, NULL);
    cxm_str bytes;
    hits[0].time = 36000 + 61.9;
    result.hit_count = 1;
    result.role_words[CXM_ROLE_AGENT] = 0;
    ck_assert_int_eq(cxm_writer_result(writer, transcript, &result, &bytes, NULL), CXM_OK);
    assert_lines(bytes, 4,
                 "  agent           hits  per 100 words\n"
                 "    policy           1              -\n"
                 "\n"
                 "  Dana (agent), turn 1\n"
                 "    10:01:01  policy.cite (typing slip)\n"
                 "      Sorry, «our policy states» \"no\".\n"
                 "      small.yaml:8  our policy states\n");
    cxm_writer_free(writer);
}
END_TEST

START_TEST(a_colour_ends_on_the_line_it_began_on) {
    cxm_hit hits[2];
    cxm_capture capture = capture_of();
    cxm_result result = result_of(hits, &capture);
    cxm_writer *writer = new_writer("text", true, NULL);
    cxm_str bytes;
    ck_assert_int_eq(cxm_writer_result(writer, transcript, &result, &bytes, NULL), CXM_OK);
    bool on = false;
    size_t seen = 0;
    for (size_t i = 0; i < bytes.len; i++) {
        if (bytes.ptr[i] == '\n')
            ck_assert(!on);
        if (bytes.ptr[i] != '\033')
            continue;
        ck_assert_uint_lt(i + 3, bytes.len);
        on = memcmp(bytes.ptr + i, "\033[0m", 4) != 0;
        seen++;
    }
    ck_assert_uint_gt(seen, 8);
    cxm_writer_free(writer);
}
END_TEST

START_TEST(warm_writers_allocate_nothing) {
    static const char *const formats[] = {"text", "jsonl"};
    meter allocation = {0};
    cxm_hit hits[2];
    cxm_capture capture = capture_of();
    cxm_result result = result_of(hits, &capture);
    cxm_writer *writer = new_writer(formats[_i], true, &allocation);
    cxm_str bytes;
    for (int i = 0; i < 3; i++) {
        size_t before = allocation.calls;
        ck_assert_int_eq(cxm_writer_result(writer, transcript, &result, &bytes, NULL), CXM_OK);
        ck_assert(i == 0 || allocation.calls == before);
    }
    cxm_writer_free(writer);
    ck_assert_uint_eq(allocation.live, 0);
}
END_TEST

/* Writes with an allocator that fails at the n-th call. Returns whether it got through. */
static bool write_failing(const char *format, meter *allocation) {
    cxm_hit hits[2];
    cxm_capture capture = capture_of();
    cxm_result result = result_of(hits, &capture);
    cxm_allocator allocator = meter_allocator(allocation);
    cxm_writer_options options = CXM_WRITER_OPTIONS_INIT;
    cxm_writer *writer;
    cxm_str bytes;
    cxm_error error = {0};
    options.allocator = &allocator;
    cxm_status status = cxm_writer_new(format, lexicon, &options, &writer, &error);
    if (status == CXM_OK)
        status = cxm_writer_result(writer, transcript, &result, &bytes, &error);
    if (status != CXM_OK) {
        ck_assert_int_eq(status, CXM_E_NOMEM);
        ck_assert_int_eq(error.code, CXM_E_NOMEM);
    }
    if (writer && status != CXM_OK) { /* the call can be made again, and counts once */
        allocation->fail_at = 0;
        ck_assert_int_eq(cxm_writer_result(writer, transcript, &result, &bytes, NULL), CXM_OK);
        ck_assert_int_eq(cxm_writer_end(writer, &bytes, NULL), CXM_OK);
        ck_assert_uint_eq(bytes.len, 0);
    }
    cxm_writer_free(writer);
    return status == CXM_OK;
}

START_TEST(every_failed_allocation_is_a_clean_error) {
    static const char *const formats[] = {"text", "jsonl"};
    bool through = false;
    for (size_t n = 1; !through; n++) {
        meter allocation = {.fail_at = n, .fail_on = true};
        through = write_failing(formats[_i], &allocation);
        ck_assert_uint_eq(allocation.live, 0);
        ck_assert_uint_lt(n, 100);
    }
}
END_TEST

START_TEST(a_broken_contract_is_told) {
    cxm_writer_options options = {0};
    cxm_writer *writer;
    cxm_error error;
    ck_assert_int_eq(cxm_writer_new("xml", lexicon, NULL, &writer, &error), CXM_E_NOT_FOUND);
    ck_assert_ptr_null(writer);
    ck_assert_str_eq(error.message, "no writer is called 'xml'");
    ck_assert_int_eq(cxm_writer_new(NULL, lexicon, NULL, &writer, NULL), CXM_E_ARGUMENT);
    ck_assert_int_eq(cxm_writer_new("text", NULL, NULL, &writer, NULL), CXM_E_ARGUMENT);
    ck_assert_int_eq(cxm_writer_new("text", lexicon, &options, &writer, NULL), CXM_E_ARGUMENT);
    ck_assert_int_eq(cxm_writer_new("text", lexicon, NULL, NULL, NULL), CXM_E_ARGUMENT);
    cxm_writer_free(NULL);
}
END_TEST

static const struct json_case {
    const char *text;
    const char *json;
} json_cases[] = {
    {"", "\"\""},
    {"plain", "\"plain\""},
    {"\"\\/", "\"\\\"\\\\/\""},
    {"\n\r\t", "\"\\n\\r\\t\""},
    {"\x01\x1b\x7f", "\"\\u0001\\u001b\\u007f\""},
    {"\xC2\x9B", "\"\\u009b\""},
    {"\xE2\x80\xA8\xE2\x80\xA9", "\"\\u2028\\u2029\""},
    {"a\xFFz", "\"a\xEF\xBF\xBDz\""},
    {"\xED\xA0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
    {"\xF0\x9F\x98\x80 \xC3\xA9", "\"\xF0\x9F\x98\x80 \xC3\xA9\""},
};

START_TEST(json_strings_are_valid_on_one_line) {
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    cxm_buffer out;
    cxm_buffer_init(&out, &allocator);
    cxm_json_string(&out, cxm_str_from(json_cases[_i].text));
    assert_text(cxm_buffer_str(&out), json_cases[_i].json);
    cxm_buffer_clear(&out);
}
END_TEST

/* A passage: the text with its mark between < and >, the context, what comes out at width 20. */
static const struct passage_case {
    const char *text;
    size_t context;
    const char *shown;
} passage_cases[] = {
    {"<word>", 70, "  «word»\n"},
    {"no mark <here>.", 70, "  no mark «here».\n"},
    {"  blanks \t\n <and>  more ", 70, "  blanks «and» more\n"},
    {"one two three four five <six seven eight> nine ten", 70,
     "  one two three four\n  five «six seven\n  eight» nine ten\n"},
    {"one two three <four> five six seven", 6, "  … three «four»\n  five …\n"},
    {"one two three <four> five six seven", 4, "  … «four» …\n"},
    {"onetwothree <four>", 4, "  … «four»\n"},
    {"a <b> c <d><e f>", 70, "  a «b» c «d»«e f»\n"},
    {"<one> two three four <five> six seven eight <nine>", 0,
     "  «one» two three\n  four «five» six\n  seven eight «nine»\n"},
    {"<averyveryverylongwordindeed> x", 70, "  «averyveryverylong\n  wordindeed» x\n"},
    {"a\033[31mb\x07 <\xC2\x9B\xE2\x80\xAE>", 70,
     "  a\xEF\xBF\xBD[31mb\xEF\xBF\xBD «\xEF\xBF\xBD\xEF\xBF\xBD»\n"},
    {"\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE6\x97\xA5\xE6\x9C\xAC "
     "<\xE8\xAA\x9E\xE8\xAA\x9E\xE8\xAA\x9E>",
     70,
     "  \xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE6\x97\xA5\xE6\x9C\xAC\n"
     "  «\xE8\xAA\x9E\xE8\xAA\x9E\xE8\xAA\x9E»\n"},
};

/* Takes < and > out of a case's text. */
static cxm_passage passage_of(const struct passage_case *c, char *text, cxm_screen_mark *marks) {
    cxm_passage passage = {.indent = 2, .width = 20, .marks = marks};
    size_t len = 0;
    for (const char *at = c->text; *at; at++) {
        if (*at == '<')
            marks[passage.mark_count] = (cxm_screen_mark){.start = len};
        else if (*at == '>')
            marks[passage.mark_count++].end = len;
        else
            text[len++] = *at;
    }
    passage.text = (cxm_str){text, len};
    return passage;
}

START_TEST(passages_wrap_and_mark) {
    const struct passage_case *c = &passage_cases[_i];
    char text[200];
    cxm_screen_mark marks[4];
    cxm_passage passage = passage_of(c, text, marks);
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    cxm_buffer out;
    cxm_buffer_init(&out, &allocator);
    cxm_passage_focus(&passage, c->context);
    cxm_screen_passage(&out, &passage);
    assert_text(cxm_buffer_str(&out), c->shown);
    cxm_buffer_clear(&out);
}
END_TEST

static const struct cut_case {
    const char *text;
    size_t columns;
    const char *shown;
} cut_cases[] = {
    {"", 0, ""},
    {"fits", 4, "fits"},
    {"too long", 7, "too lo…"},
    {"too long", 1, "…"},
    {"\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E", 6, "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E"},
    {"\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E", 4, "\xE6\x97\xA5…"},
};

START_TEST(what_does_not_fit_is_cut) {
    const struct cut_case *c = &cut_cases[_i];
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    cxm_buffer out;
    cxm_buffer_init(&out, &allocator);
    cxm_screen_add_cut(&out, cxm_str_from(c->text), c->columns);
    assert_text(cxm_buffer_str(&out), c->shown);
    cxm_buffer_clear(&out);
}
END_TEST

static Suite *writer_suite(void) {
    Suite *suite = suite_create("writer");
    TCase *writers = tcase_create("writers");
    tcase_add_checked_fixture(writers, set_up, tear_down);
    tcase_add_test(writers, jsonl_is_one_line_with_everything);
    tcase_add_test(writers, jsonl_gives_each_capture_name_once);
    tcase_add_test(writers, text_shows_counts_and_every_hit_in_its_words);
    tcase_add_test(writers, text_ends_with_totals_over_several);
    tcase_add_test(writers, text_says_where_nothing_was_found);
    tcase_add_test(writers, text_tells_hours_and_rates_of_no_words);
    tcase_add_test(writers, a_colour_ends_on_the_line_it_began_on);
    tcase_add_loop_test(writers, warm_writers_allocate_nothing, 0, 2);
    tcase_add_loop_test(writers, every_failed_allocation_is_a_clean_error, 0, 2);
    tcase_add_test(writers, a_broken_contract_is_told);
    suite_add_tcase(suite, writers);

    TCase *pieces = tcase_create("pieces");
    tcase_add_loop_test(pieces, json_strings_are_valid_on_one_line, 0,
                        (int)(sizeof json_cases / sizeof *json_cases));
    tcase_add_loop_test(pieces, passages_wrap_and_mark, 0,
                        (int)(sizeof passage_cases / sizeof *passage_cases));
    tcase_add_loop_test(pieces, what_does_not_fit_is_cut, 0,
                        (int)(sizeof cut_cases / sizeof *cut_cases));
    suite_add_tcase(suite, pieces);
    return suite;
}

int main(void) {
    return run_suite(writer_suite());
}
