/* SPDX-License-Identifier: MIT */
#include "each.h"

#include "paths.h"

/* What is done with each transcript. */
typedef struct visit_all {
    cli_transcripts transcripts;
    const cxm_lexicon *lexicon;
    cli_visit visit;
    void *user;
    bool good;
} visit_all;

static bool visit_path(void *context, const char *path) {
    visit_all *self = context;
    cxm_transcript *transcript;
    if (!cli_transcripts_open(&self->transcripts, path, self->lexicon))
        return true;
    while ((transcript = cli_transcripts_next(&self->transcripts)) != NULL) {
        self->good = self->visit(self->user, path, transcript) && self->good;
        cxm_transcript_free(transcript);
    }
    cli_transcripts_close(&self->transcripts);
    return true;
}

int cli_each_transcript(const cli_reading *reading, const cxm_lexicon *lexicon,
                        const cli_list *paths, cli_visit visit, void *user) {
    visit_all self = {.lexicon = lexicon, .visit = visit, .user = user, .good = true};
    int status = cli_transcripts_init(&self.transcripts, reading);
    if (status != CLI_DONE)
        return status;
    bool good = cli_paths_visit(paths, visit_path, &self);
    good = good && self.good && !self.transcripts.failed;
    cli_transcripts_clear(&self.transcripts);
    return good ? CLI_DONE : CLI_TROUBLE;
}
