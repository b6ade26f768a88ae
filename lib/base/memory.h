/* SPDX-License-Identifier: MIT */
/* Memory: the allocator every object carries, checked sizes, growing arrays, arenas. */
#ifndef CXM_BASE_MEMORY_H
#define CXM_BASE_MEMORY_H

#include <cxmine/base.h>
#include <stdalign.h>

/* The given allocator, or the one over malloc where it is NULL or has no function. */
cxm_allocator cxm_allocator_or_default(const cxm_allocator *given);

/* `size` zeroed bytes; NULL where there is no memory. */
void *cxm_allocate(const cxm_allocator *self, size_t size);

/* Frees a block of exactly `size` bytes; NULL does nothing. */
void cxm_release(const cxm_allocator *self, void *ptr, size_t size);

/* a * b and a + b; false where they do not fit. */
bool cxm_size_mul(size_t a, size_t b, size_t *out);
bool cxm_size_add(size_t a, size_t b, size_t *out);

/*
 * Makes room for at least `needed` items in an array that starts out as NULL and capacity 0.
 * Grows by half at least, so that appending is linear. New items are not zeroed.
 * false, and nothing changed, where there is no memory.
 */
bool cxm_array_reserve(const cxm_allocator *self, void **items, size_t *capacity, size_t needed,
                       size_t item_size);

/* Copies options over their defaults: as many bytes as the caller's struct has. false where the
 * caller's struct_size is not set. `options` may be NULL. */
bool cxm_options_read(void *defaults, size_t size, const void *options);

/* Memory that is freed all at once. Blocks never move. */
typedef struct cxm_arena_block cxm_arena_block;
typedef struct cxm_arena {
    cxm_allocator allocator;
    cxm_arena_block *first;
    cxm_arena_block *current;
    size_t used;  /* in the current block */
    size_t total; /* bytes of all blocks */
} cxm_arena;

void cxm_arena_init(cxm_arena *self, const cxm_allocator *allocator);
void cxm_arena_clear(cxm_arena *self); /* gives the blocks back */
void cxm_arena_reset(cxm_arena *self); /* keeps the blocks, forgets what is in them */

/* `size` bytes, not zeroed; NULL where there is no memory. `align` is a power of two. */
void *cxm_arena_take(cxm_arena *self, size_t size, size_t align);

/* `count` zeroed items; NULL where there is no memory or the size does not fit. */
void *cxm_arena_array(cxm_arena *self, size_t count, size_t size, size_t align);

#define CXM_ARENA_ARRAY(arena, type, count)                                                        \
    ((type *)cxm_arena_array((arena), (count), sizeof(type), alignof(type)))

/* A copy of a string, followed by a NUL that its length does not count; ptr NULL: no memory. */
cxm_str cxm_arena_copy(cxm_arena *self, cxm_str text);

#endif
