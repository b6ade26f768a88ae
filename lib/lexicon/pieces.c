/* SPDX-License-Identifier: MIT */
/*
 * Writing the piece of each rule as instructions of its own, and choosing its need.
 */
#include "lexicon/pieces.h"

#include "base/str.h"
#include "lexicon/cuts.h"
#include "lexicon/phrase.h"

#include <assert.h>

static_assert(CXM_PHRASE_MAX_WORDS - 1 <= UINT8_MAX, "a proposal tells the words before a piece");

static const uint32_t nowhere = UINT32_MAX;

/* What is made of an instruction of the rule at hand. */
typedef struct node {
    uint32_t copy;       /* the instruction written for it; nowhere: none */
    uint32_t start_copy; /* the same, of a start of the piece */
    bool wanted;         /* it is part of what is being written */
    bool taken;          /* it is part of the piece */
    bool is_start;       /* the piece starts with it */
} node;

typedef struct maker {
    cxm_lexicon *lexicon;
    cxm_cutter cutter;
    node *nodes;       /* per instruction of the rule at hand */
    cxm_start *starts; /* of the pieces, by rule */
    size_t start_count;
    size_t start_capacity;
    cxm_proposal *proposals;
    size_t proposal_count;
    size_t proposal_capacity;
    cxm_listing *needs; /* atom and need */
    size_t need_len;
    size_t need_capacity;

    cxm_rule *rule; /* at hand */
    uint32_t rule_number;
} maker;

static const cxm_instruction *instruction_at(const maker *self, uint32_t at) {
    return cxm_cut_instruction(&self->cutter, at);
}

static uint32_t next_of(const maker *self, uint32_t at) {
    return cxm_cut_next(&self->cutter, at);
}

static uint32_t other_of(const maker *self, uint32_t at) {
    return cxm_cut_other(&self->cutter, at);
}

static const cxm_cut_node *cut_at(const maker *self, uint32_t at) {
    return &self->cutter.nodes[at];
}

static bool add_start(void *user, uint32_t at) {
    maker *self = user;
    void *items = self->starts;
    if (!cxm_array_reserve(&self->lexicon->allocator, &items, &self->start_capacity,
                           self->start_count + 1, sizeof *self->starts))
        return false;
    self->starts = items;
    /* The instruction as numbered within the rule, for now. */
    self->starts[self->start_count++] = (cxm_start){at, self->rule_number, false};
    self->nodes[at].is_start = true;
    return true;
}

/*
 * A piece is written once for each range of how many words are in front of it: none, one, two or
 * three, four to seven and so on; so it tells where the rule may start.
 */
enum { RANGES = 6 };

static uint32_t range_of(uint32_t before) {
    uint32_t range = 0;
    while (before && range + 1 < RANGES) {
        before /= 2;
        range++;
    }
    return range;
}

/* Marks what the piece goes through from the starts of a range on, up to gaps and to the end.
 * Returns the most words in front of these starts; nowhere: the range has none. */
static uint32_t mark_wanted(maker *self, uint32_t count, uint32_t range) {
    uint32_t most = nowhere;
    for (uint32_t at = 0; at < count; at++) {
        node *here = &self->nodes[at];
        here->copy = nowhere;
        here->wanted = here->is_start && range_of(cut_at(self, at)->before) == range;
        if (here->wanted && (most == nowhere || cut_at(self, at)->before > most))
            most = cut_at(self, at)->before;
    }
    for (uint32_t at = count; at-- > 0;) {
        self->nodes[at].taken |= self->nodes[at].wanted;
        if (!self->nodes[at].wanted || cut_at(self, at)->open)
            continue;
        self->nodes[next_of(self, at)].wanted = true;
        if (instruction_at(self, at)->op == CXM_OP_SPLIT)
            self->nodes[other_of(self, at)].wanted = true;
    }
    return most;
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

/* Writes that the rule at hand is proposed, as having so many words in front of its piece. */
static bool write_proposal(maker *self, uint32_t before, uint32_t *at) {
    void *items = self->proposals;
    if (!cxm_array_reserve(&self->lexicon->allocator, &items, &self->proposal_capacity,
                           self->proposal_count + 1, sizeof *self->proposals))
        return false;
    self->proposals = items;
    uint32_t number = (uint32_t)self->proposal_count++;
    self->proposals[number] = (cxm_proposal){.rule = self->rule_number,
                                             .before = (uint8_t)before,
                                             .at_start = self->rule->at_start,
                                             .minds_start = self->rule->minds_start};
    return write(self, (cxm_instruction){.op = CXM_OP_PROPOSE, .argument = number}, at);
}

/* Writes what is wanted; with a gap the piece is found, and conditions are left out. */
static bool write_wanted(maker *self, uint32_t count, uint32_t before) {
    uint32_t found;
    if (!write_proposal(self, before, &found))
        return false;
    for (uint32_t at = 0; at < count; at++) {
        node *here = &self->nodes[at];
        cxm_instruction copy = *instruction_at(self, at);
        if (!here->wanted)
            continue;
        if (cut_at(self, at)->open) {
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
        if (here->is_start)
            here->start_copy = here->copy;
    }
    return true;
}

static bool write_piece(maker *self, uint32_t count) {
    for (uint32_t range = 0; range < RANGES; range++) {
        uint32_t before = mark_wanted(self, count, range);
        if (before != nowhere && !write_wanted(self, count, before))
            return false;
    }
    return true;
}

static bool add_need(void *user, uint32_t at) {
    maker *self = user;
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
    for (uint32_t i = at; i > cut_at(self, at)->join; i--)
        if (self->nodes[i].taken && instruction_at(self, i)->op == CXM_OP_ATOM)
            return true;
    return false;
}

/* Takes the rarest cut that is not in the piece as what the rule needs besides, unless its words
 * stand in most sentences. */
static bool choose_need(maker *self, uint32_t entry) {
    static const float too_likely = 0.3F;
    cxm_cutter *cutter = &self->cutter;
    uint32_t best = 0;
    float chance = too_likely;
    for (uint32_t at = entry; at != cut_at(self, at)->join; at = cut_at(self, at)->join)
        if (cut_at(self, at)->rare < chance && !meets_piece(self, at)) {
            chance = cut_at(self, at)->rare;
            best = at;
        }
    size_t before = self->need_len;
    if (chance == too_likely)
        return true;
    if (!cxm_cutter_take(cutter, cxm_cut_word_chance, add_need, self, best,
                         cut_at(self, best)->join))
        return false;
    if (!cutter->budget) {
        self->need_len = before;
        return true;
    }
    self->rule->need = (uint32_t)++self->lexicon->need_count;
    self->rule->need_behind = best < self->starts[self->start_count - 1].instruction;
    return true;
}

/* All of a rule is its piece where its piece leaves nothing out, where it has no cut, or is so
 * tangled that finding one takes long. */
static bool take_whole(maker *self) {
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

static void begin_rule(maker *self, uint32_t number) {
    cxm_rule *rule = &self->lexicon->rules[number];
    self->rule = rule;
    self->rule_number = number;
    cxm_cutter_begin(&self->cutter, rule);
    memset(self->nodes, 0, (rule->program_end - rule->program_start) * sizeof *self->nodes);
}

static bool make_piece(maker *self, uint32_t number) {
    cxm_cutter *cutter = &self->cutter;
    size_t first = self->start_count;
    begin_rule(self, number);
    cxm_rule *rule = self->rule;
    uint32_t count = rule->program_end - rule->program_start;
    uint32_t entry = rule->entry - rule->program_start;
    if (cutter->budget && !cxm_cutter_take(cutter, cxm_cut_piece_cost, add_start, self, entry, 0))
        return false;
    rule->piece_whole = (!cutter->budget || is_first(self, first)) && is_plain(self, count);
    if (!cutter->budget || rule->piece_whole) {
        self->start_count = first;
        return take_whole(self);
    }
    if (!write_piece(self, count) || !choose_need(self, entry))
        return false;
    for (size_t i = first; i < self->start_count; i++)
        self->starts[i].instruction = self->nodes[self->starts[i].instruction].start_copy;
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

/* A filler is plain words, and its last instruction is the end of them all. */
static void measure_fillers(maker *self) {
    cxm_lexicon *lexicon = self->lexicon;
    for (size_t i = lexicon->first_filler; i < lexicon->rule_count; i++) {
        cxm_cutter_begin(&self->cutter, &lexicon->rules[i]);
        size_t words = cut_at(self, 0)->before;
        lexicon->max_filler = words > lexicon->max_filler ? words : lexicon->max_filler;
    }
}

static bool prepare(maker *self) {
    bool ready = cxm_cutter_init(&self->cutter, self->lexicon);
    self->nodes = cxm_allocate(&self->lexicon->allocator,
                               (self->cutter.node_count + 1) * sizeof *self->nodes);
    return ready && self->nodes;
}

/* Starts and proposals move into the arena, so that the lexicon is freed in one go. */
static bool keep_pieces(maker *self) {
    cxm_lexicon *lexicon = self->lexicon;
    cxm_start *starts = CXM_ARENA_ARRAY(&lexicon->arena, cxm_start, self->start_count + 1);
    cxm_proposal *proposals =
        CXM_ARENA_ARRAY(&lexicon->arena, cxm_proposal, self->proposal_count + 1);
    if (starts && self->start_count)
        memcpy(starts, self->starts, self->start_count * sizeof *starts);
    if (proposals && self->proposal_count)
        memcpy(proposals, self->proposals, self->proposal_count * sizeof *proposals);
    lexicon->pieces = starts;
    lexicon->proposals = proposals;
    return starts && proposals;
}

cxm_status cxm_compile_pieces(cxm_lexicon *lexicon) {
    maker self = {.lexicon = lexicon};
    const cxm_allocator *allocator = &lexicon->allocator;
    bool prepared = prepare(&self);
    if (prepared)
        measure_fillers(&self);
    bool made = prepared && make_pieces(&self, CXM_PHASE_HITS) &&
                make_pieces(&self, CXM_PHASE_DROPS) && keep_pieces(&self) &&
                cxm_lists_make(lexicon, self.needs, self.need_len, lexicon->atom_count + 1,
                               &lexicon->needs_of_atom) == CXM_OK;
    cxm_release(allocator, self.nodes, (self.cutter.node_count + 1) * sizeof *self.nodes);
    cxm_cutter_clear(&self.cutter);
    cxm_release(allocator, self.needs, self.need_capacity * sizeof *self.needs);
    cxm_release(allocator, self.starts, self.start_capacity * sizeof *self.starts);
    cxm_release(allocator, self.proposals, self.proposal_capacity * sizeof *self.proposals);
    return made ? CXM_OK : CXM_E_NOMEM;
}
