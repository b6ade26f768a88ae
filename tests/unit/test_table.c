/* SPDX-License-Identifier: MIT */
/* The hash table from strings to numbers. */
#include "base/table.h"

#include "base/memory.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

static cxm_table table;
static meter counter;

static void setup(void) {
    counter = (meter){.calls = 0};
    cxm_allocator allocator = meter_allocator(&counter);
    cxm_table_init(&table, &allocator);
}

static void teardown(void) {
    cxm_table_clear(&table);
    ck_assert_uint_eq(counter.live, 0);
}

START_TEST(nothing_is_in_an_empty_table) {
    ck_assert_ptr_null(cxm_table_find(&table, CXM_STR("a")));
    ck_assert_ptr_null(cxm_table_find(&table, (cxm_str){NULL, 0}));
    cxm_table_reset(&table);
    ck_assert_uint_eq(counter.calls, 0);
}
END_TEST

START_TEST(a_key_is_added_once) {
    bool added;
    uint32_t *value = cxm_table_add(&table, CXM_STR("a"), 1, &added);
    ck_assert(added && value && *value == 1);
    value = cxm_table_add(&table, CXM_STR("a"), 2, &added);
    ck_assert(!added && value && *value == 1);
    *value = 3;
    ck_assert_uint_eq(*cxm_table_find(&table, CXM_STR("a")), 3);
    ck_assert_uint_eq(table.count, 1);
}
END_TEST

/* The empty key, keys with NUL, keys of which one begins another. */
START_TEST(keys_of_any_bytes) {
    static const cxm_str keys[] = {{NULL, 0},        {"\0", 1},      {"\0\0", 2},
                                   {"a", 1},         {"a\0", 2},     {"aaaaaaaa", 8},
                                   {"aaaaaaaaa", 9}, {"aaaaaaa", 7}, {"\xFF", 1}};
    for (uint32_t i = 0; i < COUNT(keys); i++)
        ck_assert_ptr_nonnull(cxm_table_add(&table, keys[i], i, NULL));
    ck_assert_uint_eq(table.count, COUNT(keys));
    for (uint32_t i = 0; i < COUNT(keys); i++)
        ck_assert_uint_eq(*cxm_table_find(&table, keys[i]), i);
    ck_assert_uint_eq(*cxm_table_find(&table, CXM_STR("")), 0);
}
END_TEST

enum { MANY = 20000, KEY_ROOM = 16 };

START_TEST(many_keys) {
    static char keys[MANY][KEY_ROOM];
    for (uint32_t i = 0; i < MANY; i++) {
        snprintf(keys[i], KEY_ROOM, "key%u", i);
        ENSURE(cxm_table_add(&table, cxm_str_from(keys[i]), i, NULL));
    }
    for (uint32_t i = 0; i < MANY; i++) {
        char key[KEY_ROOM];
        snprintf(key, KEY_ROOM, "key%u", i);
        ENSURE(*cxm_table_find(&table, cxm_str_from(key)) == i);
        snprintf(key, KEY_ROOM, "no%u", i);
        ENSURE(!cxm_table_find(&table, cxm_str_from(key)));
    }
    ck_assert_uint_eq(table.count, MANY);
}
END_TEST

START_TEST(a_reset_keeps_the_memory) {
    for (char c = 'a'; c <= 'z'; c++) {
        static char letters[128];
        letters[(int)c] = c;
        ck_assert_ptr_nonnull(cxm_table_add(&table, (cxm_str){&letters[(int)c], 1}, 0, NULL));
    }
    size_t calls = counter.calls;
    cxm_table_reset(&table);
    ck_assert_uint_eq(table.count, 0);
    ck_assert_ptr_null(cxm_table_find(&table, CXM_STR("a")));
    ck_assert_ptr_nonnull(cxm_table_add(&table, CXM_STR("a"), 0, NULL));
    ck_assert_uint_eq(counter.calls, calls);
}
END_TEST

/* What does not fit leaves the table as it was. */
START_TEST(want_of_memory) {
    static char keys[MANY][KEY_ROOM];
    uint32_t count = 0;
    ck_assert_ptr_nonnull(cxm_table_add(&table, CXM_STR("first"), 7, NULL));
    counter.fail_at = counter.calls + 1;
    counter.fail_on = true;
    for (; count < MANY; count++) {
        snprintf(keys[count], KEY_ROOM, "key%u", count);
        if (!cxm_table_add(&table, cxm_str_from(keys[count]), count, NULL))
            break;
    }
    ck_assert_uint_lt(count, MANY);
    ck_assert_uint_eq(table.count, count + 1);
    ck_assert_uint_eq(*cxm_table_find(&table, CXM_STR("first")), 7);
    counter.fail_at = 0;
    ck_assert_ptr_nonnull(cxm_table_add(&table, cxm_str_from(keys[count]), count, NULL));
    for (uint32_t i = 0; i <= count; i++)
        ENSURE(*cxm_table_find(&table, cxm_str_from(keys[i])) == i);
}
END_TEST

/* Every byte and the seed matter, wherever they stand. */
START_TEST(hashes_differ) {
    char bytes[64] = {0};
    uint64_t none = cxm_hash_bytes(bytes, sizeof bytes, 0);
    ck_assert_uint_ne(none, cxm_hash_bytes(bytes, sizeof bytes, 1));
    ck_assert_uint_ne(none, cxm_hash_bytes(bytes, sizeof bytes - 1, 0));
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = 1;
        ck_assert_uint_ne(none, cxm_hash_bytes(bytes, sizeof bytes, 0));
        bytes[i] = 0;
    }
    ck_assert_uint_eq(cxm_hash_bytes(NULL, 0, 5), cxm_hash_bytes("", 0, 5));
}
END_TEST

int main(void) {
    Suite *suite = suite_create("table");
    TCase *cases = tcase_create("table");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, nothing_is_in_an_empty_table);
    tcase_add_test(cases, a_key_is_added_once);
    tcase_add_test(cases, keys_of_any_bytes);
    tcase_add_test(cases, many_keys);
    tcase_add_test(cases, a_reset_keeps_the_memory);
    tcase_add_test(cases, want_of_memory);
    tcase_add_test(cases, hashes_differ);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
