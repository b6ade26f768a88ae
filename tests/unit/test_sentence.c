/* SPDX-License-Identifier: MIT */
/* Where sentences end, and what each of their tokens is said to be, as cxm_miner_tokenize() tells.
 */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- Sentences ---- */

typedef struct sentence_case {
    const char *text;
    const char *sentences; /* their words; "|" between sentences */
} sentence_case;

static const sentence_case rules[] = {
    {"", ""},
    {"No end", "No end"},
    /* UAX #29 */
    {"One. Two! Three? Four", "One|Two|Three|Four"},
    {"One.Two", "One|Two"},
    {"He said \"no.\" Then left.", "He said no|Then left"},
    {"Yes.) No.] Well.\" So", "Yes|No|Well|So"},
    {"What?! No!! So... Yes", "What|No|So|Yes"},
    {"It costs 3.50. Fine", "It costs 3.50|Fine"},
    {"Version 1.2 is out", "Version 1.2 is out"},
    {"Really?yes", "Really|yes"},
    {"Really! yes", "Really|yes"},
    {"No.1 is", "No 1 is"},
    {"そう。はい", "そ う|は い"},
    {"Really\xEF\xBC\x9F Yes", "Really|Yes"},
    {"One\xE2\x80\xA6 Two", "One Two"},
    {"One\xC2\x85Two", "One Two"},
};

static const sentence_case line_ends[] = {
    {"one\ntwo", "one two"},
    {"one\r\ntwo", "one two"},
    {"one.\nTwo", "one|Two"},
    {"one\n\ntwo", "one|two"},
    {"one\r\n\r\ntwo", "one|two"},
    {"one\n  \t\ntwo", "one|two"},
    {"one\n\n\n\ntwo", "one|two"},
    {"one\n- two\n* three\n1. four\n2) five\n33. six", "one|two|three|1 four|2 five|33|six"},
    {"one\n-two", "one two"},
    {"one - two * three 1) four", "one two three 1 four"},
    {"one\n  - two", "one|two"},
    {"one\n2024 two", "one 2024 two"},
    {"one\n1234. two", "one 1234|two"},
    {"one\n", "one"},
    {"\n\none\n\n", "one"},
};

static const sentence_case abbreviations[] = {
    {"Mr. Smith and Dr. Who", "Mr Smith and Dr Who"},
    {"mrs. Smith", "mrs Smith"},
    {"MR. SMITH", "MR SMITH"},
    {"pens, paper, etc. Then", "pens paper etc Then"},
    {"That is Mr.", "That is Mr"},
    {"Is it Mr? Yes", "Is it Mr|Yes"},
    {"It is Mr! Yes", "It is Mr|Yes"},
    {"The mr... Yes", "The mr|Yes"},
    {"By U.S. law. So", "By U.S law|So"},
    {"Is it etc.? Yes", "Is it etc|Yes"},
};

static const sentence_case chats[] = {
    {"okay. so what", "okay|so what"},
    {"okay. so. what. now", "okay|so|what|now"},
    {"J. smith", "J smith"},
    {"a. b. c", "a b c"},
    {"i'm so... sorry", "i'm so sorry"},
    {"i'm so.. sorry", "i'm so sorry"},
    {"wait... What", "wait|What"},
    {"okay.So what", "okay|So what"},
    {"okay.so what", "okay.so what"},
    {"U.S.A is", "U.S.A is"},
    {"the U.S. is big", "the U.S is big"},
    {"see www.example.com. then go", "see www.example.com then go"},
    {"why?so", "why|so"},
    {"no.Never", "no|Never"},
    {"a.B", "a|B"},
    {"A.B", "A.B"},
    {"at 5.30pm. thanks", "at 5.30pm thanks"},
};

static const sentence_case annotations[] = {
    {"One [inaudible.] two", "One two"},
    {"One. [laughs] Two", "One|Two"},
    {"One (why? what? inaudible) two", "One two"},
    {"One (why? what) two", "One why|what two"},
};

typedef struct sentence_table {
    const sentence_case *cases;
    size_t count;
} sentence_table;

static const sentence_table tables[] = {
    {rules, COUNT(rules)}, {line_ends, COUNT(line_ends)},     {abbreviations, COUNT(abbreviations)},
    {chats, COUNT(chats)}, {annotations, COUNT(annotations)},
};

enum { MOST_ROWS = 32, ROOM = 1024 };

typedef struct tokenized {
    cxm_lexicon *lexicon;
    cxm_miner *miner;
    const cxm_token *tokens;
    size_t count;
} tokenized;

static tokenized tokenize(const char *text) {
    tokenized self = {.lexicon = new_lexicon("")};
    self.miner = new_miner(self.lexicon);
    ck_assert_int_eq(
        cxm_miner_tokenize(self.miner, cxm_str_from(text), &self.tokens, &self.count, NULL),
        CXM_OK);
    return self;
}

static void tokenized_free(tokenized *self) {
    cxm_miner_free(self->miner);
    cxm_lexicon_free(self->lexicon);
}

/* The words, and a mark in front of each that starts a sentence. */
static void write_sentences(const tokenized *self, const char *text, char out[ROOM]) {
    size_t len = 0;
    uint32_t sentence = 0;
    bool first = true;
    out[0] = '\0';
    for (size_t i = 0; i < self->count; i++) {
        const cxm_token *token = &self->tokens[i];
        if (token->flags & CXM_TOKEN_ANNOTATION)
            continue;
        bool starts = (token->flags & CXM_TOKEN_SENTENCE_START) != 0;
        ck_assert_msg(starts == (first || token->sentence != sentence), "%s: sentence %u", text,
                      token->sentence);
        ck_assert_uint_eq(token->sentence, first ? 0 : sentence + (starts ? 1 : 0));
        len += (size_t)snprintf(out + len, ROOM - len, "%s%.*s",
                                first    ? ""
                                : starts ? "|"
                                         : " ",
                                (int)(token->end - token->start), text + token->start);
        sentence = token->sentence;
        first = false;
    }
}

START_TEST(sentences) {
    const sentence_table *table = &tables[_i / MOST_ROWS];
    size_t row = (size_t)_i % MOST_ROWS;
    char written[ROOM];
    ck_assert_uint_le(table->count, MOST_ROWS);
    if (row >= table->count)
        return;
    tokenized self = tokenize(table->cases[row].text);
    write_sentences(&self, table->cases[row].text, written);
    ck_assert_str_eq(written, table->cases[row].sentences);
    tokenized_free(&self);
}
END_TEST

/* Questions, by a phrase that only a question ends. */
START_TEST(questions) {
    static const struct {
        const char *text;
        bool asks;
    } given[] = {
        {"so?", true},        {"so", false},      {"so.", false},
        {"so!", false},       {"so?!", true},     {"so!?", true},
        {"so??", true},       {"so?.", true},     {"so\xEF\xBC\x9F", true},
        {"so\xD8\x9F", true}, {"so ?", true},     {"so)?", true},
        {"so? no", true},     {"so\n\n?", false}, {"so [laughs]?", true},
        {"so...?", true},     {"so? \"", true},   {"so ? ,", true},
        {"so, [no?]", false},
    };
    cxm_lexicon *lexicon = new_phrase_lexicon("so $?");
    for (size_t i = 0; i < COUNT(given); i++) {
        mined self = mine_text(lexicon, CXM_ROLE_UNKNOWN, given[i].text);
        ck_assert_msg((self.result->hit_count == 1) == given[i].asks, "%s", given[i].text);
        mined_free(&self);
    }
    cxm_lexicon_free(lexicon);
}
END_TEST

/* ---- Tokens ---- */

typedef struct token_case {
    const char *text;
    const char *tokens; /* see write_token() */
} token_case;

/* A token as written, then what differs: =folded, ->expanded, ~stem, and flags in letters. */
static const token_case token_cases[] = {
    {"Our POLICY", "Our=our POLICY=policy~polici"},
    {"I can't", "I=i can't->can not"},
    {"It’s", "It’s=it's->it is|it has"},
    {"dont its", "dont->do not its->its|it is|it has~it"},
    {"the manager's", "the manager's->manager|manager is|manager has"},
    {"apologise", "apologise=apologize~apolog"},
    {"uh I, I um", "uh:F I=i I=i:R um:F"},
    {"I, uh, I", "I=i uh:F I=i:R"},
    {"I am I am sorry", "I=i am I=i:R am:R sorry~sorri"},
    {"no no no", "no no:R no:R"},
    {"No. No", "No=no No=no"},
    {"pol- policy", "pol:C policy~polici"},
    {"pol-policy -x x -", "pol policy~polici x x:R"},
    {"pol-", "pol:C"},
    {"[inaudible]", "inaudible:A~inaud"},
    {"a [laughs loudly] b", "a laughs:A~laugh loudly:A~loud b"},
    {"(LAUGHS) <crosstalk> [x]", "LAUGHS=laughs:A~laugh crosstalk:A x"},
    {"[inaudible", "inaudible~inaud"},
    {"(a b c d e f laughs)", "a b c d e f laughs~laugh"},
    {"ＡＢ ﬁne Straße", "ＡＢ=ab ﬁne=fine Straße=strasse~strass"},
};

static const char *const flag_letters = "FRCA.SG";

/* The flags, but for that of the start of a sentence. */
static size_t write_flags(uint32_t flags, char *out, size_t room) {
    size_t len = 0;
    for (size_t bit = 0; flag_letters[bit]; bit++)
        if ((flags >> bit & 1) && flag_letters[bit] != '.')
            len +=
                (size_t)snprintf(out + len, room - len, "%s%c", len ? "" : ":", flag_letters[bit]);
    return len;
}

static size_t write_token(const cxm_token *token, const char *text, char *out, size_t room) {
    cxm_str word = {text + token->start, token->end - token->start};
    size_t len = (size_t)snprintf(out, room, "%.*s", (int)word.len, word.ptr);
    if (!cxm_str_equal(word, token->folded))
        len += (size_t)snprintf(out + len, room - len, "=%.*s", (int)token->folded.len,
                                token->folded.ptr);
    if (token->expanded.len)
        len += (size_t)snprintf(out + len, room - len, "->%.*s", (int)token->expanded.len,
                                token->expanded.ptr);
    len += write_flags(token->flags, out + len, room - len);
    if (token->stem.len && !cxm_str_equal(token->stem, token->folded) &&
        !memchr(token->folded.ptr, '\'', token->folded.len))
        len +=
            (size_t)snprintf(out + len, room - len, "~%.*s", (int)token->stem.len, token->stem.ptr);
    return len;
}

START_TEST(tokens) {
    const token_case *given = &token_cases[_i];
    char written[ROOM] = "";
    size_t len = 0;
    tokenized self = tokenize(given->text);
    for (size_t i = 0; i < self.count; i++) {
        if (i)
            written[len++] = ' ';
        len += write_token(&self.tokens[i], given->text, written + len, sizeof written - len);
    }
    ck_assert_str_eq(written, given->tokens);
    tokenized_free(&self);
}
END_TEST

/* Spans ascend, lie in the text, and cut no code point, whatever the text. */
START_TEST(spans_of_any_text) {
    static const char *const pieces[] = {"a",
                                         "Policy",
                                         "I'm",
                                         " ",
                                         ".",
                                         "?",
                                         "\n",
                                         "-",
                                         "é",
                                         "日",
                                         "’",
                                         "[",
                                         "]",
                                         "laughs",
                                         "_",
                                         "1",
                                         "\xF0\x9F\x98\x80",
                                         "\xCC\x81",
                                         "\xE2\x80\x8D",
                                         ","};
    uint64_t seed = number_from("CXM_TEST_SEED", 0x5E47);
    cxm_lexicon *lexicon = new_lexicon("");
    cxm_miner *miner = new_miner(lexicon);
    for (uint64_t left = rounds(20000); left; left--) {
        char text[256] = "";
        size_t count = random_below(&seed, 30);
        size_t end = 0;
        const cxm_token *found;
        for (size_t i = 0; i < count; i++)
            strcat(text, pieces[random_below(&seed, COUNT(pieces))]);
        ENSURE(cxm_miner_tokenize(miner, cxm_str_from(text), &found, &count, NULL) == CXM_OK);
        for (size_t i = 0; i < count; i++) {
            ENSURE(found[i].start >= end && found[i].start < found[i].end);
            ENSURE(((unsigned char)text[found[i].start] & 0xC0) != 0x80);
            ENSURE(((unsigned char)text[found[i].end] & 0xC0) != 0x80);
            ENSURE(found[i].folded.len > 0);
            end = found[i].end;
        }
        ENSURE(end <= strlen(text));
    }
    cxm_miner_free(miner);
    cxm_lexicon_free(lexicon);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("sentence");
    TCase *cases = tcase_create("sentence");
    tcase_set_timeout(cases, 20);
    tcase_add_loop_test(cases, sentences, 0, COUNT(tables) * MOST_ROWS);
    tcase_add_test(cases, questions);
    tcase_add_loop_test(cases, tokens, 0, COUNT(token_cases));
    tcase_add_test(cases, spans_of_any_text);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
