/* SPDX-License-Identifier: MIT */
#include "base/table.h"

#include "base/memory.h"
#include "base/str.h"

/* Multiply and fold, after wyhash (Wang Yi, public domain): every bit of the product counts. */
__extension__ typedef unsigned __int128 wide;

static uint64_t mix(uint64_t a, uint64_t b) {
    wide product = (wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

uint64_t cxm_hash_bytes(const char *bytes, size_t len, uint64_t seed) {
    static const uint64_t k0 = 0xa0761d6478bd642fU;
    static const uint64_t k1 = 0xe7037ed1a0b428dbU;
    uint64_t hash = seed ^ k0;
    size_t left = len;
    for (; left >= 8; left -= 8, bytes += 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        hash = mix(hash ^ word, k1);
    }
    uint64_t tail = 0;
    if (left)
        memcpy(&tail, bytes, left);
    return mix(hash ^ tail, k0 ^ len);
}

/* The address of the table seeds it, so that no input can be made to collide in all of them. */
static uint32_t hash_of(const cxm_table *self, cxm_str key) {
    return (uint32_t)cxm_hash_bytes(key.ptr, key.len, (uint64_t)(uintptr_t)self->entries);
}

void cxm_table_init(cxm_table *self, const cxm_allocator *allocator) {
    *self = (cxm_table){.allocator = *allocator};
}

void cxm_table_clear(cxm_table *self) {
    cxm_release(&self->allocator, self->entries, self->capacity * sizeof *self->entries);
    cxm_table_init(self, &self->allocator);
}

void cxm_table_reset(cxm_table *self) {
    if (self->count)
        memset(self->entries, 0, self->capacity * sizeof *self->entries);
    self->count = 0;
}

static cxm_table_entry *slot_of(const cxm_table *self, cxm_str key, uint32_t hash) {
    size_t mask = self->capacity - 1;
    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        cxm_table_entry *entry = &self->entries[i];
        if (!entry->key.ptr || (entry->hash == hash && cxm_str_equal(entry->key, key)))
            return entry;
    }
}

uint32_t *cxm_table_find(const cxm_table *self, cxm_str key) {
    if (self->count == 0)
        return NULL;
    cxm_table_entry *entry = slot_of(self, key, hash_of(self, key));
    return entry->key.ptr ? &entry->value : NULL;
}

static bool grow(cxm_table *self) {
    size_t capacity = self->capacity ? self->capacity * 2 : 64;
    cxm_table bigger = {.allocator = self->allocator, .capacity = capacity, .count = self->count};
    bigger.entries = cxm_allocate(&self->allocator, capacity * sizeof *bigger.entries);
    if (!bigger.entries)
        return false;
    for (size_t i = 0; i < self->capacity; i++) {
        cxm_table_entry entry = self->entries[i];
        if (!entry.key.ptr)
            continue;
        entry.hash = hash_of(&bigger, entry.key);
        *slot_of(&bigger, entry.key, entry.hash) = entry;
    }
    cxm_table_clear(self);
    *self = bigger;
    return true;
}

uint32_t *cxm_table_add(cxm_table *self, cxm_str key, uint32_t value, bool *added) {
    static const char empty[1] = "";
    if (self->count >= self->capacity - self->capacity / 4 && !grow(self))
        return NULL;
    if (!key.ptr)
        key.ptr = empty;
    uint32_t hash = hash_of(self, key);
    cxm_table_entry *entry = slot_of(self, key, hash);
    bool is_new = !entry->key.ptr;
    if (is_new) {
        *entry = (cxm_table_entry){key, value, hash};
        self->count++;
    }
    if (added)
        *added = is_new;
    return &entry->value;
}
