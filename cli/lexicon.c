/* SPDX-License-Identifier: MIT */
/* cxmine lexicon check, test and list */
#include "commands.h"
#include "diagnostics.h"
#include "output.h"
#include "session.h"

#include <stdio.h>
#include <string.h>

/* A pack named as an operand stands alone: its own tests and errors are asked for. */
static cli_pack pack_of(const cli_list *operands, bool with_builtin) {
    return (cli_pack){.paths = *operands, .no_builtin = operands->count > 0 && !with_builtin};
}

static void print_count(size_t count, const char *one, const char *many, const char *behind) {
    printf("%zu %s%s", count, count == 1 ? one : many, behind);
}

static void print_place(cxm_str file, uint32_t line) {
    cli_put(stdout, file);
    printf(":%u", (unsigned)line);
}

#define WITH_BUILTIN_OPTION(settings)                                                              \
    {                                                                                              \
        "with-builtin", CLI_FLAG, offsetof(settings, with_builtin), NULL,                          \
            "Add PACK to the built-in English pack, as --pack does for score"                      \
    }

/* lexicon check */

struct check_settings {
    bool with_builtin;
};

static const cli_option check_options[] = {
    WITH_BUILTIN_OPTION(struct check_settings),
    {0},
};

static const char *const check_paragraphs[] = {
    "PACK is a directory of YAML files, or one file. Every error is told at once, on standard "
    "error, with its file, line and column.",
    NULL,
};

static const cli_entry check_exits[] = {
    {"0", "The pack has no errors"},
    {"1", "It has errors"},
    {"2", "It cannot be read"},
    {"64", "The command line makes no sense"},
    {0},
};

static int check(const void *given, const cli_list *operands) {
    const struct check_settings *settings = given;
    cli_pack pack = pack_of(operands, settings->with_builtin);
    cxm_lexicon *lexicon;
    int status = cli_pack_build(&pack, &lexicon);
    if (status != CLI_DONE)
        return status;
    print_count(cxm_lexicon_category_count(lexicon), "category", "categories", ", ");
    print_count(cxm_lexicon_phrase_count(lexicon), "phrase", "phrases", ", ");
    print_count(cxm_lexicon_test_count(lexicon), "test", "tests", ", no errors\n");
    cxm_lexicon_free(lexicon);
    return CLI_DONE;
}

const cli_command cli_lexicon_check = {
    .name = "lexicon check",
    .operands = "PACK",
    .least = 1,
    .most = 1,
    .summary = "Look for errors in a pack",
    .paragraphs = check_paragraphs,
    .settings_size = sizeof(struct check_settings),
    .options = check_options,
    .exits = check_exits,
    .run = check,
};

/* lexicon list */

struct list_settings {
    bool phrases;
    bool with_builtin;
};

static const cli_option list_options[] = {
    {"phrases", CLI_FLAG, offsetof(struct list_settings, phrases), NULL,
     "Print every phrase, with its file and line"},
    WITH_BUILTIN_OPTION(struct list_settings),
    {0},
};

static const char *const list_paragraphs[] = {
    "PACK is a directory of YAML files, or one file; without it, it is the built-in pack.",
    NULL,
};

static const cli_entry list_exits[] = {
    {"0", "Done"},
    {"2", "The pack has errors or cannot be read"},
    {"64", "The command line makes no sense"},
    {0},
};

static const char *speaker_name(cxm_speaker speaker) {
    switch (speaker) {
    case CXM_SPEAKER_ANY:
        return "any";
    case CXM_SPEAKER_AGENT:
        return "agent";
    case CXM_SPEAKER_CUSTOMER:
        return "customer";
    }
    return "any";
}

static size_t name_columns(const cxm_lexicon *lexicon) {
    size_t widest = strlen("category");
    for (size_t i = 0; i < cxm_lexicon_category_count(lexicon); i++) {
        size_t len = cxm_lexicon_category(lexicon, i)->name.len;
        widest = len > widest ? len : widest;
    }
    return widest;
}

static void print_category(const cxm_category *category, size_t columns) {
    cli_put(stdout, category->name);
    printf("%*s  %-8s  %6g  %7zu  ", (int)(columns - category->name.len), "",
           speaker_name(category->speaker), category->weight, category->phrase_count);
    cli_put(stdout, category->title);
    putchar('\n');
}

static void print_phrases(const cxm_lexicon *lexicon, size_t category) {
    for (size_t i = 0; i < cxm_lexicon_phrase_count(lexicon); i++) {
        const cxm_phrase *phrase = cxm_lexicon_phrase(lexicon, i);
        if (phrase->category != category)
            continue;
        fputs("  ", stdout);
        print_place(phrase->file, phrase->line);
        fputs("  ", stdout);
        cli_put(stdout, phrase->text);
        putchar('\n');
    }
}

static int list(const void *given, const cli_list *operands) {
    const struct list_settings *settings = given;
    cli_pack pack = pack_of(operands, settings->with_builtin);
    cxm_lexicon *lexicon;
    if (cli_pack_open(&pack, &lexicon) != CLI_DONE)
        return CLI_TROUBLE;
    size_t columns = name_columns(lexicon);
    printf("%-*s  speaker   weight  phrases  title\n", (int)columns, "category");
    for (size_t i = 0; i < cxm_lexicon_category_count(lexicon); i++) {
        print_category(cxm_lexicon_category(lexicon, i), columns);
        if (settings->phrases)
            print_phrases(lexicon, i);
    }
    cxm_lexicon_free(lexicon);
    return CLI_DONE;
}

const cli_command cli_lexicon_list = {
    .name = "lexicon list",
    .operands = "[PACK]",
    .most = 1,
    .summary = "List the categories of a pack",
    .paragraphs = list_paragraphs,
    .settings_size = sizeof(struct list_settings),
    .options = list_options,
    .exits = list_exits,
    .run = list,
};

/* lexicon test */

struct test_settings {
    bool with_builtin;
};

static const cli_option test_options[] = {
    WITH_BUILTIN_OPTION(struct test_settings),
    {0},
};

static const char *const test_paragraphs[] = {
    "Runs the tests: of the categories of PACK, a directory of YAML files or one file; without "
    "it, of the built-in pack. Each text under `hit:` is mined as one turn of the category's "
    "speaker and must have a hit of the category; a text under `miss:` must have none.",
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
    print_place(test->file, test->line);
    fputs(": ", stdout);
    cli_put(stdout, cxm_lexicon_category(lexicon, test->category)->name);
    printf(": expected %s hit in \"", test->hit ? "a" : "no");
    cli_put(stdout, test->text);
    if (hit) {
        const cxm_phrase *phrase = cxm_lexicon_phrase(lexicon, hit->phrase);
        fputs("\", found \"", stdout);
        cli_put(stdout, (cxm_str){test->text.ptr + hit->start, hit->end - hit->start});
        fputs("\" by ", stdout);
        print_place(phrase->file, phrase->line);
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
    cxm_miner_free(miner);
    if (!good)
        return CLI_TROUBLE;
    printf("%zu passed, %zu failed\n", passed, count - passed);
    return passed == count ? CLI_DONE : CLI_NO;
}

static int test(const void *given, const cli_list *operands) {
    const struct test_settings *settings = given;
    cli_pack pack = pack_of(operands, settings->with_builtin);
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
