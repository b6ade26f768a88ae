/* SPDX-License-Identifier: MIT */
#include "text/sentence_break.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/utf8.h"
#include "text/break_tables.h"

#define BIT(class) (UINT32_C(1) << (class))
#define CASED (BIT(CXM_SB_UPPER) | BIT(CXM_SB_LOWER))
#define PARASEP (BIT(CXM_SB_SEP) | BIT(CXM_SB_CR) | BIT(CXM_SB_LF))
#define SATERM (BIT(CXM_SB_ATERM) | BIT(CXM_SB_STERM))
#define IGNORED (BIT(CXM_SB_EXTEND) | BIT(CXM_SB_FORMAT))

/* How much of "SATerm Close* Sp*" stands just before the place reached. */
typedef enum phase { PHASE_NONE, PHASE_TERM, PHASE_CLOSE, PHASE_SPACE } phase;

/* A sentence as far as it is known; `at` is the offset after its last code point. */
typedef struct scan {
    const char *text;
    size_t len;
    size_t at;
    phase phase;
    cxm_sentence_break last; /* the class of the last code point that SB5 does not ignore */
    bool after_cased;        /* the terminator follows an Upper or Lower, as SB7 wants it */
    bool may_go_on;          /* the terminator is an ATerm */
} scan;

static size_t decode_class(const scan *self, size_t at, cxm_sentence_break *class) {
    uint32_t cp;
    size_t size = cxm_utf8_decode(self->text + at, self->len - at, &cp);
    *class = cxm_sentence_class(cp);
    return size;
}

/*
 * SB8: true if the next letter, terminator or paragraph separator from the place reached is a
 * Lower.
 *
 * It is asked once at most for one terminator: the sentence then either ends here, or goes on with
 * no terminator before it. And it stops at the next terminator, so no two look-aheads cover the
 * same text, and the time stays linear.
 */
static bool lower_follows(const scan *self) {
    const uint32_t stops = CASED | BIT(CXM_SB_OLETTER) | PARASEP | SATERM;
    size_t at = self->at;
    while (at < self->len) {
        cxm_sentence_break class;
        at += decode_class(self, at, &class);
        if (BIT(class) & stops)
            return class == CXM_SB_LOWER;
    }
    return false;
}

/* True if there is no boundary before `class`, which is neither ignored nor a ParaSep. */
static bool stays(const scan *self, cxm_sentence_break class) {
    if (self->phase == PHASE_NONE) /* SB998 */
        return true;
    if (BIT(class) & (SATERM | BIT(CXM_SB_SCONTINUE))) /* SB8a */
        return true;
    if (class == CXM_SB_SP) /* SB9, SB10 */
        return true;
    if (class == CXM_SB_CLOSE && self->phase != PHASE_SPACE) /* SB9 */
        return true;
    if (!self->may_go_on)
        return false;
    if (self->phase == PHASE_TERM && class == CXM_SB_NUMERIC) /* SB6 */
        return true;
    if (self->phase == PHASE_TERM && class == CXM_SB_UPPER && self->after_cased) /* SB7 */
        return true;
    return lower_follows(self); /* SB8, SB11 */
}

static phase phase_after(phase before, cxm_sentence_break class) {
    if (BIT(class) & SATERM)
        return PHASE_TERM;
    if (before != PHASE_NONE && class == CXM_SB_SP)
        return PHASE_SPACE;
    if ((before == PHASE_TERM || before == PHASE_CLOSE) && class == CXM_SB_CLOSE)
        return PHASE_CLOSE;
    return PHASE_NONE;
}

static void take(scan *self, size_t end, cxm_sentence_break class) {
    self->at = end;
    if (BIT(class) & IGNORED) /* SB5 */
        return;
    if (BIT(class) & SATERM) {
        self->after_cased = (BIT(self->last) & CASED) != 0;
        self->may_go_on = class == CXM_SB_ATERM;
    }
    self->phase = phase_after(self->phase, class);
    self->last = class;
}

/* Takes a ParaSep that ends at `end`: it belongs to the sentence and ends it (SB3, SB4, SB9-11). */
static void take_separator(scan *self, size_t end, cxm_sentence_break class) {
    self->at = end;
    if (class == CXM_SB_CR && end < self->len && self->text[end] == '\n')
        self->at++;
}

/* ASCII that neither ends a paragraph nor is a terminator. */
static bool is_plain(char c) {
    static const uint64_t members[4] = {
        ~(UINT64_C(1) << '\n' | UINT64_C(1) << '\r' | UINT64_C(1) << '!' | UINT64_C(1) << '.' |
          UINT64_C(1) << '?'),
        ~UINT64_C(0),
    };
    unsigned char byte = (unsigned char)c;
    return members[byte >> 6] >> (byte & 63) & 1;
}

/* Within a sentence nothing ends it before the next terminator or separator, so runs are skipped.
 */
static void skip_plain(scan *self) {
    size_t at = self->at;
    while (at < self->len && is_plain(self->text[at]))
        at++;
    if (at > self->at)
        take(self, at, cxm_sentence_class((unsigned char)self->text[at - 1]));
}

size_t cxm_sentence_break_next(const char *text, size_t len, size_t from) {
    if (from >= len)
        return len;
    scan self = {.text = text, .len = len, .at = from};
    for (;;) {
        if (self.phase == PHASE_NONE)
            skip_plain(&self);
        if (self.at >= len)
            return len;
        cxm_sentence_break class;
        size_t end = self.at + decode_class(&self, self.at, &class);
        if (BIT(class) & PARASEP) {
            take_separator(&self, end, class);
            return self.at;
        }
        if (!(BIT(class) & IGNORED) && !stays(&self, class))
            return self.at;
        take(&self, end, class);
    }
}
