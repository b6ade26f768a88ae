/* SPDX-License-Identifier: MIT */
#include <cxmine/stream.h>

#include "read/encoding.h"
#include "read/json_format.h"

typedef enum stream_mode {
    STREAM_START, /* what it is has not been seen */
    STREAM_JSON,  /* document by document */
    STREAM_WHOLE  /* when all bytes are there */
} stream_mode;

struct cxm_stream {
    cxm_allocator allocator;
    cxm_reader_options options;
    cxm_reader *reader; /* of documents, or of the whole; NULL: not begun, or at its end */
    stream_mode mode;
    size_t line;        /* of the first unread byte */
    size_t lead;        /* bytes of that line that were used, */
    size_t lead_points; /* and how many code points */
    uint64_t offset;
    bool is_begun;   /* the whole is being read */
    char format[64]; /* the name of that of what was read last */
};

static cxm_str without_mark(cxm_str text) {
    static const char mark[3] = {(char)0xEF, (char)0xBB, (char)0xBF};
    bool is_marked = text.len >= sizeof mark && memcmp(text.ptr, mark, sizeof mark) == 0;
    return is_marked ? cxm_str_slice(text, sizeof mark, text.len) : text;
}

cxm_status cxm_stream_new(const cxm_reader_options *options, cxm_stream **out, cxm_error *error) {
    cxm_reader *reader;
    *out = NULL;
    /* A reader of nothing finds what is wrong with the options, and is one of JSON if there is
     * such, since that is the first format. */
    cxm_status status = cxm_reader_new((cxm_str){"", 0}, options, &reader, error);
    if (status)
        return status;
    cxm_stream *self = cxm_allocate(&reader->allocator, sizeof *self);
    if (!self) {
        cxm_reader_free(reader);
        return cxm_fail_memory(error);
    }
    self->allocator = reader->allocator;
    self->options = reader->options;
    self->line = reader->options.first_line;
    self->reader = reader;
    *out = self;
    return CXM_OK;
}

void cxm_stream_free(cxm_stream *self) {
    if (!self)
        return;
    cxm_allocator allocator = self->allocator;
    cxm_reader_free(self->reader);
    cxm_release(&allocator, self, sizeof *self);
}

const char *cxm_stream_format(const cxm_stream *self) {
    return self->format;
}

const cxm_problem *cxm_stream_problem(const cxm_stream *self, size_t index) {
    return self->reader ? cxm_reader_problem(self->reader, index) : NULL;
}

static void note_format(cxm_stream *self) {
    cxm_copy_cut(self->format, sizeof self->format, cxm_str_from(cxm_reader_format(self->reader)));
}

static bool is_json_reader(const cxm_reader *reader) {
#ifdef CXM_HAVE_JSON
    return reader->format == &cxm_format_jsonl;
#else
    (void)reader;
    return false;
#endif
}

/* Whether what has come is enough to see what it is, and what that is. */
static bool decide(cxm_stream *self, cxm_str unread, bool is_all) {
    enum { CERTAIN = 90 };
    cxm_str text = cxm_str_trim(without_mark(unread));
    if (self->options.format) {
        self->mode = is_json_reader(self->reader) ? STREAM_JSON : STREAM_WHOLE;
        return true;
    }
#ifdef CXM_HAVE_JSON
    bool is_json = text.len >= 2 && !cxm_is_utf16(unread) && cxm_json_sniff(text) >= CERTAIN;
#else
    bool is_json = false;
#endif
    if (!is_json && text.len < CXM_SNIFF_BYTES && !is_all)
        return false;
    self->mode = is_json ? STREAM_JSON : STREAM_WHOLE;
    return true;
}

#ifdef CXM_HAVE_JSON

/* ---- Document by document ---- */

static size_t count_lines(cxm_str text, const char **last_start) {
    size_t count = 0;
    const char *at = text.ptr;
    const char *end = text.ptr + text.len;
    *last_start = at;
    while (at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        count++;
        *last_start = ++at;
    }
    return count;
}

enum { FARTHEST = 4096 /* bytes of a line before a place in it that columns are counted in */ };

/* So many bytes are done with. */
static void use(cxm_stream *self, cxm_str unread, size_t used, cxm_stream_step *step) {
    const char *start;
    size_t lines = count_lines(cxm_str_slice(unread, 0, used), &start);
    if (lines)
        self->lead = self->lead_points = 0;
    self->line += lines;
    for (; start < unread.ptr + used && self->lead < FARTHEST; start++) {
        self->lead++;
        self->lead_points += ((unsigned char)*start & 0xC0) != 0x80;
    }
    self->offset += used;
    step->used += used;
}

/* Columns of the line that unread bytes start in count from where it started, if that is near. */
static void place(const cxm_stream *self, cxm_error *error) {
    if (self->lead < FARTHEST && error->line == self->line && error->column)
        error->column += (uint32_t)self->lead_points;
    error->offset += self->offset;
}

/* Reads a document that stands at `at` of what is unread. */
static cxm_status read_piece(cxm_stream *self, cxm_str unread, size_t at, size_t len,
                             cxm_stream_step *step, cxm_error *error) {
    cxm_reader *reader = self->reader;
    reader->bytes = unread;
    reader->piece = len;
    reader->at = at;
    const char *start;
    reader->line = self->line + count_lines(cxm_str_slice(unread, 0, at), &start);
    cxm_status status = cxm_reader_next(reader, &step->transcript, error);
    if (error && status && status != CXM_E_NOMEM)
        place(self, error);
    for (size_t i = 0; i < reader->problem_count; i++)
        place(self, &reader->problems[i].error);
    note_format(self);
    return status;
}

static cxm_status next_piece(cxm_stream *self, cxm_str unread, bool is_all, cxm_stream_step *step,
                             cxm_error *error) {
    cxm_documents *documents = cxm_json_documents(self->reader);
    cxm_documents before = *documents;
    cxm_document found;
    cxm_document_found what = cxm_documents_next(documents, unread, is_all, &found);
    cxm_status status = CXM_OK;
    if (cxm_json_judge_failed(self->reader))
        status = cxm_fail_memory(error);
    else if (what == CXM_FOUND_DOCUMENT)
        status = read_piece(self, unread, (size_t)(found.text.ptr - unread.ptr), found.text.len,
                            step, error);
    else if (what == CXM_FOUND_TOO_LONG) {
        cxm_stretch start = {{unread.ptr, 0}, self->offset, self->line};
        status = cxm_reader_fail(self->reader, &start, 0, error, CXM_E_LIMIT,
                                 "a conversation of more than %zu bytes", self->options.max_bytes);
    }
    if (status == CXM_E_NOMEM) {
        *documents = before;
        return status;
    }
    if (self->reader->is_list) {
        /* An object with a list in it, on a line: item by item. */
        size_t at = (size_t)(found.text.ptr - unread.ptr);
        self->reader->is_list = false;
        use(self, unread, at, step);
        return next_piece(self, cxm_str_slice(unread, at, unread.len), is_all, step, error);
    }
    step->needs_more = what == CXM_FOUND_MORE;
    use(self, unread, found.behind, step);
    return status;
}

#endif

/* ---- The whole ---- */

static cxm_status begin_whole(cxm_stream *self, cxm_str unread, cxm_error *error) {
    self->options.first_line = self->line;
    self->options.allocator = &self->allocator;
    cxm_reader_free(self->reader);
    self->reader = NULL;
    self->is_begun = true;
    return cxm_reader_new(unread, &self->options, &self->reader, error);
}

static cxm_status next_of_whole(cxm_stream *self, cxm_str unread, bool is_all,
                                cxm_stream_step *step, cxm_error *error) {
    cxm_status status = CXM_OK;
    if (!is_all && unread.len <= self->options.max_bytes) {
        step->needs_more = true;
        return CXM_OK;
    }
    if (!is_all) {
        cxm_stretch start = {{unread.ptr, 0}, self->offset, self->line};
        self->is_begun = true; /* and at its end: nothing more will be read */
        status = cxm_reader_fail(self->reader, &start, 0, error, CXM_E_LIMIT,
                                 "more than %zu bytes, the most that is read as one text",
                                 self->options.max_bytes);
        cxm_reader_free(self->reader);
        self->reader = NULL;
        return status;
    }
    if (!self->is_begun)
        status = begin_whole(self, unread, error);
    if (status || !self->reader)
        return status;
    status = cxm_reader_next(self->reader, &step->transcript, error);
    note_format(self);
    return status;
}

cxm_status cxm_stream_next(cxm_stream *self, cxm_str unread, bool is_all, cxm_stream_step *step,
                           cxm_error *error) {
    *step = (cxm_stream_step){0};
    if (!unread.ptr)
        unread = (cxm_str){"", 0};
    if (self->mode == STREAM_START && !decide(self, unread, is_all)) {
        step->needs_more = true;
        return CXM_OK;
    }
#ifdef CXM_HAVE_JSON
    if (self->mode == STREAM_JSON) {
        cxm_str text = self->offset == 0 ? without_mark(unread) : unread;
        use(self, unread, unread.len - text.len, step);
        return next_piece(self, text, is_all, step, error);
    }
#endif
    return next_of_whole(self, unread, is_all, step, error);
}
