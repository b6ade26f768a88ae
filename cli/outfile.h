/* SPDX-License-Identifier: MIT */
/* A file that is written whole or not at all: beside its place, and renamed when it is done. */
#ifndef CXM_CLI_OUTFILE_H
#define CXM_CLI_OUTFILE_H

#include <cxmine.h>

typedef struct cli_outfile {
    const char *path; /* NULL: stdout */
    char *beside;     /* what is written meanwhile; NULL: the place itself */
    int fd;
} cli_outfile;

/* Opens a file for writing; stdout for NULL or "-", and what is no regular file (a pipe, a device)
 * as it is. false: it cannot be written, and that has been told. */
bool cli_outfile_open(cli_outfile *self, const char *path);

/* false: it failed, and has been told. */
bool cli_outfile_write(cli_outfile *self, cxm_str bytes);

/* Whether `path` is the file that will be replaced. */
bool cli_outfile_is(const cli_outfile *self, const char *path);

/* Puts the file in its place, or, where it is not `good`, leaves that as it was. false: it failed,
 * and has been told. */
bool cli_outfile_close(cli_outfile *self, bool good);

#endif
