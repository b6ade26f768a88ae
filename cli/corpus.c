/* SPDX-License-Identifier: MIT */
#include "corpus.h"

#include "diagnostics.h"
#include "each.h"
#include "lexicon.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool cli_is_heard(cxm_speaker speaker, cxm_role role) {
    switch (speaker) {
    case CXM_SPEAKER_ANY:
        return true;
    case CXM_SPEAKER_AGENT:
        return role == CXM_ROLE_UNKNOWN || role == CXM_ROLE_AGENT;
    case CXM_SPEAKER_CUSTOMER:
        return role == CXM_ROLE_UNKNOWN || role == CXM_ROLE_CUSTOMER;
    }
    return true;
}

bool cli_corpus_init(cli_corpus *self, const cxm_lexicon *lexicon, size_t wanted) {
    size_t categories = cxm_lexicon_category_count(lexicon);
    size_t phrases = cxm_lexicon_phrase_count(lexicon);
    *self = (cli_corpus){.category_count = categories, .phrase_count = phrases, .wanted = wanted};
    self->phrases = calloc(phrases + 1, sizeof *self->phrases);
    self->categories = calloc(categories + 1, sizeof *self->categories);
    self->together = calloc(categories * categories + 1, sizeof *self->together);
    self->examples = calloc(phrases * wanted + 1, sizeof *self->examples);
    if (self->phrases && self->categories && self->together && self->examples)
        return true;
    cli_complain_memory();
    return false;
}

void cli_corpus_clear(cli_corpus *self) {
    for (size_t i = 0; self->examples && i < self->phrase_count * self->wanted; i++) {
        free(self->examples[i].text);
        free(self->examples[i].place);
    }
    free(self->phrases);
    free(self->categories);
    free(self->together);
    free(self->examples);
    *self = (cli_corpus){0};
}

/* One transcript on its way into the counts. */
typedef struct counting {
    cli_transcripts transcripts;
    cli_corpus *corpus;
    cxm_miner *miner;
    const char *path;
    const cxm_transcript *transcript;
    const cxm_result *result;
} counting;

static void count(const counting *self, cli_tally *tally, uint32_t turn) {
    size_t number = self->corpus->turn_number + turn + 1;
    tally->hits++;
    tally->turns += tally->last_turn != number;
    tally->conversations += tally->last_conversation != self->corpus->conversations;
    tally->last_turn = number;
    tally->last_conversation = self->corpus->conversations;
}

static char *copy(cxm_str text) {
    char *copied = malloc(text.len + 1);
    if (copied) {
        memcpy(copied, text.ptr, text.len);
        copied[text.len] = '\0';
    }
    return copied;
}

/* `call.txt turn 3`, with the conversation's id where it has one. */
static char *place_of(const counting *self, uint32_t turn) {
    char buffer[512];
    cxm_str id = cxm_transcript_id(self->transcript);
    int len = id.len
                  ? snprintf(buffer, sizeof buffer, "%s %.*s turn %u", self->path,
                             (int)(id.len < 200 ? id.len : 200), id.ptr, (unsigned)turn + 1)
                  : snprintf(buffer, sizeof buffer, "%s turn %u", self->path, (unsigned)turn + 1);
    size_t most = sizeof buffer - 1;
    return copy((cxm_str){buffer, len < 0 ? 0 : (size_t)len < most ? (size_t)len : most});
}

/* The words of a hit, once for each way of saying it. */
static bool keep_example(const counting *self, const cxm_hit *hit) {
    cli_example *examples = self->corpus->examples + hit->phrase * self->corpus->wanted;
    cxm_str text = cxm_transcript_turn(self->transcript, hit->turn)->text;
    cxm_str words = {text.ptr + hit->start, hit->end - hit->start};
    for (size_t i = 0; i < self->corpus->wanted; i++) {
        if (examples[i].text && strlen(examples[i].text) == words.len &&
            memcmp(examples[i].text, words.ptr, words.len) == 0)
            return true;
        if (examples[i].text)
            continue;
        examples[i] = (cli_example){copy(words), place_of(self, hit->turn)};
        return examples[i].text && examples[i].place;
    }
    return true;
}

static bool lies_in(const cxm_hit *hit, const cxm_hit *other) {
    return other->turn == hit->turn && other->start <= hit->start && other->end >= hit->end;
}

/* Whether a hit of a category lies in one of another, for every other. Hits are in order: those of
 * the same turn stand around it. */
static void count_together(const counting *self, size_t index) {
    const cxm_result *result = self->result;
    const cxm_hit *hit = &result->hits[index];
    size_t *together = self->corpus->together + hit->category * self->corpus->category_count;
    size_t first = index;
    while (first > 0 && result->hits[first - 1].turn == hit->turn)
        first--;
    for (size_t i = first; i < result->hit_count && result->hits[i].turn == hit->turn; i++)
        together[result->hits[i].category] += lies_in(hit, &result->hits[i]);
}

static bool count_hits(const counting *self) {
    cli_corpus *corpus = self->corpus;
    for (size_t i = 0; i < self->result->hit_count; i++) {
        const cxm_hit *hit = &self->result->hits[i];
        count(self, &corpus->phrases[hit->phrase], hit->turn);
        count(self, &corpus->categories[hit->category], hit->turn);
        count_together(self, i);
        if (!keep_example(self, hit)) {
            cli_complain_memory();
            return false;
        }
    }
    return true;
}

static bool add(counting *self, const char *path, const cxm_transcript *transcript) {
    cxm_error error;
    if (cxm_mine(self->miner, transcript, &self->result, &error) != CXM_OK)
        return cli_report(&error);
    self->path = path;
    self->transcript = transcript;
    self->corpus->conversations++;
    self->corpus->words += self->result->word_count;
    for (size_t i = 0; i < self->result->turn_count; i++)
        self->corpus->turns[self->result->roles[i]]++;
    bool good = count_hits(self);
    self->corpus->turn_number += self->result->turn_count;
    return good;
}

static bool visit(void *user, const char *path, const cxm_transcript *transcript) {
    counting *self = user;
    if (!add(self, path, transcript))
        self->transcripts.failed = true;
    return true;
}

int cli_corpus_read(cli_corpus *self, const cxm_lexicon *lexicon, const cli_reading *reading,
                    const cli_mining *mining, const cli_list *paths) {
    counting reader = {.corpus = self, .miner = cli_miner_new(lexicon, mining)};
    if (!reader.miner)
        return CLI_TROUBLE;
    int status = cli_transcripts_init(&reader.transcripts, reading);
    if (status == CLI_DONE)
        status = cli_each_transcript(&reader.transcripts, lexicon, paths, visit, &reader);
    cli_transcripts_clear(&reader.transcripts);
    cxm_miner_free(reader.miner);
    return status;
}

static bool read_test(counting *self, const cxm_lexicon *lexicon, const cxm_lexicon_test *test) {
    cxm_transcript *transcript;
    cxm_error error;
    cxm_role role = cli_speaker_role(cxm_lexicon_category(lexicon, test->category)->speaker);
    if (cli_transcript_of(test->text, role, &transcript, &error) != CXM_OK) {
        cli_report(&error);
        return false;
    }
    bool good = add(self, "", transcript);
    cxm_transcript_free(transcript);
    return good;
}

int cli_corpus_read_tests(cli_corpus *self, const cxm_lexicon *lexicon) {
    counting reader = {.corpus = self, .miner = cli_miner_new(lexicon, &(cli_mining){0})};
    bool good = reader.miner != NULL;
    for (size_t i = 0; good && i < cxm_lexicon_test_count(lexicon); i++)
        good = read_test(&reader, lexicon, cxm_lexicon_test_at(lexicon, i));
    cxm_miner_free(reader.miner);
    return good ? CLI_DONE : CLI_TROUBLE;
}
