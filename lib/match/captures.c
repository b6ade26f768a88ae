/* SPDX-License-Identifier: MIT */
#include "match/captures.h"

#include "match/fillers.h"

#include <string.h>

void cxm_capturer_init(cxm_capturer *self, cxm_symbols *symbols, const cxm_allocator *allocator) {
    *self = (cxm_capturer){.allocator = *allocator, .symbols = symbols};
}

void cxm_capturer_clear(cxm_capturer *self) {
    const cxm_allocator *allocator = &self->allocator;
    cxm_release(allocator, self->ways, self->way_capacity * sizeof *self->ways);
    cxm_release(allocator, self->stack, self->stack_capacity * sizeof *self->stack);
    cxm_release(allocator, self->visited, self->visited_capacity * sizeof *self->visited);
}

static bool same_place(const cxm_way *a, const cxm_way *b) {
    return a->instruction == b->instruction && a->token == b->token && a->symbol == b->symbol &&
           (a->symbol == 0 || a->reading == b->reading);
}

static size_t place_of(const cxm_capturer *self, const cxm_way *way) {
    uint64_t hash = ((uint64_t)way->instruction << 32 | way->token) * 0x9e3779b97f4a7c15U;
    hash ^= ((uint64_t)way->symbol << 8 | way->reading) * 0xd6e8feb86659fd93U;
    return (size_t)(hash >> 32) & (self->visited_capacity - 1);
}

/* The place of a way in the table: that of the same one, or a free one. */
static uint32_t *visited_slot(cxm_capturer *self, const cxm_way *way) {
    size_t place = place_of(self, way);
    while (self->visited[place] && !same_place(&self->ways[self->visited[place] - 1], way))
        place = (place + 1) & (self->visited_capacity - 1);
    return &self->visited[place];
}

static bool grow_visited(cxm_capturer *self) {
    enum { FIRST = 1 << 8 };
    size_t capacity = self->visited_capacity ? self->visited_capacity * 2 : FIRST;
    uint32_t *visited = cxm_allocate(&self->allocator, capacity * sizeof *visited);
    if (!visited)
        return false;
    cxm_release(&self->allocator, self->visited, self->visited_capacity * sizeof *self->visited);
    self->visited = visited;
    self->visited_capacity = capacity;
    for (size_t i = 0; i < self->way_count; i++)
        *visited_slot(self, &self->ways[i]) = (uint32_t)i + 1;
    return true;
}

/* Notes a way to be tried next, unless another led there before. */
static bool push(cxm_capturer *self, cxm_way way) {
    if (self->way_count >= self->visited_capacity / 2 && !grow_visited(self))
        return false;
    uint32_t *slot = visited_slot(self, &way);
    if (*slot)
        return true;
    void *items = self->ways;
    if (!cxm_array_reserve(&self->allocator, &items, &self->way_capacity, self->way_count + 1,
                           sizeof *self->ways))
        return false;
    self->ways = items;
    items = self->stack;
    if (!cxm_array_reserve(&self->allocator, &items, &self->stack_capacity, self->stack_count + 1,
                           sizeof *self->stack))
        return false;
    self->stack = items;
    self->ways[self->way_count++] = way;
    *slot = (uint32_t)self->way_count;
    self->stack[self->stack_count++] = (uint32_t)self->way_count - 1;
    return true;
}

static bool takes(const cxm_symbols *symbols, const cxm_instruction *instruction, uint32_t symbol) {
    return instruction->op == CXM_OP_ANY ||
           cxm_symbols_has_atom(symbols, &symbols->items[symbol], instruction->argument);
}

/* The ways past tokens that may be skipped. */
static bool push_skips(cxm_capturer *self, const cxm_lexeme *tokens, const cxm_found *found,
                       cxm_way way) {
    uint32_t lens = cxm_skip_lens(self->symbols, tokens, way.token, found->last + 1);
    for (; lens; lens >>= 1, way.token++)
        if ((lens & 1) && !push(self, way))
            return false;
    return true;
}

/* Ways on by taking a symbol of a reading of the token. */
static bool push_taken(cxm_capturer *self, const cxm_lexeme *tokens, const cxm_instruction *step,
                       cxm_way way) {
    const cxm_symbols *symbols = self->symbols;
    const cxm_class *class_at = &symbols->classes[cxm_key_class(tokens[way.token].key)];
    for (uint32_t r = 0; r < class_at->reading_count; r++) {
        const cxm_class_reading *reading = &symbols->readings[class_at->first_reading + r];
        if ((way.symbol && r != way.reading) || way.symbol >= reading->count ||
            !takes(symbols, step, reading->symbols[way.symbol]))
            continue;
        bool last = way.symbol + 1 == reading->count;
        cxm_way next = {.instruction = step->next,
                        .token = way.token + (last ? 1 : 0),
                        .reading = r,
                        .symbol = last ? 0 : way.symbol + 1,
                        .parent = way.parent};
        if (!push(self, next))
            return false;
    }
    return true;
}

/* Whether a way has come to the end of what was found; a contraction may be left half read. */
static bool is_complete(const cxm_found *found, const cxm_way *way) {
    return way->token == found->last + 1 || (way->token == found->last && way->symbol > 0);
}

/* Goes on from one way. `*done`: the rule is through. */
static bool follow(cxm_capturer *self, const cxm_lexeme *tokens, const cxm_found *found,
                   uint32_t index, bool *done) {
    cxm_way way = self->ways[index];
    const cxm_instruction *step = &self->symbols->lexicon->program[way.instruction];
    way.parent = index;
    cxm_way next = way;
    next.instruction = step->next;
    switch ((cxm_op)step->op) {
    case CXM_OP_ATOM:
    case CXM_OP_ANY:
        if (way.token > found->last)
            return true;
        return (way.symbol || way.token == found->first || push_skips(self, tokens, found, way)) &&
               push_taken(self, tokens, step, way);
    case CXM_OP_SPLIT: {
        /* The last pushed is tried first: what takes more words. */
        cxm_way other = next;
        other.instruction = step->other;
        return push(self, other) && push(self, next);
    }
    case CXM_OP_SAVE:
        return push(self, next);
    case CXM_OP_START:
        return way.token != found->first || push(self, next);
    case CXM_OP_END:
        return way.token <= found->last || push(self, next);
    case CXM_OP_QUESTION:
        return way.token <= found->last || !found->asks || push(self, next);
    case CXM_OP_ACCEPT:
        *done = is_complete(found, &way);
        return true;
    case CXM_OP_PROPOSE: /* stands in no phrase */
        return true;
    }
    return true;
}

/* Whether a way came from its parent by taking a word, not by skipping one or following the
 * program. */
static bool was_taken(const cxm_capturer *self, const cxm_way *way) {
    const cxm_way *parent = &self->ways[way->parent];
    const cxm_instruction *step = &self->symbols->lexicon->program[parent->instruction];
    return (step->op == CXM_OP_ATOM || step->op == CXM_OP_ANY) &&
           (way->instruction != parent->instruction);
}

/* Reads the places that were noted on the way, from its end back: a capture runs from the first
 * word that was taken in it to the last. */
static void read_places(const cxm_capturer *self, const cxm_lexeme *tokens, uint32_t index,
                        uint32_t *starts, uint32_t *ends) {
    uint32_t open = 0; /* captures that are not ended yet, a bit each */
    const cxm_lexeme *taken = NULL;
    for (;; index = self->ways[index].parent) {
        const cxm_way *way = &self->ways[index];
        const cxm_instruction *step = &self->symbols->lexicon->program[way->instruction];
        uint32_t capture = step->argument / 2;
        if (step->op == CXM_OP_SAVE && step->argument % 2) {
            /* Of several captures of one name the first counts; this one comes before those seen.
             */
            open |= 1u << capture;
            ends[capture] = 0;
        } else if (step->op == CXM_OP_SAVE) {
            if (taken && ends[capture])
                starts[capture] = taken->start;
            open &= ~(1u << capture);
        }
        if (way->parent == index)
            return;
        if (!was_taken(self, way))
            continue;
        taken = &tokens[self->ways[way->parent].token];
        for (uint32_t i = 0; i < CXM_PROGRAM_MAX_CAPTURES; i++)
            if (open >> i & 1 && !ends[i])
                ends[i] = taken->end;
        open = 0;
    }
}

/* The ways in: at the first word of the first token or, last to be tried, within a reading of it.
 */
static bool push_entries(cxm_capturer *self, const cxm_lexeme *tokens, const cxm_found *found) {
    const cxm_symbols *symbols = self->symbols;
    const cxm_class *class_at = &symbols->classes[cxm_key_class(tokens[found->first].key)];
    cxm_way way = {.instruction = found->rule->entry, .token = found->first};
    for (uint32_t r = 0; r < class_at->reading_count; r++)
        for (uint32_t k = symbols->readings[class_at->first_reading + r].count; k-- > 1;) {
            way.reading = r;
            way.symbol = k;
            way.parent = (uint32_t)self->way_count;
            if (!push(self, way))
                return false;
        }
    way.reading = 0;
    way.symbol = 0;
    way.parent = (uint32_t)self->way_count;
    return push(self, way);
}

bool cxm_capturer_run(cxm_capturer *self, const cxm_lexeme *tokens, const cxm_found *found,
                      uint32_t starts[CXM_PROGRAM_MAX_CAPTURES],
                      uint32_t ends[CXM_PROGRAM_MAX_CAPTURES]) {
    memset(starts, 0, CXM_PROGRAM_MAX_CAPTURES * sizeof *starts);
    memset(ends, 0, CXM_PROGRAM_MAX_CAPTURES * sizeof *ends);
    self->way_count = 0;
    self->stack_count = 0;
    if (self->visited)
        memset(self->visited, 0, self->visited_capacity * sizeof *self->visited);
    bool done = false;
    bool memory = push_entries(self, tokens, found);
    uint32_t index = 0;
    while (memory && !done && self->stack_count) {
        index = self->stack[--self->stack_count];
        memory = follow(self, tokens, found, index, &done);
    }
    if (done)
        read_places(self, tokens, index, starts, ends);
    return memory;
}
