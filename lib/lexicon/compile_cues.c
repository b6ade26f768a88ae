/* SPDX-License-Identifier: MIT */
/* From a pack's role cues and affixes to those of a cxm_language. */
#include "base/str.h"
#include "lexicon/compile.h"
#include "lexicon/pack_reader.h"
#include "text/fold.h"

/* ---- Role cues ---- */

/* The signed weight that a key as "agent 1.5" stands for; 0 where it is none. */
static double weight_of(cxm_str key) {
    double weight;
    cxm_role role;
    const char *blank = key.len ? memchr(key.ptr, ' ', key.len) : NULL;
    size_t at = blank ? (size_t)(blank - key.ptr) : 0;
    if (!blank || !cxm_role_parse(cxm_str_slice(key, 0, at), &role) ||
        (role != CXM_ROLE_AGENT && role != CXM_ROLE_CUSTOMER) ||
        !cxm_pack_parse_number(cxm_str_trim(cxm_str_slice(key, at, key.len)), &weight) ||
        weight <= 0)
        return 0;
    return role == CXM_ROLE_AGENT ? weight : -weight;
}

/* The next word of a cue, parted by blanks. */
static bool next_part(cxm_str text, size_t *at, cxm_str *part) {
    while (*at < text.len && cxm_is_space(text.ptr[*at]))
        ++*at;
    size_t start = *at;
    while (*at < text.len && !cxm_is_space(text.ptr[*at]))
        ++*at;
    *part = cxm_str_slice(text, start, *at);
    return part->len > 0;
}

/* Writes a cue as speakers' words will be seen; false where that cannot be. */
static bool write_cue(cxm_str text, cxm_cue_key *out) {
    size_t words = 0;
    size_t at = 0;
    cxm_str part;
    out->len = 0;
    for (; next_part(text, &at, &part); words++) {
        cxm_cue_key word = {.len = 1};
        if (cxm_str_equal(part, CXM_CUE_START) || cxm_str_equal(part, CXM_CUE_QUESTION))
            word.text[0] = part.ptr[0];
        else if (!cxm_cue_word(part, &word))
            return false;
        size_t blank = out->len > 0;
        if (words == CXM_CUE_MAX_WORDS || blank + word.len > sizeof out->text - out->len)
            return false;
        if (blank)
            out->text[out->len++] = ' ';
        memcpy(out->text + out->len, word.text, word.len);
        out->len += word.len;
    }
    return words > 0;
}

static cxm_status add_cue(cxm_pack *pack, cxm_language *language, const cxm_pack_scalar *scalar,
                          double weight) {
    cxm_cue_key cue;
    if (!write_cue(scalar->text, &cue))
        return cxm_pack_report(pack, CXM_E_SYNTAX, scalar, 0,
                               "expected at most %d words of at most %d bytes in all",
                               CXM_CUE_MAX_WORDS, CXM_CUE_MAX_BYTES);
    return cxm_role_cues_add(&language->cues, (cxm_str){cue.text, cue.len}, weight) ? CXM_OK
                                                                                    : CXM_E_NOMEM;
}

static cxm_status add_cues(cxm_pack *pack, cxm_language *language) {
    for (size_t i = 0; i < pack->role_cues.count; i++) {
        const cxm_pack_entry *entry = &pack->role_cues.items[i];
        double weight = weight_of(cxm_str_trim(entry->key.text));
        if (weight == 0) {
            cxm_pack_report(pack, CXM_E_SYNTAX, &entry->key, 0,
                            "expected agent or customer, a blank and a weight above 0, as in "
                            "'agent 1.5'");
            continue;
        }
        for (size_t k = 0; k < entry->values.count; k++)
            if (add_cue(pack, language, &entry->values.items[k], weight) == CXM_E_NOMEM)
                return CXM_E_NOMEM;
    }
    return CXM_OK;
}

/* ---- Affixes ---- */

/* "over-" is a prefix, "-able" a suffix. */
static cxm_status add_affixes(cxm_pack *pack, cxm_language *language) {
    for (size_t i = 0; i < pack->affixes.count; i++) {
        cxm_str text = cxm_str_trim(pack->affixes.items[i].text);
        cxm_folded folded;
        bool prefix = text.ptr[text.len - 1] == '-';
        bool suffix = text.ptr[0] == '-';
        if (text.len < 2 || prefix == suffix) {
            cxm_pack_report(pack, CXM_E_SYNTAX, &pack->affixes.items[i], 0,
                            "expected a hyphen behind or in front, as in over- or -able");
            continue;
        }
        cxm_str affix = cxm_str_slice(text, suffix, text.len - prefix);
        if (!cxm_fold(affix, &folded))
            continue;
        cxm_table *table = prefix ? &language->prefixes : &language->suffixes;
        if (!cxm_language_add_word(language, table, cxm_folded_str(&folded)))
            return CXM_E_NOMEM;
    }
    return CXM_OK;
}

cxm_status cxm_compile_cues(cxm_pack *pack, cxm_language *language) {
    cxm_status status = add_affixes(pack, language);
    return status == CXM_OK ? add_cues(pack, language) : status;
}
