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
    uint64_t words; /* letters, digits, low lines */
    uint64_t spaces;
    uint64_t marks; /* what else there is, but for commas: they say nothing */
    bool ascii;     /* all of the bytes are */
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
    __m128i all = _mm_setzero_si128();
    uint64_t plain = 0; /* what is no mark */
    *out = (bitmaps){0};
    for (int i = 0; i < BLOCK; i += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(text + i));
        __m128i letters = in_range(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 'a', 'z');
        __m128i others =
            _mm_or_si128(in_range(bytes, '0', '9'), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('_')));
        __m128i words = _mm_or_si128(letters, others);
        __m128i spaces = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(' '));
        __m128i blanks = _mm_or_si128(spaces, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(',')));
        all = _mm_or_si128(all, bytes);
        out->words |= bits(words) << i;
        out->spaces |= bits(spaces) << i;
        plain |= bits(_mm_or_si128(words, blanks)) << i;
    }
    out->marks = ~plain;
    out->ascii = bits(all) == 0;
}

#else

static inline void classify(const char *text, bitmaps *out) {
    *out = (bitmaps){.ascii = true};
    for (int i = 0; i < BLOCK; i++) {
        uint64_t bit = UINT64_C(1) << i;
        char c = text[i];
        bool word = cxm_is_letter(c) || cxm_is_digit(c) || c == '_';
        out->words |= word ? bit : 0;
        out->spaces |= c == ' ' ? bit : 0;
        out->marks |= word || c == ' ' || c == ',' ? 0 : bit;
        out->ascii &= (unsigned char)c < 0x80;
    }
}

#endif

static int lowest(uint64_t bitmap) {
    return __builtin_ctzll(bitmap);
}

static int highest(uint64_t bitmap) {
    return BLOCK - 1 - __builtin_clzll(bitmap);
}

/* Processors count bits in one instruction, but not all of them. */
static size_t count_bits(uint64_t bitmap) {
    bitmap -= bitmap >> 1 & 0x5555555555555555;
    bitmap = (bitmap & 0x3333333333333333) + (bitmap >> 2 & 0x3333333333333333);
    bitmap = (bitmap + (bitmap >> 4)) & 0x0F0F0F0F0F0F0F0F;
    return (size_t)(bitmap * 0x0101010101010101 >> 56);
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

/* Whether the punctuation at `at` joins what stands around it to one word: between letters WB6 and
 * WB7 with the tailorings, between digits WB11 and WB12. */
static bool joins(const char *text, size_t at) {
    char c = text[at];
    char before = text[at - 1];
    char after = text[at + 1];
    if (cxm_is_letter(before) && cxm_is_letter(after))
        return c == '\'' || (c == '.' && !(is_small(before) && is_capital(after)));
    return cxm_is_digit(before) && cxm_is_digit(after) &&
           (c == '.' || c == '\'' || c == ',' || c == ';');
}

/* The punctuation of a block that stands inside a word. */
static inline uint64_t joints(const char *text, uint64_t words, uint64_t spaces) {
    uint64_t joined = 0;
    /* Nearly all that stands alone between two of a word is a space. */
    for (uint64_t left = words << 1 & words >> 1 & ~(words | spaces); left; left &= left - 1)
        if (joins(text, (size_t)lowest(left)))
            joined |= left & (~left + 1);
    return joined;
}

static bool grow(cxm_scan *self, size_t spans, size_t marks) {
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

static inline bool reserve(cxm_scan *self, size_t spans, size_t marks) {
    return (self->span_capacity - self->span_count >= spans &&
            self->mark_capacity - self->mark_count >= marks) ||
           grow(self, spans, marks);
}

static void add_span(cxm_scan *self, size_t start, size_t end) {
    self->spans[self->span_count++] = (cxm_span){(uint32_t)start, (uint32_t)end};
}

static void add_mark(cxm_scan *self, size_t offset, size_t before) {
    self->marks[self->mark_count++] = (cxm_mark){(uint32_t)offset, (uint32_t)before};
}

/* Writes the words and marks of a block; bits tell where words start, end, and what is marked.
 * Words are written some at a time, though there may be fewer: that there are more is then asked
 * less often, and mostly has the same answer. */
static inline void write_block(cxm_scan *self, size_t at, uint64_t starts, uint64_t ends,
                               uint64_t marked) {
    enum { WORDS_AT_ONCE = 4 };
    static const uint64_t top = UINT64_C(1) << (BLOCK - 1); /* there may be no bit left */
    cxm_span *span = self->spans + self->span_count;
    for (uint64_t left = marked; left; left &= left - 1) {
        int bit = lowest(left);
        add_mark(self, at + (size_t)bit, self->span_count + count_bits(starts & below(bit)));
    }
    self->span_count += count_bits(starts);
    while (starts)
        for (int i = 0; i < WORDS_AT_ONCE; i++, starts &= starts - 1, ends &= ends - 1)
            *span++ = (cxm_span){(uint32_t)(at + (size_t)lowest(starts | top)),
                                 (uint32_t)(at + (size_t)lowest(ends | top))};
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

/* Takes in the first `len` bytes of a block. */
static inline void take_part(cxm_scan *self, size_t at, const bitmaps *map, size_t len) {
    uint64_t mask = below((int)len);
    write_block(self, at, map->words & ~(map->words << 1) & mask, ~map->words & map->words << 1,
                map->marks & mask);
}

/* Takes in the run without blanks at `*at`, and moves behind it. */
static bool take_run(cxm_scan *self, cxm_str text, size_t *at) {
    size_t start = *at;
    *at = run_end(text, start);
    return scan_run(self, text, start, *at);
}

/* Takes in a block whose byte `high` is the first that is not ASCII: the run in which that stands
 * as UAX #29 says. */
static bool take_mixed(cxm_scan *self, cxm_str text, size_t *at, const bitmaps *map, size_t high) {
    size_t len = high;
    while (len > 0 && !is_blank(text.ptr[*at + len - 1]))
        len--;
    self->ascii = false;
    take_part(self, *at, map, len);
    *at += len;
    return take_run(self, text, at);
}

/* The first byte that is not ASCII, or `len`. */
static size_t first_high(const char *block, size_t len) {
    size_t at = 0;
    while (at < len && (unsigned char)block[at] < 0x80)
        at++;
    return at;
}

/* How much of a full block holds whole words: not one that touches the last two bytes, for it may
 * go on behind the block. */
static inline size_t whole_words(uint64_t words) {
    uint64_t open = words >> (BLOCK - 2) ? ~UINT64_C(0) : 0;
    size_t last_start = (size_t)highest((words & ~(words << 1)) | 1);
    return BLOCK - (open & (BLOCK - last_start));
}

/* Takes in the block at `*at`, and moves on. */
static inline bool scan_block(cxm_scan *self, cxm_str text, size_t *at) {
    const char *block = text.ptr + *at;
    size_t left = text.len - *at;
    size_t len = left < BLOCK ? left : BLOCK;
    bitmaps map;
    classify(block, &map);
    map.words &= below((int)len);
    map.words |= joints(block, map.words, map.spaces);
    map.marks &= ~map.words;
    if (!map.ascii) {
        size_t high = first_high(block, len);
        if (high < len)
            return take_mixed(self, text, at, &map, high);
    }
    if (left >= BLOCK)
        len = whole_words(map.words);
    if (len == 0)
        return take_run(self, text, at);
    take_part(self, *at, &map, len);
    *at += len;
    return true;
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
