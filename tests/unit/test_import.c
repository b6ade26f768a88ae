/* SPDX-License-Identifier: MIT */
/* Dictionaries of other tools as packs. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static cxm_import *import(const char *text) {
    cxm_import *made;
    cxm_error error;
    cxm_status status = cxm_import_new(cxm_str_from(text), NULL, &made, &error);
    ck_assert_msg(status == CXM_OK, "%s", error.message);
    return made;
}

typedef struct pattern_case {
    const char *pattern;
    const char *phrase; /* NULL: left out */
} pattern_case;

static const pattern_case pattern_cases[] = {
    {"angry", "'angry'"},
    {"Angry", "'Angry'"},
    {"abandon*", "'abandon*'"},
    {"kind of", "'kind of'"},
    {"kind  of", "'kind of'"},
    {"follow-up", "'follow up'"},
    {"follow-up*", "'follow up*'"},
    {"*ing", "'/^.*ing$/'"},
    {"wom?n", "'/^wom.n$/'"},
    {"A.B?", "'/^a\\.b.$/'"},
    {"* of you", "'_ of you'"},
    {"can't", "'can''t'"},
    {"no", "'no'"},
    {"na\xC3\xAFve*", "'na\xC3\xAFve*'"},
    {"24", "'24'"},
    {"*", NULL},
    {"* *", NULL},
    {"can't*", NULL},
    {":)", NULL},
    {"<3", NULL},
    {"a...b", NULL},
    {"a & b", NULL},
    {"_", NULL},
    {"a=b", NULL},
    {"x\xC2\x85y", NULL},
    {"x\xE2\x80\xA8y", NULL},
};

/* Each pattern in a LIWC dictionary, behind a category of its own. */
START_TEST(patterns) {
    const pattern_case *given = &pattern_cases[_i];
    char dictionary[256];
    char expected[256];
    snprintf(dictionary, sizeof dictionary, "%%\n1\tname\n%%\n%s\t1\n", given->pattern);
    cxm_import *made = import(dictionary);
    snprintf(expected, sizeof expected,
             "cxmine: 1\nlanguage: en\ncategories:\n  dictionary.name:\n    phrases:\n      - %s\n",
             given->phrase ? given->phrase : "");
    if (!given->phrase)
        strcpy(expected, "cxmine: 1\nlanguage: en\ncategories: {}\n");
    cxm_str pack = cxm_import_pack(made);
    ck_assert_msg(cxm_str_is(pack, expected), "%.*s", (int)pack.len, pack.ptr);
    ck_assert_uint_eq(cxm_import_note_count(made), given->phrase ? 0 : 1);
    if (!given->phrase)
        ck_assert_uint_eq(cxm_import_note_at(made, 0)->line, 4);
    cxm_import_free(made);
}
END_TEST

typedef struct whole_case {
    const char *text;
    const char *pack; /* behind its head */
    size_t notes;
} whole_case;

static const whole_case whole_cases[] = {
    {"%\r\n1 Posemo (Positive)\r\n2 posemo positive\r\n%\r\nglad 1 2\r\nvery glad 2\r\n",
     "categories:\n  dictionary.posemo_positive:\n    phrases:\n      - 'glad'\n"
     "  dictionary.posemo_positive_2:\n    phrases:\n      - 'glad'\n      - 'very glad'\n",
     0},
    {"%\n1 a\n%\nlike (02 134)125 1\nlike\t1 7\nalone\n",
     "categories:\n  dictionary.a:\n    phrases:\n      - 'like'\n", 3},
    {"A: [x, y*]\nB:\n  C: z\n  D: {E: [w]}\n",
     "categories:\n  dictionary.a:\n    phrases:\n      - 'x'\n      - 'y*'\n"
     "  b.c:\n    phrases:\n      - 'z'\n  b.d_e:\n    phrases:\n      - 'w'\n",
     0},
    {"A: [x, [y]]\nB: []\n", "categories:\n  dictionary.a:\n    phrases:\n      - 'x'\n", 1},
    {"\xE6\x97\xA5: [x]\n", "categories:\n  dictionary.category:\n    phrases:\n      - 'x'\n", 0},
};

START_TEST(wholes) {
    const whole_case *given = &whole_cases[_i];
    cxm_import *made = import(given->text);
    cxm_str pack = cxm_import_pack(made);
    size_t head = strlen("cxmine: 1\nlanguage: en\n");
    ck_assert_msg(cxm_str_is(cxm_str_slice(pack, head, pack.len), given->pack), "%.*s",
                  (int)pack.len, pack.ptr);
    ck_assert_uint_eq(cxm_import_note_count(made), given->notes);
    ck_assert_ptr_null(cxm_import_note_at(made, given->notes));
    cxm_import_free(made);
}
END_TEST

typedef struct bad_case {
    const char *text;
    cxm_status status;
    uint32_t line;
} bad_case;

static const bad_case bad_cases[] = {
    {"", CXM_E_SYNTAX, 0},
    {"[a, b]\n", CXM_E_SYNTAX, 0},
    {"a: [b\n", CXM_E_SYNTAX, 2},
    {"a: &x [b]\n", CXM_E_SYNTAX, 1},
    {"%\n1 a\n", CXM_E_SYNTAX, 2},
    {"%\nname\n%\n", CXM_E_SYNTAX, 2},
    {"%\n1\n%\n", CXM_E_SYNTAX, 2},
    {"%\n1 a\n1 b\n%\n", CXM_E_SYNTAX, 3},
    {"a: \xFF\n", CXM_E_ENCODING, 0},
};

START_TEST(rejects) {
    const bad_case *given = &bad_cases[_i];
    cxm_import *made;
    cxm_error error;
    cxm_str text = cxm_str_from(given->text);
    ck_assert_int_eq(cxm_import_new(text, NULL, &made, &error), given->status);
    ck_assert_ptr_null(made);
    ck_assert_uint_eq(error.line, given->line);
    ck_assert_uint_gt(strlen(error.message), 0);
}
END_TEST

START_TEST(checks_options) {
    cxm_import_options options = CXM_IMPORT_OPTIONS_INIT;
    cxm_import *made;
    options.format = "nothing";
    ck_assert_int_eq(cxm_import_new(CXM_STR("a: b"), &options, &made, NULL), CXM_E_NOT_FOUND);
    options.format = NULL;
    options.family = "Not a name";
    ck_assert_int_eq(cxm_import_new(CXM_STR("a: b"), &options, &made, NULL), CXM_E_ARGUMENT);
    options.family = "own";
    options.language = "de";
    ck_assert_int_eq(cxm_import_new(CXM_STR("a: b"), &options, &made, NULL), CXM_OK);
    ck_assert(
        cxm_str_is(cxm_import_pack(made),
                   "cxmine: 1\nlanguage: de\ncategories:\n  own.a:\n    phrases:\n      - 'b'\n"));
    cxm_import_free(made);
    cxm_import_free(NULL);
}
END_TEST

/* A short line for many categories must not become a pack without end. */
START_TEST(is_bounded) {
    enum { CATEGORIES = 4000, REPEATS = 6, PATTERN = 4000 };
    size_t size = CATEGORIES * 16 * REPEATS + PATTERN * REPEATS + 64;
    char *text = malloc(size);
    cxm_import *made;
    ck_assert_ptr_nonnull(text);
    size_t len = (size_t)sprintf(text, "%%\n");
    for (int i = 0; i < CATEGORIES; i++)
        len += (size_t)sprintf(text + len, "%d c%d\n", i, i);
    len += (size_t)sprintf(text + len, "%%\n");
    for (int k = 0; k < REPEATS; k++) {
        for (int i = 0; i < PATTERN; i++)
            text[len++] = i % 250 == 249 ? ' ' : 'x';
        text[len++] = '\t';
        for (int i = 0; i < CATEGORIES; i++)
            len += (size_t)sprintf(text + len, "%d ", i);
        text[len++] = '\n';
    }
    ck_assert_int_eq(cxm_import_new((cxm_str){text, len}, NULL, &made, NULL), CXM_E_LIMIT);
    free(text);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("import");
    TCase *cases = tcase_create("import");
    tcase_add_loop_test(cases, patterns, 0, COUNT(pattern_cases));
    tcase_add_loop_test(cases, wholes, 0, COUNT(whole_cases));
    tcase_add_loop_test(cases, rejects, 0, COUNT(bad_cases));
    tcase_add_test(cases, checks_options);
    tcase_add_test(cases, is_bounded);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
