/* SPDX-License-Identifier: MIT */
/*
 * A transcript as distances see it: how many turns of whom, how many words of whom and how many
 * seconds lie between two places.
 *
 * Turns of speech in a row of one speaker are one *run*, which is what `within 1 turn` counts. What
 * is no speech belongs to no run; it stands behind the run before it.
 */
#ifndef CXM_BEHAVIOR_TIMELINE_H
#define CXM_BEHAVIOR_TIMELINE_H

#include "base/memory.h"

#include <cxmine/judge.h>

#define CXM_NO_RUN UINT32_MAX

/* What is known at a turn. Counts by role are of cxm_role. */
typedef struct cxm_stop {
    uint32_t run; /* the run that it is in, or stands behind; CXM_NO_RUN before the first */
    cxm_role run_role;
    uint32_t runs[CXM_ROLE_COUNT]; /* begun up to here */
    size_t words[CXM_ROLE_COUNT];  /* of the turns before */
    size_t all_words;              /* likewise, of all roles */
    uint32_t agent_before;         /* the last turn of speech of an agent before it; CXM_NONE */
    uint32_t agent_behind;         /* the first one behind it */
    double clock;                  /* the latest time known before its own words; or unknown */
    double latest;                 /* the latest time known up to its end; or unknown */
} cxm_stop;

typedef struct cxm_timeline {
    cxm_allocator allocator;
    const cxm_transcript *transcript;
    const cxm_result *result;
    cxm_stop *stops; /* one per turn, and one behind the last */
    size_t turn_count;
    size_t capacity;
    bool timed;         /* some time is known */
    size_t first_timed; /* the first turn at which one is */
    bool measured;
    cxm_measures measures; /* once measured */
} cxm_timeline;

void cxm_timeline_init(cxm_timeline *self, const cxm_allocator *allocator);
void cxm_timeline_clear(cxm_timeline *self);

/* Makes it that of a transcript; both are borrowed. false where there is no memory. */
bool cxm_timeline_set(cxm_timeline *self, const cxm_transcript *transcript,
                      const cxm_result *result);

/* The measures, made when they are first asked for. */
const cxm_measures *cxm_timeline_measures(cxm_timeline *self);

/* How many runs of `roles` (bits) have begun up to a turn. */
size_t cxm_timeline_runs(const cxm_timeline *self, size_t turn, uint32_t roles);

/* How many words of `roles` stand before the `word`-th of a turn. */
size_t cxm_timeline_words(const cxm_timeline *self, size_t turn, size_t word, uint32_t roles);

/* Whether the run of a turn is one of the roles. */
bool cxm_timeline_of_roles(const cxm_timeline *self, size_t turn, uint32_t roles);

/* Seconds of a hit, on a clock that never runs backwards; or CXM_TIME_UNKNOWN. */
double cxm_timeline_clock(const cxm_timeline *self, const cxm_hit *hit);

#endif
