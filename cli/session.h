/* SPDX-License-Identifier: MIT */
/* What every command that mines transcripts needs: a lexicon, a miner, a way to read. */
#ifndef CXM_CLI_SESSION_H
#define CXM_CLI_SESSION_H

#include "cli.h"
#include "pack.h"
#include "transcripts.h"

/* How mining may be told to be stricter. */
typedef struct cli_mining {
    bool no_slips;
    bool no_glued;
    bool no_repair;
    bool no_vote;
} cli_mining;

typedef struct cli_session_settings {
    cli_pack pack;
    cli_reading reading;
    cli_mining mining;
} cli_session_settings;

/* Rows of an option table for a member of type cli_mining. */
#define CLI_MINING_OPTIONS(settings, mining)                                                       \
    {"no-slips", CLI_FLAG, offsetof(settings, mining.no_slips), NULL,                              \
     "Take no misspelt word for the word it is near to"},                                          \
        {"no-glued", CLI_FLAG, offsetof(settings, mining.no_glued), NULL,                          \
         "Split no words that were glued together at a line wrap"},                                \
        {"no-repair", CLI_FLAG, offsetof(settings, mining.no_repair), NULL,                        \
         "Mend nothing: neither damaged characters nor glued words"},                              \
    {                                                                                              \
        "no-vote", CLI_FLAG, offsetof(settings, mining.no_vote), NULL,                             \
            "Decide no speaker's role from what they say"                                          \
    }

/* Rows for a member of type cli_pack. */
#define CLI_PACK_OPTIONS(settings, pack)                                                           \
    {"pack", CLI_LIST, offsetof(settings, pack.paths), "PATH",                                     \
     "Add a pack, a directory of YAML files or one file; may be repeated"},                        \
    {                                                                                              \
        "no-builtin", CLI_FLAG, offsetof(settings, pack.no_builtin), NULL,                         \
            "Leave out the built-in English pack"                                                  \
    }

/* Rows for a member of type cli_reading: who speaks, ... */
#define CLI_ROLE_OPTION(settings, reading)                                                         \
    {                                                                                              \
        "role", CLI_LIST, offsetof(settings, reading.roles), "NAME=ROLE",                          \
            "The speaker NAME is an agent, customer, bot, other or unknown; may be repeated"       \
    }

/* ... and all else. */
#define CLI_READING_OPTIONS(settings, reading)                                                     \
    {"format", CLI_TEXT, offsetof(settings, reading.format), "NAME",                               \
     "How the transcripts are written, see cxmine formats (default: seen from their content)"},    \
        {"json-map", CLI_TEXT, offsetof(settings, reading.json_map), "FILE",                       \
         "How vendors of your own write JSON: see lib/read/README.md"},                            \
        {"name-pattern", CLI_TEXT, offsetof(settings, reading.name_pattern), "REGEX",              \
         "What the name of a file says: (?<agent>...), customer, date and id in it are metadata"}, \
        CLI_ROLE_OPTION(settings, reading), {                                                      \
        "map", CLI_LIST, offsetof(settings, reading.columns), "FIELD=COLUMN",                      \
            "The column COLUMN of a table, by its name or number, has the FIELD: id, speaker, "    \
            "role, text, start, end, order, channel, agent, customer, queue, language or date; "   \
            "may be repeated"                                                                      \
    }

/* The rows for a member of type cli_session_settings: all of these. */
#define CLI_SESSION_OPTIONS(settings, member)                                                      \
    CLI_PACK_OPTIONS(settings, member.pack), CLI_READING_OPTIONS(settings, member.reading),        \
        CLI_MINING_OPTIONS(settings, member.mining)

typedef struct cli_session {
    cxm_lexicon *lexicon;
    cxm_miner *miner;
    cli_transcripts transcripts;
} cli_session;

/* Makes all of it. Returns CLI_DONE, or what to exit with; to be closed in either case. */
int cli_session_open(cli_session *self, const cli_session_settings *settings);

void cli_session_close(cli_session *self);

/* What the options say of mining. */
cxm_miner_options cli_miner_options(const cli_mining *mining);

/* A miner by itself; NULL: there is none, and that has been told. */
cxm_miner *cli_miner_new(const cxm_lexicon *lexicon, const cli_mining *mining);

#endif
