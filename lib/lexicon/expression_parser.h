/* SPDX-License-Identifier: MIT */
/* What the two parsers of expressions share: signs one by one, failing, adding clauses. */
#ifndef CXM_LEXICON_EXPRESSION_PARSER_H
#define CXM_LEXICON_EXPRESSION_PARSER_H

#include "lexicon/expression.h"

typedef enum cxm_sign {
    CXM_SIGN_END,
    CXM_SIGN_WORD, /* of letters, digits, `_`, `.`, `-`, `*` */
    CXM_SIGN_TEXT, /* in quotation marks */
    CXM_SIGN_OPEN,
    CXM_SIGN_CLOSE,
    CXM_SIGN_COLON,
    CXM_SIGN_COMPARISON, /* = != < <= > >= */
    CXM_SIGN_PERCENT,
    CXM_SIGN_OTHER,
} cxm_sign;

typedef struct cxm_parser {
    cxm_pack *pack;
    cxm_arena *arena;
    const cxm_pack_scalar *scalar;
    cxm_str text;
    cxm_sign sign; /* the one at hand */
    size_t start;  /* its bytes, quotation marks included */
    size_t end;
    size_t behind; /* the end of the one before */
    size_t depth;
    cxm_clause *clauses; /* growing */
    size_t count;
    size_t capacity;
    cxm_status status; /* sticky: the first failure */
} cxm_parser;

void cxm_parser_next(cxm_parser *self);

/* The bytes of the sign at hand. */
cxm_str cxm_parser_word(const cxm_parser *self);

/* Whether the sign at hand is that word, in any case. */
bool cxm_parser_at(const cxm_parser *self, const char *word);

/* The same, and goes on behind it. */
bool cxm_parser_take(cxm_parser *self, const char *word);

/* Whether the sign at hand is a word of the language of expressions. */
bool cxm_parser_at_keyword(const cxm_parser *self);

/* The sign at hand is "<": makes it all of `<we>`. false where that is none, and it is told. */
bool cxm_parser_set(cxm_parser *self);

/* Tells what is wrong at byte `at`; the parser has failed then. Always false. */
bool cxm_parser_fail(cxm_parser *self, cxm_status code, size_t at, const char *format, ...)
    CXM_PRINTF(4, 5);

/* Tells that something else was expected at the sign at hand. Always false. */
bool cxm_parser_expected(cxm_parser *self, const char *what);

/* Adds a clause, from byte `start` to the end of the sign before; false where there is no
 * memory. */
bool cxm_parser_add(cxm_parser *self, cxm_clause clause, size_t start);

/* Goes one level down, and up again. */
bool cxm_parser_enter(cxm_parser *self);
void cxm_parser_leave(cxm_parser *self);

/* The last clause. */
static inline uint32_t cxm_parser_last(const cxm_parser *self) {
    return (uint32_t)self->count - 1;
}

/* The number at hand: with decimals only if `decimals`. */
bool cxm_parser_number(cxm_parser *self, bool decimals, const char *what, double *out);

/* Parses items with `and` and, more loosely, `or` between them. */
bool cxm_parse_junctions(cxm_parser *self, bool (*parse_item)(cxm_parser *self));

/* Parses what stands behind `where`, into one condition. */
bool cxm_parse_condition(cxm_parser *self);

#endif
