/* SPDX-License-Identifier: MIT */
/* What is judged: of the categories of a lexicon, those that people labelled. */
#include "array.h"
#include "diagnostics.h"
#include "eval.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static cxm_str family_of(cxm_str name) {
    const char *dot = name.len ? memchr(name.ptr, '.', name.len) : NULL;
    return (cxm_str){name.ptr, dot ? (size_t)(dot - name.ptr) : name.len};
}

static int compare(cxm_str a, cxm_str b) {
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len ? memcmp(a.ptr, b.ptr, len) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int compare_categories(const void *a, const void *b) {
    return compare(((const cli_judged *)a)->name, ((const cli_judged *)b)->name);
}

static bool add(cli_judged_list *self, size_t *capacity, const char *name) {
    cli_judged *all = cli_grow(self->categories, capacity, self->count, sizeof *all);
    if (!all)
        return false;
    self->categories = all;
    all[self->count++] = (cli_judged){.name = cxm_str_from(name)};
    return true;
}

/* Whether a name that the user gave is a label or, as "blame.*", its family. */
static bool covers(const char *named, const char *label) {
    size_t len = strlen(named);
    if (len > 2 && strcmp(named + len - 2, ".*") == 0) {
        cxm_str family = family_of(cxm_str_from(label));
        return family.len == len - 2 && memcmp(family.ptr, named, len - 2) == 0;
    }
    return strcmp(named, label) == 0;
}

static bool is_wanted(const cli_list *named, const char *label) {
    for (size_t i = 0; i < named->count; i++)
        if (covers(named->items[i], label))
            return true;
    return named->count == 0;
}

/* A name that no label has is told: nothing could be measured by it. */
static bool check_names(const cli_gold *gold, const cli_list *named) {
    bool good = true;
    for (size_t i = 0; i < named->count; i++) {
        bool known = false;
        for (size_t k = 0; k < gold->label_count && !known; k++)
            known = covers(named->items[i], gold->labels[k]);
        if (known)
            continue;
        good = false;
        cli_begin_message();
        fputs("--judge: no label of the gold is '", stderr);
        cli_put(stderr, cxm_str_from(named->items[i]));
        fputs("'\n", stderr);
    }
    return good;
}

/* Numbers families in the order of the sorted categories. */
static bool number_families(cli_judged_list *self) {
    self->families = calloc(self->count + 1, sizeof *self->families);
    if (!self->families)
        return false;
    for (size_t i = 0; i < self->count; i++) {
        cxm_str family = family_of(self->categories[i].name);
        size_t at = 0;
        while (at < self->family_count && compare(self->families[at], family) != 0)
            at++;
        if (at == self->family_count)
            self->families[self->family_count++] = family;
        self->categories[i].family = at;
    }
    return true;
}

static bool map_labels(cli_judged_list *self, const cli_gold *gold) {
    self->of_label = calloc(gold->label_count + 1, sizeof *self->of_label);
    if (!self->of_label)
        return false;
    for (size_t i = 0; i < gold->label_count; i++) {
        self->of_label[i] = SIZE_MAX;
        for (size_t k = 0; k < self->count; k++)
            if (self->categories[k].name.ptr == gold->labels[i])
                self->of_label[i] = k;
    }
    return true;
}

int cli_judged_init(cli_judged_list *self, const cli_gold *gold, const cli_list *named) {
    size_t capacity = 0;
    *self = (cli_judged_list){0};
    if (!check_names(gold, named))
        return CLI_USAGE;
    for (size_t i = 0; i < gold->label_count; i++)
        if (is_wanted(named, gold->labels[i]) && !add(self, &capacity, gold->labels[i]))
            return CLI_TROUBLE;
    if (self->count)
        qsort(self->categories, self->count, sizeof *self->categories, compare_categories);
    if (number_families(self) && map_labels(self, gold))
        return CLI_DONE;
    return cli_complain_memory();
}

void cli_judged_clear(cli_judged_list *self) {
    free(self->categories);
    free(self->families);
    free(self->of_label);
    *self = (cli_judged_list){0};
}
