/* SPDX-License-Identifier: MIT */
#include "base/sort.h"
#include "base/str.h"
#include "lexicon/compile.h"

bool cxm_atom_maker_init(cxm_atom_maker *self, cxm_lexicon *lexicon, cxm_pack *pack,
                         cxm_arena *arena) {
    *self = (cxm_atom_maker){.lexicon = lexicon, .pack = pack, .arena = arena};
    cxm_table_init(&self->groups, &lexicon->allocator);
    if (!cxm_regex_maker_init(&self->regexes, lexicon))
        return false;
    if (lexicon->language.stemmer.len == 0)
        return true;
    self->stemmer = cxm_stemmer_new(lexicon->language.stemmer.ptr);
    return self->stemmer != NULL;
}

void cxm_atom_maker_clear(cxm_atom_maker *self) {
    const cxm_allocator *allocator = &self->lexicon->allocator;
    cxm_regex_maker_clear(&self->regexes);
    cxm_table_clear(&self->groups);
    cxm_release(allocator, self->memberships,
                self->membership_capacity * sizeof *self->memberships);
    cxm_release(allocator, self->members, self->member_capacity * sizeof *self->members);
    cxm_stemmer_free(self->stemmer);
}

/* The primitive of a key in a table, numbered when it is new; `*is_new` tells. */
static cxm_status number_of(cxm_atom_maker *self, cxm_table *table, cxm_str key,
                            uint32_t *primitive, bool *is_new) {
    cxm_lexicon *lexicon = self->lexicon;
    uint32_t *known = cxm_table_find(table, key);
    *is_new = !known;
    if (!known) {
        cxm_str kept = cxm_arena_copy(&lexicon->arena, key);
        known =
            kept.ptr ? cxm_table_add(table, kept, (uint32_t)lexicon->primitive_count, NULL) : NULL;
        if (!known)
            return CXM_E_NOMEM;
        lexicon->primitive_count++;
    }
    *primitive = *known;
    return CXM_OK;
}

static cxm_status regex_primitive(cxm_atom_maker *self, const cxm_pack_scalar *scalar,
                                  const cxm_node *leaf, uint32_t *primitive) {
    if (leaf->text.len > CXM_REGEX_MAX_BYTES)
        return cxm_pack_report(self->pack, CXM_E_LIMIT, scalar, leaf->offset,
                               "a regular expression takes at most %d bytes", CXM_REGEX_MAX_BYTES);
    bool is_new;
    cxm_status status = number_of(self, &self->regexes.primitives, leaf->text, primitive, &is_new);
    if (status != CXM_OK || !is_new)
        return status;
    char message[128];
    size_t offset = 0;
    status = cxm_regex_add(&self->regexes, leaf->text, *primitive, message, &offset);
    if (status != CXM_E_SYNTAX)
        return status;
    size_t start = leaf->offset + 1;
    cxm_str written = cxm_str_slice(scalar->text, start, scalar->text.len);
    return cxm_pack_report(self->pack, status, scalar, start + cxm_regex_place(written, offset),
                           "wrong regular expression: %s", message);
}

/* The primitive of a leaf; trees of sets are gone through again and again, so it is noted there. */
static cxm_status primitive_of(cxm_atom_maker *self, const cxm_pack_scalar *scalar, cxm_node *leaf,
                               uint32_t *primitive) {
    cxm_lexicon *lexicon = self->lexicon;
    bool is_new;
    cxm_status status;
    if (leaf->kind == CXM_NODE_REGEX) {
        status = regex_primitive(self, scalar, leaf, primitive);
    } else if (leaf->kind == CXM_NODE_PREFIX) {
        status = number_of(self, &lexicon->prefixes, leaf->text, primitive, &is_new);
        if (leaf->text.len > lexicon->longest_prefix)
            lexicon->longest_prefix = leaf->text.len;
    } else if (leaf->kind == CXM_NODE_STEM) {
        cxm_str stem = cxm_stem(self->stemmer, leaf->text);
        status = number_of(self, &lexicon->stems, stem, primitive, &is_new);
    } else {
        status = number_of(self, &lexicon->literals, leaf->text, primitive, &is_new);
    }
    if (status == CXM_OK)
        leaf->primitive = *primitive + 1;
    return status;
}

cxm_status cxm_atom_add(cxm_atom_maker *self, const cxm_pack_scalar *scalar, cxm_node *leaf) {
    uint32_t primitive = leaf->primitive - 1;
    cxm_status status = leaf->primitive ? CXM_OK : primitive_of(self, scalar, leaf, &primitive);
    if (status != CXM_OK)
        return status;
    void *items = self->members;
    if (!cxm_array_reserve(&self->lexicon->allocator, &items, &self->member_capacity,
                           self->member_count + 1, sizeof *self->members))
        return CXM_E_NOMEM;
    self->members = items;
    self->members[self->member_count++] = primitive;
    return CXM_OK;
}

/* Notes that the primitives of the group at hand belong to the atom. */
static cxm_status keep_members(cxm_atom_maker *self, uint32_t atom) {
    void *items = self->memberships;
    if (!cxm_array_reserve(&self->lexicon->allocator, &items, &self->membership_capacity,
                           self->membership_count + self->member_count, sizeof *self->memberships))
        return CXM_E_NOMEM;
    self->memberships = items;
    for (size_t i = 0; i < self->member_count; i++)
        self->memberships[self->membership_count++] = (cxm_listing){self->members[i], atom};
    return CXM_OK;
}

cxm_status cxm_atom_end(cxm_atom_maker *self, uint32_t *atom) {
    size_t unique = cxm_sort_unique(self->members, self->member_count);
    self->member_count = unique;
    cxm_str key = {(const char *)self->members, unique * sizeof *self->members};
    uint32_t *known = cxm_table_find(&self->groups, key);
    cxm_status status = CXM_OK;
    if (!known) {
        cxm_str kept = cxm_arena_copy(self->arena, key);
        uint32_t number = (uint32_t)self->lexicon->atom_count;
        known = kept.ptr ? cxm_table_add(&self->groups, kept, number, NULL) : NULL;
        if (!known)
            return CXM_E_NOMEM;
        self->lexicon->atom_count++;
        status = keep_members(self, number);
    }
    *atom = *known;
    self->member_count = 0;
    return status;
}

cxm_status cxm_atom_finish(cxm_atom_maker *self) {
    cxm_lexicon *lexicon = self->lexicon;
    cxm_status status = cxm_regexes_finish(&self->regexes);
    if (status != CXM_OK)
        return status;
    return cxm_lists_make(lexicon, self->memberships, self->membership_count,
                          lexicon->primitive_count, &lexicon->atoms_of_primitive);
}
