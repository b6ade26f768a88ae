/* SPDX-License-Identifier: MIT */
/* From the text of an expression to clauses, by recursive descent of bounded depth. */
#include "lexicon/expression_parser.h"

#include "base/str.h"
#include "lexicon/pack_reader.h"

/* ---- Operands ---- */

#define OPERAND "a category, a family as empathy.*, a behavior, a \"phrase\", a <set> or ("

static bool parse_name(cxm_parser *self, uint32_t roles, size_t start) {
    cxm_clause clause = {.kind = CXM_CLAUSE_CATEGORIES, .roles = roles};
    clause.name = cxm_parser_word(self);
    if (self->sign == CXM_SIGN_COMPARISON && clause.name.ptr[0] == '<') {
        if (!cxm_parser_set(self))
            return false;
        clause.name = cxm_parser_word(self);
        clause.phrase = true;
    } else if (self->sign == CXM_SIGN_TEXT) {
        clause.name = cxm_str_slice(self->text, self->start + 1, self->end - 1);
        clause.phrase = true;
        if (cxm_str_trim(clause.name).len == 0)
            return cxm_parser_fail(self, CXM_E_SYNTAX, self->start,
                                   "an empty phrase; expected words between the quotation marks");
    } else if (self->sign != CXM_SIGN_WORD || cxm_parser_at_keyword(self)) {
        return cxm_parser_expected(self, OPERAND);
    }
    cxm_parser_next(self);
    return cxm_parser_add(self, clause, start);
}

/* The roles that a word before a colon stands for: those who say it, and who is not known. */
static bool parse_roles(cxm_parser *self, cxm_str word, size_t at, uint32_t *roles) {
    static const char *const names[] = {"agent",   "customer", "bot", "other",
                                        "unknown", "any",      NULL};
    cxm_role role;
    *roles = CXM_ROLES_ALL;
    if (cxm_str_is(word, "any"))
        return true;
    if (cxm_role_parse(word, &role)) {
        *roles = CXM_ROLE_BIT(role);
        if (role == CXM_ROLE_AGENT || role == CXM_ROLE_CUSTOMER)
            *roles |= CXM_ROLE_BIT(CXM_ROLE_UNKNOWN);
        return true;
    }
    const char *nearest = cxm_pack_nearest(word, names);
    word = cxm_pack_short(word);
    if (nearest)
        return cxm_parser_fail(self, CXM_E_SYNTAX, at, "no role '%.*s'; did you mean '%s'?",
                               CXM_STR_ARGS(word), nearest);
    return cxm_parser_fail(self, CXM_E_SYNTAX, at,
                           "no role '%.*s'; expected agent, customer, bot, other, unknown or any",
                           CXM_STR_ARGS(word));
}

static bool parse_whole(cxm_parser *self);

static bool parse_group(cxm_parser *self) {
    size_t open = self->start;
    if (!cxm_parser_enter(self))
        return false;
    cxm_parser_next(self);
    if (!parse_whole(self))
        return false;
    if (self->sign == CXM_SIGN_END)
        return cxm_parser_fail(self, CXM_E_SYNTAX, open, "this ( is never closed; expected )");
    if (self->sign != CXM_SIGN_CLOSE)
        return cxm_parser_expected(self, "and, or, with, then, without, in, where or )");
    cxm_parser_next(self);
    cxm_parser_leave(self);
    return true;
}

static bool parse_operand(cxm_parser *self) {
    size_t start = self->start;
    uint32_t roles = CXM_ROLES_ALL;
    if (self->sign == CXM_SIGN_OPEN)
        return parse_group(self);
    if (self->sign == CXM_SIGN_WORD && self->end < self->text.len &&
        self->text.ptr[self->end] == ':') {
        if (!parse_roles(self, cxm_parser_word(self), start, &roles))
            return false;
        cxm_parser_next(self);
        cxm_parser_next(self);
    }
    return parse_name(self, roles, start);
}

/* ---- Parts, relations ---- */

static bool parse_unit(cxm_parser *self, bool percent, cxm_unit *unit) {
    static const char *const names[] = {"turn", "turns", "word", "words", "second", "seconds"};
    if (percent && (cxm_parser_take(self, "percent") || self->sign == CXM_SIGN_PERCENT)) {
        if (self->sign == CXM_SIGN_PERCENT)
            cxm_parser_next(self);
        *unit = CXM_PERCENT;
        return true;
    }
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
        if (i / 2 == CXM_WORDS && percent)
            continue;
        if (cxm_parser_take(self, names[i])) {
            *unit = (cxm_unit)(i / 2);
            return true;
        }
    }
    return cxm_parser_expected(self,
                               percent ? "turns, seconds or percent" : "turns, words or seconds");
}

/* A number and a unit. Seconds and percent may have decimals. */
static bool parse_distance(cxm_parser *self, bool percent, cxm_clause *clause) {
    size_t at = self->start;
    cxm_str number = cxm_parser_word(self);
    if (!cxm_parser_number(self, true, "a number", &clause->limit) ||
        !parse_unit(self, percent, &clause->unit))
        return false;
    bool whole = clause->unit == CXM_TURNS || clause->unit == CXM_WORDS;
    if (whole && memchr(number.ptr, '.', number.len))
        return cxm_parser_fail(self, CXM_E_SYNTAX, at,
                               "no whole number; turns and words come whole");
    if (clause->unit == CXM_PERCENT && clause->limit > 100)
        return cxm_parser_fail(self, CXM_E_SYNTAX, at, "more than 100 percent");
    clause->timed = clause->unit == CXM_SECONDS;
    return true;
}

/* `in first 60 seconds`, behind an operand. */
static bool parse_parts(cxm_parser *self, size_t start) {
    while (cxm_parser_take(self, "in")) {
        cxm_clause clause = {.kind = CXM_CLAUSE_PART, .left = cxm_parser_last(self)};
        cxm_parser_take(self, "the");
        clause.from_end = cxm_parser_at(self, "last");
        if (!cxm_parser_take(self, "first") && !cxm_parser_take(self, "last"))
            return cxm_parser_expected(self, "first or last");
        if (!parse_distance(self, true, &clause) || !cxm_parser_add(self, clause, start))
            return false;
    }
    return !self->status;
}

static bool parse_placed(cxm_parser *self) {
    size_t start = self->start;
    return parse_operand(self) && parse_parts(self, start);
}

typedef struct relation_word {
    const char *word;
    cxm_relation relation;
    bool negative;
} relation_word;

static const relation_word relation_words[] = {
    {"with", CXM_WITH, false},   {"then", CXM_THEN, false},   {"before", CXM_THEN, false},
    {"after", CXM_AFTER, false}, {"without", CXM_WITH, true},
};

/* `with`, `then`, ...; `not` before one of them makes it negative. */
static bool take_relation(cxm_parser *self, cxm_clause *clause) {
    cxm_parser before = *self;
    bool negated = cxm_parser_take(self, "not");
    for (size_t i = 0; i < sizeof relation_words / sizeof *relation_words; i++) {
        const relation_word *word = &relation_words[i];
        if ((negated && word->negative) || !cxm_parser_take(self, word->word))
            continue;
        clause->relation = word->relation;
        clause->negative = word->negative || negated;
        return true;
    }
    *self = before;
    return false;
}

/* A relation that waits for what its right side leads on to. */
typedef struct link {
    uint32_t left;
    cxm_relation relation;
    bool negative;
    bool bounded;
    cxm_unit unit;
    double limit;
} link;

typedef struct chain {
    link waiting[CXM_EXPRESSION_MAX_STEPS];
    size_t count;
} chain;

/* What waits gets its right sides, from the last one on. */
static bool close_chain(cxm_parser *self, chain *links) {
    while (links->count) {
        const link *last = &links->waiting[--links->count];
        cxm_clause clause = {.kind = CXM_CLAUSE_RELATION,
                             .left = last->left,
                             .right = cxm_parser_last(self),
                             .timed = last->bounded && last->unit == CXM_SECONDS,
                             .relation = last->relation,
                             .negative = last->negative,
                             .bounded = last->bounded,
                             .unit = last->unit,
                             .limit = last->limit};
        if (!cxm_parser_add(self, clause, self->clauses[clause.left].start))
            return false;
    }
    return true;
}

/* `then` behind `then` goes on from where that one arrived; all else is about the first place. */
static bool leads_on(const chain *links, const cxm_clause *clause) {
    return links->count && clause->relation == CXM_THEN &&
           links->waiting[links->count - 1].relation == CXM_THEN &&
           !links->waiting[links->count - 1].negative;
}

static bool parse_relations(cxm_parser *self) {
    chain links = {.count = 0};
    cxm_clause clause = {.kind = CXM_CLAUSE_RELATION};
    while (take_relation(self, &clause)) {
        if (!leads_on(&links, &clause) && !close_chain(self, &links))
            return false;
        if (links.count == CXM_EXPRESSION_MAX_STEPS)
            return cxm_parser_fail(self, CXM_E_LIMIT, self->start, "more than %d steps of 'then'",
                                   CXM_EXPRESSION_MAX_STEPS);
        clause.left = cxm_parser_last(self);
        if (!parse_placed(self))
            return false;
        clause.bounded = cxm_parser_take(self, "within");
        if (clause.bounded && !parse_distance(self, false, &clause))
            return false;
        links.waiting[links.count++] = (link){clause.left,    clause.relation, clause.negative,
                                              clause.bounded, clause.unit,     clause.limit};
        clause = (cxm_clause){.kind = CXM_CLAUSE_RELATION};
    }
    return close_chain(self, &links) && !self->status;
}

/* ---- Counts, not, and, or, where ---- */

static bool take_amount(cxm_parser *self, cxm_amount *amount) {
    if (cxm_parser_take(self, "exactly")) {
        *amount = CXM_EXACTLY;
        return true;
    }
    if (!cxm_parser_take(self, "at"))
        return false;
    *amount = cxm_parser_at(self, "most") ? CXM_AT_MOST : CXM_AT_LEAST;
    if (!cxm_parser_take(self, "most") && !cxm_parser_take(self, "least"))
        cxm_parser_expected(self, "least or most");
    return true;
}

static bool parse_count(cxm_parser *self) {
    size_t start = self->start;
    cxm_clause clause = {.kind = CXM_CLAUSE_COUNT};
    bool counted = take_amount(self, &clause.amount);
    if (counted && !cxm_parser_number(self, false, "a whole number", &clause.limit))
        return false;
    if (!parse_placed(self) || !parse_relations(self))
        return false;
    clause.left = cxm_parser_last(self);
    return !counted || cxm_parser_add(self, clause, start);
}

static bool parse_not(cxm_parser *self) {
    size_t start = self->start;
    size_t depth = self->depth;
    size_t nots = 0;
    for (; cxm_parser_take(self, "not"); nots++)
        if (!cxm_parser_enter(self))
            return false;
    if (!parse_count(self))
        return false;
    for (; nots; nots--) {
        cxm_clause clause = {.kind = CXM_CLAUSE_NOT, .left = cxm_parser_last(self)};
        if (!cxm_parser_add(self, clause, start))
            return false;
    }
    self->depth = depth;
    return true;
}

typedef struct junction {
    const char *word;
    cxm_clause_kind kind;
    bool (*item)(cxm_parser *self);
    const struct junction *items; /* NULL: `item` */
} junction;

static bool parse_junction(cxm_parser *self, const junction *which);

static bool parse_joined(cxm_parser *self, const junction *which) {
    return which->items ? parse_junction(self, which->items) : which->item(self);
}

static bool parse_junction(cxm_parser *self, const junction *which) {
    size_t start = self->start;
    if (!parse_joined(self, which))
        return false;
    while (cxm_parser_take(self, which->word)) {
        cxm_clause clause = {.kind = which->kind, .left = cxm_parser_last(self)};
        if (!parse_joined(self, which))
            return false;
        clause.right = cxm_parser_last(self);
        if (!cxm_parser_add(self, clause, start))
            return false;
    }
    return !self->status;
}

bool cxm_parse_junctions(cxm_parser *self, bool (*parse_item)(cxm_parser *self)) {
    const junction all = {"and", CXM_CLAUSE_AND, parse_item, NULL};
    const junction any = {"or", CXM_CLAUSE_OR, NULL, &all};
    return parse_junction(self, &any);
}

static bool parse_whole(cxm_parser *self) {
    size_t start = self->start;
    if (!cxm_parse_junctions(self, parse_not))
        return false;
    if (!cxm_parser_take(self, "where"))
        return true;
    cxm_clause clause = {.kind = CXM_CLAUSE_WHERE, .left = cxm_parser_last(self)};
    if (!cxm_parse_condition(self))
        return false;
    clause.right = cxm_parser_last(self);
    return cxm_parser_add(self, clause, start);
}

/* ---- All of it ---- */

/* The clauses of what is given come first, and the relations are about it. */
static bool parse_relative(cxm_parser *self, const cxm_expression *given) {
    for (size_t i = 0; i < given->count; i++)
        if (!cxm_parser_add(self, given->clauses[i], given->clauses[i].start))
            return false;
    return parse_relations(self);
}

static void parse(cxm_parser *self, const cxm_expression *given) {
    if (self->text.len > CXM_EXPRESSION_MAX_BYTES) {
        cxm_parser_fail(self, CXM_E_LIMIT, 0, "an expression of more than %d KiB",
                        CXM_EXPRESSION_MAX_BYTES >> 10);
        return;
    }
    cxm_parser_next(self);
    bool good = given ? parse_relative(self, given) : parse_whole(self);
    if (good && self->sign != CXM_SIGN_END)
        cxm_parser_expected(self, "and, or, with, then, without, in, where or the end");
}

cxm_status cxm_expression_parse(cxm_pack *pack, cxm_arena *arena, const cxm_pack_scalar *scalar,
                                const cxm_expression *given, cxm_expression *out) {
    cxm_parser self = {.pack = pack, .arena = arena, .scalar = scalar, .text = scalar->text};
    parse(&self, given);
    *out = (cxm_expression){.text = scalar->text};
    if (!self.status) {
        out->clauses = CXM_ARENA_ARRAY(arena, cxm_clause, self.count);
        if (out->clauses) {
            memcpy(out->clauses, self.clauses, self.count * sizeof *out->clauses);
            out->count = self.count;
        } else {
            self.status = CXM_E_NOMEM;
        }
    }
    cxm_release(&pack->allocator, self.clauses, self.capacity * sizeof *self.clauses);
    return self.status;
}

bool cxm_expression_is_relative(cxm_str text) {
    cxm_parser self = {.text = text};
    cxm_pack_scalar none = {.text = text};
    cxm_clause clause;
    const char *quote = text.len ? memchr(text.ptr, '"', text.len) : NULL;
    if (quote) /* nothing behind a quotation mark is looked at, so that nothing is told */
        self.text.len = (size_t)(quote - text.ptr);
    self.scalar = &none;
    cxm_parser_next(&self);
    return take_relation(&self, &clause);
}
