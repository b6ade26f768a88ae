/* SPDX-License-Identifier: MIT */
/* Help, made from the tables of the commands. */
#ifndef CXM_CLI_USAGE_H
#define CXM_CLI_USAGE_H

#include "cli.h"

#include <stdio.h>

/* What every help page ends with, and the man page. */
const cli_entry *cli_usage_exits(void);

/* `cxmine --help`. */
void cli_print_overview(FILE *to);

/* `cxmine COMMAND --help`. */
void cli_print_usage(FILE *to, const cli_command *command);

/* The commands whose first word is `word`; false, and nothing printed, where there are none. */
bool cli_print_group(FILE *to, const char *word);

/* Says that the words are no command. Returns CLI_USAGE. */
int cli_unknown_command(const char *const *words, size_t count);

/* The man page. */
void cli_print_man(FILE *to);

#endif
