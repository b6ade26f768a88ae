/* SPDX-License-Identifier: MIT */
/* Sets of numbers kept as sorted arrays. */
#ifndef CXM_BASE_SORT_H
#define CXM_BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

/* Sorts numbers and leaves each once. How many are left. `items` may be NULL where there are none.
 */
size_t cxm_sort_unique(uint32_t *items, size_t count);

/* The same for pairs, each in one number; fewer than 2^32, with room for as many in `scratch`. */
size_t cxm_sort_unique_pairs(uint64_t *items, size_t count, uint64_t *scratch);

#endif
