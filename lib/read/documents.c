/* SPDX-License-Identifier: MIT */
#include "read/documents.h"

#include "base/str.h"

#include <string.h>

void cxm_documents_init(cxm_documents *self, cxm_documents_judge judge, size_t limit) {
    *self = (cxm_documents){.judge = judge, .limit = limit};
}

static size_t skip_blanks(cxm_str text, size_t at) {
    while (at < text.len && cxm_is_space(text.ptr[at]))
        at++;
    return at;
}

int cxm_json_sniff(cxm_str head) {
    size_t at = skip_blanks(head, 1);
    char next = at < head.len ? head.ptr[at] : '\0';
    if (head.ptr[0] == '{')
        return next == '"' || next == '}' ? 90 : 30;
    return head.ptr[0] == '[' && next == '{' ? 90 : 0;
}

/* ---- The end of a document ---- */

/* The end of the string that `at` is in, or the end of the text. */
static size_t string_end(cxm_str text, size_t at, bool *in_string) {
    enum { SHORT = 24 }; /* most keys are, and are not worth a call */
    for (;;) {
        size_t near = text.len - at < SHORT ? text.len : at + SHORT;
        while (at < near && text.ptr[at] != '"')
            at++;
        const char *quote = at < text.len ? memchr(text.ptr + at, '"', text.len - at) : NULL;
        if (!quote)
            return text.len;
        size_t place = (size_t)(quote - text.ptr);
        size_t slashes = 0;
        while (slashes < place && text.ptr[place - slashes - 1] == '\\')
            slashes++;
        at = place + 1;
        if (slashes % 2 == 0) {
            *in_string = false;
            return at;
        }
    }
}

static const bool is_structural[256] = {
    ['"'] = true, ['{'] = true, ['['] = true, ['}'] = true, [']'] = true};

/*
 * Whether an object or array that starts at `at` cannot be part of what is before it: it starts a
 * line, and nothing leads to it. The document before it has lost its end. *end: where that is.
 */
static bool is_broken_before(cxm_str text, size_t at, size_t *end) {
    size_t before = at;
    bool starts_line = false;
    while (before > 0 && cxm_is_space(text.ptr[before - 1]))
        starts_line = text.ptr[--before] == '\n' || starts_line;
    *end = before;
    return starts_line && before > 0 && !memchr("[{,:", text.ptr[before - 1], 4);
}

/* The same inside a string, which has no line ends in it. [from, to) is what of it is new. */
static bool is_broken_inside(cxm_documents *self, cxm_str text, size_t from, size_t to,
                             size_t *end) {
    const char *line =
        self->line_end || from == to ? NULL : memchr(text.ptr + from, '\n', to - from);
    if (line)
        self->line_end = (size_t)(line - text.ptr);
    if (self->line_end == 0 || self->line_end == SIZE_MAX)
        return false;
    size_t next = skip_blanks(text, self->line_end);
    if (next + 1 >= text.len)
        return false; /* not to be told yet */
    *end = self->line_end;
    bool is_broken = text.ptr[next] == '{' && text.ptr[next + 1] == '"';
    self->line_end = SIZE_MAX; /* it has been told */
    return is_broken;
}

/* The name of the member whose value starts at `at`; empty where that is not seen. */
static cxm_str key_before(cxm_str text, size_t at) {
    const cxm_str none = {NULL, 0};
    while (at > 0 && cxm_is_space(text.ptr[at - 1]))
        at--;
    if (at == 0 || text.ptr[--at] != ':')
        return none;
    while (at > 0 && cxm_is_space(text.ptr[at - 1]))
        at--;
    if (at == 0 || text.ptr[--at] != '"')
        return none;
    size_t end = at;
    while (at > 0 && text.ptr[at - 1] != '"')
        at--;
    return at ? cxm_str_slice(text, at, end) : none;
}

/* What the end of a document can be. */
typedef enum ending {
    ENDING_NONE, /* it is not there */
    ENDING_HERE,
    ENDING_LIST /* it has a list of conversations in it: the first item is to be read next */
} ending;

/* Whether a list of conversations starts at `at`, in an object at the top. */
static bool is_list(const cxm_documents *self, cxm_str text, size_t at) {
    cxm_str key = key_before(text, at);
    return key.len && self->judge.is_wrapper(self->judge.context, key);
}

/* Looks on for the end of the document that starts at 0, and for lists if it is at the top. *end:
 * the place behind it. */
static ending find_end(cxm_documents *self, cxm_str text, size_t *end) {
    size_t at = self->looked_at;
    while (at < text.len) {
        if (self->in_string) {
            size_t from = at;
            at = string_end(text, at, &self->in_string);
            if (is_broken_inside(self, text, from, at, end))
                return ENDING_HERE;
            continue;
        }
        char c = text.ptr[at];
        if (!is_structural[(unsigned char)c]) {
            at++;
            continue;
        }
        if (c == '"') {
            self->in_string = true;
            self->line_end = 0;
        } else if (c == '}' || c == ']') {
            self->depth--;
        } else if (self->depth > 0 && is_broken_before(text, at, end)) {
            return ENDING_HERE;
        } else if (c == '[' && self->depth == 1 && self->mode == CXM_DOCUMENTS_VALUES &&
                   is_list(self, text, at)) {
            size_t first = skip_blanks(text, at + 1);
            self->looked_at = at;
            if (first == text.len)
                return ENDING_NONE; /* what the list has is not there */
            *end = at + 1;
            if (text.ptr[first] == '{')
                return ENDING_LIST;
            self->depth++;
        } else {
            self->depth++;
        }
        at++;
        if (self->depth == 0 && c != '"') {
            *end = at;
            return ENDING_HERE;
        }
    }
    /* A backslash at the end belongs to what comes. */
    self->looked_at = at;
    return ENDING_NONE;
}

bool cxm_documents_has_list(const cxm_documents *self, cxm_str document) {
    cxm_documents looking;
    size_t end;
    cxm_documents_init(&looking, self->judge, self->limit);
    looking.mode = CXM_DOCUMENTS_VALUES;
    return document.len && document.ptr[0] == '{' &&
           find_end(&looking, document, &end) == ENDING_LIST;
}

/* ---- What comes next ---- */

static void begin(cxm_documents *self) {
    self->looked_at = self->depth = self->line_end = 0;
    self->in_string = false;
}

static cxm_document_found give(cxm_documents *self, cxm_str unread, size_t from, size_t end,
                               size_t behind, cxm_document *out) {
    out->text = cxm_str_trim(cxm_str_slice(unread, from, end));
    out->behind = behind;
    begin(self);
    return CXM_FOUND_DOCUMENT;
}

static cxm_document_found need_more(cxm_document *out, size_t behind) {
    out->behind = behind;
    return CXM_FOUND_MORE;
}

/* Drops what there is of a document; the end of it is still to be found. Backslashes at the end
 * stay, since what comes may be escaped by them. */
static size_t drop(cxm_documents *self, cxm_str unread) {
    size_t kept = 0;
    while (self->in_string && kept < unread.len && unread.ptr[unread.len - 1 - kept] == '\\')
        kept++;
    self->looked_at = kept % 2 ? 1 : 0;
    return unread.len - self->looked_at;
}

/* One document that starts at 0, by its brackets. CXM_FOUND_END: a list has been entered. */
static cxm_document_found next_value(cxm_documents *self, cxm_str unread, bool is_all,
                                     cxm_document *out) {
    size_t end;
    ending found = find_end(self, unread, &end);
    if (found == ENDING_LIST) {
        self->mode = CXM_DOCUMENTS_ITEMS;
        self->is_wrapped = true;
        begin(self);
        out->behind = end;
        return CXM_FOUND_END;
    }
    if (found == ENDING_HERE) {
        size_t line_end = end;
        while (line_end < unread.len && unread.ptr[line_end] != '\n' &&
               cxm_is_space(unread.ptr[line_end]))
            line_end++;
        bool may_be = self->mode == CXM_DOCUMENTS_VALUES && !memchr(unread.ptr, '\n', end);
        self->may_be_lines = may_be && line_end == unread.len;
        self->is_lines = may_be && line_end < unread.len && unread.ptr[line_end] == '\n';
        return give(self, unread, 0, end, end, out);
    }
    if (unread.len > self->limit) {
        self->after = self->mode;
        self->mode = CXM_DOCUMENTS_DROP;
        out->behind = drop(self, unread);
        return CXM_FOUND_TOO_LONG;
    }
    if (!is_all)
        return need_more(out, 0);
    return give(self, unread, 0, unread.len, unread.len, out);
}

/* The rest of a line; of an array's items, up to a comma. For what is no object and no array. */
static cxm_document_found next_scrap(cxm_documents *self, cxm_str unread, bool is_all,
                                     cxm_document *out) {
    bool in_items = self->mode == CXM_DOCUMENTS_ITEMS;
    size_t end = 0;
    while (end < unread.len && unread.ptr[end] != '\n' &&
           !(in_items && (unread.ptr[end] == ',' || unread.ptr[end] == ']')))
        end++;
    if (end == unread.len && !is_all && end <= self->limit)
        return need_more(out, 0);
    return give(self, unread, 0, end, end, out);
}

static cxm_document_found next_line(cxm_documents *self, cxm_str unread, bool is_all,
                                    cxm_document *out) {
    const char *end = memchr(unread.ptr + self->looked_at, '\n', unread.len - self->looked_at);
    size_t len = end ? (size_t)(end - unread.ptr) : unread.len;
    if (end || is_all)
        return give(self, unread, 0, len, len + (end != NULL), out);
    self->looked_at = unread.len;
    if (unread.len <= self->limit)
        return need_more(out, 0);
    self->mode = CXM_DOCUMENTS_DROP;
    self->after = CXM_DOCUMENTS_VALUES;
    out->behind = drop(self, unread);
    return CXM_FOUND_TOO_LONG;
}

/* Passes over what is dropped: lines up to their end, all else up to its own. */
static bool pass_dropped(cxm_documents *self, cxm_str unread, size_t *behind) {
    size_t end;
    bool is_found;
    if (self->is_lines) {
        const char *line = memchr(unread.ptr, '\n', unread.len);
        is_found = line != NULL;
        end = line ? (size_t)(line - unread.ptr) + 1 : 0;
    } else {
        is_found = find_end(self, unread, &end) != ENDING_NONE;
    }
    if (!is_found) {
        *behind = drop(self, unread);
        return false;
    }
    *behind = end;
    self->mode = self->after;
    begin(self);
    return true;
}

/* The first item of an array decides what the array is. CXM_FOUND_END: it has been decided. */
static cxm_document_found judge_array(cxm_documents *self, cxm_str unread, bool is_all,
                                      cxm_document *out) {
    size_t first = skip_blanks(unread, 1);
    size_t end = 0;
    self->mode = CXM_DOCUMENTS_VALUES;
    if (first == unread.len && !is_all)
        return self->mode = CXM_DOCUMENTS_START, need_more(out, 0);
    if (first == unread.len || !memchr("{[", unread.ptr[first], 2))
        return CXM_FOUND_END; /* an array of something else: to be told as what it is */
    cxm_str item = cxm_str_slice(unread, first, unread.len);
    bool is_found = find_end(self, item, &end) != ENDING_NONE;
    bool is_long = item.len > self->limit;
    begin(self);
    if (!is_found && !is_all && !is_long)
        return self->mode = CXM_DOCUMENTS_START, need_more(out, 0);
    item.len = is_found ? end : item.len;
    if (!is_long && self->judge.is_turn(self->judge.context, item))
        return CXM_FOUND_END;
    self->mode = CXM_DOCUMENTS_ITEMS;
    self->is_wrapped = false;
    out->behind = 1;
    return CXM_FOUND_END;
}

/* A value at the top. CXM_FOUND_END: something was passed; look again from out->behind. */
static cxm_document_found next_at_top(cxm_documents *self, cxm_str unread, bool is_all,
                                      cxm_document *out) {
    out->behind = 0;
    if (unread.ptr[0] == '[' && self->mode == CXM_DOCUMENTS_START) {
        cxm_document_found found = judge_array(self, unread, is_all, out);
        if (found == CXM_FOUND_MORE || self->mode == CXM_DOCUMENTS_ITEMS)
            return found;
    }
    self->mode = CXM_DOCUMENTS_VALUES;
    if (self->is_lines)
        return next_line(self, unread, is_all, out);
    bool is_value = unread.ptr[0] == '{' || unread.ptr[0] == '[';
    return is_value ? next_value(self, unread, is_all, out) : next_scrap(self, unread, is_all, out);
}

static cxm_document_found next_item(cxm_documents *self, cxm_str unread, bool is_all,
                                    cxm_document *out) {
    out->behind = 0;
    if (unread.ptr[0] == ']') {
        self->mode = self->is_wrapped ? CXM_DOCUMENTS_REST : CXM_DOCUMENTS_VALUES;
        self->depth = 1;
        out->behind = 1;
        return CXM_FOUND_END;
    }
    bool is_value = unread.ptr[0] == '{' || unread.ptr[0] == '[';
    return is_value ? next_value(self, unread, is_all, out) : next_scrap(self, unread, is_all, out);
}

/* What stands behind the list in an object that holds one, up to the object's end. */
static cxm_document_found pass_rest(cxm_documents *self, cxm_str unread, bool is_all,
                                    cxm_document *out) {
    size_t end;
    out->behind = 0;
    if (find_end(self, unread, &end) == ENDING_NONE) {
        if (unread.len > self->limit || is_all) {
            out->behind = is_all ? unread.len : drop(self, unread);
            return is_all ? CXM_FOUND_END : CXM_FOUND_MORE;
        }
        return CXM_FOUND_MORE;
    }
    self->mode = CXM_DOCUMENTS_VALUES;
    begin(self);
    out->behind = end;
    return CXM_FOUND_END;
}

/* Sees what stands behind the last document, if it could not be seen before. */
static void see_line_end(cxm_documents *self, cxm_str unread) {
    size_t at = 0;
    while (at < unread.len && unread.ptr[at] != '\n' && cxm_is_space(unread.ptr[at]))
        at++;
    if (!self->may_be_lines || at == unread.len)
        return;
    self->may_be_lines = false;
    self->is_lines = unread.ptr[at] == '\n';
}

static size_t skip_between(const cxm_documents *self, cxm_str unread) {
    size_t at = skip_blanks(unread, 0);
    while (self->mode == CXM_DOCUMENTS_ITEMS && at < unread.len && unread.ptr[at] == ',')
        at = skip_blanks(unread, at + 1);
    return at;
}

static cxm_document_found step(cxm_documents *self, cxm_str unread, bool is_all,
                               cxm_document *out) {
    if (self->mode == CXM_DOCUMENTS_DROP)
        return pass_dropped(self, unread, &out->behind) ? CXM_FOUND_END : CXM_FOUND_MORE;
    if (self->mode == CXM_DOCUMENTS_REST)
        return pass_rest(self, unread, is_all, out);
    return self->mode == CXM_DOCUMENTS_ITEMS ? next_item(self, unread, is_all, out)
                                             : next_at_top(self, unread, is_all, out);
}

cxm_document_found cxm_documents_next(cxm_documents *self, cxm_str unread, bool is_all,
                                      cxm_document *out) {
    size_t done = 0;
    cxm_document_found found;
    see_line_end(self, unread);
    for (;;) {
        /* What is being looked at starts at 0 already. */
        bool is_begun = self->mode == CXM_DOCUMENTS_REST || self->mode == CXM_DOCUMENTS_DROP;
        size_t blanks = is_begun ? 0 : skip_between(self, cxm_str_slice(unread, done, unread.len));
        done += blanks;
        out->behind = 0;
        if (done == unread.len) {
            found = is_all ? CXM_FOUND_END : CXM_FOUND_MORE;
            break;
        }
        found = step(self, cxm_str_slice(unread, done, unread.len), is_all, out);
        done += out->behind;
        if (found == CXM_FOUND_MORE && is_all && self->mode == CXM_DOCUMENTS_DROP)
            done = unread.len;
        else if (found != CXM_FOUND_END)
            break;
    }
    out->behind = done;
    return found;
}

/* ---- Where a broken document can be cut ---- */

size_t cxm_documents_cut(cxm_str document, size_t length, size_t depth,
                         char closing[CXM_MAX_CLOSING], size_t *count) {
    char open[CXM_MAX_CLOSING];
    size_t open_count = 0;
    size_t cut = 0;
    bool in_string = false;
    cxm_str text = {document.ptr, length < document.len ? length : document.len};
    *count = 0;
    for (size_t at = 0; at < text.len;) {
        char c = text.ptr[at++];
        if (c == '"') {
            in_string = true;
            at = string_end(text, at, &in_string);
        } else if (c == '{' || c == '[') {
            if (open_count == CXM_MAX_CLOSING)
                return cut;
            open[open_count++] = c == '{' ? '}' : ']';
        } else if (c == '}' || c == ']') {
            if (open_count == 0 || open[--open_count] != c)
                return cut;
            if (open_count == 0 || open_count > depth)
                continue;
            cut = at;
            *count = open_count;
            for (size_t i = 0; i < open_count; i++)
                closing[i] = open[open_count - 1 - i];
        }
    }
    return cut;
}
