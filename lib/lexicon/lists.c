/* SPDX-License-Identifier: MIT */
#include "lexicon/compile.h"

/* A counting sort: offsets[list + 1] runs from the start of a list to its end. */
cxm_status cxm_lists_make(cxm_lexicon *lexicon, const cxm_listing *listings, size_t count,
                          size_t lists, cxm_lists *out) {
    uint32_t *offsets = CXM_ARENA_ARRAY(&lexicon->arena, uint32_t, lists + 2);
    uint32_t *items = CXM_ARENA_ARRAY(&lexicon->arena, uint32_t, count + 1);
    if (!offsets || !items)
        return CXM_E_NOMEM;
    for (size_t i = 0; i < count; i++)
        offsets[listings[i].list + 2]++;
    for (size_t list = 0; list < lists; list++)
        offsets[list + 2] += offsets[list + 1];
    for (size_t i = 0; i < count; i++)
        items[offsets[listings[i].list + 1]++] = listings[i].item;
    *out = (cxm_lists){offsets, items};
    return CXM_OK;
}
