/* SPDX-License-Identifier: MIT */
/* Any bytes as a dictionary of another tool: what is read becomes a pack that compiles. */
#include "invariants.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void compile(cxm_str pack, size_t categories, size_t phrases) {
    cxm_lexicon_builder *builder;
    cxm_lexicon *lexicon;
    cxm_error error;
    require(cxm_lexicon_builder_new(NULL, &builder, NULL) == CXM_OK);
    require(cxm_lexicon_builder_add_bytes(builder, cxm_str_from("t.yaml"), pack, &error) == CXM_OK);
    require(cxm_lexicon_builder_build(builder, &lexicon, &error) == CXM_OK);
    require(cxm_lexicon_category_count(lexicon) == categories);
    require(cxm_lexicon_phrase_count(lexicon) == phrases);
    cxm_lexicon_free(lexicon);
    cxm_lexicon_builder_free(builder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const formats[] = {NULL, "liwc", "quanteda"};
    cxm_import_options options = CXM_IMPORT_OPTIONS_INIT;
    options.language = size % 8 ? "xx" : "en"; /* the data of English takes time */
    options.format = formats[size ? data[size - 1] % 3 : 0];
    cxm_str bytes = {size ? (const char *)data : "", size};
    cxm_import *import;
    cxm_error error;
    cxm_status status = cxm_import_new(bytes, &options, &import, &error);
    require((status == CXM_OK) == (import != NULL));
    if (!import) {
        check_error(&error, size);
        return 0;
    }
    for (size_t i = 0; i < cxm_import_note_count(import); i++)
        require(cxm_import_note_at(import, i)->line > 0);
    compile(cxm_import_pack(import), cxm_import_category_count(import),
            cxm_import_phrase_count(import));
    cxm_import_free(import);
    return 0;
}
