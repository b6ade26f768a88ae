/* SPDX-License-Identifier: MIT */
/* Reading packs: what is read, where what is wrong is told, and that nothing is left behind. */
#include "lexicon/pack.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

#define HEAD "cxmine: 1\nlanguage: en\n"      /* two lines */
#define CATEGORY HEAD "categories:\n  a.b:\n" /* four lines */

/* ---- A pack, and what it told ---- */

enum { MOST_TOLD = 300 };

typedef struct told {
    cxm_error errors[MOST_TOLD];
    size_t count;
} told;

static told heard;
static cxm_pack pack;

static void listen(void *user, const cxm_error *error) {
    told *self = user;
    ck_assert_uint_lt(self->count, MOST_TOLD);
    self->errors[self->count++] = *error;
}

static void start(void) {
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    cxm_lexicon_options options = CXM_LEXICON_OPTIONS_INIT;
    options.report = listen;
    options.report_user = &heard;
    heard.count = 0;
    cxm_pack_init(&pack, &options, &allocator);
    pack.load = 1;
}

static void end(void) {
    cxm_pack_clear(&pack);
}

static cxm_status add(const char *text) {
    return cxm_pack_add_file(&pack, CXM_STR("t.yaml"), cxm_str_from(text), NULL);
}

static void add_good(const char *text) {
    cxm_error error = {.message = ""};
    cxm_status status = cxm_pack_add_file(&pack, CXM_STR("t.yaml"), cxm_str_from(text), &error);
    ck_assert_msg(!status, "%u:%u: %s", error.line, error.column, error.message);
}

static void assert_str(cxm_str text, const char *expected) {
    ck_assert_msg(cxm_str_is(text, expected), "'%.*s' is not '%s'", (int)text.len, text.ptr,
                  expected);
}

/* ---- Errors ---- */

typedef struct expected_error {
    unsigned line;
    unsigned column;
    const char *pointed_at; /* what the excerpt shows from the caret on */
    const char *message;    /* a part of it */
} expected_error;

typedef struct error_case {
    const char *text;
    expected_error errors[4]; /* all of them; line 0 ends */
} error_case;

static const error_case error_cases[] = {
    /* The head of a file. */
    {"", {{1, 1, "", "the file is empty"}}},
    {"# nothing\n", {{1, 1, "# nothing", "the file is empty"}}},
    {"text\n", {{1, 1, "text", "text here; expected 'cxmine: 1'"}}},
    {"- a\n", {{1, 1, "- a", "a list here; expected 'cxmine: 1'"}}},
    {"language: en\n", {{1, 1, "language: en", "no 'cxmine' here"}}},
    {"# x\ncxmine: 1\n", {{2, 1, "cxmine: 1", "no 'language' here"}}},
    {"cxmine: 2\nlanguage: en\n", {{1, 9, "2", "version '2' of the form"}}},
    {"cxmine: '1.0'\nlanguage: en\n", {{1, 10, "1.0'", "this library reads 1"}}},
    {"cxmine: 1\nlanguage: English\n", {{2, 11, "English", "'English' is no language"}}},
    {"cxmine: 1\nlanguage: [en]\n", {{2, 11, "[en]", "a list for 'language'"}}},
    {"cxmine: 1\nlanguage:\n", {{2, 1, "language:", "nothing for 'language'"}}},
    /* Keys. */
    {HEAD "categoris: {}\n", {{3, 1, "categoris: {}", "did you mean 'categories'?"}}},
    {HEAD "colour: x\n", {{3, 1, "colour: x", "unknown key 'colour'; expected cxmine, "}}},
    {HEAD "sets: {}\nfillers: []\nsets: {}\n",
     {{5, 1, "sets: {}", "the key 'sets' is already on line 3"}}},
    {CATEGORY "    phrses: [x]\n    phrases: [y]\n    tets: {}\n",
     {{5, 5, "phrses: [x]", "did you mean 'phrases'?"},
      {7, 5, "tets: {}", "did you mean 'tests'?"}}},
    {CATEGORY "    phrases: [x]\n    tests: {hits: [x], mis: [y]}\n",
     {{6, 13, "hits: [x], mis: [y]}", "did you mean 'hit'?"},
      {6, 24, "mis: [y]}", "did you mean 'miss'?"}}},
    {CATEGORY "    phrases: [x]\n    whose: y\n",
     {{6, 5, "whose: y", "expected title, why, speaker, weight, negation, phrases, unless"}}},
    /* Categories. */
    {HEAD "categories: [a.b]\n", {{3, 13, "[a.b]", "expected categories by name"}}},
    {HEAD "categories:\n  policy: {phrases: [x]}\n",
     {{4, 3, "policy: {phrases: [x]}", "'policy' is no name of a category"}}},
    {HEAD "categories:\n  a.B: {phrases: [x]}\n", {{4, 3, "a.B: {phrases: [x]}", "no name"}}},
    {HEAD "categories:\n  a.b.c: {phrases: [x]}\n", {{4, 3, "a.b.c: {phrases: [x]}", "no name"}}},
    {HEAD "categories:\n  .b: {phrases: [x]}\n", {{4, 3, ".b: {phrases: [x]}", "no name"}}},
    {HEAD "categories:\n  a.b:\n", {{4, 3, "a.b:", "nothing for 'a.b'"}}},
    {CATEGORY "    title: T\n", {{4, 3, "a.b:", "'a.b' is empty"}}},
    {CATEGORY "    phrases: []\n", {{4, 3, "a.b:", "'a.b' is empty"}}},
    {CATEGORY "    phrases: x\n", {{5, 14, "x", "text for 'phrases'; expected a list"}}},
    {CATEGORY "    phrases:\n", {{5, 5, "phrases:", "nothing for 'phrases'"}}},
    {CATEGORY "    phrases: [x]\n    title: [T]\n", {{6, 12, "[T]", "expected text"}}},
    {CATEGORY "    phrases: [x]\n    speaker: agnt\n", {{6, 14, "agnt", "did you mean 'agent'?"}}},
    {CATEGORY "    phrases: [x]\n    speaker: bot\n",
     {{6, 14, "bot", "'bot'; expected agent, customer or any"}}},
    {CATEGORY "    phrases: [x]\n    negation: keep\n", {{6, 15, "keep", "expected drop"}}},
    {CATEGORY "    phrases: [x]\n    tests: [x]\n", {{6, 12, "[x]", "expected hit: and miss:"}}},
    {CATEGORY "    phrases: [x]\n    tests: {hit: x}\n", {{6, 18, "x}", "a list of texts"}}},
    /* Phrases. */
    {CATEGORY "    phrases:\n      - x\n      -\n      - y\n",
     {{7, 7, "-", "nothing here; expected a phrase"}}},
    {CATEGORY "    phrases:\n      -\n      -\n",
     {{6, 7, "-", "nothing here"}, {7, 7, "-", "nothing here"}}},
    {CATEGORY "    phrases: ['', ' ', [x]]\n",
     {{5, 16, "', ' ', [x]]", "nothing here"},
      {5, 20, " ', [x]]", "nothing but white space"},
      {5, 24, "[x]]", "a list here; expected a phrase"}}},
    {CATEGORY "    phrases:\n      - told you: no\n",
     {{6, 9, "told you: no", "quote one that holds a ':'"}}},
    {CATEGORY "    phrases:\n      - weight: 2\n", {{6, 9, "weight: 2", "no 'phrase' here"}}},
    {CATEGORY "    phrases:\n      - phrase: x\n        wieght: 2\n        unless: y\n",
     {{7, 9, "wieght: 2", "did you mean 'weight'?"},
      {8, 17, "y", "text for 'unless'; expected a list of phrases"}}},
    {CATEGORY "    phrases: [x]\n    phrases: [x, y, z]\n",
     {{6, 5, "phrases: [x, y, z]", "the key 'phrases' is already on line 5"}}},
    {CATEGORY "    phrases:\n      - |-\n      - x\n", {{7, 7, "- x", "an empty block"}}},
    /* Weights. */
    {CATEGORY "    phrases: [x]\n    weight: two\n", {{6, 13, "two", "'two' is no weight"}}},
    {CATEGORY "    phrases: [x]\n    weight: 1e3\n", {{6, 13, "1e3", "is no weight"}}},
    {CATEGORY "    phrases: [x]\n    weight: 1,5\n", {{6, 13, "1,5", "is no weight"}}},
    {CATEGORY "    phrases: [x]\n    weight: .inf\n", {{6, 13, ".inf", "is no weight"}}},
    {CATEGORY "    phrases: [x]\n    weight: 1.\n", {{6, 13, "1.", "is no weight"}}},
    {CATEGORY "    phrases: [x]\n    weight: --1\n", {{6, 13, "--1", "is no weight"}}},
    {CATEGORY "    phrases: [x]\n    weight: '-'\n", {{6, 14, "-'", "is no weight"}}},
    {CATEGORY "    phrases: [x]\n    weight: 1234567890123456\n",
     {{6, 13, "1234567890123456", "at most 15 digits"}}},
    /* Sets and language data. */
    {HEAD "sets:\n  We: x\n  we us: y\n",
     {{4, 3, "We: x", "'We' is no name of a set"}, {5, 3, "we us: y", "no name of a set"}}},
    {HEAD "sets:\n  we: []\n", {{4, 7, "[]", "an empty list; expected a phrase or a list"}}},
    {HEAD "sets:\n  we:\n", {{4, 3, "we:", "nothing for 'we'"}}},
    {HEAD "sets:\n  we: {a: b}\n", {{4, 7, "{a: b}", "a mapping for 'we'"}}},
    {HEAD "contractions:\n  \"i'm\": ''\n", {{4, 4, "i'm\": ''", "nothing for 'i'm'"}}},
    {HEAD "spellings:\n  a: b\n", {{4, 6, "b", "expected a list of variants"}}},
    {HEAD "roles:\n  agnet: [rep]\n  boss: [x]\n",
     {{4, 3, "agnet: [rep]", "did you mean 'agent'?"},
      {5, 3, "boss: [x]", "expected agent, customer, bot or other"}}},
    {HEAD "fillers: uh\n", {{3, 10, "uh", "text for 'fillers'; expected a list of words"}}},
    {HEAD "stemmer: [x]\n", {{3, 10, "[x]", "expected the name of a Snowball stemmer"}}},
    /* YAML that packs do without. */
    {HEAD "fillers: &a [x]\nnegators: *a\n",
     {{3, 11, "a [x]", "an anchor; packs have none"}, {4, 12, "a", "begins with '*'"}}},
    {HEAD "sets:\n  a: !x b\n  <<: {c: d}\n",
     {{4, 6, "!x b", "a tag"}, {5, 3, "<<: {c: d}", "a merge key"}}},
    {HEAD "--- \nb: c\n", {{3, 1, "---", "a second document"}}},
    {"%YAML 1.2\n---\n" HEAD, {{1, 1, "%YAML 1.2", "a line that begins with '%'"}}},
    {HEAD "? [a]\n: b\n", {{3, 3, "[a]", "a list as a key"}}},
    {HEAD "? {a: b}\n: b\n", {{3, 3, "{a: b}", "a mapping as a key"}}},
    /* No YAML at all. */
    {HEAD "sets:\n  a: \"x\n", {{4, 7, "x", "not valid YAML"}}},
    {HEAD "sets:\n  a: b: c\n", {{4, 7, ": c", "text that holds ': ' must be quoted"}}},
    {HEAD "sets:\n  a: [x\n", {{5, 1, "", "not valid YAML"}}},
    {HEAD "sets:\n\ta: b\n", {{4, 1, " a: b", "expected spaces"}}},
    {HEAD "sets:\n  \xC3\xA9: @x\n", {{4, 6, "@x", "text that begins so must be quoted"}}},
    {HEAD "sets:\n  \xC3\xA9: x\x01\n", {{4, 7, " ", "control character U+0001"}}},
    {HEAD "sets:\n  \xC3\xA9: x\xC3(\n", {{4, 7, "\xC3(", "byte 0xC3 is not UTF-8"}}},
    /* Line ends of all kinds, a byte order mark, columns in code points. */
    {"\xEF\xBB\xBF" HEAD "\xC3\xA4\xE2\x82\xAC: {}\n",
     {{3, 1, "\xC3\xA4\xE2\x82\xAC: {}", "unknown key"}}},
    {"cxmine: 1\r\nlanguage: en\r\nfillers: ['\xC3\xA9', [x]]\r\n",
     {{3, 16, "[x]]", "a list here"}}},
};

static void check_error(const char *text, const expected_error *expected, const cxm_error *error) {
    ck_assert_msg(error->line == expected->line && error->column == expected->column &&
                      strstr(error->message, expected->message),
                  "in <%s>: expected %u:%u: %s; got %u:%u: %s", text, expected->line,
                  expected->column, expected->message, error->line, error->column, error->message);
    size_t at = 0;
    for (uint32_t i = 1; i < error->caret && error->excerpt[at]; i++)
        do
            at++;
        while (((unsigned char)error->excerpt[at] & 0xC0) == 0x80);
    ck_assert_msg(
        strncmp(error->excerpt + at, expected->pointed_at, strlen(expected->pointed_at)) == 0,
        "in <%s>: expected '%s', pointed at '%s'", text, expected->pointed_at, error->excerpt + at);
    ck_assert_str_eq(error->file, "t.yaml");
}

START_TEST(errors_are_told_with_their_places) {
    const error_case *test = &error_cases[_i];
    start();
    cxm_error first;
    cxm_status status =
        cxm_pack_add_file(&pack, CXM_STR("t.yaml"), cxm_str_from(test->text), &first);
    size_t count = 0;
    while (count < 4 && test->errors[count].line)
        count++;
    for (size_t i = 0; i < count && i < heard.count; i++)
        check_error(test->text, &test->errors[i], &heard.errors[i]);
    ck_assert_msg(heard.count == count, "in <%s>: %zu errors; the last is %s", test->text,
                  heard.count, heard.count ? heard.errors[heard.count - 1].message : "none");
    ck_assert_int_eq(status, first.code);
    ck_assert_str_eq(first.message, heard.errors[0].message);
    ck_assert_uint_eq(pack.error_count, count);
    end();
}
END_TEST

START_TEST(errors_have_an_end) {
    start();
    cxm_error error;
    char text[8192] = HEAD "fillers:\n";
    for (int i = 0; i < 250; i++)
        strcat(text, " - []\n");
    ck_assert_int_eq(add(text), CXM_E_SYNTAX);
    ck_assert_uint_eq(heard.count, CXM_PACK_MAX_ERRORS + 1);
    ck_assert_uint_eq(heard.errors[CXM_PACK_MAX_ERRORS - 1].line, CXM_PACK_MAX_ERRORS + 3);
    ck_assert_ptr_nonnull(strstr(heard.errors[CXM_PACK_MAX_ERRORS].message, "more errors"));
    ck_assert_uint_eq(pack.error_count, 250);
    ck_assert_int_eq(cxm_pack_add_file(&pack, CXM_STR("u.yaml"), CXM_STR(""), &error),
                     CXM_E_SYNTAX);
    ck_assert_str_eq(error.file, "u.yaml");
    ck_assert_uint_eq(heard.count, CXM_PACK_MAX_ERRORS + 1);
    end();
}
END_TEST

/* A place in a scalar's text is found in the file, as it is written there. */
START_TEST(places_in_scalars) {
    static const struct {
        const char *written; /* behind "cxmine: 1\nlanguage: en\nfillers:\n - " */
        size_t at;
        unsigned line, column;
    } cases[] = {
        {"a b", 2, 4, 6},
        {"a b", 3, 4, 7},
        {"'it''s so'", 2, 4, 7},
        {"'it''s so'", 5, 4, 11},
        {"\"a\\\"b\\\\c\"", 4, 4, 11},
        {"\"\\u00e9\\x41b\"", 3, 4, 15},
        {"\"a\\\n   b\"", 1, 5, 4},
        {"one \n   two", 4, 5, 4},
        {"'one\n\n   two'", 4, 6, 4},
        {"|\n   one\n   two", 4, 6, 4},
        {">-\n   one\n   two", 0, 5, 4},
        {">-\n   one\n   two", 5, 6, 5},
        {"\xC3\xA9t\xC3\xA9 x", 6, 4, 8},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[200];
        start();
        snprintf(text, sizeof text, HEAD "fillers:\n - %s\n", cases[i].written);
        add_good(text);
        cxm_pack_report(&pack, CXM_E_SYNTAX, &pack.fillers.items[0], cases[i].at, "here");
        ck_assert_msg(heard.errors[0].line == cases[i].line &&
                          heard.errors[0].column == cases[i].column,
                      "<%s>: %u:%u", text, heard.errors[0].line, heard.errors[0].column);
        end();
    }
}
END_TEST

START_TEST(files_of_one_pack_agree) {
    start();
    add_good(HEAD "sets: {we: [us]}\nstemmer: english\n");
    ck_assert_int_eq(cxm_pack_add_file(&pack, CXM_STR("u.yaml"),
                                       CXM_STR("cxmine: 1\nlanguage: de\nsets:\n  we: x\n"
                                               "stemmer: german\n"),
                                       NULL),
                     CXM_E_SYNTAX);
    ck_assert_uint_eq(heard.count, 3);
    ck_assert_str_eq(heard.errors[0].message, "the language 'de'; expected 'en', that of t.yaml");
    ck_assert_str_eq(heard.errors[1].message, "the set 'we' is already in t.yaml, line 3");
    ck_assert_ptr_nonnull(strstr(heard.errors[2].message, "another stemmer"));
    ck_assert_uint_eq(pack.sets.count, 1);
    pack.load++;
    add_good(HEAD "sets: {we: [ours]}\n");
    ck_assert_uint_eq(pack.sets.count, 2);
    end();
}
END_TEST

/* ---- What is read ---- */

START_TEST(a_category) {
    start();
    add_good(CATEGORY "    title: A title\n"
                      "    why: >-\n      Because\n      it is.\n"
                      "    speaker: agent\n"
                      "    weight: -2\n"
                      "    negation: drop\n"
                      "    phrases:\n"
                      "      - no\n"
                      "      - phrase: (very)? sorry, 'tis\n"
                      "        weight: 0.25\n"
                      "        unless: [off, \"on\"]\n"
                      "    unless: [~]\n"
                      "    tests:\n"
                      "      hit: [\"a \\0 b\"]\n"
                      "      miss: [c, d]\n");
    ck_assert_uint_eq(pack.category_count, 1);
    ck_assert(!pack.has_language_data);
    const cxm_pack_category *category = pack.categories;
    assert_str(category->name.text, "a.b");
    ck_assert_uint_eq(category->name.line, 4);
    assert_str(category->title.text, "A title");
    assert_str(category->why.text, "Because it is.");
    assert_str(category->speaker.text, "agent");
    ck_assert(category->has_weight && category->weight == -2 && category->drop_negated);
    ck_assert_uint_eq(category->phrase_count, 2);
    assert_str(category->phrases[0].text.text, "no");
    ck_assert_uint_eq(category->phrases[0].text.line, 13);
    ck_assert(!category->phrases[0].has_weight);
    assert_str(category->phrases[1].text.text, "(very)? sorry, 'tis");
    ck_assert(category->phrases[1].has_weight && category->phrases[1].weight == 0.25);
    assert_str(category->phrases[1].unless.items[1].text, "on");
    assert_str(category->unless.items[0].text, "~");
    ck_assert(cxm_str_equal(category->hits.items[0].text, CXM_STR("a \0 b")));
    ck_assert_uint_eq(category->misses.count, 2);
    end();
}
END_TEST

START_TEST(language_data) {
    start();
    add_good(HEAD "sets: {we: us, number: [one, two]}\n");
    ck_assert(!pack.has_language_data);
    assert_str(pack.sets.items[0].values.items[0].text, "us");
    ck_assert_uint_eq(pack.sets.items[1].values.count, 2);
    add_good(HEAD "stemmer: english\n"
                  "contractions: {\"can't\": can not, \"he's\": [he is, he has]}\n"
                  "ambiguous: [ill, no]\n"
                  "clitics: {\"'s\": ['', is], \"'x\": ''}\n"
                  "spellings: {apologize: [apologise]}\n"
                  "fillers: [uh, you know]\nannotations: [laughs]\nabbreviations: [mr]\n"
                  "negators: [not, \"no\"]\nroles: {agent: [rep], other: [x, y]}\n");
    ck_assert(pack.has_language_data);
    assert_str(pack.stemmer.text, "english");
    assert_str(pack.contractions.items[0].key.text, "can't");
    ck_assert_uint_eq(pack.contractions.items[1].values.count, 2);
    assert_str(pack.ambiguous.items[1].text, "no");
    assert_str(pack.clitics.items[0].values.items[0].text, "");
    assert_str(pack.clitics.items[1].values.items[0].text, "");
    assert_str(pack.spellings.items[0].values.items[0].text, "apologise");
    assert_str(pack.fillers.items[1].text, "you know");
    ck_assert_uint_eq(pack.annotations.count + pack.abbreviations.count, 2);
    assert_str(pack.negators.items[1].text, "no");
    ck_assert_uint_eq(pack.roles.items[1].values.count, 2);
    end();
}
END_TEST

START_TEST(a_word_list) {
    start();
    ck_assert_int_eq(cxm_pack_add_file(&pack, CXM_STR("words.txt"), CXM_STR("a\t1\n"), NULL), 0);
    ck_assert_int_eq(cxm_pack_add_file(&pack, CXM_STR("words.txt"), CXM_STR("b\t2\n"), NULL), 0);
    assert_str(pack.word_list.text, "b\t2\n");
    end();
}
END_TEST

START_TEST(weights) {
    static const struct {
        const char *text;
        double number;
    } cases[] = {{"0", 0},        {"-0", 0},    {"+1", 1},
                 {"-2.50", -2.5}, {"0.1", 0.1}, {"123456789.012345", 123456789.012345}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[200];
        start();
        snprintf(text, sizeof text, CATEGORY "    phrases: [x]\n    weight: %s\n", cases[i].text);
        add_good(text);
        ck_assert_double_eq(pack.categories[0].weight, cases[i].number);
        end();
    }
}
END_TEST

/* ---- Forks and rolling back ---- */

START_TEST(a_fork_leaves_the_pack_alone) {
    cxm_pack fork;
    start();
    add_good(CATEGORY "    phrases: [x]\nsets: {we: us}\n");
    ck_assert(cxm_pack_fork(&pack, &fork));
    fork.load++;
    ck_assert_int_eq(
        cxm_pack_add_static(&fork, CXM_STR("f"), CXM_STR(HEAD "sets: {we: x}\n"), NULL), CXM_OK);
    ck_assert_int_ne(cxm_pack_add_static(&fork, CXM_STR("f"), CXM_STR("x"), NULL), CXM_OK);
    ck_assert_uint_eq(fork.sets.count, 2);
    ck_assert_uint_eq(fork.category_count, 1);
    cxm_pack_clear(&fork);
    ck_assert_uint_eq(pack.sets.count, 1);
    ck_assert_uint_eq(pack.error_count, 0);
    assert_str(pack.categories[0].phrases[0].text.text, "x");
    end();
}
END_TEST

START_TEST(rolling_back_forgets) {
    start();
    cxm_pack saved = pack;
    ck_assert_int_ne(add(CATEGORY "    phrases: [x, '']\nsets: {we: us}\nfillers: [uh]\n"), CXM_OK);
    cxm_pack_roll_back(&pack, &saved);
    ck_assert_uint_eq(pack.category_count + pack.sets.count + pack.fillers.count, 0);
    ck_assert_uint_eq(pack.error_count, 0);
    ck_assert(!pack.language.text.ptr && !pack.has_language_data);
    add_good("cxmine: 1\nlanguage: de\nsets: {we: us, a: b}\n");
    ck_assert_uint_eq(pack.sets.count, 2);
    end();
}
END_TEST

/* ---- Want of memory ---- */

static cxm_status add_measured(meter *self) {
    static const char text[] = CATEGORY
        "    phrases: [x, {phrase: \"\\u00e9\", unless: [z]}]\n    tests: {hit: [x]}\n"
        "sets: {a: b, c: d, e: f, g: h, i: j, k: l, m: n, o: p, q: [r]}\nfillers: [uh]\nbad: x\n";
    cxm_allocator allocator = meter_allocator(self);
    cxm_pack measured_pack;
    cxm_pack fork;
    cxm_pack_init(&measured_pack, NULL, &allocator);
    cxm_status status = cxm_pack_add_file(&measured_pack, CXM_STR("t"), CXM_STR(text), NULL);
    if (cxm_pack_fork(&measured_pack, &fork))
        cxm_pack_clear(&fork);
    cxm_pack_clear(&measured_pack);
    ck_assert_uint_eq(self->live, 0);
    return status;
}

START_TEST(no_memory_is_told_and_nothing_leaks) {
    meter memory = {.live = 0};
    ck_assert_int_eq(add_measured(&memory), CXM_E_SYNTAX);
    size_t calls = memory.calls;
    for (size_t i = 1; i <= calls; i++) {
        memory.calls = 0;
        memory.fail_at = i;
        cxm_status status = add_measured(&memory);
        ck_assert(status == CXM_E_NOMEM || status == CXM_E_SYNTAX);
    }
}
END_TEST

START_TEST(limits) {
    static const size_t size = CXM_PACK_MAX_FILE_BYTES + 1;
    char *text = malloc(size);
    memset(text, '#', size);
    start();
    ck_assert_int_eq(cxm_pack_add_file(&pack, CXM_STR("t.yaml"), (cxm_str){text, size}, NULL),
                     CXM_E_LIMIT);
    ck_assert_str_eq(heard.errors[0].file, "t.yaml");
    pack.file_count = CXM_PACK_MAX_FILES;
    ck_assert_int_eq(add(HEAD), CXM_E_LIMIT);
    pack.file_count = 0;
    pack.total_bytes = CXM_PACK_MAX_BYTES - 2;
    ck_assert_int_eq(add(HEAD), CXM_E_LIMIT);
    end();
    free(text);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("pack");
    TCase *pack_case = tcase_create("pack");
    tcase_set_timeout(pack_case, 120);
    tcase_add_loop_test(pack_case, errors_are_told_with_their_places, 0,
                        sizeof error_cases / sizeof error_cases[0]);
    tcase_add_test(pack_case, errors_have_an_end);
    tcase_add_test(pack_case, places_in_scalars);
    tcase_add_test(pack_case, files_of_one_pack_agree);
    tcase_add_test(pack_case, a_category);
    tcase_add_test(pack_case, language_data);
    tcase_add_test(pack_case, a_word_list);
    tcase_add_test(pack_case, weights);
    tcase_add_test(pack_case, a_fork_leaves_the_pack_alone);
    tcase_add_test(pack_case, rolling_back_forgets);
    tcase_add_test(pack_case, no_memory_is_told_and_nothing_leaks);
    tcase_add_test(pack_case, limits);
    suite_add_tcase(suite, pack_case);
    return run_suite(suite);
}
