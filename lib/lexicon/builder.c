/* SPDX-License-Identifier: MIT */
/* The public way to a lexicon: from packs of all sorts to cxm_lexicon_compile(). */
#include "base/str.h"
#include "lexicon/builtin.h"
#include "lexicon/compile.h"
#include "lexicon/directory.h"
#include "lexicon/source.h"

struct cxm_lexicon_builder {
    cxm_allocator allocator;
    cxm_pack pack;
    bool keep_parts;
};

cxm_status cxm_lexicon_builder_new(const cxm_lexicon_options *options, cxm_lexicon_builder **out,
                                   cxm_error *error) {
    cxm_lexicon_options given = CXM_LEXICON_OPTIONS_INIT;
    if (!out)
        return cxm_fail(error, CXM_E_ARGUMENT, "no place for the builder");
    *out = NULL;
    if (!cxm_options_read(&given, sizeof given, options))
        return cxm_fail(error, CXM_E_ARGUMENT, "the options are not initialized");
    cxm_allocator allocator = cxm_allocator_or_default(given.allocator);
    cxm_lexicon_builder *self = cxm_allocate(&allocator, sizeof *self);
    if (!self)
        return cxm_fail_memory(error);
    self->allocator = allocator;
    self->keep_parts = given.keep_parts;
    cxm_pack_init(&self->pack, &given, &allocator);
    *out = self;
    return CXM_OK;
}

void cxm_lexicon_builder_free(cxm_lexicon_builder *self) {
    if (!self)
        return;
    cxm_allocator allocator = self->allocator;
    cxm_pack_clear(&self->pack);
    cxm_release(&allocator, self, sizeof *self);
}

/* ---- Adding ---- */

/* A call that adds files: what the builder held before it, and the first thing that failed. */
typedef struct addition {
    cxm_pack *pack;
    cxm_pack before;
    cxm_status status;
    cxm_error *error;
} addition;

static addition start_addition(cxm_lexicon_builder *self, cxm_error *error) {
    self->pack.load++;
    return (addition){&self->pack, self->pack, CXM_OK, error};
}

/* Faults of a file do not keep the next from being read; want of memory does. */
static cxm_status note(addition *self, cxm_status status, const cxm_error *error) {
    if (status && (!self->status || status == CXM_E_NOMEM)) {
        self->status = status;
        if (self->error)
            *self->error = *error;
    }
    return status == CXM_E_NOMEM ? status : CXM_OK;
}

static cxm_status add_static(void *user, cxm_str name, cxm_str text, cxm_error *failure) {
    addition *self = user;
    cxm_error error;
    if (note(self, cxm_pack_add_static(self->pack, name, text, &error), &error))
        return cxm_fail_memory(failure);
    return CXM_OK;
}

/* A call that failed for other reasons than what stands in the files leaves nothing behind. */
static cxm_status end_addition(addition *self, bool failed) {
    if (failed || self->status == CXM_E_NOMEM)
        cxm_pack_roll_back(self->pack, &self->before);
    return self->status;
}

static const cxm_builtin_pack *find_builtin(cxm_str name) {
    const cxm_builtin_pack *pack = cxm_builtin_packs;
    while (pack->name && !cxm_str_is(name, pack->name))
        pack++;
    return pack->name ? pack : NULL;
}

static cxm_str text_of(const cxm_builtin_file *file) {
    return (cxm_str){(const char *)file->bytes, file->len};
}

cxm_status cxm_lexicon_builder_add_builtin(cxm_lexicon_builder *self, const char *name,
                                           cxm_error *error) {
    if (!self || !name)
        return cxm_fail(error, CXM_E_ARGUMENT, "no builder or no name");
    const cxm_builtin_pack *pack = find_builtin(cxm_str_from(name));
    if (!pack)
        return cxm_fail(error, CXM_E_NOT_FOUND, "no built-in pack '%.100s'", name);
    addition call = start_addition(self, error);
    for (size_t i = 0; i < pack->file_count; i++) {
        const cxm_builtin_file *file = &pack->files[i];
        if (add_static(&call, cxm_str_from(file->name), text_of(file), NULL))
            break;
    }
    return end_addition(&call, false);
}

cxm_status cxm_lexicon_builder_add_path(cxm_lexicon_builder *self, const char *path,
                                        cxm_error *error) {
    if (!self || !path)
        return cxm_fail(error, CXM_E_ARGUMENT, "no builder or no path");
    addition call = start_addition(self, error);
    cxm_directory_visitor visitor = {add_static, &call};
    cxm_error failure;
    cxm_status status = cxm_directory_read(path, &self->pack.arena, &visitor, &failure);
    if (!status)
        return end_addition(&call, false);
    if (status != CXM_E_NOMEM && self->pack.report)
        self->pack.report(self->pack.report_user, &failure);
    if (error)
        *error = failure;
    call.status = status;
    return end_addition(&call, true);
}

cxm_status cxm_lexicon_builder_add_bytes(cxm_lexicon_builder *self, cxm_str name, cxm_str bytes,
                                         cxm_error *error) {
    if (!self || (!name.ptr && name.len) || (!bytes.ptr && bytes.len))
        return cxm_fail(error, CXM_E_ARGUMENT, "no builder, name or bytes");
    addition call = start_addition(self, error);
    cxm_error failure;
    note(&call, cxm_pack_add_file(call.pack, name, bytes, &failure), &failure);
    return end_addition(&call, false);
}

cxm_status cxm_lexicon_builder_add_query(cxm_lexicon_builder *self, cxm_str name,
                                         cxm_str expression, cxm_error *error) {
    if (!self || (!name.ptr && name.len) || (!expression.ptr && expression.len))
        return cxm_fail(error, CXM_E_ARGUMENT, "no builder, name or expression");
    return cxm_pack_add_query(&self->pack, name.len ? name : CXM_STR("query"), expression)
               ? cxm_fail_memory(error)
               : CXM_OK;
}

/* ---- Building ---- */

/* The language data of the built-in pack of the pack's language, where it has none of its own. */
static cxm_status add_language(cxm_pack *pack, cxm_error *error) {
    const cxm_builtin_pack *builtin = find_builtin(pack->language.text);
    cxm_status status = CXM_OK;
    if (pack->has_language_data || !builtin)
        return CXM_OK;
    pack->load++;
    for (size_t i = 0; i < builtin->file_count && !status; i++) {
        const cxm_builtin_file *file = &builtin->files[i];
        cxm_str name = cxm_str_from(file->name);
        if (cxm_str_is(name, "language.yaml") || cxm_str_is(name, CXM_PACK_WORD_LIST))
            status = cxm_pack_add_static(pack, name, text_of(file), error);
    }
    return status;
}

static cxm_status compile(cxm_pack *pack, const cxm_allocator *allocator, cxm_lexicon **out,
                          cxm_error *error) {
    cxm_status status = pack->incomplete ? CXM_OK : add_language(pack, error);
    if (!status && !pack->incomplete)
        status = cxm_lexicon_compile(pack, allocator, out, error);
    if (status == CXM_E_NOMEM || pack->error_count == 0)
        return status;
    cxm_lexicon_free(*out);
    *out = NULL;
    if (error)
        *error = pack->first_error;
    return pack->first_error.code;
}

static cxm_status keep_source(cxm_pack *pack, cxm_lexicon **lexicon, cxm_error *error) {
    if (cxm_source_keep(pack, *lexicon) == CXM_OK)
        return CXM_OK;
    cxm_lexicon_free(*lexicon);
    *lexicon = NULL;
    return cxm_fail_memory(error);
}

cxm_status cxm_lexicon_builder_build(cxm_lexicon_builder *self, cxm_lexicon **out,
                                     cxm_error *error) {
    if (!self || !out)
        return cxm_fail(error, CXM_E_ARGUMENT, "no builder or no place for the lexicon");
    *out = NULL;
    if (!self->pack.file_count && !self->pack.queries.count)
        return cxm_fail(error, CXM_E_ARGUMENT, "nothing was added to the builder");
    cxm_pack pack; /* a copy, so that building again does the same again */
    if (!cxm_pack_fork(&self->pack, &pack))
        return cxm_fail_memory(error);
    cxm_status status = compile(&pack, &self->allocator, out, error);
    if (!status && self->keep_parts)
        status = keep_source(&pack, out, error);
    cxm_pack_clear(&pack);
    return status;
}

/* Compiles also where a file has faults, so that those of its phrases are told with the others. */
static cxm_status load(cxm_lexicon_builder *builder, const char *path, cxm_lexicon **out,
                       cxm_error *error) {
    cxm_status status = cxm_lexicon_builder_add_path(builder, path, error);
    if (status && !builder->pack.error_count)
        return status;
    return cxm_lexicon_builder_build(builder, out, error);
}

cxm_status cxm_lexicon_load(const char *path, const cxm_lexicon_options *options, cxm_lexicon **out,
                            cxm_error *error) {
    cxm_lexicon_builder *builder;
    if (!out)
        return cxm_fail(error, CXM_E_ARGUMENT, "no place for the lexicon");
    *out = NULL;
    cxm_status status = cxm_lexicon_builder_new(options, &builder, error);
    if (status)
        return status;
    status = load(builder, path, out, error);
    cxm_lexicon_builder_free(builder);
    return status;
}
