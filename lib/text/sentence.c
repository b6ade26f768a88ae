/* SPDX-License-Identifier: MIT */
#include "text/sentence.h"

#include "base/str.h"
#include "base/utf8.h"
#include "text/break_tables.h"
#include "text/sentence_break.h"

static char byte_at(cxm_str text, size_t at) {
    return at < text.len ? text.ptr[at] : '\0';
}

static bool is_small(char c) {
    return c >= 'a' && c <= 'z';
}

static bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

/* Whether a list item begins at `at`: "- ", "* ", "2. ", "2) ". */
static bool is_item(cxm_str text, size_t at) {
    char c = byte_at(text, at);
    if (c == '-' || c == '*')
        return byte_at(text, at + 1) == ' ';
    size_t digits = at;
    while (digits - at < 3 && cxm_is_digit(byte_at(text, digits)))
        digits++;
    c = byte_at(text, digits);
    return digits > at && (c == '.' || c == ')') && byte_at(text, digits + 1) == ' ';
}

/* A line end: only a blank line, or a list item behind it, ends a sentence. */
static cxm_sentence_end at_line_end(cxm_str text, size_t at) {
    size_t next = at + 1;
    while (byte_at(text, next) == ' ' || byte_at(text, next) == '\t' || byte_at(text, next) == '\r')
        next++;
    bool ends = byte_at(text, next) == '\n' || next >= text.len || is_item(text, next);
    return ends ? CXM_SENTENCE_ENDS : CXM_SENTENCE_GOES_ON;
}

static bool is_terminator(char c) {
    return c == '.' || c == '!' || c == '?';
}

/* Question marks of other scripts: Arabic, full width. */
static bool is_question_mark(uint32_t code_point) {
    return code_point == 0x61F || code_point == 0xFF1F;
}

/* What UAX #29 says: whether its next boundary behind the word stands before the next word. What
 * comes behind that word has no say in it. */
static bool is_boundary(cxm_str text, const cxm_sentence_place *place) {
    enum { FARTHEST = 512 }; /* that much between two words is the end of a sentence */
    size_t start = place->word_start;
    size_t len = place->next_end - start;
    if (place->next_word - place->at > FARTHEST)
        return true;
    size_t boundary = start + cxm_sentence_break_next(text.ptr + start, len, 0);
    return boundary > place->at && boundary <= place->next_word;
}

/* Whether the full stop ends a sentence for the tailorings, though not for UAX #29. */
static bool ends_by_tailoring(cxm_str text, const cxm_sentence_place *place) {
    size_t at = place->at;
    size_t len = at - place->word_start; /* of the word before it */
    char before = at > 0 ? text.ptr[at - 1] : '\0';
    char after = byte_at(text, at + 1);
    if (is_small(before) && is_capital(after))
        return true;
    size_t next = at + 1;
    while (next < place->next_word && cxm_is_space(text.ptr[next]))
        next++;
    return len >= 2 && before != '.' && !memchr(text.ptr + place->word_start, '.', len) &&
           cxm_is_space(after) && is_small(byte_at(text, next));
}

/* Whether terminators follow, apart from blanks: the last of them is judged for all. */
static bool more_follow(cxm_str text, const cxm_sentence_place *place) {
    size_t next = place->at + 1;
    while (next < place->next_word && text.ptr[next] == ' ')
        next++;
    return next < place->next_word && is_terminator(text.ptr[next]);
}

static bool asks(cxm_str text, const cxm_sentence_place *place) {
    for (size_t i = place->at + 1; i-- > place->word_start;) {
        if (text.ptr[i] == '?')
            return true;
        if (!is_terminator(text.ptr[i]) && text.ptr[i] != ' ')
            return false;
    }
    return false;
}

static bool is_bracket(char c) {
    return c == '[' || c == '(' || c == '<' || c == '{';
}

bool cxm_sentence_is_left_asking(cxm_str text, size_t from) {
    for (size_t i = from; i < text.len && !is_bracket(text.ptr[i]); i++)
        if (text.ptr[i] == '?')
            return true;
    return false;
}

/* Whether a bracket opens behind the terminators and blanks: what stands in it, an annotation
 * mostly, does not say how the sentence goes on. */
static bool opens_bracket(cxm_str text, size_t at) {
    size_t next = at + 1;
    while (byte_at(text, next) == ' ')
        next++;
    return next > at + 1 && is_bracket(byte_at(text, next));
}

static bool terminator_ends(cxm_str text, const cxm_sentence_place *place) {
    size_t at = place->at;
    bool one_stop = text.ptr[at] == '.' && (at == 0 || !is_terminator(text.ptr[at - 1]));
    if (one_stop && place->abbreviation)
        return place->next_word == text.len;
    /* By far the most frequent case, of which UAX #29 says the same. */
    if (byte_at(text, at + 1) == ' ' && is_capital(byte_at(text, at + 2)))
        return true;
    if (opens_bracket(text, at))
        return true;
    return is_boundary(text, place) || (one_stop && ends_by_tailoring(text, place));
}

static cxm_sentence_end at_terminator(cxm_str text, const cxm_sentence_place *place) {
    if (more_follow(text, place) || !terminator_ends(text, place))
        return CXM_SENTENCE_GOES_ON;
    return asks(text, place) ? CXM_SENTENCE_ASKS : CXM_SENTENCE_ENDS;
}

static cxm_sentence_end at_other_script(cxm_str text, const cxm_sentence_place *place) {
    uint32_t code_point;
    cxm_utf8_decode(text.ptr + place->at, text.len - place->at, &code_point);
    uint8_t property = (uint8_t)cxm_sentence_class(code_point);
    if ((property != CXM_SB_STERM && property != CXM_SB_ATERM) || !is_boundary(text, place))
        return CXM_SENTENCE_GOES_ON;
    return is_question_mark(code_point) ? CXM_SENTENCE_ASKS : CXM_SENTENCE_ENDS;
}

cxm_sentence_end cxm_sentence_end_at(cxm_str text, const cxm_sentence_place *place) {
    char c = text.ptr[place->at];
    if (c == '\n')
        return at_line_end(text, place->at);
    if (is_terminator(c))
        return at_terminator(text, place);
    if ((unsigned char)c >= 0x80)
        return at_other_script(text, place);
    return CXM_SENTENCE_GOES_ON;
}
