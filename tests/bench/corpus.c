/* SPDX-License-Identifier: MIT */
#include "corpus.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

bool bench_file_read(const char *path, char **bytes, size_t *len) {
    FILE *file = fopen(path, "rb");
    long size = -1;
    *bytes = NULL;
    if (file && fseek(file, 0, SEEK_END) == 0)
        size = ftell(file);
    if (size >= 0 && fseek(file, 0, SEEK_SET) == 0)
        *bytes = malloc((size_t)size + 1);
    bool read = *bytes && fread(*bytes, 1, (size_t)size, file) == (size_t)size;
    if (file)
        fclose(file);
    if (read) {
        (*bytes)[size] = '\0';
        *len = (size_t)size;
        return true;
    }
    perror(path);
    free(*bytes);
    *bytes = NULL;
    return false;
}

static bool add(bench_corpus *self, cxm_transcript *transcript) {
    if (self->count == self->capacity) {
        size_t capacity = self->capacity ? 2 * self->capacity : 1024;
        cxm_transcript **items = realloc(self->items, capacity * sizeof *items);
        if (!items) {
            cxm_transcript_free(transcript);
            return false;
        }
        self->items = items;
        self->capacity = capacity;
    }
    self->items[self->count++] = transcript;
    size_t turns = cxm_transcript_turn_count(transcript);
    self->turn_count += turns;
    for (size_t i = 0; i < turns; i++)
        self->text_bytes += cxm_transcript_turn(transcript, i)->text.len;
    return true;
}

static cxm_status read_bytes(bench_corpus *self, cxm_str bytes, const char *path,
                             cxm_error *error) {
    const cxm_role_rule roles[] = {{cxm_str_from("agent"), CXM_ROLE_AGENT},
                                   {cxm_str_from("other"), CXM_ROLE_AGENT},
                                   {cxm_str_from("customer"), CXM_ROLE_CUSTOMER}};
    cxm_reader_options options = CXM_READER_OPTIONS_INIT;
    options.format = "jsonl";
    options.source = cxm_str_from(path);
    options.roles = roles;
    options.role_count = sizeof roles / sizeof *roles;
    cxm_reader *reader;
    cxm_status status = cxm_reader_new(bytes, &options, &reader, error);
    if (status != CXM_OK)
        return status;
    cxm_transcript *transcript;
    do {
        status = cxm_reader_next(reader, &transcript, error);
        if (status == CXM_OK && transcript && !add(self, transcript))
            status = CXM_E_NOMEM;
    } while (status == CXM_OK && transcript);
    cxm_reader_free(reader);
    return status;
}

static bool read_file(bench_corpus *self, const char *path) {
    char *bytes;
    size_t len;
    cxm_error error = {.message = ""};
    if (!bench_file_read(path, &bytes, &len))
        return false;
    cxm_status status = read_bytes(self, (cxm_str){bytes, len}, path, &error);
    free(bytes);
    if (status != CXM_OK)
        fprintf(stderr, "%s:%u: %s: %s\n", path, (unsigned)error.line, cxm_status_name(status),
                error.message);
    return status == CXM_OK;
}

static bool read_files(bench_corpus *self, char *const *paths, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!read_file(self, paths[i]))
            return false;
    return true;
}

bool bench_corpus_read(bench_corpus *self, char *const *paths, size_t path_count) {
    glob_t found;
    *self = (bench_corpus){.items = NULL};
    if (path_count)
        return read_files(self, paths, path_count);
    if (glob(BENCH_DATA, 0, NULL, &found) != 0) {
        fprintf(stderr, "no transcripts in %s: name some\n", BENCH_DATA);
        return false;
    }
    bool read = read_files(self, found.gl_pathv, found.gl_pathc);
    globfree(&found);
    return read;
}

void bench_corpus_clear(bench_corpus *self) {
    for (size_t i = 0; i < self->count; i++)
        cxm_transcript_free(self->items[i]);
    free(self->items);
}

bool bench_corpus_visit(const bench_corpus *self, bool (*visit)(void *user, const cxm_turn *turn),
                        void *user) {
    for (size_t i = 0; i < self->count; i++) {
        size_t turns = cxm_transcript_turn_count(self->items[i]);
        for (size_t turn = 0; turn < turns; turn++)
            if (!visit(user, cxm_transcript_turn(self->items[i], turn)))
                return false;
    }
    return true;
}
