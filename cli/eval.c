/* SPDX-License-Identifier: MIT */
/* cxmine eval */
#include "eval.h"

#include "commands.h"
#include "diagnostics.h"
#include "session.h"

#include <stdint.h>
#include <string.h>

struct settings {
    const char *as;
    bool errors;
    bool why;
    const char *compare;
    cli_list judge;
    cli_pack pack;
    cli_mining mining;
};

#define AT(field) offsetof(struct settings, field)

static const cli_option options[] = {
    {"as", CLI_CHOICE, AT(as), "text|json", "How to print the results (default: text)"},
    {"errors", CLI_FLAG, AT(errors), NULL,
     "Print every miss and every false alarm, with the phrase that made it"},
    {"why", CLI_FLAG, AT(why), NULL,
     "With --errors, in text: tell of each miss what dropped a match, or the closest phrase"},
    {"compare", CLI_TEXT, AT(compare), "PACK",
     "Measure PACK too, by itself, and tell what changes from the first lexicon to it"},
    {"judge", CLI_LIST, AT(judge), "CATEGORY",
     "Judge only this category, or this family, as \"blame.*\"; may be repeated"},
    CLI_PACK_OPTIONS(struct settings, pack),
    CLI_MINING_OPTIONS(struct settings, mining),
    {0},
};

static const char *const paragraphs[] = {
    "Measures what the lexicon finds in utterances against what people labelled there. A line of "
    "GOLD is one utterance, {\"id\", \"speaker\", \"text\", \"labels\": [...]}, or one "
    "conversation, {\"id\", \"turns\": [{\"speaker\", \"text\", \"labels\"}, ...]}, of which the "
    "turns with \"labels\" are judged. The speaker agent or customer is a role; another is looked "
    "up as `score` does, or \"role\" says it.",
    "A category is right in an utterance where it is found and labelled, or neither; where in the "
    "utterance does not matter. Only labels that occur somewhere in the files are judged: hits of "
    "other categories count as nothing. A label that the lexicon does not know counts as missed. "
    "A family is found where one of its judged categories is.",
    "Ranges are 95 % intervals: of precision and recall by Wilson; of F1 by Wilson on the share of "
    "hits among hits, false alarms and misses, which F1 is a function of; of macro means by "
    "square-and-add from those of the categories. Macro means leave out what there is nothing to "
    "take from: categories never found, for precision, or never labelled, for recall. --compare "
    "adds the test of McNemar: how likely chance alone makes as large a difference, exact up to "
    "1000 changes, by chi square beyond. All treat labels as independent.",
    NULL,
};

static const cli_entry fields[] = {
    {"judged", "The categories that were judged"},
    {"files[], all", "For each file, and all together:"},
    {"  file", "Its name; null for all"},
    {"  result", "items, categories, families, micro, macro, confusion"},
    {"  second", "The same for the PACK of --compare"},
    {"  mcnemar", "By category, over all labels, and for whole items: only_first, only_second, p"},
    {"changes[]", "With --compare: what the two lexicons decide differently"},
    {"errors[]", "With --errors: category, file, line, id, turn (from 0), text, verdict (\"miss\" "
                 "or \"false alarm\"), found (text, start, end, lexicon, line, phrase)"},
    {0},
};

static const cli_entry exits[] = {
    {"0", "Done"},
    {"2", "Something could not be read; the rest was done"},
    {"64", "The command line makes no sense"},
    {0},
};

/* A label that no lexicon knows is most likely misspelt. */
static void warn_of_labels(const cxm_lexicon *lexicon, const char *name,
                           const cli_judged_list *judged) {
    for (size_t i = 0; i < judged->count; i++) {
        uint32_t index;
        if (cxm_lexicon_find_category(lexicon, judged->categories[i].name, &index))
            continue;
        cli_begin_message();
        fputs("warning: no category '", stderr);
        cli_put(stderr, judged->categories[i].name);
        fputs("' in ", stderr);
        cli_put(stderr, cxm_str_from(name));
        fputs(": its labels count as missed\n", stderr);
    }
}

/* Compiles a lexicon and mines the gold with it. */
static int make_run(cli_eval_run *self, const cli_pack *pack, const struct settings *settings,
                    const cli_gold *gold, const cli_judged_list *judged) {
    cxm_lexicon *lexicon;
    int status = cli_pack_open(pack, &lexicon);
    if (status != CLI_DONE)
        return status;
    cxm_miner *miner = cli_miner_new(lexicon, &settings->mining);
    bool good = miner && cli_eval_run_init(self, lexicon, miner, gold, judged);
    cxm_miner_free(miner);
    if (!miner)
        cxm_lexicon_free(lexicon);
    if (good)
        warn_of_labels(lexicon, self->name, judged);
    return good ? CLI_DONE : CLI_TROUBLE;
}

static void free_run(cli_eval_run *self) {
    cxm_lexicon_free(self->lexicon);
    cli_eval_run_clear(self);
}

/* Prints all there is to tell of the runs. */
static bool print(const struct settings *settings, const cli_evaluation *all) {
    bool json = settings->as && strcmp(settings->as, "json") == 0;
    return json ? cli_eval_print_json(all) : cli_eval_print_text(all);
}

static bool trace_and_print(const struct settings *settings, cli_evaluation *all) {
    cxm_miner_options mining = cli_miner_options(&settings->mining);
    cxm_error error;
    if (cxm_tracer_new(all->run->lexicon, &mining, &all->tracer, &error) != CXM_OK) {
        cli_report(&error);
        return false;
    }
    bool good = print(settings, all);
    cxm_tracer_free(all->tracer);
    return good;
}

static int measure(const struct settings *settings, const cli_gold *gold,
                   const cli_judged_list *judged) {
    cli_eval_run first = {.name = settings->compare ? "the first lexicon" : "the lexicon"};
    cli_eval_run other = {.name = "the second lexicon"};
    cli_pack pack = settings->pack;
    pack.keep_parts = settings->why;
    int status = make_run(&first, &pack, settings, gold, judged);
    if (status == CLI_DONE && settings->compare) {
        const char *paths[] = {settings->compare};
        pack = (cli_pack){.paths = {paths, 1}, .no_builtin = true};
        status = make_run(&other, &pack, settings, gold, judged);
    }
    if (status == CLI_DONE) {
        cli_evaluation all = {
            gold, judged, &first, settings->compare ? &other : NULL, settings->errors, NULL};
        bool good = settings->why ? trace_and_print(settings, &all) : print(settings, &all);
        status = good ? CLI_DONE : CLI_TROUBLE;
    }
    free_run(&first);
    free_run(&other);
    return status;
}

static int run(const void *given, const cli_list *operands) {
    const struct settings *settings = given;
    cli_gold gold;
    cli_judged_list judged = {0};
    int status = cli_gold_read(&gold, operands) ? CLI_DONE : CLI_TROUBLE;
    if (status == CLI_DONE)
        status = cli_judged_init(&judged, &gold, &settings->judge);
    if (status == CLI_DONE)
        status = measure(settings, &gold, &judged);
    if (status == CLI_DONE && gold.failed)
        status = CLI_TROUBLE;
    cli_judged_clear(&judged);
    cli_gold_clear(&gold);
    return status;
}

const cli_command cli_eval = {
    .name = "eval",
    .operands = "GOLD...",
    .least = 1,
    .most = SIZE_MAX,
    .summary = "Measure the lexicon against labelled utterances",
    .paragraphs = paragraphs,
    .settings_size = sizeof(struct settings),
    .options = options,
    .list_title = "Fields of --as json",
    .list = fields,
    .exits = exits,
    .run = run,
};
