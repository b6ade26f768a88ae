/* SPDX-License-Identifier: MIT */
#include "match/front.h"

#include <string.h>

enum { FIRST_FRONT = 2, FEW_PLACES = 1 << 12, FEW_CLASSES = 256 };

void cxm_fronts_clear(cxm_fronts *self) {
    const cxm_allocator *allocator = &self->allocator;
    if (!self->automaton)
        return;
    cxm_release(allocator, self->contents, self->content_capacity * sizeof *self->contents);
    cxm_release(allocator, self->signs, self->sign_capacity * sizeof *self->signs);
    cxm_release(allocator, self->walks, self->walk_capacity * sizeof *self->walks);
    cxm_release(allocator, self->finds, self->find_capacity * sizeof *self->finds);
    cxm_release(allocator, self->table, self->table_capacity * sizeof *self->table);
    cxm_transitions_clear(&self->transitions, allocator);
    cxm_release(allocator, self->firsts,
                CXM_FRONT_KINDS * self->first_capacity * sizeof *self->firsts);
    cxm_release(allocator, self->work, (self->max_tokens + 1) * sizeof *self->work);
}

static void forget(cxm_fronts *self) {
    memset(self->table, 0, self->table_capacity * sizeof *self->table);
    cxm_transitions_forget(&self->transitions);
    if (self->firsts)
        memset(self->firsts, 0, CXM_FRONT_KINDS * self->first_capacity * sizeof *self->firsts);
    self->count = FIRST_FRONT;
    self->walk_count = 0;
    self->find_count = 0;
    self->epoch = self->automaton->epoch;
    self->lost = true;
}

static bool is_full(const cxm_fronts *self) {
    size_t bytes = self->count * (sizeof *self->contents + sizeof *self->signs) +
                   self->walk_count * sizeof *self->walks + self->find_count * sizeof *self->finds +
                   self->table_capacity * sizeof *self->table +
                   cxm_transitions_bytes(&self->transitions);
    return bytes > self->limit || self->count >= CXM_MAX_STATES ||
           self->find_count >= UINT32_MAX / 2;
}

/* Room for all classes there are among the fronts of first words. */
static bool grow_firsts(cxm_fronts *self) {
    size_t capacity = self->first_capacity ? self->first_capacity : FEW_CLASSES;
    while (capacity < self->automaton->symbols->class_count)
        capacity *= 2;
    if (capacity == self->first_capacity)
        return true;
    cxm_front *grown = cxm_allocate(&self->allocator, CXM_FRONT_KINDS * capacity * sizeof *grown);
    if (!grown)
        return false;
    for (uint32_t kind = 0; self->firsts && kind < CXM_FRONT_KINDS; kind++)
        memcpy(grown + kind * capacity, cxm_fronts_firsts(self, kind),
               self->first_capacity * sizeof *grown);
    cxm_release(&self->allocator, self->firsts,
                CXM_FRONT_KINDS * self->first_capacity * sizeof *self->firsts);
    self->firsts = grown;
    self->first_capacity = capacity;
    return true;
}

bool cxm_fronts_prepare(cxm_fronts *self) {
    if (self->epoch != self->automaton->epoch)
        forget(self);
    self->lost = false;
    return grow_firsts(self);
}

static uint64_t hash_of(const cxm_front_walk *walks, size_t count, uint32_t kind) {
    static const uint64_t factor = 0x9e3779b97f4a7c15U;
    uint64_t hash = kind;
    for (size_t i = 0; i < count; i++) {
        hash = (hash ^ ((uint64_t)walks[i].state << 32 | walks[i].age)) * factor;
        hash ^= hash >> 29;
    }
    return hash * factor >> 20;
}

static bool finds_rules(const cxm_front_walk *walks, size_t count) {
    bool found = false;
    for (size_t i = 0; i < count; i++)
        found |= cxm_state_accepts(walks[i].state);
    return found;
}

static void place_front(cxm_fronts *self, cxm_front front, uint64_t hash) {
    size_t place = hash & (self->table_capacity - 1);
    while (self->table[place])
        place = (place + 1) & (self->table_capacity - 1);
    self->table[place] = front;
}

static bool grow_table(cxm_fronts *self) {
    size_t capacity = self->table_capacity * 2;
    cxm_front *table = cxm_allocate(&self->allocator, capacity * sizeof *table);
    if (!table)
        return false;
    cxm_release(&self->allocator, self->table, self->table_capacity * sizeof *self->table);
    self->table = table;
    self->table_capacity = capacity;
    for (uint32_t i = FIRST_FRONT; i < self->count; i++) {
        const cxm_front_content *content = &self->contents[i];
        const cxm_front_walk *walks = self->walks + content->first_walk;
        place_front(self, CXM_STATE(i, finds_rules(walks, content->walk_count)),
                    hash_of(walks, content->walk_count, content->kind));
    }
    return true;
}

/* Room for one more front, that in the work area. */
static bool reserve_front(cxm_fronts *self) {
    const cxm_allocator *allocator = &self->allocator;
    void *contents = self->contents;
    void *signs = self->signs;
    void *walks = self->walks;
    bool reserved = cxm_array_reserve(allocator, &contents, &self->content_capacity,
                                      self->count + 1, sizeof *self->contents) &&
                    cxm_array_reserve(allocator, &signs, &self->sign_capacity, self->count + 1,
                                      sizeof *self->signs) &&
                    cxm_array_reserve(allocator, &walks, &self->walk_capacity,
                                      self->walk_count + self->work_count, sizeof *self->walks);
    self->contents = contents;
    self->signs = signs;
    self->walks = walks;
    return reserved && (self->count < self->table_capacity / 2 || grow_table(self));
}

bool cxm_fronts_init(cxm_fronts *self, cxm_automaton *automaton, const cxm_allocator *allocator,
                     uint32_t max_tokens, size_t limit) {
    *self = (cxm_fronts){.automaton = automaton,
                         .allocator = *allocator,
                         .limit = limit,
                         .max_tokens = max_tokens,
                         .count = FIRST_FRONT,
                         .table_capacity = FEW_PLACES};
    self->table = cxm_allocate(allocator, FEW_PLACES * sizeof *self->table);
    bool made = cxm_transitions_init(&self->transitions, allocator);
    self->work = cxm_allocate(allocator, (max_tokens + 1) * sizeof *self->work);
    return made && self->table && self->work && reserve_front(self);
}

/* Lists the rules that a walk has found with its last word. */
static bool add_finds(cxm_fronts *self, const cxm_front_walk *walk) {
    const cxm_state_content *state = cxm_state_content_of(self->automaton, walk->state);
    const uint32_t *rules = self->automaton->accepts + state->first_accept;
    uint32_t count = state->accept_count + state->end_count + state->question_count;
    void *items = self->finds;
    if (!cxm_array_reserve(&self->allocator, &items, &self->find_capacity, self->find_count + count,
                           sizeof *self->finds))
        return false;
    self->finds = items;
    for (uint32_t i = 0; i < count; i++) {
        cxm_proposal proposal = cxm_automaton_proposal(self->automaton, rules[i]);
        self->finds[self->find_count++] =
            (cxm_front_find){.proposal = proposal,
                             .pass = cxm_gate_pass_of(self->automaton->lexicon, proposal.rule),
                             .age = walk->age};
    }
    return true;
}

/* Adds the front in the work area; UNKNOWN where there is no memory. */
static cxm_front add_front(cxm_fronts *self, uint32_t kind) {
    cxm_front_content content = {.first_walk = (uint32_t)self->walk_count,
                                 .walk_count = (uint32_t)self->work_count,
                                 .first_find = (uint32_t)self->find_count,
                                 .kind = kind};
    if (!reserve_front(self))
        return CXM_FRONT_UNKNOWN;
    for (size_t i = 0; i < self->work_count; i++)
        if (cxm_state_accepts(self->work[i].state) && !add_finds(self, &self->work[i]))
            return CXM_FRONT_UNKNOWN;
    content.find_count = (uint32_t)self->find_count - content.first_find;
    for (uint32_t i = 0; i < content.find_count; i++)
        content.groups |= cxm_gate_group_bit(self->finds[content.first_find + i].pass.group);
    memcpy(self->walks + self->walk_count, self->work, self->work_count * sizeof *self->work);
    self->walk_count += self->work_count;
    self->signs[self->count] = (cxm_state_sign){0};
    self->contents[self->count] = content;
    return CXM_STATE((uint32_t)self->count++, finds_rules(self->work, self->work_count));
}

/* The front in the work area, a new one where it was not met before; UNKNOWN where there is no
 * memory. */
static cxm_front intern_front(cxm_fronts *self, uint32_t kind) {
    if (self->work_count == 0)
        return CXM_FRONT_EMPTY;
    uint64_t hash = hash_of(self->work, self->work_count, kind);
    size_t mask = self->table_capacity - 1;
    for (size_t place = hash & mask; self->table[place]; place = (place + 1) & mask) {
        const cxm_front_content *known = cxm_front_content_of(self, self->table[place]);
        if (known->walk_count == self->work_count && known->kind == kind &&
            memcmp(self->walks + known->first_walk, self->work,
                   self->work_count * sizeof *self->work) == 0)
            return self->table[place];
    }
    cxm_front front = add_front(self, kind);
    if (front != CXM_FRONT_UNKNOWN)
        place_front(self, front, hash);
    return front;
}

/* Whether a state was worked out, and all others are still known; forgets the fronts where not. */
static bool is_kept(cxm_fronts *self, cxm_state state) {
    if (state != CXM_STATE_UNKNOWN && self->automaton->epoch != self->epoch)
        forget(self);
    return state != CXM_STATE_UNKNOWN && !self->lost;
}

/* Begins a walk with a word, in the work area. */
static bool begin_walk(cxm_fronts *self, uint32_t kind, cxm_key key) {
    cxm_state start = cxm_automaton_start(self->automaton, (cxm_phase)(kind / CXM_VIEW_COUNT),
                                          kind % CXM_VIEW_COUNT, cxm_key_class(key));
    if (!is_kept(self, start))
        return false;
    if (start != CXM_STATE_DEAD)
        self->work[self->work_count++] = (cxm_front_walk){start, 1};
    return true;
}

/* Takes the walks of a front on by a word, into the work area. */
static bool take_on(cxm_fronts *self, cxm_front front, cxm_key key) {
    const cxm_front_content *content = cxm_front_content_of(self, front);
    for (size_t i = 0; i < content->walk_count; i++)
        cxm_automaton_prefetch(self->automaton, self->walks[content->first_walk + i].state, key);
    for (size_t i = 0; i < content->walk_count; i++) {
        cxm_front_walk walk = self->walks[content->first_walk + i];
        if (walk.age == self->max_tokens)
            continue;
        walk.state = cxm_automaton_next(self->automaton, walk.state, key);
        walk.age++;
        if (!is_kept(self, walk.state))
            return false;
        if (walk.state != CXM_STATE_DEAD)
            self->work[self->work_count++] = walk;
    }
    return true;
}

/* Begins to work out a front. false where there is no room for one: then all are forgotten. */
static bool begin_work(cxm_fronts *self) {
    self->work_count = 0;
    if (is_full(self))
        forget(self);
    return !self->lost;
}

cxm_front cxm_fronts_make_first(cxm_fronts *self, uint32_t kind, cxm_key key) {
    if (!begin_work(self) || !begin_walk(self, kind, key))
        return CXM_FRONT_UNKNOWN;
    cxm_front first = intern_front(self, kind);
    self->firsts[kind * self->first_capacity + cxm_key_class(key)] = first;
    return first;
}

/* Makes the sign of a front of what is known of its walks. One in a state without items ends with
 * any word. */
static void update_sign(cxm_fronts *self, cxm_front front) {
    const cxm_front_content *content = cxm_front_content_of(self, front);
    const cxm_front_walk *walks = self->walks + content->first_walk;
    uint32_t known = CXM_MAX_LISTED;
    cxm_state_sign all = {0};
    for (size_t i = 0; i < content->walk_count; i++) {
        const cxm_state_sign *sign = &self->automaton->signs[walks[i].state >> 1];
        if (cxm_state_content_of(self->automaton, walks[i].state)->item_count == 0)
            continue;
        if (cxm_sign_known(sign) < known)
            known = cxm_sign_known(sign);
        for (int k = 0; k < CXM_SIGN_WORDS; k++)
            all.words[k] |= sign->words[k];
    }
    cxm_sign_set_known(&all, known);
    self->signs[front >> 1] = all;
}

cxm_front cxm_fronts_make_next(cxm_fronts *self, uint32_t kind, cxm_front front, cxm_key key) {
    if (!begin_work(self) || !take_on(self, front, key) || !begin_walk(self, kind, key))
        return CXM_FRONT_UNKNOWN;
    cxm_front next = intern_front(self, kind);
    if (next == CXM_FRONT_UNKNOWN)
        return next;
    update_sign(self, front);
    if (cxm_fronts_end(self, front, key) ||
        cxm_transitions_add(&self->transitions, &self->allocator, front, key, next))
        return next;
    return CXM_FRONT_UNKNOWN;
}

cxm_front cxm_fronts_known_next(cxm_fronts *self, cxm_front front, cxm_key key) {
    uint64_t from = cxm_transition_from(front, key);
    cxm_transition *place = cxm_transitions_find(&self->transitions, from);
    cxm_transition found = *place;
    if (!found)
        return CXM_FRONT_UNKNOWN;
    cxm_transition *first =
        &self->transitions
             .items[cxm_transitions_place(&self->transitions, cxm_transition_hash(from))];
    *place = *first;
    *first = found;
    return cxm_transition_to(found);
}
