/* SPDX-License-Identifier: MIT */
/* Sets by their names, and what phrases can match: at least, at most, and how they begin and end.
 */
#include "base/str.h"
#include "lexicon/compile.h"

enum { MANY_WORDS = 1 << 20 /* a count that no longer grows */ };

static size_t count_sum(size_t a, size_t b) {
    return a + b < MANY_WORDS ? a + b : MANY_WORDS;
}

cxm_status cxm_sets_init(cxm_emitter *self) {
    const cxm_pack_entries *entries = &self->pack->sets;
    cxm_table_init(&self->set_names, &self->lexicon->allocator);
    self->sets = CXM_ARENA_ARRAY(self->arena, cxm_set, entries->count + 1);
    if (!self->sets)
        return CXM_E_NOMEM;
    for (size_t i = entries->count; i-- > 0;) {
        bool is_new;
        uint32_t *first =
            cxm_table_add(&self->set_names, entries->items[i].key.text, (uint32_t)i, &is_new);
        if (!first)
            return CXM_E_NOMEM;
        if (!is_new) {
            self->sets[i].next_same = (size_t)*first + 1;
            *first = (uint32_t)i;
        }
    }
    return CXM_OK;
}

static bool is_known_wrong(cxm_status status) {
    return status == CXM_E_SYNTAX || status == CXM_E_LIMIT;
}

/* Parses the members of all entries of a set's name into the children of one choice. */
static cxm_status parse_members(cxm_emitter *self, size_t index, cxm_node *choice) {
    cxm_node **tail = &choice->child;
    bool wrong = false;
    for (size_t entry = index + 1; entry; entry = self->sets[entry - 1].next_same) {
        const cxm_pack_list *members = &self->pack->sets.items[entry - 1].values;
        for (size_t i = 0; i < members->count; i++) {
            cxm_shape shape;
            cxm_node *member;
            self->scalar = &members->items[i];
            cxm_status status = cxm_phrase_parse(self->pack, &self->lexicon->language, self->scalar,
                                                 self->arena, &member);
            if (status == CXM_OK)
                status = cxm_shape_of(self, member, &shape);
            if (is_known_wrong(status)) {
                wrong = true;
                continue;
            }
            if (status != CXM_OK)
                return status;
            *tail = member;
            tail = &member->next;
        }
    }
    return wrong ? CXM_E_SYNTAX : CXM_OK;
}

static cxm_status parse_set(cxm_emitter *self, size_t index) {
    cxm_set *set = &self->sets[index];
    const cxm_pack_scalar *user = self->scalar;
    cxm_node *choice = CXM_ARENA_ARRAY(self->arena, cxm_node, 1);
    if (!choice)
        return CXM_E_NOMEM;
    choice->kind = CXM_NODE_CHOICE;
    set->state = CXM_SET_OPEN;
    cxm_status status = parse_members(self, index, choice);
    self->scalar = &self->pack->sets.items[index].key;
    if (status == CXM_OK && !choice->child)
        status = cxm_pack_report(self->pack, CXM_E_SYNTAX, self->scalar, 0, "this set is empty");
    if (status == CXM_OK)
        status = cxm_shape_of(self, choice, &set->shape);
    if (status == CXM_OK && ++set->shape.depth > CXM_SET_MAX_DEPTH)
        status = cxm_pack_report(self->pack, CXM_E_LIMIT, self->scalar, 0,
                                 "sets use sets deeper than %d", CXM_SET_MAX_DEPTH);
    self->scalar = user;
    set->tree = choice;
    set->state = status == CXM_OK ? CXM_SET_READY : CXM_SET_WRONG;
    return status;
}

static cxm_status find_set(cxm_emitter *self, const cxm_node *use, size_t *index) {
    uint32_t *found = cxm_table_find(&self->set_names, use->text);
    if (!found)
        return cxm_pack_report(self->pack, CXM_E_SYNTAX, self->scalar, use->offset,
                               "there is no set <%.*s>; sets stand under `sets:` of any file",
                               CXM_STR_ARGS(use->text));
    *index = *found;
    cxm_set *set = &self->sets[*index];
    if (set->state == CXM_SET_NEW)
        return parse_set(self, *index);
    if (set->state == CXM_SET_OPEN)
        return cxm_pack_report(self->pack, CXM_E_SYNTAX, self->scalar, use->offset,
                               "the set <%.*s> uses itself", CXM_STR_ARGS(use->text));
    return set->state == CXM_SET_READY ? CXM_OK : CXM_E_SYNTAX;
}

cxm_status cxm_set_tree(cxm_emitter *self, const cxm_node *use, cxm_node **tree) {
    size_t index = 0;
    cxm_status status = find_set(self, use, &index);
    if (status == CXM_OK)
        *tree = self->sets[index].tree;
    return status;
}

cxm_set *cxm_set_of(cxm_emitter *self, const cxm_node *use) {
    return &self->sets[*cxm_table_find(&self->set_names, use->text)];
}

bool cxm_set_visited(cxm_emitter *self, const cxm_node *use) {
    if (!cxm_table_find(&self->set_names, use->text))
        return false;
    cxm_set *set = cxm_set_of(self, use);
    bool visited = set->visit == self->visit;
    set->visit = self->visit;
    return visited;
}

cxm_status cxm_sets_check(cxm_emitter *self) {
    const cxm_table *names = &self->set_names;
    for (size_t i = 0; i < self->pack->sets.count; i++) {
        uint32_t *first = cxm_table_find(names, self->pack->sets.items[i].key.text);
        if (!first || *first != i || self->sets[i].state != CXM_SET_NEW)
            continue;
        cxm_status status = parse_set(self, i);
        if (status != CXM_OK && !is_known_wrong(status))
            return status;
    }
    return CXM_OK;
}

static bool is_anchor_end(const cxm_node *node) {
    return node->kind == CXM_NODE_END || node->kind == CXM_NODE_QUESTION;
}

static cxm_status sequence_shape(cxm_emitter *self, const cxm_node *node, cxm_shape *out) {
    const cxm_node *end = NULL;
    *out = (cxm_shape){0};
    for (cxm_node *child = node->child; child; child = child->next) {
        cxm_shape shape;
        cxm_status status = cxm_shape_of(self, child, &shape);
        if (status != CXM_OK)
            return status;
        if (child->kind == CXM_NODE_START && out->least > 0)
            return cxm_pack_report(self->pack, CXM_E_SYNTAX, self->scalar, child->offset,
                                   "^ is the start of a sentence; no word can stand before it");
        if (end && shape.least > 0)
            return cxm_pack_report(self->pack, CXM_E_SYNTAX, self->scalar, end->offset,
                                   "$ is the end of a sentence; no word can stand behind it");
        if (is_anchor_end(child))
            end = child;
        if (out->least == 0)
            out->gap_first |= shape.gap_first;
        out->gap_last = shape.gap_last || (out->gap_last && shape.least == 0 && !end);
        out->least = count_sum(out->least, shape.least);
        out->most = count_sum(out->most, shape.most);
        out->depth = out->depth > shape.depth ? out->depth : shape.depth;
    }
    return CXM_OK;
}

static cxm_status choice_shape(cxm_emitter *self, const cxm_node *node, cxm_shape *out) {
    *out = (cxm_shape){.least = MANY_WORDS};
    for (cxm_node *child = node->child; child; child = child->next) {
        cxm_shape shape;
        cxm_status status = cxm_shape_of(self, child, &shape);
        if (status != CXM_OK)
            return status;
        out->least = out->least < shape.least ? out->least : shape.least;
        out->most = out->most > shape.most ? out->most : shape.most;
        out->depth = out->depth > shape.depth ? out->depth : shape.depth;
        out->gap_first |= shape.gap_first;
        out->gap_last |= shape.gap_last;
    }
    return CXM_OK;
}

/* Regular expressions are compiled here, while their place is known, and dropped again. */
static cxm_status regex_shape(cxm_emitter *self, cxm_node *node, cxm_shape *out) {
    size_t kept = self->atoms->member_count;
    cxm_status status = cxm_atom_add(self->atoms, self->scalar, node);
    self->atoms->member_count = kept;
    *out = (cxm_shape){.least = 1, .most = 1};
    return status;
}

static cxm_status set_shape(cxm_emitter *self, const cxm_node *node, cxm_shape *out) {
    size_t index = 0;
    cxm_status status = find_set(self, node, &index);
    if (status == CXM_OK)
        *out = self->sets[index].shape;
    return status;
}

cxm_status cxm_shape_of(cxm_emitter *self, cxm_node *node, cxm_shape *out) {
    cxm_status status = CXM_OK;
    switch (node->kind) {
    case CXM_NODE_WORD:
    case CXM_NODE_PREFIX:
    case CXM_NODE_STEM:
    case CXM_NODE_ANY:
        *out = (cxm_shape){.least = 1, .most = 1};
        return CXM_OK;
    case CXM_NODE_REGEX:
        return regex_shape(self, node, out);
    case CXM_NODE_GAP:
        *out = (cxm_shape){.most = node->count, .gap_first = true, .gap_last = true};
        return CXM_OK;
    case CXM_NODE_REST:
        *out = (cxm_shape){.most = CXM_PHRASE_REST_WORDS, .gap_first = true};
        return CXM_OK;
    case CXM_NODE_START:
    case CXM_NODE_END:
    case CXM_NODE_QUESTION:
        *out = (cxm_shape){0};
        return CXM_OK;
    case CXM_NODE_SET:
        return set_shape(self, node, out);
    case CXM_NODE_SEQUENCE:
        return sequence_shape(self, node, out);
    case CXM_NODE_CHOICE:
        return choice_shape(self, node, out);
    case CXM_NODE_OPTIONAL:
        status = cxm_shape_of(self, node->child, out);
        out->least = 0;
        return status;
    case CXM_NODE_CAPTURE:
        status = cxm_shape_of(self, node->child, out);
        /* A named gap at the end is wanted: (claim=...8) takes words, it does not skip them. */
        out->gap_last = false;
        return status;
    }
    return CXM_E_ARGUMENT;
}
