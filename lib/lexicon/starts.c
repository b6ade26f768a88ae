/* SPDX-License-Identifier: MIT */
/* Where rules can start. */
#include "lexicon/compile.h"

#include <stdlib.h>

typedef struct collector {
    cxm_lexicon *lexicon;
    size_t capacity;
    uint32_t rule;
    uint32_t *stack; /* instructions still to be looked at, the low bit: behind a START */
    size_t stack_len;
    size_t stack_capacity;
    uint32_t
        *seen; /* per instruction: when it was last reached; later marks for fewer conditions */
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
    if (!cxm_array_reserve(&lexicon->allocator, &items, &self->capacity, lexicon->start_count + 1,
                           sizeof *lexicon->starts))
        return false;
    lexicon->starts = items;
    lexicon->starts[lexicon->start_count++] = (cxm_start){instruction, self->rule, at_start};
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
    case CXM_OP_PROPOSE:
        return true;
    }
    return true;
}

static bool collect_rule(collector *self, uint32_t rule) {
    self->rule = rule;
    self->mark += 2;
    if (!push(self, self->lexicon->rules[rule].entry, false))
        return false;
    while (self->stack_len)
        if (!follow(self, self->stack[--self->stack_len]))
            return false;
    return true;
}

static bool collect_rules(collector *self) {
    cxm_lexicon *lexicon = self->lexicon;
    for (uint32_t i = 0; i < lexicon->first_filler; i++) {
        cxm_rule *rule = &lexicon->rules[i];
        rule->first_start = (uint32_t)lexicon->start_count;
        if (!collect_rule(self, i))
            return false;
        rule->start_count = (uint32_t)lexicon->start_count - rule->first_start;
        rule->at_start = true;
        for (size_t k = rule->first_start; k < lexicon->start_count; k++) {
            rule->at_start &= lexicon->starts[k].at_start;
            rule->minds_start |= lexicon->starts[k].at_start;
        }
    }
    return true;
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

/* What follows the first words of fillers, by the atoms of those; a filler is plain words. */
static cxm_status list_fillers(collector *self) {
    cxm_lexicon *lexicon = self->lexicon;
    size_t from = lexicon->start_count;
    for (uint32_t i = 0; i < lexicon->rule_count; i++)
        if (lexicon->rules[i].kind == CXM_RULE_FILLER && !collect_rule(self, i))
            return CXM_E_NOMEM;
    size_t count = lexicon->start_count - from;
    size_t bytes = (count + 1) * sizeof(cxm_listing);
    cxm_listing *pairs = cxm_allocate(&lexicon->allocator, bytes);
    if (!pairs)
        return CXM_E_NOMEM;
    for (size_t i = 0; i < count; i++) {
        const cxm_instruction *first = &lexicon->program[lexicon->starts[from + i].instruction];
        pairs[i] = (cxm_listing){first->argument, first->next};
    }
    lexicon->start_count = from;
    cxm_status status =
        cxm_lists_make(lexicon, pairs, count, lexicon->atom_count + 1, &lexicon->fillers_of_atom);
    cxm_release(&lexicon->allocator, pairs, bytes);
    return status;
}

static void note_filler(cxm_lexicon *lexicon, const cxm_rule *rule) {
    for (uint32_t i = rule->program_start; i < rule->program_end; i++)
        if (lexicon->program[i].op == CXM_OP_ATOM)
            lexicon->filler_atoms[lexicon->program[i].argument] = true;
}

/* Notes which atoms alone are a negator, and which are parts of fillers. */
static cxm_status note_atoms(cxm_lexicon *lexicon) {
    lexicon->negator_atoms = CXM_ARENA_ARRAY(&lexicon->arena, bool, lexicon->atom_count + 1);
    lexicon->filler_atoms = CXM_ARENA_ARRAY(&lexicon->arena, bool, lexicon->atom_count + 1);
    if (!lexicon->negator_atoms || !lexicon->filler_atoms)
        return CXM_E_NOMEM;
    for (size_t i = 0; i < lexicon->rule_count; i++)
        if (lexicon->rules[i].kind == CXM_RULE_FILLER)
            note_filler(lexicon, &lexicon->rules[i]);
    for (size_t i = 0; i < lexicon->start_count; i++) {
        const cxm_start *start = &lexicon->starts[i];
        const cxm_instruction *first = &lexicon->program[start->instruction];
        if (lexicon->rules[start->rule].kind == CXM_RULE_NEGATOR && first->op == CXM_OP_ATOM &&
            lexicon->program[first->next].op == CXM_OP_ACCEPT)
            lexicon->negator_atoms[first->argument] = true;
    }
    return CXM_OK;
}

cxm_status cxm_compile_starts(cxm_lexicon *lexicon) {
    collector self = {.lexicon = lexicon};
    const cxm_allocator *allocator = &lexicon->allocator;
    size_t seen_bytes = (lexicon->program_len + 1) * sizeof *self.seen;
    self.seen = cxm_allocate(allocator, seen_bytes);
    cxm_status status = self.seen && collect_rules(&self) ? CXM_OK : CXM_E_NOMEM;
    if (status == CXM_OK)
        status = list_fillers(&self);
    cxm_release(allocator, self.seen, seen_bytes);
    cxm_release(allocator, self.stack, self.stack_capacity * sizeof *self.stack);
    if (status == CXM_OK)
        status = keep_starts(lexicon, self.capacity);
    if (status != CXM_OK) {
        cxm_release(allocator, lexicon->starts, self.capacity * sizeof *lexicon->starts);
        lexicon->starts = NULL;
        return status;
    }
    return note_atoms(lexicon);
}
