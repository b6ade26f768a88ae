/* SPDX-License-Identifier: MIT */
/* Reading JSON: document by document, each by what it is. */
#include "read/json_format.h"

#include "read/canonical.h"
#include "read/vtt.h"

static const char jsonl[] = "jsonl";
static const char any_json[] = "json"; /* what is of no known form is called so, too */

typedef struct json_state {
    cxm_json_judge judge;
    cxm_documents documents;
    cxm_segments segments;
    cxm_transcript *inner; /* a transcript that was found in a text of the document */
    bool is_peeked;        /* the first document has been parsed, to see what it is */
    cxm_stretch peeked;
    const cxm_json_value *root;
} json_state;

/* A document being read. */
typedef struct document_reader {
    cxm_reader *reader;
    json_state *state;
    cxm_error *error;
    cxm_stretch document;
    const cxm_json_value *root;
    cxm_dialect_program *program; /* NULL: the canonical form */
} document_reader;

/* ---- What a document is ---- */

/* The form that the caller wants documents to be of; NULL: of any. */
static const char *named_form(const cxm_reader *reader) {
    const char *name = reader->options.format;
    return name && strcmp(name, any_json) == 0 ? NULL : name;
}

/* Finds out what a document is. CXM_OK and program NULL: canonical, if `is_known` is set. */
static cxm_status recognize(document_reader *self, bool *is_known) {
    const char *name = named_form(self->reader);
    cxm_dialects *dialects = &self->state->judge.dialects;
    self->program = NULL;
    *is_known = true;
    bool is_canonical = cxm_canonical_is(self->root);
    if (name ? strcmp(name, jsonl) == 0 : is_canonical && dialects->own_count == 0)
        return CXM_OK;
    cxm_status status = cxm_dialects_find(dialects, name, self->root, &self->program);
    *is_known = self->program || is_canonical || cxm_canonical_claims(self->root);
    return status;
}

static const char *name_of(const document_reader *self) {
    return self->program ? cxm_dialect_of(self->program)->name : jsonl;
}

/* ---- Documents that are broken ---- */

static size_t turn_depth(const document_reader *self) {
    enum { OF_CANONICAL = 2 };
    return self->program ? cxm_dialect_depth(self->program, self->root) : OF_CANONICAL;
}

/* Parses what is before `length`, cut so that it is whole. CXM_E_SYNTAX: there is no such thing. */
static cxm_status parse_before(document_reader *self, size_t length, size_t depth, size_t *cut) {
    char closing[CXM_MAX_CLOSING];
    size_t count;
    cxm_json_failure failure;
    cxm_json_judge *judge = &self->state->judge;
    *cut = cxm_documents_cut(self->document.text, length, depth, closing, &count);
    if (*cut == 0)
        return CXM_E_SYNTAX;
    cxm_str mended = cxm_json_judge_wrap(
        judge, CXM_STR(""), cxm_str_slice(self->document.text, 0, *cut), (cxm_str){closing, count});
    if (!mended.ptr)
        return CXM_E_NOMEM;
    return cxm_json_parse(judge->json, mended, mended.len, &self->root, &failure);
}

/* Reads what is before a place that is broken: first to see what it is, then turn by turn. */
static cxm_status salvage(document_reader *self, size_t length) {
    size_t cut;
    size_t finer;
    bool is_known;
    cxm_status status = parse_before(self, length, CXM_MAX_CLOSING, &finer);
    if (!status)
        status = recognize(self, &is_known);
    if (status)
        return status;
    if (!is_known)
        return CXM_E_SYNTAX;
    size_t depth = turn_depth(self);
    if (depth == 0)
        return CXM_E_SYNTAX;
    return parse_before(self, length, depth, &cut);
}

/* Parses the document without halves of surrogate pairs, as programs leave them that cut texts
 * anywhere. CXM_E_SYNTAX: that is not what is wrong, or not all. */
static cxm_status parse_mended(document_reader *self) {
    cxm_json_judge *judge = &self->state->judge;
    cxm_json_failure failure;
    cxm_str mended = cxm_json_judge_mend(judge, self->document.text);
    if (!mended.ptr)
        return judge->failed ? CXM_E_NOMEM : CXM_E_SYNTAX;
    cxm_status status = cxm_json_parse(judge->json, mended, mended.len, &self->root, &failure);
    return status && status != CXM_E_NOMEM ? CXM_E_SYNTAX : status;
}

static cxm_status tell(const document_reader *self, const cxm_json_failure *failure,
                       cxm_status status) {
    if (status == CXM_E_NOMEM)
        return cxm_fail_memory(self->error);
    return cxm_reader_fail(self->reader, &self->document, failure->offset, self->error, status,
                           "%s", failure->message);
}

/* Parses the document, or as much of it as is whole: `*broken` says then what is wrong. */
static cxm_status parse(document_reader *self, cxm_json_failure *broken) {
    const cxm_reader *reader = self->reader;
    cxm_json_failure failure;
    cxm_json *json = self->state->judge.json;
    size_t readable = reader->bytes.len - self->document.offset;
    cxm_status status = cxm_json_parse(json, self->document.text, readable, &self->root, &failure);
    if (!status)
        return CXM_OK;
    if (status == CXM_E_NOMEM || status == CXM_E_LIMIT || reader->is_strict)
        return tell(self, &failure, status);
    *broken = failure;
    cxm_status mended = parse_mended(self);
    if (mended == CXM_E_SYNTAX)
        mended = salvage(self, failure.offset);
    if (mended)
        return tell(self, &failure, mended == CXM_E_NOMEM ? mended : status);
    return CXM_OK;
}

/* ---- A document that is whole ---- */

/* Copies a transcript in another format that stands in a text of the document. */
static cxm_status add_inner(document_reader *self, cxm_str text) {
    cxm_segments *segments = &self->state->segments;
    const cxm_dialect *row = cxm_dialect_of(self->program);
    if (strcmp(row->inner_format, "vtt") == 0) {
        cxm_vtt_add(segments, text);
        return CXM_OK;
    }
    cxm_reader_options options = self->reader->options;
    options.allocator = &self->reader->allocator;
    options.format = row->inner_format;
    cxm_status status = cxm_transcript_read(text, &options, &self->state->inner, self->error);
    if (status)
        return status;
    for (size_t i = 0; i < cxm_transcript_turn_count(self->state->inner); i++) {
        const cxm_turn *turn = cxm_transcript_turn(self->state->inner, i);
        cxm_segments_add(segments, &(cxm_segment){.speaker = turn->speaker,
                                                  .channel = turn->channel,
                                                  .text = turn->text,
                                                  .start = turn->start,
                                                  .end = turn->end,
                                                  .role = turn->role,
                                                  .role_source = turn->role_source,
                                                  .kind = turn->kind,
                                                  .marks = turn->marks,
                                                  .mark_count = turn->mark_count,
                                                  .is_message = true});
    }
    return CXM_OK;
}

static cxm_status read_dialect(document_reader *self, cxm_transcript **out) {
    cxm_segments *segments = &self->state->segments;
    cxm_status status = CXM_OK;
    if (!segments->reader)
        cxm_segments_init(segments, self->reader);
    segments->reader = self->reader; /* a reader may have been moved since it was opened */
    cxm_segments_reset(segments);
    size_t count = cxm_dialect_read(self->program, self->root, segments);
    cxm_str inner = {NULL, 0};
    if (count == 0)
        inner = cxm_dialect_inner(self->program, self->root, segments);
    if (inner.len)
        status = add_inner(self, inner);
    if (!status)
        status = cxm_segments_finish(segments, &self->document, out, self->error);
    cxm_transcript_free(self->state->inner);
    self->state->inner = NULL;
    return status;
}

static cxm_status read_known(document_reader *self, cxm_transcript **out) {
    self->reader->name = name_of(self);
    if (self->program)
        return read_dialect(self, out);
    return cxm_canonical_read(self->reader, &self->document, self->root, out, self->error);
}

/* A line may be an object with a list of conversations in it: to be read again, item by item. */
static bool is_list_line(const document_reader *self) {
    const cxm_documents *documents = &self->state->documents;
    return documents->is_lines && cxm_documents_has_list(documents, self->document.text);
}

static cxm_status read_document(document_reader *self, cxm_transcript **out) {
    const cxm_reader *reader = self->reader;
    cxm_json_failure broken = {0};
    bool is_known;
    cxm_status status = CXM_OK;
    if (self->document.text.len > reader->options.max_bytes)
        return cxm_reader_fail(reader, &self->document, 0, self->error, CXM_E_LIMIT,
                               "a conversation of more than %zu bytes", reader->options.max_bytes);
    if (!self->root)
        status = parse(self, &broken);
    if (status)
        return status;
    if (recognize(self, &is_known))
        return cxm_fail_memory(self->error);
    if (!is_known && is_list_line(self)) {
        self->state->documents.is_lines = false;
        self->reader->is_list = true;
        return CXM_OK;
    }
    if (!is_known)
        return cxm_reader_fail(reader, &self->document, self->root->offset, self->error,
                               CXM_E_SYNTAX,
                               "JSON of no known form: expected a conversation with \"turns\", or "
                               "that of a vendor");
    status = read_known(self, out);
    if (!broken.message || status)
        return status;
    if (cxm_transcript_turn_count(*out) == 0) {
        cxm_transcript_free(*out);
        *out = NULL;
        return tell(self, &broken, CXM_E_SYNTAX);
    }
    cxm_reader_problem_add(self->reader, &self->document, broken.offset, broken.message);
    return CXM_OK;
}

/* ---- A file ---- */

static size_t count_lines(cxm_str text) {
    size_t count = 0;
    const char *at = text.ptr;
    const char *end = text.ptr + text.len;
    while (at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        count++;
        at++;
    }
    return count;
}

/* The next document, which is then behind the reader. */
static cxm_document_found find_document(cxm_reader *self, json_state *state,
                                        cxm_stretch *document) {
    cxm_str unread = cxm_str_slice(self->bytes, self->at, self->bytes.len);
    cxm_document found;
    cxm_document_found what;
    if (self->piece) {
        found = (cxm_document){{unread.ptr, self->piece}, unread.len};
        what = unread.len ? CXM_FOUND_DOCUMENT : CXM_FOUND_END;
    } else {
        what = cxm_documents_next(&state->documents, unread, true, &found);
    }
    const char *start = what == CXM_FOUND_DOCUMENT ? found.text.ptr : unread.ptr;
    size_t before = (size_t)(start - unread.ptr);
    document->text = what == CXM_FOUND_DOCUMENT ? found.text : (cxm_str){unread.ptr, 0};
    document->offset = self->at + before;
    document->line = self->line + count_lines(cxm_str_slice(unread, 0, before));
    self->line = document->line + count_lines(cxm_str_slice(unread, before, found.behind));
    self->at += found.behind;
    return what;
}

static void read_again(document_reader *self) {
    self->reader->at = self->document.offset;
    self->reader->line = self->document.line;
}

static cxm_status next_document(cxm_reader *self, json_state *state, cxm_transcript **out,
                                cxm_error *error) {
    document_reader reading = {.reader = self, .state = state, .error = error};
    self->is_list = false;
    if (state->is_peeked) {
        state->is_peeked = false;
        reading.document = state->peeked;
        reading.root = state->root;
        return read_document(&reading, out);
    }
    cxm_document_found found = find_document(self, state, &reading.document);
    if (state->judge.failed)
        return cxm_fail_memory(error);
    if (found == CXM_FOUND_TOO_LONG)
        return cxm_reader_fail(self, &reading.document, 0, error, CXM_E_LIMIT,
                               "a conversation of more than %zu bytes", self->options.max_bytes);
    if (found != CXM_FOUND_DOCUMENT)
        return CXM_OK;
    cxm_status status = read_document(&reading, out);
    if (!self->is_list || self->piece)
        return status;
    read_again(&reading);
    return next_document(self, state, out, error); /* once: it is no line any more */
}

static cxm_status next(cxm_reader *self, cxm_transcript **out, cxm_error *error) {
    json_state *state = self->state;
    bool is_peeked = state->is_peeked;
    cxm_documents before = state->documents;
    size_t at = self->at;
    size_t line = self->line;
    cxm_status status = next_document(self, state, out, error);
    if (status == CXM_E_NOMEM) {
        state->judge.failed = false;
        state->is_peeked = is_peeked;
        state->documents = before;
        self->at = at;
        self->line = line;
    }
    return status;
}

/* Most files are one document, and need not be cut: whether this one looks so. */
static bool may_be_one(const cxm_reader *self, cxm_str text) {
    enum { MOST = 4 << 20 }; /* bytes; what is longer is mostly a list */
    const char *line = text.len ? memchr(text.ptr, '\n', text.len) : NULL;
    cxm_str first = cxm_str_trim(cxm_str_slice(text, 0, line ? (size_t)(line - text.ptr) : 0));
    bool is_line = first.len > 1 && first.ptr[first.len - 1] == '}';
    return text.len > 1 && text.ptr[0] == '{' && text.len <= MOST &&
           text.len <= self->options.max_bytes && !is_line;
}

/* Reads all there is as one document, if it is one of a known form. */
static cxm_status peek_at_all(cxm_reader *self, json_state *state) {
    cxm_json_failure failure;
    bool is_known = false;
    cxm_str unread = cxm_str_slice(self->bytes, self->at, self->bytes.len);
    cxm_str text = cxm_str_trim(unread);
    document_reader reading = {.reader = self, .state = state};
    if (!may_be_one(self, text))
        return CXM_OK;
    size_t before = (size_t)(text.ptr - unread.ptr);
    cxm_status status =
        cxm_json_parse(state->judge.json, text, unread.len - before, &reading.root, &failure);
    if (!status)
        status = recognize(&reading, &is_known);
    if (status || !is_known)
        return status == CXM_E_NOMEM ? status : CXM_OK;
    reading.document.text = text;
    reading.document.offset = self->at + before;
    reading.document.line = self->line + count_lines(cxm_str_slice(unread, 0, before));
    self->line = reading.document.line + count_lines(text);
    self->at = self->bytes.len;
    self->name = name_of(&reading);
    state->peeked = reading.document;
    state->root = reading.root;
    state->is_peeked = true;
    return CXM_OK;
}

/* Looks at the first document, so that the reader can say what it is going to read. */
static cxm_status peek(cxm_reader *self, json_state *state, cxm_error *error) {
    document_reader reading = {.reader = self, .state = state};
    cxm_json_failure broken = {0};
    bool is_known = false;
    cxm_documents before = state->documents;
    size_t at = self->at;
    size_t line = self->line;
    cxm_status status = peek_at_all(self, state);
    if (status)
        return cxm_fail_memory(error);
    if (state->is_peeked)
        return CXM_OK;
    cxm_document_found found = find_document(self, state, &reading.document);
    status = CXM_E_SYNTAX;
    if (found == CXM_FOUND_DOCUMENT && reading.document.text.len <= self->options.max_bytes)
        status = parse(&reading, &broken);
    if (!status)
        status = recognize(&reading, &is_known);
    if (status == CXM_E_NOMEM || state->judge.failed)
        return cxm_fail_memory(error);
    self->name = !status && is_known ? name_of(&reading) : any_json;
    if (!status && !broken.message && is_known) {
        state->is_peeked = true;
        state->peeked = reading.document;
        state->root = reading.root;
        return CXM_OK;
    }
    state->documents = before;
    self->at = at;
    self->line = line;
    return CXM_OK;
}

cxm_documents *cxm_json_documents(cxm_reader *self) {
    return &((json_state *)self->state)->documents;
}

bool cxm_json_judge_failed(cxm_reader *self) {
    json_state *state = self->state;
    bool failed = state->judge.failed;
    state->judge.failed = false;
    return failed;
}

static void close(cxm_reader *self) {
    json_state *state = self->state;
    if (state->segments.reader) {
        state->segments.reader = self;
        cxm_segments_clear(&state->segments);
    }
    cxm_json_judge_clear(&state->judge);
    cxm_release(&self->allocator, state, sizeof *state);
}

static cxm_status open(cxm_reader *self, cxm_error *error) {
    json_state *state = cxm_allocate(&self->allocator, sizeof *state);
    if (!state)
        return cxm_fail_memory(error);
    cxm_status status = cxm_json_judge_init(&state->judge, &self->allocator, self->options.json_map,
                                            self->options.json_map_name, error);
    if (status) {
        cxm_release(&self->allocator, state, sizeof *state);
        return status;
    }
    self->state = state;
    const char *name = self->options.format;
    self->name = any_json;
    cxm_documents_init(&state->documents, cxm_json_judge_of(&state->judge),
                       self->options.max_bytes);
    if (name && strcmp(name, any_json) != 0 && !cxm_json_knows(&state->judge.dialects, name))
        status = cxm_fail(error, CXM_E_NOT_FOUND, "there is no format '%.40s'", name);
    if (!status)
        status = peek(self, state, error);
    if (status)
        close(self);
    return status;
}

const cxm_format cxm_format_jsonl = {
    .name = jsonl,
    .sniff = cxm_json_sniff,
    .open = open,
    .next = next,
    .close = close,
    .summary = "canonical JSON: one conversation a line, an array of them, or one",
    .recognized = "JSON with \"turns\" that have \"text\"",
};
