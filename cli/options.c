/* SPDX-License-Identifier: MIT */
#include "options.h"

#include "diagnostics.h"
#include "usage.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A command line on its way into settings. */
typedef struct parse {
    const cli_command *command;
    const char *const *words;
    size_t count;
    size_t at;
    char *settings;
    cli_list operands;
    bool help;
} parse;

static int complain(const parse *self, const char *problem, cxm_str what, const char *rest) {
    cli_begin_message();
    fprintf(stderr, "%s: %s'", self->command->name, problem);
    cli_put(stderr, what);
    fprintf(stderr, "'%s; see 'cxmine help %s'\n", rest, self->command->name);
    return CLI_USAGE;
}

static int complain_value(const cli_option *option, const char *value) {
    cli_begin_message();
    fprintf(stderr, "--%s takes %s%s", cli_option_name(option),
            option->kind == CLI_SIZE ? "a number of " : "", option->takes);
    if (value) {
        fputs(", not '", stderr);
        cli_put(stderr, cxm_str_from(value));
        fputc('\'', stderr);
    }
    fputc('\n', stderr);
    return CLI_USAGE;
}

/* A list never gets longer than the command line: it is made once. */
static int add_to_list(const parse *self, cli_list *list, const char *item) {
    if (!list->items)
        list->items = calloc(self->count, sizeof *list->items);
    if (!list->items)
        return cli_complain_memory();
    list->items[list->count++] = item;
    return CLI_DONE;
}

static bool is_choice(const char *choices, const char *value) {
    size_t len = strlen(value);
    for (const char *at = choices; at; at = strchr(at, '|') ? strchr(at, '|') + 1 : NULL)
        if (len && strncmp(at, value, len) == 0 && (at[len] == '|' || at[len] == '\0'))
            return true;
    return false;
}

static bool parse_size(const char *text, size_t *out) {
    size_t value = 0;
    if (*text == '\0')
        return false;
    for (; *text; text++) {
        if (*text < '0' || *text > '9' || value > (SIZE_MAX - 9) / 10)
            return false;
        value = value * 10 + (size_t)(*text - '0');
    }
    *out = value;
    return true;
}

/* Puts a value where the table says. */
static int store(const parse *self, const cli_option *option, const char *value) {
    void *place = self->settings + option->offset;
    switch (option->kind) {
    case CLI_FLAG:
        *(bool *)place = true;
        return CLI_DONE;
    case CLI_CHOICE:
        if (!is_choice(option->takes, value))
            return complain_value(option, value);
        *(const char **)place = value;
        return CLI_DONE;
    case CLI_TEXT:
        *(const char **)place = value;
        return CLI_DONE;
    case CLI_SIZE:
        return parse_size(value, place) ? CLI_DONE : complain_value(option, value);
    case CLI_LIST:
        return add_to_list(self, place, value);
    }
    return CLI_DONE;
}

char cli_option_letter(const cli_option *self) {
    return self->name[1] == ',' ? self->name[0] : '\0';
}

const char *cli_option_name(const cli_option *self) {
    return cli_option_letter(self) ? self->name + 2 : self->name;
}

static const cli_option *find_option(const cli_command *command, const char *name, size_t len) {
    for (const cli_option *option = command->options; option && option->name; option++) {
        const char *its = cli_option_name(option);
        if (strlen(its) == len && memcmp(its, name, len) == 0)
            return option;
    }
    return NULL;
}

static const cli_option *find_letter(const cli_command *command, char letter) {
    for (const cli_option *option = command->options; option && option->name; option++)
        if (letter && cli_option_letter(option) == letter)
            return option;
    return NULL;
}

/* Takes the value that stands in the same word (NULL: none does), or the next word. */
static int take_value(parse *self, const cli_option *option, const char *value) {
    if (!value) {
        if (self->at == self->count)
            return complain_value(option, NULL);
        value = self->words[self->at++];
    }
    return store(self, option, value);
}

/* `--name`, `--name value` or `--name=value`. */
static int parse_option(parse *self, const char *word) {
    size_t len = strcspn(word + 2, "=");
    const char *value = word[2 + len] == '=' ? word + 3 + len : NULL;
    const cli_option *option = find_option(self->command, word + 2, len);
    if (!option)
        return complain(self, "no option ", (cxm_str){word, 2 + len}, "");
    if (option->kind != CLI_FLAG)
        return take_value(self, option, value);
    if (value)
        return complain(self, "", (cxm_str){word, 2 + len}, " takes no value");
    return store(self, option, NULL);
}

/* `-x`, `-xy`, `-n value` or `-nvalue`. */
static int parse_letters(parse *self, const char *word) {
    int status = CLI_DONE;
    for (const char *at = word + 1; *at && status == CLI_DONE; at++) {
        const cli_option *option = find_letter(self->command, *at);
        if (!option)
            return complain(self, "no option ", cxm_str_from(word), "");
        if (option->kind != CLI_FLAG)
            return take_value(self, option, at[1] ? at + 1 : NULL);
        status = store(self, option, NULL);
    }
    return status;
}

static int parse_words(parse *self) {
    bool options = true;
    while (self->at < self->count) {
        const char *word = self->words[self->at++];
        int status = CLI_DONE;
        if (!options || word[0] != '-' || word[1] == '\0')
            status = add_to_list(self, &self->operands, word);
        else if (strcmp(word, "--") == 0)
            options = false;
        else if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
            self->help = true;
        else if (strcmp(word, "-o") == 0)
            status = parse_option(self, "--output");
        else if (word[1] == '-')
            status = parse_option(self, word);
        else
            status = parse_letters(self, word);
        if (status != CLI_DONE)
            return status;
    }
    return CLI_DONE;
}

static int check_operands(const parse *self) {
    const cli_command *command = self->command;
    if (self->operands.count > command->most)
        return complain(self, "cannot take ", cxm_str_from(self->operands.items[command->most]),
                        " as well");
    if (self->operands.count < command->least) {
        cli_begin_message();
        fprintf(stderr, "%s takes %s; see 'cxmine help %s'\n", command->name, command->operands,
                command->name);
        return CLI_USAGE;
    }
    return CLI_DONE;
}

static int parse_and_run(parse *self) {
    int status = parse_words(self);
    if (status == CLI_DONE && self->help) {
        cli_print_usage(stdout, self->command);
        return CLI_DONE;
    }
    if (status == CLI_DONE)
        status = check_operands(self);
    if (status == CLI_DONE)
        status = self->command->run(self->settings, &self->operands);
    return status;
}

int cli_run(const cli_command *command, const char *const *words, size_t count) {
    size_t size = command->settings_size ? command->settings_size : 1;
    parse self = {.command = command, .words = words, .count = count};
    self.settings = calloc(1, size);
    if (!self.settings)
        return cli_complain_memory();
    int status = parse_and_run(&self);
    for (const cli_option *option = command->options; option && option->name; option++)
        if (option->kind == CLI_LIST)
            free(((cli_list *)(void *)(self.settings + option->offset))->items);
    free(self.operands.items);
    free(self.settings);
    return status;
}
