/* SPDX-License-Identifier: MIT */
/*
 * Mining and judging the same transcripts with two lexicons, and telling what differs. diff.c
 * compares, diff_names.c numbers what is compared, diff_print.c and diff_json.c print.
 */
#ifndef CXM_CLI_DIFF_H
#define CXM_CLI_DIFF_H

#include "session.h"

/* One of the two lexicons. */
typedef struct cli_diff_side {
    cxm_lexicon *lexicon;
    cxm_miner *miner;
    cxm_judge *judge;
} cli_diff_side;

/* Counts by the first lexicon and by the second. */
typedef struct cli_diff_counts {
    size_t found[2];
    size_t changes[2]; /* what only the first has: gone; what only the second has: come */
    size_t conversations;
    size_t last_conversation; /* that changed */
} cli_diff_counts;

/* Scores by the first lexicon and by the second; conversations without one are not counted. */
typedef struct cli_diff_scores {
    double sums[2];
    size_t scored[2];
    size_t conversations; /* that change */
} cli_diff_scores;

/* A category, behavior or scorecard of either lexicon. */
typedef struct cli_diff_row {
    cxm_str name; /* of one of the lexicons */
    cli_diff_counts counts;
    cli_diff_scores scores;
} cli_diff_row;

/* Those of both lexicons, each once. */
typedef struct cli_diff_rows {
    cli_diff_row *items; /* by name */
    size_t count;
    size_t *number_of[2]; /* per index of a lexicon: index of items */
} cli_diff_rows;

typedef struct cli_diff_agent {
    char *name; /* NUL-terminated; empty: agents without a label */
    size_t turns;
    cli_diff_counts counts;
    cli_diff_scores *scores; /* per scorecard */
} cli_diff_agent;

typedef struct cli_diff {
    cli_diff_side sides[2];
    cli_transcripts transcripts; /* what is compared in */
    bool json;
    bool brief;
    cli_diff_rows categories;
    cli_diff_rows behaviors;
    cli_diff_rows scorecards;
    cli_diff_agent *agents;
    size_t agent_count;
    size_t agent_capacity;
    size_t *order; /* the agents by name */
    size_t conversations;
    size_t changed;
    size_t printed; /* changes */
} cli_diff;

/* Something that differs in a transcript. */
typedef enum cli_change_kind {
    CLI_CHANGE_HIT,
    CLI_CHANGE_FINDING,
    CLI_CHANGE_SCORE
} cli_change_kind;

typedef struct cli_change {
    cli_change_kind kind;
    bool first; /* of its conversation */
    const char *path;
    const cxm_transcript *transcript;
    cxm_str name; /* of the category, behavior or scorecard */
    /* Of a hit or finding: */
    int side;      /* 0: gone, 1: come */
    uint32_t turn; /* CXM_NONE: it is about the whole conversation */
    size_t start;
    size_t end;
    cxm_str file;
    uint32_t line;
    cxm_str text; /* of the phrase or expression */
    /* Of a score: */
    const cxm_score *scores[2];
} cli_change;

/* Makes ready, with both lexicons open. false: no memory, which has been told. */
bool cli_diff_begin(cli_diff *self, bool json, bool brief);

/* A cli_visit: compares one transcript, and prints what differs. */
bool cli_diff_visit(void *user, const char *path, const cxm_transcript *transcript);

void cli_diff_clear(cli_diff *self);

/* Numbers categories, behaviors and scorecards. false: no memory. */
bool cli_diff_number(cli_diff *self);
void cli_diff_clear_rows(cli_diff_rows *self);

/* The agent of a label, new or not; NULL: no memory, which has been told. */
cli_diff_agent *cli_diff_find_agent(cli_diff *self, cxm_str name);

/* Print: what stands before all changes, a change, and the sums. */
void cli_diff_print_head(const cli_diff *self);
void cli_diff_print_change(const cli_diff *self, const cli_change *change);
void cli_diff_print_sums(const cli_diff *self);

void cli_diff_json_change(const cli_diff *self, const cli_change *change);
void cli_diff_json_sums(const cli_diff *self);

#endif
