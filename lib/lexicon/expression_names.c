/* SPDX-License-Identifier: MIT */
/* Looks up the names in expressions, and checks what clauses ask of each other. */
#include "base/str.h"
#include "lexicon/compile.h"
#include "lexicon/pack_reader.h"

typedef struct resolver {
    cxm_behavior_maker *maker;
    const cxm_lexicon *lexicon;
    const cxm_pack_scalar *scalar;
    cxm_expression *expression;
} resolver;

/* ---- Names ---- */

static uint32_t roles_of(const cxm_category *category) {
    uint32_t unknown = CXM_ROLE_BIT(CXM_ROLE_UNKNOWN);
    return category->speaker == CXM_SPEAKER_AGENT      ? unknown | CXM_ROLE_BIT(CXM_ROLE_AGENT)
           : category->speaker == CXM_SPEAKER_CUSTOMER ? unknown | CXM_ROLE_BIT(CXM_ROLE_CUSTOMER)
                                                       : CXM_ROLES_ALL;
}

/* The categories of a family stand side by side. */
static bool find_family(const resolver *self, cxm_str family, cxm_clause *clause) {
    size_t count = self->lexicon->category_count;
    size_t first = 0;
    while (first < count && !cxm_str_equal(self->lexicon->categories[first].family, family))
        first++;
    size_t last = first;
    while (last < count && cxm_str_equal(self->lexicon->categories[last].family, family))
        last++;
    clause->first = (uint32_t)first;
    clause->last = (uint32_t)last;
    return last > first;
}

static bool find_behavior(const resolver *self, cxm_clause *clause) {
    if (!cxm_lexicon_find_behavior(self->lexicon, clause->name, &clause->first))
        return false;
    clause->kind = CXM_CLAUSE_BEHAVIOR;
    return true;
}

static bool find_category(const resolver *self, cxm_clause *clause) {
    if (!cxm_lexicon_find_category(self->lexicon, clause->name, &clause->first))
        return false;
    clause->last = clause->first + 1;
    clause->single = true;
    return true;
}

static bool find_phrase(const resolver *self, cxm_clause *clause) {
    const uint32_t *number = cxm_table_find(&self->maker->phrases, clause->name);
    if (!number)
        return false;
    clause->first = (uint32_t)self->lexicon->category_count + *number;
    clause->last = clause->first + 1;
    clause->single = true;
    return true;
}

static bool is_family(cxm_str name) {
    return name.len > 2 && name.ptr[name.len - 1] == '*' && name.ptr[name.len - 2] == '.';
}

static bool find_name(const resolver *self, cxm_clause *clause) {
    cxm_str name = clause->name;
    if (clause->phrase)
        return find_phrase(self, clause);
    if (is_family(name))
        return find_family(self, cxm_str_slice(name, 0, name.len - 2), clause);
    return find_category(self, clause) || find_behavior(self, clause);
}

static void suggest_all(const resolver *self, cxm_suggestion *suggestion, bool families) {
    const cxm_lexicon *lexicon = self->lexicon;
    for (size_t i = 0; i < lexicon->category_count; i++)
        cxm_suggest(suggestion,
                    families ? lexicon->categories[i].family : lexicon->categories[i].name);
    for (size_t i = 0; i < lexicon->behavior_count && !families; i++)
        cxm_suggest(suggestion, lexicon->behaviors[i].name);
}

static cxm_status fail_name(const resolver *self, const cxm_clause *clause) {
    bool family = is_family(clause->name);
    size_t at = (size_t)(clause->name.ptr - self->expression->text.ptr);
    cxm_suggestion suggestion = {.wrong = clause->name};
    if (family)
        suggestion.wrong.len -= 2;
    suggest_all(self, &suggestion, family);
    cxm_str shown = cxm_pack_short(clause->name);
    const char *what = family ? "family" : "category or behavior";
    if (suggestion.best.ptr)
        return cxm_pack_report(self->maker->pack, CXM_E_SYNTAX, self->scalar, at,
                               "no %s '%.*s'; did you mean '%.*s%s'?", what, CXM_STR_ARGS(shown),
                               CXM_STR_ARGS(suggestion.best), family ? ".*" : "");
    return cxm_pack_report(self->maker->pack, CXM_E_SYNTAX, self->scalar, at,
                           "no %s '%.*s'; expected one of the lexicon, or a phrase in quotation "
                           "marks",
                           what, CXM_STR_ARGS(shown));
}

static cxm_status resolve_name(const resolver *self, cxm_clause *clause) {
    uint32_t roles = 0;
    if (clause->kind == CXM_CLAUSE_BEHAVIOR)
        return CXM_OK; /* resolved with what is given */
    if (!find_name(self, clause))
        return fail_name(self, clause);
    clause->places = true;
    if (clause->kind == CXM_CLAUSE_BEHAVIOR) {
        const cxm_expression *named = &self->lexicon->behavior_expressions[clause->first];
        if (!named->count)
            return CXM_E_SYNTAX; /* it is wrong itself, and that has been told */
        roles = cxm_expression_root(named)->roles;
        clause->places = cxm_expression_root(named)->places;
        clause->timed = cxm_expression_root(named)->timed;
    }
    for (uint32_t i = clause->first; clause->kind == CXM_CLAUSE_CATEGORIES && i < clause->last; i++)
        roles |= roles_of(&self->lexicon->categories[i]);
    uint32_t known = clause->roles & roles & ~CXM_ROLE_BIT(CXM_ROLE_UNKNOWN);
    if (!known && !(clause->roles == CXM_ROLE_BIT(CXM_ROLE_UNKNOWN) && clause->roles & roles) &&
        clause->places)
        return cxm_pack_report(self->maker->pack, CXM_E_SYNTAX, self->scalar, clause->start,
                               "'%.*s' is never found in turns of that role; expected the role "
                               "that says it, or none",
                               CXM_STR_ARGS(clause->name));
    clause->roles &= roles;
    return CXM_OK;
}

/* ---- What clauses ask of each other ---- */

static cxm_status need_places(const resolver *self, const cxm_clause *clause,
                              const cxm_clause *child) {
    if (child->places)
        return CXM_OK;
    return cxm_pack_report(self->maker->pack, CXM_E_SYNTAX, self->scalar, clause->start,
                           "'not' has no place in the conversation, so nothing can be near it, "
                           "counted or in a part; expected what was said");
}

static cxm_status resolve_clause(const resolver *self, cxm_clause *clause) {
    const cxm_clause *left = &self->expression->clauses[clause->left];
    const cxm_clause *right = &self->expression->clauses[clause->right];
    cxm_status status = CXM_OK;
    switch (clause->kind) {
    case CXM_CLAUSE_CATEGORIES:
    case CXM_CLAUSE_BEHAVIOR:
        return resolve_name(self, clause);
    case CXM_CLAUSE_COMPARE:
        return CXM_OK;
    case CXM_CLAUSE_RELATION:
        status = need_places(self, clause, left);
        if (!status)
            status = need_places(self, clause, right);
        clause->timed |= left->timed || right->timed;
        break;
    case CXM_CLAUSE_PART:
    case CXM_CLAUSE_COUNT:
        status = need_places(self, clause, left);
        clause->timed |= left->timed;
        break;
    case CXM_CLAUSE_NOT:
        clause->timed = left->timed;
        return CXM_OK;
    case CXM_CLAUSE_AND:
    case CXM_CLAUSE_OR:
        clause->timed = left->timed || right->timed;
        clause->places = left->places || right->places;
        clause->roles = (left->places ? left->roles : 0) | (right->places ? right->roles : 0);
        return CXM_OK;
    case CXM_CLAUSE_WHERE:
        clause->timed = left->timed || right->timed;
        break;
    }
    clause->places = left->places;
    clause->roles = left->roles;
    return status;
}

cxm_status cxm_expression_resolve(cxm_behavior_maker *self, const cxm_pack_scalar *scalar,
                                  cxm_expression *expression, size_t from) {
    resolver names = {self, self->lexicon, scalar, expression};
    cxm_status status = CXM_OK;
    for (size_t i = from; i < expression->count && !status; i++)
        status = resolve_clause(&names, &expression->clauses[i]);
    return status;
}
