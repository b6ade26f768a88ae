/* SPDX-License-Identifier: MIT */
/* Messages on stderr: `cxmine: file:3:14: what is wrong`, and the line with a caret under it. */
#ifndef CXM_CLI_DIAGNOSTICS_H
#define CXM_CLI_DIAGNOSTICS_H

#include <cxmine.h>

#include <stdio.h>

/* Prints a text that may be hostile: control characters and broken UTF-8 come out as U+FFFD, so
 * that a file's name or content cannot steer the terminal. */
void cli_put(FILE *to, cxm_str text);

/* Begins a message; the caller prints the rest and the line's end. */
void cli_begin_message(void);

/* `cxmine: name: problem`; both may come from outside. */
void cli_complain(const char *name, const char *problem);

/* Says that memory ran out. Returns CLI_TROUBLE. */
int cli_complain_memory(void);

/* Tells an error of the library in full. Always false. */
bool cli_report(const cxm_error *error);

#endif
