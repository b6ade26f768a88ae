/* SPDX-License-Identifier: MIT */
#include "match/automaton.h"

#include "base/str.h"
#include "match/step.h"

static size_t bytes_used(const cxm_automaton *self) {
    return cxm_transitions_bytes(&self->transitions) +
           self->state_count *
               (sizeof *self->contents + sizeof *self->plain + sizeof *self->signs) +
           self->item_count * sizeof *self->items + self->index_count * sizeof *self->index +
           self->accept_count * sizeof *self->accepts +
           self->state_table_capacity * sizeof *self->state_table;
}

/* Whether all states must be forgotten before more are made. A step makes two at the most. */
static bool is_full(const cxm_automaton *self) {
    enum { STEP_STATES = 2 };
    return bytes_used(self) > self->limit || self->state_count + STEP_STATES > CXM_MAX_STATES;
}

static void forget(cxm_automaton *self) {
    cxm_transitions_forget(&self->transitions);
    if (self->recent_used)
        memset(self->recent, 0, sizeof *self->recent << CXM_RECENT_BITS);
    self->recent_used = false;
    memset(self->state_table, 0, self->state_table_capacity * sizeof *self->state_table);
    memset(self->piece_roots, 0, sizeof self->piece_roots);
    for (int at_start = 0; at_start < 2; at_start++)
        memset(self->rule_roots[at_start], 0, self->lexicon->rule_count * sizeof(uint32_t));
    for (unsigned i = 0; self->start_capacity && i < CXM_PHASE_COUNT * CXM_VIEW_COUNT; i++)
        memset(self->starts[i / CXM_VIEW_COUNT][i % CXM_VIEW_COUNT], 0,
               self->start_capacity * sizeof(uint32_t));
    self->epoch++;
    self->state_count = CXM_FIRST_STATES;
    self->item_count = 0;
    self->index_count = 0;
    self->accept_count = 0;
}

/* memcmp() takes no NULL, not even for nothing. */
static bool same_bytes(const void *a, const void *b, size_t size) {
    return size == 0 || memcmp(a, b, size) == 0;
}

static bool same_state(const cxm_automaton *self, const cxm_state_content *state,
                       const cxm_state_content *other) {
    return state->item_count == other->item_count && state->accept_count == other->accept_count &&
           state->end_count == other->end_count && state->question_count == other->question_count &&
           same_bytes(self->items + state->first_item, self->work[CXM_WORK_RESULT],
                      state->item_count * sizeof *self->items) &&
           same_bytes(self->accepts + state->first_accept, self->work_accepts,
                      self->work_accept_count * sizeof *self->accepts);
}

static uint64_t hash_work(const cxm_automaton *self) {
    uint64_t hash = cxm_hash_bytes((const char *)self->work_accepts,
                                   self->work_accept_count * sizeof *self->work_accepts, 1);
    return cxm_hash_bytes((const char *)self->work[CXM_WORK_RESULT],
                          self->work_count[CXM_WORK_RESULT] * sizeof **self->work, hash);
}

static size_t accepts_of(const cxm_state_content *state) {
    return (size_t)state->accept_count + state->end_count + state->question_count;
}

static uint64_t hash_state(const cxm_automaton *self, const cxm_state_content *state) {
    uint64_t hash = cxm_hash_bytes((const char *)(self->accepts + state->first_accept),
                                   accepts_of(state) * sizeof *self->accepts, 1);
    return cxm_hash_bytes((const char *)(self->items + state->first_item),
                          state->item_count * sizeof *self->items, hash);
}

static void place_state(cxm_automaton *self, cxm_state state, uint64_t hash) {
    size_t place = hash & (self->state_table_capacity - 1);
    while (self->state_table[place])
        place = (place + 1) & (self->state_table_capacity - 1);
    self->state_table[place] = state;
}

static bool grow_state_table(cxm_automaton *self) {
    size_t capacity = self->state_table_capacity * 2;
    cxm_state *table = cxm_allocate(&self->allocator, capacity * sizeof *table);
    if (!table)
        return false;
    cxm_release(&self->allocator, self->state_table,
                self->state_table_capacity * sizeof *self->state_table);
    self->state_table = table;
    self->state_table_capacity = capacity;
    for (uint32_t i = CXM_FIRST_STATES; i < self->state_count; i++) {
        const cxm_state_content *content = &self->contents[i];
        place_state(self, CXM_STATE(i, accepts_of(content) > 0), hash_state(self, content));
    }
    return true;
}

enum { CACHE_LINE = 64 };

static void release_plain(cxm_automaton *self) {
    if (self->plain_block)
        cxm_release(&self->allocator, self->plain_block,
                    self->plain_capacity * sizeof *self->plain + CACHE_LINE);
}

/* Room for as many states as there is for contents. */
static bool grow_plain(cxm_automaton *self) {
    size_t capacity = self->state_capacity;
    char *block = cxm_allocate(&self->allocator, capacity * sizeof *self->plain + CACHE_LINE);
    if (!block)
        return false;
    cxm_state_plain *grown = (void *)(block + CACHE_LINE - (uintptr_t)block % CACHE_LINE);
    if (self->plain)
        memcpy(grown, self->plain, self->state_count * sizeof *grown);
    release_plain(self);
    self->plain_block = block;
    self->plain = grown;
    self->plain_capacity = capacity;
    return true;
}

static bool reserve_state(cxm_automaton *self) {
    void *contents = self->contents;
    void *items = self->items;
    void *accepts = self->accepts;
    bool reserved = cxm_array_reserve(&self->allocator, &contents, &self->state_capacity,
                                      self->state_count + 1, sizeof *self->contents);
    self->contents = contents;
    reserved = reserved && (self->state_count < self->plain_capacity || grow_plain(self));
    void *signs = self->signs;
    reserved = reserved && cxm_array_reserve(&self->allocator, &signs, &self->sign_capacity,
                                             self->state_count + 1, sizeof *self->signs);
    self->signs = signs;
    reserved =
        reserved && cxm_array_reserve(&self->allocator, &items, &self->item_capacity,
                                      self->item_count + self->work_count[CXM_WORK_RESULT] + 1,
                                      sizeof *self->items);
    self->items = items;
    reserved = reserved && cxm_array_reserve(&self->allocator, &accepts, &self->accept_capacity,
                                             self->accept_count + self->work_accept_count + 1,
                                             sizeof *self->accepts);
    self->accepts = accepts;
    if (reserved && self->state_count > self->state_table_capacity / 2)
        reserved = grow_state_table(self);
    return reserved;
}

/* The state in the work area, a new one where it was not met before. */
static cxm_state intern_state(cxm_automaton *self, cxm_state_content content) {
    uint64_t hash = hash_work(self);
    size_t mask = self->state_table_capacity - 1;
    for (size_t place = hash & mask; self->state_table[place]; place = (place + 1) & mask)
        if (same_state(self, cxm_state_content_of(self, self->state_table[place]), &content))
            return self->state_table[place];
    if (!reserve_state(self))
        return CXM_STATE_UNKNOWN;
    cxm_state state = CXM_STATE((uint32_t)self->state_count, self->work_accept_count > 0);
    content.first_item = (uint32_t)self->item_count;
    content.first_accept = (uint32_t)self->accept_count;
    if (content.item_count)
        memcpy(self->items + self->item_count, self->work[CXM_WORK_RESULT],
               content.item_count * sizeof *self->items);
    if (self->work_accept_count)
        memcpy(self->accepts + self->accept_count, self->work_accepts,
               self->work_accept_count * sizeof *self->accepts);
    self->item_count += content.item_count;
    self->accept_count += self->work_accept_count;
    self->plain[self->state_count] = (cxm_state_plain){.otherwise = CXM_STATE_UNKNOWN};
    self->signs[self->state_count] = (cxm_state_sign){0};
    self->contents[self->state_count++] = content;
    place_state(self, state, hash);
    return state;
}

/* Makes a state of what a step left in the work area. */
static cxm_state finish_state(cxm_automaton *self) {
    cxm_state_content state = {0};
    if (!self->failed)
        cxm_step_finish(self, &state);
    if (self->failed)
        return CXM_STATE_UNKNOWN;
    if (state.item_count == 0 && state.accept_count == 0)
        return CXM_STATE_DEAD;
    return intern_state(self, state);
}

/* Forgets all states but one; that anew, UNKNOWN where there is no memory. */
static cxm_state forget_others(cxm_automaton *self, cxm_state state) {
    cxm_state_content content = *cxm_state_content_of(self, state);
    cxm_step_none(self, &content);
    forget(self);
    return finish_state(self);
}

/* Lists the items of a state by what they wait for, where it has many and that was not done yet. */
static bool index_state(cxm_automaton *self, cxm_state state) {
    cxm_state_content *content = &self->contents[state >> 1];
    return content->index || content->item_count < self->many_items ||
           cxm_step_index(self, content);
}

static cxm_state follow_state(cxm_automaton *self, cxm_state from, cxm_key key) {
    cxm_state_content content = *cxm_state_content_of(self, from);
    cxm_step_next(self, &content, key);
    return finish_state(self);
}

/* Where class 0 leads, worked out when it is first asked for. */
static cxm_state otherwise_of(cxm_automaton *self, cxm_state from) {
    if (self->plain[from >> 1].otherwise == CXM_STATE_UNKNOWN) {
        cxm_state otherwise = follow_state(self, from, CXM_KEY(0, false));
        self->plain[from >> 1].otherwise = otherwise;
    }
    return self->plain[from >> 1].otherwise;
}

/* Marks the columns of a state, once it was asked for a few words and there are classes enough that
 * are new to it. */
static void update_columns(cxm_automaton *self, cxm_state state) {
    enum { FEW = 4, NEW_CLASSES = 64, SHARE = 16 };
    cxm_state_content *content = &self->contents[state >> 1];
    cxm_state_plain *plain = &self->plain[state >> 1];
    uint32_t enough = plain->known + plain->known / SHARE + NEW_CLASSES;
    if (++content->asked >= FEW && enough <= cxm_symbols_listed(self->symbols))
        cxm_step_columns(self, content, plain, &self->signs[state >> 1]);
}

cxm_state cxm_automaton_make_next(cxm_automaton *self, cxm_state from, cxm_key key) {
    if (is_full(self)) {
        from = forget_others(self, from);
        if (from == CXM_STATE_UNKNOWN)
            return CXM_STATE_UNKNOWN;
    }
    cxm_state otherwise =
        index_state(self, from) ? otherwise_of(self, from) : (cxm_state)CXM_STATE_UNKNOWN;
    if (otherwise == CXM_STATE_UNKNOWN)
        return otherwise;
    update_columns(self, from);
    if (cxm_state_is_plain(&self->plain[from >> 1], key))
        return otherwise;
    cxm_state to = otherwise;
    if ((key & CXM_KEY_FLAGS) ||
        cxm_step_differs(self, cxm_state_content_of(self, from), cxm_key_class(key)))
        to = follow_state(self, from, key);
    if (to != CXM_STATE_UNKNOWN &&
        !cxm_transitions_add(&self->transitions, &self->allocator, from, key, to))
        return CXM_STATE_UNKNOWN;
    return to;
}

cxm_proposal cxm_automaton_proposal(const cxm_automaton *self, uint32_t accepted) {
    const cxm_lexicon *lexicon = self->lexicon;
    uint32_t number = accepted & ~(uint32_t)CXM_PENDING;
    if (number >= lexicon->rule_count)
        return lexicon->proposals[number - lexicon->rule_count];
    const cxm_rule *rule = &lexicon->rules[number];
    return (cxm_proposal){.rule = number,
                          .whole = rule->piece_whole,
                          .at_start = rule->at_start,
                          .minds_start = rule->minds_start};
}

cxm_state cxm_automaton_make_root(cxm_automaton *self, uint32_t rule, bool at_start) {
    if (is_full(self))
        forget(self);
    cxm_step_rule(self, rule, at_start);
    cxm_state state = finish_state(self);
    self->rule_roots[at_start][rule] = state;
    return state;
}

/* The state in front of the first word of all pieces of a phase. */
static cxm_state piece_root(cxm_automaton *self, cxm_phase phase, unsigned view) {
    if (self->piece_roots[phase][view] == CXM_STATE_UNKNOWN) {
        cxm_step_pieces(self, phase, view);
        self->piece_roots[phase][view] = finish_state(self);
    }
    return self->piece_roots[phase][view];
}

/* Room for all classes there are in a start table. */
static bool grow_table(cxm_automaton *self, uint32_t **table, size_t capacity) {
    uint32_t *grown = cxm_allocate(&self->allocator, capacity * sizeof *grown);
    if (!grown)
        return false;
    if (*table)
        memcpy(grown, *table, self->start_capacity * sizeof *grown);
    cxm_release(&self->allocator, *table, self->start_capacity * sizeof *grown);
    *table = grown;
    return true;
}

static bool grow_starts(cxm_automaton *self) {
    enum { FIRST = 256 };
    size_t capacity = self->start_capacity ? self->start_capacity : FIRST;
    while (capacity < self->symbols->class_count)
        capacity *= 2;
    uint32_t **tables = &self->starts[0][0];
    size_t done = 0;
    while (done < CXM_PHASE_COUNT * CXM_VIEW_COUNT && grow_table(self, &tables[done], capacity))
        done++;
    if (done == CXM_PHASE_COUNT * CXM_VIEW_COUNT) {
        self->start_capacity = capacity;
        return true;
    }
    /* Some are larger than noted now: they are all given back, and made anew when asked for. */
    for (size_t i = 0; i < CXM_PHASE_COUNT * CXM_VIEW_COUNT; i++) {
        size_t size = i < done ? capacity : self->start_capacity;
        cxm_release(&self->allocator, tables[i], size * sizeof *tables[i]);
        tables[i] = NULL;
    }
    self->start_capacity = 0;
    return false;
}

cxm_state cxm_automaton_make_start(cxm_automaton *self, cxm_phase phase, unsigned view,
                                   uint32_t class_number) {
    if (class_number >= self->start_capacity && !grow_starts(self))
        return CXM_STATE_UNKNOWN;
    if (is_full(self))
        forget(self);
    cxm_state root = piece_root(self, phase, view);
    if (root == CXM_STATE_UNKNOWN || root == CXM_STATE_DEAD)
        return root;
    if (!index_state(self, root))
        return CXM_STATE_UNKNOWN;
    cxm_state state = follow_state(self, root, CXM_KEY(class_number, false));
    self->starts[phase][view][class_number] = state;
    return state;
}

unsigned cxm_view_index(cxm_role role) {
    static const unsigned views[CXM_ROLE_COUNT] = {0, 1, 2, 3, 3};
    return views[role];
}

bool cxm_automaton_init(cxm_automaton *self, cxm_symbols *symbols, const cxm_allocator *allocator,
                        size_t limit) {
    enum { FIRST_STATES = 1 << 10, MANY_ITEMS = 4 };
    *self = (cxm_automaton){.symbols = symbols,
                            .lexicon = symbols->lexicon,
                            .allocator = *allocator,
                            .limit = limit,
                            .many_items = MANY_ITEMS,
                            .state_count = CXM_FIRST_STATES,
                            .state_table_capacity = FIRST_STATES};
    bool made = cxm_transitions_init(&self->transitions, allocator) && reserve_state(self);
    self->recent = cxm_allocate(allocator, sizeof *self->recent << CXM_RECENT_BITS);
    self->state_table = cxm_allocate(allocator, FIRST_STATES * sizeof *self->state_table);
    self->seen = cxm_allocate(allocator, (self->lexicon->program_len + 1) * sizeof *self->seen);
    for (int at_start = 0; at_start < 2; at_start++) {
        self->rule_roots[at_start] =
            cxm_allocate(allocator, (self->lexicon->rule_count + 1) * sizeof(uint32_t));
        made = made && self->rule_roots[at_start];
    }
    return made && self->recent && self->state_table && self->seen;
}

void cxm_automaton_clear(cxm_automaton *self) {
    const cxm_allocator *allocator = &self->allocator;
    cxm_transitions_clear(&self->transitions, allocator);
    if (self->recent)
        cxm_release(allocator, self->recent, sizeof *self->recent << CXM_RECENT_BITS);
    release_plain(self);
    cxm_release(allocator, self->signs, self->sign_capacity * sizeof *self->signs);
    cxm_release(allocator, self->contents, self->state_capacity * sizeof *self->contents);
    cxm_release(allocator, self->items, self->item_capacity * sizeof *self->items);
    cxm_release(allocator, self->index, self->index_capacity * sizeof *self->index);
    cxm_release(allocator, self->accepts, self->accept_capacity * sizeof *self->accepts);
    cxm_release(allocator, self->state_table,
                self->state_table_capacity * sizeof *self->state_table);
    for (unsigned i = 0; i < CXM_PHASE_COUNT * CXM_VIEW_COUNT; i++)
        cxm_release(allocator, self->starts[i / CXM_VIEW_COUNT][i % CXM_VIEW_COUNT],
                    self->start_capacity * sizeof(uint32_t));
    if (self->lexicon) {
        cxm_release(allocator, self->seen, (self->lexicon->program_len + 1) * sizeof *self->seen);
        for (int at_start = 0; at_start < 2; at_start++)
            cxm_release(allocator, self->rule_roots[at_start],
                        (self->lexicon->rule_count + 1) * sizeof(uint32_t));
    }
    for (int i = 0; i < CXM_WORK_SETS; i++)
        cxm_release(allocator, self->work[i], self->work_capacity[i] * sizeof **self->work);
    cxm_release(allocator, self->work_accepts,
                self->work_accept_capacity * sizeof *self->work_accepts);
    cxm_release(allocator, self->stack, self->stack_capacity * sizeof *self->stack);
}
