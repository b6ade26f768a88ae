/* SPDX-License-Identifier: MIT */
#include "text/fold.h"

#include "base/str.h"
#include "base/utf8.h"

#include <utf8proc.h>

static bool is_apostrophe(int32_t code_point) {
    return code_point == 0x2019 || code_point == 0x2018 || code_point == 0x02BC;
}

static bool is_ascii(cxm_str word) {
    for (size_t i = 0; i < word.len; i++)
        if ((unsigned char)word.ptr[i] >= 0x80)
            return false;
    return true;
}

static void fold_unicode(cxm_str word, cxm_folded *out) {
    enum { ROOM = 4 * CXM_WORD_MAX_BYTES };
    static const utf8proc_option_t options =
        UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    int32_t code_points[ROOM];
    utf8proc_ssize_t count = utf8proc_decompose(
        (const utf8proc_uint8_t *)word.ptr, (utf8proc_ssize_t)word.len, code_points, ROOM, options);
    out->len = 0;
    /* U+FDFA alone becomes 18 code points: such a word is cut, nobody's lexicon has it. */
    if (count < 0 || count > ROOM)
        return;
    count = utf8proc_normalize_utf32(code_points, count, options);
    for (utf8proc_ssize_t i = 0; i < count && out->len + 4 <= sizeof out->text; i++) {
        int32_t code_point = is_apostrophe(code_points[i]) ? '\'' : code_points[i];
        out->len += cxm_utf8_encode((uint32_t)code_point, out->text + out->len);
    }
}

bool cxm_fold(cxm_str word, cxm_folded *out) {
    if (word.len > CXM_WORD_MAX_BYTES)
        return false;
    if (!is_ascii(word)) {
        fold_unicode(word, out);
        return true;
    }
    for (size_t i = 0; i < word.len; i++)
        out->text[i] = cxm_ascii_lower(word.ptr[i]);
    out->len = word.len;
    return true;
}

bool cxm_is_letters(cxm_str folded) {
    for (size_t i = 0; i < folded.len; i++)
        if (folded.ptr[i] < 'a' || folded.ptr[i] > 'z')
            return false;
    return folded.len > 0;
}
