/* SPDX-License-Identifier: MIT */
/* From the behaviors, scorecards and queries of a pack to those of a lexicon. */
#include "base/str.h"
#include "lexicon/compile.h"

#include <stdlib.h>

void cxm_behavior_maker_init(cxm_behavior_maker *self, cxm_lexicon *lexicon, cxm_pack *pack,
                             cxm_arena *arena) {
    *self = (cxm_behavior_maker){.lexicon = lexicon, .pack = pack, .arena = arena};
    cxm_table_init(&self->phrases, &lexicon->allocator);
}

void cxm_behavior_maker_clear(cxm_behavior_maker *self) {
    cxm_table_clear(&self->phrases);
}

static bool copy(cxm_behavior_maker *self, const cxm_pack_scalar *scalar, cxm_str *out) {
    if (!scalar->text.ptr)
        return true;
    *out = cxm_arena_copy(&self->lexicon->arena, scalar->text);
    return out->ptr != NULL;
}

static bool copy_place(cxm_behavior_maker *self, const cxm_pack_scalar *scalar, cxm_str *file,
                       uint32_t *line) {
    *file = cxm_arena_copy(&self->lexicon->arena, scalar->file->name);
    *line = scalar->line;
    return file->ptr != NULL;
}

/* ---- Phrases in expressions ---- */

/* A phrase becomes a category that only its text finds. */
static cxm_status add_phrase(cxm_behavior_maker *self, const cxm_pack_scalar *phrase) {
    cxm_pack *pack = self->pack;
    bool added;
    if (!cxm_table_add(&self->phrases, phrase->text, (uint32_t)self->phrases.count, &added))
        return CXM_E_NOMEM;
    if (!added)
        return CXM_OK;
    cxm_pack_category category = {.name = *phrase, .hidden = true, .phrase_count = 1};
    category.phrases = CXM_ARENA_ARRAY(&pack->arena, cxm_pack_phrase, 1);
    void *items = pack->categories;
    if (!category.phrases || !cxm_array_reserve(&pack->allocator, &items, &pack->category_capacity,
                                                pack->category_count + 1, sizeof *pack->categories))
        return CXM_E_NOMEM;
    category.phrases->text = *phrase;
    pack->categories = items;
    pack->categories[pack->category_count++] = category;
    return CXM_OK;
}

static cxm_status add_phrases(cxm_behavior_maker *self, const cxm_pack_scalar *scalar,
                              const cxm_expression *expression, size_t from) {
    cxm_status status = CXM_OK;
    for (size_t i = from; i < expression->count && !status; i++) {
        const cxm_clause *clause = &expression->clauses[i];
        if (!clause->phrase)
            continue;
        size_t at = (size_t)(clause->name.ptr - expression->text.ptr);
        cxm_pack_scalar phrase = cxm_pack_scalar_part(scalar, at, at + clause->name.len);
        phrase.text = clause->name; /* the lexicon's own bytes */
        status = add_phrase(self, &phrase);
    }
    return status;
}

/* Parses one expression; what is wrong with it has been told, and leaves it without clauses. */
static cxm_status parse(cxm_behavior_maker *self, const cxm_pack_scalar *given_scalar,
                        const cxm_expression *given, cxm_expression *out) {
    cxm_pack_scalar scalar = *given_scalar;
    *out = (cxm_expression){.count = 0};
    if (!scalar.text.ptr)
        return CXM_OK;
    scalar.text = cxm_arena_copy(&self->lexicon->arena, scalar.text);
    if (!scalar.text.ptr)
        return CXM_E_NOMEM;
    cxm_status status =
        cxm_expression_parse(self->pack, &self->lexicon->arena, &scalar, given, out);
    if (status == CXM_OK)
        status = add_phrases(self, &scalar, out, given ? given->count : 0);
    return status == CXM_E_NOMEM ? status : CXM_OK;
}

/* ---- Behaviors and queries ---- */

static int compare_behaviors(const void *a, const void *b) {
    const cxm_pack_behavior *one = a;
    const cxm_pack_behavior *other = b;
    int order = cxm_str_compare(one->name.text, other->name.text);
    return order ? order : (one->load < other->load) - (one->load > other->load);
}

/* The behaviors that hold, by name: of several of one name the last. */
static cxm_status keep_behaviors(cxm_behavior_maker *self) {
    cxm_pack *pack = self->pack;
    self->kept = CXM_ARENA_ARRAY(self->arena, cxm_pack_behavior, pack->behavior_count + 1);
    if (!self->kept)
        return CXM_E_NOMEM;
    size_t count = pack->behavior_count;
    if (count)
        memcpy(self->kept, pack->behaviors, count * sizeof *self->kept);
    qsort(self->kept, count, sizeof *self->kept, compare_behaviors);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!kept || !cxm_str_equal(self->kept[kept - 1].name.text, self->kept[i].name.text))
            self->kept[kept++] = self->kept[i];
    self->lexicon->behavior_count = kept;
    return CXM_OK;
}

static cxm_status parse_behavior(cxm_behavior_maker *self, const cxm_pack_behavior *given,
                                 cxm_behavior *out, cxm_expression *expression) {
    cxm_status status = parse(self, &given->expression, NULL, expression);
    out->weight = given->weight;
    out->expression = expression->text;
    if (status || !copy(self, &given->name, &out->name) ||
        !copy(self, &given->title, &out->title) || !copy(self, &given->why, &out->why))
        return CXM_E_NOMEM;
    const cxm_pack_scalar *place = given->expression.text.ptr ? &given->expression : &given->name;
    return copy_place(self, place, &out->file, &out->line) ? CXM_OK : CXM_E_NOMEM;
}

static cxm_status parse_behaviors(cxm_behavior_maker *self) {
    cxm_lexicon *lexicon = self->lexicon;
    cxm_status status = keep_behaviors(self);
    if (status)
        return status;
    size_t count = lexicon->behavior_count;
    lexicon->behaviors = CXM_ARENA_ARRAY(&lexicon->arena, cxm_behavior, count + 1);
    lexicon->behavior_expressions = CXM_ARENA_ARRAY(&lexicon->arena, cxm_expression, count + 1);
    lexicon->behavior_order = CXM_ARENA_ARRAY(&lexicon->arena, uint32_t, count + 1);
    if (!lexicon->behaviors || !lexicon->behavior_expressions || !lexicon->behavior_order)
        return CXM_E_NOMEM;
    for (size_t i = 0; i < count && !status; i++)
        status = parse_behavior(self, &self->kept[i], &lexicon->behaviors[i],
                                &lexicon->behavior_expressions[i]);
    return status;
}

static cxm_status parse_queries(cxm_behavior_maker *self) {
    cxm_lexicon *lexicon = self->lexicon;
    const cxm_pack_words *queries = &self->pack->queries;
    lexicon->queries = CXM_ARENA_ARRAY(&lexicon->arena, cxm_behavior, queries->count + 1);
    lexicon->query_expressions =
        CXM_ARENA_ARRAY(&lexicon->arena, cxm_expression, queries->count + 1);
    if (!lexicon->queries || !lexicon->query_expressions)
        return CXM_E_NOMEM;
    lexicon->query_count = queries->count;
    for (size_t i = 0; i < queries->count; i++) {
        cxm_behavior *query = &lexicon->queries[i];
        cxm_expression *expression = &lexicon->query_expressions[i];
        if (parse(self, &queries->items[i], NULL, expression) ||
            !copy_place(self, &queries->items[i], &query->file, &query->line))
            return CXM_E_NOMEM;
        query->name = query->file;
        query->expression = expression->text;
    }
    return CXM_OK;
}

/* ---- Scorecards ---- */

static cxm_status parse_criterion(cxm_behavior_maker *self, const cxm_pack_criterion *given,
                                  cxm_criterion *out, cxm_criterion_rule *rule) {
    const cxm_pack_scalar *asked = given->avoid.text.ptr ? &given->avoid : &given->expect;
    out->avoid = given->avoid.text.ptr;
    out->points = given->points;
    if (parse(self, &given->given, NULL, &rule->given))
        return CXM_E_NOMEM;
    rule->relative = asked->text.ptr && cxm_expression_is_relative(asked->text);
    if (rule->relative && !given->given.text.ptr)
        cxm_pack_report(self->pack, CXM_E_SYNTAX, asked, 0,
                        "it is about a place that is given; expected given: beside it");
    bool good = !rule->relative || rule->given.count; /* else it has been told */
    if (good && parse(self, asked, rule->relative ? &rule->given : NULL, &rule->asked))
        return CXM_E_NOMEM;
    out->given = rule->given.text;
    out->asked = rule->asked.text;
    return copy(self, &given->name, &out->name) && copy(self, &given->title, &out->title) &&
                   copy(self, &given->why, &out->why) &&
                   copy_place(self, &given->name, &out->file, &out->line)
               ? CXM_OK
               : CXM_E_NOMEM;
}

static cxm_status parse_scorecard(cxm_behavior_maker *self, const cxm_pack_scorecard *given,
                                  cxm_scorecard *out, cxm_scorecard_rule *rule) {
    cxm_arena *arena = &self->lexicon->arena;
    size_t count = given->criterion_count;
    cxm_criterion *criteria = CXM_ARENA_ARRAY(arena, cxm_criterion, count + 1);
    cxm_criterion_rule *rules = CXM_ARENA_ARRAY(arena, cxm_criterion_rule, count + 1);
    if (!criteria || !rules || parse(self, &given->given, NULL, &rule->given) ||
        !copy(self, &given->name, &out->name) || !copy(self, &given->title, &out->title) ||
        !copy(self, &given->why, &out->why) ||
        !copy_place(self, &given->name, &out->file, &out->line))
        return CXM_E_NOMEM;
    out->given = rule->given.text;
    out->criteria = criteria;
    out->criterion_count = count;
    rule->criteria = rules;
    for (size_t i = 0; i < count; i++)
        if (parse_criterion(self, &given->criteria[i], &criteria[i], &rules[i]))
            return CXM_E_NOMEM;
    return CXM_OK;
}

static int compare_scorecards(const void *a, const void *b) {
    const cxm_pack_scorecard *one = a;
    const cxm_pack_scorecard *other = b;
    int order = cxm_str_compare(one->name.text, other->name.text);
    return order ? order : (one->load < other->load) - (one->load > other->load);
}

static cxm_status parse_scorecards(cxm_behavior_maker *self) {
    cxm_lexicon *lexicon = self->lexicon;
    size_t count = self->pack->scorecard_count;
    self->scorecards = CXM_ARENA_ARRAY(self->arena, cxm_pack_scorecard, count + 1);
    lexicon->scorecards = CXM_ARENA_ARRAY(&lexicon->arena, cxm_scorecard, count + 1);
    lexicon->scorecard_rules = CXM_ARENA_ARRAY(&lexicon->arena, cxm_scorecard_rule, count + 1);
    if (!self->scorecards || !lexicon->scorecards || !lexicon->scorecard_rules)
        return CXM_E_NOMEM;
    if (count)
        memcpy(self->scorecards, self->pack->scorecards, count * sizeof *self->scorecards);
    qsort(self->scorecards, count, sizeof *self->scorecards, compare_scorecards);
    for (size_t i = 0; i < count; i++) {
        size_t at = lexicon->scorecard_count;
        if (at && cxm_str_equal(lexicon->scorecards[at - 1].name, self->scorecards[i].name.text))
            continue;
        self->scorecards[at] = self->scorecards[i];
        if (parse_scorecard(self, &self->scorecards[at], &lexicon->scorecards[at],
                            &lexicon->scorecard_rules[at]))
            return CXM_E_NOMEM;
        lexicon->scorecard_count++;
    }
    return CXM_OK;
}

cxm_status cxm_behaviors_parse(cxm_behavior_maker *self) {
    cxm_status status = parse_behaviors(self);
    if (!status)
        status = parse_queries(self);
    return status ? status : parse_scorecards(self);
}

/* ---- Looking names up ---- */

enum { MOST_BEHAVIORS_DEEP = 64 };

/* Resolves a behavior behind those that it names. */
static cxm_status order_behavior(cxm_behavior_maker *self, uint32_t index, size_t depth) {
    cxm_lexicon *lexicon = self->lexicon;
    cxm_expression *expression = &lexicon->behavior_expressions[index];
    const cxm_pack_scalar *scalar = &self->kept[index].expression;
    cxm_status status = CXM_OK;
    if (self->done[index])
        return CXM_OK;
    if (depth == MOST_BEHAVIORS_DEEP)
        return cxm_pack_report(self->pack, CXM_E_LIMIT, scalar, 0,
                               "more than %d behaviors within each other", MOST_BEHAVIORS_DEEP);
    self->visited[index] = true;
    for (size_t i = 0; i < expression->count && !status; i++) {
        const cxm_clause *clause = &expression->clauses[i];
        uint32_t named;
        uint32_t category;
        if (clause->kind != CXM_CLAUSE_CATEGORIES || clause->phrase ||
            cxm_lexicon_find_category(lexicon, clause->name, &category) ||
            !cxm_lexicon_find_behavior(lexicon, clause->name, &named) || self->done[named])
            continue;
        status = self->visited[named]
                     ? cxm_pack_report(self->pack, CXM_E_SYNTAX, scalar, clause->start,
                                       "'%.*s' uses itself", CXM_STR_ARGS(clause->name))
                     : order_behavior(self, named, depth + 1);
    }
    if (!status && expression->count)
        status = cxm_expression_resolve(self, scalar, expression, 0);
    if (status == CXM_E_NOMEM)
        return status;
    if (status)
        expression->count = 0; /* told; who names it is told nothing more */
    self->done[index] = true;
    lexicon->behavior_order[self->ordered++] = index;
    return CXM_OK;
}

static cxm_status order_behaviors(cxm_behavior_maker *self) {
    size_t count = self->lexicon->behavior_count;
    self->visited = CXM_ARENA_ARRAY(self->arena, bool, count + 1);
    self->done = CXM_ARENA_ARRAY(self->arena, bool, count + 1);
    if (!self->visited || !self->done)
        return CXM_E_NOMEM;
    cxm_status status = CXM_OK;
    for (size_t i = 0; i < count && status != CXM_E_NOMEM; i++)
        status = order_behavior(self, (uint32_t)i, 0);
    return status == CXM_E_NOMEM ? status : CXM_OK;
}

static cxm_status resolve(cxm_behavior_maker *self, const cxm_pack_scalar *scalar,
                          cxm_expression *expression, size_t from) {
    if (!expression->count)
        return CXM_OK;
    cxm_status status = cxm_expression_resolve(self, scalar, expression, from);
    if (status)
        expression->count = 0;
    return status == CXM_E_NOMEM ? status : CXM_OK;
}

static cxm_status resolve_criterion(cxm_behavior_maker *self, const cxm_pack_criterion *given,
                                    cxm_criterion_rule *rule) {
    const cxm_pack_scalar *asked = given->avoid.text.ptr ? &given->avoid : &given->expect;
    size_t from = rule->relative ? rule->given.count : 0;
    cxm_status status = resolve(self, &given->given, &rule->given, 0);
    if (status || (rule->relative && !rule->given.count))
        return status;
    if (rule->relative && rule->asked.count)
        memcpy(rule->asked.clauses, rule->given.clauses, from * sizeof *rule->given.clauses);
    return resolve(self, asked, &rule->asked, from);
}

static cxm_status resolve_scorecards(cxm_behavior_maker *self) {
    cxm_lexicon *lexicon = self->lexicon;
    cxm_status status = CXM_OK;
    for (size_t i = 0; i < lexicon->scorecard_count && !status; i++) {
        cxm_scorecard_rule *rule = &lexicon->scorecard_rules[i];
        const cxm_pack_scorecard *given = &self->scorecards[i];
        cxm_criterion_rule *criteria = (cxm_criterion_rule *)rule->criteria;
        status = resolve(self, &given->given, &rule->given, 0);
        for (size_t j = 0; j < given->criterion_count && !status; j++)
            status = resolve_criterion(self, &given->criteria[j], &criteria[j]);
    }
    return status;
}

/* ---- Dialogues ---- */

static cxm_status compile_dialogues(cxm_behavior_maker *self) {
    cxm_lexicon *lexicon = self->lexicon;
    cxm_status status = CXM_OK;
    for (size_t i = 0; i < lexicon->behavior_count && !status; i++) {
        cxm_dialogue kind = {.subject = CXM_SUBJECT_BEHAVIOR, .behavior = (uint32_t)i};
        status = cxm_compile_dialogues(self, &self->kept[i].hits, kind);
        kind.expectation = CXM_EXPECT_MISS;
        if (!status)
            status = cxm_compile_dialogues(self, &self->kept[i].misses, kind);
    }
    for (size_t i = 0; i < lexicon->scorecard_count; i++)
        for (size_t j = 0; j < self->scorecards[i].criterion_count && !status; j++) {
            const cxm_pack_criterion *given = &self->scorecards[i].criteria[j];
            cxm_dialogue kind = {.subject = CXM_SUBJECT_CRITERION,
                                 .scorecard = (uint32_t)i,
                                 .criterion = (uint32_t)j};
            const cxm_pack_list *lists[] = {&given->hits, &given->misses, &given->nones};
            for (unsigned k = 0; k < 3 && !status; k++) {
                kind.expectation = (cxm_expectation)k;
                status = cxm_compile_dialogues(self, lists[k], kind);
            }
        }
    return status;
}

static size_t count_dialogues(const cxm_behavior_maker *self) {
    size_t count = 0;
    for (size_t i = 0; i < self->lexicon->behavior_count; i++)
        count += self->kept[i].hits.count + self->kept[i].misses.count;
    for (size_t i = 0; i < self->lexicon->scorecard_count; i++)
        for (size_t j = 0; j < self->scorecards[i].criterion_count; j++) {
            const cxm_pack_criterion *given = &self->scorecards[i].criteria[j];
            count += given->hits.count + given->misses.count + given->nones.count;
        }
    return count;
}

cxm_status cxm_behaviors_resolve(cxm_behavior_maker *self) {
    cxm_lexicon *lexicon = self->lexicon;
    cxm_status status = order_behaviors(self);
    for (size_t i = 0; i < lexicon->query_count && !status; i++)
        status = resolve(self, &self->pack->queries.items[i], &lexicon->query_expressions[i], 0);
    if (!status)
        status = resolve_scorecards(self);
    if (status)
        return status;
    lexicon->dialogues = CXM_ARENA_ARRAY(&lexicon->arena, cxm_dialogue, count_dialogues(self) + 1);
    return lexicon->dialogues ? compile_dialogues(self) : CXM_E_NOMEM;
}
