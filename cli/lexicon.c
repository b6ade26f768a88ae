/* SPDX-License-Identifier: MIT */
/* cxmine lexicon check and list */
#include "lexicon.h"
#include "commands.h"
#include "diagnostics.h"

#include <stdio.h>
#include <string.h>

static void print_count(size_t count, const char *one, const char *many, const char *behind) {
    printf("%zu %s%s", count, count == 1 ? one : many, behind);
}

/* lexicon check */

struct check_settings {
    bool with_builtin;
};

static const cli_option check_options[] = {
    CLI_WITH_BUILTIN(struct check_settings),
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
    cli_pack pack = cli_pack_of(operands, settings->with_builtin);
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
     "Print every phrase, with its file and line, and every expression"},
    CLI_WITH_BUILTIN(struct list_settings),
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
           cli_speaker_name(category->speaker), category->weight, category->phrase_count);
    cli_put(stdout, category->title);
    putchar('\n');
}

static void print_phrases(const cxm_lexicon *lexicon, size_t category) {
    for (size_t i = 0; i < cxm_lexicon_phrase_count(lexicon); i++) {
        const cxm_phrase *phrase = cxm_lexicon_phrase(lexicon, i);
        if (phrase->category != category)
            continue;
        fputs("  ", stdout);
        cli_print_place(phrase->file, phrase->line);
        fputs("  ", stdout);
        cli_put(stdout, phrase->text);
        putchar('\n');
    }
}

static size_t wider(size_t widest, cxm_str name) {
    return name.len > widest ? name.len : widest;
}

static void print_expression(const char *label, cxm_str expression) {
    if (!expression.len)
        return;
    printf("  %s", label);
    cli_put(stdout, expression);
    putchar('\n');
}

static void print_behaviors(const cxm_lexicon *lexicon, bool expressions) {
    size_t count = cxm_lexicon_behavior_count(lexicon);
    size_t columns = strlen("behavior");
    for (size_t i = 0; i < count; i++)
        columns = wider(columns, cxm_lexicon_behavior(lexicon, i)->name);
    if (count)
        printf("\n%-*s  weight  title\n", (int)columns, "behavior");
    for (size_t i = 0; i < count; i++) {
        const cxm_behavior *behavior = cxm_lexicon_behavior(lexicon, i);
        cli_put(stdout, behavior->name);
        printf("%*s  %6g  ", (int)(columns - behavior->name.len), "", behavior->weight);
        cli_put(stdout, behavior->title);
        putchar('\n');
        if (expressions)
            print_expression("", behavior->expression);
    }
}

static void print_scorecard(const cxm_scorecard *card, bool expressions) {
    size_t columns = strlen("criterion");
    for (size_t i = 0; i < card->criterion_count; i++)
        columns = wider(columns, card->criteria[i].name);
    fputs("\nscorecard ", stdout);
    cli_put(stdout, card->name);
    fputs(": ", stdout);
    cli_put(stdout, card->title);
    putchar('\n');
    if (expressions)
        print_expression("given: ", card->given);
    printf("%-*s  points  title\n", (int)columns, "criterion");
    for (size_t i = 0; i < card->criterion_count; i++) {
        const cxm_criterion *criterion = &card->criteria[i];
        cli_put(stdout, criterion->name);
        printf("%*s  %6g  ", (int)(columns - criterion->name.len), "", criterion->points);
        cli_put(stdout, criterion->title);
        putchar('\n');
        if (!expressions)
            continue;
        print_expression("given: ", criterion->given);
        print_expression(criterion->avoid ? "avoid: " : "expect: ", criterion->asked);
    }
}

static int list(const void *given, const cli_list *operands) {
    const struct list_settings *settings = given;
    cli_pack pack = cli_pack_of(operands, settings->with_builtin);
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
    print_behaviors(lexicon, settings->phrases);
    for (size_t i = 0; i < cxm_lexicon_scorecard_count(lexicon); i++)
        print_scorecard(cxm_lexicon_scorecard(lexicon, i), settings->phrases);
    cxm_lexicon_free(lexicon);
    return CLI_DONE;
}

const cli_command cli_lexicon_list = {
    .name = "lexicon list",
    .operands = "[PACK]",
    .most = 1,
    .summary = "List the categories, behaviors and scorecards of a pack",
    .paragraphs = list_paragraphs,
    .settings_size = sizeof(struct list_settings),
    .options = list_options,
    .exits = list_exits,
    .run = list,
};
