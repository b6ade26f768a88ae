/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as files of a pack. The first byte says how many files the rest is cut into, and
 * whether they are one load; what is told must point into its file.
 */
#include "lexicon/pack.h"

#include <stdlib.h>
#include <string.h>

static void require(bool condition) {
    if (!condition)
        abort();
}

/* Ended by a NUL within its field, on one line. */
static void check_text(const char *text, size_t size) {
    const char *end = memchr(text, '\0', size);
    require(end && !memchr(text, '\n', (size_t)(end - text)));
}

static void check_error(void *user, const cxm_error *error) {
    const size_t *len = user; /* of the file at hand */
    require(error->code == CXM_E_SYNTAX || error->code == CXM_E_ENCODING ||
            error->code == CXM_E_LIMIT);
    require(error->message[0] && (error->offset == UINT64_MAX || error->offset <= *len));
    require((error->line == 0) == (error->offset == UINT64_MAX));
    check_text(error->file, sizeof error->file);
    check_text(error->message, sizeof error->message);
    check_text(error->excerpt, sizeof error->excerpt);
}

static void check_scalar(cxm_pack *pack, const cxm_pack_scalar *scalar) {
    require(scalar->text.ptr && scalar->file && scalar->offset <= scalar->file->text.len);
    require(scalar->line >= 1);
    size_t len = scalar->file->text.len;
    pack->report_user = &len;
    cxm_pack_report(pack, CXM_E_SYNTAX, scalar, scalar->text.len / 2, "a place");
}

static void check_category(cxm_pack *pack, const cxm_pack_category *category) {
    require(category->phrase_count || category->unless.count || category->hits.count ||
            category->misses.count || pack->error_count);
    for (size_t i = 0; i < category->phrase_count; i++)
        check_scalar(pack, &category->phrases[i].text);
}

static void check_pack(cxm_pack *pack) {
    for (size_t i = 0; i < pack->category_count; i++)
        check_category(pack, &pack->categories[i]);
    for (size_t i = 0; i < pack->sets.count; i++) {
        require(pack->sets.items[i].values.count > 0);
        check_scalar(pack, &pack->sets.items[i].key);
        check_scalar(pack, &pack->sets.items[i].values.items[0]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    cxm_lexicon_options options = CXM_LEXICON_OPTIONS_INIT;
    cxm_pack pack;
    cxm_pack fork;
    size_t len = 0;
    options.report = check_error;
    options.report_user = &len;
    cxm_pack_init(&pack, &options, &allocator);
    size_t files = size ? data[0] % 3 + 1U : 0;
    bool one_load = size && data[0] & 0x80;
    const char *text = size ? (const char *)data + 1 : "";
    for (size_t left = size ? size - 1 : 0; files > 0; files--, text += len, left -= len) {
        len = left / files;
        pack.load += !one_load || pack.load == 0;
        cxm_status status =
            cxm_pack_add_file(&pack, cxm_str_from("f.yaml"), (cxm_str){text, len}, NULL);
        require(status != CXM_E_NOMEM);
    }
    if (cxm_pack_fork(&pack, &fork)) {
        check_pack(&fork);
        cxm_pack_clear(&fork);
    }
    cxm_pack_clear(&pack);
    return 0;
}
