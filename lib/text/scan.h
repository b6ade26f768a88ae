/* SPDX-License-Identifier: MIT */
/*
 * Finding the words of a text, fast: 64 bytes at a time as bitmaps where the text is ASCII, by
 * UAX #29 (word_break.h) where it is not. Both give the same words, those of UAX #29, but for two
 * tailorings that transcripts need:
 *
 * - a colon between letters parts words ("thing:we" is two);
 * - so does a full stop between a small and a capital ASCII letter ("happened.I" is two).
 *
 * Besides words the scanner notes marks: the places between words that a later stage must look at
 * (ends of sentences, brackets, dashes, line ends).
 */
#ifndef CXM_TEXT_SCAN_H
#define CXM_TEXT_SCAN_H

#include "base/memory.h"

/* Bytes behind the end of a text that must be readable (whatever they hold). */
enum { CXM_SCAN_PADDING = 64 };

/* A word: [start, end) in the text. */
typedef struct cxm_span {
    uint32_t start;
    uint32_t end;
} cxm_span;

/* A byte between words that may mean something. */
typedef struct cxm_mark {
    uint32_t offset; /* of the byte, or of the first of a code point */
    uint32_t before; /* how many words stand before it */
} cxm_mark;

/* The words and marks of a text; arrays that are kept and grow from text to text. */
typedef struct cxm_scan {
    cxm_allocator allocator;
    cxm_span *spans;
    size_t span_count;
    size_t span_capacity;
    cxm_mark *marks;
    size_t mark_count;
    size_t mark_capacity;
    bool ascii; /* all of the text is */
} cxm_scan;

void cxm_scan_init(cxm_scan *self, const cxm_allocator *allocator);
void cxm_scan_clear(cxm_scan *self);

/* Scans valid UTF-8 shorter than 4 GiB, with CXM_SCAN_PADDING readable bytes behind its end. Ends
 * with one mark at the end of the text. false where there is no memory. */
bool cxm_scan_text(cxm_scan *self, cxm_str text);

#endif
