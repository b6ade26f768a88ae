/* SPDX-License-Identifier: MIT */
#include "match/gate.h"

/* The groups of `unless`, and that of negators. */
static size_t group_count(const cxm_gate *self) {
    return self->lexicon->group_count + 1;
}

static uint32_t group_of(const cxm_gate *self, const cxm_rule *rule) {
    if (rule->kind == CXM_RULE_NEGATOR)
        return (uint32_t)self->lexicon->group_count;
    return rule->kind == CXM_RULE_UNLESS ? rule->group : UINT32_MAX;
}

bool cxm_gate_init(cxm_gate *self, const cxm_lexicon *lexicon, const cxm_symbols *symbols,
                   const cxm_allocator *allocator) {
    *self = (cxm_gate){.lexicon = lexicon, .symbols = symbols, .allocator = *allocator};
    self->rules = cxm_allocate(allocator, (lexicon->rule_count + 1) * sizeof *self->rules);
    self->wanted = cxm_allocate(allocator, group_count(self) * sizeof *self->wanted);
    if (!self->rules || !self->wanted)
        return false;
    for (size_t i = 0; i < lexicon->rule_count; i++) {
        const cxm_rule *rule = &lexicon->rules[i];
        self->rules[i] = (cxm_gate_rule){rule->need, group_of(self, rule), rule->piece_first};
    }
    return true;
}

void cxm_gate_clear(cxm_gate *self) {
    const cxm_allocator *allocator = &self->allocator;
    if (!self->lexicon)
        return;
    cxm_release(allocator, self->rules, (self->lexicon->rule_count + 1) * sizeof *self->rules);
    cxm_release(allocator, self->wanted, group_count(self) * sizeof *self->wanted);
}

void cxm_gate_begin(cxm_gate *self, const cxm_trials *hits) {
    self->hits = hits;
    self->next_hit = 0;
}

/* Notes which needs a sentence fulfills. */
static void find_met(cxm_gate *self, const cxm_batch *batch, const cxm_range *range) {
    self->met = (cxm_need_row){0};
    for (uint32_t i = range->start; i < range->end; i++)
        cxm_need_mark(&self->met, cxm_key_class(batch->tokens[i].key));
}

/* Notes what could drop a hit. */
static void want_for(cxm_gate *self, const cxm_rule *hit) {
    if (hit->drop_negated)
        self->wanted[self->lexicon->group_count] = self->round;
    if (hit->group != UINT32_MAX)
        self->wanted[hit->group] = self->round;
    if (hit->own_group != UINT32_MAX)
        self->wanted[hit->own_group] = self->round;
}

void cxm_gate_turn_to(cxm_gate *self, const cxm_batch *batch, uint32_t sentence) {
    self->round++;
    find_met(self, batch, &batch->sentences[sentence]);
    if (!self->hits)
        return;
    size_t at = self->next_hit;
    while (at < self->hits->count && self->hits->items[at].sentence < sentence)
        at++;
    for (; at < self->hits->count && self->hits->items[at].sentence == sentence; at++)
        want_for(self, &self->lexicon->rules[self->hits->items[at].rule]);
    self->next_hit = at;
}
