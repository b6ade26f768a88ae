/* SPDX-License-Identifier: MIT */
/* What was taken out of a text: no phrase runs across the mark for it, and it is no word. */
#include "text/redaction.h"

#include "lexicon/lexicon.h"
#include "support.h"

#include <stdio.h>

static const char data[] = "redactions: [xxxx, name, person, phone, number, prs, org, pii]\n";

static cxm_lexicon *new_lexicon_of(const char *phrase) {
    char pack[512];
    snprintf(pack, sizeof pack, "%scategories:\n  t.t:\n    phrases:\n      - ", data);
    add_quoted(pack, sizeof pack, phrase);
    return new_lexicon(pack);
}

/* ---- Marks ---- */

static const struct {
    const char *text;
    size_t len; /* of the mark at its start; 0: it is none */
} marks[] = {
    {"[NAME] x", 6},
    {"[name]", 6},
    {"[Phone Number]", 14},
    {"[PHONE_NUMBER_1]", 16},
    {"[PERSON-12]", 11},
    {"<PERSON>", 8},
    {"{name}", 6},
    {"{{NAME}}", 8},
    {"(NAME)", 6},
    {"#PRS_ORG# x", 9},
    {"*** x", 3},
    {"#### x", 4},
    {"****1234 x", 8},
    {"[my name]", 0}, /* said */
    {"[]", 0},
    {"[12]", 0},
    {"[NAME", 0},
    {"[NAME\xC3\x89]", 0},
    {"<person>", 0}, /* as a tag of HTML */
    {"(name)", 0},   /* said, in brackets */
    {"{{NAME}", 0},
    {"#name", 0},
    {"#1", 0},
    {"**", 0},
    {"***bold***", 0},
    {"### Title", 0}, /* a heading at the start of a line */
};

START_TEST(marks_are_known_by_their_words) {
    cxm_lexicon *lexicon = new_lexicon_of("x");
    cxm_str text = cxm_str_from(marks[_i].text);
    /* "####" is no heading where it stands in a line. */
    char line[64] = "a ";
    bool run = text.len > 3 && text.ptr[0] == '#' && text.ptr[3] == '#';
    strcat(line, marks[_i].text);
    size_t len = run ? cxm_redaction_at(&lexicon->language, cxm_str_from(line), 2)
                     : cxm_redaction_at(&lexicon->language, text, 0);
    ck_assert_msg(len == marks[_i].len, "%s: %zu", marks[_i].text, len);
    cxm_lexicon_free(lexicon);
}
END_TEST

/* ---- Hits ---- */

static const struct {
    const char *phrase;
    const char *text;
    const char *carets;
} cases[] = {
    {"our policy", "our [NAME] policy, our policy", "                   ^^^^^^^^^^"},
    {"our ... policy", "our [NAME] policy, our *** new policy", NULL},
    {"our _ policy", "our #ORG# policy", NULL},
    {"our policy", "our XXXX policy", NULL},
    {"our policy", "our xxxxxxx policy", NULL},
    {"our _ policy", "our xxx policy", "^^^^^^^^^^^^^^"}, /* kisses */
    {"our policy", "our [inaudible] policy", "^^^^^^^^^^^^^^^^^^^^^^"},
    {"so <rest>", "so we [NAME] can go. so it is", "^^^^^                ^^^^^^^^"},
    {"^ no", "[NAME] no. No.", "           ^^"},
    {"bye $", "bye [NAME]. bye", "^^^         ^^^"},
    {"right $?", "right [NAME]? right?", "              ^^^^^"},
    {"name", "[NAME] name", "       ^^^^"},
    {"bad word", "this f***ing bad word", "             ^^^^^^^^"},
    {"we go", "we, we [PII] we go", "             ^^^^^"},
};

START_TEST(nothing_runs_across_a_mark) {
    cxm_lexicon *lexicon = new_lexicon_of(cases[_i].phrase);
    mined self = mine_text(lexicon, CXM_ROLE_AGENT, cases[_i].text);
    assert_hits(&self, lexicon, "t.t", cases[_i].carets);
    mined_free(&self);
    cxm_lexicon_free(lexicon);
}
END_TEST

START_TEST(marks_are_no_words) {
    cxm_lexicon *lexicon = new_lexicon_of("x");
    mined self =
        mine_text(lexicon, CXM_ROLE_AGENT, "I am [PHONE NUMBER], <PERSON> of *** and XXXX.");
    ck_assert_uint_eq(self.result->word_count, 4);
    mined_free(&self);
    cxm_lexicon_free(lexicon);
}
END_TEST

START_TEST(tokens_show_a_mark_as_one) {
    cxm_lexicon *lexicon = new_lexicon_of("x");
    cxm_miner *miner = new_miner(lexicon);
    const cxm_token *tokens;
    size_t count;
    cxm_str text = CXM_STR("I am [PHONE NUMBER] now. Yes");
    ck_assert_int_eq(cxm_miner_tokenize(miner, text, &tokens, &count, NULL), CXM_OK);
    ck_assert_uint_eq(count, 5);
    ck_assert_uint_eq(tokens[2].flags, CXM_TOKEN_REDACTION);
    ck_assert_uint_eq(tokens[2].start, 5);
    ck_assert_uint_eq(tokens[2].end, 19);
    ck_assert_uint_eq(tokens[2].folded.len, 0);
    ck_assert_uint_eq(tokens[3].sentence, 0); /* the sentence goes on behind it */
    ck_assert_uint_eq(tokens[4].sentence, 1);
    cxm_miner_free(miner);
    cxm_lexicon_free(lexicon);
}
END_TEST

START_TEST(without_words_for_them_there_are_no_marks) {
    cxm_lexicon *lexicon = new_phrase_lexicon("our _ policy");
    mined self = mine_text(lexicon, CXM_ROLE_AGENT, "our [NAME] policy");
    ck_assert_uint_eq(self.result->hit_count, 1);
    mined_free(&self);
    cxm_lexicon_free(lexicon);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("redaction");
    TCase *tests = tcase_create("redaction");
    tcase_add_loop_test(tests, marks_are_known_by_their_words, 0, COUNT(marks));
    tcase_add_loop_test(tests, nothing_runs_across_a_mark, 0, COUNT(cases));
    tcase_add_test(tests, marks_are_no_words);
    tcase_add_test(tests, tokens_show_a_mark_as_one);
    tcase_add_test(tests, without_words_for_them_there_are_no_marks);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
