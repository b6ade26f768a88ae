/* SPDX-License-Identifier: MIT */
#include "diff.h"

#include "diagnostics.h"

#include <stdlib.h>

enum { GONE, COME };

bool cli_diff_begin(cli_diff *self, bool json, bool brief) {
    self->json = json;
    self->brief = brief;
    if (!cli_diff_number(self)) {
        cli_complain_memory();
        return false;
    }
    cli_diff_print_head(self);
    return true;
}

void cli_diff_clear(cli_diff *self) {
    for (size_t i = 0; i < self->agent_count; i++) {
        free(self->agents[i].name);
        free(self->agents[i].scores);
    }
    free(self->agents);
    free(self->order);
    cli_diff_clear_rows(&self->categories);
    cli_diff_clear_rows(&self->behaviors);
    cli_diff_clear_rows(&self->scorecards);
}

/* What both lexicons make of one transcript. */
typedef struct pair {
    cli_diff *diff;
    const char *path;
    const cxm_transcript *transcript;
    const cxm_result *results[2];
    const cxm_judgement *judgements[2];
    bool changed;
} pair;

static void tell(pair *self, cli_change *change) {
    change->first = !self->changed;
    change->path = self->path;
    change->transcript = self->transcript;
    self->changed = true;
    if (self->diff->brief)
        return;
    cli_diff_print_change(self->diff, change);
    self->diff->printed++;
}

/* ---- Hits and findings: both have a place ---- */

/* A hit or finding. */
typedef struct event {
    uint32_t turn;
    size_t start;
    size_t end;
    size_t row;     /* of categories or behaviors */
    uint32_t agent; /* the speaker's number; CXM_NONE: of no agent */
} event;

static size_t count_events(const pair *self, cli_change_kind kind, int side) {
    return kind == CLI_CHANGE_HIT ? self->results[side]->hit_count
                                  : self->judgements[side]->finding_count;
}

static event hit_at(const pair *self, int side, size_t index) {
    const cxm_hit *hit = &self->results[side]->hits[index];
    bool by_agent = self->results[side]->roles[hit->turn] == CXM_ROLE_AGENT;
    return (event){hit->turn, hit->start, hit->end,
                   self->diff->categories.number_of[side][hit->category],
                   by_agent ? cxm_transcript_speaker_of(self->transcript, hit->turn) : CXM_NONE};
}

static event finding_at(const pair *self, int side, size_t index) {
    const cxm_finding *finding = &self->judgements[side]->findings[index];
    return (event){finding->turn, finding->start, finding->end,
                   self->diff->behaviors.number_of[side][finding->behavior], finding->agent};
}

static event event_at(const pair *self, cli_change_kind kind, int side, size_t index) {
    return kind == CLI_CHANGE_HIT ? hit_at(self, side, index) : finding_at(self, side, index);
}

/* The order of hits and of findings; those of no place come last. Longer ones come first. */
static int compare_events(const event *a, const event *b) {
    if (a->turn != b->turn)
        return a->turn < b->turn ? -1 : 1;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->end != b->end)
        return a->end > b->end ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

/* Where there is nothing left of one side, the other comes. */
static int compare_at(const pair *self, cli_change_kind kind, size_t old, size_t new) {
    if (old == count_events(self, kind, GONE))
        return 1;
    if (new == count_events(self, kind, COME))
        return -1;
    event one = event_at(self, kind, GONE, old);
    event other = event_at(self, kind, COME, new);
    return compare_events(&one, &other);
}

static void count(const cli_diff *self, cli_diff_counts *counts, int side, bool changes) {
    counts->found[side]++;
    if (!changes)
        return;
    counts->changes[side]++;
    counts->conversations += counts->last_conversation != self->conversations;
    counts->last_conversation = self->conversations;
}

static void tell_event(pair *self, cli_change_kind kind, int side, size_t index, const event *at) {
    const cxm_lexicon *lexicon = self->diff->sides[side].lexicon;
    cli_change change = {
        .kind = kind, .side = side, .turn = at->turn, .start = at->start, .end = at->end};
    if (kind == CLI_CHANGE_HIT) {
        const cxm_phrase *phrase =
            cxm_lexicon_phrase(lexicon, self->results[side]->hits[index].phrase);
        change.name = cxm_lexicon_category(lexicon, phrase->category)->name;
        change.file = phrase->file;
        change.line = phrase->line;
        change.text = phrase->text;
    } else {
        const cxm_behavior *behavior =
            cxm_lexicon_behavior(lexicon, self->judgements[side]->findings[index].behavior);
        change.name = behavior->name;
        change.file = behavior->file;
        change.line = behavior->line;
        change.text = behavior->expression;
    }
    tell(self, &change);
}

/* Counts what one lexicon has, and tells it where the other has it not. */
static bool note(pair *self, cli_change_kind kind, int side, size_t index, bool changes) {
    cli_diff *diff = self->diff;
    event at = event_at(self, kind, side, index);
    cli_diff_rows *rows = kind == CLI_CHANGE_HIT ? &diff->categories : &diff->behaviors;
    count(diff, &rows->items[at.row].counts, side, changes);
    if (kind == CLI_CHANGE_HIT && at.agent != CXM_NONE) {
        cli_diff_agent *agent =
            cli_diff_find_agent(diff, cxm_transcript_speaker(self->transcript, at.agent));
        if (!agent)
            return false;
        count(diff, &agent->counts, side, changes);
    }
    if (changes)
        tell_event(self, kind, side, index, &at);
    return true;
}

static bool compare_all(pair *self, cli_change_kind kind) {
    size_t old = 0;
    size_t new = 0;
    bool good = true;
    while (good && (old < count_events(self, kind, GONE) || new < count_events(self, kind, COME))) {
        int order = compare_at(self, kind, old, new);
        if (order <= 0)
            good = note(self, kind, GONE, old++, order < 0);
        if (order >= 0)
            good = good && note(self, kind, COME, new ++, order > 0);
    }
    return good;
}

/* ---- Scores ---- */

/* The score of a scorecard for the conversation or an agent; NULL: there is none. */
static const cxm_score *find_score(const pair *self, int side, size_t row, uint32_t agent) {
    const cxm_judgement *judgement = self->judgements[side];
    for (size_t i = 0; i < judgement->score_count; i++) {
        const cxm_score *score = &judgement->scores[i];
        if (self->diff->scorecards.number_of[side][score->scorecard] == row &&
            score->agent == agent && score->applies)
            return score;
    }
    return NULL;
}

static bool same_score(const cxm_score *a, const cxm_score *b) {
    if (!a || !b)
        return a == b;
    return a->value - b->value < 1e-9 && b->value - a->value < 1e-9;
}

static bool add_scores(cli_diff_scores *sums, const cxm_score *const scores[2]) {
    bool changes = !same_score(scores[0], scores[1]);
    for (int side = 0; side < 2; side++)
        if (scores[side]) {
            sums->sums[side] += scores[side]->value;
            sums->scored[side]++;
        }
    sums->conversations += changes;
    return changes;
}

static bool compare_agents(pair *self, size_t row) {
    for (uint32_t speaker = 0; speaker < cxm_transcript_speaker_count(self->transcript);
         speaker++) {
        const cxm_score *scores[2] = {find_score(self, 0, row, speaker),
                                      find_score(self, 1, row, speaker)};
        if (!scores[0] && !scores[1])
            continue;
        cli_diff_agent *agent =
            cli_diff_find_agent(self->diff, cxm_transcript_speaker(self->transcript, speaker));
        if (!agent)
            return false;
        add_scores(&agent->scores[row], scores);
    }
    return true;
}

static bool compare_scores(pair *self) {
    cli_diff_rows *rows = &self->diff->scorecards;
    for (size_t row = 0; row < rows->count; row++) {
        cli_change change = {
            .kind = CLI_CHANGE_SCORE,
            .name = rows->items[row].name,
            .scores = {find_score(self, 0, row, CXM_NONE), find_score(self, 1, row, CXM_NONE)}};
        if (add_scores(&rows->items[row].scores, change.scores))
            tell(self, &change);
        if (!compare_agents(self, row))
            return false;
    }
    return true;
}

/* ---- A transcript ---- */

static bool count_turns(pair *self) {
    for (size_t i = 0; i < self->results[1]->turn_count; i++) {
        if (self->results[1]->roles[i] != CXM_ROLE_AGENT)
            continue;
        cxm_str name = cxm_transcript_turn(self->transcript, i)->speaker;
        cli_diff_agent *agent = cli_diff_find_agent(self->diff, name);
        if (!agent)
            return false;
        agent->turns++;
    }
    return true;
}

static bool judge(pair *self, int side) {
    cli_diff_side *by = &self->diff->sides[side];
    cxm_error error;
    if (cxm_mine(by->miner, self->transcript, &self->results[side], &error) == CXM_OK &&
        cxm_judge_run(by->judge, self->transcript, self->results[side], &self->judgements[side],
                      &error) == CXM_OK)
        return true;
    cli_report(&error);
    return false;
}

static bool add(cli_diff *diff, const char *path, const cxm_transcript *transcript) {
    pair self = {.diff = diff, .path = path, .transcript = transcript};
    if (!judge(&self, 0) || !judge(&self, 1))
        return false;
    diff->conversations++;
    bool good = count_turns(&self) && compare_all(&self, CLI_CHANGE_HIT) &&
                compare_all(&self, CLI_CHANGE_FINDING) && compare_scores(&self);
    diff->changed += self.changed;
    return good;
}

bool cli_diff_visit(void *user, const char *path, const cxm_transcript *transcript) {
    cli_diff *self = user;
    if (!add(self, path, transcript))
        self->transcripts.failed = true;
    return true;
}
