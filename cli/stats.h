/* SPDX-License-Identifier: MIT */
/*
 * How good a decision was, and how sure that is. All intervals are of 95 %, and none needs chance:
 * the same counts give the same figures.
 */
#ifndef CXM_CLI_STATS_H
#define CXM_CLI_STATS_H

#include <stdbool.h>
#include <stddef.h>

/* What was found and what should have been. */
typedef struct cli_counts {
    size_t hits;   /* found, rightly: true positives */
    size_t alarms; /* found, wrongly: false positives */
    size_t misses; /* not found: false negatives */
} cli_counts;

/* A figure between 0 and 1 with its interval. */
typedef struct cli_rate {
    bool known; /* false: there was nothing to take it from */
    double value;
    double low;
    double high;
} cli_rate;

typedef struct cli_quality {
    cli_rate precision;
    cli_rate recall;
    cli_rate f1;
} cli_quality;

/* `part` of `whole`, with the interval of Wilson (1927). */
cli_rate cli_wilson(size_t part, size_t whole);

/*
 * Precision and recall are shares, hence Wilson. So is J = hits / (hits + alarms + misses), and
 * F1 = 2J / (1 + J) grows with it: the interval of F1 is that of J, carried over.
 */
cli_quality cli_quality_of(cli_counts counts);

/*
 * The mean of the rates that are known. Its interval comes from theirs by the square-and-add rule
 * (MOVER; Zou and Donner 2008), as if they were independent.
 */
cli_rate cli_mean_rate(const cli_rate *rates, size_t count);

/*
 * McNemar's test for two ways of deciding the same cases, of which `one` were right only by the
 * first and `other` only by the second: how likely chance alone makes them as different as that.
 * Exact up to 1000 such cases, by chi square with continuity correction beyond.
 */
double cli_mcnemar(size_t one, size_t other);

#endif
