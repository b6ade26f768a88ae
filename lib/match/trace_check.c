/* SPDX-License-Identifier: MIT */
/*
 * What is suspicious about a phrase by itself: every way to say it is written down as a sentence of
 * tests instead of words, and the other phrases of its category are looked for in that. Where they
 * match they match whatever the phrase matches.
 */
#include "base/error.h"
#include "base/str.h"
#include "match/trace.h"

enum {
    MOST_WAYS = 512, /* of a phrase; one that can be said in more is not compared with others */
    MOST_LEN = CXM_PHRASE_MAX_WORDS,
};

/* A way through a phrase, as far as it has been gone, and those still to be gone. */
typedef struct way {
    uint32_t steps[MOST_LEN]; /* those that take a word */
    size_t len;
    bool at_start;
    bool at_end;
    bool asks;
} way;

typedef struct checker {
    cxm_tracer *tracer;
    const cxm_trace_program *program;
    uint32_t part;
    uint32_t *shadows; /* phrases that match in all ways seen so far */
    size_t shadow_count;
    uint32_t *drops; /* likewise `unless` */
    size_t drop_count;
    bool *excused; /* per part: a phrase with `unless` of its own */
    size_t way_count;
    bool complete;
    bool failed; /* there was no memory */
} checker;

/* ---- A way as a sentence ---- */

static bool add_place(cxm_tracer *self) {
    cxm_trace_text *text = &self->text;
    void *items = text->places;
    if (!cxm_array_reserve(&self->allocator, &items, &text->place_capacity, text->place_count + 1,
                           sizeof *text->places))
        return false;
    text->places = items;
    text->places[text->place_count++] = (cxm_trace_place){.words = CXM_TRACE_ALL_WORDS};
    return true;
}

static bool add_edge(cxm_tracer *self, const cxm_trace_step *step) {
    cxm_trace_text *text = &self->text;
    void *items = text->edges;
    cxm_trace_edge edge = {.word = step->text,
                           .stem = step->text,
                           .regex = step->regex,
                           .to = (uint32_t)text->place_count,
                           .kind = step->op == CXM_TRACE_GAP ? CXM_NODE_ANY : step->leaf};
    if (edge.kind == CXM_NODE_WORD)
        edge.stem = cxm_arena_copy(&text->arena, cxm_stem(self->stemmer, edge.word));
    if (!edge.stem.ptr && edge.kind == CXM_NODE_WORD)
        return false;
    if (!cxm_array_reserve(&self->allocator, &items, &text->edge_capacity, text->edge_count + 1,
                           sizeof *text->edges))
        return false;
    text->edges = items;
    text->edges[text->edge_count++] = edge;
    text->places[text->place_count - 1].edges = (uint32_t)text->edge_count;
    return true;
}

static bool write_sentence(checker *self, const way *gone, cxm_trace_sentence *sentence) {
    cxm_trace_text *text = &self->tracer->text;
    cxm_arena_reset(&text->arena);
    text->edge_count = text->place_count = text->sentence_count = 0;
    if (!add_place(self->tracer))
        return false;
    for (size_t i = 0; i < gone->len; i++)
        if (!add_edge(self->tracer, &self->program->steps[gone->steps[i]]) ||
            !add_place(self->tracer))
            return false;
    text->places[0].at_start = gone->at_start;
    text->places[gone->len].at_end = gone->at_end;
    *sentence =
        (cxm_trace_sentence){.first = 0, .count = (uint32_t)text->place_count, .asks = gone->asks};
    return true;
}

/* ---- Who else matches in it ---- */

/* Whether a phrase takes all of a sentence. */
static bool takes_all(checker *self, uint32_t part, const cxm_trace_sentence *sentence) {
    uint32_t end = 0;
    if (!cxm_trace_follow(self->tracer, &self->tracer->of_part[part], sentence, 0, &end))
        self->failed = true;
    return end + 1 == sentence->count;
}

/* Whether an `unless` takes some of it. */
static bool takes_some(checker *self, uint32_t part, const cxm_trace_sentence *sentence) {
    for (uint32_t from = 0; from + 1 < sentence->count; from++) {
        uint32_t end = from;
        if (!cxm_trace_follow(self->tracer, &self->tracer->of_part[part], sentence, from, &end))
            self->failed = true;
        if (end > from)
            return true;
    }
    return false;
}

static void keep_those(checker *self, uint32_t *parts, size_t *count,
                       bool (*takes)(checker *self, uint32_t part,
                                     const cxm_trace_sentence *sentence),
                       const cxm_trace_sentence *sentence) {
    size_t kept = 0;
    for (size_t i = 0; i < *count && !self->failed; i++)
        if (takes(self, parts[i], sentence))
            parts[kept++] = parts[i];
    *count = kept;
}

static void look_at(checker *self, const way *gone) {
    cxm_trace_sentence sentence;
    if (++self->way_count > MOST_WAYS) {
        self->complete = false;
        return;
    }
    if (!write_sentence(self, gone, &sentence)) {
        self->failed = true;
        return;
    }
    keep_those(self, self->shadows, &self->shadow_count, takes_all, &sentence);
    keep_those(self, self->drops, &self->drop_count, takes_some, &sentence);
}

static bool is_done(const checker *self) {
    return self->failed || !self->complete || (self->shadow_count == 0 && self->drop_count == 0);
}

static void go(checker *self, way *gone, uint32_t index);

/* Goes on behind a step that takes a word. */
static void take(checker *self, way *gone, uint32_t index) {
    if (gone->len == MOST_LEN) {
        self->complete = false;
        return;
    }
    gone->steps[gone->len++] = index;
    go(self, gone, self->program->steps[index].next);
}

static void note_anchor(way *gone, cxm_trace_op op) {
    if (op == CXM_TRACE_START) {
        gone->at_start = gone->at_start || gone->len == 0;
    } else {
        gone->at_end = true;
        gone->asks = gone->asks || op == CXM_TRACE_QUESTION;
    }
}

/* Goes all ways from a step on. Long choices are chains of `other`: no call for these. */
static void go(checker *self, way *gone, uint32_t index) {
    size_t len = gone->len;
    bool at_start = gone->at_start;
    bool at_end = gone->at_end;
    bool asks = gone->asks;
    for (bool more = true; more && !is_done(self);) {
        const cxm_trace_step *step = &self->program->steps[index];
        more = false;
        switch (step->op) {
        case CXM_TRACE_TAKE:
        case CXM_TRACE_GAP:
            take(self, gone, index);
            break;
        case CXM_TRACE_SPLIT:
            go(self, gone, step->next);
            index = step->other;
            more = true;
            break;
        case CXM_TRACE_START:
        case CXM_TRACE_END:
        case CXM_TRACE_QUESTION:
            note_anchor(gone, step->op);
            index = step->next;
            more = true;
            break;
        case CXM_TRACE_MARK:
            index = step->next;
            more = true;
            break;
        case CXM_TRACE_ACCEPT:
            look_at(self, gone);
            break;
        }
    }
    gone->len = len;
    gone->at_start = at_start;
    gone->at_end = at_end;
    gone->asks = asks;
}

/* ---- How much it asks for ---- */

static uint32_t smaller(uint32_t a, uint32_t b) {
    return a < b ? a : b;
}

static uint32_t larger(uint32_t a, uint32_t b) {
    return a > b ? a : b;
}

/* What is known of the ways from a step to the end. */
typedef struct extent {
    uint32_t least;     /* words that are given */
    uint32_t open;      /* most words that are left open */
    uint32_t frequency; /* most of a word that is the only one */
} extent;

static uint32_t frequency_of(const cxm_tracer *self, const cxm_trace_step *step) {
    unsigned frequency = 0;
    if (step->leaf == CXM_NODE_WORD)
        cxm_word_list_find(&self->lexicon->language.words, step->text, &frequency);
    return frequency;
}

static extent extent_of(const cxm_tracer *self, const cxm_trace_step *step, const extent *known) {
    extent next = known[step->next];
    switch (step->op) {
    case CXM_TRACE_ACCEPT:
        return (extent){0, 0, 0};
    case CXM_TRACE_SPLIT:
        return (extent){smaller(next.least, known[step->other].least),
                        larger(next.open, known[step->other].open),
                        larger(next.frequency, known[step->other].frequency)};
    case CXM_TRACE_GAP:
        return (extent){next.least, next.open + 1, next.frequency};
    case CXM_TRACE_TAKE:
        if (step->leaf == CXM_NODE_ANY)
            return (extent){next.least, next.open + 1, next.frequency};
        return (extent){next.least + 1, next.open, next.least == 0 ? frequency_of(self, step) : 0};
    case CXM_TRACE_MARK:
    case CXM_TRACE_START:
    case CXM_TRACE_END:
    case CXM_TRACE_QUESTION:
        return next;
    }
    return next;
}

static bool measure(checker *self, cxm_phrase_check *out) {
    size_t bytes = (self->program->count + 1) * sizeof(extent);
    extent *known = cxm_allocate(&self->tracer->allocator, bytes);
    if (!known)
        return false;
    extent all = {0, 0, 0};
    for (uint32_t i = 0; i < self->program->count; i++)
        known[i] = all = extent_of(self->tracer, &self->program->steps[i], known);
    out->least_words = all.least;
    out->open_words = all.open;
    out->frequency = all.least == 1 ? all.frequency : 0;
    cxm_release(&self->tracer->allocator, known, bytes);
    return true;
}

/* ---- All together ---- */

static void mark_excused(checker *self) {
    const cxm_source *source = self->tracer->source;
    for (size_t i = 0; i < source->part_count; i++)
        if (source->parts[i].kind == CXM_PART_UNLESS && source->parts[i].phrase != CXM_NONE)
            self->excused[source->parts[i].phrase] = true;
}

/* Who may take the place of the phrase: others of the category that count the same. */
static bool may_shadow(const checker *self, uint32_t other) {
    const cxm_part *parts = self->tracer->source->parts;
    const cxm_lexicon *lexicon = self->tracer->lexicon;
    return other != self->part && parts[other].kind == CXM_PART_PHRASE &&
           parts[other].category == parts[self->part].category &&
           cxm_lexicon_phrase(lexicon, other)->weight ==
               cxm_lexicon_phrase(lexicon, self->part)->weight &&
           !self->excused[other];
}

static bool may_drop(const cxm_tracer *self, uint32_t part, uint32_t other) {
    const cxm_part *parts = self->source->parts;
    return parts[other].kind == CXM_PART_UNLESS && parts[other].category == parts[part].category &&
           (parts[other].phrase == CXM_NONE || parts[other].phrase == part);
}

/* Captures and readings of its own make a phrase worth having beside one that matches more. */
static bool has_capture(cxm_str text) {
    return text.len && memchr(text.ptr, '=', text.len);
}

static bool collect(checker *self) {
    cxm_tracer *tracer = self->tracer;
    const cxm_source *source = tracer->source;
    cxm_str text = source->parts[self->part].text;
    mark_excused(self);
    for (uint32_t i = 0; i < source->part_count; i++) {
        if (!has_capture(text) && may_shadow(self, i))
            self->shadows[self->shadow_count++] = i;
        else if (may_drop(tracer, self->part, i))
            self->drops[self->drop_count++] = i;
    }
    way *gone = cxm_allocate(&tracer->allocator, sizeof *gone);
    if (!gone)
        return false;
    self->complete = self->program->count > 0;
    if (self->complete)
        go(self, gone, self->program->count - 1);
    cxm_release(&tracer->allocator, gone, sizeof *gone);
    return !self->failed;
}

static bool check(checker *self, cxm_phrase_check *out) {
    if (!measure(self, out) || !collect(self))
        return false;
    out->complete = self->complete;
    if (self->complete && self->shadow_count)
        out->shadowed_by = self->shadows[0];
    if (self->complete && self->drop_count)
        out->dropped_by = self->drops[0];
    return true;
}

static bool load_and_check(cxm_tracer *self, uint32_t part, cxm_phrase_check *out) {
    size_t bytes = (self->source->part_count + 1) * sizeof(uint32_t);
    checker checking = {.tracer = self, .part = part};
    if (!cxm_trace_load(self, self->source->parts[part].category))
        return false;
    checking.program = &self->of_part[part];
    checking.shadows = cxm_allocate(&self->allocator, bytes);
    checking.drops = cxm_allocate(&self->allocator, bytes);
    checking.excused = cxm_allocate(&self->allocator, self->source->part_count + 1);
    bool good = checking.shadows && checking.drops && checking.excused && check(&checking, out);
    cxm_release(&self->allocator, checking.excused, self->source->part_count + 1);
    cxm_release(&self->allocator, checking.shadows, bytes);
    cxm_release(&self->allocator, checking.drops, bytes);
    return good;
}

cxm_status cxm_tracer_check(cxm_tracer *self, uint32_t phrase, cxm_phrase_check *out,
                            cxm_error *error) {
    *out = (cxm_phrase_check){.shadowed_by = CXM_NONE, .dropped_by = CXM_NONE};
    if (phrase >= self->lexicon->phrase_count)
        return cxm_fail(error, CXM_E_ARGUMENT, "there is no such phrase");
    return load_and_check(self, phrase, out) ? CXM_OK : cxm_fail_memory(error);
}
