/* SPDX-License-Identifier: MIT */
/*
 * Plays transcripts as live conversations and compares with mining them whole: all turn by turn,
 * and every n-th word by word, code point by code point, and with random revisions.
 *
 *     live_whole EVERY SKIP [FILE.jsonl...]
 *
 * Of the transcripts one in SKIP is taken; of these one in EVERY is cut everywhere.
 */
#include "../unit/live_play.h"
#include "corpus.h"
#include "lexicons.h"
#include "options.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct tally {
    size_t transcripts;
    size_t plays;
    size_t hits;
    size_t findings;
    size_t early; /* told before their turn was over */
    size_t wrong;
} tally;

/* What mines and judges transcripts as wholes. */
typedef struct whole_way {
    cxm_miner *miner;
    cxm_judge *judge;
} whole_way;

/* One transcript, in one way or in all. */
static void play_one(play *self, const whole_way *whole, bool everywhere, tally *out) {
    if (cxm_mine(whole->miner, self->transcript, &self->whole, NULL) != CXM_OK)
        exit(BENCH_FAILED);
    if (cxm_judge_run(whole->judge, self->transcript, self->whole, &self->judgement, NULL) !=
        CXM_OK)
        exit(BENCH_FAILED);
    out->transcripts++;
    out->findings += self->judgement->finding_count;
    out->hits += self->whole->hit_count;
    for (int i = 0; i < (everywhere ? 5 : 1); i++) {
        play_way way = i < PLAY_REVISIONS ? (play_way)i : PLAY_REVISIONS;
        const char *wrong = play_live(self, way, &out->early);
        out->plays++;
        if (!wrong)
            continue;
        cxm_str source = cxm_transcript_source(self->transcript);
        cxm_str id = cxm_transcript_id(self->transcript);
        printf("%.*s: %.*s, way %d: %s\n", (int)source.len, source.ptr, (int)id.len, id.ptr,
               (int)way, wrong);
        out->wrong++;
    }
}

static void play_all(const bench_corpus *corpus, play *self, const whole_way *whole, size_t every,
                     size_t skip, tally *out) {
    for (size_t i = 0; i < corpus->count; i += skip) {
        self->transcript = corpus->items[i];
        play_one(self, whole, i / skip % every == 0, out);
    }
}

static size_t number(const char *text) {
    size_t value = text ? strtoul(text, NULL, 10) : 0;
    return value ? value : 1;
}

int main(int argc, char **argv) {
    bench_corpus corpus;
    cxm_lexicon *lexicon = NULL;
    whole_way whole = {NULL, NULL};
    play self = {.seed = 88172645463325252U};
    cxm_miner_options options = CXM_MINER_OPTIONS_INIT;
    tally result = {0};
    options.no_role_vote = true;
    if (argc < 3) {
        fprintf(stderr, "Usage: %s EVERY SKIP [FILE.jsonl...]\n", argv[0]);
        return BENCH_USAGE;
    }
    if (!bench_corpus_read(&corpus, argv + 3, (size_t)argc - 3))
        return BENCH_SKIPPED;
    lexicon = bench_lexicon_of_pack(NULL);
    if (!lexicon || cxm_miner_new(lexicon, &options, &whole.miner, NULL) != CXM_OK ||
        cxm_judge_new(lexicon, NULL, &whole.judge, NULL) != CXM_OK ||
        cxm_judge_new(lexicon, NULL, &self.judge, NULL) != CXM_OK ||
        cxm_miner_new(lexicon, NULL, &self.miner, NULL) != CXM_OK)
        return BENCH_FAILED;
    self.lexicon = lexicon;
    play_all(&corpus, &self, &whole, number(argv[1]), number(argv[2]), &result);
    printf("%zu transcripts played in %zu ways: %zu hits and %zu findings; %zu told before "
           "the end of a turn, %zu differ\n",
           result.transcripts, result.plays, result.hits, result.findings, result.early,
           result.wrong);
    cxm_miner_free(self.miner);
    cxm_judge_free(self.judge);
    cxm_judge_free(whole.judge);
    cxm_miner_free(whole.miner);
    cxm_lexicon_free(lexicon);
    bench_corpus_clear(&corpus);
    return result.wrong ? BENCH_FAILED : BENCH_DONE;
}
