/* SPDX-License-Identifier: MIT */
/* What all benchmarks are told on their command lines. */
#ifndef BENCH_OPTIONS_H
#define BENCH_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

/* What a benchmark exits with; Meson takes SKIPPED for "skipped". */
enum { BENCH_DONE = 0, BENCH_FAILED = 1, BENCH_USAGE = 64, BENCH_SKIPPED = 77 };

typedef struct bench_options {
    const char *pack;     /* --pack PATH; NULL: the built-in one */
    const char *literals; /* --literals FILE: plain phrases instead of a pack; NULL: no */
    const char *only;     /* --only NAME: the one thing to run; NULL: all */
    size_t rounds;        /* --rounds N */
    size_t cache_bytes;   /* --cache MIB: of the automaton; 0: as the library has it */
    char *const *paths;   /* of transcripts */
    size_t path_count;
} bench_options;

/* false, with the usage on stderr, where the command line makes no sense. */
bool bench_options_read(bench_options *self, int argc, char *const *argv);

#endif
