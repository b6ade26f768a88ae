/* SPDX-License-Identifier: MIT */
/*
 * The list of a language's words, searched where it stands: lines of a word, a tab and a digit (how
 * frequent the word is, 0 to 9), sorted by the bytes of the words. Nothing is built at load time.
 */
#ifndef CXM_TEXT_WORD_LIST_H
#define CXM_TEXT_WORD_LIST_H

#include <cxmine/base.h>

typedef struct cxm_word_list {
    cxm_str text; /* empty: nothing is known of the language's words */
} cxm_word_list;

/* Whether the list is well formed and sorted; else `*offset` is that of the line that is not. */
bool cxm_word_list_check(const cxm_word_list *self, size_t *offset);

/* Whether a folded word is in the list; `frequency` may be NULL. */
bool cxm_word_list_find(const cxm_word_list *self, cxm_str word, unsigned *frequency);

/* Goes through the words: `*at` is 0 at first and moved on. `frequency` may be NULL. false at the
 * end. */
bool cxm_word_list_next(const cxm_word_list *self, size_t *at, cxm_str *word, unsigned *frequency);

#endif
