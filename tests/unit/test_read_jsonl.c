/* SPDX-License-Identifier: MIT */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

#define assert_str(actual, expected)                                                               \
    do {                                                                                           \
        cxm_str given = (actual);                                                                  \
        ck_assert_msg(cxm_str_is(given, expected), "'%.*s', not '%s'", (int)given.len,             \
                      given.len ? given.ptr : "", expected);                                       \
    } while (0)

static cxm_reader_options jsonl_options(void) {
    cxm_reader_options options = CXM_READER_OPTIONS_INIT;
    options.format = "jsonl";
    options.source = CXM_STR("calls.jsonl");
    return options;
}

static cxm_transcript *read_text(const char *text) {
    cxm_error error = {0};
    cxm_transcript *transcript;
    cxm_reader_options options = jsonl_options();
    /* In a block of just its size, so that a sanitizer sees what is read behind it. */
    size_t len = strlen(text);
    char *bytes = malloc(len + 1);
    memcpy(bytes, text, len);
    bytes = realloc(bytes, len ? len : 1);
    cxm_status status = cxm_transcript_read((cxm_str){bytes, len}, &options, &transcript, &error);
    ck_assert_msg(status == CXM_OK, "%s:%u:%u: %s", error.file, error.line, error.column,
                  error.message);
    free(bytes);
    return transcript;
}

START_TEST(everything_of_a_conversation_is_read) {
    cxm_transcript *transcript = read_text(
        "{\"id\":\"c1\",\"meta\":{\"queue\":\"returns\",\"n\":1.50,\"vip\":true,\"x\":null,"
        "\"list\":[1, {\"a\":2}]},\"turns\":[{\"speaker\":\"Dana\",\"role\":\"agent\",\"text\":"
        "\"Hi \\u00e9\\ud83d\\ude00\\n\\\"you\\\"\",\"start\":1.2,\"end\":\"3.5\",\"channel\":1},"
        "{\"text\":null,\"speaker\":null,\"start\":null,\"end\":-1,\"kind\":\"Event\"}],"
        "\"more\":{\"a\":[]}}");
    assert_str(cxm_transcript_id(transcript), "c1");
    assert_str(cxm_transcript_source(transcript), "calls.jsonl");
    static const char *const meta[][2] = {{"queue", "returns"},
                                          {"n", "1.50"},
                                          {"vip", "true"},
                                          {"x", ""},
                                          {"list", "[1, {\"a\":2}]"}};
    ck_assert_uint_eq(cxm_transcript_meta_count(transcript), 5);
    for (size_t i = 0; i < 5; i++) {
        assert_str(cxm_transcript_meta(transcript, i)->key, meta[i][0]);
        assert_str(cxm_transcript_meta(transcript, i)->value, meta[i][1]);
    }
    ck_assert_uint_eq(cxm_transcript_turn_count(transcript), 2);
    const cxm_turn *turn = cxm_transcript_turn(transcript, 0);
    assert_str(turn->speaker, "Dana");
    assert_str(turn->text, "Hi \xC3\xA9\xF0\x9F\x98\x80\n\"you\"");
    assert_str(turn->channel, "1");
    ck_assert_int_eq(turn->role, CXM_ROLE_AGENT);
    ck_assert_int_eq(turn->kind, CXM_TURN_SPEECH);
    ck_assert_double_eq_tol(turn->start, 1.2, 1e-12);
    ck_assert_double_eq_tol(turn->end, 3.5, 1e-12);
    turn = cxm_transcript_turn(transcript, 1);
    ck_assert_uint_eq(turn->text.len, 0);
    ck_assert_uint_eq(turn->speaker.len, 0);
    ck_assert_double_eq(turn->start, CXM_TIME_UNKNOWN);
    ck_assert_double_eq(turn->end, CXM_TIME_UNKNOWN);
    ck_assert_int_eq(turn->kind, CXM_TURN_EVENT);
    cxm_transcript_free(transcript);
}
END_TEST

/* What stands in a line of one turn, and what its id, first text and first start are. */
static const struct {
    const char *line;
    const char *id;
    const char *text;
    double start;
} lines[] = {
    {"{\"turns\":[]}", "", NULL, 0},
    {"  {\"turns\":[{\"text\":\"a\"}]}  \r\n", "", "a", CXM_TIME_UNKNOWN},
    {"\xEF\xBB\xBF{\"id\":12345678901234567890123,\"turns\":[{\"text\":\"\"}]}",
     "12345678901234567890123", "", CXM_TIME_UNKNOWN},
    {"\n\r\n \n{\"id\":-1.0e2,\"turns\":[{\"text\":\"a\",\"start\":\"00:01:02.5\"}]}", "-1.0e2",
     "a", 62.5},
    {"{\"id\":\"x\",\"id\":\"y\",\"turns\":3,\"turns\":[{\"text\":1,\"text\":\"b\"}]}", "y", "b",
     CXM_TIME_UNKNOWN},
    {"{\"id\":null,\"meta\":null,\"turns\":[{\"text\":\"\\u0000\",\"start\":1e1}]}", "", NULL, 10},
    {"{\"\\u0069d\":\"i\",\"turns\":[{\"te\\u0078t\":\"t\",\"start\":\"7\"}]}", "i", "t", 7},
};

START_TEST(lines_of_many_kinds_are_read) {
    cxm_transcript *transcript = read_text(lines[_i].line);
    assert_str(cxm_transcript_id(transcript), lines[_i].id);
    const cxm_turn *turn = cxm_transcript_turn(transcript, 0);
    if (lines[_i].text)
        assert_str(turn->text, lines[_i].text);
    if (turn)
        ck_assert_double_eq_tol(turn->start, lines[_i].start, 1e-12);
    cxm_transcript_free(transcript);
}
END_TEST

START_TEST(the_last_of_equal_metadata_wins) {
    cxm_transcript *transcript = read_text(
        "{\"meta\":{\"a\":1,\"b\":[\"a\",{\"a\":0}],\"a\":2,\"c\":3,\"a\":4},\"turns\":[]}");
    ck_assert_uint_eq(cxm_transcript_meta_count(transcript), 3);
    assert_str(cxm_transcript_meta(transcript, 0)->key, "b");
    assert_str(cxm_transcript_meta(transcript, 2)->key, "a");
    assert_str(cxm_transcript_meta(transcript, 2)->value, "4");
    cxm_transcript_free(transcript);
}
END_TEST

static const cxm_role_rule rules[] = {
    {{" Dana ", 6}, CXM_ROLE_CUSTOMER},
    {{"spk_0", 5}, CXM_ROLE_BOT},
};

static const struct {
    const char *turn;
    cxm_role role;
    cxm_role_source source;
} roles[] = {
    {"\"speaker\":\"agent\"", CXM_ROLE_AGENT, CXM_ROLE_FROM_LABEL},
    {"\"speaker\":\"Customer\"", CXM_ROLE_CUSTOMER, CXM_ROLE_FROM_LABEL},
    {"\"speaker\":\"agent\",\"role\":\"BOT\"", CXM_ROLE_BOT, CXM_ROLE_FROM_FILE},
    {"\"speaker\":\"agent\",\"role\":null", CXM_ROLE_AGENT, CXM_ROLE_FROM_LABEL},
    {"\"speaker\":\"Lee\"", CXM_ROLE_UNKNOWN, CXM_ROLE_FROM_NOTHING},
    {"\"speaker\":\"agent 1\"", CXM_ROLE_UNKNOWN, CXM_ROLE_FROM_NOTHING},
    {"\"role\":\"other\"", CXM_ROLE_OTHER, CXM_ROLE_FROM_FILE},
    {"\"speaker\":\"DANA\",\"role\":\"agent\"", CXM_ROLE_CUSTOMER, CXM_ROLE_FROM_RULE},
    {"\"speaker\":\" spk_0\"", CXM_ROLE_BOT, CXM_ROLE_FROM_RULE},
};

START_TEST(roles_come_from_rules_the_file_and_labels) {
    char line[200];
    snprintf(line, sizeof line, "{\"turns\":[{%s,\"text\":\"\"}]}", roles[_i].turn);
    cxm_reader_options options = jsonl_options();
    options.roles = rules;
    options.role_count = 2;
    cxm_transcript *transcript;
    ck_assert_int_eq(cxm_transcript_read(cxm_str_from(line), &options, &transcript, NULL), CXM_OK);
    ck_assert_int_eq(cxm_transcript_turn(transcript, 0)->role, roles[_i].role);
    ck_assert_int_eq(cxm_transcript_turn(transcript, 0)->role_source, roles[_i].source);
    cxm_transcript_free(transcript);
}
END_TEST

/* A caret stands under the byte that the error points at. */
static const struct {
    const char *line;
    const char *caret;
    cxm_status status;
    const char *message;
} errors[] = {
    {"{\"id\":1}", "^", CXM_E_SYNTAX, "expected the key \"turns\""},
    {" [1]", " ^", CXM_E_SYNTAX, "an object"},
    {"3", "^", CXM_E_SYNTAX, "an object"},
    {"{\"turns\":{}}", "         ^", CXM_E_SYNTAX, "array of turns"},
    {"{\"turns\":null}", "         ^", CXM_E_SYNTAX, "array of turns"},
    {"{\"turns\":[{\"text\":\"\"},4]}", "                      ^", CXM_E_SYNTAX, "a turn"},
    {"{\"turns\":[{}]}", "          ^", CXM_E_SYNTAX, "\"text\""},
    {"{\"turns\":[{\"text\":4}]}", "                  ^", CXM_E_SYNTAX, "a string or null"},
    {"{\"turns\":[{\"text\":\"\",\"speaker\":[]}]}", "                               ^",
     CXM_E_SYNTAX, "a speaker"},
    {"{\"turns\":[{\"text\":\"\",\"role\":\"boss\"}]}", "                            ^",
     CXM_E_SYNTAX, "agent, customer, bot, other or unknown"},
    {"{\"turns\":[{\"text\":\"\",\"kind\":\"joke\"}]}", "                            ^",
     CXM_E_SYNTAX, "speech, event or note"},
    {"{\"turns\":[{\"text\":\"\",\"start\":\"soon\"}]}", "                             ^",
     CXM_E_SYNTAX, "seconds"},
    {"{\"id\":true,\"turns\":[]}", "      ^", CXM_E_SYNTAX, "an id"},
    {"{\"meta\":7,\"turns\":[]}", "        ^", CXM_E_SYNTAX, "the metadata"},
    {"{\"turns\":[1,]}", "            ^", CXM_E_SYNTAX, ""},
    {"{\"a\" 1,\"turns\":[]}", "     ^", CXM_E_SYNTAX, "a colon"},
    {"{\"a\":tru,\"turns\":[]}", "     ^", CXM_E_SYNTAX, ""},
    {"{\"a\":nul,\"turns\":[]}", "     ^", CXM_E_SYNTAX, ""},
    {"{\"a\":01,\"turns\":[]}", "     ^", CXM_E_SYNTAX, "number"},
    {"{\"a\":1.,\"turns\":[]}", "     ^", CXM_E_SYNTAX, "number"},
    {"{\"a\":-,\"turns\":[]}", "     ^", CXM_E_SYNTAX, ""},
    {"{\"a\":1x,\"turns\":[]}", "     ^", CXM_E_SYNTAX, "number"},
    {"{\"a\":\"\\q\",\"turns\":[]}", "     ^", CXM_E_SYNTAX, "escape"},
    {"{\"a\":\"\\ud800\",\"turns\":[]}", "     ^", CXM_E_SYNTAX, ""},
    {"{\"a\":\"\\udc00x\",\"turns\":[]}", "     ^", CXM_E_SYNTAX, ""},
    {"{\"a\":\"\\ud800\\u0041\",\"turns\":[]}", "     ^", CXM_E_SYNTAX, ""},
    {"{\"turns\":[", "          ^", CXM_E_SYNTAX, "with its end"},
    {"{\"turns\":[{\"text\":\"", "                   ^", CXM_E_SYNTAX, "closing quote"},
    {"{\"a\":\"\xC3\",\"turns\":[]}", "      ^", CXM_E_ENCODING, "UTF-8"},
    {"{\"a\":\"\xED\xA0\x80\",\"turns\":[]}", "      ^", CXM_E_ENCODING, "UTF-8"},
};

START_TEST(errors_name_their_place) {
    cxm_error error = {0};
    cxm_transcript *transcript;
    cxm_reader_options options = jsonl_options();
    options.first_line = 7;
    char text[200];
    snprintf(text, sizeof text, "\n%s\n", errors[_i].line);
    cxm_status status = cxm_transcript_read(cxm_str_from(text), &options, &transcript, &error);
    ck_assert_msg(status == errors[_i].status, "status %d", status);
    ck_assert_ptr_null(transcript);
    ck_assert_msg(strstr(error.message, errors[_i].message) != NULL, "%s", error.message);
    ck_assert_str_eq(error.file, "calls.jsonl");
    ck_assert_uint_eq(error.line, 8);
    ck_assert_msg(error.column == strlen(errors[_i].caret), "%s\n%s at column %u: %s",
                  errors[_i].line, errors[_i].caret, error.column, error.message);
    ck_assert_uint_eq(error.offset, strlen(errors[_i].caret));
}
END_TEST

START_TEST(a_reader_goes_on_behind_a_wrong_line) {
    static const char text[] = "{\"id\":1,\"turns\":[]}\r\n\r\nnonsense\n{\"id\":\"\xFF\"}\n"
                               "{\"id\":2,\"turns\":[]}\n{\"id\":3}\n\n{\"id\":4,\"turns\":[]}";
    static const struct {
        cxm_status status;
        const char *id;
        uint32_t line;
    } expected[] = {{CXM_OK, "1", 0},  {CXM_E_SYNTAX, NULL, 3}, {CXM_E_ENCODING, NULL, 4},
                    {CXM_OK, "2", 0},  {CXM_E_SYNTAX, NULL, 6}, {CXM_OK, "4", 0},
                    {CXM_OK, NULL, 0}, {CXM_OK, NULL, 0}};
    cxm_reader *reader;
    cxm_error error = {0};
    ck_assert_int_eq(cxm_reader_new(cxm_str_from(text), NULL, &reader, &error), CXM_OK);
    ck_assert_str_eq(cxm_reader_format(reader), "jsonl");
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        cxm_transcript *transcript;
        ck_assert_int_eq(cxm_reader_next(reader, &transcript, &error), expected[i].status);
        if (expected[i].status)
            ck_assert_uint_eq(error.line, expected[i].line);
        ck_assert_int_eq(transcript != NULL, expected[i].id != NULL);
        if (transcript)
            assert_str(cxm_transcript_id(transcript), expected[i].id);
        cxm_transcript_free(transcript);
    }
    cxm_reader_free(reader);
    cxm_reader_free(NULL);
}
END_TEST

static cxm_status read_nested(size_t depth, const char *open, const char *close) {
    size_t size = strlen(open) + strlen(close);
    char *text = malloc(depth * size + 100);
    char *end = text + sprintf(text, "{\"turns\":[],\"x\":");
    for (size_t i = 0; i < depth; i++)
        end += sprintf(end, "%s", open);
    end += sprintf(end, "1");
    for (size_t i = 0; i < depth; i++)
        end += sprintf(end, "%s", close);
    sprintf(end, "}");
    cxm_transcript *transcript;
    cxm_reader_options options = jsonl_options();
    cxm_status status = cxm_transcript_read(cxm_str_from(text), &options, &transcript, NULL);
    cxm_transcript_free(transcript);
    free(text);
    return status;
}

START_TEST(depth_is_bounded) {
    ck_assert_int_eq(read_nested(63, "[", "]"), CXM_OK);
    ck_assert_int_eq(read_nested(64, "[", "]"), CXM_E_LIMIT);
    ck_assert_int_eq(read_nested(31, "[{\"a\":", "}]"), CXM_OK);
    ck_assert_int_eq(read_nested(100000, "{\"a\":", "}"), CXM_E_LIMIT);
}
END_TEST

START_TEST(a_long_line_is_refused) {
    cxm_reader_options options = jsonl_options();
    cxm_transcript *transcript;
    cxm_reader *reader;
    options.max_bytes = 20;
    cxm_str text = CXM_STR("{\"turns\":[],\"id\":\"aaaaaaaaaaa\"}\n{\"turns\":[]}\n");
    ck_assert_int_eq(cxm_reader_new(text, &options, &reader, NULL), CXM_OK);
    ck_assert_int_eq(cxm_reader_next(reader, &transcript, NULL), CXM_E_LIMIT);
    ck_assert_int_eq(cxm_reader_next(reader, &transcript, NULL), CXM_OK);
    ck_assert_ptr_nonnull(transcript);
    cxm_transcript_free(transcript);
    cxm_reader_free(reader);
}
END_TEST

static const struct {
    const char *text;
    const char *format;
} sniffed[] = {
    {"{\"turns\":[]}", "jsonl"},
    {"{\"turns\":3}", "jsonl"},
    {"\xEF\xBB\xBF\n { \"turns\":[]}", "jsonl"},
    {"[{\"turns\":[]}]", "jsonl"},
    {"{\"id\":1}", "json"},
    {"[{\"id\":1}]", "json"},
    {"[00:15] Mike: {\"a\":1}", "plain"},
    {"Agent: {\"a\":1}", "plain"},
    {"", "json"},
    {"\"quoted\" words", "plain"},
};

START_TEST(the_format_is_recognized) {
    cxm_reader *reader;
    ck_assert_int_eq(cxm_reader_new(cxm_str_from(sniffed[_i].text), NULL, &reader, NULL), CXM_OK);
    ck_assert_str_eq(cxm_reader_format(reader), sniffed[_i].format);
    cxm_reader_free(reader);
}
END_TEST

START_TEST(a_broken_contract_is_told) {
    cxm_reader *reader;
    cxm_transcript *transcript;
    cxm_error error;
    cxm_reader_options options = CXM_READER_OPTIONS_INIT;
    ck_assert_int_eq(cxm_reader_new((cxm_str){NULL, 3}, NULL, &reader, &error), CXM_E_ARGUMENT);
    ck_assert_int_eq(cxm_transcript_read((cxm_str){NULL, 0}, NULL, &transcript, &error), CXM_OK);
    ck_assert_uint_eq(cxm_transcript_turn_count(transcript), 0);
    cxm_transcript_free(transcript);
    options.role_count = 1;
    ck_assert_int_eq(cxm_reader_new(CXM_STR("x"), &options, &reader, &error), CXM_E_ARGUMENT);
    options.role_count = 0;
    options.format = "tape";
    ck_assert_int_eq(cxm_reader_new(CXM_STR("x"), &options, &reader, &error), CXM_E_NOT_FOUND);
    ck_assert_ptr_null(reader);
    options.struct_size = 0;
    ck_assert_int_eq(cxm_reader_new(CXM_STR("x"), &options, &reader, &error), CXM_E_ARGUMENT);
}
END_TEST

/* Reads two conversations, once more where there was no memory; how many it got. */
static size_t read_two(meter *memory) {
    static const char text[] =
        "{\"id\":1,\"meta\":{\"a\":1},\"turns\":[{\"speaker\":\"a\",\"text\":\"b\"}]}\n"
        "{\"id\":2,\"meta\":{\"a\":1},\"turns\":[{\"speaker\":\"a\",\"text\":\"b\"}]}";
    cxm_allocator allocator = meter_allocator(memory);
    cxm_reader_options options = jsonl_options();
    cxm_reader *reader;
    size_t got = 0;
    options.allocator = &allocator;
    if (cxm_reader_new(cxm_str_from(text), &options, &reader, NULL))
        return SIZE_MAX; /* nothing to try again with */
    for (size_t attempt = 0; attempt < 3; attempt++) {
        cxm_transcript *transcript;
        cxm_status status = cxm_reader_next(reader, &transcript, NULL);
        ck_assert(status == CXM_OK || status == CXM_E_NOMEM);
        got += transcript != NULL;
        cxm_transcript_free(transcript);
    }
    cxm_reader_free(reader);
    return got;
}

START_TEST(every_failed_allocation_is_clean) {
    meter all = {0};
    ck_assert_uint_eq(read_two(&all), 2);
    ck_assert_uint_eq(all.live, 0);
    for (size_t n = 1; n <= all.calls; n++) {
        meter once = {.fail_at = n};
        size_t got = read_two(&once);
        ck_assert(got == 2 || got == SIZE_MAX);
        ck_assert_uint_eq(once.live, 0);
        meter on = {.fail_at = n, .fail_on = true};
        read_two(&on);
        ck_assert_uint_eq(on.live, 0);
    }
}
END_TEST

/* Errors are told in a time that does not grow with the place in the file. */
START_TEST(many_errors_are_linear) {
    enum { COUNT = 200000 };
    char *text = malloc(2 * COUNT);
    for (size_t i = 0; i < COUNT; i++)
        memcpy(text + 2 * i, "x\n", 2);
    cxm_reader *reader;
    cxm_error error;
    cxm_reader_options options = jsonl_options();
    ck_assert_int_eq(cxm_reader_new((cxm_str){text, 2 * COUNT}, &options, &reader, NULL), CXM_OK);
    for (size_t i = 0; i < COUNT; i++) {
        cxm_transcript *transcript;
        ck_assert_int_eq(cxm_reader_next(reader, &transcript, &error), CXM_E_SYNTAX);
    }
    ck_assert_uint_eq(error.line, COUNT);
    ck_assert_uint_eq(error.offset, 2 * COUNT - 2);
    cxm_reader_free(reader);
    free(text);
}
END_TEST

int main(void) {
    enum { SKIPPED = 77 };
    cxm_reader_options options = jsonl_options();
    cxm_reader *reader;
    if (cxm_reader_new(CXM_STR(""), &options, &reader, NULL) == CXM_E_NOT_FOUND) {
        puts("skipped: the library was built without JSON");
        return SKIPPED;
    }
    cxm_reader_free(reader);
    Suite *suite = suite_create("read_jsonl");
    TCase *cases = tcase_create("jsonl");
    tcase_add_test(cases, everything_of_a_conversation_is_read);
    tcase_add_loop_test(cases, lines_of_many_kinds_are_read, 0, COUNT(lines));
    tcase_add_test(cases, the_last_of_equal_metadata_wins);
    tcase_add_loop_test(cases, roles_come_from_rules_the_file_and_labels, 0, COUNT(roles));
    tcase_add_loop_test(cases, errors_name_their_place, 0, COUNT(errors));
    tcase_add_test(cases, a_reader_goes_on_behind_a_wrong_line);
    tcase_add_test(cases, depth_is_bounded);
    tcase_add_test(cases, a_long_line_is_refused);
    tcase_add_loop_test(cases, the_format_is_recognized, 0, COUNT(sniffed));
    tcase_add_test(cases, a_broken_contract_is_told);
    tcase_add_test(cases, every_failed_allocation_is_clean);
    tcase_add_test(cases, many_errors_are_linear);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
