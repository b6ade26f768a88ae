/* SPDX-License-Identifier: MIT */
#include "match/batch.h"

void cxm_batch_init(cxm_batch *self, const cxm_allocator *allocator) {
    *self = (cxm_batch){.allocator = *allocator};
}

void cxm_batch_clear(cxm_batch *self) {
    cxm_release(&self->allocator, self->tokens, self->token_capacity * sizeof *self->tokens);
    cxm_release(&self->allocator, self->sentences,
                self->sentence_capacity * sizeof *self->sentences);
}

void cxm_batch_reset(cxm_batch *self) {
    self->token_count = 0;
    self->sentence_count = 0;
}

static bool reserve(cxm_batch *self, size_t tokens) {
    void *items = self->tokens;
    bool reserved = cxm_array_reserve(&self->allocator, &items, &self->token_capacity,
                                      self->token_count + tokens, sizeof *self->tokens);
    self->tokens = items;
    items = self->sentences;
    reserved = reserved && cxm_array_reserve(&self->allocator, &items, &self->sentence_capacity,
                                             self->sentence_count + 1, sizeof *self->sentences);
    self->sentences = items;
    return reserved;
}

bool cxm_batch_add(cxm_batch *self, const cxm_tokens *tokens, size_t index, uint32_t turn,
                   unsigned view) {
    const cxm_sentence *sentence = &tokens->sentences[index];
    uint32_t start = index ? sentence[-1].end : 0;
    uint32_t count = sentence->end - start;
    if (!reserve(self, count))
        return false;
    memcpy(self->tokens + self->token_count, tokens->items + start, count * sizeof *self->tokens);
    self->sentences[self->sentence_count++] =
        (cxm_range){.start = (uint32_t)self->token_count,
                    .end = (uint32_t)self->token_count + count,
                    .turn = turn,
                    .word = start,
                    .view = (uint16_t)view,
                    .asks = sentence->asks,
                    .resumed = sentence->resumed};
    self->token_count += count;
    return true;
}
