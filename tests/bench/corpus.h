/* SPDX-License-Identifier: MIT */
/* The transcripts that benchmarks run over, in memory. */
#ifndef BENCH_CORPUS_H
#define BENCH_CORPUS_H

#include <cxmine.h>

typedef struct bench_corpus {
    cxm_transcript **items;
    size_t count;
    size_t capacity;
    size_t turn_count;
    size_t text_bytes; /* of the turns' texts, nothing else */
} bench_corpus;

/*
 * Reads JSON Lines files, whose speakers are called agent, customer or other; other (hosts and
 * guests of podcasts) is taken for agent. Without paths it reads those of BENCH_DATA. Failures
 * are told on stderr; false then, with nothing read where there are no files.
 */
bool bench_corpus_read(bench_corpus *self, char *const *paths, size_t path_count);
void bench_corpus_clear(bench_corpus *self);

/* Calls `visit` for all turns in order. false as soon as it returns false. */
bool bench_corpus_visit(const bench_corpus *self, bool (*visit)(void *user, const cxm_turn *turn),
                        void *user);

/* Reads a whole file; free it with free(). false, told on stderr, where that cannot be done. */
bool bench_file_read(const char *path, char **bytes, size_t *len);

#endif
