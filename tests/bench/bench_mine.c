/* SPDX-License-Identifier: MIT */
/*
 * How fast transcripts are mined, and where the time goes: each task does what the one before it
 * does, and one stage more.
 */
#include "base/memory.h"
#include "corpus.h"
#include "lexicons.h"
#include "match/miner.h"
#include "rounds.h"

#include <stdio.h>
#include <string.h>

typedef struct subject {
    const bench_corpus *corpus;
    cxm_miner *miner; /* NULL: scans only */
    cxm_scan scan;
    size_t words;
    size_t hits;
} subject;

static bool scan_turn(void *user, const cxm_turn *turn) {
    subject *self = user;
    if (!cxm_scan_text(&self->scan, turn->text))
        return false;
    self->words += self->scan.span_count;
    return true;
}

static bool scan(void *user) {
    subject *self = user;
    self->words = 0;
    return bench_corpus_visit(self->corpus, scan_turn, self);
}

static bool tokenize_turn(void *user, const cxm_turn *turn) {
    subject *self = user;
    cxm_miner *miner = self->miner;
    if (!cxm_tokens_make(&miner->tokens, &miner->words, turn->text))
        return false;
    cxm_words_keep_bounded(&miner->words);
    self->words += miner->tokens.count;
    return true;
}

static bool tokenize(void *user) {
    subject *self = user;
    self->words = 0;
    return bench_corpus_visit(self->corpus, tokenize_turn, self);
}

static bool mine(void *user) {
    subject *self = user;
    self->words = 0;
    self->hits = 0;
    for (size_t i = 0; i < self->corpus->count; i++) {
        const cxm_result *result;
        if (cxm_mine(self->miner, self->corpus->items[i], &result, NULL) != CXM_OK)
            return false;
        self->words += result->word_count;
        self->hits += result->hit_count;
    }
    return true;
}

enum { SCAN, TOKENIZE, MINE, TASKS };

static void print(const subject *subjects, const bench_task *tasks, const bench_options *options) {
    const bench_corpus *corpus = subjects[0].corpus;
    size_t count = 0;
    bench_task ran[TASKS];
    for (size_t i = 0; i < TASKS; i++)
        if (!options->only || strcmp(options->only, tasks[i].name) == 0)
            ran[count++] = tasks[i];
    bench_print(ran, count, options->rounds, corpus->text_bytes);
    const subject *last = &subjects[MINE];
    if (last->words) {
        const cxm_automaton *automaton = &last->miner->automaton;
        printf("%zu states and %zu transitions at the end; %zu distinct words\n",
               automaton->state_count, automaton->transitions.count, last->miner->words.count);
        printf("%zu words, %.1f million/s at best; %zu hits, one in %.0f words\n", last->words,
               (double)last->words / bench_best(&tasks[MINE], options->rounds) / 1e6, last->hits,
               (double)last->words / (double)(last->hits ? last->hits : 1));
    }
}

static bool run(const cxm_lexicon *lexicon, const bench_corpus *corpus,
                const bench_options *options) {
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    cxm_miner_options miner_options = CXM_MINER_OPTIONS_INIT;
    miner_options.cache_bytes = options->cache_bytes;
    subject subjects[TASKS];
    static bench_task tasks[TASKS] = {{.name = "scan", .run = scan},
                                      {.name = "tokens", .run = tokenize},
                                      {.name = "mine", .run = mine}};
    bool done = true;
    for (size_t i = 0; i < TASKS; i++) {
        subjects[i] = (subject){.corpus = corpus};
        cxm_scan_init(&subjects[i].scan, &allocator);
        tasks[i].user = &subjects[i];
        done = done && cxm_miner_new(lexicon, &miner_options, &subjects[i].miner, NULL) == CXM_OK;
    }
    for (size_t i = 0; done && options->only && i < TASKS; i++)
        if (strcmp(options->only, tasks[i].name) == 0)
            done = bench_run(&tasks[i], 1, options->rounds);
    if (done && !options->only)
        done = bench_run(tasks, TASKS, options->rounds);
    if (done)
        print(subjects, tasks, options);
    for (size_t i = 0; i < TASKS; i++) {
        cxm_scan_clear(&subjects[i].scan);
        cxm_miner_free(subjects[i].miner);
    }
    return done;
}

int main(int argc, char **argv) {
    bench_options options;
    bench_corpus corpus;
    if (!bench_options_read(&options, argc, argv))
        return BENCH_USAGE;
    if (!bench_corpus_read(&corpus, options.paths, options.path_count)) {
        bench_corpus_clear(&corpus);
        return corpus.count ? BENCH_FAILED : BENCH_SKIPPED;
    }
    cxm_lexicon *lexicon = bench_lexicon(&options);
    bool done = false;
    if (lexicon) {
        printf("%zu phrases; %zu transcripts, %zu turns, %.1f MB of text\n",
               cxm_lexicon_phrase_count(lexicon), corpus.count, corpus.turn_count,
               (double)corpus.text_bytes / 1e6);
        done = run(lexicon, &corpus, &options);
    }
    cxm_lexicon_free(lexicon);
    bench_corpus_clear(&corpus);
    return done ? BENCH_DONE : BENCH_FAILED;
}
