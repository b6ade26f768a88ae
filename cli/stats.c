/* SPDX-License-Identifier: MIT */
#include "stats.h"

#include <math.h>

/* The normal quantile of a two-sided interval of 95 %. */
static const double z = 1.959963984540054;

cli_rate cli_wilson(size_t part, size_t whole) {
    if (whole == 0)
        return (cli_rate){.known = false};
    double n = (double)whole;
    double share = (double)part / n;
    double scale = 1 / (1 + z * z / n);
    double middle = scale * (share + z * z / (2 * n));
    double half = scale * z * sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    /* At both ends the formula gives the end itself, but for rounding. */
    return (cli_rate){.known = true,
                      .value = share,
                      .low = part == 0 ? 0 : middle - half,
                      .high = part == whole ? 1 : middle + half};
}

static double f1_of_share(double share) {
    return 2 * share / (1 + share);
}

cli_quality cli_quality_of(cli_counts counts) {
    size_t hits = counts.hits;
    cli_rate f1 = cli_wilson(hits, hits + counts.alarms + counts.misses);
    f1.value = f1_of_share(f1.value);
    f1.low = f1_of_share(f1.low);
    f1.high = f1_of_share(f1.high);
    return (cli_quality){.precision = cli_wilson(hits, hits + counts.alarms),
                         .recall = cli_wilson(hits, hits + counts.misses),
                         .f1 = f1};
}

cli_rate cli_mean_rate(const cli_rate *rates, size_t count) {
    size_t known = 0;
    double sum = 0;
    double below = 0;
    double above = 0;
    for (size_t i = 0; i < count; i++) {
        const cli_rate *rate = &rates[i];
        if (!rate->known)
            continue;
        known++;
        sum += rate->value;
        below += (rate->value - rate->low) * (rate->value - rate->low);
        above += (rate->high - rate->value) * (rate->high - rate->value);
    }
    if (known == 0)
        return (cli_rate){.known = false};
    double n = (double)known;
    return (cli_rate){.known = true,
                      .value = sum / n,
                      .low = fmax(0, (sum - sqrt(below)) / n),
                      .high = fmin(1, (sum + sqrt(above)) / n)};
}

/* Twice the chance that a fair coin thrown n times shows at most `few` heads. */
static double exact(size_t few, size_t n) {
    double chance = 0;
    double logs = -(double)n * log(2);
    for (size_t i = 0; i <= few; i++) {
        chance += exp(logs);
        logs += log((double)(n - i)) - log((double)(i + 1));
    }
    return fmin(1, 2 * chance);
}

double cli_mcnemar(size_t one, size_t other) {
    enum { EXACT_MOST = 1000 };
    size_t few = one < other ? one : other;
    size_t many = one < other ? other : one;
    if (few == many)
        return 1;
    if (one + other <= EXACT_MOST)
        return exact(few, one + other);
    double apart = (double)(many - few) - 1;
    return erfc(sqrt(apart * apart / (double)(one + other) / 2));
}
