/* SPDX-License-Identifier: MIT */
#include "session.h"

#include "diagnostics.h"

int cli_session_open(cli_session *self, const cli_session_settings *settings) {
    *self = (cli_session){0};
    /* What may be wrong with the command line comes before the work of compiling. */
    int status = cli_transcripts_init(&self->transcripts, &settings->reading);
    if (status == CLI_DONE)
        status = cli_pack_open(&settings->pack, &self->lexicon);
    if (status != CLI_DONE)
        return status;
    self->miner = cli_miner_new(self->lexicon, &settings->mining);
    return self->miner ? CLI_DONE : CLI_TROUBLE;
}

void cli_session_close(cli_session *self) {
    cxm_miner_free(self->miner);
    cli_transcripts_clear(&self->transcripts);
    cxm_lexicon_free(self->lexicon);
}

cxm_miner_options cli_miner_options(const cli_mining *mining) {
    cxm_miner_options options = CXM_MINER_OPTIONS_INIT;
    options.no_typing_slips = mining->no_slips;
    options.no_glued_words = mining->no_glued;
    options.no_repair = mining->no_repair;
    options.no_role_vote = mining->no_vote;
    return options;
}

cxm_miner *cli_miner_new(const cxm_lexicon *lexicon, const cli_mining *mining) {
    cxm_miner_options options = cli_miner_options(mining);
    cxm_miner *miner;
    cxm_error error;
    if (cxm_miner_new(lexicon, &options, &miner, &error) == CXM_OK)
        return miner;
    cli_report(&error);
    return NULL;
}
