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
