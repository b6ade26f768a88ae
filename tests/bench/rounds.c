/* SPDX-License-Identifier: MIT */
#include "rounds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

bool bench_run(bench_task *tasks, size_t count, size_t rounds) {
    for (size_t round = 0; round < rounds; round++)
        for (size_t i = 0; i < count; i++) {
            double start = now();
            if (!tasks[i].run(tasks[i].user)) {
                fprintf(stderr, "%s: failed\n", tasks[i].name);
                return false;
            }
            tasks[i].seconds[round] = now() - start;
        }
    return true;
}

double bench_cold(const bench_task *task) {
    return task->seconds[0];
}

static int compare(const void *a, const void *b) {
    double first = *(const double *)a;
    double second = *(const double *)b;
    return (first > second) - (first < second);
}

/* The time at `place` of `count` - 1, in ascending order, without the first round. */
static double warm(const bench_task *task, size_t rounds, size_t place) {
    double seconds[BENCH_MAX_ROUNDS];
    size_t count = rounds - 1;
    memcpy(seconds, task->seconds + 1, count * sizeof *seconds);
    qsort(seconds, count, sizeof *seconds, compare);
    return seconds[place];
}

double bench_best(const bench_task *task, size_t rounds) {
    return warm(task, rounds, 0);
}

double bench_median(const bench_task *task, size_t rounds) {
    return warm(task, rounds, (rounds - 1) / 2);
}

void bench_print(const bench_task *tasks, size_t count, size_t rounds, size_t bytes) {
    double megabytes = (double)bytes / 1e6;
    double first = bench_best(&tasks[0], rounds);
    printf("%-44s %8s %8s %8s %8s\n", "MB/s", "cold", "best", "median", "speed");
    for (size_t i = 0; i < count; i++) {
        const bench_task *task = &tasks[i];
        printf("%-44s %8.0f %8.0f %8.0f %7.2fx\n", task->name, megabytes / bench_cold(task),
               megabytes / bench_best(task, rounds), megabytes / bench_median(task, rounds),
               first / bench_best(task, rounds));
    }
}
