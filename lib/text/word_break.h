/* SPDX-License-Identifier: MIT */
#ifndef CXM_TEXT_WORD_BREAK_H
#define CXM_TEXT_WORD_BREAK_H

/*
 * Word boundaries: rules WB1 to WB999 of UAX #29, Unicode 15.0, without tailoring. The segments
 * between boundaries cover the text: words, but also spaces and punctuation marks.
 *
 * All functions are pure, so any number of threads may call them.
 */

#include <stdbool.h>
#include <stddef.h>

/**
 * The byte offset of the first word boundary after `from`.
 *
 * Going from 0 to `len` in such steps takes time linear in `len`, whatever the text. Nothing before
 * `from` is looked at, nor any byte at or after text[len].
 *
 * @param text  UTF-8 of any sort; each invalid byte is taken as one U+FFFD, and so is a segment.
 * @param from  A boundary: 0, or a result of this function for the same text.
 * @return An offset above `from`; `len` at the end of the text, or if `from` is at or past it.
 */
size_t cxm_word_break_next(const char *text, size_t len, size_t from);

/**
 * True if the segment text[start..end) is a token for text mining: if it has a letter, number,
 * ideograph, kana or Hangul, or is an emoji (Extended_Pictographic, so U+00A9 and U+2122 too, or a
 * pair of regional indicators). False for spaces, punctuation, lone marks and an empty segment.
 *
 * @param start, end  Two neighboring boundaries in bytes.
 */
bool cxm_segment_is_word(const char *text, size_t start, size_t end);

#endif
