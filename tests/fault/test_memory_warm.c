/* SPDX-License-Identifier: MIT */
/* A miner that has seen the words and the sizes asks for no more memory. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

static const char plain[] = "Agent: We're sorry, I cannot refund that. Our policy states it.\n"
                            "Caller: My order doesn\u2019t come. I want a refund!\n";

enum { MOST_TRANSCRIPTS = 400 };

static size_t read_all(const char *bytes, size_t len, cxm_transcript **out) {
    cxm_reader *reader;
    size_t count = 0;
    ck_assert_int_eq(cxm_reader_new((cxm_str){bytes, len}, NULL, &reader, NULL), CXM_OK);
    while (count < MOST_TRANSCRIPTS) {
        cxm_transcript *transcript;
        ck_assert_int_eq(cxm_reader_next(reader, &transcript, NULL), CXM_OK);
        if (!transcript)
            break;
        out[count++] = transcript;
    }
    cxm_reader_free(reader);
    return count;
}

/* Real dialogues where there are any, else those above. */
static size_t read_set(cxm_transcript **out) {
    enum { ROOM = 1 << 20 };
    char path[1024];
    snprintf(path, sizeof path, "%s/dialogues/taskmaster4.jsonl", shared_data());
    FILE *file = fopen(path, "rb");
    if (!file) {
        printf("# there is no %s\n", path);
        return read_all(plain, strlen(plain), out);
    }
    char *bytes = malloc(ROOM);
    ck_assert_ptr_nonnull(bytes);
    size_t len = fread(bytes, 1, ROOM, file);
    while (len > 0 && bytes[len - 1] != '\n')
        len--;
    size_t count = read_all(bytes, len, out);
    fclose(file);
    free(bytes);
    return count;
}

static void mine_all(cxm_miner *miner, cxm_transcript **transcripts, size_t count) {
    const cxm_result *result;
    for (size_t i = 0; i < count; i++)
        if (cxm_mine(miner, transcripts[i], &result, NULL) != CXM_OK)
            ck_abort_msg("transcript %zu", i);
}

static void assert_no_allocation(const cxm_lexicon *lexicon, const cxm_miner_options *given_options,
                                 cxm_transcript **transcripts, size_t count) {
    enum { WARMING = 3 };
    meter counter = {.calls = 0};
    cxm_allocator allocator = meter_allocator(&counter);
    cxm_miner_options options = *given_options;
    cxm_miner *miner;
    options.allocator = &allocator;
    ck_assert_int_eq(cxm_miner_new(lexicon, &options, &miner, NULL), CXM_OK);
    for (int round = 0; round < WARMING; round++)
        mine_all(miner, transcripts, count);
    size_t calls = counter.calls;
    size_t live = counter.live;
    for (int round = 0; round < 2; round++)
        mine_all(miner, transcripts, count);
    printf("# %zu transcripts: %zu allocations to get warm, %zu afterwards; %zu kB\n", count, calls,
           counter.calls - calls, counter.live >> 10);
    ck_assert_uint_eq(counter.calls, calls);
    ck_assert_uint_eq(counter.live, live);
    cxm_miner_free(miner);
    ck_assert_uint_eq(counter.live, 0);
    ck_assert_uint_eq(counter.blocks, 0);
}

/* What is forgotten is worked out anew, which takes long: small caches are given fewer. */
START_TEST(none_once_warm) {
    static const struct {
        size_t cache_bytes;
        size_t max_words;
        size_t most; /* transcripts */
    } runs[] = {{0, 0, MOST_TRANSCRIPTS},
                {1 << 20, 0, 150},
                {0, 500, MOST_TRANSCRIPTS},
                {1 << 18, 100, 150}};
    static cxm_transcript *transcripts[MOST_TRANSCRIPTS];
    cxm_lexicon *lexicon = new_builtin_lexicon();
    size_t count = read_set(transcripts);
    cxm_miner_options options = CXM_MINER_OPTIONS_INIT;
    options.cache_bytes = runs[_i].cache_bytes;
    options.max_words = runs[_i].max_words;
    assert_no_allocation(lexicon, &options, transcripts,
                         count < runs[_i].most ? count : runs[_i].most);
    for (size_t i = 0; i < count; i++)
        cxm_transcript_free(transcripts[i]);
    cxm_lexicon_free(lexicon);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("fault memory warm");
    TCase *cases = tcase_create("fault memory warm");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, none_once_warm, 0, 4);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
