/* SPDX-License-Identifier: MIT */
/*
 * What more phrases cost: the same texts are mined with lexicons of ever more plain phrases, of
 * two to four words. The words are drawn from the texts, as often as they occur there, so that
 * phrases begin with the words that texts are full of; a larger lexicon holds all of a smaller.
 *
 * Many such phrases are found often, and hits have a cost of their own. So there are also phrases
 * whose last word is drawn from the distinct words: tried as often, but seldom found.
 */
#include "base/buffer.h"
#include "base/memory.h"
#include "base/str.h"
#include "base/table.h"
#include "corpus.h"
#include "lexicons.h"
#include "rounds.h"
#include "text/scan.h"

#include <stdio.h>
#include <stdlib.h>

static const size_t SIZES[] = {200, 1000, 10000};
enum { SIZE_COUNT = sizeof SIZES / sizeof *SIZES, MOST_PHRASES = 10000, SAMPLE = 1 << 20 };

/* Every so manyth word of the texts, in small letters, where it is of letters only. */
typedef struct sample {
    cxm_allocator allocator;
    cxm_arena arena;
    cxm_scan scan;
    cxm_str words[SAMPLE];
    size_t count;
    size_t seen;
    cxm_table known; /* the distinct words */
    cxm_str distinct[SAMPLE];
    size_t distinct_count;
} sample;

/* A small copy of a word; ptr NULL where it is not of letters only. */
static cxm_str small_word(cxm_arena *arena, const char *text, cxm_span span) {
    cxm_str word = {text + span.start, span.end - span.start};
    for (size_t i = 0; i < word.len; i++) {
        char c = cxm_ascii_lower(word.ptr[i]);
        if (c < 'a' || c > 'z')
            return (cxm_str){NULL, 0};
    }
    cxm_str copy = cxm_arena_copy(arena, word);
    for (size_t i = 0; copy.ptr && i < copy.len; i++)
        ((char *)(uintptr_t)copy.ptr)[i] = cxm_ascii_lower(copy.ptr[i]);
    return copy;
}

static bool add_word(sample *self, cxm_str word) {
    bool added;
    self->words[self->count++] = word;
    if (!cxm_table_add(&self->known, word, 0, &added))
        return false;
    if (added)
        self->distinct[self->distinct_count++] = word;
    return true;
}

static bool sample_turn(void *user, const cxm_turn *turn) {
    enum { EVERY = 11 };
    sample *self = user;
    if (!cxm_scan_text(&self->scan, turn->text))
        return false;
    for (size_t i = 0; i < self->scan.span_count && self->count < SAMPLE; i++) {
        if (self->seen++ % EVERY)
            continue;
        cxm_str word = small_word(&self->arena, turn->text.ptr, self->scan.spans[i]);
        if (word.ptr && !add_word(self, word))
            return false;
    }
    return true;
}

/* The same numbers on every machine: SplitMix64. */
static uint64_t draw(uint64_t *state) {
    uint64_t z = *state += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

/* Draws a phrase into a buffer. */
static void draw_phrase(const sample *self, bool seldom, uint64_t *state, cxm_buffer *out) {
    enum { LEAST_WORDS = 2, LENGTHS = 3 };
    size_t words = LEAST_WORDS + draw(state) % LENGTHS;
    cxm_buffer_reset(out);
    for (size_t i = 0; i < words; i++) {
        if (i)
            cxm_buffer_add_char(out, ' ');
        if (seldom && i + 1 == words)
            cxm_buffer_add_str(out, self->distinct[draw(state) % self->distinct_count]);
        else
            cxm_buffer_add_str(out, self->words[draw(state) % self->count]);
    }
}

/* Draws phrases, each once. */
static bool draw_phrases(sample *self, bool seldom, cxm_str phrases[MOST_PHRASES]) {
    cxm_table known;
    cxm_buffer text;
    uint64_t state = 1;
    bool drawn = self->count > 0;
    cxm_table_init(&known, &self->allocator);
    cxm_buffer_init(&text, &self->allocator);
    for (size_t count = 0; drawn && count < MOST_PHRASES;) {
        draw_phrase(self, seldom, &state, &text);
        if (cxm_table_find(&known, cxm_buffer_str(&text)))
            continue;
        phrases[count] = cxm_arena_copy(&self->arena, cxm_buffer_str(&text));
        drawn =
            !text.failed && phrases[count].ptr && cxm_table_add(&known, phrases[count], 0, NULL);
        count++;
    }
    cxm_table_clear(&known);
    cxm_buffer_clear(&text);
    return drawn;
}

typedef struct subject {
    const bench_corpus *corpus;
    cxm_lexicon *lexicon;
    cxm_miner *miner;
    char name[32];
    size_t hits;
} subject;

static bool mine(void *user) {
    subject *self = user;
    self->hits = 0;
    for (size_t i = 0; i < self->corpus->count; i++) {
        const cxm_result *result;
        if (cxm_mine(self->miner, self->corpus->items[i], &result, NULL) != CXM_OK)
            return false;
        self->hits += result->hit_count;
    }
    return true;
}

static bool prepare(subject *self, const bench_corpus *corpus, const cxm_str *phrases,
                    size_t count) {
    *self = (subject){.corpus = corpus, .lexicon = bench_lexicon_of_phrases(phrases, count)};
    snprintf(self->name, sizeof self->name, "%zu phrases", count);
    return self->lexicon && cxm_miner_new(self->lexicon, NULL, &self->miner, NULL) == CXM_OK;
}

static bool run(const bench_options *options, const bench_corpus *corpus, const cxm_str *phrases) {
    static bench_task tasks[SIZE_COUNT];
    subject subjects[SIZE_COUNT] = {{.corpus = NULL}};
    bool done = true;
    for (size_t i = 0; done && i < SIZE_COUNT; i++) {
        done = prepare(&subjects[i], corpus, phrases, SIZES[i]);
        tasks[i] = (bench_task){.name = subjects[i].name, .run = mine, .user = &subjects[i]};
    }
    done = done && bench_run(tasks, SIZE_COUNT, options->rounds);
    if (done) {
        bench_print(tasks, SIZE_COUNT, options->rounds, corpus->text_bytes);
        printf("%zu phrases cost %.2f x what %zu cost; hits:", SIZES[SIZE_COUNT - 1],
               bench_best(&tasks[SIZE_COUNT - 1], options->rounds) /
                   bench_best(&tasks[0], options->rounds),
               SIZES[0]);
        for (size_t i = 0; i < SIZE_COUNT; i++)
            printf(" %zu", subjects[i].hits);
        printf("\n");
    }
    for (size_t i = 0; i < SIZE_COUNT; i++) {
        cxm_miner_free(subjects[i].miner);
        cxm_lexicon_free(subjects[i].lexicon);
    }
    return done;
}

static bool bench(const bench_options *options, const bench_corpus *corpus) {
    static sample words;
    static cxm_str phrases[MOST_PHRASES];
    words.allocator = cxm_allocator_or_default(NULL);
    cxm_arena_init(&words.arena, &words.allocator);
    cxm_scan_init(&words.scan, &words.allocator);
    cxm_table_init(&words.known, &words.allocator);
    bool done = bench_corpus_visit(corpus, sample_turn, &words);
    for (int seldom = 0; done && seldom < 2; seldom++) {
        printf("phrases found %s\n", seldom ? "seldom" : "often");
        done = draw_phrases(&words, seldom, phrases) && run(options, corpus, phrases);
    }
    cxm_table_clear(&words.known);
    cxm_scan_clear(&words.scan);
    cxm_arena_clear(&words.arena);
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
    bool done = bench(&options, &corpus);
    bench_corpus_clear(&corpus);
    return done ? BENCH_DONE : BENCH_FAILED;
}
