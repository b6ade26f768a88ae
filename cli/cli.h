/* SPDX-License-Identifier: MIT */
/*
 * What a command is. A command is one constant: the tables in it are all there is to know about
 * it, and parsing, --help, `cxmine help` and the man page are made from them. main.c lists the
 * commands.
 */
#ifndef CXM_CLI_CLI_H
#define CXM_CLI_CLI_H

#include <cxmine.h>

#include <stdbool.h>
#include <stddef.h>

/* What the tool exits with. */
enum {
    CLI_DONE = 0,
    CLI_NO = 1, /* checks and searches only: the answer is no */
    CLI_TROUBLE = 2,
    CLI_USAGE = 64,
};

typedef enum cli_option_kind {
    CLI_FLAG = 1, /* bool */
    CLI_CHOICE,   /* const char *: one of the words of `takes` */
    CLI_TEXT,     /* const char * */
    CLI_SIZE,     /* size_t */
    CLI_LIST,     /* cli_list: may be given several times */
} cli_option_kind;

typedef struct cli_list {
    const char **items;
    size_t count;
} cli_list;

/* One row of a command's option table; `name` NULL ends the table. */
typedef struct cli_option {
    const char *name; /* without its dashes; "C,context" has a short form, too */
    cli_option_kind kind;
    size_t offset;     /* where the value lands in the command's settings */
    const char *takes; /* "text|jsonl", "PATH"; NULL for a flag */
    const char *help;
} cli_option;

/* The name behind the dashes, and the letter of the short form; '\0': it has none. */
const char *cli_option_name(const cli_option *self);
char cli_option_letter(const cli_option *self);

/* A name and what it means; `name` NULL ends a list. */
typedef struct cli_entry {
    const char *name;
    const char *text;
} cli_entry;

typedef struct cli_command {
    const char *name;     /* one word, or two: "lexicon check" */
    const char *operands; /* "PATH..."; empty where it takes none */
    size_t least;         /* how many operands it takes */
    size_t most;
    const char *summary;           /* a line without a full stop */
    const char *const *paragraphs; /* NULL ends them */
    size_t settings_size;
    const cli_option *options;
    const char *list_title; /* of `list`, for what else has to be said; NULL: nothing has */
    const cli_entry *list;
    const cli_entry *exits;

    /* Does the work; settings are those of the option table, zero where not given. */
    int (*run)(const void *settings, const cli_list *operands);
} cli_command;

/* The list of commands; NULL ends it. */
const cli_command *const *cli_commands(void);

/* How many of the words are the name of the command; 0: they do not begin with it. */
size_t cli_command_match(const cli_command *self, const char *const *words, size_t count);

#endif
