/* SPDX-License-Identifier: MIT */
/* What two lexicons make of the same transcripts, for people and for programs. */
#include "diagnostics.h"
#include "diff.h"
#include "json_out.h"
#include "lexicon.h"

#include <stdio.h>

enum { GONE, COME };

static cxm_str words_of(const cli_change *change) {
    cxm_str text = cxm_transcript_turn(change->transcript, change->hit->turn)->text;
    return (cxm_str){text.ptr + change->hit->start, change->hit->end - change->hit->start};
}

static const cxm_phrase *phrase_of(const cli_diff *self, const cli_change *change) {
    return cxm_lexicon_phrase(self->sides[change->side].lexicon, change->hit->phrase);
}

static cxm_str category_of(const cli_diff *self, const cli_change *change) {
    return cxm_lexicon_category(self->sides[change->side].lexicon, change->hit->category)->name;
}

/* ---- For people ---- */

static void print_change(const cli_diff *self, const cli_change *change) {
    const cxm_phrase *phrase = phrase_of(self, change);
    cxm_str id = cxm_transcript_id(change->transcript);
    if (change->first) {
        cli_put(stdout, cxm_str_from(change->path));
        if (id.len)
            putchar(' ');
        cli_put(stdout, id);
        putchar('\n');
    }
    printf("  %c turn %u  ", change->side == GONE ? '-' : '+', (unsigned)change->hit->turn + 1);
    cli_put(stdout, category_of(self, change));
    fputs("  \"", stdout);
    cli_put(stdout, words_of(change));
    fputs("\"  ", stdout);
    cli_print_place(phrase->file, phrase->line);
    putchar('\n');
}

static void print_name(cxm_str name, size_t columns) {
    size_t width = 0;
    for (size_t i = 0; i < name.len; i++)
        width += ((unsigned char)name.ptr[i] & 0xC0) != 0x80;
    cli_put(stdout, name);
    printf("%*s", (int)(columns > width ? columns - width : 0), "");
}

static void print_counts(cxm_str name, size_t columns, const cli_diff_counts *counts) {
    print_name(name, columns);
    printf("  %7zu  %7zu  %5zu  %5zu  %13zu\n", counts->hits[0], counts->hits[1],
           counts->changes[GONE], counts->changes[COME], counts->conversations);
}

static bool has_changed(const cli_diff_counts *counts) {
    return counts->changes[GONE] || counts->changes[COME];
}

static cxm_str agent_name(const cli_diff_agent *agent) {
    return cxm_str_from(*agent->name ? agent->name : "(no label)");
}

static void print_head(const char *title, size_t columns) {
    putchar('\n');
    print_name(cxm_str_from(title), columns);
    puts("   before    after   gone   come  conversations");
}

static void print_sums(const cli_diff *self) {
    enum { COLUMNS = 26 };
    printf("%s%zu of %zu conversations change\n", self->printed ? "\n" : "", self->changed,
           self->conversations);
    if (!self->changed)
        return;
    print_head("category", COLUMNS);
    for (size_t i = 0; i < self->category_count; i++)
        if (has_changed(&self->categories[i].counts))
            print_counts(self->categories[i].name, COLUMNS, &self->categories[i].counts);
    print_head("agent", COLUMNS);
    for (size_t i = 0; i < self->agent_count; i++) {
        const cli_diff_agent *agent = &self->agents[self->order[i]];
        if (has_changed(&agent->counts))
            print_counts(agent_name(agent), COLUMNS, &agent->counts);
    }
}

/* ---- For programs ---- */

static void put_change(const cli_diff *self, const cli_change *change) {
    const cxm_phrase *phrase = phrase_of(self, change);
    const cxm_hit *hit = change->hit;
    fputs(self->printed ? ", {\"path\": " : "{\"path\": ", stdout);
    cli_json_string(cxm_str_from(change->path));
    fputs(", \"id\": ", stdout);
    cli_json_string(cxm_transcript_id(change->transcript));
    printf(", \"turn\": %u, \"speaker\": ", (unsigned)hit->turn);
    cli_json_string(cxm_transcript_turn(change->transcript, hit->turn)->speaker);
    printf(", \"change\": \"%s\", \"category\": ", change->side == GONE ? "gone" : "come");
    cli_json_string(category_of(self, change));
    fputs(", \"text\": ", stdout);
    cli_json_string(words_of(change));
    printf(", \"start\": %zu, \"end\": %zu, \"lexicon\": ", hit->start, hit->end);
    cli_json_string(phrase->file);
    printf(", \"line\": %u, \"phrase\": ", (unsigned)phrase->line);
    cli_json_string(phrase->text);
    putchar('}');
}

static void put_counts(const cli_diff_counts *counts) {
    printf(", \"before\": %zu, \"after\": %zu, \"gone\": %zu, \"come\": %zu, "
           "\"conversations\": %zu}",
           counts->hits[0], counts->hits[1], counts->changes[GONE], counts->changes[COME],
           counts->conversations);
}

static void put_sums(const cli_diff *self) {
    printf("%s\"conversations\": %zu, \"changed\": %zu, \"categories\": [",
           self->brief ? "" : "], ", self->conversations, self->changed);
    for (size_t i = 0; i < self->category_count; i++) {
        fputs(i ? ", {\"name\": " : "{\"name\": ", stdout);
        cli_json_string(self->categories[i].name);
        put_counts(&self->categories[i].counts);
    }
    fputs("], \"agents\": [", stdout);
    for (size_t i = 0; i < self->agent_count; i++) {
        const cli_diff_agent *agent = &self->agents[self->order[i]];
        fputs(i ? ", {\"name\": " : "{\"name\": ", stdout);
        cli_json_string(cxm_str_from(agent->name));
        printf(", \"turns\": %zu", agent->turns);
        put_counts(&agent->counts);
    }
    puts("]}");
}

/* ---- Either ---- */

void cli_diff_print_head(const cli_diff *self) {
    if (self->json)
        fputs(self->brief ? "{" : "{\"changes\": [", stdout);
}

void cli_diff_print_change(const cli_diff *self, const cli_change *change) {
    if (self->json)
        put_change(self, change);
    else
        print_change(self, change);
}

void cli_diff_print_sums(const cli_diff *self) {
    if (self->json)
        put_sums(self);
    else
        print_sums(self);
}
