/* SPDX-License-Identifier: MIT */
/* From the tree of a phrase to steps, written from the end as emit.c does, but each leaf by itself
 * and each member of a set with its name. */
#include "base/str.h"
#include "match/trace.h"

/* The span of the element that steps belong to, where one holds for all of a subtree. */
typedef struct element {
    bool fixed;
    uint32_t start;
    uint32_t end;
} element;

typedef struct maker {
    cxm_tracer *tracer;
    cxm_str text;
    cxm_arena *arena;
    bool too_large;
} maker;

static bool emit(maker *self, const cxm_node *node, element at, uint32_t next, uint32_t *entry);

/* What may be taken first from a step on, when that is known of those it leads to. */
static cxm_trace_words firsts_of(const cxm_trace_step *steps, const cxm_trace_step *step) {
    switch (step->op) {
    case CXM_TRACE_TAKE:
        return step->leaf == CXM_NODE_WORD ? cxm_trace_word_bit(step->text) : CXM_TRACE_ALL_WORDS;
    case CXM_TRACE_GAP:
        return CXM_TRACE_ALL_WORDS;
    case CXM_TRACE_SPLIT:
        return steps[step->next].firsts | steps[step->other].firsts;
    case CXM_TRACE_MARK:
    case CXM_TRACE_START:
    case CXM_TRACE_END:
    case CXM_TRACE_QUESTION:
        return steps[step->next].firsts;
    case CXM_TRACE_ACCEPT:
        break;
    }
    return CXM_TRACE_NO_WORD;
}

static bool add(maker *self, cxm_trace_step step, uint32_t *index) {
    cxm_tracer *tracer = self->tracer;
    void *items = tracer->steps;
    self->too_large = tracer->step_count >= CXM_TRACE_MAX_CELLS;
    if (self->too_large || !cxm_array_reserve(&tracer->allocator, &items, &tracer->step_capacity,
                                              tracer->step_count + 1, sizeof *tracer->steps))
        return false;
    tracer->steps = items;
    step.firsts = firsts_of(tracer->steps, &step);
    tracer->steps[tracer->step_count] = step;
    *index = (uint32_t)tracer->step_count++;
    return true;
}

/* ---- What an element looks like in the phrase ---- */

static bool ends_word(char c) {
    return cxm_is_space(c) || strchr("()|?<>/=\"", c) != NULL;
}

static uint32_t end_of_word(cxm_str text, size_t at) {
    while (at < text.len && !ends_word(text.ptr[at]))
        at++;
    return (uint32_t)at;
}

static uint32_t behind(cxm_str text, size_t at, char close) {
    while (at < text.len && text.ptr[at] != close)
        at += text.ptr[at] == '\\' ? 2 : 1;
    return (uint32_t)(at < text.len ? at + 1 : text.len);
}

static element element_of_leaf(cxm_str text, const cxm_node *node) {
    size_t at = node->offset < text.len ? node->offset : text.len;
    uint32_t end = (uint32_t)(at + 1);
    switch (node->kind) {
    case CXM_NODE_WORD:
    case CXM_NODE_PREFIX:
    case CXM_NODE_STEM:
        end = end_of_word(text, at);
        break;
    case CXM_NODE_REGEX:
        end = behind(text, at + 1, '/');
        break;
    case CXM_NODE_SET:
        end = behind(text, at, '>');
        break;
    case CXM_NODE_QUESTION:
        end = (uint32_t)(at + 2);
        break;
    case CXM_NODE_ANY:
    case CXM_NODE_GAP:
    case CXM_NODE_REST:
    case CXM_NODE_START:
    case CXM_NODE_END:
    case CXM_NODE_SEQUENCE:
    case CXM_NODE_CHOICE:
    case CXM_NODE_OPTIONAL:
    case CXM_NODE_CAPTURE:
        break;
    }
    return (element){true, (uint32_t)at, end < text.len ? end : (uint32_t)text.len};
}

/* The group that a choice stands in, with its parentheses. */
static element element_of_group(cxm_str text, const cxm_node *choice) {
    size_t start = choice->offset;
    size_t end = start;
    for (size_t depth = 0; end < text.len; end++) {
        depth += text.ptr[end] == '(';
        if (text.ptr[end] == ')' && depth-- == 0)
            break;
    }
    bool enclosed = start > 0 && text.ptr[start - 1] == '(' && end < text.len;
    return (element){true, (uint32_t)(start - enclosed), (uint32_t)(end + enclosed)};
}

static bool is_word_leaf(const cxm_node *node) {
    return node->kind == CXM_NODE_WORD || node->kind == CXM_NODE_PREFIX ||
           node->kind == CXM_NODE_STEM || node->kind == CXM_NODE_REGEX ||
           node->kind == CXM_NODE_ANY || node->kind == CXM_NODE_SET;
}

/* A choice between single words is one element, as `(our|the|company)`; in others each single word
 * stands for all of the choice, and what has several words for itself. */
static element element_of_choice(cxm_str text, const cxm_node *choice) {
    bool one_word = true; /* the readings of a contraction */
    for (const cxm_node *child = choice->child; child; child = child->next) {
        one_word = one_word && child->offset == choice->offset;
        if (!is_word_leaf(child) && !one_word)
            return (element){.fixed = false};
    }
    if (one_word)
        return (element){true, (uint32_t)choice->offset, end_of_word(text, choice->offset)};
    return element_of_group(text, choice);
}

/* ---- Steps ---- */

static bool find_regex(cxm_tracer *tracer, cxm_str expression, const cxm_regex **out) {
    char message[128];
    size_t offset;
    const uint32_t *known = cxm_table_find(&tracer->regex_numbers, expression);
    if (known) {
        *out = tracer->regexes[*known];
        return true;
    }
    void *items = tracer->regexes;
    if (!cxm_array_reserve(&tracer->allocator, &items, &tracer->regex_capacity,
                           tracer->regex_count + 1, sizeof(cxm_regex *)))
        return false;
    tracer->regexes = items;
    cxm_regex **place = &tracer->regexes[tracer->regex_count];
    if (cxm_regex_compile(expression, &tracer->allocator, place, message, &offset) != CXM_OK)
        return false;
    *out = *place;
    return cxm_table_add(&tracer->regex_numbers, expression, (uint32_t)tracer->regex_count++,
                         NULL) != NULL;
}

static bool emit_leaf(maker *self, const cxm_node *node, element at, uint32_t next,
                      uint32_t *entry) {
    cxm_tracer *tracer = self->tracer;
    cxm_trace_step step = {
        .op = CXM_TRACE_TAKE, .leaf = node->kind, .text = node->text, .next = next};
    if (!at.fixed)
        at = element_of_leaf(self->text, node);
    step.element_start = at.start;
    step.element_end = at.end;
    if (node->kind == CXM_NODE_REGEX && !find_regex(tracer, node->text, &step.regex))
        return false;
    if (node->kind == CXM_NODE_STEM) {
        step.text = cxm_arena_copy(self->arena, cxm_stem(tracer->stemmer, node->text));
        if (!step.text.ptr)
            return false;
    }
    return add(self, step, entry);
}

static bool emit_gap(maker *self, uint32_t words, uint32_t next, uint32_t *entry) {
    *entry = next;
    for (uint32_t i = 0; i < words; i++) {
        uint32_t word;
        if (!add(self, (cxm_trace_step){.op = CXM_TRACE_GAP, .next = *entry}, &word) ||
            !add(self, (cxm_trace_step){.op = CXM_TRACE_SPLIT, .next = word, .other = next}, entry))
            return false;
    }
    return true;
}

/* Children one after the other, from the last on. */
static bool emit_sequence(maker *self, const cxm_node *child, element at, uint32_t next,
                          uint32_t *entry) {
    if (!child) {
        *entry = next;
        return true;
    }
    uint32_t rest;
    return emit_sequence(self, child->next, at, next, &rest) && emit(self, child, at, rest, entry);
}

static bool emit_choice(maker *self, const cxm_node *node, element at, uint32_t next,
                        uint32_t *entry) {
    bool first = true;
    element group = at.fixed ? at : element_of_group(self->text, node);
    if (!at.fixed)
        at = element_of_choice(self->text, node);
    for (const cxm_node *child = node->child; child; child = child->next) {
        uint32_t inside;
        if (!emit(self, child, at.fixed || !is_word_leaf(child) ? at : group, next, &inside))
            return false;
        if (first)
            *entry = inside;
        else if (!add(self,
                      (cxm_trace_step){.op = CXM_TRACE_SPLIT, .next = inside, .other = *entry},
                      entry))
            return false;
        first = false;
    }
    return true;
}

static bool emit_set(maker *self, const cxm_node *node, element at, uint32_t next,
                     uint32_t *entry) {
    const cxm_source *source = self->tracer->source;
    const cxm_source_set *set = &source->sets[node->count];
    if (!at.fixed)
        at = element_of_leaf(self->text, node);
    for (uint32_t i = 0; i < set->count; i++) {
        uint32_t part = set->first + i;
        uint32_t inside;
        if (!emit(self, source->trees[part], at, next, &inside) ||
            !add(self, (cxm_trace_step){.op = CXM_TRACE_MARK, .next = inside, .member = part},
                 &inside))
            return false;
        if (i == 0)
            *entry = inside;
        else if (!add(self,
                      (cxm_trace_step){.op = CXM_TRACE_SPLIT, .next = inside, .other = *entry},
                      entry))
            return false;
    }
    return true;
}

static bool emit_anchor(maker *self, const cxm_node *node, element at, uint32_t next,
                        uint32_t *entry) {
    cxm_trace_op op = node->kind == CXM_NODE_START ? CXM_TRACE_START
                      : node->kind == CXM_NODE_END ? CXM_TRACE_END
                                                   : CXM_TRACE_QUESTION;
    if (!at.fixed)
        at = element_of_leaf(self->text, node);
    return add(
        self,
        (cxm_trace_step){.op = op, .next = next, .element_start = at.start, .element_end = at.end},
        entry);
}

static bool emit(maker *self, const cxm_node *node, element at, uint32_t next, uint32_t *entry) {
    uint32_t inside;
    switch (node->kind) {
    case CXM_NODE_WORD:
    case CXM_NODE_PREFIX:
    case CXM_NODE_STEM:
    case CXM_NODE_REGEX:
    case CXM_NODE_ANY:
        return emit_leaf(self, node, at, next, entry);
    case CXM_NODE_GAP:
        return emit_gap(self, node->count, next, entry);
    case CXM_NODE_REST:
        return emit_gap(self, CXM_PHRASE_REST_WORDS, next, entry);
    case CXM_NODE_START:
    case CXM_NODE_END:
    case CXM_NODE_QUESTION:
        return emit_anchor(self, node, at, next, entry);
    case CXM_NODE_SET:
        return emit_set(self, node, at, next, entry);
    case CXM_NODE_SEQUENCE:
        return emit_sequence(self, node->child, at, next, entry);
    case CXM_NODE_CHOICE:
        return emit_choice(self, node, at, next, entry);
    case CXM_NODE_CAPTURE:
        return emit(self, node->child, at, next, entry);
    case CXM_NODE_OPTIONAL:
        return emit(self, node->child, at, next, &inside) &&
               add(self, (cxm_trace_step){.op = CXM_TRACE_SPLIT, .next = inside, .other = next},
                   entry);
    }
    return false;
}

bool cxm_trace_compile(cxm_tracer *self, const cxm_node *tree, cxm_str text, cxm_arena *arena,
                       cxm_trace_program *out) {
    maker making = {.tracer = self, .text = text, .arena = arena};
    uint32_t entry;
    *out = (cxm_trace_program){0};
    self->step_count = 0;
    if (!add(&making, (cxm_trace_step){.op = CXM_TRACE_ACCEPT}, &entry) ||
        !emit(&making, tree, (element){.fixed = false}, entry, &entry))
        return making.too_large;
    out->steps = CXM_ARENA_ARRAY(arena, cxm_trace_step, self->step_count);
    if (!out->steps)
        return false;
    memcpy(out->steps, self->steps, self->step_count * sizeof *self->steps);
    out->count = (uint32_t)self->step_count;
    out->firsts = out->steps[entry].firsts;
    return true;
}

static bool has_prefix(cxm_str word, cxm_str prefix) {
    return word.len >= prefix.len && cxm_str_equal(cxm_str_slice(word, 0, prefix.len), prefix);
}

/* Whether a step takes whatever a test takes. */
static bool takes_test(const cxm_trace_step *step, const cxm_trace_edge *edge) {
    if (step->leaf == CXM_NODE_ANY)
        return true;
    if (step->leaf != edge->kind)
        return false;
    if (edge->kind == CXM_NODE_REGEX)
        return step->regex == edge->regex;
    return edge->kind == CXM_NODE_PREFIX ? has_prefix(edge->word, step->text)
                                         : cxm_str_equal(edge->word, step->text);
}

bool cxm_trace_takes(const cxm_tracer *self, const cxm_trace_step *step,
                     const cxm_trace_edge *edge) {
    if (edge->kind != CXM_NODE_WORD)
        return takes_test(step, edge);
    switch (step->leaf) {
    case CXM_NODE_WORD:
        return cxm_str_equal(step->text, edge->word);
    case CXM_NODE_PREFIX:
        return has_prefix(edge->word, step->text);
    case CXM_NODE_STEM:
        return cxm_str_equal(step->text, edge->stem);
    case CXM_NODE_REGEX:
        return cxm_regex_match(step->regex, self->scratch, edge->word);
    case CXM_NODE_ANY:
        return true;
    case CXM_NODE_GAP:
    case CXM_NODE_SET:
    case CXM_NODE_REST:
    case CXM_NODE_START:
    case CXM_NODE_END:
    case CXM_NODE_QUESTION:
    case CXM_NODE_SEQUENCE:
    case CXM_NODE_CHOICE:
    case CXM_NODE_OPTIONAL:
    case CXM_NODE_CAPTURE:
        break;
    }
    return false;
}

bool cxm_trace_holds(const cxm_trace_step *step, const cxm_trace_place *place,
                     const cxm_trace_sentence *sentence) {
    if (step->op == CXM_TRACE_START)
        return place->at_start;
    return place->at_end && (step->op == CXM_TRACE_END || sentence->asks);
}
