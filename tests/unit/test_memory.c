/* SPDX-License-Identifier: MIT */
/* Allocators, checked sizes, growing arrays, options, arenas. */
#include "base/memory.h"

#include "base/str.h"
#include "support.h"

#include <stdlib.h>

static meter counter;
static cxm_allocator allocator;

static void setup(void) {
    counter = (meter){.calls = 0};
    allocator = meter_allocator(&counter);
}

static void teardown(void) {
    ck_assert_uint_eq(counter.live, 0);
    ck_assert_uint_eq(counter.blocks, 0);
}

START_TEST(sizes_are_checked) {
    size_t out;
    ck_assert(cxm_size_mul(0, SIZE_MAX, &out) && out == 0);
    ck_assert(cxm_size_mul(SIZE_MAX, 0, &out) && out == 0);
    ck_assert(cxm_size_mul(SIZE_MAX, 1, &out) && out == SIZE_MAX);
    ck_assert(!cxm_size_mul(SIZE_MAX / 2 + 1, 2, &out));
    ck_assert(!cxm_size_mul(SIZE_MAX, SIZE_MAX, &out));
    ck_assert(cxm_size_add(SIZE_MAX - 1, 1, &out) && out == SIZE_MAX);
    ck_assert(!cxm_size_add(SIZE_MAX, 1, &out));
}
END_TEST

START_TEST(malloc_is_the_default) {
    cxm_allocator blank = {NULL, NULL};
    cxm_allocator given[] = {cxm_allocator_or_default(NULL), cxm_allocator_or_default(&blank)};
    for (size_t i = 0; i < COUNT(given); i++) {
        char *block = cxm_allocate(&given[i], 100);
        ck_assert_ptr_nonnull(block);
        for (size_t k = 0; k < 100; k++)
            ck_assert_int_eq(block[k], 0);
        cxm_release(&given[i], block, 100);
    }
    cxm_release(&given[0], NULL, 0);
    ck_assert_ptr_eq(cxm_allocator_or_default(&allocator).user, &counter);
}
END_TEST

START_TEST(arrays_grow) {
    uint32_t *items = NULL;
    size_t capacity = 0;
    for (uint32_t i = 0; i < 10000; i++) {
        void *grown = items;
        ENSURE(cxm_array_reserve(&allocator, &grown, &capacity, i + 1, sizeof *items));
        items = grown;
        items[i] = i;
    }
    for (uint32_t i = 0; i < 10000; i++)
        ENSURE(items[i] == i);
    ck_assert_uint_lt(counter.calls, 30);
    ck_assert_uint_eq(counter.live, capacity * sizeof *items);
    cxm_release(&allocator, items, capacity * sizeof *items);
}
END_TEST

START_TEST(an_array_that_cannot_grow_stays) {
    void *items = NULL;
    size_t capacity = 0;
    ck_assert(cxm_array_reserve(&allocator, &items, &capacity, 1, 8));
    void *before = items;
    size_t size = capacity;
    counter.fail_at = counter.calls + 1;
    ck_assert(!cxm_array_reserve(&allocator, &items, &capacity, size + 1, 8));
    ck_assert(!cxm_array_reserve(&allocator, &items, &capacity, SIZE_MAX, 1));
    ck_assert(!cxm_array_reserve(&allocator, &items, &capacity, SIZE_MAX / 4, 8));
    ck_assert_ptr_eq(items, before);
    ck_assert_uint_eq(capacity, size);
    cxm_release(&allocator, items, capacity * 8);
}
END_TEST

typedef struct some_options {
    size_t struct_size;
    int first;
    int second;
} some_options;

/* Fields that the caller's struct does not have keep their defaults; those it has too many of
 * are not read. */
START_TEST(options_of_other_versions) {
    struct {
        some_options known;
        int third;
    } longer = {{sizeof longer, 1, 2}, 3};
    some_options defaults = {sizeof defaults, 10, 20};
    ck_assert(cxm_options_read(&defaults, sizeof defaults, NULL));
    ck_assert_int_eq(defaults.first, 10);
    some_options given = {offsetof(some_options, second), 1, 2};
    ck_assert(cxm_options_read(&defaults, sizeof defaults, &given));
    ck_assert_int_eq(defaults.first, 1);
    ck_assert_int_eq(defaults.second, 20);
    ck_assert(cxm_options_read(&defaults, sizeof defaults, &longer));
    ck_assert_int_eq(defaults.second, 2);
    given.struct_size = 0;
    ck_assert(!cxm_options_read(&defaults, sizeof defaults, &given));
}
END_TEST

/* Blocks of all sizes and alignments: none overlaps another, none moves. */
START_TEST(arena_gives_blocks) {
    enum { BLOCKS = 2000, MOST_BYTES = 9000 };
    static unsigned char *blocks[BLOCKS];
    static size_t sizes[BLOCKS];
    uint64_t seed = 1;
    cxm_arena arena;
    cxm_arena_init(&arena, &allocator);
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < BLOCKS; i++) {
            size_t align = (size_t)1 << random_below(&seed, 5);
            sizes[i] = random_below(&seed, i % 50 ? 100 : MOST_BYTES);
            blocks[i] = cxm_arena_take(&arena, sizes[i], align);
            ENSURE(blocks[i] && (uintptr_t)blocks[i] % align == 0);
            memset(blocks[i], (int)(i & 0xFF), sizes[i]);
        }
        for (size_t i = 0; i < BLOCKS; i++)
            for (size_t k = 0; k < sizes[i]; k++)
                ENSURE(blocks[i][k] == (i & 0xFF));
        cxm_arena_reset(&arena);
    }
    cxm_arena_clear(&arena);
}
END_TEST

START_TEST(arena_reset_keeps_the_memory) {
    cxm_arena arena;
    cxm_arena_init(&arena, &allocator);
    for (int round = 0; round < 5; round++) {
        size_t calls = counter.calls;
        for (size_t i = 0; i < 100; i++)
            ck_assert_ptr_nonnull(cxm_arena_take(&arena, 1000, 8));
        ck_assert(round == 0 || counter.calls == calls);
        cxm_arena_reset(&arena);
    }
    cxm_arena_clear(&arena);
}
END_TEST

START_TEST(arena_arrays_are_zeroed) {
    cxm_arena arena;
    cxm_arena_init(&arena, &allocator);
    memset(cxm_arena_take(&arena, 1000, 8), 0xFF, 1000);
    cxm_arena_reset(&arena);
    uint64_t *items = CXM_ARENA_ARRAY(&arena, uint64_t, 100);
    for (size_t i = 0; i < 100; i++)
        ck_assert_uint_eq(items[i], 0);
    ck_assert_ptr_null(cxm_arena_array(&arena, SIZE_MAX / 2, 4, 4));
    ck_assert_ptr_null(cxm_arena_take(&arena, SIZE_MAX, 1));
    cxm_arena_clear(&arena);
}
END_TEST

START_TEST(arena_copies_strings) {
    char text[] = "text";
    cxm_arena arena;
    cxm_arena_init(&arena, &allocator);
    cxm_str copy = cxm_arena_copy(&arena, cxm_str_from(text));
    cxm_str empty = cxm_arena_copy(&arena, (cxm_str){NULL, 0});
    text[0] = 'n';
    ck_assert(cxm_str_is(copy, "text"));
    ck_assert_int_eq(copy.ptr[4], '\0');
    ck_assert(empty.ptr && empty.len == 0);
    counter.fail_at = counter.calls + 1;
    char big[5000] = {0};
    ck_assert_ptr_null(cxm_arena_copy(&arena, (cxm_str){big, sizeof big}).ptr);
    ck_assert_ptr_nonnull(cxm_arena_copy(&arena, (cxm_str){big, sizeof big}).ptr);
    cxm_arena_clear(&arena);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("memory");
    TCase *cases = tcase_create("memory");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, sizes_are_checked);
    tcase_add_test(cases, malloc_is_the_default);
    tcase_add_test(cases, arrays_grow);
    tcase_add_test(cases, an_array_that_cannot_grow_stays);
    tcase_add_test(cases, options_of_other_versions);
    tcase_add_test(cases, arena_gives_blocks);
    tcase_add_test(cases, arena_reset_keeps_the_memory);
    tcase_add_test(cases, arena_arrays_are_zeroed);
    tcase_add_test(cases, arena_copies_strings);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
