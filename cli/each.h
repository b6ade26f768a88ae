/* SPDX-License-Identifier: MIT */
/* Going through all transcripts of all operands. */
#ifndef CXM_CLI_EACH_H
#define CXM_CLI_EACH_H

#include "transcripts.h"

/* Does something with a transcript of `path`. false: it failed, and that has been told. */
typedef bool (*cli_visit)(void *user, const char *path, const cxm_transcript *transcript);

/*
 * Calls `visit` for each transcript; `lexicon` knows speakers. Returns CLI_DONE, CLI_TROUBLE where
 * something failed (which has been told; the rest was done), or CLI_USAGE.
 */
int cli_each_transcript(const cli_reading *reading, const cxm_lexicon *lexicon,
                        const cli_list *paths, cli_visit visit, void *user);

#endif
