/* SPDX-License-Identifier: MIT */
/*
 * Transcripts as web pages: podcast hosts write <cite>Dana:</cite> <time>0:12</time> <p>text</p>,
 * others paragraphs. Tags become line ends or nothing, and what is left is read as plain text.
 */
#include "base/buffer.h"
#include "base/utf8.h"
#include "read/plain.h"
#include "text/entity.h"

enum { LONGEST_TAG = 4096 /* bytes */ };

typedef struct page {
    cxm_str rest;
    cxm_buffer out;
    bool is_open;         /* the line has text */
    bool is_space;        /* white space is due before the next text */
    bool has_no_comments; /* from here on: one without an end has been seen */
    bool has_no_silence;  /* likewise for elements that say nothing */
} page;

static const char *const blocks[] = {
    "p",  "div", "br",   "li",      "tr",      "td",   "th",         "h1", "h2", "h3",    "h4",
    "h5", "h6",  "cite", "time",    "section", "body", "blockquote", "ul", "ol", "table", "dt",
    "dd", "hr",  "html", "article", "header",  "main", "footer",     "dl", "pre"};

/* What is between these tags is nothing that is said. */
static const char *const silent[] = {"script", "style", "head", "title", "noscript"};

static bool is_one_of(const char *const *names, size_t count, cxm_str name) {
    for (size_t i = 0; i < count; i++)
        if (cxm_str_equal_nocase(name, cxm_str_from(names[i])))
            return true;
    return false;
}

static void end_line(page *self) {
    if (self->is_open)
        cxm_buffer_add_char(&self->out, '\n');
    self->is_open = self->is_space = false;
}

static void add(page *self, const char *bytes, size_t len) {
    if (self->is_space && self->is_open)
        cxm_buffer_add_char(&self->out, ' ');
    self->is_space = false;
    self->is_open = true;
    cxm_buffer_add(&self->out, bytes, len);
}

static void skip(page *self, size_t len) {
    self->rest = cxm_str_slice(self->rest, len, self->rest.len);
}

/* The text behind lines in front of a page that are comments of tools: "# ...", "// ...". */
static cxm_str behind_remarks(cxm_str text) {
    cxm_lines lines = cxm_lines_of(text);
    cxm_str line;
    size_t at = 0;
    while (cxm_lines_next(&lines, &line)) {
        line = cxm_str_trim(line);
        bool is_remark = line.len == 0 || line.ptr[0] == '#' ||
                         (line.len > 1 && line.ptr[0] == '/' && line.ptr[1] == '/');
        if (!is_remark)
            break;
        at = lines.at;
    }
    return cxm_str_slice(text, at, text.len);
}

/* The name of the tag that starts the text, and its length; 0: there is none. */
static size_t scan_tag(cxm_str text, cxm_str *name, bool *is_end) {
    size_t room = text.len < LONGEST_TAG ? text.len : LONGEST_TAG;
    const char *end = memchr(text.ptr, '>', room);
    if (!end || text.len < 2)
        return 0;
    size_t len = (size_t)(end - text.ptr) + 1;
    size_t at = 1;
    *is_end = text.ptr[at] == '/';
    at += *is_end;
    size_t start = at;
    while (at < len - 1 && !cxm_is_space(text.ptr[at]) && text.ptr[at] != '/')
        at++;
    *name = cxm_str_slice(text, start, at);
    bool is_declaration = name->len && (name->ptr[0] == '!' || name->ptr[0] == '?');
    return is_declaration || (name->len && cxm_is_letter(name->ptr[0])) ? len : 0;
}

/* How much of the text a comment takes; 0: it starts with none. */
static size_t scan_comment(page *self) {
    if (self->has_no_comments || self->rest.len < 7 || memcmp(self->rest.ptr, "<!--", 4) != 0)
        return 0;
    for (size_t i = 4; i + 3 <= self->rest.len; i++)
        if (memcmp(self->rest.ptr + i, "-->", 3) == 0)
            return i + 3;
    self->has_no_comments = true;
    return 0;
}

/* Where the end tag of a silent element is; 0: there is none. */
static size_t find_end(page *self, cxm_str name) {
    cxm_str text = self->rest;
    if (self->has_no_silence)
        return 0;
    for (size_t i = 0; i + name.len + 2 <= text.len; i++)
        if (text.ptr[i] == '<' && text.ptr[i + 1] == '/' &&
            cxm_str_equal_nocase(cxm_str_slice(text, i + 2, i + 2 + name.len), name))
            return i;
    self->has_no_silence = true;
    return 0;
}

static void take_tag(page *self) {
    cxm_str name;
    bool is_end;
    size_t len = scan_comment(self);
    if (len) {
        skip(self, len);
        return;
    }
    len = scan_tag(self->rest, &name, &is_end);
    if (len == 0) {
        add(self, "<", 1);
        skip(self, 1);
        return;
    }
    if (is_one_of(blocks, sizeof blocks / sizeof *blocks, name))
        end_line(self);
    skip(self, len);
    if (!is_end && is_one_of(silent, sizeof silent / sizeof *silent, name))
        skip(self, find_end(self, name));
}

static void take_entity(page *self) {
    uint32_t code_point;
    char bytes[4];
    size_t used = cxm_entity_scan(self->rest, &code_point);
    if (used == 0)
        add(self, "&", 1);
    else if (code_point == 0xA0)
        self->is_space = true;
    else
        add(self, bytes, cxm_utf8_encode(code_point, bytes));
    skip(self, used ? used : 1);
}

static void take_text(page *self) {
    size_t at = 0;
    while (at < self->rest.len && self->rest.ptr[at] != '<' && self->rest.ptr[at] != '&' &&
           !cxm_is_space(self->rest.ptr[at]))
        at++;
    add(self, self->rest.ptr, at);
    skip(self, at);
}

static void take_all(page *self) {
    while (self->rest.len && !self->out.failed) {
        char c = self->rest.ptr[0];
        if (c == '<') {
            take_tag(self);
        } else if (c == '&') {
            take_entity(self);
        } else if (cxm_is_space(c)) {
            self->is_space = true;
            skip(self, 1);
        } else {
            take_text(self);
        }
    }
}

static cxm_status read_page(const cxm_reader *self, page *text, cxm_transcript **out,
                            cxm_error *error) {
    cxm_transcript_builder *builder;
    take_all(text);
    if (text->out.failed)
        return cxm_fail_memory(error);
    cxm_status status = cxm_reader_builder(self, &builder, error);
    if (status)
        return status;
    cxm_stretch where = {cxm_buffer_str(&text->out), self->at, self->line};
    status = cxm_plain_add(self, &where, builder, error);
    if (!status)
        status = cxm_transcript_builder_finish(builder, out, error);
    if (status)
        cxm_transcript_builder_free(builder);
    return status;
}

static cxm_status next(cxm_reader *self, cxm_transcript **out, cxm_error *error) {
    cxm_str text = cxm_str_slice(self->bytes, self->at, self->bytes.len);
    cxm_status status = CXM_OK;
    if (cxm_str_trim(text).len) {
        page all = {.rest = behind_remarks(text)};
        cxm_buffer_init(&all.out, &self->allocator);
        status = cxm_reader_check(self, text, error);
        if (!status)
            status = read_page(self, &all, out, error);
        cxm_buffer_clear(&all.out);
    }
    if (status != CXM_E_NOMEM)
        self->at = self->bytes.len;
    return status;
}

/* A tag at the start, of a page or of what podcast hosts write. */
static int sniff(cxm_str head) {
    enum { PAGE = 90, LIKELY = 70 };
    cxm_str name;
    bool is_end;
    head = cxm_str_trim(behind_remarks(head));
    if (head.len == 0 || head.ptr[0] != '<' || scan_tag(head, &name, &is_end) == 0)
        return 0;
    if (cxm_str_equal_nocase(name, CXM_STR("!doctype")) ||
        cxm_str_equal_nocase(name, CXM_STR("html")) || cxm_str_is(name, "cite"))
        return PAGE;
    bool is_comment = name.ptr[0] == '!';
    return is_comment || is_one_of(blocks, sizeof blocks / sizeof *blocks, name) ||
                   is_one_of(silent, sizeof silent / sizeof *silent, name)
               ? LIKELY
               : 0;
}

const cxm_format cxm_format_html = {
    .name = "html",
    .sniff = sniff,
    .next = next,
    .summary = "web pages: podcast transcripts, pages with paragraphs",
    .recognized = "a tag of a page at the start",
};
