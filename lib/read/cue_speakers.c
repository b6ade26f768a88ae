/* SPDX-License-Identifier: MIT */
/*
 * Speakers of captions that have no tags for them: "Dana: ..." or "[Dana] ..." at the start of what
 * is said. "Note: ..." and "[Music] ..." are of the same form, so the file as a whole decides.
 */
#include "read/cues.h"

void cxm_cue_speakers_init(cxm_cue_speakers *self, const cxm_reader *reader) {
    *self = (cxm_cue_speakers){.said = 0};
    for (int i = 0; i < CXM_CUE_STYLES; i++)
        cxm_labels_init(&self->styles[i].labels, reader);
}

void cxm_cue_speakers_clear(cxm_cue_speakers *self) {
    for (int i = 0; i < CXM_CUE_STYLES; i++)
        cxm_labels_clear(&self->styles[i].labels);
}

/* Whether what stands in round brackets can be a speaker: "(speaker 1)", or initials, "(DM)". */
static bool is_round_label(cxm_str label) {
    enum { MOST_INITIALS = 3 };
    bool has_digit = false;
    bool is_initials = label.len <= MOST_INITIALS;
    for (size_t i = 0; i < label.len; i++) {
        has_digit |= cxm_is_digit(label.ptr[i]);
        is_initials &= label.ptr[i] >= 'A' && label.ptr[i] <= 'Z';
    }
    return has_digit || is_initials;
}

/* "[Dana] text", "[SPEAKER_00]: text", "(speaker 1) text". */
static bool scan_brackets(cxm_str line, bool goes_on, cxm_plain_line *found) {
    bool is_round = line.ptr[0] == '(';
    const char *end = memchr(line.ptr, is_round ? ')' : ']', line.len);
    size_t len = end ? (size_t)(end - line.ptr) : 0;
    if (len < 2 || len > CXM_LABEL_MAX_BYTES + 1)
        return false;
    size_t at = len + 1;
    at += at < line.len && line.ptr[at] == ':';
    cxm_str label = cxm_str_trim(cxm_str_slice(line, 1, len));
    cxm_str text = cxm_str_slice(line, at, line.len);
    if (label.len == 0 || (is_round ? !is_round_label(label) : cxm_is_blank(text)) ||
        (!goes_on && cxm_is_blank(text)))
        return false;
    *found = (cxm_plain_line){.kind = CXM_LINE_LABEL, .text = text, .label = label, .outer = label};
    found->shape = cxm_label_shape_of(label);
    return true;
}

/* The label that a text starts with, in whichever style. */
static bool scan(cxm_str text, cxm_plain_line *found, int *style) {
    const char *end = memchr(text.ptr, '\n', text.len);
    cxm_str line = end ? cxm_str_slice(text, 0, (size_t)(end - text.ptr)) : text;
    while (line.len && cxm_is_space(line.ptr[0]))
        line = cxm_str_slice(line, 1, line.len);
    if (line.len == 0)
        return false;
    bool is_bracketed = line.ptr[0] == '[' || line.ptr[0] == '(';
    *style = is_bracketed ? CXM_CUE_BRACKETS : CXM_CUE_COLON;
    if (is_bracketed)
        return scan_brackets(line, end != NULL, found);
    *found = cxm_plain_scan(line);
    return found->kind == CXM_LINE_LABEL;
}

static bool is_candidate(const cxm_label *label) {
    return label->by_rule || label->is_known || label->shape == CXM_SHAPE_NAME;
}

bool cxm_cue_speakers_see(cxm_cue_speakers *self, cxm_str text) {
    cxm_plain_line line;
    int style;
    bool full;
    bool is_first = self->said++ == 0;
    if (text.len == 0 || !scan(text, &line, &style))
        return true;
    cxm_cue_style *seen = &self->styles[style];
    cxm_label *label = cxm_labels_item(&seen->labels, &line, &full);
    if (!label)
        return full;
    label->count++;
    if (is_candidate(label)) {
        seen->labelled++;
        seen->is_first_labelled |= is_first;
    }
    return true;
}

static bool has_space(cxm_str text) {
    return memchr(text.ptr, ' ', text.len) != NULL;
}

/* Whether labels stand with nearly every caption: then what looks like a label is one. */
static bool is_dense(const cxm_cue_style *style, size_t said) {
    enum { FEWEST = 2 };
    return style->labelled >= FEWEST && style->labelled * 5 >= said * 4;
}

/* Labels that stand where the speaker changes: they come back, and the first thing said has one. */
static bool is_sparse(const cxm_cue_style *style, size_t said) {
    bool is_repeated = false;
    for (size_t i = 0; i < style->labels.count; i++)
        is_repeated |= is_candidate(&style->labels.items[i]) && style->labels.items[i].count > 1;
    return is_repeated && (style->is_first_labelled || style->labelled * 2 >= said);
}

static bool is_speaker_of_some(const cxm_cue_style *style, const cxm_label *label) {
    bool is_first = style->is_first_labelled && label == &style->labels.items[0];
    return label->count > 1 || is_first || has_space(label->outer);
}

void cxm_cue_speakers_decide(cxm_cue_speakers *self) {
    for (int i = 0; i < CXM_CUE_STYLES; i++) {
        cxm_cue_style *style = &self->styles[i];
        bool dense = is_dense(style, self->said);
        bool sparse = is_sparse(style, self->said) && i == CXM_CUE_COLON;
        for (size_t j = 0; j < style->labels.count; j++) {
            cxm_label *label = &style->labels.items[j];
            bool is_named = label->is_known && label->written.len > 1;
            bool is_name = label->shape == CXM_SHAPE_NAME || label->is_known;
            bool by_form = is_name && (dense || (sparse && is_speaker_of_some(style, label)));
            label->is_speaker = label->by_rule || is_named || by_form;
            self->has_speakers |= label->is_speaker;
        }
    }
}

const cxm_label *cxm_cue_speakers_find(const cxm_cue_speakers *self, cxm_str text, cxm_str *rest) {
    cxm_plain_line line;
    int style;
    if (!self->has_speakers || text.len == 0 || !scan(text, &line, &style))
        return NULL;
    const cxm_label *label = cxm_labels_find(&self->styles[style].labels, line.label);
    if (!label || !label->is_speaker)
        return NULL;
    *rest = cxm_str_slice(text, (size_t)(line.text.ptr - text.ptr), text.len);
    return label;
}
