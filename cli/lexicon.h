/* SPDX-License-Identifier: MIT */
/* What the lexicon commands share. */
#ifndef CXM_CLI_LEXICON_H
#define CXM_CLI_LEXICON_H

#include "cli.h"
#include "pack.h"

#include <cxmine.h>

/* A pack named as an operand stands alone: its own tests and errors are asked for. */
cli_pack cli_pack_of(const cli_list *operands, bool with_builtin);

/* "policy.yaml:12" */
void cli_print_place(cxm_str file, uint32_t line);

#define CLI_WITH_BUILTIN_OPTION(settings)                                                          \
    {                                                                                              \
        "with-builtin", CLI_FLAG, offsetof(settings, with_builtin), NULL,                          \
            "Add PACK to the built-in English pack, as --pack does for score"                      \
    }

#endif
