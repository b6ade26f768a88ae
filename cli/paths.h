/* SPDX-License-Identifier: MIT */
/* The files that operands stand for: a directory stands for the files in it. */
#ifndef CXM_CLI_PATHS_H
#define CXM_CLI_PATHS_H

#include "cli.h"

/* What the help of a command that takes PATH... says of them. */
#define CLI_PATHS_PARAGRAPH                                                                        \
    "PATH is a file, - for standard input, or a directory: then all files in it are read, and in " \
    "the directories in it, in the order of their names. Hidden ones and links to directories "    \
    "are passed over. A file may hold many conversations; 'cxmine formats' lists what is read."

/* What is done with each file, or with stdin ("-"). Returns whether to go on. */
typedef bool (*cli_path_visit)(void *context, const char *path);

/*
 * Visits the operands in their order, and of a directory all files in it and in its directories, in
 * the order of their names by byte. Hidden ones (".name"), pipes and devices, and links to
 * directories are passed over there; so no loop of links is ever followed. What is not there is
 * visited, too: whoever opens it tells.
 *
 * false: a directory could not be read, which has been told.
 */
bool cli_paths_visit(const cli_list *operands, cli_path_visit visit, void *context);

#endif
