/* SPDX-License-Identifier: MIT */
/*
 * Mining against Hyperscan: the same phrases in the same texts, by turns. Hyperscan does less: it
 * tells which expressions end where, and knows nothing of sentences, of noise of speech, of
 * `unless`, and of the longest match.
 */
#include "base/buffer.h"
#include "base/memory.h"
#include "corpus.h"
#include "hyperscan.h"
#include "rounds.h"

#include <stdio.h>
#include <string.h>

typedef struct miner_subject {
    const bench_corpus *corpus;
    cxm_miner *miner;
    size_t hits;
} miner_subject;

static bool mine(void *user) {
    miner_subject *self = user;
    self->hits = 0;
    for (size_t i = 0; i < self->corpus->count; i++) {
        const cxm_result *result;
        if (cxm_mine(self->miner, self->corpus->items[i], &result, NULL) != CXM_OK)
            return false;
        self->hits += result->hit_count;
    }
    return true;
}

typedef struct hyperscan_subject {
    const bench_corpus *corpus;
    const cxm_buffer *wholes; /* per view: all its turns in one text */
    bench_hyperscan engine;
    size_t turn_matches; /* of the last round */
    size_t whole_matches;
} hyperscan_subject;

static bool scan_turn(void *user, const cxm_turn *turn) {
    hyperscan_subject *self = user;
    return bench_hyperscan_scan(&self->engine, bench_view(turn->role), turn->text);
}

static bool scan_turns(void *user) {
    hyperscan_subject *self = user;
    self->engine.matches = 0;
    bool scanned = bench_corpus_visit(self->corpus, scan_turn, self);
    self->turn_matches = self->engine.matches;
    return scanned;
}

static bool scan_whole(void *user) {
    hyperscan_subject *self = user;
    bool scanned = true;
    self->engine.matches = 0;
    for (unsigned view = 0; scanned && view < BENCH_VIEWS; view++)
        scanned = bench_hyperscan_scan(&self->engine, view, cxm_buffer_str(&self->wholes[view]));
    self->whole_matches = self->engine.matches;
    return scanned;
}

static bool add_turn(void *user, const cxm_turn *turn) {
    cxm_buffer *whole = (cxm_buffer *)user + bench_view(turn->role);
    cxm_buffer_add_str(whole, turn->text);
    cxm_buffer_add_char(whole, '\n');
    return !whole->failed;
}

/* A way to have the phrases as expressions. */
typedef struct variant {
    const char *turns; /* names of the two tasks */
    const char *whole;
    const char *gap; /* between the words of plain phrases; NULL: the phrases of a pack */
    unsigned flags;
} variant;

static const variant pack_variants[] = {
    {"hyperscan, by turn", "hyperscan, whole", NULL, HS_FLAG_SOM_LEFTMOST},
};
static const variant literal_variants[] = {
    {"hyperscan, any blanks, by turn", "hyperscan, any blanks, whole", "[\\s,]+",
     HS_FLAG_SOM_LEFTMOST},
    {"hyperscan, one space, by turn", "hyperscan, one space, whole", " ", HS_FLAG_SOM_LEFTMOST},
    {"hyperscan, one space, ends only, by turn", "hyperscan, one space, ends only, whole", " ", 0},
};
enum { MAX_VARIANTS = 3 };

typedef struct setting {
    const bench_options *options;
    const bench_corpus *corpus;
    const cxm_lexicon *lexicon;
    cxm_buffer wholes[BENCH_VIEWS];
    const variant *variants;
    size_t variant_count;
    miner_subject miner;
    cxm_lexicon *some; /* of the phrases that Hyperscan takes, where it does not take all */
    miner_subject some_miner;
    hyperscan_subject subjects[MAX_VARIANTS];
} setting;

static bool write_expressions(const setting *self, const variant *given, bench_expressions *out) {
    bench_phrases phrases;
    *out = (bench_expressions){.items = NULL};
    if (!given->gap)
        return bench_expressions_of_pack(out, self->lexicon, self->options->pack);
    bool written = bench_phrases_read(&phrases, self->options->literals) &&
                   bench_expressions_of_phrases(out, &phrases, given->gap);
    bench_phrases_clear(&phrases);
    return written;
}

static bool compile_variant(setting *self, size_t index) {
    hyperscan_subject *subject = &self->subjects[index];
    const variant *given = &self->variants[index];
    bench_expressions expressions;
    subject->corpus = self->corpus;
    subject->wholes = self->wholes;
    bool compiled = write_expressions(self, given, &expressions) &&
                    bench_hyperscan_init(&subject->engine, &expressions, given->flags);
    bench_expressions_clear(&expressions);
    const bench_hyperscan *engine = &subject->engine;
    printf("%s: compiled to %zu + %zu databases; of %zu expressions %zu with the start "
           "of matches, %zu without, %zu refused\n",
           given->turns, engine->views[0].count, engine->views[1].count,
           engine->starts + engine->ends + engine->refused, engine->starts, engine->ends,
           engine->refused);
    return compiled;
}

static void print(const setting *self, const bench_task *tasks, size_t count) {
    bench_print(tasks, count, self->options->rounds, self->corpus->text_bytes);
    printf("%zu hits", self->miner.hits);
    if (self->some)
        printf(", %zu of the phrases that hyperscan takes", self->some_miner.hits);
    printf("; matches of hyperscan:");
    for (size_t i = 0; i < self->variant_count; i++)
        printf(" %zu by turn, %zu whole%s", self->subjects[i].turn_matches,
               self->subjects[i].whole_matches, i + 1 < self->variant_count ? ";" : "\n");
}

static bool run(setting *self) {
    static bench_task tasks[2 + 2 * MAX_VARIANTS];
    size_t count = 0;
    tasks[count++] = (bench_task){.name = "cxm_mine", .run = mine, .user = &self->miner};
    if (self->some)
        tasks[count++] = (bench_task){
            .name = "cxm_mine, what hyperscan takes", .run = mine, .user = &self->some_miner};
    for (size_t i = 0; i < self->variant_count; i++) {
        const variant *given = &self->variants[i];
        void *user = &self->subjects[i];
        tasks[count++] = (bench_task){.name = given->turns, .run = scan_turns, .user = user};
        tasks[count++] = (bench_task){.name = given->whole, .run = scan_whole, .user = user};
    }
    if (!bench_run(tasks, count, self->options->rounds))
        return false;
    print(self, tasks, count);
    return true;
}

static void choose_variants(setting *self) {
    bool literal = self->options->literals;
    self->variants = literal ? literal_variants : pack_variants;
    self->variant_count = literal ? sizeof literal_variants / sizeof *literal_variants
                                  : sizeof pack_variants / sizeof *pack_variants;
}

/* A lexicon of the phrases that the first variant takes. */
static bool prepare_some(setting *self) {
    const bench_hyperscan *engine = &self->subjects[0].engine;
    if (!engine->refused || self->options->literals)
        return true;
    self->some = bench_lexicon_of_some(self->options->pack, engine->accepted);
    self->some_miner.corpus = self->corpus;
    return self->some && cxm_miner_new(self->some, NULL, &self->some_miner.miner, NULL) == CXM_OK;
}

static bool prepare(setting *self) {
    const bench_corpus *corpus = self->corpus;
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    self->miner.corpus = corpus;
    printf("%zu phrases; %zu transcripts, %zu turns, %.1f MB of text\n",
           cxm_lexicon_phrase_count(self->lexicon), corpus->count, corpus->turn_count,
           (double)corpus->text_bytes / 1e6);
    for (unsigned view = 0; view < BENCH_VIEWS; view++)
        cxm_buffer_init(&self->wholes[view], &allocator);
    bool prepared = bench_corpus_visit(corpus, add_turn, self->wholes) &&
                    cxm_miner_new(self->lexicon, NULL, &self->miner.miner, NULL) == CXM_OK;
    for (size_t i = 0; prepared && i < self->variant_count; i++)
        prepared = compile_variant(self, i);
    return prepared && prepare_some(self);
}

static void clear(setting *self) {
    for (unsigned view = 0; view < BENCH_VIEWS; view++)
        cxm_buffer_clear(&self->wholes[view]);
    for (size_t i = 0; i < self->variant_count; i++)
        bench_hyperscan_clear(&self->subjects[i].engine);
    cxm_miner_free(self->miner.miner);
    cxm_miner_free(self->some_miner.miner);
    cxm_lexicon_free(self->some);
}

/* --only expressions: shows what Hyperscan is given. */
static bool show(const setting *self) {
    bench_expressions expressions;
    bool written = write_expressions(self, &self->variants[0], &expressions);
    for (size_t i = 0; i < expressions.count; i++)
        printf("%s\n", expressions.items[i].text);
    bench_expressions_clear(&expressions);
    return written;
}

static bool bench(const bench_options *options, const bench_corpus *corpus) {
    cxm_lexicon *lexicon = bench_lexicon(options);
    if (!lexicon)
        return false;
    static setting all;
    all.options = options;
    all.corpus = corpus;
    all.lexicon = lexicon;
    choose_variants(&all);
    bool done = options->only ? show(&all) : prepare(&all) && run(&all);
    clear(&all);
    cxm_lexicon_free(lexicon);
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
