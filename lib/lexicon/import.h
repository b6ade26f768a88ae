/* SPDX-License-Identifier: MIT */
/*
 * Reading dictionaries of other tools: import_liwc.c and import_quanteda.c find categories and
 * patterns, import_pattern.c makes phrases of patterns, import.c writes the pack.
 */
#ifndef CXM_LEXICON_IMPORT_H
#define CXM_LEXICON_IMPORT_H

#include "base/buffer.h"
#include "lexicon/pack.h"
#include "lexicon/phrase.h"

#include <cxmine/import.h>

/* A phrase of a category. */
typedef struct cxm_import_phrase cxm_import_phrase;
struct cxm_import_phrase {
    cxm_str text;
    cxm_import_phrase *next;
};

typedef struct cxm_import_category {
    cxm_str name; /* family.member */
    cxm_import_phrase *first;
    cxm_import_phrase *last;
    size_t count;
} cxm_import_category;

struct cxm_import {
    cxm_allocator allocator;
    cxm_arena arena;
    cxm_buffer text; /* the pack */
    cxm_str language;
    cxm_str family;
    cxm_import_category *categories; /* in the order of the dictionary */
    size_t category_count;
    size_t category_capacity;
    cxm_table names; /* of categories */
    size_t phrase_count;
    size_t phrase_bytes;
    cxm_import_note *notes;
    size_t note_count;
    size_t note_capacity;
    cxm_pack pack;            /* phrases are tried in it */
    cxm_language no_language; /* nothing is known of a language */
};

/* A dictionary format; import.c lists them. */
typedef struct cxm_import_format {
    const char *name;
    /* CXM_OK, CXM_E_SYNTAX, CXM_E_LIMIT or CXM_E_NOMEM, with `error` filled. */
    cxm_status (*read)(cxm_import *self, cxm_str bytes, cxm_error *error);
} cxm_import_format;

extern const cxm_import_format cxm_import_liwc;
extern const cxm_import_format cxm_import_quanteda;

/* Adds a category; its name is made fit and new. `member` may hold anything. */
cxm_status cxm_import_add_category(cxm_import *self, cxm_str family, cxm_str member, size_t *index);

/* Adds a phrase to a category. CXM_OK, CXM_E_LIMIT or CXM_E_NOMEM. */
cxm_status cxm_import_add_phrase(cxm_import *self, size_t category, cxm_str phrase);

/* Notes what is left out. CXM_OK or CXM_E_NOMEM. */
cxm_status cxm_import_add_note(cxm_import *self, size_t line, cxm_str text, const char *message);

/* Makes a phrase of a pattern; ptr NULL, with a note, where it has no counterpart. CXM_OK or
 * CXM_E_NOMEM. */
cxm_status cxm_import_pattern(cxm_import *self, size_t line, cxm_str pattern, cxm_str *phrase);

#endif
