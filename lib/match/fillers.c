/* SPDX-License-Identifier: MIT */
#include "match/fillers.h"

enum { MOST_LEN = 31 /* tokens of a filler */ };

/* The symbol that a token reads as at first; what has several words is no part of a filler. */
static const cxm_symbol *symbol_of(const cxm_symbols *symbols, const cxm_lexeme *token) {
    const cxm_class *class_at = &symbols->classes[cxm_key_class(token->key)];
    return &symbols->items[symbols->readings[class_at->first_reading].symbols[0]];
}

/* Lets the words of a filler from an instruction on be taken behind any of some tokens: bit k of
 * `reached` is `at` + k, as in what is returned: behind the last word. Within a filler a word said
 * twice is skipped, as within a phrase. */
static uint32_t take_filler(const cxm_symbols *symbols, const cxm_lexeme *tokens, uint32_t at,
                            uint32_t end, uint32_t instruction, uint32_t reached) {
    const cxm_instruction *step = &symbols->lexicon->program[instruction];
    uint32_t behind = 0;
    if (step->op == CXM_OP_ACCEPT)
        return reached;
    if (step->op == CXM_OP_SPLIT)
        return take_filler(symbols, tokens, at, end, step->next, reached) |
               take_filler(symbols, tokens, at, end, step->other, reached);
    for (uint32_t k = 0; k < MOST_LEN && at + k < end && reached >> k; k++) {
        if (!(reached >> k & 1))
            continue;
        const cxm_lexeme *token = &tokens[at + k];
        if (step->op == CXM_OP_ATOM &&
            cxm_symbols_has_atom(symbols, symbol_of(symbols, token), step->argument))
            behind |= 2u << k;
        if (token->key & CXM_KEY_SKIPPED)
            reached |= 2u << k;
    }
    return behind ? take_filler(symbols, tokens, at, end, step->next, behind) : 0;
}

/* The lengths of all fillers at `at`, a bit each from 1 on; longer ones are left aside. */
static uint32_t filler_lens(const cxm_symbols *symbols, const cxm_lexeme *tokens, uint32_t at,
                            uint32_t end) {
    const cxm_symbol *symbol = symbol_of(symbols, &tokens[at]);
    uint32_t lens = 0;
    for (uint32_t i = 0; i < symbol->filler_count; i++)
        lens |= take_filler(symbols, tokens, at, end, symbols->fillers[symbol->first_filler + i],
                            1u << 1);
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
