/* SPDX-License-Identifier: MIT */
#include "match/fillers.h"

enum { MOST_LEN = 32 /* tokens of a filler */, NO_LEN = 1 << 16 };

static bool has_atom(const cxm_symbols *symbols, uint32_t number, uint32_t atom) {
    const cxm_symbol *symbol = &symbols->items[number];
    for (uint32_t i = 0; i < symbol->atom_count; i++)
        if (symbols->atoms[symbol->first_atom + i] == atom)
            return true;
    return false;
}

/* The symbol that a token reads as at first; what has several words is no part of a filler. */
static uint32_t symbol_of(const cxm_symbols *symbols, const cxm_lexeme *token) {
    const cxm_class *class_at = &symbols->classes[cxm_key_class(token->key)];
    return symbols->readings[class_at->first_reading].symbols[0];
}

static uint32_t rest_len(const cxm_symbols *symbols, const cxm_lexeme *tokens, uint32_t at,
                         uint32_t end, uint32_t instruction);

/* How many tokens a filler takes from an instruction of it on. */
static uint32_t len_from(const cxm_symbols *symbols, const cxm_lexeme *tokens, uint32_t at,
                         uint32_t end, uint32_t instruction) {
    const cxm_instruction *step = &symbols->lexicon->program[instruction];
    if (step->op == CXM_OP_SPLIT) {
        uint32_t len = len_from(symbols, tokens, at, end, step->next);
        return len ? len : len_from(symbols, tokens, at, end, step->other);
    }
    if (step->op != CXM_OP_ATOM || at >= end ||
        !has_atom(symbols, symbol_of(symbols, &tokens[at]), step->argument))
        return 0;
    return 1 + rest_len(symbols, tokens, at + 1, end, step->next);
}

/* How many tokens the rest of a filler takes behind a word of it; so many that nothing is that long
 * where it does not go on. Within a filler a word said twice is skipped, as within a phrase. */
static uint32_t rest_len(const cxm_symbols *symbols, const cxm_lexeme *tokens, uint32_t at,
                         uint32_t end, uint32_t instruction) {
    if (symbols->lexicon->program[instruction].op == CXM_OP_ACCEPT)
        return 0;
    for (uint32_t next = at; next < end; next++) {
        uint32_t rest = len_from(symbols, tokens, next, end, instruction);
        if (rest && rest < NO_LEN)
            return next - at + rest;
        if (!(tokens[next].key & CXM_KEY_SKIPPED))
            break;
    }
    return NO_LEN;
}

/* The lengths of all fillers at `at`, a bit each from 1 on; longer ones are left aside. */
static uint32_t filler_lens(const cxm_symbols *symbols, const cxm_lexeme *tokens, uint32_t at,
                            uint32_t end) {
    const cxm_symbol *symbol = &symbols->items[symbol_of(symbols, &tokens[at])];
    const cxm_lists *lists = &symbols->lexicon->fillers_of_atom;
    uint32_t lens = 0;
    if (!symbol->starts_filler)
        return 0;
    for (uint32_t a = 0; a < symbol->atom_count; a++) {
        uint32_t atom = symbols->atoms[symbol->first_atom + a];
        for (uint32_t i = lists->offsets[atom]; i < lists->offsets[atom + 1]; i++) {
            uint32_t len = 1 + rest_len(symbols, tokens, at + 1, end, lists->items[i]);
            if (len < MOST_LEN)
                lens |= 1u << len;
        }
    }
    return lens;
}

uint32_t cxm_skip_lens(const cxm_symbols *symbols, const cxm_lexeme *tokens, uint32_t at,
                       uint32_t end) {
    if (at >= end)
        return 0;
    return filler_lens(symbols, tokens, at, end) |
           ((tokens[at].key & CXM_KEY_SKIPPED) ? 1u << 1 : 0u);
}

bool cxm_can_skip(const cxm_symbols *symbols, const cxm_lexeme *tokens, uint32_t from,
                  uint32_t to) {
    /* Bit k: all tokens in front of `at` + k may be skipped. */
    uint32_t reached = 1;
    for (uint32_t at = from; at < to && reached; at++, reached >>= 1)
        if (reached & 1)
            reached |= cxm_skip_lens(symbols, tokens, at, to);
    return reached & 1;
}
