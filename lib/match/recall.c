/* SPDX-License-Identifier: MIT */
#include "match/recall.h"

enum { CACHE_LINE = 64, PLACES = 1 << CXM_RECALL_BITS };

bool cxm_recall_init(cxm_recall *self, const cxm_allocator *allocator) {
    *self = (cxm_recall){.allocator = *allocator};
    self->tags = cxm_allocate(allocator, PLACES * sizeof *self->tags);
    self->block = cxm_allocate(allocator, PLACES * sizeof *self->items + CACHE_LINE);
    if (!self->tags || !self->block)
        return false;
    self->items = (void *)(self->block + CACHE_LINE - (uintptr_t)self->block % CACHE_LINE);
    return true;
}

void cxm_recall_clear(cxm_recall *self) {
    cxm_release(&self->allocator, self->tags, PLACES * sizeof *self->tags);
    cxm_release(&self->allocator, self->block, PLACES * sizeof *self->items + CACHE_LINE);
}

static uint32_t frame_of(const cxm_range *range, uint32_t count) {
    enum { VIEW = 1 << 8, ASKS = 1 << 16, RESUMED = 1 << 17 };
    return count + range->view * VIEW + (range->asks ? ASKS : 0) + (range->resumed ? RESUMED : 0);
}

static uint64_t hash_of(const cxm_lexeme *tokens, uint32_t count, uint32_t frame) {
    static const uint64_t factor = 0x9e3779b97f4a7c15U;
    uint64_t hash = frame;
    for (uint32_t i = 0; i < count; i++)
        hash = ((hash ^ tokens[i].key) * factor) ^ (hash >> 29);
    return hash * factor;
}

static size_t place_of(uint64_t hash) {
    return (size_t)(hash >> (64 - CXM_RECALL_BITS));
}

static bool is_same(const cxm_recalled *known, const cxm_lexeme *tokens, uint32_t count,
                    uint32_t frame) {
    if (known->frame != frame)
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (known->tokens[i] != tokens[i].key)
            return false;
    return true;
}

const cxm_recalled *cxm_recall_find(cxm_recall *self, const cxm_lexeme *tokens,
                                    const cxm_range *range, cxm_recall_key *key) {
    uint32_t count = range->end - range->start;
    key->frame = 0;
    if (count > CXM_RECALL_TOKENS)
        return NULL;
    tokens += range->start;
    uint32_t frame = frame_of(range, count);
    key->hash = hash_of(tokens, count, frame);
    size_t place = place_of(key->hash);
    if (self->tags[place] != (uint32_t)key->hash) {
        self->tags[place] = (uint32_t)key->hash;
        return NULL;
    }
    key->frame = frame;
    const cxm_recalled *known = &self->items[place];
    return is_same(known, tokens, count, frame) ? known : NULL;
}

void cxm_recall_keep(cxm_recall *self, const cxm_lexeme *tokens, const cxm_range *range,
                     const cxm_recall_key *key, const cxm_match *matches, size_t count) {
    if (!key->frame || count > CXM_RECALL_MATCHES)
        return;
    cxm_recalled *known = &self->items[place_of(key->hash)];
    known->frame = key->frame;
    for (uint32_t i = range->start; i < range->end; i++)
        known->tokens[i - range->start] = tokens[i].key;
    known->match_count = (uint32_t)count;
    for (size_t i = 0; i < count; i++)
        known->matches[i] = (cxm_match){matches[i].rule, matches[i].first - range->start,
                                        matches[i].last - range->start};
}
