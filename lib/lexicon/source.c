/* SPDX-License-Identifier: MIT */
#include "lexicon/source.h"

#include "base/str.h"
#include "lexicon/builtin.h"

typedef struct keeper {
    cxm_pack *pack;
    cxm_lexicon *lexicon;
    cxm_source *source;
    cxm_table set_names; /* -> index of sets */
} keeper;

static cxm_arena *arena_of(const keeper *self) {
    return &self->lexicon->arena;
}

/* Whether a file is one of those compiled in: these are not copied. */
static bool is_builtin(const cxm_pack_file *file) {
    for (const cxm_builtin_pack *pack = cxm_builtin_packs; pack->name; pack++)
        for (size_t i = 0; i < pack->file_count; i++)
            if ((const char *)pack->files[i].bytes == file->text.ptr)
                return true;
    return false;
}

/* Trees point into the text of their phrase: it is copied first. */
static cxm_status parse(keeper *self, const cxm_pack_scalar *given, cxm_node **tree) {
    cxm_pack_scalar scalar = *given;
    scalar.text = cxm_arena_copy(arena_of(self), given->text);
    if (!scalar.text.ptr)
        return CXM_E_NOMEM;
    return cxm_phrase_parse(self->pack, &self->lexicon->language, &scalar, arena_of(self), tree);
}

static cxm_status add_part(keeper *self, const cxm_pack_scalar *scalar, cxm_part part) {
    cxm_source *source = self->source;
    part.text = cxm_arena_copy(arena_of(self), scalar->text);
    part.file = cxm_arena_copy(arena_of(self), scalar->file->name);
    part.line = scalar->line;
    part.builtin = is_builtin(scalar->file);
    if (!part.text.ptr || !part.file.ptr)
        return CXM_E_NOMEM;
    source->parts[source->part_count] = part;
    return parse(self, scalar, &source->trees[source->part_count++]);
}

static cxm_status add_list(keeper *self, const cxm_pack_list *list, cxm_part part) {
    cxm_status status = CXM_OK;
    for (size_t i = 0; i < list->count && !status; i++)
        status = add_part(self, &list->items[i], part);
    return status;
}

static uint32_t category_of(const keeper *self, const cxm_pack_category *given) {
    uint32_t category = 0;
    cxm_lexicon_find_category(self->lexicon, given->name.text, &category);
    return category;
}

/* In the order of compiling, so that the index of a part is that of its phrase. The phrases of
 * expressions come last there, and are left out. */
static cxm_status add_phrases(keeper *self) {
    cxm_status status = CXM_OK;
    for (size_t i = 0; i < self->pack->category_count && !status; i++) {
        const cxm_pack_category *given = &self->pack->categories[i];
        if (given->hidden)
            continue;
        cxm_part part = {.kind = CXM_PART_PHRASE, .category = category_of(self, given)};
        for (size_t k = 0; k < given->phrase_count && !status; k++) {
            part.phrase = (uint32_t)self->source->part_count;
            status = add_part(self, &given->phrases[k].text, part);
        }
        self->source->drop_negated[part.category] |= given->drop_negated;
    }
    return status;
}

static cxm_status add_unless(keeper *self) {
    cxm_status status = CXM_OK;
    uint32_t phrase = 0;
    for (size_t i = 0; i < self->pack->category_count && !status; i++) {
        const cxm_pack_category *given = &self->pack->categories[i];
        if (given->hidden)
            continue;
        cxm_part part = {.kind = CXM_PART_UNLESS, .category = category_of(self, given)};
        for (size_t k = 0; k < given->phrase_count && !status; k++) {
            part.phrase = phrase++;
            status = add_list(self, &given->phrases[k].unless, part);
        }
        part.phrase = CXM_NONE;
        if (!status)
            status = add_list(self, &given->unless, part);
    }
    return status;
}

/* A set of one name, from all places that add to it. */
static cxm_status add_set(keeper *self, cxm_source_set *set) {
    const cxm_pack_entries *entries = &self->pack->sets;
    cxm_status status = CXM_OK;
    set->first = (uint32_t)self->source->part_count;
    for (size_t i = 0; i < entries->count && !status; i++)
        if (cxm_str_equal(entries->items[i].key.text, set->name)) {
            cxm_part part = {.kind = CXM_PART_MEMBER,
                             .category = CXM_NONE,
                             .phrase = CXM_NONE,
                             .set = set->name};
            status = add_list(self, &entries->items[i].values, part);
        }
    set->count = (uint32_t)self->source->part_count - set->first;
    return status;
}

static cxm_status name_sets(keeper *self) {
    cxm_source *source = self->source;
    for (size_t i = 0; i < self->pack->sets.count; i++) {
        bool is_new;
        cxm_str name = self->pack->sets.items[i].key.text;
        if (!cxm_table_add(&self->set_names, name, (uint32_t)source->set_count, &is_new))
            return CXM_E_NOMEM;
        if (!is_new)
            continue;
        name = cxm_arena_copy(arena_of(self), name);
        if (!name.ptr)
            return CXM_E_NOMEM;
        source->sets[source->set_count++].name = name;
    }
    return CXM_OK;
}

static cxm_status add_sets(keeper *self) {
    cxm_status status = name_sets(self);
    for (size_t i = 0; i < self->source->set_count && !status; i++)
        status = add_set(self, &self->source->sets[i]);
    return status;
}

static cxm_status add_trees(keeper *self, const cxm_pack_words *list, cxm_node ***trees,
                            size_t *count) {
    cxm_status status = CXM_OK;
    *trees = CXM_ARENA_ARRAY(arena_of(self), cxm_node *, list->count + 1);
    if (!*trees)
        return CXM_E_NOMEM;
    for (size_t i = 0; i < list->count && !status; i++)
        status = parse(self, &list->items[i], &(*trees)[(*count)++]);
    return status;
}

/* Numbers the sets that a tree uses. */
static void link_sets(const keeper *self, cxm_node *node) {
    for (; node; node = node->next) {
        if (node->kind == CXM_NODE_SET)
            node->count = *cxm_table_find(&self->set_names, node->text);
        link_sets(self, node->child);
    }
}

static void link_trees(const keeper *self, cxm_node **trees, size_t count) {
    for (size_t i = 0; i < count; i++)
        link_sets(self, trees[i]);
}

static size_t count_parts(const cxm_pack *pack) {
    size_t count = 0;
    for (size_t i = 0; i < pack->category_count; i++) {
        const cxm_pack_category *category = &pack->categories[i];
        count += category->phrase_count + category->unless.count;
        for (size_t k = 0; k < category->phrase_count; k++)
            count += category->phrases[k].unless.count;
    }
    for (size_t i = 0; i < pack->sets.count; i++)
        count += pack->sets.items[i].values.count;
    return count;
}

static cxm_status reserve(keeper *self) {
    cxm_source *source = CXM_ARENA_ARRAY(arena_of(self), cxm_source, 1);
    size_t parts = count_parts(self->pack) + 1;
    if (!source)
        return CXM_E_NOMEM;
    source->parts = CXM_ARENA_ARRAY(arena_of(self), cxm_part, parts);
    source->trees = CXM_ARENA_ARRAY(arena_of(self), cxm_node *, parts);
    source->sets = CXM_ARENA_ARRAY(arena_of(self), cxm_source_set, self->pack->sets.count + 1);
    source->drop_negated = CXM_ARENA_ARRAY(arena_of(self), bool, self->lexicon->category_count + 1);
    self->source = source;
    return source->parts && source->trees && source->sets && source->drop_negated ? CXM_OK
                                                                                  : CXM_E_NOMEM;
}

static cxm_status keep(keeper *self) {
    cxm_status status = reserve(self);
    if (!status)
        status = add_phrases(self);
    if (!status)
        status = add_sets(self);
    if (!status)
        status = add_unless(self);
    if (!status)
        status = add_trees(self, &self->pack->fillers, &self->source->fillers,
                           &self->source->filler_count);
    if (!status)
        status = add_trees(self, &self->pack->negators, &self->source->negators,
                           &self->source->negator_count);
    if (status)
        return CXM_E_NOMEM; /* it was compiled before: nothing else can be wrong */
    link_trees(self, self->source->trees, self->source->part_count);
    link_trees(self, self->source->negators, self->source->negator_count);
    self->lexicon->source = self->source;
    return CXM_OK;
}

cxm_status cxm_source_keep(cxm_pack *pack, cxm_lexicon *lexicon) {
    keeper self = {.pack = pack, .lexicon = lexicon};
    cxm_table_init(&self.set_names, &lexicon->allocator);
    cxm_status status = keep(&self);
    cxm_table_clear(&self.set_names);
    return status;
}

size_t cxm_lexicon_part_count(const cxm_lexicon *self) {
    return self->source ? self->source->part_count : 0;
}

const cxm_part *cxm_lexicon_part(const cxm_lexicon *self, size_t index) {
    return index < cxm_lexicon_part_count(self) ? &self->source->parts[index] : NULL;
}
