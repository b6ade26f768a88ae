/* SPDX-License-Identifier: MIT */
#include "reading.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "support.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

static void add_time(cxm_buffer *out, double seconds) {
    if (seconds >= 0)
        cxm_buffer_add_exact(out, seconds);
    else
        cxm_buffer_add_char(out, '?');
}

/* One line for each turn: line ends in it are shown. */
static void add_text(cxm_buffer *out, cxm_str text) {
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\n')
            cxm_buffer_add_text(out, "\\n");
        else
            cxm_buffer_add_char(out, text.ptr[i]);
    }
}

static void add_turn(cxm_buffer *out, const cxm_turn *turn) {
    cxm_buffer_add_str(out, turn->speaker.len ? turn->speaker : CXM_STR("-"));
    if (turn->role != CXM_ROLE_UNKNOWN) {
        cxm_buffer_add_text(out, " (");
        cxm_buffer_add_text(out, cxm_role_name(turn->role));
        cxm_buffer_add_text(out, ", ");
        cxm_buffer_add_text(out, cxm_role_source_name(turn->role_source));
        cxm_buffer_add_char(out, ')');
    }
    if (turn->kind != CXM_TURN_SPEECH) {
        cxm_buffer_add_char(out, ' ');
        cxm_buffer_add_text(out, cxm_turn_kind_name(turn->kind));
    }
    if (turn->channel.len) {
        cxm_buffer_add_text(out, " [");
        cxm_buffer_add_str(out, turn->channel);
        cxm_buffer_add_char(out, ']');
    }
    if (turn->start >= 0 || turn->end >= 0) {
        cxm_buffer_add_char(out, ' ');
        add_time(out, turn->start);
        cxm_buffer_add_char(out, '-');
        add_time(out, turn->end);
    }
    cxm_buffer_add_text(out, ": ");
    add_text(out, turn->text);
    cxm_buffer_add_char(out, '\n');
    for (size_t i = 0; i < turn->mark_count; i++) {
        cxm_buffer_add_text(out, "  ");
        cxm_buffer_add_size(out, turn->marks[i].offset);
        cxm_buffer_add_char(out, ' ');
        add_time(out, turn->marks[i].seconds);
        cxm_buffer_add_char(out, '\n');
    }
}

static void add_transcript(cxm_buffer *out, const cxm_transcript *transcript) {
    cxm_buffer_add_text(out, "* ");
    cxm_buffer_add_str(out, cxm_transcript_id(transcript));
    size_t count = cxm_transcript_meta_count(transcript);
    for (size_t i = 0; i < count; i++) {
        const cxm_meta *meta = cxm_transcript_meta(transcript, i);
        cxm_buffer_add_text(out, i ? "; " : " {");
        cxm_buffer_add_str(out, meta->key);
        cxm_buffer_add_char(out, '=');
        cxm_buffer_add_str(out, meta->value);
    }
    cxm_buffer_add_text(out, count ? "}\n" : "\n");
    for (size_t i = 0; i < cxm_transcript_turn_count(transcript); i++)
        add_turn(out, cxm_transcript_turn(transcript, i));
    for (size_t i = 0; i < cxm_transcript_skipped_count(transcript); i++) {
        const cxm_skipped *skipped = cxm_transcript_skipped(transcript, i);
        cxm_buffer_add_text(out, "- ");
        cxm_buffer_add_str(out, skipped->reason);
        cxm_buffer_add_text(out, ": ");
        cxm_buffer_add_size(out, skipped->count);
        cxm_buffer_add_char(out, '\n');
    }
}

static void add_error(cxm_buffer *out, const cxm_error *error, size_t count) {
    cxm_buffer_add_text(out, "! ");
    cxm_buffer_add_size(out, error->line);
    cxm_buffer_add_char(out, ':');
    cxm_buffer_add_size(out, error->column);
    cxm_buffer_add_char(out, ' ');
    cxm_buffer_add_text(out, error->message);
    if (count > 1) {
        cxm_buffer_add_text(out, " (");
        cxm_buffer_add_size(out, count);
        cxm_buffer_add_char(out, ')');
    }
    cxm_buffer_add_char(out, '\n');
}

static void add_all(cxm_buffer *out, cxm_reader *reader) {
    enum { MOST_ERRORS = 20 };
    cxm_transcript *transcript = NULL;
    cxm_error error;
    cxm_buffer_add_text(out, cxm_reader_format(reader));
    cxm_buffer_add_char(out, '\n');
    for (size_t errors = 0; errors < MOST_ERRORS;) {
        if (cxm_reader_next(reader, &transcript, &error) != CXM_OK) {
            add_error(out, &error, 1);
            errors++;
            continue;
        }
        if (transcript)
            add_transcript(out, transcript);
        const cxm_problem *problem;
        for (size_t i = 0; (problem = cxm_reader_problem(reader, i)) != NULL; i++)
            add_error(out, &problem->error, problem->count);
        if (!transcript)
            return;
        cxm_transcript_free(transcript);
    }
}

char *read_and_show_with(const char *bytes, size_t len, const cxm_reader_options *options) {
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    cxm_reader *reader;
    cxm_error error;
    cxm_buffer out;
    cxm_buffer_init(&out, &allocator);
    if (cxm_reader_new((cxm_str){bytes, len}, options, &reader, &error) == CXM_OK)
        add_all(&out, reader);
    else
        add_error(&out, &error, 1);
    cxm_reader_free(reader);
    cxm_buffer_add_char(&out, '\0');
    char *shown = malloc(out.len);
    ck_assert_ptr_nonnull(shown);
    memcpy(shown, out.ptr, out.len);
    cxm_buffer_clear(&out);
    return shown;
}

char *read_and_show(const char *bytes, size_t len, const char *format) {
    cxm_reader_options options = CXM_READER_OPTIONS_INIT;
    options.format = format;
    return read_and_show_with(bytes, len, &options);
}

char *load_file(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    ck_assert_int_eq(fseek(file, 0, SEEK_END), 0);
    long size = ftell(file);
    rewind(file);
    *len = (size_t)size;
    char *bytes = malloc(*len + 1);
    ck_assert_ptr_nonnull(bytes);
    ck_assert_uint_eq(fread(bytes, 1, *len, file), *len);
    bytes[*len] = '\0';
    fclose(file);
    return bytes;
}

static int compare_names(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Not hidden, and nothing that this build does not read. */
static bool is_wanted(const char *name) {
#ifndef CXM_HAVE_JSON
    if (strstr(name, ".json"))
        return false;
#endif
    return name[0] != '.';
}

file_list list_files(const char *folder) {
    enum { MOST = 1000 };
    file_list list = {calloc(MOST, sizeof(char *)), 0};
    DIR *open = opendir(folder);
    struct dirent *entry;
    if (!list.names)
        abort();
    while (open && list.count < MOST && (entry = readdir(open)) != NULL)
        if (is_wanted(entry->d_name))
            list.names[list.count++] = strdup(entry->d_name);
    if (open)
        closedir(open);
    qsort(list.names, list.count, sizeof *list.names, compare_names);
    return list;
}

void free_files(file_list *self) {
    for (size_t i = 0; i < self->count; i++)
        free(self->names[i]);
    free(self->names);
}

/* The start of the first line that differs. */
static size_t find_difference(const char *text, const char *expected) {
    size_t same = 0;
    while (expected[same] && expected[same] == text[same])
        same++;
    while (same && text[same - 1] != '\n')
        same--;
    return same;
}

void compare_with_file(const char *path, const char *shown) {
    enum { MOST = 600 /* bytes of a message */ };
    size_t len;
    char *expected = load_file(path, &len);
    bool is_same = expected && strcmp(expected, shown) == 0;
    if (!is_same && getenv("UPDATE")) {
        FILE *file = fopen(path, "wb");
        ck_assert_ptr_nonnull(file);
        fputs(shown, file);
        ck_assert_int_eq(fclose(file), 0);
    } else if (!is_same) {
        size_t at = expected ? find_difference(shown, expected) : 0;
        ck_abort_msg("%s: expected\n%.*s\nbut got\n%.*s", path, MOST,
                     expected ? expected + at : "nothing", MOST, shown + at);
    }
    free(expected);
}

static void shared_path(char *path, size_t size, const char *folder, const char *name) {
    snprintf(path, size, "%s/formats/%s/%s", shared_data(), folder, name);
}

file_list list_shared(const char *folder) {
    char path[1024];
    shared_path(path, sizeof path, folder, "");
    return list_files(path);
}

char *load_shared(const char *folder, const char *name, size_t *len) {
    char path[1024];
    shared_path(path, sizeof path, folder, name);
    return load_file(path, len);
}

void compare_shared(cxm_buffer *shown, const char *path) {
    if (!shown->len) {
        printf("skipped: no samples in %s/formats\n", shared_data());
        return;
    }
    cxm_buffer_add_char(shown, '\0');
    compare_with_file(path, shown->ptr);
}
