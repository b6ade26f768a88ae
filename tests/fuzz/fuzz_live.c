/* SPDX-License-Identifier: MIT */
/*
 * A conversation to which things are done in any order, against mining what has become of it as a
 * whole. A byte says what is done: one below 0x10 does something to the turn (its first bits say
 * what, the next byte how much); any other is text, as a code point of Latin-1.
 */
#include "invariants.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_TEXT = 1 << 16 };

static const char pack[] =
    "cxmine: 1\nlanguage: en\nstemmer: english\n"
    "contractions: {\"i'm\": i am, \"can't\": can not}\n"
    "fillers: [uh, you know]\nannotations: [inaudible, laughs]\nredactions: [name, "
    "xxxx]\nabbreviations: [mr, etc]\n"
    "negators: [not, never]\n"
    "categories:\n"
    "  t.a: {speaker: agent, negation: drop, phrases: ['a ... a', 'i (x=<rest>)', '/^s/ $'],\n"
    "    unless: [a b, 'b $?']}\n"
    "  t.c: {phrases: ['^ (uh)? _ $?', a*, '^ _', '_ $', '(a|a b|a b c) d', '/./ b (x=...3) $']}\n";

/* What is done, and what must come of it. */
typedef struct fuzz {
    cxm_lexicon *lexicon;
    cxm_miner *miner;
    cxm_live *live;
    cxm_transcript_builder *whole;
    char text[MOST_TEXT]; /* of the open turn */
    size_t len;
    size_t settled;
    size_t turns;
    bool open;
    size_t told;
} fuzz;

static void new_lexicon(fuzz *self) {
    cxm_lexicon_builder *builder;
    require(cxm_lexicon_builder_new(NULL, &builder, NULL) == CXM_OK);
    require(cxm_lexicon_builder_add_bytes(builder, cxm_str_from("t.yaml"), cxm_str_from(pack),
                                          NULL) == CXM_OK);
    require(cxm_lexicon_builder_build(builder, &self->lexicon, NULL) == CXM_OK);
    cxm_lexicon_builder_free(builder);
    cxm_miner_options options = CXM_MINER_OPTIONS_INIT;
    options.no_role_vote = true;
    require(cxm_miner_new(self->lexicon, &options, &self->miner, NULL) == CXM_OK);
}

static cxm_turn turn_of(const fuzz *self) {
    return (cxm_turn){.role = (cxm_role)(self->turns % CXM_ROLE_COUNT),
                      .text = {self->text, self->len},
                      .start = (double)self->turns,
                      .end = CXM_TIME_UNKNOWN};
}

static void hear(fuzz *self, const cxm_live_news *news) {
    require(news->first_hit == self->told);
    self->told += news->hit_count;
}

static void begin_turn(fuzz *self) {
    if (self->open)
        return;
    self->len = self->settled = 0;
    cxm_turn turn = turn_of(self);
    require(cxm_live_begin_turn(self->live, &turn, NULL) == CXM_OK);
    self->open = true;
}

static void end_turn(fuzz *self) {
    cxm_live_news news;
    begin_turn(self);
    cxm_turn turn = turn_of(self);
    require(cxm_live_end_turn(self->live, self->miner, CXM_TIME_UNKNOWN, &news, NULL) == CXM_OK);
    hear(self, &news);
    require(cxm_transcript_builder_add_turn(self->whole, &turn, NULL) == CXM_OK);
    self->turns++;
    self->open = false;
}

static void put(fuzz *self, uint8_t byte) {
    char bytes[2] = {(char)byte};
    size_t len = 1;
    if (byte >= 0x80) {
        bytes[0] = (char)(0xC0 | byte >> 6);
        bytes[1] = (char)(0x80 | (byte & 0x3F));
        len = 2;
    }
    if (self->len + len > MOST_TEXT)
        return;
    begin_turn(self);
    require(cxm_live_append(self->live, (cxm_str){bytes, len}, CXM_TIME_UNKNOWN, NULL) == CXM_OK);
    memcpy(self->text + self->len, bytes, len);
    self->len += len;
}

static void settle(fuzz *self, size_t bytes) {
    cxm_live_news news;
    begin_turn(self);
    if (bytes > self->len)
        bytes = self->len;
    if (bytes > self->settled)
        self->settled = bytes;
    require(cxm_live_settle(self->live, self->miner, bytes, &news, NULL) == CXM_OK);
    hear(self, &news);
}

/* Takes bytes off the end, as far as may be. */
static void cut(fuzz *self, size_t bytes) {
    begin_turn(self);
    size_t at = self->len > bytes ? self->len - bytes : 0;
    cxm_status status =
        cxm_live_replace(self->live, at, (cxm_str){NULL, 0}, CXM_TIME_UNKNOWN, NULL);
    bool inside = at < self->len && ((unsigned char)self->text[at] & 0xC0) == 0x80;
    require(status == (at < self->settled || inside ? CXM_E_ARGUMENT : CXM_OK));
    if (status == CXM_OK)
        self->len = at;
}

static void act(fuzz *self, uint8_t what, uint8_t how_much) {
    switch (what % 4) {
    case 0:
        end_turn(self);
        break;
    case 1:
        settle(self, self->settled + how_much);
        break;
    case 2:
        cut(self, how_much);
        break;
    default:
        settle(self, SIZE_MAX);
        break;
    }
}

static void compare(fuzz *self) {
    cxm_transcript *transcript;
    cxm_live_news news;
    const cxm_result *expected;
    require(cxm_live_finish(self->live, self->miner, &news, NULL) == CXM_OK);
    require(news.hit_count == 0 && news.result->hit_count == self->told);
    require(cxm_transcript_builder_finish(self->whole, &transcript, NULL) == CXM_OK);
    require(cxm_mine(self->miner, transcript, &expected, NULL) == CXM_OK);
    check_result(self->lexicon, transcript, news.result);
    check_same_hits(news.result, expected);
    require(news.result->word_count == expected->word_count);
    cxm_transcript_free(transcript);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static fuzz self;
    if (!self.lexicon)
        new_lexicon(&self);
    self.turns = self.told = self.len = 0;
    self.open = false;
    require(cxm_live_new(self.lexicon, NULL, &self.live, NULL) == CXM_OK);
    require(cxm_transcript_builder_new(NULL, &self.whole, NULL) == CXM_OK);
    for (size_t i = 0; i < size; i++) {
        if (data[i] >= 0x10 || data[i] == '\n')
            put(&self, data[i]);
        else if (++i < size)
            act(&self, data[i - 1], data[i]);
    }
    end_turn(&self);
    compare(&self);
    cxm_live_free(self.live);
    return 0;
}
