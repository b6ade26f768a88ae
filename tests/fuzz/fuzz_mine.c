/* SPDX-License-Identifier: MIT */
/*
 * Any text against a lexicon that has everything. The first byte says whose turns they are; a byte
 * 0x01 ends a turn. What is no UTF-8 is made some. A miner that must forget all the time, and one
 * that has seen other texts, have to find the same.
 */
#include "invariants.h"

#include <stdlib.h>
#include <string.h>

static const char pack[] =
    "cxmine: 1\nlanguage: en\nstemmer: english\n"
    "contractions: {\"i'm\": i am, \"can't\": can not, \"it's\": [it is, it has], gonna: going "
    "to}\n"
    "ambiguous: [its]\n"
    "clitics: {\"'s\": ['', is, has], \"n't\": not}\n"
    "spellings: {apologize: [apologise]}\n"
    "fillers: [uh, you know, let me see]\n"
    "annotations: [inaudible, laughs]\n"
    "abbreviations: [mr, etc]\n"
    "negators: [not, never, no longer]\n"
    "sets: {we: [we, our team], deep: [<we> too, (a|b c)? d]}\n"
    "categories:\n"
    "  t.a: {speaker: agent, negation: drop, phrases: ['<we> ... a', 'i (x=<rest>)', '/^s/ $'],\n"
    "    unless: [a b, 'b $?']}\n"
    "  t.b: {speaker: customer, phrases: [{phrase: '(x=_ _) (y=a|b)', unless: [c]}, 'a ...9 b']}\n"
    "  t.c: {phrases: ['^ (uh)? _ $?', apologize~, a*, '<deep>', can, not, 'is (b)? $', "
    "frustrating,\n"
    "    'i (x=am ... (y=sorry))', '(a|a b|a b c) d', '/./ b (x=...3) $']}\n";

static const char word_list[] = "a\t9\nb\t9\nfrustrating\t4\ni\t9\nlike\t9\nsorry\t8\n";

static cxm_lexicon *new_lexicon(void) {
    cxm_lexicon_builder *builder;
    cxm_lexicon *lexicon;
    require(cxm_lexicon_builder_new(NULL, &builder, NULL) == CXM_OK);
    require(cxm_lexicon_builder_add_bytes(builder, cxm_str_from("t.yaml"), cxm_str_from(pack),
                                          NULL) == CXM_OK);
    require(cxm_lexicon_builder_add_bytes(builder, cxm_str_from("words.txt"),
                                          cxm_str_from(word_list), NULL) == CXM_OK);
    require(cxm_lexicon_builder_build(builder, &lexicon, NULL) == CXM_OK);
    cxm_lexicon_builder_free(builder);
    return lexicon;
}

static cxm_miner *new_miner(const cxm_lexicon *lexicon, size_t cache_bytes, size_t max_words) {
    cxm_miner_options options = CXM_MINER_OPTIONS_INIT;
    cxm_miner *miner;
    options.cache_bytes = cache_bytes;
    options.max_words = max_words;
    require(cxm_miner_new(lexicon, &options, &miner, NULL) == CXM_OK);
    return miner;
}

/* Turns that are no UTF-8 are taken byte by byte, each above 0x7F as one of Latin-1. */
static void add_turn(cxm_transcript_builder *builder, const char *bytes, size_t len,
                     cxm_role role) {
    cxm_turn turn = {.role = role, .text = {bytes, len}, .start = 1, .end = 2};
    cxm_status status = cxm_transcript_builder_add_turn(builder, &turn, NULL);
    if (status == CXM_OK)
        return;
    require(status == CXM_E_ENCODING);
    char *text = malloc(2 * len + 1);
    size_t written = 0;
    require(text != NULL);
    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte >= 0x80)
            text[written++] = (char)(0xC0 | byte >> 6);
        text[written++] = (char)(byte >= 0x80 ? 0x80 | (byte & 0x3F) : byte);
    }
    turn.text = (cxm_str){text, written};
    require(cxm_transcript_builder_add_turn(builder, &turn, NULL) == CXM_OK);
    free(text);
}

static cxm_transcript *transcript_of(const uint8_t *data, size_t size) {
    cxm_transcript_builder *builder;
    cxm_transcript *transcript;
    unsigned role = size ? data[0] : 0;
    const char *at = size ? (const char *)data + 1 : "";
    size_t left = size ? size - 1 : 0;
    require(cxm_transcript_builder_new(NULL, &builder, NULL) == CXM_OK);
    while (left > 0) {
        const char *end = memchr(at, '\x01', left);
        size_t len = end ? (size_t)(end - at) : left;
        add_turn(builder, at, len, (cxm_role)(role++ % CXM_ROLE_COUNT));
        len += end != NULL;
        at += len;
        left -= len;
    }
    require(cxm_transcript_builder_finish(builder, &transcript, NULL) == CXM_OK);
    return transcript;
}

static void check_words(cxm_miner *miner, const cxm_transcript *transcript, size_t word_count) {
    size_t words = 0;
    for (size_t i = 0; i < cxm_transcript_turn_count(transcript); i++)
        words += check_tokens(miner, cxm_transcript_turn(transcript, i)->text);
    require(words == word_count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static cxm_lexicon *lexicon;
    static cxm_miner *warm;
    static cxm_miner *forgetful;
    if (!lexicon) {
        lexicon = new_lexicon();
        warm = new_miner(lexicon, 0, 0);
        forgetful = new_miner(lexicon, 1, 1);
    }
    const cxm_result *expected;
    const cxm_result *result;
    cxm_transcript *transcript = transcript_of(data, size);
    cxm_miner *fresh = new_miner(lexicon, 0, 0);
    require(cxm_mine(fresh, transcript, &expected, NULL) == CXM_OK);
    check_result(lexicon, transcript, expected);
    require(cxm_mine(warm, transcript, &result, NULL) == CXM_OK);
    check_same_hits(result, expected);
    require(cxm_mine(forgetful, transcript, &result, NULL) == CXM_OK);
    check_same_hits(result, expected);
    check_words(warm, transcript, expected->word_count);
    cxm_miner_free(fresh);
    cxm_transcript_free(transcript);
    return 0;
}
