/* SPDX-License-Identifier: MIT */
/* Miners: what they mine, in how little memory, and what they are not to be asked. */
#include "match/miner.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

/* A miner that must forget all the time finds the same. */
START_TEST(small_memory) {
    static const size_t bounds[][2] = {{1, 0}, {0, 1}, {1, 1}, {70000, 3}, {200000, 10}};
    static const char text[] = "I can't say sorry. Our team states that it's policy, you know, "
                               "and uh I'm not sorry. Does the company say so? Our policy is so.";
    cxm_lexicon *lexicon =
        new_lexicon("categories:\n  t.a:\n    phrases: ['<we> ... <verb>', 'sorry $', 'i (x=_) not "
                    "(y=<rest>)']\n"
                    "    negation: drop\n  t.b:\n    phrases: ['our _', '/^s/', 'so $?']\n"
                    "    unless: [our policy]\n");
    mined usual = mine_text(lexicon, CXM_ROLE_UNKNOWN, text);
    ck_assert_uint_gt(usual.result->hit_count, 5);
    for (size_t i = 0; i < COUNT(bounds); i++) {
        cxm_miner_options options = CXM_MINER_OPTIONS_INIT;
        cxm_miner *miner;
        options.cache_bytes = bounds[i][0];
        options.max_words = bounds[i][1];
        ck_assert_int_eq(cxm_miner_new(lexicon, &options, &miner, NULL), CXM_OK);
        for (int round = 0; round < 3; round++)
            assert_same_result(mine(miner, usual.transcript), usual.result);
        cxm_miner_free(miner);
    }
    mined_free(&usual);
    cxm_lexicon_free(lexicon);
}
END_TEST

enum { SAID = 5000, SHORT_TURNS = 3000 };

/* The same sentence over and over in one turn, which no batch can hold, and then once a turn. */
static cxm_transcript *new_long_transcript(const char *sentence) {
    cxm_transcript_builder *builder;
    cxm_transcript *transcript;
    size_t len = strlen(sentence);
    char *text = malloc(SAID * len);
    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < SAID; i++)
        memcpy(text + i * len, sentence, len);
    ck_assert_int_eq(cxm_transcript_builder_new(NULL, &builder, NULL), CXM_OK);
    for (size_t i = 0; i <= SHORT_TURNS; i++) {
        cxm_turn turn = {.text = {text, i ? len : SAID * len}};
        ck_assert_int_eq(cxm_transcript_builder_add_turn(builder, &turn, NULL), CXM_OK);
    }
    ck_assert_int_eq(cxm_transcript_builder_finish(builder, &transcript, NULL), CXM_OK);
    free(text);
    return transcript;
}

static void assert_hit_at(const cxm_hit *hit, uint32_t turn, uint32_t start, uint32_t word) {
    ck_assert_uint_eq(hit->turn, turn);
    ck_assert_uint_eq(hit->start, start);
    ck_assert_uint_eq(hit->end, start + 11);
    ck_assert_uint_eq(hit->first_word, word);
    ck_assert_uint_eq(hit->last_word, word + 2);
    ck_assert_uint_eq(hit->capture_count, 1);
    ck_assert_uint_eq(hit->captures[0].start, start + 3);
    ck_assert_uint_eq(hit->captures[0].end, start + 5);
}

/* However long a transcript and its turns are, hits stand where they are, in order; also where the
 * automaton forgets all the time. */
START_TEST(long_transcripts) {
    enum { BYTES = 23, WORDS = 6 };
    cxm_lexicon *lexicon =
        new_lexicon("categories:\n  t.a:\n    phrases: ['am (how=_) sorry']\n"
                    "    unless: [am not sorry]\n  t.b:\n    phrases: [i ...9 it]\n");
    cxm_transcript *transcript = new_long_transcript("I am so sorry about it. ");
    for (size_t cache = 0; cache < 2; cache++) {
        cxm_miner_options options = CXM_MINER_OPTIONS_INIT;
        cxm_miner *miner;
        options.cache_bytes = cache;
        ck_assert_int_eq(cxm_miner_new(lexicon, &options, &miner, NULL), CXM_OK);
        const cxm_result *result = mine(miner, transcript);
        ck_assert_uint_eq(result->word_count, (SAID + SHORT_TURNS) * WORDS);
        ck_assert_uint_eq(result->hit_count, 2 * (SAID + SHORT_TURNS));
        for (uint32_t i = 0; i < SAID + SHORT_TURNS; i++) {
            uint32_t turn = i < SAID ? 0 : i - SAID + 1;
            uint32_t before = turn ? 0 : i;
            ck_assert_uint_eq(result->hits[2 * i].category, 1);
            ck_assert_uint_eq(result->hits[2 * i].start, before * (BYTES + 1));
            ck_assert_uint_eq(result->hits[2 * i].end, before * (BYTES + 1) + BYTES - 1);
            assert_hit_at(&result->hits[2 * i + 1], turn, before * (BYTES + 1) + 2,
                          before * WORDS + 1);
        }
        cxm_miner_free(miner);
    }
    cxm_transcript_free(transcript);
    cxm_lexicon_free(lexicon);
}
END_TEST

/* A word said over and over may be skipped, so that a phrase may begin far in front of its rarest
 * word: as far as a walk goes, 2 x 4 + 32 words. */
START_TEST(endless_sentence) {
    enum { TIMES = 40000, WALK = 40 };
    static const char end[] = "saw elephants";
    char *text = malloc(2 * TIMES + sizeof end);
    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < TIMES; i++)
        memcpy(text + 2 * i, "i ", 2);
    memcpy(text + 2 * TIMES, end, sizeof end);
    cxm_lexicon *lexicon = new_phrase_lexicon("i ...2 elephants");
    mined found = mine_text(lexicon, CXM_ROLE_UNKNOWN, text);
    ck_assert_uint_eq(found.result->hit_count, 1);
    ck_assert_uint_eq(found.result->hits[0].last_word, TIMES + 1);
    ck_assert_uint_eq(found.result->hits[0].first_word, TIMES + 2 - WALK);
    mined_free(&found);
    cxm_lexicon_free(lexicon);
    free(text);
}
END_TEST

START_TEST(only_speech_is_mined) {
    cxm_lexicon *lexicon = new_phrase_lexicon("sorry");
    cxm_miner *miner = new_miner(lexicon);
    cxm_transcript_builder *builder;
    cxm_transcript *transcript;
    ck_assert_int_eq(cxm_transcript_builder_new(NULL, &builder, NULL), CXM_OK);
    for (int kind = 0; kind < CXM_TURN_KIND_COUNT; kind++) {
        cxm_turn turn = {.text = CXM_STR("so sorry"), .kind = (cxm_turn_kind)kind};
        ck_assert_int_eq(cxm_transcript_builder_add_turn(builder, &turn, NULL), CXM_OK);
    }
    ck_assert_int_eq(cxm_transcript_builder_finish(builder, &transcript, NULL), CXM_OK);
    const cxm_result *result = mine(miner, transcript);
    ck_assert_uint_eq(result->hit_count, 1);
    ck_assert_uint_eq(result->hits[0].turn, 0);
    ck_assert_uint_eq(result->word_count, 2);
    cxm_transcript_free(transcript);
    cxm_miner_free(miner);
    cxm_lexicon_free(lexicon);
}
END_TEST

START_TEST(wrong_arguments) {
    cxm_lexicon *lexicon = new_phrase_lexicon("sorry");
    cxm_miner_options blank = {0};
    cxm_miner *miner;
    const cxm_result *result;
    const cxm_token *tokens;
    size_t count;
    cxm_error error;
    ck_assert_int_eq(cxm_miner_new(NULL, NULL, &miner, &error), CXM_E_ARGUMENT);
    ck_assert_ptr_null(miner);
    ck_assert_int_eq(cxm_miner_new(lexicon, &blank, &miner, &error), CXM_E_ARGUMENT);
    ck_assert_ptr_null(miner);
    miner = new_miner(lexicon);
    ck_assert_int_eq(cxm_mine(miner, NULL, &result, &error), CXM_E_ARGUMENT);
    ck_assert_ptr_null(result);
    ck_assert_int_eq(cxm_miner_tokenize(miner, CXM_STR("a\xFF"), &tokens, &count, &error),
                     CXM_E_ENCODING);
    ck_assert_ptr_null(tokens);
    ck_assert_int_eq(cxm_miner_tokenize(miner, (cxm_str){NULL, 0}, &tokens, &count, &error),
                     CXM_OK);
    ck_assert_uint_eq(count, 0);
    cxm_miner_free(miner);
    cxm_miner_free(NULL);
    cxm_lexicon_free(lexicon);
    cxm_lexicon_free(NULL);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("miner");
    TCase *cases = tcase_create("miner");
    tcase_set_timeout(cases, 20);
    tcase_add_test(cases, small_memory);
    tcase_add_test(cases, long_transcripts);
    tcase_add_test(cases, endless_sentence);
    tcase_add_test(cases, only_speech_is_mined);
    tcase_add_test(cases, wrong_arguments);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
