/* SPDX-License-Identifier: MIT */
#include "lexicon/directory.h"

#include "base/error.h"
#include "base/str.h"
#include "lexicon/pack.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct names {
    cxm_str *items; /* each followed by a NUL */
    size_t count;
    size_t capacity;
} names;

/* ---- Failing ---- */

static cxm_status fail(cxm_error *error, cxm_status code, const char *path, const char *message) {
    cxm_place place = {.file = cxm_str_from(path)};
    return cxm_fail_at(error, code, &place, "%s", message);
}

static cxm_status fail_system(cxm_error *error, const char *path, const char *what, int number) {
    cxm_place place = {.file = cxm_str_from(path)};
    char reason[128];
    if (strerror_r(number, reason, sizeof reason) != 0)
        reason[0] = '\0';
    return cxm_fail_at(error, CXM_E_IO, &place, "%s: %s", what, reason);
}

/* ---- One file ---- */

/* Fills the buffer, or reads to the end. false: errno tells why. */
static bool read_all(int file, char *buffer, size_t size, size_t *len) {
    for (*len = 0; *len < size;) {
        ssize_t got = read(file, buffer + *len, size - *len);
        if (got == 0)
            return true;
        if (got > 0)
            *len += (size_t)got;
        else if (errno != EINTR)
            return false;
    }
    return true;
}

static cxm_status read_open_file(int file, const char *path, cxm_arena *arena, cxm_str *text,
                                 cxm_error *error) {
    struct stat info;
    if (fstat(file, &info) != 0)
        return fail_system(error, path, "cannot read", errno);
    if (S_ISDIR(info.st_mode))
        return fail_system(error, path, "cannot read", EISDIR);
    if (!S_ISREG(info.st_mode))
        return fail(error, CXM_E_IO, path, "not a regular file");
    if (info.st_size > CXM_PACK_MAX_FILE_BYTES)
        return cxm_fail_at(error, CXM_E_LIMIT, &(cxm_place){.file = cxm_str_from(path)},
                           "a file of more than %d MiB", CXM_PACK_MAX_FILE_BYTES >> 20);
    size_t size = (size_t)info.st_size + 1; /* one more, to see that it does not grow */
    size_t len;
    char *buffer = cxm_arena_take(arena, size, 1);
    if (!buffer)
        return cxm_fail_memory(error);
    if (!read_all(file, buffer, size, &len))
        return fail_system(error, path, "cannot read", errno);
    if (len == size)
        return fail(error, CXM_E_IO, path, "the file grew while it was read");
    *text = (cxm_str){buffer, len};
    return CXM_OK;
}

/* O_NONBLOCK, for what is no file might keep us waiting. */
static cxm_status read_file(const char *path, cxm_arena *arena, cxm_str *text, cxm_error *error) {
    int file = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (file < 0)
        return fail_system(error, path, "cannot open", errno);
    cxm_status status = read_open_file(file, path, arena, text, error);
    close(file);
    return status;
}

static cxm_status visit_file(const char *path, cxm_str name, cxm_arena *arena,
                             const cxm_directory_visitor *visitor, cxm_error *error) {
    cxm_str text;
    cxm_status status = read_file(path, arena, &text, error);
    return status ? status : visitor->visit(visitor->user, name, text, error);
}

/* ---- A directory ---- */

static bool belongs_to_pack(cxm_str name) {
    static const cxm_str end = {".yaml", 5};
    if (name.ptr[0] == '.')
        return false;
    return cxm_str_is(name, CXM_PACK_WORD_LIST) ||
           (name.len > end.len &&
            cxm_str_equal(cxm_str_slice(name, name.len - end.len, name.len), end));
}

static cxm_status add_name(names *self, cxm_str name, const char *path, cxm_arena *arena,
                           cxm_error *error) {
    void *items = self->items;
    if (self->count == CXM_PACK_MAX_FILES)
        return cxm_fail_at(error, CXM_E_LIMIT, &(cxm_place){.file = cxm_str_from(path)},
                           "more than %d files", CXM_PACK_MAX_FILES);
    if (!cxm_array_reserve(&arena->allocator, &items, &self->capacity, self->count + 1,
                           sizeof *self->items))
        return cxm_fail_memory(error);
    self->items = items;
    self->items[self->count] = cxm_arena_copy(arena, name);
    return self->items[self->count++].ptr ? CXM_OK : cxm_fail_memory(error);
}

static cxm_status list_names(names *self, DIR *directory, const char *path, cxm_arena *arena,
                             cxm_error *error) {
    cxm_status status = CXM_OK;
    while (!status) {
        errno = 0;
        const struct dirent *entry = readdir(directory);
        if (!entry)
            return errno ? fail_system(error, path, "cannot list", errno) : CXM_OK;
        cxm_str name = cxm_str_from(entry->d_name);
        if (belongs_to_pack(name))
            status = add_name(self, name, path, arena, error);
    }
    return status;
}

static int compare_names(const void *a, const void *b) {
    return cxm_str_compare(*(const cxm_str *)a, *(const cxm_str *)b);
}

static cxm_status visit_in(const char *directory, cxm_str name, cxm_arena *arena,
                           const cxm_directory_visitor *visitor, cxm_error *error) {
    size_t len = strlen(directory);
    char *path = cxm_arena_take(arena, len + 1 + name.len + 1, 1);
    if (!path)
        return cxm_fail_memory(error);
    memcpy(path, directory, len);
    if (len == 0 || path[len - 1] != '/')
        path[len++] = '/';
    memcpy(path + len, name.ptr, name.len + 1);
    return visit_file(path, name, arena, visitor, error);
}

static cxm_status visit_names(names *self, const char *path, cxm_arena *arena,
                              const cxm_directory_visitor *visitor, cxm_error *error) {
    cxm_status status = CXM_OK;
    bool any = false;
    for (size_t i = 0; i < self->count; i++)
        any = any || !cxm_str_is(self->items[i], CXM_PACK_WORD_LIST);
    if (!any)
        return fail(error, CXM_E_IO, path, "the directory holds no .yaml file; expected a pack");
    qsort(self->items, self->count, sizeof *self->items, compare_names);
    for (size_t i = 0; i < self->count && !status; i++)
        status = visit_in(path, self->items[i], arena, visitor, error);
    return status;
}

static cxm_status visit_directory(DIR *directory, const char *path, cxm_arena *arena,
                                  const cxm_directory_visitor *visitor, cxm_error *error) {
    names found = {NULL, 0, 0};
    cxm_status status = list_names(&found, directory, path, arena, error);
    if (!status)
        status = visit_names(&found, path, arena, visitor, error);
    cxm_release(&arena->allocator, found.items, found.capacity * sizeof *found.items);
    return status;
}

cxm_status cxm_directory_read(const char *path, cxm_arena *arena,
                              const cxm_directory_visitor *visitor, cxm_error *error) {
    DIR *directory = opendir(path);
    if (!directory && errno != ENOTDIR)
        return fail_system(error, path, "cannot open", errno);
    if (!directory) {
        const char *slash = strrchr(path, '/');
        cxm_str name = cxm_arena_copy(arena, cxm_str_from(slash ? slash + 1 : path));
        return name.ptr ? visit_file(path, name, arena, visitor, error) : cxm_fail_memory(error);
    }
    cxm_status status = visit_directory(directory, path, arena, visitor, error);
    closedir(directory);
    return status;
}
