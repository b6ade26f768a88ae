/* SPDX-License-Identifier: MIT */
#include "match/gate.h"

/* The groups of `unless`, and that of negators. */
static size_t group_count(const cxm_gate *self) {
    return self->lexicon->group_count + 1;
}

cxm_gate_pass cxm_gate_pass_of(const cxm_lexicon *lexicon, uint32_t rule) {
    const cxm_rule *at = &lexicon->rules[rule];
    cxm_gate_pass pass = {CXM_GATE_NEED(at->need, at->need_behind), UINT32_MAX};
    if (at->kind == CXM_RULE_NEGATOR)
        pass.group = (uint32_t)lexicon->group_count;
    else if (at->kind == CXM_RULE_UNLESS)
        pass.group = at->group;
    return pass;
}

bool cxm_gate_init(cxm_gate *self, const cxm_lexicon *lexicon, const cxm_symbols *symbols,
                   const cxm_allocator *allocator) {
    *self = (cxm_gate){.lexicon = lexicon, .symbols = symbols, .allocator = *allocator};
    self->wanted = cxm_allocate(allocator, group_count(self) * sizeof *self->wanted);
    return self->wanted != NULL;
}

void cxm_gate_clear(cxm_gate *self) {
    if (self->lexicon)
        cxm_release(&self->allocator, self->wanted, group_count(self) * sizeof *self->wanted);
}

void cxm_gate_begin(cxm_gate *self, const cxm_trials *hits) {
    self->hits = hits;
    self->next_hit = 0;
}

/* Notes which needs a sentence fulfills. */
static void find_met(cxm_gate *self) {
    self->met = (cxm_need_row){0};
    for (uint32_t i = self->range->start; i < self->range->end; i++)
        cxm_need_mark(&self->met, cxm_need_column(cxm_key_class(self->tokens[i].key)));
}

bool cxm_gate_finds_need(const cxm_gate *self, uint32_t need, uint32_t first, uint32_t end) {
    const cxm_need_row *row = &self->symbols->needs[need / 2 - 1];
    bool behind = need & 1;
    uint32_t at = behind ? end : self->range->start;
    uint32_t stop = behind ? self->range->end : first + 1;
    while (at < stop && !cxm_need_has(row, cxm_need_column(cxm_key_class(self->tokens[at].key))))
        at++;
    return at < stop;
}

/* Notes what could drop a hit. */
static void want(cxm_gate *self, uint32_t group) {
    self->wanted[group] = self->round;
    self->wanted_bits |= cxm_gate_group_bit(group);
}

static void want_for(cxm_gate *self, const cxm_rule *hit) {
    if (hit->drop_negated)
        want(self, (uint32_t)self->lexicon->group_count);
    if (hit->group != UINT32_MAX)
        want(self, hit->group);
    if (hit->own_group != UINT32_MAX)
        want(self, hit->own_group);
}

void cxm_gate_turn_to(cxm_gate *self, const cxm_batch *batch, uint32_t sentence) {
    self->round++;
    self->tokens = batch->tokens;
    self->range = &batch->sentences[sentence];
    find_met(self);
    self->wanted_bits = self->hits ? 0 : ~UINT64_C(0);
    if (!self->hits)
        return;
    size_t at = self->next_hit;
    while (at < self->hits->count && self->hits->items[at].sentence < sentence)
        at++;
    for (; at < self->hits->count && self->hits->items[at].sentence == sentence; at++)
        want_for(self, &self->lexicon->rules[self->hits->items[at].rule]);
    self->next_hit = at;
}
