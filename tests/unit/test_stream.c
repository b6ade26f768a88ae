/* SPDX-License-Identifier: MIT */
/*
 * Bytes that come in pieces give what they give at once: every sample, in pieces of several sizes,
 * through a stream, against a reader that has it all.
 */
#include "reading.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/memory.h"

static const char *const folders[] = {CXM_SAMPLES, CXM_SAMPLES "/../same"};

/* Transcripts as canonical lines, and messages, one behind the other. */
typedef struct record {
    cxm_buffer out;
    cxm_transcript_writer *writer;
} record;

static void record_open(record *self) {
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    cxm_buffer_init(&self->out, &allocator);
    ck_assert_int_eq(cxm_transcript_writer_new(NULL, &self->writer, NULL), CXM_OK);
}

static void record_close(record *self) {
    cxm_buffer_clear(&self->out);
    cxm_transcript_writer_free(self->writer);
}

static void add_message(record *self, const cxm_error *error) {
    char line[400];
    snprintf(line, sizeof line, "%u:%u %s\n", error->line, error->column, error->message);
    cxm_buffer_add_text(&self->out, line);
}

static void add_transcript(record *self, cxm_transcript *transcript) {
    cxm_str line;
    ck_assert_int_eq(cxm_transcript_writer_write(self->writer, transcript, &line, NULL), CXM_OK);
    cxm_buffer_add_str(&self->out, line);
    cxm_transcript_free(transcript);
}

static void read_at_once(record *into, cxm_str bytes) {
    cxm_reader *reader;
    cxm_transcript *transcript;
    cxm_error error;
    const cxm_problem *problem;
    cxm_status status = cxm_reader_new(bytes, NULL, &reader, &error);
    if (status) {
        add_message(into, &error);
        return;
    }
    while ((status = cxm_reader_next(reader, &transcript, &error)) != CXM_OK || transcript) {
        if (status)
            add_message(into, &error);
        else
            add_transcript(into, transcript);
        for (size_t i = 0; (problem = cxm_reader_problem(reader, i)) != NULL; i++)
            add_message(into, &problem->error);
    }
    cxm_reader_free(reader);
}

/* What is there of the bytes stands in a block of just its size, elsewhere each time. */
static cxm_str arrived(char **block, cxm_str bytes, size_t from, size_t to) {
    free(*block);
    *block = malloc(to > from ? to - from : 1);
    ck_assert_ptr_nonnull(*block);
    memcpy(*block, bytes.ptr + from, to - from);
    return (cxm_str){*block, to - from};
}

static void read_in_pieces(record *into, cxm_str bytes, size_t size) {
    cxm_stream *stream;
    cxm_stream_step step;
    cxm_error error;
    const cxm_problem *problem;
    size_t from = 0;
    size_t to = 0;
    bool is_all = bytes.len == 0;
    char *block = NULL;
    ck_assert_int_eq(cxm_stream_new(NULL, &stream, NULL), CXM_OK);
    cxm_str unread = arrived(&block, bytes, from, to);
    for (;;) {
        cxm_status status = cxm_stream_next(stream, unread, is_all, &step, &error);
        ck_assert_uint_le(step.used, unread.len);
        from += step.used;
        if (status)
            add_message(into, &error);
        if (step.transcript)
            add_transcript(into, step.transcript);
        for (size_t i = 0; step.transcript && (problem = cxm_stream_problem(stream, i)); i++)
            add_message(into, &problem->error);
        if (!status && !step.transcript && !step.needs_more)
            break;
        if (!status && step.needs_more) {
            ck_assert(!is_all);
            is_all = to == bytes.len;
            to = bytes.len - to > size ? to + size : bytes.len;
        }
        if (is_all && !step.needs_more)
            unread = cxm_str_slice(unread, step.used, unread.len); /* must not be moved */
        else
            unread = arrived(&block, bytes, from, to);
    }
    cxm_stream_free(stream);
    free(block);
}

static void check_pieces(const char *name, cxm_str bytes, size_t size) {
    record expected;
    record got;
    record_open(&expected);
    record_open(&got);
    read_at_once(&expected, bytes);
    read_in_pieces(&got, bytes, size);
    cxm_buffer_add_char(&expected.out, '\0');
    cxm_buffer_add_char(&got.out, '\0');
    ck_assert_msg(strcmp(expected.out.ptr, got.out.ptr) == 0,
                  "%s in pieces of %zu: expected\n%.600s\nbut got\n%.600s", name, size,
                  expected.out.ptr, got.out.ptr);
    record_close(&expected);
    record_close(&got);
}

START_TEST(pieces_give_what_the_whole_gives) {
    static const size_t sizes[] = {1, 2, 3, 7, 64, 1000, 65536};
    enum { LONG = 4000 };
    file_list files = list_files(folders[_i]);
    char path[1024];
    for (size_t i = 0; i < files.count; i++) {
        size_t len;
        if (strstr(files.names[i], ".expected") || strstr(files.names[i], ".md"))
            continue;
        snprintf(path, sizeof path, "%s/%s", folders[_i], files.names[i]);
        char *bytes = load_file(path, &len);
        ck_assert_ptr_nonnull(bytes);
        for (size_t j = len > LONG ? 4 : 0; j < COUNT(sizes); j++)
            check_pieces(files.names[i], (cxm_str){bytes, len}, sizes[j]);
        free(bytes);
    }
    free_files(&files);
}
END_TEST

/* What a file may look like from outside, and the ids of the conversations in it. */
static const struct {
    const char *text;
    const char *ids;
} layouts[] = {
    {"", ""},
    {"  \n \n", ""},
    {"{\"id\":1,\"turns\":[]}", "1"},
    {"{\"id\":1,\"turns\":[]}{\"id\":2,\"turns\":[]}", "1 2"},
    {"{\"id\":1,\"turns\":[]} {\"id\":2,\n\"turns\":[]}\n", "1 2"},
    {"{\"id\":1,\"turns\":[]}\r\n\r\n{\"id\":2,\"turns\":[]}\r\n", "1 2"},
    {"[{\"id\":1,\"turns\":[]},{\"id\":2,\"turns\":[]}]", "1 2"},
    {"[]", "!"},
    {"[1]", "!"},
    {"[{\"id\":1,\"turns\":[]}][{\"id\":2,\"turns\":[]}]", "1 !"},
    {"{\"count\":1,\"chats\":[{\"id\":1,\"turns\":[]},{\"id\":2,\"turns\":[]}],\"next\":{\"a\":[]}}"
     "{\"id\":3,\"turns\":[]}",
     "1 2 3"},
    {"{\"id\":1,\"turns\":[]}\n{\"chats\":[{\"id\":2,\"turns\":[]}]}\n{\"id\":3,\"turns\":[]}\n",
     "1 2 3"},
    {"{\"id\":1,\"turns\":[]}\n{\"id\":2,\"turns\":[\n{\"id\":3,\"turns\":[]}\n", "1 ! 3"},
    {"{\"id\":1,\"turns\":[\n{\"id\":2,\"turns\":[]}\n", "!"},
    {"{\"id\":1,\"x\":\"cut\n{\"id\":2,\"turns\":[]}\n", "! 2"},
    {"{\"id\":1,\"turns\":4\n{\"id\":2,\"turns\":[]}\n", "! 2"},
    {"[{\"id\":1,\"turns\":[]},\n{\"id\":2\n{\"id\":3,\"turns\":[]}]", "1 ! 3"},
    {"[{\"id\":1,\"turns\":[]},{\"id\":2", "1 !"},
    {"{\"id\":1,\"t\\\"[{\":\"\\\\\",\"turns\":[]}", "1"},
    {"}{\"id\":1,\"turns\":[]}", "!"},
};

START_TEST(conversations_are_found_in_every_layout) {
    char ids[100] = "";
    cxm_reader *reader;
    cxm_transcript *transcript;
    cxm_status status;
    cxm_reader_options options = CXM_READER_OPTIONS_INIT;
    options.format = "json";
    cxm_str bytes = cxm_str_from(layouts[_i].text);
    ck_assert_int_eq(cxm_reader_new(bytes, &options, &reader, NULL), CXM_OK);
    while ((status = cxm_reader_next(reader, &transcript, NULL)) != CXM_OK || transcript) {
        cxm_str id = status ? CXM_STR("!") : cxm_transcript_id(transcript);
        snprintf(ids + strlen(ids), sizeof ids - strlen(ids), "%s%.*s", ids[0] ? " " : "",
                 (int)id.len, id.ptr);
        cxm_transcript_free(transcript);
    }
    cxm_reader_free(reader);
    ck_assert_str_eq(ids, layouts[_i].ids);
    for (size_t size = 1; size < 6 && bytes.len && memchr("{[", bytes.ptr[0], 2); size++)
        check_pieces(layouts[_i].text, bytes, size);
}
END_TEST

START_TEST(what_is_too_long_is_told_and_passed) {
    static const char text[] =
        "[{\"id\":1,\"turns\":[]},{\"id\":2,\"turns\":[{\"text\":\"\\\\\\\" long ]} one\"}]},"
        "{\"id\":3,\"turns\":[]}]";
    cxm_reader_options options = CXM_READER_OPTIONS_INIT;
    options.max_bytes = 30;
    cxm_stream *stream;
    cxm_stream_step step;
    size_t from = 0;
    size_t to = 0;
    size_t found = 0;
    size_t failed = 0;
    ck_assert_int_eq(cxm_stream_new(&options, &stream, NULL), CXM_OK);
    do {
        bool is_all = to == strlen(text);
        to += !is_all;
        cxm_str unread = {text + from, to - from};
        cxm_status status = cxm_stream_next(stream, unread, is_all, &step, NULL);
        failed += status == CXM_E_LIMIT;
        found += step.transcript != NULL;
        from += step.used;
        cxm_transcript_free(step.transcript);
        if (is_all && !status && !step.transcript)
            break;
    } while (from < strlen(text) || to < strlen(text));
    cxm_stream_free(stream);
    ck_assert_uint_eq(failed, 1);
    ck_assert_uint_eq(found, 2);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("stream");
    TCase *tests = tcase_create("stream");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, pieces_give_what_the_whole_gives, 0, COUNT(folders));
    tcase_add_loop_test(tests, conversations_are_found_in_every_layout, 0, COUNT(layouts));
    tcase_add_test(tests, what_is_too_long_is_told_and_passed);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
