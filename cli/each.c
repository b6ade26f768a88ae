/* SPDX-License-Identifier: MIT */
#include "each.h"

static bool visit_path(cli_transcripts *transcripts, const char *path, const cxm_lexicon *lexicon,
                       cli_visit visit, void *user) {
    cxm_transcript *transcript;
    bool good = true;
    if (!cli_transcripts_open(transcripts, path, lexicon))
        return false;
    while ((transcript = cli_transcripts_next(transcripts)) != NULL) {
        good = visit(user, path, transcript) && good;
        cxm_transcript_free(transcript);
    }
    cli_transcripts_close(transcripts);
    return good && !transcripts->failed;
}

int cli_each_transcript(const cli_reading *reading, const cxm_lexicon *lexicon,
                        const cli_list *paths, cli_visit visit, void *user) {
    cli_transcripts transcripts;
    int status = cli_transcripts_init(&transcripts, reading);
    if (status != CLI_DONE)
        return status;
    for (size_t i = 0; i < paths->count; i++)
        if (!visit_path(&transcripts, paths->items[i], lexicon, visit, user))
            status = CLI_TROUBLE;
    cli_transcripts_clear(&transcripts);
    return status;
}
