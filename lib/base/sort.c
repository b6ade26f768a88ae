/* SPDX-License-Identifier: MIT */
#include "base/sort.h"

#include <stdlib.h>

static int compare_numbers(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

size_t cxm_sort_unique(uint32_t *items, size_t count) {
    size_t unique = 0;
    if (count > 1)
        qsort(items, count, sizeof *items, compare_numbers);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || items[i] != items[unique - 1])
            items[unique++] = items[i];
    return unique;
}

static int compare_pairs(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

size_t cxm_sort_unique_pairs(uint64_t *items, size_t count) {
    size_t unique = 0;
    if (count > 1)
        qsort(items, count, sizeof *items, compare_pairs);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || items[i] != items[unique - 1])
            items[unique++] = items[i];
    return unique;
}
