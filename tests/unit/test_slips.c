/* SPDX-License-Identifier: MIT */
/* Words that are not written as the pack has them: typing slips, and words that were glued. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

/* Sorted; the digits say how frequent they are. */
static const char known_words[] =
    "about\t5\napologize\t5\ncustomer\t5\nexperience\t5\nfrustrating\t5\ni\t5\n"
    "is\t5\nit\t5\nlike\t5\npolicies\t5\npolicy\t5\nretuned\t5\nreturned\t5\n"
    "sorry\t5\nthe\t5\nunderstand\t5\nyou\t5\n";

typedef struct slip_case {
    const char *phrase;
    const char *text;
    const char *carets;
    bool slip; /* whether the hit says so */
} slip_case;

static const slip_case slip_cases[] = {
    {"frustrating", "how frustating", "    ^^^^^^^^^^", true},     /* one left out */
    {"frustrating", "how frustratting", "    ^^^^^^^^^^^^", true}, /* one too many */
    {"frustrating", "how frustreting", "    ^^^^^^^^^^^", true},   /* one wrong */
    {"frustrating", "how frutsrating", "    ^^^^^^^^^^^", true},   /* two swapped */
    {"frustrating", "how FRUSTATING", "    ^^^^^^^^^^", true},
    {"frustrating", "how frustrating", "    ^^^^^^^^^^^", false},
    {"frustrating", "how frustatin", NULL, false},   /* two edits */
    {"frustrating", "how frustrat1ng", NULL, false}, /* not letters only */
    {"apologize", "I appologize", "  ^^^^^^^^^^", true},
    {"apologise", "I appologize", "  ^^^^^^^^^^", true},
    {"apologize", "I appologise", "  ^^^^^^^^^^", true},
    {"apologize~", "I appologize", "  ^^^^^^^^^^", true},
    {"policy", "our polcy", NULL, false}, /* shorter than seven letters */
    {"policies", "our polices", "    ^^^^^^^", true},
    {"policy~", "our polices", "    ^^^^^^^", true},
    {"polic*", "our poilcies", "    ^^^^^^^^", true},
    {"returned", "I retuned it", NULL, false}, /* a word itself */
    {"returned", "I retrned it", "  ^^^^^^^", true},
    {"(returned|retuned)", "I retrned it", NULL, false}, /* two words it may be */
    {"(returned|retuned)", "I returnd it", "  ^^^^^^^", true},
    {"understand", "I undrestand it", "  ^^^^^^^^^^", true},
    {"i understand it", "I undrestand it", "^^^^^^^^^^^^^^^", true},
    {"it", "I undrestand it", "             ^^", false},
};

static mined mine_with_words(const slip_case *given, bool off, cxm_lexicon **lexicon) {
    char pack[256] = "categories:\n  t.t:\n    phrases:\n      - ";
    cxm_miner_options options = CXM_MINER_OPTIONS_INIT;
    options.no_typing_slips = off;
    options.no_glued_words = off;
    add_quoted(pack, sizeof pack, given->phrase);
    *lexicon = new_lexicon_by(NULL, pack, known_words);
    mined self = {.transcript = new_transcript(CXM_ROLE_UNKNOWN, cxm_str_from(given->text))};
    ck_assert_int_eq(cxm_miner_new(*lexicon, &options, &self.miner, NULL), CXM_OK);
    self.result = mine(self.miner, self.transcript);
    return self;
}

START_TEST(typing_slips) {
    const slip_case *given = &slip_cases[_i];
    cxm_lexicon *lexicon;
    mined self = mine_with_words(given, false, &lexicon);
    assert_hits(&self, lexicon, "t.t", given->carets);
    for (size_t i = 0; i < self.result->hit_count; i++)
        ck_assert_int_eq(self.result->hits[i].typing_slip, given->slip);
    mined_free(&self);
    cxm_lexicon_free(lexicon);
}
END_TEST

START_TEST(no_typing_slips) {
    const slip_case *given = &slip_cases[_i];
    cxm_lexicon *lexicon;
    mined self = mine_with_words(given, true, &lexicon);
    assert_hits(&self, lexicon, "t.t", given->slip ? NULL : given->carets);
    mined_free(&self);
    cxm_lexicon_free(lexicon);
}
END_TEST

/* Without a word list no word can be said to be none. */
START_TEST(no_slips_without_words) {
    cxm_lexicon *lexicon = new_phrase_lexicon("frustrating");
    mined self = mine_text(lexicon, CXM_ROLE_UNKNOWN, "how frustating likeI");
    ck_assert_uint_eq(self.result->hit_count, 0);
    ck_assert_uint_eq(self.result->word_count, 3);
    mined_free(&self);
    cxm_lexicon_free(lexicon);
}
END_TEST

static const slip_case glue_cases[] = {
    {"i like it", "I likeit", "^^^^^^^^", false}, /* two very frequent words */
    {"like i", "likeI", "^^^^^", false},
    {"i", "likeI", "    ^", false},
    {"like", "likeI", "^^^^", false},
    {"i am", "like I'm, likeI'm", "     ^^^      ^^^", false},
    {"about (customer|policy)", "aboutCustomer aboutPOLICY", "^^^^^^^^^^^^^ ^^^^^^^^^^^", false},
    {"like", "likeXyzzy", NULL, false}, /* the second is no word */
    {"like", "LikeI", NULL, false},
    {"i", "iLike", NULL, false}, /* too short a first part */
};

START_TEST(glued_words) {
    const slip_case *given = &glue_cases[_i];
    cxm_lexicon *lexicon;
    mined self = mine_with_words(given, false, &lexicon);
    assert_hits(&self, lexicon, "t.t", given->carets);
    mined_free(&self);
    cxm_lexicon_free(lexicon);
    self = mine_with_words(given, true, &lexicon);
    if (given->carets && !strchr(given->text, ' '))
        ck_assert_uint_eq(self.result->hit_count, 0);
    mined_free(&self);
    cxm_lexicon_free(lexicon);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("slips");
    TCase *cases = tcase_create("slips");
    tcase_set_timeout(cases, 20);
    tcase_add_loop_test(cases, typing_slips, 0, COUNT(slip_cases));
    tcase_add_loop_test(cases, no_typing_slips, 0, COUNT(slip_cases));
    tcase_add_test(cases, no_slips_without_words);
    tcase_add_loop_test(cases, glued_words, 0, COUNT(glue_cases));
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
