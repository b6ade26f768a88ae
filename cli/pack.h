/* SPDX-License-Identifier: MIT */
/* The lexicon that a command works with. */
#ifndef CXM_CLI_PACK_H
#define CXM_CLI_PACK_H

#include "cli.h"

typedef struct cli_pack {
    cli_list paths;
    bool no_builtin;
    const char *query; /* an expression to be asked; NULL: none */
    bool whole;        /* the packs are needed, whatever the expression is */
    bool keep_parts;   /* for a cxm_tracer */
} cli_pack;

/*
 * Compiles the packs; every error of theirs is told. Returns CLI_DONE, CLI_NO where a pack has
 * errors, or CLI_TROUBLE where one cannot be read.
 */
int cli_pack_build(const cli_pack *pack, cxm_lexicon **out);

/* The same for commands that only need a lexicon: CLI_DONE, CLI_TROUBLE or CLI_USAGE. Where the
 * query holds quoted phrases only, and nothing more is needed, it is of these alone. */
int cli_pack_open(const cli_pack *pack, cxm_lexicon **out);

#endif
