/* SPDX-License-Identifier: MIT */
/* The evaluator that is plainly right. */
#include "judging.h"

typedef struct slow {
    const cxm_lexicon *lexicon;
    const cxm_transcript *transcript;
    const cxm_result *result;
    size_t turns;
} slow;

static const cxm_turn *turn_at(const slow *self, size_t turn) {
    return cxm_transcript_turn(self->transcript, turn);
}

static bool is_speech(const slow *self, size_t turn) {
    return turn_at(self, turn)->kind == CXM_TURN_SPEECH;
}

static bool of_roles(const slow *self, size_t turn, unsigned roles) {
    return roles & 1u << self->result->roles[turn];
}

/* Whether a turn of speech begins a run: somebody else spoke before. */
static bool begins_run(const slow *self, size_t turn) {
    size_t before = turn;
    do {
        if (before == 0)
            return true;
        before--;
    } while (!is_speech(self, before));
    return self->result->roles[before] != self->result->roles[turn] ||
           !cxm_str_equal(turn_at(self, before)->speaker, turn_at(self, turn)->speaker);
}

/* The first turn of the run of a turn of speech. */
static size_t run_of(const slow *self, size_t turn) {
    while (!is_speech(self, turn) || !begins_run(self, turn))
        turn--;
    return turn;
}

/* Runs of roles that begin in turns from `first` up to `last`. */
static double runs_between(const slow *self, size_t first, size_t last, unsigned roles) {
    double count = 0;
    for (size_t i = first; i <= last && i < self->turns; i++)
        count += is_speech(self, i) && of_roles(self, i, roles) && begins_run(self, i);
    return count;
}

static bool is_before(const cxm_hit *a, const cxm_hit *b) {
    return a->turn != b->turn ? a->turn < b->turn : a->first_word < b->first_word;
}

/* Words of roles from the first word of a, or behind it, to that of b, or before it. */
static double words_between(const slow *self, const cxm_hit *a, const cxm_hit *b, unsigned roles,
                            bool behind) {
    double count = 0;
    for (size_t turn = a->turn; turn <= b->turn; turn++)
        for (uint32_t word = 0; word < self->result->turn_words[turn]; word++) {
            cxm_hit place = {.turn = (uint32_t)turn, .first_word = word};
            bool between = behind ? is_before(a, &place) && !is_before(b, &place)
                                  : !is_before(&place, a) && is_before(&place, b);
            count += between && of_roles(self, turn, roles);
        }
    return count;
}

static double clock_of(const slow *self, const cxm_hit *hit) {
    double clock = hit->time;
    if (clock < 0)
        return -1;
    for (size_t i = 0; i <= hit->turn; i++) {
        const cxm_turn *turn = turn_at(self, i);
        if (turn->start > clock)
            clock = turn->start;
        for (size_t j = 0; i < hit->turn && j < turn->mark_count; j++)
            if (turn->marks[j].seconds > clock)
                clock = turn->marks[j].seconds;
    }
    return clock;
}

static double end_of(const slow *self) {
    double end = -1;
    for (size_t i = 0; i < self->turns; i++) {
        const cxm_turn *turn = turn_at(self, i);
        end = turn->start > end ? turn->start : end;
        end = turn->end > end ? turn->end : end;
        for (size_t j = 0; j < turn->mark_count; j++)
            end = turn->marks[j].seconds > end ? turn->marks[j].seconds : end;
    }
    return end;
}

/* How far two places are apart; the later one is `behind`. */
static double distance(const slow *self, const node *tree, const cxm_hit *first,
                       const cxm_hit *second, unsigned roles, bool behind) {
    if (strcmp(tree->unit, "seconds") == 0)
        return clock_of(self, second) - clock_of(self, first);
    if (strcmp(tree->unit, "words") == 0)
        return words_between(self, first, second, roles, behind);
    size_t from = run_of(self, first->turn);
    size_t to = run_of(self, second->turn);
    if (from == to)
        return 0;
    return behind ? runs_between(self, from + 1, to, roles)
                  : runs_between(self, from, to - 1, roles);
}

static unsigned roles_of(const node *tree);

static bool is_related(const slow *self, const node *tree, size_t a, size_t b) {
    const cxm_hit *place = &self->result->all_hits[a];
    const cxm_hit *other = &self->result->all_hits[b];
    bool with = strcmp(tree->relation, "with") == 0;
    bool after = strcmp(tree->relation, "after") == 0;
    bool other_behind = !is_before(other, place);
    if (!with && !is_before(after ? other : place, after ? place : other))
        return false;
    if (!tree->bounded)
        return true;
    bool seconds = strcmp(tree->unit, "seconds") == 0;
    if (seconds && (clock_of(self, place) < 0 || clock_of(self, other) < 0))
        return false;
    unsigned roles = roles_of(tree->right);
    return distance(self, tree, other_behind ? place : other, other_behind ? other : place, roles,
                    other_behind) <= tree->limit;
}

static bool is_in_part(const slow *self, const node *tree, const cxm_hit *hit) {
    double limit = tree->limit;
    if (strcmp(tree->unit, "turns") == 0) {
        unsigned roles = roles_of(tree->left);
        size_t run = run_of(self, hit->turn);
        return tree->last ? runs_between(self, run + 1, self->turns, roles) < limit
                          : runs_between(self, 0, run, roles) <= limit;
    }
    if (strcmp(tree->unit, "seconds") == 0) {
        double clock = clock_of(self, hit);
        return clock >= 0 && (tree->last ? clock >= end_of(self) - limit : clock <= limit);
    }
    double total = 0;
    double before = hit->first_word;
    for (size_t i = 0; i < self->turns; i++) {
        total += self->result->turn_words[i];
        before += i < hit->turn ? self->result->turn_words[i] : 0;
    }
    return tree->last ? 100 * before >= (100 - limit) * total : 100 * before < limit * total;
}

static bool is_of_operand(const slow *self, const operand *of, const cxm_hit *hit) {
    cxm_str name = cxm_lexicon_category(self->lexicon, hit->category)->name;
    for (size_t i = 0; of->categories[i]; i++)
        if (cxm_str_is(name, of->categories[i]))
            return true;
    return false;
}

static bool is_condition(const slow *self, const char *text) {
    bool queue = cxm_transcript_meta_count(self->transcript) > 0;
    size_t turns = 0;
    for (size_t i = 0; i < self->turns; i++)
        turns += is_speech(self, i) && begins_run(self, i);
    if (strcmp(text, "turns > 3") == 0)
        return turns > 3;
    if (strcmp(text, "words <= 9") == 0)
        return self->result->word_count <= 9;
    return text[0] == 'm' ? queue : !queue || turns < 2;
}

static unsigned roles_of(const node *tree) {
    switch (tree->kind) {
    case NODE_OPERAND:
        return tree->roles & (tree->operand->behavior ? roles_of(tree->operand->behavior)
                                                      : tree->operand->speakers);
    case NODE_NOT:
        return 0;
    case NODE_AND:
    case NODE_OR:
        return roles_of(tree->left) | roles_of(tree->right);
    case NODE_RELATION:
    case NODE_PART:
    case NODE_COUNT:
    case NODE_WHERE:
        break;
    }
    return roles_of(tree->left);
}

static bool needs_times(const node *tree) {
    bool own = (tree->kind == NODE_RELATION && tree->bounded) || tree->kind == NODE_PART;
    if (tree->kind == NODE_OPERAND)
        return tree->operand->behavior && needs_times(tree->operand->behavior);
    return (own && strcmp(tree->unit, "seconds") == 0) || needs_times(tree->left) ||
           (tree->right && needs_times(tree->right));
}

static verdict evaluate(const slow *self, const node *tree);

/* Hits on the very same words are one place: the number of the first of them. */
static size_t place_of(const slow *self, size_t hit) {
    const cxm_hit *hits = self->result->all_hits;
    size_t place = hit;
    for (size_t i = 0; i < hit; i++)
        if (hits[i].turn == hits[hit].turn && hits[i].start == hits[hit].start &&
            hits[i].end == hits[hit].end && i < place)
            place = i;
    return place;
}

size_t place_of_hit(const cxm_result *result, size_t hit) {
    slow self = {.result = result};
    return place_of(&self, hit);
}

static void evaluate_operand(const slow *self, const node *tree, verdict *out) {
    verdict behavior = {.holds = false};
    bool anywhere = false;
    if (tree->operand->behavior)
        behavior = evaluate(self, tree->operand->behavior);
    for (size_t i = 0; i < self->result->all_hit_count; i++) {
        const cxm_hit *hit = &self->result->all_hits[i];
        bool found =
            tree->operand->behavior ? behavior.in[i] : is_of_operand(self, tree->operand, hit);
        anywhere |= found;
        found = found && of_roles(self, hit->turn, tree->roles);
        out->in[place_of(self, i)] |= found;
        out->holds |= found;
    }
    if (!anywhere && behavior.holds)
        out->holds = true;
}

static void evaluate_relation(const slow *self, const node *tree, verdict *out) {
    verdict left = evaluate(self, tree->left);
    verdict right = evaluate(self, tree->right);
    bool seconds = tree->bounded && strcmp(tree->unit, "seconds") == 0;
    for (size_t i = 0; i < self->result->all_hit_count; i++) {
        bool related = false;
        for (size_t j = 0; j < self->result->all_hit_count; j++)
            related |= right.in[j] && is_related(self, tree, i, j);
        bool measured = !seconds || clock_of(self, &self->result->all_hits[i]) >= 0;
        out->in[i] = left.in[i] && measured && related != tree->negative;
        out->holds |= out->in[i];
    }
}

static void evaluate_filter(const slow *self, const node *tree, verdict *out) {
    verdict left = evaluate(self, tree->left);
    double count = 0;
    for (size_t i = 0; i < self->result->all_hit_count; i++)
        count += left.in[i];
    if (tree->kind == NODE_COUNT)
        out->holds = tree->amount[3] == 'l'   ? count >= tree->limit
                     : tree->amount[3] == 'm' ? count <= tree->limit
                                              : count == tree->limit;
    if (tree->kind == NODE_WHERE)
        out->holds = left.holds && is_condition(self, tree->condition);
    for (size_t i = 0; i < self->result->all_hit_count; i++) {
        bool passes = tree->kind == NODE_PART ? is_in_part(self, tree, &self->result->all_hits[i])
                                              : out->holds;
        out->in[i] = left.in[i] && passes;
        if (tree->kind == NODE_PART)
            out->holds |= out->in[i];
    }
}

static void evaluate_both(const slow *self, const node *tree, verdict *out) {
    verdict left = evaluate(self, tree->left);
    verdict right = evaluate(self, tree->right);
    out->holds = tree->kind == NODE_AND ? left.holds && right.holds : left.holds || right.holds;
    for (size_t i = 0; i < self->result->all_hit_count; i++)
        out->in[i] = out->holds && (left.in[i] || right.in[i]);
}

static verdict evaluate(const slow *self, const node *tree) {
    verdict out = {.applies = true};
    if (tree->kind == NODE_OPERAND)
        evaluate_operand(self, tree, &out);
    else if (tree->kind == NODE_RELATION)
        evaluate_relation(self, tree, &out);
    else if (tree->kind == NODE_AND || tree->kind == NODE_OR)
        evaluate_both(self, tree, &out);
    else if (tree->kind == NODE_NOT)
        out.holds = !evaluate(self, tree->left).holds;
    else
        evaluate_filter(self, tree, &out);
    return out;
}

verdict evaluate_slowly(const node *tree, const cxm_lexicon *lexicon,
                        const cxm_transcript *transcript, const cxm_result *result) {
    slow self = {lexicon, transcript, result, cxm_transcript_turn_count(transcript)};
    ENSURE(result->all_hit_count <= HITS);
    if (needs_times(tree) && end_of(&self) < 0)
        return (verdict){.applies = false};
    return evaluate(&self, tree);
}
