/* SPDX-License-Identifier: MIT */
/* The commands, one file each. */
#ifndef CXM_CLI_COMMANDS_H
#define CXM_CLI_COMMANDS_H

#include "cli.h"

extern const cli_command cli_score;
extern const cli_command cli_query;
extern const cli_command cli_show;
extern const cli_command cli_eval;
extern const cli_command cli_live;
extern const cli_command cli_lexicon_check;
extern const cli_command cli_lexicon_test;
extern const cli_command cli_lexicon_list;
extern const cli_command cli_lexicon_why;
extern const cli_command cli_lexicon_lint;
extern const cli_command cli_lexicon_stats;
extern const cli_command cli_lexicon_diff;
extern const cli_command cli_lexicon_import;
extern const cli_command cli_convert;
extern const cli_command cli_formats;
extern const cli_command cli_tokens;
extern const cli_command cli_help;
extern const cli_command cli_version;

#endif
