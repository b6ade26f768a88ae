/* SPDX-License-Identifier: MIT */
/* Plain text: one conversation, cut into turns where the speakers' labels stand. */
#include "read/plain.h"

#include "base/buffer.h"
#include "base/utf8.h"
#include "read/encoding.h"

/* The turn that is open, and what is known for the text to come. */
typedef struct assembly {
    const cxm_reader *reader;
    const cxm_stretch *text; /* all of it, and where it stands */
    cxm_transcript_builder *builder;
    cxm_error *error;
    cxm_turn turn;
    bool is_open;
    cxm_stretch line;  /* the one that is being read */
    cxm_stretch start; /* the one on which the turn starts */
    size_t blanks;     /* blank lines since the last text: kept if more text follows */
    double pending;    /* a time for the text to come; CXM_TIME_UNKNOWN: none */
    double origin;     /* the first time, where that is one of the day; CXM_TIME_UNKNOWN */
    cxm_buffer text_buffer;
    cxm_time_mark *marks;
    size_t mark_count;
    size_t mark_capacity;
} assembly;

static int sniff(cxm_str head) {
    (void)head; /* everything can be read as text, but nothing has to be */
    return 10;
}

static cxm_status end_turn(assembly *self) {
    if (!self->is_open)
        return CXM_OK;
    if (self->text_buffer.failed)
        return cxm_fail_memory(self->error);
    self->turn.text = cxm_buffer_str(&self->text_buffer);
    self->turn.marks = self->marks;
    self->turn.mark_count = self->mark_count;
    self->is_open = false;
    cxm_status status = cxm_transcript_builder_add_turn(self->builder, &self->turn, self->error);
    return cxm_reader_place(self->reader, &self->start, 0, self->error, status);
}

static cxm_status start_turn(assembly *self, const cxm_label *label, double time) {
    cxm_status status = end_turn(self);
    if (status)
        return status;
    self->start = self->line;
    self->turn = (cxm_turn){.start = time, .end = CXM_TIME_UNKNOWN};
    if (label) {
        self->turn.speaker = label->speaker;
        self->turn.role = label->role;
        self->turn.role_source = label->by_rule ? CXM_ROLE_FROM_RULE : CXM_ROLE_FROM_LABEL;
    }
    self->is_open = true;
    self->blanks = 0;
    self->mark_count = 0;
    cxm_buffer_reset(&self->text_buffer);
    return CXM_OK;
}

/* A time for the text that comes next: of the turn, if nothing has been said yet. */
static bool set_time(assembly *self) {
    double time = self->pending;
    self->pending = CXM_TIME_UNKNOWN;
    if (time < 0)
        return true;
    if (self->text_buffer.len == 0 && self->turn.start < 0) {
        self->turn.start = time;
        return true;
    }
    void *items = self->marks;
    if (!cxm_array_reserve(&self->reader->allocator, &items, &self->mark_capacity,
                           self->mark_count + 1, sizeof *self->marks))
        return false;
    self->marks = items;
    self->marks[self->mark_count++] = (cxm_time_mark){self->text_buffer.len, time};
    return true;
}

static cxm_status add_text(assembly *self, cxm_str line) {
    if (line.len == 0)
        return CXM_OK;
    if (!self->is_open) {
        cxm_status status = start_turn(self, NULL, CXM_TIME_UNKNOWN);
        if (status)
            return status;
    }
    if (self->text_buffer.len)
        cxm_buffer_add_repeat(&self->text_buffer, '\n', self->blanks + 1);
    self->blanks = 0;
    if (!set_time(self))
        return cxm_fail_memory(self->error);
    cxm_buffer_add_str(&self->text_buffer, line);
    return CXM_OK;
}

static cxm_status add_label(assembly *self, const cxm_plain_line *line, const cxm_label *label) {
    double time = line->time >= 0 ? line->time : self->pending;
    self->pending = CXM_TIME_UNKNOWN;
    cxm_status status = start_turn(self, label, time);
    return status ? status : add_text(self, line->text);
}

/* Times of the day become times from the first of them; midnight may come between. */
static void set_back(assembly *self, cxm_plain_line *line) {
    enum { DAY = 86400 };
    if (line->time < 0)
        return;
    if (self->origin < 0 && line->is_of_day)
        self->origin = line->time;
    if (self->origin < 0)
        return;
    line->time -= self->origin;
    line->time += line->time < 0 ? DAY : 0;
}

static cxm_status add_line(assembly *self, const cxm_labels *labels, cxm_str text) {
    cxm_plain_line line = cxm_plain_scan(text);
    set_back(self, &line);
    if (line.kind == CXM_LINE_BLANK) {
        self->blanks++;
        return CXM_OK;
    }
    const cxm_label *label = cxm_labels_speaker(labels, &line);
    if (label)
        return add_label(self, &line, label);
    if (line.is_mark_else && labels->has_marks) {
        self->pending = line.time;
        return add_text(self, line.mark_text);
    }
    return add_text(self, text);
}

static cxm_status add_lines(assembly *self, const cxm_labels *labels) {
    const cxm_stretch *text = self->text;
    cxm_status status = CXM_OK;
    cxm_spoken_lines lines = cxm_spoken_lines_of(self->reader, text->text);
    cxm_str line;
    while (!status && cxm_spoken_lines_next(&lines, &line)) {
        size_t offset = text->offset + (size_t)(line.ptr - text->text.ptr);
        self->line = (cxm_stretch){line, offset, text->line + lines.of.number - 1};
        status = add_line(self, labels, line);
    }
    return status ? status : end_turn(self);
}

static cxm_status assemble(assembly *self, const cxm_labels *labels) {
    cxm_buffer_init(&self->text_buffer, &self->reader->allocator);
    cxm_status status = add_lines(self, labels);
    cxm_release(&self->reader->allocator, self->marks, self->mark_capacity * sizeof *self->marks);
    cxm_buffer_clear(&self->text_buffer);
    return status;
}

cxm_status cxm_plain_add(const cxm_reader *reader, const cxm_stretch *text,
                         cxm_transcript_builder *builder, cxm_error *error) {
    assembly self = {.reader = reader,
                     .text = text,
                     .builder = builder,
                     .error = error,
                     .pending = CXM_TIME_UNKNOWN,
                     .origin = CXM_TIME_UNKNOWN};
    cxm_labels labels;
    cxm_labels_init(&labels, reader);
    cxm_status status =
        cxm_labels_collect(&labels, text->text) ? assemble(&self, &labels) : cxm_fail_memory(error);
    cxm_labels_clear(&labels);
    return status;
}

/* The line around a place in the input. */
static cxm_stretch line_around(const cxm_reader *self, size_t offset) {
    const char *bytes = self->bytes.ptr;
    cxm_stretch line = {.offset = self->at, .line = self->line};
    for (size_t i = self->at; i < offset; i++)
        if (bytes[i] == '\n') {
            line.offset = i + 1;
            line.line++;
        }
    size_t end = offset;
    while (end < self->bytes.len && bytes[end] != '\n')
        end++;
    line.text = cxm_str_slice(self->bytes, line.offset, end);
    return line;
}

cxm_status cxm_reader_check(const cxm_reader *self, cxm_str text, cxm_error *error) {
    if (text.len > self->options.max_bytes)
        return cxm_reader_fail(self, &(cxm_stretch){{text.ptr, 0}, self->at, self->line}, 0, error,
                               CXM_E_LIMIT, "a conversation of more than %zu bytes",
                               self->options.max_bytes);
    bool is_utf16 = cxm_is_utf16(text);
    if (!is_utf16 && cxm_utf8_valid(text.ptr, text.len))
        return CXM_OK;
    size_t invalid = is_utf16 ? 0 : cxm_utf8_invalid_at(text);
    cxm_stretch line = line_around(self, self->at + invalid);
    size_t offset = self->at + invalid - line.offset;
    if (is_utf16)
        return cxm_reader_fail(self, &line, offset, error, CXM_E_ENCODING,
                               "UTF-16; expected UTF-8");
    return cxm_reader_fail(self, &line, offset, error, CXM_E_ENCODING, "invalid UTF-8: byte 0x%02X",
                           (unsigned char)text.ptr[invalid]);
}

static cxm_status read_text(const cxm_reader *self, const cxm_stretch *text, cxm_transcript **out,
                            cxm_error *error) {
    cxm_transcript_builder *builder;
    cxm_status status = cxm_reader_check(self, text->text, error);
    if (!status)
        status = cxm_reader_builder(self, &builder, error);
    if (status)
        return status;
    status = cxm_plain_add(self, text, builder, error);
    if (!status)
        status = cxm_transcript_builder_finish(builder, out, error);
    if (status)
        cxm_transcript_builder_free(builder);
    return status;
}

static cxm_status next(cxm_reader *self, cxm_transcript **out, cxm_error *error) {
    cxm_stretch text = {cxm_str_slice(self->bytes, self->at, self->bytes.len), self->at,
                        self->line};
    cxm_status status = CXM_OK;
    if (cxm_str_trim(text.text).len)
        status = read_text(self, &text, out, error);
    if (status != CXM_E_NOMEM)
        self->at = self->bytes.len;
    return status;
}

const cxm_format cxm_format_plain = {
    .name = "plain",
    .sniff = sniff,
    .next = next,
    .summary = "text with speakers and times as people write them",
    .recognized = "any text that is nothing else",
};
