/* SPDX-License-Identifier: MIT */
/*
 * What a continuation can change. Words in front of a blank stay as they are: whether a word ends
 * there does not hang on what stands behind the blank. Whether a sentence ends is decided by what
 * stands between the words around the mark, by these words, and by the two bytes behind the second
 * one where it numbers a list item ("2. "). A bracket that nothing closes yet may turn the words
 * behind it into an annotation. (Into a mark for what was taken out of the text, too, but no
 * sentence ends in one of these.) No state goes
 * from one sentence into the next, so that the text behind a sentence and a blank can be mined by
 * itself.
 */
#include "match/piece.h"

#include "base/error.h"

#include <string.h>

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n';
}

/* The length up to, and with, the last blank. */
static size_t up_to_blank(cxm_str text) {
    size_t len = text.len;
    while (len > 0 && !is_blank(text.ptr[len - 1]))
        len--;
    return len;
}

/* Where what follows a mark can be mined by itself; 0: not at this one. `word` is where the next
 * word starts: what stands up to there must not be seen as the end of another sentence, since
 * whether it is hangs on the word before it. */
static size_t start_behind(cxm_str text, size_t mark, size_t word) {
    for (size_t i = mark + 1; i < word; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        bool harmless = is_blank((char)c) || (c >= ' ' && c < 0x7F && !strchr(".!?&", c));
        if (!harmless)
            return 0;
    }
    if (is_blank(text.ptr[mark]))
        return mark + 1;
    bool one_byte = (unsigned char)text.ptr[mark] < 0x80;
    return one_byte && mark + 1 < text.len && is_blank(text.ptr[mark + 1]) ? mark + 1 : 0;
}

/* How many sentences are over for certain, and where the text behind them begins. */
static size_t count_certain(const cxm_tokens *tokens, cxm_str text, size_t *used) {
    const cxm_span *spans = tokens->scan.spans;
    size_t words = tokens->scan.span_count;
    size_t next = 0; /* the word behind the sentence */
    size_t certain = 0;
    *used = 0;
    for (size_t i = 0; i < tokens->sentence_count; i++) {
        const cxm_sentence *sentence = &tokens->sentences[i];
        size_t mark = sentence->mark;
        while (next < words && spans[next].start <= mark)
            next++;
        if (next == words || mark >= tokens->open_bracket)
            break;
        size_t start = sentence->broken ? 0 : start_behind(text, mark, spans[next].start);
        if (start == 0)
            continue;
        certain = i + 1;
        *used = start;
    }
    return certain;
}

cxm_status cxm_miner_piece(cxm_miner *self, const cxm_spoken *spoken, bool whole, cxm_piece *out,
                           cxm_error *error) {
    cxm_str text = spoken->turn->text;
    self->result = (cxm_result){0};
    cxm_miner_begin(self);
    *out = (cxm_piece){.used = text.len, .result = &self->result};
    if (!whole)
        text.len = up_to_blank(text);
    if (!cxm_tokens_make(&self->tokens, &self->words, text))
        return cxm_fail_memory(error);
    cxm_words_keep_bounded(&self->words);
    size_t sentences = self->tokens.sentence_count;
    if (!whole)
        sentences = count_certain(&self->tokens, text, &out->used);
    if (!cxm_miner_add(self, spoken, sentences) || !cxm_miner_finish(self))
        return cxm_fail_memory(error);
    self->result.hits = self->result.all_hits = self->hits;
    self->result.all_hit_count = self->result.hit_count;
    return CXM_OK;
}
