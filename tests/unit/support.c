/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "base/utf8.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* ---- Lexicons ---- */

const char *const test_language = "cxmine: 1\n"
                                  "language: en\n"
                                  "stemmer: english\n"
                                  "contractions:\n"
                                  "  \"i'm\": i am\n"
                                  "  \"i'll\": i will\n"
                                  "  \"i'd\": [i would, i had]\n"
                                  "  \"you're\": you are\n"
                                  "  \"we're\": we are\n"
                                  "  \"it's\": [it is, it has]\n"
                                  "  \"let's\": let us\n"
                                  "  \"can't\": can not\n"
                                  "  cannot: can not\n"
                                  "  \"don't\": do not\n"
                                  "  \"doesn't\": does not\n"
                                  "  \"isn't\": is not\n"
                                  "  gonna: going to\n"
                                  "ambiguous: [ill, id, were, its, lets]\n"
                                  "clitics:\n"
                                  "  \"'s\": ['', is, has]\n"
                                  "  \"'ll\": will\n"
                                  "  \"'d\": [would, had]\n"
                                  "  \"n't\": not\n"
                                  "spellings:\n"
                                  "  apologize: [apologise]\n"
                                  "fillers: [uh, um, you know, i mean, let me see]\n"
                                  "annotations: [inaudible, laughs, crosstalk]\n"
                                  "abbreviations: [mr, mrs, dr, etc]\n"
                                  "negators: [not, never, no longer]\n"
                                  "roles:\n"
                                  "  agent: [agent, rep]\n"
                                  "  customer: [customer, caller]\n"
                                  "  bot: [bot]\n"
                                  "  other: [other]\n"
                                  "sets:\n"
                                  "  we: [we, our team, the company]\n"
                                  "  nice: [kind, (very|so) nice]\n"
                                  "  nested: [<we> too, <nice>]\n"
                                  "  verb: [state~, say~]\n";

static cxm_lexicon_builder *new_builder(const cxm_allocator *allocator) {
    cxm_lexicon_builder *builder;
    cxm_lexicon_options options = CXM_LEXICON_OPTIONS_INIT;
    options.allocator = allocator;
    ck_assert_int_eq(cxm_lexicon_builder_new(&options, &builder, NULL), CXM_OK);
    return builder;
}

/* Adds what the pack says to the test language and builds. */
static cxm_status build(const cxm_allocator *allocator, const char *more, const char *words,
                        cxm_lexicon **out, cxm_error *error) {
    cxm_lexicon_builder *builder = new_builder(allocator);
    size_t size = strlen(test_language) + strlen(more) + 1;
    char *pack = malloc(size);
    ck_assert_ptr_nonnull(pack);
    snprintf(pack, size, "%s%s", test_language, more);
    *out = NULL;
    cxm_status status =
        cxm_lexicon_builder_add_bytes(builder, CXM_STR("test.yaml"), cxm_str_from(pack), error);
    if (!status && words)
        status = cxm_lexicon_builder_add_bytes(builder, CXM_STR("words.txt"), cxm_str_from(words),
                                               error);
    if (!status)
        status = cxm_lexicon_builder_build(builder, out, error);
    free(pack);
    cxm_lexicon_builder_free(builder);
    return status;
}

cxm_lexicon *new_lexicon_by(const cxm_allocator *allocator, const char *more, const char *words) {
    cxm_lexicon *lexicon;
    cxm_error error;
    cxm_status status = build(allocator, more, words, &lexicon, &error);
    ck_assert_msg(!status, "%u:%u: %s\n%s\n", error.line, error.column, error.message,
                  error.excerpt);
    return lexicon;
}

cxm_lexicon *new_lexicon(const char *more) {
    return new_lexicon_by(NULL, more, NULL);
}

cxm_error lexicon_error(const char *more) {
    cxm_lexicon *lexicon;
    cxm_error error = {.code = CXM_OK};
    cxm_status status = build(NULL, more, NULL, &lexicon, &error);
    ck_assert_msg(status != CXM_OK, "no error in %s", more);
    ck_assert_ptr_null(lexicon);
    ck_assert_int_eq(error.code, status);
    return error;
}

void add_quoted(char *pack, size_t size, const char *text) {
    size_t len = strlen(pack);
    ck_assert_uint_lt(len + 2 * strlen(text) + 3, size);
    pack[len++] = '\'';
    for (; *text; text++) {
        if (*text == '\'')
            pack[len++] = '\'';
        pack[len++] = *text;
    }
    pack[len++] = '\'';
    pack[len] = '\0';
}

cxm_lexicon *new_phrase_lexicon(const char *phrase) {
    char pack[16384] = "categories:\n  t.t:\n    phrases:\n      - ";
    add_quoted(pack, sizeof pack, phrase);
    return new_lexicon(pack);
}

cxm_lexicon *new_builtin_lexicon(void) {
    cxm_lexicon_builder *builder = new_builder(NULL);
    cxm_lexicon *lexicon = NULL;
    cxm_error error = {.code = CXM_OK};
    cxm_status status = cxm_lexicon_builder_add_builtin(builder, "en", &error);
    if (!status)
        status = cxm_lexicon_builder_build(builder, &lexicon, &error);
    ck_assert_msg(!status, "%s:%u:%u: %s\n%s\n", error.file, error.line, error.column,
                  error.message, error.excerpt);
    cxm_lexicon_builder_free(builder);
    return lexicon;
}

/* ---- Texts ---- */

cxm_transcript *new_transcript(cxm_role role, cxm_str text) {
    cxm_transcript_builder *builder;
    cxm_transcript *transcript;
    cxm_turn turn = {
        .role = role, .text = text, .start = CXM_TIME_UNKNOWN, .end = CXM_TIME_UNKNOWN};
    ck_assert_int_eq(cxm_transcript_builder_new(NULL, &builder, NULL), CXM_OK);
    ck_assert_int_eq(cxm_transcript_builder_add_turn(builder, &turn, NULL), CXM_OK);
    ck_assert_int_eq(cxm_transcript_builder_finish(builder, &transcript, NULL), CXM_OK);
    return transcript;
}

cxm_miner *new_miner(const cxm_lexicon *lexicon) {
    cxm_miner *miner;
    ck_assert_int_eq(cxm_miner_new(lexicon, NULL, &miner, NULL), CXM_OK);
    return miner;
}

const cxm_result *mine(cxm_miner *miner, const cxm_transcript *transcript) {
    const cxm_result *result;
    ck_assert_int_eq(cxm_mine(miner, transcript, &result, NULL), CXM_OK);
    return result;
}

mined mine_text(const cxm_lexicon *lexicon, cxm_role role, const char *text) {
    mined self = {.miner = new_miner(lexicon),
                  .transcript = new_transcript(role, cxm_str_from(text))};
    self.result = mine(self.miner, self.transcript);
    return self;
}

void mined_free(mined *self) {
    cxm_miner_free(self->miner);
    cxm_transcript_free(self->transcript);
}

/* ---- Expectations ---- */

/* Draws the spans under a text: a mark per code point, "^" or, right behind another span, "~". */
static void draw(cxm_str text, const cxm_hit *hits, size_t count, char *out) {
    size_t hit = 0;
    char mark = '^';
    size_t at = 0;
    while (at < text.len && hit < count) {
        uint32_t cp;
        if (at == hits[hit].start && hit && hits[hit - 1].end == at)
            mark = mark == '^' ? '~' : '^';
        else if (at == hits[hit].start)
            mark = '^';
        *out++ = at >= hits[hit].start ? mark : ' ';
        at += cxm_utf8_decode(text.ptr + at, text.len - at, &cp);
        hit += at >= hits[hit].end;
    }
    *out = '\0';
}

void assert_spans(const char *what, cxm_str text, const cxm_hit *hits, size_t count,
                  const char *carets) {
    char *drawn = malloc(text.len + 1);
    ck_assert_ptr_nonnull(drawn);
    draw(text, hits, count, drawn);
    const char *expected = carets ? carets : "";
    ck_assert_msg(strcmp(drawn, expected) == 0, "%s\n%.*s\n%s (expected)\n%s (found)\n", what,
                  (int)text.len, text.ptr, expected, drawn);
    free(drawn);
}

void assert_hits(const mined *self, const cxm_lexicon *lexicon, const char *category,
                 const char *carets) {
    cxm_hit hits[256];
    size_t count = 0;
    uint32_t index = 0;
    ck_assert_msg(cxm_lexicon_find_category(lexicon, cxm_str_from(category), &index),
                  "no category %s", category);
    for (size_t i = 0; i < self->result->hit_count; i++)
        if (self->result->hits[i].category == index) {
            ck_assert_uint_lt(count, COUNT(hits));
            hits[count++] = self->result->hits[i];
        }
    const cxm_phrase *phrase = cxm_lexicon_phrase(lexicon, 0);
    char what[512];
    snprintf(what, sizeof what, "%s (%.*s)", category, phrase ? (int)phrase->text.len : 0,
             phrase ? phrase->text.ptr : "");
    assert_spans(what, cxm_transcript_turn(self->transcript, 0)->text, hits, count, carets);
}

static void assert_same_hit(const cxm_hit *hit, const cxm_hit *expected) {
    ck_assert_uint_eq(hit->category, expected->category);
    ck_assert_uint_eq(hit->phrase, expected->phrase);
    ck_assert_uint_eq(hit->turn, expected->turn);
    ck_assert_uint_eq(hit->start, expected->start);
    ck_assert_uint_eq(hit->end, expected->end);
    ck_assert_int_eq(hit->typing_slip, expected->typing_slip);
    ck_assert(!(hit->time < expected->time) && !(hit->time > expected->time));
    ck_assert_uint_eq(hit->capture_count, expected->capture_count);
    for (size_t i = 0; i < hit->capture_count; i++) {
        ck_assert(cxm_str_equal(hit->captures[i].name, expected->captures[i].name));
        ck_assert_uint_eq(hit->captures[i].start, expected->captures[i].start);
        ck_assert_uint_eq(hit->captures[i].end, expected->captures[i].end);
    }
}

void assert_same_result(const cxm_result *result, const cxm_result *expected) {
    ck_assert_uint_eq(result->hit_count, expected->hit_count);
    ck_assert_uint_eq(result->turn_count, expected->turn_count);
    ck_assert_uint_eq(result->word_count, expected->word_count);
    ck_assert_mem_eq(result->role_words, expected->role_words, sizeof result->role_words);
    for (size_t i = 0; i < result->turn_count; i++)
        ck_assert_int_eq(result->roles[i], expected->roles[i]);
    for (size_t i = 0; i < result->hit_count; i++)
        assert_same_hit(&result->hits[i], &expected->hits[i]);
}

/* A copy of `size` bytes; of at least one, so that NULL is always want of memory. */
static void *copy_bytes(const void *bytes, size_t size) {
    void *copy = malloc(size ? size : 1);
    ck_assert_ptr_nonnull(copy);
    if (size)
        memcpy(copy, bytes, size);
    return copy;
}

cxm_result *copy_result(const cxm_result *result) {
    cxm_result *copy = copy_bytes(result, sizeof *result);
    cxm_hit *hits = copy_bytes(result->hits, result->hit_count * sizeof *hits);
    for (size_t i = 0; i < result->hit_count; i++)
        hits[i].captures =
            copy_bytes(hits[i].captures, hits[i].capture_count * sizeof *hits[i].captures);
    copy->hits = hits;
    copy->roles = copy_bytes(result->roles, result->turn_count * sizeof *result->roles);
    return copy;
}

void free_result(cxm_result *copy) {
    for (size_t i = 0; i < copy->hit_count; i++)
        free((void *)(uintptr_t)copy->hits[i].captures);
    free((void *)(uintptr_t)copy->hits);
    free((void *)(uintptr_t)copy->roles);
    free(copy);
}

/* ---- Memory ---- */

/* In front of each block stands its size, so that a size that is told wrong is found. */
typedef struct header {
    alignas(max_align_t) size_t size;
} header;

static bool fails_now(meter *self) {
    self->calls++;
    bool fails = self->fail_at &&
                 (self->calls == self->fail_at || (self->fail_on && self->calls > self->fail_at));
    self->failed |= fails;
    return fails;
}

static void *metered(void *user, void *ptr, size_t old_size, size_t new_size) {
    meter *self = user;
    header *block = ptr ? (header *)ptr - 1 : NULL;
    ENSURE(old_size == (block ? block->size : 0));
    if (new_size == 0) {
        self->live -= old_size;
        self->blocks -= block != NULL;
        free(block);
        return NULL;
    }
    if (fails_now(self))
        return NULL;
    /* Always moved, so that a pointer into the old block shows. */
    header *moved = malloc(sizeof *moved + new_size);
    ENSURE(moved);
    moved->size = new_size;
    if (block)
        memcpy(moved + 1, ptr, old_size < new_size ? old_size : new_size);
    free(block);
    self->blocks += block == NULL;
    self->live += new_size - old_size;
    return moved + 1;
}

cxm_allocator meter_allocator(meter *self) {
    return (cxm_allocator){metered, self};
}

/* ---- Time and chance ---- */

double seconds_taken(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

uint32_t random_below(uint64_t *seed, uint32_t bound) {
    /* xorshift64*, Marsaglia and Vigna */
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return (uint32_t)((*seed * UINT64_C(0x2545F4914F6CDD1D) >> 32) % bound);
}

uint64_t number_from(const char *name, uint64_t usual) {
    const char *text = getenv(name);
    return text && *text ? strtoull(text, NULL, 0) : usual;
}

static uint64_t slowness_of_tools(void) {
    return number_from("CK_TIMEOUT_MULTIPLIER", 1);
}

double slow_seconds(double seconds) {
    return seconds * (double)slowness_of_tools();
}

uint64_t rounds(uint64_t usual) {
    uint64_t slowness = slowness_of_tools();
    return number_from("CXM_TEST_ROUNDS", slowness > 1 ? usual / slowness + 1 : usual);
}

const char *shared_data(void) {
    const char *given = getenv("CXM_SHARED_DATA");
    return given ? given : CXM_SHARED_DATA;
}

char *repeat(const char *piece, size_t count, size_t *len) {
    size_t size = strlen(piece);
    char *text = malloc(size * count + 1);
    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < count; i++)
        memcpy(text + i * size, piece, size);
    *len = size * count;
    text[*len] = '\0';
    return text;
}

char *exact_copy(const char *bytes, size_t len) {
    char *copy = malloc(len ? len : 1);
    ENSURE(copy);
    memcpy(copy, bytes, len);
    return copy;
}

int run_suite(Suite *suite) {
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
