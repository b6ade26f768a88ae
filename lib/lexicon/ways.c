/* SPDX-License-Identifier: MIT */
/*
 * The ways of a choice, those that begin with the same word together: of "of course|of late|as
 * usual" these are "of (course|late)" and "as usual". A set is written out wherever it is used, and
 * a text waits for the first word of each way, so there should be few.
 */
#include "base/str.h"
#include "lexicon/compile.h"

/* Ways of one choice while they are put together. */
typedef struct grouping {
    cxm_arena *arena;
    cxm_table *firsts; /* first word -> the first way that begins with it */
    cxm_node *const *ways;
    uint32_t *next; /* per way: the next one that begins alike; 0: none */
    uint32_t *last; /* per way that others begin like: the last of these */
} grouping;

static cxm_node *node_new(cxm_arena *arena, cxm_node_kind kind, cxm_node *child) {
    cxm_node *node = CXM_ARENA_ARRAY(arena, cxm_node, 1);
    if (node)
        *node = (cxm_node){.kind = kind, .offset = child->offset, .child = child};
    return node;
}

/* A node by itself, to stand in another list. */
static cxm_node *copy_of(cxm_arena *arena, const cxm_node *node) {
    cxm_node *copy = CXM_ARENA_ARRAY(arena, cxm_node, 1);
    if (copy) {
        *copy = *node;
        copy->next = NULL;
    }
    return copy;
}

static bool begins_with_word(const cxm_node *way) {
    return way->kind == CXM_NODE_SEQUENCE && way->child->kind == CXM_NODE_WORD && way->child->next;
}

/* What follows the first word of a way. */
static cxm_node *tail_of(cxm_arena *arena, const cxm_node *way) {
    cxm_node *rest = way->child->next;
    return rest->next ? node_new(arena, CXM_NODE_SEQUENCE, rest) : copy_of(arena, rest);
}

/* The way `first` and those that begin like it as one. NULL where there is no memory. */
static cxm_node *merge(const grouping *self, uint32_t first) {
    cxm_node *word = copy_of(self->arena, self->ways[first]->child);
    cxm_node *tails = NULL;
    cxm_node **end = &tails;
    for (uint32_t way = first;; way = self->next[way]) {
        *end = tail_of(self->arena, self->ways[way]);
        if (!*end || !word)
            return NULL;
        end = &(*end)->next;
        if (!self->next[way])
            break;
    }
    word->next = node_new(self->arena, CXM_NODE_CHOICE, tails);
    return word->next ? node_new(self->arena, CXM_NODE_SEQUENCE, word) : NULL;
}

/* Links the ways that begin alike. false where there is no memory. */
static bool link_alike(const grouping *self, uint32_t count) {
    for (uint32_t way = 0; way < count; way++) {
        bool is_new;
        if (!begins_with_word(self->ways[way]))
            continue;
        const uint32_t *first =
            cxm_table_add(self->firsts, self->ways[way]->child->text, way, &is_new);
        if (!first)
            return false;
        if (!is_new)
            self->next[self->last[*first]] = way;
        self->last[*first] = way;
    }
    return true;
}

cxm_status cxm_ways_group(cxm_arena *arena, cxm_table *firsts, cxm_node *const *ways,
                          uint32_t count, cxm_node **out) {
    grouping self = {arena, firsts, ways, CXM_ARENA_ARRAY(arena, uint32_t, count),
                     CXM_ARENA_ARRAY(arena, uint32_t, count)};
    cxm_table_reset(firsts);
    *out = NULL;
    if (!self.next || !self.last || !link_alike(&self, count))
        return CXM_E_NOMEM;
    cxm_node **end = out;
    for (uint32_t way = 0; way < count; way++) {
        const uint32_t *first =
            begins_with_word(ways[way]) ? cxm_table_find(firsts, ways[way]->child->text) : NULL;
        if (first && *first != way)
            continue;
        *end = self.next[way] ? merge(&self, way) : copy_of(arena, ways[way]);
        if (!*end)
            return CXM_E_NOMEM;
        end = &(*end)->next;
    }
    return CXM_OK;
}
