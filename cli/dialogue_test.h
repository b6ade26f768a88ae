/* SPDX-License-Identifier: MIT */
/* Running the dialogues of a pack: the tests of its behaviors and criteria. */
#ifndef CXM_CLI_DIALOGUE_TEST_H
#define CXM_CLI_DIALOGUE_TEST_H

#include "lexicon.h"

/* Runs all dialogues and prints what fails; `*passed` counts. false: one could not be run, and that
 * has been told. */
bool cli_run_dialogues(cxm_miner *miner, const cxm_lexicon *lexicon, size_t *passed);

#endif
