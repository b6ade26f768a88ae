/* SPDX-License-Identifier: MIT */
/* cxmine lexicon test */
#include "commands.h"
#include "diagnostics.h"
#include "dialogue_test.h"
#include "lexicon.h"
#include "output.h"
#include "session.h"

#include <stdio.h>

struct test_settings {
    bool with_builtin;
};

static const cli_option test_options[] = {
    CLI_WITH_BUILTIN_OPTION(struct test_settings),
    {0},
};

static const char *const test_paragraphs[] = {
    "Runs the tests: of the categories of PACK, a directory of YAML files or one file; without "
    "it, of the built-in pack. Each text under `hit:` is mined as one turn of the category's "
    "speaker and must have a hit of the category; a text under `miss:` must have none.",
    "The dialogues of behaviors and of the criteria of scorecards are judged as conversations: a "
    "behavior must be found under `hit:` and not under `miss:`; a criterion must earn all its "
    "points, lose some, or under `none:` not apply.",
    NULL,
};

static const cli_entry test_exits[] = {
    {"0", "All tests passed"},
    {"1", "Some failed"},
    {"2", "The pack has errors or cannot be read"},
    {"64", "The command line makes no sense"},
    {0},
};

static cxm_role role_of(cxm_speaker speaker) {
    return speaker == CXM_SPEAKER_AGENT      ? CXM_ROLE_AGENT
           : speaker == CXM_SPEAKER_CUSTOMER ? CXM_ROLE_CUSTOMER
                                             : CXM_ROLE_UNKNOWN;
}

/* The text of a test as a conversation of one turn. */
static cxm_status transcript_of(cxm_str text, cxm_role role, cxm_transcript **out,
                                cxm_error *error) {
    cxm_transcript_builder *builder;
    cxm_turn turn = {
        .role = role, .text = text, .start = CXM_TIME_UNKNOWN, .end = CXM_TIME_UNKNOWN};
    cxm_status status = cxm_transcript_builder_new(NULL, &builder, error);
    if (status != CXM_OK)
        return status;
    status = cxm_transcript_builder_add_turn(builder, &turn, error);
    if (status == CXM_OK)
        status = cxm_transcript_builder_finish(builder, out, error);
    if (status != CXM_OK)
        cxm_transcript_builder_free(builder);
    return status;
}

static const cxm_hit *find_hit(const cxm_result *result, uint32_t category) {
    for (size_t i = 0; i < result->hit_count; i++)
        if (result->hits[i].category == category)
            return &result->hits[i];
    return NULL;
}

static void print_failure(const cxm_lexicon *lexicon, const cxm_lexicon_test *test,
                          const cxm_hit *hit) {
    cli_print_place(test->file, test->line);
    fputs(": ", stdout);
    cli_put(stdout, cxm_lexicon_category(lexicon, test->category)->name);
    printf(": expected %s hit in \"", test->hit ? "a" : "no");
    cli_put(stdout, test->text);
    if (hit) {
        const cxm_phrase *phrase = cxm_lexicon_phrase(lexicon, hit->phrase);
        fputs("\", found \"", stdout);
        cli_put(stdout, (cxm_str){test->text.ptr + hit->start, hit->end - hit->start});
        fputs("\" by ", stdout);
        cli_print_place(phrase->file, phrase->line);
        putchar('\n');
    } else {
        fputs("\"\n", stdout);
    }
}

/* Runs one test; `*passed` counts. false: it could not be run, and that has been told. */
static bool run_test(cxm_miner *miner, const cxm_lexicon *lexicon, const cxm_lexicon_test *test,
                     size_t *passed) {
    const cxm_result *result;
    cxm_transcript *transcript = NULL;
    cxm_error error;
    cxm_role role = role_of(cxm_lexicon_category(lexicon, test->category)->speaker);
    cxm_status status = transcript_of(test->text, role, &transcript, &error);
    if (status == CXM_OK)
        status = cxm_mine(miner, transcript, &result, &error);
    if (status == CXM_OK) {
        const cxm_hit *hit = find_hit(result, test->category);
        if ((hit != NULL) == test->hit)
            ++*passed;
        else
            print_failure(lexicon, test, hit);
    } else {
        cli_report(&error);
    }
    cxm_transcript_free(transcript);
    return status == CXM_OK;
}

static int run_tests(const cxm_lexicon *lexicon) {
    cxm_miner *miner = cli_miner_new(lexicon, &(cli_mining){0});
    size_t passed = 0;
    size_t count = cxm_lexicon_test_count(lexicon);
    bool good = miner != NULL;
    for (size_t i = 0; i < count && good; i++)
        good = run_test(miner, lexicon, cxm_lexicon_test_at(lexicon, i), &passed);
    good = good && cli_run_dialogues(miner, lexicon, &passed);
    count += cxm_lexicon_dialogue_count(lexicon);
    cxm_miner_free(miner);
    if (!good)
        return CLI_TROUBLE;
    printf("%zu passed, %zu failed\n", passed, count - passed);
    return passed == count ? CLI_DONE : CLI_NO;
}

static int test(const void *given, const cli_list *operands) {
    const struct test_settings *settings = given;
    cli_pack pack = cli_pack_of(operands, settings->with_builtin);
    cxm_lexicon *lexicon;
    if (cli_pack_open(&pack, &lexicon) != CLI_DONE)
        return CLI_TROUBLE;
    int status = run_tests(lexicon);
    cxm_lexicon_free(lexicon);
    return status;
}

const cli_command cli_lexicon_test = {
    .name = "lexicon test",
    .operands = "[PACK]",
    .most = 1,
    .summary = "Run the tests that a pack brings",
    .paragraphs = test_paragraphs,
    .settings_size = sizeof(struct test_settings),
    .options = test_options,
    .exits = test_exits,
    .run = test,
};
