/* SPDX-License-Identifier: MIT */
/*
 * Time guards: texts and lexicons that are as bad as can be take time linear in their size. Each
 * is measured at two sizes, the second eight times the first: quadratic time shows as 64.
 */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

enum { SMALL = 32 << 10, TIMES = 8, FACTOR = 20 };

/* What the larger size may take: far more than any does, far less than what is quadratic. */
#define MOST_SECONDS 2.0

/* Less than this says nothing about growth. */
#define LEAST_SECONDS 0.05

/* ---- Texts ---- */

static const char many_phrases[] =
    "categories:\n"
    "  t.a:\n    phrases: [i ... sorry, 'a (b|c) ... d', '_ x', 'sorry $', '^ i', 'a ...20 b']\n"
    "    unless: [not i, i not, 'sorry (_)? i']\n    negation: drop\n"
    "  t.b:\n    phrases: ['i (x=...8) sorry', 'a (x=<rest>)', '/^[a-z]$/', i*, sorry~, our "
    "policy]\n"
    "  t.c:\n    phrases: [{phrase: i, unless: [i i, sorry i]}, '(a)? (b)? (c)? d e']\n";

static const char *const texts[] = {
    "a",
    "i ",
    "i i ",
    "sorry ",
    "a b ",
    "a b c d e ",
    "i not sorry ",
    "not ",
    "not i ",
    "x y z ",
    "i. ",
    "ok. and ",
    ". ",
    "? ",
    "! ",
    ".",
    "?",
    "... ",
    "so... ",
    "a? ",
    "mr. ",
    "a.",
    "A.",
    "aa.Bb",
    "1.",
    "1,",
    "a'",
    "'",
    "a:",
    "(",
    "[",
    "<",
    "( a ",
    "[laughs ",
    "[laughs] ",
    "(a (b ",
    ")",
    "-",
    "a- ",
    "a-",
    "- ",
    "\n",
    "\n ",
    "a\n",
    "a\n\n",
    "\n- a",
    "\r\n",
    "\r",
    "\t",
    " ",
    "_",
    "_ ",
    "a_",
    "uh ",
    "uh, i ",
    "you know ",
    "i you know ",
    "you ",
    "let me ",
    "let me see ",
    "é",
    "é ",
    "a\xCC\x81",
    "\xCC\x81",
    "a\xE2\x80\x8D",
    "\xE2\x80\x8D",
    "\xF0\x9F\x91\xA9\xE2\x80\x8D",
    "\xF0\x9F\x87\xA9",
    "。",
    "。a",
    "a。",
    "日",
    "ア",
    "א\"",
    "\xEF\xB7\xBA",
    "\xEF\xB7\xBA ",
    "…",
    "… ",
    "“",
    "“a” ",
    "can't ",
    "i'm ",
    "it's ",
    "'s ",
    "x's ",
    "http://a.b/c?d=e&f ",
    "a b c d f ",
    "a x b ",
    "i'm sorry, you know, i'm so sorry ",
    "\".\" ",
    ".) ",
    "etc. ",
};

static double seconds_to_mine(const cxm_lexicon *lexicon, cxm_str text) {
    cxm_transcript *transcript = new_transcript(CXM_ROLE_UNKNOWN, text);
    cxm_miner *miner = new_miner(lexicon);
    double start = seconds_taken();
    mine(miner, transcript);
    double taken = seconds_taken() - start;
    cxm_miner_free(miner);
    cxm_transcript_free(transcript);
    return taken;
}

static double seconds_for(const cxm_lexicon *lexicon, const char *piece, size_t bytes) {
    size_t len;
    char *text = repeat(piece, bytes / strlen(piece), &len);
    double taken = seconds_to_mine(lexicon, (cxm_str){text, len});
    free(text);
    return taken;
}

/* Measures the small text first, so that what is quadratic fails before it takes for ever. */
static void assert_linear(const cxm_lexicon *lexicon, const char *piece) {
    double small = seconds_for(lexicon, piece, SMALL);
    ck_assert_msg(small < slow_seconds(MOST_SECONDS / TIMES), "32 kB of '%s' take %.2f s", piece,
                  small);
    double large = seconds_for(lexicon, piece, SMALL * TIMES);
    /* What else the machine does may come in between once or twice, not every time. */
    for (int again = 0; again < 4 && large >= LEAST_SECONDS && large >= FACTOR * small; again++) {
        small = seconds_for(lexicon, piece, SMALL);
        large = seconds_for(lexicon, piece, SMALL * TIMES);
    }
    ck_assert_msg(large < slow_seconds(MOST_SECONDS), "256 kB of '%s' take %.2f s", piece, large);
    ck_assert_msg(large < LEAST_SECONDS || large < FACTOR * small,
                  "256 kB of '%s' take %.3f s, an eighth of it %.3f s", piece, large, small);
}

START_TEST(texts_of_all_sorts) {
    cxm_lexicon *lexicon = new_lexicon(many_phrases);
    assert_linear(lexicon, texts[_i]);
    cxm_lexicon_free(lexicon);
}
END_TEST

START_TEST(megabytes) {
    static const char *const pieces[] = {"a", "i i ", "(", "i sorry ", ". ", "ok. and ", "uh "};
    cxm_lexicon *lexicon = new_lexicon(many_phrases);
    double taken = seconds_for(lexicon, pieces[_i], 1 << 20);
    ck_assert_msg(taken < slow_seconds(5), "1 MB of '%s' takes %.2f s", pieces[_i], taken);
    cxm_lexicon_free(lexicon);
}
END_TEST

/* One word of a megabyte, in front of others, and texts without a blank. */
START_TEST(long_words) {
    cxm_lexicon *lexicon = new_lexicon(many_phrases);
    size_t len;
    char *text = repeat("a", 1 << 20, &len);
    memcpy(text + len / 2, " i am sorry ", 12);
    ck_assert_double_lt(seconds_to_mine(lexicon, (cxm_str){text, len}), slow_seconds(1));
    free(text);
    cxm_lexicon_free(lexicon);
}
END_TEST

/* All words differ. */
START_TEST(many_words) {
    enum { WORDS = 200000, ROOM = 12 };
    cxm_lexicon *lexicon = new_lexicon(many_phrases);
    char *text = malloc(WORDS * ROOM);
    size_t len = 0;
    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < WORDS; i++)
        len += (size_t)snprintf(text + len, ROOM, "w%zx ", i * 2654435761U % 0xFFFFFFF);
    ck_assert_double_lt(seconds_to_mine(lexicon, (cxm_str){text, len}), slow_seconds(MOST_SECONDS));
    free(text);
    cxm_lexicon_free(lexicon);
}
END_TEST

/* A turn with a mark of time at each word, and a hit at each word. */
START_TEST(many_time_marks) {
    enum { MARKS = 100000 };
    cxm_lexicon *lexicon = new_phrase_lexicon("a");
    cxm_time_mark *marks = calloc(MARKS, sizeof *marks);
    size_t len;
    char *text = repeat("a ", MARKS, &len);
    cxm_transcript_builder *builder;
    cxm_transcript *transcript;
    cxm_miner *miner = new_miner(lexicon);
    for (size_t i = 0; i < MARKS; i++)
        marks[i] = (cxm_time_mark){i * 2, (double)i};
    cxm_turn turn = {
        .text = {text, len}, .start = 0, .end = 1, .marks = marks, .mark_count = MARKS};
    ck_assert_int_eq(cxm_transcript_builder_new(NULL, &builder, NULL), CXM_OK);
    ck_assert_int_eq(cxm_transcript_builder_add_turn(builder, &turn, NULL), CXM_OK);
    ck_assert_int_eq(cxm_transcript_builder_finish(builder, &transcript, NULL), CXM_OK);
    double start = seconds_taken();
    const cxm_result *result = mine(miner, transcript);
    ck_assert_double_lt(seconds_taken() - start, slow_seconds(1));
    ck_assert_uint_eq(result->hit_count, MARKS);
    ck_assert_double_eq(result->hits[MARKS - 1].time, MARKS - 1);
    cxm_transcript_free(transcript);
    cxm_miner_free(miner);
    cxm_lexicon_free(lexicon);
    free(marks);
    free(text);
}
END_TEST

/* ---- Lexicons ---- */

/* Lines of a pack, each with its number in the place of "#". To be freed. */
static char *numbered(const char *first, const char *line, size_t count) {
    size_t room = strlen(first) + count * (strlen(line) + 64) + 1;
    char *pack = malloc(room);
    ck_assert_ptr_nonnull(pack);
    size_t len = (size_t)snprintf(pack, room, "%s", first);
    for (size_t i = 0; i < count; i++)
        for (const char *c = line; *c; c++)
            len += (size_t)(*c == '#' ? snprintf(pack + len, room - len, "%zu", i)
                                      : snprintf(pack + len, room - len, "%c", *c));
    return pack;
}

typedef struct lexicon_case {
    const char *name;
    const char *first; /* of the pack */
    const char *line;  /* as often as the size says */
    size_t small;      /* lines; eight times as many are tried, too */
    const char *piece; /* of the text */
} lexicon_case;

#define PHRASES "categories:\n  t.t:\n    phrases:\n"

static const lexicon_case lexicon_cases[] = {
    {"literals", PHRASES, "      - i w# x\n", 1000, "i w7 x "},
    {"phrases with one beginning", PHRASES, "      - a b c d e f w#\n", 500, "a b c d e f w7 "},
    {"gaps", PHRASES, "      - a ...20 w#\n", 100, "a b c w7 "},
    {"gaps behind each other", PHRASES, "      - a ...20 b ...20 c ...20 w#\n", 20,
     "a b c a b c d "},
    {"any word first", PHRASES, "      - _ w#\n", 500, "a b w7 "},
    {"optional words", PHRASES, "      - (a)? (b)? (c)? (d)? (e)? (f)? (g)? w#\n", 100,
     "a b c d e f g w7 "},
    {"prefixes", PHRASES, "      - a#*\n", 1000, "a1 a12 a123 a1234 "},
    {"stems", PHRASES, "      - running# state~ w#\n", 500, "running1 stated w1 "},
    {"regular expressions", PHRASES, "      - /^x#+$/\n", 100, "a b x1 x11 "},
    {"words that are not meant", PHRASES, "      - /^(?!(a|b|x#)$)/ w\n", 500, "a w b w "},
    {"unless", PHRASES "      - a\n    unless:\n", "      - a ...20 w#\n", 100, "a b a w7 "},
    {"unless at each word", PHRASES "      - i ... j\n    unless:\n", "      - z w#\n", 500,
     "i i j z w7 "},
    {"captures", PHRASES, "      - a (x=...20) w#\n", 50, "a b c d e w7 "},
    {"categories", "categories:\n", "  t.c#: {phrases: [w#, a w#]}\n", 500, "a w7 b w8 "},
    {"sets", "  big:\n    - a\ncategories:\n  t.t:\n    phrases:\n", "      - <we> w# <nice>\n",
     500, "we w7 very nice "},
    {"negation", "categories:\n  t.t:\n    negation: drop\n    phrases:\n", "      - w#\n", 500,
     "not uh w7 never w8 "},
    {"fillers", "categories:\n  t.t:\n    phrases:\n", "      - a b w#\n", 100,
     "a you know b you know w7 "},
};

static double seconds_to_compile(const char *pack, cxm_lexicon **lexicon) {
    double start = seconds_taken();
    *lexicon = new_lexicon(pack);
    return seconds_taken() - start;
}

START_TEST(lexicons_of_all_sorts) {
    const lexicon_case *given = &lexicon_cases[_i];
    double compiled[2];
    double took[2];
    for (int i = 0; i < 2; i++) {
        cxm_lexicon *lexicon;
        char *pack = numbered(given->first, given->line, given->small * (i ? TIMES : 1));
        compiled[i] = seconds_to_compile(pack, &lexicon);
        took[i] = seconds_for(lexicon, given->piece, SMALL);
        ck_assert_msg(compiled[i] < slow_seconds(MOST_SECONDS), "%s: compiling takes %.2f s",
                      given->name, compiled[i]);
        ck_assert_msg(took[i] < slow_seconds(MOST_SECONDS), "%s: mining 32 kB takes %.2f s",
                      given->name, took[i]);
        cxm_lexicon_free(lexicon);
        free(pack);
    }
    ck_assert_msg(compiled[1] < LEAST_SECONDS || compiled[1] < FACTOR * compiled[0],
                  "%s: compiling takes %.3f s, an eighth of it %.3f s", given->name, compiled[1],
                  compiled[0]);
    ck_assert_msg(took[1] < LEAST_SECONDS || took[1] < FACTOR * took[0],
                  "%s: mining takes %.3f s, with an eighth of the phrases %.3f s", given->name,
                  took[1], took[0]);
}
END_TEST

/* Sets that use sets that use sets: written out there are 8 to the power of 15 of them. They are
 * compiled, or refused, at once. */
START_TEST(sets_of_sets) {
    char pack[4096] = "  s0: [w1, w2 w3]\n";
    size_t len = strlen(pack);
    for (int i = 1; i < 16; i++) {
        len += (size_t)snprintf(pack + len, sizeof pack - len, "  s%d: [<s%d>", i, i - 1);
        for (int k = 0; k < 7; k++)
            len += (size_t)snprintf(pack + len, sizeof pack - len, ", <s%d>", i - 1);
        len += (size_t)snprintf(pack + len, sizeof pack - len, "]\n");
    }
    snprintf(pack + len, sizeof pack - len, "categories:\n  t.t:\n    phrases: [a <s15> b]\n");
    size_t bytes = strlen(test_language) + strlen(pack) + 1;
    char *whole = malloc(bytes);
    snprintf(whole, bytes, "%s%s", test_language, pack);
    cxm_lexicon_builder *builder;
    cxm_lexicon *lexicon;
    double start = seconds_taken();
    ck_assert_int_eq(cxm_lexicon_builder_new(NULL, &builder, NULL), CXM_OK);
    ck_assert_int_eq(
        cxm_lexicon_builder_add_bytes(builder, CXM_STR("p.yaml"), cxm_str_from(whole), NULL),
        CXM_OK);
    cxm_status status = cxm_lexicon_builder_build(builder, &lexicon, NULL);
    ck_assert(status == CXM_OK || status == CXM_E_LIMIT);
    ck_assert_double_lt(seconds_taken() - start, slow_seconds(1));
    cxm_lexicon_free(lexicon);
    cxm_lexicon_builder_free(builder);
    free(whole);
}
END_TEST

/* ---- Memory that is short ---- */

/* A miner with little memory is slower, but not by orders: its cache is forgotten when it is full,
 * not at each step. */
START_TEST(small_caches) {
    static const size_t bounds[] = {256 << 10, 512 << 10, 1 << 20, 4 << 20};
    char *pack = numbered(PHRASES, "      - a ...4 w# x ...4 y#\n", 2000);
    cxm_lexicon *lexicon = new_lexicon(pack);
    uint64_t seed = 5;
    size_t len = 0;
    char *text = malloc(1 << 20);
    ck_assert_ptr_nonnull(text);
    while (len < (1 << 20) - 32) {
        static const char *const words[] = {"a", "x", "w", "y", "b", "c"};
        const char *word = words[random_below(&seed, COUNT(words))];
        len += (size_t)snprintf(text + len, 32, "%s%u ", word,
                                strchr("wy", *word) ? random_below(&seed, 2000) : 0);
    }
    cxm_transcript *transcript = new_transcript(CXM_ROLE_UNKNOWN, (cxm_str){text, len});
    for (size_t i = 0; i < COUNT(bounds); i++) {
        cxm_miner_options options = CXM_MINER_OPTIONS_INIT;
        cxm_miner *miner;
        options.cache_bytes = bounds[i];
        ck_assert_int_eq(cxm_miner_new(lexicon, &options, &miner, NULL), CXM_OK);
        double start = seconds_taken();
        mine(miner, transcript);
        double taken = seconds_taken() - start;
        ck_assert_msg(taken < slow_seconds(MOST_SECONDS), "1 MB with a cache of %zu kB: %.2f s",
                      bounds[i] >> 10, taken);
        cxm_miner_free(miner);
    }
    cxm_transcript_free(transcript);
    cxm_lexicon_free(lexicon);
    free(text);
    free(pack);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("time");
    TCase *cases = tcase_create("time");
    tcase_set_timeout(cases, 30);
    tcase_add_loop_test(cases, texts_of_all_sorts, 0, COUNT(texts));
    tcase_add_loop_test(cases, megabytes, 0, 7);
    tcase_add_test(cases, long_words);
    tcase_add_test(cases, many_words);
    tcase_add_test(cases, many_time_marks);
    tcase_add_loop_test(cases, lexicons_of_all_sorts, 0, COUNT(lexicon_cases));
    tcase_add_test(cases, sets_of_sets);
    tcase_add_test(cases, small_caches);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
