/* SPDX-License-Identifier: MIT */
#ifndef CXM_TEXT_SENTENCE_BREAK_H
#define CXM_TEXT_SENTENCE_BREAK_H

/*
 * Sentence boundaries: rules SB1 to SB998 of UAX #29, Unicode 15.0, without tailoring. So "Mr.
 * Smith" has a boundary before "Smith"; abbreviations are language data and a matter for the
 * caller. The spaces after a sentence belong to it.
 *
 * The function is pure, so any number of threads may call it.
 */

#include <stddef.h>

/**
 * The byte offset of the first sentence boundary after `from`.
 *
 * Going from 0 to `len` in such steps takes time linear in `len`, whatever the text. Nothing before
 * `from` is looked at, nor any byte at or after text[len].
 *
 * @param text  UTF-8 of any sort; each invalid byte is taken as one U+FFFD.
 * @param from  A boundary: 0, or a result of this function for the same text.
 * @return An offset above `from`; `len` at the end of the text, or if `from` is at or past it.
 */
size_t cxm_sentence_break_next(const char *text, size_t len, size_t from);

#endif
