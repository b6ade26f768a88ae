/* SPDX-License-Identifier: MIT */
#include "paths.h"

#include "diagnostics.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DEEPEST = 100 }; /* directories in one another */

typedef struct walk {
    cli_path_visit visit;
    void *context;
    size_t depth;
    bool stopped;
    bool failed;
} walk;

typedef struct names {
    char **items;
    size_t count;
    size_t capacity;
} names;

static void fail(walk *self, const char *path, const char *problem) {
    cli_complain(path, problem);
    self->failed = true;
}

static bool add_name(names *self, const char *name) {
    if (self->count == self->capacity) {
        size_t capacity = self->capacity ? self->capacity * 2 : 64;
        char **items = realloc(self->items, capacity * sizeof *items);
        if (!items)
            return false;
        self->items = items;
        self->capacity = capacity;
    }
    char *copy = strdup(name);
    if (copy)
        self->items[self->count++] = copy;
    return copy != NULL;
}

static int compare_names(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names in a directory in order; a failure is told. */
static names list(walk *self, const char *path) {
    names found = {0};
    DIR *directory = opendir(path);
    if (!directory) {
        fail(self, path, strerror(errno));
        return found;
    }
    struct dirent *entry;
    errno = 0;
    while (!self->failed && (entry = readdir(directory)) != NULL)
        if (entry->d_name[0] != '.' && !add_name(&found, entry->d_name))
            fail(self, path, "out of memory");
    if (errno && !self->failed)
        fail(self, path, strerror(errno));
    closedir(directory);
    if (found.count)
        qsort(found.items, found.count, sizeof *found.items, compare_names);
    return found;
}

static char *join(const char *directory, const char *name) {
    size_t len = strlen(directory);
    size_t name_len = strlen(name);
    char *path = malloc(len + name_len + 2);
    if (!path)
        return NULL;
    memcpy(path, directory, len);
    if (len == 0 || directory[len - 1] != '/')
        path[len++] = '/';
    memcpy(path + len, name, name_len + 1);
    return path;
}

static void visit_directory(walk *self, const char *path);

/* What stands in a directory: links are followed to files only. */
static void visit_entry(walk *self, const char *path) {
    struct stat about;
    if (lstat(path, &about) != 0) {
        fail(self, path, strerror(errno));
        return;
    }
    if (S_ISDIR(about.st_mode)) {
        visit_directory(self, path);
        return;
    }
    if (S_ISLNK(about.st_mode) && stat(path, &about) == 0 && !S_ISREG(about.st_mode))
        return;
    if (S_ISREG(about.st_mode) || S_ISLNK(about.st_mode))
        self->stopped = !self->visit(self->context, path);
}

static void visit_directory(walk *self, const char *path) {
    if (self->depth == DEEPEST) {
        fail(self, path, "is too deep a directory");
        return;
    }
    bool failed_before = self->failed;
    self->failed = false;
    self->depth++;
    names found = list(self, path);
    for (size_t i = 0; i < found.count; i++) {
        char *entry = self->stopped ? NULL : join(path, found.items[i]);
        if (entry)
            visit_entry(self, entry);
        else if (!self->stopped)
            fail(self, path, "out of memory");
        free(entry);
        free(found.items[i]);
    }
    free(found.items);
    self->depth--;
    self->failed = self->failed || failed_before;
}

bool cli_paths_visit(const cli_list *operands, cli_path_visit visit, void *context) {
    walk self = {.visit = visit, .context = context};
    for (size_t i = 0; i < operands->count && !self.stopped; i++) {
        const char *path = operands->items[i];
        struct stat about;
        bool is_directory =
            strcmp(path, "-") != 0 && stat(path, &about) == 0 && S_ISDIR(about.st_mode);
        if (is_directory)
            visit_directory(&self, path);
        else
            self.stopped = !visit(context, path);
    }
    return !self.failed;
}
