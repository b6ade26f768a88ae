/* SPDX-License-Identifier: MIT */
#include "array.h"

#include "diagnostics.h"

#include <stdint.h>
#include <stdlib.h>

void *cli_grow(void *items, size_t *capacity, size_t count, size_t item_size) {
    enum { FIRST = 16 };
    if (count < *capacity)
        return items;
    size_t wanted = *capacity ? *capacity * 2 : FIRST;
    void *grown = wanted > SIZE_MAX / 2 / item_size ? NULL : realloc(items, wanted * item_size);
    if (!grown) {
        cli_complain_memory();
        return NULL;
    }
    *capacity = wanted;
    return grown;
}
