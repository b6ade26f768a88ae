/* SPDX-License-Identifier: MIT */
#include "base/sort.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static int compare_numbers(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static bool is_sorted(const uint32_t *items, size_t count) {
    for (size_t i = 1; i < count; i++)
        if (items[i] < items[i - 1])
            return false;
    return true;
}

size_t cxm_sort_unique(uint32_t *items, size_t count) {
    size_t unique = 0;
    if (!is_sorted(items, count))
        qsort(items, count, sizeof *items, compare_numbers);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || items[i] != items[unique - 1])
            items[unique++] = items[i];
    return unique;
}

/* By insertion. */
static void sort_few(uint64_t *items, size_t count) {
    for (size_t i = 1; i < count; i++) {
        uint64_t item = items[i];
        size_t at = i;
        for (; at > 0 && items[at - 1] > item; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

/* By the byte that begins at bit `shift`, from one array into the other. */
static void sort_by_byte(const uint64_t *from, uint64_t *to, size_t count, unsigned shift) {
    uint32_t starts[256] = {0};
    uint32_t sum = 0;
    for (size_t i = 0; i < count; i++)
        starts[from[i] >> shift & 255]++;
    for (size_t i = 0; i < 256; i++) {
        uint32_t here = starts[i];
        starts[i] = sum;
        sum += here;
    }
    for (size_t i = 0; i < count; i++)
        to[starts[from[i] >> shift & 255]++] = from[i];
}

/* By the bytes in which they differ, the lowest first (radix sort). */
static void sort_many(uint64_t *items, size_t count, uint64_t *scratch) {
    uint64_t *from = items;
    uint64_t *to = scratch;
    uint64_t differ = 0;
    for (size_t i = 1; i < count; i++)
        differ |= items[i] ^ items[0];
    for (unsigned shift = 0; shift < 64; shift += 8) {
        if (!(differ >> shift & 255))
            continue;
        sort_by_byte(from, to, count, shift);
        uint64_t *sorted = to;
        to = from;
        from = sorted;
    }
    if (from != items)
        memcpy(items, from, count * sizeof *items);
}

size_t cxm_sort_unique_pairs(uint64_t *items, size_t count, uint64_t *scratch) {
    enum { FEW = 80 };
    size_t unique = 0;
    if (count <= FEW)
        sort_few(items, count);
    else
        sort_many(items, count, scratch);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || items[i] != items[unique - 1])
            items[unique++] = items[i];
    return unique;
}
