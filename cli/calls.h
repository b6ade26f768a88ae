/* SPDX-License-Identifier: MIT */
/* The conversations that are open: found by their id, the one idle for longest first to go. */
#ifndef CXM_CLI_CALLS_H
#define CXM_CLI_CALLS_H

#include <cxmine.h>

/* An open conversation. */
typedef struct cli_call {
    cxm_live *live; /* NULL: a free place */
    size_t stable;  /* bytes of the open turn that were said not to change */
    double end;     /* of the open turn, as far as it was told */
    bool open;      /* a turn is */
    size_t judged;  /* turns, when it was last judged */
    size_t chain;   /* the next one of the same hash */
    size_t before;  /* used before this one, and after it */
    size_t after;
} cli_call;

typedef struct cli_calls {
    cli_call *items; /* the first one heads the list by use, and no conversation is in it */
    size_t *buckets;
    size_t bucket_count; /* a power of two */
    size_t limit;
    size_t count;
    size_t free; /* the first free place; those behind it follow through `chain` */
} cli_calls;

/* Room for `limit` conversations. false: there is no memory, and that has been told. */
bool cli_calls_init(cli_calls *self, size_t limit);

/* The open conversation with an id, now the one used last; NULL: there is none. */
cli_call *cli_calls_find(cli_calls *self, cxm_str id);

/* The one that was used the longest ago; NULL: none is open. */
cli_call *cli_calls_oldest(cli_calls *self);

/* Adds a conversation, which has its id and becomes the table's; there must be room. */
cli_call *cli_calls_add(cli_calls *self, cxm_live *live);

/* Frees a conversation and its place. */
void cli_calls_remove(cli_calls *self, cli_call *call);

void cli_calls_clear(cli_calls *self);

#endif
