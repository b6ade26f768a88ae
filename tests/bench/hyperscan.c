/* SPDX-License-Identifier: MIT */
#include "hyperscan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FLAGS = HS_FLAG_CASELESS | HS_FLAG_MULTILINE,
    MOST_BYTES = 1000, /* longer expressions are refused, or keep Hyperscan busy for minutes */
};

/* The expressions of a view, as Hyperscan takes them. */
typedef struct selection {
    const char **texts;
    unsigned *flags;
    unsigned *ids;
    size_t count;
} selection;

unsigned bench_view(cxm_role role) {
    return role == CXM_ROLE_CUSTOMER ? 1 : 0;
}

static bool is_seen(cxm_speaker speaker, unsigned view) {
    return speaker == CXM_SPEAKER_ANY || (speaker == CXM_SPEAKER_CUSTOMER) == (view == 1);
}

static bool is_accepted(const char *text, unsigned flags) {
    hs_database_t *database = NULL;
    hs_compile_error_t *error = NULL;
    bool accepted = strlen(text) <= MOST_BYTES &&
                    hs_compile(text, flags, HS_MODE_BLOCK, NULL, &database, &error) == HS_SUCCESS;
    hs_free_database(database);
    hs_free_compile_error(error);
    return accepted;
}

/* The flags with which an expression is accepted; 0: none. */
static unsigned flags_of(const char *text, unsigned flags) {
    if (is_accepted(text, FLAGS | flags))
        return FLAGS | flags;
    return flags && is_accepted(text, FLAGS) ? FLAGS : 0;
}

static bool append(bench_databases *self, hs_database_t *database) {
    if (self->count == self->capacity) {
        size_t capacity = self->capacity ? 2 * self->capacity : 4;
        hs_database_t **items = realloc(self->items, capacity * sizeof *items);
        if (!items)
            return false;
        self->items = items;
        self->capacity = capacity;
    }
    self->items[self->count++] = database;
    return true;
}

/* Compiles a part of a selection; by halves where that is too much for one database. */
static bool compile(bench_hyperscan *self, bench_databases *out, const selection *chosen,
                    size_t from, size_t count) {
    hs_database_t *database = NULL;
    hs_compile_error_t *error = NULL;
    if (count == 0)
        return true;
    if (hs_compile_multi(chosen->texts + from, chosen->flags + from, chosen->ids + from,
                         (unsigned)count, HS_MODE_BLOCK, NULL, &database, &error) == HS_SUCCESS)
        return append(out, database) && hs_alloc_scratch(database, &self->scratch) == HS_SUCCESS;
    if (count == 1)
        fprintf(stderr, "hyperscan: %s\n", error ? error->message : "");
    hs_free_compile_error(error);
    return count > 1 && compile(self, out, chosen, from, count / 2) &&
           compile(self, out, chosen, from + count / 2, count - count / 2);
}

static bool compile_view(bench_hyperscan *self, const bench_expressions *expressions,
                         const unsigned *flags, unsigned view) {
    size_t most = expressions->count + 1;
    selection chosen = {.texts = malloc(most * sizeof *chosen.texts),
                        .flags = malloc(most * sizeof *chosen.flags),
                        .ids = malloc(most * sizeof *chosen.ids)};
    bool compiled = chosen.texts && chosen.flags && chosen.ids;
    for (size_t i = 0; compiled && i < expressions->count; i++) {
        if (!flags[i] || !is_seen(expressions->items[i].speaker, view))
            continue;
        chosen.texts[chosen.count] = expressions->items[i].text;
        chosen.flags[chosen.count] = flags[i];
        chosen.ids[chosen.count++] = (unsigned)i;
    }
    compiled = compiled && compile(self, &self->views[view], &chosen, 0, chosen.count);
    free(chosen.texts);
    free(chosen.flags);
    free(chosen.ids);
    return compiled;
}

bool bench_hyperscan_init(bench_hyperscan *self, const bench_expressions *expressions,
                          unsigned flags) {
    unsigned *given = calloc(expressions->count + 1, sizeof *given);
    *self = (bench_hyperscan){.accepted = calloc(expressions->count + 1, 1)};
    bool compiled = given && self->accepted;
    for (size_t i = 0; compiled && i < expressions->count; i++) {
        given[i] = flags_of(expressions->items[i].text, flags);
        self->accepted[i] = given[i] != 0;
        self->refused += given[i] == 0;
        self->starts += (given[i] & HS_FLAG_SOM_LEFTMOST) != 0;
        self->ends += given[i] && !(given[i] & HS_FLAG_SOM_LEFTMOST);
    }
    for (unsigned view = 0; compiled && view < BENCH_VIEWS; view++)
        compiled = compile_view(self, expressions, given, view);
    free(given);
    return compiled;
}

void bench_hyperscan_clear(bench_hyperscan *self) {
    for (unsigned view = 0; view < BENCH_VIEWS; view++) {
        for (size_t i = 0; i < self->views[view].count; i++)
            hs_free_database(self->views[view].items[i]);
        free(self->views[view].items);
    }
    hs_free_scratch(self->scratch);
    free(self->accepted);
}

static int count_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                       void *user) {
    bench_hyperscan *self = user;
    (void)id;
    (void)from;
    (void)to;
    (void)flags;
    self->matches++;
    return 0;
}

bool bench_hyperscan_scan(bench_hyperscan *self, unsigned view, cxm_str text) {
    const bench_databases *databases = &self->views[view];
    for (size_t i = 0; i < databases->count; i++)
        if (hs_scan(databases->items[i], text.ptr, (unsigned)text.len, 0, self->scratch,
                    count_match, self) != HS_SUCCESS)
            return false;
    return true;
}
