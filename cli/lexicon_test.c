/* SPDX-License-Identifier: MIT */
/* cxmine lexicon test */
#include "commands.h"
#include "diagnostics.h"
#include "dialogue_test.h"
#include "lexicon.h"
#include "session.h"

#include <stdio.h>

struct test_settings {
    bool coverage;
    bool with_builtin;
};

static const cli_option test_options[] = {
    {"coverage", CLI_FLAG, offsetof(struct test_settings, coverage), NULL,
     "Tell what no test exercises, and fail where there is any"},
    CLI_WITH_BUILTIN(struct test_settings),
    {0},
};

static const char *const test_paragraphs[] = {
    "Runs the tests: of the categories of PACK, a directory of YAML files or one file; without "
    "it, of the built-in pack. Each text under `hit:` is mined as one turn of the category's "
    "speaker and must have a hit of the category; a text under `miss:` must have none.",
    "The dialogues of behaviors and of the criteria of scorecards are judged as conversations: a "
    "behavior must be found under `hit:` and not under `miss:`; a criterion must earn all its "
    "points, lose some, or under `none:` not apply.",
    "--coverage prints, with file and line, each phrase that no `hit:` text of its category "
    "matches (matches that are dropped do not count), each `unless` that drops no match in a test "
    "of its category, and each member of a set that neither used. Sets that only behaviors "
    "use are left aside. A rule that no test exercises may as well be misspelt.",
    NULL,
};

static const cli_entry test_exits[] = {
    {"0", "All tests passed, and with --coverage exercise everything"},
    {"1", "Some failed, or something is not exercised"},
    {"2", "The pack has errors or cannot be read"},
    {"64", "The command line makes no sense"},
    {0},
};

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
    cxm_role role = cli_speaker_role(cxm_lexicon_category(lexicon, test->category)->speaker);
    cxm_status status = cli_transcript_of(test->text, role, &transcript, &error);
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
    pack.keep_parts = settings->coverage;
    if (cli_pack_open(&pack, &lexicon) != CLI_DONE)
        return CLI_TROUBLE;
    int status = run_tests(lexicon);
    if (settings->coverage && status != CLI_TROUBLE) {
        int covered = cli_check_coverage(lexicon, operands->count == 0);
        status = covered > status ? covered : status;
    }
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
