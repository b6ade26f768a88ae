/* SPDX-License-Identifier: MIT */
/*
 * Plays a transcript as a live conversation, and compares what is told on the way, and the result
 * at the end, with what mining it whole gives.
 */
#ifndef CXM_TESTS_LIVE_PLAY_H
#define CXM_TESTS_LIVE_PLAY_H

#include <cxmine.h>

/* How it is played. */
typedef enum play_way {
    PLAY_TURNS,    /* each turn at once */
    PLAY_WORDS,    /* word by word, each settled as soon as it is there */
    PLAY_BYTES,    /* code point by code point, likewise */
    PLAY_REVISIONS /* in random pieces, many of them wrong at first, settled now and then */
} play_way;

/* What is played, with what. */
typedef struct play {
    const cxm_lexicon *lexicon;
    cxm_miner *miner;
    const cxm_transcript *transcript;
    const cxm_result *whole; /* of another miner, or a copy */
    cxm_judge *judge;
    const cxm_judgement *judgement; /* of another judge */
    const cxm_allocator *allocator;
    uint64_t seed; /* of PLAY_REVISIONS; changes */
} play;

/* NULL: it is the same; else what is not. `*early` counts the hits told before their turn ended. */
const char *play_live(play *self, play_way way, size_t *early);

#endif
