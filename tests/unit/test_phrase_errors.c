/* SPDX-License-Identifier: MIT */
/* What is no phrase, and where that is told; and what is too much. */
#include "lexicon/phrase.h"

#include "lexicon/compile.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- What is no phrase ---- */

typedef struct error_case {
    const char *phrase;
    const char *caret; /* under the place that is told */
    cxm_status code;
    const char *message; /* a part of it */
} error_case;

static const error_case error_cases[] = {
    {"(our policy", "^", CXM_E_SYNTAX, "this ( is never closed"},
    {"our (a|(b c) d", "    ^", CXM_E_SYNTAX, "this ( is never closed"},
    {"our policy)", "          ^", CXM_E_SYNTAX, "this ) closes nothing"},
    {"our () policy", "     ^", CXM_E_SYNTAX, "expected words here"},
    {"our (a||b) policy", "       ^", CXM_E_SYNTAX, "expected words here"},
    {"our (a|) policy", "       ^", CXM_E_SYNTAX, "expected words here"},
    {"a|", "  ^", CXM_E_SYNTAX, "expected words here"},
    {"|a", "^", CXM_E_SYNTAX, "expected words here"},
    {"very? sorry", "    ^", CXM_E_SYNTAX, "? is for a group or a set"},
    {"refund*? x", "       ^", CXM_E_SYNTAX, "? is for a group or a set"},
    {"(very)?? sorry", "       ^", CXM_E_SYNTAX, "? is for a group or a set"},
    {"/a/? b", "   ^", CXM_E_SYNTAX, "? is for a group or a set"},
    {"our * policy", "    ^", CXM_E_SYNTAX, "expected a word"},
    {"our follow-up* x", "             ^", CXM_E_SYNTAX, "* is for one word"},
    {"our follow-up~ x", "             ^", CXM_E_SYNTAX, "~ is for one word"},
    {"our & policy", "    ^", CXM_E_SYNTAX, "no letter or digit"},
    {"our = policy", "    ^", CXM_E_SYNTAX, "expected a word"},
    {"our \" policy", "    ^", CXM_E_SYNTAX, "expected a word"},
    {"our > policy", "    ^", CXM_E_SYNTAX, "expected a word"},
    {"<> agree", " ^", CXM_E_SYNTAX, "expected the name of a set"},
    {"<we agree", "   ^", CXM_E_SYNTAX, "expected the name of a set"},
    {"<We> agree", " ^", CXM_E_SYNTAX, "expected the name of a set"},
    {"we <they> agree", "   ^", CXM_E_SYNTAX, "there is no set <they>"},
    {"a /b", "  ^", CXM_E_SYNTAX, "no closing /"},
    {"a /b\\/", "  ^", CXM_E_SYNTAX, "no closing /"},
    {"a /(b/ c", "     ^", CXM_E_SYNTAX, "missing closing parenthesis"},
    {"a /b{2,1}/ c", "        ^", CXM_E_SYNTAX, "numbers out of order"},
    {"a /(b | c|b{2,1})/ d", "               ^", CXM_E_SYNTAX, "numbers out of order"},
    {"a /^(?!(b|c)$)b{2,1}/ d", "                   ^", CXM_E_SYNTAX, "numbers out of order"},
    {"a /\\C/ c", "     ^", CXM_E_SYNTAX, "\\C"},
    {"... policy", "^", CXM_E_SYNTAX, "a gap (...) stands between words"},
    {"our policy ...", "^", CXM_E_SYNTAX, "a gap (...) stands between words"},
    {"our policy (...)?", "^", CXM_E_SYNTAX, "a gap (...) stands between words"},
    {"(x=...) policy", "^", CXM_E_SYNTAX, "a gap (...) stands between words"},
    {"(a|...) b", "^", CXM_E_SYNTAX, "a gap (...) stands between words"},
    {"our ...21 policy", "    ^", CXM_E_LIMIT, "a gap takes 1 to 20 words"},
    {"our ...0 policy", "    ^", CXM_E_LIMIT, "a gap takes 1 to 20 words"},
    {"our ...99999999999999999999 policy", "    ^", CXM_E_LIMIT, "a gap takes 1 to 20 words"},
    {"our .... policy", "       ^", CXM_E_SYNTAX, "no letter or digit"},
    {"so ^ sorry", "   ^", CXM_E_SYNTAX, "^ is the start of a sentence"},
    {"sorry $ about", "      ^", CXM_E_SYNTAX, "$ is the end of a sentence"},
    {"sorry $? about", "      ^", CXM_E_SYNTAX, "$ is the end of a sentence"},
    {"(very)?", "^", CXM_E_SYNTAX, "can match nothing at all"},
    {"^ $", "^", CXM_E_SYNTAX, "can match nothing at all"},
    {"(a)? (b)?", "^", CXM_E_SYNTAX, "can match nothing at all"},
    {"<rest>", "^", CXM_E_SYNTAX, "can match nothing at all"},
    {"é é (a", "    ^", CXM_E_SYNTAX, "this ( is never closed"},
    {"(x=) a", "   ^", CXM_E_SYNTAX, "expected words here"},
    {"(a=1) (b=2) (c=3) (d=4) (e=5) (f=6) (g=7) (h=8) (i=9)", "^", CXM_E_LIMIT,
     "at most 8 captures"},
};

static const char one_phrase[] = "categories:\n  t.t:\n    phrases:\n      - ";

static cxm_error error_of(const char *phrase) {
    char pack[16384];
    snprintf(pack, sizeof pack, "%s", one_phrase);
    add_quoted(pack, sizeof pack, phrase);
    return lexicon_error(pack);
}

/* Errors tell the column of the file: this is the column of the phrase's first character. */
enum { PHRASE_COLUMN = 10 };

START_TEST(errors) {
    const error_case *given = &error_cases[_i];
    cxm_error error = error_of(given->phrase);
    ck_assert_msg(strstr(error.message, given->message), "%s: '%s', not '%s'", given->phrase,
                  error.message, given->message);
    ck_assert_int_eq(error.code, given->code);
    ck_assert_msg(error.column == PHRASE_COLUMN + strlen(given->caret) - 1,
                  "%s: column %u of the phrase, not %zu", given->phrase,
                  error.column - PHRASE_COLUMN + 1, strlen(given->caret));
    ck_assert_str_eq(error.file, "test.yaml");
}
END_TEST

typedef struct told {
    size_t count;
    cxm_error errors[8];
} told;

static void listen(void *user, const cxm_error *error) {
    told *self = user;
    ck_assert_uint_lt(self->count, COUNT(self->errors));
    self->errors[self->count++] = *error;
}

typedef struct place {
    uint32_t line;
    uint32_t column;
} place;

static void assert_told(const told *heard, place wanted) {
    size_t count = 0;
    for (size_t i = 0; i < heard->count; i++)
        count += heard->errors[i].line == wanted.line && heard->errors[i].column == wanted.column;
    ck_assert_msg(count == 1, "%zu errors at %u:%u", count, wanted.line, wanted.column);
}

static const char faulty_pack[] = "cxmine: 1\nlanguage: en\nstemmer: english\n"
                                  "contractions: {\"don't you\": do not you}\n"
                                  "sets:\n"
                                  "  bad: [a (, b]\n"
                                  "  also: [<bad>, <none>]\n"
                                  "  unused: [<unused>]\n"
                                  "categories:\n  t.t:\n"
                                  "    phrases: [<bad> a, <bad>, <also>, (b]\n";
static const place faults[] = {{4, 17}, {6, 12}, {7, 17}, {8, 12}, {11, 39}};

START_TEST(every_error_is_told_once) {
    cxm_lexicon_builder *builder;
    cxm_lexicon *lexicon;
    told heard = {0};
    cxm_lexicon_options options = CXM_LEXICON_OPTIONS_INIT;
    options.report = listen;
    options.report_user = &heard;
    ck_assert_int_eq(cxm_lexicon_builder_new(&options, &builder, NULL), CXM_OK);
    ck_assert_int_eq(
        cxm_lexicon_builder_add_bytes(builder, CXM_STR("a.yaml"), cxm_str_from(faulty_pack), NULL),
        CXM_OK);
    ck_assert_int_eq(cxm_lexicon_builder_build(builder, &lexicon, NULL), CXM_E_SYNTAX);
    for (size_t i = 0; i < heard.count; i++)
        printf("# %u:%u: %s\n", heard.errors[i].line, heard.errors[i].column,
               heard.errors[i].message);
    for (size_t i = 0; i < COUNT(faults); i++)
        assert_told(&heard, faults[i]);
    ck_assert_uint_eq(heard.count, COUNT(faults));
    cxm_lexicon_builder_free(builder);
}
END_TEST

/* ---- Limits ---- */

/* A text of pieces: `first`, `count` times `piece`, then `last`. To be freed. */
static char *pieces(const char *first, const char *piece, size_t count, const char *last) {
    size_t len;
    char *middle = repeat(piece, count, &len);
    size_t size = strlen(first) + len + strlen(last) + 1;
    char *text = malloc(size);
    ck_assert_ptr_nonnull(text);
    snprintf(text, size, "%s%s%s", first, middle, last);
    free(middle);
    return text;
}

static void assert_phrase(char *phrase, const char *message) {
    if (!message) {
        cxm_lexicon_free(new_phrase_lexicon(phrase));
    } else {
        cxm_error error = error_of(phrase);
        ck_assert_msg(strstr(error.message, message), "'%s', not '%s'", error.message, message);
        ck_assert_int_eq(error.code, CXM_E_LIMIT);
        ck_assert_uint_gt(error.line, 0);
    }
    free(phrase);
}

static char *nested(size_t depth) {
    char *open = pieces("", "(a ", depth, "a");
    char *phrase = pieces(open, ")", depth, "");
    free(open);
    return phrase;
}

START_TEST(nesting_is_limited) {
    assert_phrase(nested(CXM_PHRASE_MAX_DEPTH), NULL);
    assert_phrase(nested(CXM_PHRASE_MAX_DEPTH + 1), "groups nest deeper than 16");
    assert_phrase(nested(1000), "groups nest deeper than 16");
}
END_TEST

START_TEST(groups_side_by_side_are_not_nested) {
    assert_phrase(pieces("", "(a) ", 100, "b"), NULL);
}
END_TEST

START_TEST(bytes_are_limited) {
    assert_phrase(pieces("(", "a|", CXM_PHRASE_MAX_BYTES / 2 - 2, "a)"), NULL);
    assert_phrase(pieces("(", "a|", CXM_PHRASE_MAX_BYTES / 2 - 1, "a)"),
                  "a phrase takes at most 4096 bytes");
    assert_phrase(pieces("(", "a|", 3000, "a)"), "a phrase takes at most 4096 bytes");
}
END_TEST

START_TEST(words_are_limited) {
    assert_phrase(pieces("", "a ", CXM_PHRASE_MAX_WORDS - 1, "a"), NULL);
    assert_phrase(pieces("", "a ", CXM_PHRASE_MAX_WORDS, "a"), "more than 256 words");
    assert_phrase(pieces("a ", "...20 ", 12, "a"), NULL);
    assert_phrase(pieces("a ", "...20 ", 13, "a"), "more than 256 words");
    assert_phrase(pieces("", "(a ...20 b)? ", 11, "a"), NULL);
    assert_phrase(pieces("a ", "(x=<rest>) ", 7, ""), "more than 256 words");
}
END_TEST

START_TEST(bytes_of_a_word_are_limited) {
    assert_phrase(pieces("", "a", 255, ""), NULL);
    char *phrase = pieces("b ", "a", 256, "");
    cxm_error error = error_of(phrase);
    ck_assert_msg(strstr(error.message, "longer than 255 bytes"), "%s", error.message);
    ck_assert_uint_eq(error.column, PHRASE_COLUMN + 2);
    free(phrase);
}
END_TEST

/* Sets s0 to s(depth - 1), each made of the one before it, and a phrase of the last. */
static char *chain_of_sets(size_t depth, const char *uses) {
    size_t size = depth * 256 + 256;
    char *pack = calloc(1, size);
    ck_assert_ptr_nonnull(pack);
    size_t len = (size_t)snprintf(pack, size, "  s0: [w1, w2 w3]\n");
    for (size_t i = 1; i < depth; i++) {
        len += (size_t)snprintf(pack + len, size - len, "  s%zu: [", i);
        for (const char *use = uses; *use; use++)
            len += (size_t)snprintf(pack + len, size - len,
                                    *use == '|' ? "%s<s%zu>" : "%s<s%zu> <s%zu>",
                                    use == uses ? "" : ", ", i - 1, i - 1);
        len += (size_t)snprintf(pack + len, size - len, "]\n");
    }
    snprintf(pack + len, size - len, "categories:\n  t.t:\n    phrases: [a <s%zu> b]\n", depth - 1);
    return pack;
}

static void assert_pack(char *pack, const char *message) {
    if (!message) {
        cxm_lexicon_free(new_lexicon(pack));
    } else {
        cxm_error error = lexicon_error(pack);
        ck_assert_msg(strstr(error.message, message), "'%s', not '%s'", error.message, message);
        ck_assert_uint_gt(error.line, 0);
    }
    free(pack);
}

START_TEST(depth_of_sets_is_limited) {
    assert_pack(chain_of_sets(CXM_SET_MAX_DEPTH, "|"), NULL);
    assert_pack(chain_of_sets(CXM_SET_MAX_DEPTH + 1, "|"), "sets use sets deeper than 16");
    assert_pack(chain_of_sets(200, "|"), "sets use sets deeper than 16");
}
END_TEST

START_TEST(expansions_are_limited) {
    assert_pack(chain_of_sets(5, "&"), NULL);
    assert_pack(chain_of_sets(12, "&"), "this phrase can match more than 256 words");
    assert_pack(chain_of_sets(7, "&&&&"), "takes more than 65536 steps");
}
END_TEST

START_TEST(a_set_must_not_use_itself) {
    static const char *const packs[] = {
        "  a: [<a>]\n",
        "  a: [x (<a>)? y]\n",
        "  a: [<b>]\n  b: [<c> d]\n  c: [e <a>]\n",
    };
    for (size_t i = 0; i < COUNT(packs); i++) {
        char pack[256];
        snprintf(pack, sizeof pack, "%scategories:\n  t.t:\n    phrases: [<a>]\n", packs[i]);
        cxm_error error = lexicon_error(pack);
        ck_assert_msg(strstr(error.message, "uses itself"), "%s", error.message);
        ck_assert_int_eq(error.code, CXM_E_SYNTAX);
        ck_assert_uint_gt(error.column, 0);
    }
}
END_TEST

/* The largest phrases that the limits allow are found, too. */
START_TEST(the_longest_phrase_is_found) {
    char *phrase = pieces("", "a b ", CXM_PHRASE_MAX_WORDS / 2, "");
    char *text = pieces("b ", "a b ", CXM_PHRASE_MAX_WORDS / 2, "a");
    cxm_lexicon *lexicon = new_phrase_lexicon(phrase);
    mined self = mine_text(lexicon, CXM_ROLE_UNKNOWN, text);
    ck_assert_uint_eq(self.result->hit_count, 1);
    ck_assert_uint_eq(self.result->hits[0].start, 2);
    ck_assert_uint_eq(self.result->hits[0].end, strlen(text) - 2);
    mined_free(&self);
    cxm_lexicon_free(lexicon);
    free(phrase);
    free(text);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("phrase_errors");
    TCase *cases = tcase_create("phrase_errors");
    tcase_set_timeout(cases, 20);
    tcase_add_loop_test(cases, errors, 0, COUNT(error_cases));
    tcase_add_test(cases, every_error_is_told_once);
    tcase_add_test(cases, nesting_is_limited);
    tcase_add_test(cases, groups_side_by_side_are_not_nested);
    tcase_add_test(cases, bytes_are_limited);
    tcase_add_test(cases, words_are_limited);
    tcase_add_test(cases, bytes_of_a_word_are_limited);
    tcase_add_test(cases, depth_of_sets_is_limited);
    tcase_add_test(cases, expansions_are_limited);
    tcase_add_test(cases, a_set_must_not_use_itself);
    tcase_add_test(cases, the_longest_phrase_is_found);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
