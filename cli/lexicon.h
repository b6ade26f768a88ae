/* SPDX-License-Identifier: MIT */
/* What the commands about lexicons share. */
#ifndef CXM_CLI_LEXICON_H
#define CXM_CLI_LEXICON_H

#include "cli.h"
#include "pack.h"

/* The row of an option table for a bool `with_builtin` of its settings. */
#define CLI_WITH_BUILTIN(settings)                                                                 \
    {                                                                                              \
        "with-builtin", CLI_FLAG, offsetof(settings, with_builtin), NULL,                          \
            "Add PACK to the built-in English pack, as --pack does for score"                      \
    }

/* A pack named as an operand stands alone: its own tests and errors are asked for. None: the
 * built-in pack. */
cli_pack cli_pack_of(const cli_list *operands, bool with_builtin);

/* Prints `file:line`. */
void cli_print_place(cxm_str file, uint32_t line);

/* "any", "agent" or "customer". */
const char *cli_speaker_name(cxm_speaker speaker);

/* The role that the tests of a category are said in. */
cxm_role cli_speaker_role(cxm_speaker speaker);

/* A text as a conversation of one turn. */
cxm_status cli_transcript_of(cxm_str text, cxm_role role, cxm_transcript **out, cxm_error *error);

/* Tells of each part whether it is made use of: of a member, whether a phrase uses its set, by
 * itself or through others; with `expressions`, those of behaviors and scorecards count, too. */
void cli_find_used_members(const cxm_lexicon *lexicon, bool expressions, bool *used);

/*
 * Tells every phrase, `unless` and member of a set that no test exercises, and prints how many
 * there are. CLI_DONE: none; CLI_NO: some; CLI_TROUBLE: it could not be found out. `whole`: parts
 * that are built in count too.
 */
int cli_check_coverage(const cxm_lexicon *lexicon, bool whole);

#endif
