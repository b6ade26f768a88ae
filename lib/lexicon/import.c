/* SPDX-License-Identifier: MIT */
#include "lexicon/import.h"

#include "base/error.h"
#include "base/str.h"
#include "base/utf8.h"

#include <stdio.h>

/* So that the pack stays below the limits of a pack. */
enum {
    MAX_BYTES = CXM_PACK_MAX_FILE_BYTES,
    MAX_CATEGORIES = 4096,
    MAX_PHRASES = 256 << 10,
};

static const cxm_import_format *const formats[] = {&cxm_import_liwc, &cxm_import_quanteda};

/* ---- What formats add ---- */

/* A name of a to z, 0 to 9 and _: whatever else stands there becomes one _. */
static void add_name(cxm_buffer *out, cxm_str name, const char *otherwise) {
    size_t before = out->len;
    bool between = false;
    for (size_t i = 0; i < name.len; i++) {
        char c = cxm_ascii_lower(name.ptr[i]);
        bool fits = (c >= 'a' && c <= 'z') || cxm_is_digit(c);
        if (fits && between && out->len > before)
            cxm_buffer_add_char(out, '_');
        if (fits)
            cxm_buffer_add_char(out, c);
        between = !fits;
    }
    if (out->len == before)
        cxm_buffer_add_text(out, otherwise);
}

/* A name that no category has yet: with a number behind it, where need be. */
static cxm_status new_name(cxm_import *self, cxm_str family, cxm_str member, cxm_str *out) {
    enum { MOST = 200 }; /* bytes of each; a longer name is cut */
    cxm_buffer name;
    bool is_new = false;
    *out = (cxm_str){NULL, 0};
    cxm_buffer_init(&name, &self->allocator);
    add_name(&name, cxm_str_slice(family, 0, family.len < MOST ? family.len : MOST), "dictionary");
    cxm_buffer_add_char(&name, '.');
    add_name(&name, cxm_str_slice(member, 0, member.len < MOST ? member.len : MOST), "category");
    size_t len = name.len;
    /* Categories are counted, so that many of one name do not each try all numbers. */
    for (size_t number = 1; !name.failed && !is_new;
         number = number == 1 ? self->category_count + 1 : number + 1) {
        name.len = len;
        if (number > 1) {
            cxm_buffer_add_char(&name, '_');
            cxm_buffer_add_size(&name, number);
        }
        if (name.failed || cxm_table_find(&self->names, cxm_buffer_str(&name)))
            continue;
        *out = cxm_arena_copy(&self->arena, cxm_buffer_str(&name));
        if (!out->ptr || !cxm_table_add(&self->names, *out, 0, &is_new))
            break;
    }
    cxm_buffer_clear(&name);
    return is_new ? CXM_OK : CXM_E_NOMEM;
}

cxm_status cxm_import_add_category(cxm_import *self, cxm_str family, cxm_str member,
                                   size_t *index) {
    void *items = self->categories;
    cxm_import_category category = {.first = NULL};
    if (self->category_count == MAX_CATEGORIES)
        return CXM_E_LIMIT;
    cxm_status status = new_name(self, family, member, &category.name);
    if (status != CXM_OK)
        return status;
    if (!cxm_array_reserve(&self->allocator, &items, &self->category_capacity,
                           self->category_count + 1, sizeof *self->categories))
        return CXM_E_NOMEM;
    self->categories = items;
    *index = self->category_count++;
    self->categories[*index] = category;
    return CXM_OK;
}

cxm_status cxm_import_add_phrase(cxm_import *self, size_t index, cxm_str text) {
    cxm_import_category *category = &self->categories[index];
    self->phrase_bytes += text.len;
    if (self->phrase_bytes > MAX_BYTES || self->phrase_count == MAX_PHRASES)
        return CXM_E_LIMIT;
    cxm_import_phrase *phrase = CXM_ARENA_ARRAY(&self->arena, cxm_import_phrase, 1);
    if (!phrase)
        return CXM_E_NOMEM;
    phrase->text = text;
    if (category->last)
        category->last->next = phrase;
    else
        category->first = phrase;
    category->last = phrase;
    category->count++;
    self->phrase_count++;
    return CXM_OK;
}

cxm_status cxm_import_add_note(cxm_import *self, size_t line, cxm_str text, const char *message) {
    void *items = self->notes;
    if (!cxm_array_reserve(&self->allocator, &items, &self->note_capacity, self->note_count + 1,
                           sizeof *self->notes))
        return CXM_E_NOMEM;
    self->notes = items;
    cxm_import_note note = {.line = (uint32_t)line,
                            .text = cxm_arena_copy(&self->arena, text),
                            .message = cxm_arena_copy(&self->arena, cxm_str_from(message))};
    if (!note.text.ptr || !note.message.ptr)
        return CXM_E_NOMEM;
    self->notes[self->note_count++] = note;
    return CXM_OK;
}

/* ---- The pack ---- */

static void write_quoted(cxm_buffer *out, cxm_str text) {
    cxm_buffer_add_char(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\'')
            cxm_buffer_add_char(out, '\'');
        cxm_buffer_add_char(out, text.ptr[i]);
    }
    cxm_buffer_add_char(out, '\'');
}

static void write_category(cxm_buffer *out, const cxm_import_category *category) {
    cxm_buffer_add_text(out, "  ");
    cxm_buffer_add_str(out, category->name);
    cxm_buffer_add_text(out, ":\n    phrases:\n");
    for (const cxm_import_phrase *phrase = category->first; phrase; phrase = phrase->next) {
        cxm_buffer_add_text(out, "      - ");
        write_quoted(out, phrase->text);
        cxm_buffer_add_char(out, '\n');
    }
}

/* Categories without phrases have nothing to look for; a pack of none has an empty mapping. */
static cxm_status write_pack(cxm_import *self, cxm_error *error) {
    size_t written = 0;
    cxm_buffer_add_text(&self->text, "cxmine: 1\nlanguage: ");
    cxm_buffer_add_str(&self->text, self->language);
    cxm_buffer_add_text(&self->text, self->phrase_count ? "\ncategories:\n" : "\ncategories: {}\n");
    for (size_t i = 0; i < self->category_count; i++)
        if (self->categories[i].count) {
            write_category(&self->text, &self->categories[i]);
            written++;
        }
    self->category_count = written;
    if (self->text.failed)
        return cxm_fail_memory(error);
    if (self->text.len > MAX_BYTES)
        return cxm_fail(error, CXM_E_LIMIT, "the pack would exceed the limits of a pack");
    return CXM_OK;
}

/* ---- All together ---- */

static const cxm_import_format *find_format(const char *name, cxm_str bytes) {
    if (!name)
        return bytes.len && cxm_str_trim(bytes).len && cxm_str_trim(bytes).ptr[0] == '%'
                   ? &cxm_import_liwc
                   : &cxm_import_quanteda;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i]->name, name) == 0)
            return formats[i];
    return NULL;
}

static bool is_name(const char *text) {
    size_t len = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_");
    return len > 0 && text[len] == '\0';
}

static cxm_status check(cxm_str bytes, const cxm_import_options *options, cxm_error *error) {
    if (!bytes.ptr && bytes.len)
        return cxm_fail(error, CXM_E_ARGUMENT, "an import takes bytes");
    if (!is_name(options->family) || !is_name(options->language))
        return cxm_fail(error, CXM_E_ARGUMENT,
                        "a family and a language are of a to z, 0 to 9 and _");
    if (bytes.len > MAX_BYTES)
        return cxm_fail(error, CXM_E_LIMIT, "a dictionary takes at most 16 MiB");
    if (!cxm_utf8_valid(bytes.ptr, bytes.len))
        return cxm_fail(error, CXM_E_ENCODING, "the dictionary is not valid UTF-8");
    if (!find_format(options->format, bytes))
        return cxm_fail(error, CXM_E_NOT_FOUND, "no dictionary format '%.100s'", options->format);
    return CXM_OK;
}

static cxm_status read_and_write(cxm_import *self, cxm_str bytes, const cxm_import_options *options,
                                 cxm_error *error) {
    self->language = cxm_arena_copy(&self->arena, cxm_str_from(options->language));
    self->family = cxm_arena_copy(&self->arena, cxm_str_from(options->family));
    if (!self->language.ptr || !self->family.ptr)
        return cxm_fail_memory(error);
    cxm_status status = find_format(options->format, bytes)->read(self, bytes, error);
    return status == CXM_OK ? write_pack(self, error) : status;
}

static cxm_str without_mark(cxm_str bytes) {
    bool marked = bytes.len >= 3 && memcmp(bytes.ptr, "\xEF\xBB\xBF", 3) == 0;
    return marked ? cxm_str_slice(bytes, 3, bytes.len) : bytes;
}

cxm_status cxm_import_new(cxm_str bytes, const cxm_import_options *options, cxm_import **out,
                          cxm_error *error) {
    cxm_import_options read = CXM_IMPORT_OPTIONS_INIT;
    *out = NULL;
    if (!cxm_options_read(&read, sizeof read, options))
        return cxm_fail(error, CXM_E_ARGUMENT, "the options are not initialized");
    read.family = read.family ? read.family : "dictionary";
    read.language = read.language ? read.language : "en";
    bytes = without_mark(bytes);
    cxm_status status = check(bytes, &read, error);
    if (status != CXM_OK)
        return status;
    cxm_allocator allocator = cxm_allocator_or_default(read.allocator);
    cxm_import *self = cxm_allocate(&allocator, sizeof *self);
    if (!self)
        return cxm_fail_memory(error);
    self->allocator = allocator;
    cxm_arena_init(&self->arena, &allocator);
    cxm_buffer_init(&self->text, &allocator);
    cxm_table_init(&self->names, &allocator);
    cxm_pack_init(&self->pack, NULL, &allocator);
    cxm_language_init(&self->no_language, &allocator);
    status = read_and_write(self, bytes, &read, error);
    if (status == CXM_OK)
        *out = self;
    else
        cxm_import_free(self);
    return status;
}

void cxm_import_free(cxm_import *self) {
    if (!self)
        return;
    cxm_allocator allocator = self->allocator;
    cxm_release(&allocator, self->categories, self->category_capacity * sizeof *self->categories);
    cxm_release(&allocator, self->notes, self->note_capacity * sizeof *self->notes);
    cxm_language_clear(&self->no_language);
    cxm_pack_clear(&self->pack);
    cxm_table_clear(&self->names);
    cxm_buffer_clear(&self->text);
    cxm_arena_clear(&self->arena);
    cxm_release(&allocator, self, sizeof *self);
}

cxm_str cxm_import_pack(const cxm_import *self) {
    return cxm_buffer_str(&self->text);
}

size_t cxm_import_category_count(const cxm_import *self) {
    return self->category_count;
}

size_t cxm_import_phrase_count(const cxm_import *self) {
    return self->phrase_count;
}

size_t cxm_import_note_count(const cxm_import *self) {
    return self->note_count;
}

const cxm_import_note *cxm_import_note_at(const cxm_import *self, size_t index) {
    return index < self->note_count ? &self->notes[index] : NULL;
}
