/* SPDX-License-Identifier: MIT */
/* What stands behind `where`: comparisons of metadata and measures with values. */
#include "base/str.h"
#include "lexicon/expression_parser.h"
#include "lexicon/pack_reader.h"

typedef struct measure_name {
    const char *name;
    cxm_measure measure;
    bool of_role; /* it is one of a role, and may stand without one only if... */
    bool of_all;  /* ... it is one of the conversation, too */
} measure_name;

static const measure_name measures[] = {
    {"duration", CXM_MEASURE_DURATION, false, true},
    {"silence", CXM_MEASURE_SILENCE, false, true},
    {"words", CXM_MEASURE_WORDS, true, true},
    {"turns", CXM_MEASURE_TURNS, true, true},
    {"interruptions", CXM_MEASURE_INTERRUPTIONS, true, true},
    {"talk_share", CXM_MEASURE_TALK_SHARE, true, false},
    {"words_per_minute", CXM_MEASURE_WORDS_PER_MINUTE, true, false},
    {"longest_turn", CXM_MEASURE_LONGEST_TURN, true, false},
    {"response_time", CXM_MEASURE_RESPONSE_TIME, true, false},
};

enum { MEASURE_COUNT = sizeof measures / sizeof *measures };

#define FIELD "meta.KEY, or a measure as duration, words, turns or agent.talk_share"

/* ---- What is compared ---- */

static bool fail_measure(cxm_parser *self, cxm_str word) {
    const char *names[MEASURE_COUNT + 1] = {NULL};
    for (size_t i = 0; i < MEASURE_COUNT; i++)
        names[i] = measures[i].name;
    const char *nearest = cxm_pack_nearest(word, names);
    word = cxm_pack_short(word);
    if (nearest)
        return cxm_parser_fail(self, CXM_E_SYNTAX, self->start,
                               "no measure '%.*s'; did you mean '%s'?", CXM_STR_ARGS(word),
                               nearest);
    return cxm_parser_fail(self, CXM_E_SYNTAX, self->start, "'%.*s' here; expected " FIELD,
                           CXM_STR_ARGS(word));
}

static bool parse_measure(cxm_parser *self, cxm_str word, cxm_clause *clause) {
    const char *point = memchr(word.ptr, '.', word.len);
    cxm_str name = word;
    clause->role = (cxm_role)CXM_ROLE_COUNT;
    if (point) {
        size_t at = (size_t)(point - word.ptr);
        name = cxm_str_slice(word, at + 1, word.len);
        if (!cxm_role_parse(cxm_str_slice(word, 0, at), &clause->role))
            return fail_measure(self, word);
    }
    for (size_t i = 0; i < MEASURE_COUNT; i++) {
        const measure_name *measure = &measures[i];
        if (!cxm_str_is(name, measure->name))
            continue;
        if (!point && !measure->of_all)
            return cxm_parser_fail(self, CXM_E_SYNTAX, self->start,
                                   "whose %s? Expected a role before it, as agent.%s",
                                   measure->name, measure->name);
        if (point && !measure->of_role)
            return cxm_parser_fail(self, CXM_E_SYNTAX, self->start,
                                   "%s is one of the conversation; expected no role before it",
                                   measure->name);
        clause->measure = measure->measure;
        clause->timed = clause->measure >= CXM_MEASURE_DURATION;
        cxm_parser_next(self);
        return true;
    }
    return fail_measure(self, name);
}

/* meta.queue, or meta."customer tier" */
static bool parse_key(cxm_parser *self, cxm_clause *clause) {
    cxm_str word = cxm_parser_word(self);
    clause->measure = CXM_MEASURE_META;
    clause->key = cxm_str_slice(word, 5, word.len);
    cxm_parser_next(self);
    if (clause->key.len)
        return true;
    if (self->sign != CXM_SIGN_TEXT)
        return cxm_parser_expected(self, "a key of the metadata behind meta.");
    clause->key = cxm_str_slice(self->text, self->start + 1, self->end - 1);
    cxm_parser_next(self);
    return true;
}

static bool parse_field(cxm_parser *self, cxm_clause *clause) {
    cxm_str word = cxm_parser_word(self);
    if (self->sign != CXM_SIGN_WORD)
        return cxm_parser_expected(self, FIELD);
    if (word.len >= 5 && cxm_str_is(cxm_str_slice(word, 0, 5), "meta."))
        return parse_key(self, clause);
    return parse_measure(self, word, clause);
}

static bool parse_comparison(cxm_parser *self, cxm_comparison *comparison) {
    static const char *const signs[] = {"=", "!=", "<", "<=", ">", ">="};
    if (cxm_parser_take(self, "contains")) {
        *comparison = CXM_CONTAINS;
        return true;
    }
    for (unsigned i = 0; self->sign == CXM_SIGN_COMPARISON && i < 6; i++)
        if (cxm_str_is(cxm_parser_word(self), signs[i])) {
            *comparison = (cxm_comparison)i;
            cxm_parser_next(self);
            return true;
        }
    return cxm_parser_expected(self, "=, !=, <, <=, >, >= or contains");
}

/* ---- Values ---- */

/* 2026-01-31, with or without a time behind it; or 2026-01. */
static bool is_date(cxm_str text) {
    static const char form[] = "dddd-dd-dd";
    if (text.len < 7)
        return false;
    for (size_t i = 0; i < text.len && i < sizeof form - 1; i++)
        if (form[i] == 'd' ? !cxm_is_digit(text.ptr[i]) : text.ptr[i] != form[i])
            return false;
    return text.len == 7 || text.len >= 10;
}

/* A value in no quotation marks goes on to a blank or a parenthesis: 2026-01-31T10:30 is one. */
static void widen(cxm_parser *self) {
    const char *text = self->text.ptr;
    while (self->end < self->text.len && !cxm_is_space(text[self->end]) && text[self->end] != ')' &&
           text[self->end] != '(' && text[self->end] != '"')
        self->end++;
}

static bool parse_value(cxm_parser *self, cxm_clause *clause) {
    clause->value_kind = CXM_VALUE_TEXT;
    if (self->sign == CXM_SIGN_TEXT) {
        clause->value = cxm_str_slice(self->text, self->start + 1, self->end - 1);
    } else if (self->sign == CXM_SIGN_WORD) {
        widen(self);
        clause->value = cxm_parser_word(self);
        if (cxm_pack_parse_number(clause->value, &clause->number))
            clause->value_kind = CXM_VALUE_NUMBER;
    } else {
        return cxm_parser_expected(self, "a number, a date as 2026-01-31, or a \"text\"");
    }
    if (is_date(clause->value))
        clause->value_kind = CXM_VALUE_DATE;
    if (clause->measure != CXM_MEASURE_META &&
        (clause->value_kind != CXM_VALUE_NUMBER || clause->comparison == CXM_CONTAINS))
        return cxm_parser_fail(self, CXM_E_SYNTAX, self->start,
                               "a measure is compared with a number, by a sign");
    cxm_parser_next(self);
    return true;
}

/* ---- Conditions ---- */

static bool parse_compare(cxm_parser *self) {
    size_t start = self->start;
    cxm_clause clause = {.kind = CXM_CLAUSE_COMPARE};
    return parse_field(self, &clause) && parse_comparison(self, &clause.comparison) &&
           parse_value(self, &clause) && cxm_parser_add(self, clause, start);
}

static bool parse_not(cxm_parser *self);

static bool parse_group(cxm_parser *self) {
    size_t open = self->start;
    if (!cxm_parser_enter(self))
        return false;
    cxm_parser_next(self);
    if (!cxm_parse_junctions(self, parse_not))
        return false;
    if (self->sign == CXM_SIGN_END)
        return cxm_parser_fail(self, CXM_E_SYNTAX, open, "this ( is never closed; expected )");
    if (self->sign != CXM_SIGN_CLOSE)
        return cxm_parser_expected(self, "and, or or )");
    cxm_parser_next(self);
    cxm_parser_leave(self);
    return true;
}

static bool parse_not(cxm_parser *self) {
    size_t start = self->start;
    bool negated = cxm_parser_take(self, "not");
    if (!(self->sign == CXM_SIGN_OPEN ? parse_group(self) : parse_compare(self)))
        return false;
    cxm_clause clause = {.kind = CXM_CLAUSE_NOT, .left = cxm_parser_last(self)};
    return !negated || cxm_parser_add(self, clause, start);
}

bool cxm_parse_condition(cxm_parser *self) {
    return cxm_parse_junctions(self, parse_not);
}
