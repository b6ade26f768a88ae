/* SPDX-License-Identifier: MIT */
#include "base/str.h"
#include "lexicon/pieces.h"

enum { LEAST_FREQUENCY = 3 /* rarer words are not looked at one by one */ };

/* The word list counts in powers of ten, of ten million words or so. */
static float chance_of_frequency(unsigned frequency) {
    float chance = 3e-7F;
    for (unsigned i = 0; i < frequency; i++)
        chance *= 10;
    return chance;
}

/* Where nothing is known of a language: the shorter a word, the more frequent (Zipf 1935). */
static float chance_of_length(size_t len) {
    float chance = 0.02F;
    for (size_t i = 1; i < len && i < CXM_SLIP_MAX_BYTES; i++)
        chance *= 0.6F;
    return chance;
}

static cxm_status add_frequent_words(const cxm_lexicon *lexicon, cxm_stemmer *stemmer,
                                     cxm_regex_scratch *scratch, float *chances) {
    const cxm_word_list *words = &lexicon->language.words;
    cxm_atoms found = {NULL, 0, NULL};
    cxm_status status = CXM_OK;
    cxm_str word;
    unsigned frequency;
    for (size_t at = 0; status == CXM_OK && cxm_word_list_next(words, &at, &word, &frequency);) {
        if (frequency < LEAST_FREQUENCY)
            continue;
        if (!cxm_lexicon_resolve(lexicon, &lexicon->allocator, stemmer, scratch, word, &found))
            status = CXM_E_NOMEM;
        for (size_t i = 0; status == CXM_OK && i < found.count; i++)
            chances[found.items[i]] += chance_of_frequency(frequency);
    }
    cxm_atoms_clear(&found, lexicon, &lexicon->allocator);
    return status;
}

static cxm_status from_word_list(const cxm_lexicon *lexicon, float *chances) {
    cxm_stemmer *stemmer = NULL;
    if (lexicon->language.stemmer.len) {
        stemmer = cxm_stemmer_new(lexicon->language.stemmer.ptr);
        if (!stemmer)
            return CXM_E_NOMEM;
    }
    cxm_regex_scratch *scratch = cxm_regex_scratch_new(&lexicon->allocator);
    cxm_status status =
        scratch ? add_frequent_words(lexicon, stemmer, scratch, chances) : CXM_E_NOMEM;
    cxm_regex_scratch_free(scratch);
    cxm_stemmer_free(stemmer);
    return status;
}

static void from_lengths(const cxm_lexicon *lexicon, const cxm_table *table, float *chances) {
    const cxm_lists *lists = &lexicon->atoms_of_primitive;
    for (size_t i = 0; i < table->capacity; i++) {
        const cxm_table_entry *entry = &table->entries[i];
        if (!entry->key.ptr)
            continue;
        float chance = chance_of_length(entry->key.len);
        for (uint32_t a = lists->offsets[entry->value]; a < lists->offsets[entry->value + 1]; a++)
            chances[lists->items[a]] += chance;
    }
}

cxm_status cxm_chances_make(const cxm_lexicon *lexicon, float *chances) {
    static const float unlisted = 1e-5F;
    for (size_t i = 0; i < lexicon->atom_count; i++)
        chances[i] = unlisted;
    if (lexicon->language.words.text.len)
        return from_word_list(lexicon, chances);
    from_lengths(lexicon, &lexicon->literals, chances);
    from_lengths(lexicon, &lexicon->prefixes, chances);
    from_lengths(lexicon, &lexicon->stems, chances);
    return CXM_OK;
}
