/* SPDX-License-Identifier: MIT */
/* What a word may stand for: contractions, clitics, spellings, ambiguous forms. */
#include "text/language.h"

#include "lexicon/lexicon.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

static const char language_pack[] = "cxmine: 1\nlanguage: en\nstemmer: english\n"
                                    "contractions:\n"
                                    "  \"i'm\": i am\n"
                                    "  \"don't\": do not\n"
                                    "  \"she'll\": she will\n"
                                    "  \"he's\": [he is, he has]\n"
                                    "  \"i'd've\": i would have\n"
                                    "  \"we're\": we are\n"
                                    "  were: we are were\n"
                                    "  gonna: going to\n"
                                    "  \"colour's\": colour is\n"
                                    "  \"y'all'd\": you all would\n"
                                    "ambiguous: [shell, hes]\n"
                                    "clitics:\n"
                                    "  \"'s\": ['', is, has]\n"
                                    "  \"n't\": not\n"
                                    "  \"'nt\": [not]\n"
                                    "  \"'\": ''\n"
                                    "  \"'d've\": would have\n"
                                    "  \"'ve\": have\n"
                                    "spellings:\n"
                                    "  color: [colour, kolor]\n"
                                    "  gray: [grey]\n"
                                    "  hue: [color]\n"
                                    "fillers: [uh, you know, I-Mean, hm]\n"
                                    "annotations: [Laughs, hold music]\n"
                                    "abbreviations: [Mr, e.g, etc]\n";

typedef struct reading_case {
    const char *word; /* folded */
    const char *readings;
} reading_case;

static const reading_case reading_cases[] = {
    {"word", "word"},
    {"i'm", "i am"},
    {"im", "i am"},
    {"don't", "do not"},
    {"dont", "do not"},
    {"he's", "he is|he has"},
    {"hes", "hes|he is|he has"}, /* ambiguous: itself, too */
    {"shell", "shell|she will"},
    {"she'll", "she will"},
    {"were", "we are were"}, /* written out wins over derived */
    {"we're", "we are"},
    {"i'd've", "i would have"},
    {"idve", "i would have"},
    {"yalld", "you all would"}, /* all apostrophes left out */
    {"yall'd", "yall'd"},       /* but not some of them */
    {"gonna", "going to"},
    {"manager's", "manager|manager is|manager has"},
    {"couldn't", "could not"},
    {"couldnt", "couldnt"},           /* no clitic without its apostrophe */
    {"they'd've", "they would have"}, /* the longest ending */
    {"they've", "they have"},
    {"'s", "'s"}, /* nothing in front */
    {"n't", "n't"},
    {"colour", "color"},
    {"grey", "gray"},
    {"grey's", "gray|gray is|gray has"},
    {"color", "hue"}, /* a canonical form may be a variant itself: one step only */
    {"kolor", "color"},
    {"colour's", "color is"},
};

static cxm_lexicon *build_pack(const char *pack) {
    cxm_lexicon_builder *builder;
    cxm_lexicon *lexicon;
    cxm_error error = {.message = ""};
    ck_assert_int_eq(cxm_lexicon_builder_new(NULL, &builder, NULL), CXM_OK);
    cxm_status status =
        cxm_lexicon_builder_add_bytes(builder, CXM_STR("l.yaml"), cxm_str_from(pack), &error);
    if (!status)
        status = cxm_lexicon_builder_build(builder, &lexicon, &error);
    ck_assert_msg(!status, "%u:%u: %s", error.line, error.column, error.message);
    cxm_lexicon_builder_free(builder);
    return lexicon;
}

static void write_readings(const cxm_readings *readings, char *out, size_t room) {
    size_t len = 0;
    for (size_t r = 0; r < readings->count; r++)
        for (size_t i = 0; i < readings->items[r].count; i++)
            len += (size_t)snprintf(out + len, room - len, "%s%.*s",
                                    i   ? " "
                                    : r ? "|"
                                        : "",
                                    (int)readings->items[r].words[i].len,
                                    readings->items[r].words[i].ptr);
}

START_TEST(readings) {
    const reading_case *given = &reading_cases[_i];
    char written[256] = "";
    cxm_readings found;
    cxm_lexicon *lexicon = build_pack(language_pack);
    cxm_language_read(&lexicon->language, cxm_str_from(given->word), &found);
    write_readings(&found, written, sizeof written);
    ck_assert_msg(strcmp(written, given->readings) == 0, "%s: %s, not %s", given->word, written,
                  given->readings);
    cxm_lexicon_free(lexicon);
}
END_TEST

START_TEST(kinds_of_words) {
    cxm_lexicon *lexicon = build_pack(language_pack);
    const cxm_language *language = &lexicon->language;
    const struct {
        const cxm_table *table;
        const char *word;
        bool in;
    } given[] = {
        {&language->fillers, "uh", true},         {&language->fillers, "hm", true},
        {&language->annotations, "laughs", true}, {&language->annotations, "Laughs", false},
        {&language->abbreviations, "mr", true},   {&language->abbreviations, "e.g", true},
        {&language->abbreviations, "uh", false},
    };
    for (size_t i = 0; i < COUNT(given); i++)
        ck_assert_msg((cxm_table_find(given[i].table, cxm_str_from(given[i].word)) != NULL) ==
                          given[i].in,
                      "%s", given[i].word);
    ck_assert(cxm_str_is(language->stemmer, "english"));
    cxm_lexicon_free(lexicon);
}
END_TEST

/* Without any data there is nothing that a word stands for but itself. */
START_TEST(empty_language) {
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    cxm_language language;
    cxm_readings found;
    cxm_language_init(&language, &allocator);
    cxm_language_read(&language, CXM_STR("don't"), &found);
    ck_assert_uint_eq(found.count, 1);
    ck_assert_uint_eq(found.items[0].count, 1);
    ck_assert(cxm_str_is(found.items[0].words[0], "don't"));
    ck_assert(cxm_str_is(cxm_language_spelling(&language, CXM_STR("grey")), "grey"));
    ck_assert(!cxm_language_has_contraction(&language, CXM_STR("don't")));
    cxm_language_clear(&language);
}
END_TEST

START_TEST(readings_are_limited) {
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    cxm_language language;
    cxm_readings found;
    cxm_reading reading = {2, {CXM_STR("a"), CXM_STR("b")}};
    cxm_language_init(&language, &allocator);
    for (size_t i = 0; i < CXM_MAX_READINGS; i++)
        ck_assert(cxm_language_add_reading(&language, CXM_STR("x"), &reading));
    ck_assert(!cxm_language_add_reading(&language, CXM_STR("x"), &reading));
    cxm_language_read(&language, CXM_STR("x"), &found);
    ck_assert_uint_eq(found.count, CXM_MAX_READINGS);
    cxm_language_clear(&language);
}
END_TEST

typedef struct fault_case {
    const char *lines; /* of a pack, from the third on */
    unsigned line;
    unsigned column;
    const char *message;
} fault_case;

static const fault_case fault_cases[] = {
    {"contractions: {\"don't\": [a b c d e f g]}\n", 3, 26, "at most 6 words"},
    {"contractions: {x: [a, b, c, d, e, f, g, h, i]}\n", 3, 16, "at most 8 readings"},
    {"contractions: {ill: [a, b, c, d, e, f, g, h]}\nambiguous: [ill]\n", 3, 16,
     "at most 8 readings"},
    {"contractions: {a: '...'}\n", 3, 20, "expected what the contraction stands for"},
    {"contractions: {a b: c}\n", 3, 16, "expected one word, not 'a b'"},
    {"spellings: {a-b: [c]}\n", 3, 13, "expected one word, not 'a-b'"},
    {"spellings: {a: [b c]}\n", 3, 17, "expected one word, not 'b c'"},
    {"clitics: {\"'s\": [a b c d e f g]}\n", 3, 18, "at most 6 words"},
    {"clitics: {\"'s\": [a, b, c, d, e, f, g, h, i]}\n", 3, 12, "at most 8 readings"},
    {"stemmer: englisch\n", 3, 10, "no Snowball stemmer 'englisch'"},
    {"fillers: [uh, (um]\n", 3, 15, "this ( is never closed"},
    {"fillers: [(uh)? um]\n", 3, 11, "a filler is plain words"},
    {"fillers: [uh ... um]\n", 3, 11, "a filler is plain words"},
    {"negators: [not, '* x']\n", 3, 18, "expected a word"},
};

START_TEST(faults) {
    const fault_case *given = &fault_cases[_i];
    char pack[512];
    cxm_lexicon_builder *builder;
    cxm_lexicon *lexicon;
    cxm_error error = {.message = ""};
    snprintf(pack, sizeof pack, "cxmine: 1\nlanguage: en\n%s", given->lines);
    ck_assert_int_eq(cxm_lexicon_builder_new(NULL, &builder, NULL), CXM_OK);
    cxm_status status =
        cxm_lexicon_builder_add_bytes(builder, CXM_STR("l.yaml"), cxm_str_from(pack), &error);
    if (!status)
        status = cxm_lexicon_builder_build(builder, &lexicon, &error);
    ck_assert_int_ne(status, CXM_OK);
    ck_assert_msg(strstr(error.message, given->message), "%s: %s", given->lines, error.message);
    ck_assert_msg(error.line == given->line && error.column == given->column, "%s: %u:%u",
                  given->lines, error.line, error.column);
    cxm_lexicon_builder_free(builder);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("language");
    TCase *cases = tcase_create("language");
    tcase_set_timeout(cases, 20);
    tcase_add_loop_test(cases, readings, 0, COUNT(reading_cases));
    tcase_add_test(cases, kinds_of_words);
    tcase_add_test(cases, empty_language);
    tcase_add_test(cases, readings_are_limited);
    tcase_add_loop_test(cases, faults, 0, COUNT(fault_cases));
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
