/* SPDX-License-Identifier: MIT */
#include "match/transitions.h"

#include <string.h>

enum { FEW = 1 << 12 };

bool cxm_transitions_init(cxm_transitions *self, const cxm_allocator *allocator) {
    *self = (cxm_transitions){.items = cxm_allocate(allocator, FEW * sizeof *self->items),
                              .capacity = FEW};
    return self->items != NULL;
}

void cxm_transitions_clear(cxm_transitions *self, const cxm_allocator *allocator) {
    cxm_release(allocator, self->items, cxm_transitions_bytes(self));
}

void cxm_transitions_forget(cxm_transitions *self) {
    memset(self->items, 0, cxm_transitions_bytes(self));
    self->count = 0;
}

static void place(cxm_transitions *self, cxm_transition transition) {
    *cxm_transitions_find(self, transition >> CXM_STATE_BITS) = transition;
}

static bool grow(cxm_transitions *self, const cxm_allocator *allocator) {
    cxm_transitions grown = {.capacity = 2 * self->capacity, .count = self->count};
    grown.items = cxm_allocate(allocator, cxm_transitions_bytes(&grown));
    if (!grown.items)
        return false;
    for (size_t i = 0; i < self->capacity; i++)
        if (self->items[i])
            place(&grown, self->items[i]);
    cxm_transitions_clear(self, allocator);
    *self = grown;
    return true;
}

bool cxm_transitions_add(cxm_transitions *self, const cxm_allocator *allocator, cxm_state from,
                         cxm_key key, cxm_state to) {
    if (self->count >= self->capacity / 4 * 3 && !grow(self, allocator))
        return false;
    place(self, cxm_transition_from(from, key) << CXM_STATE_BITS | to);
    self->count++;
    return true;
}
