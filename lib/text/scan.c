/* SPDX-License-Identifier: MIT */
#include "text/scan.h"

#include "base/str.h"
#include "text/word_break.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { BLOCK = 64 };

/* What each of 64 bytes is, a bit a byte. */
typedef struct bitmaps {
    uint64_t letters;
    uint64_t digits;
    uint64_t underscores;
    uint64_t blanks; /* spaces and commas: nothing to look at */
    uint64_t high;   /* not ASCII */
} bitmaps;

#if defined(__SSE2__)

/* 0xFF where low <= byte <= high; bytes above 0x7F are never in a range of ASCII. */
static __m128i in_range(__m128i bytes, char low, char high) {
    __m128i shifted = _mm_add_epi8(bytes, _mm_set1_epi8((char)(127 - high)));
    return _mm_cmpgt_epi8(shifted, _mm_set1_epi8((char)(126 - high + low)));
}

static uint64_t bits(__m128i bytes) {
    return (uint64_t)(uint32_t)_mm_movemask_epi8(bytes);
}

static inline void classify(const char *text, bitmaps *out) {
    *out = (bitmaps){0};
    for (int i = 0; i < BLOCK; i += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(text + i));
        __m128i lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
        __m128i blank = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')),
                                     _mm_cmpeq_epi8(bytes, _mm_set1_epi8(',')));
        out->letters |= bits(in_range(lower, 'a', 'z')) << i;
        out->digits |= bits(in_range(bytes, '0', '9')) << i;
        out->underscores |= bits(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('_'))) << i;
        out->blanks |= bits(blank) << i;
        out->high |= bits(bytes) << i;
    }
}

#else

static inline void classify(const char *text, bitmaps *out) {
    *out = (bitmaps){0};
    for (int i = 0; i < BLOCK; i++) {
        uint64_t bit = UINT64_C(1) << i;
        char c = text[i];
        char lower = (char)(c | 0x20);
        out->letters |= lower >= 'a' && lower <= 'z' ? bit : 0;
        out->digits |= cxm_is_digit(c) ? bit : 0;
        out->underscores |= c == '_' ? bit : 0;
        out->blanks |= c == ' ' || c == ',' ? bit : 0;
        out->high |= (unsigned char)c >= 0x80 ? bit : 0;
    }
}

#endif

static int lowest(uint64_t bitmap) {
    return __builtin_ctzll(bitmap);
}

/* The bits below `bit`. */
static uint64_t below(int bit) {
    return bit >= BLOCK ? ~UINT64_C(0) : (UINT64_C(1) << bit) - 1;
}

static bool is_small(char c) {
    return c >= 'a' && c <= 'z';
}

static bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

/* Whether the punctuation at `at`, with letters on both sides, joins them to one word: WB6 and
 * WB7 with the tailorings. */
static bool joins_letters(const char *text, size_t at) {
    return text[at] == '\'' ||
           (text[at] == '.' && !(is_small(text[at - 1]) && is_capital(text[at + 1])));
}

/* WB11 and WB12. */
static bool joins_digits(const char *text, size_t at) {
    char c = text[at];
    return c == '.' || c == '\'' || c == ',' || c == ';';
}

/* The punctuation of a block that stands inside a word. */
static uint64_t joints(const char *text, const bitmaps *map, uint64_t words) {
    uint64_t between_letters = (map->letters << 1) & (map->letters >> 1) & ~words;
    uint64_t between_digits = (map->digits << 1) & (map->digits >> 1) & ~words;
    uint64_t joined = 0;
    /* Most of what stands alone between letters is a space. */
    for (uint64_t left = between_letters & ~map->blanks; left; left &= left - 1)
        if (joins_letters(text, (size_t)lowest(left)))
            joined |= left & (~left + 1);
    for (uint64_t left = between_digits; left; left &= left - 1)
        if (joins_digits(text, (size_t)lowest(left)))
            joined |= left & (~left + 1);
    return joined;
}

static bool reserve(cxm_scan *self, size_t spans, size_t marks) {
    void *items = self->spans;
    if (!cxm_array_reserve(&self->allocator, &items, &self->span_capacity, self->span_count + spans,
                           sizeof *self->spans))
        return false;
    self->spans = items;
    items = self->marks;
    if (!cxm_array_reserve(&self->allocator, &items, &self->mark_capacity, self->mark_count + marks,
                           sizeof *self->marks))
        return false;
    self->marks = items;
    return true;
}

static void add_span(cxm_scan *self, size_t start, size_t end) {
    self->spans[self->span_count++] = (cxm_span){(uint32_t)start, (uint32_t)end};
}

static void add_mark(cxm_scan *self, size_t offset, size_t before) {
    self->marks[self->mark_count++] = (cxm_mark){(uint32_t)offset, (uint32_t)before};
}

/* Writes the words and marks of a block; bits tell where words start, end, and what is marked. */
static inline void write_block(cxm_scan *self, size_t at, uint64_t starts, uint64_t ends,
                               uint64_t marked) {
    for (uint64_t left = marked; left; left &= left - 1) {
        int bit = lowest(left);
        size_t before = self->span_count + (size_t)__builtin_popcountll(starts & below(bit));
        add_mark(self, at + (size_t)bit, before);
    }
    cxm_span *span = self->spans + self->span_count;
    self->span_count += (size_t)__builtin_popcountll(starts);
    for (; starts; starts &= starts - 1, ends &= ends - 1)
        *span++ = (cxm_span){(uint32_t)(at + (size_t)lowest(starts)),
                             (uint32_t)(at + (size_t)lowest(ends))};
}

/* Where a word of the general path is parted by a tailoring: the offset behind the word's first
 * part, or its end. `*mark` is the offset of the punctuation then. */
static size_t first_part(const char *text, size_t start, size_t end, size_t *mark) {
    for (size_t i = start + 1; i + 1 < end; i++)
        if (text[i] == ':' ||
            (text[i] == '.' && is_small(text[i - 1]) && is_capital(text[i + 1]))) {
            *mark = i;
            return i;
        }
    return end;
}

/* A word found by UAX #29, in its parts. */
static bool add_word(cxm_scan *self, const char *text, size_t start, size_t end) {
    while (start < end) {
        size_t mark = end;
        size_t part = first_part(text, start, end, &mark);
        if (!reserve(self, 1, 1))
            return false;
        add_span(self, start, part);
        if (part < end)
            add_mark(self, mark, self->span_count);
        start = part < end ? part + 1 : end;
    }
    return true;
}

/* The general path over a run without blanks, up to `end`. */
static bool scan_run(cxm_scan *self, cxm_str text, size_t start, size_t end) {
    while (start < end) {
        size_t next = start + cxm_word_break_next(text.ptr + start, end - start, 0);
        if (cxm_segment_is_word(text.ptr, start, next) || text.ptr[start] == '_') {
            if (!add_word(self, text.ptr, start, next))
                return false;
        } else if (text.ptr[start] != ',' && text.ptr[start] != ' ') {
            if (!reserve(self, 0, 1))
                return false;
            add_mark(self, start, self->span_count);
        }
        start = next;
    }
    return true;
}

static bool is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The end of the run around `at` that has no blank in it. */
static size_t run_end(cxm_str text, size_t at) {
    while (at < text.len && !is_blank(text.ptr[at]))
        at++;
    return at;
}

/* How much of a block can be taken in by bitmaps, and whether a run for the general path follows.
 */
typedef struct portion {
    size_t len;
    bool run;
} portion;

/* In front of a byte that is not ASCII the portion ends with the last blank; else it ends in front
 * of a word that touches the last two bytes and so may go on behind the block. */
static portion portion_of(const char *block, size_t left, uint64_t high, uint64_t words,
                          uint64_t starts) {
    if (high) {
        size_t len = (size_t)lowest(high);
        while (len > 0 && !is_blank(block[len - 1]))
            len--;
        return (portion){len, true};
    }
    if (left < BLOCK)
        return (portion){left, false};
    if (words >> (BLOCK - 2) == 0)
        return (portion){BLOCK, false};
    size_t len = (size_t)(BLOCK - 1 - __builtin_clzll(starts));
    return (portion){len, len == 0};
}

/* Takes in a portion of the block at `*at`, and the run behind it, and moves on. */
static bool scan_block(cxm_scan *self, cxm_str text, size_t *at) {
    const char *block = text.ptr + *at;
    size_t left = text.len - *at;
    uint64_t valid = left < BLOCK ? below((int)left) : ~UINT64_C(0);
    bitmaps map;
    classify(block, &map);
    map.letters &= valid;
    map.digits &= valid;
    uint64_t words = map.letters | map.digits | (map.underscores & valid);
    words |= joints(block, &map, words);
    uint64_t starts = words & ~(words << 1);
    uint64_t ends = ~words & (words << 1);
    portion taken = portion_of(block, left, map.high & valid, words, starts);
    uint64_t mask = below((int)taken.len);
    self->ascii &= (map.high & valid) == 0;
    write_block(self, *at, starts & mask, ends, ~(words | map.blanks) & mask);
    *at += taken.len;
    if (!taken.run)
        return true;
    size_t end = run_end(text, *at);
    bool scanned = scan_run(self, text, *at, end);
    *at = end;
    return scanned;
}

void cxm_scan_init(cxm_scan *self, const cxm_allocator *allocator) {
    *self = (cxm_scan){.allocator = *allocator};
}

void cxm_scan_clear(cxm_scan *self) {
    cxm_release(&self->allocator, self->spans, self->span_capacity * sizeof *self->spans);
    cxm_release(&self->allocator, self->marks, self->mark_capacity * sizeof *self->marks);
    cxm_scan_init(self, &self->allocator);
}

bool cxm_scan_text(cxm_scan *self, cxm_str text) {
    self->span_count = 0;
    self->mark_count = 0;
    self->ascii = true;
    size_t at = 0;
    while (at < text.len) {
        if (!reserve(self, BLOCK, BLOCK) || !scan_block(self, text, &at))
            return false;
    }
    if (!reserve(self, 0, 1))
        return false;
    add_mark(self, text.len, self->span_count);
    return true;
}
