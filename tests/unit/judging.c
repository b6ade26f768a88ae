/* SPDX-License-Identifier: MIT */
#include "judging.h"

#include <stdio.h>

/* ---- The lexicon ---- */

const char judging_pack[] = "cxmine: 1\n"
                            "language: xx\n"
                            "sets: {s: [aa bb, dd]}\n"
                            "categories:\n"
                            "  x.a: {phrases: [aa]}\n"
                            "  x.b: {phrases: [bb]}\n"
                            "  x.e: {phrases: [aa bb]}\n"
                            "  y.c: {speaker: agent, phrases: [cc, cc dd]}\n"
                            "  z.d: {speaker: customer, phrases: [dd]}\n"
                            "behaviors:\n"
                            "  near: {expression: x.a with x.b within 1 turn}\n"
                            "  none: {expression: x.a without y.c within 2 turns}\n"
                            "  many: {expression: at most 2 x.b}\n";

enum {
    UNKNOWN = 1u << CXM_ROLE_UNKNOWN,
    AGENT = 1u << CXM_ROLE_AGENT,
    CUSTOMER = 1u << CXM_ROLE_CUSTOMER,
    ALL = (1u << CXM_ROLE_COUNT) - 1,
};

static const operand a_operand = {"x.a", {"x.a"}, ALL, NULL};
static const operand b_operand = {"x.b", {"x.b"}, ALL, NULL};
static const operand c_operand = {"y.c", {"y.c"}, AGENT | UNKNOWN, NULL};
static const node a_node = {.operand = &a_operand, .roles = ALL};
static const node b_node = {.operand = &b_operand, .roles = ALL};
static const node c_node = {.operand = &c_operand, .roles = ALL};
static const node near_node = {.kind = NODE_RELATION,
                               .left = &a_node,
                               .right = &b_node,
                               .relation = "with",
                               .bounded = true,
                               .unit = "turns",
                               .limit = 1};
static const node none_node = {.kind = NODE_RELATION,
                               .left = &a_node,
                               .right = &c_node,
                               .relation = "with",
                               .negative = true,
                               .bounded = true,
                               .unit = "turns",
                               .limit = 2};
static const node many_node = {
    .kind = NODE_COUNT, .left = &b_node, .amount = "at most", .limit = 2};

const operand operands[] = {
    {"x.a", {"x.a"}, ALL, NULL},
    {"x.b", {"x.b"}, ALL, NULL},
    {"x.e", {"x.e"}, ALL, NULL},
    {"x.*", {"x.a", "x.b", "x.e"}, ALL, NULL},
    {"y.c", {"y.c"}, AGENT | UNKNOWN, NULL},
    {"z.*", {"z.d"}, CUSTOMER | UNKNOWN, NULL},
    {"\"(aa|dd) (bb)?\"", {"(aa|dd) (bb)?"}, ALL, NULL},
    {"<s>", {"<s>"}, ALL, NULL},
    {"near", {NULL}, ALL, &near_node},
    {"none", {NULL}, ALL, &none_node},
    {"many", {NULL}, ALL, &many_node},
};
const size_t operand_count = COUNT(operands);

cxm_lexicon *new_query_lexicon(const char *const *queries, size_t count) {
    cxm_lexicon_builder *builder;
    cxm_lexicon *lexicon = NULL;
    cxm_error error = {.code = CXM_OK};
    ck_assert_int_eq(cxm_lexicon_builder_new(NULL, &builder, NULL), CXM_OK);
    cxm_status status = cxm_lexicon_builder_add_bytes(builder, CXM_STR("judging.yaml"),
                                                      cxm_str_from(judging_pack), &error);
    for (size_t i = 0; i < count && !status; i++)
        status =
            cxm_lexicon_builder_add_query(builder, CXM_STR(""), cxm_str_from(queries[i]), &error);
    if (!status)
        status = cxm_lexicon_builder_build(builder, &lexicon, &error);
    ck_assert_msg(!status, "%s:%u: %s\n%s", error.file, error.column, error.message, error.excerpt);
    cxm_lexicon_builder_free(builder);
    return lexicon;
}

/* ---- Conversations ---- */

typedef struct speaker {
    const char *label;
    cxm_role role;
} speaker;

static const speaker speakers[] = {
    {"Dana", CXM_ROLE_AGENT}, {"Max", CXM_ROLE_CUSTOMER},  {"Lee", CXM_ROLE_AGENT},
    {"Menu", CXM_ROLE_BOT},   {"spk_1", CXM_ROLE_UNKNOWN},
};

static size_t random_text(uint64_t *seed, char *text, size_t size) {
    static const char *const words[] = {"aa", "bb", "cc", "dd", "ee"};
    uint32_t count = random_below(seed, 7);
    size_t len = 0;
    text[0] = '\0';
    for (uint32_t i = 0; i < count; i++)
        len += (size_t)snprintf(text + len, size - len, "%s%s", i ? " " : "",
                                words[random_below(seed, COUNT(words))]);
    return len;
}

/* Times go up by and large; a turn may begin while another is spoken, or have no time. */
static void set_times(uint64_t *seed, double *clock, cxm_turn *turn, cxm_time_mark *mark) {
    turn->start = *clock - random_below(seed, 4) * 0.5;
    if (turn->start < 0 || random_below(seed, 8) == 0)
        turn->start = CXM_TIME_UNKNOWN;
    *clock += random_below(seed, 12) * 0.5;
    turn->end = random_below(seed, 4) ? *clock : CXM_TIME_UNKNOWN;
    if (turn->text.len > 3 && random_below(seed, 3) == 0) {
        *mark = (cxm_time_mark){3, *clock};
        turn->marks = mark;
        turn->mark_count = 1;
    }
}

cxm_transcript *random_transcript(uint64_t *seed, size_t turns, bool timed) {
    cxm_transcript_builder *builder;
    cxm_transcript *transcript;
    double clock = 0;
    size_t count = random_below(seed, (uint32_t)turns + 1);
    uint32_t cast = 2 + random_below(seed, COUNT(speakers) - 1);
    ENSURE(cxm_transcript_builder_new(NULL, &builder, NULL) == CXM_OK);
    if (random_below(seed, 2))
        ENSURE(
            !cxm_transcript_builder_add_meta(builder, CXM_STR("queue"), CXM_STR("returns"), NULL));
    for (size_t i = 0; i < count; i++) {
        char text[TEXT];
        cxm_time_mark mark;
        const speaker *who = &speakers[random_below(seed, cast)];
        cxm_turn turn = {.speaker = cxm_str_from(who->label),
                         .role = who->role,
                         .start = CXM_TIME_UNKNOWN,
                         .end = CXM_TIME_UNKNOWN};
        turn.text = (cxm_str){text, random_text(seed, text, sizeof text)};
        turn.kind = random_below(seed, 12) ? CXM_TURN_SPEECH : CXM_TURN_EVENT;
        if (timed)
            set_times(seed, &clock, &turn, &mark);
        ENSURE(cxm_transcript_builder_add_turn(builder, &turn, NULL) == CXM_OK);
    }
    ENSURE(cxm_transcript_builder_finish(builder, &transcript, NULL) == CXM_OK);
    return transcript;
}

cxm_transcript *beginning_of(const cxm_transcript *transcript, size_t turns) {
    cxm_transcript_builder *builder;
    cxm_transcript *out;
    ENSURE(cxm_transcript_builder_new(NULL, &builder, NULL) == CXM_OK);
    for (size_t i = 0; i < cxm_transcript_meta_count(transcript); i++) {
        const cxm_meta *meta = cxm_transcript_meta(transcript, i);
        ENSURE(cxm_transcript_builder_add_meta(builder, meta->key, meta->value, NULL) == CXM_OK);
    }
    for (size_t i = 0; i < turns; i++)
        ENSURE(!cxm_transcript_builder_add_turn(builder, cxm_transcript_turn(transcript, i), NULL));
    ENSURE(cxm_transcript_builder_finish(builder, &out, NULL) == CXM_OK);
    return out;
}

/* ---- Trees ---- */

static uint32_t below(nursery *self, uint32_t bound) {
    return random_below(&self->seed, bound);
}

static node *new_node(nursery *self, node_kind kind) {
    ENSURE(self->count < NODES);
    node *made = &self->nodes[self->count++];
    *made = (node){.kind = kind};
    return made;
}

static const node *random_operand(nursery *self, bool placed) {
    static const char *const names[] = {"", "agent:", "customer:", "unknown:", "any:"};
    static const unsigned roles[] = {ALL, AGENT | UNKNOWN, CUSTOMER | UNKNOWN, UNKNOWN, ALL};
    node *made = new_node(self, NODE_OPERAND);
    uint32_t role;
    (void)placed; /* every operand has places, `many` too */
    do {
        made->operand = &operands[below(self, (uint32_t)operand_count)];
        role = below(self, COUNT(names));
        made->role = names[role];
        made->roles = roles[role];
        /* what is never said by that role is an error */
    } while (!(made->roles & made->operand->speakers & ~(unsigned)UNKNOWN) &&
             made->roles != UNKNOWN);
    return made;
}

static const node *random_relation(nursery *self, int depth) {
    static const char *const relations[] = {"with", "then", "before", "after"};
    static const char *const units[] = {"turns", "words", "seconds"};
    node *made = new_node(self, NODE_RELATION);
    made->relation = relations[below(self, 4)];
    made->negative = below(self, 3) == 0;
    made->bounded = below(self, 5) > 0;
    made->unit = units[below(self, 8) % 3];
    made->limit = below(self, strcmp(made->unit, "turns") == 0 ? 4 : 9);
    made->left = random_tree(self, depth - 1, true);
    made->right = random_tree(self, depth - 1, true);
    return made;
}

static const node *random_part(nursery *self, int depth) {
    static const char *const units[] = {"turns", "seconds", "percent"};
    node *made = new_node(self, NODE_PART);
    uint32_t unit = below(self, 3);
    made->unit = units[unit];
    made->limit = unit == 2 ? 10 * below(self, 11) : below(self, 6);
    made->last = below(self, 2);
    made->left = random_tree(self, depth - 1, true);
    return made;
}

static const node *random_count(nursery *self, int depth) {
    static const char *const amounts[] = {"at least", "at most", "exactly"};
    node *made = new_node(self, NODE_COUNT);
    made->amount = amounts[below(self, 3)];
    made->limit = below(self, 5);
    made->left = random_tree(self, depth - 1, true);
    return made;
}

static const node *random_where(nursery *self, int depth, bool placed) {
    static const char *const conditions[] = {"meta.queue = returns", "turns > 3", "words <= 9",
                                             "not meta.queue contains turn or turns < 2"};
    node *made = new_node(self, NODE_WHERE);
    made->condition = conditions[below(self, COUNT(conditions))];
    made->left = random_tree(self, depth - 1, placed);
    return made;
}

static const node *random_both(nursery *self, int depth, bool placed, node_kind kind) {
    node *made = new_node(self, kind);
    made->left = random_tree(self, depth - 1, placed);
    made->right = random_tree(self, depth - 1, placed && below(self, 2));
    return made;
}

const node *random_tree(nursery *self, int depth, bool placed) {
    uint32_t dice = below(self, 16);
    if (depth == 0 || dice < 3)
        return random_operand(self, placed);
    if (dice < 9)
        return random_relation(self, depth);
    if (dice < 10)
        return random_part(self, depth);
    if (dice < 11)
        return random_count(self, depth);
    if (dice < 12)
        return random_where(self, depth, placed);
    if (dice < 13 && !placed) {
        node *made = new_node(self, NODE_NOT);
        made->left = random_tree(self, depth - 1, false);
        return made;
    }
    return random_both(self, depth, placed, dice < 14 ? NODE_AND : NODE_OR);
}

/* ---- Writing ---- */

static size_t add(char *out, size_t size, size_t len, const char *text) {
    size_t more = strlen(text);
    ENSURE(len + more < size);
    memcpy(out + len, text, more + 1);
    return len + more;
}

static size_t write_node(const node *tree, char *out, size_t size, size_t len);

static size_t write_inner(const node *tree, char *out, size_t size, size_t len) {
    if (tree->kind == NODE_OPERAND)
        return write_node(tree, out, size, len);
    len = add(out, size, len, "(");
    len = write_node(tree, out, size, len);
    return add(out, size, len, ")");
}

static size_t write_relation(const node *tree, char *out, size_t size, size_t len) {
    char text[64];
    bool without = tree->negative && strcmp(tree->relation, "with") == 0;
    len = write_inner(tree->left, out, size, len);
    snprintf(text, sizeof text, " %s%s ", tree->negative && !without ? "not " : "",
             without ? "without" : tree->relation);
    len = add(out, size, len, text);
    len = write_inner(tree->right, out, size, len);
    snprintf(text, sizeof text, " within %g %s", tree->limit, tree->unit);
    return tree->bounded ? add(out, size, len, text) : len;
}

static size_t write_node(const node *tree, char *out, size_t size, size_t len) {
    char text[64];
    switch (tree->kind) {
    case NODE_OPERAND:
        return add(out, size, add(out, size, len, tree->role), tree->operand->text);
    case NODE_RELATION:
        return write_relation(tree, out, size, len);
    case NODE_PART:
        len = write_inner(tree->left, out, size, len);
        snprintf(text, sizeof text, " in %s %g %s", tree->last ? "last" : "first", tree->limit,
                 tree->unit);
        return add(out, size, len, text);
    case NODE_COUNT:
        snprintf(text, sizeof text, "%s %g ", tree->amount, tree->limit);
        return write_inner(tree->left, out, size, add(out, size, len, text));
    case NODE_NOT:
        return write_inner(tree->left, out, size, add(out, size, len, "not "));
    case NODE_WHERE:
        len = write_inner(tree->left, out, size, len);
        return add(out, size, add(out, size, len, " where "), tree->condition);
    case NODE_AND:
    case NODE_OR:
        len = write_inner(tree->left, out, size, len);
        len = add(out, size, len, tree->kind == NODE_AND ? " and " : " or ");
        return write_inner(tree->right, out, size, len);
    }
    return len;
}

void write_tree(const node *tree, char *out, size_t size) {
    out[0] = '\0';
    write_node(tree, out, size, 0);
}

/* ---- Evaluating ---- */

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
