/* SPDX-License-Identifier: MIT */
/* Going through all transcripts of all operands. */
#ifndef CXM_CLI_EACH_H
#define CXM_CLI_EACH_H

#include "transcripts.h"

/* Does something with a transcript of `path`. Returns whether to go on; what fails is told, and
 * noted in the `failed` of where the transcript comes from. */
typedef bool (*cli_visit)(void *user, const char *path, const cxm_transcript *transcript);

/* Calls `visit` for each transcript; `lexicon` knows speakers. Returns CLI_DONE, or CLI_TROUBLE
 * where something failed: the rest was done. */
int cli_each_transcript(cli_transcripts *transcripts, const cxm_lexicon *lexicon,
                        const cli_list *paths, cli_visit visit, void *user);

#endif
