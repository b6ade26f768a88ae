/* SPDX-License-Identifier: MIT */
/* Which words the items of a state wait for. */
#include "base/sort.h"
#include "match/step.h"

/* Items that no word satisfies stand under this atom. */
static const uint32_t entry_none = CXM_ENTRY_ANY - 1;

static uint32_t atom_of(const cxm_automaton *self, uint64_t item) {
    const cxm_instruction *at = cxm_item_instruction(self, item);
    if (at->op == CXM_OP_ATOM)
        return at->argument;
    return at->op == CXM_OP_ANY ? CXM_ENTRY_ANY : entry_none;
}

bool cxm_step_index(cxm_automaton *self, cxm_state_content *state) {
    void *items = self->index;
    if (!cxm_array_reserve(&self->allocator, &items, &self->index_capacity,
                           self->index_count + state->item_count, sizeof *self->index))
        return false;
    self->index = items;
    uint64_t *scratch = cxm_step_scratch(self, state->item_count);
    if (!scratch)
        return false;
    uint64_t *index = self->index + self->index_count;
    for (uint32_t i = 0; i < state->item_count; i++)
        index[i] = (uint64_t)atom_of(self, self->items[state->first_item + i]) << 32 | i;
    cxm_sort_unique_pairs(index, state->item_count, scratch);
    state->index = (uint32_t)self->index_count + 1;
    self->index_count += state->item_count;
    return true;
}

/* In ever longer steps first: the atoms of a symbol are asked for in order, and there are many. */
size_t cxm_step_entry(const cxm_automaton *self, const cxm_state_content *state, uint32_t atom,
                      size_t from) {
    const uint64_t *index = self->index + state->index - 1;
    size_t low = from;
    size_t high = from;
    for (size_t length = 1; high < state->item_count && index[high] >> 32 < atom; length *= 2) {
        low = high + 1;
        high += length;
    }
    high = high < state->item_count ? high : state->item_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (index[middle] >> 32 < atom)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Whether an item of a state that has an index waits for an atom of a symbol. */
static bool indexed_takes(const cxm_automaton *self, const cxm_state_content *state,
                          const cxm_symbol *symbol) {
    size_t at = 0;
    if (cxm_step_by_items(state, symbol)) {
        const uint64_t *index = self->index + state->index - 1;
        for (; at < state->item_count && index[at] >> 32 < entry_none; at++)
            if (cxm_symbols_has_atom(self->symbols, symbol, (uint32_t)(index[at] >> 32)))
                return true;
        return false;
    }
    for (uint32_t i = 0; i < symbol->atom_count; i++) {
        uint32_t atom = self->symbols->atoms[symbol->first_atom + i];
        at = cxm_step_entry(self, state, atom, at);
        if (at < state->item_count && self->index[state->index - 1 + at] >> 32 == atom)
            return true;
    }
    return false;
}

/* The same of any state. */
static bool takes_symbol(const cxm_automaton *self, const cxm_state_content *state,
                         const cxm_symbol *symbol) {
    if (state->index)
        return indexed_takes(self, state, symbol);
    for (uint32_t i = 0; i < state->item_count; i++) {
        uint32_t atom = atom_of(self, self->items[state->first_item + i]);
        if (atom < entry_none && cxm_symbols_has_atom(self->symbols, symbol, atom))
            return true;
    }
    return false;
}

bool cxm_step_differs(const cxm_automaton *self, const cxm_state_content *state,
                      uint32_t class_number) {
    const cxm_symbols *symbols = self->symbols;
    const cxm_class *class_at = &symbols->classes[class_number];
    for (uint32_t r = 0; r < class_at->reading_count; r++) {
        const cxm_class_reading *reading = &symbols->readings[class_at->first_reading + r];
        if (takes_symbol(self, state, &symbols->items[reading->symbols[0]]))
            return true;
    }
    return false;
}

/* Marks the columns of the classes that an atom begins. */
static void mark_atom(const cxm_atom_columns *columns, cxm_state_plain *plain,
                      cxm_state_sign *sign) {
    for (int i = 0; i < CXM_PLAIN_WORDS; i++)
        plain->columns[i] |= columns->plain[i];
    for (int i = 0; i < CXM_SIGN_WORDS; i++)
        sign->words[i] |= columns->sign[i];
}

void cxm_step_columns(const cxm_automaton *self, const cxm_state_content *state,
                      cxm_state_plain *plain, cxm_state_sign *sign) {
    cxm_state_sign marked = *sign;
    uint32_t before = entry_none;
    for (uint32_t i = 0; i < state->item_count; i++) {
        uint32_t atom = state->index ? (uint32_t)(self->index[state->index - 1 + i] >> 32)
                                     : atom_of(self, self->items[state->first_item + i]);
        if (atom < entry_none && atom != before)
            mark_atom(&self->symbols->columns[atom], plain, &marked);
        before = atom;
    }
    plain->known = cxm_symbols_listed(self->symbols);
    cxm_sign_set_known(&marked, plain->known);
    if (plain->otherwise == CXM_STATE_DEAD)
        *sign = marked;
}
