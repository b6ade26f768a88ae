/* SPDX-License-Identifier: MIT */
/*
 * Who is who where nobody says so: the role of a speaker from what the speaker says.
 *
 * A speaker's score is the sum of the weights of the cues (text/role_cues.h) that they use, each
 * counted once. Of two speakers the difference of the scores is the logarithm of the odds that the
 * first is the agent; of one, or of more than two, each speaker's own score is. Whoever is not
 * clearly one or the other stays unknown.
 */
#ifndef CXM_MATCH_ROLE_VOTE_H
#define CXM_MATCH_ROLE_VOTE_H

#include "lexicon/lexicon.h"
#include "text/scan.h"

#include <cxmine/transcript.h>

/* A speaker whose role is to be decided, or who helps to decide that of the other. */
typedef struct cxm_voter {
    uint32_t speaker;
    cxm_role role; /* as known before, or as decided */
    double score;
    double confidence; /* that a decided role is right, 0 to 1 */
    size_t words;      /* looked at so far */
} cxm_voter;

typedef struct cxm_role_vote {
    const cxm_lexicon *lexicon;
    cxm_allocator allocator;
    cxm_scan scan;
    uint32_t *voter_of; /* per speaker: index of voters, or UINT32_MAX */
    size_t speaker_capacity;
    cxm_voter *voters;
    size_t voter_count;
    size_t voter_capacity;
    unsigned char *seen; /* per voter and cue: whether it was counted; a bit each */
    size_t seen_capacity;
} cxm_role_vote;

void cxm_role_vote_init(cxm_role_vote *self, const cxm_lexicon *lexicon,
                        const cxm_allocator *allocator);
void cxm_role_vote_clear(cxm_role_vote *self);

/* What is known of the roles of turns, an item a turn: filled in where nothing was. */
typedef struct cxm_turn_roles {
    cxm_role *roles;
    cxm_role_source *sources;
    double *confidences;
} cxm_turn_roles;

/* Decides the roles of speakers of whom none is known. Its texts have CXM_SCAN_PADDING bytes behind
 * them. false where there is no memory. */
bool cxm_role_vote_run(cxm_role_vote *self, const cxm_transcript *transcript,
                       const cxm_turn_roles *turns);

#endif
