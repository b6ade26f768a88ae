/* SPDX-License-Identifier: MIT */
/* The packs that are compiled in: lexicons/<name>/, made into C by make_builtin.py. */
#ifndef CXM_LEXICON_BUILTIN_H
#define CXM_LEXICON_BUILTIN_H

#include <stddef.h>

typedef struct cxm_builtin_file {
    const char *name; /* NUL-terminated, as "language.yaml" */
    const unsigned char *bytes;
    size_t len;
} cxm_builtin_file;

typedef struct cxm_builtin_pack {
    const char *name;              /* NUL-terminated, as "en": the `language:` of its files too */
    const cxm_builtin_file *files; /* in the byte order of their names */
    size_t file_count;
} cxm_builtin_pack;

extern const cxm_builtin_pack cxm_builtin_packs[]; /* the last one has no name (NULL) */

#endif
