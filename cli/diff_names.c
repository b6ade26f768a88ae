/* SPDX-License-Identifier: MIT */
/* What two lexicons have, by name, and the agents of the transcripts. */
#include "array.h"
#include "diagnostics.h"
#include "diff.h"

#include <stdlib.h>
#include <string.h>

static int compare_text(cxm_str a, cxm_str b) {
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len ? memcmp(a.ptr, b.ptr, len) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* ---- Categories, behaviors, scorecards ---- */

/* The name at an index of a lexicon; ptr NULL behind the last. They are sorted. */
typedef cxm_str (*name_at)(const cxm_lexicon *lexicon, size_t index);

static cxm_str category_at(const cxm_lexicon *lexicon, size_t index) {
    bool named = index < cxm_lexicon_category_count(lexicon); /* others stand in expressions */
    return named ? cxm_lexicon_category(lexicon, index)->name : (cxm_str){NULL, 0};
}

static cxm_str behavior_at(const cxm_lexicon *lexicon, size_t index) {
    const cxm_behavior *behavior = cxm_lexicon_behavior(lexicon, index);
    return behavior ? behavior->name : (cxm_str){NULL, 0};
}

static cxm_str scorecard_at(const cxm_lexicon *lexicon, size_t index) {
    const cxm_scorecard *scorecard = cxm_lexicon_scorecard(lexicon, index);
    return scorecard ? scorecard->name : (cxm_str){NULL, 0};
}

static size_t count_of(const cxm_lexicon *lexicon, name_at names) {
    size_t count = 0;
    while (names(lexicon, count).ptr)
        count++;
    return count;
}

/* Those of both, each once. */
static void merge(cli_diff_rows *self, const cxm_lexicon *old, const cxm_lexicon *new,
                  name_at names) {
    size_t i = 0;
    size_t k = 0;
    for (;;) {
        cxm_str one = names(old, i);
        cxm_str other = names(new, k);
        if (!one.ptr && !other.ptr)
            return;
        int order = !one.ptr ? 1 : !other.ptr ? -1 : compare_text(one, other);
        self->items[self->count].name = order <= 0 ? one : other;
        if (order <= 0)
            self->number_of[0][i++] = self->count;
        if (order >= 0)
            self->number_of[1][k++] = self->count;
        self->count++;
    }
}

static bool make_rows(cli_diff_rows *self, const cli_diff *diff, name_at names) {
    const cxm_lexicon *old = diff->sides[0].lexicon;
    const cxm_lexicon *new = diff->sides[1].lexicon;
    size_t counts[2] = {count_of(old, names), count_of(new, names)};
    self->items = calloc(counts[0] + counts[1] + 1, sizeof *self->items);
    self->number_of[0] = calloc(counts[0] + 1, sizeof(size_t));
    self->number_of[1] = calloc(counts[1] + 1, sizeof(size_t));
    if (!self->items || !self->number_of[0] || !self->number_of[1])
        return false;
    merge(self, old, new, names);
    return true;
}

bool cli_diff_number(cli_diff *self) {
    return make_rows(&self->categories, self, category_at) &&
           make_rows(&self->behaviors, self, behavior_at) &&
           make_rows(&self->scorecards, self, scorecard_at);
}

void cli_diff_clear_rows(cli_diff_rows *self) {
    free(self->items);
    free(self->number_of[0]);
    free(self->number_of[1]);
}

/* ---- Agents ---- */

static cxm_str agent_at(const cli_diff *self, size_t place) {
    return cxm_str_from(self->agents[self->order[place]].name);
}

/* The first place of the sorted order that is not before a name. */
static size_t place_of(const cli_diff *self, cxm_str name) {
    size_t low = 0;
    size_t high = self->agent_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_text(agent_at(self, middle), name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Room for one more agent, in both arrays. */
static bool reserve_agent(cli_diff *self) {
    size_t capacity = self->agent_capacity;
    cli_diff_agent *agents =
        cli_grow(self->agents, &self->agent_capacity, self->agent_count, sizeof *agents);
    if (!agents)
        return false;
    self->agents = agents;
    if (capacity == self->agent_capacity)
        return true;
    size_t *order = realloc(self->order, self->agent_capacity * sizeof *order);
    if (!order) {
        self->agent_capacity = capacity;
        cli_complain_memory();
        return false;
    }
    self->order = order;
    return true;
}

static cli_diff_agent *add_agent(cli_diff *self, cxm_str name, size_t place) {
    if (!reserve_agent(self))
        return NULL;
    cli_diff_agent agent = {.name = malloc(name.len + 1),
                            .scores = calloc(self->scorecards.count + 1, sizeof *agent.scores)};
    if (!agent.name || !agent.scores) {
        free(agent.name);
        free(agent.scores);
        cli_complain_memory();
        return NULL;
    }
    if (name.len)
        memcpy(agent.name, name.ptr, name.len);
    agent.name[name.len] = '\0';
    memmove(self->order + place + 1, self->order + place,
            (self->agent_count - place) * sizeof *self->order);
    self->order[place] = self->agent_count;
    self->agents[self->agent_count] = agent;
    return &self->agents[self->agent_count++];
}

/* A label with a NUL in it ends there. */
cli_diff_agent *cli_diff_find_agent(cli_diff *self, cxm_str name) {
    const char *nul = name.len ? memchr(name.ptr, '\0', name.len) : NULL;
    if (nul)
        name.len = (size_t)(nul - name.ptr);
    size_t place = place_of(self, name);
    if (place < self->agent_count && compare_text(agent_at(self, place), name) == 0)
        return &self->agents[self->order[place]];
    return add_agent(self, name, place);
}
