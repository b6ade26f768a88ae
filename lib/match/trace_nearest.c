/* SPDX-License-Identifier: MIT */
/*
 * The phrases that come closest: the best way of each through a sentence, where an element may be
 * missing and a word too many. As in the alignment of Needleman and Wunsch (1970), but from steps
 * to a graph: each cell (a step at a place) keeps the best value that leads to it.
 */
#include "base/error.h"
#include "base/str.h"
#include "match/trace.h"

/* What an element is worth that is not there, and a word too many; one that is there is worth the
 * weight of its word. */
enum { MISSING = -6, EXTRA = -2 };

/* Steps times places of a phrase in a sentence; beyond it is left aside, since all phrases are to
 * be looked at while somebody waits. */
enum { MOST_CELLS = 1 << 18 };

#define UNREACHED INT32_MIN

/* A phrase in a sentence. */
typedef struct alignment {
    cxm_tracer *tracer;
    const cxm_trace_program *program;
    const cxm_trace_sentence *sentence;
    size_t places;
} alignment;

static size_t cell_of(const alignment *self, uint32_t step, uint32_t place) {
    return (size_t)step * self->places + (place - self->sentence->first);
}

static void relax(alignment *self, size_t from, uint32_t step, uint32_t place, int gain) {
    cxm_tracer *tracer = self->tracer;
    size_t to = cell_of(self, step, place);
    int32_t value = tracer->values[from] + gain;
    if (tracer->values[to] != UNREACHED && tracer->values[to] >= value)
        return;
    tracer->values[to] = value;
    tracer->parents[to] = (uint32_t)from;
}

static void take_words(alignment *self, uint32_t index, uint32_t at) {
    const cxm_tracer *tracer = self->tracer;
    const cxm_trace_step *step = &self->program->steps[index];
    size_t from = cell_of(self, index, at);
    bool gap = step->op == CXM_TRACE_GAP;
    for (uint32_t e = tracer->text.places[at].edges; e;) {
        const cxm_trace_edge *edge = &tracer->text.edges[e - 1];
        e = edge->next;
        if (edge->skip)
            relax(self, from, index, edge->to, 0);
        else if (gap)
            relax(self, from, step->next, edge->to, 0);
        else if (cxm_trace_takes(tracer, step, edge))
            relax(self, from, step->next, edge->to, step->leaf == CXM_NODE_ANY ? 1 : edge->weight);
        if (!edge->skip && !gap)
            relax(self, from, index, edge->to, EXTRA);
    }
    if (!gap)
        relax(self, from, step->next, at, MISSING);
}

static void follow(alignment *self, uint32_t index, uint32_t at) {
    const cxm_trace_step *step = &self->program->steps[index];
    size_t from = cell_of(self, index, at);
    if (self->tracer->values[from] == UNREACHED)
        return;
    switch (step->op) {
    case CXM_TRACE_TAKE:
    case CXM_TRACE_GAP:
        take_words(self, index, at);
        break;
    case CXM_TRACE_SPLIT:
        relax(self, from, step->next, at, 0);
        relax(self, from, step->other, at, 0);
        break;
    case CXM_TRACE_MARK:
        relax(self, from, step->next, at, 0);
        break;
    case CXM_TRACE_START:
    case CXM_TRACE_END:
    case CXM_TRACE_QUESTION:
        relax(self, from, step->next, at,
              cxm_trace_holds(step, &self->tracer->text.places[at], self->sentence) ? 0 : MISSING);
        break;
    case CXM_TRACE_ACCEPT:
        break;
    }
}

/* Fills the cells. Steps lead to lower ones or to later places of the same. */
static bool align(alignment *self) {
    cxm_tracer *tracer = self->tracer;
    size_t cells = self->program->count * self->places;
    void *values = tracer->values;
    void *parents = tracer->parents;
    if (!cxm_array_reserve(&tracer->allocator, &values, &tracer->value_capacity, cells,
                           sizeof *tracer->values))
        return false;
    tracer->values = values;
    if (!cxm_array_reserve(&tracer->allocator, &parents, &tracer->parent_capacity, cells,
                           sizeof *tracer->parents))
        return false;
    tracer->parents = parents;
    for (size_t i = 0; i < cells; i++)
        tracer->values[i] = UNREACHED;
    uint32_t first = self->sentence->first;
    for (uint32_t at = first; at < first + self->places; at++) {
        size_t cell = cell_of(self, self->program->count - 1, at);
        tracer->values[cell] = 0;
        tracer->parents[cell] = (uint32_t)cell;
    }
    for (uint32_t step = self->program->count; step-- > 0;)
        for (uint32_t at = first; at < first + self->places; at++)
            follow(self, step, at);
    return true;
}

static size_t start_of(const cxm_tracer *self, uint32_t place) {
    const cxm_trace_text *text = &self->text;
    uint32_t token = text->places[place].token;
    /* Behind the last word there is only its end. */
    return place + 1 < text->place_count && text->places[place].edges
               ? text->tokens[token].start
               : text->tokens[text->places[place - 1].token].end;
}

static size_t end_of(const cxm_tracer *self, uint32_t place) {
    const cxm_trace_place *at = &self->text.places[place];
    return self->text.tokens[at->inner ? at->token : self->text.places[place - 1].token].end;
}

/* Notes what happened between two cells; called from the end back to the start. */
static void note(const alignment *self, size_t from, size_t to, cxm_nearest *out) {
    const cxm_tracer *tracer = self->tracer;
    uint32_t index = (uint32_t)(from / self->places);
    uint32_t at = self->sentence->first + (uint32_t)(from % self->places);
    uint32_t behind = self->sentence->first + (uint32_t)(to % self->places);
    const cxm_trace_step *step = &self->program->steps[index];
    int gain = tracer->values[to] - tracer->values[from];
    if (gain > 0) {
        out->closeness += gain;
        out->start = start_of(tracer, at);
        if (out->taken++ == 0)
            out->end = end_of(tracer, behind);
    } else if (gain < 0) {
        out->missing += gain == MISSING;
        out->extra += gain == EXTRA;
        out->element_start = step->element_start;
        out->element_end = step->element_end;
        out->at = start_of(tracer, at);
    }
}

/* From what was taken to the share of it in all there is. */
static void find_closeness(cxm_nearest *self) {
    double lost = -(double)MISSING * (double)self->missing - (double)EXTRA * (double)self->extra;
    if (self->taken)
        self->closeness /= self->closeness + lost;
}

/* The best way through a sentence, where there is one that takes a word. */
static cxm_nearest best_of(const alignment *self) {
    const cxm_tracer *tracer = self->tracer;
    cxm_nearest best = {0};
    size_t end = 0;
    for (size_t cell = 1; cell < self->places; cell++)
        if (tracer->values[cell] > tracer->values[end])
            end = cell;
    while (tracer->parents[end] != end) {
        size_t from = tracer->parents[end];
        note(self, from, end, &best);
        end = from;
    }
    find_closeness(&best);
    return best;
}

/* Whether one is nearer than another. */
static bool is_nearer(const cxm_nearest *a, const cxm_nearest *b) {
    if (a->closeness != b->closeness)
        return a->closeness > b->closeness;
    return a->taken > b->taken;
}

/* Keeps the nearest, in order; of two that are equally near the one that came first. */
static void keep(cxm_tracer *self, const cxm_nearest *found, size_t most) {
    size_t at = self->nearest_count;
    if (at == most && !is_nearer(found, &self->nearest[at - 1]))
        return;
    if (at < most)
        self->nearest_count++;
    else
        at--;
    for (; at > 0 && is_nearer(found, &self->nearest[at - 1]); at--)
        self->nearest[at] = self->nearest[at - 1];
    self->nearest[at] = *found;
}

static bool look_for(cxm_tracer *self, uint32_t part, size_t most) {
    cxm_trace_program program;
    cxm_nearest best = {0};
    cxm_arena_reset(&self->programs);
    if (!cxm_trace_compile(self, self->source->trees[part], self->source->parts[part].text,
                           &self->programs, &program))
        return false;
    for (size_t i = 0; i < self->text.sentence_count; i++) {
        const cxm_trace_sentence *sentence = &self->text.sentences[i];
        alignment aligned = {self, &program, sentence, sentence->count};
        if (program.count == 0 || (size_t)program.count * sentence->count > MOST_CELLS)
            continue;
        if (!align(&aligned))
            return false;
        cxm_nearest found = best_of(&aligned);
        if (found.taken && (!best.taken || is_nearer(&found, &best)))
            best = found;
    }
    best.part = part;
    if (best.taken)
        keep(self, &best, most);
    return true;
}

cxm_status cxm_tracer_nearest(cxm_tracer *self, cxm_str text, uint32_t category, size_t most,
                              const cxm_nearest **out, size_t *count, cxm_error *error) {
    *out = NULL;
    *count = 0;
    if (category != CXM_NONE && category >= self->lexicon->category_count)
        return cxm_fail(error, CXM_E_ARGUMENT, "there is no such category");
    if (most > self->lexicon->phrase_count)
        most = self->lexicon->phrase_count;
    cxm_status status = cxm_trace_read(self, text, error);
    void *items = self->nearest;
    if (status != CXM_OK || most == 0)
        return status;
    if (!cxm_array_reserve(&self->allocator, &items, &self->nearest_capacity, most,
                           sizeof *self->nearest))
        return cxm_fail_memory(error);
    self->nearest = items;
    self->nearest_count = 0;
    self->category = CXM_NONE; /* the programs of a category make room */
    for (uint32_t part = 0; part < self->lexicon->phrase_count; part++)
        if ((category == CXM_NONE || self->source->parts[part].category == category) &&
            !look_for(self, part, most))
            return cxm_fail_memory(error);
    *out = self->nearest;
    *count = self->nearest_count;
    return CXM_OK;
}
