/* SPDX-License-Identifier: MIT */
/* Telling what a piece of JSON is. */
#include "read/canonical.h"
#include "read/json_format.h"

cxm_status cxm_json_judge_init(cxm_json_judge *self, const cxm_allocator *allocator, cxm_str map,
                               cxm_str map_name, cxm_error *error) {
    *self = (cxm_json_judge){.allocator = *allocator};
    if (cxm_json_new(allocator, &self->json))
        return cxm_fail_memory(error);
    cxm_status status = cxm_dialects_init(&self->dialects, allocator, map, map_name, error);
    if (status)
        cxm_json_free(self->json);
    return status;
}

void cxm_json_judge_clear(cxm_json_judge *self) {
    cxm_json_free(self->json);
    cxm_dialects_clear(&self->dialects);
    cxm_release(&self->allocator, self->wrapped, self->wrapped_capacity);
}

cxm_str cxm_json_judge_wrap(cxm_json_judge *self, cxm_str before, cxm_str text, cxm_str behind) {
    size_t len = before.len + text.len + behind.len;
    void *block = self->wrapped;
    if (!cxm_array_reserve(&self->allocator, &block, &self->wrapped_capacity, len, 1)) {
        self->failed = true;
        return (cxm_str){NULL, 0};
    }
    self->wrapped = block;
    memcpy(self->wrapped, before.ptr, before.len);
    memcpy(self->wrapped + before.len, text.ptr, text.len);
    memcpy(self->wrapped + before.len + text.len, behind.ptr, behind.len);
    return (cxm_str){self->wrapped, len};
}

/* Which half of a surrogate pair an escape at `at` is: 'h'igh, 'l'ow; 0: it is none. */
static char surrogate_at(cxm_str text, size_t at) {
    if (at + 6 > text.len || text.ptr[at] != '\\' || text.ptr[at + 1] != 'u' ||
        cxm_ascii_lower(text.ptr[at + 2]) != 'd')
        return 0;
    char second = cxm_ascii_lower(text.ptr[at + 3]);
    bool is_high = second == '8' || second == '9' || second == 'a' || second == 'b';
    return is_high ? 'h' : second >= 'c' && second <= 'f' ? 'l' : 0;
}

cxm_str cxm_json_judge_mend(cxm_json_judge *self, cxm_str document) {
    enum { ESCAPE = 6 }; /* bytes of \\uD83D */
    char *copy = NULL;
    for (size_t at = 0; at + ESCAPE <= document.len; at++) {
        if (document.ptr[at] != '\\')
            continue;
        char half = surrogate_at(document, at);
        if (half == 'h' && surrogate_at(document, at + ESCAPE) == 'l') {
            at += 2 * ESCAPE - 1;
        } else if (half) {
            if (!copy && !cxm_json_judge_wrap(self, CXM_STR(""), document, CXM_STR("")).ptr)
                break;
            copy = self->wrapped;
            memcpy(copy + at, "\\ufffd", ESCAPE);
            at += ESCAPE - 1;
        } else {
            at++; /* what is escaped may be a backslash */
        }
    }
    return (cxm_str){copy, copy ? document.len : 0};
}

/* An array is one conversation where its first item alone, in an array, is one of a dialect that
 * has such arrays. */
static bool is_turn(void *context, cxm_str item) {
    cxm_json_judge *self = context;
    const cxm_json_value *root;
    cxm_json_failure failure;
    cxm_dialect_program *found = NULL;
    cxm_str array = cxm_json_judge_wrap(self, CXM_STR("["), item, CXM_STR("]"));
    if (!array.ptr)
        return false;
    cxm_status status = cxm_json_parse(self->json, array, array.len, &root, &failure);
    if (!status)
        status = cxm_dialects_find(&self->dialects, NULL, root, &found);
    self->failed = self->failed || status == CXM_E_NOMEM;
    return found && cxm_dialect_of(found)->is_array;
}

static bool is_wrapper(void *context, cxm_str key) {
    const cxm_json_judge *self = context;
    return cxm_dialects_is_wrapper(&self->dialects, key);
}

cxm_documents_judge cxm_json_judge_of(cxm_json_judge *self) {
    return (cxm_documents_judge){is_turn, is_wrapper, self};
}

bool cxm_json_knows(const cxm_dialects *dialects, const char *name) {
    const cxm_dialect *row;
    if (strcmp(name, "jsonl") == 0)
        return true;
    for (size_t i = 0; (row = cxm_dialects_at(dialects, i)) != NULL; i++)
        if (strcmp(row->name, name) == 0)
            return true;
    return false;
}

/* The first document of some bytes, of which what is whole will do. */
static cxm_status parse_first(cxm_json_judge *self, cxm_str bytes, const cxm_json_value **root) {
    char closing[CXM_MAX_CLOSING];
    size_t count;
    cxm_json_failure failure;
    cxm_documents documents;
    cxm_document first;
    cxm_documents_init(&documents, cxm_json_judge_of(self), SIZE_MAX);
    if (cxm_documents_next(&documents, bytes, true, &first) != CXM_FOUND_DOCUMENT)
        return CXM_E_SYNTAX;
    if (cxm_json_parse(self->json, first.text, first.text.len, root, &failure) == CXM_OK)
        return CXM_OK;
    size_t cut = cxm_documents_cut(first.text, failure.offset, CXM_MAX_CLOSING, closing, &count);
    cxm_str mended = cxm_json_judge_wrap(self, CXM_STR(""), cxm_str_slice(first.text, 0, cut),
                                         (cxm_str){closing, count});
    if (cut == 0 || !mended.ptr)
        return CXM_E_SYNTAX;
    return cxm_json_parse(self->json, mended, mended.len, root, &failure);
}

int cxm_json_score(const cxm_dialect *dialect, cxm_str bytes) {
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    const cxm_json_value *root;
    cxm_json_judge judge;
    cxm_dialect_program *found = NULL;
    cxm_str text = cxm_str_trim(bytes);
    if (text.len == 0 || cxm_json_sniff(text) == 0 ||
        cxm_json_judge_init(&judge, &allocator, (cxm_str){NULL, 0}, (cxm_str){NULL, 0}, NULL) !=
            CXM_OK)
        return 0;
    bool is = parse_first(&judge, text, &root) == CXM_OK && !cxm_canonical_is(root) &&
              cxm_dialects_find(&judge.dialects, NULL, root, &found) == CXM_OK && found &&
              cxm_dialect_of(found) == dialect;
    cxm_json_judge_clear(&judge);
    return is ? 100 : 0;
}
