/* SPDX-License-Identifier: MIT */
#include "match/role_vote.h"

#include "base/str.h"
#include "transcript/transcript.h"

#include <math.h>

enum {
    MOST_VOTERS = 64, /* speakers; of the rest nothing is decided */
    MOST_WORDS = 300, /* of a speaker that are looked at: who they are is said early */
    NOISE_WORDS = 60, /* that take one more of log odds: who talks much says everything once */
};

/* Log odds: from what on a role is decided where few words were said, and what it tells that the
 * one other speaker is known. */
static const double sure = 2.2;
static const double complement = 2.5;

/* Words are never the whole truth. */
static const double most_sure = 0.99;

void cxm_role_vote_init(cxm_role_vote *self, const cxm_lexicon *lexicon,
                        const cxm_allocator *allocator) {
    *self = (cxm_role_vote){.lexicon = lexicon, .allocator = *allocator};
    cxm_scan_init(&self->scan, allocator);
}

void cxm_role_vote_clear(cxm_role_vote *self) {
    const cxm_allocator *allocator = &self->allocator;
    if (!self->lexicon)
        return;
    cxm_scan_clear(&self->scan);
    cxm_release(allocator, self->voter_of, self->speaker_capacity * sizeof *self->voter_of);
    cxm_release(allocator, self->voters, self->voter_capacity * sizeof *self->voters);
    cxm_release(allocator, self->seen, self->seen_capacity);
}

/* ---- Who votes ---- */

/* Whether the role of a turn is open: nobody said anything, not even that it be unknown. Who has
 * no name may be anybody. */
static bool is_open(const cxm_transcript *transcript, const cxm_turn_roles *turns, size_t turn) {
    const cxm_turn *at = cxm_transcript_turn(transcript, turn);
    return turns->roles[turn] == CXM_ROLE_UNKNOWN && at->role_source != CXM_ROLE_FROM_RULE &&
           at->speaker.len > 0;
}

static bool has_open(const cxm_transcript *transcript, const cxm_turn_roles *turns) {
    size_t count = cxm_transcript_turn_count(transcript);
    for (size_t i = 0; i < count; i++)
        if (is_open(transcript, turns, i))
            return true;
    return false;
}

static bool reserve(cxm_role_vote *self, size_t speakers) {
    size_t voters = speakers < MOST_VOTERS ? speakers : MOST_VOTERS;
    size_t bytes = voters * (self->lexicon->language.cues.count / 8 + 1);
    void *voter_of = self->voter_of;
    void *items = self->voters;
    void *seen = self->seen;
    bool reserved = cxm_array_reserve(&self->allocator, &voter_of, &self->speaker_capacity,
                                      speakers, sizeof *self->voter_of) &&
                    cxm_array_reserve(&self->allocator, &items, &self->voter_capacity, voters,
                                      sizeof *self->voters) &&
                    cxm_array_reserve(&self->allocator, &seen, &self->seen_capacity, bytes, 1);
    self->voter_of = voter_of;
    self->voters = items;
    self->seen = seen;
    if (!reserved)
        return false;
    memset(self->seen, 0, bytes);
    for (size_t i = 0; i < speakers; i++)
        self->voter_of[i] = UINT32_MAX;
    return true;
}

/* Makes voters of all who take part in the conversation: of open role, or agents and customers. */
static void find_voters(cxm_role_vote *self, const cxm_transcript *transcript,
                        const cxm_turn_roles *turns) {
    size_t count = cxm_transcript_turn_count(transcript);
    self->voter_count = 0;
    for (size_t i = 0; i < count; i++) {
        cxm_role role = turns->roles[i];
        uint32_t speaker = cxm_transcript_speaker_of(transcript, i);
        bool known = role == CXM_ROLE_AGENT || role == CXM_ROLE_CUSTOMER;
        if (self->voter_of[speaker] != UINT32_MAX || self->voter_count == MOST_VOTERS ||
            cxm_transcript_turn(transcript, i)->kind != CXM_TURN_SPEECH ||
            (!known && !is_open(transcript, turns, i)))
            continue;
        self->voter_of[speaker] = (uint32_t)self->voter_count;
        self->voters[self->voter_count++] = (cxm_voter){.speaker = speaker, .role = role};
    }
}

/* ---- What they say ---- */

/* Counts a cue for a voter, once. */
static void count_cue(cxm_role_vote *self, size_t voter, size_t cue) {
    const cxm_role_cues *cues = &self->lexicon->language.cues;
    unsigned char *seen = self->seen + voter * (cues->count / 8 + 1) + cue / 8;
    unsigned char bit = (unsigned char)(1u << cue % 8);
    if (*seen & bit)
        return;
    *seen |= bit;
    self->voters[voter].score += cues->weights[cue];
}

/* Sequences of words that may become cues: one begun at each of the last words. */
typedef struct sequences {
    cxm_cue_key items[CXM_CUE_MAX_WORDS];
    size_t count;
} sequences;

/* Adds a word to all sequences, and begins one with it. Those that lead nowhere are dropped. */
static void push(cxm_role_vote *self, size_t voter, sequences *open, cxm_str word) {
    size_t kept = 0;
    if (open->count < CXM_CUE_MAX_WORDS)
        open->items[open->count++].len = 0;
    for (size_t i = 0; i < open->count; i++) {
        cxm_cue_key *key = &open->items[i];
        size_t cue = cxm_role_cues_next(&self->lexicon->language.cues, key, word);
        if (cue == SIZE_MAX)
            continue;
        count_cue(self, voter, cue);
        if (kept != i)
            open->items[kept] = *key;
        kept++;
    }
    open->count = kept;
}

/* The punctuation between two words: ends of sentences and questions are words of cues, too. */
static void punctuate(cxm_role_vote *self, size_t voter, sequences *open, cxm_str between) {
    for (size_t i = 0; i < between.len; i++) {
        char c = between.ptr[i];
        if (c == '?')
            push(self, voter, open, CXM_CUE_QUESTION);
        if (c == '?' || c == '!' || c == '.' || c == '\n') {
            open->count = 0;
            push(self, voter, open, CXM_CUE_START);
            return;
        }
    }
}

/* Counts the cues of a turn. */
static bool listen(cxm_role_vote *self, size_t voter, cxm_str text) {
    sequences open = {.count = 0};
    cxm_voter *speaker = &self->voters[voter];
    if (!cxm_scan_text(&self->scan, text))
        return false;
    push(self, voter, &open, CXM_CUE_START);
    for (size_t i = 0; i < self->scan.span_count && speaker->words < MOST_WORDS; i++) {
        cxm_span span = self->scan.spans[i];
        size_t next = i + 1 < self->scan.span_count ? self->scan.spans[i + 1].start : text.len;
        cxm_cue_key word;
        if (cxm_cue_word(cxm_str_slice(text, span.start, span.end), &word))
            push(self, voter, &open, (cxm_str){word.text, word.len});
        else
            open.count = 0;
        punctuate(self, voter, &open, cxm_str_slice(text, span.end, next));
        speaker->words++;
    }
    return true;
}

static bool listen_to_all(cxm_role_vote *self, const cxm_transcript *transcript) {
    size_t count = cxm_transcript_turn_count(transcript);
    for (size_t i = 0; i < count; i++) {
        const cxm_turn *turn = cxm_transcript_turn(transcript, i);
        uint32_t voter = self->voter_of[cxm_transcript_speaker_of(transcript, i)];
        if (voter == UINT32_MAX || turn->kind != CXM_TURN_SPEECH ||
            self->voters[voter].words >= MOST_WORDS)
            continue;
        if (!listen(self, voter, turn->text))
            return false;
    }
    return true;
}

/* ---- What follows from it ---- */

/* Gives a voter the role that log odds for an agent tell, where so many words tell one. */
static void decide(cxm_voter *voter, double odds, size_t words) {
    double needed = sure + (double)words / NOISE_WORDS;
    if (voter->role != CXM_ROLE_UNKNOWN || fabs(odds) < needed)
        return;
    voter->role = odds > 0 ? CXM_ROLE_AGENT : CXM_ROLE_CUSTOMER;
    voter->confidence = fmin(most_sure, 1 / (1 + exp(-fabs(odds) * sure / needed)));
}

/* What the role of the other tells of one of two. */
static double odds_beside(cxm_role other) {
    return other == CXM_ROLE_AGENT ? -complement : complement;
}

static void decide_pair(cxm_voter *one, cxm_voter *other) {
    double odds = one->score - other->score;
    size_t words = one->words < other->words ? one->words : other->words;
    if (one->role == CXM_ROLE_UNKNOWN && other->role == CXM_ROLE_UNKNOWN) {
        /* Two who both talk like agents are colleagues. */
        if (one->score * other->score > 0 && words >= MOST_WORDS)
            return;
        decide(one, odds, words);
        decide(other, -odds, words);
        return;
    }
    cxm_voter *open = one->role == CXM_ROLE_UNKNOWN ? one : other;
    decide(open, open->score + odds_beside(open == one ? other->role : one->role), 0);
}

static void decide_all(cxm_role_vote *self) {
    if (self->voter_count == 2) {
        decide_pair(&self->voters[0], &self->voters[1]);
        return;
    }
    for (size_t i = 0; i < self->voter_count; i++)
        decide(&self->voters[i], self->voters[i].score, self->voters[i].words);
}

bool cxm_role_vote_run(cxm_role_vote *self, const cxm_transcript *transcript,
                       const cxm_turn_roles *turns) {
    size_t count = cxm_transcript_turn_count(transcript);
    if (self->lexicon->language.cues.count == 0 || !has_open(transcript, turns))
        return true;
    if (!reserve(self, cxm_transcript_speaker_count(transcript)))
        return false;
    find_voters(self, transcript, turns);
    if (!listen_to_all(self, transcript))
        return false;
    decide_all(self);
    for (size_t i = 0; i < count; i++) {
        uint32_t voter = self->voter_of[cxm_transcript_speaker_of(transcript, i)];
        if (voter == UINT32_MAX || self->voters[voter].role == CXM_ROLE_UNKNOWN ||
            !is_open(transcript, turns, i))
            continue;
        turns->roles[i] = self->voters[voter].role;
        turns->sources[i] = CXM_ROLE_FROM_WORDS;
        turns->confidences[i] = self->voters[voter].confidence;
    }
    return true;
}
