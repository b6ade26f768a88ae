/* SPDX-License-Identifier: MIT */
#include "text/mend.h"

#include "base/str.h"
#include "base/utf8.h"
#include "text/code_page.h"
#include "text/entity.h"
#include "text/fold.h"
#include "text/mojibake.h"

static const uint32_t apostrophe = '\'';
static const uint32_t quote = '"';
static const uint32_t dash = 0x2014;

void cxm_mend_init(cxm_mend *self, const cxm_allocator *allocator) {
    *self = (cxm_mend){.allocator = *allocator};
    cxm_buffer_init(&self->copy, allocator);
}

void cxm_mend_clear(cxm_mend *self) {
    cxm_buffer_clear(&self->copy);
    cxm_release(&self->allocator, self->patches, self->capacity * sizeof *self->patches);
    cxm_mend_init(self, &self->allocator);
}

/* ---- Copying ---- */

/* What stands for some bytes of the text. */
typedef struct repair {
    size_t len;          /* of the bytes; 0: nothing is damaged */
    bool drop;           /* nothing does */
    uint32_t code_point; /* else this */
} repair;

/* A text on its way to its copy. */
typedef struct mending {
    cxm_mend *mend;
    const cxm_language *language;
    cxm_str text;
    size_t copied; /* up to where the text has been copied */
} mending;

/* Copies the text up to the bytes at `at`, and what stands for those. */
static bool apply(mending *self, size_t at, const repair *by) {
    cxm_mend *mend = self->mend;
    void *items = mend->patches;
    if (!cxm_array_reserve(&mend->allocator, &items, &mend->capacity, mend->count + 1,
                           sizeof *mend->patches))
        return false;
    mend->patches = items;
    char bytes[4];
    size_t len = by->drop ? 0 : cxm_utf8_encode(by->code_point, bytes);
    cxm_buffer_add(&mend->copy, self->text.ptr + self->copied, at - self->copied);
    cxm_patch *patch = &mend->patches[mend->count++];
    patch->start = (uint32_t)at;
    patch->end = (uint32_t)(at + by->len);
    patch->copy_start = (uint32_t)mend->copy.len;
    cxm_buffer_add(&mend->copy, bytes, len);
    patch->copy_end = (uint32_t)mend->copy.len;
    self->copied = at + by->len;
    return !mend->copy.failed;
}

/* ---- What depends on words ---- */

/* Whether something written is a word of the language. */
static bool is_word(const cxm_language *language, cxm_str word) {
    cxm_folded folded;
    return word.len > 0 && cxm_fold(word, &folded) &&
           (cxm_word_list_find(&language->words, cxm_folded_str(&folded), NULL) ||
            cxm_language_has_contraction(language, cxm_folded_str(&folded)));
}

static bool is_letter(char c) {
    char lower = cxm_ascii_lower(c);
    return lower >= 'a' && lower <= 'z';
}

/* Whether two parts with an apostrophe between them are one word: a contraction, or a word with
 * the ending of one. */
static bool is_contracted(const cxm_language *language, cxm_str head, cxm_str tail) {
    char joined[CXM_WORD_MAX_BYTES];
    if (head.len + tail.len + 1 > sizeof joined)
        return false;
    memcpy(joined, head.ptr, head.len);
    joined[head.len] = (char)apostrophe;
    memcpy(joined + head.len + 1, tail.ptr, tail.len);
    cxm_folded folded;
    if (!cxm_fold((cxm_str){joined, head.len + tail.len + 1}, &folded))
        return false;
    cxm_str word = cxm_folded_str(&folded);
    if (cxm_language_has_contraction(language, word))
        return true;
    cxm_str ending = cxm_str_slice(word, word.len - tail.len - 1, word.len);
    for (size_t i = 0; i < language->clitic_count; i++)
        if (cxm_str_equal(language->clitics[i].ending, ending))
            return is_word(language, head);
    return false;
}

/* The letters in front of a place and behind another. */
static cxm_str letters_before(cxm_str text, size_t at) {
    size_t start = at;
    while (start > 0 && at - start < CXM_WORD_MAX_BYTES && is_letter(text.ptr[start - 1]))
        start--;
    return cxm_str_slice(text, start, at);
}

static cxm_str letters_behind(cxm_str text, size_t at) {
    size_t end = at;
    while (end < text.len && end - at < CXM_WORD_MAX_BYTES && is_letter(text.ptr[end]))
        end++;
    return cxm_str_slice(text, at, end);
}

static bool is_high(cxm_str text, size_t at) {
    return at < text.len && (unsigned char)text.ptr[at] >= 0x80;
}

/* Whether a word goes on at a place with a letter that is not ASCII, unless that is another rest.
 */
static bool is_inside(cxm_str text, size_t at) {
    uint32_t code_point;
    if (!is_high(text, at))
        return false;
    cxm_utf8_decode(text.ptr + at, text.len - at, &code_point);
    return !cxm_mojibake_is_rest(code_point);
}

/* What a rest of punctuation at `at` was, by the words around it; 0 where that is not certain. */
static uint32_t punctuation_of(const mending *self, size_t at, size_t end) {
    cxm_str text = self->text;
    cxm_str head = letters_before(text, at);
    cxm_str tail = letters_behind(text, end);
    bool open = head.len == 0 && at > 0 && is_high(text, at - 1);
    bool word_before = is_word(self->language, head);
    bool word_behind = is_word(self->language, tail);
    if (self->language->words.text.len == 0 || open || is_inside(text, end + tail.len) ||
        is_word(self->language, cxm_str_slice(text, at - head.len, end + tail.len)))
        return 0;
    if (head.len && tail.len)
        return is_contracted(self->language, head, tail) ? apostrophe
               : word_before && word_behind              ? dash
                                                         : 0;
    bool blank_before = at == 0 || cxm_is_space(text.ptr[at - 1]);
    bool blank_behind = end == text.len || cxm_is_space(text.ptr[end]);
    if (blank_before && blank_behind)
        return dash;
    return (word_before && !tail.len) || (word_behind && blank_before) ? quote : 0;
}

/* A lone letter that is the rest of a mark of punctuation. */
static repair mend_rest(const mending *self, size_t at) {
    static const repair none = {0, false, 0};
    enum { MOST_REPLACEMENTS = 3 };
    uint32_t first;
    uint32_t next = 0;
    size_t end = at + cxm_utf8_decode(self->text.ptr + at, self->text.len - at, &first);
    if (!cxm_mojibake_is_rest(first))
        return none;
    if (end < self->text.len)
        cxm_utf8_decode(self->text.ptr + end, self->text.len - end, &next);
    for (int i = 1; first == CXM_UTF8_REPLACEMENT && next == first && i < MOST_REPLACEMENTS; i++) {
        end += 3;
        next = 0;
        if (end < self->text.len)
            cxm_utf8_decode(self->text.ptr + end, self->text.len - end, &next);
    }
    uint32_t meant;
    size_t len = cxm_mojibake_rest_at(self->text, at, &meant);
    if (len)
        return (repair){len, false, meant};
    meant = punctuation_of(self, at, end);
    return meant ? (repair){end - at, false, meant} : none;
}

/* A space of no width is a seam between words, or stands in the middle of one. */
static repair mend_no_width(const mending *self, size_t at) {
    static const repair none = {0, false, 0};
    enum { LEN = 3 };
    cxm_str head = letters_before(self->text, at);
    cxm_str tail = letters_behind(self->text, at + LEN);
    char joined[2 * CXM_WORD_MAX_BYTES];
    if (!head.len || !tail.len || (is_word(self->language, head) && is_word(self->language, tail)))
        return none;
    memcpy(joined, head.ptr, head.len);
    memcpy(joined + head.len, tail.ptr, tail.len);
    bool one = is_word(self->language, (cxm_str){joined, head.len + tail.len});
    return one ? (repair){LEN, true, 0} : none;
}

/* ---- What stands at a place ---- */

static bool is_control(unsigned char c) {
    return (c < 0x20 && !(c >= '\t' && c <= '\r')) || c == 0x7F;
}

/* What is to be done with a code point that is not ASCII. */
static repair mend_high(const mending *self, size_t at) {
    enum { NO_WIDTH = 0x200B, LAST_LETTER = 0x17F /* of both code pages */ };
    static const repair none = {0, false, 0};
    uint32_t code_point;
    size_t own = cxm_utf8_decode(self->text.ptr + at, self->text.len - at, &code_point);
    if (code_point == NO_WIDTH)
        return mend_no_width(self, at);
    /* All mojibake begins with a letter; most of what is not ASCII is no letter. */
    if (code_point > LAST_LETTER && code_point != CXM_UTF8_REPLACEMENT)
        return none;
    size_t len = cxm_mojibake_at(self->text, at, &code_point);
    if (!len && code_point >= 0xA0)
        return mend_rest(self, at);
    len = len ? len : own;
    /* Bytes of Windows-1252 that were taken for Latin-1. */
    if (code_point >= 0x80 && code_point < 0xA0)
        code_point = cxm_code_page_decode(CXM_WINDOWS_1252, (unsigned char)code_point);
    return (repair){len, code_point < 0xA0, code_point};
}

static repair mend_at(const mending *self, size_t at) {
    unsigned char c = (unsigned char)self->text.ptr[at];
    repair found = {0, false, 0};
    if (c >= 0x80)
        return mend_high(self, at);
    if (c == '&')
        found.len = cxm_entity_at(self->text, at, &found.code_point);
    else if (is_control(c))
        found = (repair){1, true, 0};
    return found;
}

static size_t code_point_len(unsigned char first) {
    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

static bool is_plain(unsigned char c) {
    return c < 0x80 && c != '&' && !is_control(c);
}

/* The bytes from `at` on with nothing to look at, mostly nearly all, eight at a time. */
static size_t skip_plain(cxm_str text, size_t at) {
    static const uint64_t ones = UINT64_C(0x0101010101010101);
    while (text.len - at >= sizeof ones) {
        uint64_t bytes;
        memcpy(&bytes, text.ptr + at, sizeof bytes);
        uint64_t other = bytes ^ ('&' * ones);
        uint64_t below_blank = (bytes - ' ' * ones) & ~bytes;
        uint64_t ampersand = (other - ones) & ~other;
        uint64_t deleted = bytes + ones; /* 0x7F becomes 0x80 */
        if ((bytes | below_blank | ampersand | deleted) & 0x80 * ones)
            break;
        at += sizeof bytes;
    }
    while (at < text.len && is_plain((unsigned char)text.ptr[at]))
        at++;
    return at;
}

bool cxm_mend_run(cxm_mend *self, const cxm_language *language, cxm_str text, size_t padding) {
    mending work = {self, language, text, 0};
    self->count = 0;
    cxm_buffer_reset(&self->copy);
    for (size_t at = skip_plain(text, 0); at < text.len; at = skip_plain(text, at)) {
        repair found = mend_at(&work, at);
        if (found.len && !apply(&work, at, &found))
            return false;
        at += found.len ? found.len : code_point_len((unsigned char)text.ptr[at]);
    }
    if (self->count == 0)
        return true;
    cxm_buffer_add(&self->copy, text.ptr + work.copied, text.len - work.copied);
    cxm_buffer_add_repeat(&self->copy, '\0', padding);
    if (!self->copy.failed)
        self->copy.len -= padding;
    return !self->copy.failed;
}

cxm_str cxm_mend_text(const cxm_mend *self) {
    return cxm_buffer_str(&self->copy);
}

/* ---- The way back ---- */

/* How many patches start at or before a place of the copy. */
static size_t patches_before(const cxm_mend *self, uint32_t place) {
    size_t low = 0;
    size_t high = self->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (self->patches[middle].copy_start <= place)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t cxm_mend_place(const cxm_mend *self, uint32_t place) {
    size_t before = patches_before(self, place);
    if (before == 0)
        return place;
    const cxm_patch *patch = &self->patches[before - 1];
    return place < patch->copy_end ? patch->start : patch->end + (place - patch->copy_end);
}

bool cxm_mend_span(const cxm_mend *self, uint32_t *start, uint32_t *end) {
    size_t after_start = patches_before(self, *start);
    size_t before_end = patches_before(self, *end - 1);
    bool mended = before_end > after_start ||
                  (after_start && *start < self->patches[after_start - 1].copy_end);
    *start = cxm_mend_place(self, *start);
    /* The last byte of the span leads to its end, so that nothing behind it is taken in. */
    uint32_t last = *end - 1;
    const cxm_patch *patch = before_end ? &self->patches[before_end - 1] : NULL;
    *end = patch && last < patch->copy_end ? patch->end : cxm_mend_place(self, last) + 1;
    return mended;
}
