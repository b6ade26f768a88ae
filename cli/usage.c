/* SPDX-License-Identifier: MIT */
#include "usage.h"

#include "diagnostics.h"

#include <string.h>

enum { WIDTH = 79, LABEL_COLUMNS = 24 };

/* Prints words, wrapped; the cursor stands at `column`, other lines begin at `indent`. */
static void print_wrapped(FILE *to, const char *text, size_t column, size_t indent) {
    bool first = true;
    for (const char *at = text; *at;) {
        size_t len = strcspn(at, " ");
        if (!first && column + 1 + len > WIDTH) {
            fprintf(to, "\n%*s", (int)indent, "");
            column = indent;
        } else if (!first) {
            fputc(' ', to);
            column++;
        }
        fwrite(at, 1, len, to);
        column += len;
        first = false;
        at += len;
        at += strspn(at, " ");
    }
    fputc('\n', to);
}

/* A label, and beside it, or below it where it is long, what it means. */
static void print_entry(FILE *to, const char *label, const char *text) {
    size_t column = strlen(label) + 2;
    fprintf(to, "  %s", label);
    if (column + 2 > LABEL_COLUMNS)
        fprintf(to, "\n%*s", LABEL_COLUMNS, "");
    else
        fprintf(to, "%*s", (int)(LABEL_COLUMNS - column), "");
    print_wrapped(to, text, LABEL_COLUMNS, LABEL_COLUMNS);
}

static void print_list(FILE *to, const char *title, const cli_entry *list) {
    if (!list)
        return;
    fprintf(to, "\n%s:\n", title);
    for (; list->name; list++)
        print_entry(to, list->name, list->text);
}

static void print_option(FILE *to, const cli_option *option) {
    char label[80];
    char letter[5] = {'-', cli_option_letter(option), ',', ' '};
    snprintf(label, sizeof label, "%s--%s%s%s", letter[1] ? letter : "", cli_option_name(option),
             option->takes ? " " : "", option->takes ? option->takes : "");
    print_entry(to, label, option->help);
}

static void print_options(FILE *to, const cli_option *option) {
    fputs("\nOptions:\n", to);
    for (; option && option->name; option++)
        print_option(to, option);
    print_entry(to, "--help", "Print this help");
}

static void print_synopsis(FILE *to, const cli_command *command) {
    fprintf(to, "cxmine %s [OPTION...]%s%s\n", command->name, *command->operands ? " " : "",
            command->operands);
}

void cli_print_usage(FILE *to, const cli_command *command) {
    fputs("Usage: ", to);
    print_synopsis(to, command);
    fprintf(to, "\n%s.\n", command->summary);
    for (const char *const *text = command->paragraphs; text && *text; text++) {
        fputc('\n', to);
        print_wrapped(to, *text, 0, 0);
    }
    print_options(to, command->options);
    print_list(to, command->list_title, command->list);
    print_list(to, "Exit status", command->exits);
}

const cli_entry *cli_usage_exits(void) {
    static const cli_entry exits[] = {
        {"0", "Done; of a check: yes"},
        {"1", "Of a check only: no"},
        {"2", "Trouble, told on stderr; what could be done was done"},
        {"64", "The command line makes no sense"},
        {0},
    };
    return exits;
}

void cli_print_overview(FILE *to) {
    fputs("Usage: cxmine COMMAND [OPTION...] [OPERAND...]\n\n"
          "Mines call and chat transcripts for what was said and how, with evidence.\n\n"
          "Commands:\n",
          to);
    for (const cli_command *const *command = cli_commands(); *command; command++)
        print_entry(to, (*command)->name, (*command)->summary);
    print_list(to, "Exit status", cli_usage_exits());
    fputs("\n'cxmine help COMMAND' tells more about each.\n", to);
}

static bool in_group(const cli_command *command, const char *word) {
    size_t len = strlen(word);
    return len && strncmp(command->name, word, len) == 0 && command->name[len] == ' ';
}

bool cli_print_group(FILE *to, const char *word) {
    bool any = false;
    for (const cli_command *const *command = cli_commands(); *command; command++) {
        if (!in_group(*command, word))
            continue;
        if (!any)
            fputs("Usage:\n", to);
        any = true;
        fputs("  ", to);
        print_synopsis(to, *command);
    }
    if (any)
        fprintf(to, "\n'cxmine help %s COMMAND' tells more about each.\n", word);
    return any;
}

int cli_unknown_command(const char *const *words, size_t count) {
    bool group = false;
    for (const cli_command *const *command = cli_commands(); *command; command++)
        group = group || in_group(*command, words[0]);
    if (group && count < 2) {
        cli_print_group(stderr, words[0]);
        return CLI_USAGE;
    }
    cli_begin_message();
    fputs("no command '", stderr);
    cli_put(stderr, cxm_str_from(words[0]));
    if (group) {
        fputc(' ', stderr);
        cli_put(stderr, cxm_str_from(words[1]));
    }
    fputs("'; see 'cxmine help'\n", stderr);
    return CLI_USAGE;
}
