/* SPDX-License-Identifier: MIT */
/* What is asked of both kinds of boundaries of UAX #29, of words and of sentences. */
#ifndef CXM_TESTS_BREAKS_H
#define CXM_TESTS_BREAKS_H

#include "support.h"

/* The boundary behind `from`. */
typedef size_t (*next_break)(const char *text, size_t len, size_t from);

/* Every line of a test file of Unicode, of which so many have a sample. */
void check_unicode_file(next_break next, const char *path, int samples);

/* Segments, one per string up to NULL, that must come out of their concatenation. */
void check_segments(next_break next, const char *const *parts, int number);

/* Nothing moves from the end on. */
void check_end(next_break next);

/* Steps through a text; checks that every step moves forward and none past the end. */
size_t count_segments(next_break next, const char *text, size_t len);

/* Steps through every text of up to four of these pieces, in a block of exactly its size. */
void check_damaged(next_break next, const char *const *pieces, size_t count);

/* A head once, then a body until the text has a megabyte, then a tail. */
typedef struct long_case {
    const char *head, *body, *tail;
} long_case;

/* Steps through it in a time that is no quadratic one. */
void check_long(next_break next, const long_case *given);

#endif
