/* SPDX-License-Identifier: MIT */
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static void *resize_with_malloc(void *user, void *ptr, size_t old_size, size_t new_size) {
    (void)user;
    (void)old_size;
    if (new_size == 0) {
        free(ptr);
        return NULL;
    }
    return realloc(ptr, new_size);
}

cxm_allocator cxm_allocator_or_default(const cxm_allocator *given) {
    if (given && given->resize)
        return *given;
    return (cxm_allocator){resize_with_malloc, NULL};
}

void *cxm_allocate(const cxm_allocator *self, size_t size) {
    void *block = self->resize(self->user, NULL, 0, size);
    if (block)
        memset(block, 0, size);
    return block;
}

void cxm_release(const cxm_allocator *self, void *ptr, size_t size) {
    if (ptr)
        self->resize(self->user, ptr, size, 0);
}

bool cxm_size_mul(size_t a, size_t b, size_t *out) {
    if (b != 0 && a > SIZE_MAX / b)
        return false;
    *out = a * b;
    return true;
}

bool cxm_size_add(size_t a, size_t b, size_t *out) {
    if (a > SIZE_MAX - b)
        return false;
    *out = a + b;
    return true;
}

bool cxm_array_reserve(const cxm_allocator *self, void **items, size_t *capacity, size_t needed,
                       size_t item_size) {
    enum { FIRST_CAPACITY = 16 };
    if (needed <= *capacity)
        return true;
    size_t grown = *capacity < FIRST_CAPACITY ? FIRST_CAPACITY : *capacity;
    while (grown < needed)
        if (!cxm_size_add(grown, grown / 2, &grown))
            return false;
    size_t bytes;
    if (!cxm_size_mul(grown, item_size, &bytes))
        return false;
    void *moved = self->resize(self->user, *items, *capacity * item_size, bytes);
    if (!moved)
        return false;
    *items = moved;
    *capacity = grown;
    return true;
}

bool cxm_options_read(void *defaults, size_t size, const void *options) {
    if (!options)
        return true;
    size_t given;
    memcpy(&given, options, sizeof given);
    if (given < sizeof given)
        return false;
    memcpy(defaults, options, given < size ? given : size);
    return true;
}

struct cxm_arena_block {
    cxm_arena_block *next;
    size_t size; /* of the data behind this header */
    alignas(max_align_t) char data[];
};

void cxm_arena_init(cxm_arena *self, const cxm_allocator *allocator) {
    *self = (cxm_arena){.allocator = *allocator};
}

void cxm_arena_clear(cxm_arena *self) {
    cxm_arena_block *block = self->first;
    while (block) {
        cxm_arena_block *next = block->next;
        cxm_release(&self->allocator, block, sizeof *block + block->size);
        block = next;
    }
    cxm_arena_init(self, &self->allocator);
}

void cxm_arena_reset(cxm_arena *self) {
    self->current = self->first;
    self->used = 0;
}

/* Moves on to a block with room for `size`: the next one kept by a reset, or a new one. */
static bool next_block(cxm_arena *self, size_t size) {
    enum { SMALLEST_BLOCK = 4096, LARGEST_STEP = 1 << 20 };
    cxm_arena_block *next = self->current ? self->current->next : self->first;
    if (!next || next->size < size) {
        size_t room = self->total < SMALLEST_BLOCK ? SMALLEST_BLOCK : self->total;
        if (room > LARGEST_STEP)
            room = LARGEST_STEP;
        if (room < size)
            room = size;
        size_t bytes;
        if (!cxm_size_add(room, sizeof *next, &bytes))
            return false;
        cxm_arena_block *made = self->allocator.resize(self->allocator.user, NULL, 0, bytes);
        if (!made)
            return false;
        made->size = room;
        made->next = next;
        if (self->current)
            self->current->next = made;
        else
            self->first = made;
        self->total += room;
        next = made;
    }
    self->current = next;
    self->used = 0;
    return true;
}

void *cxm_arena_take(cxm_arena *self, size_t size, size_t align) {
    size_t at = (self->used + align - 1) & ~(align - 1);
    if (!self->current || at > self->current->size || self->current->size - at < size) {
        if (!next_block(self, size))
            return NULL;
        at = 0;
    }
    self->used = at + size;
    return self->current->data + at;
}

void *cxm_arena_array(cxm_arena *self, size_t count, size_t size, size_t align) {
    size_t bytes;
    if (!cxm_size_mul(count, size, &bytes))
        return NULL;
    void *items = cxm_arena_take(self, bytes, align);
    if (items)
        memset(items, 0, bytes);
    return items;
}

cxm_str cxm_arena_copy(cxm_arena *self, cxm_str text) {
    size_t bytes;
    char *copy = NULL;
    if (cxm_size_add(text.len, 1, &bytes))
        copy = cxm_arena_take(self, bytes, 1);
    if (!copy)
        return (cxm_str){NULL, 0};
    if (text.len)
        memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    return (cxm_str){copy, text.len};
}
