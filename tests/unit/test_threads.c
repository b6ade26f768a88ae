/* SPDX-License-Identifier: MIT */
/* One lexicon, several threads, a miner each: all find the same. To be run under TSan, too. */
#include "support.h"

#include <pthread.h>
#include <stdlib.h>

enum { THREADS = 4, TURNS = 64, LINE_ROOM = 512 };

static const char pack[] =
    "categories:\n"
    "  t.a:\n    speaker: agent\n    negation: drop\n"
    "    phrases: ['<we> ... <verb>', 'i (x=<rest>)', '/^s/ $', sorry~, refund*]\n"
    "    unless: [our policy]\n"
    "  t.c:\n    phrases: ['(you|i) (can|will) ...4 _', 'not (x=_)', '^ _ _ $?']\n";

static const char *const lines[] = {
    "I can't refund that, you know, our policy says so.",
    "Sorry, uh, I'm not sorry! Will you?",
    "Our team states it is. I I will say the the thing [inaudible] again.",
    "The company's manager said: don't. I would never refund",
    "naïve café résumé 日本語 \xF0\x9F\x98\x80 so- sorry",
};

/* What the threads share, and nothing of it changes. */
typedef struct shared {
    const cxm_lexicon *lexicon;
    const cxm_transcript *transcript;
    const cxm_result *expected;
    pthread_barrier_t *start;
} shared;

static cxm_transcript *new_dialogue(void) {
    cxm_transcript_builder *builder;
    cxm_transcript *transcript;
    ck_assert_int_eq(cxm_transcript_builder_new(NULL, &builder, NULL), CXM_OK);
    for (size_t i = 0; i < TURNS; i++) {
        cxm_turn turn = {.speaker = cxm_str_from(i % 2 ? "Agent" : "Caller"),
                         .text = cxm_str_from(lines[i % COUNT(lines)]),
                         .start = (double)i,
                         .end = CXM_TIME_UNKNOWN};
        ck_assert_int_eq(cxm_transcript_builder_add_turn(builder, &turn, NULL), CXM_OK);
    }
    ck_assert_int_eq(cxm_transcript_builder_finish(builder, &transcript, NULL), CXM_OK);
    return transcript;
}

static bool same_result(const cxm_result *result, const cxm_result *expected) {
    bool same =
        result->hit_count == expected->hit_count && result->word_count == expected->word_count;
    for (size_t i = 0; same && i < result->hit_count; i++) {
        const cxm_hit *a = &result->hits[i];
        const cxm_hit *b = &expected->hits[i];
        same = a->category == b->category && a->phrase == b->phrase && a->turn == b->turn &&
               a->start == b->start && a->end == b->end && a->capture_count == b->capture_count;
    }
    return same;
}

/* Mines again and again, with the memory of each round as small or large as can be. NULL: all was
 * as expected. Check's macros are not for threads. */
static void *work(void *user) {
    const shared *self = user;
    static char wrong[] = "wrong";
    bool good = true;
    pthread_barrier_wait(self->start);
    for (uint64_t round = 0; good && round < rounds(20); round++) {
        cxm_miner_options options = CXM_MINER_OPTIONS_INIT;
        cxm_miner *miner;
        options.cache_bytes = round % 2;
        good = cxm_miner_new(self->lexicon, &options, &miner, NULL) == CXM_OK;
        for (int again = 0; good && again < 3; again++) {
            const cxm_result *result;
            good = cxm_mine(miner, self->transcript, &result, NULL) == CXM_OK &&
                   same_result(result, self->expected);
        }
        cxm_miner_free(miner);
    }
    return good ? NULL : wrong;
}

START_TEST(threads_find_the_same) {
    cxm_lexicon *lexicon = new_lexicon(pack);
    cxm_transcript *transcript = new_dialogue();
    cxm_miner *miner = new_miner(lexicon);
    const cxm_result *expected = mine(miner, transcript);
    pthread_t threads[THREADS];
    pthread_barrier_t start;
    shared common = {lexicon, transcript, expected, &start};
    ck_assert_uint_gt(expected->hit_count, TURNS);
    ck_assert_int_eq(pthread_barrier_init(&start, NULL, THREADS), 0);
    for (size_t i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, work, &common), 0);
    for (size_t i = 0; i < THREADS; i++) {
        void *wrong;
        ck_assert_int_eq(pthread_join(threads[i], &wrong), 0);
        ck_assert_ptr_null(wrong);
    }
    pthread_barrier_destroy(&start);
    cxm_miner_free(miner);
    cxm_transcript_free(transcript);
    cxm_lexicon_free(lexicon);
}
END_TEST

/* Lexicons can be compiled by several threads at once. */
static void *compile(void *user) {
    static char wrong[] = "wrong";
    cxm_lexicon *lexicon = NULL;
    cxm_lexicon_builder *builder = NULL;
    bool good = true;
    pthread_barrier_wait(user);
    for (uint64_t round = 0; good && round < rounds(20); round++) {
        good = cxm_lexicon_builder_new(NULL, &builder, NULL) == CXM_OK &&
               cxm_lexicon_builder_add_bytes(builder, CXM_STR("t.yaml"),
                                             cxm_str_from(test_language), NULL) == CXM_OK &&
               cxm_lexicon_builder_build(builder, &lexicon, NULL) == CXM_OK;
        cxm_lexicon_free(lexicon);
        cxm_lexicon_builder_free(builder);
    }
    return good ? NULL : wrong;
}

START_TEST(threads_compile) {
    pthread_t threads[THREADS];
    pthread_barrier_t start;
    ck_assert_int_eq(pthread_barrier_init(&start, NULL, THREADS), 0);
    for (size_t i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, compile, &start), 0);
    for (size_t i = 0; i < THREADS; i++) {
        void *wrong;
        ck_assert_int_eq(pthread_join(threads[i], &wrong), 0);
        ck_assert_ptr_null(wrong);
    }
    pthread_barrier_destroy(&start);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("threads");
    TCase *cases = tcase_create("threads");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, threads_find_the_same);
    tcase_add_test(cases, threads_compile);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
