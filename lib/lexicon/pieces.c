/* SPDX-License-Identifier: MIT */
/*
 * Choosing the piece of each rule, and writing it as instructions of its own.
 *
 * Instructions are written from the end, so what follows one has a smaller number, and one pass in
 * order of numbers knows all that follows an instruction:
 *
 * - how likely it is that words fit from there on, up to the next gap;
 * - its *join*: where the ways that part at it have all come together again. From there on they
 *   have the next join in common, and so on to the end;
 * - the cost of the cheapest cut between it and its join. Up to a later join that is the cheapest
 *   of those on the way, for every way takes all of these joins.
 */
#include "lexicon/pieces.h"

#include "base/str.h"

static const float no_cut = 1e9F;

static const uint32_t nowhere = UINT32_MAX;

/* What is known of an instruction of the rule at hand. */
typedef struct node {
    float chance; /* that words fit from here on, up to the next gap */
    float cost;   /* of the cheapest cut up to the join */
    float rare;   /* how likely a word of the rarest cut up to the join is */
    bool open;    /* a gap or the end can be reached from here without a word */
    uint32_t join;
    uint32_t copy;   /* the instruction written for it; nowhere: none */
    bool wanted;     /* it is part of the piece */
    bool is_start;   /* the piece starts with it */
    uint32_t before; /* the most words on a way from here to a start, or to the end */
} node;

typedef struct maker {
    cxm_lexicon *lexicon;
    float *chances; /* per atom */
    node *nodes;    /* per instruction of the rule at hand */
    size_t node_count;
    uint32_t *stack;
    size_t stack_len;
    size_t stack_capacity;
    cxm_start *starts; /* of the pieces, by rule */
    size_t start_count;
    size_t start_capacity;
    cxm_listing *needs; /* atom and need */
    size_t need_len;
    size_t need_capacity;

    const cxm_rule *rule; /* at hand */
    uint32_t rule_number;
    size_t budget; /* joins that may still be passed */
} maker;

static const cxm_instruction *instruction_at(const maker *self, uint32_t at) {
    return &self->lexicon->program[self->rule->program_start + at];
}

static uint32_t next_of(const maker *self, uint32_t at) {
    return instruction_at(self, at)->next - self->rule->program_start;
}

static uint32_t other_of(const maker *self, uint32_t at) {
    return instruction_at(self, at)->other - self->rule->program_start;
}

static bool is_open(const maker *self, uint32_t at) {
    switch ((cxm_op)instruction_at(self, at)->op) {
    case CXM_OP_ACCEPT:
    case CXM_OP_PROPOSE:
    case CXM_OP_ANY:
        return true;
    case CXM_OP_ATOM:
        return false;
    case CXM_OP_SPLIT:
        return self->nodes[next_of(self, at)].open || self->nodes[other_of(self, at)].open;
    case CXM_OP_SAVE:
    case CXM_OP_START:
    case CXM_OP_END:
    case CXM_OP_QUESTION:
        break;
    }
    return self->nodes[next_of(self, at)].open;
}

static float at_most_one(float chance) {
    return chance < 1 ? chance : 1;
}

static float chance_from(const maker *self, uint32_t at) {
    const cxm_instruction *instruction = instruction_at(self, at);
    switch ((cxm_op)instruction->op) {
    case CXM_OP_ACCEPT:
    case CXM_OP_PROPOSE:
    case CXM_OP_ANY:
        return 1;
    case CXM_OP_ATOM:
        return at_most_one(self->chances[instruction->argument]) *
               self->nodes[next_of(self, at)].chance;
    case CXM_OP_SPLIT:
        return at_most_one(self->nodes[next_of(self, at)].chance +
                           self->nodes[other_of(self, at)].chance);
    case CXM_OP_SAVE:
    case CXM_OP_START:
    case CXM_OP_END:
    case CXM_OP_QUESTION:
        break;
    }
    return self->nodes[next_of(self, at)].chance;
}

/* What a cut is chosen by. */
typedef float (*cut_cost)(const node *at);

static float cost_of_piece(const node *at) {
    return at->cost;
}

static float chance_of_word(const node *at) {
    return at->rare;
}

/* The instruction on the way from `from` to the join `to` whose own cut is cheapest; `to` where
 * none has a cut. */
static uint32_t cheapest(maker *self, cut_cost cost_of, uint32_t from, uint32_t to) {
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

static float cost_between(maker *self, cut_cost cost_of, uint32_t from, uint32_t to) {
    uint32_t best = cheapest(self, cost_of, from, to);
    return best == to ? no_cut : cost_of(&self->nodes[best]);
}

/* What a cut costs that has one on either way from a split. */
static float cost_of_both(maker *self, cut_cost cost_of, uint32_t split) {
    uint32_t join = self->nodes[split].join;
    float cost = cost_between(self, cost_of, next_of(self, split), join) +
                 cost_between(self, cost_of, other_of(self, split), join);
    return cost < no_cut ? cost : no_cut;
}

/* Where two ways come together: of two instructions the later one cannot follow the earlier. */
static uint32_t join_of(maker *self, uint32_t a, uint32_t b) {
    while (a != b && self->budget) {
        self->budget--;
        if (a > b)
            a = self->nodes[a].join;
        else
            b = self->nodes[b].join;
    }
    return a;
}

static void look_at(maker *self, uint32_t at) {
    node *here = &self->nodes[at];
    cxm_op op = (cxm_op)instruction_at(self, at)->op;
    here->chance = chance_from(self, at);
    here->open = is_open(self, at);
    here->join = op == CXM_OP_ACCEPT ? at : next_of(self, at);
    here->cost = op == CXM_OP_ATOM ? here->chance : no_cut;
    here->rare = op == CXM_OP_ATOM ? self->chances[instruction_at(self, at)->argument] : no_cut;
    here->copy = nowhere;
    here->wanted = false;
    here->is_start = false;
    if (op != CXM_OP_SPLIT)
        return;
    here->join = join_of(self, next_of(self, at), other_of(self, at));
    here->cost = cost_of_both(self, cost_of_piece, at);
    here->rare = cost_of_both(self, chance_of_word, at);
}

static bool push(maker *self, uint32_t number) {
    void *items = self->stack;
    if (!cxm_array_reserve(&self->lexicon->allocator, &items, &self->stack_capacity,
                           self->stack_len + 1, sizeof *self->stack))
        return false;
    self->stack = items;
    self->stack[self->stack_len++] = number;
    return true;
}

static bool add_start(maker *self, uint32_t at) {
    void *items = self->starts;
    if (!cxm_array_reserve(&self->lexicon->allocator, &items, &self->start_capacity,
                           self->start_count + 1, sizeof *self->starts))
        return false;
    self->starts = items;
    /* The instruction as numbered within the rule, for now. */
    self->starts[self->start_count++] = (cxm_start){at, self->rule_number, false};
    self->nodes[at].wanted = true;
    self->nodes[at].is_start = true;
    return true;
}

/* Goes through the words of the cheapest cut between an instruction and a join. */
static bool take_cut(maker *self, cut_cost cost_of, bool (*take)(maker *self, uint32_t at),
                     uint32_t from, uint32_t to) {
    if (!push(self, from) || !push(self, to))
        return false;
    while (self->stack_len) {
        to = self->stack[--self->stack_len];
        from = self->stack[--self->stack_len];
        uint32_t at = cheapest(self, cost_of, from, to);
        uint32_t join = self->nodes[at].join;
        if (at == to)
            self->budget = 0;
        else if (instruction_at(self, at)->op == CXM_OP_ATOM) {
            if (!take(self, at))
                return false;
        } else if (!push(self, next_of(self, at)) || !push(self, join) ||
                   !push(self, other_of(self, at)) || !push(self, join))
            return false;
    }
    return true;
}

/* Marks what the piece goes through from its starts on, up to gaps and to the end. */
static void mark_wanted(maker *self, uint32_t count) {
    for (uint32_t at = count; at-- > 0;) {
        if (!self->nodes[at].wanted || self->nodes[at].open)
            continue;
        self->nodes[next_of(self, at)].wanted = true;
        if (instruction_at(self, at)->op == CXM_OP_SPLIT)
            self->nodes[other_of(self, at)].wanted = true;
    }
}

static bool write(maker *self, cxm_instruction instruction, uint32_t *at) {
    cxm_lexicon *lexicon = self->lexicon;
    void *items = lexicon->program;
    if (!cxm_array_reserve(&lexicon->allocator, &items, &lexicon->program_capacity,
                           lexicon->program_len + 1, sizeof *lexicon->program))
        return false;
    lexicon->program = items;
    *at = (uint32_t)lexicon->program_len;
    lexicon->program[lexicon->program_len++] = instruction;
    return true;
}

/* Writes what is wanted; with a gap the piece is found, and conditions are left out. */
static bool write_piece(maker *self, uint32_t count) {
    uint32_t found;
    if (!write(self, (cxm_instruction){.op = CXM_OP_PROPOSE, .argument = self->rule_number},
               &found))
        return false;
    for (uint32_t at = 0; at < count; at++) {
        node *here = &self->nodes[at];
        cxm_instruction copy = *instruction_at(self, at);
        if (!here->wanted)
            continue;
        if (here->open) {
            here->copy = found;
            continue;
        }
        here->copy = self->nodes[next_of(self, at)].copy;
        if (copy.op == CXM_OP_SPLIT)
            copy.other = self->nodes[other_of(self, at)].copy;
        else if (copy.op != CXM_OP_ATOM)
            continue;
        copy.next = here->copy;
        if (!write(self, copy, &here->copy))
            return false;
    }
    return true;
}

static bool add_need(maker *self, uint32_t at) {
    void *items = self->needs;
    if (!cxm_array_reserve(&self->lexicon->allocator, &items, &self->need_capacity,
                           self->need_len + 1, sizeof *self->needs))
        return false;
    self->needs = items;
    self->needs[self->need_len++] =
        (cxm_listing){instruction_at(self, at)->argument, (uint32_t)self->lexicon->need_count + 1};
    return true;
}

/* Whether the piece has words between an instruction and its join. */
static bool meets_piece(const maker *self, uint32_t at) {
    for (uint32_t i = at; i > self->nodes[at].join; i--)
        if (self->nodes[i].wanted && instruction_at(self, i)->op == CXM_OP_ATOM)
            return true;
    return false;
}

/* Takes the rarest cut that is not in the piece as what the rule needs besides, unless its words
 * stand in most sentences. */
static bool choose_need(maker *self, uint32_t entry) {
    static const float too_likely = 0.3F;
    uint32_t best = 0;
    float chance = too_likely;
    for (uint32_t at = entry; at != self->nodes[at].join; at = self->nodes[at].join)
        if (self->nodes[at].rare < chance && !meets_piece(self, at)) {
            chance = self->nodes[at].rare;
            best = at;
        }
    size_t before = self->need_len;
    if (chance == too_likely)
        return true;
    if (!take_cut(self, chance_of_word, add_need, best, self->nodes[best].join))
        return false;
    if (!self->budget)
        self->need_len = before;
    else
        self->lexicon->rules[self->rule_number].need = (uint32_t)++self->lexicon->need_count;
    return true;
}

/* All of a rule is its piece where its piece leaves nothing out, where it has no cut, or is so
 * tangled that finding one takes long. */
static bool take_whole(maker *self) {
    self->stack_len = 0;
    for (uint32_t i = 0; i < self->rule->start_count; i++) {
        void *items = self->starts;
        if (!cxm_array_reserve(&self->lexicon->allocator, &items, &self->start_capacity,
                               self->start_count + 1, sizeof *self->starts))
            return false;
        self->starts = items;
        self->starts[self->start_count++] =
            (cxm_start){self->lexicon->starts[self->rule->first_start + i].instruction,
                        self->rule_number, false};
    }
    return true;
}

/* Whether the starts of the piece, from `first` on, are those of the rule. */
static bool is_first(const maker *self, size_t first) {
    const cxm_start *starts = self->lexicon->starts + self->rule->first_start;
    size_t count = self->start_count - first;
    if (count != self->rule->start_count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!self->nodes[starts[i].instruction - self->rule->program_start].is_start)
            return false;
    return true;
}

/* Whether a rule is only words: its piece leaves nothing out where it has the same starts. */
static bool is_plain(const maker *self, uint32_t count) {
    for (uint32_t at = 0; at < count; at++) {
        cxm_op op = (cxm_op)instruction_at(self, at)->op;
        if (op != CXM_OP_ATOM && op != CXM_OP_SPLIT && op != CXM_OP_SAVE && op != CXM_OP_ACCEPT)
            return false;
    }
    return true;
}

static bool takes_word(cxm_op op) {
    return op == CXM_OP_ATOM || op == CXM_OP_ANY;
}

/* The most words on a way from an instruction of a rule to a start of its piece, or, in a rule
 * without one, to its end. */
static uint32_t most_words(maker *self, uint32_t from) {
    for (uint32_t at = 0; at <= from; at++) {
        node *here = &self->nodes[at];
        cxm_op op = (cxm_op)instruction_at(self, at)->op;
        here->before = 0;
        if (here->is_start || op == CXM_OP_ACCEPT)
            continue;
        here->before = self->nodes[next_of(self, at)].before;
        if (op == CXM_OP_SPLIT && self->nodes[other_of(self, at)].before > here->before)
            here->before = self->nodes[other_of(self, at)].before;
        here->before += takes_word(op);
    }
    return self->nodes[from].before;
}

static bool make_piece(maker *self, uint32_t number) {
    enum { PASSES = 16, LEAST = 4096 };
    cxm_rule *rule = &self->lexicon->rules[number];
    uint32_t count = rule->program_end - rule->program_start;
    size_t first = self->start_count;
    self->rule = rule;
    self->rule_number = number;
    self->budget = (size_t)PASSES * count + LEAST;
    for (uint32_t at = 0; at < count; at++)
        look_at(self, at);
    uint32_t entry = rule->entry - rule->program_start;
    if (self->budget && !take_cut(self, cost_of_piece, add_start, entry, 0))
        return false;
    rule->piece_before = most_words(self, entry);
    rule->piece_first = !self->budget || is_first(self, first);
    rule->piece_whole = rule->piece_first && is_plain(self, count);
    if (!self->budget || rule->piece_whole) {
        self->start_count = first;
        return take_whole(self);
    }
    mark_wanted(self, count);
    if (!write_piece(self, count) || !choose_need(self, entry))
        return false;
    for (size_t i = first; i < self->start_count; i++)
        self->starts[i].instruction = self->nodes[self->starts[i].instruction].copy;
    return true;
}

static bool make_pieces(maker *self, cxm_phase phase) {
    cxm_lexicon *lexicon = self->lexicon;
    for (uint32_t i = 0; i < lexicon->first_filler; i++)
        if (cxm_phase_of(&lexicon->rules[i]) == phase && !make_piece(self, i))
            return false;
    lexicon->first_piece[phase + 1] = self->start_count;
    return true;
}

static void measure_fillers(maker *self) {
    cxm_lexicon *lexicon = self->lexicon;
    for (size_t i = lexicon->first_filler; i < lexicon->rule_count; i++) {
        self->rule = &lexicon->rules[i];
        for (uint32_t at = 0; at < self->rule->program_end - self->rule->program_start; at++)
            self->nodes[at].is_start = false;
        size_t words = most_words(self, self->rule->entry - self->rule->program_start);
        lexicon->max_filler = words > lexicon->max_filler ? words : lexicon->max_filler;
    }
}

static bool prepare(maker *self) {
    const cxm_lexicon *lexicon = self->lexicon;
    for (size_t i = 0; i < lexicon->rule_count; i++) {
        size_t count = lexicon->rules[i].program_end - lexicon->rules[i].program_start;
        self->node_count = count > self->node_count ? count : self->node_count;
    }
    self->chances =
        cxm_allocate(&lexicon->allocator, (lexicon->atom_count + 1) * sizeof *self->chances);
    self->nodes = cxm_allocate(&lexicon->allocator, (self->node_count + 1) * sizeof *self->nodes);
    return self->chances && self->nodes && cxm_chances_make(lexicon, self->chances) == CXM_OK;
}

/* The starts move into the arena, so that the lexicon is freed in one go. */
static bool keep_starts(maker *self) {
    cxm_lexicon *lexicon = self->lexicon;
    cxm_start *kept = CXM_ARENA_ARRAY(&lexicon->arena, cxm_start, self->start_count + 1);
    if (kept && self->start_count)
        memcpy(kept, self->starts, self->start_count * sizeof *kept);
    lexicon->pieces = kept;
    return kept != NULL;
}

cxm_status cxm_compile_pieces(cxm_lexicon *lexicon) {
    maker self = {.lexicon = lexicon};
    const cxm_allocator *allocator = &lexicon->allocator;
    bool prepared = prepare(&self);
    if (prepared)
        measure_fillers(&self);
    bool made = prepared && make_pieces(&self, CXM_PHASE_HITS) &&
                make_pieces(&self, CXM_PHASE_DROPS) && keep_starts(&self) &&
                cxm_lists_make(lexicon, self.needs, self.need_len, lexicon->atom_count + 1,
                               &lexicon->needs_of_atom) == CXM_OK;
    cxm_release(allocator, self.chances, (lexicon->atom_count + 1) * sizeof *self.chances);
    cxm_release(allocator, self.nodes, (self.node_count + 1) * sizeof *self.nodes);
    cxm_release(allocator, self.stack, self.stack_capacity * sizeof *self.stack);
    cxm_release(allocator, self.needs, self.need_capacity * sizeof *self.needs);
    cxm_release(allocator, self.starts, self.start_capacity * sizeof *self.starts);
    return made ? CXM_OK : CXM_E_NOMEM;
}
