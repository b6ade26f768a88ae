/* SPDX-License-Identifier: MIT */
/*
 * Timing of several things against each other: they take turns, round by round, so that whatever
 * else the machine does meets all of them alike. What is measured is the processor time of the
 * thread, not the clock on the wall.
 */
#ifndef BENCH_ROUNDS_H
#define BENCH_ROUNDS_H

#include <stdbool.h>
#include <stddef.h>

enum { BENCH_MAX_ROUNDS = 101 };

/* One of the things to time. */
typedef struct bench_task {
    const char *name;
    bool (*run)(void *user); /* false: it failed */
    void *user;
    double seconds[BENCH_MAX_ROUNDS]; /* per round */
} bench_task;

/* Runs all tasks once a round, `rounds` times (2 at least). false where one failed. */
bool bench_run(bench_task *tasks, size_t count, size_t rounds);

/* Of the first round, which begins with everything new; the least and the median of the others. */
double bench_cold(const bench_task *task);
double bench_best(const bench_task *task, size_t rounds);
double bench_median(const bench_task *task, size_t rounds);

/* Prints a line per task: MB/s of `bytes` (10^6 bytes) cold, best, median; the best in proportion
 * to that of the first task. */
void bench_print(const bench_task *tasks, size_t count, size_t rounds, size_t bytes);

#endif
