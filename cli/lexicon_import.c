/* SPDX-License-Identifier: MIT */
/* cxmine lexicon import */
#include "commands.h"
#include "diagnostics.h"
#include "input.h"
#include "output.h"

#include <stdio.h>

struct settings {
    const char *from;
    const char *language;
    const char *family;
};

#define AT(field) offsetof(struct settings, field)

static const cli_option options[] = {
    {"from", CLI_CHOICE, AT(from), "liwc|quanteda",
     "How the dictionary is written (default: seen from its content)"},
    {"language", CLI_TEXT, AT(language), "LANGUAGE", "The language of the pack (default: en)"},
    {"family", CLI_TEXT, AT(family), "NAME",
     "The family of categories without one (default: dictionary)"},
    {0},
};

static const char *const paragraphs[] = {
    "Prints a dictionary of another tool as a pack: FILE is a LIWC dictionary (.dic), or one in "
    "YAML as quanteda takes it, or - for standard input. abandon* stays a prefix; *ing and wom?n "
    "become regular expressions; categories become family.member. What a pack cannot say, as "
    "smileys or categories that depend on the words around, is left out and told on standard "
    "error, line by line.",
    NULL,
};

static const cli_entry exits[] = {
    {"0", "Done, also where something was left out"},
    {"2", "The dictionary cannot be read"},
    {"64", "The command line makes no sense"},
    {0},
};

static void tell_notes(const cxm_import *import, const char *name) {
    size_t count = cxm_import_note_count(import);
    for (size_t i = 0; i < count; i++) {
        const cxm_import_note *note = cxm_import_note_at(import, i);
        cli_begin_message();
        cli_put(stderr, cxm_str_from(name));
        fprintf(stderr, ":%u: left out: ", (unsigned)note->line);
        cli_put(stderr, note->text);
        fputs(note->text.len ? ": " : "", stderr);
        cli_put(stderr, note->message);
        fputc('\n', stderr);
    }
    cli_begin_message();
    fprintf(stderr, "%zu categories, %zu phrases, %zu left out\n",
            cxm_import_category_count(import), cxm_import_phrase_count(import), count);
}

static int import_bytes(cxm_str bytes, const char *name, const struct settings *settings) {
    cxm_import_options given = CXM_IMPORT_OPTIONS_INIT;
    cxm_import *import;
    cxm_error error;
    given.format = settings->from;
    given.language = settings->language;
    given.family = settings->family;
    cxm_status status = cxm_import_new(bytes, &given, &import, &error);
    if (status != CXM_OK) {
        if (status != CXM_E_ARGUMENT)
            snprintf(error.file, sizeof error.file, "%s", name);
        cli_report(&error);
        return status == CXM_E_ARGUMENT ? CLI_USAGE : CLI_TROUBLE;
    }
    bool written = cli_write(cxm_import_pack(import));
    tell_notes(import, name);
    cxm_import_free(import);
    return written ? CLI_DONE : CLI_TROUBLE;
}

static int run(const void *given, const cli_list *operands) {
    cli_input input;
    cxm_str bytes;
    int status = CLI_TROUBLE;
    if (!cli_input_open(&input, operands->items[0]))
        return status;
    if (cli_input_all(&input, &bytes))
        status = import_bytes(bytes, input.name, given);
    cli_input_close(&input);
    return status;
}

const cli_command cli_lexicon_import = {
    .name = "lexicon import",
    .operands = "FILE",
    .least = 1,
    .most = 1,
    .summary = "Print a dictionary of another tool as a pack",
    .paragraphs = paragraphs,
    .settings_size = sizeof(struct settings),
    .options = options,
    .exits = exits,
    .run = run,
};
