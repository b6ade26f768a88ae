/* SPDX-License-Identifier: MIT */
#include "input.h"

#include "diagnostics.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_CAPACITY = 64 << 10 };

static bool fail(cli_input *self, const char *problem) {
    cli_complain(self->name, problem);
    self->failed = true;
    return false;
}

static bool is_directory(int fd) {
    struct stat about;
    return fstat(fd, &about) == 0 && S_ISDIR(about.st_mode);
}

bool cli_input_open(cli_input *self, const char *path) {
    bool is_stdin = strcmp(path, "-") == 0;
    *self = (cli_input){.name = is_stdin ? "<stdin>" : path, .line = 1};
    self->fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY);
    if (self->fd < 0)
        return fail(self, strerror(errno));
    if (!is_directory(self->fd))
        return true;
    fail(self, "is a directory");
    cli_input_close(self);
    return false;
}

static bool grow(cli_input *self) {
    size_t capacity = self->capacity ? self->capacity * 2 : FIRST_CAPACITY;
    char *bytes = realloc(self->bytes, capacity);
    if (!bytes) {
        self->at_end = true;
        return fail(self, "out of memory");
    }
    self->bytes = bytes;
    self->capacity = capacity;
    return true;
}

bool cli_input_more(cli_input *self) {
    if (self->at_end)
        return false;
    if (self->end == self->capacity && self->start > 0) {
        memmove(self->bytes, self->bytes + self->start, self->end - self->start);
        self->end -= self->start;
        self->start = 0;
    }
    if (self->end == self->capacity && !grow(self))
        return false;
    ssize_t got;
    do
        got = read(self->fd, self->bytes + self->end, self->capacity - self->end);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        fail(self, strerror(errno));
    if (got <= 0) {
        self->at_end = true;
        return false;
    }
    self->end += (size_t)got;
    return true;
}

cxm_str cli_input_unread(const cli_input *self) {
    const char *bytes = self->bytes ? self->bytes + self->start : "";
    return (cxm_str){bytes, self->end - self->start};
}

static bool over_limit(const cli_input *self) {
    return self->end - self->start > CLI_INPUT_LIMIT;
}

void cli_input_use(cli_input *self, size_t used) {
    self->start += used;
    if (self->start == self->end)
        self->start = self->end = 0;
}

/* The length of the first line, with its line end; what is there where there is no more. */
static size_t line_length(cli_input *self) {
    for (size_t from = 0;;) {
        cxm_str text = cli_input_unread(self);
        const char *found = text.len > from ? memchr(text.ptr + from, '\n', text.len - from) : NULL;
        if (found)
            return (size_t)(found - text.ptr) + 1;
        from = text.len;
        if (over_limit(self) || !cli_input_more(self))
            return text.len;
    }
}

/* Passes over the rest of a line that is too long to keep. */
static void skip_line(cli_input *self) {
    for (;;) {
        cxm_str text = cli_input_unread(self);
        const char *found = text.len ? memchr(text.ptr, '\n', text.len) : NULL;
        if (found) {
            self->start += (size_t)(found - text.ptr) + 1;
            return;
        }
        self->start = self->end = 0;
        if (!cli_input_more(self))
            return;
    }
}

static void complain_long(cli_input *self) {
    cli_begin_message();
    cli_put(stderr, cxm_str_from(self->name));
    fprintf(stderr, ":%zu: the line is longer than %d MiB\n", self->line, CLI_INPUT_LIMIT >> 20);
    self->failed = true;
}

bool cli_input_line(cli_input *self, cxm_str *line, size_t *number) {
    size_t len = line_length(self);
    while (over_limit(self) && (len == 0 || self->bytes[self->start + len - 1] != '\n')) {
        complain_long(self);
        skip_line(self);
        self->line++;
        len = line_length(self);
    }
    *line = (cxm_str){cli_input_unread(self).ptr, len};
    *number = self->line++;
    self->start += len;
    return len > 0;
}

bool cli_input_all(cli_input *self, cxm_str *bytes) {
    while (!over_limit(self) && cli_input_more(self))
        ;
    *bytes = cli_input_unread(self);
    if (self->failed)
        return false;
    if (over_limit(self))
        return fail(self, "is longer than 256 MiB, the most that is read as one text");
    return true;
}

void cli_input_close(cli_input *self) {
    free(self->bytes);
    self->bytes = NULL;
    if (self->fd > STDIN_FILENO)
        close(self->fd);
}
