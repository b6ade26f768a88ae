/* SPDX-License-Identifier: MIT */
/*
 * The phrase language: from the text of a phrase to a tree. lexicons/README.md describes the
 * language for users. Words of the tree are folded, and a word with several readings has become
 * a choice between them.
 */
#ifndef CXM_LEXICON_PHRASE_H
#define CXM_LEXICON_PHRASE_H

#include "lexicon/pack.h"
#include "text/language.h"

enum {
    CXM_PHRASE_MAX_BYTES = 4096,
    CXM_PHRASE_MAX_DEPTH = 16, /* parentheses in parentheses */
    CXM_PHRASE_MAX_GAP = 20,   /* words of one gap */
    CXM_PHRASE_DEFAULT_GAP = 3,
    CXM_PHRASE_REST_WORDS = 40, /* what <rest> takes at most */
    CXM_PHRASE_MAX_WORDS = 256, /* the longest text that a phrase may match */
};

typedef enum cxm_node_kind {
    CXM_NODE_WORD,     /* text: the word */
    CXM_NODE_PREFIX,   /* refund*; text: the prefix */
    CXM_NODE_STEM,     /* state~; text: the word as written */
    CXM_NODE_REGEX,    /* text: the expression between the slashes, without blanks beside a | */
    CXM_NODE_ANY,      /* _ */
    CXM_NODE_GAP,      /* ...6; count */
    CXM_NODE_SET,      /* <we>; text: the name */
    CXM_NODE_REST,     /* <rest> */
    CXM_NODE_START,    /* ^ */
    CXM_NODE_END,      /* $ */
    CXM_NODE_QUESTION, /* $? */
    CXM_NODE_SEQUENCE, /* children one after the other */
    CXM_NODE_CHOICE,   /* one of the children */
    CXM_NODE_OPTIONAL, /* the child or nothing */
    CXM_NODE_CAPTURE,  /* (name=...); text: the name; one child */
} cxm_node_kind;

typedef struct cxm_node cxm_node;
struct cxm_node {
    cxm_node_kind kind;
    uint32_t count;
    uint32_t primitive; /* of a leaf, plus 1; 0: it was not looked up yet */
    uint32_t atom;      /* of the single words of a choice, plus 1; 0: none, or not collected yet */
    bool collected;     /* they were, and so were the other ways */
    size_t offset;      /* in the phrase's text, for errors */
    cxm_str text;
    cxm_node *child; /* the first */
    cxm_node *next;  /* the next child of the same parent */
    cxm_node *ways;  /* of a choice, whatever is not a single word (ways.c) */
};

/*
 * Parses a phrase. What is wrong is told through cxm_pack_report() with its place.
 *
 * `arena` owns the tree; words may also point into `language` and into the scalar.
 * CXM_OK, CXM_E_SYNTAX, CXM_E_LIMIT or CXM_E_NOMEM.
 */
cxm_status cxm_phrase_parse(cxm_pack *pack, const cxm_language *language,
                            const cxm_pack_scalar *scalar, cxm_arena *arena, cxm_node **out);

/* Where in an expression as written, without the slashes, that stands which stands at `offset` in
 * the text of its node. */
size_t cxm_regex_place(cxm_str written, size_t offset);

/* Goes through the words of plain text (no phrase language): `*from` is moved behind the word. */
bool cxm_next_word(cxm_str text, size_t *from, cxm_str *word);

#endif
