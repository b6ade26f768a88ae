/* SPDX-License-Identifier: MIT */
/* Mines a conversation while it goes on, as a speech recognizer writes it down. */
#include <cxmine.h>

#include <stdio.h>

/* What a recognizer says: a turn begins, its text from a byte on is now this, and the bytes in
 * front of another will not change any more. */
typedef struct utterance {
    const char *speaker; /* a new turn; NULL: the one before goes on */
    size_t from;
    const char *text;
    size_t stable;
} utterance;

static const utterance utterances[] = {
    {"Customer", 0, "My parcel is late and nobody tells me why.", 0},
    {"Agent", 0, "I am real", 0},
    {NULL, 5, "really sorry. Our pol", 18},
    {NULL, 23, "policy states that ", 42},
    {NULL, 42, "we refund the postage. Let", 65},
    {NULL, 65, "Let me check", 77},
};

static int fail(const cxm_error *error) {
    fprintf(stderr, "%s\n", error->message);
    return 1;
}

static void print_news(const cxm_lexicon *lexicon, const cxm_live_news *news) {
    for (size_t i = 0; i < news->hit_count; i++) {
        const cxm_hit *hit = &news->hits[i];
        cxm_str name = cxm_lexicon_category(lexicon, hit->category)->name;
        printf("turn %u: %.*s: %.*s\n", (unsigned)hit->turn, (int)name.len, name.ptr,
               (int)(hit->end - hit->start), news->text.ptr + (hit->start - news->text_start));
    }
}

/* Does what one utterance says; `news` is what that makes certain. */
static cxm_status hear(cxm_live *live, cxm_miner *miner, const utterance *said,
                       const cxm_lexicon *lexicon, cxm_error *error) {
    cxm_live_news news;
    cxm_status status = CXM_OK;
    cxm_turn turn = {
        .speaker = cxm_str_from(said->speaker), .start = CXM_TIME_UNKNOWN, .end = CXM_TIME_UNKNOWN};
    if (said->speaker && cxm_transcript_turn_count(cxm_live_transcript(live)) > 0) {
        status = cxm_live_end_turn(live, miner, CXM_TIME_UNKNOWN, &news, error);
        print_news(lexicon, &news);
    }
    if (said->speaker && status == CXM_OK)
        status = cxm_live_begin_turn(live, &turn, error);
    if (status == CXM_OK)
        status =
            cxm_live_replace(live, said->from, cxm_str_from(said->text), CXM_TIME_UNKNOWN, error);
    if (status == CXM_OK)
        status = cxm_live_settle(live, miner, said->stable, &news, error);
    if (status == CXM_OK) {
        printf("> %s\n", said->text);
        print_news(lexicon, &news);
    }
    return status;
}

int main(void) {
    cxm_error error;
    cxm_lexicon_builder *builder;
    cxm_lexicon *lexicon; /* one for all conversations */
    if (cxm_lexicon_builder_new(NULL, &builder, &error) != CXM_OK ||
        cxm_lexicon_builder_add_builtin(builder, "en", &error) != CXM_OK ||
        cxm_lexicon_builder_build(builder, &lexicon, &error) != CXM_OK)
        return fail(&error);
    cxm_miner *miner; /* one per thread, lent to whichever conversation goes on */
    cxm_live *live;   /* one per conversation */
    if (cxm_miner_new(lexicon, NULL, &miner, &error) != CXM_OK ||
        cxm_live_new(lexicon, NULL, &live, &error) != CXM_OK)
        return fail(&error);
    for (size_t i = 0; i < sizeof utterances / sizeof *utterances; i++)
        if (hear(live, miner, &utterances[i], lexicon, &error) != CXM_OK)
            return fail(&error);
    cxm_live_news news;
    if (cxm_live_finish(live, miner, &news, &error) != CXM_OK)
        return fail(&error);
    print_news(lexicon, &news);
    printf("%zu hits in %zu turns\n", news.result->hit_count, news.result->turn_count);
    cxm_live_free(live);
    cxm_miner_free(miner);
    cxm_lexicon_builder_free(builder);
    cxm_lexicon_free(lexicon);
    return 0;
}
