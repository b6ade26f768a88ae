/* SPDX-License-Identifier: MIT */
#include "text/redaction.h"

#include "base/str.h"
#include "text/fold.h"

static bool is_letter(char c) {
    char lower = cxm_ascii_lower(c);
    return lower >= 'a' && lower <= 'z';
}

static bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

/* The end of a run of letters, or of digits, that begins at `at`. */
static size_t run_end(cxm_str text, size_t at) {
    bool letters = is_letter(text.ptr[at]);
    while (at < text.len && (letters ? is_letter(text.ptr[at]) : cxm_is_digit(text.ptr[at])))
        at++;
    return at;
}

/* Whether a word between signs is one that says what was taken out. */
static bool is_named(const cxm_language *language, cxm_str word) {
    cxm_folded folded;
    return cxm_fold(word, &folded) &&
           cxm_table_find(&language->redactions, cxm_folded_str(&folded));
}

/* Whether all words between signs say what was taken out; numbers may stand with them. */
static bool is_redaction(const cxm_language *language, cxm_str inside) {
    size_t words = 0;
    for (size_t at = 0; at < inside.len;) {
        char c = inside.ptr[at];
        size_t end = at + 1;
        if (is_letter(c)) {
            end = run_end(inside, at);
            if (!is_named(language, cxm_str_slice(inside, at, end)))
                return false;
            words++;
        } else if (!cxm_is_digit(c) && c != '_' && c != '-' && c != ' ' && c != '/' && c != ':') {
            return false;
        }
        at = end;
    }
    return words > 0;
}

/* Whether all letters are capitals, as they are in round brackets: what stands there in small
 * letters is said. */
static bool is_in_capitals(cxm_str inside) {
    for (size_t i = 0; i < inside.len; i++)
        if (is_letter(inside.ptr[i]) && !is_capital(inside.ptr[i]))
            return false;
    return true;
}

/* The sign that closes one that opens, and what must be true of what stands between. */
static char closing_of(char open) {
    switch (open) {
    case '[':
        return ']';
    case '<':
        return '>';
    case '{':
        return '}';
    case '(':
        return ')';
    default:
        return open;
    }
}

static size_t between_signs(const cxm_language *language, cxm_str text, size_t at) {
    enum { MOST_BYTES = 64 };
    char open = text.ptr[at];
    size_t start = at + 1;
    size_t signs = 1;
    if (open == '{' && start < text.len && text.ptr[start] == open) {
        start++;
        signs++;
    }
    size_t left = text.len - start;
    const char *close =
        memchr(text.ptr + start, closing_of(open), left < MOST_BYTES ? left : MOST_BYTES);
    if (!close)
        return 0;
    size_t end = (size_t)(close - text.ptr);
    cxm_str inside = cxm_str_slice(text, start, end);
    /* <time> and <code> are tags of HTML. */
    bool capitals = open == '(' || open == '<' || open == '#';
    if (end + signs > text.len || text.ptr[end + signs - 1] != closing_of(open) ||
        (capitals && !is_in_capitals(inside)) || !is_redaction(language, inside))
        return 0;
    return end + signs - at;
}

/* Three or more of a sign, with digits that were left ("****1234"). Beside letters they hide a part
 * of a word, or emphasize it; # at the start of a line makes a heading. */
static size_t run_of_signs(cxm_str text, size_t at) {
    enum { LEAST = 3 };
    size_t end = at;
    if (at > 0 && text.ptr[at - 1] == text.ptr[at])
        return 0;
    while (end < text.len && text.ptr[end] == text.ptr[at])
        end++;
    bool heading = text.ptr[at] == '#' && (at == 0 || text.ptr[at - 1] == '\n');
    if (end - at < LEAST || heading || (at > 0 && is_letter(text.ptr[at - 1])) ||
        (end < text.len && is_letter(text.ptr[end])))
        return 0;
    return (end < text.len && cxm_is_digit(text.ptr[end]) ? run_end(text, end) : end) - at;
}

size_t cxm_redaction_at(const cxm_language *language, cxm_str text, size_t at) {
    char c = text.ptr[at];
    if (language->redactions.count == 0)
        return 0;
    size_t len = c == '*' || c == '#' ? run_of_signs(text, at) : 0;
    return len || c == '*' ? len : between_signs(language, text, at);
}

bool cxm_redaction_is_word(const cxm_language *language, cxm_str folded) {
    enum { LEAST = 4 };
    if (folded.len < LEAST)
        return false;
    for (size_t i = 1; i < folded.len; i++)
        if (folded.ptr[i] != folded.ptr[0])
            return false;
    return cxm_table_find(&language->redactions, cxm_str_slice(folded, 0, LEAST)) != NULL;
}
