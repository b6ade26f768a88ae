/* SPDX-License-Identifier: MIT */
/* All that is JSON: the canonical form, and the dialects of vendors. */
#ifndef CXM_READ_JSON_FORMAT_H
#define CXM_READ_JSON_FORMAT_H

#include "read/dialect.h"
#include "read/documents.h"
#include "read/format.h"

/* A parser, the dialects, and what judges documents with both. */
typedef struct cxm_json_judge {
    cxm_allocator allocator;
    cxm_json *json;
    cxm_dialects dialects;
    char *wrapped; /* an item with brackets around it, or a document that was mended */
    size_t wrapped_capacity;
    bool failed; /* there was no memory */
} cxm_json_judge;

/* CXM_OK, CXM_E_NOMEM, or what is wrong with the user's map. Nothing to clear after a failure. */
cxm_status cxm_json_judge_init(cxm_json_judge *self, const cxm_allocator *allocator, cxm_str map,
                               cxm_str map_name, cxm_error *error);
void cxm_json_judge_clear(cxm_json_judge *self);
cxm_documents_judge cxm_json_judge_of(cxm_json_judge *self);

/* The same bytes with more behind them, in the judge's memory; ptr NULL: no memory. */
cxm_str cxm_json_judge_wrap(cxm_json_judge *self, cxm_str before, cxm_str text, cxm_str behind);

/* A copy of a document in which escapes of half a surrogate pair are those of U+FFFD; ptr NULL:
 * there are none, or no memory. */
cxm_str cxm_json_judge_mend(cxm_json_judge *self, cxm_str document);

/* What cuts the documents of a reader of JSON: for a stream, which then hands them over one by one
 * (cxm_reader.piece). And whether that has failed for want of memory since this was asked last. */
cxm_documents *cxm_json_documents(cxm_reader *self);
bool cxm_json_judge_failed(cxm_reader *self);

/* Whether `name` is one that --format takes for JSON. */
bool cxm_json_knows(const cxm_dialects *dialects, const char *name);

/* How surely some bytes are of a dialect: 100 or 0. */
int cxm_json_score(const cxm_dialect *dialect, cxm_str bytes);

#endif
