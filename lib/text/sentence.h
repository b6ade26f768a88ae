/* SPDX-License-Identifier: MIT */
/*
 * Where sentences end in a transcript. The rules are those of UAX #29 (sentence_break.h) with the
 * tailorings that transcripts need:
 *
 * - a single line end does not end a sentence, since lines wrap; a blank line does, and so does a
 *   line end in front of a list item;
 * - no sentence ends behind an abbreviation of the language;
 * - a full stop, a space and a small letter end one: people type so in chats. Dots in a row
 *   ("I'm so... sorry") do not;
 * - a full stop in front of a bracket ends one, whatever stands in the bracket;
 * - a full stop glued to a capital ends one where a small letter stands before it ("okay.So").
 */
#ifndef CXM_TEXT_SENTENCE_H
#define CXM_TEXT_SENTENCE_H

#include "base/str.h"

typedef enum cxm_sentence_end {
    CXM_SENTENCE_GOES_ON,
    CXM_SENTENCE_ENDS,
    CXM_SENTENCE_ASKS, /* it ends, and it is a question */
} cxm_sentence_end;

/* The place of a punctuation between words. */
typedef struct cxm_sentence_place {
    size_t at;         /* its offset */
    size_t word_start; /* where the last word before it starts; `at` where there is none */
    size_t
        next_word;   /* where the first word behind it starts; the text's length if there is none */
    size_t next_end; /* where that word ends; likewise */
    bool ascii;      /* all of the text is */
    bool abbreviation; /* whether the word before it is one */
} cxm_sentence_place;

/* Whether a sentence certainly ends with the terminator `c` at `at`, as nearly all do: it stands
 * right behind a letter or digit, and in front of a space and a capital or, in a text that is all
 * ASCII, at its end. It asks if it is a question mark. */
static inline bool cxm_sentence_ends_plainly(cxm_str text, size_t at, char c, bool abbreviation,
                                             bool ascii) {
    if (at == 0 || !(cxm_is_letter(text.ptr[at - 1]) || cxm_is_digit(text.ptr[at - 1])))
        return false;
    if (at + 1 == text.len)
        return ascii;
    return text.ptr[at + 1] == ' ' && at + 2 < text.len && text.ptr[at + 2] >= 'A' &&
           text.ptr[at + 2] <= 'Z' && !(abbreviation && c == '.');
}

/* Whether a sentence ends with a punctuation. Takes time in the distance of the words around it. */
cxm_sentence_end cxm_sentence_end_at(cxm_str text, const cxm_sentence_place *place);

/* Whether a sentence that the text ends, and whose last word ends at `from`, is a question: a
 * question mark stands there, in front of any bracket. */
bool cxm_sentence_is_left_asking(cxm_str text, size_t from);

#endif
