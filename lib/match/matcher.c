/* SPDX-License-Identifier: MIT */
#include "match/matcher.h"

#include "match/fillers.h"

bool cxm_matcher_init(cxm_matcher *self, cxm_automaton *automaton, const cxm_allocator *allocator) {
    const cxm_lexicon *lexicon = automaton->lexicon;
    *self = (cxm_matcher){.lexicon = lexicon, .automaton = automaton, .allocator = *allocator};
    self->places =
        cxm_allocate(allocator, (cxm_lexicon_all_categories(lexicon) + 1) * sizeof *self->places);
    bool recalls = cxm_recall_init(&self->recall, allocator);
    return cxm_finder_init(&self->finder, automaton, allocator) && recalls && self->places;
}

void cxm_matcher_clear(cxm_matcher *self) {
    const cxm_allocator *allocator = &self->allocator;
    if (!self->lexicon)
        return;
    cxm_finder_clear(&self->finder);
    cxm_recall_clear(&self->recall);
    cxm_release(allocator, self->unknown, self->unknown_capacity * sizeof *self->unknown);
    cxm_release(allocator, self->doubtful, self->doubtful_capacity * sizeof *self->doubtful);
    cxm_release(allocator, self->sentences, self->sentence_capacity * sizeof *self->sentences);
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
static bool negates(const cxm_matcher *self, const cxm_lexeme *tokens, const cxm_match *negator,
                    const cxm_match *match) {
    return negator->last < match->first &&
           cxm_can_skip(self->automaton->symbols, tokens, negator->last + 1, match->first);
}

/* Whether another rule that was found drops a match. */
static bool drops(const cxm_matcher *self, const cxm_lexeme *tokens, const cxm_match *other,
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
static bool is_dropped(const cxm_matcher *self, const cxm_lexeme *tokens, size_t index) {
    const cxm_match *match = &self->matches[index];
    if (!can_be_dropped(&self->lexicon->rules[match->rule]))
        return false;
    for (size_t i = index; i-- > 0;) {
        /* Before a match may stand its negator, and fillers between them. */
        if (self->matches[i].first + 2 * self->finder.max_tokens < match->first)
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

/* Takes over what was found in a sentence like this. */
static bool recall(cxm_matcher *self, uint32_t start, const cxm_recalled *known) {
    for (uint32_t i = 0; i < known->match_count; i++) {
        cxm_match match = known->matches[i];
        match.first += start;
        match.last += start;
        if (!append(self, &self->kept, &self->kept_count, &self->kept_capacity, match))
            return false;
    }
    return true;
}

/* Recalls what was found in sentences that are known, and lists the others. */
static bool recall_all(cxm_matcher *self, const cxm_batch *batch) {
    for (uint32_t i = 0; i < batch->sentence_count; i++) {
        const cxm_range *range = &batch->sentences[i];
        cxm_kept *kept = &self->sentences[i];
        kept->first = self->kept_count;
        const cxm_recalled *known =
            cxm_recall_find(&self->recall, batch->tokens, range, &kept->key);
        if (!known)
            self->unknown[self->unknown_count++] = i;
        else if (!recall(self, range->start, known))
            return false;
        kept->count = self->kept_count - kept->first;
    }
    return true;
}

static bool reserve(cxm_matcher *self, size_t count) {
    const cxm_allocator *allocator = &self->allocator;
    void *sentences = self->sentences;
    void *unknown = self->unknown;
    void *doubtful = self->doubtful;
    bool reserved = cxm_array_reserve(allocator, &sentences, &self->sentence_capacity, count,
                                      sizeof *self->sentences) &&
                    cxm_array_reserve(allocator, &unknown, &self->unknown_capacity, count,
                                      sizeof *self->unknown) &&
                    cxm_array_reserve(allocator, &doubtful, &self->doubtful_capacity, count,
                                      sizeof *self->doubtful);
    self->sentences = sentences;
    self->unknown = unknown;
    self->doubtful = doubtful;
    return reserved;
}

/* Lists the sentences in which something was found that something else could drop. */
static void list_doubtful(cxm_matcher *self) {
    const cxm_trials *hits = &self->finder.trials[CXM_PHASE_HITS];
    self->doubtful_count = 0;
    for (size_t i = 0; i < hits->count; i++) {
        uint32_t sentence = hits->items[i].sentence;
        if (can_be_dropped(&self->lexicon->rules[hits->items[i].rule]) &&
            (self->doubtful_count == 0 || self->doubtful[self->doubtful_count - 1] != sentence))
            self->doubtful[self->doubtful_count++] = sentence;
    }
}

/* Takes what was found in a sentence, of the trials from `*at` on. */
static bool take_matches(cxm_matcher *self, const cxm_trials *trials, size_t *at,
                         uint32_t sentence) {
    for (; *at < trials->count && trials->items[*at].sentence == sentence; ++*at) {
        const cxm_trial *trial = &trials->items[*at];
        if (!append(self, &self->matches, &self->match_count, &self->match_capacity,
                    (cxm_match){trial->rule, trial->first, trial->last}))
            return false;
    }
    return true;
}

/* Keeps what holds of the matches of a sentence. */
static bool settle(cxm_matcher *self, const cxm_batch *batch) {
    self->sentence++;
    sort_matches(self);
    for (size_t i = 0; i < self->match_count; i++)
        if (self->lexicon->rules[self->matches[i].rule].kind == CXM_RULE_HIT &&
            !is_dropped(self, batch->tokens, i) && !keep(self, &self->matches[i]))
            return false;
    return true;
}

/* Keeps what holds in the sentences that were not known. */
static bool settle_all(cxm_matcher *self, const cxm_batch *batch) {
    const cxm_trials *trials = self->finder.trials;
    size_t at[CXM_PHASE_COUNT] = {0};
    for (size_t i = 0; i < self->unknown_count; i++) {
        uint32_t number = self->unknown[i];
        cxm_kept *kept = &self->sentences[number];
        self->match_count = 0;
        kept->first = self->kept_count;
        for (int phase = 0; phase < CXM_PHASE_COUNT; phase++)
            if (!take_matches(self, &trials[phase], &at[phase], number))
                return false;
        if (self->match_count && !settle(self, batch))
            return false;
        kept->count = self->kept_count - kept->first;
        const cxm_match *matches = kept->count ? &self->kept[kept->first] : NULL;
        cxm_recall_keep(&self->recall, batch->tokens, &batch->sentences[number], &kept->key,
                        matches, kept->count);
    }
    return true;
}

bool cxm_matcher_run(cxm_matcher *self, const cxm_batch *batch) {
    self->kept_count = 0;
    self->unknown_count = 0;
    if (!reserve(self, batch->sentence_count) || !recall_all(self, batch) ||
        !cxm_finder_run(&self->finder, batch, self->unknown, self->unknown_count, CXM_PHASE_HITS))
        return false;
    list_doubtful(self);
    return cxm_finder_run(&self->finder, batch, self->doubtful, self->doubtful_count,
                          CXM_PHASE_DROPS) &&
           settle_all(self, batch);
}
