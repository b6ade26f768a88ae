/* SPDX-License-Identifier: MIT */
/* Where rules can start: for each atom the instructions that take it as the first word of a rule. */
#include "lexicon/compile.h"

typedef struct collector {
    cxm_lexicon *lexicon;
    size_t capacity;
    const cxm_rule *rule;
    uint32_t *stack; /* instructions still to be looked at, the low bit: behind a START */
    size_t stack_len;
    size_t stack_capacity;
    uint32_t *seen; /* per instruction: 2 * rule number + 1 + whether behind a START */
    uint32_t mark;
} collector;

static bool push(collector *self, uint32_t instruction, bool at_start) {
    void *items = self->stack;
    if (!cxm_array_reserve(&self->lexicon->allocator, &items, &self->stack_capacity,
                           self->stack_len + 1, sizeof *self->stack))
        return false;
    self->stack = items;
    self->stack[self->stack_len++] = instruction << 1 | at_start;
    return true;
}

static bool add_start(collector *self, uint32_t instruction, bool at_start) {
    cxm_lexicon *lexicon = self->lexicon;
    void *items = lexicon->starts;
    if (!cxm_array_reserve(&lexicon->allocator, &items, &self->capacity,
                           lexicon->start_count + 1, sizeof *lexicon->starts))
        return false;
    lexicon->starts = items;
    lexicon->starts[lexicon->start_count++] =
        (cxm_start){.instruction = instruction,
                    .views = self->rule->views,
                    .at_start = at_start,
                    .filler = self->rule->kind == CXM_RULE_FILLER};
    return true;
}

/* Follows the instructions that take no word. Behind an END nothing can be taken. */
static bool follow(collector *self, uint32_t item) {
    uint32_t at = item >> 1;
    bool at_start = item & 1;
    const cxm_instruction *instruction = &self->lexicon->program[at];
    /* What can be reached without START need not be reached through one. */
    uint32_t mark = self->mark + (at_start ? 0 : 1);
    if (self->seen[at] >= mark)
        return true;
    self->seen[at] = mark;
    switch ((cxm_op)instruction->op) {
    case CXM_OP_ATOM:
    case CXM_OP_ANY:
        return add_start(self, at, at_start);
    case CXM_OP_SPLIT:
        return push(self, instruction->next, at_start) && push(self, instruction->other, at_start);
    case CXM_OP_SAVE:
        return push(self, instruction->next, at_start);
    case CXM_OP_START:
        return push(self, instruction->next, true);
    case CXM_OP_END:
    case CXM_OP_QUESTION:
    case CXM_OP_ACCEPT:
        return true;
    }
    return true;
}

static bool collect(collector *self) {
    for (size_t i = 0; i < self->lexicon->rule_count; i++) {
        self->rule = &self->lexicon->rules[i];
        self->mark = (uint32_t)i * 2 + 1;
        if (!push(self, self->rule->entry, false))
            return false;
        while (self->stack_len)
            if (!follow(self, self->stack[--self->stack_len]))
                return false;
    }
    return true;
}

/* The list a start belongs to: that of its atom, or the last one for any word. */
static size_t list_of(const cxm_lexicon *lexicon, const cxm_start *start) {
    const cxm_instruction *instruction = &lexicon->program[start->instruction];
    return instruction->op == CXM_OP_ANY ? lexicon->atom_count : instruction->argument;
}

static cxm_status sort_by_atom(cxm_lexicon *lexicon) {
    size_t lists = lexicon->atom_count + 1;
    uint32_t *offsets = CXM_ARENA_ARRAY(&lexicon->arena, uint32_t, lists + 2);
    uint32_t *items = CXM_ARENA_ARRAY(&lexicon->arena, uint32_t, lexicon->start_count + 1);
    if (!offsets || !items)
        return CXM_E_NOMEM;
    for (size_t i = 0; i < lexicon->start_count; i++)
        offsets[list_of(lexicon, &lexicon->starts[i]) + 2]++;
    for (size_t list = 0; list < lists; list++)
        offsets[list + 2] += offsets[list + 1];
    for (size_t i = 0; i < lexicon->start_count; i++)
        items[offsets[list_of(lexicon, &lexicon->starts[i]) + 1]++] = (uint32_t)i;
    lexicon->starts_of_atom = (cxm_lists){offsets, items};
    return CXM_OK;
}

/* Gives `starts` a place in the arena, so that the lexicon is freed in one go. */
static cxm_status keep_starts(cxm_lexicon *lexicon, size_t capacity) {
    cxm_start *kept = CXM_ARENA_ARRAY(&lexicon->arena, cxm_start, lexicon->start_count + 1);
    if (!kept)
        return CXM_E_NOMEM;
    for (size_t i = 0; i < lexicon->start_count; i++)
        kept[i] = lexicon->starts[i];
    cxm_release(&lexicon->allocator, lexicon->starts, capacity * sizeof *lexicon->starts);
    lexicon->starts = kept;
    return CXM_OK;
}

cxm_status cxm_compile_starts(cxm_lexicon *lexicon) {
    collector self = {.lexicon = lexicon};
    const cxm_allocator *allocator = &lexicon->allocator;
    size_t seen_bytes = (lexicon->program_len + 1) * sizeof *self.seen;
    self.seen = cxm_allocate(allocator, seen_bytes);
    bool collected = self.seen && collect(&self);
    cxm_release(allocator, self.seen, seen_bytes);
    cxm_release(allocator, self.stack, self.stack_capacity * sizeof *self.stack);
    cxm_status status = collected ? keep_starts(lexicon, self.capacity) : CXM_E_NOMEM;
    if (status != CXM_OK) {
        cxm_release(allocator, lexicon->starts, self.capacity * sizeof *lexicon->starts);
        lexicon->starts = NULL;
        return status;
    }
    return sort_by_atom(lexicon);
}
