/* SPDX-License-Identifier: MIT */
/*
 * Goes through the words of sentences once, and tells where walks that begin with any of them find
 * something (front.h). Fronts and what follows them stand all over memory, so many sentences are
 * swept at a time, each by one word while memory answers for the others.
 */
#ifndef CXM_MATCH_SWEEP_H
#define CXM_MATCH_SWEEP_H

#include "match/batch.h"
#include "match/front.h"

/* A token with which walks found rules. */
typedef struct cxm_sighting {
    uint32_t sentence; /* its number among those that are swept */
    uint32_t at;
    cxm_front front;
} cxm_sighting;

/* A sentence that is being swept. */
typedef struct cxm_lane {
    uint32_t next; /* token */
    uint32_t end;
    cxm_front front; /* that the tokens before led to */
    uint32_t place;  /* where what follows it stands, if in its first place */
    uint32_t kind;
    uint32_t sentence;
    const cxm_front *firsts; /* of the kind */
} cxm_lane;

enum { CXM_LANES = 32 };

typedef struct cxm_sweep {
    cxm_allocator allocator;
    cxm_fronts fronts;
    cxm_lane lanes[CXM_LANES];
    cxm_sighting *found; /* in the order in which it was found */
    size_t found_count;
    size_t found_capacity;
    cxm_sighting *sightings; /* the same by sentence, and in order of tokens */
    size_t sighting_capacity;
    uint32_t *ends; /* per sentence: behind its sightings */
    size_t end_capacity;
} cxm_sweep;

/* As cxm_fronts_init(). */
bool cxm_sweep_init(cxm_sweep *self, cxm_automaton *automaton, const cxm_allocator *allocator,
                    uint32_t max_tokens, size_t limit);
void cxm_sweep_clear(cxm_sweep *self);

/* Sweeps some sentences of a batch for the pieces of a phase, and leaves in `sightings` what is
 * found. `*lost`: fronts were forgotten meanwhile, and nothing is told. false where there is no
 * memory. */
bool cxm_sweep_run(cxm_sweep *self, const cxm_batch *batch, const cxm_key *keys,
                   const uint32_t *sentences, size_t count, cxm_phase phase, bool *lost);

#endif
