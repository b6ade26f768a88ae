/* SPDX-License-Identifier: MIT */
/*
 * Folding: what makes two spellings of a word one. Unicode NFKC case folding (utf8proc), and the
 * typographic apostrophes become ASCII.
 */
#ifndef CXM_TEXT_FOLD_H
#define CXM_TEXT_FOLD_H

#include <cxmine/base.h>

enum {
    CXM_WORD_MAX_BYTES = 255,   /* a longer word is no word of any lexicon and is not folded */
    CXM_FOLDED_MAX_BYTES = 1024 /* room for the folded form of any word up to that */
};

typedef struct cxm_folded {
    size_t len;
    char text[CXM_FOLDED_MAX_BYTES];
} cxm_folded;

/* Folds one word of at most CXM_WORD_MAX_BYTES valid UTF-8 bytes; an empty result is possible
 * (a word of ignorable code points only). false where it is longer. */
bool cxm_fold(cxm_str word, cxm_folded *out);

static inline cxm_str cxm_folded_str(const cxm_folded *self) {
    return (cxm_str){self->text, self->len};
}

/* Whether a folded word is made of the letters a to z only: such words can be mended. */
bool cxm_is_letters(cxm_str folded);

#endif
