/* SPDX-License-Identifier: MIT */
/* The labels of a plain text: who each says it is, and what speaks for its being a speaker. */
#include "read/plain.h"

void cxm_labels_init(cxm_labels *self, const cxm_reader *reader) {
    *self = (cxm_labels){.reader = reader};
    cxm_table_init(&self->index, &reader->allocator);
}

void cxm_labels_clear(cxm_labels *self) {
    cxm_table_clear(&self->index);
    cxm_release(&self->reader->allocator, self->items, self->capacity * sizeof *self->items);
    cxm_release(&self->reader->allocator, self->order, self->order_capacity * sizeof *self->order);
}

static bool has_letter(cxm_str text) {
    for (size_t i = 0; i < text.len; i++) {
        char lower = cxm_ascii_lower(text.ptr[i]);
        if ((lower >= 'a' && lower <= 'z') || (unsigned char)text.ptr[i] >= 0x80)
            return true;
    }
    return false;
}

/*
 * Of "Dana (Agent)" and "Agent (Priya)" the part that says a role is the role, the other one the
 * speaker. Where neither does, or there is nothing in brackets to be a name, all of it is.
 */
static void split_speaker(const cxm_reader *reader, cxm_label *label) {
    label->is_known = true;
    if (has_letter(label->inner)) {
        label->speaker = label->outer;
        if (cxm_reader_label(reader, label->inner, &label->role))
            return;
        label->speaker = label->inner;
        if (cxm_reader_label(reader, label->outer, &label->role))
            return;
    }
    label->speaker = label->written;
    label->is_known =
        cxm_reader_label(reader, label->written, &label->role) ||
        (!has_letter(label->inner) && cxm_reader_label(reader, label->outer, &label->role));
}

/* Who a label is, as far as it says so itself. */
static void identify(const cxm_reader *reader, cxm_label *label) {
    const cxm_str parts[] = {label->written, label->outer, label->inner};
    label->role = CXM_ROLE_UNKNOWN;
    label->speaker = label->written;
    if (label->shape != CXM_SHAPE_ANY)
        split_speaker(reader, label);
    if (cxm_reader_rule(reader, label->speaker, &label->role)) {
        label->by_rule = true;
        return;
    }
    for (size_t i = 0; i < 3 && !label->by_rule; i++)
        if (parts[i].len && cxm_reader_rule(reader, parts[i], &label->role)) {
            label->by_rule = true;
            label->speaker = parts[i];
        }
}

cxm_label *cxm_labels_item(cxm_labels *self, const cxm_plain_line *line, bool *full) {
    bool is_new;
    *full = false;
    uint32_t *known = cxm_table_find(&self->index, line->label);
    if (known)
        return &self->items[*known];
    *full = self->count >= CXM_MAX_LABELS;
    if (*full)
        return NULL;
    void *items = self->items;
    if (!cxm_array_reserve(&self->reader->allocator, &items, &self->capacity, self->count + 1,
                           sizeof *self->items))
        return NULL;
    self->items = items;
    if (!cxm_table_add(&self->index, line->label, (uint32_t)self->count, &is_new))
        return NULL;
    cxm_label *item = &self->items[self->count++];
    *item = (cxm_label){
        .written = line->label, .outer = line->outer, .inner = line->inner, .shape = line->shape};
    identify(self->reader, item);
    return item;
}

static bool is_candidate(const cxm_label *label) {
    return label->by_rule || label->is_known || label->shape == CXM_SHAPE_NAME;
}

/* Whether a text has three words or more, as things said mostly have and values seldom. Chinese
 * and Japanese write no spaces: there a letter counts as half a word. */
static bool is_long(cxm_str text) {
    enum { ENOUGH = 4 };
    size_t halves = 0;
    for (size_t i = 0; i < text.len && halves < ENOUGH; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        if (i && cxm_is_space(text.ptr[i]) && !cxm_is_space(text.ptr[i - 1]))
            halves += 2;
        halves += byte >= 0xE3 && byte <= 0xED;
    }
    return halves >= ENOUGH;
}

static bool is_question(cxm_str text) {
    static const char full_width[3] = {(char)0xEF, (char)0xBC, (char)0x9F};
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == '?' || (text.len - i >= sizeof full_width &&
                                   memcmp(text.ptr + i, full_width, sizeof full_width) == 0))
            return true;
    return false;
}

/* How the lines so far end. */
typedef struct context {
    bool is_group; /* a blank line is before, or nothing */
    bool is_block; /* a paragraph starts: the same, or a line so long that it was not wrapped */
    bool is_said;  /* a label's line is before, with nothing blank between */
} context;

/* false: no memory. */
static bool count_label(cxm_labels *self, cxm_label *label, const cxm_plain_line *line,
                        context before) {
    uint32_t number = (uint32_t)(label - self->items);
    void *order = self->order;
    if (!cxm_array_reserve(&self->reader->allocator, &order, &self->order_capacity,
                           self->order_count + 1, sizeof *self->order))
        return false;
    self->order = order;
    label->switch_count += self->order_count == 0 || self->order[self->order_count - 1] != number;
    self->order[self->order_count++] = number;
    if (label->count++ == 0)
        label->first_line = self->lines;
    label->alone_count += line->text.len == 0;
    label->timed_count += line->time >= 0;
    label->long_count += line->text.len == 0 || is_long(line->text);
    label->question_count += is_question(line->text);
    label->block_count += before.is_block;
    label->group_count += before.is_group;
    return true;
}

/* A line without a label that could be a speaker. */
static void count_other(cxm_labels *self, const cxm_plain_line *line, context before) {
    if (before.is_said)
        self->items[self->order[self->order_count - 1]].question_count += is_question(line->text);
    if (line->is_mark_else)
        self->marks++;
    else if (self->order_count == 0)
        self->paragraphs_before += before.is_block;
    else
        self->paragraphs += before.is_block;
}

/* What this line leaves behind for the next one. A label or a mark that stands alone belongs to
 * the text below it. */
static context context_behind(cxm_str text, const cxm_plain_line *line, bool is_label,
                              context before) {
    enum { LONGEST_WRAPPED = 120 };
    if (line->kind == CXM_LINE_BLANK)
        return (context){true, true, false};
    if (line->is_mark_else && line->mark_text.len == 0)
        return before;
    bool is_alone = is_label && line->text.len == 0;
    return (context){false, text.len > LONGEST_WRAPPED && !is_alone, is_label || before.is_said};
}

static bool count_line(cxm_labels *self, cxm_str text, context *where) {
    cxm_plain_line line = cxm_plain_scan(text);
    cxm_label *label = NULL;
    if (line.kind == CXM_LINE_LABEL) {
        bool full;
        label = cxm_labels_item(self, &line, &full);
        if (!label && !full)
            return false;
    }
    bool is_label = label && is_candidate(label);
    if (is_label && !count_label(self, label, &line, *where))
        return false;
    if (!is_label && line.kind != CXM_LINE_BLANK)
        count_other(self, &line, *where);
    self->lines += line.kind != CXM_LINE_BLANK;
    *where = context_behind(text, &line, is_label, *where);
    return true;
}

bool cxm_labels_collect(cxm_labels *self, cxm_str text) {
    cxm_spoken_lines lines = cxm_spoken_lines_of(self->reader, text);
    context where = {true, true, false};
    cxm_str line;
    while (cxm_spoken_lines_next(&lines, &line))
        if (!count_line(self, line, &where))
            return false;
    return cxm_labels_decide(self);
}

const cxm_label *cxm_labels_find(const cxm_labels *self, cxm_str label) {
    const uint32_t *index = cxm_table_find(&self->index, label);
    return index ? &self->items[*index] : NULL;
}

const cxm_label *cxm_labels_speaker(const cxm_labels *self, const cxm_plain_line *line) {
    if (!self->has_speakers || line->kind != CXM_LINE_LABEL)
        return NULL;
    const cxm_label *label = cxm_labels_find(self, line->label);
    return label && label->is_speaker ? label : NULL;
}
