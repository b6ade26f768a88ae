/* SPDX-License-Identifier: MIT */
/*
 * malloc() itself failing, so also under the libraries that libcxmine stands on, which do not use
 * its allocator: libfyaml, libstemmer, simdjson. Each failure is tried in a process of its own.
 *
 * simdjson, libstemmer and PCRE2 stand every one. libfyaml (0.7.12) does not: in some places it
 * goes on with a NULL, in others it forgets what it had. So many as are known are let pass.
 *
 * The functions of malloc are replaced in this binary, which only glibc allows, and no sanitizer.
 */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__has_feature)
#define HAS_FEATURE(name) __has_feature(name)
#else
#define HAS_FEATURE(name) 0
#endif
#if !defined(__GLIBC__) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) ||        \
    HAS_FEATURE(address_sanitizer) || HAS_FEATURE(thread_sanitizer) ||                             \
    HAS_FEATURE(memory_sanitizer)
#define CAN_REPLACE_MALLOC 0
#else
#define CAN_REPLACE_MALLOC 1
#endif

/* ---- malloc, counted ---- */

static struct {
    bool armed;
    size_t calls;
    size_t fail_at; /* 0: never */
    bool fail_on;   /* all from there on */
    bool failed;
    long blocks; /* taken and not given back while armed */
} heap;

#if CAN_REPLACE_MALLOC

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *ptr, size_t size);
void __libc_free(void *ptr);

static bool fails_now(void) {
    if (!heap.armed)
        return false;
    heap.calls++;
    bool fails =
        heap.fail_at && (heap.calls == heap.fail_at || (heap.fail_on && heap.calls > heap.fail_at));
    heap.failed |= fails;
    return fails;
}

static void *count(void *block) {
    heap.blocks += heap.armed && block;
    return block;
}

void *malloc(size_t size) {
    return fails_now() ? NULL : count(__libc_malloc(size));
}

void *calloc(size_t count_of, size_t size) {
    return fails_now() ? NULL : count(__libc_calloc(count_of, size));
}

void *realloc(void *ptr, size_t size) {
    if (fails_now())
        return NULL;
    void *block = __libc_realloc(ptr, size);
    heap.blocks += heap.armed && block && !ptr;
    return block;
}

void free(void *ptr) {
    heap.blocks -= heap.armed && ptr;
    __libc_free(ptr);
}

#endif

/* ---- Scenarios ---- */

static cxm_status compile(void) {
    cxm_lexicon_builder *builder = NULL;
    cxm_lexicon *lexicon = NULL;
    cxm_status status = cxm_lexicon_builder_new(NULL, &builder, NULL);
    if (!status)
        status = cxm_lexicon_builder_add_bytes(builder, CXM_STR("t.yaml"),
                                               cxm_str_from(test_language), NULL);
    if (!status)
        status = cxm_lexicon_builder_build(builder, &lexicon, NULL);
    cxm_lexicon_builder_free(builder);
    cxm_lexicon_free(lexicon);
    return status;
}

static cxm_status read_jsonl(void) {
    static const char bytes[] =
        "{\"id\":\"c1\",\"meta\":{\"queue\":\"returns\"},\"turns\":[{\"speaker\":\"Dana\","
        "\"text\":\"We state that I am sorry "
        "\\u00e9.\",\"start\":1.2}]}\n{\"id\":\"c2\",\"turns\":[]}\n";
    cxm_reader *reader = NULL;
    cxm_transcript *transcript = NULL;
    cxm_status status = cxm_reader_new(cxm_str_from(bytes), NULL, &reader, NULL);
    while (!status) {
        status = cxm_reader_next(reader, &transcript, NULL);
        if (!transcript)
            break;
        cxm_transcript_free(transcript);
    }
    cxm_reader_free(reader);
    return status;
}

static cxm_lexicon *shared_lexicon;
static cxm_transcript *shared_transcript;

static cxm_status mine_text_of_ours(void) {
    cxm_miner *miner = NULL;
    const cxm_result *result;
    cxm_status status = cxm_miner_new(shared_lexicon, NULL, &miner, NULL);
    if (!status)
        status = cxm_mine(miner, shared_transcript, &result, NULL);
    if (!status && result->hit_count != 3)
        status = CXM_E_ARGUMENT; /* a wrong result, told as what cannot be */
    cxm_miner_free(miner);
    return status;
}

typedef struct malloc_case {
    const char *name;
    cxm_status (*run)(void);
    size_t most_crashes; /* that are known of libfyaml */
    size_t most_leaks;
} malloc_case;

static const malloc_case malloc_cases[] = {
    {"compile (libfyaml, libstemmer)", compile, 4, 30},
    {"read JSON Lines (simdjson)", read_jsonl, 0, 0},
    {"mine (libstemmer, PCRE2)", mine_text_of_ours, 0, 0},
};

/* ---- One failure, in a process of its own ---- */

enum { WENT_WELL = 10, TOLD, LEFT_BEHIND, WRONG, NONE_FAILED };

static int try_one(const malloc_case *given, size_t n, bool all_on) {
    heap.calls = 0;
    heap.fail_at = n;
    heap.fail_on = all_on;
    heap.failed = false;
    heap.blocks = 0;
    heap.armed = true;
    cxm_status status = given->run();
    heap.armed = false;
    if (!heap.failed)
        return status ? WRONG : NONE_FAILED;
    if (status != CXM_OK && status != CXM_E_NOMEM)
        return WRONG;
    if (heap.blocks > 0)
        return LEFT_BEHIND;
    return status ? TOLD : WENT_WELL;
}

/* What try_one() gives, or -1 for a crash. */
static int try_apart(const malloc_case *given, size_t n, bool all_on) {
    int status;
    fflush(NULL);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0)
        _exit(try_one(given, n, all_on));
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

typedef struct tally {
    size_t told;
    size_t went_well;
    size_t left_behind;
    size_t wrong;
    size_t crashed;
} tally;

static bool add_outcome(tally *self, int outcome, const char *name, size_t n, bool all_on) {
    self->told += outcome == TOLD;
    self->went_well += outcome == WENT_WELL;
    self->left_behind += outcome == LEFT_BEHIND;
    self->wrong += outcome == WRONG;
    self->crashed += outcome < 0;
    if (outcome == LEFT_BEHIND || outcome == WRONG || outcome < 0)
        printf("# %s: call %zu%s: %s\n", name, n, all_on ? " and on" : "",
               outcome < 0        ? "crashed"
               : outcome == WRONG ? "wrong status or result"
                                  : "left memory behind");
    return outcome != NONE_FAILED;
}

START_TEST(want_of_memory) {
    const malloc_case *given = &malloc_cases[_i];
    tally sum = {.told = 0};
    if (!CAN_REPLACE_MALLOC || getenv("CXM_TEST_UNDER_VALGRIND")) {
        printf("# skipped: malloc cannot be replaced here\n");
        return;
    }
    shared_lexicon = new_phrase_lexicon("(state~|/^so/|i am)");
    shared_transcript = new_transcript(CXM_ROLE_UNKNOWN, CXM_STR("We stated. I'm so"));
    ck_assert_int_eq(try_one(given, 0, false), NONE_FAILED); /* warms up what is made once */
    for (int all_on = 0; all_on < 2; all_on++)
        for (size_t n = 1; add_outcome(&sum, try_apart(given, n, all_on), given->name, n, all_on);
             n++)
            continue;
    printf("# %s: %zu told, %zu went well, %zu left memory behind, %zu wrong, %zu crashed\n",
           given->name, sum.told, sum.went_well, sum.left_behind, sum.wrong, sum.crashed);
    ck_assert_uint_eq(sum.wrong, 0);
    ck_assert_uint_le(sum.crashed, given->most_crashes);
    ck_assert_uint_le(sum.left_behind, given->most_leaks);
    cxm_transcript_free(shared_transcript);
    cxm_lexicon_free(shared_lexicon);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("fault malloc");
    TCase *cases = tcase_create("fault malloc");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, want_of_memory, 0, COUNT(malloc_cases));
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
