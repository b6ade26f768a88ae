/* SPDX-License-Identifier: MIT */
/*
 * From trees to instructions, after Thompson (1968), written from the end: a node is emitted with
 * the instruction that comes after it, and gives the one to enter it by.
 */
#include "base/str.h"
#include "lexicon/compile.h"

static cxm_status emit(cxm_emitter *self, cxm_node *node, uint32_t next, uint32_t *entry);

static cxm_status add(cxm_emitter *self, cxm_instruction instruction, uint32_t *at) {
    cxm_lexicon *lexicon = self->lexicon;
    if (lexicon->program_len - self->phrase_start >= CXM_PROGRAM_MAX_PHRASE)
        return cxm_pack_report(self->pack, CXM_E_LIMIT, self->scalar, 0,
                               "with its sets written out this phrase takes more than %d steps",
                               CXM_PROGRAM_MAX_PHRASE);
    if (lexicon->program_len >= CXM_PROGRAM_MAX_TOTAL)
        return cxm_pack_report(self->pack, CXM_E_LIMIT, self->scalar, 0,
                               "all phrases together take more than %d steps",
                               CXM_PROGRAM_MAX_TOTAL);
    void *items = lexicon->program;
    if (!cxm_array_reserve(&lexicon->allocator, &items, &lexicon->program_capacity,
                           lexicon->program_len + 1, sizeof *lexicon->program))
        return CXM_E_NOMEM;
    lexicon->program = items;
    *at = (uint32_t)lexicon->program_len;
    lexicon->program[lexicon->program_len++] = instruction;
    return CXM_OK;
}

static cxm_status split(cxm_emitter *self, uint32_t next, uint32_t other, uint32_t *entry) {
    return add(self, (cxm_instruction){.op = CXM_OP_SPLIT, .next = next, .other = other}, entry);
}

static cxm_status step(cxm_emitter *self, cxm_op op, uint32_t argument, uint32_t next,
                       uint32_t *entry) {
    return add(self, (cxm_instruction){.op = (uint32_t)op, .argument = argument, .next = next},
               entry);
}

/* `count` words at most, or fewer where it can go on at `skip`. */
static cxm_status emit_gap(cxm_emitter *self, uint32_t count, uint32_t next, uint32_t skip,
                           uint32_t *entry) {
    cxm_status status = CXM_OK;
    uint32_t after = next;
    for (uint32_t i = 0; status == CXM_OK && i < count; i++) {
        uint32_t any = 0;
        status = step(self, CXM_OP_ANY, 0, after, &any);
        if (status == CXM_OK)
            status = split(self, any, skip, &after);
    }
    *entry = after;
    return status;
}

/* The rest of the sentence: words up to its end, or as many as <rest> takes at most. */
static cxm_status emit_rest(cxm_emitter *self, uint32_t next, uint32_t *entry) {
    uint32_t end;
    cxm_status status = step(self, CXM_OP_END, 0, next, &end);
    return status == CXM_OK ? emit_gap(self, CXM_PHRASE_REST_WORDS, next, end, entry) : status;
}

static cxm_status emit_sequence(cxm_emitter *self, cxm_node *first, uint32_t next,
                                uint32_t *entry) {
    *entry = next;
    if (!first)
        return CXM_OK;
    cxm_status status = emit_sequence(self, first->next, next, entry);
    return status == CXM_OK ? emit(self, first, *entry, entry) : status;
}

static bool is_leaf(const cxm_node *node) {
    return node->kind == CXM_NODE_WORD || node->kind == CXM_NODE_PREFIX ||
           node->kind == CXM_NODE_STEM || node->kind == CXM_NODE_REGEX;
}

/* Notes a way of a choice that is not a single word. */
static cxm_status add_way(cxm_emitter *self, cxm_node *way) {
    void *items = self->ways;
    if (!cxm_array_reserve(&self->lexicon->allocator, &items, &self->way_capacity,
                           self->way_count + 1, sizeof *self->ways))
        return CXM_E_NOMEM;
    self->ways = items;
    self->ways[self->way_count++] = way;
    return CXM_OK;
}

/* Puts all single words of a choice, also of the choices and sets in it, into the atom at hand, and
 * notes whatever else there is. */
static cxm_status collect_ways(cxm_emitter *self, cxm_node *node) {
    if (is_leaf(node))
        return cxm_atom_add(self->atoms, self->scalar, node);
    cxm_node *inside = node;
    if (node->kind == CXM_NODE_SET) {
        if (cxm_set_visited(self, node))
            return CXM_OK;
        cxm_status status = cxm_set_tree(self, node, &inside);
        if (status != CXM_OK)
            return status;
        if (inside->kind != CXM_NODE_CHOICE)
            return collect_ways(self, inside);
    }
    if (inside->kind != CXM_NODE_CHOICE)
        return add_way(self, inside);
    cxm_status status = CXM_OK;
    for (cxm_node *child = inside->child; status == CXM_OK && child; child = child->next)
        status = collect_ways(self, child);
    return status;
}

/* Makes one atom of the single words of a choice, and a list of its other ways. Trees of sets are
 * gone through again and again, so both are noted there. */
static cxm_status collect_choice(cxm_emitter *self, cxm_node *choice) {
    if (choice->collected)
        return CXM_OK;
    self->visit++;
    self->way_count = 0;
    uint32_t atom = 0;
    cxm_status status = collect_ways(self, choice);
    bool any = self->atoms->member_count > 0;
    if (status == CXM_OK && any)
        status = cxm_atom_end(self->atoms, &atom);
    if (status == CXM_OK && any)
        choice->atom = atom + 1;
    if (status == CXM_OK && self->way_count)
        status = cxm_ways_group(self->arena, &self->firsts, self->ways, (uint32_t)self->way_count,
                                &choice->ways);
    choice->collected = status == CXM_OK;
    return status;
}

/* All single words of a choice are one test; the other ways are tried beside it. */
static cxm_status emit_choice(cxm_emitter *self, cxm_node *node, uint32_t next, uint32_t *entry) {
    cxm_node *choice = node;
    bool any = false;
    cxm_status status = CXM_OK;
    if (node->kind == CXM_NODE_SET)
        status = cxm_set_tree(self, node, &choice);
    if (status == CXM_OK)
        status = collect_choice(self, choice);
    if (status == CXM_OK && choice->atom) {
        status = step(self, CXM_OP_ATOM, choice->atom - 1, next, entry);
        any = true;
    }
    for (cxm_node *at = choice->ways; status == CXM_OK && at; at = at->next) {
        uint32_t way = 0;
        status = emit(self, at, next, &way);
        if (status == CXM_OK && any)
            status = split(self, *entry, way, entry);
        else
            *entry = way;
        any = true;
    }
    return status;
}

static cxm_status emit_leaf(cxm_emitter *self, cxm_node *node, uint32_t next, uint32_t *entry) {
    uint32_t atom;
    cxm_status status = cxm_atom_add(self->atoms, self->scalar, node);
    if (status == CXM_OK)
        status = cxm_atom_end(self->atoms, &atom);
    return status == CXM_OK ? step(self, CXM_OP_ATOM, atom, next, entry) : status;
}

/* The number of a capture by its name; capture_count where the name is new to the rule. */
static uint32_t capture_number(const cxm_rule *rule, cxm_str name) {
    uint32_t number = 0;
    while (number < rule->capture_count && !cxm_str_equal(rule->captures[number], name))
        number++;
    return number;
}

static cxm_status add_capture(cxm_emitter *self, const cxm_node *node) {
    cxm_rule *rule = self->rule;
    if (capture_number(rule, node->text) < rule->capture_count)
        return CXM_OK;
    if (rule->capture_count == CXM_PROGRAM_MAX_CAPTURES)
        return cxm_pack_report(self->pack, CXM_E_LIMIT, self->scalar, 0,
                               "a phrase takes at most %d captures", CXM_PROGRAM_MAX_CAPTURES);
    rule->captures[rule->capture_count] = cxm_arena_copy(&self->lexicon->arena, node->text);
    return rule->captures[rule->capture_count++].ptr ? CXM_OK : CXM_E_NOMEM;
}

/* Numbers the captures of a tree in the order of the phrase, for it is emitted from its end. Those
 * within sets come behind them. */
static cxm_status number_captures(cxm_emitter *self, const cxm_node *node) {
    cxm_status status = CXM_OK;
    if (node->kind == CXM_NODE_CAPTURE)
        status = add_capture(self, node);
    for (const cxm_node *child = node->child; status == CXM_OK && child; child = child->next)
        status = number_captures(self, child);
    return status;
}

static cxm_status emit_capture(cxm_emitter *self, cxm_node *node, uint32_t next, uint32_t *entry) {
    uint32_t at;
    cxm_status status = add_capture(self, node);
    uint32_t number = capture_number(self->rule, node->text);
    if (status == CXM_OK)
        status = step(self, CXM_OP_SAVE, number * 2 + 1, next, &at);
    if (status == CXM_OK)
        status = emit(self, node->child, at, &at);
    return status == CXM_OK ? step(self, CXM_OP_SAVE, number * 2, at, entry) : status;
}

static cxm_status emit_optional(cxm_emitter *self, cxm_node *node, uint32_t next, uint32_t *entry) {
    uint32_t inside;
    cxm_status status = emit(self, node->child, next, &inside);
    return status == CXM_OK ? split(self, inside, next, entry) : status;
}

static cxm_status emit(cxm_emitter *self, cxm_node *node, uint32_t next, uint32_t *entry) {
    switch (node->kind) {
    case CXM_NODE_WORD:
    case CXM_NODE_PREFIX:
    case CXM_NODE_STEM:
    case CXM_NODE_REGEX:
        return emit_leaf(self, node, next, entry);
    case CXM_NODE_ANY:
        return step(self, CXM_OP_ANY, 0, next, entry);
    case CXM_NODE_GAP:
        return emit_gap(self, node->count, next, next, entry);
    case CXM_NODE_REST:
        return emit_rest(self, next, entry);
    case CXM_NODE_START:
        return step(self, CXM_OP_START, 0, next, entry);
    case CXM_NODE_END:
        return step(self, CXM_OP_END, 0, next, entry);
    case CXM_NODE_QUESTION:
        return step(self, CXM_OP_QUESTION, 0, next, entry);
    case CXM_NODE_SEQUENCE:
        return emit_sequence(self, node->child, next, entry);
    case CXM_NODE_SET:
    case CXM_NODE_CHOICE:
        return emit_choice(self, node, next, entry);
    case CXM_NODE_OPTIONAL:
        return emit_optional(self, node, next, entry);
    case CXM_NODE_CAPTURE:
        return emit_capture(self, node, next, entry);
    }
    return CXM_E_ARGUMENT;
}

/* A phrase must look for something, and be found in bounded text. */
static cxm_status check_shape(cxm_emitter *self, cxm_node *tree) {
    cxm_shape shape;
    cxm_status status = cxm_shape_of(self, tree, &shape);
    if (status != CXM_OK)
        return status;
    const char *wrong = NULL;
    if (shape.least == 0)
        wrong = "this phrase can match nothing at all; expected at least one word";
    else if (shape.gap_first || shape.gap_last)
        wrong = "a gap (...) stands between words; a phrase cannot begin or end with it";
    else if (self->rule->kind == CXM_RULE_FILLER && shape.least != shape.most)
        wrong = "a filler is plain words; expected no gaps and nothing optional";
    if (wrong)
        return cxm_pack_report(self->pack, CXM_E_SYNTAX, self->scalar, 0, "%s", wrong);
    if (shape.most > CXM_PHRASE_MAX_WORDS)
        return cxm_pack_report(self->pack, CXM_E_LIMIT, self->scalar, 0,
                               "this phrase can match more than %d words", CXM_PHRASE_MAX_WORDS);
    if (shape.most > self->lexicon->max_words)
        self->lexicon->max_words = shape.most;
    return CXM_OK;
}

cxm_status cxm_emit_phrase(cxm_emitter *self, const cxm_pack_scalar *scalar, cxm_rule *rule,
                           uint32_t number) {
    cxm_node *tree;
    uint32_t accept;
    self->scalar = scalar;
    self->rule = rule;
    self->phrase_start = self->lexicon->program_len;
    self->atoms->member_count = 0;
    cxm_status status =
        cxm_phrase_parse(self->pack, &self->lexicon->language, scalar, self->arena, &tree);
    if (status == CXM_OK)
        status = check_shape(self, tree);
    if (status == CXM_OK)
        status = number_captures(self, tree);
    if (status == CXM_OK)
        status = step(self, CXM_OP_ACCEPT, number, 0, &accept);
    if (status == CXM_OK)
        status = emit(self, tree, accept, &rule->entry);
    rule->program_start = (uint32_t)self->phrase_start;
    rule->program_end = (uint32_t)self->lexicon->program_len;
    return status;
}
