/* SPDX-License-Identifier: MIT */
#include "lexicon/cuts.h"

#include "lexicon/pieces.h"

static const float no_cut = 1e9F;

bool cxm_cutter_init(cxm_cutter *self, const cxm_lexicon *lexicon) {
    *self = (cxm_cutter){.lexicon = lexicon};
    for (size_t i = 0; i < lexicon->rule_count; i++) {
        size_t count = lexicon->rules[i].program_end - lexicon->rules[i].program_start;
        self->node_count = count > self->node_count ? count : self->node_count;
    }
    self->chances =
        cxm_allocate(&lexicon->allocator, (lexicon->atom_count + 1) * sizeof *self->chances);
    self->nodes = cxm_allocate(&lexicon->allocator, (self->node_count + 1) * sizeof *self->nodes);
    return self->chances && self->nodes && cxm_chances_make(lexicon, self->chances) == CXM_OK;
}

void cxm_cutter_clear(cxm_cutter *self) {
    const cxm_allocator *allocator = &self->lexicon->allocator;
    cxm_release(allocator, self->chances, (self->lexicon->atom_count + 1) * sizeof *self->chances);
    cxm_release(allocator, self->nodes, (self->node_count + 1) * sizeof *self->nodes);
    cxm_release(allocator, self->stack, self->stack_capacity * sizeof *self->stack);
}

static bool is_open(const cxm_cutter *self, uint32_t at) {
    switch ((cxm_op)cxm_cut_instruction(self, at)->op) {
    case CXM_OP_ACCEPT:
    case CXM_OP_PROPOSE:
    case CXM_OP_ANY:
        return true;
    case CXM_OP_ATOM:
        return false;
    case CXM_OP_SPLIT:
        return self->nodes[cxm_cut_next(self, at)].open ||
               self->nodes[cxm_cut_other(self, at)].open;
    case CXM_OP_SAVE:
    case CXM_OP_START:
    case CXM_OP_END:
    case CXM_OP_QUESTION:
        break;
    }
    return self->nodes[cxm_cut_next(self, at)].open;
}

static float at_most_one(float chance) {
    return chance < 1 ? chance : 1;
}

static float chance_from(const cxm_cutter *self, uint32_t at) {
    const cxm_instruction *instruction = cxm_cut_instruction(self, at);
    switch ((cxm_op)instruction->op) {
    case CXM_OP_ACCEPT:
    case CXM_OP_PROPOSE:
    case CXM_OP_ANY:
        return 1;
    case CXM_OP_ATOM:
        return at_most_one(self->chances[instruction->argument]) *
               self->nodes[cxm_cut_next(self, at)].chance;
    case CXM_OP_SPLIT:
        return at_most_one(self->nodes[cxm_cut_next(self, at)].chance +
                           self->nodes[cxm_cut_other(self, at)].chance);
    case CXM_OP_SAVE:
    case CXM_OP_START:
    case CXM_OP_END:
    case CXM_OP_QUESTION:
        break;
    }
    return self->nodes[cxm_cut_next(self, at)].chance;
}

float cxm_cut_piece_cost(const cxm_cut_node *at) {
    return at->cost;
}

float cxm_cut_word_chance(const cxm_cut_node *at) {
    return at->rare;
}

/* The instruction on the way from `from` to the join `to` whose own cut is cheapest; `to` where
 * none has a cut. */
static uint32_t cheapest(cxm_cutter *self, cxm_cut_cost cost_of, uint32_t from, uint32_t to) {
    uint32_t best = to;
    float cost = no_cut;
    for (uint32_t at = from; at != to && self->budget; at = self->nodes[at].join) {
        self->budget--;
        if (cost_of(&self->nodes[at]) < cost) {
            cost = cost_of(&self->nodes[at]);
            best = at;
        }
    }
    return best;
}

static float cost_between(cxm_cutter *self, cxm_cut_cost cost_of, uint32_t from, uint32_t to) {
    uint32_t best = cheapest(self, cost_of, from, to);
    return best == to ? no_cut : cost_of(&self->nodes[best]);
}

/* What a cut costs that has one on either way from a split. */
static float cost_of_both(cxm_cutter *self, cxm_cut_cost cost_of, uint32_t split) {
    uint32_t join = self->nodes[split].join;
    float cost = cost_between(self, cost_of, cxm_cut_next(self, split), join) +
                 cost_between(self, cost_of, cxm_cut_other(self, split), join);
    return cost < no_cut ? cost : no_cut;
}

/* Where two ways come together: of two instructions the later one cannot follow the earlier. */
static uint32_t join_of(cxm_cutter *self, uint32_t a, uint32_t b) {
    while (a != b && self->budget) {
        self->budget--;
        if (a > b)
            a = self->nodes[a].join;
        else
            b = self->nodes[b].join;
    }
    return a;
}

static void look_at(cxm_cutter *self, uint32_t at) {
    cxm_cut_node *here = &self->nodes[at];
    cxm_op op = (cxm_op)cxm_cut_instruction(self, at)->op;
    here->chance = chance_from(self, at);
    here->open = is_open(self, at);
    here->join = op == CXM_OP_ACCEPT ? at : cxm_cut_next(self, at);
    here->cost = op == CXM_OP_ATOM ? here->chance : no_cut;
    here->rare =
        op == CXM_OP_ATOM ? self->chances[cxm_cut_instruction(self, at)->argument] : no_cut;
    if (op != CXM_OP_SPLIT)
        return;
    here->join = join_of(self, cxm_cut_next(self, at), cxm_cut_other(self, at));
    here->cost = cost_of_both(self, cxm_cut_piece_cost, at);
    here->rare = cost_of_both(self, cxm_cut_word_chance, at);
}

static bool takes_word(cxm_op op) {
    return op == CXM_OP_ATOM || op == CXM_OP_ANY;
}

/* Counts the most words on a way from the first instruction of the rule at hand to each other. */
static void count_before(cxm_cutter *self) {
    uint32_t entry = self->rule->entry - self->rule->program_start;
    for (uint32_t at = 0; at <= entry; at++)
        self->nodes[at].before = 0;
    for (uint32_t at = entry; at > 0; at--) {
        cxm_op op = (cxm_op)cxm_cut_instruction(self, at)->op;
        uint32_t before = self->nodes[at].before + takes_word(op);
        cxm_cut_node *next = &self->nodes[cxm_cut_next(self, at)];
        cxm_cut_node *other = op == CXM_OP_SPLIT ? &self->nodes[cxm_cut_other(self, at)] : next;
        next->before = next->before > before ? next->before : before;
        other->before = other->before > before ? other->before : before;
    }
}

void cxm_cutter_begin(cxm_cutter *self, const cxm_rule *rule) {
    enum { PASSES = 16, LEAST = 4096 };
    uint32_t count = rule->program_end - rule->program_start;
    self->rule = rule;
    self->budget = (size_t)PASSES * count + LEAST;
    for (uint32_t at = 0; at < count; at++)
        look_at(self, at);
    count_before(self);
}

static bool push(cxm_cutter *self, uint32_t number) {
    void *items = self->stack;
    if (!cxm_array_reserve(&self->lexicon->allocator, &items, &self->stack_capacity,
                           self->stack_len + 1, sizeof *self->stack))
        return false;
    self->stack = items;
    self->stack[self->stack_len++] = number;
    return true;
}

bool cxm_cutter_take(cxm_cutter *self, cxm_cut_cost cost_of, bool (*take)(void *user, uint32_t at),
                     void *user, uint32_t from, uint32_t to) {
    if (!push(self, from) || !push(self, to))
        return false;
    while (self->stack_len) {
        to = self->stack[--self->stack_len];
        from = self->stack[--self->stack_len];
        uint32_t at = cheapest(self, cost_of, from, to);
        uint32_t join = self->nodes[at].join;
        if (at == to)
            self->budget = 0;
        else if (cxm_cut_instruction(self, at)->op == CXM_OP_ATOM) {
            if (!take(user, at))
                return false;
        } else if (!push(self, cxm_cut_next(self, at)) || !push(self, join) ||
                   !push(self, cxm_cut_other(self, at)) || !push(self, join))
            return false;
    }
    return true;
}
