/* SPDX-License-Identifier: MIT */
#ifndef CXM_TEXT_BREAK_TABLES_H
#define CXM_TEXT_BREAK_TABLES_H

/*
 * The properties of code points that word_break.c and sentence_break.c go by.
 *
 * The tables are written at build time by make_break_tables.py, which asserts that its numbers are
 * the ones below. They have two stages: an index from cp >> CXM_BREAK_SHIFT to a block, and the
 * distinct blocks of one byte per code point.
 */

#include <stdint.h>

/** The values of Word_Break (UAX #29, table 3), under Unicode's names. */
typedef enum cxm_word_break {
    CXM_WB_OTHER,
    CXM_WB_CR,
    CXM_WB_LF,
    CXM_WB_NEWLINE,            /**< Other line and paragraph separators, VT, FF, NEL. */
    CXM_WB_EXTEND,             /**< Combining marks, variation selectors, skin tones. */
    CXM_WB_ZWJ,                /**< U+200D, which glues emoji. */
    CXM_WB_FORMAT,             /**< Invisible controls, such as the soft hyphen. */
    CXM_WB_REGIONAL_INDICATOR, /**< Two make a flag. */
    CXM_WB_KATAKANA,
    CXM_WB_HEBREW_LETTER,
    CXM_WB_ALETTER,      /**< Letters of the scripts that put spaces between words. */
    CXM_WB_SINGLE_QUOTE, /**< The ASCII apostrophe. */
    CXM_WB_DOUBLE_QUOTE, /**< The ASCII double quote: gershayim within Hebrew words. */
    CXM_WB_MIDNUMLET,    /**< Within words and numbers: full stop, typographic apostrophe. */
    CXM_WB_MIDLETTER,    /**< Within words only: colon, middle dot. */
    CXM_WB_MIDNUM,       /**< Within numbers only: comma, semicolon. */
    CXM_WB_NUMERIC,
    CXM_WB_EXTENDNUMLET, /**< The low line and its kin. */
    CXM_WB_WSEGSPACE,    /**< Spaces that make one segment when in a row. */
} cxm_word_break;

/** The values of Sentence_Break (UAX #29, table 4), under Unicode's names. */
typedef enum cxm_sentence_break {
    CXM_SB_OTHER,
    CXM_SB_CR,
    CXM_SB_LF,
    CXM_SB_SEP, /**< Paragraph and line separator, NEL. */
    CXM_SB_EXTEND,
    CXM_SB_FORMAT,
    CXM_SB_SP, /**< White space that ends no paragraph. */
    CXM_SB_LOWER,
    CXM_SB_UPPER,
    CXM_SB_OLETTER, /**< Letters without case. */
    CXM_SB_NUMERIC,
    CXM_SB_ATERM,     /**< The full stop and its like, which may end an abbreviation instead. */
    CXM_SB_STERM,     /**< Exclamation and question marks, which always end a sentence. */
    CXM_SB_CLOSE,     /**< Brackets and quotes, opening ones too. */
    CXM_SB_SCONTINUE, /**< Comma, colon, dash: after a full stop the sentence goes on. */
} cxm_sentence_break;

/** The flags of a word property byte, beside the class in CXM_WB_CLASS_MASK. */
enum {
    CXM_WB_CLASS_MASK = 0x1F,
    /** Extended_Pictographic, which rule WB3c asks for; its class is Other or ALetter. */
    CXM_WB_PICTOGRAPHIC = 0x40,
    /** A letter, number, ideograph, kana, Hangul or pictograph: makes a segment a word. */
    CXM_WB_TEXT = 0x80,
};

/** The layout of the tables; no code point from CXM_BREAK_LIMIT on has a class or a flag. */
enum { CXM_BREAK_SHIFT = 7, CXM_BREAK_LIMIT = 0xE0200 };

extern const uint8_t cxm_word_break_index[CXM_BREAK_LIMIT >> CXM_BREAK_SHIFT];
extern const uint8_t cxm_word_break_blocks[];
extern const uint8_t cxm_sentence_break_index[CXM_BREAK_LIMIT >> CXM_BREAK_SHIFT];
extern const uint8_t cxm_sentence_break_blocks[];

/** Where the byte for `cp`, which is below CXM_BREAK_LIMIT, stands in the blocks of an index. */
static inline uint32_t cxm_break_slot(const uint8_t *index, uint32_t cp) {
    uint32_t block = index[cp >> CXM_BREAK_SHIFT];
    return block << CXM_BREAK_SHIFT | (cp & ((1u << CXM_BREAK_SHIFT) - 1));
}

/** The word-break class of any 32-bit value together with its flags. */
static inline uint8_t cxm_word_property(uint32_t cp) {
    if (cp >= CXM_BREAK_LIMIT)
        return CXM_WB_OTHER;
    return cxm_word_break_blocks[cxm_break_slot(cxm_word_break_index, cp)];
}

/** The word-break class of any 32-bit value; Other for what is no code point. */
static inline cxm_word_break cxm_word_class(uint32_t cp) {
    return (cxm_word_break)(cxm_word_property(cp) & CXM_WB_CLASS_MASK);
}

/** The sentence-break class of any 32-bit value; Other for what is no code point. */
static inline cxm_sentence_break cxm_sentence_class(uint32_t cp) {
    if (cp >= CXM_BREAK_LIMIT)
        return CXM_SB_OTHER;
    return (
        cxm_sentence_break)cxm_sentence_break_blocks[cxm_break_slot(cxm_sentence_break_index, cp)];
}

#endif
