/* SPDX-License-Identifier: MIT */
/*
 * What the readers of a pack's parts share: from nodes of YAML to the structs of pack.h, with
 * faults told on the way. A node that is wrong is told once and reads as nothing. Nothing returns
 * a status: `no_memory` is sticky, whoever made the reader looks at it at the end.
 */
#ifndef CXM_LEXICON_PACK_READER_H
#define CXM_LEXICON_PACK_READER_H

#include "lexicon/pack.h"
#include "lexicon/yaml.h"

typedef struct cxm_pack_reader {
    cxm_pack *pack;
    const cxm_pack_file *file;
    bool no_memory;
} cxm_pack_reader;

/* A key that a mapping may have, and how its value is read. */
typedef struct cxm_pack_key {
    const char *name;
    void (*read)(cxm_pack_reader *self, const cxm_yaml_node *value, void *field);
    size_t offset; /* of the field to fill in what is being read */
} cxm_pack_key;

/* The keys of a mapping; `none` is the last, with no name. */
#define CXM_PACK_KEYS_END                                                                          \
    { NULL, NULL, 0 }

/* ---- Telling ---- */

/* Tells a fault at a node; the message says what is wrong, and what was expected. */
void cxm_pack_fault(cxm_pack_reader *self, const cxm_yaml_node *node, const char *format, ...)
    CXM_PRINTF(3, 4);

/* A text short enough to be shown in a message, for "%.*s" with CXM_STR_ARGS. */
cxm_str cxm_pack_short(cxm_str text);

/* ---- Kinds ---- */

/* Whether a node is of a kind; else it is told that `what` ("a list of phrases") was expected. */
bool cxm_pack_expect(cxm_pack_reader *self, const cxm_yaml_node *node, cxm_yaml_kind kind,
                     const char *what);

/* Whether a node is text that is not blank; told if not. */
bool cxm_pack_expect_text(cxm_pack_reader *self, const cxm_yaml_node *node, const char *what);

/* ---- Reading ---- */

/* A text with its place. */
cxm_pack_scalar cxm_pack_scalar_of(const cxm_pack_reader *self, const cxm_yaml_node *node);

/* A list of texts, none of them blank; blank ones too where `may_be_blank`. */
cxm_pack_list cxm_pack_list_of(cxm_pack_reader *self, const cxm_yaml_node *node, const char *what,
                               bool may_be_blank);

/* Reads a text into a cxm_pack_scalar, the field. */
void cxm_pack_read_text(cxm_pack_reader *self, const cxm_yaml_node *value, void *field);

/* Reads a weight or points. false where it is none, and that is told. */
bool cxm_pack_read_number(cxm_pack_reader *self, const cxm_yaml_node *value, double *number);

/* Reads a mapping by its table of keys; keys that are not in it are told, with the nearest. */
void cxm_pack_read_keys(cxm_pack_reader *self, const cxm_yaml_node *mapping,
                        const cxm_pack_key *keys, void *into);

/* The value of a key of a mapping; NULL where there is none. */
const cxm_yaml_node *cxm_pack_find(const cxm_yaml_node *mapping, const char *name);

/* The nearest of the names of a NULL-terminated list that `text` may be a slip for; or NULL. */
const char *cxm_pack_nearest(cxm_str text, const char *const *names);

/* The nearest of many names to a misspelt one: put each to it. */
typedef struct cxm_suggestion {
    cxm_str wrong;
    cxm_str best; /* ptr NULL: none yet */
    size_t edits; /* of the best */
} cxm_suggestion;

void cxm_suggest(cxm_suggestion *self, cxm_str name);

/* Told: `text` is none of the names that it can be. */
void cxm_pack_fault_choice(cxm_pack_reader *self, const cxm_yaml_node *node,
                           const char *const *names);

/* A decimal number of at most 15 digits, without exponent; false for anything else. */
bool cxm_pack_parse_number(cxm_str text, double *number);

/* Whether every byte of a text is a lower-case ASCII letter, digit or underscore; false if empty.
 */
bool cxm_pack_is_name(cxm_str text);

/* ---- The parts of a file, for the table of its keys; `field` is the field of the cxm_pack ---- */

void cxm_pack_read_categories(cxm_pack_reader *self, const cxm_yaml_node *value, void *field);
void cxm_pack_read_behaviors(cxm_pack_reader *self, const cxm_yaml_node *value, void *field);
void cxm_pack_read_scorecards(cxm_pack_reader *self, const cxm_yaml_node *value, void *field);
void cxm_pack_read_sets(cxm_pack_reader *self, const cxm_yaml_node *value, void *field);
void cxm_pack_read_stemmer(cxm_pack_reader *self, const cxm_yaml_node *value, void *field);
void cxm_pack_read_words(cxm_pack_reader *self, const cxm_yaml_node *value, void *field);
void cxm_pack_read_readings(cxm_pack_reader *self, const cxm_yaml_node *value, void *field);
void cxm_pack_read_clitics(cxm_pack_reader *self, const cxm_yaml_node *value, void *field);
void cxm_pack_read_spellings(cxm_pack_reader *self, const cxm_yaml_node *value, void *field);
void cxm_pack_read_roles(cxm_pack_reader *self, const cxm_yaml_node *value, void *field);
void cxm_pack_read_role_cues(cxm_pack_reader *self, const cxm_yaml_node *value, void *field);

#endif
