/* SPDX-License-Identifier: MIT */
#include "read/decode.h"

#include "base/str.h"
#include "base/utf8.h"
#include "text/code_page.h"

static const char *const names[] = {
    [CXM_UTF_8] = "utf-8",
    [CXM_UTF_16_LE] = "utf-16le",
    [CXM_UTF_16_BE] = "utf-16be",
    [CXM_UTF_32_LE] = "utf-32le",
    [CXM_UTF_32_BE] = "utf-32be",
    [CXM_ENCODING_WINDOWS_1252] = "windows-1252",
    [CXM_ENCODING_LATIN_1] = "iso-8859-1",
};

const char *cxm_encoding_name(cxm_encoding encoding) {
    return names[encoding];
}

/* ---- One code point ---- */

static size_t unit_size(cxm_encoding encoding) {
    switch (encoding) {
    case CXM_UTF_16_LE:
    case CXM_UTF_16_BE:
        return 2;
    case CXM_UTF_32_LE:
    case CXM_UTF_32_BE:
        return 4;
    case CXM_UTF_8:
    case CXM_ENCODING_WINDOWS_1252:
    case CXM_ENCODING_LATIN_1:
        break;
    }
    return 1;
}

/* The unit at `at`, all bytes of which are there. */
static uint32_t unit_at(cxm_encoding encoding, cxm_str bytes, size_t at) {
    size_t size = unit_size(encoding);
    bool little = encoding == CXM_UTF_16_LE || encoding == CXM_UTF_32_LE;
    uint32_t unit = 0;
    for (size_t i = 0; i < size; i++) {
        size_t index = little ? size - 1 - i : i;
        unit = unit << 8 | (unsigned char)bytes.ptr[at + index];
    }
    return unit;
}

/* The code point at `at`, and how many bytes it takes. */
static size_t code_point_at(cxm_encoding encoding, cxm_str bytes, size_t at, uint32_t *out) {
    size_t size = unit_size(encoding);
    *out = CXM_UTF8_REPLACEMENT;
    if (bytes.len - at < size)
        return bytes.len - at;
    uint32_t unit = unit_at(encoding, bytes, at);
    if (size == 1) {
        *out = cxm_code_page_decode(CXM_WINDOWS_1252, (unsigned char)unit);
        return 1;
    }
    bool high = size == 2 && unit >= 0xD800 && unit < 0xDC00;
    if (!high) {
        *out = unit; /* a low surrogate alone is encoded as what is no character */
        return size;
    }
    if (bytes.len - at < 2 * size)
        return size;
    uint32_t low = unit_at(encoding, bytes, at + size);
    if (low < 0xDC00 || low > 0xDFFF)
        return size;
    *out = 0x10000u + ((unit - 0xD800u) << 10) + (low - 0xDC00u);
    return 2 * size;
}

size_t cxm_decode(cxm_encoding encoding, cxm_str bytes, char *out, size_t size) {
    size_t len = 0;
    for (size_t at = 0; at < bytes.len;) {
        uint32_t code_point;
        char encoded[4];
        at += code_point_at(encoding, bytes, at, &code_point);
        size_t more = cxm_utf8_encode(code_point, encoded);
        if (len <= size && more <= size - len)
            memcpy(out + len, encoded, more);
        len += more;
    }
    return len;
}

/* ---- Which it is ---- */

enum { HEAD = 4096 /* bytes that are looked at where there is no mark */ };

static bool starts_with(cxm_str bytes, const char *mark, size_t len) {
    return bytes.len >= len && memcmp(bytes.ptr, mark, len) == 0;
}

static bool is_text_control(uint32_t c) {
    return c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

/* Whether nearly all units are ASCII, as in a transcript of any language written with blanks and
 * punctuation; none is a control character, and none is too large. */
static bool looks_like(cxm_encoding encoding, cxm_str bytes) {
    size_t size = unit_size(encoding);
    size_t end = bytes.len < HEAD ? bytes.len : HEAD;
    size_t ascii = 0;
    size_t units = 0;
    for (size_t at = 0; at + size <= end; at += size, units++) {
        uint32_t unit = unit_at(encoding, bytes, at);
        if (unit > 0x10FFFF || (unit < ' ' && !is_text_control(unit)))
            return false;
        ascii += unit < 0x7F;
    }
    return units > 0 && ascii * 2 >= units;
}

static cxm_encoding marked(cxm_str bytes, size_t *mark) {
    static const struct {
        const char *bytes;
        size_t len;
        cxm_encoding encoding;
    } marks[] = {
        {"\xEF\xBB\xBF", 3, CXM_UTF_8},
        {"\xFF\xFE\0\0", 4, CXM_UTF_32_LE}, /* UTF-16, then, would begin with NUL */
        {"\0\0\xFE\xFF", 4, CXM_UTF_32_BE},
        {"\xFF\xFE", 2, CXM_UTF_16_LE},
        {"\xFE\xFF", 2, CXM_UTF_16_BE},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (starts_with(bytes, marks[i].bytes, marks[i].len)) {
            *mark = marks[i].len;
            return marks[i].encoding;
        }
    *mark = 0;
    return CXM_UTF_8;
}

/* ---- Bytes that are no UTF-8 ---- */

static bool is_ascii_letter(unsigned char c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Whether a byte is a letter of Windows-1252 in western languages. */
static bool is_high_letter(unsigned char c) {
    static const unsigned char others[] = {0x8A, 0x8C, 0x8E, 0x9A, 0x9C, 0x9E, 0x9F};
    static const unsigned char rare[] = {0xD0, 0xD7, 0xDE, 0xF0, 0xF7, 0xFE, 0xFF};
    if (c >= 0xC0)
        return memchr(rare, c, sizeof rare) == NULL;
    return memchr(others, c, sizeof others) != NULL;
}

/* How a byte stands: where it would in a western text (1), or in none (-1); alone as a word, it may
 * be in any (0). */
static int weigh_byte(cxm_str bytes, size_t at) {
    unsigned char c = (unsigned char)bytes.ptr[at];
    unsigned char before = at ? (unsigned char)bytes.ptr[at - 1] : ' ';
    unsigned char behind = at + 1 < bytes.len ? (unsigned char)bytes.ptr[at + 1] : ' ';
    if (is_high_letter(c))
        return is_ascii_letter(before) || is_ascii_letter(behind) ? 1
               : before < 0x80 && behind < 0x80                   ? 0
                                                                  : -1;
    static const unsigned char undefined[] = {0x81, 0x8D, 0x8F, 0x90, 0x9D};
    return c < 0xC0 && !memchr(undefined, c, sizeof undefined) ? 1 : -1;
}

/* What was seen of bytes that are not ASCII. */
typedef struct evidence {
    size_t sequences; /* of UTF-8 */
    size_t at_home;   /* bytes that are none, where they would stand in Windows-1252 */
    size_t strange;   /* and where they would not */
    bool c1;          /* of them, some that are control characters in Latin-1 */
    bool controls;    /* there are control characters of ASCII */
} evidence;

static evidence weigh(cxm_str bytes) {
    evidence seen = {0};
    for (size_t at = 0; at < bytes.len;) {
        unsigned char c = (unsigned char)bytes.ptr[at];
        uint32_t code_point;
        size_t len = cxm_utf8_decode(bytes.ptr + at, bytes.len - at, &code_point);
        if (c < 0x80)
            seen.controls |= c < ' ' && !is_text_control(c);
        else if (len > 1)
            seen.sequences++;
        else if (weigh_byte(bytes, at) > 0)
            seen.at_home++;
        else if (weigh_byte(bytes, at) < 0)
            seen.strange++;
        seen.c1 |= len == 1 && c >= 0x80 && c < 0xA0;
        at += len;
    }
    return seen;
}

/* An input that is no UTF-8: of one byte a letter, or damaged. */
static cxm_encoding of_bytes(cxm_str bytes) {
    enum { PER_STRANGE = 50, PER_SEQUENCE = 20 };
    evidence seen = weigh(bytes);
    if (seen.controls || seen.at_home < seen.strange * PER_STRANGE + 1 ||
        seen.at_home < seen.sequences * PER_SEQUENCE)
        return CXM_UTF_8;
    return seen.c1 ? CXM_ENCODING_WINDOWS_1252 : CXM_ENCODING_LATIN_1;
}

/* Whether all that is wrong is a sequence that the end of the input cuts. */
static bool is_cut(cxm_str bytes) {
    size_t start = bytes.len;
    while (start > 0 && bytes.len - start < 3 &&
           ((unsigned char)bytes.ptr[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0)
        return false;
    start--;
    return (unsigned char)bytes.ptr[start] >= 0xC2 && cxm_utf8_valid(bytes.ptr, start);
}

cxm_encoding cxm_encoding_of(cxm_str bytes, size_t *mark) {
    static const cxm_encoding wide[] = {CXM_UTF_32_LE, CXM_UTF_32_BE, CXM_UTF_16_LE, CXM_UTF_16_BE};
    cxm_encoding encoding = marked(bytes, mark);
    if (*mark)
        return encoding;
    size_t head = bytes.len < HEAD ? bytes.len : HEAD;
    if (head && memchr(bytes.ptr, '\0', head))
        for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
            if (looks_like(wide[i], bytes))
                return wide[i];
    if (cxm_utf8_valid(bytes.ptr, bytes.len) || is_cut(bytes))
        return CXM_UTF_8;
    return of_bytes(bytes);
}
