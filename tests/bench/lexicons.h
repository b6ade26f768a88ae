/* SPDX-License-Identifier: MIT */
/* The lexicons that benchmarks look for. */
#ifndef BENCH_LEXICONS_H
#define BENCH_LEXICONS_H

#include "options.h"

#include <cxmine.h>

/* Plain phrases: words with single spaces between them. */
typedef struct bench_phrases {
    char *bytes; /* what `items` point into */
    cxm_str *items;
    size_t count;
} bench_phrases;

/* Reads a file with a phrase a line; lines that begin with # do not count. false where it fails,
 * told on stderr. */
bool bench_phrases_read(bench_phrases *self, const char *path);
void bench_phrases_clear(bench_phrases *self);

/* The lexicon of the pack that the options name; of the built-in one where they name none. NULL,
 * told on stderr, where it cannot be made. */
cxm_lexicon *bench_lexicon_of_pack(const char *path);

/* A lexicon of plain phrases, all of one category. NULL, told on stderr, as above. */
cxm_lexicon *bench_lexicon_of_phrases(const cxm_str *items, size_t count);

/* That of the pack or of the literals. */
cxm_lexicon *bench_lexicon(const bench_options *options);

#endif
