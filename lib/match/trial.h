/* SPDX-License-Identifier: MIT */
/* The places at which rules are looked for, and what is found there. */
#ifndef CXM_MATCH_TRIAL_H
#define CXM_MATCH_TRIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A place at which a rule is looked for, and then the longest that is found there. */
typedef struct cxm_trial {
    uint32_t sentence; /* index of the batch's */
    uint32_t rule;
    uint32_t first;
    uint32_t last;    /* CXM_NOT_FOUND: it is not there */
    uint32_t pending; /* its last token if what follows may be skipped */
    bool opening;     /* `first` starts the sentence */
} cxm_trial;

#define CXM_NOT_FOUND UINT32_MAX

/* What was found in a phase, by sentence. */
typedef struct cxm_trials {
    cxm_trial *items;
    size_t count;
    size_t followed; /* the first one whose outcome is not known yet */
    size_t capacity;
} cxm_trials;

#endif
