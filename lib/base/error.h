/* SPDX-License-Identifier: MIT */
/* Failing: every function fills the caller's cxm_error and returns its code in one statement. */
#ifndef CXM_BASE_ERROR_H
#define CXM_BASE_ERROR_H

#include <cxmine/base.h>

/* A place in an input. `text` is the whole of it, so that line and column can be counted. */
typedef struct cxm_place {
    cxm_str file;
    cxm_str text;
    size_t offset;
    size_t first_line; /* the number of the first line of `text`; 0: 1 */
} cxm_place;

#if defined(__GNUC__)
#define CXM_PRINTF(at, first) __attribute__((format(printf, at, first)))
#else
#define CXM_PRINTF(at, first)
#endif

/* Fills `error` (which may be NULL) with a code and a message, and returns the code. */
cxm_status cxm_fail(cxm_error *error, cxm_status code, const char *format, ...) CXM_PRINTF(3, 4);

/* The same with file, line, column, and the offending line as the excerpt. */
cxm_status cxm_fail_at(cxm_error *error, cxm_status code, const cxm_place *place,
                       const char *format, ...) CXM_PRINTF(4, 5);

/* "out of memory", always in the same words. */
cxm_status cxm_fail_memory(cxm_error *error);

/* Copies `text` into `out` of `size` bytes, NUL-terminated, cut on a code point boundary. */
void cxm_copy_cut(char *out, size_t size, cxm_str text);

/* How many bytes of a string a message shows: 120 at most, and no half of a code point. */
int cxm_shown_len(cxm_str text);

/* The precision and pointer that printf's "%.*s" wants. */
#define CXM_STR_ARGS(text) cxm_shown_len(text), ((text).len ? (text).ptr : "")

#endif
