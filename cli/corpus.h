/* SPDX-License-Identifier: MIT */
/* What a lexicon finds in many transcripts, counted by phrase and by category. */
#ifndef CXM_CLI_CORPUS_H
#define CXM_CLI_CORPUS_H

#include "session.h"

/* A hit to be shown: its words and where they were said. */
typedef struct cli_example {
    char *text; /* NUL-terminated, as all of them */
    char *place;
} cli_example;

typedef struct cli_tally {
    size_t hits;
    size_t turns; /* with a hit */
    size_t conversations;
    size_t last_turn; /* 1 + the number of the last turn or conversation that was counted */
    size_t last_conversation;
} cli_tally;

typedef struct cli_corpus {
    size_t conversations;
    size_t turns[CXM_ROLE_COUNT];
    size_t words;
    cli_tally *phrases;    /* per phrase */
    cli_tally *categories; /* per category */
    size_t category_count;
    size_t *together; /* [one * category_count + other]: hits of one that lie in hits of other */
    size_t phrase_count;
    size_t wanted;         /* examples of a phrase */
    cli_example *examples; /* [phrase * wanted + i]; what is not there is NULL */
    size_t turn_number;    /* of all turns */
} cli_corpus;

/* Whether a category for a speaker is looked for in what a role says. */
bool cli_is_heard(cxm_speaker speaker, cxm_role role);

/* Empty counts, for `wanted` examples of each phrase. false: no memory, which has been told. */
bool cli_corpus_init(cli_corpus *self, const cxm_lexicon *lexicon, size_t wanted);
void cli_corpus_clear(cli_corpus *self);

/* Mines transcripts. CLI_DONE, CLI_TROUBLE where something failed (which has been told; the rest
 * was done), or CLI_USAGE. */
int cli_corpus_read(cli_corpus *self, const cxm_lexicon *lexicon, const cli_reading *reading,
                    const cli_mining *mining, const cli_list *paths);

/* The same with the tests of the lexicon, each a conversation. */
int cli_corpus_read_tests(cli_corpus *self, const cxm_lexicon *lexicon);

#endif
