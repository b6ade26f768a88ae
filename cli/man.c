/* SPDX-License-Identifier: MIT */
/* The man page, made from the same tables as the help: cli/cxmine.1 is what this prints. */
#include "usage.h"

/* Escapes what troff would take for its own. */
static void put(FILE *to, const char *text) {
    if (*text == '.' || *text == '\'')
        fputs("\\&", to);
    for (; *text; text++) {
        if (*text == '\\')
            fputs("\\e", to);
        else if (*text == '-')
            fputs("\\-", to);
        else
            fputc(*text, to);
    }
}

static void put_line(FILE *to, const char *before, const char *text) {
    fputs(before, to);
    put(to, text);
    fputc('\n', to);
}

static void put_list(FILE *to, const char *title, const cli_entry *list) {
    if (!list)
        return;
    put_line(to, ".PP\n.I ", title);
    for (; list->name; list++) {
        put_line(to, ".TP\n.B ", list->name);
        put_line(to, "", list->text);
    }
}

static void put_options(FILE *to, const cli_option *option) {
    for (; option && option->name; option++) {
        fputs(".TP\n\\fB", to);
        if (cli_option_letter(option))
            fprintf(to, "\\-%c\\fR, \\fB", cli_option_letter(option));
        fputs("\\-\\-", to);
        put(to, cli_option_name(option));
        fputs("\\fR", to);
        if (option->takes) {
            fputs(" \\fI", to);
            put(to, option->takes);
            fputs("\\fR", to);
        }
        put_line(to, "\n", option->help);
    }
}

static void put_command(FILE *to, const cli_command *command) {
    fputs(".SS \"cxmine ", to);
    put(to, command->name);
    fputs(" [OPTION...]", to);
    if (*command->operands)
        put(to, " ");
    put(to, command->operands);
    fputs("\"\n", to);
    put(to, command->summary);
    fputs(".\n", to);
    for (const char *const *text = command->paragraphs; text && *text; text++)
        put_line(to, ".PP\n", *text);
    put_options(to, command->options);
    if (command->list)
        put_list(to, command->list_title, command->list);
    put_list(to, "Exit status", command->exits);
}

void cli_print_man(FILE *to) {
    fprintf(to,
            ".\\\" Made by 'cxmine help --man' from the option tables in cli/.\n"
            ".TH CXMINE 1 \"\" \"cxmine %s\" \"User Commands\"\n",
            cxm_version());
    fputs(".SH NAME\ncxmine \\- mine call and chat transcripts for what was said and how\n"
          ".SH SYNOPSIS\n.B cxmine\n.I COMMAND\n[\\fIOPTION\\fR...] [\\fIOPERAND\\fR...]\n"
          ".SH DESCRIPTION\n"
          "Looks for the phrases of a lexicon in transcripts, and tells what was found, where, by "
          "which phrase\nof which line of the lexicon. Results go to standard output, messages to "
          "standard error.\nEvery command takes \\fB\\-\\-help\\fR.\n"
          ".SH COMMANDS\n",
          to);
    for (const cli_command *const *command = cli_commands(); *command; command++)
        put_command(to, *command);
    fputs(".SH EXIT STATUS\n", to);
    for (const cli_entry *exit = cli_usage_exits(); exit->name; exit++) {
        put_line(to, ".TP\n.B ", exit->name);
        put_line(to, "", exit->text);
    }
    fputs(".SH ENVIRONMENT\n.TP\n.B NO_COLOR\n"
          "Where it is set and not empty, \\fB\\-\\-color auto\\fR means never.\n",
          to);
}
