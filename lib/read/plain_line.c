/* SPDX-License-Identifier: MIT */
/* What one line of plain text could be, from its form alone. */
#include "read/clock.h"
#include "read/plain.h"

cxm_lines cxm_lines_of(cxm_str text) {
    bool has_lf = text.len && memchr(text.ptr, '\n', text.len);
    return (cxm_lines){text, 0, 0, has_lf ? '\n' : '\r'};
}

bool cxm_lines_next(cxm_lines *self, cxm_str *line) {
    if (self->at >= self->text.len)
        return false;
    const char *start = self->text.ptr + self->at;
    size_t left = self->text.len - self->at;
    const char *end = memchr(start, self->separator, left);
    size_t len = end ? (size_t)(end - start) : left;
    self->at += len + (end != NULL);
    self->number++;
    if (len && start[len - 1] == '\r')
        len--;
    *line = (cxm_str){start, len};
    return true;
}

/* A place in a line that moves on as parts of it are recognized. */
typedef struct cursor {
    cxm_str line;
    size_t at;
} cursor;

static char peek(const cursor *self) {
    return self->at < self->line.len ? self->line.ptr[self->at] : '\0';
}

static bool at_end(const cursor *self) {
    return self->at >= self->line.len;
}

static cxm_str rest(const cursor *self) {
    return cxm_str_slice(self->line, self->at, self->line.len);
}

static size_t skip_spaces(cursor *self) {
    size_t start = self->at;
    while (!at_end(self) && cxm_is_space(peek(self)))
        self->at++;
    return self->at - start;
}

/* Markdown's marks for strong text. */
static void skip_emphasis(cursor *self) {
    while (peek(self) == '*' || (peek(self) == '_' && self->at + 1 < self->line.len &&
                                 self->line.ptr[self->at + 1] == '_'))
        self->at += peek(self) == '_' ? 2 : 1;
}

/* A colon, in ASCII or full width; its length, or 0. */
static size_t colon_at(const cursor *self) {
    static const char full_width[3] = {(char)0xEF, (char)0xBC, (char)0x9A};
    if (peek(self) == ':')
        return 1;
    bool is_full = self->line.len - self->at >= sizeof full_width &&
                   memcmp(self->line.ptr + self->at, full_width, sizeof full_width) == 0;
    return is_full ? sizeof full_width : 0;
}

static char closing_of(char c) {
    return c == '(' ? ')' : c == '[' ? ']' : '\0';
}

/* What stands in a pair of brackets that starts here; moves behind them. */
static bool take_brackets(cursor *self, cxm_str *inside) {
    char closing = closing_of(peek(self));
    if (!closing)
        return false;
    size_t limit = self->at + CXM_LABEL_MAX_BYTES + 2;
    for (size_t i = self->at + 1; i < self->line.len && i < limit; i++) {
        if (closing_of(self->line.ptr[i]))
            return false;
        if (self->line.ptr[i] == closing) {
            *inside = cxm_str_trim(cxm_str_slice(self->line, self->at + 1, i));
            self->at = i + 1;
            return true;
        }
    }
    return false;
}

/* A time as a line has it. */
typedef struct moment {
    double seconds;
    bool is_of_day; /* surely a time of the day, not one from the start */
} moment;

/* A time, or two of them of which the first counts: "0:05 - 0:09", "0:05 --> 0:09". */
static bool is_clock(cxm_str text, moment *time) {
    moment end;
    size_t at = text.len ? cxm_day_time_scan(text, &time->seconds, &time->is_of_day) : 0;
    if (at == 0 || at == text.len)
        return at > 0;
    while (at < text.len && memchr(" ->", text.ptr[at], 3))
        at++;
    cxm_str rest = cxm_str_slice(text, at, text.len);
    return rest.len && cxm_day_time_scan(rest, &end.seconds, &end.is_of_day) == rest.len;
}

/* How a time stands at the start of a line. */
typedef enum time_form {
    TIME_NONE,
    TIME_BARE,   /* 00:15 or (00:15): could be prose if anything but a label follows */
    TIME_MARKED, /* [00:15] or (00:15): */
} time_form;

static time_form take_bracketed_time(cursor *self, moment *time) {
    cursor ahead = *self;
    cxm_str inside;
    bool is_square = peek(self) == '[';
    if (!take_brackets(&ahead, &inside) || !is_clock(inside, time))
        return TIME_NONE;
    size_t colon = colon_at(&ahead);
    ahead.at += colon;
    if (!at_end(&ahead) && !cxm_is_space(peek(&ahead)) && peek(&ahead) != '*')
        return TIME_NONE;
    *self = ahead;
    return is_square || colon ? TIME_MARKED : TIME_BARE;
}

/* A time at the start of the line; moves behind it and the spaces that follow. */
static time_form take_time(cursor *self, moment *time) {
    time_form form = take_bracketed_time(self, time);
    if (form == TIME_NONE) {
        size_t len = cxm_day_time_scan(rest(self), &time->seconds, &time->is_of_day);
        if (len == 0)
            return TIME_NONE;
        self->at += len;
        if (peek(self) == ':')
            self->at++;
        if (!at_end(self) && !cxm_is_space(peek(self)))
            return TIME_NONE;
        form = TIME_BARE;
    }
    skip_spaces(self);
    if ((peek(self) == '-' || peek(self) == '|') && self->at + 1 < self->line.len &&
        cxm_is_space(self->line.ptr[self->at + 1])) {
        self->at++;
        skip_spaces(self);
    }
    return form;
}

static bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool is_letter(char c) {
    return is_upper(c) || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* Words of names hold letters of any script, digits and a few signs. */
static bool is_name_word(cxm_str word) {
    enum { LONGEST_ABBREVIATION = 5 };
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        if (c == '.' && word.len > LONGEST_ABBREVIATION)
            return false;
        if (!is_letter(c) && !cxm_is_digit(c) && !memchr("'-_.&#/@", c, 8))
            return false;
    }
    return true;
}

static bool has_digit_or_underscore(cxm_str text) {
    for (size_t i = 0; i < text.len; i++)
        if (cxm_is_digit(text.ptr[i]) || text.ptr[i] == '_')
            return true;
    return false;
}

/* Whether a label that has no capital to start with is an identifier: "spk_0", "speaker 1". */
static bool is_identifier(const cxm_str *words, size_t count) {
    if (!is_letter(words[0].ptr[0]))
        return false;
    if (count == 1)
        return has_digit_or_underscore(words[0]);
    for (size_t i = 0; i < words[1].len; i++)
        if (!cxm_is_digit(words[1].ptr[i]))
            return false;
    return count == 2;
}

/* Capitals, with room for "van", "de la" in the middle. Other scripts than Latin have no case
 * that is looked at here. */
static bool is_capitalised(const cxm_str *words, size_t count) {
    enum { LONGEST_PARTICLE = 3 };
    for (size_t i = 0; i < count; i++) {
        char first = words[i].ptr[0];
        if (is_upper(first) || (unsigned char)first >= 0x80)
            continue;
        bool is_particle = is_letter(first) && words[i].len <= LONGEST_PARTICLE && i + 1 < count;
        if (i == 0 || (is_letter(first) && !is_particle))
            return false;
    }
    return true;
}

cxm_label_shape cxm_label_shape_of(cxm_str label) {
    cxm_str words[CXM_LABEL_MAX_WORDS];
    size_t count = 0;
    if (label.len > CXM_LABEL_MAX_BYTES)
        return CXM_SHAPE_ANY;
    for (size_t at = 0; at < label.len;) {
        size_t start = at;
        while (at < label.len && !cxm_is_space(label.ptr[at]))
            at++;
        if (at > start) {
            if (count == CXM_LABEL_MAX_WORDS)
                return CXM_SHAPE_ANY;
            words[count++] = cxm_str_slice(label, start, at);
        }
        at += at < label.len;
    }
    if (count == 0)
        return CXM_SHAPE_ANY;
    for (size_t i = 0; i < count; i++)
        if (!is_name_word(words[i]))
            return CXM_SHAPE_SHORT;
    bool is_name = is_capitalised(words, count) || is_identifier(words, count);
    return is_name ? CXM_SHAPE_NAME : CXM_SHAPE_SHORT;
}

/* Whether a gap and a time end the line here: "Speaker 1  0:03". */
static bool ends_in_time(const cursor *self, moment *time) {
    enum { LONGEST_TAIL = 40 };
    cursor ahead = *self;
    if (self->line.len - self->at > LONGEST_TAIL)
        return false;
    bool is_tab = peek(&ahead) == '\t';
    size_t spaces = skip_spaces(&ahead);
    return (spaces > 1 || is_tab) && is_clock(cxm_str_trim(rest(&ahead)), time);
}

/* Moves to where the name of a label ends: at a colon, a bracket, a time, or the prefix's limit. */
static void skip_name(cursor *self, moment *time) {
    size_t limit = self->at + CXM_LABEL_MAX_PREFIX;
    while (!at_end(self) && self->at < limit && !colon_at(self) && !closing_of(peek(self))) {
        if (cxm_is_space(peek(self)) && ends_in_time(self, time)) {
            self->at = self->line.len;
            return;
        }
        self->at++;
    }
}

static cxm_str trim_emphasis(cxm_str text) {
    text = cxm_str_trim(text);
    while (text.len && text.ptr[text.len - 1] == '*')
        text.len--;
    while (text.len > 1 && text.ptr[text.len - 1] == '_' && text.ptr[text.len - 2] == '_')
        text.len -= 2;
    return cxm_str_trim(text);
}

/* The brackets behind a name: at most one with a time and one with something else. */
static bool take_label_brackets(cursor *self, cxm_plain_line *found) {
    for (int i = 0; i < 2; i++) {
        cxm_str inside;
        moment time;
        skip_spaces(self);
        if (!take_brackets(self, &inside))
            break;
        if (found->time < 0 && is_clock(inside, &time)) {
            found->time = time.seconds;
            found->is_of_day = time.is_of_day;
        } else if (found->inner.len == 0 && inside.len) {
            found->inner = inside;
            const char *end = self->line.ptr + self->at;
            found->label.len = (size_t)(end - found->label.ptr);
        } else {
            return false;
        }
        skip_emphasis(self);
    }
    return true;
}

/* What must follow a label: a colon and a space, a letter or nothing. With a time the line may
 * end without a colon. */
static bool take_label_end(cursor *self, bool has_time) {
    skip_spaces(self);
    skip_emphasis(self);
    if (at_end(self))
        return has_time;
    size_t colon = colon_at(self);
    self->at += colon;
    skip_emphasis(self);
    return colon && (at_end(self) || cxm_is_space(peek(self)) || is_letter(peek(self)));
}

/* Of a name with a gap and a time behind it, the name. */
static cxm_str before_gap(cxm_str name, cxm_str line) {
    size_t end = name.len;
    moment time;
    for (size_t at = name.len; at > 0 && name.len - at < CXM_LABEL_MAX_BYTES; at--) {
        cursor ahead = {line, (size_t)(name.ptr - line.ptr) + at - 1};
        if (cxm_is_space(name.ptr[at - 1]) && ends_in_time(&ahead, &time))
            end = at - 1;
    }
    return cxm_str_trim(cxm_str_slice(name, 0, end));
}

/* A label at the cursor; fills `found` and moves to the text behind it. */
static bool take_label(cursor *self, cxm_plain_line *found) {
    moment own_time = {CXM_TIME_UNKNOWN, false};
    skip_emphasis(self);
    size_t start = self->at;
    skip_name(self, &own_time);
    bool is_header = own_time.seconds >= 0;
    size_t end = self->at;
    found->outer = trim_emphasis(cxm_str_slice(self->line, start, end));
    if (is_header) {
        found->outer = before_gap(found->outer, self->line);
        found->time = own_time.seconds;
        found->is_of_day = own_time.is_of_day;
    }
    found->label = found->outer;
    if (found->outer.len == 0 || !take_label_brackets(self, found) ||
        !take_label_end(self, is_header || found->time >= 0))
        return false;
    skip_spaces(self);
    found->shape = cxm_label_shape_of(found->outer);
    return true;
}

static void set_label(cxm_plain_line *found, cxm_str label) {
    found->label = found->outer = label;
    found->shape = cxm_label_shape_of(label);
}

/* "<Dana> text", as in chats. */
static bool take_angle_label(cursor *self, cxm_plain_line *found) {
    size_t room = self->line.len - self->at;
    room = room < CXM_LABEL_MAX_BYTES + 2 ? room : CXM_LABEL_MAX_BYTES + 2;
    const char *end = peek(self) == '<' ? memchr(self->line.ptr + self->at, '>', room) : NULL;
    size_t behind = end ? (size_t)(end - self->line.ptr) + 1 : 0;
    if (behind < self->at + 3 || behind >= self->line.len || !cxm_is_space(self->line.ptr[behind]))
        return false;
    set_label(found, cxm_str_trim(cxm_str_slice(self->line, self->at + 1, behind - 1)));
    self->at = behind;
    skip_spaces(self);
    return found->label.len > 0;
}

/* "[Dana Smith] 00:00:05": a name, then a time, and nothing else. */
static bool take_square_label(cursor *self, cxm_plain_line *found) {
    cursor ahead = *self;
    cxm_str inside;
    moment time;
    if (peek(self) != '[' || !take_brackets(&ahead, &inside) || inside.len == 0 ||
        !is_clock(cxm_str_trim(rest(&ahead)), &time))
        return false;
    set_label(found, inside);
    found->time = time.seconds;
    found->is_of_day = time.is_of_day;
    self->at = self->line.len;
    return true;
}

/* "[turn=1 | 00:00:07.6 | Agent]: text": the last field is the speaker. */
static bool take_fields(cursor *self, cxm_plain_line *found) {
    cursor ahead = *self;
    cxm_str inside;
    moment time = {CXM_TIME_UNKNOWN, false};
    if (peek(self) != '[' || !take_brackets(&ahead, &inside) || !colon_at(&ahead))
        return false;
    size_t start = 0;
    for (size_t i = 0; i < inside.len; i++) {
        if (inside.ptr[i] != '|')
            continue;
        moment field;
        if (is_clock(cxm_str_trim(cxm_str_slice(inside, start, i)), &field))
            time = field;
        start = i + 1;
    }
    cxm_str last = cxm_str_trim(cxm_str_slice(inside, start, inside.len));
    if (start == 0 || last.len == 0 || memchr(last.ptr, '=', last.len))
        return false;
    set_label(found, last);
    found->time = time.seconds;
    found->is_of_day = time.is_of_day;
    self->at = ahead.at + colon_at(&ahead);
    skip_spaces(self);
    return true;
}

/* What stands so among other things is a speaker only where the label is known. */
static void demote(cxm_plain_line *found) {
    if (found->shape == CXM_SHAPE_NAME)
        found->shape = CXM_SHAPE_SHORT;
}

/* "- Agent: text", "> Agent: text", "### Agent: text". */
static bool take_item_label(cursor *self, cxm_plain_line *found) {
    static const char marks[] = {'-', '>', '#'};
    size_t start = self->at;
    while (!at_end(self) && memchr(marks, peek(self), sizeof marks))
        self->at++;
    if (self->at == start || !skip_spaces(self) || !take_label(self, found))
        return false;
    demote(found);
    return true;
}

/* "Agent - text". */
static bool take_dash_label(cursor *self, cxm_plain_line *found) {
    size_t end = self->at;
    size_t limit = self->at + CXM_LABEL_MAX_BYTES;
    while (end < self->line.len && end < limit && self->line.ptr[end] != '-')
        end++;
    bool is_dash = end + 1 < self->line.len && end > self->at + 1 && self->line.ptr[end] == '-' &&
                   cxm_is_space(self->line.ptr[end - 1]) && cxm_is_space(self->line.ptr[end + 1]);
    cxm_str label = cxm_str_trim(cxm_str_slice(self->line, self->at, end));
    if (!is_dash || label.len == 0 || memchr(label.ptr, ':', label.len))
        return false;
    set_label(found, label);
    demote(found);
    self->at = end + 1;
    skip_spaces(self);
    return true;
}

/* Tries the forms of a label one by one. */
static bool take_any_label(cursor *self, cxm_plain_line *found) {
    static bool (*const forms[])(cursor *, cxm_plain_line *) = {take_fields,      take_square_label,
                                                                take_angle_label, take_item_label,
                                                                take_label,       take_dash_label};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        cursor at = *self;
        cxm_plain_line line = *found;
        if (forms[i](&at, &line)) {
            *self = at;
            *found = line;
            return true;
        }
    }
    return false;
}

cxm_plain_line cxm_plain_scan(cxm_str line) {
    cxm_plain_line found = {.kind = CXM_LINE_TEXT, .time = CXM_TIME_UNKNOWN, .text = line};
    cursor at = {line, 0};
    skip_spaces(&at);
    if (at_end(&at)) {
        found.kind = CXM_LINE_BLANK;
        return found;
    }
    moment time = {CXM_TIME_UNKNOWN, false};
    skip_emphasis(&at);
    cursor before = at;
    time_form form = take_time(&at, &time);
    if (form == TIME_NONE)
        at = before;
    found.mark_text = rest(&at);
    found.is_mark_else = form == TIME_MARKED || (form == TIME_BARE && at_end(&at));
    found.is_of_day = form != TIME_NONE && time.is_of_day;
    cxm_plain_line label = found;
    label.time = form == TIME_NONE ? CXM_TIME_UNKNOWN : time.seconds;
    if (!at_end(&at) && take_any_label(&at, &label)) {
        label.kind = CXM_LINE_LABEL;
        label.text = rest(&at);
        return label;
    }
    if (found.is_mark_else) {
        found.kind = CXM_LINE_MARK;
        found.time = time.seconds;
        found.text = found.mark_text;
    }
    return found;
}
