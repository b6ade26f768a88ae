/* SPDX-License-Identifier: MIT */
/*
 * YAML, as far as packs need it: one document of mappings, lists and texts, as a tree of nodes that
 * know their places. Every scalar is text. Anchors, aliases, merge keys, tags, directives, keys
 * that are no text and further documents are faults. Only yaml.c knows the YAML library.
 */
#ifndef CXM_LEXICON_YAML_H
#define CXM_LEXICON_YAML_H

#include "base/memory.h"

/* What a hostile file may cost. Exceeding any of these is CXM_E_LIMIT. */
enum {
    CXM_YAML_MAX_BYTES = 16 << 20,
    CXM_YAML_MAX_DEPTH = 32,       /* mappings and lists within each other */
    CXM_YAML_MAX_NODES = 1 << 20,  /* texts, lists and mappings, keys included */
    CXM_YAML_MAX_SPACE = 512,      /* spaces, tabs and line ends in a row */
    CXM_YAML_MAX_FLOW = 256 << 10, /* bytes from a bracket or brace to its end */
};

typedef enum cxm_yaml_kind {
    CXM_YAML_TEXT,
    CXM_YAML_LIST,
    CXM_YAML_MAPPING,
    CXM_YAML_FAULTY, /* a fault of it has been told; there is nothing to read */
} cxm_yaml_kind;

typedef struct cxm_yaml_node cxm_yaml_node;
struct cxm_yaml_node {
    cxm_yaml_kind kind;
    uint32_t line;            /* from 1 */
    size_t offset;            /* of the first byte of what it holds: behind an opening quote */
    cxm_str text;             /* of a TEXT: folded and unescaped; empty where nothing is written */
    const cxm_yaml_node *key; /* a TEXT where this node is a value of a mapping; else NULL */
    cxm_yaml_node *first;     /* the items of a LIST, the values of a MAPPING, as written */
    cxm_yaml_node *next;      /* the next item or value of the same parent */
    size_t count;             /* how many items or values there are */
};

/* Who is told of faults: a place in the text, and what is wrong there, what was expected. */
typedef struct cxm_yaml_faults {
    void (*tell)(void *user, cxm_status code, size_t offset, const char *message);
    void *user;
} cxm_yaml_faults;

/*
 * Reads a whole file. Takes time linear in its size.
 *
 * @param text   Any bytes. Texts of nodes that need no unescaping point into it.
 * @param nodes  Where the nodes are put.
 * @param texts  Where unescaped texts are put.
 * @param root   The tree; NULL where the file holds nothing, or on failure.
 * @return CXM_OK where there is a tree, or nothing to read, although faults may have been told;
 *         else, with one fault told at least, CXM_E_SYNTAX, CXM_E_ENCODING (no UTF-8) or
 *         CXM_E_LIMIT; CXM_E_NOMEM, with none told.
 */
cxm_status cxm_yaml_read(cxm_str text, cxm_arena *nodes, cxm_arena *texts,
                         const cxm_yaml_faults *faults, const cxm_yaml_node **root);

#endif
