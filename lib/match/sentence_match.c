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
    self->pending = cxm_allocate(allocator, (lexicon->rule_count + 1) * sizeof *self->pending);
    self->places =
        cxm_allocate(allocator, (cxm_lexicon_all_categories(lexicon) + 1) * sizeof *self->places);
    bool recalls = cxm_recall_init(&self->recall, allocator);
    return cxm_seeker_init(&self->seeker, automaton, allocator, self->max_tokens) && recalls &&
           self->last_of_rule && self->pending && self->places;
}

void cxm_matcher_clear(cxm_matcher *self) {
    const cxm_allocator *allocator = &self->allocator;
    if (!self->lexicon)
        return;
    cxm_release(allocator, self->last_of_rule,
                (self->lexicon->rule_count + 1) * sizeof *self->last_of_rule);
    cxm_seeker_clear(&self->seeker);
    cxm_recall_clear(&self->recall);
    cxm_release(allocator, self->openings, self->opening_capacity * sizeof *self->openings);
    cxm_release(allocator, self->pending, (self->lexicon->rule_count + 1) * sizeof *self->pending);
    cxm_release(allocator, self->places,
                (cxm_lexicon_all_categories(self->lexicon) + 1) * sizeof *self->places);
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
static bool ends_before(const cxm_matcher *self, const cxm_range *range, uint32_t at) {
    enum { MOST_TOKENS = 16 };
    uint32_t end = range->sentence->end;
    return end - at <= MOST_TOKENS &&
           cxm_can_skip(self->automaton->symbols, range->tokens->items, at, end);
}

/* Rules found with the last token of a place; of those that wait for the end of the sentence the
 * last place is kept from which on the rest may be skipped: that rest is no part of them. */
static bool note_accepts(cxm_matcher *self, const cxm_range *range, const cxm_state_content *state,
                         uint32_t first, uint32_t last) {
    const uint32_t *rules = self->automaton->accepts + state->first_accept;
    for (uint32_t i = 0; i < state->accept_count; i++) {
        if (!(rules[i] & CXM_PENDING)) {
            if (!note(self, rules[i], first, last))
                return false;
            continue;
        }
        if (ends_before(self, range, last + 1))
            self->pending[rules[i] & ~(uint32_t)CXM_PENDING] = (cxm_pending){self->walk, last};
    }
    return true;
}

/* The rules that are found because the sentence ends, where this walk noted a place for them. */
static bool note_end(cxm_matcher *self, const cxm_range *range, const cxm_state_content *state,
                     uint32_t first) {
    const uint32_t *rules = self->automaton->accepts + state->first_accept + state->accept_count;
    uint32_t count = state->end_count + (range->sentence->asks ? state->question_count : 0);
    for (uint32_t i = 0; i < count; i++) {
        const cxm_pending *pending = &self->pending[rules[i]];
        if (pending->walk == self->walk && !note(self, rules[i], first, pending->last))
            return false;
    }
    return true;
}

/* What is found in a state that a walk has come to. */
static bool note_state(cxm_matcher *self, const cxm_range *range, cxm_state state, uint32_t first,
                       uint32_t last) {
    const cxm_state_content *here = cxm_state_content_of(self->automaton, state);
    return note_accepts(self, range, here, first, last) &&
           (last + 1 < range->sentence->end || note_end(self, range, here, first));
}

/* Follows the automaton from the token `first`, which started `state`, as far as it leads. */
static bool walk(cxm_matcher *self, const cxm_range *range, uint32_t first, cxm_state state) {
    const cxm_key *keys = self->seeker.keys;
    uint32_t end = range->sentence->end;
    uint32_t stop = end - first < self->max_tokens ? end : first + self->max_tokens;
    self->walk++;
    for (uint32_t at = first;;) {
        if (cxm_state_accepts(state) && !note_state(self, range, state, first, at))
            return false;
        if (++at == stop)
            return true;
        state = cxm_automaton_next(self->automaton, state, keys[at - range->start]);
        if (state <= CXM_STATE_DEAD)
            return state == CXM_STATE_DEAD;
    }
}

static bool add_opening(cxm_matcher *self, uint32_t at) {
    void *items = self->openings;
    if (!cxm_array_reserve(&self->allocator, &items, &self->opening_capacity,
                           self->opening_count + 1, sizeof *self->openings))
        return false;
    self->openings = items;
    self->openings[self->opening_count++] = at;
    return true;
}

/* Whether a token could be skipped, as its key tells. */
static bool may_skip(const cxm_matcher *self, const cxm_range *range, uint32_t at) {
    return self->seeker.keys[at - range->start] & (CXM_KEY_SKIPPED | CXM_KEY_FILLER);
}

/* A sentence also starts behind what may be skipped at its start; one that is resumed behind what
 * was taken out of it has no start. */
static bool find_openings(cxm_matcher *self, const cxm_range *range) {
    /* Bit k: it starts at `at` + k. */
    uint32_t starts = range->sentence->resumed ? 0 : 1;
    self->opening_count = 0;
    for (uint32_t at = range->start; starts && at < range->sentence->end; at++, starts >>= 1) {
        if (!(starts & 1))
            continue;
        if (!add_opening(self, at))
            return false;
        if (may_skip(self, range, at))
            starts |= cxm_skip_lens(self->automaton->symbols, range->tokens->items, at,
                                    range->sentence->end);
    }
    return true;
}

static bool is_opening(const cxm_matcher *self, uint32_t at) {
    size_t low = 0;
    size_t high = self->opening_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (self->openings[middle] < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < self->opening_count && self->openings[low] == at;
}

/* Finds a rule from a token on. */
static bool find_from(cxm_matcher *self, const cxm_range *range, uint32_t rule, uint32_t first,
                      bool opening) {
    cxm_key key = self->seeker.keys[first - range->start] & CXM_KEY_FIRST;
    cxm_state state = cxm_automaton_root(self->automaton, rule, opening);
    if (state > CXM_STATE_DEAD)
        state = cxm_automaton_leave_root(self->automaton, state, key);
    return state > CXM_STATE_DEAD ? walk(self, range, first, state) : state == CXM_STATE_DEAD;
}

/* Finds a rule from the token that its piece starts with, or from all up to that. */
static bool find_rule(cxm_matcher *self, const cxm_range *range, const cxm_candidate *candidate) {
    const cxm_rule *rule = &self->lexicon->rules[candidate->rule];
    uint32_t first = rule->piece_first ? candidate->last : range->start;
    if (rule->piece_whole)
        return note(self, candidate->rule, first, candidate->end);
    if (!rule->at_start) {
        for (uint32_t i = first; i <= candidate->last; i++)
            if (!find_from(self, range, candidate->rule, i, is_opening(self, i)))
                return false;
        return true;
    }
    for (size_t i = 0; i < self->opening_count && self->openings[i] <= candidate->last; i++)
        if (self->openings[i] >= first &&
            !find_from(self, range, candidate->rule, self->openings[i], true))
            return false;
    return true;
}

/* Finds the rules of a phase. */
static bool find(cxm_matcher *self, const cxm_range *range, cxm_phase phase) {
    if (!cxm_seeker_run(&self->seeker, range, phase))
        return false;
    if (self->seeker.candidate_count == 0)
        return true;
    if (!find_openings(self, range))
        return false;
    for (size_t i = 0; i < self->seeker.candidate_count; i++)
        if (!find_rule(self, range, &self->seeker.candidates[i]))
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
    return negator->last < match->first &&
           cxm_can_skip(self->automaton->symbols, tokens->items, negator->last + 1, match->first);
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

/* Finds what holds in a sentence. */
static bool search(cxm_matcher *self, const cxm_range *range) {
    const cxm_tokens *tokens = range->tokens;
    self->match_count = 0;
    self->sentence++;
    if (!find(self, range, CXM_PHASE_HITS))
        return false;
    if (self->match_count == 0)
        return true;
    if (any_can_be_dropped(self) && !find(self, range, CXM_PHASE_DROPS))
        return false;
    sort_matches(self);
    for (size_t i = 0; i < self->match_count; i++)
        if (self->lexicon->rules[self->matches[i].rule].kind == CXM_RULE_HIT &&
            !is_dropped(self, tokens, i) && !keep(self, &self->matches[i]))
            return false;
    return true;
}

/* Takes over what was found in a sentence like this. */
static bool recall(cxm_matcher *self, const cxm_range *range, const cxm_recalled *known) {
    for (uint32_t i = 0; i < known->match_count; i++) {
        cxm_match match = known->matches[i];
        match.first += range->start;
        match.last += range->start;
        if (!append(self, &self->kept, &self->kept_count, &self->kept_capacity, match))
            return false;
    }
    return true;
}

bool cxm_matcher_run(cxm_matcher *self, const cxm_tokens *tokens, uint32_t start,
                     const cxm_sentence *sentence, unsigned view) {
    cxm_range range = {.tokens = tokens, .start = start, .sentence = sentence, .view = view};
    self->kept_count = 0;
    const cxm_recalled *known = cxm_recall_find(&self->recall, &range);
    if (known)
        return recall(self, &range, known);
    if (!search(self, &range))
        return false;
    cxm_recall_keep(&self->recall, &range, self->kept, self->kept_count);
    return true;
}
