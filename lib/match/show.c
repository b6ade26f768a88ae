/* SPDX-License-Identifier: MIT */
/* What the tokenizer sees, for people to look at. Slow and plain: the fast path keeps none of it.
 */
#include "base/error.h"
#include "base/str.h"
#include "base/utf8.h"
#include "match/miner.h"

static bool copy(cxm_shown *self, cxm_str text, cxm_str *out) {
    *out = cxm_arena_copy(&self->strings, text);
    return out->ptr != NULL;
}

/* Writes out the readings of a word that are not just the word. */
static bool write_readings(cxm_miner *miner, cxm_str folded, cxm_str *out) {
    cxm_readings readings;
    cxm_buffer text;
    cxm_language_read(&miner->lexicon->language, folded, &readings);
    *out = (cxm_str){NULL, 0};
    if (readings.count == 1 && readings.items[0].count == 1 &&
        cxm_str_equal(readings.items[0].words[0], folded))
        return true;
    cxm_buffer_init(&text, &miner->allocator);
    for (size_t r = 0; r < readings.count; r++) {
        if (r)
            cxm_buffer_add_char(&text, '|');
        for (size_t i = 0; i < readings.items[r].count; i++) {
            if (i)
                cxm_buffer_add_char(&text, ' ');
            cxm_buffer_add_str(&text, readings.items[r].words[i]);
        }
    }
    bool written = !text.failed && copy(&miner->shown, cxm_buffer_str(&text), out);
    cxm_buffer_clear(&text);
    return written;
}

/* The part of what was understood of a glued word that stands at [start, end). */
static cxm_str part_of(const cxm_understood *understood, const cxm_lexeme *lexeme, cxm_span word) {
    cxm_str glued = cxm_folded_str(&understood->glued);
    if (!(lexeme->flags & CXM_TOKEN_GLUED))
        return cxm_folded_str(&understood->folded);
    return lexeme->start == word.start ? cxm_str_slice(glued, 0, understood->glued_len)
                                       : cxm_str_slice(glued, understood->glued_len, glued.len);
}

/* The whole word that a token is, or is a part of. */
static cxm_span word_around(const cxm_tokens *tokens, const cxm_lexeme *lexeme) {
    size_t low = 0;
    size_t high = tokens->scan.span_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (tokens->scan.spans[middle].start <= lexeme->start)
            low = middle;
        else
            high = middle;
    }
    return tokens->scan.spans[low];
}

static bool show(cxm_miner *self, cxm_str text, const cxm_lexeme *lexeme, cxm_token *out) {
    cxm_understood understood;
    cxm_span word = word_around(&self->tokens, lexeme);
    cxm_words_understand(&self->words, cxm_str_slice(text, word.start, word.end), &understood);
    cxm_str folded = part_of(&understood, lexeme, word);
    cxm_str spelling = cxm_language_spelling(&self->lexicon->language, folded);
    uint32_t start = lexeme->start;
    uint32_t end = lexeme->end;
    bool mended = self->tokens.mend.count && cxm_mend_span(&self->tokens.mend, &start, &end);
    *out = (cxm_token){.start = start,
                       .end = end,
                       .flags = lexeme->flags | (mended ? (uint32_t)CXM_TOKEN_MENDED : 0)};
    out->folded = out->expanded = out->stem = (cxm_str){NULL, 0};
    if (lexeme->flags & CXM_TOKEN_REDACTION)
        return true;
    return copy(&self->shown, spelling, &out->folded) &&
           write_readings(self, spelling, &out->expanded) &&
           copy(&self->shown, cxm_stem(self->words.symbols.stemmer, spelling), &out->stem);
}

/* Merges tokens and annotations by their place. */
static bool show_all(cxm_miner *self, cxm_str text) {
    const cxm_tokens *tokens = &self->tokens;
    size_t count = tokens->count + tokens->annotation_count;
    size_t item = 0;
    size_t note = 0;
    uint32_t sentence = 0; /* as matched; what was taken out parts them, but not for people */
    uint32_t parted = 0;
    for (size_t i = 0; i < count; i++) {
        bool annotation =
            item == tokens->count || (note < tokens->annotation_count &&
                                      tokens->annotations[note].start < tokens->items[item].start);
        const cxm_lexeme *lexeme =
            annotation ? &tokens->annotations[note++] : &tokens->items[item++];
        if (!show(self, text, lexeme, &self->shown.items[i]))
            return false;
        while (sentence + 1 < tokens->sentence_count && item > tokens->sentences[sentence].end)
            parted += tokens->sentences[sentence++].broken;
        self->shown.items[i].sentence = sentence - parted;
    }
    return true;
}

cxm_status cxm_miner_tokenize(cxm_miner *self, cxm_str text, const cxm_token **tokens,
                              size_t *count, cxm_error *error) {
    cxm_shown *shown = &self->shown;
    *tokens = NULL;
    *count = 0;
    if (!cxm_utf8_valid(text.ptr, text.len))
        return cxm_fail(error, CXM_E_ENCODING, "the text is not valid UTF-8");
    if (text.len > CXM_TURN_MAX_BYTES)
        return cxm_fail(error, CXM_E_LIMIT, "a text takes less than 4 GiB");
    cxm_arena_reset(&shown->strings);
    cxm_buffer_reset(&shown->text);
    cxm_buffer_add_str(&shown->text, text);
    cxm_buffer_add_repeat(&shown->text, '\0', CXM_SCAN_PADDING);
    cxm_str padded = {shown->text.ptr, text.len};
    if (shown->text.failed || !cxm_tokens_read(&self->tokens, &self->words, padded))
        return cxm_fail_memory(error);
    size_t all = self->tokens.count + self->tokens.annotation_count;
    void *items = shown->items;
    if (!cxm_array_reserve(&self->allocator, &items, &shown->capacity, all, sizeof *shown->items))
        return cxm_fail_memory(error);
    shown->items = items;
    if (!show_all(self, self->tokens.text))
        return cxm_fail_memory(error);
    cxm_words_keep_bounded(&self->words);
    *tokens = shown->items;
    *count = all;
    return CXM_OK;
}
