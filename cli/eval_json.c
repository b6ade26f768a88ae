/* SPDX-License-Identifier: MIT */
/* An evaluation for programs: one JSON object. */
#include "eval.h"
#include "json_out.h"

#include <stdio.h>

static void put_rate(bool *first, const char *key, const cli_rate *rate) {
    cli_json_key(first, key);
    if (!rate->known) {
        fputs("null", stdout);
        return;
    }
    fputs("{\"value\": ", stdout);
    cli_json_number(rate->value);
    fputs(", \"low\": ", stdout);
    cli_json_number(rate->low);
    fputs(", \"high\": ", stdout);
    cli_json_number(rate->high);
    putchar('}');
}

static void put_quality(bool *first, const cli_quality *quality) {
    put_rate(first, "precision", &quality->precision);
    put_rate(first, "recall", &quality->recall);
    put_rate(first, "f1", &quality->f1);
}

static void put_counts(cli_counts counts) {
    bool first = true;
    cli_quality quality = cli_quality_of(counts);
    putchar('{');
    cli_json_key(&first, "hits");
    printf("%zu", counts.hits);
    cli_json_key(&first, "false_alarms");
    printf("%zu", counts.alarms);
    cli_json_key(&first, "misses");
    printf("%zu", counts.misses);
    put_quality(&first, &quality);
    putchar('}');
}

static void put_named(bool *first, cxm_str name, cli_counts counts) {
    fputs(*first ? "" : ", ", stdout);
    *first = false;
    cli_json_string(name);
    fputs(": ", stdout);
    put_counts(counts);
}

static void put_confusion(const cli_judged_list *judged, const cli_eval_table *table) {
    size_t count = judged->count;
    bool first = true;
    putchar('[');
    for (size_t missed = 0; missed < count; missed++)
        for (size_t found = 0; found <= count; found++) {
            size_t items = table->confused[missed * (count + 1) + found];
            if (!items)
                continue;
            fputs(first ? "{\"missed\": " : ", {\"missed\": ", stdout);
            first = false;
            cli_json_string(judged->categories[missed].name);
            fputs(", \"found\": ", stdout);
            if (found < count)
                cli_json_string(judged->categories[found].name);
            else
                fputs("null", stdout);
            printf(", \"items\": %zu}", items);
        }
    putchar(']');
}

static void put_table(const cli_judged_list *judged, const cli_eval_table *table) {
    bool first = true;
    bool inner = true;
    printf("{\"items\": %zu, \"categories\": {", table->items);
    for (size_t i = 0; i < judged->count; i++)
        put_named(&first, judged->categories[i].name, table->categories[i]);
    first = true;
    fputs("}, \"families\": {", stdout);
    for (size_t i = 0; i < judged->family_count; i++)
        put_named(&first, judged->families[i], table->families[i]);
    fputs("}, \"micro\": ", stdout);
    put_counts(table->micro);
    fputs(", \"macro\": {", stdout);
    put_quality(&inner, &table->macro);
    fputs("}, \"confusion\": ", stdout);
    put_confusion(judged, table);
    putchar('}');
}

static bool put_run(const cli_evaluation *self, const cli_eval_run *run, int file) {
    cli_eval_table table;
    bool good = cli_eval_table_init(&table, run, self->gold, self->judged, file);
    if (good)
        put_table(self->judged, &table);
    cli_eval_table_clear(&table);
    return good;
}

static void put_difference(bool *first, cxm_str name, cli_difference difference) {
    fputs(*first ? "" : ", ", stdout);
    *first = false;
    cli_json_string(name);
    printf(": {\"only_first\": %zu, \"only_second\": %zu, \"p\": ", difference.only_first,
           difference.only_other);
    cli_json_number(cli_mcnemar(difference.only_first, difference.only_other));
    putchar('}');
}

static void put_differences(const cli_evaluation *self, int file) {
    const cli_judged_list *judged = self->judged;
    bool first = true;
    fputs(", \"mcnemar\": {\"categories\": {", stdout);
    for (size_t c = 0; c < judged->count; c++)
        put_difference(&first, judged->categories[c].name, cli_eval_difference(self, c, file));
    fputs("}, ", stdout);
    first = true;
    put_difference(&first, cxm_str_from("labels"), cli_eval_difference(self, judged->count, file));
    put_difference(&first, cxm_str_from("items"), cli_eval_item_difference(self, file));
    putchar('}');
}

static bool put_file(const cli_evaluation *self, int file) {
    fputs("{\"file\": ", stdout);
    if (file == CLI_EVAL_ALL_FILES)
        fputs("null", stdout);
    else
        cli_json_string(cxm_str_from(self->gold->files[file]));
    fputs(", \"result\": ", stdout);
    if (!put_run(self, self->run, file))
        return false;
    if (self->other) {
        fputs(", \"second\": ", stdout);
        if (!put_run(self, self->other, file))
            return false;
        put_differences(self, file);
    }
    putchar('}');
    return true;
}

static void put_evidence(const cli_eval_run *run, const cli_eval_found *found, cxm_str text) {
    const cxm_phrase *phrase = cxm_lexicon_phrase(run->lexicon, found->phrase);
    fputs("{\"text\": ", stdout);
    cli_json_string((cxm_str){text.ptr + found->start, found->end - found->start});
    printf(", \"start\": %zu, \"end\": %zu, \"lexicon\": ", found->start, found->end);
    cli_json_string(phrase->file);
    printf(", \"line\": %u, \"phrase\": ", (unsigned)phrase->line);
    cli_json_string(phrase->text);
    putchar('}');
}

static const char *verdict_name(cli_verdict verdict) {
    static const char *const names[] = {"none", "hit", "false alarm", "miss"};
    return names[verdict];
}

static void put_verdict(const cli_evaluation *self, const char *prefix, const cli_eval_run *run,
                        size_t item, size_t category) {
    const cli_eval_found *found = cli_eval_find(run, item, category);
    cxm_str text = cli_gold_turn(self->gold, &self->gold->items[item])->text;
    printf(", \"%sverdict\": \"%s\"", prefix,
           verdict_name(cli_eval_verdict(run, self->gold, self->judged, item, category)));
    if (found) {
        printf(", \"%sfound\": ", prefix);
        put_evidence(run, found, text);
    }
}

static void put_item(const cli_evaluation *self, size_t item, size_t category) {
    const cli_gold *gold = self->gold;
    const cli_gold_item *at = &gold->items[item];
    fputs("{\"category\": ", stdout);
    cli_json_string(self->judged->categories[category].name);
    fputs(", \"file\": ", stdout);
    cli_json_string(cxm_str_from(gold->files[at->file]));
    printf(", \"line\": %zu, \"id\": ", at->line);
    cli_json_string(cxm_transcript_id(gold->transcripts[at->transcript]));
    printf(", \"turn\": %u, \"text\": ", (unsigned)at->turn);
    cli_json_string(cli_gold_turn(gold, at)->text);
    put_verdict(self, "", self->run, item, category);
    if (self->other)
        put_verdict(self, "second_", self->other, item, category);
    putchar('}');
}

/* Whether an item is told of for a category: a mistake, or what two lexicons decide differently. */
static bool is_told(const cli_evaluation *self, size_t item, size_t category, bool changes) {
    cli_verdict verdict = cli_eval_verdict(self->run, self->gold, self->judged, item, category);
    if (changes)
        return verdict != cli_eval_verdict(self->other, self->gold, self->judged, item, category);
    return verdict == CLI_MISS || verdict == CLI_ALARM;
}

static void put_items(const cli_evaluation *self, const char *key, bool changes) {
    bool first = true;
    printf(", \"%s\": [", key);
    for (size_t c = 0; c < self->judged->count; c++)
        for (size_t item = 0; item < self->gold->item_count; item++) {
            if (!is_told(self, item, c, changes))
                continue;
            fputs(first ? "" : ", ", stdout);
            first = false;
            put_item(self, item, c);
        }
    putchar(']');
}

bool cli_eval_print_json(const cli_evaluation *self) {
    fputs("{\"judged\": [", stdout);
    for (size_t i = 0; i < self->judged->count; i++) {
        fputs(i ? ", " : "", stdout);
        cli_json_string(self->judged->categories[i].name);
    }
    fputs("], \"files\": [", stdout);
    for (size_t file = 0; file < self->gold->file_count; file++) {
        fputs(file ? ", " : "", stdout);
        if (!put_file(self, (int)file))
            return false;
    }
    fputs("], \"all\": ", stdout);
    if (!put_file(self, CLI_EVAL_ALL_FILES))
        return false;
    if (self->other)
        put_items(self, "changes", true);
    if (self->errors)
        put_items(self, "errors", false);
    puts("}");
    return true;
}
