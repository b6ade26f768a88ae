/* SPDX-License-Identifier: MIT */
#include "match/sentence_match.h"

#include "match/fillers.h"

bool cxm_matcher_init(cxm_matcher *self, cxm_automaton *automaton, const cxm_allocator *allocator) {
    enum { SKIPPED_WORDS = 32 };
    const cxm_lexicon *lexicon = automaton->lexicon;
    *self = (cxm_matcher){
        .lexicon = lexicon,
        .automaton = automaton,
        .allocator = *allocator,
        .max_tokens = (uint32_t)(2 * lexicon->max_words + SKIPPED_WORDS),
    };
    self->last_of_rule =
        cxm_allocate(allocator, (lexicon->rule_count + 1) * sizeof *self->last_of_rule);
    self->candidates =
        cxm_allocate(allocator, (lexicon->rule_count + 1) * sizeof *self->candidates);
    self->asked = cxm_allocate(allocator, (lexicon->rule_count + 1) * sizeof *self->asked);
    self->pending = cxm_allocate(allocator, (lexicon->rule_count + 1) * sizeof *self->pending);
    self->places = cxm_allocate(allocator, (lexicon->category_count + 1) * sizeof *self->places);
    return self->last_of_rule && self->candidates && self->asked && self->pending && self->places;
}

void cxm_matcher_clear(cxm_matcher *self) {
    const cxm_allocator *allocator = &self->allocator;
    if (!self->lexicon)
        return;
    cxm_release(allocator, self->last_of_rule,
                (self->lexicon->rule_count + 1) * sizeof *self->last_of_rule);
    cxm_release(allocator, self->candidates,
                (self->lexicon->rule_count + 1) * sizeof *self->candidates);
    cxm_release(allocator, self->asked, (self->lexicon->rule_count + 1) * sizeof *self->asked);
    cxm_release(allocator, self->pending, (self->lexicon->rule_count + 1) * sizeof *self->pending);
    cxm_release(allocator, self->places,
                (self->lexicon->category_count + 1) * sizeof *self->places);
    cxm_release(allocator, self->matches, self->match_capacity * sizeof *self->matches);
    cxm_release(allocator, self->kept, self->kept_capacity * sizeof *self->kept);
}

static bool append(const cxm_matcher *self, cxm_match **items, size_t *count, size_t *capacity,
                   cxm_match match) {
    void *grown = *items;
    if (!cxm_array_reserve(&self->allocator, &grown, capacity, *count + 1, sizeof match))
        return false;
    *items = grown;
    (*items)[(*count)++] = match;
    return true;
}

/* Notes a rule found from `first` to `last`. Of one rule and start the longest counts. */
static bool note(cxm_matcher *self, uint32_t rule, uint32_t first, uint32_t last) {
    uint32_t index = self->last_of_rule[rule];
    cxm_match *before = index < self->match_count ? &self->matches[index] : NULL;
    if (before && before->rule == rule && before->first == first) {
        before->last = before->last > last ? before->last : last;
        return true;
    }
    self->last_of_rule[rule] = (uint32_t)self->match_count;
    return append(self, &self->matches, &self->match_count, &self->match_capacity,
                  (cxm_match){rule, first, last});
}

/* Whether the sentence ends at a token but for what may be skipped. */
static bool ends_before(const cxm_matcher *self, const cxm_tokens *tokens, uint32_t at,
                        const cxm_sentence *sentence) {
    return at == sentence->end ||
           cxm_skips_to_end(self->automaton->symbols, tokens->items, at, sentence->end);
}

/* Rules found with the last token of a place; of those that wait for the end of the sentence the
 * last place is kept from which on the rest may be skipped: that rest is no part of them. */
static bool note_accepts(cxm_matcher *self, const cxm_tokens *tokens,
                         const cxm_state_content *state, const cxm_match *place,
                         const cxm_sentence *sentence) {
    const uint32_t *rules = self->automaton->accepts + state->first_accept;
    for (uint32_t i = 0; i < state->accept_count; i++) {
        if (!(rules[i] & CXM_PENDING)) {
            if (!note(self, rules[i], place->first, place->last))
                return false;
            continue;
        }
        if (ends_before(self, tokens, place->last + 1, sentence))
            self->pending[rules[i] & ~(uint32_t)CXM_PENDING] =
                (cxm_pending){self->walk, place->last};
    }
    return true;
}

/* The rules that are found because the sentence ends, where this walk noted a place for them. */
static bool note_end(cxm_matcher *self, const cxm_state_content *state, uint32_t first,
                     const cxm_sentence *sentence) {
    const uint32_t *rules = self->automaton->accepts + state->first_accept + state->accept_count;
    uint32_t count = state->end_count + (sentence->asks ? state->question_count : 0);
    for (uint32_t i = 0; i < count; i++) {
        const cxm_pending *pending = &self->pending[rules[i]];
        if (pending->walk == self->walk && !note(self, rules[i], first, pending->last))
            return false;
    }
    return true;
}

/* What is found in a state that a walk has come to. */
static bool note_state(cxm_matcher *self, const cxm_tokens *tokens, uint32_t state,
                       const cxm_match *place, const cxm_sentence *sentence) {
    const cxm_state_content *here = &self->automaton->contents[state];
    return note_accepts(self, tokens, here, place, sentence) &&
           (place->last + 1 < sentence->end || note_end(self, here, place->first, sentence));
}

/* Follows the automaton from the token `first`, which started `state`, as far as it leads. */
static bool walk(cxm_matcher *self, const cxm_tokens *tokens, uint32_t first,
                 const cxm_sentence *sentence, uint32_t state) {
    cxm_automaton *automaton = self->automaton;
    self->walk++;
    uint32_t stop =
        sentence->end - first < self->max_tokens ? sentence->end : first + self->max_tokens;
    for (uint32_t at = first;;) {
        cxm_match place = {.first = first, .last = at};
        if (automaton->states[state].accepts && !note_state(self, tokens, state, &place, sentence))
            return false;
        if (++at == stop)
            return true;
        state = cxm_automaton_next(automaton, state, tokens->items[at].key);
        if (state <= CXM_STATE_DEAD)
            return state == CXM_STATE_DEAD;
    }
}

/* Notes the rules whose pieces end in a state, each once in a sentence. */
static void note_candidates(cxm_matcher *self, const cxm_state_content *state) {
    const uint32_t *rules = self->automaton->accepts + state->first_accept;
    uint32_t count = state->accept_count + state->end_count + state->question_count;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t rule = rules[i] & ~(uint32_t)CXM_PENDING;
        if (self->asked[rule] == self->sentence)
            continue;
        self->asked[rule] = self->sentence;
        self->candidates[self->candidate_count++] = rule;
    }
}

/* Looks for pieces of rules. */
static bool find_pieces(cxm_matcher *self, const cxm_tokens *tokens, const cxm_range *range,
                        cxm_phase phase) {
    cxm_automaton *automaton = self->automaton;
    uint32_t end = range->sentence->end;
    for (uint32_t i = range->start; i < end; i++) {
        uint32_t state =
            cxm_automaton_start(automaton, phase, range->view, tokens->items[i].key >> 1);
        uint32_t stop = end - i < self->max_tokens ? end : i + self->max_tokens;
        for (uint32_t at = i + 1; state > CXM_STATE_DEAD; at++) {
            if (automaton->states[state].accepts)
                note_candidates(self, &automaton->contents[state]);
            if (at == stop)
                break;
            state = cxm_automaton_next(automaton, state, tokens->items[at].key);
        }
        if (state == CXM_STATE_UNKNOWN)
            return false;
    }
    return true;
}

/* Finds a rule from all tokens. A sentence also starts behind what may be skipped at its start. */
static bool find_rule(cxm_matcher *self, const cxm_tokens *tokens, const cxm_range *range,
                      uint32_t rule) {
    uint32_t next_start = range->start;
    uint32_t end = range->sentence->end;
    for (uint32_t i = range->start; i < end; i++) {
        bool at_start = i == next_start;
        if (at_start) {
            uint32_t skip = cxm_skip_len(self->automaton->symbols, tokens->items, i, end);
            next_start = skip ? i + skip : end;
        }
        uint32_t state = cxm_automaton_root(self->automaton, rule, at_start);
        if (state > CXM_STATE_DEAD)
            state = cxm_automaton_next(self->automaton, state, tokens->items[i].key & ~1u);
        if (state == CXM_STATE_DEAD)
            continue;
        if (state == CXM_STATE_UNKNOWN || !walk(self, tokens, i, range->sentence, state))
            return false;
    }
    return true;
}

/* Finds the rules of a phase. */
static bool find(cxm_matcher *self, const cxm_tokens *tokens, const cxm_range *range,
                 cxm_phase phase) {
    self->candidate_count = 0;
    if (!find_pieces(self, tokens, range, phase))
        return false;
    for (size_t i = 0; i < self->candidate_count; i++)
        if (!find_rule(self, tokens, range, self->candidates[i]))
            return false;
    return true;
}

/* By where they start, then by rule. */
static bool is_before(const cxm_match *a, const cxm_match *b) {
    return a->first != b->first ? a->first < b->first : a->rule < b->rule;
}

static void sift_down(cxm_match *items, size_t root, size_t count) {
    cxm_match match = items[root];
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && is_before(&items[child], &items[child + 1]))
            child++;
        if (!is_before(&match, &items[child]))
            break;
        items[root] = items[child];
    }
    items[root] = match;
}

/* Heap sort (Williams 1964): no memory, and no input that makes it slow. */
static void sort_matches(cxm_matcher *self) {
    cxm_match *items = self->matches;
    size_t count = self->match_count;
    for (size_t root = count / 2; root-- > 0;)
        sift_down(items, root, count);
    while (count-- > 1) {
        cxm_match last = items[count];
        items[count] = items[0];
        items[0] = last;
        sift_down(items, 0, count);
    }
}

/* Whether a negator that was found stands right before a match. */
static bool negates(const cxm_matcher *self, const cxm_tokens *tokens, const cxm_match *negator,
                    const cxm_match *match) {
    uint32_t at = negator->last + 1;
    for (uint32_t len = 1; len && at < match->first; at += len)
        len = cxm_skip_len(self->automaton->symbols, tokens->items, at, match->first);
    return at == match->first;
}

/* Whether another rule that was found drops a match. */
static bool drops(const cxm_matcher *self, const cxm_tokens *tokens, const cxm_match *other,
                  const cxm_match *match) {
    const cxm_rule *rule = &self->lexicon->rules[match->rule];
    const cxm_rule *by = &self->lexicon->rules[other->rule];
    if (by->kind == CXM_RULE_NEGATOR)
        return rule->drop_negated && negates(self, tokens, other, match);
    return by->kind == CXM_RULE_UNLESS &&
           (by->group == rule->group || by->group == rule->own_group) &&
           other->first <= match->last && match->first <= other->last;
}

static bool can_be_dropped(const cxm_rule *rule) {
    return rule->group != UINT32_MAX || rule->own_group != UINT32_MAX || rule->drop_negated;
}

/* No match is longer than a walk, so only those that start near it need be looked at. */
static bool is_dropped(const cxm_matcher *self, const cxm_tokens *tokens, size_t index) {
    const cxm_match *match = &self->matches[index];
    if (!can_be_dropped(&self->lexicon->rules[match->rule]))
        return false;
    for (size_t i = index; i-- > 0;) {
        /* Before a match may stand its negator, and fillers between them. */
        if (self->matches[i].first + 2 * self->max_tokens < match->first)
            break;
        if (drops(self, tokens, &self->matches[i], match))
            return true;
    }
    for (size_t i = index + 1; i < self->match_count; i++) {
        if (self->matches[i].first > match->last)
            break;
        if (drops(self, tokens, &self->matches[i], match))
            return true;
    }
    return false;
}

/* Whether `match` is to be preferred to one of the same category and start. */
static bool is_better(const cxm_matcher *self, const cxm_match *match, const cxm_match *kept) {
    if (match->last != kept->last)
        return match->last > kept->last;
    return self->lexicon->rules[match->rule].phrase < self->lexicon->rules[kept->rule].phrase;
}

/* Keeps the leftmost-longest matches of each category. */
static bool keep(cxm_matcher *self, const cxm_match *match) {
    cxm_category_place *place = &self->places[self->lexicon->rules[match->rule].category];
    bool before = place->sentence == self->sentence;
    if (before && place->first == match->first) {
        if (is_better(self, match, &self->kept[place->index])) {
            self->kept[place->index] = *match;
            place->last = match->last;
        }
        return true;
    }
    if (before && match->first <= place->last)
        return true;
    *place =
        (cxm_category_place){self->sentence, match->first, match->last, (uint32_t)self->kept_count};
    return append(self, &self->kept, &self->kept_count, &self->kept_capacity, *match);
}

/* Whether anything was found that something else could drop. */
static bool any_can_be_dropped(const cxm_matcher *self) {
    for (size_t i = 0; i < self->match_count; i++)
        if (can_be_dropped(&self->lexicon->rules[self->matches[i].rule]))
            return true;
    return false;
}

bool cxm_matcher_run(cxm_matcher *self, const cxm_tokens *tokens, uint32_t start,
                     const cxm_sentence *sentence, unsigned view) {
    cxm_range range = {.start = start, .sentence = sentence, .view = view};
    self->match_count = 0;
    self->kept_count = 0;
    self->sentence++;
    if (!find(self, tokens, &range, CXM_PHASE_HITS))
        return false;
    if (self->match_count == 0)
        return true;
    if (any_can_be_dropped(self) && !find(self, tokens, &range, CXM_PHASE_DROPS))
        return false;
    sort_matches(self);
    for (size_t i = 0; i < self->match_count; i++)
        if (self->lexicon->rules[self->matches[i].rule].kind == CXM_RULE_HIT &&
            !is_dropped(self, tokens, i) && !keep(self, &self->matches[i]))
            return false;
    return true;
}
