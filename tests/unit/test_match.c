/* SPDX-License-Identifier: MIT */
/* What the matcher makes of phrases that are found: which of them hold, where, and in what order.
 */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- Hits of several categories ---- */

enum { MOST_CATEGORIES = 4 };

typedef struct match_case {
    const char *pack; /* what stands under `categories:`, short: see below */
    const char *text;
    const char *carets[MOST_CATEGORIES]; /* under the hits of t.a, t.b, ... */
} match_case;

#define A(phrases) "  t.a:\n    phrases: [" phrases "]\n"
#define B(phrases) "  t.b:\n    phrases: [" phrases "]\n"
#define DROP "    negation: drop\n"
#define UNLESS(phrases) "    unless: [" phrases "]\n"

static const match_case leftmost_longest[] = {
    {A("our policy, policy, our policy states"),
     "Our policy states that our policy is policy.",
     {"^^^^^^^^^^^^^^^^^      ^^^^^^^^^^    ^^^^^^"}},
    {A("a b, b c d e"), "a b c d e", {"^^^"}},
    {A("a b c, b, c d"), "a b c d", {"^^^^^"}},
    {A("a b, b c d e"), "a x b c d e", {"    ^^^^^^^"}},
    {A("a b d, b c"), "a b c", {"  ^^^"}},
    {A("a, b"), "a b", {"^ ^"}},
    {A("a ... z, b"), "a b y z b. a b y", {"^^^^^^^ ^    ^"}},
    {A("don't, not know"), "I don't know", {"  ^^^^^^^^^^"}},
};

static const match_case independence[] = {
    {A("our policy") B("policy states"), "our policy states", {"^^^^^^^^^^", "    ^^^^^^^^^^^^^"}},
    {A("our policy states that") B("policy"),
     "our policy states that",
     {"^^^^^^^^^^^^^^^^^^^^^^", "    ^^^^^^"}},
    {A("our policy") B("our policy"), "our policy", {"^^^^^^^^^^", "^^^^^^^^^^"}},
    {A("policy") UNLESS("insurance policy") B("policy"),
     "insurance policy",
     {NULL, "          ^^^^^^"}},
    {A("sorry") DROP B("sorry"), "not sorry", {NULL, "    ^^^^^"}},
};

static const match_case unless[] = {
    {A("policy") UNLESS("insurance policy"),
     "our policy, insurance policy, insurance",
     {"    ^^^^^^"}},
    {A("i understand") UNLESS("(not|never) understand, understand nothing"),
     "I understand. I don't understand. I never understand. I understand nothing.",
     {"^^^^^^^^^^^^"}},
    {A("policy") UNLESS("my ... policy"),
     "my own life policy and the policy",
     {"                           ^^^^^^"}},
    {A("a b") UNLESS("b c, z a"), "a b! a b c! z a b! x a b!", {"^^^                  ^^^"}},
    {A("policy") UNLESS("policy $"), "this policy. policy this", {"             ^^^^^^"}},
    {A("policy") UNLESS("^ policy"), "policy. a policy", {"          ^^^^^^"}},
    {A("a b") UNLESS("c d"), "a b c d", {"^^^"}},
    {A("sorry") UNLESS("sorry, sorry"), "sorry", {NULL}},
    {A("understand") UNLESS("uh understand"),
     "uh understand, understand",
     {"               ^^^^^^^^^^"}},
    {A("{phrase: our policy, unless: [our policy on]}, our policy is"),
     "our policy is. our policy on. our policy.",
     {"^^^^^^^^^^^^^                 ^^^^^^^^^^"}},
    {A("{phrase: our policy, unless: [policy on]}, our"), "our policy on", {"^^^"}},
    {A("{phrase: a b, unless: [b c]}, {phrase: a, unless: [a x]}"), "a b c. a x.", {"^"}},
    {A("{phrase: a b, unless: [b c]}") UNLESS("z a"), "a b! a b c! z a b!", {"^^^"}},
    {A("do") UNLESS("not know"), "I don't know", {NULL}},
    {A("don't") UNLESS("not know"), "I don't know. I don't.", {"                ^^^^^"}},
};

static const match_case negation[] = {
    {A("sorry") DROP,
     "sorry. not sorry. never sorry. no longer sorry. no sorry. not so sorry.",
     {"^^^^^                                              ^^^^^         ^^^^^"}},
    {A("sorry") DROP,
     "not, uh, sorry. not [inaudible] sorry. not so- sorry. Not. Sorry.",
     {"                                                           ^^^^^"}},
    {A("sorry") DROP,
     "not, you know, sorry. not, I mean, uh, sorry. let me see, sorry",
     {"                                                          ^^^^^"}},
    {A("sorry") DROP, "it isn't sorry, I can't sorry, i do not not sorry", {NULL}},
    {A("sorry") DROP, "not not sorry, not very not sorry", {NULL}},
    {A("am sorry") DROP, "I'm sorry, I'm not sorry, not am sorry", {"^^^^^^^^^"}},
    {A("not sorry") DROP, "not sorry, not not sorry", {"^^^^^^^^^  ^^^^^^^^^^^^^"}},
    {A("sorry"), "not sorry", {"    ^^^^^"}},
    {A("sorry, so sorry") DROP, "not so sorry. so not sorry.", {"       ^^^^^"}},
};

static const match_case noise[] = {
    {A("i understand how you feel"),
     "I, I, uh, understand how, um, you feel",
     {"^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^"}},
    {A("i am sorry"),
     "I am I am sorry. I'm I'm sorry. I am, um, I am, uh, sorry",
     {"^^^^^^^^^^^^^^^  ^^^^^^^^^^^^^  ^^^^^^^^^^^^^^^^^^^^^^^^^"}},
    {A("our policy"),
     "Our pol- policy. Our- our policy. Our [inaudible] policy. Our (laughs) policy.",
     {"^^^^^^^^^^^^^^^  ^^^^^^^^^^^^^^^  ^^^^^^^^^^^^^^^^^^^^^^  ^^^^^^^^^^^^^^^^^^^"}},
    {A("our policy"),
     "our <crosstalk> policy and our [laughs loudly] policy and our (uh) policy",
     {"^^^^^^^^^^^^^^^^^^^^^^     ^^^^^^^^^^^^^^^^^^^^^^^^^^     ^^^^^^^^^^^^^^^"}},
    {A("our policy"),
     "our (new) policy, our [x] policy, our (a b c d e f inaudible) policy",
     {NULL}},
    {A("our policy"),
     "our you know policy. our, i mean, uh, policy. our let me see policy",
     {"^^^^^^^^^^^^^^^^^^^  ^^^^^^^^^^^^^^^^^^^^^^^  ^^^^^^^^^^^^^^^^^^^^^"}},
    {A("our policy"),
     "our you policy. our know policy. our let me policy. our you uh know policy",
     {NULL}},
    {A("you know"), "you know, you uh know", {"^^^^^^^^  ^^^^^^^^^^^"}},
    {A("as you know"), "as you know, uh", {"^^^^^^^^^^^"}},
    {A("uh"), "uh uh", {"^^ ^^"}},
    {A("but we can"), "But we we can. But we uh we can.", {"^^^^^^^^^^^^^  ^^^^^^^^^^^^^^^^"}},
    {A("no no"), "no no. no, no. no uh no.", {"^^^^^  ^^^^^^  ^^^^^^^^"}},
    {A("^ sorry"),
     "Uh sorry. You know, sorry. I mean, uh, sorry. Let me see: sorry. So sorry.",
     {"   ^^^^^            ^^^^^              ^^^^^              ^^^^^"}},
    {A("sorry $"),
     "I am sorry, you know. Sorry, uh, I mean. Sorry, let me.",
     {"     ^^^^^            ^^^^^"}},
    {A("our policy $"), "that is our policy, our policy.", {"        ^^^^^^^^^^  ^^^^^^^^^^"}},
    {A("no no $"), "no no.", {"^^^^^"}},
    {A("know $"),
     "know know you know. B know you know you.",
     {"^^^^ ^^^^     ^^^^    ^^^^     ^^^^"}},
    {A("_ b $"), "a b a b a b a b", {"^^^ ^^^^^^^^^^^"}},
    {A("^ know"), "you know. You know know.", {"                   ^^^^"}},
    /* Behind "you know" twice, "you" is a repeat, and begins a filler as well. */
    {A("^ know"), "you know you know you you know know", {"             ^^^^         ^^^^ ^^^^"}},
    {A("not know"), "you don't you you know know", {"    ^^^^^^^^^^^^^^^^^^^^^^^"}},
    {A("sorry"),
     "[sorry] (sorry) [sorry, inaudible] <sorry>",
     {" ^^^^^   ^^^^^                      ^^^^^"}},
};

static const match_case sentences[] = {
    {A("our policy"),
     "It is our. Policy says. Our\npolicy. our? policy! our; policy",
     {"                        ^^^^^^^^^^               ^^^^^^^^^^^"}},
    {A("our policy"),
     "our\n\npolicy. Our \xE2\x80\x94 policy. Our... policy. Our.policy",
     {"             ^^^^^^^^^^^^  ^^^^^^^^^^^^^"}},
    {A("^ policy"), "our policy\n\npolicy\n- policy\npolicy", {"            ^^^^^^   ^^^^^^"}},
    {A("policy $"), "policy of\npolicy\n\npolicy: now", {"          ^^^^^^"}},
};

static const match_case contractions[] = {
    {A("do not know, i can"),
     "I don't know. I dont know. I can't. I can",
     {"  ^^^^^^^^^^    ^^^^^^^^^           ^^^^^"}},
    {A("am") B("i"), "I'm", {"^^^", "^^^"}},
    {A("would have said"), "I'd have said, he'd have said", {"^^^^^^^^^^^^^  ^^^^^^^^^^^^^^"}},
    {A("we can") B("we can not"), "we can't", {NULL, "^^^^^^^^"}},
    {A("can") B("not"), "cannot", {NULL, "^^^^^^"}},
    {A("(we can)? (not)? refund"), "we can't refund", {"^^^^^^^^^^^^^^^"}},
    {A("i will") B("ill"), "I'll, ill, Ill", {"^^^^  ^^^  ^^^", "^^^^  ^^^  ^^^"}},
    {A("were") B("we are"), "were, we're, we are", {"^^^^  ^^^^^  ^^^^^^", "^^^^  ^^^^^  ^^^^^^"}},
    {A("^ are") B("^ we are"), "we're. Are. we are", {"       ^^^", "^^^^^       ^^^^^^"}},
    {A("_ not"), "cannot, is not", {"^^^^^^  ^^^^^^"}},
    {A("a ...1 refund"), "a can't refund, a thing's refund", {"                ^^^^^^^^^^^^^^^^"}},
};

static void check_case(const match_case *given) {
    char pack[2048];
    snprintf(pack, sizeof pack, "categories:\n%s", given->pack);
    cxm_lexicon *lexicon = new_lexicon(pack);
    mined self = mine_text(lexicon, CXM_ROLE_UNKNOWN, given->text);
    for (size_t i = 0; i < cxm_lexicon_category_count(lexicon); i++) {
        char name[] = {'t', '.', (char)('a' + i), '\0'};
        assert_hits(&self, lexicon, name, given->carets[i]);
    }
    mined_free(&self);
    cxm_lexicon_free(lexicon);
}

typedef struct match_table {
    const match_case *cases;
    size_t count;
} match_table;

static const match_table tables[] = {
    {leftmost_longest, COUNT(leftmost_longest)},
    {independence, COUNT(independence)},
    {unless, COUNT(unless)},
    {negation, COUNT(negation)},
    {noise, COUNT(noise)},
    {sentences, COUNT(sentences)},
    {contractions, COUNT(contractions)},
};

enum { MOST_ROWS = 32 };

/* One loop over all tables: MOST_ROWS numbers for each. */
START_TEST(holds) {
    const match_table *table = &tables[_i / MOST_ROWS];
    size_t row = (size_t)_i % MOST_ROWS;
    ck_assert_uint_le(table->count, MOST_ROWS);
    if (row < table->count)
        check_case(&table->cases[row]);
}
END_TEST

/* ---- Who speaks ---- */

typedef struct view_case {
    cxm_role role;
    const char *found; /* the categories found: a(gent), c(ustomer), n (any) */
} view_case;

static const view_case view_cases[] = {
    {CXM_ROLE_AGENT, "a n"}, {CXM_ROLE_CUSTOMER, "c n"}, {CXM_ROLE_UNKNOWN, "a c n"},
    {CXM_ROLE_OTHER, "n"},   {CXM_ROLE_BOT, "n"},
};

static const char view_pack[] = "categories:\n"
                                "  t.a:\n    speaker: agent\n    phrases: [sorry]\n"
                                "    unless: [not sorry]\n"
                                "  t.c:\n    speaker: customer\n    phrases: [sorry]\n"
                                "    negation: drop\n"
                                "  t.n:\n    phrases: [sorry]\n";

static void write_found(const cxm_lexicon *lexicon, const cxm_result *result, uint32_t turn,
                        char out[64]) {
    size_t len = 0;
    out[0] = '\0';
    for (size_t i = 0; i < result->hit_count; i++)
        if (result->hits[i].turn == turn) {
            char letter = cxm_lexicon_category(lexicon, result->hits[i].category)->name.ptr[2];
            len += (size_t)snprintf(out + len, 64 - len, "%s%c", len ? " " : "", letter);
        }
}

START_TEST(speakers_by_role) {
    const view_case *given = &view_cases[_i];
    char found[64];
    cxm_lexicon *lexicon = new_lexicon(view_pack);
    mined self = mine_text(lexicon, given->role, "I am sorry. I am really not sorry.");
    ck_assert_int_eq(self.result->roles[0], given->role);
    ck_assert_uint_eq(self.result->role_words[given->role], 8);
    write_found(lexicon, self.result, 0, found);
    char expected[64];
    snprintf(expected, sizeof expected, "%s n", given->found);
    ck_assert_str_eq(found, expected);
    mined_free(&self);
    cxm_lexicon_free(lexicon);
}
END_TEST

static void add_turn(cxm_transcript_builder *builder, const char *speaker, cxm_role role,
                     const char *text) {
    cxm_turn turn = {.speaker = cxm_str_from(speaker),
                     .role = role,
                     .text = cxm_str_from(text),
                     .start = CXM_TIME_UNKNOWN,
                     .end = CXM_TIME_UNKNOWN};
    ck_assert_int_eq(cxm_transcript_builder_add_turn(builder, &turn, NULL), CXM_OK);
}

/* The role that a turn has wins over the label of its speaker. */
START_TEST(speakers_by_label) {
    static const struct {
        const char *speaker;
        cxm_role role;
        cxm_role found;
    } turns[] = {
        {"Agent", CXM_ROLE_UNKNOWN, CXM_ROLE_AGENT},
        {"CALLER 2", CXM_ROLE_UNKNOWN, CXM_ROLE_CUSTOMER},
        {"Dana (Rep)", CXM_ROLE_UNKNOWN, CXM_ROLE_AGENT},
        {"Dana", CXM_ROLE_UNKNOWN, CXM_ROLE_UNKNOWN},
        {"", CXM_ROLE_UNKNOWN, CXM_ROLE_UNKNOWN},
        {"Bot", CXM_ROLE_UNKNOWN, CXM_ROLE_BOT},
        {"Agent", CXM_ROLE_CUSTOMER, CXM_ROLE_CUSTOMER},
        {"Dana", CXM_ROLE_AGENT, CXM_ROLE_AGENT},
    };
    cxm_transcript_builder *builder;
    cxm_transcript *transcript;
    cxm_lexicon *lexicon = new_lexicon(view_pack);
    cxm_miner *miner = new_miner(lexicon);
    ck_assert_int_eq(cxm_transcript_builder_new(NULL, &builder, NULL), CXM_OK);
    for (size_t i = 0; i < COUNT(turns); i++)
        add_turn(builder, turns[i].speaker, turns[i].role, "Sorry.");
    ck_assert_int_eq(cxm_transcript_builder_finish(builder, &transcript, NULL), CXM_OK);
    const cxm_result *result = mine(miner, transcript);
    ck_assert_uint_eq(result->turn_count, COUNT(turns));
    for (size_t i = 0; i < COUNT(turns); i++) {
        char found[64];
        write_found(lexicon, result, (uint32_t)i, found);
        ck_assert_int_eq(result->roles[i], turns[i].found);
        for (size_t k = 0; k < COUNT(view_cases); k++)
            if (view_cases[k].role == turns[i].found)
                ck_assert_str_eq(found, view_cases[k].found);
    }
    cxm_transcript_free(transcript);
    cxm_miner_free(miner);
    cxm_lexicon_free(lexicon);
}
END_TEST

/* ---- The order of hits, their phrases, their times ---- */

static const char order_pack[] = "categories:\n"
                                 "  z.z:\n    phrases: [a b c, d]\n"
                                 "  a.a:\n    phrases: [b c, a b]\n"
                                 "  m.m:\n    phrases: [b, a b c]\n";

typedef struct place {
    uint32_t category; /* by name: a.a, m.m, z.z */
    size_t start;
    size_t end;
} place;

START_TEST(order) {
    static const place places[] = {{1, 0, 5}, {2, 0, 5},   {0, 0, 3},
                                   {2, 6, 7}, {0, 10, 13}, {1, 10, 11}};
    cxm_lexicon *lexicon = new_lexicon(order_pack);
    mined self = mine_text(lexicon, CXM_ROLE_UNKNOWN, "a b c d   b c");
    ck_assert_uint_eq(self.result->hit_count, COUNT(places));
    for (size_t i = 0; i < COUNT(places); i++) {
        const cxm_hit *hit = &self.result->hits[i];
        ck_assert_uint_eq(hit->category, places[i].category);
        ck_assert_uint_eq(hit->start, places[i].start);
        ck_assert_uint_eq(hit->end, places[i].end);
    }
    mined_free(&self);
    cxm_lexicon_free(lexicon);
}
END_TEST

/* Of phrases that match the same words the first of the pack is told; of others the longest. */
START_TEST(phrases_of_hits) {
    static const struct {
        const char *text;
        const char *phrase;
    } given[] = {
        {"our policy", "our policy"},
        {"the policy", "_ policy"},
        {"our policy on", "policy~ on"},
        {"x policy on", "policy~ on"},
    };
    cxm_lexicon *lexicon =
        new_lexicon("categories:\n  t.a:\n    phrases: [our policy, our policy~, _ policy, "
                    "'(our|x) policy~ on']\n");
    for (size_t i = 0; i < COUNT(given); i++) {
        mined self = mine_text(lexicon, CXM_ROLE_UNKNOWN, given[i].text);
        ck_assert_uint_eq(self.result->hit_count, 1);
        const cxm_phrase *phrase = cxm_lexicon_phrase(lexicon, self.result->hits[0].phrase);
        ck_assert_msg(strstr(phrase->text.ptr, given[i].phrase), "%s: %s", given[i].text,
                      phrase->text.ptr);
        ck_assert(cxm_str_is(phrase->file, "test.yaml"));
        mined_free(&self);
    }
    cxm_lexicon_free(lexicon);
}
END_TEST

/* What drops hits of one of many categories drops no other's, however many a sentence has. */
START_TEST(many_categories) {
    enum { CATEGORIES = 200, WORDS = 40, PACK_BYTES = 1 << 14, TEXT_BYTES = 1 << 10 };
    static char pack[PACK_BYTES];
    static char text[TEXT_BYTES];
    size_t pack_len = (size_t)snprintf(pack, PACK_BYTES, "categories:\n");
    size_t text_len = 0;
    for (int i = 0; i < CATEGORIES; i++)
        pack_len +=
            (size_t)snprintf(pack + pack_len, PACK_BYTES - pack_len,
                             "  t.c%d:\n    phrases: [word]\n    unless: [x%d word]\n", i, i);
    for (int i = 0; i < WORDS; i++)
        text_len += (size_t)snprintf(text + text_len, TEXT_BYTES - text_len, "x%d word ", i * 3);
    cxm_lexicon *lexicon = new_lexicon(pack);
    mined self = mine_text(lexicon, CXM_ROLE_UNKNOWN, text);
    ck_assert_uint_eq(self.result->hit_count, WORDS * (CATEGORIES - 1));
    mined_free(&self);
    cxm_lexicon_free(lexicon);
}
END_TEST

/* A phrase is found by its rarest word, however far behind its first one that stands. */
START_TEST(far_pieces) {
    enum { GAPS = 12, GAP = 20, TEXT_BYTES = 1 << 12 };
    static char text[TEXT_BYTES];
    char phrase[256] = "";
    size_t phrase_len = 0;
    size_t len = 0;
    for (int i = 0; i < GAPS; i++) {
        phrase_len +=
            (size_t)snprintf(phrase + phrase_len, sizeof phrase - phrase_len, "a ...%d ", GAP);
        len += (size_t)snprintf(text + len, TEXT_BYTES - len, "a ");
        for (int k = 0; k < GAP; k++)
            len += (size_t)snprintf(text + len, TEXT_BYTES - len, "x%dy%d ", i, k);
    }
    snprintf(phrase + phrase_len, sizeof phrase - phrase_len, "a a a xylophone");
    snprintf(text + len, TEXT_BYTES - len, "a a a xylophone");
    cxm_lexicon *lexicon = new_phrase_lexicon(phrase);
    mined self = mine_text(lexicon, CXM_ROLE_UNKNOWN, text);
    ck_assert_uint_eq(self.result->hit_count, 1);
    ck_assert_uint_eq(self.result->hits[0].start, 0);
    ck_assert_uint_eq(self.result->hits[0].end, strlen(text));
    mined_free(&self);
    cxm_lexicon_free(lexicon);
}
END_TEST

START_TEST(times) {
    static const cxm_time_mark marks[] = {{6, 10}, {12, 20}, {13, 21}};
    static const double expected[] = {5, 10, 21, 21};
    cxm_turn turn = {.text = CXM_STR("sorry sorry. sorry sorry"),
                     .start = 5,
                     .end = CXM_TIME_UNKNOWN,
                     .marks = marks,
                     .mark_count = COUNT(marks)};
    cxm_transcript_builder *builder;
    cxm_transcript *transcript;
    cxm_lexicon *lexicon = new_phrase_lexicon("sorry");
    cxm_miner *miner = new_miner(lexicon);
    ck_assert_int_eq(cxm_transcript_builder_new(NULL, &builder, NULL), CXM_OK);
    ck_assert_int_eq(cxm_transcript_builder_add_turn(builder, &turn, NULL), CXM_OK);
    turn.start = CXM_TIME_UNKNOWN;
    ck_assert_int_eq(cxm_transcript_builder_add_turn(builder, &turn, NULL), CXM_OK);
    ck_assert_int_eq(cxm_transcript_builder_finish(builder, &transcript, NULL), CXM_OK);
    const cxm_result *result = mine(miner, transcript);
    ck_assert_uint_eq(result->hit_count, 2 * COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++)
        ck_assert_double_eq(result->hits[i].time, expected[i]);
    ck_assert_double_eq(result->hits[COUNT(expected)].time, CXM_TIME_UNKNOWN);
    cxm_transcript_free(transcript);
    cxm_miner_free(miner);
    cxm_lexicon_free(lexicon);
}
END_TEST

START_TEST(words_are_counted) {
    static const struct {
        const char *text;
        size_t words;
    } given[] = {
        {"", 0},
        {"  ... ?! \xE2\x80\x94 ___ _", 0},
        {"one", 1},
        {"I can't, you know: [inaudible] uh so- sorry", 7},
        {"(laughs loudly) no", 1},
        {"1,000 \xF0\x9F\x98\x80 a_b 9", 4},
    };
    cxm_lexicon *lexicon = new_phrase_lexicon("sorry");
    for (size_t i = 0; i < COUNT(given); i++) {
        mined self = mine_text(lexicon, CXM_ROLE_BOT, given[i].text);
        ck_assert_msg(self.result->word_count == given[i].words, "%s: %zu words", given[i].text,
                      self.result->word_count);
        ck_assert_uint_eq(self.result->role_words[CXM_ROLE_BOT], given[i].words);
        mined_free(&self);
    }
    cxm_lexicon_free(lexicon);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("match");
    TCase *cases = tcase_create("match");
    tcase_set_timeout(cases, 20);
    tcase_add_loop_test(cases, holds, 0, COUNT(tables) * MOST_ROWS);
    tcase_add_loop_test(cases, speakers_by_role, 0, COUNT(view_cases));
    tcase_add_test(cases, speakers_by_label);
    tcase_add_test(cases, order);
    tcase_add_test(cases, phrases_of_hits);
    tcase_add_test(cases, many_categories);
    tcase_add_test(cases, far_pieces);
    tcase_add_test(cases, times);
    tcase_add_test(cases, words_are_counted);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
