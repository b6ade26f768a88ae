/* SPDX-License-Identifier: MIT */
/*
 * Measuring a lexicon on gold: what is judged, what a lexicon finds, and the counts of that.
 * eval.c is the command, eval_judged.c finds what is judged, eval_run.c mines and counts,
 * eval_text.c, eval_why.c and eval_json.c print.
 */
#ifndef CXM_CLI_EVAL_H
#define CXM_CLI_EVAL_H

#include "gold.h"
#include "stats.h"

/* A category that is judged. */
typedef struct cli_judged {
    cxm_str name;
    size_t family; /* index of families */
} cli_judged;

/* What is judged: the labels of the gold, or those the user named; by name. */
typedef struct cli_judged_list {
    cli_judged *categories;
    size_t count;
    cxm_str *families;
    size_t family_count;
    size_t *of_label; /* per label of the gold: index of categories; SIZE_MAX: not judged */
} cli_judged_list;

/* A judged category found in an item; `phrase`, `start` and `end` are its first hit's. */
typedef struct cli_eval_found {
    size_t category; /* index of judged categories */
    uint32_t phrase;
    size_t start;
    size_t end;
} cli_eval_found;

/* What one lexicon finds in the gold. */
typedef struct cli_eval_run {
    const char *name;
    cxm_lexicon *lexicon;
    size_t *judged_of; /* per category of the lexicon: index of judged ones; SIZE_MAX: none */
    cli_eval_found *found;
    size_t found_count;
    size_t found_capacity;
    size_t *first; /* per item, and one behind the last: where its part of `found` begins,
                    * ascending by category, each once */
} cli_eval_run;

/* What a judged category is in an item. */
typedef enum cli_verdict { CLI_NEITHER, CLI_HIT, CLI_ALARM, CLI_MISS } cli_verdict;

/* The counts of one file, or of all. */
typedef struct cli_eval_table {
    size_t items;
    cli_counts *categories; /* per judged category */
    cli_counts *families;   /* per family: a family holds where any of its categories does */
    cli_counts micro;       /* of all categories together */
    cli_quality macro;      /* the mean of those of the categories */
    size_t *confused;       /* [missed * (count + 1) + found]; the last column: nothing else */
} cli_eval_table;

enum { CLI_EVAL_ALL_FILES = -1 };

/* Makes out what is judged. `named` are categories and families ("blame.*"), none: all labels of
 * the gold. Returns CLI_DONE, or what to exit with, which has been told. */
int cli_judged_init(cli_judged_list *self, const cli_gold *gold, const cli_list *named);
void cli_judged_clear(cli_judged_list *self);

/* Mines the gold. false: it failed, and that has been told. `lexicon` stays the caller's. */
bool cli_eval_run_init(cli_eval_run *self, cxm_lexicon *lexicon, cxm_miner *miner,
                       const cli_gold *gold, const cli_judged_list *judged);
void cli_eval_run_clear(cli_eval_run *self);

/* Whether an item has a judged category as a label. */
bool cli_eval_is_gold(const cli_gold *gold, const cli_judged_list *judged, size_t item,
                      size_t category);

/* The first hit of a judged category in an item; NULL: it was not found. */
const cli_eval_found *cli_eval_find(const cli_eval_run *run, size_t item, size_t category);

cli_verdict cli_eval_verdict(const cli_eval_run *run, const cli_gold *gold,
                             const cli_judged_list *judged, size_t item, size_t category);

/* Counts the items of a file, or of all files. false: memory ran out, which has been told. */
bool cli_eval_table_init(cli_eval_table *self, const cli_eval_run *run, const cli_gold *gold,
                         const cli_judged_list *judged, int file);
void cli_eval_table_clear(cli_eval_table *self);

/* Everything there is to print. */
typedef struct cli_evaluation {
    const cli_gold *gold;
    const cli_judged_list *judged;
    const cli_eval_run *run;
    const cli_eval_run *other; /* --compare; NULL: none */
    bool errors;               /* print every miss and false alarm */
    cxm_tracer *tracer;        /* of the first lexicon: say why of misses; NULL: do not */
} cli_evaluation;

/* How two runs differ in the items of a file, or of all. */
typedef struct cli_difference {
    size_t only_first; /* right by the first run only */
    size_t only_other;
} cli_difference;

/* The decisions on one judged category, or on all where `category` is their count. */
cli_difference cli_eval_difference(const cli_evaluation *self, size_t category, int file);

/* Whole items, of which every decision must be right. */
cli_difference cli_eval_item_difference(const cli_evaluation *self, int file);

/* Prints why a category was missed: what dropped a match, or which phrase is closest. */
void cli_eval_print_why(const cxm_lexicon *lexicon, cxm_tracer *tracer, cxm_str text, cxm_str name);

/* Print all of it. false: memory ran out, which has been told. */
bool cli_eval_print_text(const cli_evaluation *self);
bool cli_eval_print_json(const cli_evaluation *self);

#endif
