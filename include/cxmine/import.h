/* SPDX-License-Identifier: MIT */
/**
 * @file import.h
 * Dictionaries of other tools as packs: LIWC (`.dic`) and the YAML form of quanteda.
 */
#ifndef CXMINE_IMPORT_H
#define CXMINE_IMPORT_H

#include <cxmine/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A dictionary that was read. Immutable; free with cxm_import_free(). */
typedef struct cxm_import cxm_import;

/** How a dictionary is read. Zero in a field means the default. */
typedef struct cxm_import_options {
    size_t struct_size;             /**< Set by CXM_IMPORT_OPTIONS_INIT; never by hand. */
    const cxm_allocator *allocator; /**< Copied; its `user` must outlive the import. */
    const char *format;             /**< "liwc", "quanteda"; NULL: recognized by content. */
    const char *language;           /**< Of the pack, as "de"; NULL: "en". */
    const char *family; /**< Of categories without one: a-z, 0-9, `_`; NULL: "dictionary". */
} cxm_import_options;

#define CXM_IMPORT_OPTIONS_INIT                                                                    \
    { sizeof(cxm_import_options), NULL, NULL, NULL, NULL }

/** Something of a dictionary that a pack cannot say, and that was left out. */
typedef struct cxm_import_note {
    uint32_t line;   /**< Of the dictionary, from 1. */
    cxm_str text;    /**< What was left out, as written there. */
    cxm_str message; /**< Why, in English; no final full stop. */
} cxm_import_note;

/**
 * Reads a dictionary. A pattern becomes a phrase: `abandon*` stays as it is, `*ing` and `wom?n`
 * become regular expressions, a lone `*` among other words is any word. Categories become
 * `family.member`: keys within keys give family and member, others stand in `options->family`. What
 * a pack cannot say is left out and noted.
 *
 * @param bytes    UTF-8, 16 MiB at most. Borrowed for the call.
 * @param options  NULL for the defaults; not kept.
 * @return CXM_OK, CXM_E_SYNTAX, CXM_E_ENCODING, CXM_E_LIMIT (also where the pack would exceed
 *         16 MiB, 4096 categories or 262 144 phrases), CXM_E_NOT_FOUND (no such format),
 * CXM_E_ARGUMENT or CXM_E_NOMEM. Thread-safe.
 */
CXM_API CXM_NODISCARD cxm_status cxm_import_new(cxm_str bytes, const cxm_import_options *options,
                                                cxm_import **out, cxm_error *error);

/** The pack: one YAML file, that compiles without errors. Borrowed, as all below. */
CXM_API cxm_str cxm_import_pack(const cxm_import *self);

/** How many categories the pack has, and how many phrases in all. */
CXM_API size_t cxm_import_category_count(const cxm_import *self);
CXM_API size_t cxm_import_phrase_count(const cxm_import *self);

/** How much was left out. */
CXM_API size_t cxm_import_note_count(const cxm_import *self);

/** What was left out, in the order of the dictionary; NULL where there is none at `index`. */
CXM_API const cxm_import_note *cxm_import_note_at(const cxm_import *self, size_t index);

/** Frees an import; NULL does nothing. */
CXM_API void cxm_import_free(cxm_import *self);

#ifdef __cplusplus
}
#endif
#endif
