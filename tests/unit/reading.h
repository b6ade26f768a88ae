/* SPDX-License-Identifier: MIT */
/* What a reader made of bytes, as text that a test can compare and a person can check. */
#ifndef CXM_TESTS_READING_H
#define CXM_TESTS_READING_H

#include "base/buffer.h"

#include <cxmine.h>

/*
 * All conversations in the bytes. NUL-terminated, to be freed. `format` NULL: recognized.
 *
 *     vtt                                          the format
 *     * id {key=value; key=value}                  a conversation
 *     Dana (agent, label) [0] 1.5-2.25: text       a turn: role, where from, channel, times
 *       5 1.75                                     a time mark: offset, seconds
 *     - empty text: 2                              what was left out
 *     ! 7:1 expected ... (2)                       a problem, or an error
 */
char *read_and_show(const char *bytes, size_t len, const char *format);

/* The same with options, of which `format` is one. */
char *read_and_show_with(const char *bytes, size_t len, const cxm_reader_options *options);

/* All of a file, to be freed; NULL where it cannot be read. */
char *load_file(const char *path, size_t *len);

/* The files in a folder in the order of their names, hidden ones left out, and those of JSON where
 * that is not built in. */
typedef struct file_list {
    char **names;
    size_t count;
} file_list;

file_list list_files(const char *folder);
void free_files(file_list *self);

/* Asserts that a file holds what is shown; UPDATE=1 writes it. */
void compare_with_file(const char *path, const char *shown);

/* ---- Samples from outside, which may not be there ---- */

/* Those of a folder, and all of one of them, to be freed. */
file_list list_shared(const char *folder);
char *load_shared(const char *folder, const char *name, size_t *len);

/* The same as compare_with_file(), of what was shown of them; nothing is asked where there are
 * none. */
void compare_shared(cxm_buffer *shown, const char *path);

#endif
