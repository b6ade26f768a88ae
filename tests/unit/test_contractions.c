/* SPDX-License-Identifier: MIT */
/*
 * Every contraction of the built-in pack, however it is written: with ', with ’, without, written
 * out. Each way of writing finds each other one, whichever stands in the phrase and which in the
 * text.
 */
#include "lexicon/builtin.h"
#include "lexicon/pack.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST_FORMS = 12, FORM_ROOM = 64, MOST_CONTRACTIONS = 1024, PACK_ROOM = 1 << 20 };

/* A way to write a contraction. Written out, it is one reading of several. */
typedef struct form {
    char text[FORM_ROOM];
    size_t reading; /* from 1; 0: the contraction itself, which has all */
} form;

typedef struct contraction {
    form forms[MOST_FORMS];
    size_t form_count;
} contraction;

static contraction contractions[MOST_CONTRACTIONS];
static size_t contraction_count;

static void add_form(contraction *self, cxm_str text, size_t reading) {
    ck_assert_uint_lt(self->form_count, MOST_FORMS);
    ck_assert_uint_lt(text.len, FORM_ROOM);
    form *added = &self->forms[self->form_count++];
    memcpy(added->text, text.ptr, text.len);
    added->text[text.len] = '\0';
    added->reading = reading;
}

/* The key with something else for its apostrophes; nothing where it has none. */
static void add_key_form(contraction *self, cxm_str key, const char *apostrophe) {
    char text[FORM_ROOM * 3];
    size_t len = 0;
    if (!memchr(key.ptr, '\'', key.len))
        return;
    ck_assert_uint_lt(key.len, FORM_ROOM);
    for (size_t i = 0; i < key.len; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "%.*s",
                                key.ptr[i] == '\'' ? (int)strlen(apostrophe) : 1,
                                key.ptr[i] == '\'' ? apostrophe : key.ptr + i);
    add_form(self, (cxm_str){text, len}, 0);
}

static void add_contraction(const cxm_pack_entry *entry) {
    ck_assert_uint_lt(contraction_count, MOST_CONTRACTIONS);
    contraction *self = &contractions[contraction_count++];
    add_form(self, entry->key.text, 0);
    add_key_form(self, entry->key.text, "\xE2\x80\x99");
    add_key_form(self, entry->key.text, "");
    for (size_t i = 0; i < entry->values.count; i++)
        add_form(self, entry->values.items[i].text, i + 1);
}

static const cxm_builtin_file *language_file(void) {
    for (size_t i = 0; i < cxm_builtin_packs[0].file_count; i++)
        if (strcmp(cxm_builtin_packs[0].files[i].name, "language.yaml") == 0)
            return &cxm_builtin_packs[0].files[i];
    ck_abort_msg("the built-in pack has no language.yaml");
}

/* Reads the contractions of the pack with the library's own reader. */
static void read_contractions(void) {
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    const cxm_builtin_file *file = language_file();
    cxm_pack pack;
    cxm_error error;
    cxm_pack_init(&pack, NULL, &allocator);
    cxm_status status = cxm_pack_add_file(&pack, CXM_STR("language.yaml"),
                                          (cxm_str){(const char *)file->bytes, file->len}, &error);
    ck_assert_msg(!status, "%u:%u: %s", error.line, error.column, error.message);
    for (size_t i = 0; i < pack.contractions.count; i++)
        add_contraction(&pack.contractions.items[i]);
    cxm_pack_clear(&pack);
    ck_assert_uint_gt(contraction_count, 50);
}

/* A category for each form of each contraction, with the form as its phrase. */
static cxm_lexicon *lexicon_of_forms(void) {
    char *pack = malloc(PACK_ROOM);
    cxm_lexicon_builder *builder;
    cxm_lexicon *lexicon = NULL;
    cxm_error error;
    ck_assert_ptr_nonnull(pack);
    size_t len = (size_t)snprintf(pack, PACK_ROOM, "cxmine: 1\nlanguage: en\ncategories:\n");
    for (size_t i = 0; i < contraction_count; i++)
        for (size_t f = 0; f < contractions[i].form_count; f++) {
            len += (size_t)snprintf(pack + len, PACK_ROOM - len, "  c%zu.f%zu: {phrases: [", i, f);
            add_quoted(pack, PACK_ROOM, contractions[i].forms[f].text);
            len += strlen(pack + len);
            len += (size_t)snprintf(pack + len, PACK_ROOM - len, "]}\n");
        }
    ck_assert_int_eq(cxm_lexicon_builder_new(NULL, &builder, NULL), CXM_OK);
    cxm_status status =
        cxm_lexicon_builder_add_bytes(builder, CXM_STR("forms.yaml"), (cxm_str){pack, len}, &error);
    if (!status)
        status = cxm_lexicon_builder_build(builder, &lexicon, &error);
    ck_assert_msg(!status, "%u:%u: %s\n%s", error.line, error.column, error.message, error.excerpt);
    cxm_lexicon_builder_free(builder);
    free(pack);
    return lexicon;
}

/* Whether a category is found in the whole of the text, from the first word to the last. */
static bool is_found(const cxm_lexicon *lexicon, const cxm_result *result, size_t contraction_at,
                     size_t form_at, size_t start, size_t end) {
    char name[FORM_ROOM];
    uint32_t category = 0;
    snprintf(name, sizeof name, "c%zu.f%zu", contraction_at, form_at);
    ENSURE(cxm_lexicon_find_category(lexicon, cxm_str_from(name), &category));
    for (size_t i = 0; i < result->hit_count; i++)
        if (result->hits[i].category == category && result->hits[i].start == start &&
            result->hits[i].end == end)
            return true;
    return false;
}

static bool same_meaning(const form *a, const form *b) {
    return a->reading == 0 || b->reading == 0 || a->reading == b->reading;
}

/* Looks for all forms of a contraction in one. Tells what is not found, and gives how many. */
static size_t check_text(const cxm_lexicon *lexicon, cxm_miner *miner, size_t at, size_t text_at,
                         size_t *pairs) {
    const contraction *self = &contractions[at];
    cxm_str text = cxm_str_from(self->forms[text_at].text);
    const cxm_token *tokens;
    size_t token_count;
    size_t missed = 0;
    ENSURE(cxm_miner_tokenize(miner, text, &tokens, &token_count, NULL) == CXM_OK);
    ENSURE(token_count > 0);
    size_t start = tokens[0].start;
    size_t end = tokens[token_count - 1].end;
    cxm_transcript *transcript = new_transcript(CXM_ROLE_UNKNOWN, text);
    const cxm_result *result = mine(miner, transcript);
    for (size_t f = 0; f < self->form_count; f++) {
        if (!same_meaning(&self->forms[f], &self->forms[text_at]))
            continue;
        ++*pairs;
        if (!is_found(lexicon, result, at, f, start, end)) {
            fprintf(stderr, "phrase '%s' is not found in '%s'\n", self->forms[f].text, text.ptr);
            missed++;
        }
    }
    cxm_transcript_free(transcript);
    return missed;
}

START_TEST(every_pair_of_forms) {
    read_contractions();
    cxm_lexicon *lexicon = lexicon_of_forms();
    cxm_miner *miner = new_miner(lexicon);
    size_t pairs = 0;
    size_t missed = 0;
    for (size_t i = 0; i < contraction_count; i++)
        for (size_t f = 0; f < contractions[i].form_count; f++)
            missed += check_text(lexicon, miner, i, f, &pairs);
    printf("# %zu contractions, %zu pairs of forms\n", contraction_count, pairs);
    ck_assert_uint_eq(missed, 0);
    cxm_miner_free(miner);
    cxm_lexicon_free(lexicon);
}
END_TEST

/* ---- The built-in pack ---- */

typedef struct pack_case {
    const char *category;
    const char *text;
    const char *carets; /* of the only hit of the category; NULL: none */
} pack_case;

static const pack_case pack_cases[] = {
    {"empathy.acknowledge", "I, I, uh, understand how, um, you feel",
     "^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^"},
    {"empathy.acknowledge", "I do not understand how you feel", NULL},
    {"empathy.acknowledge", "I don't understand how you feel", NULL},
    {"empathy.acknowledge", "I dont understand how you feel", NULL},
};

START_TEST(noise_and_negation) {
    cxm_lexicon *lexicon = new_builtin_lexicon();
    for (size_t i = 0; i < COUNT(pack_cases); i++) {
        mined self = mine_text(lexicon, CXM_ROLE_AGENT, pack_cases[i].text);
        assert_hits(&self, lexicon, pack_cases[i].category, pack_cases[i].carets);
        mined_free(&self);
    }
    cxm_lexicon_free(lexicon);
}
END_TEST

/* "I am sorry about it" in every way that people and recognizers write it is one thing. */
START_TEST(one_apology) {
    static const char *const texts[] = {
        "I am sorry about that",      "I’m sorry about that",
        "im sorry about that",        "I'M SORRY, about that",
        "I am, uh, sorry about that", "I am I am sorry about that",
        "Im so- sorry about that",    "i am, you know, sorry about that",
    };
    uint32_t category = 0;
    cxm_lexicon *lexicon = new_builtin_lexicon();
    ck_assert(cxm_lexicon_find_category(lexicon, CXM_STR("empathy.apology"), &category));
    for (size_t i = 0; i < COUNT(texts); i++) {
        mined self = mine_text(lexicon, CXM_ROLE_AGENT, texts[i]);
        bool found = false;
        for (size_t k = 0; k < self.result->hit_count; k++)
            found |= self.result->hits[k].category == category && self.result->hits[k].start == 0;
        ck_assert_msg(found, "%s", texts[i]);
        mined_free(&self);
    }
    cxm_lexicon_free(lexicon);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("contractions");
    TCase *cases = tcase_create("contractions");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, every_pair_of_forms);
    tcase_add_test(cases, noise_and_negation);
    tcase_add_test(cases, one_apology);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
