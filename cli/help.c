/* SPDX-License-Identifier: MIT */
/* cxmine help */
#include "commands.h"
#include "usage.h"

struct settings {
    bool man;
};

static const cli_option options[] = {
    {"man", CLI_FLAG, offsetof(struct settings, man), NULL, "Print the man page"},
    {0},
};

static int run(const void *given, const cli_list *operands) {
    const struct settings *settings = given;
    if (settings->man) {
        cli_print_man(stdout);
        return CLI_DONE;
    }
    if (operands->count == 0) {
        cli_print_overview(stdout);
        return CLI_DONE;
    }
    for (const cli_command *const *command = cli_commands(); *command; command++)
        if (cli_command_match(*command, operands->items, operands->count) == operands->count) {
            cli_print_usage(stdout, *command);
            return CLI_DONE;
        }
    if (operands->count == 1 && cli_print_group(stdout, operands->items[0]))
        return CLI_DONE;
    return cli_unknown_command(operands->items, operands->count);
}

const cli_command cli_help = {
    .name = "help",
    .operands = "[COMMAND...]",
    .most = 2,
    .summary = "Tell how a command is used",
    .settings_size = sizeof(struct settings),
    .options = options,
    .run = run,
};
