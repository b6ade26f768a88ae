/* SPDX-License-Identifier: MIT */
/*
 * Packs as read: what stands in the YAML files, checked for form but not yet compiled. Everything
 * lives in the arena of the cxm_pack; every scalar knows its place, so that whatever is found
 * wrong with it later can be told with file, line and column.
 *
 * pack.c keeps the pack and reads a file's top level, pack_category.c its categories and
 * pack_language.c its language data, pack_behavior.c its behaviors and scorecards, with the helpers
 * of pack_reader.h; pack_report.c tells errors.
 */
#ifndef CXM_LEXICON_PACK_H
#define CXM_LEXICON_PACK_H

#include "base/error.h"
#include "base/memory.h"
#include "base/table.h"

#include <cxmine/lexicon.h>

/* Limits of a pack; lexicons/README.md lists them for users. */
enum {
    CXM_PACK_MAX_FILE_BYTES = 16 << 20, /* of a file; yaml.h has more limits of a file */
    CXM_PACK_MAX_BYTES = 256 << 20,     /* of all files */
    CXM_PACK_MAX_FILES = 4096,
    CXM_PACK_MAX_ERRORS = 200, /* told per build; then one line says that there were more */
};

typedef struct cxm_pack_file {
    cxm_str name; /* relative to the pack, or as given to add_bytes */
    cxm_str text;
} cxm_pack_file;

/* A scalar with the byte offset of its first character in the file's text (behind a quote). Its
 * text is unescaped and folded; it is valid UTF-8, may hold any character, and is never NULL but
 * where a field below says so. */
typedef struct cxm_pack_scalar {
    cxm_str text;
    const cxm_pack_file *file;
    size_t offset;
    uint32_t line;
} cxm_pack_scalar;

typedef struct cxm_pack_list {
    cxm_pack_scalar *items;
    size_t count;
} cxm_pack_list;

typedef struct cxm_pack_phrase {
    cxm_pack_scalar text; /* not blank; so are those of all lists but the values of clitics */
    double weight;
    bool has_weight;
    cxm_pack_list unless;
} cxm_pack_phrase;

/* A key with one or several scalars: a set, a contraction, a clitic, a spelling, a role. */
typedef struct cxm_pack_entry {
    cxm_pack_scalar key;
    cxm_pack_list values; /* one at least */
    uint32_t load;        /* the pack's `load` when it was added */
} cxm_pack_entry;

typedef struct cxm_pack_entries {
    cxm_pack_entry *items;
    size_t count;
    size_t capacity;
} cxm_pack_entries;

/* A category of one file. The same name may come again in others; compiling adds them up. */
typedef struct cxm_pack_category {
    cxm_pack_scalar name;
    cxm_pack_scalar title; /* text.ptr NULL: absent; likewise why */
    cxm_pack_scalar why;
    cxm_pack_scalar speaker; /* "agent", "customer", "any"; text.ptr NULL: absent (any) */
    double weight;
    bool has_weight;
    bool drop_negated; /* negation: drop */
    bool hidden;       /* a phrase of an expression; its name is the phrase as written there */
    cxm_pack_phrase *phrases;
    size_t phrase_count;
    cxm_pack_list unless;
    cxm_pack_list hits; /* tests */
    cxm_pack_list misses;
} cxm_pack_category; /* of phrases, unless, hits and misses one at least is not empty */

/* A behavior; of one name from several loads the last holds. */
typedef struct cxm_pack_behavior {
    cxm_pack_scalar name;
    cxm_pack_scalar title; /* text.ptr NULL: absent; likewise why */
    cxm_pack_scalar why;
    cxm_pack_scalar expression; /* text.ptr NULL: wrong, and told */
    double weight;              /* 0 where not said */
    cxm_pack_list hits;         /* dialogues */
    cxm_pack_list misses;
    uint32_t load;
} cxm_pack_behavior;

typedef struct cxm_pack_criterion {
    cxm_pack_scalar name;
    cxm_pack_scalar title; /* text.ptr NULL: absent; likewise all but one of these */
    cxm_pack_scalar why;
    cxm_pack_scalar given;
    cxm_pack_scalar expect;
    cxm_pack_scalar avoid;
    double points;
    cxm_pack_list hits;
    cxm_pack_list misses;
    cxm_pack_list nones;
} cxm_pack_criterion;

typedef struct cxm_pack_scorecard {
    cxm_pack_scalar name;
    cxm_pack_scalar title;
    cxm_pack_scalar why;
    cxm_pack_scalar given;
    cxm_pack_criterion *criteria;
    size_t criterion_count;
    uint32_t load;
} cxm_pack_scorecard;

/* Several lists of one language, over all files that were added. */
typedef struct cxm_pack_words {
    cxm_pack_scalar *items;
    size_t count;
    size_t capacity;
} cxm_pack_words;

/* Errors of the file being read, kept back to be told in the order of their places. */
typedef struct cxm_pack_faults {
    cxm_error *items;
    size_t count;
    size_t capacity;
    size_t dropped; /* behind those, and more than are ever told */
    bool held;      /* a file is being read */
} cxm_pack_faults;

typedef struct cxm_pack {
    cxm_allocator allocator;
    cxm_arena arena;
    void (*report)(void *user, const cxm_error *error); /* or NULL */
    void *report_user;
    cxm_pack_faults faults;
    size_t error_count;
    cxm_error first_error;  /* of error_count, unless that is 0: what the public call hands back */
    bool incomplete;        /* a file was no YAML: what it would have defined is missing */
    bool has_language_data; /* a file with any of the keys of language data was added: those from
                               `stemmer` to `negators` below, not sets */

    uint32_t load; /* counted up by the caller before each lot of files that belong together */
    size_t file_count;
    size_t total_bytes;
    cxm_table set_names; /* -> index in sets, of the last one; for finding a second in one load */

    cxm_pack_scalar language; /* of the first file; text.ptr NULL: none yet */
    cxm_pack_scalar stemmer;  /* text.ptr NULL: none */
    cxm_pack_entries sets;    /* a name may come again, from another load: members add up */
    cxm_pack_entries contractions;
    cxm_pack_entries clitics;   /* values may be "" */
    cxm_pack_entries spellings; /* key: the canonical form */
    cxm_pack_entries roles;     /* key: agent, customer, bot or other */
    cxm_pack_entries role_cues; /* key: a role and a weight, as "agent 1.5" */
    cxm_pack_words ambiguous;
    cxm_pack_words fillers;
    cxm_pack_words annotations;
    cxm_pack_words abbreviations;
    cxm_pack_words negators;
    cxm_pack_words redactions;
    cxm_pack_words affixes;    /* "over-", "-able" */
    cxm_pack_scalar word_list; /* words.txt, for cxm_word_list; text.len 0: none */

    cxm_pack_category *categories;
    size_t category_count;
    size_t category_capacity;

    cxm_pack_behavior *behaviors;
    size_t behavior_count;
    size_t behavior_capacity;
    cxm_pack_scorecard *scorecards;
    size_t scorecard_count;
    size_t scorecard_capacity;
    cxm_pack_words queries; /* each in a file of its own */
} cxm_pack;

/* The file of a pack that is its word list, not YAML. */
#define CXM_PACK_WORD_LIST "words.txt"

/* `options` may be NULL. */
void cxm_pack_init(cxm_pack *self, const cxm_lexicon_options *options,
                   const cxm_allocator *allocator);
void cxm_pack_clear(cxm_pack *self);

/*
 * Makes `out` a pack that holds what `self` holds and can be added to on its own: building works
 * on one, so that it can be done again. `self` must outlive it. false, with nothing to clear,
 * where there is no memory.
 */
bool cxm_pack_fork(const cxm_pack *self, cxm_pack *out);

/* Makes the pack hold what it held when it was copied to `saved`, errors included. */
void cxm_pack_roll_back(cxm_pack *self, const cxm_pack *saved);

/*
 * Reads one file and adds what it holds; a file named words.txt is a word list. Every error of the
 * file is told through cxm_pack_report(), in the order of their places; the good parts are added
 * all the same, so that later files are checked too. After CXM_E_NOMEM a part may have been added:
 * roll back. CXM_OK, or the code of the file's first error, which `error` then holds:
 * CXM_E_SYNTAX, CXM_E_ENCODING, CXM_E_LIMIT; or CXM_E_NOMEM.
 */
cxm_status cxm_pack_add_file(cxm_pack *self, cxm_str name, cxm_str text, cxm_error *error);

/* The same for a name and a text that outlive the pack: they are not copied. */
cxm_status cxm_pack_add_static(cxm_pack *self, cxm_str name, cxm_str text, cxm_error *error);

/* Adds a query that is called `name`; both are copied. CXM_OK or CXM_E_NOMEM. */
cxm_status cxm_pack_add_query(cxm_pack *self, cxm_str name, cxm_str expression);

/* A part of a scalar's text as a scalar of its own, with its place in the file. */
cxm_pack_scalar cxm_pack_scalar_part(const cxm_pack_scalar *scalar, size_t start, size_t end);

/*
 * Tells the user of an error at byte `at` of a scalar's text (its place in the file is found also
 * where the scalar is folded or escaped), and counts it. Returns its code. `scalar` may be NULL,
 * and may have no file: there is no place to tell then.
 */
cxm_status cxm_pack_report(cxm_pack *self, cxm_status code, const cxm_pack_scalar *scalar,
                           size_t at, const char *format, ...) CXM_PRINTF(5, 6);

/* Keeps errors back from now on; tells those kept back, of which the first goes to `first` (false:
 * there is none); or forgets them. */
void cxm_pack_hold_errors(cxm_pack *self);
bool cxm_pack_tell_errors(cxm_pack *self, cxm_error *first);
void cxm_pack_forget_errors(cxm_pack *self);

#endif
