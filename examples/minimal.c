/* SPDX-License-Identifier: MIT */
/* Mines a transcript given as an argument with the built-in lexicon, and prints what it finds. */
#include <cxmine.h>

#include <stdio.h>

static int fail(const cxm_error *error) {
    fprintf(stderr, "%s:%u: %s\n", error->file, (unsigned)error->line, error->message);
    return 1;
}

int main(int argc, char **argv) {
    cxm_str text = cxm_str_from(argc > 1 ? argv[1]
                                         : "Customer: My parcel is late.\n"
                                           "Agent: I am really sorry. "
                                           "Our policy states that we refund the postage.\n");
    cxm_error error;
    cxm_lexicon_builder *builder;
    cxm_lexicon *lexicon; /* immutable: share it between threads */
    if (cxm_lexicon_builder_new(NULL, &builder, &error) != CXM_OK ||
        cxm_lexicon_builder_add_builtin(builder, "en", &error) != CXM_OK ||
        cxm_lexicon_builder_build(builder, &lexicon, &error) != CXM_OK)
        return fail(&error);
    cxm_miner *miner; /* one per thread, reused */
    if (cxm_miner_new(lexicon, NULL, &miner, &error) != CXM_OK)
        return fail(&error);
    cxm_reader_options options = CXM_READER_OPTIONS_INIT;
    options.lexicon = lexicon; /* it knows which speakers are agents */
    cxm_transcript *transcript;
    if (cxm_transcript_read(text, &options, &transcript, &error) != CXM_OK)
        return fail(&error);
    const cxm_result *result; /* borrowed: valid until the miner's next call */
    if (cxm_mine(miner, transcript, &result, &error) != CXM_OK)
        return fail(&error);
    for (size_t i = 0; i < result->hit_count; i++) {
        const cxm_hit *hit = &result->hits[i];
        cxm_str name = cxm_lexicon_category(lexicon, hit->category)->name;
        const char *words = cxm_transcript_turn(transcript, hit->turn)->text.ptr + hit->start;
        printf("%.*s: %.*s\n", (int)name.len, name.ptr, (int)(hit->end - hit->start), words);
    }
    cxm_transcript_free(transcript);
    cxm_miner_free(miner);
    cxm_lexicon_builder_free(builder);
    cxm_lexicon_free(lexicon);
    return 0;
}
