/* SPDX-License-Identifier: MIT */
#include "each.h"

#include "paths.h"

/* What is done with each transcript. */
typedef struct visit_all {
    cli_transcripts *transcripts;
    const cxm_lexicon *lexicon;
    cli_visit visit;
    void *user;
} visit_all;

static bool visit_path(void *context, const char *path) {
    visit_all *self = context;
    cxm_transcript *transcript;
    bool going = true;
    if (!cli_transcripts_open(self->transcripts, path, self->lexicon))
        return true;
    while (going && (transcript = cli_transcripts_next(self->transcripts)) != NULL) {
        going = self->visit(self->user, path, transcript);
        cxm_transcript_free(transcript);
    }
    cli_transcripts_close(self->transcripts);
    return going;
}

int cli_each_transcript(cli_transcripts *transcripts, const cxm_lexicon *lexicon,
                        const cli_list *paths, cli_visit visit, void *user) {
    visit_all self = {transcripts, lexicon, visit, user};
    bool good = cli_paths_visit(paths, visit_path, &self);
    return good && !transcripts->failed ? CLI_DONE : CLI_TROUBLE;
}
