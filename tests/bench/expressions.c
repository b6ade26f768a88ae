/* SPDX-License-Identifier: MIT */
#include "expressions.h"

#include "base/buffer.h"
#include "base/str.h"
#include "lexicon/builtin.h"
#include "lexicon/compile.h"
#include "lexicon/directory.h"
#include "lexicon/lexicon.h"
#include "lexicon/phrase.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#define GAP "[\\s,]+"
#define ANY_WORD "[^\\s,.;!?]+"
#define APOSTROPHE "(?:'|\xE2\x80\x99)?"

/* Words that are also written at the end of the word before them. */
static const struct {
    const char *word;
    const char *ending;
} CLITICS[] = {
    {"am", APOSTROPHE "m"},      {"are", APOSTROPHE "re"},  {"had", APOSTROPHE "d"},
    {"has", APOSTROPHE "s"},     {"have", APOSTROPHE "ve"}, {"is", APOSTROPHE "s"},
    {"not", "n" APOSTROPHE "t"}, {"us", APOSTROPHE "s"},    {"will", APOSTROPHE "ll"},
    {"would", APOSTROPHE "d"},
};

typedef struct writer {
    cxm_allocator allocator;
    cxm_arena arena; /* trees */
    cxm_pack pack;   /* for its sets */
    const cxm_language *language;
    cxm_buffer out;
    bool failed;
} writer;

/* What a part of an expression brings along of the blanks beside it. */
typedef enum place {
    FIRST,   /* nothing */
    INNER,   /* those in front of it */
    LEADING, /* those behind it: it may be left out, and nothing stands in front of it */
} place;

static void write_node(writer *self, const cxm_node *node, place at);

static void put(writer *self, const char *text) {
    cxm_buffer_add_text(&self->out, text);
}

/* ---- Sets ---- */

/* The choice of all members of a set. */
static cxm_node *tree_of_set(writer *self, cxm_str name) {
    cxm_node *choice = CXM_ARENA_ARRAY(&self->arena, cxm_node, 1);
    cxm_node **tail = choice ? &choice->child : NULL;
    for (size_t i = 0; choice && i < self->pack.sets.count; i++) {
        const cxm_pack_entry *set = &self->pack.sets.items[i];
        if (!cxm_str_equal(set->key.text, name))
            continue;
        for (size_t value = 0; value < set->values.count; value++) {
            if (cxm_phrase_parse(&self->pack, self->language, &set->values.items[value],
                                 &self->arena, tail) != CXM_OK)
                return NULL;
            tail = &(*tail)->next;
        }
    }
    if (!choice || !choice->child)
        return NULL;
    choice->kind = CXM_NODE_CHOICE;
    return choice;
}

/* The node itself, or the tree of the set that it names. */
static const cxm_node *resolve(writer *self, const cxm_node *node) {
    static const cxm_node nothing = {.kind = CXM_NODE_REST};
    if (node->kind != CXM_NODE_SET)
        return node;
    const cxm_node *tree = tree_of_set(self, node->text);
    if (tree)
        return tree;
    self->failed = true;
    return &nothing;
}

/* ---- Words ---- */

static void write_word(writer *self, cxm_str word) {
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        if (c == '\'') {
            put(self, APOSTROPHE);
            continue;
        }
        if ((unsigned char)c < 0x80 && !isalnum((unsigned char)c) && c != '_')
            put(self, "\\");
        cxm_buffer_add_char(&self->out, c);
    }
}

static const char *ending_of(const cxm_node *node) {
    for (size_t i = 0; node->kind == CXM_NODE_WORD && i < sizeof CLITICS / sizeof *CLITICS; i++)
        if (cxm_str_is(node->text, CLITICS[i].word))
            return CLITICS[i].ending;
    return NULL;
}

/* `^...$` around an expression for a word is what \b is around ours. */
static void write_regex(writer *self, cxm_str text) {
    bool from_start = text.len && text.ptr[0] == '^';
    bool to_end = text.len && text.ptr[text.len - 1] == '$';
    put(self, from_start ? "(?:" : "(?:\\w*");
    cxm_buffer_add_str(&self->out, cxm_str_slice(text, from_start, text.len - to_end));
    put(self, to_end ? ")" : "\\w*)");
}

static void write_leaf(writer *self, const cxm_node *node) {
    if (node->kind == CXM_NODE_REGEX)
        write_regex(self, node->text);
    else if (node->kind == CXM_NODE_ANY)
        put(self, ANY_WORD);
    else
        write_word(self, node->text);
    if (node->kind == CXM_NODE_PREFIX || node->kind == CXM_NODE_STEM)
        put(self, "\\w*");
}

static void write_leaf_at(writer *self, const cxm_node *node, place at) {
    const char *ending = at == INNER ? ending_of(node) : NULL;
    put(self, ending ? "(?:" GAP : at == INNER ? GAP : "");
    write_leaf(self, node);
    put(self, at == LEADING ? GAP : "");
    if (ending) {
        put(self, "|");
        put(self, ending);
        put(self, ")");
    }
}

/* ---- Groups ---- */

static bool may_be_nothing(writer *self, const cxm_node *node) {
    node = resolve(self, node);
    bool any = false;
    bool all = true;
    for (const cxm_node *child = node->child; child; child = child->next) {
        bool nothing = may_be_nothing(self, child);
        any |= nothing;
        all &= nothing;
    }
    if (node->kind == CXM_NODE_CHOICE)
        return any;
    if (node->kind == CXM_NODE_SEQUENCE || node->kind == CXM_NODE_CAPTURE)
        return all;
    return node->kind == CXM_NODE_GAP || node->kind == CXM_NODE_OPTIONAL ||
           node->kind == CXM_NODE_START;
}

static void write_sequence(writer *self, const cxm_node *child, place at) {
    for (; child; child = child->next) {
        bool nothing = at != INNER && child->next && may_be_nothing(self, child);
        write_node(self, child, at == FIRST && nothing ? LEADING : at);
        if (at == FIRST && !nothing)
            at = INNER;
    }
}

static void write_choice(writer *self, const cxm_node *child, place at) {
    for (const cxm_node *one = child; one; one = one->next) {
        put(self, one == child ? "" : "|");
        write_node(self, one, at);
    }
}

/* The ways to write a part of a phrase without a blank in front. */
static void write_clitics(writer *self, const cxm_node *node) {
    node = resolve(self, node);
    const cxm_node *first = node->kind == CXM_NODE_SEQUENCE ? node->child : node;
    const char *ending = ending_of(first);
    if (ending) {
        put(self, "|");
        put(self, ending);
        if (first != node)
            write_sequence(self, first->next, INNER);
    } else if (node->kind == CXM_NODE_CHOICE) {
        for (const cxm_node *child = node->child; child; child = child->next)
            write_clitics(self, child);
    }
}

static void write_choice_at(writer *self, const cxm_node *node, place at) {
    bool nothing = may_be_nothing(self, node);
    put(self, "(?:");
    if (at == FIRST || nothing) {
        write_choice(self, node->child, at);
    } else {
        put(self, at == INNER ? GAP "(?:" : "(?:");
        write_choice(self, node->child, FIRST);
        put(self, at == INNER ? ")" : ")" GAP);
        if (at == INNER)
            write_clitics(self, node);
    }
    put(self, ")");
}

static void write_gap(writer *self, const cxm_node *node, place at) {
    char times[32];
    snprintf(times, sizeof times, "{0,%u}", (unsigned)node->count);
    put(self, at == INNER ? "(?:" GAP ANY_WORD ")" : "(?:" ANY_WORD GAP ")");
    put(self, times);
}

static void write_node(writer *self, const cxm_node *node, place at) {
    node = resolve(self, node);
    switch (node->kind) {
    case CXM_NODE_GAP:
        write_gap(self, node, at);
        break;
    case CXM_NODE_REST:
        put(self, "[^.!?]*");
        break;
    case CXM_NODE_START:
        put(self, "(?:^|[.!?][\\s\"')]+)");
        break;
    case CXM_NODE_END:
        put(self, "[\\s\"')]*(?:[.!?]|$)");
        break;
    case CXM_NODE_QUESTION:
        put(self, "[\\s\"')]*\\?");
        break;
    case CXM_NODE_SEQUENCE:
    case CXM_NODE_CAPTURE:
        write_sequence(self, node->child, at);
        break;
    case CXM_NODE_CHOICE:
        write_choice_at(self, node, at);
        break;
    case CXM_NODE_OPTIONAL:
        put(self, "(?:");
        write_node(self, node->child, at);
        put(self, ")?");
        break;
    case CXM_NODE_SET: /* resolved */
    case CXM_NODE_WORD:
    case CXM_NODE_PREFIX:
    case CXM_NODE_STEM:
    case CXM_NODE_REGEX:
    case CXM_NODE_ANY:
        write_leaf_at(self, node, at);
        break;
    }
}

/* Whether the first (or last) thing in a tree can be the start (or end) of a sentence: Hyperscan
 * takes no word boundary beside those. */
static bool touches(const cxm_node *node, bool last) {
    if (node->kind == CXM_NODE_START || node->kind == CXM_NODE_END ||
        node->kind == CXM_NODE_QUESTION)
        return true;
    bool any = false;
    const cxm_node *child = node->child;
    if (node->kind == CXM_NODE_CHOICE) {
        for (; child; child = child->next)
            any = any || touches(child, last);
        return any;
    }
    while (last && child && child->next)
        child = child->next;
    return child && touches(child, last);
}

static char *expression_of(writer *self, cxm_str phrase) {
    cxm_pack_scalar scalar = {.text = phrase};
    cxm_node *tree;
    cxm_buffer_reset(&self->out);
    if (cxm_phrase_parse(&self->pack, self->language, &scalar, &self->arena, &tree) != CXM_OK)
        return NULL;
    put(self, touches(tree, false) ? "" : "\\b");
    if (tree->kind == CXM_NODE_CHOICE)
        put(self, "(?:");
    write_node(self, tree, FIRST);
    if (tree->kind == CXM_NODE_CHOICE)
        put(self, ")");
    put(self, touches(tree, true) ? "" : "\\b");
    cxm_buffer_add_char(&self->out, '\0');
    char *text = self->failed || self->out.failed ? NULL : malloc(self->out.len);
    if (text)
        memcpy(text, self->out.ptr, self->out.len);
    return text;
}

/* ---- Packs ---- */

static cxm_status add_file(void *user, cxm_str name, cxm_str text, cxm_error *error) {
    return cxm_pack_add_static(user, name, text, error);
}

static cxm_status add_builtin(cxm_pack *pack) {
    const cxm_builtin_pack *builtin = &cxm_builtin_packs[0];
    cxm_status status = CXM_OK;
    for (size_t i = 0; status == CXM_OK && i < builtin->file_count; i++) {
        const cxm_builtin_file *file = &builtin->files[i];
        cxm_str text = {(const char *)file->bytes, file->len};
        status = cxm_pack_add_static(pack, cxm_str_from(file->name), text, NULL);
    }
    return status;
}

static bool read_pack(writer *self, const char *path) {
    cxm_pack_init(&self->pack, NULL, &self->allocator);
    self->pack.load++;
    if (!path)
        return add_builtin(&self->pack) == CXM_OK;
    cxm_directory_visitor visitor = {add_file, &self->pack};
    return cxm_directory_read(path, &self->arena, &visitor, NULL) == CXM_OK;
}

static bool write_all(writer *self, const cxm_lexicon *lexicon, bench_expressions *out) {
    size_t count = cxm_lexicon_phrase_count(lexicon);
    out->items = calloc(count + 1, sizeof *out->items);
    for (size_t i = 0; out->items && i < count; i++) {
        const cxm_phrase *phrase = cxm_lexicon_phrase(lexicon, i);
        char *text = expression_of(self, phrase->text);
        if (!text) {
            fprintf(stderr, "%.*s:%u: no expression for this\n", CXM_STR_ARGS(phrase->file),
                    (unsigned)phrase->line);
            return false;
        }
        out->items[out->count++] =
            (bench_expression){text, cxm_lexicon_category(lexicon, phrase->category)->speaker};
    }
    return out->items;
}

bool bench_expressions_of_pack(bench_expressions *self, const cxm_lexicon *lexicon,
                               const char *pack) {
    writer into = {.allocator = cxm_allocator_or_default(NULL), .language = &lexicon->language};
    *self = (bench_expressions){.items = NULL};
    cxm_arena_init(&into.arena, &into.allocator);
    cxm_buffer_init(&into.out, &into.allocator);
    bool read = read_pack(&into, pack);
    if (!read)
        fprintf(stderr, "the pack cannot be read\n");
    bool written = read && write_all(&into, lexicon, self);
    cxm_pack_clear(&into.pack);
    cxm_buffer_clear(&into.out);
    cxm_arena_clear(&into.arena);
    return written;
}

/* Leaves only the phrases that are chosen; they are numbered in the order of the pack. */
static void keep_phrases(cxm_pack *pack, const bool *chosen) {
    size_t phrase = 0;
    for (size_t i = 0; i < pack->category_count; i++) {
        cxm_pack_category *category = &pack->categories[i];
        size_t kept = 0;
        for (size_t k = 0; k < category->phrase_count; k++)
            if (chosen[phrase++])
                category->phrases[kept++] = category->phrases[k];
        category->phrase_count = kept;
    }
}

cxm_lexicon *bench_lexicon_of_some(const char *pack, const bool *chosen) {
    writer into = {.allocator = cxm_allocator_or_default(NULL)};
    cxm_lexicon *lexicon = NULL;
    cxm_error error;
    cxm_arena_init(&into.arena, &into.allocator);
    if (read_pack(&into, pack)) {
        keep_phrases(&into.pack, chosen);
        if (cxm_lexicon_compile(&into.pack, &into.allocator, &lexicon, &error) != CXM_OK)
            fprintf(stderr, "no lexicon: %s\n", error.message);
    }
    cxm_pack_clear(&into.pack);
    cxm_arena_clear(&into.arena);
    return lexicon;
}

/* ---- Plain phrases ---- */

static char *expression_of_words(cxm_buffer *out, cxm_str phrase, const char *gap) {
    cxm_buffer_reset(out);
    cxm_buffer_add_text(out, "\\b");
    for (size_t i = 0; i < phrase.len; i++)
        if (phrase.ptr[i] == ' ')
            cxm_buffer_add_text(out, gap);
        else
            cxm_buffer_add_char(out, phrase.ptr[i]);
    cxm_buffer_add_text(out, "\\b");
    cxm_buffer_add_char(out, '\0');
    char *text = out->failed ? NULL : malloc(out->len);
    if (text)
        memcpy(text, out->ptr, out->len);
    return text;
}

bool bench_expressions_of_phrases(bench_expressions *self, const bench_phrases *phrases,
                                  const char *gap) {
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    cxm_buffer out;
    cxm_buffer_init(&out, &allocator);
    *self = (bench_expressions){.items = calloc(phrases->count + 1, sizeof *self->items)};
    bool written = self->items;
    for (size_t i = 0; written && i < phrases->count; i++) {
        char *text = expression_of_words(&out, phrases->items[i], gap);
        written = text;
        self->items[self->count] = (bench_expression){text, CXM_SPEAKER_ANY};
        self->count += written;
    }
    cxm_buffer_clear(&out);
    return written;
}

void bench_expressions_clear(bench_expressions *self) {
    for (size_t i = 0; i < self->count; i++)
        free(self->items[i].text);
    free(self->items);
}
