/* SPDX-License-Identifier: MIT */
#include "lexicon/compile.h"
#include "lexicon/pieces.h"

#include "base/str.h"

#include <stdlib.h>

#define NO_GROUP UINT32_MAX

typedef struct compiler {
    cxm_pack *pack;
    cxm_lexicon *lexicon;
    cxm_arena arena; /* of what is needed while compiling */
    cxm_atom_maker atoms;
    cxm_emitter emitter;
    cxm_behavior_maker behaviors;
    cxm_table files; /* name of a pack's file -> 0; the key is the lexicon's copy of it */
    uint32_t group_count;
    uint32_t *category_groups; /* per category: its group, or NO_GROUP */
    bool *drop_negated;        /* per category */
    size_t rule_capacity;
} compiler;

static bool is_fatal(cxm_status status) {
    return status == CXM_E_NOMEM;
}

static bool copy(cxm_lexicon *lexicon, cxm_str text, cxm_str *out) {
    *out = cxm_arena_copy(&lexicon->arena, text);
    return out->ptr != NULL;
}

/* The lexicon's copy of a file's name, made once. */
static bool file_name(compiler *self, const cxm_pack_scalar *scalar, cxm_str *out) {
    cxm_str name = scalar->file->name;
    if (!cxm_table_find(&self->files, name)) {
        if (!copy(self->lexicon, name, out))
            return false;
        return cxm_table_add(&self->files, *out, 0, NULL) != NULL;
    }
    for (size_t i = 0; i < self->files.capacity; i++)
        if (self->files.entries[i].key.ptr && cxm_str_equal(self->files.entries[i].key, name))
            *out = self->files.entries[i].key;
    return true;
}

static int compare_categories(const void *a, const void *b) {
    return cxm_str_compare(((const cxm_category *)a)->name, ((const cxm_category *)b)->name);
}

static bool has_category(const cxm_lexicon *lexicon, cxm_str name) {
    for (size_t i = 0; i < lexicon->category_count; i++)
        if (cxm_str_equal(lexicon->categories[i].name, name))
            return true;
    return false;
}

static cxm_speaker speaker_of(cxm_str text) {
    if (cxm_str_is(text, "agent"))
        return CXM_SPEAKER_AGENT;
    return cxm_str_is(text, "customer") ? CXM_SPEAKER_CUSTOMER : CXM_SPEAKER_ANY;
}

/* Phrases of expressions stand behind the categories with names, in the order of the pack. */
static cxm_status name_hidden(compiler *self) {
    cxm_lexicon *lexicon = self->lexicon;
    for (size_t i = 0; i < self->pack->category_count; i++) {
        const cxm_pack_category *given = &self->pack->categories[i];
        size_t index = cxm_lexicon_all_categories(lexicon);
        cxm_category *category = &lexicon->categories[index];
        if (!given->hidden)
            continue;
        if (!copy(lexicon, given->name.text, &category->name))
            return CXM_E_NOMEM;
        category->family = category->name;
        category->weight = 1;
        category->hidden = true;
        self->category_groups[index] = NO_GROUP;
        lexicon->hidden_count++;
    }
    return CXM_OK;
}

/* The index of a category of the pack; hidden ones come in order, `*hidden` counts them. */
static uint32_t index_of(const compiler *self, const cxm_pack_category *given, size_t *hidden) {
    uint32_t index = 0;
    if (given->hidden)
        return (uint32_t)(self->lexicon->category_count + (*hidden)++);
    cxm_lexicon_find_category(self->lexicon, given->name.text, &index);
    return index;
}

/* The names of all categories, each once, sorted. */
static cxm_status name_categories(compiler *self) {
    cxm_lexicon *lexicon = self->lexicon;
    size_t most = self->pack->category_count;
    lexicon->categories = CXM_ARENA_ARRAY(&lexicon->arena, cxm_category, most + 1);
    self->category_groups = CXM_ARENA_ARRAY(&self->arena, uint32_t, most + 1);
    self->drop_negated = CXM_ARENA_ARRAY(&self->arena, bool, most + 1);
    if (!lexicon->categories || !self->category_groups || !self->drop_negated)
        return CXM_E_NOMEM;
    for (size_t i = 0; i < most; i++) {
        const cxm_pack_category *given = &self->pack->categories[i];
        cxm_str name = given->name.text;
        cxm_category *category = &lexicon->categories[lexicon->category_count];
        if (given->hidden || has_category(lexicon, name))
            continue;
        if (!copy(lexicon, name, &category->name))
            return CXM_E_NOMEM;
        const char *dot = memchr(name.ptr, '.', name.len);
        size_t family = dot ? (size_t)(dot - name.ptr) : name.len;
        category->family = cxm_str_slice(category->name, 0, family);
        category->weight = 1;
        self->category_groups[lexicon->category_count++] = NO_GROUP;
    }
    qsort(lexicon->categories, lexicon->category_count, sizeof *lexicon->categories,
          compare_categories);
    return name_hidden(self);
}

static cxm_status merge_speaker(compiler *self, const cxm_pack_category *given, uint32_t index,
                                bool *said) {
    if (!given->speaker.text.ptr)
        return CXM_OK;
    cxm_category *category = &self->lexicon->categories[index];
    cxm_speaker speaker = speaker_of(given->speaker.text);
    if (said[index] && category->speaker != speaker)
        return cxm_pack_report(self->pack, CXM_E_SYNTAX, &given->speaker, 0,
                               "%.*s has another speaker elsewhere", CXM_STR_ARGS(category->name));
    category->speaker = speaker;
    said[index] = true;
    return CXM_OK;
}

/* What is said of a category in several places adds up; the first title, the last weight hold. */
static cxm_status merge_category(compiler *self, const cxm_pack_category *given, uint32_t index,
                                 bool *said) {
    cxm_lexicon *lexicon = self->lexicon;
    cxm_category *category = &lexicon->categories[index];
    if (given->title.text.ptr && !category->title.ptr &&
        !copy(lexicon, given->title.text, &category->title))
        return CXM_E_NOMEM;
    if (given->why.text.ptr && !category->why.ptr &&
        !copy(lexicon, given->why.text, &category->why))
        return CXM_E_NOMEM;
    if (given->has_weight)
        category->weight = given->weight;
    if (given->unless.count && self->category_groups[index] == NO_GROUP)
        self->category_groups[index] = self->group_count++;
    self->drop_negated[index] |= given->drop_negated;
    category->phrase_count += given->phrase_count;
    lexicon->phrase_count += given->hidden ? 0 : given->phrase_count;
    lexicon->test_count += given->hits.count + given->misses.count;
    return merge_speaker(self, given, index, said);
}

static cxm_status merge_categories(compiler *self) {
    bool *said = CXM_ARENA_ARRAY(&self->arena, bool, self->pack->category_count + 1);
    size_t hidden = 0;
    if (!said)
        return CXM_E_NOMEM;
    for (size_t i = 0; i < self->pack->category_count; i++) {
        const cxm_pack_category *given = &self->pack->categories[i];
        cxm_status status = merge_category(self, given, index_of(self, given, &hidden), said);
        if (is_fatal(status))
            return status;
    }
    cxm_lexicon *lexicon = self->lexicon;
    lexicon->phrases = CXM_ARENA_ARRAY(&lexicon->arena, cxm_phrase,
                                       lexicon->phrase_count + lexicon->hidden_count + 1);
    lexicon->tests = CXM_ARENA_ARRAY(&lexicon->arena, cxm_lexicon_test, lexicon->test_count + 1);
    return lexicon->phrases && lexicon->tests ? CXM_OK : CXM_E_NOMEM;
}

/* Compiles one phrase into a new rule. A phrase that is wrong is told and leaves no rule. */
static cxm_status add_rule(compiler *self, const cxm_pack_scalar *scalar, cxm_rule rule) {
    cxm_lexicon *lexicon = self->lexicon;
    void *items = lexicon->rules;
    if (!cxm_array_reserve(&lexicon->allocator, &items, &self->rule_capacity,
                           lexicon->rule_count + 1, sizeof *lexicon->rules))
        return CXM_E_NOMEM;
    lexicon->rules = items;
    cxm_rule *added = &lexicon->rules[lexicon->rule_count];
    *added = rule;
    cxm_status status =
        cxm_emit_phrase(&self->emitter, scalar, added, (uint32_t)lexicon->rule_count);
    if (status == CXM_OK)
        lexicon->rule_count++;
    return is_fatal(status) ? status : CXM_OK;
}

static cxm_status add_rules(compiler *self, const cxm_pack_list *list, cxm_rule rule) {
    cxm_status status = CXM_OK;
    for (size_t i = 0; status == CXM_OK && i < list->count; i++)
        status = add_rule(self, &list->items[i], rule);
    return status;
}

static uint32_t views_of(cxm_speaker speaker) {
    static const uint32_t views[] = {CXM_VIEW_ALL, CXM_VIEW_AGENT, CXM_VIEW_CUSTOMER};
    return views[speaker];
}

static cxm_status compile_phrase(compiler *self, const cxm_pack_phrase *given, uint32_t category,
                                 uint32_t index) {
    cxm_lexicon *lexicon = self->lexicon;
    const cxm_category *of = &lexicon->categories[category];
    cxm_phrase *phrase = &lexicon->phrases[index];
    *phrase = (cxm_phrase){.category = category,
                           .line = given->text.line,
                           .weight = given->has_weight ? given->weight : of->weight};
    if (!copy(lexicon, given->text.text, &phrase->text) ||
        !file_name(self, &given->text, &phrase->file))
        return CXM_E_NOMEM;
    uint32_t own_group = given->unless.count ? self->group_count++ : NO_GROUP;
    uint32_t views = views_of(of->speaker);
    cxm_rule rule = {.kind = CXM_RULE_HIT,
                     .views = views,
                     .phrase = index,
                     .category = category,
                     .group = self->category_groups[category],
                     .own_group = own_group,
                     .drop_negated = self->drop_negated[category]};
    cxm_status status = add_rule(self, &given->text, rule);
    rule = (cxm_rule){.kind = CXM_RULE_UNLESS, .views = views, .group = own_group};
    return status == CXM_OK ? add_rules(self, &given->unless, rule) : status;
}

static cxm_status compile_category(compiler *self, const cxm_pack_category *given,
                                   uint32_t category, uint32_t *phrase) {
    cxm_status status = CXM_OK;
    for (size_t i = 0; status == CXM_OK && i < given->phrase_count; i++)
        status = compile_phrase(self, &given->phrases[i], category, (*phrase)++);
    cxm_rule rule = {.kind = CXM_RULE_UNLESS,
                     .views = views_of(self->lexicon->categories[category].speaker),
                     .group = self->category_groups[category]};
    return status == CXM_OK ? add_rules(self, &given->unless, rule) : status;
}

static cxm_status keep_tests(compiler *self, const cxm_pack_list *list, uint32_t category, bool hit,
                             size_t *index) {
    for (size_t i = 0; i < list->count; i++) {
        const cxm_pack_scalar *scalar = &list->items[i];
        cxm_lexicon_test *test = &self->lexicon->tests[(*index)++];
        test->category = category;
        test->hit = hit;
        test->line = scalar->line;
        if (!copy(self->lexicon, scalar->text, &test->text) ||
            !file_name(self, scalar, &test->file))
            return CXM_E_NOMEM;
    }
    return CXM_OK;
}

static cxm_status compile_categories(compiler *self) {
    cxm_status status = CXM_OK;
    uint32_t phrase = 0;
    size_t test = 0;
    size_t hidden = 0;
    for (size_t i = 0; status == CXM_OK && i < self->pack->category_count; i++) {
        const cxm_pack_category *given = &self->pack->categories[i];
        uint32_t category = index_of(self, given, &hidden);
        status = compile_category(self, given, category, &phrase);
        if (status == CXM_OK)
            status = keep_tests(self, &given->hits, category, true, &test);
        if (status == CXM_OK)
            status = keep_tests(self, &given->misses, category, false, &test);
    }
    return status;
}

static cxm_status compile_rules(compiler *self) {
    cxm_pack *pack = self->pack;
    cxm_pack_list negators = {pack->negators.items, pack->negators.count};
    cxm_pack_list fillers = {pack->fillers.items, pack->fillers.count};
    cxm_status status = cxm_sets_init(&self->emitter);
    if (status == CXM_OK)
        status = compile_categories(self);
    if (status == CXM_OK)
        status =
            add_rules(self, &negators, (cxm_rule){.kind = CXM_RULE_NEGATOR, .views = CXM_VIEW_ALL});
    self->lexicon->first_filler = self->lexicon->rule_count;
    self->lexicon->group_count = self->group_count;
    if (status == CXM_OK)
        status =
            add_rules(self, &fillers, (cxm_rule){.kind = CXM_RULE_FILLER, .views = CXM_VIEW_ALL});
    return status == CXM_OK ? cxm_sets_check(&self->emitter) : status;
}

/* The rules move into the arena, so that the lexicon is freed in one go. */
static cxm_status keep_rules(compiler *self) {
    cxm_lexicon *lexicon = self->lexicon;
    cxm_rule *kept = CXM_ARENA_ARRAY(&lexicon->arena, cxm_rule, lexicon->rule_count + 1);
    if (!kept)
        return CXM_E_NOMEM;
    for (size_t i = 0; i < lexicon->rule_count; i++)
        kept[i] = lexicon->rules[i];
    cxm_release(&lexicon->allocator, lexicon->rules, self->rule_capacity * sizeof *kept);
    lexicon->rules = kept;
    self->rule_capacity = 0;
    return CXM_OK;
}

static cxm_status compile(compiler *self) {
    cxm_status status = cxm_behaviors_parse(&self->behaviors);
    if (status == CXM_OK)
        status = name_categories(self);
    if (status == CXM_OK)
        status = cxm_compile_language(self->pack, self->lexicon);
    if (status == CXM_OK)
        status = merge_categories(self);
    if (status == CXM_OK &&
        !cxm_atom_maker_init(&self->atoms, self->lexicon, self->pack, &self->arena))
        status = CXM_E_NOMEM;
    if (status == CXM_OK)
        status = compile_rules(self);
    if (status == CXM_OK)
        status = cxm_behaviors_resolve(&self->behaviors);
    if (status == CXM_OK && self->pack->error_count)
        return CXM_E_SYNTAX;
    if (status == CXM_OK)
        status = cxm_atom_finish(&self->atoms);
    if (status == CXM_OK)
        status = keep_rules(self);
    if (status == CXM_OK)
        status = cxm_compile_starts(self->lexicon);
    if (status == CXM_OK)
        status = cxm_compile_pieces(self->lexicon);
    return status == CXM_OK ? cxm_compile_slips(self->lexicon) : status;
}

static cxm_lexicon *lexicon_new(const cxm_allocator *allocator) {
    cxm_lexicon *self = cxm_allocate(allocator, sizeof *self);
    if (!self)
        return NULL;
    self->allocator = *allocator;
    cxm_arena_init(&self->arena, allocator);
    cxm_language_init(&self->language, allocator);
    cxm_table_init(&self->roles, allocator);
    cxm_table_init(&self->literals, allocator);
    cxm_table_init(&self->prefixes, allocator);
    cxm_table_init(&self->stems, allocator);
    cxm_table_init(&self->excepted, allocator);
    return self;
}

static void compiler_clear(compiler *self) {
    cxm_table_clear(&self->files);
    cxm_behavior_maker_clear(&self->behaviors);
    cxm_table_clear(&self->emitter.set_names);
    cxm_table_clear(&self->emitter.firsts);
    cxm_release(&self->emitter.firsts.allocator, self->emitter.ways,
                self->emitter.way_capacity * sizeof *self->emitter.ways);
    if (self->atoms.lexicon)
        cxm_atom_maker_clear(&self->atoms);
    if (self->rule_capacity) {
        cxm_release(&self->lexicon->allocator, self->lexicon->rules,
                    self->rule_capacity * sizeof *self->lexicon->rules);
        self->lexicon->rules = NULL;
    }
    cxm_arena_clear(&self->arena);
}

cxm_status cxm_lexicon_compile(cxm_pack *pack, const cxm_allocator *allocator, cxm_lexicon **out,
                               cxm_error *error) {
    *out = NULL;
    compiler self = {.pack = pack, .lexicon = lexicon_new(allocator)};
    if (!self.lexicon)
        return cxm_fail_memory(error);
    cxm_arena_init(&self.arena, allocator);
    cxm_table_init(&self.files, allocator);
    cxm_table_init(&self.emitter.set_names, allocator);
    cxm_table_init(&self.emitter.firsts, allocator);
    cxm_behavior_maker_init(&self.behaviors, self.lexicon, pack, &self.arena);
    self.emitter.pack = pack;
    self.emitter.lexicon = self.lexicon;
    self.emitter.arena = &self.arena;
    self.emitter.atoms = &self.atoms;
    cxm_status status = compile(&self);
    compiler_clear(&self);
    if (status == CXM_OK) {
        *out = self.lexicon;
        return CXM_OK;
    }
    cxm_lexicon_free(self.lexicon);
    if (status != CXM_E_SYNTAX)
        return cxm_fail_memory(error);
    if (error)
        *error = pack->first_error;
    return pack->first_error.code;
}
