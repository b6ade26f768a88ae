/* SPDX-License-Identifier: MIT */
/* What two lexicons make of the same transcripts, for programs. */
#include "diff.h"
#include "json_out.h"

#include <math.h>
#include <stdio.h>

enum { GONE, COME };

static void put_score(const char *key, const cxm_score *score) {
    printf(", \"%s\": ", key);
    cli_json_number(score ? score->value : NAN);
}

static void put_event(const cli_change *change) {
    bool whole = change->turn == CXM_NONE;
    printf(", \"change\": \"%s\", \"%s\": ", change->side == GONE ? "gone" : "come",
           change->kind == CLI_CHANGE_HIT ? "category" : "behavior");
    cli_json_string(change->name);
    if (whole) {
        fputs(", \"turn\": null", stdout);
    } else {
        const cxm_turn *turn = cxm_transcript_turn(change->transcript, change->turn);
        printf(", \"turn\": %u, \"speaker\": ", (unsigned)change->turn);
        cli_json_string(turn->speaker);
        fputs(", \"text\": ", stdout);
        cli_json_string((cxm_str){turn->text.ptr + change->start, change->end - change->start});
        printf(", \"start\": %zu, \"end\": %zu", change->start, change->end);
    }
    fputs(", \"lexicon\": ", stdout);
    cli_json_string(change->file);
    printf(", \"line\": %u, \"%s\": ", (unsigned)change->line,
           change->kind == CLI_CHANGE_HIT ? "phrase" : "expression");
    cli_json_string(change->text);
}

void cli_diff_json_change(const cli_diff *self, const cli_change *change) {
    fputs(self->printed ? ", {\"path\": " : "{\"path\": ", stdout);
    cli_json_string(cxm_str_from(change->path));
    fputs(", \"id\": ", stdout);
    cli_json_string(cxm_transcript_id(change->transcript));
    if (change->kind == CLI_CHANGE_SCORE) {
        fputs(", \"change\": \"score\", \"scorecard\": ", stdout);
        cli_json_string(change->name);
        put_score("before", change->scores[0]);
        put_score("after", change->scores[1]);
    } else {
        put_event(change);
    }
    putchar('}');
}

/* ---- Sums ---- */

static void put_counts(const cli_diff_counts *counts) {
    printf(", \"before\": %zu, \"after\": %zu, \"gone\": %zu, \"come\": %zu, "
           "\"conversations\": %zu",
           counts->found[0], counts->found[1], counts->changes[GONE], counts->changes[COME],
           counts->conversations);
}

static double mean(const cli_diff_scores *scores, int side) {
    return scores->scored[side] ? scores->sums[side] / (double)scores->scored[side] : NAN;
}

static void put_scores(cxm_str name, const cli_diff_scores *scores) {
    fputs("{\"name\": ", stdout);
    cli_json_string(name);
    fputs(", \"before\": ", stdout);
    cli_json_number(mean(scores, 0));
    fputs(", \"after\": ", stdout);
    cli_json_number(mean(scores, 1));
    printf(", \"conversations\": %zu}", scores->conversations);
}

static void put_rows(const char *key, const cli_diff_rows *rows) {
    printf(", \"%s\": [", key);
    for (size_t i = 0; i < rows->count; i++) {
        fputs(i ? ", {\"name\": " : "{\"name\": ", stdout);
        cli_json_string(rows->items[i].name);
        put_counts(&rows->items[i].counts);
        putchar('}');
    }
    putchar(']');
}

static void put_agent(const cli_diff *self, const cli_diff_agent *agent) {
    fputs("{\"name\": ", stdout);
    cli_json_string(cxm_str_from(agent->name));
    printf(", \"turns\": %zu", agent->turns);
    put_counts(&agent->counts);
    fputs(", \"scores\": [", stdout);
    for (size_t row = 0; row < self->scorecards.count; row++) {
        fputs(row ? ", " : "", stdout);
        put_scores(self->scorecards.items[row].name, &agent->scores[row]);
    }
    fputs("]}", stdout);
}

void cli_diff_json_sums(const cli_diff *self) {
    printf("%s\"conversations\": %zu, \"changed\": %zu", self->brief ? "" : "], ",
           self->conversations, self->changed);
    put_rows("categories", &self->categories);
    put_rows("behaviors", &self->behaviors);
    fputs(", \"scorecards\": [", stdout);
    for (size_t row = 0; row < self->scorecards.count; row++) {
        fputs(row ? ", " : "", stdout);
        put_scores(self->scorecards.items[row].name, &self->scorecards.items[row].scores);
    }
    fputs("], \"agents\": [", stdout);
    for (size_t i = 0; i < self->agent_count; i++) {
        fputs(i ? ", " : "", stdout);
        put_agent(self, &self->agents[self->order[i]]);
    }
    puts("]}");
}
