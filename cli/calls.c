/* SPDX-License-Identifier: MIT */
#include "calls.h"

#include "diagnostics.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* FNV-1a. Who chooses ids so that they collide slows down only itself. */
static size_t bucket_of(const cli_calls *self, cxm_str id) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < id.len; i++)
        hash = (hash ^ (unsigned char)id.ptr[i]) * UINT64_C(0x100000001b3);
    return (size_t)(hash ^ hash >> 32) & (self->bucket_count - 1);
}

static cxm_str id_of(const cli_call *call) {
    return cxm_transcript_id(cxm_live_transcript(call->live));
}

bool cli_calls_init(cli_calls *self, size_t limit) {
    *self = (cli_calls){.bucket_count = 1, .limit = limit, .free = 1};
    while (self->bucket_count < limit && self->bucket_count <= SIZE_MAX / 4)
        self->bucket_count *= 2;
    if (limit < SIZE_MAX)
        self->items = calloc(limit + 1, sizeof *self->items);
    self->buckets = calloc(self->bucket_count, sizeof *self->buckets);
    if (self->items && self->buckets)
        return true;
    cli_complain_memory();
    cli_calls_clear(self);
    return false;
}

static void unlink_call(cli_calls *self, cli_call *call) {
    self->items[call->before].after = call->after;
    self->items[call->after].before = call->before;
}

/* Puts it behind all others. */
static void link_last(cli_calls *self, cli_call *call) {
    size_t index = (size_t)(call - self->items);
    call->after = 0;
    call->before = self->items[0].before;
    self->items[call->before].after = index;
    self->items[0].before = index;
}

cli_call *cli_calls_find(cli_calls *self, cxm_str id) {
    for (size_t at = self->buckets[bucket_of(self, id)]; at; at = self->items[at].chain) {
        cli_call *call = &self->items[at];
        cxm_str its = id_of(call);
        if (its.len != id.len || (id.len && memcmp(its.ptr, id.ptr, id.len) != 0))
            continue;
        unlink_call(self, call);
        link_last(self, call);
        return call;
    }
    return NULL;
}

cli_call *cli_calls_oldest(cli_calls *self) {
    return self->count ? &self->items[self->items[0].after] : NULL;
}

/* A free place: one that was given back, or the next one that never was used. */
static cli_call *take_place(cli_calls *self) {
    cli_call *call = &self->items[self->free];
    self->free = call->chain ? call->chain : self->free + 1;
    *call = (cli_call){.live = NULL};
    return call;
}

cli_call *cli_calls_add(cli_calls *self, cxm_live *live) {
    cli_call *call = take_place(self);
    call->live = live;
    call->end = CXM_TIME_UNKNOWN;
    size_t *bucket = &self->buckets[bucket_of(self, id_of(call))];
    call->chain = *bucket;
    *bucket = (size_t)(call - self->items);
    link_last(self, call);
    self->count++;
    return call;
}

void cli_calls_remove(cli_calls *self, cli_call *call) {
    size_t index = (size_t)(call - self->items);
    size_t *at = &self->buckets[bucket_of(self, id_of(call))];
    while (*at != index)
        at = &self->items[*at].chain;
    *at = call->chain;
    unlink_call(self, call);
    cxm_live_free(call->live);
    call->live = NULL;
    call->chain = self->free;
    self->free = index;
    self->count--;
}

void cli_calls_clear(cli_calls *self) {
    while (cli_calls_oldest(self))
        cli_calls_remove(self, cli_calls_oldest(self));
    free(self->items);
    free(self->buckets);
    *self = (cli_calls){.items = NULL};
}
