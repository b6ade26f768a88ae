/* SPDX-License-Identifier: MIT */
/* A miner from the inside: the stages it runs a turn through, and the results it keeps. */
#ifndef CXM_MATCH_MINER_H
#define CXM_MATCH_MINER_H

#include "base/buffer.h"
#include "match/captures.h"
#include "match/matcher.h"
#include "match/role_vote.h"
#include "match/tokens.h"

#include <cxmine/miner.h>

/* What cxm_miner_tokenize() shows. */
typedef struct cxm_shown {
    cxm_token *items;
    size_t capacity;
    cxm_buffer text; /* the text with padding behind it */
    cxm_arena strings;
} cxm_shown;

/* A turn, or a piece of one, that is mined. */
typedef struct cxm_spoken {
    const cxm_turn *turn; /* its text has CXM_SCAN_PADDING bytes behind it */
    uint32_t index;       /* of the turn */
    cxm_role role;
} cxm_spoken;

/* The turn of the hits that were found last, and where these begin. */
typedef struct cxm_open_turn {
    uint32_t index;
    size_t first_hit;
    size_t first_capture;
} cxm_open_turn;

struct cxm_miner {
    cxm_allocator allocator;
    const cxm_lexicon *lexicon;
    cxm_words words;
    cxm_automaton automaton;
    cxm_tokens tokens;
    cxm_batch batch;
    cxm_spoken *spoken; /* the turns of the batch */
    size_t spoken_count;
    size_t spoken_capacity;
    cxm_matcher matcher;
    cxm_capturer capturer;

    cxm_open_turn open;
    cxm_hit *hits;
    size_t hit_capacity;
    cxm_capture *captures; /* of all hits, in order */
    size_t capture_count;
    size_t capture_capacity;
    cxm_hit *shown_hits; /* those of no hidden category, where there are any of these */
    size_t shown_hit_capacity;
    uint32_t *turn_words;
    size_t turn_word_capacity;
    cxm_role *roles; /* per turn, as the next two */
    size_t role_capacity;
    cxm_role_source *role_sources;
    size_t role_source_capacity;
    double *role_confidences;
    size_t role_confidence_capacity;
    cxm_role_vote vote;
    bool no_vote;
    cxm_role *speaker_roles; /* per speaker: by the label */
    size_t speaker_capacity;
    cxm_result result;
    cxm_shown shown;
};

/* Forgets what was taken in and found. To be called before anything is mined. */
void cxm_miner_begin(cxm_miner *self);

/* Takes in the first `count` sentences of the tokens, and their words; these are mined once there
 * are enough of them. false where there is no memory. */
bool cxm_miner_add(cxm_miner *self, const cxm_spoken *spoken, size_t count);

/* Mines what was taken in. All hits are there then, turn by turn, in order. false where there is no
 * memory. */
bool cxm_miner_finish(cxm_miner *self);

/* Longer turns are refused: spans are 32 bits wide. */
#define CXM_TURN_MAX_BYTES (UINT32_MAX - CXM_SCAN_PADDING)

#endif
