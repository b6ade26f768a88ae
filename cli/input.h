/* SPDX-License-Identifier: MIT */
/* Bytes in, from a file or stdin: as they are used up, line by line, or as a whole. */
#ifndef CXM_CLI_INPUT_H
#define CXM_CLI_INPUT_H

#include <cxmine.h>

enum { CLI_INPUT_LIMIT = 256 << 20 }; /* bytes of a line, or of what is read as a whole */

typedef struct cli_input {
    int fd;
    const char *name; /* for messages and results */
    char *bytes;
    size_t capacity;
    size_t start; /* what is read but not yet handed out: [start, end) */
    size_t end;
    size_t line; /* for cli_input_line(): the number of the line at `start` */
    bool at_end;
    bool failed; /* reading failed, and it has been told */
} cli_input;

/* Opens a file, or stdin for "-". false: it cannot be read, and that has been told. */
bool cli_input_open(cli_input *self, const char *path);

/* What has been read and not been used. Borrowed until more is read. */
cxm_str cli_input_unread(const cli_input *self);

/* Reads more of it. false: there is no more, or it failed, which has been told. */
bool cli_input_more(cli_input *self);

/* So many bytes at the front of what is unread are done with. */
void cli_input_use(cli_input *self, size_t used);

/*
 * The next line with its line end, and its number. Borrowed until the next call. false: at the
 * end, or failed. A line beyond the limit is told, marks the input as failed, and is passed over.
 */
bool cli_input_line(cli_input *self, cxm_str *line, size_t *number);

/* All that is unread. Borrowed. false: failed. */
bool cli_input_all(cli_input *self, cxm_str *bytes);

void cli_input_close(cli_input *self);

#endif
