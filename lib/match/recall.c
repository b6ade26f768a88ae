/* SPDX-License-Identifier: MIT */
#include "match/recall.h"

#include <string.h>

enum { CACHE_LINE = 64, PLACES = 1 << CXM_RECALL_BITS };

bool cxm_recall_init(cxm_recall *self, const cxm_allocator *allocator) {
    *self = (cxm_recall){.allocator = *allocator};
    self->block = cxm_allocate(allocator, PLACES * sizeof *self->items + CACHE_LINE);
    if (!self->block)
        return false;
    self->items = (void *)(self->block + CACHE_LINE - (uintptr_t)self->block % CACHE_LINE);
    return true;
}

void cxm_recall_clear(cxm_recall *self) {
    cxm_release(&self->allocator, self->block, PLACES * sizeof *self->items + CACHE_LINE);
}

/* The sum of products tells sequences apart well enough: all is compared. */
static size_t place_of(const cxm_recall_key *key, uint32_t count) {
    static const uint64_t factor = 0x9e3779b97f4a7c15U;
    uint64_t hash = key->frame;
    for (uint32_t i = 0; i < count; i++)
        hash = ((hash ^ key->tokens[i]) * factor) ^ (hash >> 29);
    return (size_t)((hash * factor) >> (64 - CXM_RECALL_BITS));
}

const cxm_recalled *cxm_recall_find(cxm_recall *self, const cxm_range *range) {
    enum { VIEW = 1 << 8, ASKS = 1 << 16, RESUMED = 1 << 17 };
    const cxm_sentence *sentence = range->sentence;
    uint32_t count = sentence->end - range->start;
    self->place = NULL;
    if (count > CXM_RECALL_TOKENS)
        return NULL;
    self->key = (cxm_recall_key){.frame = count + range->view * VIEW + (sentence->asks ? ASKS : 0) +
                                          (sentence->resumed ? RESUMED : 0)};
    for (uint32_t i = 0; i < count; i++)
        self->key.tokens[i] = range->tokens->items[range->start + i].key;
    self->place = &self->items[place_of(&self->key, count)];
    bool known = memcmp(&self->place->key, &self->key, sizeof self->key) == 0;
    return known ? self->place : NULL;
}

void cxm_recall_keep(cxm_recall *self, const cxm_range *range, const cxm_match *matches,
                     size_t count) {
    cxm_recalled *place = self->place;
    if (!place || count > CXM_RECALL_MATCHES)
        return;
    place->key = self->key;
    place->match_count = (uint32_t)count;
    for (size_t i = 0; i < count; i++)
        place->matches[i] = (cxm_match){matches[i].rule, matches[i].first - range->start,
                                        matches[i].last - range->start};
}
