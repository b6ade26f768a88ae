/* SPDX-License-Identifier: MIT */
/* cxmine version */
#include "commands.h"

#include <stdio.h>

static int run(const void *settings, const cli_list *operands) {
    (void)settings;
    (void)operands;
    printf("cxmine %s\n", cxm_version());
    return CLI_DONE;
}

const cli_command cli_version = {
    .name = "version",
    .operands = "",
    .summary = "Print the version of the library in use",
    .run = run,
};
