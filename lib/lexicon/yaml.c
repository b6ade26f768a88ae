/* SPDX-License-Identifier: MIT */
#include "lexicon/yaml.h"

#include "base/error.h"
#include "base/str.h"
#include "base/table.h"
#include "base/utf8.h"
#include "lexicon/yaml_check.h"
#include "lexicon/yaml_text.h"

#include <errno.h>
#include <libfyaml.h>
#include <stdarg.h>
#include <stdio.h>

/* A list or mapping that is not closed yet. */
typedef struct frame {
    cxm_yaml_node *node;
    cxm_yaml_node *last; /* child */
    cxm_yaml_node *key;  /* read, its value not yet */
} frame;

typedef struct reader {
    cxm_str text;
    cxm_arena *nodes;
    cxm_arena *texts;
    const cxm_yaml_faults *faults;
    struct fy_diag *diag;
    struct fy_parser *parser;
    cxm_yaml_node *root;
    bool document_seen;
    size_t node_count;
    size_t at; /* where the last event ended, for the places of what has none */
    size_t line_at;
    uint32_t line; /* of the offset line_at */
    size_t depth;
    frame frames[CXM_YAML_MAX_DEPTH];
} reader;

static cxm_status tell(reader *self, cxm_status code, size_t offset, const char *format, ...)
    CXM_PRINTF(4, 5);

static cxm_status tell(reader *self, cxm_status code, size_t offset, const char *format, ...) {
    char message[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    self->faults->tell(self->faults->user, code, offset, message);
    return code;
}

/* ---- Nodes ---- */

/* Offsets of nodes only grow, so that lines are counted once. Lines end as in error.c. */
static uint32_t line_of(reader *self, size_t offset) {
    while (self->line_at < offset) {
        const char *from = self->text.ptr + self->line_at;
        const char *end = memchr(from, '\n', offset - self->line_at);
        if (!end) {
            self->line_at = offset;
            break;
        }
        self->line_at = (size_t)(end - self->text.ptr) + 1;
        self->line++;
    }
    return self->line;
}

/* Where nothing is written for a value: the dash or colon that announced it. */
static size_t place_of_nothing(const reader *self) {
    size_t at = self->at;
    bool comment = false;
    for (; at < self->text.len; at++) {
        char c = self->text.ptr[at];
        comment = (comment || c == '#') && c != '\n' && c != '\r';
        if (!comment && !cxm_is_space(c) && !memchr("'\"]}", c, 4)) /* the end of what is before */
            return memchr("-:?,", c, 4) ? at : self->at;
    }
    return self->at;
}

static bool is_block(struct fy_token *token) {
    enum fy_scalar_style style = token ? fy_token_scalar_style(token) : FYSS_PLAIN;
    return style == FYSS_LITERAL || style == FYSS_FOLDED;
}

static size_t place_of(reader *self, struct fy_token *token) {
    const struct fy_mark *start = token ? fy_token_start_mark(token) : NULL;
    const struct fy_mark *end = token ? fy_token_end_mark(token) : NULL;
    if (!start || start->input_pos > self->text.len) {
        size_t at = place_of_nothing(self);
        if (at > self->at || (at < self->text.len && memchr("-:?,", self->text.ptr[at], 4)))
            self->at = at + 1;
        return at;
    }
    size_t at = start->input_pos;
    if (end && end->input_pos <= self->text.len && end->input_pos >= self->at)
        self->at = end->input_pos;
    if (is_block(token)) /* it begins behind its indentation */
        while (at < self->at && cxm_is_space(self->text.ptr[at]))
            at++;
    return at;
}

static cxm_status new_node(reader *self, cxm_yaml_kind kind, struct fy_token *token,
                           cxm_yaml_node **out) {
    size_t offset = place_of(self, token);
    if (++self->node_count > CXM_YAML_MAX_NODES)
        return tell(self, CXM_E_LIMIT, offset, "more than %d texts, lists and mappings in a file",
                    CXM_YAML_MAX_NODES);
    cxm_yaml_node *node = CXM_ARENA_ARRAY(self->nodes, cxm_yaml_node, 1);
    if (!node)
        return CXM_E_NOMEM;
    node->kind = kind;
    node->offset = offset;
    node->line = line_of(self, offset);
    *out = node;
    return CXM_OK;
}

static cxm_status attach_key(reader *self, frame *parent, cxm_yaml_node *node) {
    if (node->kind == CXM_YAML_LIST || node->kind == CXM_YAML_MAPPING)
        return tell(self, CXM_E_SYNTAX, node->offset, "a %s as a key; expected text",
                    node->kind == CXM_YAML_LIST ? "list" : "mapping");
    if (cxm_str_is(node->text, "<<")) {
        tell(self, CXM_E_SYNTAX, node->offset, "a merge key; packs have none");
        node->kind = CXM_YAML_FAULTY;
    }
    parent->key = node;
    return CXM_OK;
}

/* Makes a node a child of the list or mapping that is open; not the value of a faulty key. */
static cxm_status attach(reader *self, cxm_yaml_node *node) {
    if (self->depth == 0) {
        self->root = node;
        return CXM_OK;
    }
    frame *parent = &self->frames[self->depth - 1];
    if (parent->node->kind == CXM_YAML_MAPPING && !parent->key)
        return attach_key(self, parent, node);
    node->key = parent->key;
    parent->key = NULL;
    if (node->key && node->key->kind == CXM_YAML_FAULTY)
        return CXM_OK;
    if (parent->last)
        parent->last->next = node;
    else
        parent->node->first = node;
    parent->last = node;
    parent->node->count++;
    return CXM_OK;
}

static cxm_status open_node(reader *self, cxm_yaml_kind kind, struct fy_token *token) {
    cxm_yaml_node *node;
    cxm_status status = new_node(self, kind, token, &node);
    if (!status)
        status = attach(self, node);
    if (status)
        return status;
    if (self->depth == CXM_YAML_MAX_DEPTH)
        return tell(self, CXM_E_LIMIT, node->offset,
                    "more than %d lists and mappings within each other", CXM_YAML_MAX_DEPTH);
    self->frames[self->depth++] = (frame){.node = node};
    return CXM_OK;
}

/* The text of a block scalar: the library knows its indentation. By chunks, since libfyaml 0.7.12
 * reads a whole text wrong (fy_token_iter_read) or hides want of memory (fy_token_get_text). */
static cxm_status read_block(reader *self, struct fy_token *token, cxm_str raw, cxm_str *out) {
    size_t size = raw.len + 1; /* 1: for a line end that may be put at the end */
    if (cxm_str_trim(raw).len == 0)
        return CXM_OK;
    struct fy_token_iter *iterator = fy_token_iter_create(token);
    char *text = cxm_arena_take(self->texts, size, 1);
    const struct fy_iter_chunk *chunk = NULL;
    size_t len = 0;
    int failed = 0;
    errno = 0;
    while (iterator && text && (chunk = fy_token_iter_chunk_next(iterator, chunk, &failed))) {
        size_t fits = chunk->len < size - len ? chunk->len : size - len;
        memcpy(text + len, chunk->str, fits);
        len += fits;
    }
    fy_token_iter_destroy(iterator);
    if (!iterator || !text || (failed && errno == ENOMEM))
        return CXM_E_NOMEM;
    *out = (cxm_str){text, len};
    return failed ? tell(self, CXM_E_SYNTAX, (size_t)(raw.ptr - self->text.ptr),
                         "a block of text that cannot be read")
                  : CXM_OK;
}

static cxm_status read_text(reader *self, struct fy_token *token, cxm_str *out) {
    const struct fy_mark *start = token ? fy_token_start_mark(token) : NULL;
    const struct fy_mark *end = token ? fy_token_end_mark(token) : NULL;
    *out = (cxm_str){"", 0};
    if (!start || !end || start->input_pos >= end->input_pos || end->input_pos > self->text.len)
        return CXM_OK;
    cxm_str raw = cxm_str_slice(self->text, start->input_pos, end->input_pos);
    switch (fy_token_scalar_style(token)) {
    case FYSS_SINGLE_QUOTED:
        return cxm_yaml_unquote(raw, '\'', self->texts, out) ? CXM_OK : CXM_E_NOMEM;
    case FYSS_DOUBLE_QUOTED:
        return cxm_yaml_unquote(raw, '"', self->texts, out) ? CXM_OK : CXM_E_NOMEM;
    case FYSS_LITERAL:
    case FYSS_FOLDED:
        return read_block(self, token, raw, out);
    case FYSS_ANY:
    case FYSS_PLAIN:
    case FYSS_MAX:
        break;
    }
    return cxm_yaml_unquote(raw, '\0', self->texts, out) ? CXM_OK : CXM_E_NOMEM;
}

static size_t column_of(const reader *self, size_t at) {
    size_t start = at;
    while (start > 0 && self->text.ptr[start - 1] != '\n' && self->text.ptr[start - 1] != '\r')
        start--;
    return at - start;
}

/* libfyaml 0.7.12 takes the item behind an empty block scalar for its text. */
static bool has_swallowed_item(const reader *self, struct fy_token *token,
                               const cxm_yaml_node *node) {
    const cxm_yaml_node *parent = self->depth ? self->frames[self->depth - 1].node : NULL;
    return is_block(token) && node->text.len && parent && parent->kind == CXM_YAML_LIST &&
           column_of(self, node->offset) <= column_of(self, parent->offset);
}

static cxm_status add_text(reader *self, struct fy_token *token) {
    cxm_yaml_node *node;
    cxm_status status = new_node(self, CXM_YAML_TEXT, token, &node);
    if (!status)
        status = read_text(self, token, &node->text);
    if (status)
        return status;
    if (has_swallowed_item(self, token, node))
        return tell(self, CXM_E_SYNTAX, node->offset,
                    "an empty block of text before this; expected lines that are indented more");
    return attach(self, node);
}

static cxm_status add_alias(reader *self, struct fy_token *token) {
    cxm_yaml_node *node;
    cxm_status status = new_node(self, CXM_YAML_FAULTY, token, &node);
    if (status)
        return status;
    tell(self, CXM_E_SYNTAX, node->offset,
         "an alias; packs have none, and text that begins with '*' must be quoted");
    return attach(self, node);
}

/* ---- Keys that come twice ---- */

/* What the second one has is not looked at. */
static void tell_duplicate(reader *self, cxm_yaml_node *node, const cxm_yaml_node *first) {
    char shown[64];
    node->kind = CXM_YAML_FAULTY;
    cxm_copy_cut(shown, sizeof shown, node->key->text);
    tell(self, CXM_E_SYNTAX, node->key->offset, "the key '%s' is already on line %u", shown,
         (unsigned)first->line);
}

static cxm_status check_many_keys(reader *self, const cxm_yaml_node *mapping) {
    cxm_table seen;
    cxm_status status = CXM_OK;
    uint32_t count = 0;
    cxm_table_init(&seen, &self->nodes->allocator);
    const cxm_yaml_node **keys =
        CXM_ARENA_ARRAY(self->nodes, const cxm_yaml_node *, mapping->count);
    for (cxm_yaml_node *node = mapping->first; node && !status; node = node->next) {
        bool added = false;
        uint32_t *index = keys ? cxm_table_add(&seen, node->key->text, count, &added) : NULL;
        if (!index)
            status = CXM_E_NOMEM;
        else if (added)
            keys[count++] = node->key;
        else
            tell_duplicate(self, node, keys[*index]);
    }
    cxm_table_clear(&seen);
    return status;
}

static cxm_status check_keys(reader *self, const cxm_yaml_node *mapping) {
    enum { FEW = 8 }; /* keys that are compared without a table */
    if (mapping->count > FEW)
        return check_many_keys(self, mapping);
    for (cxm_yaml_node *node = mapping->first; node; node = node->next)
        for (const cxm_yaml_node *before = mapping->first; before != node; before = before->next)
            if (cxm_str_equal(before->key->text, node->key->text)) {
                tell_duplicate(self, node, before->key);
                break;
            }
    return CXM_OK;
}

static cxm_status close_node(reader *self) {
    const cxm_yaml_node *node = self->frames[--self->depth].node;
    return node->kind == CXM_YAML_MAPPING ? check_keys(self, node) : CXM_OK;
}

/* ---- Events ---- */

static cxm_status start_document(reader *self, struct fy_token *token) {
    if (self->document_seen)
        return tell(self, CXM_E_SYNTAX, place_of(self, token),
                    "a second document; expected one document in a file");
    self->document_seen = true;
    return CXM_OK;
}

static void refuse(reader *self, struct fy_token *token, const char *what, char sign) {
    if (token)
        tell(self, CXM_E_SYNTAX, fy_token_start_mark(token)->input_pos,
             "%s; packs have none, and text that begins with '%c' must be quoted", what, sign);
}

static void refuse_properties(reader *self, struct fy_token *anchor, struct fy_token *tag) {
    refuse(self, anchor, "an anchor", '&');
    refuse(self, tag, "a tag", '!');
}

static cxm_status handle(reader *self, struct fy_event *event) {
    switch (event->type) {
    case FYET_DOCUMENT_START:
        return start_document(self, event->document_start.document_start);
    case FYET_MAPPING_START:
        refuse_properties(self, event->mapping_start.anchor, event->mapping_start.tag);
        return open_node(self, CXM_YAML_MAPPING, event->mapping_start.mapping_start);
    case FYET_SEQUENCE_START:
        refuse_properties(self, event->sequence_start.anchor, event->sequence_start.tag);
        return open_node(self, CXM_YAML_LIST, event->sequence_start.sequence_start);
    case FYET_MAPPING_END:
    case FYET_SEQUENCE_END:
        return close_node(self);
    case FYET_SCALAR:
        refuse_properties(self, event->scalar.anchor, event->scalar.tag);
        return add_text(self, event->scalar.value);
    case FYET_ALIAS:
        return add_alias(self, event->alias.anchor);
    case FYET_NONE:
    case FYET_STREAM_START:
    case FYET_STREAM_END:
    case FYET_DOCUMENT_END:
        break;
    }
    return CXM_OK;
}

/* ---- Errors of the library ---- */

/* What to do about the errors that people make most. */
static const char *hint_for(const char *message) {
    static const struct {
        const char *part;
        const char *hint;
    } hints[] = {
        {"nested block mapping on the same line", "text that holds ': ' must be quoted"},
        {"cannot start with", "text that begins so must be quoted"},
        {"trailing content after", "text that holds quotes at its start must be quoted whole"},
        {"without closing quote", "expected the same quote at its end"},
        {"flow sequence", "text that begins with '[' must be quoted"},
        {"flow mapping", "text that begins with '{' must be quoted"},
        {"tab", "expected spaces"},
        {"no linebreak found", "text that begins with '|' or '>' must be quoted"},
        {"indent", "expected the indentation of the lines around it"},
    };
    for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++)
        if (strstr(message, hints[i].part))
            return hints[i].hint;
    return NULL;
}

/* The offset of a line and column (from 1, in code points) as the library counts them. */
static size_t offset_of(const reader *self, int line, int column) {
    size_t at = 0;
    for (int i = 1; i < line && at < self->text.len; at++)
        if (self->text.ptr[at] == '\n' ||
            (self->text.ptr[at] == '\r' &&
             !(at + 1 < self->text.len && self->text.ptr[at + 1] == '\n')))
            i++;
    for (int i = 1; i < column && at < self->text.len && self->text.ptr[at] != '\n'; i++) {
        uint32_t cp;
        at += cxm_utf8_decode(self->text.ptr + at, self->text.len - at, &cp);
    }
    return at;
}

/* Only the first: the others follow from it. */
static cxm_status tell_library_error(reader *self) {
    void *cursor = NULL;
    const struct fy_diag_error *error = fy_diag_errors_iterate(self->diag, &cursor);
    while (error && error->type != FYET_ERROR)
        error = fy_diag_errors_iterate(self->diag, &cursor);
    /* Whatever is wrong with the text libfyaml says; where it says nothing it had no memory. */
    if (!error || !error->msg)
        return CXM_E_NOMEM;
    const char *hint = hint_for(error->msg);
    const struct fy_mark *mark = error->fyt ? fy_token_start_mark(error->fyt) : NULL;
    size_t offset = mark ? mark->input_pos : offset_of(self, error->line, error->column);
    return tell(self, CXM_E_SYNTAX, offset, "not valid YAML: %.120s%s%s", error->msg,
                hint ? "; " : "", hint ? hint : "");
}

static cxm_status read_events(reader *self) {
    cxm_status status = CXM_OK;
    bool ended = false;
    errno = 0;
    while (!status && !ended) {
        struct fy_event *event = fy_parser_parse(self->parser);
        if (!event)
            return tell_library_error(self);
        ended = event->type == FYET_STREAM_END;
        status = handle(self, event);
        fy_parser_event_free(self->parser, event);
    }
    return status;
}

/* Errors are collected; nothing is ever printed. */
static bool start_parser(reader *self) {
    struct fy_diag_cfg quiet;
    fy_diag_cfg_default(&quiet);
    quiet.fp = NULL;
    self->diag = fy_diag_create(&quiet);
    if (!self->diag)
        return false;
    fy_diag_set_collect_errors(self->diag, true);
    struct fy_parse_cfg config = {
        .flags = FYPCF_QUIET | FYPCF_DEFAULT_VERSION_1_2 | FYPCF_JSON_NONE,
        .diag = self->diag,
    };
    self->parser = fy_parser_create(&config);
    return self->parser && fy_parser_set_string(self->parser, self->text.ptr, self->text.len) == 0;
}

cxm_status cxm_yaml_read(cxm_str text, cxm_arena *nodes, cxm_arena *texts,
                         const cxm_yaml_faults *faults, const cxm_yaml_node **root) {
    reader self = {.text = text, .nodes = nodes, .texts = texts, .faults = faults, .line = 1};
    *root = NULL;
    cxm_status status = cxm_yaml_check(text, faults);
    if (status || text.len == 0)
        return status;
    status = start_parser(&self) ? read_events(&self) : CXM_E_NOMEM;
    if (self.parser)
        fy_parser_destroy(self.parser);
    if (self.diag)
        fy_diag_destroy(self.diag);
    if (!status)
        *root = self.root;
    return status;
}
