/* SPDX-License-Identifier: MIT */
/* From the glob patterns of dictionaries to phrases. */
#include "base/str.h"
#include "base/utf8.h"
#include "lexicon/import.h"

/* What YAML cannot hold, or what nobody sees. */
static bool is_printable(cxm_str text) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        bool c1 = c == 0xC2 && i + 1 < text.len && (unsigned char)text.ptr[i + 1] < 0xA0;
        bool special =
            c == 0xEF && i + 2 < text.len &&
            ((unsigned char)text.ptr[i + 1] == 0xBB ||
             ((unsigned char)text.ptr[i + 1] == 0xBF && (unsigned char)text.ptr[i + 2] >= 0xBE));
        bool separator = c == 0xE2 && i + 2 < text.len && (unsigned char)text.ptr[i + 1] == 0x80 &&
                         ((unsigned char)text.ptr[i + 2] & 0xFE) == 0xA8;
        if (c < 0x20 || c == 0x7F || c1 || special || separator)
            return false;
    }
    return true;
}

static bool is_glob(char c) {
    return c == '*' || c == '?';
}

/* How many of a word's bytes are glob characters, and whether it is a word with one * behind. */
static size_t count_globs(cxm_str word) {
    size_t count = 0;
    for (size_t i = 0; i < word.len; i++)
        count += is_glob(word.ptr[i]);
    return count;
}

static bool is_prefix(cxm_str word) {
    return word.len > 1 && word.ptr[word.len - 1] == '*' && count_globs(word) == 1;
}

/* The whole word as a regular expression. */
static void add_regex(cxm_buffer *out, cxm_str word) {
    cxm_buffer_add_text(out, "/^");
    for (size_t i = 0; i < word.len; i++) {
        char c = cxm_ascii_lower(word.ptr[i]);
        if (c == '*')
            cxm_buffer_add_text(out, ".*");
        else if (c == '?')
            cxm_buffer_add_char(out, '.');
        else if (strchr("\\^$.[]|()+{}/", c)) {
            cxm_buffer_add_char(out, '\\');
            cxm_buffer_add_char(out, c);
        } else
            cxm_buffer_add_char(out, c);
    }
    cxm_buffer_add_text(out, "$/");
}

/* A hyphen parts words, in phrases as in texts; a pattern may have globs in each part. */
static void add_word(cxm_buffer *out, cxm_str word) {
    if (out->len)
        cxm_buffer_add_char(out, ' ');
    if (cxm_str_is(word, "*"))
        cxm_buffer_add_char(out, '_');
    else if (count_globs(word) == 0 || is_prefix(word))
        cxm_buffer_add_str(out, word);
    else
        add_regex(out, word);
}

static bool parts_words(char c) {
    return cxm_is_space(c) || c == '-';
}

static void add_words(cxm_buffer *out, cxm_str pattern, size_t *count, size_t *plain) {
    for (size_t at = 0; at < pattern.len;) {
        size_t end = at;
        while (end < pattern.len && !parts_words(pattern.ptr[end]))
            end++;
        cxm_str word = cxm_str_slice(pattern, at, end);
        if (word.len)
            add_word(out, word);
        *count += word.len > 0;
        *plain += word.len > count_globs(word);
        at = end + 1;
    }
}

/* What the phrase language would take for its own. */
static bool has_special(cxm_str pattern) {
    for (size_t i = 0; i < pattern.len; i++)
        if (strchr("()|~<>/^$=\"_", pattern.ptr[i]) ||
            (pattern.len - i >= 3 && memcmp(pattern.ptr + i, "...", 3) == 0))
            return true;
    return false;
}

/* Of words with globs in them; the others are measured when they are parsed. */
static bool has_long_word(cxm_str pattern) {
    enum { MOST = 255 };
    size_t len = 0;
    for (size_t i = 0; i < pattern.len; i++) {
        len = parts_words(pattern.ptr[i]) ? 0 : len + 1;
        if (len > MOST)
            return true;
    }
    return false;
}

/* Contractions are written out before prefixes are looked at. */
static bool has_contracted_prefix(cxm_str pattern) {
    const char *quote = memchr(pattern.ptr, '\'', pattern.len);
    return quote && memchr(quote, '*', pattern.len - (size_t)(quote - pattern.ptr));
}

/* Parses a phrase, to see whether it is one. */
static cxm_status try_phrase(cxm_import *self, cxm_str phrase, bool *good) {
    cxm_pack_scalar scalar = {.text = phrase};
    cxm_arena arena;
    cxm_node *tree;
    cxm_arena_init(&arena, &self->allocator);
    self->pack.error_count = 0;
    cxm_status status = cxm_phrase_parse(&self->pack, &self->no_language, &scalar, &arena, &tree);
    cxm_arena_clear(&arena);
    *good = status == CXM_OK;
    return status == CXM_E_NOMEM ? status : CXM_OK;
}

static cxm_status convert(cxm_import *self, size_t line, cxm_str pattern, cxm_buffer *made,
                          cxm_str *phrase) {
    enum { MOST_WORDS = 40 }; /* each may be a contraction of several */
    size_t count = 0;
    size_t plain = 0;
    bool good = false;
    add_words(made, pattern, &count, &plain);
    if (made->failed)
        return CXM_E_NOMEM;
    if (count > MOST_WORDS)
        return cxm_import_add_note(self, line, pattern, "it has more than 40 words");
    if (plain == 0)
        return cxm_import_add_note(self, line, pattern, "it asks for no word");
    cxm_status status = try_phrase(self, cxm_buffer_str(made), &good);
    if (status != CXM_OK)
        return status;
    if (!good)
        return cxm_import_add_note(self, line, pattern, self->pack.first_error.message);
    *phrase = cxm_arena_copy(&self->arena, cxm_buffer_str(made));
    return phrase->ptr ? CXM_OK : CXM_E_NOMEM;
}

cxm_status cxm_import_pattern(cxm_import *self, size_t line, cxm_str pattern, cxm_str *phrase) {
    cxm_buffer made;
    *phrase = (cxm_str){NULL, 0};
    if (pattern.len == 0)
        return cxm_import_add_note(self, line, pattern, "it asks for no word");
    if (pattern.len > CXM_PHRASE_MAX_BYTES)
        return cxm_import_add_note(self, line, cxm_str_slice(pattern, 0, 0),
                                   "it is longer than a phrase may be");
    if (!is_printable(pattern))
        return cxm_import_add_note(self, line, cxm_str_slice(pattern, 0, 0),
                                   "it has characters that nobody sees");
    if (has_special(pattern))
        return cxm_import_add_note(self, line, pattern,
                                   "punctuation is not looked at, so it cannot be asked for");
    if (has_contracted_prefix(pattern))
        return cxm_import_add_note(self, line, pattern,
                                   "a contraction is read as its words, so it has no prefix");
    if (has_long_word(pattern))
        return cxm_import_add_note(self, line, pattern, "it has a word longer than 255 bytes");
    cxm_buffer_init(&made, &self->allocator);
    cxm_status status = convert(self, line, pattern, &made, phrase);
    cxm_buffer_clear(&made);
    return status;
}
