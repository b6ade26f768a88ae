/* SPDX-License-Identifier: MIT */
/* Reading `categories:` of a file of a pack. */
#include "base/str.h"
#include "lexicon/pack_reader.h"

#define PHRASES "a list of phrases"

/* ---- Single values; `field` is the field of what is being read ---- */

static bool is_one_of(cxm_str text, const char *const *names) {
    while (*names && !cxm_str_is(text, *names))
        names++;
    return *names;
}

static void read_speaker(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    static const char *const speakers[] = {"agent", "customer", "any", NULL};
    cxm_pack_scalar *speaker = field;
    if (!cxm_pack_expect_text(self, value, "agent, customer or any"))
        return;
    if (is_one_of(value->text, speakers))
        *speaker = cxm_pack_scalar_of(self, value);
    else
        cxm_pack_fault_choice(self, value, speakers);
}

static void read_negation(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    static const char *const choices[] = {"drop", NULL};
    bool *drop_negated = field;
    if (!cxm_pack_expect_text(self, value, "drop"))
        return;
    *drop_negated = is_one_of(value->text, choices);
    if (!*drop_negated)
        cxm_pack_fault_choice(self, value, choices);
}

static void read_phrase_weight(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    cxm_pack_phrase *phrase = field;
    phrase->has_weight = cxm_pack_read_number(self, value, &phrase->weight);
}

static void read_category_weight(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    cxm_pack_category *category = field;
    category->has_weight = cxm_pack_read_number(self, value, &category->weight);
}

/* ---- Lists ---- */

static void read_unless(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    cxm_pack_list *list = field;
    *list = cxm_pack_list_of(self, value, PHRASES, false);
}

static void read_test_texts(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    cxm_pack_list *list = field;
    *list = cxm_pack_list_of(self, value, "a list of texts", false);
}

static void read_tests(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    static const cxm_pack_key keys[] = {
        {"hit", read_test_texts, offsetof(cxm_pack_category, hits)},
        {"miss", read_test_texts, offsetof(cxm_pack_category, misses)},
        CXM_PACK_KEYS_END,
    };
    if (cxm_pack_expect(self, value, CXM_YAML_MAPPING, "hit: and miss:, each with a list of texts"))
        cxm_pack_read_keys(self, value, keys, field);
}

/* `- phrase: ...` with a weight or unless of its own. false where it is wrong. */
static bool read_phrase_mapping(cxm_pack_reader *self, const cxm_yaml_node *node,
                                cxm_pack_phrase *phrase) {
    static const cxm_pack_key keys[] = {
        {"phrase", cxm_pack_read_text, offsetof(cxm_pack_phrase, text)},
        {"weight", read_phrase_weight, 0},
        {"unless", read_unless, offsetof(cxm_pack_phrase, unless)},
        CXM_PACK_KEYS_END,
    };
    /* `- I told you: no` is a mapping to YAML, and a phrase to whoever wrote it. */
    if (node->count == 1 && !cxm_pack_find(node, "phrase") && !cxm_pack_find(node, "weight") &&
        !cxm_pack_find(node, "unless")) {
        cxm_pack_fault(self, node,
                       "a mapping here; expected a phrase (quote one that holds a ':') "
                       "or phrase:, with weight: or unless:");
        return false;
    }
    cxm_pack_read_keys(self, node, keys, phrase);
    if (!cxm_pack_find(node, "phrase"))
        cxm_pack_fault(self, node, "no 'phrase' here; expected phrase:, with weight: or unless:");
    return phrase->text.text.ptr;
}

static bool read_phrase(cxm_pack_reader *self, const cxm_yaml_node *node, cxm_pack_phrase *phrase) {
    if (node->kind == CXM_YAML_MAPPING)
        return read_phrase_mapping(self, node, phrase);
    if (!cxm_pack_expect_text(self, node, "a phrase"))
        return false;
    phrase->text = cxm_pack_scalar_of(self, node);
    return true;
}

static void read_phrases(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    cxm_pack_category *category = field;
    if (!cxm_pack_expect(self, value, CXM_YAML_LIST, PHRASES) || value->count == 0)
        return;
    category->phrase_count = 0;
    category->phrases = CXM_ARENA_ARRAY(&self->pack->arena, cxm_pack_phrase, value->count);
    if (!category->phrases) {
        self->no_memory = true;
        return;
    }
    for (const cxm_yaml_node *item = value->first; item; item = item->next) {
        cxm_pack_phrase phrase = {.has_weight = false};
        if (read_phrase(self, item, &phrase))
            category->phrases[category->phrase_count++] = phrase;
    }
}

/* ---- Categories ---- */

static bool is_category_name(cxm_str name) {
    const char *point = name.len ? memchr(name.ptr, '.', name.len) : NULL;
    if (!point)
        return false;
    size_t at = (size_t)(point - name.ptr);
    return cxm_pack_is_name(cxm_str_slice(name, 0, at)) &&
           cxm_pack_is_name(cxm_str_slice(name, at + 1, name.len));
}

static void add_category(cxm_pack_reader *self, const cxm_pack_category *category) {
    cxm_pack *pack = self->pack;
    void *items = pack->categories;
    if (!cxm_array_reserve(&pack->allocator, &items, &pack->category_capacity,
                           pack->category_count + 1, sizeof *pack->categories)) {
        self->no_memory = true;
        return;
    }
    pack->categories = items;
    pack->categories[pack->category_count++] = *category;
}

static bool has_items(const cxm_yaml_node *value) {
    return value && (value->kind != CXM_YAML_LIST || value->count > 0);
}

/* Whether something is written that makes a category, be it wrong: then that has been told. */
static bool is_written(const cxm_yaml_node *value) {
    const cxm_yaml_node *tests = cxm_pack_find(value, "tests");
    return has_items(cxm_pack_find(value, "phrases")) ||
           has_items(cxm_pack_find(value, "unless")) ||
           (tests && (tests->kind != CXM_YAML_MAPPING || has_items(cxm_pack_find(tests, "hit")) ||
                      has_items(cxm_pack_find(tests, "miss"))));
}

static void read_category(cxm_pack_reader *self, const cxm_yaml_node *value) {
    static const cxm_pack_key keys[] = {
        {"title", cxm_pack_read_text, offsetof(cxm_pack_category, title)},
        {"why", cxm_pack_read_text, offsetof(cxm_pack_category, why)},
        {"speaker", read_speaker, offsetof(cxm_pack_category, speaker)},
        {"weight", read_category_weight, 0},
        {"negation", read_negation, offsetof(cxm_pack_category, drop_negated)},
        {"phrases", read_phrases, 0},
        {"unless", read_unless, offsetof(cxm_pack_category, unless)},
        {"tests", read_tests, 0},
        CXM_PACK_KEYS_END,
    };
    cxm_pack_category category = {.name = cxm_pack_scalar_of(self, value->key)};
    cxm_str shown = cxm_pack_short(value->key->text);
    bool named = is_category_name(value->key->text);
    if (!named)
        cxm_pack_fault(self, value->key,
                       "'%.*s' is no name of a category; expected family.member, each of a-z, 0-9 "
                       "and _",
                       CXM_STR_ARGS(shown));
    if (!cxm_pack_expect(self, value, CXM_YAML_MAPPING, "a category: phrases: and more"))
        return;
    cxm_pack_read_keys(self, value, keys, &category);
    if (!is_written(value))
        cxm_pack_fault(self, value->key, "'%.*s' is empty; expected phrases:, unless: or tests:",
                       CXM_STR_ARGS(shown));
    else if (named)
        add_category(self, &category);
}

void cxm_pack_read_categories(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    (void)field;
    if (!cxm_pack_expect(self, value, CXM_YAML_MAPPING, "categories by name"))
        return;
    for (const cxm_yaml_node *node = value->first; node; node = node->next)
        read_category(self, node);
}
