/* SPDX-License-Identifier: MIT */
/*
 * JSON as a flat tree. A value is followed by the values in it, each with its own behind it, so
 * that a tree is one array and walking it is running through memory:
 *
 *     {"a": [1, 2], "b": 3}    ->    object  a:array  1  2  b:number      (spans 5 3 1 1 1)
 *
 * json.cpp fills it with simdjson; this header is all that is seen of it.
 */
#ifndef CXM_READ_JSON_H
#define CXM_READ_JSON_H

#include <cxmine/base.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    CXM_JSON_MAX_DEPTH = 64,        /* arrays and objects in one another */
    CXM_JSON_MAX_VALUES = 16 << 20, /* of one document */
};

typedef enum cxm_json_kind {
    CXM_JSON_NULL,
    CXM_JSON_FALSE,
    CXM_JSON_TRUE,
    CXM_JSON_NUMBER,
    CXM_JSON_STRING,
    CXM_JSON_ARRAY,
    CXM_JSON_OBJECT
} cxm_json_kind;

typedef struct cxm_json_value {
    cxm_str key;     /* of a member of an object, without escapes; else empty */
    cxm_str text;    /* of a string: without escapes; of all others: as written */
    double number;   /* of a number; else 0 */
    uint32_t span;   /* how many values this one is, with all that are in it */
    uint32_t offset; /* where it starts in the document, in bytes */
    cxm_json_kind kind;
} cxm_json_value;

/* A parser and the memory of its last tree. One thread at a time. */
typedef struct cxm_json cxm_json;

/* Why a document was not parsed, and where. */
typedef struct cxm_json_failure {
    const char *message; /* static; says what was expected or is wrong */
    size_t offset;       /* in the document */
} cxm_json_failure;

/* CXM_OK or CXM_E_NOMEM. */
cxm_status cxm_json_new(const cxm_allocator *allocator, cxm_json **out);
void cxm_json_free(cxm_json *self);

/*
 * Parses one document, which must be an array or an object.
 *
 * `readable` says how many bytes can be read from `document.ptr` on; where they go far enough
 * beyond the document it is parsed in place, else copied. Whatever stands there is not looked at.
 *
 * On success *root is the tree; it and its strings live until the next call. CXM_E_SYNTAX,
 * CXM_E_ENCODING, CXM_E_LIMIT and CXM_E_NOMEM fill *failure.
 */
cxm_status cxm_json_parse(cxm_json *self, cxm_str document, size_t readable,
                          const cxm_json_value **root, cxm_json_failure *failure);

/* The first value in an array or object; NULL where it is empty or has none. */
static inline const cxm_json_value *cxm_json_first(const cxm_json_value *parent) {
    return parent->span > 1 ? parent + 1 : NULL;
}

/* The value behind `child` in `parent`; NULL behind the last. */
static inline const cxm_json_value *cxm_json_next(const cxm_json_value *parent,
                                                  const cxm_json_value *child) {
    const cxm_json_value *next = child + child->span;
    return next < parent + parent->span ? next : NULL;
}

/*
 * Finds the members of an object by name: found[i] becomes the one with the key names[i], the last
 * of them where there are several, NULL where there is none.
 */
void cxm_json_members(const cxm_json_value *object, const cxm_str *names, size_t count,
                      const cxm_json_value **found);

#ifdef __cplusplus
}
#endif
#endif
