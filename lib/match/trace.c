/* SPDX-License-Identifier: MIT */
#include "match/trace.h"

#include "base/error.h"
#include "base/str.h"

#include <stdlib.h>

/* ---- Making a tracer ---- */

static bool compile_all(cxm_tracer *self, cxm_node *const *trees, size_t count,
                        cxm_trace_program **out) {
    *out = CXM_ARENA_ARRAY(&self->kept, cxm_trace_program, count + 1);
    if (!*out)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!cxm_trace_compile(self, trees[i], CXM_STR(""), &self->kept, &(*out)[i]))
            return false;
    return true;
}

static cxm_status init(cxm_tracer *self, const cxm_miner_options *options, cxm_error *error) {
    const cxm_source *source = self->source;
    cxm_status status = cxm_miner_new(self->lexicon, options, &self->miner, error);
    if (status != CXM_OK)
        return status;
    if (self->lexicon->language.stemmer.len)
        self->stemmer = cxm_stemmer_new(self->lexicon->language.stemmer.ptr);
    self->scratch = cxm_regex_scratch_new(&self->allocator);
    self->of_part =
        cxm_allocate(&self->allocator, (source->part_count + 1) * sizeof *self->of_part);
    self->used = cxm_allocate(&self->allocator, source->part_count + 1);
    self->members =
        cxm_allocate(&self->allocator, (source->part_count + 1) * sizeof *self->members);
    bool stems = self->stemmer || self->lexicon->language.stemmer.len == 0;
    if (!self->scratch || !stems || !self->of_part || !self->used || !self->members ||
        !compile_all(self, source->fillers, source->filler_count, &self->fillers) ||
        !compile_all(self, source->negators, source->negator_count, &self->negators))
        return cxm_fail_memory(error);
    return CXM_OK;
}

cxm_status cxm_tracer_new(const cxm_lexicon *lexicon, const cxm_miner_options *options,
                          cxm_tracer **out, cxm_error *error) {
    cxm_miner_options read = CXM_MINER_OPTIONS_INIT;
    *out = NULL;
    if (!lexicon || !lexicon->source || !cxm_options_read(&read, sizeof read, options))
        return cxm_fail(error, CXM_E_ARGUMENT,
                        "a tracer takes a lexicon made with keep_parts, and initialized options");
    cxm_allocator allocator = cxm_allocator_or_default(read.allocator);
    cxm_tracer *self = cxm_allocate(&allocator, sizeof *self);
    if (!self)
        return cxm_fail_memory(error);
    self->allocator = allocator;
    self->lexicon = lexicon;
    self->source = lexicon->source;
    self->category = CXM_NONE;
    cxm_table_init(&self->regex_numbers, &allocator);
    cxm_arena_init(&self->text.arena, &allocator);
    cxm_arena_init(&self->kept, &allocator);
    cxm_arena_init(&self->programs, &allocator);
    cxm_status status = init(self, &read, error);
    if (status == CXM_OK)
        *out = self;
    else
        cxm_tracer_free(self);
    return status;
}

#define RELEASE(items, capacity)                                                                   \
    cxm_release(&allocator, self->items, self->capacity * sizeof *self->items)

void cxm_tracer_free(cxm_tracer *self) {
    if (!self)
        return;
    cxm_allocator allocator = self->allocator;
    size_t parts = self->source->part_count + 1;
    for (size_t i = 0; i < self->regex_count; i++)
        cxm_regex_free(self->regexes[i]);
    RELEASE(regexes, regex_capacity);
    RELEASE(steps, step_capacity);
    RELEASE(seen, seen_capacity);
    RELEASE(cells, cell_capacity);
    RELEASE(spans, span_capacity);
    RELEASE(matches, match_capacity);
    RELEASE(negated, negated_capacity);
    RELEASE(values, value_capacity);
    RELEASE(parents, parent_capacity);
    RELEASE(nearest, nearest_capacity);
    RELEASE(text.edges, text.edge_capacity);
    RELEASE(text.places, text.place_capacity);
    RELEASE(text.sentences, text.sentence_capacity);
    cxm_release(&allocator, self->of_part, self->of_part ? parts * sizeof *self->of_part : 0);
    cxm_release(&allocator, self->used, self->used ? parts : 0);
    cxm_release(&allocator, self->members, self->members ? parts * sizeof *self->members : 0);
    cxm_table_clear(&self->regex_numbers);
    cxm_arena_clear(&self->text.arena);
    cxm_arena_clear(&self->kept);
    cxm_arena_clear(&self->programs);
    cxm_regex_scratch_free(self->scratch);
    cxm_stemmer_free(self->stemmer);
    cxm_miner_free(self->miner);
    cxm_release(&allocator, self, sizeof *self);
}

/* ---- Following a program ---- */

/* A run of a program through a sentence. */
typedef struct walk {
    cxm_tracer *tracer;
    const cxm_trace_program *program;
    const cxm_trace_sentence *sentence;
    uint32_t from;
    bool failed; /* there was no memory */
    bool leads;  /* a cell that follows leads to the end */
} walk;

static size_t cell_index(const walk *self, uint32_t step, uint32_t place) {
    return (size_t)step * self->sentence->count + (place - self->sentence->first);
}

static void reach(walk *self, uint32_t step, uint32_t place) {
    cxm_tracer *tracer = self->tracer;
    uint32_t *seen = &tracer->seen[cell_index(self, step, place)];
    if (self->failed || *seen == tracer->run)
        return;
    *seen = tracer->run;
    void *items = tracer->cells;
    if (!cxm_array_reserve(&tracer->allocator, &items, &tracer->cell_capacity,
                           tracer->cell_count + 1, sizeof *tracer->cells)) {
        self->failed = true;
        return;
    }
    tracer->cells = items;
    tracer->cells[tracer->cell_count++] = (cxm_trace_cell){step, place};
}

/* Calls `visit` for the cells that follow on a cell. Nothing is skipped in front of the first
 * word. */
static void each_next(walk *self, cxm_trace_cell cell,
                      void (*visit)(walk *self, uint32_t step, uint32_t place)) {
    const cxm_tracer *tracer = self->tracer;
    const cxm_trace_step *step = &self->program->steps[cell.step];
    const cxm_trace_place *place = &tracer->text.places[cell.place];
    switch (step->op) {
    case CXM_TRACE_TAKE:
    case CXM_TRACE_GAP:
        for (uint32_t e = place->edges; e;) {
            const cxm_trace_edge *edge = &tracer->text.edges[e - 1];
            e = edge->next;
            if (edge->skip && cell.place != self->from)
                visit(self, cell.step, edge->to);
            else if (!edge->skip &&
                     (step->op == CXM_TRACE_GAP || cxm_trace_takes(tracer, step, edge)))
                visit(self, step->next, edge->to);
        }
        break;
    case CXM_TRACE_SPLIT:
        if (self->program->steps[step->next].firsts & place->words)
            visit(self, step->next, cell.place);
        if (self->program->steps[step->other].firsts & place->words)
            visit(self, step->other, cell.place);
        break;
    case CXM_TRACE_MARK:
        visit(self, step->next, cell.place);
        break;
    case CXM_TRACE_START:
    case CXM_TRACE_END:
    case CXM_TRACE_QUESTION:
        if (cxm_trace_holds(step, place, self->sentence))
            visit(self, step->next, cell.place);
        break;
    case CXM_TRACE_ACCEPT:
        break;
    }
}

/* A new number for a run, and room to note what it reaches. */
static bool begin_run(cxm_tracer *self, size_t cells) {
    size_t before = self->seen_capacity;
    void *items = self->seen;
    if (!cxm_array_reserve(&self->allocator, &items, &self->seen_capacity, cells,
                           sizeof *self->seen))
        return false;
    self->seen = items;
    if (self->seen_capacity > before)
        memset(self->seen + before, 0, (self->seen_capacity - before) * sizeof *self->seen);
    self->run += 2; /* mark_members() uses the number between */
    if (self->run >= UINT32_MAX - 2) {
        memset(self->seen, 0, self->seen_capacity * sizeof *self->seen);
        self->run = 2;
    }
    self->cell_count = 0;
    return true;
}

bool cxm_trace_follow(cxm_tracer *self, const cxm_trace_program *program,
                      const cxm_trace_sentence *sentence, uint32_t from, uint32_t *end) {
    walk walking = {self, program, sentence, from, false, false};
    size_t cells = (size_t)program->count * sentence->count;
    *end = from;
    self->cell_count = 0;
    if (program->count == 0 || cells > CXM_TRACE_MAX_CELLS)
        return true;
    if (!begin_run(self, cells))
        return false;
    reach(&walking, program->count - 1, from);
    for (size_t i = 0; i < self->cell_count && !walking.failed; i++) {
        cxm_trace_cell cell = self->cells[i];
        if (cell.step == 0 && cell.place > *end && !self->text.places[cell.place].no_end)
            *end = cell.place;
        each_next(&walking, cell, reach);
    }
    return !walking.failed;
}

/* ---- Which members of sets a match made use of ---- */

static int compare_cells(const void *a, const void *b) {
    const cxm_trace_cell *one = a;
    const cxm_trace_cell *other = b;
    if (one->step != other->step)
        return one->step < other->step ? -1 : 1;
    return one->place > other->place ? -1 : one->place < other->place;
}

/* Whether a cell leads to the end, which those that follow on it know already. */
static void note_good(walk *self, uint32_t step, uint32_t place) {
    if (self->tracer->seen[cell_index(self, step, place)] == self->tracer->run + 1)
        self->leads = true;
}

/* Marks the members on any way from the start of a match to its end. */
static bool mark_members(cxm_tracer *self, const cxm_trace_span *span) {
    const cxm_trace_program *program = &self->of_part[span->part];
    const cxm_trace_sentence *sentence = &self->text.sentences[span->sentence];
    uint32_t end;
    if (!cxm_trace_follow(self, program, sentence, span->from, &end))
        return false;
    walk walking = {self, program, sentence, span->from, false, false};
    qsort(self->cells, self->cell_count, sizeof *self->cells, compare_cells);
    for (size_t i = 0; i < self->cell_count; i++) {
        cxm_trace_cell cell = self->cells[i];
        walking.leads = cell.step == 0 && cell.place == end;
        each_next(&walking, cell, note_good);
        if (!walking.leads)
            continue;
        self->seen[cell_index(&walking, cell.step, cell.place)] = self->run + 1;
        if (program->steps[cell.step].op == CXM_TRACE_MARK)
            self->used[program->steps[cell.step].member] = true;
    }
    return true;
}

/* ---- All phrases of a category ---- */

static bool is_of(const cxm_part *part, uint32_t category) {
    return part->kind != CXM_PART_MEMBER && part->category == category;
}

bool cxm_trace_load(cxm_tracer *self, uint32_t category) {
    const cxm_source *source = self->source;
    if (self->category == category)
        return true;
    self->category = CXM_NONE;
    cxm_arena_reset(&self->programs);
    for (size_t i = 0; i < source->part_count; i++)
        if (is_of(&source->parts[i], category) &&
            !cxm_trace_compile(self, source->trees[i], source->parts[i].text, &self->programs,
                               &self->of_part[i]))
            return false;
    self->category = category;
    return true;
}

static size_t start_of(const cxm_tracer *self, uint32_t place) {
    return self->text.tokens[self->text.places[place].token].start;
}

/* Where the word in front of a place ends. Annotations stand between tokens, but are none. */
static size_t end_of(const cxm_tracer *self, uint32_t place) {
    const cxm_trace_place *at = &self->text.places[place];
    uint32_t token = at->inner ? at->token : self->text.places[place - 1].token;
    return self->text.tokens[token].end;
}

static bool add_match(cxm_tracer *self, cxm_trace_span span) {
    size_t count = self->trace.match_count;
    void *items = self->spans;
    if (!cxm_array_reserve(&self->allocator, &items, &self->span_capacity, count + 1,
                           sizeof *self->spans))
        return false;
    self->spans = items;
    items = self->matches;
    if (!cxm_array_reserve(&self->allocator, &items, &self->match_capacity, count + 1,
                           sizeof *self->matches))
        return false;
    self->matches = items;
    self->spans[count] = span;
    self->matches[count] = (cxm_trace_match){.part = span.part,
                                             .start = start_of(self, span.from),
                                             .end = end_of(self, span.to),
                                             .dropped_by = CXM_NONE};
    self->trace.match_count++;
    return true;
}

/* Calls `add` for each match of a program, of each start the longest. */
static bool find(cxm_tracer *self, const cxm_trace_program *program, uint32_t part,
                 bool (*add)(cxm_tracer *self, cxm_trace_span span)) {
    for (uint32_t s = 0; s < self->text.sentence_count; s++) {
        const cxm_trace_sentence *sentence = &self->text.sentences[s];
        for (uint32_t from = sentence->first; from < sentence->first + sentence->count; from++) {
            uint32_t to;
            if (!(program->firsts & self->text.places[from].words))
                continue;
            if (!cxm_trace_follow(self, program, sentence, from, &to))
                return false;
            if (to > from && !add(self, (cxm_trace_span){part, s, from, to}))
                return false;
        }
    }
    return true;
}

static bool add_negated(cxm_tracer *self, cxm_trace_span span) {
    void *items = self->negated;
    if (!cxm_array_reserve(&self->allocator, &items, &self->negated_capacity,
                           self->negated_count + 1, sizeof *self->negated))
        return false;
    self->negated = items;
    self->negated[self->negated_count++] = span;
    return true;
}

/* Whether only what may be skipped stands between two places. */
static bool is_adjacent(cxm_tracer *self, uint32_t from, uint32_t to) {
    cxm_trace_place *places = self->text.places;
    for (uint32_t at = from; at <= to; at++)
        places[at].reached = at == from;
    for (uint32_t at = from; at < to; at++)
        for (uint32_t e = places[at].edges; e && places[at].reached;) {
            const cxm_trace_edge *edge = &self->text.edges[e - 1];
            if (edge->skip && edge->to <= to)
                places[edge->to].reached = true;
            e = edge->next;
        }
    return from <= to && places[to].reached;
}

/* Whether one match is of an `unless` that drops the other, of a phrase. */
static bool drops(const cxm_tracer *self, const cxm_trace_match *one,
                  const cxm_trace_match *phrase) {
    const cxm_part *unless = &self->source->parts[one->part];
    return unless->kind == CXM_PART_UNLESS && one->start < phrase->end &&
           phrase->start < one->end &&
           (unless->phrase == CXM_NONE || unless->phrase == phrase->part);
}

static void drop(cxm_tracer *self, size_t index) {
    cxm_trace_match *match = &self->matches[index];
    uint32_t category = self->source->parts[match->part].category;
    for (size_t i = 0; i < self->trace.match_count && match->dropped_by == CXM_NONE; i++)
        if (drops(self, &self->matches[i], match))
            match->dropped_by = self->matches[i].part;
    for (size_t i = 0; self->source->drop_negated[category] && i < self->negated_count; i++)
        match->negated |= is_adjacent(self, self->negated[i].to, self->spans[index].from);
}

/* Marks the members that a match used, and where it is dropped those of all that drop it. */
static bool mark_used(cxm_tracer *self, size_t index) {
    const cxm_trace_match *match = &self->matches[index];
    if (match->dropped_by == CXM_NONE)
        return match->negated || mark_members(self, &self->spans[index]);
    for (size_t i = 0; i < self->trace.match_count; i++)
        if (drops(self, &self->matches[i], match) && !mark_members(self, &self->spans[i]))
            return false;
    return true;
}

static bool look(cxm_tracer *self, uint32_t category) {
    const cxm_source *source = self->source;
    self->negated_count = 0;
    for (size_t i = 0; i < source->part_count; i++)
        if (is_of(&source->parts[i], category) &&
            !find(self, &self->of_part[i], (uint32_t)i, add_match))
            return false;
    for (size_t i = 0; source->drop_negated[category] && i < source->negator_count; i++)
        if (!find(self, &self->negators[i], CXM_NONE, add_negated))
            return false;
    for (size_t i = 0; i < self->trace.match_count; i++) {
        if (source->parts[self->matches[i].part].kind != CXM_PART_PHRASE)
            continue;
        drop(self, i);
        if (!mark_used(self, i))
            return false;
    }
    return true;
}

cxm_status cxm_tracer_run(cxm_tracer *self, cxm_str text, uint32_t category, const cxm_trace **out,
                          cxm_error *error) {
    *out = NULL;
    if (category >= self->lexicon->category_count)
        return cxm_fail(error, CXM_E_ARGUMENT, "there is no such category");
    cxm_status status = cxm_trace_read(self, text, error);
    if (status != CXM_OK)
        return status;
    self->trace = (cxm_trace){0};
    memset(self->used, 0, self->source->part_count);
    if (!cxm_trace_load(self, category) || !look(self, category))
        return cxm_fail_memory(error);
    for (uint32_t i = 0; i < self->source->part_count; i++)
        if (self->used[i])
            self->members[self->trace.member_count++] = i;
    self->trace.members = self->members;
    self->trace.matches = self->matches;
    *out = &self->trace;
    return CXM_OK;
}
