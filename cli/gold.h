/* SPDX-License-Identifier: MIT */
/*
 * Gold: utterances with the labels that people gave them. A line of a gold file is one utterance,
 *
 *     {"id": "17", "speaker": "agent", "text": "...", "labels": ["empathy.apology"]}
 *
 * or a conversation, {"id": "c4", "turns": [{"speaker", "text", "labels"}, ...]}, of which the
 * turns that have "labels" (empty or not) are judged, and the others are not.
 */
#ifndef CXM_CLI_GOLD_H
#define CXM_CLI_GOLD_H

#include "cli.h"

enum { CLI_GOLD_MAX_LABELS = 4096 /* different ones, of all files */ };

/* One utterance that is judged: a turn of a transcript. */
typedef struct cli_gold_item {
    size_t file;       /* index of the files as read */
    size_t line;       /* from 1 */
    size_t transcript; /* index of transcripts */
    uint32_t turn;
    size_t first_label; /* its labels: label_of[first_label ...], ascending, each once */
    size_t label_count;
} cli_gold_item;

typedef struct cli_gold {
    const char **files; /* as named by the user */
    size_t file_count;
    cxm_transcript **transcripts;
    size_t transcript_count;
    size_t transcript_capacity;
    cli_gold_item *items; /* by file, then line, then turn */
    size_t item_count;
    size_t item_capacity;
    size_t *label_of; /* indices of labels */
    size_t label_of_count;
    size_t label_of_capacity;
    char **labels; /* the different ones, NUL-terminated, in the order they were met */
    size_t label_count;
    size_t label_capacity;
    bool failed; /* something could not be read, and it has been told */
} cli_gold;

/* Reads gold files. What is wrong in them is told, with its place, and passed over. false: memory
 * ran out, which has been told. */
bool cli_gold_read(cli_gold *self, const cli_list *paths);

void cli_gold_clear(cli_gold *self);

/* The turn that an item is. */
const cxm_turn *cli_gold_turn(const cli_gold *self, const cli_gold_item *item);

#endif
