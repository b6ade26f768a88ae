/* SPDX-License-Identifier: MIT */
/*
 * SubRip and its relatives: a line with two times, then lines of text.
 *
 *     srt            1                        sbv    0:00:01.000,0:00:04.000    whisper-text
 *                    00:00:01,000 --> 00:00:04,000   Hello.                     [00:01.000 -->
 * 00:04.000] Hello. Hello.
 *
 * Numbers are not looked at: they are often missing or wrong. A cue ends where the next one starts,
 * so that blank lines in its text do no harm.
 */
#include "read/caption.h"
#include "read/clock.h"
#include "read/cues.h"

/* How the times of a cue stand on their line. */
typedef struct time_style {
    bool is_bracketed;     /* [from --> to] text */
    const char *separator; /* between the times */
    const char *expected;
} time_style;

static const time_style srt_style = {
    false, "-->", "expected the times of a caption, as 00:00:01,500 --> 00:00:04,000"};
static const time_style sbv_style = {false, ",",
                                     "expected the times of a caption, as 0:00:01.500,0:00:04.000"};
static const time_style whisper_style = {
    true, "-->", "expected the times of a segment, as [00:01.500 --> 00:04.000]"};

static size_t skip_blanks(cxm_str text, size_t at) {
    while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\t'))
        at++;
    return at;
}

/* A time; where no comma parts two of them also with a shorter fraction, or none. */
static size_t scan_time(const time_style *style, cxm_str text, double *seconds) {
    size_t used = cxm_cue_time_scan(text, seconds);
    return used || style == &sbv_style ? used : cxm_clock_scan(text, seconds);
}

/* Whether a line has two times; the bytes used, or 0. */
static size_t scan_times(const time_style *style, cxm_str line, cxm_cue *cue) {
    size_t len = strlen(style->separator);
    size_t at = skip_blanks(line, 0);
    if (style->is_bracketed && (at >= line.len || line.ptr[at++] != '['))
        return 0;
    size_t used = scan_time(style, cxm_str_slice(line, at, line.len), &cue->start);
    at = skip_blanks(line, at + used);
    if (!used || line.len - at < len || memcmp(line.ptr + at, style->separator, len) != 0)
        return 0;
    at = skip_blanks(line, at + len);
    used = scan_time(style, cxm_str_slice(line, at, line.len), &cue->end);
    at += used;
    if (!used)
        return 0;
    if (style->is_bracketed)
        return at < line.len && line.ptr[at] == ']' ? at + 1 : 0;
    return at == line.len || cxm_is_space(line.ptr[at]) ? at : 0;
}

/* What looks like times that went wrong: it has digits and the separator. */
static bool are_broken_times(const time_style *style, cxm_str line) {
    size_t len = strlen(style->separator);
    line = cxm_str_trim(line);
    size_t start = style->is_bracketed && line.len && line.ptr[0] == '[';
    if (start >= line.len || !cxm_is_digit(line.ptr[start]) || (style->is_bracketed && start == 0))
        return false;
    bool has_colon = false;
    for (size_t i = 0; i + len <= line.len; i++) {
        has_colon |= line.ptr[i] == ':';
        if (has_colon && memcmp(line.ptr + i, style->separator, len) == 0)
            return len > 1 || (i + 1 < line.len && cxm_is_digit(line.ptr[i + 1]));
    }
    return false;
}

/* Where text may start behind such times. */
static size_t behind_broken(const time_style *style, cxm_str line) {
    const char *end = style->is_bracketed ? memchr(line.ptr, ']', line.len) : NULL;
    return end ? (size_t)(end - line.ptr) + 1 : line.len;
}

static bool is_number(cxm_str line) {
    enum { LONGEST = 8 };
    line = cxm_str_trim(line);
    for (size_t i = 0; i < line.len; i++)
        if (!cxm_is_digit(line.ptr[i]))
            return false;
    return line.len > 0 && line.len <= LONGEST;
}

/* A cue in the making. */
typedef struct parsing {
    cxm_cues *cues;
    const time_style *style;
    cxm_cue cue;
    bool is_open;
    bool is_behind_blank;
    cxm_cue_line number; /* a line that may be the number of the cue to come; text.ptr NULL: none */
    bool is_number_apart; /* it stands behind a blank line, or before all cues */
} parsing;

static void end_cue(parsing *self) {
    if (self->is_open)
        cxm_cues_add(self->cues, &self->cue);
    self->is_open = false;
}

static void add_line(parsing *self, cxm_str line) {
    if (self->cue.text.len == 0)
        self->cue.text.ptr = line.ptr;
    self->cue.text.len = (size_t)(line.ptr + line.len - self->cue.text.ptr);
    self->is_behind_blank = false;
}

/* Starts a cue whose text begins at `used` of the line, or behind it. */
static void start_cue(parsing *self, const cxm_cue *times, const cxm_cue_line *line, size_t used) {
    end_cue(self);
    self->number.text.ptr = NULL;
    self->cue = *times;
    self->cue.text = (cxm_str){line->text.ptr + used, 0};
    self->is_open = true;
    self->is_behind_blank = false;
    if (self->style->is_bracketed)
        add_line(self, cxm_str_slice(line->text, used, line->text.len));
}

/* Text that is in no cue. What stands before a recognizer's first line is its log. */
static void skip_line(parsing *self, const cxm_cue_line *line) {
    if (!self->style->is_bracketed)
        cxm_cues_problem(self->cues, line, self->style->expected);
    cxm_segments_skip(self->cues->all, CXM_SKIP_NO_CUE);
}

/* What may have been a number is none. */
static void release_number(parsing *self) {
    cxm_cue_line number = self->number;
    self->number.text.ptr = NULL;
    if (!number.text.ptr)
        return;
    if (self->is_number_apart)
        skip_line(self, &number);
    else
        add_line(self, number.text);
}

static void take_number(parsing *self, const cxm_cue_line *line) {
    release_number(self);
    self->number = *line;
    self->is_number_apart = !self->is_open || self->is_behind_blank;
}

/* A number with text behind it: a cue whose times are missing. */
static void take_untimed(parsing *self, const cxm_cue_line *line) {
    cxm_cue untimed = {.start = CXM_TIME_UNKNOWN, .end = CXM_TIME_UNKNOWN};
    cxm_cues_problem(self->cues, line, self->style->expected);
    start_cue(self, &untimed, line, 0);
    add_line(self, line->text);
}

static void take_text(parsing *self, const cxm_cue_line *line) {
    if (self->number.text.ptr && self->is_number_apart) {
        take_untimed(self, line);
        return;
    }
    release_number(self);
    if (self->is_open)
        add_line(self, line->text);
    else
        skip_line(self, line);
}

static void take_line(parsing *self, const cxm_cue_line *line) {
    cxm_cue times;
    size_t used = scan_times(self->style, line->text, &times);
    if (used) {
        start_cue(self, &times, line, used);
    } else if (are_broken_times(self->style, line->text)) {
        cxm_cues_problem(self->cues, line, self->style->expected);
        times.start = times.end = CXM_TIME_UNKNOWN;
        start_cue(self, &times, line, behind_broken(self->style, line->text));
    } else if (cxm_is_blank(line->text)) {
        release_number(self);
        self->is_behind_blank = true;
    } else if (!self->style->is_bracketed && is_number(line->text)) {
        take_number(self, line);
    } else {
        take_text(self, line);
    }
}

static void parse(cxm_cues *cues, const time_style *style) {
    parsing self = {.cues = cues, .style = style};
    cxm_lines each = cxm_lines_of(cues->text.text);
    cxm_cue_line line;
    while (!cues->all->failed && cxm_lines_next(&each, &line.text)) {
        line.number = each.number;
        take_line(&self, &line);
    }
    release_number(&self);
    end_cue(&self);
}

static void parse_srt(cxm_cues *cues) {
    parse(cues, &srt_style);
}

static void parse_sbv(cxm_cues *cues) {
    parse(cues, &sbv_style);
}

static void parse_whisper(cxm_cues *cues) {
    parse(cues, &whisper_style);
}

/* How sure: times on one of the first lines, with little but a number before them. */
static int sniff(const time_style *style, cxm_str head, int score) {
    enum { MOST_LINES = 20, LIKELY = 70 };
    cxm_lines each = cxm_lines_of(head);
    cxm_str line;
    bool is_clean = true;
    while (each.number < MOST_LINES && cxm_lines_next(&each, &line)) {
        cxm_cue times;
        if (scan_times(style, line, &times))
            return is_clean ? score : LIKELY;
        is_clean = is_clean && (is_number(line) || cxm_is_blank(line));
    }
    return 0;
}

static int sniff_srt(cxm_str head) {
    return sniff(&srt_style, head, 90);
}

static int sniff_sbv(cxm_str head) {
    return sniff(&sbv_style, head, 95);
}

static int sniff_whisper(cxm_str head) {
    return sniff(&whisper_style, head, 90);
}

static cxm_status next_srt(cxm_reader *self, cxm_transcript **out, cxm_error *error) {
    return cxm_cues_read(self, parse_srt, out, error);
}

static cxm_status next_sbv(cxm_reader *self, cxm_transcript **out, cxm_error *error) {
    return cxm_cues_read(self, parse_sbv, out, error);
}

static cxm_status next_whisper(cxm_reader *self, cxm_transcript **out, cxm_error *error) {
    return cxm_cues_read(self, parse_whisper, out, error);
}

const cxm_format cxm_format_srt = {
    .name = "srt",
    .sniff = sniff_srt,
    .next = next_srt,
    .summary = "SubRip captions, with or without numbers",
    .recognized = "a line with two times and --> among the first",
};

const cxm_format cxm_format_sbv = {
    .name = "sbv",
    .sniff = sniff_sbv,
    .next = next_sbv,
    .summary = "SBV captions, as YouTube has them",
    .recognized = "a line with two times and a comma among the first",
};

const cxm_format cxm_format_whisper_text = {
    .name = "whisper-text",
    .sniff = sniff_whisper,
    .next = next_whisper,
    .summary = "what Whisper prints while it listens",
    .recognized = "two times and --> in square brackets, with text behind",
};
