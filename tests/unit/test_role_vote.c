/* SPDX-License-Identifier: MIT */
/* Who is who from the words, where nothing else says it. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

static const char cues[] = "role_cues:\n"
                           "  agent 3: ['^ how can i help', '^ thank you for calling']\n"
                           "  agent 1: ['help you ?', your]\n"
                           "  customer 3: [my order, 'i''d like']\n"
                           "  customer 1: ['order 0', \"it's broken\"]\n"
                           "categories:\n"
                           "  t.agent:\n    speaker: agent\n    phrases: [sorry]\n"
                           "  t.customer:\n    speaker: customer\n    phrases: [sorry]\n";

typedef struct said {
    const char *speaker;
    const char *text;
    cxm_role role;
    cxm_role_source source;
    cxm_turn_kind kind;
} said;

static cxm_transcript *transcript_of(const said *turns, size_t count) {
    cxm_transcript_builder *builder;
    cxm_transcript *transcript;
    ck_assert_int_eq(cxm_transcript_builder_new(NULL, &builder, NULL), CXM_OK);
    for (size_t i = 0; i < count && turns[i].text; i++) {
        cxm_turn turn = {.speaker = cxm_str_from(turns[i].speaker),
                         .text = cxm_str_from(turns[i].text),
                         .role = turns[i].role,
                         .role_source = turns[i].source,
                         .kind = turns[i].kind,
                         .start = CXM_TIME_UNKNOWN,
                         .end = CXM_TIME_UNKNOWN};
        ck_assert_int_eq(cxm_transcript_builder_add_turn(builder, &turn, NULL), CXM_OK);
    }
    ck_assert_int_eq(cxm_transcript_builder_finish(builder, &transcript, NULL), CXM_OK);
    return transcript;
}

enum { TURNS = 4 };

/* Conversations, and the roles that their turns get: a, c, b or - for none. */
static const struct {
    const char *what;
    said turns[TURNS];
    const char *roles;
} cases[] = {
    {"two speakers",
     {{.speaker = "0", .text = "How can I help you?"}, {.speaker = "1", .text = "It's my order."}},
     "ac"},
    {"one of two says enough for both",
     {{.speaker = "0", .text = "Hm."}, {.speaker = "1", .text = "Thank you for calling."}},
     "ca"},
    {"neither says anything",
     {{.speaker = "0", .text = "Hm."}, {.speaker = "1", .text = "Yes, it's broken."}},
     "--"},
    {"the other one is known from the label",
     {{.speaker = "Agent", .text = "Hello."}, {.speaker = "1", .text = "Hello."}},
     "ac"},
    {"the other one is known from the file",
     {{.speaker = "0", .text = "Hi.", .role = CXM_ROLE_CUSTOMER, .source = CXM_ROLE_FROM_FILE},
      {.speaker = "1", .text = "Hello."}},
     "ca"},
    {"a colleague of one who is known",
     {{.speaker = "Agent", .text = "Hello."},
      {.speaker = "1", .text = "How can I help? Thank you for calling."}},
     "aa"},
    {"a bot is not the other one",
     {{.speaker = "Bot", .text = "Hello."}, {.speaker = "1", .text = "Hello."}},
     "b-"},
    {"one alone", {{.speaker = "0", .text = "It's my order, I'd like it."}}, "c"},
    {"one alone who says little", {{.speaker = "0", .text = "It's broken"}}, "-"},
    {"three speakers, each by their own words",
     {{.speaker = "0", .text = "How can I help?"},
      {.speaker = "1", .text = "My order."},
      {.speaker = "2", .text = "Hm."}},
     "ac-"},
    {"a cue counts once",
     {{.speaker = "0", .text = "Your your your your."}, {.speaker = "1", .text = "Hm."}},
     "--"},
    {"a cue of the start of a sentence",
     {{.speaker = "0", .text = "Tell me how can I help."}, {.speaker = "1", .text = "Hm."}},
     "--"},
    {"any number, with or without an apostrophe",
     {{.speaker = "0", .text = "Hm."}, {.speaker = "1", .text = "id like order 4711"}},
     "ac"},
    {"who has no name may be anybody",
     {{.speaker = "", .text = "How can I help?"}, {.speaker = "", .text = "My order."}},
     "--"},
    {"the caller wants it unknown",
     {{.speaker = "0", .text = "How can I help you?", .source = CXM_ROLE_FROM_RULE},
      {.speaker = "1", .text = "Hm."}},
     "--"},
    {"notes and events are not listened to",
     {{.speaker = "0", .text = "How can I help you?", .kind = CXM_TURN_NOTE},
      {.speaker = "0", .text = "Hm."},
      {.speaker = "1", .text = "Hm."}},
     "---"},
    {"all turns of a speaker",
     {{.speaker = "0", .text = "Hm."},
      {.speaker = "1", .text = "My order."},
      {.speaker = "0", .text = "How can I help?"},
      {.speaker = "1", .text = "Hm."}},
     "acac"},
};

START_TEST(roles_from_the_words) {
    static const char letters[CXM_ROLE_COUNT] = {'-', 'a', 'c', 'b', 'o'};
    cxm_lexicon *lexicon = new_lexicon(cues);
    cxm_miner *miner = new_miner(lexicon);
    cxm_transcript *transcript = transcript_of(cases[_i].turns, TURNS);
    const cxm_result *result = mine(miner, transcript);
    ck_assert_uint_eq(result->turn_count, strlen(cases[_i].roles));
    for (size_t i = 0; i < result->turn_count; i++) {
        bool by_words = result->role_sources[i] == CXM_ROLE_FROM_WORDS;
        double confidence = result->role_confidences[i];
        ck_assert_msg(letters[result->roles[i]] == cases[_i].roles[i], "%s: turn %zu is %s",
                      cases[_i].what, i, cxm_role_name(result->roles[i]));
        if (result->roles[i] == CXM_ROLE_UNKNOWN)
            ck_assert(confidence == 0 && !by_words);
        else
            ck_assert(by_words ? confidence > 0.8 && confidence < 1 : confidence == 1);
    }
    cxm_transcript_free(transcript);
    cxm_miner_free(miner);
    cxm_lexicon_free(lexicon);
}
END_TEST

/* What is looked for in a turn depends on the role that was decided. */
START_TEST(hits_follow_the_role) {
    static const said turns[] = {{.speaker = "0", .text = "Sorry, how can I help? How can I help?"},
                                 {.speaker = "1", .text = "Sorry, my order."}};
    cxm_lexicon *lexicon = new_lexicon(cues);
    cxm_transcript *transcript = transcript_of(turns, COUNT(turns));
    for (int off = 0; off < 2; off++) {
        cxm_miner_options options = CXM_MINER_OPTIONS_INIT;
        cxm_miner *miner;
        options.no_role_vote = off;
        ck_assert_int_eq(cxm_miner_new(lexicon, &options, &miner, NULL), CXM_OK);
        const cxm_result *result = mine(miner, transcript);
        ck_assert_uint_eq(result->hit_count, off ? 4 : 2);
        ck_assert_uint_eq(result->role_words[CXM_ROLE_UNKNOWN], off ? 12 : 0);
        cxm_miner_free(miner);
    }
    cxm_transcript_free(transcript);
    cxm_lexicon_free(lexicon);
}
END_TEST

/* Who talks much says everything once: it takes more to decide. */
START_TEST(much_talk_needs_more) {
    size_t len;
    char *long_talk = repeat("so it went on and on ", 40, &len);
    char *text = malloc(len + 64);
    ck_assert_ptr_nonnull(text);
    cxm_lexicon *lexicon = new_lexicon(cues);
    cxm_miner *miner = new_miner(lexicon);
    snprintf(text, len + 64, "How can I help? %.*s", (int)len, long_talk);
    const said turns[] = {{.speaker = "0", .text = text}, {.speaker = "1", .text = long_talk}};
    cxm_transcript *transcript = transcript_of(turns, COUNT(turns));
    ck_assert_int_eq(mine(miner, transcript)->roles[0], CXM_ROLE_UNKNOWN);
    cxm_transcript_free(transcript);
    cxm_miner_free(miner);
    cxm_lexicon_free(lexicon);
    free(long_talk);
    free(text);
}
END_TEST

START_TEST(wrong_cues_are_told) {
    cxm_error error = lexicon_error("role_cues:\n  agent: [hi]\n");
    ck_assert_msg(strstr(error.message, "agent 1.5") != NULL, "%s", error.message);
    ck_assert_uint_gt(error.line, 0);
    error = lexicon_error("role_cues:\n  bot 1: [hi]\n");
    ck_assert_msg(strstr(error.message, "agent or customer") != NULL, "%s", error.message);
    error = lexicon_error("role_cues:\n  agent 1: [a b c d e f g]\n");
    ck_assert_msg(strstr(error.message, "6 words") != NULL, "%s", error.message);
    error = lexicon_error("affixes: [over]\n");
    ck_assert_msg(strstr(error.message, "over- or -able") != NULL, "%s", error.message);
}
END_TEST

/* A call as the English pack hears it. */
START_TEST(english_calls_are_understood) {
    static const said turns[] = {
        {.speaker = "spk_0", .text = "Thank you for calling, how can I help you today?"},
        {.speaker = "spk_1", .text = "Hi, I'd like to know where my order is."},
        {.speaker = "spk_0", .text = "Sure, could you please give me your order number?"},
        {.speaker = "spk_1", .text = "Yes, it is 4711."}};
    cxm_lexicon *lexicon = new_builtin_lexicon();
    cxm_miner *miner = new_miner(lexicon);
    cxm_transcript *transcript = transcript_of(turns, COUNT(turns));
    const cxm_result *result = mine(miner, transcript);
    ck_assert_int_eq(result->roles[0], CXM_ROLE_AGENT);
    ck_assert_int_eq(result->roles[1], CXM_ROLE_CUSTOMER);
    ck_assert_int_eq(result->role_sources[3], CXM_ROLE_FROM_WORDS);
    cxm_transcript_free(transcript);
    cxm_miner_free(miner);
    cxm_lexicon_free(lexicon);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("role_vote");
    TCase *tests = tcase_create("role_vote");
    tcase_add_loop_test(tests, roles_from_the_words, 0, COUNT(cases));
    tcase_add_test(tests, hits_follow_the_role);
    tcase_add_test(tests, much_talk_needs_more);
    tcase_add_test(tests, wrong_cues_are_told);
    tcase_add_test(tests, english_calls_are_understood);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
