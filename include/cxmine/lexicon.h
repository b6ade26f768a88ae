/* SPDX-License-Identifier: MIT */
/**
 * @file lexicon.h
 * A lexicon: what to look for, compiled from packs of YAML files.
 *
 * lexicons/README.md describes the files and the phrase language. A lexicon is immutable: any
 * number of threads may mine with it, each with a miner of its own.
 */
#ifndef CXMINE_LEXICON_H
#define CXMINE_LEXICON_H

#include <cxmine/base.h>
#include <cxmine/transcript.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A compiled lexicon. Free with cxm_lexicon_free() after all miners that use it. */
typedef struct cxm_lexicon cxm_lexicon;

/** Whose turns a category is looked for in. Turns of unknown role are looked at for all. */
typedef enum cxm_speaker {
    CXM_SPEAKER_ANY = 0,     /**< In every turn. */
    CXM_SPEAKER_AGENT = 1,   /**< In turns of agents and of unknown role. */
    CXM_SPEAKER_CUSTOMER = 2 /**< In turns of customers and of unknown role. */
} cxm_speaker;

/** A category, as `policy.cite`. Every string lives as long as the lexicon. */
typedef struct cxm_category {
    cxm_str name;   /**< `family.member` */
    cxm_str family; /**< The part before the first full stop. */
    cxm_str title;  /**< For people; may be empty. */
    cxm_str why;    /**< Why it matters; may be empty. */
    cxm_speaker speaker;
    double weight; /**< What a hit counts; negative for what harms. */
    size_t phrase_count;
    bool hidden; /**< It is a phrase of an expression, and `name` is that phrase as written. */
} cxm_category;

/** A phrase of a category, and where it stands. Every string lives as long as the lexicon. */
typedef struct cxm_phrase {
    cxm_str text;      /**< As written in the pack. */
    uint32_t category; /**< Index for cxm_lexicon_category(). */
    cxm_str file;      /**< The pack's file, relative to the pack, as `policy.yaml`. */
    uint32_t line;     /**< From 1. */
    double weight;     /**< Its own, else its category's. */
} cxm_phrase;

/** A test of a category: a text in which it must be found, or must not. */
typedef struct cxm_lexicon_test {
    cxm_str text;
    uint32_t category;
    bool hit;     /**< true: found at least once. false: not found. */
    cxm_str file; /**< As in cxm_phrase. */
    uint32_t line;
} cxm_lexicon_test;

/** How a lexicon is made. Zero in a field means the default. */
typedef struct cxm_lexicon_options {
    size_t struct_size;             /**< Set by CXM_LEXICON_OPTIONS_INIT; never by hand. */
    const cxm_allocator *allocator; /**< Copied; its `user` must outlive the lexicon. */
    /**
     * Called for every error of every file, in order, before the call that found them fails. The
     * error is valid during the call only. NULL: only the first error is told, in cxm_error.
     */
    void (*report)(void *user, const cxm_error *error);
    void *report_user; /**< Handed to `report`. */
    bool keep_parts;   /**< true: keep what cxm_lexicon_part() tells and trace.h works with. */
} cxm_lexicon_options;

#define CXM_LEXICON_OPTIONS_INIT                                                                   \
    { sizeof(cxm_lexicon_options), NULL, NULL, NULL, false }

/**
 * Loads and compiles a pack: a directory of `.yaml` files (read in the order of their names) or
 * one file. Where the pack brings no language data of its own, that of the built-in pack of its
 * `language:` is used.
 *
 * @param path     NUL-terminated.
 * @param options  NULL for the defaults; not kept.
 * @return CXM_OK, CXM_E_IO, CXM_E_SYNTAX, CXM_E_LIMIT or CXM_E_NOMEM. Thread-safe.
 */
CXM_API CXM_NODISCARD cxm_status cxm_lexicon_load(const char *path,
                                                  const cxm_lexicon_options *options,
                                                  cxm_lexicon **out, cxm_error *error);

/** Frees a lexicon; NULL does nothing. */
CXM_API void cxm_lexicon_free(cxm_lexicon *self);

/** A lexicon in the making, from several packs. One thread at a time. */
typedef struct cxm_lexicon_builder cxm_lexicon_builder;

/** Starts a lexicon. `options` as in cxm_lexicon_load(), kept until the builder ends. */
CXM_API CXM_NODISCARD cxm_status cxm_lexicon_builder_new(const cxm_lexicon_options *options,
                                                         cxm_lexicon_builder **out,
                                                         cxm_error *error);

/** Adds a pack that is compiled in, as "en". CXM_E_NOT_FOUND where there is none of that name. */
CXM_API CXM_NODISCARD cxm_status cxm_lexicon_builder_add_builtin(cxm_lexicon_builder *self,
                                                                 const char *name,
                                                                 cxm_error *error);

/** Adds a pack from a directory or a file. */
CXM_API CXM_NODISCARD cxm_status cxm_lexicon_builder_add_path(cxm_lexicon_builder *self,
                                                              const char *path, cxm_error *error);

/**
 * Adds one file of a pack from memory.
 *
 * @param name   What errors and hits call the file. Copied, as are the bytes.
 * @return CXM_OK, CXM_E_SYNTAX, CXM_E_LIMIT or CXM_E_NOMEM. After CXM_E_SYNTAX more can be added,
 *         so that all errors are told at once, but _build() will fail.
 */
CXM_API CXM_NODISCARD cxm_status cxm_lexicon_builder_add_bytes(cxm_lexicon_builder *self,
                                                               cxm_str name, cxm_str bytes,
                                                               cxm_error *error);

/**
 * Compiles what was added. Categories of one name are one: their phrases, `unless` and tests add
 * up over packs. The builder stays the caller's to free.
 *
 * @return CXM_OK, CXM_E_SYNTAX (also where adding failed before), CXM_E_LIMIT or CXM_E_NOMEM.
 */
CXM_API CXM_NODISCARD cxm_status cxm_lexicon_builder_build(cxm_lexicon_builder *self,
                                                           cxm_lexicon **out, cxm_error *error);

/** Frees a builder, not what it built; NULL does nothing. */
CXM_API void cxm_lexicon_builder_free(cxm_lexicon_builder *self);

/** How many categories there are; their indices are sorted by name. */
CXM_API size_t cxm_lexicon_category_count(const cxm_lexicon *self);

/**
 * The category at `index`; NULL where there is none. Phrases that stand in expressions are hidden
 * categories: evidence may be a hit of one. Their indices are behind those that are counted.
 */
CXM_API const cxm_category *cxm_lexicon_category(const cxm_lexicon *self, size_t index);

/** Finds a category by its name. @return true and `*index`, or false. */
CXM_API bool cxm_lexicon_find_category(const cxm_lexicon *self, cxm_str name, uint32_t *index);

/** How many phrases there are in all. */
CXM_API size_t cxm_lexicon_phrase_count(const cxm_lexicon *self);

/** The phrase at `index`; NULL where there is none. Those of hidden categories are not counted. */
CXM_API const cxm_phrase *cxm_lexicon_phrase(const cxm_lexicon *self, size_t index);

/** How many tests the packs bring. */
CXM_API size_t cxm_lexicon_test_count(const cxm_lexicon *self);

/** The test at `index`; NULL where there is none. */
CXM_API const cxm_lexicon_test *cxm_lexicon_test_at(const cxm_lexicon *self, size_t index);

/** What a part of a lexicon is. */
typedef enum cxm_part_kind {
    CXM_PART_PHRASE = 0, /**< A phrase of a category. */
    CXM_PART_UNLESS = 1, /**< A phrase that drops hits: of a category, or of one phrase. */
    CXM_PART_MEMBER = 2  /**< A member of a set. */
} cxm_part_kind;

/** No category, phrase, part, hit, turn or speaker, where a number of one is asked for. */
#define CXM_NONE UINT32_MAX

/** One line of a pack, to be looked at by itself. Every string lives as long as the lexicon. */
typedef struct cxm_part {
    cxm_part_kind kind;
    cxm_str text;      /**< As written in the pack. */
    cxm_str file;      /**< As in cxm_phrase. */
    uint32_t line;     /**< From 1. */
    uint32_t category; /**< MEMBER: CXM_NONE. */
    uint32_t phrase; /**< PHRASE: its index. UNLESS: the phrase it belongs to; CXM_NONE: to all. */
    cxm_str set;     /**< MEMBER: the name of its set; else empty. */
    bool builtin;    /**< It comes from a pack that is compiled in. */
} cxm_part;

/**
 * How many parts there are, of a lexicon that was made with `keep_parts`; else 0. The first ones
 * are the phrases, part `i` being phrase `i`.
 */
CXM_API size_t cxm_lexicon_part_count(const cxm_lexicon *self);

/** The part at `index`; NULL where there is none. */
CXM_API const cxm_part *cxm_lexicon_part(const cxm_lexicon *self, size_t index);

/**
 * The role that a speaker's label stands for in the language of the packs: "Agent 2" and
 * "AGENT_02" are agents. CXM_ROLE_UNKNOWN for any other label.
 */
CXM_API cxm_role cxm_lexicon_role_of(const cxm_lexicon *self, cxm_str label);

#ifdef __cplusplus
}
#endif
#endif
