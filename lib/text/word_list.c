/* SPDX-License-Identifier: MIT */
#include "text/word_list.h"

#include "base/str.h"

/* What follows the word on its line: a tab, a digit, a line end. */
enum { TAIL = 3 };

/* The line that `at` stands in: its word, and where the next line starts. */
static bool line_at(cxm_str text, size_t at, cxm_str *word, size_t *next) {
    const char *end = memchr(text.ptr + at, '\n', text.len - at);
    size_t stop = end ? (size_t)(end - text.ptr) : text.len;
    *next = stop + 1;
    if (!end || stop - at < TAIL)
        return false;
    *word = cxm_str_slice(text, at, stop - TAIL + 1);
    return text.ptr[stop - 2] == '\t' && cxm_is_digit(text.ptr[stop - 1]);
}

bool cxm_word_list_check(const cxm_word_list *self, size_t *offset) {
    cxm_str before = {NULL, 0};
    for (size_t at = 0, next; at < self->text.len; at = next) {
        cxm_str word;
        *offset = at;
        if (!line_at(self->text, at, &word, &next) || cxm_str_compare(before, word) >= 0)
            return false;
        before = word;
    }
    return true;
}

static size_t line_start(cxm_str text, size_t at) {
    while (at > 0 && text.ptr[at - 1] != '\n')
        at--;
    return at;
}

bool cxm_word_list_find(const cxm_word_list *self, cxm_str word, unsigned *frequency) {
    size_t low = 0;
    size_t high = self->text.len;
    while (low < high) {
        cxm_str here;
        size_t next;
        size_t at = line_start(self->text, low + (high - low) / 2);
        if (!line_at(self->text, at, &here, &next))
            return false;
        int order = cxm_str_compare(here, word);
        if (order == 0) {
            if (frequency)
                *frequency = (unsigned)(self->text.ptr[next - 2] - '0');
            return true;
        }
        if (order < 0)
            low = next;
        else
            high = at;
    }
    return false;
}

bool cxm_word_list_next(const cxm_word_list *self, size_t *at, cxm_str *word, unsigned *frequency) {
    if (*at >= self->text.len || !line_at(self->text, *at, word, at))
        return false;
    if (frequency)
        *frequency = (unsigned)(self->text.ptr[*at - 2] - '0');
    return true;
}
