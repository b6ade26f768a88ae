/* SPDX-License-Identifier: MIT */
/* Mines gold, and counts what was found rightly, wrongly, or not. */
#include "array.h"
#include "diagnostics.h"
#include "eval.h"

#include <stdint.h>
#include <stdlib.h>

static bool map_categories(cli_eval_run *self, const cli_judged_list *judged) {
    size_t count = cxm_lexicon_category_count(self->lexicon);
    self->judged_of = calloc(count + 1, sizeof *self->judged_of);
    if (!self->judged_of)
        return false;
    for (size_t i = 0; i < count; i++)
        self->judged_of[i] = SIZE_MAX;
    for (size_t k = 0; k < judged->count; k++) {
        uint32_t index;
        if (cxm_lexicon_find_category(self->lexicon, judged->categories[k].name, &index))
            self->judged_of[index] = k;
    }
    return true;
}

/* Keeps a hit in the order of categories, but for one whose category the item has already. */
static bool add_hit(cli_eval_run *self, size_t first, const cxm_hit *hit) {
    size_t category = self->judged_of[hit->category];
    if (category == SIZE_MAX)
        return true;
    cli_eval_found *all =
        cli_grow(self->found, &self->found_capacity, self->found_count, sizeof *all);
    if (!all)
        return false;
    self->found = all;
    size_t at = self->found_count;
    while (at > first && all[at - 1].category > category)
        at--;
    if (at > first && all[at - 1].category == category)
        return true;
    for (size_t i = self->found_count++; i > at; i--)
        all[i] = all[i - 1];
    all[at] = (cli_eval_found){category, hit->phrase, hit->start, hit->end};
    return true;
}

/* The hits of the items of one transcript; they stand in the order of turns, as the items do. */
static bool add_items(cli_eval_run *self, const cli_gold *gold, const cxm_result *result,
                      size_t *item) {
    size_t transcript = gold->items[*item].transcript;
    size_t hit = 0;
    for (; *item < gold->item_count && gold->items[*item].transcript == transcript; ++*item) {
        uint32_t turn = gold->items[*item].turn;
        size_t first = self->found_count;
        self->first[*item] = first;
        while (hit < result->hit_count && result->hits[hit].turn < turn)
            hit++;
        for (; hit < result->hit_count && result->hits[hit].turn == turn; hit++)
            if (!add_hit(self, first, &result->hits[hit]))
                return false;
    }
    return true;
}

bool cli_eval_run_init(cli_eval_run *self, cxm_lexicon *lexicon, cxm_miner *miner,
                       const cli_gold *gold, const cli_judged_list *judged) {
    self->lexicon = lexicon;
    self->first = calloc(gold->item_count + 1, sizeof *self->first);
    if (!self->first || !map_categories(self, judged)) {
        cli_complain_memory();
        return false;
    }
    for (size_t item = 0; item < gold->item_count;) {
        const cxm_transcript *transcript = gold->transcripts[gold->items[item].transcript];
        const cxm_result *result;
        cxm_error error;
        if (cxm_mine(miner, transcript, &result, &error) != CXM_OK) {
            cli_report(&error);
            return false;
        }
        if (!add_items(self, gold, result, &item))
            return false;
    }
    self->first[gold->item_count] = self->found_count;
    return true;
}

void cli_eval_run_clear(cli_eval_run *self) {
    free(self->judged_of);
    free(self->found);
    free(self->first);
    *self = (cli_eval_run){0};
}

bool cli_eval_is_gold(const cli_gold *gold, const cli_judged_list *judged, size_t item,
                      size_t category) {
    const cli_gold_item *at = &gold->items[item];
    for (size_t i = 0; i < at->label_count; i++)
        if (judged->of_label[gold->label_of[at->first_label + i]] == category)
            return true;
    return false;
}

const cli_eval_found *cli_eval_find(const cli_eval_run *run, size_t item, size_t category) {
    for (size_t i = run->first[item]; i < run->first[item + 1]; i++)
        if (run->found[i].category == category)
            return &run->found[i];
    return NULL;
}

cli_verdict cli_eval_verdict(const cli_eval_run *run, const cli_gold *gold,
                             const cli_judged_list *judged, size_t item, size_t category) {
    bool is_gold = cli_eval_is_gold(gold, judged, item, category);
    bool is_found = cli_eval_find(run, item, category) != NULL;
    if (is_gold)
        return is_found ? CLI_HIT : CLI_MISS;
    return is_found ? CLI_ALARM : CLI_NEITHER;
}

static void count(cli_counts *counts, cli_verdict verdict) {
    counts->hits += verdict == CLI_HIT;
    counts->alarms += verdict == CLI_ALARM;
    counts->misses += verdict == CLI_MISS;
}

/* What one item is to all judged categories and families. */
typedef struct item_verdicts {
    cli_verdict *categories;
    bool *family_gold;
    bool *family_found;
} item_verdicts;

static void judge(const cli_eval_run *run, const cli_gold *gold, const cli_judged_list *judged,
                  size_t item, item_verdicts *out) {
    for (size_t f = 0; f < judged->family_count; f++)
        out->family_gold[f] = out->family_found[f] = false;
    for (size_t c = 0; c < judged->count; c++) {
        cli_verdict verdict = cli_eval_verdict(run, gold, judged, item, c);
        size_t family = judged->categories[c].family;
        out->categories[c] = verdict;
        out->family_gold[family] |= verdict == CLI_HIT || verdict == CLI_MISS;
        out->family_found[family] |= verdict == CLI_HIT || verdict == CLI_ALARM;
    }
}

/* Of each label missed: which were found in its place. */
static void note_confusion(cli_eval_table *self, const item_verdicts *verdicts, size_t count) {
    for (size_t missed = 0; missed < count; missed++) {
        if (verdicts->categories[missed] != CLI_MISS)
            continue;
        size_t *row = self->confused + missed * (count + 1);
        bool any = false;
        for (size_t found = 0; found < count; found++)
            if (verdicts->categories[found] == CLI_ALARM) {
                row[found]++;
                any = true;
            }
        row[count] += !any;
    }
}

static void count_item(cli_eval_table *self, const cli_judged_list *judged,
                       const item_verdicts *verdicts) {
    self->items++;
    for (size_t c = 0; c < judged->count; c++) {
        count(&self->categories[c], verdicts->categories[c]);
        count(&self->micro, verdicts->categories[c]);
    }
    for (size_t f = 0; f < judged->family_count; f++) {
        bool gold = verdicts->family_gold[f];
        bool found = verdicts->family_found[f];
        count(&self->families[f],
              gold ? (found ? CLI_HIT : CLI_MISS) : (found ? CLI_ALARM : CLI_NEITHER));
    }
    note_confusion(self, verdicts, judged->count);
}

static bool find_macro(cli_eval_table *self, size_t count) {
    cli_rate *rates = calloc(3 * count + 1, sizeof *rates);
    if (!rates)
        return false;
    for (size_t i = 0; i < count; i++) {
        cli_quality quality = cli_quality_of(self->categories[i]);
        rates[i] = quality.precision;
        rates[count + i] = quality.recall;
        rates[2 * count + i] = quality.f1;
    }
    self->macro = (cli_quality){cli_mean_rate(rates, count), cli_mean_rate(rates + count, count),
                                cli_mean_rate(rates + 2 * count, count)};
    free(rates);
    return true;
}

static bool is_of(const cli_gold *gold, size_t item, int file) {
    return file == CLI_EVAL_ALL_FILES || gold->items[item].file == (size_t)file;
}

bool cli_eval_table_init(cli_eval_table *self, const cli_eval_run *run, const cli_gold *gold,
                         const cli_judged_list *judged, int file) {
    item_verdicts verdicts = {calloc(judged->count + 1, sizeof *verdicts.categories),
                              calloc(judged->family_count + 1, sizeof(bool)),
                              calloc(judged->family_count + 1, sizeof(bool))};
    *self = (cli_eval_table){
        .categories = calloc(judged->count + 1, sizeof *self->categories),
        .families = calloc(judged->family_count + 1, sizeof *self->families),
        .confused = calloc((judged->count + 1) * (judged->count + 1), sizeof *self->confused)};
    bool good = verdicts.categories && verdicts.family_gold && verdicts.family_found &&
                self->categories && self->families && self->confused;
    for (size_t item = 0; good && item < gold->item_count; item++)
        if (is_of(gold, item, file)) {
            judge(run, gold, judged, item, &verdicts);
            count_item(self, judged, &verdicts);
        }
    good = good && find_macro(self, judged->count);
    free(verdicts.categories);
    free(verdicts.family_gold);
    free(verdicts.family_found);
    if (!good)
        cli_complain_memory();
    return good;
}

void cli_eval_table_clear(cli_eval_table *self) {
    free(self->categories);
    free(self->families);
    free(self->confused);
    *self = (cli_eval_table){0};
}

static bool is_right(cli_verdict verdict) {
    return verdict == CLI_HIT || verdict == CLI_NEITHER;
}

static void compare(cli_difference *difference, bool first, bool other) {
    difference->only_first += first && !other;
    difference->only_other += other && !first;
}

static bool right_at(const cli_evaluation *self, const cli_eval_run *run, size_t item,
                     size_t category) {
    return is_right(cli_eval_verdict(run, self->gold, self->judged, item, category));
}

cli_difference cli_eval_difference(const cli_evaluation *self, size_t category, int file) {
    cli_difference difference = {0};
    size_t from = category == self->judged->count ? 0 : category;
    size_t to = category == self->judged->count ? category : category + 1;
    for (size_t item = 0; item < self->gold->item_count; item++)
        for (size_t c = from; is_of(self->gold, item, file) && c < to; c++)
            compare(&difference, right_at(self, self->run, item, c),
                    right_at(self, self->other, item, c));
    return difference;
}

static bool all_right(const cli_evaluation *self, const cli_eval_run *run, size_t item) {
    for (size_t c = 0; c < self->judged->count; c++)
        if (!right_at(self, run, item, c))
            return false;
    return true;
}

cli_difference cli_eval_item_difference(const cli_evaluation *self, int file) {
    cli_difference difference = {0};
    for (size_t item = 0; item < self->gold->item_count; item++)
        if (is_of(self->gold, item, file))
            compare(&difference, all_right(self, self->run, item),
                    all_right(self, self->other, item));
    return difference;
}
