/* SPDX-License-Identifier: MIT */
/* Reading `behaviors:` and `scorecards:` of a file of a pack. */
#include "base/str.h"
#include "lexicon/pack_reader.h"

#define DIALOGUES "a list of dialogues, each a text of lines as 'agent: Hello'"

/* ---- What both have ---- */

/* `refusal.closed`, or one part as `recovery`; where `dotted` is false only the latter. */
static bool is_name(cxm_str name, bool dotted) {
    const char *point = name.len && dotted ? memchr(name.ptr, '.', name.len) : NULL;
    if (!point)
        return cxm_pack_is_name(name);
    size_t at = (size_t)(point - name.ptr);
    return cxm_pack_is_name(cxm_str_slice(name, 0, at)) &&
           cxm_pack_is_name(cxm_str_slice(name, at + 1, name.len));
}

/* Whether a mapping has a name that will do; told if not. */
static bool check_name(cxm_pack_reader *self, const cxm_yaml_node *value, const char *what,
                       bool dotted) {
    cxm_str shown = cxm_pack_short(value->key->text);
    if (is_name(value->key->text, dotted))
        return true;
    cxm_pack_fault(self, value->key, "'%.*s' is no name of %s; expected %s of a-z, 0-9 and _",
                   CXM_STR_ARGS(shown), what, dotted ? "family.member or one part, each" : "one");
    return false;
}

static void read_dialogues(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    cxm_pack_list *list = field;
    *list = cxm_pack_list_of(self, value, DIALOGUES, false);
}

/* Tells of a name that comes twice in one load. */
static void fault_twice(cxm_pack_reader *self, const cxm_yaml_node *value, const char *what) {
    cxm_str shown = cxm_pack_short(value->key->text);
    cxm_pack_fault(self, value->key, "a second %s '%.*s'; expected one of a name in a pack", what,
                   CXM_STR_ARGS(shown));
}

/* ---- Behaviors ---- */

static void read_behavior_weight(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    cxm_pack_behavior *behavior = field;
    cxm_pack_read_number(self, value, &behavior->weight);
}

static void read_behavior_tests(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    static const cxm_pack_key keys[] = {
        {"hit", read_dialogues, offsetof(cxm_pack_behavior, hits)},
        {"miss", read_dialogues, offsetof(cxm_pack_behavior, misses)},
        CXM_PACK_KEYS_END,
    };
    if (cxm_pack_expect(self, value, CXM_YAML_MAPPING, "hit: and miss:, each with " DIALOGUES))
        cxm_pack_read_keys(self, value, keys, field);
}

static void add_behavior(cxm_pack_reader *self, const cxm_yaml_node *value,
                         const cxm_pack_behavior *behavior) {
    cxm_pack *pack = self->pack;
    void *items = pack->behaviors;
    for (size_t i = 0; i < pack->behavior_count; i++)
        if (pack->behaviors[i].load == pack->load &&
            cxm_str_equal(pack->behaviors[i].name.text, behavior->name.text))
            fault_twice(self, value, "behavior");
    if (!cxm_array_reserve(&pack->allocator, &items, &pack->behavior_capacity,
                           pack->behavior_count + 1, sizeof *pack->behaviors)) {
        self->no_memory = true;
        return;
    }
    pack->behaviors = items;
    pack->behaviors[pack->behavior_count++] = *behavior;
}

static void read_behavior(cxm_pack_reader *self, const cxm_yaml_node *value) {
    static const cxm_pack_key keys[] = {
        {"title", cxm_pack_read_text, offsetof(cxm_pack_behavior, title)},
        {"why", cxm_pack_read_text, offsetof(cxm_pack_behavior, why)},
        {"weight", read_behavior_weight, 0},
        {"expression", cxm_pack_read_text, offsetof(cxm_pack_behavior, expression)},
        {"tests", read_behavior_tests, 0},
        CXM_PACK_KEYS_END,
    };
    cxm_pack_behavior behavior = {.name = cxm_pack_scalar_of(self, value->key),
                                  .load = self->pack->load};
    bool named = check_name(self, value, "a behavior", true);
    if (!cxm_pack_expect(self, value, CXM_YAML_MAPPING, "a behavior: expression: and more"))
        return;
    cxm_pack_read_keys(self, value, keys, &behavior);
    if (!cxm_pack_find(value, "expression"))
        cxm_pack_fault(self, value->key,
                       "no 'expression' here; expected one, as 'expression: "
                       "agent:policy.cite without agent:empathy.*'");
    else if (named)
        add_behavior(self, value, &behavior);
}

void cxm_pack_read_behaviors(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    (void)field;
    if (!cxm_pack_expect(self, value, CXM_YAML_MAPPING, "behaviors by name"))
        return;
    for (const cxm_yaml_node *node = value->first; node; node = node->next)
        read_behavior(self, node);
}

/* ---- Scorecards ---- */

static void read_points(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    cxm_pack_criterion *criterion = field;
    if (!cxm_pack_read_number(self, value, &criterion->points))
        criterion->points = 1; /* told; not to be told as absent again */
    else if (criterion->points <= 0)
        cxm_pack_fault(self, value, "points must be above 0");
}

static void read_criterion_tests(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    static const cxm_pack_key keys[] = {
        {"hit", read_dialogues, offsetof(cxm_pack_criterion, hits)},
        {"miss", read_dialogues, offsetof(cxm_pack_criterion, misses)},
        {"none", read_dialogues, offsetof(cxm_pack_criterion, nones)},
        CXM_PACK_KEYS_END,
    };
    if (cxm_pack_expect(self, value, CXM_YAML_MAPPING,
                        "hit:, miss: and none:, each with " DIALOGUES))
        cxm_pack_read_keys(self, value, keys, field);
}

static bool read_criterion(cxm_pack_reader *self, const cxm_yaml_node *value,
                           cxm_pack_criterion *criterion) {
    static const cxm_pack_key keys[] = {
        {"title", cxm_pack_read_text, offsetof(cxm_pack_criterion, title)},
        {"why", cxm_pack_read_text, offsetof(cxm_pack_criterion, why)},
        {"points", read_points, 0},
        {"given", cxm_pack_read_text, offsetof(cxm_pack_criterion, given)},
        {"expect", cxm_pack_read_text, offsetof(cxm_pack_criterion, expect)},
        {"avoid", cxm_pack_read_text, offsetof(cxm_pack_criterion, avoid)},
        {"tests", read_criterion_tests, 0},
        CXM_PACK_KEYS_END,
    };
    bool named = check_name(self, value, "a criterion", false);
    if (!cxm_pack_expect(self, value, CXM_YAML_MAPPING, "a criterion: points:, expect: and more"))
        return false;
    cxm_pack_read_keys(self, value, keys, criterion);
    bool expects = cxm_pack_find(value, "expect");
    if (expects == (cxm_pack_find(value, "avoid") != NULL))
        cxm_pack_fault(self, value->key, "%s; expected one of expect: and avoid:",
                       expects ? "both 'expect' and 'avoid' here" : "no 'expect' here");
    if (!cxm_pack_find(value, "points"))
        cxm_pack_fault(self, value->key, "no 'points' here; expected them, as 'points: 10'");
    return named;
}

static void read_criteria(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    cxm_pack_scorecard *scorecard = field;
    if (!cxm_pack_expect(self, value, CXM_YAML_MAPPING, "criteria by name") || !value->count)
        return;
    scorecard->criteria = CXM_ARENA_ARRAY(&self->pack->arena, cxm_pack_criterion, value->count);
    if (!scorecard->criteria) {
        self->no_memory = true;
        return;
    }
    for (const cxm_yaml_node *node = value->first; node; node = node->next) {
        cxm_pack_criterion criterion = {.name = cxm_pack_scalar_of(self, node->key)};
        if (read_criterion(self, node, &criterion))
            scorecard->criteria[scorecard->criterion_count++] = criterion;
    }
}

static void add_scorecard(cxm_pack_reader *self, const cxm_yaml_node *value,
                          const cxm_pack_scorecard *scorecard) {
    cxm_pack *pack = self->pack;
    void *items = pack->scorecards;
    for (size_t i = 0; i < pack->scorecard_count; i++)
        if (pack->scorecards[i].load == pack->load &&
            cxm_str_equal(pack->scorecards[i].name.text, scorecard->name.text))
            fault_twice(self, value, "scorecard");
    if (!cxm_array_reserve(&pack->allocator, &items, &pack->scorecard_capacity,
                           pack->scorecard_count + 1, sizeof *pack->scorecards)) {
        self->no_memory = true;
        return;
    }
    pack->scorecards = items;
    pack->scorecards[pack->scorecard_count++] = *scorecard;
}

static void read_scorecard(cxm_pack_reader *self, const cxm_yaml_node *value) {
    static const cxm_pack_key keys[] = {
        {"title", cxm_pack_read_text, offsetof(cxm_pack_scorecard, title)},
        {"why", cxm_pack_read_text, offsetof(cxm_pack_scorecard, why)},
        {"given", cxm_pack_read_text, offsetof(cxm_pack_scorecard, given)},
        {"criteria", read_criteria, 0},
        CXM_PACK_KEYS_END,
    };
    cxm_pack_scorecard scorecard = {.name = cxm_pack_scalar_of(self, value->key),
                                    .load = self->pack->load};
    bool named = check_name(self, value, "a scorecard", false);
    if (!cxm_pack_expect(self, value, CXM_YAML_MAPPING, "a scorecard: criteria: and more"))
        return;
    cxm_pack_read_keys(self, value, keys, &scorecard);
    if (!cxm_pack_find(value, "criteria"))
        cxm_pack_fault(self, value->key, "no 'criteria' here; expected them by name");
    else if (named)
        add_scorecard(self, value, &scorecard);
}

void cxm_pack_read_scorecards(cxm_pack_reader *self, const cxm_yaml_node *value, void *field) {
    (void)field;
    if (!cxm_pack_expect(self, value, CXM_YAML_MAPPING, "scorecards by name"))
        return;
    for (const cxm_yaml_node *node = value->first; node; node = node->next)
        read_scorecard(self, node);
}
