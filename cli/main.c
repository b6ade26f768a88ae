/* SPDX-License-Identifier: MIT */
/* The list of commands, and finding the one that is meant. */
#include "cli.h"
#include "commands.h"
#include "options.h"
#include "output.h"
#include "usage.h"

#include <stdio.h>
#include <string.h>

const cli_command *const *cli_commands(void) {
    static const cli_command *const commands[] = {
        &cli_score,
        &cli_query,
        &cli_show,
        &cli_live,
        &cli_eval,
        &cli_lexicon_check,
        &cli_lexicon_test,
        &cli_lexicon_list,
        &cli_lexicon_why,
        &cli_lexicon_lint,
        &cli_lexicon_stats,
        &cli_lexicon_diff,
        &cli_lexicon_import,
        &cli_convert,
        &cli_formats,
        &cli_tokens,
        &cli_help,
        &cli_version,
        NULL,
    };
    return commands;
}

size_t cli_command_match(const cli_command *self, const char *const *words, size_t count) {
    const char *rest = self->name;
    for (size_t i = 0; i < count; i++) {
        size_t len = strlen(words[i]);
        if (len == 0 || strncmp(rest, words[i], len) != 0)
            return 0;
        rest += len;
        if (*rest == '\0')
            return i + 1;
        if (*rest++ != ' ')
            return 0;
    }
    return 0;
}

static bool is_help(const char *word) {
    return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

/* `cxmine`, `cxmine --help`, `cxmine --version`, and words that are no command. */
static int run_without_command(const char *const *words, size_t count) {
    if (count == 0) {
        cli_print_overview(stderr);
        return CLI_USAGE;
    }
    if (is_help(words[0])) {
        cli_print_overview(stdout);
        return CLI_DONE;
    }
    if (strcmp(words[0], "--version") == 0)
        return cli_version.run(NULL, NULL);
    if (count > 1 && is_help(words[1]) && cli_print_group(stdout, words[0]))
        return CLI_DONE;
    return cli_unknown_command(words, count);
}

static int run(const char *const *words, size_t count) {
    for (const cli_command *const *command = cli_commands(); *command; command++) {
        size_t used = cli_command_match(*command, words, count);
        if (used)
            return cli_run(*command, words + used, count - used);
    }
    return run_without_command(words, count);
}

int main(int argc, char **argv) {
    size_t count = argc > 0 ? (size_t)argc - 1 : 0;
    return cli_output_end(run((const char *const *)argv + (argc > 0), count));
}
