/* SPDX-License-Identifier: MIT */
#include "read/format.h"
#include "read/json_format.h"

#include "transcript/transcript.h"

#include <stdarg.h>
#include <stdio.h>

/* The text behind a byte order mark. */
static cxm_str skip_mark(cxm_str text) {
    static const char mark[3] = {(char)0xEF, (char)0xBB, (char)0xBF};
    bool is_marked = text.len >= sizeof mark && memcmp(text.ptr, mark, sizeof mark) == 0;
    return is_marked ? cxm_str_slice(text, sizeof mark, text.len) : text;
}

/* What is no format of its own may be a dialect of JSON, of which some are the user's. */
static const cxm_format *find_by_name(const char *name) {
    for (size_t i = 0; cxm_formats[i]; i++)
        if (strcmp(cxm_formats[i]->name, name) == 0)
            return cxm_formats[i];
#ifdef CXM_HAVE_JSON
    return &cxm_format_jsonl;
#else
    return NULL;
#endif
}

/* The dialect that comes so many behind the formats; NULL: none. */
static const cxm_dialect *dialect_at(size_t index) {
#ifdef CXM_HAVE_JSON
    size_t count = 0;
    while (cxm_formats[count])
        count++;
    return index < count ? NULL : cxm_dialects_at(NULL, index - count);
#else
    (void)index;
    return NULL;
#endif
}

/* What formats are recognized by: the beginning, without blank lines and a byte order mark. */
static cxm_str head_of(cxm_str bytes) {
    cxm_str text = cxm_str_trim(skip_mark(bytes));
    return (cxm_str){text.ptr, text.len < CXM_SNIFF_BYTES ? text.len : CXM_SNIFF_BYTES};
}

/* The format that is surest; the first of those that are equally sure. */
static const cxm_format *find_by_content(cxm_str bytes) {
    const cxm_format *best = NULL;
    int best_score = 0;
    cxm_str head = head_of(bytes);
    for (size_t i = 0; cxm_formats[i]; i++) {
        int score = head.len ? cxm_formats[i]->sniff(head) : 1;
        if (score > best_score) {
            best = cxm_formats[i];
            best_score = score;
        }
    }
    return best;
}

static const cxm_format *format_at(size_t index) {
    size_t count = 0;
    while (cxm_formats[count] && count < index)
        count++;
    return cxm_formats[count];
}

bool cxm_format_at(size_t index, cxm_format_about *out) {
    const cxm_format *found = format_at(index);
    const cxm_dialect *dialect = found ? NULL : dialect_at(index);
    if (found)
        *out = (cxm_format_about){found->name, found->summary, found->recognized};
    else if (dialect)
        *out = (cxm_format_about){dialect->name, dialect->summary, dialect->recognized};
    return found || dialect;
}

int cxm_format_score(size_t index, cxm_str bytes) {
    enum { HEAD_BYTES = 2 * CXM_SNIFF_BYTES };
    const cxm_format *found = format_at(index);
    char decoded[3 * HEAD_BYTES]; /* no byte becomes more than three */
    size_t mark;
    cxm_encoding encoding = bytes.len ? cxm_encoding_of(bytes, &mark) : CXM_UTF_8;
    if (encoding != CXM_UTF_8) {
        size_t end = mark + HEAD_BYTES < bytes.len ? mark + HEAD_BYTES : bytes.len;
        size_t len = cxm_decode(encoding, cxm_str_slice(bytes, mark, end), decoded, sizeof decoded);
        bytes = (cxm_str){decoded, len};
    }
    cxm_str head = head_of(bytes);
#ifdef CXM_HAVE_JSON
    const cxm_dialect *dialect = found ? NULL : dialect_at(index);
    if (dialect)
        return cxm_json_score(dialect, skip_mark(bytes));
#endif
    return found && head.len ? found->sniff(head) : 0;
}

static cxm_status choose_format(cxm_reader *self, cxm_error *error) {
    const char *name = self->options.format;
    self->format = name ? find_by_name(name)
                        : find_by_content(cxm_str_slice(self->bytes, self->at, self->bytes.len));
    if (!name && self->options.column_count && self->format == &cxm_format_plain)
        self->format = &cxm_format_csv;
    if (self->format)
        return CXM_OK;
    if (name)
        return cxm_fail(error, CXM_E_NOT_FOUND, "there is no format '%.40s'", name);
    cxm_stretch start = {{self->bytes.ptr, 0}, 0, self->line};
    return cxm_reader_fail(self, &start, 0, error, CXM_E_NOT_FOUND, "not in a known format");
}

/* Copies the options over their defaults and checks them against their contract. */
static cxm_status take_options(cxm_reader *self, cxm_str bytes, const cxm_reader_options *options,
                               cxm_error *error) {
    static const size_t default_bytes = (size_t)256 << 20;
    self->options = (cxm_reader_options)CXM_READER_OPTIONS_INIT;
    if (!cxm_options_read(&self->options, sizeof self->options, options))
        return cxm_fail(error, CXM_E_ARGUMENT, "struct_size of the options is not set");
    if (bytes.len && !bytes.ptr)
        return cxm_fail(error, CXM_E_ARGUMENT, "bytes is NULL, but not empty");
    if (self->options.role_count && !self->options.roles)
        return cxm_fail(error, CXM_E_ARGUMENT, "roles is NULL, but role_count is not 0");
    if (self->options.column_count && !self->options.columns)
        return cxm_fail(error, CXM_E_ARGUMENT, "columns is NULL, but column_count is not 0");
    if (!self->options.max_bytes)
        self->options.max_bytes = default_bytes;
    if (!self->options.first_line)
        self->options.first_line = 1;
    self->allocator = cxm_allocator_or_default(self->options.allocator);
    return cxm_source_ask(&self->options, &self->allocator, &self->says, error);
}

/* Finds out what the input is encoded in, and makes it UTF-8 where it is not. */
static cxm_status decode(cxm_reader *self, cxm_error *error) {
    size_t mark;
    self->encoding = cxm_encoding_of(self->bytes, &mark);
    if (self->encoding == CXM_UTF_8) {
        self->at = mark;
        return CXM_OK;
    }
    cxm_str bytes = cxm_str_slice(self->bytes, mark, self->bytes.len);
    size_t len = cxm_decode(self->encoding, bytes, NULL, 0);
    if (len == 0) {
        self->bytes.len = 0;
        return CXM_OK;
    }
    char *decoded = cxm_allocate(&self->allocator, len);
    if (!decoded)
        return cxm_fail_memory(error);
    cxm_decode(self->encoding, bytes, decoded, len);
    self->decoded = (cxm_str){decoded, len};
    self->bytes = self->decoded;
    return CXM_OK;
}

/* Readies a reader for its first conversation. Wherever it fails there is nothing to free. */
static cxm_status start(cxm_reader *self, cxm_str bytes, const cxm_reader_options *options,
                        cxm_error *error) {
    *self = (cxm_reader){.bytes = bytes.ptr ? bytes : (cxm_str){"", 0}};
    cxm_status status = take_options(self, bytes, options, error);
    if (!status)
        status = decode(self, error);
    if (status)
        return status;
    self->line = self->options.first_line;
    status = choose_format(self, error);
    if (!status && self->format->open)
        status = self->format->open(self, error);
    if (status)
        cxm_release(&self->allocator, (void *)(uintptr_t)self->decoded.ptr, self->decoded.len);
    return status;
}

static void stop(cxm_reader *self) {
    if (self->format->close)
        self->format->close(self);
    cxm_release(&self->allocator, (void *)(uintptr_t)self->decoded.ptr, self->decoded.len);
}

cxm_status cxm_reader_new(cxm_str bytes, const cxm_reader_options *options, cxm_reader **out,
                          cxm_error *error) {
    cxm_reader started;
    *out = NULL;
    cxm_status status = start(&started, bytes, options, error);
    if (status)
        return status;
    cxm_reader *self = cxm_allocate(&started.allocator, sizeof *self);
    if (!self) {
        stop(&started);
        return cxm_fail_memory(error);
    }
    *self = started;
    *out = self;
    return CXM_OK;
}

const char *cxm_reader_format(const cxm_reader *self) {
    return self->name ? self->name : self->format->name;
}

const char *cxm_reader_encoding(const cxm_reader *self) {
    return cxm_encoding_name(self->encoding);
}

cxm_status cxm_reader_next(cxm_reader *self, cxm_transcript **out, cxm_error *error) {
    *out = NULL;
    self->problem_count = 0;
    return self->format->next(self, out, error);
}

const cxm_problem *cxm_reader_problem(const cxm_reader *self, size_t index) {
    return index < self->problem_count ? &self->problems[index] : NULL;
}

void cxm_reader_free(cxm_reader *self) {
    if (!self)
        return;
    cxm_allocator allocator = self->allocator;
    stop(self);
    cxm_release(&allocator, self, sizeof *self);
}

cxm_status cxm_transcript_read(cxm_str bytes, const cxm_reader_options *options,
                               cxm_transcript **out, cxm_error *error) {
    cxm_reader reader;
    *out = NULL;
    cxm_status status = start(&reader, bytes, options, error);
    if (status)
        return status;
    reader.is_strict = true;
    status = cxm_reader_next(&reader, out, error);
    if (!status && !*out) {
        cxm_transcript_builder *builder;
        status = cxm_reader_builder(&reader, &builder, error);
        if (!status)
            status = cxm_transcript_builder_finish(builder, out, error);
    }
    stop(&reader);
    return status;
}

/* What the name of the source says comes first, so that it counts. */
static cxm_status add_said(const cxm_reader *self, cxm_transcript_builder *builder,
                           cxm_error *error) {
    const struct {
        const char *key;
        cxm_str value;
    } said[] = {
        {"agent", self->says.agent}, {"customer", self->says.customer}, {"date", self->says.date}};
    cxm_status status = CXM_OK;
    if (self->says.id.len)
        status = cxm_transcript_builder_set_id(builder, self->says.id, error);
    for (size_t i = 0; i < sizeof said / sizeof *said && !status; i++)
        if (said[i].value.len)
            status = cxm_transcript_builder_add_meta(builder, cxm_str_from(said[i].key),
                                                     said[i].value, error);
    return status;
}

cxm_status cxm_reader_builder(const cxm_reader *self, cxm_transcript_builder **out,
                              cxm_error *error) {
    cxm_transcript_options options = CXM_TRANSCRIPT_OPTIONS_INIT;
    options.allocator = &self->allocator;
    options.max_bytes = self->options.max_bytes;
    cxm_status status = cxm_transcript_builder_new(&options, out, error);
    if (status)
        return status;
    cxm_transcript_builder_set_encoding(*out, cxm_encoding_name(self->encoding));
    status = cxm_transcript_builder_set_source(*out, self->options.source, error);
    if (!status)
        status = add_said(self, *out, error);
    if (status) {
        cxm_transcript_builder_free(*out);
        *out = NULL;
    }
    return status;
}

/* How much of the first line of a part of the input stands before it. A line may be a whole archive
 * and have many failures: only so much is looked at, and columns count from there. */
static size_t lead_of(cxm_str bytes, const char *part) {
    enum { MOST = 4096 };
    uintptr_t start = (uintptr_t)bytes.ptr;
    uintptr_t place = (uintptr_t)part;
    size_t lead = 0;
    if (place < start || place - start > bytes.len)
        return 0;
    while (lead < place - start && lead < MOST && part[-1 - (ptrdiff_t)lead] != '\n')
        lead++;
    return lead < MOST ? lead : 0;
}

cxm_status cxm_reader_fail(const cxm_reader *self, const cxm_stretch *where, size_t offset,
                           cxm_error *error, cxm_status code, const char *format, ...) {
    if (!error)
        return code;
    char message[sizeof error->message];
    va_list arguments;
    va_start(arguments, format);
    int written = vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    /* Lines and columns are counted in the stretch only: many failures stay linear in all. */
    size_t lead = lead_of(self->bytes, where->text.ptr);
    cxm_str text = {where->text.ptr - lead, where->text.len + lead};
    cxm_place place = {self->options.source, text, offset + lead, where->line};
    cxm_fail_at(error, code, &place, "%s", written < 0 ? "" : message);
    /* Bytes are counted in the input, of which a decoded copy has others. */
    error->offset = self->decoded.ptr ? UINT64_MAX : where->offset + offset;
    return code;
}

void cxm_reader_problem_add(cxm_reader *self, const cxm_stretch *where, size_t offset,
                            const char *expected) {
    for (size_t i = 0; i < self->problem_count; i++)
        if (i == CXM_MAX_PROBLEMS - 1 || strcmp(self->problems[i].error.message, expected) == 0) {
            self->problems[i].count++;
            return;
        }
    cxm_problem *added = &self->problems[self->problem_count++];
    added->count = 1;
    cxm_reader_fail(self, where, offset, &added->error, CXM_E_SYNTAX, "%s", expected);
}

cxm_status cxm_reader_place(const cxm_reader *self, const cxm_stretch *where, size_t offset,
                            cxm_error *error, cxm_status code) {
    if (!error || code == CXM_OK || code == CXM_E_NOMEM)
        return code;
    char message[sizeof error->message];
    memcpy(message, error->message, sizeof message);
    return cxm_reader_fail(self, where, offset, error, code, "%s", message);
}
