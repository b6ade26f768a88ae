/* SPDX-License-Identifier: MIT */
/* A counter from the inside: its groups, and the formats that write them. */
#ifndef CXM_WRITE_COUNTER_H
#define CXM_WRITE_COUNTER_H

#include "base/buffer.h"
#include "base/memory.h"
#include "base/table.h"

#include <cxmine/counter.h>

typedef struct cxm_group {
    cxm_str name;
    size_t conversations; /* that are of the group */
    size_t found;         /* of them, those in which the query found something */
    size_t matches;
    size_t words;
    size_t last_seen;  /* the number of the last conversation that was counted for it, ... */
    size_t last_found; /* ... and of the last with a match; from 1 */
} cxm_group;

struct cxm_counter {
    cxm_allocator allocator;
    cxm_counter_options options;
    cxm_arena names;
    cxm_table numbers; /* name -> index of groups */
    cxm_group *groups;
    size_t count;
    size_t capacity;
    size_t conversations;
    size_t matches;
    cxm_buffer out;
};

/* Rates of a group: for one conversation, and for one word. */
double cxm_group_share(const cxm_group *self);
double cxm_group_rate(const cxm_group *self);

/* What its groups are groups of, as "agent". */
cxm_str cxm_counter_title(const cxm_counter *self);

/* Write `count` groups. */
void cxm_counter_text(cxm_counter *self, const cxm_group *groups, size_t count);
void cxm_counter_jsonl(cxm_counter *self, const cxm_group *groups, size_t count);
void cxm_counter_csv(cxm_counter *self, const cxm_group *groups, size_t count);

#endif
