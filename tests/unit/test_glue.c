/* SPDX-License-Identifier: MIT */
/* Words glued together: parted where that is certain, and nowhere else. */
#include "reading.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

/* What the English pack makes of a text: the parts of glued words, "a|b" each. */
static void assert_parts(const cxm_lexicon *lexicon, const char *text, bool off,
                         const char *expected) {
    cxm_miner_options options = CXM_MINER_OPTIONS_INIT;
    cxm_miner *miner;
    const cxm_token *tokens;
    size_t count;
    char found[256] = "";
    options.no_repair = off;
    ck_assert_int_eq(cxm_miner_new(lexicon, &options, &miner, NULL), CXM_OK);
    ck_assert_int_eq(cxm_miner_tokenize(miner, cxm_str_from(text), &tokens, &count, NULL), CXM_OK);
    for (size_t i = 0, parts = 0; i < count; i++) {
        if (!(tokens[i].flags & CXM_TOKEN_GLUED))
            continue;
        size_t len = strlen(found);
        const char *before = parts == 0 ? "" : parts % 2 ? "|" : " ";
        snprintf(found + len, sizeof found - len, "%s%.*s", before,
                 (int)(tokens[i].end - tokens[i].start), text + tokens[i].start);
        parts++;
    }
    ck_assert_msg(strcmp(found, expected) == 0, "'%s': '%s'", text, found);
    cxm_miner_free(miner);
}

static const struct {
    const char *text;
    const char *parts;
} cases[] = {
    {"we can say whythis is", "why|this"},
    {"I likeit. likeI said byTuesday", "like|it like|I by|Tuesday"},
    /* Only where the sentence runs over a line end. */
    {"it was acustomer who\nsaid so", "a|customer"},
    {"it was acustomer who said so", ""},
    {"to empathizewith all\nof them", "empathize|with"},
    {"Done.\nIt was anoverpromise", ""},
    {"they don'talign with\nour plan", "don't|align"},
    {"they don\u2019talign with\nour plan", "don\u2019t|align"},
    /* Words, also those in no list; names; addresses. */
    {"it was misunderstood by\nsomebody nowhere overpromise", ""},
    {"talkin nothin searchable", ""},
    {"searchable Ingridsson\nLinkedIn iPhone", ""},
    {"mail aboutus@example.com or\nwww.aboutus.com", ""},
    {"Aboutcustomer ABOUTCUSTOMER\nabout2customer", ""},
};

START_TEST(parts_what_is_two_words) {
    cxm_lexicon *lexicon = new_builtin_lexicon();
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_parts(lexicon, cases[i].text, false, cases[i].parts);
        assert_parts(lexicon, cases[i].text, true, "");
    }
    cxm_lexicon_free(lexicon);
}
END_TEST

START_TEST(the_glued_seed_is_parted) {
    static const char *const glued[] = {"aboutcustomer", "experienceexpert", "candeliver",
                                        "empathizewith", "ormisunderstood"};
    size_t parts = 0;
    size_t len;
    char *text = load_seed("000_7607a6e57ccf423b.txt", &len);
    if (!text)
        return;
    cxm_str whole = {text, len};
    cxm_lexicon *lexicon = new_builtin_lexicon();
    cxm_miner *miner = new_miner(lexicon);
    const cxm_token *tokens;
    size_t count;
    ck_assert_int_eq(cxm_miner_tokenize(miner, whole, &tokens, &count, NULL), CXM_OK);
    for (size_t i = 0; i < count; i++) {
        parts += (tokens[i].flags & CXM_TOKEN_GLUED) != 0;
        for (size_t k = 0; k < COUNT(glued); k++)
            ck_assert(!cxm_str_is(tokens[i].folded, glued[k]));
        ck_assert(!cxm_str_is(tokens[i].folded, "promise")); /* "overpromise" is one */
    }
    ck_assert_uint_ge(parts, 270); /* counted by hand: 147 glued words */
    cxm_miner_free(miner);
    cxm_lexicon_free(lexicon);
    free(text);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("glue");
    TCase *tests = tcase_create("glue");
    tcase_add_test(tests, parts_what_is_two_words);
    tcase_add_test(tests, the_glued_seed_is_parted);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
