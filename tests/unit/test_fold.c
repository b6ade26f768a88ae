/* SPDX-License-Identifier: MIT */
/* Folding: what makes two spellings of a word one. */
#include "text/fold.h"

#include "base/utf8.h"
#include "support.h"

#include <stdlib.h>

typedef struct fold_case {
    const char *word;
    const char *folded;
} fold_case;

static const fold_case fold_cases[] = {
    {"", ""},
    {"word", "word"},
    {"WORD", "word"},
    {"It's", "it's"},
    {"it\xE2\x80\x99s", "it's"}, /* right single quotation mark */
    {"it\xE2\x80\x98s", "it's"}, /* left single quotation mark */
    {"it\xCA\xBCs", "it's"},     /* modifier letter apostrophe */
    {"it\xEF\xBC\x87s", "it's"}, /* full width apostrophe */
    {"É", "é"},
    {"E\xCC\x81", "é"}, /* composed */
    {"Straße", "strasse"},
    {"ΌΣΟΣ", "όσοσ"}, /* final sigma folds like sigma */
    {"ﬁ", "fi"},
    {"Ｆｕｌｌ１", "full1"},
    {"①", "1"},
    {"ſ", "s"},
    {"K", "k"}, /* Kelvin sign */
    {"İ", "i\xCC\x87"},
    {"co\xC2\xADop", "coop"}, /* soft hyphen */
    {"a\xE2\x80\x8B"
     "b",
     "ab"},                 /* zero width space */
    {"a\xEF\xB8\x8F", "a"}, /* variation selector */
    {"\xC2\xAD", ""},       /* nothing but what is ignored */
    {"日本", "日本"},
    {"ﾃｽﾄ", "テスト"},
    {"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"},
    {"1,234.50", "1,234.50"},
    {"a_b", "a_b"},
};

START_TEST(folds) {
    const fold_case *given = &fold_cases[_i];
    cxm_folded folded;
    cxm_folded again;
    ck_assert(cxm_fold(cxm_str_from(given->word), &folded));
    ck_assert_msg(cxm_str_is(cxm_folded_str(&folded), given->folded), "%s: '%.*s', not '%s'",
                  given->word, (int)folded.len, folded.text, given->folded);
    ck_assert(cxm_fold(cxm_folded_str(&folded), &again));
    ck_assert(cxm_str_equal(cxm_folded_str(&folded), cxm_folded_str(&again)));
}
END_TEST

START_TEST(length_is_limited) {
    size_t len;
    char *word = repeat("A", CXM_WORD_MAX_BYTES + 1, &len);
    cxm_folded folded;
    ck_assert(!cxm_fold((cxm_str){word, len}, &folded));
    ck_assert(cxm_fold((cxm_str){word, len - 1}, &folded));
    ck_assert_uint_eq(folded.len, CXM_WORD_MAX_BYTES);
    free(word);
}
END_TEST

/* What grows most: 85 times U+FDFA, 18 code points each. The outcome is valid, whatever it is. */
START_TEST(growth_is_bounded) {
    static const char *const growing[] = {"\xEF\xB7\xBA", "\xEF\xB7\xBB", "ΐ", "ﬃ",
                                          "\xF0\x9D\x85\xA0"};
    for (size_t i = 0; i < COUNT(growing); i++) {
        size_t len;
        char *word = repeat(growing[i], CXM_WORD_MAX_BYTES / strlen(growing[i]), &len);
        cxm_folded folded;
        ck_assert(cxm_fold((cxm_str){word, len}, &folded));
        ck_assert_uint_le(folded.len, CXM_FOLDED_MAX_BYTES);
        ck_assert(cxm_utf8_valid(folded.text, folded.len));
        free(word);
    }
}
END_TEST

/* Folding twice is folding once, for every code point. */
START_TEST(every_code_point) {
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
        char word[4];
        cxm_folded folded;
        cxm_folded again;
        size_t len = cxm_utf8_encode(cp, word);
        ENSURE(cxm_fold((cxm_str){word, len}, &folded));
        ENSURE(cxm_utf8_valid(folded.text, folded.len));
        ENSURE(cxm_fold(cxm_folded_str(&folded), &again));
        if (!cxm_str_equal(cxm_folded_str(&folded), cxm_folded_str(&again)))
            ck_abort_msg("U+%04X folds to '%.*s', that to '%.*s'", cp, (int)folded.len, folded.text,
                         (int)again.len, again.text);
    }
}
END_TEST

START_TEST(letters) {
    static const struct {
        const char *text;
        bool letters;
    } given[] = {{"", false},  {"a", true},  {"az", true}, {"it's", false}, {"a1", false},
                 {"A", false}, {"é", false}, {"`", false}, {"{", false}};
    for (size_t i = 0; i < COUNT(given); i++)
        ck_assert_msg(cxm_is_letters(cxm_str_from(given[i].text)) == given[i].letters, "%s",
                      given[i].text);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("fold");
    TCase *cases = tcase_create("fold");
    tcase_set_timeout(cases, 30);
    tcase_add_loop_test(cases, folds, 0, COUNT(fold_cases));
    tcase_add_test(cases, length_is_limited);
    tcase_add_test(cases, growth_is_bounded);
    tcase_add_test(cases, every_code_point);
    tcase_add_test(cases, letters);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
