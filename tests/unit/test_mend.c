/* SPDX-License-Identifier: MIT */
/* Damaged characters: mended in a copy, where it is certain, with a way back to the text. */
#include "text/mend.h"

#include "base/utf8.h"
#include "reading.h"
#include "support.h"
#include "text/code_page.h"

#include <stdio.h>
#include <stdlib.h>

/* What the language of these tests knows. */
static const char words[] =
    "a\t5\nand\t5\ncar\t3\ncustomer\t4\ndoes\t5\nhelp\t4\nit\t5\npolicy\t3\n"
    "say\t4\nsorry\t4\nwait\t4\nyou\t5\n";

static cxm_language language;
static cxm_mend mend;

static void set_up(void) {
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    cxm_reading not = {2, {CXM_STR("do"), CXM_STR("not")}};
    cxm_reading is = {1, {CXM_STR("is")}};
    cxm_clitic ending = {CXM_STR("'s"), 1, {is}};
    cxm_language_init(&language, &allocator);
    ck_assert(cxm_language_add_reading(&language, CXM_STR("doesn't"), &not ));
    ck_assert(cxm_language_add_clitic(&language, &ending));
    language.words.text = cxm_str_from(words);
    cxm_mend_init(&mend, &allocator);
}

static void tear_down(void) {
    cxm_mend_clear(&mend);
    cxm_language_clear(&language);
}

/* The text that takes the place of `text`. */
static cxm_str mended(cxm_str text) {
    ck_assert(cxm_mend_run(&mend, &language, text, 8));
    return mend.count ? cxm_mend_text(&mend) : text;
}

/* ---- Mojibake ---- */

/* What a text becomes when its UTF-8 is taken for a code page. */
static cxm_str damage(cxm_str text, cxm_code_page page, char *out) {
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++)
        len += cxm_utf8_encode(cxm_code_page_decode(page, (unsigned char)text.ptr[i]), out + len);
    return (cxm_str){out, len};
}

/* The same with Latin-1. */
static cxm_str damage_latin(cxm_str text, char *out) {
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++)
        len += cxm_utf8_encode((unsigned char)text.ptr[i], out + len);
    return (cxm_str){out, len};
}

static const char *const sound[] = {
    "It doesn\u2019t work, \u201Csorry\u201D \u2013 I said \u2014 wait\u2026 \u2018yes\u2019.",
    "caf\u00E9 na\u00EFve Se\u00F1or \u00C5ngstr\u00F6m \u00DCber stra\u00DFe fa\u00E7ade",
    "that costs \u00A35 or \u20AC7, 20\u00B0, \u00A9 \u00AE \u2122",
    "\u017Di\u017Eek \u0160koda Dvo\u0159\u00E1k \u0142\u00F3d\u017A",
    "thanks \U0001F642 \U0001F680!",
};

START_TEST(mojibake_of_one_and_two_rounds) {
    cxm_str text = cxm_str_from(sound[_i]);
    for (int page = 0; page <= CXM_CODE_PAGE_COUNT; page++) {
        char once[512];
        char twice[2048];
        bool latin = page == CXM_CODE_PAGE_COUNT;
        cxm_str first = latin ? damage_latin(text, once) : damage(text, (cxm_code_page)page, once);
        cxm_str second =
            latin ? damage_latin(first, twice) : damage(first, (cxm_code_page)page, twice);
        cxm_str found = mended(first);
        ck_assert_msg(cxm_str_equal(found, text), "once by %d: %.*s", page, (int)found.len,
                      found.ptr);
        found = mended(second);
        ck_assert_msg(cxm_str_equal(found, text), "twice by %d: %.*s", page, (int)found.len,
                      found.ptr);
    }
    ck_assert(cxm_str_equal(mended(text), text));
    ck_assert_uint_eq(mend.count, 0);
}
END_TEST

/* ---- Damage of all kinds ---- */

static const struct {
    const char *text;
    const char *mended; /* NULL: it stays */
} cases[] = {
    /* Code points of Latin-1 that were bytes of Windows-1252. */
    {"it\xC2\x92s \xC2\x93so\xC2\x94", "it\u2019s \u201Cso\u201D"},
    {"\xC2\x81x", "x"},
    /* What is left of a mark of punctuation. */
    {"doesn\u00E2t", "doesn't"},
    {"doesn\u0101t", "doesn't"},
    {"doesn\uFFFDt", "doesn't"},
    {"doesn\uFFFD\uFFFD\uFFFDt", "doesn't"},
    {"customer\u0101s", "customer's"},
    {"It\u0101s", "It's"},
    {"xyzzy\u0101s", NULL}, /* no word */
    {"\u0101sorry\u0101", "\"sorry\""},
    {"wait \u00E2 sorry", "wait \u2014 sorry"},
    {"wait\u00E2sorry", "wait\u2014sorry"},
    {"\u00E2\u20ACsorry\u00E2\u20AC", "\u201Dsorry\u201D"},
    {"\u00E2\u0153sorry", "\u201Csorry"},
    /* Words of other languages, and what closes a quotation behind them. */
    {"ch\u00E2teau p\u00E2te \u00E2ge", NULL},
    {"R\u012Bga m\u0101te", NULL},
    {"\u201Ccaf\u00E9\u201D\u2026 \u201CMEN\u00DC\u201C \u00C7A A\u00C7\u00C3O N\u00C3O", NULL},
    {"voil\u00E0\u201D\u2026 \u00E9\u2019\u2026 ESPA\u00D1A\u2019s", NULL},
    /* Entities, also escaped twice. */
    {"it&#39;s it&#x27;s it&apos;s it&rsquo;s", "it's it's it's it\u2019s"},
    {"it&amp;#39;s it&amp;amp;#39;s", "it's it's"},
    {"a&nbsp;b &lt;b&gt; AT&amp;T Tom &amp; Jo", "a b <b> AT&T Tom & Jo"},
    {"AT&T Q&A a & b; &nosuch; &#xD800; &#0; &#99999999; &", NULL},
    {"&#1;", " "},
    /* Control characters. */
    {"po\x02licy\x7F, \x1Bsorry\x01", "policy, sorry"},
    {"a\tb\r\nc", NULL},
    /* A space of no width within a word. */
    {"po\u200Blicy", "policy"},
    {"sorry\u200Byou", NULL},
};

START_TEST(mends_what_is_certain) {
    cxm_str text = cxm_str_from(cases[_i].text);
    const char *expected = cases[_i].mended ? cases[_i].mended : cases[_i].text;
    cxm_str found = mended(text);
    ck_assert_msg(cxm_str_is(found, expected), "'%s' became '%.*s'", cases[_i].text, (int)found.len,
                  found.ptr);
    ck_assert_int_eq(mend.count > 0, cases[_i].mended != NULL);
}
END_TEST

/* Without a list of words nothing is done that depends on words. */
START_TEST(needs_words_for_what_depends_on_them) {
    language.words.text = (cxm_str){NULL, 0};
    ck_assert(cxm_str_is(mended(CXM_STR("doesn\u00E2t")), "doesn\u00E2t"));
    ck_assert(cxm_str_is(mended(CXM_STR("doesn\u00E2\u20AC\u2122t")), "doesn\u2019t"));
}
END_TEST

/* ---- The way back ---- */

START_TEST(spans_lead_back_to_the_text) {
    /* "it's &", in the copy "it's & so" */
    static const char text[] = "it\u00E2\u20AC\u2122s &amp; po\x02licy so";
    cxm_str copy = mended(cxm_str_from(text));
    ck_assert(cxm_str_is(copy, "it\u2019s & policy so"));
    static const struct {
        const char *word;  /* of the copy */
        const char *given; /* what stands for it */
        bool is_mended;
    } spans[] = {{"it\u2019s", "it\u00E2\u20AC\u2122s", true},
                 {"it", "it", false},
                 {"\u2019", "\u00E2\u20AC\u2122", true},
                 {"s &", "s &amp;", true},
                 {"policy", "po\x02licy", true},
                 {"licy", "licy", false},
                 {"po", "po", false},
                 {"so", "so", false}};
    for (size_t i = 0; i < COUNT(spans); i++) {
        const char *at = strstr(copy.ptr, spans[i].word);
        ck_assert_ptr_nonnull(at);
        uint32_t start = (uint32_t)(at - copy.ptr);
        uint32_t end = start + (uint32_t)strlen(spans[i].word);
        ck_assert_int_eq(cxm_mend_span(&mend, &start, &end), spans[i].is_mended);
        cxm_str back = cxm_str_slice(cxm_str_from(text), start, end);
        ck_assert_msg(cxm_str_is(back, spans[i].given), "'%s': '%.*s'", spans[i].word,
                      (int)back.len, back.ptr);
    }
}
END_TEST

/* Random damage: the copy is valid, spans of it lead in order to code points of the text. */
START_TEST(spans_are_in_order_whatever_is_mended) {
    static const char *const pieces[] = {"\u00E2\u20AC\u2122",
                                         "\u00E2",
                                         "\u0101",
                                         "&amp;",
                                         "#39;",
                                         "&",
                                         ";",
                                         "\x02",
                                         " ",
                                         "doesn",
                                         "t",
                                         "\uFFFD",
                                         "\u00C3",
                                         "\u00A9",
                                         "\u00F0\u0178\u02DC\u20AC",
                                         "\xC2\x92",
                                         "\u200B",
                                         "sorry"};
    uint64_t seed = number_from("CXM_TEST_SEED", 5);
    for (uint64_t round = 0; round < rounds(20000); round++) {
        char text[256];
        size_t len = 0;
        for (uint32_t left = random_below(&seed, 12); left > 0; left--) {
            const char *piece = pieces[random_below(&seed, COUNT(pieces))];
            memcpy(text + len, piece, strlen(piece));
            len += strlen(piece);
        }
        cxm_str copy = mended((cxm_str){text, len});
        ENSURE(cxm_utf8_valid(copy.ptr, copy.len));
        uint32_t before = 0;
        for (uint32_t at = 0; mend.count && at < copy.len; at++) {
            uint32_t start = at;
            uint32_t end = at + 1;
            cxm_mend_span(&mend, &start, &end);
            ENSURE(start >= before && start < end && end <= len);
            ENSURE(cxm_mend_place(&mend, at) == start);
            before = start;
        }
    }
}
END_TEST

/* ---- In the miner ---- */

static void mine_damaged(bool off, const char *text, const char *carets) {
    cxm_lexicon *lexicon = new_phrase_lexicon("we do not state");
    cxm_miner_options options = CXM_MINER_OPTIONS_INIT;
    options.no_repair = off;
    mined self = {.transcript = new_transcript(CXM_ROLE_AGENT, cxm_str_from(text))};
    ck_assert_int_eq(cxm_miner_new(lexicon, &options, &self.miner, NULL), CXM_OK);
    self.result = mine(self.miner, self.transcript);
    assert_hits(&self, lexicon, "t.t", carets);
    mined_free(&self);
    cxm_lexicon_free(lexicon);
}

START_TEST(hits_have_the_spans_of_the_text_as_given) {
    static const char text[] = "Oh, we don\u00E2\u20AC\u2122t state it. We don&#39;t state.";
    mine_damaged(false, text, "    ^^^^^^^^^^^^^^^^     ^^^^^^^^^^^^^^^^^^");
    mine_damaged(true, text, NULL);
}
END_TEST

/* Much damage takes time in its length only. */
START_TEST(damage_takes_linear_time) {
    static const char *const pieces[] = {"\u00E2", "&amp;amp;", "doesn\u00E2t ", "\u00C3\u0192",
                                         "a\u0101"};
    for (size_t i = 0; i < COUNT(pieces); i++) {
        size_t len;
        char *text = repeat(pieces[i], 100000, &len);
        double before = seconds_taken();
        mended((cxm_str){text, len});
        ck_assert(seconds_taken() - before < slow_seconds(3));
        free(text);
    }
}
END_TEST

START_TEST(the_damaged_seed_has_its_words_again) {
    static const char *const found[] = {"doesn't", "it's", "i'm", "i'd", "customer's"};
    size_t len;
    char *text = load_seed("004_7e12a4cd1e55817a.txt", &len);
    if (!text)
        return;
    cxm_str whole = {text, len};
    cxm_lexicon *lexicon = new_builtin_lexicon();
    cxm_miner *miner = new_miner(lexicon);
    const cxm_token *tokens;
    size_t count;
    ck_assert_int_eq(cxm_miner_tokenize(miner, whole, &tokens, &count, NULL), CXM_OK);
    for (size_t i = 0; i < COUNT(found); i++) {
        size_t seen = 0;
        for (size_t k = 0; k < count; k++)
            seen += (tokens[k].flags & CXM_TOKEN_MENDED) && cxm_str_is(tokens[k].folded, found[i]);
        ck_assert_msg(seen > 0, "no %s", found[i]);
    }
    for (size_t k = 0; k < count; k++) /* none is left as it was */
        ck_assert(!strstr(tokens[k].folded.ptr ? tokens[k].folded.ptr : "", "\u0101"));
    cxm_miner_free(miner);
    cxm_lexicon_free(lexicon);
    free(text);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("mend");
    TCase *tests = tcase_create("mend");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, mojibake_of_one_and_two_rounds, 0, COUNT(sound));
    tcase_add_loop_test(tests, mends_what_is_certain, 0, COUNT(cases));
    tcase_add_test(tests, needs_words_for_what_depends_on_them);
    tcase_add_test(tests, spans_lead_back_to_the_text);
    tcase_add_test(tests, spans_are_in_order_whatever_is_mended);
    tcase_add_test(tests, hits_have_the_spans_of_the_text_as_given);
    tcase_add_test(tests, damage_takes_linear_time);
    tcase_add_test(tests, the_damaged_seed_has_its_words_again);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
