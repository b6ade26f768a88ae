/* SPDX-License-Identifier: MIT */
/* Arrays that grow. */
#ifndef CXM_CLI_ARRAY_H
#define CXM_CLI_ARRAY_H

#include <stddef.h>

/*
 * Makes room for one more item behind `count`: the array, moved or not, with *capacity in items.
 * NULL: there is no memory, which has been told; the array is then as it was.
 */
void *cli_grow(void *items, size_t *capacity, size_t count, size_t item_size);

#endif
