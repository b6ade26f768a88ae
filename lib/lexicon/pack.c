/* SPDX-License-Identifier: MIT */
#include "lexicon/pack.h"

#include "base/str.h"
#include "lexicon/pack_reader.h"

/* ---- The lists of a pack, so that what is done to all of them is done in one place ---- */

typedef struct list_field {
    size_t items;
    size_t count;
    size_t capacity;
    size_t item_size;
} list_field;

#define LIST(field, type, item)                                                                    \
    {                                                                                              \
        offsetof(cxm_pack, field) + offsetof(type, items),                                         \
            offsetof(cxm_pack, field) + offsetof(type, count),                                     \
            offsetof(cxm_pack, field) + offsetof(type, capacity), sizeof(item)                     \
    }
#define ENTRIES(field) LIST(field, cxm_pack_entries, cxm_pack_entry)
#define WORDS(field) LIST(field, cxm_pack_words, cxm_pack_scalar)

static const list_field lists[] = {
    ENTRIES(sets),
    ENTRIES(contractions),
    ENTRIES(clitics),
    ENTRIES(spellings),
    ENTRIES(roles),
    ENTRIES(role_cues),
    WORDS(ambiguous),
    WORDS(fillers),
    WORDS(annotations),
    WORDS(abbreviations),
    WORDS(negators),
    WORDS(redactions),
    WORDS(affixes),
    {offsetof(cxm_pack, categories), offsetof(cxm_pack, category_count),
     offsetof(cxm_pack, category_capacity), sizeof(cxm_pack_category)},
    {offsetof(cxm_pack, behaviors), offsetof(cxm_pack, behavior_count),
     offsetof(cxm_pack, behavior_capacity), sizeof(cxm_pack_behavior)},
    {offsetof(cxm_pack, scorecards), offsetof(cxm_pack, scorecard_count),
     offsetof(cxm_pack, scorecard_capacity), sizeof(cxm_pack_scorecard)},
    WORDS(queries),
};

enum { LIST_COUNT = sizeof lists / sizeof lists[0] };

/* A list as any list, whatever its items are. */
typedef struct any_list {
    void *items;
    size_t count;
    size_t capacity;
} any_list;

static any_list get_list(const cxm_pack *self, const list_field *field) {
    any_list list;
    memcpy(&list.items, (const char *)self + field->items, sizeof list.items);
    memcpy(&list.count, (const char *)self + field->count, sizeof list.count);
    memcpy(&list.capacity, (const char *)self + field->capacity, sizeof list.capacity);
    return list;
}

static void set_list(cxm_pack *self, const list_field *field, any_list list) {
    memcpy((char *)self + field->items, &list.items, sizeof list.items);
    memcpy((char *)self + field->count, &list.count, sizeof list.count);
    memcpy((char *)self + field->capacity, &list.capacity, sizeof list.capacity);
}

/* ---- Life ---- */

void cxm_pack_init(cxm_pack *self, const cxm_lexicon_options *options,
                   const cxm_allocator *allocator) {
    *self = (cxm_pack){.allocator = *allocator};
    if (options) {
        self->report = options->report;
        self->report_user = options->report_user;
    }
    cxm_arena_init(&self->arena, allocator);
    cxm_table_init(&self->set_names, allocator);
}

void cxm_pack_clear(cxm_pack *self) {
    cxm_allocator allocator = self->allocator;
    for (size_t i = 0; i < LIST_COUNT; i++) {
        any_list list = get_list(self, &lists[i]);
        cxm_release(&allocator, list.items, list.capacity * lists[i].item_size);
    }
    cxm_release(&allocator, self->faults.items, self->faults.capacity * sizeof *self->faults.items);
    cxm_table_clear(&self->set_names);
    cxm_arena_clear(&self->arena);
    cxm_pack_init(self, NULL, &allocator);
}

bool cxm_pack_fork(const cxm_pack *self, cxm_pack *out) {
    *out = *self;
    cxm_arena_init(&out->arena, &self->allocator);
    cxm_table_init(&out->set_names, &self->allocator); /* for the load that is over: not needed */
    out->faults = (cxm_pack_faults){.items = NULL};
    bool room = true;
    for (size_t i = 0; i < LIST_COUNT; i++) {
        any_list list = get_list(self, &lists[i]);
        any_list copy = {NULL, 0, 0};
        if (list.count && room)
            room = cxm_array_reserve(&self->allocator, &copy.items, &copy.capacity, list.count,
                                     lists[i].item_size);
        if (list.count && room) {
            memcpy(copy.items, list.items, list.count * lists[i].item_size);
            copy.count = list.count;
        }
        set_list(out, &lists[i], copy);
    }
    if (!room)
        cxm_pack_clear(out);
    return room;
}

void cxm_pack_roll_back(cxm_pack *self, const cxm_pack *saved) {
    cxm_pack now = *self;
    *self = *saved;
    self->arena = now.arena;
    self->set_names = now.set_names;
    self->faults = now.faults;
    cxm_pack_forget_errors(self);
    for (size_t i = 0; i < LIST_COUNT; i++) {
        any_list list = get_list(&now, &lists[i]);
        list.count = get_list(saved, &lists[i]).count;
        set_list(self, &lists[i], list);
    }
}

/* ---- The top level of a file ---- */

static void read_version(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    (void)field;
    cxm_str shown = cxm_pack_short(value->text);
    if (cxm_pack_expect_text(self, value, "1, the version of the form of packs") &&
        !cxm_str_is(value->text, "1"))
        cxm_pack_fault(self, value, "version '%.*s' of the form of packs; this library reads 1",
                       CXM_STR_ARGS(shown));
}

static bool is_language(cxm_str text) {
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == '_' || (text.ptr[i] == '-' && (i == 0 || i + 1 == text.len)))
            return false;
    for (size_t start = 0, end; start < text.len; start = end + 1) {
        const char *hyphen = memchr(text.ptr + start, '-', text.len - start);
        end = hyphen ? (size_t)(hyphen - text.ptr) : text.len;
        if (!cxm_pack_is_name(cxm_str_slice(text, start, end)))
            return false;
    }
    return text.len > 0;
}

static void read_language(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    cxm_pack_scalar *language = field;
    cxm_str shown = cxm_pack_short(value->text);
    if (!cxm_pack_expect_text(self, value, "a language such as en"))
        return;
    if (!is_language(value->text))
        cxm_pack_fault(self, value, "'%.*s' is no language; expected one such as en",
                       CXM_STR_ARGS(shown));
    else if (!language->text.ptr)
        *language = cxm_pack_scalar_of(self, value);
    else if (!cxm_str_equal(language->text, value->text))
        cxm_pack_fault(self, value, "the language '%.*s'; expected '%.*s', that of %.*s",
                       CXM_STR_ARGS(shown), CXM_STR_ARGS(language->text),
                       CXM_STR_ARGS(language->file->name));
}

#define FIELD(name, read)                                                                          \
    { #name, read, offsetof(cxm_pack, name) }

/* The keys of language data come last, from `stemmer` on. */
static const cxm_pack_key keys[] = {
    {"cxmine", read_version, 0},
    FIELD(language, read_language),
    FIELD(sets, cxm_pack_read_sets),
    FIELD(categories, cxm_pack_read_categories),
    FIELD(behaviors, cxm_pack_read_behaviors),
    FIELD(scorecards, cxm_pack_read_scorecards),
    FIELD(stemmer, cxm_pack_read_stemmer),
    FIELD(contractions, cxm_pack_read_readings),
    FIELD(ambiguous, cxm_pack_read_words),
    FIELD(clitics, cxm_pack_read_clitics),
    FIELD(spellings, cxm_pack_read_spellings),
    FIELD(fillers, cxm_pack_read_words),
    FIELD(annotations, cxm_pack_read_words),
    FIELD(abbreviations, cxm_pack_read_words),
    FIELD(negators, cxm_pack_read_words),
    FIELD(roles, cxm_pack_read_roles),
    FIELD(role_cues, cxm_pack_read_role_cues),
    FIELD(redactions, cxm_pack_read_words),
    FIELD(affixes, cxm_pack_read_words),
    CXM_PACK_KEYS_END,
};

static bool has_language_data(const cxm_yaml_node *root) {
    const cxm_pack_key *key = keys;
    while (!cxm_str_is(cxm_str_from(key->name), "stemmer"))
        key++;
    while (key->name && !cxm_pack_find(root, key->name))
        key++;
    return key->name;
}

static void read_root(cxm_pack_reader *self, const cxm_yaml_node *root) {
    static const cxm_yaml_node start = {.kind = CXM_YAML_TEXT, .text = {"", 0}, .line = 1};
    if (!root) {
        cxm_pack_fault(self, &start, "the file is empty; expected 'cxmine: 1' and a language");
        return;
    }
    if (!cxm_pack_expect(self, root, CXM_YAML_MAPPING, "'cxmine: 1' and other keys"))
        return;
    if (!cxm_pack_find(root, "cxmine"))
        cxm_pack_fault(self, root, "no 'cxmine' here; expected 'cxmine: 1' in every file");
    if (!cxm_pack_find(root, "language"))
        cxm_pack_fault(self, root, "no 'language' here; expected one, as 'language: en'");
    if (has_language_data(root))
        self->pack->has_language_data = true;
    cxm_pack_read_keys(self, root, keys, self->pack);
}

/* ---- Files ---- */

static void tell_fault(void *user, cxm_status code, size_t offset, const char *message) {
    cxm_pack_reader *self = user;
    cxm_pack_scalar place = {.text = {"", 0}, .file = self->file, .offset = offset};
    cxm_pack_report(self->pack, code, &place, 0, "%s", message);
}

static cxm_status read_yaml(cxm_pack_reader *self) {
    cxm_pack *pack = self->pack;
    cxm_yaml_faults faults = {tell_fault, self};
    const cxm_yaml_node *root;
    cxm_arena nodes;
    cxm_arena_init(&nodes, &pack->allocator);
    cxm_status status = cxm_yaml_read(self->file->text, &nodes, &pack->arena, &faults, &root);
    if (status == CXM_OK)
        read_root(self, root);
    else
        pack->incomplete = true;
    cxm_arena_clear(&nodes);
    return self->no_memory ? CXM_E_NOMEM : status;
}

/* Kept as it is: compiling checks its lines. Of several lists the last one holds. */
static void read_word_list(cxm_pack_reader *self) {
    self->pack->word_list = (cxm_pack_scalar){self->file->text, self->file, 0, 1};
}

/* Whether a file may be added; its text is not looked at before. */
static cxm_status check_size(cxm_pack *self, cxm_str name, size_t len) {
    cxm_pack_file file = {name, {NULL, 0}};
    cxm_pack_scalar place = {.text = {"", 0}, .file = &file};
    if (len > CXM_PACK_MAX_FILE_BYTES)
        return cxm_pack_report(self, CXM_E_LIMIT, &place, 0, "a file of more than %d MiB",
                               CXM_PACK_MAX_FILE_BYTES >> 20);
    if (self->file_count >= CXM_PACK_MAX_FILES)
        return cxm_pack_report(self, CXM_E_LIMIT, &place, 0, "more than %d files",
                               CXM_PACK_MAX_FILES);
    if (len > CXM_PACK_MAX_BYTES - self->total_bytes)
        return cxm_pack_report(self, CXM_E_LIMIT, &place, 0, "more than %d MiB in all files",
                               CXM_PACK_MAX_BYTES >> 20);
    self->file_count++;
    self->total_bytes += len;
    return CXM_OK;
}

static cxm_status read_file(cxm_pack *self, cxm_str name, cxm_str text) {
    cxm_pack_file *file = CXM_ARENA_ARRAY(&self->arena, cxm_pack_file, 1);
    if (!file)
        return CXM_E_NOMEM;
    *file = (cxm_pack_file){name, text};
    cxm_pack_reader reader = {self, file, false};
    if (!cxm_str_is(name, CXM_PACK_WORD_LIST))
        return read_yaml(&reader);
    read_word_list(&reader);
    return CXM_OK;
}

/* Errors of the file are held. */
static cxm_status add_held(cxm_pack *self, cxm_str name, cxm_str text, bool copy) {
    cxm_status status = check_size(self, name, text.len);
    if (status) {
        self->incomplete = true;
        return status;
    }
    if (copy) {
        name = cxm_arena_copy(&self->arena, name);
        text = cxm_arena_copy(&self->arena, text);
        if (!name.ptr || !text.ptr)
            return CXM_E_NOMEM;
    }
    return read_file(self, name, text);
}

static cxm_status add_file(cxm_pack *self, cxm_str name, cxm_str text, bool copy,
                           cxm_error *error) {
    size_t errors_before = self->error_count;
    cxm_error first;
    cxm_pack_hold_errors(self);
    if (add_held(self, name, text, copy) == CXM_E_NOMEM) {
        cxm_pack_forget_errors(self);
        return cxm_fail_memory(error);
    }
    if (!cxm_pack_tell_errors(self, &first))
        first = self->first_error; /* there was no memory to hold any */
    if (self->error_count == errors_before)
        return CXM_OK;
    if (error)
        *error = first;
    return first.code;
}

cxm_status cxm_pack_add_file(cxm_pack *self, cxm_str name, cxm_str text, cxm_error *error) {
    return add_file(self, name, text, true, error);
}

cxm_status cxm_pack_add_static(cxm_pack *self, cxm_str name, cxm_str text, cxm_error *error) {
    return add_file(self, name, text, false, error);
}

cxm_status cxm_pack_add_query(cxm_pack *self, cxm_str name, cxm_str expression) {
    cxm_pack_file *file = CXM_ARENA_ARRAY(&self->arena, cxm_pack_file, 1);
    if (!file)
        return CXM_E_NOMEM;
    file->name = cxm_arena_copy(&self->arena, name);
    file->text = cxm_arena_copy(&self->arena, expression);
    void *items = self->queries.items;
    if (!file->name.ptr || !file->text.ptr ||
        !cxm_array_reserve(&self->allocator, &items, &self->queries.capacity,
                           self->queries.count + 1, sizeof *self->queries.items))
        return CXM_E_NOMEM;
    self->queries.items = items;
    self->queries.items[self->queries.count++] = (cxm_pack_scalar){file->text, file, 0, 1};
    return CXM_OK;
}
