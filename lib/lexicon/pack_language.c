/* SPDX-License-Identifier: MIT */
/* Reading the sets of a file of a pack, and its language data. */
#include "base/str.h"
#include "lexicon/pack_reader.h"

/* ---- Adding to the lists of the pack ---- */

static void add_entry(cxm_pack_reader *self, cxm_pack_entries *entries,
                      const cxm_pack_entry *entry) {
    void *items = entries->items;
    if (!cxm_array_reserve(&self->pack->allocator, &items, &entries->capacity, entries->count + 1,
                           sizeof *entries->items)) {
        self->no_memory = true;
        return;
    }
    entries->items = items;
    entries->items[entries->count] = *entry;
    entries->items[entries->count++].load = self->pack->load;
}

void cxm_pack_read_words(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    cxm_pack_words *words = field;
    cxm_pack_list list = cxm_pack_list_of(self, value, "a list of words", false);
    void *items = words->items;
    if (list.count == 0)
        return;
    if (!cxm_array_reserve(&self->pack->allocator, &items, &words->capacity,
                           words->count + list.count, sizeof *words->items)) {
        self->no_memory = true;
        return;
    }
    words->items = items;
    memcpy(words->items + words->count, list.items, list.count * sizeof *list.items);
    words->count += list.count;
}

/* ---- Keys with one or several texts ---- */

/* How a mapping of entries is written. */
typedef struct entry_form {
    const char *what;   /* the whole of it */
    const char *values; /* what a key has */
    bool may_be_one;    /* a single text stands for a list of one */
    bool may_be_blank;
} entry_form;

static cxm_pack_list one_text(cxm_pack_reader *self, const cxm_yaml_node *node,
                              const entry_form *form) {
    cxm_pack_list list = {NULL, 0};
    if (!form->may_be_blank && !cxm_pack_expect_text(self, node, form->values))
        return list;
    list.items = CXM_ARENA_ARRAY(&self->pack->arena, cxm_pack_scalar, 1);
    if (!list.items) {
        self->no_memory = true;
        return list;
    }
    list.items[list.count++] = cxm_pack_scalar_of(self, node);
    return list;
}

/* false where there is nothing to add; why has been told. */
static bool read_entry(cxm_pack_reader *self, const cxm_yaml_node *node, const entry_form *form,
                       cxm_pack_entry *entry) {
    if (!cxm_pack_expect_text(self, node->key, "a key"))
        return false;
    entry->key = cxm_pack_scalar_of(self, node->key);
    if (node->kind == CXM_YAML_TEXT && form->may_be_one)
        entry->values = one_text(self, node, form);
    else
        entry->values = cxm_pack_list_of(self, node, form->values, form->may_be_blank);
    if (node->kind == CXM_YAML_LIST && node->count == 0)
        cxm_pack_fault(self, node, "an empty list; expected %s", form->values);
    return entry->values.count > 0;
}

static void read_entries(cxm_pack_reader *self, const cxm_yaml_node *value, const entry_form *form,
                         bool (*accept)(cxm_pack_reader *, const cxm_yaml_node *),
                         cxm_pack_entries *entries) {
    if (!cxm_pack_expect(self, value, CXM_YAML_MAPPING, form->what))
        return;
    for (const cxm_yaml_node *node = value->first; node; node = node->next) {
        cxm_pack_entry entry = {.load = 0};
        bool accepted = !accept || accept(self, node->key);
        if (read_entry(self, node, form, &entry) && accepted)
            add_entry(self, entries, &entry);
    }
}

void cxm_pack_read_readings(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    static const entry_form readings = {"written forms with their readings",
                                        "a reading or a list of readings", true, false};
    read_entries(self, value, &readings, NULL, field);
}

void cxm_pack_read_clitics(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    static const entry_form clitics = {"endings with their readings",
                                       "a reading or a list of readings", true, true};
    read_entries(self, value, &clitics, NULL, field);
}

void cxm_pack_read_spellings(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    static const entry_form spellings = {"words with lists of their variants", "a list of variants",
                                         false, false};
    read_entries(self, value, &spellings, NULL, field);
}

static bool accept_role(cxm_pack_reader *self, const cxm_yaml_node *key) {
    static const char *const roles[] = {"agent", "customer", "bot", "other", NULL};
    for (size_t i = 0; roles[i]; i++)
        if (cxm_str_is(key->text, roles[i]))
            return true;
    if (key->text.len)
        cxm_pack_fault_choice(self, key, roles);
    return false;
}

void cxm_pack_read_roles(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    static const entry_form labels = {"roles with lists of labels", "a list of labels", false,
                                      false};
    read_entries(self, value, &labels, accept_role, field);
}

void cxm_pack_read_role_cues(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    static const entry_form cues = {"roles and weights with lists of what they say",
                                    "a list of what such a speaker says", false, false};
    read_entries(self, value, &cues, NULL, field);
}

/* ---- Sets ---- */

/* The set of that name that the same load has defined before; NULL where there is none. What the
 * table says may have been rolled back since. */
static const cxm_pack_entry *set_of_load(const cxm_pack *pack, cxm_str name) {
    const uint32_t *index = cxm_table_find(&pack->set_names, name);
    if (!index || *index >= pack->sets.count)
        return NULL;
    const cxm_pack_entry *set = &pack->sets.items[*index];
    return set->load == pack->load && cxm_str_equal(set->key.text, name) ? set : NULL;
}

static bool accept_set(cxm_pack_reader *self, const cxm_yaml_node *key) {
    cxm_pack *pack = self->pack;
    cxm_str shown = cxm_pack_short(key->text);
    if (key->text.len == 0)
        return false;
    if (!cxm_pack_is_name(key->text)) {
        cxm_pack_fault(self, key, "'%.*s' is no name of a set; expected a-z, 0-9 and _ only",
                       CXM_STR_ARGS(shown));
        return false;
    }
    const cxm_pack_entry *before = set_of_load(pack, key->text);
    if (before) {
        if (before->key.file != self->file) /* else told as a key that comes twice */
            cxm_pack_fault(self, key, "the set '%.*s' is already in %.*s, line %u",
                           CXM_STR_ARGS(shown), CXM_STR_ARGS(before->key.file->name),
                           (unsigned)before->key.line);
        return false;
    }
    uint32_t *index = cxm_table_add(&pack->set_names, key->text, 0, NULL);
    if (index)
        *index = (uint32_t)pack->sets.count;
    else
        self->no_memory = true;
    return true;
}

void cxm_pack_read_sets(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    static const entry_form sets = {"sets by name", "a phrase or a list of phrases", true, false};
    read_entries(self, value, &sets, accept_set, field);
}

/* ---- The stemmer ---- */

void cxm_pack_read_stemmer(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    cxm_pack_scalar *stemmer = field;
    if (!cxm_pack_expect_text(self, value, "the name of a Snowball stemmer"))
        return;
    if (stemmer->text.ptr && !cxm_str_equal(stemmer->text, value->text)) {
        cxm_str shown = cxm_pack_short(stemmer->text);
        cxm_pack_fault(self, value, "another stemmer than '%.*s' of %.*s; expected one for all",
                       CXM_STR_ARGS(shown), CXM_STR_ARGS(stemmer->file->name));
        return;
    }
    *stemmer = cxm_pack_scalar_of(self, value);
}
