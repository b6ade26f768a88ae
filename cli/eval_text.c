/* SPDX-License-Identifier: MIT */
/* An evaluation for people. */
#include "diagnostics.h"
#include "eval.h"

#include <stdio.h>
#include <string.h>

static void put_name(cxm_str name, size_t columns) {
    cli_put(stdout, name);
    printf("%*s", (int)(columns > name.len ? columns - name.len : 0), "");
}

static void put_rate(const cli_rate *rate) {
    if (rate->known)
        printf("  %.2f %.2f-%.2f", rate->value, rate->low, rate->high);
    else
        printf("  %4s %9s", "-", "-");
}

static void put_quality(const cli_quality *quality) {
    put_rate(&quality->precision);
    put_rate(&quality->recall);
    put_rate(&quality->f1);
}

static void put_row(cxm_str name, size_t columns, cli_counts counts) {
    cli_quality quality = cli_quality_of(counts);
    put_name(name, columns);
    put_quality(&quality);
    printf(" %4zu %4zu %4zu\n", counts.hits, counts.alarms, counts.misses);
}

/* As wide as the longest name. */
static size_t name_columns(const cli_judged_list *judged) {
    size_t widest = strlen("category");
    for (size_t i = 0; i < judged->count; i++)
        widest = judged->categories[i].name.len > widest ? judged->categories[i].name.len : widest;
    return widest;
}

static void put_head(const char *title, size_t columns) {
    put_name(cxm_str_from(title), columns);
    puts("  precision       recall          F1             hits  f.a. miss");
}

static void put_confusion(const cli_judged_list *judged, const cli_eval_table *table) {
    size_t count = judged->count;
    bool head = false;
    for (size_t missed = 0; missed < count; missed++)
        for (size_t found = 0; found <= count; found++) {
            size_t items = table->confused[missed * (count + 1) + found];
            if (!items)
                continue;
            if (!head)
                puts("\nmissed, and what was found wrongly in the same item:");
            head = true;
            printf("%6zu  ", items);
            cli_put(stdout, judged->categories[missed].name);
            fputs(" -> ", stdout);
            if (found < count)
                cli_put(stdout, judged->categories[found].name);
            else
                fputs("nothing", stdout);
            putchar('\n');
        }
}

static void put_table(const cli_evaluation *self, const cli_eval_table *table, size_t columns) {
    const cli_judged_list *judged = self->judged;
    put_head("category", columns);
    for (size_t i = 0; i < judged->count; i++)
        put_row(judged->categories[i].name, columns, table->categories[i]);
    putchar('\n');
    put_head("family", columns);
    for (size_t i = 0; i < judged->family_count; i++)
        put_row(judged->families[i], columns, table->families[i]);
    putchar('\n');
    put_row(cxm_str_from("micro"), columns, table->micro);
    put_name(cxm_str_from("macro"), columns);
    put_quality(&table->macro);
    putchar('\n');
    put_confusion(judged, table);
}

static void put_line(cxm_str text) {
    fputs("    ", stdout);
    cli_put(stdout, text);
    putchar('\n');
}

static void put_place(const cli_evaluation *self, const cli_gold_item *item) {
    const cli_gold *gold = self->gold;
    cxm_str id = cxm_transcript_id(gold->transcripts[item->transcript]);
    cli_put(stdout, cxm_str_from(gold->files[item->file]));
    printf(":%zu", item->line);
    if (cxm_transcript_turn_count(gold->transcripts[item->transcript]) > 1)
        printf(" turn %u", (unsigned)item->turn + 1);
    if (id.len) {
        fputs(" (", stdout);
        cli_put(stdout, id);
        putchar(')');
    }
}

/* By which phrase a category was found, and in which words. */
static void put_evidence(const cli_eval_run *run, const cli_eval_found *found, cxm_str text) {
    const cxm_phrase *phrase = cxm_lexicon_phrase(run->lexicon, found->phrase);
    fputs("    found \"", stdout);
    cli_put(stdout, (cxm_str){text.ptr + found->start, found->end - found->start});
    fputs("\" by ", stdout);
    cli_put(stdout, phrase->file);
    printf(":%u  ", (unsigned)phrase->line);
    cli_put(stdout, phrase->text);
    putchar('\n');
}

static void put_error(const cli_evaluation *self, size_t item, size_t category,
                      cli_verdict verdict) {
    const cli_gold_item *at = &self->gold->items[item];
    const cxm_turn *turn = cli_gold_turn(self->gold, at);
    fputs(verdict == CLI_MISS ? "  missed       " : "  false alarm  ", stdout);
    put_place(self, at);
    putchar('\n');
    put_line(turn->text);
    if (verdict == CLI_ALARM)
        put_evidence(self->run, cli_eval_find(self->run, item, category), turn->text);
    else if (self->tracer)
        cli_eval_print_why(self->run->lexicon, self->tracer, turn->text,
                           self->judged->categories[category].name);
}

static void put_errors(const cli_evaluation *self) {
    for (size_t c = 0; c < self->judged->count; c++) {
        bool head = false;
        for (size_t item = 0; item < self->gold->item_count; item++) {
            cli_verdict verdict = cli_eval_verdict(self->run, self->gold, self->judged, item, c);
            if (verdict != CLI_MISS && verdict != CLI_ALARM)
                continue;
            if (!head) {
                putchar('\n');
                cli_put(stdout, self->judged->categories[c].name);
                putchar('\n');
            }
            head = true;
            put_error(self, item, c, verdict);
        }
    }
}

/* What two lexicons make of one category in one item, where it is not the same. */
static void put_change(const cli_evaluation *self, size_t item, size_t category) {
    static const char *const names[] = {"right (none)", "right (hit)", "false alarm", "missed"};
    cli_verdict first = cli_eval_verdict(self->run, self->gold, self->judged, item, category);
    cli_verdict other = cli_eval_verdict(self->other, self->gold, self->judged, item, category);
    const cli_gold_item *at = &self->gold->items[item];
    cxm_str text = cli_gold_turn(self->gold, at)->text;
    if (first == other)
        return;
    cli_put(stdout, self->judged->categories[category].name);
    printf(": %s -> %s  ", names[first], names[other]);
    put_place(self, at);
    putchar('\n');
    put_line(text);
    const cli_eval_found *before = cli_eval_find(self->run, item, category);
    const cli_eval_found *after = cli_eval_find(self->other, item, category);
    put_evidence(before ? self->run : self->other, before ? before : after, text);
}

/* A row of both lexicons' F1, and of what only one of them has right. */
static void put_pair(cxm_str name, size_t columns, const cli_counts *first, const cli_counts *other,
                     cli_difference difference) {
    put_name(name, columns);
    if (first) {
        cli_rate before = cli_quality_of(*first).f1;
        cli_rate after = cli_quality_of(*other).f1;
        printf("   %5.2f  %6.2f  %+6.2f", before.value, after.value, after.value - before.value);
    } else {
        printf("%25s", "");
    }
    printf("  %10zu  %11zu  %.4f\n", difference.only_first, difference.only_other,
           cli_mcnemar(difference.only_first, difference.only_other));
}

static void put_pairs(const cli_evaluation *self, const cli_eval_table *first,
                      const cli_eval_table *other, size_t columns) {
    const cli_judged_list *judged = self->judged;
    puts("\nF1 of both, what only one has right, and how likely chance alone makes as large a\n"
         "difference (p, McNemar):");
    put_name(cxm_str_from("category"), columns);
    puts("  F1 first  second  change  only first  only second  p");
    for (size_t c = 0; c < judged->count; c++)
        put_pair(judged->categories[c].name, columns, &first->categories[c], &other->categories[c],
                 cli_eval_difference(self, c, CLI_EVAL_ALL_FILES));
    put_pair(cxm_str_from("all labels"), columns, &first->micro, &other->micro,
             cli_eval_difference(self, judged->count, CLI_EVAL_ALL_FILES));
    put_pair(cxm_str_from("whole items"), columns, NULL, NULL,
             cli_eval_item_difference(self, CLI_EVAL_ALL_FILES));
}

static bool put_comparison(const cli_evaluation *self, size_t columns) {
    const cli_gold *gold = self->gold;
    const cli_judged_list *judged = self->judged;
    cli_eval_table first = {0};
    cli_eval_table other = {0};
    puts("\nfirst lexicon -> second, in what changes:");
    for (size_t item = 0; item < gold->item_count; item++)
        for (size_t c = 0; c < judged->count; c++)
            put_change(self, item, c);
    bool good = cli_eval_table_init(&first, self->run, gold, judged, CLI_EVAL_ALL_FILES) &&
                cli_eval_table_init(&other, self->other, gold, judged, CLI_EVAL_ALL_FILES);
    if (good)
        put_pairs(self, &first, &other, columns);
    cli_eval_table_clear(&first);
    cli_eval_table_clear(&other);
    return good;
}

static bool put_file(const cli_evaluation *self, const cli_eval_run *run, int file) {
    cli_eval_table table;
    size_t columns = name_columns(self->judged);
    bool good = cli_eval_table_init(&table, run, self->gold, self->judged, file);
    if (good) {
        if (file == CLI_EVAL_ALL_FILES)
            fputs("all files", stdout);
        else
            cli_put(stdout, cxm_str_from(self->gold->files[file]));
        if (self->other)
            printf(", %s lexicon", run == self->run ? "first" : "second");
        printf(": %zu items, %zu labels\n\n", table.items, table.micro.hits + table.micro.misses);
        put_table(self, &table, columns);
        putchar('\n');
    }
    cli_eval_table_clear(&table);
    return good;
}

static bool put_both(const cli_evaluation *self, int file) {
    return put_file(self, self->run, file) && (!self->other || put_file(self, self->other, file));
}

bool cli_eval_print_text(const cli_evaluation *self) {
    const cli_gold *gold = self->gold;
    for (size_t file = 0; file < gold->file_count; file++)
        if (!put_both(self, (int)file))
            return false;
    if (gold->file_count > 1 && !put_both(self, CLI_EVAL_ALL_FILES))
        return false;
    puts("Judged: the categories above; hits of others count as nothing. Ranges are 95 % "
         "intervals.");
    if (self->other && !put_comparison(self, name_columns(self->judged)))
        return false;
    if (self->errors)
        put_errors(self);
    return true;
}
