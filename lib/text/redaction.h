/* SPDX-License-Identifier: MIT */
/* Marks that stand for what was taken out of a text: "[NAME]", "<PHONE_NUMBER>", "#ORG#", "***". */
#ifndef CXM_TEXT_REDACTION_H
#define CXM_TEXT_REDACTION_H

#include "text/language.h"

/* Whether a mark can begin with a sign. */
static inline bool cxm_redaction_begins(char c) {
    return c == '[' || c == '<' || c == '{' || c == '(' || c == '#' || c == '*';
}

/* The bytes of the mark that begins at `at`; 0 where none does. */
size_t cxm_redaction_at(const cxm_language *language, cxm_str text, size_t at);

/* Whether a folded word is a letter over and over that stands for what was taken out: "XXXX". */
bool cxm_redaction_is_word(const cxm_language *language, cxm_str folded);

#endif
