/* SPDX-License-Identifier: MIT */
#include "match/step.h"

#include "base/sort.h"
#include "base/str.h"

static uint64_t item_of(uint32_t instruction, uint32_t filler) {
    return (uint64_t)instruction << 32 | filler;
}

static void push_item(cxm_automaton *self, int set, uint64_t item) {
    void *items = self->work[set];
    if (!cxm_array_reserve(&self->allocator, &items, &self->work_capacity[set],
                           self->work_count[set] + 1, sizeof **self->work)) {
        self->failed = true;
        return;
    }
    self->work[set] = items;
    self->work[set][self->work_count[set]++] = item;
}

static void push_accept(cxm_automaton *self, uint32_t rule) {
    void *items = self->work_accepts;
    if (!cxm_array_reserve(&self->allocator, &items, &self->work_accept_capacity,
                           self->work_accept_count + 1, sizeof *self->work_accepts)) {
        self->failed = true;
        return;
    }
    self->work_accepts = items;
    self->work_accepts[self->work_accept_count++] = rule;
}

/* Notes an END or QUESTION that was just reached. */
static void push_pending(cxm_automaton *self, uint32_t instruction) {
    push_item(self, CXM_WORK_PENDING, instruction);
}

static void push_stack(cxm_automaton *self, uint32_t instruction) {
    void *items = self->stack;
    if (!cxm_array_reserve(&self->allocator, &items, &self->stack_capacity, self->stack_count + 1,
                           sizeof *self->stack)) {
        self->failed = true;
        return;
    }
    self->stack = items;
    self->stack[self->stack_count++] = instruction;
}

/* Begins a step in which no instruction was reached yet. */
static void begin_seen(cxm_automaton *self) {
    if (++self->seen_step == 0) {
        memset(self->seen, 0, self->lexicon->program_len * sizeof *self->seen);
        self->seen_step = 1;
    }
}

/* What following instructions that take no word leads to. */
typedef enum follow_kind {
    FOLLOW_PHRASE,   /* items go to the set */
    FOLLOW_END,      /* END lets through; items go nowhere */
    FOLLOW_QUESTION, /* QUESTION does, too */
} follow_kind;

typedef struct follow {
    follow_kind kind;
    int set;
    bool accepts; /* whether rules found count */
} follow;

static void follow_one(cxm_automaton *self, const follow *how, uint32_t at) {
    const cxm_instruction *instruction = &self->lexicon->program[at];
    switch ((cxm_op)instruction->op) {
    case CXM_OP_ATOM:
    case CXM_OP_ANY:
        if (how->kind == FOLLOW_PHRASE)
            push_item(self, how->set, item_of(at, 0));
        return;
    case CXM_OP_SPLIT:
        push_stack(self, instruction->other);
        push_stack(self, instruction->next);
        return;
    case CXM_OP_SAVE:
        push_stack(self, instruction->next);
        return;
    case CXM_OP_START:
        return;
    case CXM_OP_END:
    case CXM_OP_QUESTION:
        if (how->kind == FOLLOW_PHRASE) {
            push_item(self, how->set, item_of(at, 0));
            /* Within a word no sentence ends. */
            if (how->set == CXM_WORK_RESULT)
                push_pending(self, at);
        } else if (instruction->op == CXM_OP_END || how->kind == FOLLOW_QUESTION) {
            push_stack(self, instruction->next);
        }
        return;
    case CXM_OP_ACCEPT:
        if (how->accepts)
            push_accept(self, instruction->argument);
        return;
    case CXM_OP_PROPOSE:
        push_accept(self, (uint32_t)self->lexicon->rule_count + instruction->argument);
        return;
    }
}

/* Follows instructions that take no word, each once within a step. Mostly the first one takes one
 * already; it may become an item twice, which are one when they are sorted. */
static void follow_from(cxm_automaton *self, const follow *how, uint32_t instruction) {
    uint32_t op = self->lexicon->program[instruction].op;
    if (op == CXM_OP_ATOM || op == CXM_OP_ANY) {
        follow_one(self, how, instruction);
        return;
    }
    push_stack(self, instruction);
    while (self->stack_count && !self->failed) {
        uint32_t at = self->stack[--self->stack_count];
        if (self->seen[at] == self->seen_step)
            continue;
        self->seen[at] = self->seen_step;
        follow_one(self, how, at);
    }
    self->stack_count = 0;
}

/* Goes on in a filler for an item that waits; the end of the filler lets the item go on. */
static void follow_filler(cxm_automaton *self, int set, uint32_t waiting, uint32_t instruction) {
    const cxm_instruction *at = &self->lexicon->program[instruction];
    switch ((cxm_op)at->op) {
    case CXM_OP_ATOM:
    case CXM_OP_ANY:
        push_item(self, set, item_of(waiting, instruction + 1));
        return;
    case CXM_OP_ACCEPT:
        push_item(self, set, item_of(waiting, 0));
        return;
    case CXM_OP_SPLIT:
        follow_filler(self, set, waiting, at->next);
        follow_filler(self, set, waiting, at->other);
        return;
    case CXM_OP_SAVE:
        follow_filler(self, set, waiting, at->next);
        return;
    case CXM_OP_START:
    case CXM_OP_END:
    case CXM_OP_QUESTION:
    case CXM_OP_PROPOSE:
        return;
    }
}

static bool takes(const cxm_automaton *self, const cxm_symbol *symbol,
                  const cxm_instruction *instruction) {
    return instruction->op == CXM_OP_ANY ||
           (instruction->op == CXM_OP_ATOM &&
            cxm_symbols_has_atom(self->symbols, symbol, instruction->argument));
}

/* Lets the items that are within a rule wait for every filler that begins with the symbol. */
static void enter_fillers(cxm_automaton *self, const cxm_symbol *symbol, int set,
                          const uint64_t *items, size_t count) {
    const uint32_t *fillers = self->symbols->fillers + symbol->first_filler;
    for (uint32_t i = 0; i < symbol->filler_count; i++)
        for (size_t k = 0; k < count && !self->failed; k++)
            if (!cxm_item_waits(items[k]) && !cxm_item_is_root(items[k]))
                follow_filler(self, set, (uint32_t)(items[k] >> 32), fillers[i]);
}

/* One symbol being read. */
typedef struct reading_step {
    uint32_t symbol;
    bool within;  /* it is not the first of its word */
    bool accepts; /* rules that are found with it count */
    bool fillers; /* fillers may begin with it */
    int set;      /* where the items go */
} reading_step;

/* Lets an item take the word that is read. */
static void take_item(cxm_automaton *self, const reading_step *step, uint64_t item) {
    uint32_t next = cxm_item_instruction(self, item)->next;
    follow how = {FOLLOW_PHRASE, step->set, step->accepts};
    if (cxm_item_waits(item))
        follow_filler(self, step->set, (uint32_t)(item >> 32), next);
    else if ((uint32_t)item != CXM_ITEM_ROOT_AT_START || !step->within)
        follow_from(self, &how, next);
}

static void step_symbol(cxm_automaton *self, const uint64_t *items, size_t count,
                        const reading_step *step) {
    const cxm_symbol *symbol = &self->symbols->items[step->symbol];
    begin_seen(self);
    for (size_t i = 0; i < count && !self->failed; i++)
        if (takes(self, symbol, cxm_item_instruction(self, items[i])))
            take_item(self, step, items[i]);
    if (step->fillers && symbol->filler_count)
        enter_fillers(self, symbol, step->set, items, count);
}

/* Items that take the word that is read. Their instructions, and those that follow, stand all over
 * the program, so they are asked for together. */
enum { TAKING = 64 };
typedef struct taking {
    uint64_t items[TAKING];
    size_t count;
} taking;

static void take_items(cxm_automaton *self, const reading_step *step, taking *items) {
    for (size_t i = 0; i < items->count; i++) {
        uint32_t next = cxm_item_instruction(self, items->items[i])->next;
        __builtin_prefetch(&self->lexicon->program[next]);
        __builtin_prefetch(&self->seen[next]);
    }
    for (size_t i = 0; i < items->count && !self->failed; i++)
        take_item(self, step, items->items[i]);
    items->count = 0;
}

static void add_taking(cxm_automaton *self, const reading_step *step, taking *items,
                       uint64_t item) {
    __builtin_prefetch(cxm_item_instruction(self, item));
    items->items[items->count++] = item;
    if (items->count == TAKING)
        take_items(self, step, items);
}

/* Lets all items of a state that wait for an atom take the word that is read; `at`: where to look
 * for them in the index. Returns where they end. */
static size_t take_items_of(cxm_automaton *self, const reading_step *step, taking *items,
                            const cxm_state_content *state, uint32_t atom, size_t at) {
    for (at = cxm_step_entry(self, state, atom, at); at < state->item_count; at++) {
        uint64_t entry = self->index[state->index - 1 + at];
        if (entry >> 32 != atom)
            break;
        add_taking(self, step, items, self->items[state->first_item + (uint32_t)entry]);
    }
    return at;
}

/* Lets all items of a state that wait for an atom of a symbol, or for any word, take it. */
static void take_items_in(cxm_automaton *self, const reading_step *step, taking *items,
                          const cxm_state_content *state, const cxm_symbol *symbol) {
    for (size_t at = 0; at < state->item_count; at++) {
        uint64_t entry = self->index[state->index - 1 + at];
        uint32_t atom = (uint32_t)(entry >> 32);
        if (atom == CXM_ENTRY_ANY ||
            (atom < self->lexicon->atom_count && cxm_symbols_has_atom(self->symbols, symbol, atom)))
            add_taking(self, step, items, self->items[state->first_item + (uint32_t)entry]);
    }
}

/* Reads a symbol in a state that has an index. */
static void step_indexed(cxm_automaton *self, const cxm_state_content *state,
                         const reading_step *step) {
    const cxm_symbol *symbol = &self->symbols->items[step->symbol];
    taking items;
    size_t at = 0;
    items.count = 0;
    begin_seen(self);
    if (cxm_step_by_items(state, symbol)) {
        take_items_in(self, step, &items, state, symbol);
    } else {
        for (uint32_t i = 0; i < symbol->atom_count; i++)
            at = take_items_of(self, step, &items, state,
                               self->symbols->atoms[symbol->first_atom + i], at);
        take_items_of(self, step, &items, state, CXM_ENTRY_ANY, at);
    }
    take_items(self, step, &items);
}

/* Sorts the rules behind `from`, each once. */
static void sort_accepts(cxm_automaton *self, size_t from) {
    size_t count = self->work_accept_count - from;
    if (count)
        self->work_accept_count = from + cxm_sort_unique(self->work_accepts + from, count);
}

/* Appends the rules that are found if the sentence ends, as a question or not. */
static void add_end_accepts(cxm_automaton *self, follow_kind kind) {
    size_t from = self->work_accept_count;
    follow how = {kind, CXM_WORK_RESULT, true};
    begin_seen(self);
    for (size_t i = 0; i < self->work_count[CXM_WORK_RESULT]; i++) {
        uint64_t item = self->work[CXM_WORK_RESULT][i];
        uint32_t op = self->lexicon->program[item >> 32].op;
        if ((uint32_t)item == 0 && (op == CXM_OP_END || op == CXM_OP_QUESTION))
            follow_from(self, &how, (uint32_t)(item >> 32));
    }
    sort_accepts(self, from);
}

static void begin_work(cxm_automaton *self) {
    self->failed = false;
    self->work_count[CXM_WORK_RESULT] = 0;
    self->work_count[CXM_WORK_PENDING] = 0;
    self->work_accept_count = 0;
}

static void push_items(cxm_automaton *self, const cxm_state_content *state) {
    for (uint32_t i = 0; i < state->item_count; i++)
        push_item(self, CXM_WORK_RESULT, self->items[state->first_item + i]);
}

void cxm_step_none(cxm_automaton *self, const cxm_state_content *state) {
    begin_work(self);
    push_items(self, state);
    for (uint32_t i = 0; i < state->accept_count; i++)
        push_accept(self, self->accepts[state->first_accept + i]);
}

void cxm_step_pieces(cxm_automaton *self, cxm_phase phase, unsigned view) {
    static const uint32_t views[CXM_VIEW_COUNT] = {CXM_VIEW_ALL, CXM_VIEW_AGENT, CXM_VIEW_CUSTOMER,
                                                   CXM_VIEW_OTHER};
    const cxm_lexicon *lexicon = self->lexicon;
    begin_work(self);
    for (size_t i = lexicon->first_piece[phase]; i < lexicon->first_piece[phase + 1]; i++)
        if (lexicon->rules[lexicon->pieces[i].rule].views & views[view])
            push_item(self, CXM_WORK_RESULT,
                      item_of(lexicon->pieces[i].instruction, CXM_ITEM_ROOT));
}

void cxm_step_rule(cxm_automaton *self, uint32_t rule, bool at_start) {
    const cxm_rule *from = &self->lexicon->rules[rule];
    begin_work(self);
    for (uint32_t i = 0; i < from->start_count; i++) {
        const cxm_start *start = &self->lexicon->starts[from->first_start + i];
        uint32_t tag = start->at_start ? CXM_ITEM_ROOT_AT_START : CXM_ITEM_ROOT;
        if (at_start || !start->at_start)
            push_item(self, CXM_WORK_RESULT, item_of(start->instruction, tag));
    }
}

/* Reads the symbols of a reading from `from` on, beginning with the items of a state. */
static void step_reading(cxm_automaton *self, const cxm_state_content *state,
                         const cxm_class_reading *reading, uint32_t from, bool fillers) {
    const uint64_t *items = self->items + state->first_item;
    size_t count = state->item_count;
    int set = 0;
    for (uint32_t k = from; k < reading->count && !self->failed; k++) {
        bool last = k + 1 == reading->count;
        /* A rule is not found between a word and the negator glued to it: "we can" in "can't". */
        reading_step step = {.symbol = reading->symbols[k],
                             .within = k > 0,
                             .accepts = k + 1 >= reading->negator_from,
                             .fillers = fillers,
                             .set = last ? CXM_WORK_RESULT : set};
        if (!last)
            self->work_count[set] = 0;
        if (k == from && state->index && !fillers)
            step_indexed(self, state, &step);
        else
            step_symbol(self, items, count, &step);
        items = self->work[set];
        count = self->work_count[set];
        set = 1 - set;
    }
}

static bool is_root(const cxm_automaton *self, const cxm_state_content *state) {
    uint32_t tag = state->item_count ? (uint32_t)self->items[state->first_item] : 0;
    return tag == CXM_ITEM_ROOT || tag == CXM_ITEM_ROOT_AT_START;
}

/* A rule may start within a reading, too: "not my department" in "isn't my department". */
void cxm_step_next(cxm_automaton *self, const cxm_state_content *state, cxm_key key) {
    begin_work(self);
    const cxm_class *class_at = &self->symbols->classes[cxm_key_class(key)];
    bool root = is_root(self, state);
    if ((key & CXM_KEY_SKIPPED) && !root)
        push_items(self, state);
    for (uint32_t r = 0; r < class_at->reading_count; r++) {
        const cxm_class_reading *reading = &self->symbols->readings[class_at->first_reading + r];
        for (uint32_t k = 0; k < (root ? reading->count : 1); k++)
            step_reading(self, state, reading, k, key & CXM_KEY_FILLER);
    }
}

/* Turns the ends that were just reached into rules. */
static void add_pending(cxm_automaton *self) {
    size_t from = self->work_accept_count;
    follow how = {FOLLOW_QUESTION, CXM_WORK_RESULT, true};
    begin_seen(self);
    for (size_t i = 0; i < self->work_count[CXM_WORK_PENDING]; i++)
        follow_from(self, &how, (uint32_t)self->work[CXM_WORK_PENDING][i]);
    for (size_t i = from; i < self->work_accept_count; i++)
        self->work_accepts[i] |= CXM_PENDING;
}

uint64_t *cxm_step_scratch(cxm_automaton *self, size_t count) {
    void *items = self->work[0];
    bool reserved = cxm_array_reserve(&self->allocator, &items, &self->work_capacity[0], count,
                                      sizeof **self->work);
    self->work[0] = items;
    return reserved ? items : NULL;
}

void cxm_step_finish(cxm_automaton *self, cxm_state_content *out) {
    size_t count = self->work_count[CXM_WORK_RESULT];
    uint64_t *scratch = cxm_step_scratch(self, count);
    self->failed = count && !scratch;
    if (self->failed)
        return;
    self->work_count[CXM_WORK_RESULT] =
        cxm_sort_unique_pairs(self->work[CXM_WORK_RESULT], count, scratch);
    out->item_count = (uint32_t)self->work_count[CXM_WORK_RESULT];
    add_pending(self);
    sort_accepts(self, 0);
    out->accept_count = (uint32_t)self->work_accept_count;
    add_end_accepts(self, FOLLOW_END);
    out->end_count = (uint32_t)self->work_accept_count - out->accept_count;
    add_end_accepts(self, FOLLOW_QUESTION);
    out->question_count = (uint32_t)self->work_accept_count - out->accept_count - out->end_count;
}
