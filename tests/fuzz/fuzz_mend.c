/* SPDX-License-Identifier: MIT */
/*
 * Decodes and mends the bytes. The first byte chooses how much memory there will be; the rest is
 * the input, once as bytes of any encoding, once, where it is UTF-8, as a text to be mended.
 * Asserts what decode.h, mend.h and miner.h promise.
 */
#include "base/utf8.h"
#include "budget.h"
#include "lexicon/lexicon.h"
#include "read/decode.h"
#include "text/mend.h"

#include <cxmine.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CHECK(condition) ((condition) ? (void)0 : abort())

/* Made once: compiling takes longer than mending. */
static cxm_lexicon *english(void) {
    static cxm_lexicon *lexicon;
    cxm_lexicon_builder *builder;
    if (lexicon)
        return lexicon;
    CHECK(cxm_lexicon_builder_new(NULL, &builder, NULL) == CXM_OK);
    CHECK(cxm_lexicon_builder_add_builtin(builder, "en", NULL) == CXM_OK);
    CHECK(cxm_lexicon_builder_build(builder, &lexicon, NULL) == CXM_OK);
    cxm_lexicon_builder_free(builder);
    return lexicon;
}

static void decode(cxm_str bytes) {
    size_t mark;
    cxm_encoding found = cxm_encoding_of(bytes, &mark);
    CHECK(mark <= bytes.len && cxm_encoding_name(found));
    for (int i = CXM_UTF_16_LE; i <= CXM_ENCODING_LATIN_1; i++) {
        size_t len = cxm_decode((cxm_encoding)i, bytes, NULL, 0);
        CHECK(len <= 3 * bytes.len + 3);
        char *text = malloc(len + 1);
        CHECK(text);
        CHECK(cxm_decode((cxm_encoding)i, bytes, text, len) == len);
        CHECK(cxm_utf8_valid(text, len));
        free(text);
    }
}

static void mend(cxm_str text, const cxm_allocator *allocator) {
    cxm_mend self;
    cxm_mend_init(&self, allocator);
    if (cxm_mend_run(&self, &english()->language, text, 16) && self.count) {
        cxm_str copy = cxm_mend_text(&self);
        uint32_t before = 0;
        CHECK(cxm_utf8_valid(copy.ptr, copy.len));
        for (uint32_t at = 0; at < copy.len; at++) {
            uint32_t start = at;
            uint32_t end = at + 1;
            cxm_mend_span(&self, &start, &end);
            CHECK(before <= start && start < end && end <= text.len);
            before = start;
        }
    }
    cxm_mend_clear(&self);
}

static void tokenize(cxm_str text) {
    cxm_miner *miner;
    const cxm_token *tokens;
    size_t count;
    CHECK(cxm_miner_new(english(), NULL, &miner, NULL) == CXM_OK);
    CHECK(cxm_miner_tokenize(miner, text, &tokens, &count, NULL) == CXM_OK);
    for (size_t i = 0; i < count; i++) {
        CHECK(tokens[i].start < tokens[i].end && tokens[i].end <= text.len);
        CHECK(i == 0 || tokens[i - 1].start <= tokens[i].start);
        CHECK(((unsigned char)text.ptr[tokens[i].start] & 0xC0) != 0x80);
    }
    cxm_miner_free(miner);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0)
        return 0;
    budget memory = {.most = data[0] / 16};
    cxm_allocator allocator = budget_allocator(&memory);
    /* In a block of just its size, so that a sanitizer sees what is read behind it. */
    char *bytes = malloc(size);
    CHECK(bytes);
    memcpy(bytes, data + 1, size - 1);
    cxm_str text = {bytes, size - 1};
    decode(text);
    if (cxm_utf8_valid(text.ptr, text.len)) {
        mend(text, &allocator);
        tokenize(text);
    }
    CHECK(memory.live == 0);
    free(bytes);
    return 0;
}
