/* SPDX-License-Identifier: MIT */
/*
 * JSON as the tool itself reads it: a line of a gold file. A value is followed by the values in
 * it, each with its own behind it, so that a tree is one array.
 */
#ifndef CXM_CLI_JSON_IN_H
#define CXM_CLI_JSON_IN_H

#include <cxmine.h>

typedef enum cli_json_kind {
    CLI_JSON_NULL,
    CLI_JSON_FALSE,
    CLI_JSON_TRUE,
    CLI_JSON_NUMBER,
    CLI_JSON_STRING,
    CLI_JSON_ARRAY,
    CLI_JSON_OBJECT
} cli_json_kind;

typedef struct cli_json_value {
    cli_json_kind kind;
    cxm_str key;  /* of a member of an object, without escapes; else empty */
    cxm_str text; /* of a string: without escapes; of a number: as written; else empty */
    size_t span;  /* how many values this one is, with all that are in it */
} cli_json_value;

/* A tree and its memory, used again for the next document. All zero at first. */
typedef struct cli_json {
    cli_json_value *values;
    size_t count;
    size_t capacity;
    char *strings; /* without escapes; texts and keys point into it or into the document */
    size_t string_capacity;
} cli_json;

enum { CLI_JSON_MAX_DEPTH = 64 };

/*
 * Parses one document, which must outlive the use of the tree. Returns NULL, or what is wrong: a
 * message, static, with *column from 1 in bytes. Bytes are not checked to be UTF-8.
 */
const char *cli_json_parse(cli_json *self, cxm_str document, size_t *column);

void cli_json_clear(cli_json *self);

/* The first value in an array or object; NULL where there is none. */
const cli_json_value *cli_json_first(const cli_json_value *parent);

/* The value behind `child` in `parent`; NULL behind the last. */
const cli_json_value *cli_json_next(const cli_json_value *parent, const cli_json_value *child);

/* The member of an object with a key, the last of several; NULL where there is none. */
const cli_json_value *cli_json_member(const cli_json_value *object, const char *key);

#endif
