/* SPDX-License-Identifier: MIT */
/* What two lexicons make of the same transcripts, for people. */
#include "diagnostics.h"
#include "diff.h"
#include "lexicon.h"

#include <stdio.h>

enum { GONE, COME, COLUMNS = 26 };

static void print_score(const cxm_score *score) {
    if (score)
        printf("%.1f", score->value);
    else
        fputs("none", stdout);
}

static void print_place(const cli_change *change) {
    if (change->turn == CXM_NONE) {
        fputs("  (the conversation)  ", stdout);
        return;
    }
    cxm_str text = cxm_transcript_turn(change->transcript, change->turn)->text;
    fputs("  \"", stdout);
    cli_put(stdout, (cxm_str){text.ptr + change->start, change->end - change->start});
    fputs("\"  ", stdout);
}

static void print_event(const cli_change *change) {
    printf("  %c ", change->side == GONE ? '-' : '+');
    if (change->turn != CXM_NONE)
        printf("turn %u  ", (unsigned)change->turn + 1);
    cli_put(stdout, change->name);
    print_place(change);
    cli_print_place(change->file, change->line);
    putchar('\n');
}

static void print_change(const cli_change *change) {
    cxm_str id = cxm_transcript_id(change->transcript);
    if (change->first) {
        cli_put(stdout, cxm_str_from(change->path));
        if (id.len)
            putchar(' ');
        cli_put(stdout, id);
        putchar('\n');
    }
    if (change->kind != CLI_CHANGE_SCORE) {
        print_event(change);
        return;
    }
    fputs("  score ", stdout);
    cli_put(stdout, change->name);
    fputs(": ", stdout);
    print_score(change->scores[0]);
    fputs(" -> ", stdout);
    print_score(change->scores[1]);
    putchar('\n');
}

/* ---- Sums ---- */

static void print_name(cxm_str name) {
    size_t width = 0;
    for (size_t i = 0; i < name.len; i++)
        width += ((unsigned char)name.ptr[i] & 0xC0) != 0x80;
    cli_put(stdout, name);
    printf("%*s", (int)(COLUMNS > width ? COLUMNS - width : 0), "");
}

static bool has_changed(const cli_diff_counts *counts) {
    return counts->changes[GONE] || counts->changes[COME];
}

static void print_counts(bool *head, const char *title, cxm_str name,
                         const cli_diff_counts *counts) {
    if (!has_changed(counts))
        return;
    if (!*head) {
        putchar('\n');
        print_name(cxm_str_from(title));
        puts("   before    after   gone   come  conversations");
    }
    *head = true;
    print_name(name);
    printf("  %7zu  %7zu  %5zu  %5zu  %13zu\n", counts->found[0], counts->found[1],
           counts->changes[GONE], counts->changes[COME], counts->conversations);
}

static void print_rows(const char *title, const cli_diff_rows *rows) {
    bool head = false;
    for (size_t i = 0; i < rows->count; i++)
        print_counts(&head, title, rows->items[i].name, &rows->items[i].counts);
}

static void print_mean(const cli_diff_scores *scores, int side) {
    if (scores->scored[side])
        printf("  %7.1f", scores->sums[side] / (double)scores->scored[side]);
    else
        printf("  %7s", "none");
}

static void print_scores(bool *head, cxm_str name, cxm_str of, const cli_diff_scores *scores) {
    if (!scores->conversations)
        return;
    if (!*head) {
        putchar('\n');
        print_name(cxm_str_from("mean score"));
        puts("   before    after                conversations");
    }
    *head = true;
    print_name(name);
    print_mean(scores, 0);
    print_mean(scores, 1);
    printf("  %27zu", scores->conversations);
    fputs(of.len ? "  " : "", stdout);
    cli_put(stdout, of);
    putchar('\n');
}

static cxm_str agent_name(const cli_diff_agent *agent) {
    return cxm_str_from(*agent->name ? agent->name : "(no label)");
}

static void print_all_scores(const cli_diff *self) {
    bool head = false;
    for (size_t row = 0; row < self->scorecards.count; row++) {
        const cli_diff_row *card = &self->scorecards.items[row];
        print_scores(&head, card->name, (cxm_str){NULL, 0}, &card->scores);
        for (size_t i = 0; i < self->agent_count; i++) {
            const cli_diff_agent *agent = &self->agents[self->order[i]];
            print_scores(&head, card->name, agent_name(agent), &agent->scores[row]);
        }
    }
}

static void print_sums(const cli_diff *self) {
    bool head = false;
    printf("%s%zu of %zu conversations change\n", self->printed ? "\n" : "", self->changed,
           self->conversations);
    print_rows("category", &self->categories);
    print_rows("behavior", &self->behaviors);
    for (size_t i = 0; i < self->agent_count; i++) {
        const cli_diff_agent *agent = &self->agents[self->order[i]];
        print_counts(&head, "agent", agent_name(agent), &agent->counts);
    }
    print_all_scores(self);
}

/* ---- For people or for programs ---- */

void cli_diff_print_head(const cli_diff *self) {
    if (self->json)
        fputs(self->brief ? "{" : "{\"changes\": [", stdout);
}

void cli_diff_print_change(const cli_diff *self, const cli_change *change) {
    if (self->json)
        cli_diff_json_change(self, change);
    else
        print_change(change);
}

void cli_diff_print_sums(const cli_diff *self) {
    if (self->json)
        cli_diff_json_sums(self);
    else
        print_sums(self);
}
