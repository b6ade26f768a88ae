/* SPDX-License-Identifier: MIT */
/* Reading the files of a pack from disk. */
#include "lexicon/directory.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char names_seen[200];

static cxm_status see(void *user, cxm_str name, cxm_str text, cxm_error *error) {
    (void)user;
    (void)error;
    size_t len = strlen(names_seen);
    snprintf(names_seen + len, sizeof names_seen - len, "%.*s=%.*s;", (int)name.len, name.ptr,
             (int)text.len, text.ptr);
    return CXM_OK;
}

static void write_file(const char *folder, const char *name, const char *text) {
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

static void remove_file(const char *folder, const char *name) {
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    ck_assert_int_eq(remove(path), 0);
}

static cxm_status read_directory(const char *path, cxm_error *error) {
    static const cxm_directory_visitor visitor = {see, NULL};
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    cxm_arena arena;
    cxm_arena_init(&arena, &allocator);
    names_seen[0] = '\0';
    cxm_status status = cxm_directory_read(path, &arena, &visitor, error);
    cxm_arena_clear(&arena);
    return status;
}

START_TEST(a_directory) {
    static const char *const names[] = {"b.yaml",  "B.yaml",    "a.yml",
                                        ".c.yaml", "words.txt", ".yaml"};
    char folder[] = "/tmp/test_pack.XXXXXX";
    char path[200];
    cxm_error error;
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(read_directory(folder, &error), CXM_E_IO);
    ck_assert_str_eq(error.file, folder);
    for (size_t i = 0; i < 6; i++)
        write_file(folder, names[i], names[i]);
    ck_assert_int_eq(read_directory(folder, &error), CXM_OK);
    ck_assert_str_eq(names_seen, "B.yaml=B.yaml;b.yaml=b.yaml;words.txt=words.txt;");
    snprintf(path, sizeof path, "%s/a.yml", folder);
    ck_assert_int_eq(read_directory(path, &error), CXM_OK);
    ck_assert_str_eq(names_seen, "a.yml=a.yml;");
    snprintf(path, sizeof path, "%s/d.yaml", folder);
    ck_assert_int_eq(read_directory(path, &error), CXM_E_IO);
    ck_assert_str_eq(error.file, path);
    ck_assert_ptr_nonnull(strstr(error.message, "cannot open: No such file"));
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    ck_assert_int_eq(read_directory(folder, &error), CXM_E_IO);
    ck_assert_str_eq(error.message, "not a regular file");
    for (size_t i = 0; i < 6; i++)
        remove_file(folder, names[i]);
    remove_file(folder, "d.yaml");
    ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("directory");
    TCase *directory_case = tcase_create("directory");
    tcase_add_test(directory_case, a_directory);
    suite_add_tcase(suite, directory_case);
    return run_suite(suite);
}
