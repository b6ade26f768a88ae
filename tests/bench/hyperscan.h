/* SPDX-License-Identifier: MIT */
/* Hyperscan, as benchmarks use it. */
#ifndef BENCH_HYPERSCAN_H
#define BENCH_HYPERSCAN_H

#include "expressions.h"

#include <hs.h>

/* The turns of agents and of customers are looked through for different phrases. */
enum { BENCH_VIEWS = 2 };

/* Several expressions compiled for a view: one database, or more where one would be too large. */
typedef struct bench_databases {
    hs_database_t **items;
    size_t count;
    size_t capacity;
} bench_databases;

typedef struct bench_hyperscan {
    bench_databases views[BENCH_VIEWS];
    hs_scratch_t *scratch;
    size_t starts;  /* expressions found with the start of their matches */
    size_t ends;    /* those found by their ends only, since the start is too much for it */
    size_t refused; /* those not looked for at all */
    size_t matches; /* counted by bench_hyperscan_scan() */
    bool *accepted; /* per expression */
} bench_hyperscan;

/* The view of a role. */
unsigned bench_view(cxm_role role);

/*
 * Compiles expressions, letters in any case. What is too long to be compiled in
 * reasonable time, or refused, is counted and left out.
 *
 * @param flags  HS_FLAG_SOM_LEFTMOST: with the start of matches, where it can.
 */
bool bench_hyperscan_init(bench_hyperscan *self, const bench_expressions *expressions,
                          unsigned flags);
void bench_hyperscan_clear(bench_hyperscan *self);

/* Finds all matches in a text. */
bool bench_hyperscan_scan(bench_hyperscan *self, unsigned view, cxm_str text);

#endif
