/* SPDX-License-Identifier: MIT */
/*
 * What the tests of several stages share: a small language, lexicons and transcripts in one line,
 * expectations as carets under a text, an allocator that counts and fails, random numbers, time.
 * Whatever goes wrong in here fails the test at hand.
 */
#ifndef CXM_TESTS_SUPPORT_H
#define CXM_TESTS_SUPPORT_H

#include "base/str.h"

#include <check.h>
#include <cxmine.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ck_assert() for what runs a million times: it writes nothing down while all is well. */
#define ENSURE(condition)                                                                          \
    do {                                                                                           \
        if (!(condition))                                                                          \
            ck_abort_msg("not so: %s", #condition);                                                \
    } while (0)

/* ---- Lexicons ---- */

/* The head of a pack and the data of a small English, so that tests do not hang on the big one:
 * contractions, fillers, negators and so on, and the sets <we>, <nice>, <nested>, <verb>. */
extern const char *const test_language;

/* A lexicon of the test language and of what is added to it ("categories: ..."). */
cxm_lexicon *new_lexicon(const char *more);

/* The same, of memory that comes from an allocator (NULL: malloc), and with a word list. */
cxm_lexicon *new_lexicon_by(const cxm_allocator *allocator, const char *more, const char *words);

/* A lexicon with one category, `t.t`, with one phrase. */
cxm_lexicon *new_phrase_lexicon(const char *phrase);

/* The error that a pack of the test language gives. */
cxm_error lexicon_error(const char *more);

/* The lexicon of the pack that is built in. */
cxm_lexicon *new_builtin_lexicon(void);

/* Adds a text to a pack as a scalar in single quotes. */
void add_quoted(char *pack, size_t size, const char *text);

/* ---- Texts ---- */

/* A transcript of one turn of a role. */
cxm_transcript *new_transcript(cxm_role role, cxm_str text);

cxm_miner *new_miner(const cxm_lexicon *lexicon);

/* Mines, and asserts that it worked. */
const cxm_result *mine(cxm_miner *miner, const cxm_transcript *transcript);

/* A text that was mined, and all that it took. */
typedef struct mined {
    cxm_miner *miner;
    cxm_transcript *transcript;
    const cxm_result *result;
} mined;

mined mine_text(const cxm_lexicon *lexicon, cxm_role role, const char *text);
void mined_free(mined *self);

/* ---- Expectations ---- */

/*
 * Asserts that the hits of a category are those that the carets show:
 *
 *     "But our policy states that."
 *     "    ^^^^^^^^^^^^^^^^^"
 *
 * Hits of one category never overlap; those with no byte between them are told apart by "^" and
 * "~" in turn. A caret stands under a code point. NULL is no hit.
 */
void assert_hits(const mined *self, const cxm_lexicon *lexicon, const char *category,
                 const char *carets);

/* The same of any spans, in order. `what` is shown where they differ. */
void assert_spans(const char *what, cxm_str text, const cxm_hit *hits, size_t count,
                  const char *carets);

/* Asserts that two results are the same to the last field. */
void assert_same_result(const cxm_result *result, const cxm_result *expected);

/* A copy of a result that outlives it. */
cxm_result *copy_result(const cxm_result *result);
void free_result(cxm_result *copy);

/* ---- Memory ---- */

/* An allocator that counts, and fails the n-th call, or all from the n-th on. Sizes that are told
 * wrong fail the test. */
typedef struct meter {
    size_t calls; /* that take or resize memory */
    size_t live;  /* bytes */
    size_t blocks;
    size_t fail_at; /* 0: never */
    bool fail_on;   /* all from there on */
    bool failed;    /* it did fail one */
} meter;

cxm_allocator meter_allocator(meter *self);

/* ---- Time and chance ---- */

/* Seconds of the processor that this process took. */
double seconds_taken(void);

/* So many seconds, and more where a tool makes the test slow (see rounds()). */
double slow_seconds(double seconds);

/* A random number below `bound`; the same for the same seed. */
uint32_t random_below(uint64_t *seed, uint32_t bound);

/* The environment's number of that name, or `usual`: to run a random test longer, or again. */
uint64_t number_from(const char *name, uint64_t usual);

/* How often a random test goes round: `usual`, or less where the test runs under a tool that makes
 * it slow (CK_TIMEOUT_MULTIPLIER says how much), or CXM_TEST_ROUNDS. */
uint64_t rounds(uint64_t usual);

/* The folder with data that is shared by all who work on the project; it may not be there. */
const char *shared_data(void);

/* `count` pieces, one behind the other, in memory of their own; the length is *len. */
char *repeat(const char *piece, size_t count, size_t *len);

/* A copy with nothing after it, so that a sanitizer sees a read past the end. To be freed. */
char *exact_copy(const char *bytes, size_t len);

/* Runs a suite of cases; the exit status of main(). */
int run_suite(Suite *suite);

#endif
