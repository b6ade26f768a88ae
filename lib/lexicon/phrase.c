/* SPDX-License-Identifier: MIT */
#include "lexicon/phrase.h"

#include "base/str.h"
#include "text/fold.h"
#include "text/word_break.h"

typedef struct parser {
    cxm_pack *pack;
    const cxm_language *language;
    const cxm_pack_scalar *scalar;
    cxm_arena *arena;
    const char *text;
    size_t len;
    size_t at;
    int depth;
} parser;

static cxm_status parse_choice(parser *self, cxm_node **out);

static bool at_end(const parser *self) {
    return self->at >= self->len;
}

static char peek(const parser *self) {
    return at_end(self) ? '\0' : self->text[self->at];
}

static void skip_space(parser *self) {
    while (!at_end(self) && cxm_is_space(self->text[self->at]))
        self->at++;
}

static cxm_status wrong(parser *self, size_t at, const char *message) {
    return cxm_pack_report(self->pack, CXM_E_SYNTAX, self->scalar, at, "%s", message);
}

static cxm_status node_new(parser *self, cxm_node_kind kind, size_t offset, cxm_node **out) {
    *out = CXM_ARENA_ARRAY(self->arena, cxm_node, 1);
    if (!*out)
        return CXM_E_NOMEM;
    (*out)->kind = kind;
    (*out)->offset = offset;
    return CXM_OK;
}

static cxm_status leaf(parser *self, cxm_node_kind kind, size_t len, cxm_node **out) {
    cxm_status status = node_new(self, kind, self->at, out);
    self->at += len;
    return status;
}

static bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* The name at the parser's place: [a-z0-9_]+, maybe empty. */
static cxm_str take_name(parser *self) {
    size_t start = self->at;
    while (is_name_char(peek(self)))
        self->at++;
    return (cxm_str){self->text + start, self->at - start};
}

static cxm_status parse_set(parser *self, cxm_node **out) {
    size_t start = self->at++;
    cxm_str name = take_name(self);
    if (name.len == 0 || peek(self) != '>')
        return wrong(self, self->at,
                     "expected the name of a set, as in <we>: letters a to z, digits, _");
    self->at++;
    bool rest = cxm_str_is(name, "rest");
    cxm_status status = node_new(self, rest ? CXM_NODE_REST : CXM_NODE_SET, start, out);
    if (status == CXM_OK)
        (*out)->text = name;
    return status;
}

/* How many blanks begin at `at` that count for nothing: those beside a `|`. */
static size_t blanks_at(cxm_str text, size_t at) {
    size_t end = at;
    while (end < text.len && cxm_is_space(text.ptr[end]))
        end++;
    bool beside = (at > 0 && text.ptr[at - 1] == '|') || (end < text.len && text.ptr[end] == '|');
    return beside ? end - at : 0;
}

/* The expression that is written so. `ptr` NULL where there is no memory. */
static cxm_str regex_of(parser *self, cxm_str written) {
    char *text = cxm_arena_take(self->arena, written.len + 1, 1);
    size_t len = 0;
    for (size_t at = 0; text && at < written.len;) {
        size_t blanks = blanks_at(written, at);
        at += blanks;
        if (!blanks)
            text[len++] = written.ptr[at++];
    }
    return (cxm_str){text, len};
}

size_t cxm_regex_place(cxm_str written, size_t offset) {
    size_t at = 0;
    for (size_t passed = 0; at < written.len; passed++, at++) {
        at += blanks_at(written, at);
        if (passed == offset)
            break;
    }
    return at;
}

static cxm_status parse_regex(parser *self, cxm_node **out) {
    size_t start = self->at++;
    while (!at_end(self) && peek(self) != '/')
        self->at += peek(self) == '\\' && self->at + 1 < self->len ? 2 : 1;
    if (at_end(self))
        return wrong(self, start, "this regular expression has no closing /");
    cxm_status status = node_new(self, CXM_NODE_REGEX, start, out);
    if (status == CXM_OK)
        (*out)->text = regex_of(self, (cxm_str){self->text + start + 1, self->at - start - 1});
    self->at++;
    return status == CXM_OK && !(*out)->text.ptr ? CXM_E_NOMEM : status;
}

static cxm_status parse_gap(parser *self, cxm_node **out) {
    size_t start = self->at;
    self->at += 3;
    uint32_t count = 0;
    bool given = false;
    while (cxm_is_digit(peek(self))) {
        given = true;
        if (count <= CXM_PHRASE_MAX_GAP)
            count = count * 10 + (uint32_t)(peek(self) - '0');
        self->at++;
    }
    if (given && (count < 1 || count > CXM_PHRASE_MAX_GAP))
        return cxm_pack_report(self->pack, CXM_E_LIMIT, self->scalar, start,
                               "a gap takes 1 to %d words, as in ...6", CXM_PHRASE_MAX_GAP);
    cxm_status status = node_new(self, CXM_NODE_GAP, start, out);
    if (status == CXM_OK)
        (*out)->count = given ? count : CXM_PHRASE_DEFAULT_GAP;
    return status;
}

/* Appends to a list of children. */
static void append(cxm_node ***tail, cxm_node *node) {
    **tail = node;
    *tail = &node->next;
}

static cxm_status word_node(parser *self, cxm_str word, size_t offset, cxm_node **out) {
    cxm_status status = node_new(self, CXM_NODE_WORD, offset, out);
    if (status != CXM_OK)
        return status;
    (*out)->text = cxm_arena_copy(self->arena, word);
    return (*out)->text.ptr ? CXM_OK : CXM_E_NOMEM;
}

static cxm_status reading_node(parser *self, const cxm_reading *reading, size_t offset,
                               cxm_node **out) {
    if (reading->count == 1)
        return word_node(self, reading->words[0], offset, out);
    cxm_status status = node_new(self, CXM_NODE_SEQUENCE, offset, out);
    cxm_node **tail = status == CXM_OK ? &(*out)->child : NULL;
    for (size_t i = 0; status == CXM_OK && i < reading->count; i++) {
        cxm_node *word;
        status = word_node(self, reading->words[i], offset, &word);
        if (status == CXM_OK)
            append(&tail, word);
    }
    return status;
}

/* The node of one folded word: a word, or the choice between its readings. */
static cxm_status readings_node(parser *self, cxm_str folded, size_t offset, cxm_node **out) {
    cxm_readings readings;
    cxm_language_read(self->language, folded, &readings);
    if (readings.count == 1)
        return reading_node(self, &readings.items[0], offset, out);
    cxm_status status = node_new(self, CXM_NODE_CHOICE, offset, out);
    cxm_node **tail = status == CXM_OK ? &(*out)->child : NULL;
    for (size_t i = 0; status == CXM_OK && i < readings.count; i++) {
        cxm_node *reading;
        status = reading_node(self, &readings.items[i], offset, &reading);
        if (status == CXM_OK)
            append(&tail, reading);
    }
    return status;
}

bool cxm_next_word(cxm_str text, size_t *from, cxm_str *word) {
    while (*from < text.len) {
        size_t end = cxm_word_break_next(text.ptr, text.len, *from);
        bool is_word = cxm_segment_is_word(text.ptr, *from, end);
        *word = cxm_str_slice(text, *from, end);
        *from = end;
        if (is_word)
            return true;
    }
    return false;
}

/* Bytes that end a run of word characters. A full stop ends it only as a gap. */
static bool ends_run(const parser *self, size_t at) {
    char c = self->text[at];
    return cxm_is_space(c) || strchr("()|?*~<>/^$=\"", c) != NULL ||
           (c == '.' && self->len - at >= 3 && memcmp(self->text + at, "...", 3) == 0);
}

/* A prefix or stem element from the one word in front of its mark. */
static cxm_status marked_word(parser *self, cxm_str word, size_t start, cxm_node **out) {
    cxm_folded folded;
    bool prefix = peek(self) == '*';
    cxm_str run = {self->text + start, self->at - start};
    if (word.len != run.len || !cxm_fold(word, &folded))
        return wrong(self, self->at,
                     prefix ? "* is for one word, as in refund*"
                            : "~ is for one word, as in state~");
    cxm_status status = node_new(self, prefix ? CXM_NODE_PREFIX : CXM_NODE_STEM, start, out);
    if (status != CXM_OK)
        return status;
    self->at++;
    (*out)->text = cxm_arena_copy(
        self->arena, prefix ? cxm_folded_str(&folded)
                            : cxm_language_spelling(self->language, cxm_folded_str(&folded)));
    return (*out)->text.ptr ? CXM_OK : CXM_E_NOMEM;
}

/* A run of word characters: one word or, as in "follow-up", several. */
static cxm_status parse_words(parser *self, cxm_node ***tail) {
    size_t start = self->at;
    while (!at_end(self) && !ends_run(self, self->at))
        self->at++;
    if (self->at == start)
        return wrong(self, start, "expected a word, a group, a set, a gap or an anchor");
    cxm_str run = {self->text + start, self->at - start};
    cxm_str word;
    size_t from = 0;
    size_t count = 0;
    bool marked = peek(self) == '*' || peek(self) == '~';
    while (cxm_next_word(run, &from, &word)) {
        cxm_folded folded;
        cxm_node *node;
        cxm_status status;
        size_t offset = start + (size_t)(word.ptr - run.ptr);
        count++;
        if (!cxm_fold(word, &folded))
            return wrong(self, offset, "this word is longer than 255 bytes");
        status = marked ? marked_word(self, word, start, &node)
                        : readings_node(self, cxm_folded_str(&folded), offset, &node);
        if (status != CXM_OK)
            return status;
        append(tail, node);
    }
    return count ? CXM_OK : wrong(self, start, "expected a word, but there is no letter or digit");
}

/* The name in front of `=` right behind an opening parenthesis; empty where there is none. */
static cxm_str capture_name(parser *self) {
    size_t start = self->at;
    cxm_str name = take_name(self);
    if (name.len && peek(self) == '=') {
        self->at++;
        return name;
    }
    self->at = start;
    return (cxm_str){NULL, 0};
}

static cxm_status parse_group(parser *self, cxm_node **out) {
    size_t start = self->at++;
    if (++self->depth > CXM_PHRASE_MAX_DEPTH)
        return cxm_pack_report(self->pack, CXM_E_LIMIT, self->scalar, start,
                               "groups nest deeper than %d", CXM_PHRASE_MAX_DEPTH);
    cxm_str name = capture_name(self);
    cxm_node *inside;
    cxm_status status = parse_choice(self, &inside);
    if (status != CXM_OK)
        return status;
    if (peek(self) != ')')
        return wrong(self, start, "this ( is never closed; expected )");
    self->at++;
    self->depth--;
    *out = inside;
    if (!name.len)
        return CXM_OK;
    status = node_new(self, CXM_NODE_CAPTURE, start, out);
    if (status != CXM_OK)
        return status;
    (*out)->text = name;
    (*out)->child = inside;
    return CXM_OK;
}

static bool at_gap(const parser *self) {
    return self->len - self->at >= 3 && memcmp(self->text + self->at, "...", 3) == 0;
}

static cxm_status parse_dollar(parser *self, cxm_node **out) {
    bool question = self->at + 1 < self->len && self->text[self->at + 1] == '?';
    return leaf(self, question ? CXM_NODE_QUESTION : CXM_NODE_END, question ? 2 : 1, out);
}

static bool is_lone_underscore(const parser *self) {
    return peek(self) == '_' && (self->at + 1 == self->len || ends_run(self, self->at + 1));
}

/* What may stand in front of `?`: a group or a set. */
static cxm_status make_optional(parser *self, cxm_node **node) {
    if (peek(self) != '?')
        return CXM_OK;
    cxm_node *inside = *node;
    cxm_status status = leaf(self, CXM_NODE_OPTIONAL, 1, node);
    if (status == CXM_OK)
        (*node)->child = inside;
    return status;
}

/* Parses one element and appends its node, or nodes, to the list. */
static cxm_status parse_element(parser *self, cxm_node ***tail) {
    cxm_node *node = NULL;
    cxm_status status;
    char c = peek(self);
    if (c == '(' || c == '<') {
        status = c == '(' ? parse_group(self, &node) : parse_set(self, &node);
        if (status == CXM_OK)
            status = make_optional(self, &node);
    } else if (c == '/') {
        status = parse_regex(self, &node);
    } else if (at_gap(self)) {
        status = parse_gap(self, &node);
    } else if (c == '^') {
        status = leaf(self, CXM_NODE_START, 1, &node);
    } else if (c == '$') {
        status = parse_dollar(self, &node);
    } else if (is_lone_underscore(self)) {
        status = leaf(self, CXM_NODE_ANY, 1, &node);
    } else if (c == '?') {
        status = wrong(self, self->at, "? is for a group or a set; write (word)?");
    } else {
        return parse_words(self, tail);
    }
    if (status == CXM_OK)
        append(tail, node);
    return status;
}

static cxm_status parse_sequence(parser *self, cxm_node **out) {
    size_t start = self->at;
    cxm_status status = node_new(self, CXM_NODE_SEQUENCE, start, out);
    cxm_node **tail = status == CXM_OK ? &(*out)->child : NULL;
    for (skip_space(self); status == CXM_OK; skip_space(self)) {
        if (at_end(self) || peek(self) == ')' || peek(self) == '|')
            break;
        status = parse_element(self, &tail);
    }
    if (status != CXM_OK)
        return status;
    if (!(*out)->child)
        return wrong(self, self->at, "expected words here; for nothing at all write (...)?");
    if (!(*out)->child->next)
        *out = (*out)->child;
    return CXM_OK;
}

static cxm_status parse_choice(parser *self, cxm_node **out) {
    size_t start = self->at;
    cxm_node *first;
    cxm_status status = parse_sequence(self, &first);
    if (status != CXM_OK || peek(self) != '|') {
        *out = first;
        return status;
    }
    status = node_new(self, CXM_NODE_CHOICE, start, out);
    if (status != CXM_OK)
        return status;
    cxm_node **tail = &(*out)->child;
    append(&tail, first);
    while (peek(self) == '|') {
        self->at++;
        status = parse_sequence(self, &first);
        if (status != CXM_OK)
            return status;
        append(&tail, first);
    }
    return CXM_OK;
}

cxm_status cxm_phrase_parse(cxm_pack *pack, const cxm_language *language,
                            const cxm_pack_scalar *scalar, cxm_arena *arena, cxm_node **out) {
    parser self = {.pack = pack,
                   .language = language,
                   .scalar = scalar,
                   .arena = arena,
                   .text = scalar->text.ptr,
                   .len = scalar->text.len};
    if (self.len > CXM_PHRASE_MAX_BYTES)
        return cxm_pack_report(pack, CXM_E_LIMIT, scalar, 0, "a phrase takes at most %d bytes",
                               CXM_PHRASE_MAX_BYTES);
    cxm_status status = parse_choice(&self, out);
    if (status == CXM_OK && !at_end(&self))
        return wrong(&self, self.at, "this ) closes nothing");
    return status;
}
