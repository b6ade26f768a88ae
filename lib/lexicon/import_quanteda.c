/* SPDX-License-Identifier: MIT */
/* Dictionaries in YAML, as quanteda writes them: keys within keys, and lists of patterns. */
#include "base/error.h"
#include "base/str.h"
#include "lexicon/import.h"
#include "lexicon/yaml.h"

typedef struct reader {
    cxm_import *import;
    cxm_str bytes;
    cxm_error *error;
    cxm_status first; /* the first fault; CXM_OK: none */
} reader;

/* Keeps the first fault, with its place. */
static void tell(void *user, cxm_status code, size_t offset, const char *message) {
    reader *self = user;
    cxm_place place = {.text = self->bytes, .offset = offset};
    if (self->first == CXM_OK)
        self->first = cxm_fail_at(self->error, code, &place, "%s", message);
}

static cxm_status add_text(reader *self, size_t category, const cxm_yaml_node *node) {
    cxm_str phrase;
    cxm_str text = cxm_str_trim(node->text);
    if (text.len == 0)
        return CXM_OK;
    cxm_status status = cxm_import_pattern(self->import, node->line, text, &phrase);
    if (status == CXM_OK && phrase.ptr)
        status = cxm_import_add_phrase(self->import, category, phrase);
    return status;
}

/* A text, or a list of texts. */
static cxm_status add_values(reader *self, size_t category, const cxm_yaml_node *node) {
    if (node->kind == CXM_YAML_TEXT)
        return add_text(self, category, node);
    cxm_status status = CXM_OK;
    for (const cxm_yaml_node *item = node->first; item && status == CXM_OK; item = item->next)
        status = item->kind == CXM_YAML_TEXT
                     ? add_text(self, category, item)
                     : cxm_import_add_note(self->import, item->line, node->key->text,
                                           "a list of patterns holds something else");
    return status;
}

/* The name of a member, of all keys but the first. */
static cxm_status join(reader *self, cxm_str before, cxm_str key, cxm_str *out) {
    cxm_buffer joined;
    cxm_buffer_init(&joined, &self->import->allocator);
    cxm_buffer_add_str(&joined, before);
    if (before.len)
        cxm_buffer_add_char(&joined, '_');
    cxm_buffer_add_str(&joined, key);
    *out = (cxm_str){NULL, 0};
    if (!joined.failed)
        *out = cxm_arena_copy(&self->import->arena, cxm_buffer_str(&joined));
    cxm_buffer_clear(&joined);
    return out->ptr ? CXM_OK : CXM_E_NOMEM;
}

/* The keys of a mapping; `family` is empty at the top. */
static cxm_status read_keys(reader *self, const cxm_yaml_node *mapping, cxm_str family,
                            cxm_str member) {
    cxm_status status = CXM_OK;
    for (const cxm_yaml_node *node = mapping->first; node && status == CXM_OK; node = node->next) {
        cxm_str name = node->key->text;
        bool top = family.ptr == NULL;
        size_t category;
        if (!top)
            status = join(self, member, node->key->text, &name);
        if (status == CXM_OK && node->kind == CXM_YAML_MAPPING) {
            status = top ? read_keys(self, node, name, (cxm_str){NULL, 0})
                         : read_keys(self, node, family, name);
            continue;
        }
        if (status == CXM_OK)
            status = cxm_import_add_category(self->import, top ? self->import->family : family,
                                             name, &category);
        if (status == CXM_OK)
            status = add_values(self, category, node);
    }
    return status;
}

static cxm_status read_root(reader *self, const cxm_yaml_node *root) {
    if (!root || root->kind != CXM_YAML_MAPPING)
        return cxm_fail(self->error, CXM_E_SYNTAX,
                        "expected keys with lists of patterns, or a LIWC dictionary");
    cxm_status status = read_keys(self, root, (cxm_str){NULL, 0}, (cxm_str){NULL, 0});
    if (status == CXM_E_NOMEM)
        return cxm_fail_memory(self->error);
    if (status != CXM_OK)
        return cxm_fail(self->error, status, "the pack would exceed the limits of a pack");
    return CXM_OK;
}

static cxm_status read(cxm_import *self, cxm_str bytes, cxm_error *error) {
    reader reading = {.import = self, .bytes = bytes, .error = error};
    cxm_yaml_faults faults = {tell, &reading};
    const cxm_yaml_node *root;
    cxm_arena nodes;
    cxm_arena_init(&nodes, &self->allocator);
    cxm_status status = cxm_yaml_read(bytes, &nodes, &self->arena, &faults, &root);
    if (status == CXM_E_NOMEM)
        cxm_fail_memory(error);
    else if (status == CXM_OK)
        status = reading.first ? reading.first : read_root(&reading, root);
    cxm_arena_clear(&nodes);
    return status;
}

const cxm_import_format cxm_import_quanteda = {"quanteda", read};
