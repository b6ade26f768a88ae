/* SPDX-License-Identifier: MIT */
/*
 * What words mean to a lexicon, numbered as they are met.
 *
 * A *symbol* is a set of atoms: what one word of a reading satisfies. A *class* is a set of
 * readings, each a sequence of symbols: what a word of a transcript may stand for. "don't" and
 * "dont" are of one class; words without atoms are of class 0, which is of no interest to the
 * lexicon.
 */
#ifndef CXM_MATCH_SYMBOLS_H
#define CXM_MATCH_SYMBOLS_H

#include "lexicon/lexicon.h"
#include "match/columns.h"
#include "match/needs.h"

/* More classes than this are not told apart: what is met later is of no interest. No vocabulary
 * comes near it. */
enum { CXM_MAX_CLASSES = 1 << 19 };

/* What is read of a word: its class, and in the lowest bits what is special about it. */
typedef uint32_t cxm_key;
enum {
    CXM_KEY_SKIPPED = 1, /* it may be skipped */
    CXM_KEY_FILLER = 2,  /* a filler may begin with it where it stands */
    CXM_KEY_SEVERAL = 4, /* a reading of it has several words */
    CXM_KEY_FLAGS = 7,
    CXM_KEY_FLAG_BITS = 3,
};

/* What of a key counts for the first word of a rule: that is not skipped. */
#define CXM_KEY_FIRST (~(cxm_key)(CXM_KEY_SKIPPED | CXM_KEY_FILLER))
#define CXM_KEY(class_number, skipped)                                                             \
    ((cxm_key)((class_number) << CXM_KEY_FLAG_BITS | ((skipped) ? CXM_KEY_SKIPPED : 0u)))

static inline uint32_t cxm_key_class(cxm_key key) {
    return key >> CXM_KEY_FLAG_BITS;
}

/* What is special about a class; a filler is one of the lexicon. */
enum {
    CXM_CLASS_FILLER = 1,  /* it may be one, whatever follows */
    CXM_CLASS_BEGINS = 2,  /* it may begin one of several words */
    CXM_CLASS_SEVERAL = 4, /* a reading has several words */
    CXM_CLASS_WITHIN = 8,  /* it may be part of a filler */
};

typedef struct cxm_symbol {
    uint32_t first_atom; /* index of atoms */
    uint32_t atom_count;
    uint32_t first_filler; /* index of fillers: what follows where a filler begins with it */
    uint32_t filler_count;
    uint32_t set;   /* from 1 on: its atoms as a set; 0: it has none */
    bool negator;   /* a negator of one word */
    bool filler;    /* a filler can be it alone */
    bool in_filler; /* a filler can contain it */
} cxm_symbol;

/* One reading of a class. */
typedef struct cxm_class_reading {
    uint32_t symbols[CXM_MAX_READING_WORDS];
    uint32_t count;
    uint32_t negator_from; /* the index behind its last negator; 0 where it has none */
} cxm_class_reading;

typedef struct cxm_class {
    uint32_t first_reading; /* index of readings */
    uint32_t reading_count;
} cxm_class;

/* Everyday words satisfy hundreds of atoms, so these are also kept as a set, a bit an atom. */
enum {
    CXM_SET_ATOMS = 48,       /* a symbol with so many has one, */
    CXM_SET_BYTES = 16 << 20, /* as long as there is room for all */
};

typedef struct cxm_symbols {
    const cxm_lexicon *lexicon;
    cxm_allocator allocator;
    cxm_stemmer *stemmer; /* NULL: the language has none */
    cxm_regex_scratch *scratch;
    cxm_arena keys;
    cxm_table symbol_numbers; /* atoms as bytes -> symbol */
    cxm_table class_numbers;  /* readings as bytes -> class */
    cxm_symbol *items;
    size_t count;
    size_t capacity;
    uint32_t *atoms;
    size_t atom_count;
    size_t atom_capacity;
    uint64_t *sets; /* of symbols, `set_words` each */
    size_t set_words;
    size_t set_count;
    size_t set_capacity; /* words */
    uint32_t *fillers;   /* instructions */
    size_t filler_count;
    size_t filler_capacity;
    cxm_class *classes;
    size_t class_count;
    size_t class_capacity;
    cxm_atom_columns *columns; /* per atom, of the listed classes that begin with it */
    unsigned char *flags;      /* per class, CXM_CLASS_...; apart, since all words ask for them */
    size_t flag_capacity;
    cxm_need_row *needs; /* of the lexicon */
    cxm_class_reading *readings;
    size_t reading_count;
    size_t reading_capacity;
    cxm_atoms found; /* of the word at hand */
} cxm_symbols;

/* Whether the sorted atoms of a symbol have one among them. */
bool cxm_symbols_lists_atom(const cxm_symbols *self, const cxm_symbol *symbol, uint32_t atom);

/* Whether a symbol has an atom. */
static inline bool cxm_symbols_has_atom(const cxm_symbols *self, const cxm_symbol *symbol,
                                        uint32_t atom) {
    if (!symbol->set)
        return cxm_symbols_lists_atom(self, symbol, atom);
    const uint64_t *set = self->sets + (symbol->set - 1) * self->set_words;
    return set[atom / 64] >> (atom % 64) & 1;
}

/* How many classes have columns. */
static inline uint32_t cxm_symbols_listed(const cxm_symbols *self) {
    return (uint32_t)(self->class_count < CXM_MAX_LISTED ? self->class_count : CXM_MAX_LISTED);
}

/* false where there is no memory. Clear it in any case. */
bool cxm_symbols_init(cxm_symbols *self, const cxm_lexicon *lexicon,
                      const cxm_allocator *allocator);
void cxm_symbols_clear(cxm_symbols *self);

/* The class of the readings of a folded word; false where there is no memory. */
bool cxm_symbols_class_of(cxm_symbols *self, cxm_str folded, uint32_t *class_number);

#endif
