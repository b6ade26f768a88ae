/* SPDX-License-Identifier: MIT */
/*
 * Phrases as the regular expressions that somebody would write who has no phrase language: for
 * finding the same with another engine. They find about the same, not exactly: fillers and other
 * noise of speech are not skipped, `unless` and negation do not count, and only what stands in
 * CLITICS is found in its contracted forms.
 */
#ifndef BENCH_EXPRESSIONS_H
#define BENCH_EXPRESSIONS_H

#include "lexicons.h"

/* One expression, of the phrase of that index of the lexicon. */
typedef struct bench_expression {
    char *text; /* NUL-terminated */
    cxm_speaker speaker;
} bench_expression;

typedef struct bench_expressions {
    bench_expression *items;
    size_t count;
} bench_expressions;

/* The expressions of all phrases of a pack (NULL: the built-in one), of which `lexicon` was made.
 * false, told on stderr, where that fails. Clear it in any case. */
bool bench_expressions_of_pack(bench_expressions *self, const cxm_lexicon *lexicon,
                               const char *pack);

/* The lexicon of a pack (with language data of its own; NULL: the built-in one) with only those of
 * its phrases that are chosen, by index. NULL, told on stderr, where it cannot be made. */
cxm_lexicon *bench_lexicon_of_some(const char *pack, const bool *chosen);

/* Those of plain phrases, with `gap` between the words. */
bool bench_expressions_of_phrases(bench_expressions *self, const bench_phrases *phrases,
                                  const char *gap);

void bench_expressions_clear(bench_expressions *self);

#endif
