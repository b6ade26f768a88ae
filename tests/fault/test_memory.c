/* SPDX-License-Identifier: MIT */
/*
 * Memory, counted: none is asked for once a miner is warm; and each time that there is none it is
 * told, nothing is left behind, and what there was before still works.
 */
#define _POSIX_C_SOURCE 200809L /* for mkdtemp */

#include "failing.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- What is worked on ---- */

static const char pack[] =
    "redactions: [name, xxxx]\naffixes: [over-, -able]\n"
    "role_cues: {agent 3: ['^ how can i help ?', your], customer 3: [my order]}\n"
    "categories:\n"
    "  t.a:\n    title: A\n    why: For the test.\n    speaker: agent\n    negation: drop\n"
    "    phrases: ['<we> ... <verb>', 'i (x=<rest>)', '/^s/ $', sorry~, refund*, i]\n"
    "    unless: [our policy]\n"
    "    tests: {hit: [we state], miss: [no]}\n"
    "  t.c:\n    speaker: customer\n    phrases: [{phrase: '(you|i) (can|will) ...4 _', weight: 2, "
    "unless: [x y]}, 'not (x=_)', '^ _ _ $?', frustrating]\n";

static const char words[] =
    "customer\t4\nfrustrating\t5\ni\t9\nlike\t9\nsorry\t8\nstate\t2\nthe\t9\n";

static const char plain[] =
    "Agent (00:01): I can't refund that, you know, our policy says so.\n"
    "Caller (00:05): Sorry, uh, I'm not sorry! Will you? How frustating. likeI said\n"
    "Agent (00:09): Our team states it is [inaudible] so- sorry.\n"
    "and goes on to thecustomer and\nthe state, [NAME], *** and XXXX. It "
    "doesn\u00E2\u20AC\u2122t\n\n"
    "Caller (00:12): na\xC3\xAFve caf\xC3\xA9 \xE6\x97\xA5\xE6\x9C\xAC \xF0\x9F\x98\x80 refunds\n";

/* ---- Each allocation made to fail ---- */

typedef struct given {
    const cxm_allocator *allocator; /* that fails */
    meter *counter;
    const cxm_lexicon *lexicon; /* of sound memory, as all below */
    const cxm_transcript *transcript;
    const cxm_result *expected;
    cxm_error *error;
} given;

typedef cxm_status (*task)(const given *self);

/* A task, and what it is done with. */
typedef struct work {
    task run;
    given self;
} work;

static cxm_status do_work(void *context, const cxm_allocator *allocator, cxm_error *error) {
    work *one = context;
    one->self.allocator = allocator;
    one->self.counter = allocator->user;
    one->self.error = error;
    return one->run(&one->self);
}

/* Memory may be asked for to be faster only (the machine code of regular expressions). */
enum { MOST_TOLERATED = 12 };

/* ---- Scenarios ---- */

static cxm_status new_builder(const given *self, cxm_lexicon_builder **builder) {
    cxm_lexicon_options options = CXM_LEXICON_OPTIONS_INIT;
    options.allocator = self->allocator;
    return cxm_lexicon_builder_new(&options, builder, self->error);
}

static cxm_status add_small_pack(cxm_lexicon_builder *builder, cxm_error *error) {
    char text[4096];
    snprintf(text, sizeof text, "%s%s", test_language, pack);
    cxm_status status =
        cxm_lexicon_builder_add_bytes(builder, CXM_STR("t.yaml"), cxm_str_from(text), error);
    return status ? status
                  : cxm_lexicon_builder_add_bytes(builder, CXM_STR("words.txt"),
                                                  cxm_str_from(words), error);
}

static cxm_status compile(const given *self) {
    cxm_lexicon_builder *builder = NULL;
    cxm_lexicon *lexicon = NULL;
    cxm_status status = new_builder(self, &builder);
    if (!status)
        status = add_small_pack(builder, self->error);
    if (!status)
        status = cxm_lexicon_builder_build(builder, &lexicon, self->error);
    ck_assert_int_eq(status == CXM_OK, lexicon != NULL);
    cxm_lexicon_builder_free(builder);
    cxm_lexicon_free(lexicon);
    return status;
}

/* After want of memory the same builder goes on as if nothing had been: what failed to be added
 * can be added, and what failed to be built can be built. */
static cxm_status compile_again(const given *self) {
    cxm_lexicon_builder *builder = NULL;
    cxm_lexicon *lexicon = NULL;
    meter *counter = self->counter;
    size_t fail_at = counter->fail_at;
    counter->fail_at = 0;
    ck_assert_int_eq(new_builder(self, &builder), CXM_OK);
    counter->calls = 0;
    counter->fail_at = fail_at;
    cxm_status status = cxm_lexicon_builder_add_bytes(builder, CXM_STR("l.yaml"),
                                                      cxm_str_from(test_language), self->error);
    cxm_status added = status;
    if (!status)
        status = cxm_lexicon_builder_build(builder, &lexicon, self->error);
    counter->fail_at = 0;
    if (added)
        ck_assert_int_eq(cxm_lexicon_builder_add_bytes(builder, CXM_STR("l.yaml"),
                                                       cxm_str_from(test_language), NULL),
                         CXM_OK);
    if (status)
        ck_assert_int_eq(cxm_lexicon_builder_build(builder, &lexicon, NULL), CXM_OK);
    cxm_lexicon_free(lexicon);
    cxm_lexicon_builder_free(builder);
    return status;
}

static cxm_status compile_builtin(const given *self) {
    cxm_lexicon_builder *builder = NULL;
    cxm_lexicon *lexicon = NULL;
    cxm_status status = new_builder(self, &builder);
    if (!status)
        status = cxm_lexicon_builder_add_builtin(builder, "en", self->error);
    if (!status)
        status = cxm_lexicon_builder_build(builder, &lexicon, self->error);
    cxm_lexicon_builder_free(builder);
    cxm_lexicon_free(lexicon);
    return status;
}

static char folder[64];

static cxm_status load_folder(const given *self) {
    cxm_lexicon *lexicon = NULL;
    cxm_lexicon_options options = CXM_LEXICON_OPTIONS_INIT;
    options.allocator = self->allocator;
    cxm_status status = cxm_lexicon_load(folder, &options, &lexicon, self->error);
    cxm_lexicon_free(lexicon);
    return status;
}

/* Faults of a pack are told, or want of memory is: nothing else. */
static cxm_status compile_faulty(const given *self) {
    cxm_lexicon_builder *builder = NULL;
    cxm_lexicon *lexicon = NULL;
    cxm_status status = new_builder(self, &builder);
    char text[4096];
    snprintf(text, sizeof text,
             "%scategories:\n  t.t:\n    phrases: ['(a', 'b )', '/(/', <x>, ok]\n", test_language);
    if (!status)
        status = cxm_lexicon_builder_add_bytes(builder, CXM_STR("t.yaml"), cxm_str_from(text),
                                               self->error);
    if (!status)
        status = cxm_lexicon_builder_build(builder, &lexicon, self->error);
    ck_assert_ptr_null(lexicon);
    ck_assert_int_ne(status, CXM_OK);
    cxm_lexicon_builder_free(builder);
    return status == CXM_E_SYNTAX ? CXM_OK : status;
}

static cxm_status add_everything(cxm_transcript_builder *builder, cxm_error *error) {
    static const cxm_time_mark marks[] = {{0, 1}, {3, 2}};
    cxm_status status = cxm_transcript_builder_set_id(builder, CXM_STR("id"), error);
    if (!status)
        status = cxm_transcript_builder_set_source(builder, CXM_STR("source"), error);
    for (int i = 0; i < 40 && !status; i++)
        status = cxm_transcript_builder_add_meta(builder, CXM_STR("key"), CXM_STR("value"), error);
    for (int i = 0; i < 40 && !status; i++) {
        cxm_turn turn = {.speaker = cxm_str_from(i % 3 ? "Agent" : "Caller"),
                         .channel = CXM_STR("0"),
                         .text = cxm_str_from(plain),
                         .marks = marks,
                         .mark_count = COUNT(marks)};
        status = cxm_transcript_builder_add_turn(builder, &turn, error);
    }
    return status;
}

static cxm_status build_transcript(const given *self) {
    cxm_transcript_options options = CXM_TRANSCRIPT_OPTIONS_INIT;
    cxm_transcript_builder *builder = NULL;
    cxm_transcript *transcript = NULL;
    options.allocator = self->allocator;
    cxm_status status = cxm_transcript_builder_new(&options, &builder, self->error);
    if (!status)
        status = add_everything(builder, self->error);
    if (!status)
        status = cxm_transcript_builder_finish(builder, &transcript, self->error);
    if (status)
        cxm_transcript_builder_free(builder);
    cxm_transcript_free(transcript);
    return status;
}

static cxm_status new_metered_miner(const given *self, cxm_miner **miner) {
    cxm_miner_options options = CXM_MINER_OPTIONS_INIT;
    options.allocator = self->allocator;
    return cxm_miner_new(self->lexicon, &options, miner, self->error);
}

/* A miner that is made before anything fails. */
static cxm_miner *sound_miner(const given *self) {
    cxm_miner *miner;
    meter *counter = self->counter;
    size_t fail_at = counter->fail_at;
    counter->fail_at = 0;
    ck_assert_int_eq(new_metered_miner(self, &miner), CXM_OK);
    counter->fail_at = fail_at;
    counter->calls = 0;
    return miner;
}

static cxm_status mine_transcript(const given *self) {
    cxm_miner *miner = NULL;
    const cxm_result *result = NULL;
    cxm_status status = new_metered_miner(self, &miner);
    if (!status)
        status = cxm_mine(miner, self->transcript, &result, self->error);
    ck_assert_int_eq(status == CXM_OK, result != NULL);
    if (result)
        assert_same_result(result, self->expected);
    cxm_miner_free(miner);
    return status;
}

/* After want of memory the same miner works again, and gives the right result, twice. */
static cxm_status mine_again(const given *self) {
    const cxm_result *result;
    cxm_miner *miner = sound_miner(self);
    cxm_status status = cxm_mine(miner, self->transcript, &result, self->error);
    self->counter->fail_at = 0;
    for (int round = 0; round < 2; round++) {
        ck_assert_int_eq(cxm_mine(miner, self->transcript, &result, NULL), CXM_OK);
        assert_same_result(result, self->expected);
    }
    cxm_miner_free(miner);
    return status;
}

/* As above, and each time that there is none the next allocation fails, until it works. */
static cxm_status mine_at_last(const given *self) {
    const cxm_result *result = NULL;
    cxm_miner *miner = sound_miner(self);
    cxm_status first = cxm_mine(miner, self->transcript, &result, self->error);
    cxm_status status = first;
    for (int round = 0; status == CXM_E_NOMEM; round++) {
        ck_assert_int_lt(round, 1000);
        self->counter->calls = 0;
        self->counter->fail_at = (size_t)round / 2 + 1;
        status = cxm_mine(miner, self->transcript, &result, NULL);
    }
    ck_assert_int_eq(status, CXM_OK);
    assert_same_result(result, self->expected);
    cxm_miner_free(miner);
    return first;
}

static cxm_status tokenize(const given *self) {
    cxm_str text = cxm_transcript_turn(self->transcript, 0)->text;
    const cxm_token *tokens;
    size_t count;
    size_t again;
    cxm_miner *miner = sound_miner(self);
    cxm_status status = cxm_miner_tokenize(miner, text, &tokens, &count, self->error);
    self->counter->fail_at = 0;
    ck_assert_int_eq(cxm_miner_tokenize(miner, text, &tokens, &again, NULL), CXM_OK);
    ck_assert(status || count == again);
    ck_assert_uint_gt(again, 5);
    cxm_miner_free(miner);
    return status;
}

static cxm_status write_result(const given *self, const char *format) {
    cxm_writer_options options = CXM_WRITER_OPTIONS_INIT;
    cxm_writer *writer = NULL;
    cxm_str bytes = {NULL, 0};
    options.allocator = self->allocator;
    options.color = true;
    cxm_status status = cxm_writer_new(format, self->lexicon, &options, &writer, self->error);
    for (int i = 0; i < 2 && !status; i++)
        status = cxm_writer_result(writer, self->transcript, self->expected, &bytes, self->error);
    if (!status)
        status = cxm_writer_end(writer, &bytes, self->error);
    cxm_writer_free(writer);
    return status;
}

static cxm_status write_text(const given *self) {
    return write_result(self, "text");
}

static cxm_status write_jsonl(const given *self) {
    return write_result(self, "jsonl");
}

/* Two who say who they are by what they say. */
static cxm_status mine_unknown(const given *self) {
    static const char *const texts[] = {"How can I help?", "We state my order is refunded."};
    cxm_transcript_builder *builder;
    cxm_transcript *transcript;
    cxm_miner_options options = CXM_MINER_OPTIONS_INIT;
    cxm_miner *miner = NULL;
    const cxm_result *result = NULL;
    ck_assert_int_eq(cxm_transcript_builder_new(NULL, &builder, NULL), CXM_OK);
    for (size_t i = 0; i < COUNT(texts); i++) {
        cxm_turn turn = {.speaker = cxm_str_from(i ? "1" : "0"), .text = cxm_str_from(texts[i])};
        ck_assert_int_eq(cxm_transcript_builder_add_turn(builder, &turn, NULL), CXM_OK);
    }
    ck_assert_int_eq(cxm_transcript_builder_finish(builder, &transcript, NULL), CXM_OK);
    options.allocator = self->allocator;
    cxm_status status = cxm_miner_new(self->lexicon, &options, &miner, self->error);
    if (!status)
        status = cxm_mine(miner, transcript, &result, self->error);
    if (!status)
        ck_assert_int_eq(result->roles[1], CXM_ROLE_CUSTOMER);
    cxm_miner_free(miner);
    cxm_transcript_free(transcript);
    return status;
}

/* ---- The tests ---- */

typedef struct fault_case {
    const char *name;
    task run;
} fault_case;

static const fault_case fault_cases[] = {
    {"compile", compile},
    {"compile again", compile_again},
    {"compile a faulty pack", compile_faulty},
    {"load a folder", load_folder},
    {"build a transcript", build_transcript},
    {"mine", mine_transcript},
    {"mine again", mine_again},
    {"mine at last", mine_at_last},
    {"mine speakers of unknown role", mine_unknown},
    {"tokenize", tokenize},
    {"write text", write_text},
    {"write JSON Lines", write_jsonl},
};

static void write_file(const char *name, const char *first, const char *second) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fprintf(file, "%s%s", first, second);
    fclose(file);
}

static void make_folder(void) {
    snprintf(folder, sizeof folder, "/tmp/cxmine-fault-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    write_file("a.yaml", test_language, "");
    write_file("b.yaml", "cxmine: 1\nlanguage: en\n", pack);
    write_file("words.txt", words, "");
}

static void remove_folder(void) {
    static const char *const names[] = {"a.yaml", "b.yaml", "words.txt"};
    for (size_t i = 0; i < COUNT(names); i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

static cxm_transcript *read_sample(const cxm_lexicon *lexicon) {
    cxm_reader_options options = CXM_READER_OPTIONS_INIT;
    cxm_transcript *transcript;
    options.lexicon = lexicon;
    options.format = "plain";
    ck_assert_int_eq(cxm_transcript_read(cxm_str_from(plain), &options, &transcript, NULL), CXM_OK);
    ck_assert_uint_ge(cxm_transcript_turn_count(transcript), 4);
    return transcript;
}

START_TEST(want_of_memory_is_told) {
    const fault_case *one = &fault_cases[_i];
    cxm_lexicon *lexicon = new_lexicon_by(NULL, pack, words);
    cxm_transcript *transcript = read_sample(lexicon);
    cxm_miner *miner = new_miner(lexicon);
    work given_work = {one->run, {.lexicon = lexicon, .transcript = transcript}};
    given_work.self.expected = mine(miner, transcript);
    ck_assert_uint_gt(given_work.self.expected->hit_count, 5);
    make_folder();
    fail_each_allocation(&(failing){one->name, do_work, &given_work, 1, MOST_TOLERATED});
    remove_folder();
    cxm_miner_free(miner);
    cxm_transcript_free(transcript);
    cxm_lexicon_free(lexicon);
}
END_TEST

/* The built-in pack asks for memory some thousand times: a part of them is tried. Where there is
 * none for the machine code of one of its many regular expressions, that is interpreted. */
START_TEST(built_in_pack) {
    meter counter = {.calls = 0};
    cxm_allocator allocator = meter_allocator(&counter);
    work given_work = {.run = compile_builtin};
    ck_assert_int_eq(do_work(&given_work, &allocator, NULL), CXM_OK);
    fail_each_allocation(&(failing){"compile the built-in pack", do_work, &given_work,
                                    counter.calls / (size_t)rounds(40) + 1, 2 * MOST_TOLERATED});
}
END_TEST

/* Words that nobody ever said, as many as there are of them. */
static size_t make_strange_text(uint64_t *seed, char *text, size_t room) {
    size_t len = (size_t)snprintf(text, room, "we i ");
    for (int i = 0; i < 40; i++)
        len += (size_t)snprintf(text + len, room - len, "%c%x's ",
                                (char)('a' + random_below(seed, 26)), random_below(seed, 1 << 20));
    return len;
}

static void use_miner(cxm_miner *miner, cxm_str text, bool tokenizing) {
    const cxm_token *tokens;
    size_t count;
    if (tokenizing) {
        ENSURE(cxm_miner_tokenize(miner, text, &tokens, &count, NULL) == CXM_OK);
        return;
    }
    cxm_transcript *transcript = new_transcript(CXM_ROLE_UNKNOWN, text);
    mine(miner, transcript);
    cxm_transcript_free(transcript);
}

/* The bounds are kept, whatever is mined, or tokenized. */
START_TEST(memory_is_bounded) {
    enum { TEXTS = 3000, CACHE = 1 << 20, WORDS = 1000, MOST_BYTES = 4 << 20 };
    meter counter = {.calls = 0};
    cxm_allocator allocator = meter_allocator(&counter);
    cxm_lexicon *lexicon = new_lexicon_by(NULL, pack, words);
    cxm_miner_options options = CXM_MINER_OPTIONS_INIT;
    cxm_miner *miner;
    uint64_t seed = 11;
    size_t most = 0;
    options.allocator = &allocator;
    options.cache_bytes = CACHE;
    options.max_words = WORDS;
    ck_assert_int_eq(cxm_miner_new(lexicon, &options, &miner, NULL), CXM_OK);
    for (size_t i = 0; i < TEXTS; i++) {
        char text[1024];
        size_t len = make_strange_text(&seed, text, sizeof text);
        use_miner(miner, (cxm_str){text, len}, _i == 1);
        most = counter.live > most ? counter.live : most;
    }
    printf("# at most %zu kB %s\n", most >> 10, _i == 1 ? "tokenizing" : "mining");
    ck_assert_uint_lt(most, MOST_BYTES);
    cxm_miner_free(miner);
    ck_assert_uint_eq(counter.live, 0);
    cxm_lexicon_free(lexicon);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("fault memory");
    TCase *cases = tcase_create("fault memory");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, want_of_memory_is_told, 0, COUNT(fault_cases));
    tcase_add_test(cases, built_in_pack);
    tcase_add_loop_test(cases, memory_is_bounded, 0, 2);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
