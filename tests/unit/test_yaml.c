/* SPDX-License-Identifier: MIT */
/* The YAML under packs: what texts mean, and what hostile files cost. Faults: see test_pack.c. */
#include "lexicon/yaml.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define HEAD "cxmine: 1\nlanguage: en\n"

static cxm_arena nodes;
static cxm_arena texts;
static const cxm_yaml_node *root;

/* Keeps the first fault. */
static void tell(void *user, cxm_status code, size_t offset, const char *message) {
    cxm_status *first = user;
    (void)offset;
    ck_assert_ptr_nonnull(message);
    if (!*first)
        *first = code;
}

/* The code of the first fault; then, or later, forget(). */
static cxm_status parse(cxm_str text) {
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    cxm_status first = CXM_OK;
    cxm_yaml_faults faults = {tell, &first};
    cxm_arena_init(&nodes, &allocator);
    cxm_arena_init(&texts, &allocator);
    cxm_status status = cxm_yaml_read(text, &nodes, &texts, &faults, &root);
    ck_assert(!status || status == first);
    ck_assert(!status || !root);
    return first;
}

static void forget(void) {
    cxm_arena_clear(&nodes);
    cxm_arena_clear(&texts);
}

/* Where libfyaml 0.7.12 goes wrong, and in what YAML makes of line ends. */
START_TEST(texts_of_scalars) {
    static const struct {
        const char *written, *text;
    } cases[] = {
        {"'''''''x'", "'''x"},
        {"\"\\x41\\u00e9\\U0001F600\\ud83d\\ude00\\/\\L\"",
         "A\xC3\xA9\xF0\x9F\x98\x80\xF0\x9F\x98\x80/\xE2\x80\xA8"},
        {"' a \n\n\n   b\t\n   c '", " a\n\nb c "},
        {"\"a \\\n   b\\ \n   c\"", "a b  c"},
        {"a  \n\n   b\n   c", "a\nb c"},
        {">\n   a\n   b\n\n   c\n", "a b\nc\n"},
        {"|-\n   a\n    b\n", "a\n b"},
        {">-\n   a", "a"},
        {"...5 x", "...5 x"},
        {"a, [b] {c} #d", "a, [b] {c}"},
        {"no # x", "no"},
        {"~", "~"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[200];
        snprintf(text, sizeof text, " - %s\n", cases[i].written);
        ck_assert_int_eq(parse(cxm_str_from(text)), CXM_OK);
        ck_assert_uint_eq(root->count, 1);
        ck_assert_msg(cxm_str_is(root->first->text, cases[i].text), "<%s> is <%.*s>", text,
                      (int)root->first->text.len, root->first->text.ptr);
        forget();
    }
}
END_TEST

/* One bracket in a phrase is no list, however long the file is. */
START_TEST(brackets_in_texts) {
    enum { ITEMS = 40000, SIZE = ITEMS * 16 + 100 };
    char *text = malloc(SIZE);
    size_t len = (size_t)snprintf(text, SIZE, HEAD "fillers:\n  - a [b\n  - '{'\n");
    for (int i = 0; i < ITEMS; i++)
        len += (size_t)snprintf(text + len, SIZE - len, "  - word {\n");
    ck_assert_int_eq(parse((cxm_str){text, len}), CXM_OK);
    ck_assert_uint_eq(root->first->next->next->count, ITEMS + 2);
    forget();
    free(text);
}
END_TEST

/* ---- Hostile files take time in proportion to their size, and are refused early ---- */

static const struct {
    const char *start, *again;
    cxm_status status;
} hostile[] = {
    {HEAD "sets:\n  a: ", "[", CXM_E_LIMIT},
    {HEAD "sets: ", "{a: ", CXM_E_LIMIT},
    {HEAD "fillers:\n  ", "- ", CXM_E_LIMIT},
    {HEAD "fillers:\n  - ", " ", CXM_E_LIMIT},
    {HEAD "fillers:\n  - x", "\n", CXM_E_LIMIT},
    {HEAD "? ", "\t", CXM_E_LIMIT},
    {"", "[x,", CXM_E_LIMIT},
    {"--- [\n", "[\n", CXM_E_LIMIT},
    {HEAD "fillers: [[", "x,", CXM_E_LIMIT},
    {HEAD "sets:\n", "  a: b\n", CXM_E_SYNTAX},
    {HEAD "sets:\n", "  ? a\n", CXM_E_SYNTAX},
    {HEAD "fillers:\n", "  - *a\n", CXM_E_SYNTAX},
    {HEAD "fillers:\n", "  - &a !b x\n", CXM_E_SYNTAX},
    {HEAD "fillers:\n", "  - ''\n", CXM_OK},
    {HEAD "fillers: [", "x,", CXM_E_LIMIT},
    {HEAD "fillers: [a", ": ", CXM_E_LIMIT},
    {HEAD "fillers: \n", " - [ x\n", CXM_E_SYNTAX},
    {HEAD "fillers: \"", "\\u00e9", CXM_E_SYNTAX},
    {HEAD "fillers:\n  - '", "x\n    ", CXM_E_SYNTAX},
    {HEAD, "---\n", CXM_E_SYNTAX},
    {HEAD "a", "\\", CXM_E_SYNTAX},
};

START_TEST(hostile_files) {
    enum { SIZE = 2 << 20 };
    /* Megabytes are slow there, and the same code runs on the small cases. */
    if (getenv("CXM_TEST_UNDER_VALGRIND"))
        return;
    char *text = malloc(SIZE);
    size_t start_len = strlen(hostile[_i].start);
    size_t len = strlen(hostile[_i].again);
    memcpy(text, hostile[_i].start, start_len);
    for (size_t i = start_len; i < SIZE; i++)
        text[i] = hostile[_i].again[(i - start_len) % len];
    clock_t before = clock();
    cxm_status status = parse((cxm_str){text, SIZE});
    ck_assert_msg(status == hostile[_i].status, "%s...: %d", hostile[_i].again, (int)status);
    ck_assert_msg(clock() - before < 10 * CLOCKS_PER_SEC, "%s...: too slow", hostile[_i].again);
    forget();
    free(text);
}
END_TEST

/* Every node knows its line and the offset of its first byte. */
START_TEST(places_of_nodes) {
    ck_assert_int_eq(
        parse(CXM_STR("# c\r\na:\r\n  - \"b\"\r\n  -\r\n  - |\r\n    c\r\nd: {e: f}\r\n")), CXM_OK);
    static const struct {
        size_t offset;
        uint32_t line;
    } items[] = {{14, 3}, {20, 4}, {34, 6}};
    const cxm_yaml_node *list = root->first;
    ck_assert_uint_eq(root->offset, 5);
    ck_assert_uint_eq(list->key->line, 2);
    const cxm_yaml_node *item = list->first;
    for (size_t i = 0; i < 3; i++, item = item->next) {
        ck_assert_uint_eq(item->offset, items[i].offset);
        ck_assert_uint_eq(item->line, items[i].line);
    }
    ck_assert_uint_eq(list->next->first->key->line, 7);
    ck_assert(cxm_str_is(list->next->first->text, "f"));
    forget();
}
END_TEST

int main(void) {
    Suite *suite = suite_create("yaml");
    TCase *yaml_case = tcase_create("yaml");
    tcase_set_timeout(yaml_case, 120);
    tcase_add_test(yaml_case, texts_of_scalars);
    tcase_add_test(yaml_case, places_of_nodes);
    tcase_add_test(yaml_case, brackets_in_texts);
    tcase_add_loop_test(yaml_case, hostile_files, 0, sizeof hostile / sizeof hostile[0]);
    suite_add_tcase(suite, yaml_case);
    return run_suite(suite);
}
