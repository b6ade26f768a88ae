/* SPDX-License-Identifier: MIT */
/*
 * Regular expressions on one word, by PCRE2 with its compiler to machine code where there is one.
 * A compiled expression is immutable and shared; each thread matches with a scratch of its own.
 * Match, depth and heap limits are set: an expression that would run wild does not match.
 */
#ifndef CXM_TEXT_REGEX_H
#define CXM_TEXT_REGEX_H

#include <cxmine/base.h>

enum { CXM_REGEX_MAX_BYTES = 1024 /* of an expression */ };

typedef struct cxm_regex cxm_regex;
typedef struct cxm_regex_scratch cxm_regex_scratch;

/* Compiles. On CXM_E_SYNTAX `message` (of at least 128 bytes) and `*offset` say what is wrong
 * where in the pattern; else CXM_OK or CXM_E_NOMEM. `allocator` is copied. */
cxm_status cxm_regex_compile(cxm_str pattern, const cxm_allocator *allocator, cxm_regex **out,
                             char message[128], size_t *offset);
void cxm_regex_free(cxm_regex *self);

/* NULL where there is no memory. */
cxm_regex_scratch *cxm_regex_scratch_new(const cxm_allocator *allocator);
void cxm_regex_scratch_free(cxm_regex_scratch *self);

/* Whether the expression is found in the word (valid UTF-8). */
bool cxm_regex_match(const cxm_regex *self, cxm_regex_scratch *scratch, cxm_str word);

/* The ASCII characters that a word can begin with that matches, a bit each; more where that is not
 * known. */
void cxm_regex_beginnings(const cxm_regex *self, cxm_regex_scratch *scratch, uint64_t out[2]);

/* An ASCII character that each word has that matches, a letter in small or as a capital: the small
 * one. '\0': none is known. */
char cxm_regex_needs(const cxm_regex *self);

/* The named groups of the first match in a text (valid UTF-8): found[i] becomes what names[i]
 * stands for, empty where that is nothing. CXM_OK, CXM_E_NOT_FOUND (no match) or CXM_E_NOMEM. */
cxm_status cxm_regex_groups(const cxm_regex *self, cxm_str text, const char *const *names,
                            size_t count, cxm_str *found);

#endif
