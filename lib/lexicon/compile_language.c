/* SPDX-License-Identifier: MIT */
/* From a pack's language data to a cxm_language. */
#include "base/str.h"
#include "lexicon/compile.h"
#include "text/fold.h"

/* Every failure but that of memory is told, and the rest goes on. */
static bool is_fatal(cxm_status status) {
    return status == CXM_E_NOMEM;
}

/* Folds a scalar that is one word; false where it is not. */
static bool fold_one(const cxm_pack_scalar *scalar, cxm_folded *out) {
    size_t from = 0;
    cxm_str word;
    cxm_str more;
    cxm_str text = cxm_str_trim(scalar->text);
    bool one = cxm_next_word(text, &from, &word) && !cxm_next_word(text, &from, &more);
    return one && cxm_fold(word, out) && out->len > 0;
}

/* The folded form of a scalar that must be one word; told where it is not. */
static cxm_status one_word(cxm_pack *pack, const cxm_pack_scalar *scalar, cxm_folded *out) {
    if (!fold_one(scalar, out))
        return cxm_pack_report(pack, CXM_E_SYNTAX, scalar, 0, "expected one word, not '%.*s'",
                               CXM_STR_ARGS(scalar->text));
    return CXM_OK;
}

/* The folded words of a scalar, which may be none, copied into the language's arena. */
static cxm_status words_of(cxm_pack *pack, cxm_language *language, const cxm_pack_scalar *scalar,
                           cxm_reading *out) {
    size_t from = 0;
    cxm_str word;
    out->count = 0;
    while (cxm_next_word(scalar->text, &from, &word)) {
        cxm_folded folded;
        if (out->count == CXM_MAX_READING_WORDS || !cxm_fold(word, &folded))
            return cxm_pack_report(pack, CXM_E_LIMIT, scalar, 0,
                                   "expected at most %d words of at most %d bytes each",
                                   CXM_MAX_READING_WORDS, CXM_WORD_MAX_BYTES);
        cxm_str spelling = cxm_language_spelling(language, cxm_folded_str(&folded));
        out->words[out->count] = cxm_arena_copy(&language->arena, spelling);
        if (!out->words[out->count++].ptr)
            return CXM_E_NOMEM;
    }
    return CXM_OK;
}

static cxm_status add_spellings(cxm_pack *pack, cxm_language *language) {
    for (size_t i = 0; i < pack->spellings.count; i++) {
        const cxm_pack_entry *entry = &pack->spellings.items[i];
        cxm_folded canonical;
        cxm_status status = one_word(pack, &entry->key, &canonical);
        for (size_t k = 0; status == CXM_OK && k < entry->values.count; k++) {
            cxm_folded variant;
            status = one_word(pack, &entry->values.items[k], &variant);
            if (status == CXM_OK && !cxm_language_add_spelling(language, cxm_folded_str(&variant),
                                                               cxm_folded_str(&canonical)))
                status = CXM_E_NOMEM;
        }
        if (is_fatal(status))
            return status;
    }
    return CXM_OK;
}

static bool is_listed(const cxm_pack_words *words, cxm_str word) {
    for (size_t i = 0; i < words->count; i++)
        if (cxm_str_equal_nocase(words->items[i].text, word))
            return true;
    return false;
}

static cxm_status add_reading(cxm_pack *pack, cxm_language *language, cxm_str word,
                              const cxm_pack_scalar *value) {
    cxm_reading reading;
    cxm_status status = words_of(pack, language, value, &reading);
    if (status != CXM_OK)
        return status;
    if (reading.count == 0)
        return cxm_pack_report(pack, CXM_E_SYNTAX, value, 0,
                               "expected what the contraction stands for, as in: do not");
    return cxm_language_add_reading(language, word, &reading) ? CXM_OK : CXM_E_NOMEM;
}

/* All readings of one written form; an ambiguous one also stands for itself. */
static cxm_status add_contraction(cxm_pack *pack, cxm_language *language,
                                  const cxm_pack_entry *entry, cxm_str word) {
    bool ambiguous = is_listed(&pack->ambiguous, word);
    cxm_status status = CXM_OK;
    if (entry->values.count + ambiguous > CXM_MAX_READINGS)
        return cxm_pack_report(pack, CXM_E_LIMIT, &entry->key, 0,
                               "a word takes at most %d readings", CXM_MAX_READINGS);
    if (ambiguous) {
        cxm_reading self = {1, {word}};
        if (!cxm_language_add_reading(language, word, &self))
            return CXM_E_NOMEM;
    }
    for (size_t i = 0; status == CXM_OK && i < entry->values.count; i++)
        status = add_reading(pack, language, word, &entry->values.items[i]);
    return status;
}

/* The word without its apostrophes, as speech recognizers write it; false where it has none. */
static bool without_apostrophes(cxm_str word, cxm_folded *out) {
    out->len = 0;
    for (size_t i = 0; i < word.len; i++)
        if (word.ptr[i] != '\'')
            out->text[out->len++] = word.ptr[i];
    return out->len < word.len && out->len > 0;
}

/* First all forms as written, then those derived from them: what is written out wins. */
static cxm_status add_contractions(cxm_pack *pack, cxm_language *language, bool derived) {
    for (size_t i = 0; i < pack->contractions.count; i++) {
        const cxm_pack_entry *entry = &pack->contractions.items[i];
        cxm_folded word;
        cxm_folded bare;
        cxm_status status = CXM_OK;
        if (derived) {
            /* What is wrong with it was told with the form as written. */
            if (!fold_one(&entry->key, &word) || !without_apostrophes(cxm_folded_str(&word), &bare))
                continue;
            word = bare;
        } else {
            status = one_word(pack, &entry->key, &word);
        }
        cxm_str form = cxm_folded_str(&word);
        if (status == CXM_OK && !cxm_language_has_contraction(language, form))
            status = add_contraction(pack, language, entry, form);
        if (is_fatal(status))
            return status;
    }
    return CXM_OK;
}

static cxm_status add_clitics(cxm_pack *pack, cxm_language *language) {
    for (size_t i = 0; i < pack->clitics.count; i++) {
        const cxm_pack_entry *entry = &pack->clitics.items[i];
        cxm_folded ending;
        cxm_clitic clitic = {.ending = entry->key.text};
        cxm_status status = CXM_OK;
        if (!cxm_fold(entry->key.text, &ending) || ending.len == 0)
            status = cxm_pack_report(pack, CXM_E_SYNTAX, &entry->key, 0,
                                     "expected the ending of a word, as in 's");
        else if (entry->values.count > CXM_MAX_READINGS)
            status = cxm_pack_report(pack, CXM_E_LIMIT, &entry->key, 0,
                                     "an ending takes at most %d readings", CXM_MAX_READINGS);
        clitic.ending = cxm_folded_str(&ending);
        for (size_t k = 0; status == CXM_OK && k < entry->values.count; k++)
            status = words_of(pack, language, &entry->values.items[k],
                              &clitic.readings[clitic.reading_count++]);
        if (status == CXM_OK && !cxm_language_add_clitic(language, &clitic))
            status = CXM_E_NOMEM;
        if (is_fatal(status))
            return status;
    }
    return CXM_OK;
}

/* The single words of a list; entries of several words are left to the phrases made of them. */
static cxm_status add_words(cxm_language *language, const cxm_pack_words *words, cxm_table *table) {
    for (size_t i = 0; i < words->count; i++) {
        size_t from = 0;
        cxm_str word;
        cxm_str more;
        cxm_folded folded;
        cxm_str text = words->items[i].text;
        if (!cxm_next_word(text, &from, &word) || cxm_next_word(text, &from, &more) ||
            !cxm_fold(word, &folded))
            continue;
        if (!cxm_language_add_word(language, table, cxm_folded_str(&folded)))
            return CXM_E_NOMEM;
    }
    return CXM_OK;
}

/* The word list is searched where it stands, in a copy of the language's own. */
static cxm_status add_word_list(cxm_pack *pack, cxm_language *language) {
    const cxm_pack_scalar *list = &pack->word_list;
    cxm_word_list words = {list->text};
    size_t offset;
    if (list->text.len == 0)
        return CXM_OK;
    if (!cxm_word_list_check(&words, &offset)) {
        cxm_pack_report(pack, CXM_E_SYNTAX, list, offset,
                        "expected a word, a tab and a digit, sorted by the bytes of the words");
        return CXM_OK;
    }
    language->words.text = cxm_arena_copy(&language->arena, list->text);
    return language->words.text.ptr ? CXM_OK : CXM_E_NOMEM;
}

static cxm_status add_roles(cxm_pack *pack, cxm_lexicon *lexicon) {
    for (size_t i = 0; i < pack->roles.count; i++) {
        const cxm_pack_entry *entry = &pack->roles.items[i];
        cxm_role role;
        if (!cxm_role_parse(entry->key.text, &role)) {
            cxm_pack_report(pack, CXM_E_SYNTAX, &entry->key, 0,
                            "expected a role: agent, customer, bot, other");
            continue;
        }
        for (size_t k = 0; k < entry->values.count; k++) {
            cxm_folded label;
            if (!cxm_fold(cxm_str_trim(entry->values.items[k].text), &label)) {
                cxm_pack_report(pack, CXM_E_LIMIT, &entry->values.items[k], 0,
                                "a label takes at most %d bytes", CXM_WORD_MAX_BYTES);
                continue;
            }
            cxm_str key = cxm_arena_copy(&lexicon->arena, cxm_folded_str(&label));
            if (!key.ptr || !cxm_table_add(&lexicon->roles, key, (uint32_t)role, NULL))
                return CXM_E_NOMEM;
        }
    }
    return CXM_OK;
}

static cxm_status set_stemmer(cxm_pack *pack, cxm_language *language) {
    if (!pack->stemmer.text.ptr)
        return CXM_OK;
    if (!cxm_stemmer_exists(pack->stemmer.text)) {
        cxm_pack_report(pack, CXM_E_SYNTAX, &pack->stemmer, 0,
                        "there is no Snowball stemmer '%.*s'; expected one as english, german, "
                        "spanish",
                        CXM_STR_ARGS(pack->stemmer.text));
        return CXM_OK;
    }
    language->stemmer = cxm_arena_copy(&language->arena, pack->stemmer.text);
    return language->stemmer.ptr ? CXM_OK : CXM_E_NOMEM;
}

cxm_status cxm_compile_language(cxm_pack *pack, cxm_lexicon *lexicon) {
    cxm_language *language = &lexicon->language;
    cxm_status status = set_stemmer(pack, language);
    if (status == CXM_OK)
        status = add_spellings(pack, language);
    if (status == CXM_OK)
        status = add_contractions(pack, language, false);
    if (status == CXM_OK)
        status = add_contractions(pack, language, true);
    if (status == CXM_OK)
        status = add_clitics(pack, language);
    if (status == CXM_OK)
        status = add_words(language, &pack->fillers, &language->fillers);
    if (status == CXM_OK)
        status = add_words(language, &pack->annotations, &language->annotations);
    if (status == CXM_OK)
        status = add_words(language, &pack->abbreviations, &language->abbreviations);
    if (status == CXM_OK)
        status = add_words(language, &pack->redactions, &language->redactions);
    if (status == CXM_OK)
        status = cxm_compile_cues(pack, language);
    if (status == CXM_OK)
        status = add_word_list(pack, language);
    return status == CXM_OK ? add_roles(pack, lexicon) : status;
}
