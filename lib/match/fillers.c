/* SPDX-License-Identifier: MIT */
#include "match/fillers.h"

static bool has_atom(const cxm_symbols *symbols, uint32_t number, uint32_t atom) {
    const cxm_symbol *symbol = &symbols->items[number];
    for (uint32_t i = 0; i < symbol->atom_count; i++)
        if (symbols->atoms[symbol->first_atom + i] == atom)
            return true;
    return false;
}

/* The symbol that a token reads as at first; what has several words is no part of a filler. */
static uint32_t symbol_of(const cxm_symbols *symbols, const cxm_lexeme *token) {
    const cxm_class *class_at = &symbols->classes[token->key >> 1];
    return symbols->readings[class_at->first_reading].symbols[0];
}

/* How many tokens a filler takes from an instruction of it on. */
static uint32_t len_from(const cxm_symbols *symbols, const cxm_lexeme *tokens, uint32_t at,
                         uint32_t end, uint32_t instruction) {
    const cxm_instruction *step = &symbols->lexicon->program[instruction];
    if (step->op == CXM_OP_SPLIT) {
        uint32_t len = len_from(symbols, tokens, at, end, step->next);
        return len ? len : len_from(symbols, tokens, at, end, step->other);
    }
    if (step->op != CXM_OP_ATOM || at >= end)
        return 0;
    if (!has_atom(symbols, symbol_of(symbols, &tokens[at]), step->argument))
        return 0;
    if (symbols->lexicon->program[step->next].op == CXM_OP_ACCEPT)
        return 1;
    /* Within a filler of several words a word said twice is skipped, as within a phrase. */
    for (uint32_t next = at + 1; next < end; next++) {
        uint32_t rest = len_from(symbols, tokens, next, end, step->next);
        if (rest)
            return next - at + rest;
        if (!(tokens[next].key & 1))
            return 0;
    }
    return 0;
}

uint32_t cxm_filler_len(const cxm_symbols *symbols, const cxm_lexeme *tokens, uint32_t at,
                        uint32_t end) {
    const cxm_lexicon *lexicon = symbols->lexicon;
    uint32_t longest = 0;
    if (at >= end || !symbols->items[symbol_of(symbols, &tokens[at])].starts_filler)
        return 0;
    for (size_t i = lexicon->first_filler; i < lexicon->rule_count; i++) {
        uint32_t len = len_from(symbols, tokens, at, end, lexicon->rules[i].entry);
        longest = len > longest ? len : longest;
    }
    return longest;
}

uint32_t cxm_skip_len(const cxm_symbols *symbols, const cxm_lexeme *tokens, uint32_t at,
                      uint32_t end) {
    if (at < end && (tokens[at].key & 1))
        return 1;
    return cxm_filler_len(symbols, tokens, at, end);
}

/* There may be several ways: "you" said twice is a repeat, and may begin "you know" as well. */
bool cxm_skips_to_end(const cxm_symbols *symbols, const cxm_lexeme *tokens, uint32_t at,
                      uint32_t end) {
    enum { MOST_TOKENS = 16 };
    const cxm_lexicon *lexicon = symbols->lexicon;
    if (at == end)
        return true;
    if (end - at > MOST_TOKENS)
        return false;
    bool repeat = tokens[at].key & 1;
    if (repeat && cxm_skips_to_end(symbols, tokens, at + 1, end))
        return true;
    for (size_t i = lexicon->first_filler; i < lexicon->rule_count; i++) {
        uint32_t len = len_from(symbols, tokens, at, end, lexicon->rules[i].entry);
        if (len > (repeat ? 1 : 0) && cxm_skips_to_end(symbols, tokens, at + len, end))
            return true;
    }
    return false;
}
