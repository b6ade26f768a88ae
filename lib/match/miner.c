/* SPDX-License-Identifier: MIT */
#include "match/miner.h"

#include "base/error.h"
#include "base/str.h"
#include "transcript/transcript.h"

static cxm_status init(cxm_miner *self, const cxm_lexicon *lexicon,
                       const cxm_miner_options *options, cxm_error *error) {
    enum { DEFAULT_CACHE_BYTES = 512 << 20, DEFAULT_WORDS = 1000000 };
    const cxm_allocator *allocator = &self->allocator;
    size_t cache_bytes = options->cache_bytes ? options->cache_bytes : DEFAULT_CACHE_BYTES;
    size_t max_words = options->max_words ? options->max_words : DEFAULT_WORDS;
    self->lexicon = lexicon;
    cxm_tokens_init(&self->tokens, allocator);
    cxm_batch_init(&self->batch, allocator);
    cxm_role_vote_init(&self->vote, lexicon, allocator);
    self->no_vote = options->no_role_vote;
    cxm_arena_init(&self->shown.strings, allocator);
    cxm_buffer_init(&self->shown.text, allocator);
    cxm_symbols *symbols = &self->words.symbols;
    cxm_capturer_init(&self->capturer, symbols, allocator);
    if (!cxm_words_init(&self->words, lexicon, allocator, max_words) ||
        !cxm_automaton_init(&self->automaton, symbols, allocator, cache_bytes - cache_bytes / 4) ||
        !cxm_matcher_init(&self->matcher, &self->automaton, allocator))
        return cxm_fail_memory(error);
    self->words.mend_slips = !options->no_typing_slips;
    self->words.part_glued = !options->no_glued_words && !options->no_repair;
    self->tokens.repair = !options->no_repair;
    return CXM_OK;
}

cxm_status cxm_miner_new(const cxm_lexicon *lexicon, const cxm_miner_options *options,
                         cxm_miner **out, cxm_error *error) {
    cxm_miner_options read = CXM_MINER_OPTIONS_INIT;
    *out = NULL;
    if (!lexicon || !cxm_options_read(&read, sizeof read, options))
        return cxm_fail(error, CXM_E_ARGUMENT, "a miner takes a lexicon and initialized options");
    cxm_allocator allocator = cxm_allocator_or_default(read.allocator);
    cxm_miner *self = cxm_allocate(&allocator, sizeof *self);
    if (!self)
        return cxm_fail_memory(error);
    self->allocator = allocator;
    cxm_status status = init(self, lexicon, &read, error);
    if (status != CXM_OK) {
        cxm_miner_free(self);
        return status;
    }
    *out = self;
    return CXM_OK;
}

void cxm_miner_free(cxm_miner *self) {
    if (!self)
        return;
    cxm_allocator allocator = self->allocator;
    cxm_matcher_clear(&self->matcher);
    cxm_automaton_clear(&self->automaton);
    cxm_words_clear(&self->words);
    cxm_tokens_clear(&self->tokens);
    cxm_batch_clear(&self->batch);
    cxm_release(&allocator, self->spoken, self->spoken_capacity * sizeof *self->spoken);
    cxm_capturer_clear(&self->capturer);
    cxm_release(&allocator, self->hits, self->hit_capacity * sizeof *self->hits);
    cxm_release(&allocator, self->captures, self->capture_capacity * sizeof *self->captures);
    cxm_release(&allocator, self->shown_hits, self->shown_hit_capacity * sizeof *self->shown_hits);
    cxm_release(&allocator, self->turn_words, self->turn_word_capacity * sizeof *self->turn_words);
    cxm_release(&allocator, self->roles, self->role_capacity * sizeof *self->roles);
    cxm_release(&allocator, self->role_sources,
                self->role_source_capacity * sizeof *self->role_sources);
    cxm_release(&allocator, self->role_confidences,
                self->role_confidence_capacity * sizeof *self->role_confidences);
    cxm_role_vote_clear(&self->vote);
    cxm_release(&allocator, self->speaker_roles,
                self->speaker_capacity * sizeof *self->speaker_roles);
    cxm_release(&allocator, self->shown.items, self->shown.capacity * sizeof *self->shown.items);
    cxm_buffer_clear(&self->shown.text);
    cxm_arena_clear(&self->shown.strings);
    cxm_release(&allocator, self, sizeof *self);
}

/* Room for what is known of the role of each turn and speaker. */
static bool reserve_roles(cxm_miner *self, size_t turns, size_t speakers) {
    void *roles = self->roles;
    void *sources = self->role_sources;
    void *confidences = self->role_confidences;
    void *speaker_roles = self->speaker_roles;
    const cxm_allocator *allocator = &self->allocator;
    bool reserved =
        cxm_array_reserve(allocator, &roles, &self->role_capacity, turns, sizeof *self->roles) &&
        cxm_array_reserve(allocator, &sources, &self->role_source_capacity, turns,
                          sizeof *self->role_sources) &&
        cxm_array_reserve(allocator, &confidences, &self->role_confidence_capacity, turns,
                          sizeof *self->role_confidences) &&
        cxm_array_reserve(allocator, &speaker_roles, &self->speaker_capacity, speakers,
                          sizeof *self->speaker_roles);
    self->roles = roles;
    self->role_sources = sources;
    self->role_confidences = confidences;
    self->speaker_roles = speaker_roles;
    return reserved;
}

/* The role of a turn as it says, or as the label of its speaker does; not that of a label where the
 * caller wants it to be unknown. */
static void assign_role(cxm_miner *self, const cxm_transcript *transcript, size_t index) {
    const cxm_turn *turn = cxm_transcript_turn(transcript, index);
    self->roles[index] = turn->role;
    self->role_sources[index] = turn->role_source;
    if (turn->role == CXM_ROLE_UNKNOWN && turn->role_source != CXM_ROLE_FROM_RULE) {
        cxm_role role = self->speaker_roles[cxm_transcript_speaker_of(transcript, index)];
        self->roles[index] = role;
        self->role_sources[index] =
            role == CXM_ROLE_UNKNOWN ? CXM_ROLE_FROM_NOTHING : CXM_ROLE_FROM_LABEL;
    }
    self->role_confidences[index] = self->roles[index] != CXM_ROLE_UNKNOWN;
}

/* All roles come before mining: what is looked for in a turn depends on its role. */
static bool assign_roles(cxm_miner *self, const cxm_transcript *transcript) {
    size_t turns = cxm_transcript_turn_count(transcript);
    size_t speakers = cxm_transcript_speaker_count(transcript);
    if (!reserve_roles(self, turns, speakers))
        return false;
    for (size_t i = 0; i < speakers; i++)
        self->speaker_roles[i] =
            cxm_lexicon_role_of(self->lexicon, cxm_transcript_speaker(transcript, i));
    for (size_t i = 0; i < turns; i++)
        assign_role(self, transcript, i);
    cxm_turn_roles known = {self->roles, self->role_sources, self->role_confidences};
    return self->no_vote || cxm_role_vote_run(&self->vote, transcript, &known);
}

/* The last known time at or before a place of a turn. */
static double time_at(const cxm_turn *turn, size_t offset) {
    size_t low = 0; /* marks in front of it are at or before the place */
    size_t high = turn->mark_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (turn->marks[middle].offset <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? turn->marks[low - 1].seconds : turn->start;
}

/* Keeps the captures of a hit; their number is all that the hit knows of them for now. */
static bool add_captures(cxm_miner *self, const cxm_found *found, cxm_hit *hit) {
    uint32_t starts[CXM_PROGRAM_MAX_CAPTURES];
    uint32_t ends[CXM_PROGRAM_MAX_CAPTURES];
    const cxm_rule *rule = found->rule;
    void *items = self->captures;
    if (rule->capture_count == 0)
        return true;
    if (!cxm_array_reserve(&self->allocator, &items, &self->capture_capacity,
                           self->capture_count + rule->capture_count, sizeof *self->captures))
        return false;
    self->captures = items;
    if (!cxm_capturer_run(&self->capturer, self->batch.tokens, found, starts, ends))
        return false;
    for (uint32_t i = 0; i < rule->capture_count; i++) {
        if (starts[i] == ends[i])
            continue;
        self->captures[self->capture_count++] =
            (cxm_capture){rule->captures[i], starts[i], ends[i]};
        hit->capture_count++;
    }
    return true;
}

static bool add_hit(cxm_miner *self, const cxm_range *range, const cxm_found *found) {
    const cxm_lexeme *tokens = self->batch.tokens;
    const cxm_spoken *spoken = &self->spoken[range->turn];
    void *items = self->hits;
    if (!cxm_array_reserve(&self->allocator, &items, &self->hit_capacity,
                           self->result.hit_count + 1, sizeof *self->hits))
        return false;
    self->hits = items;
    cxm_hit *hit = &self->hits[self->result.hit_count];
    *hit = (cxm_hit){.category = found->rule->category,
                     .phrase = found->rule->phrase,
                     .turn = spoken->index,
                     .start = tokens[found->first].start,
                     .end = tokens[found->last].end,
                     .first_word = range->word + found->first - range->start,
                     .last_word = range->word + found->last - range->start,
                     .time = time_at(spoken->turn, tokens[found->first].start)};
    for (uint32_t i = found->first; i <= found->last; i++)
        hit->typing_slip |= (tokens[i].flags & CXM_TOKEN_TYPING_SLIP) != 0;
    if (!add_captures(self, found, hit))
        return false;
    self->result.hit_count++;
    return true;
}

static bool is_before(const cxm_hit *a, const cxm_hit *b) {
    if (a->start != b->start)
        return a->start < b->start;
    if (a->end != b->end)
        return a->end > b->end;
    return a->category < b->category;
}

/* Captures stand in the order in which hits were found; this links them before hits are sorted. */
static void link_captures(cxm_miner *self, const cxm_open_turn *open) {
    size_t first_capture = open->first_capture;
    for (size_t i = open->first_hit; i < self->result.hit_count; i++) {
        cxm_hit *hit = &self->hits[i];
        /* An index until all are found, since the array may still move. */
        hit->captures = (const cxm_capture *)(uintptr_t)first_capture;
        first_capture += hit->capture_count;
    }
}

/* By insertion: the hits of a turn are nearly in order. */
static void sort_hits(cxm_miner *self, size_t first) {
    for (size_t i = first + 1; i < self->result.hit_count; i++) {
        cxm_hit hit = self->hits[i];
        size_t at = i;
        for (; at > first && is_before(&hit, &self->hits[at - 1]); at--)
            self->hits[at] = self->hits[at - 1];
        self->hits[at] = hit;
    }
}

/* Puts the hits of the turn that is open in order. */
static void close_turn(cxm_miner *self) {
    link_captures(self, &self->open);
    sort_hits(self, self->open.first_hit);
}

/* Adds the hits of a sentence of the batch. */
static bool add_hits(cxm_miner *self, const cxm_range *range, const cxm_kept *kept) {
    uint32_t turn = self->spoken[range->turn].index;
    if (kept->count && turn != self->open.index) {
        close_turn(self);
        self->open = (cxm_open_turn){turn, self->result.hit_count, self->capture_count};
    }
    for (size_t i = 0; i < kept->count; i++) {
        const cxm_match *match = &self->matcher.kept[kept->first + i];
        cxm_found found = {.rule = &self->lexicon->rules[match->rule],
                           .first = match->first,
                           .last = match->last,
                           .sentence_start = range->start,
                           .sentence_end = range->end,
                           .asks = range->asks};
        if (!add_hit(self, range, &found))
            return false;
    }
    return true;
}

static bool mine_batch(cxm_miner *self) {
    if (!cxm_matcher_run(&self->matcher, &self->batch))
        return false;
    for (size_t i = 0; i < self->batch.sentence_count; i++)
        if (!add_hits(self, &self->batch.sentences[i], &self->matcher.sentences[i]))
            return false;
    cxm_batch_reset(&self->batch);
    self->spoken_count = 0;
    return true;
}

static bool add_spoken(cxm_miner *self, const cxm_spoken *spoken) {
    void *items = self->spoken;
    if (!cxm_array_reserve(&self->allocator, &items, &self->spoken_capacity, self->spoken_count + 1,
                           sizeof *self->spoken))
        return false;
    self->spoken = items;
    self->spoken[self->spoken_count++] = *spoken;
    return true;
}

bool cxm_miner_add(cxm_miner *self, const cxm_spoken *spoken, size_t count) {
    unsigned view = cxm_view_index(spoken->role);
    uint32_t words = count ? self->tokens.sentences[count - 1].end : 0;
    if (!add_spoken(self, spoken))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (cxm_batch_is_full(&self->batch) && !(mine_batch(self) && add_spoken(self, spoken)))
            return false;
        if (!cxm_batch_add(&self->batch, &self->tokens, i, (uint32_t)self->spoken_count - 1, view))
            return false;
    }
    self->result.word_count += words;
    self->result.role_words[spoken->role] += words;
    return true;
}

/* Points hits at their captures, once all are found. */
static void point_captures(cxm_miner *self) {
    for (size_t i = 0; i < self->result.hit_count; i++) {
        cxm_hit *hit = &self->hits[i];
        hit->captures = hit->capture_count ? self->captures + (uintptr_t)hit->captures : NULL;
    }
}

void cxm_miner_begin(cxm_miner *self) {
    cxm_batch_reset(&self->batch);
    self->spoken_count = 0;
    self->capture_count = 0;
    self->open = (cxm_open_turn){.index = UINT32_MAX};
}

bool cxm_miner_finish(cxm_miner *self) {
    if (!mine_batch(self))
        return false;
    close_turn(self);
    point_captures(self);
    return true;
}

static bool mine_turn(cxm_miner *self, const cxm_transcript *transcript, uint32_t index) {
    const cxm_turn *turn = cxm_transcript_turn(transcript, index);
    if (turn->kind != CXM_TURN_SPEECH)
        return true;
    if (!cxm_tokens_make(&self->tokens, &self->words, turn->text))
        return false;
    cxm_words_keep_bounded(&self->words);
    self->turn_words[index] = (uint32_t)self->tokens.count;
    cxm_spoken spoken = {.turn = turn, .index = index, .role = self->roles[index]};
    return cxm_miner_add(self, &spoken, self->tokens.sentence_count);
}

/* The longest turn that spans can count. */
static cxm_status check_turns(const cxm_transcript *transcript, cxm_error *error) {
    size_t turns = cxm_transcript_turn_count(transcript);
    if (turns > UINT32_MAX)
        return cxm_fail(error, CXM_E_LIMIT, "a transcript takes fewer than 2^32 turns");
    for (size_t i = 0; i < turns; i++)
        if (cxm_transcript_turn(transcript, i)->text.len > CXM_TURN_MAX_BYTES)
            return cxm_fail(error, CXM_E_LIMIT, "turn %zu: a turn takes less than 4 GiB", i + 1);
    return CXM_OK;
}

static bool reset_turn_words(cxm_miner *self, size_t turns) {
    void *items = self->turn_words;
    if (!cxm_array_reserve(&self->allocator, &items, &self->turn_word_capacity, turns,
                           sizeof *self->turn_words))
        return false;
    self->turn_words = items;
    if (turns)
        memset(items, 0, turns * sizeof *self->turn_words);
    return true;
}

/* What users are shown: all hits but those of hidden categories. */
static bool show_hits(cxm_miner *self) {
    cxm_result *result = &self->result;
    void *items = self->shown_hits;
    result->all_hits = self->hits;
    result->all_hit_count = result->hit_count;
    result->hits = self->hits;
    if (!self->lexicon->hidden_count)
        return true;
    if (!cxm_array_reserve(&self->allocator, &items, &self->shown_hit_capacity, result->hit_count,
                           sizeof *self->shown_hits))
        return false;
    self->shown_hits = items;
    result->hits = items;
    result->hit_count = 0;
    for (size_t i = 0; i < result->all_hit_count; i++)
        if (self->hits[i].category < self->lexicon->category_count)
            self->shown_hits[result->hit_count++] = self->hits[i];
    return true;
}

cxm_status cxm_mine(cxm_miner *self, const cxm_transcript *transcript, const cxm_result **result,
                    cxm_error *error) {
    *result = NULL;
    if (!transcript)
        return cxm_fail(error, CXM_E_ARGUMENT, "mining takes a transcript");
    cxm_status status = check_turns(transcript, error);
    if (status != CXM_OK)
        return status;
    size_t turns = cxm_transcript_turn_count(transcript);
    self->result = (cxm_result){.turn_count = turns};
    cxm_miner_begin(self);
    if (!assign_roles(self, transcript) || !reset_turn_words(self, turns))
        return cxm_fail_memory(error);
    for (size_t i = 0; i < turns; i++)
        if (!mine_turn(self, transcript, (uint32_t)i))
            return cxm_fail_memory(error);
    if (!cxm_miner_finish(self) || !show_hits(self))
        return cxm_fail_memory(error);
    self->result.roles = self->roles;
    self->result.role_sources = self->role_sources;
    self->result.role_confidences = self->role_confidences;
    self->result.turn_words = self->turn_words;
    *result = &self->result;
    return CXM_OK;
}
