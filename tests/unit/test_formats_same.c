/* SPDX-License-Identifier: MIT */
/*
 * The same conversation in every format (tests/read/same) gives the same turns and the same hits,
 * word for word. What a format does not have (times, roles) is not asked of it.
 */
#include "reading.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

#define FOLDER CXM_SAMPLES "/../same"

static file_list files;
static cxm_lexicon *lexicon;

/* The labels of recognizers that know no roles. */
static const cxm_role_rule rules[] = {
    {{"spk_0", 5}, CXM_ROLE_AGENT},
    {{"spk_1", 5}, CXM_ROLE_CUSTOMER},
    {{"ch_0", 4}, CXM_ROLE_AGENT},
    {{"ch_1", 4}, CXM_ROLE_CUSTOMER},
    {{"A", 1}, CXM_ROLE_AGENT},
    {{"B", 1}, CXM_ROLE_CUSTOMER},
    {{"0", 1}, CXM_ROLE_AGENT},
    {{"1", 1}, CXM_ROLE_CUSTOMER},
    {{"SPEAKER_00", 10}, CXM_ROLE_AGENT},
    {{"SPEAKER_01", 10}, CXM_ROLE_CUSTOMER},
    {{"Speaker 0", 9}, CXM_ROLE_AGENT},
    {{"Speaker 1", 9}, CXM_ROLE_CUSTOMER},
    {{"participantOne", 14}, CXM_ROLE_AGENT},
    {{"participantTwo", 14}, CXM_ROLE_CUSTOMER},
    {{"Dana", 4}, CXM_ROLE_AGENT},
    {{"Sam", 3}, CXM_ROLE_CUSTOMER},
};

/* Azure counts speakers from 1, and channels from 0. */
static const cxm_role_rule azure_rules[] = {
    {{"1", 1}, CXM_ROLE_AGENT},
    {{"2", 1}, CXM_ROLE_CUSTOMER},
};

static const struct {
    cxm_role role;
    double start;
    double end;
    const char *text;
} said[] = {
    {CXM_ROLE_AGENT, 0.5, 4.5,
     "Thank you for calling Harbor Home, my name is Dana, how can I help you today?"},
    {CXM_ROLE_CUSTOMER, 5, 8, "My kettle broke after two weeks and I would like a refund."},
    {CXM_ROLE_AGENT, 8.5, 12,
     "I am so sorry about that, I understand how frustrating this must be."},
    {CXM_ROLE_CUSTOMER, 12.5, 14, "So will you give me my money back?"},
    {CXM_ROLE_AGENT, 14.5, 20,
     "Unfortunately our policy states that returns close after thirty days, but I will call you "
     "back by Friday."},
    {CXM_ROLE_CUSTOMER, 20.5, 22, "Okay, thank you for your help."},
};

static cxm_transcript *read_same(const char *name) {
    char path[1024];
    size_t len;
    snprintf(path, sizeof path, "%s/%s", FOLDER, name);
    char *bytes = load_file(path, &len);
    ck_assert_ptr_nonnull(bytes);
    bool is_azure = strcmp(name, "azure-batch.json") == 0;
    cxm_reader_options options = CXM_READER_OPTIONS_INIT;
    options.lexicon = lexicon;
    options.source = cxm_str_from(name);
    options.roles = is_azure ? azure_rules : rules;
    options.role_count = is_azure ? COUNT(azure_rules) : COUNT(rules);
    cxm_reader *reader;
    cxm_transcript *transcript;
    cxm_transcript *more;
    cxm_error error;
    cxm_status status = cxm_reader_new((cxm_str){bytes, len}, &options, &reader, &error);
    ck_assert_msg(status == CXM_OK, "%s: %s", name, error.message);
    const char *format = cxm_reader_format(reader);
    ck_assert_msg(strncmp(name, format, strlen(format)) == 0, "%s: taken for %s", name, format);
    status = cxm_reader_next(reader, &transcript, &error);
    ck_assert_msg(status == CXM_OK && transcript, "%s: %s", name, status ? error.message : "empty");
    ck_assert_msg(!cxm_reader_problem(reader, 0), "%s", name);
    ck_assert_int_eq(cxm_reader_next(reader, &more, NULL), CXM_OK);
    ck_assert_ptr_null(more);
    cxm_reader_free(reader);
    free(bytes);
    return transcript;
}

/* Whole seconds are enough: some formats have no finer ones. */
static void check_time(const char *name, size_t turn, double time, double expected) {
    double off = time < expected ? expected - time : time - expected;
    ck_assert_msg(time < 0 || off < 1, "%s: turn %zu at %g, not %g", name, turn, time, expected);
}

/* The same words; a line that was wrapped has another blank there. */
static bool is_same_text(cxm_str text, const char *expected) {
    bool is_same = text.len == strlen(expected);
    for (size_t i = 0; is_same && i < text.len; i++)
        is_same = text.ptr[i] == expected[i] || (text.ptr[i] == '\n' && expected[i] == ' ');
    return is_same;
}

static void check_turns(const char *name, const cxm_transcript *transcript) {
    ck_assert_msg(cxm_transcript_turn_count(transcript) == COUNT(said), "%s: %zu turns", name,
                  cxm_transcript_turn_count(transcript));
    ck_assert_msg(cxm_transcript_skipped_count(transcript) == 0, "%s: something left out", name);
    for (size_t i = 0; i < COUNT(said); i++) {
        const cxm_turn *turn = cxm_transcript_turn(transcript, i);
        ck_assert_msg(is_same_text(turn->text, said[i].text), "%s: turn %zu: '%.*s'", name, i,
                      (int)turn->text.len, turn->text.ptr);
        ck_assert_msg(turn->role == said[i].role, "%s: turn %zu is of '%.*s'", name, i,
                      (int)turn->speaker.len, turn->speaker.ptr);
        check_time(name, i, turn->start, said[i].start);
        check_time(name, i, turn->end, said[i].end);
    }
}

static void check_hits(const char *name, const cxm_result *result, const cxm_result *expected) {
    ck_assert_msg(result->hit_count == expected->hit_count, "%s: %zu hits, not %zu", name,
                  result->hit_count, expected->hit_count);
    for (size_t i = 0; i < result->hit_count; i++) {
        const cxm_hit *hit = &result->hits[i];
        const cxm_hit *other = &expected->hits[i];
        ck_assert_msg(hit->category == other->category && hit->phrase == other->phrase &&
                          hit->turn == other->turn && hit->start == other->start &&
                          hit->end == other->end,
                      "%s: hit %zu is another one", name, i);
    }
}

START_TEST(the_same_conversation_gives_the_same) {
    const char *name = files.names[_i];
    if (strstr(name, ".md"))
        return;
    cxm_transcript *first = read_same("jsonl.jsonl");
    cxm_transcript *transcript = read_same(name);
    cxm_miner *first_miner = new_miner(lexicon);
    cxm_miner *miner = new_miner(lexicon);
    const cxm_result *expected = mine(first_miner, first);
    ck_assert_uint_ge(expected->hit_count, 5);
    check_turns(name, transcript);
    check_hits(name, mine(miner, transcript), expected);
    cxm_miner_free(miner);
    cxm_miner_free(first_miner);
    cxm_transcript_free(transcript);
    cxm_transcript_free(first);
}
END_TEST

static void set_up(void) {
    lexicon = new_builtin_lexicon();
}

static void tear_down(void) {
    cxm_lexicon_free(lexicon);
}

int main(void) {
    files = list_files(FOLDER);
    Suite *suite = suite_create("formats_same");
    TCase *tests = tcase_create("same");
    tcase_add_unchecked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, the_same_conversation_gives_the_same, 0, (int)files.count);
    suite_add_tcase(suite, tests);
    int status = run_suite(suite);
    free_files(&files);
    return status;
}
