/* SPDX-License-Identifier: MIT */
#include "diff.h"

#include "array.h"
#include "diagnostics.h"

#include <stdlib.h>
#include <string.h>

enum { GONE, COME };

static int compare_text(cxm_str a, cxm_str b) {
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len ? memcmp(a.ptr, b.ptr, len) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* The categories of both lexicons, each once: both are sorted by name. */
static void merge_categories(cli_diff *self) {
    const cxm_lexicon *old = self->sides[0].lexicon;
    const cxm_lexicon *new = self->sides[1].lexicon;
    size_t i = 0;
    size_t k = 0;
    for (;;) {
        const cxm_category *one = cxm_lexicon_category(old, i);
        const cxm_category *other = cxm_lexicon_category(new, k);
        if (!one && !other)
            return;
        int order = !one ? 1 : !other ? -1 : compare_text(one->name, other->name);
        self->categories[self->category_count].name = order <= 0 ? one->name : other->name;
        if (order <= 0)
            self->number_of[0][i++] = self->category_count;
        if (order >= 0)
            self->number_of[1][k++] = self->category_count;
        self->category_count++;
    }
}

bool cli_diff_begin(cli_diff *self, bool json, bool brief) {
    size_t old = cxm_lexicon_category_count(self->sides[0].lexicon);
    size_t new = cxm_lexicon_category_count(self->sides[1].lexicon);
    self->json = json;
    self->brief = brief;
    self->categories = calloc(old + new + 1, sizeof *self->categories);
    self->number_of[0] = calloc(old + 1, sizeof(size_t));
    self->number_of[1] = calloc(new + 1, sizeof(size_t));
    if (!self->categories || !self->number_of[0] || !self->number_of[1]) {
        cli_complain_memory();
        return false;
    }
    merge_categories(self);
    cli_diff_print_head(self);
    return true;
}

void cli_diff_clear(cli_diff *self) {
    for (size_t i = 0; i < self->agent_count; i++)
        free(self->agents[i].name);
    free(self->agents);
    free(self->order);
    free(self->categories);
    free(self->number_of[0]);
    free(self->number_of[1]);
}

/* ---- Agents ---- */

static cxm_str name_at(const cli_diff *self, size_t place) {
    return cxm_str_from(self->agents[self->order[place]].name);
}

/* The first place of the sorted order that is not before a name. */
static size_t place_of(const cli_diff *self, cxm_str name) {
    size_t low = 0;
    size_t high = self->agent_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_text(name_at(self, middle), name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static cli_diff_agent *add_agent(cli_diff *self, cxm_str name, size_t place) {
    size_t capacity = self->agent_capacity;
    cli_diff_agent *agents =
        cli_grow(self->agents, &self->agent_capacity, self->agent_count, sizeof *agents);
    if (!agents)
        return NULL;
    self->agents = agents;
    if (capacity != self->agent_capacity) {
        size_t *order = realloc(self->order, self->agent_capacity * sizeof *order);
        if (!order) {
            self->agent_capacity = capacity;
            cli_complain_memory();
            return NULL;
        }
        self->order = order;
    }
    char *copy = malloc(name.len + 1);
    if (!copy) {
        cli_complain_memory();
        return NULL;
    }
    if (name.len)
        memcpy(copy, name.ptr, name.len);
    copy[name.len] = '\0';
    memmove(self->order + place + 1, self->order + place,
            (self->agent_count - place) * sizeof *self->order);
    self->order[place] = self->agent_count;
    agents[self->agent_count] = (cli_diff_agent){.name = copy};
    return &agents[self->agent_count++];
}

/* The agent of a label, new or not. A label with a NUL in it ends there. */
static cli_diff_agent *find_agent(cli_diff *self, cxm_str name) {
    const char *nul = name.len ? memchr(name.ptr, '\0', name.len) : NULL;
    if (nul)
        name.len = (size_t)(nul - name.ptr);
    size_t place = place_of(self, name);
    if (place < self->agent_count && compare_text(name_at(self, place), name) == 0)
        return &self->agents[self->order[place]];
    return add_agent(self, name, place);
}

/* ---- Comparing ---- */

/* What both lexicons find in one transcript. */
typedef struct pair {
    cli_diff *diff;
    const char *path;
    const cxm_transcript *transcript;
    const cxm_result *results[2];
    bool changed;
} pair;

/* The order in which hits are gone through: that of results, but with categories by their names. */
static int compare_hits(const pair *self, const cxm_hit *one, const cxm_hit *other) {
    size_t a = self->diff->number_of[0][one->category];
    size_t b = self->diff->number_of[1][other->category];
    if (one->turn != other->turn)
        return one->turn < other->turn ? -1 : 1;
    if (one->start != other->start)
        return one->start < other->start ? -1 : 1;
    if (one->end != other->end)
        return one->end > other->end ? -1 : 1;
    return a < b ? -1 : a > b;
}

static void count(const cli_diff *self, cli_diff_counts *counts, int side, bool changes) {
    counts->hits[side]++;
    if (!changes)
        return;
    counts->changes[side]++;
    counts->conversations += counts->last_conversation != self->conversations;
    counts->last_conversation = self->conversations;
}

/* Counts a hit of one lexicon, and tells it where the other has it not. */
static bool note(pair *self, int side, const cxm_hit *hit, bool changes) {
    cli_diff *diff = self->diff;
    const cxm_turn *turn = cxm_transcript_turn(self->transcript, hit->turn);
    count(diff, &diff->categories[diff->number_of[side][hit->category]].counts, side, changes);
    if (self->results[side]->roles[hit->turn] == CXM_ROLE_AGENT) {
        cli_diff_agent *agent = find_agent(diff, turn->speaker);
        if (!agent)
            return false;
        count(diff, &agent->counts, side, changes);
    }
    if (!changes)
        return true;
    if (!diff->brief) {
        cli_diff_print_change(
            diff, &(cli_change){side, self->path, self->transcript, hit, !self->changed});
        diff->printed++;
    }
    self->changed = true;
    return true;
}

static bool compare_results(pair *self) {
    size_t i = 0;
    size_t k = 0;
    const cxm_result *old = self->results[0];
    const cxm_result *new = self->results[1];
    bool good = true;
    while (good && (i < old->hit_count || k < new->hit_count)) {
        int order = i == old->hit_count   ? 1
                    : k == new->hit_count ? -1
                                          : compare_hits(self, &old->hits[i], &new->hits[k]);
        if (order <= 0)
            good = note(self, GONE, &old->hits[i++], order < 0);
        if (order >= 0)
            good = good && note(self, COME, &new->hits[k++], order > 0);
    }
    return good;
}

static bool count_turns(pair *self) {
    for (size_t i = 0; i < self->results[1]->turn_count; i++) {
        if (self->results[1]->roles[i] != CXM_ROLE_AGENT)
            continue;
        cxm_str name = cxm_transcript_turn(self->transcript, i)->speaker;
        cli_diff_agent *agent = find_agent(self->diff, name);
        if (!agent)
            return false;
        agent->turns++;
    }
    return true;
}

bool cli_diff_visit(void *user, const char *path, const cxm_transcript *transcript) {
    cli_diff *diff = user;
    pair self = {.diff = diff, .path = path, .transcript = transcript};
    for (int side = 0; side < 2; side++) {
        cxm_error error;
        if (cxm_mine(diff->sides[side].miner, transcript, &self.results[side], &error) != CXM_OK) {
            cli_report(&error);
            return false;
        }
    }
    diff->conversations++;
    bool good = count_turns(&self) && compare_results(&self);
    diff->changed += self.changed;
    return good;
}
