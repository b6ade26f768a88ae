/* SPDX-License-Identifier: MIT */
/* WebVTT: blocks parted by blank lines, of which those with times are cues, as the W3C has it. */
#include "read/vtt.h"

#include "read/caption.h"
#include "read/cues.h"

#define EXPECTED_TIMES "expected the times of a cue, as 00:01.500 --> 00:04.000"

/* A text that is gone through line by line; a line can be given back. */
typedef struct lines {
    cxm_lines of;
    cxm_cue_line line;
    bool is_given_back;
} lines;

static bool next_line(lines *self, cxm_cue_line *line) {
    if (!self->is_given_back) {
        if (!cxm_lines_next(&self->of, &self->line.text))
            return false;
        self->line.number = self->of.number;
    }
    self->is_given_back = false;
    *line = self->line;
    return true;
}

static bool has_arrow(cxm_str line) {
    for (size_t i = 0; i + 3 <= line.len; i++)
        if (memcmp(line.ptr + i, "-->", 3) == 0)
            return true;
    return false;
}

static bool is_header(cxm_str line) {
    static const char word[6] = {'W', 'E', 'B', 'V', 'T', 'T'};
    while (line.len && (line.ptr[0] == ' ' || line.ptr[0] == '\t'))
        line = cxm_str_slice(line, 1, line.len);
    return line.len >= sizeof word && memcmp(line.ptr, word, sizeof word) == 0 &&
           (line.len == sizeof word || cxm_is_space(line.ptr[sizeof word]));
}

/* Whether a block is a note, a style or a region, by its first line. */
static bool is_comment(cxm_str line) {
    static const char *const words[] = {"NOTE", "STYLE", "REGION"};
    for (size_t i = 0; i < 3; i++) {
        size_t len = strlen(words[i]);
        if (line.len >= len && memcmp(line.ptr, words[i], len) == 0 &&
            (line.len == len || cxm_is_space(line.ptr[len])))
            return true;
    }
    return is_header(line);
}

static size_t skip_blanks(cxm_str text, size_t at) {
    while (at < text.len && cxm_is_space(text.ptr[at]))
        at++;
    return at;
}

/* "00:01.500 --> 00:04.000 align:start"; settings are not looked at. */
static bool scan_times(cxm_str line, cxm_cue *cue) {
    size_t at = skip_blanks(line, 0);
    size_t used = cxm_cue_time_scan(cxm_str_slice(line, at, line.len), &cue->start);
    at = skip_blanks(line, at + used);
    if (!used || line.len - at < 3 || memcmp(line.ptr + at, "-->", 3) != 0)
        return false;
    at = skip_blanks(line, at + 3);
    used = cxm_cue_time_scan(cxm_str_slice(line, at, line.len), &cue->end);
    at += used;
    return used && (at == line.len || cxm_is_space(line.ptr[at]));
}

/* The payload of a cue: up to a blank line, or the times of the next. */
static cxm_str take_payload(lines *self) {
    cxm_str payload = {NULL, 0};
    cxm_cue_line line;
    while (next_line(self, &line) && line.text.len) { /* blanks alone are text: they roll along */
        if (has_arrow(line.text)) {
            self->is_given_back = true;
            break;
        }
        if (!payload.ptr)
            payload.ptr = line.text.ptr;
        payload.len = (size_t)(line.text.ptr + line.text.len - payload.ptr);
    }
    return payload;
}

static void skip_block(lines *self) {
    cxm_cue_line line;
    while (next_line(self, &line) && !cxm_is_blank(line.text))
        ;
}

static void take_cue(cxm_cues *cues, lines *self, const cxm_cue_line *times) {
    cxm_cue cue;
    if (!scan_times(times->text, &cue)) {
        cxm_cues_problem(cues, times, EXPECTED_TIMES);
        cue.start = cue.end = CXM_TIME_UNKNOWN;
    }
    cue.text = take_payload(self);
    if (!cue.text.ptr)
        cue.text.ptr = times->text.ptr;
    cxm_cues_add(cues, &cue);
}

/* A block without times. Behind a cue it goes on with what is said: some exports have blank lines
 * in their cues. */
static void take_text(cxm_cues *cues, lines *self, const cxm_cue_line *first) {
    cxm_cue cue = {first->text, CXM_TIME_UNKNOWN, CXM_TIME_UNKNOWN};
    cxm_cue_line line;
    cxm_cues_problem(cues, first, EXPECTED_TIMES);
    while (next_line(self, &line) && !cxm_is_blank(line.text))
        cue.text.len = (size_t)(line.text.ptr + line.text.len - cue.text.ptr);
    if (cues->count)
        cxm_cues_add(cues, &cue);
    else
        cxm_segments_skip(cues->all, CXM_SKIP_NO_CUE);
}

/* A block that is no comment: an identifier, times, text. */
static void take_block(cxm_cues *cues, lines *self, const cxm_cue_line *first) {
    cxm_cue_line second;
    if (has_arrow(first->text)) {
        take_cue(cues, self, first);
        return;
    }
    bool has_second = next_line(self, &second);
    if (has_second && has_arrow(second.text)) {
        take_cue(cues, self, &second);
        return;
    }
    self->is_given_back = has_second;
    take_text(cues, self, first);
}

/* The lines up to the header, and its block; where there are times before a blank line, up to
 * them. */
static void take_header(lines *self) {
    cxm_cue_line line;
    while (next_line(self, &line))
        if (is_header(line.text))
            break;
    while (next_line(self, &line) && !cxm_is_blank(line.text))
        if (has_arrow(line.text)) {
            self->is_given_back = true;
            return;
        }
}

/* Whether a line in front of the header is a comment, as people and tools put there. */
static bool is_remark(cxm_str line) {
    line = cxm_str_trim(line);
    return line.len == 0 || line.ptr[0] == '#' || is_comment(line) ||
           (line.len > 1 && line.ptr[0] == '/' && line.ptr[1] == '/');
}

/* Whether there is a header, at the start or behind comments. */
static bool has_header(cxm_str text) {
    cxm_lines each = cxm_lines_of(text);
    cxm_str line;
    while (cxm_lines_next(&each, &line)) {
        if (is_header(line))
            return true;
        if (!is_remark(line))
            return false;
    }
    return false;
}

void cxm_vtt_parse(cxm_cues *cues) {
    cxm_str text = cues->text.text;
    lines self = {.of = cxm_lines_of(text)};
    cxm_cue_line line;
    if (has_header(text))
        take_header(&self);
    while (next_line(&self, &line) && !cues->all->failed) {
        if (cxm_is_blank(line.text))
            continue;
        if (is_comment(line.text) && !has_arrow(line.text))
            skip_block(&self);
        else
            take_block(cues, &self, &line);
    }
}

void cxm_vtt_add(cxm_segments *self, cxm_str text) {
    cxm_cues cues;
    cxm_cues_init(&cues, self, NULL, text);
    cxm_vtt_parse(&cues);
    cxm_cues_finish(&cues);
    cxm_cues_clear(&cues);
}

/* A header, at the start or behind comments. */
static int sniff(cxm_str head) {
    if (is_header(head) || (head.len > 6 && is_header(cxm_str_slice(head, 0, 7))))
        return 100;
    return has_header(head) ? 85 : 0;
}

static cxm_status next(cxm_reader *self, cxm_transcript **out, cxm_error *error) {
    return cxm_cues_read(self, cxm_vtt_parse, out, error);
}

const cxm_format cxm_format_vtt = {
    .name = "vtt",
    .sniff = sniff,
    .next = next,
    .summary = "WebVTT captions: Zoom, Teams, YouTube, Azure",
    .recognized = "a line that starts with WEBVTT",
};
