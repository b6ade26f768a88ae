/* SPDX-License-Identifier: MIT */
/*
 * A hash table from strings to numbers: open addressing, seeded, keys borrowed (they must outlive
 * the table). For compiling and looking up; the matcher's table of words is one of its own.
 */
#ifndef CXM_BASE_TABLE_H
#define CXM_BASE_TABLE_H

#include <cxmine/base.h>

typedef struct cxm_table_entry {
    cxm_str key; /* ptr NULL: empty */
    uint32_t value;
    uint32_t hash;
} cxm_table_entry;

typedef struct cxm_table {
    cxm_allocator allocator;
    cxm_table_entry *entries;
    size_t capacity; /* 0 or a power of two */
    size_t count;
} cxm_table;

void cxm_table_init(cxm_table *self, const cxm_allocator *allocator);
void cxm_table_clear(cxm_table *self); /* gives the memory back */
void cxm_table_reset(cxm_table *self); /* forgets all keys, keeps the memory */

/* The value of `key`, which stays owned by the table and may be changed; NULL where absent. */
uint32_t *cxm_table_find(const cxm_table *self, cxm_str key);

/* The value of `key`, added with `value` where absent; `*added` (optional) tells. NULL: no memory.
 */
uint32_t *cxm_table_add(cxm_table *self, cxm_str key, uint32_t value, bool *added);

/* A hash of bytes: 64 bits, well mixed, seeded. Not for the disk: it may change. */
uint64_t cxm_hash_bytes(const char *bytes, size_t len, uint64_t seed);

#endif
