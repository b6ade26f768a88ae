/* SPDX-License-Identifier: MIT */
/* Options: from a command line to a command's settings, by the command's table. */
#ifndef CXM_CLI_OPTIONS_H
#define CXM_CLI_OPTIONS_H

#include "cli.h"

/* Parses what stands behind the command's name, runs it, and returns what to exit with. */
int cli_run(const cli_command *self, const char *const *words, size_t count);

#endif
