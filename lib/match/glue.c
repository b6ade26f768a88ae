/* SPDX-License-Identifier: MIT */
#include "match/glue.h"

#include "base/str.h"
#include "base/utf8.h"
#include "text/fold.h"

enum {
    MOST_BYTES = 28,   /* of a glued word */
    CONTRACTED = 4,    /* how frequent a contraction is taken to be */
    LETTER = 5,        /* how frequent a part of one letter must be: "a" */
    FREQUENT = 4,      /* a part of two letters: "of" */
    SURE_SHORT = 3,    /* a part of three letters, anywhere */
    LIKELY_SHORT = 2,  /* at a line wrap */
    SURE_LONG = 2,     /* a longer part, anywhere */
    SURE_BOTH = 7,     /* both parts together, anywhere */
    LIKELY_BOTH = 4,   /* at a line wrap */
    BEYOND_AFFIXES = 5 /* so frequent that a part is a word more often than it is an affix */
};

/* Two parts of a word, and how frequent they are in the language, from 0 to 9. */
typedef struct parts {
    size_t cut;
    int first;
    int second;
} parts;

bool cxm_is_known_word(const cxm_lexicon *lexicon, cxm_str folded) {
    return cxm_word_list_find(&lexicon->language.words, folded, NULL) ||
           cxm_table_find(&lexicon->literals, folded) ||
           cxm_language_has_contraction(&lexicon->language, folded);
}

static bool ends_with(cxm_str word, cxm_str ending) {
    return word.len > ending.len &&
           memcmp(word.ptr + word.len - ending.len, ending.ptr, ending.len) == 0;
}

/* A contraction, or a known word with the ending of one. */
static bool is_contracted(const cxm_lexicon *lexicon, cxm_str folded) {
    const cxm_language *language = &lexicon->language;
    if (cxm_language_has_contraction(language, folded))
        return true;
    for (size_t i = 0; i < language->clitic_count; i++) {
        cxm_str ending = language->clitics[i].ending;
        if (ends_with(folded, ending) &&
            cxm_is_known_word(lexicon, cxm_str_slice(folded, 0, folded.len - ending.len)))
            return true;
    }
    return false;
}

/* How frequent a part is; -1 where it is no word. */
static int frequency_of(const cxm_lexicon *lexicon, cxm_str part) {
    unsigned frequency;
    if (memchr(part.ptr, '\'', part.len))
        return is_contracted(lexicon, part) ? CONTRACTED : -1;
    if (!cxm_word_list_find(&lexicon->language.words, part, &frequency))
        return -1;
    return (int)frequency;
}

/* Whether a part is frequent enough for its length: the shorter, the more often it is there by
 * chance. */
static bool is_part(size_t len, int frequency, bool sure) {
    if (len == 1)
        return !sure && frequency >= LETTER;
    if (len == 2)
        return frequency >= FREQUENT;
    if (len == 3)
        return frequency >= (sure ? SURE_SHORT : LIKELY_SHORT);
    return frequency >= (sure ? SURE_LONG : 0);
}

/* Of all ways to part a word the one whose parts are the most frequent; cut 0 where there is none,
 * or no best one. */
static parts best_parts(const cxm_lexicon *lexicon, cxm_str folded, bool sure) {
    parts best = {0, 0, 0};
    int best_sum = -1;
    int next_sum = -1; /* of the second best */
    for (size_t cut = 1; cut < folded.len; cut++) {
        cxm_str head = cxm_str_slice(folded, 0, cut);
        cxm_str tail = cxm_str_slice(folded, cut, folded.len);
        if (head.ptr[cut - 1] == '\'' || tail.ptr[0] == '\'')
            continue;
        parts here = {cut, frequency_of(lexicon, head), -1};
        if (is_part(head.len, here.first, sure))
            here.second = frequency_of(lexicon, tail);
        if (!is_part(tail.len, here.second, sure))
            continue;
        int sum = here.first + here.second;
        next_sum = sum > best_sum ? best_sum : sum > next_sum ? sum : next_sum;
        if (sum > best_sum) {
            best = here;
            best_sum = sum;
        }
    }
    if (next_sum >= 0 && next_sum >= best_sum - sure)
        best.cut = 0;
    return best;
}

/* Whether a part makes words of its own with whatever stands beside it: "over", "able". */
static bool has_affix(const cxm_lexicon *lexicon, cxm_str folded, const parts *at, int beyond) {
    const cxm_language *language = &lexicon->language;
    cxm_str head = cxm_str_slice(folded, 0, at->cut);
    cxm_str tail = cxm_str_slice(folded, at->cut, folded.len);
    return (at->first < beyond && cxm_table_find(&language->prefixes, head)) ||
           (at->second < beyond && cxm_table_find(&language->suffixes, tail));
}

/* The bytes of the first `count` letters of a word; 0 where it has others than a to z, in either
 * case, and apostrophes: then it does not fold letter by letter. */
static size_t bytes_of(cxm_str word, size_t count) {
    size_t bytes = 0;
    size_t at = 0;
    for (size_t letters = 0; at < word.len; letters++) {
        uint32_t code_point;
        if (letters == count)
            bytes = at;
        at += cxm_utf8_decode(word.ptr + at, word.len - at, &code_point);
        char lower = code_point < 0x80 ? (char)(code_point | 0x20) : '\0';
        if ((lower < 'a' || lower > 'z') && code_point != '\'' && code_point != 0x2019)
            return 0;
    }
    return bytes;
}

/* Where a capital follows small letters ("likeI") and both parts are known; 0 where not. */
static size_t seam_at_capital(const cxm_lexicon *lexicon, cxm_str word, cxm_str folded) {
    enum { LEAST = 2 };
    size_t small = 0;
    while (small < word.len && word.ptr[small] >= 'a' && word.ptr[small] <= 'z')
        small++;
    if (small < LEAST || small == word.len || word.ptr[small] < 'A' || word.ptr[small] > 'Z')
        return 0;
    return cxm_is_known_word(lexicon, cxm_str_slice(folded, 0, small)) &&
                   cxm_is_known_word(lexicon, cxm_str_slice(folded, small, folded.len))
               ? small
               : 0;
}

/* Only words written in small letters are looked into: others are mostly names. */
static bool has_capital(cxm_str word) {
    for (size_t i = 0; i < word.len; i++)
        if (word.ptr[i] >= 'A' && word.ptr[i] <= 'Z')
            return true;
    return false;
}

/* Where a word of small letters is parted, in its folded form. */
static cxm_glue seam_in_letters(const cxm_lexicon *lexicon, cxm_str folded, size_t *seam) {
    parts sure = best_parts(lexicon, folded, true);
    *seam = sure.cut;
    if (sure.cut && sure.first + sure.second >= SURE_BOTH &&
        !has_affix(lexicon, folded, &sure, INT32_MAX))
        return CXM_GLUE_SURE;
    parts likely = best_parts(lexicon, folded, false);
    *seam = likely.cut;
    if (likely.cut && likely.first + likely.second >= LIKELY_BOTH &&
        !has_affix(lexicon, folded, &likely, BEYOND_AFFIXES))
        return CXM_GLUE_LIKELY;
    return CXM_GLUE_NONE;
}

cxm_glue cxm_glue_of(const cxm_lexicon *lexicon, cxm_str word, cxm_str folded, size_t *first_len,
                     size_t *first_bytes) {
    enum { LEAST_LETTERS = 3 };
    cxm_glue glue = CXM_GLUE_SURE;
    if (folded.len < LEAST_LETTERS || folded.len > MOST_BYTES || bytes_of(word, 1) == 0 ||
        cxm_is_known_word(lexicon, folded) || is_contracted(lexicon, folded))
        return CXM_GLUE_NONE;
    *first_len = seam_at_capital(lexicon, word, folded);
    if (*first_len == 0)
        glue = has_capital(word) ? CXM_GLUE_NONE : seam_in_letters(lexicon, folded, first_len);
    *first_bytes = bytes_of(word, *first_len);
    return glue;
}
