/* SPDX-License-Identifier: MIT */
#include "options.h"

#include "rounds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool usage(const char *program) {
    fprintf(stderr,
            "Usage: %s [--pack PATH | --literals FILE] [--only NAME] [--rounds 2-%d]\n"
            "       [--cache MIB] [FILE.jsonl...]\n",
            program, BENCH_MAX_ROUNDS);
    return false;
}

/* Takes in one option with its value; false where there is no such option. */
static bool read_option(bench_options *self, const char *name, const char *value) {
    if (strcmp(name, "--pack") == 0)
        self->pack = value;
    else if (strcmp(name, "--literals") == 0)
        self->literals = value;
    else if (strcmp(name, "--only") == 0)
        self->only = value;
    else if (strcmp(name, "--rounds") == 0)
        self->rounds = strtoul(value, NULL, 10);
    else if (strcmp(name, "--cache") == 0)
        self->cache_bytes = (size_t)strtoul(value, NULL, 10) << 20;
    else
        return false;
    return true;
}

bool bench_options_read(bench_options *self, int argc, char *const *argv) {
    enum { DEFAULT_ROUNDS = 8 };
    int i = 1;
    *self = (bench_options){.rounds = DEFAULT_ROUNDS};
    for (; i + 1 < argc && strncmp(argv[i], "--", 2) == 0; i += 2)
        if (!read_option(self, argv[i], argv[i + 1]))
            return usage(argv[0]);
    if ((i < argc && argv[i][0] == '-') || self->rounds < 2 || self->rounds > BENCH_MAX_ROUNDS ||
        (self->pack && self->literals))
        return usage(argv[0]);
    self->paths = argv + i;
    self->path_count = (size_t)(argc - i);
    return true;
}
