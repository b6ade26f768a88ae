/* SPDX-License-Identifier: MIT */
/* Results on stdout. What cannot be written is told once, and a reader that went away quietly. */
#ifndef CXM_CLI_OUTPUT_H
#define CXM_CLI_OUTPUT_H

#include "cli.h"

/* Writes now, past stdio's buffer. false: it failed, and has been told. */
bool cli_write(cxm_str bytes);

/* Ends what was printed with stdio. Returns `status`, or CLI_TROUBLE where that failed. */
int cli_output_end(int status);

/* What text looks like. */
typedef struct cli_look {
    const char *color; /* "auto", "always", "never"; NULL: auto */
    size_t width;      /* columns; 0: the terminal's, but not too many */
} cli_look;

/* The rows for a member of type cli_look. */
#define CLI_LOOK_OPTIONS(settings, member)                                                         \
    {"color", CLI_CHOICE, offsetof(settings, member.color), "auto|always|never",                   \
     "Whether to mark evidence with colours (default: auto, on a terminal)"},                      \
    {                                                                                              \
        "width", CLI_SIZE, offsetof(settings, member.width), "COLUMNS",                            \
            "How wide the text is (default: the terminal's width up to 120, else 80)"              \
    }

/* The options of a writer to stdout. */
cxm_writer_options cli_writer_options(const cli_look *look);

#endif
