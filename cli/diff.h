/* SPDX-License-Identifier: MIT */
/* Mining the same transcripts with two lexicons, and telling what differs. diff.c compares,
 * diff_print.c prints. */
#ifndef CXM_CLI_DIFF_H
#define CXM_CLI_DIFF_H

#include "session.h"

/* One of the two lexicons. */
typedef struct cli_diff_side {
    cxm_lexicon *lexicon;
    cxm_miner *miner;
} cli_diff_side;

/* Counts of hits by the first lexicon and by the second. */
typedef struct cli_diff_counts {
    size_t hits[2];
    size_t changes[2]; /* hits of the first only: gone; of the second only: come */
    size_t conversations;
    size_t last_conversation; /* that changed */
} cli_diff_counts;

/* A category of either lexicon. */
typedef struct cli_diff_category {
    cxm_str name; /* of one of the lexicons */
    cli_diff_counts counts;
} cli_diff_category;

typedef struct cli_diff_agent {
    char *name; /* NUL-terminated; empty: agents without a label */
    size_t turns;
    cli_diff_counts counts;
} cli_diff_agent;

typedef struct cli_diff {
    cli_diff_side sides[2];
    bool json;
    bool brief;
    cli_diff_category *categories; /* by name */
    size_t category_count;
    size_t *number_of[2]; /* per category of a lexicon: index of categories */
    cli_diff_agent *agents;
    size_t agent_count;
    size_t agent_capacity;
    size_t *order; /* the agents by name */
    size_t conversations;
    size_t changed;
    size_t printed; /* hits that come and go */
} cli_diff;

/* A hit that only one of the lexicons has. */
typedef struct cli_change {
    int side; /* 0: gone, 1: come */
    const char *path;
    const cxm_transcript *transcript;
    const cxm_hit *hit;
    bool first; /* of its conversation */
} cli_change;

/* Makes ready, with both lexicons open. false: no memory, which has been told. */
bool cli_diff_begin(cli_diff *self, bool json, bool brief);

/* A cli_visit: compares one transcript, and prints what comes and goes. */
bool cli_diff_visit(void *user, const char *path, const cxm_transcript *transcript);

void cli_diff_clear(cli_diff *self);

/* Print: what stands before all changes, a change, and the sums. */
void cli_diff_print_head(const cli_diff *self);
void cli_diff_print_change(const cli_diff *self, const cli_change *change);
void cli_diff_print_sums(const cli_diff *self);

#endif
