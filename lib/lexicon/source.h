/* SPDX-License-Identifier: MIT */
/*
 * What a lexicon was compiled from: each phrase, `unless` and member of a set as a tree, with its
 * place. Kept only where that is asked for, to explain what a lexicon does; mining needs none of
 * it. Everything lives in the lexicon's arena.
 */
#ifndef CXM_LEXICON_SOURCE_H
#define CXM_LEXICON_SOURCE_H

#include "lexicon/lexicon.h"
#include "lexicon/pack.h"
#include "lexicon/phrase.h"

/* The members of a set are parts that stand one behind the other. */
typedef struct cxm_source_set {
    cxm_str name;
    uint32_t first;
    uint32_t count;
} cxm_source_set;

typedef struct cxm_source {
    cxm_part *parts;  /* phrases, then members of sets, then `unless` */
    cxm_node **trees; /* of the parts; the `count` of a SET node is its index of sets */
    size_t part_count;
    cxm_source_set *sets;
    size_t set_count;
    cxm_node **fillers;
    size_t filler_count;
    cxm_node **negators;
    size_t negator_count;
    bool *drop_negated; /* per category */
} cxm_source;

/* Parses a pack once more, which compiled without errors, and hangs what comes of it onto the
 * lexicon. CXM_OK or CXM_E_NOMEM. */
cxm_status cxm_source_keep(cxm_pack *pack, cxm_lexicon *lexicon);

#endif
