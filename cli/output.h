/* SPDX-License-Identifier: MIT */
/* Results on stdout. What cannot be written is told once, and a reader that went away quietly. */
#ifndef CXM_CLI_OUTPUT_H
#define CXM_CLI_OUTPUT_H

#include <cxmine.h>

/* Writes now, past stdio's buffer. false: it failed, and has been told. */
bool cli_write(cxm_str bytes);

/* Ends what was printed with stdio. Returns `status`, or CLI_TROUBLE where that failed. */
int cli_output_end(int status);

/* Whether to use colours where the user said "auto", "always", "never" or nothing (NULL). */
bool cli_use_color(const char *when);

/* The columns of a text: what the user said, or the terminal's, but not too many; 0: as usual. */
size_t cli_text_width(size_t said);

#endif
