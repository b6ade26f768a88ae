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

/* Reads on. false: nothing came, for good. */
static bool fill(cli_input *self) {
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

static cxm_str unread(const cli_input *self) {
    const char *bytes = self->bytes ? self->bytes + self->start : "";
    return (cxm_str){bytes, self->end - self->start};
}

static bool over_limit(const cli_input *self) {
    return self->end - self->start > CLI_INPUT_LIMIT;
}

/* The length of the first line, with its line end; what is there where there is no more. `from`
 * is where to begin to look. */
static size_t line_length(cli_input *self, size_t from) {
    for (;;) {
        cxm_str text = unread(self);
        const char *found = text.len > from ? memchr(text.ptr + from, '\n', text.len - from) : NULL;
        if (found)
            return (size_t)(found - text.ptr) + 1;
        from = text.len;
        if (over_limit(self) || !fill(self))
            return text.len;
    }
}

static bool is_blank(const char *text, size_t len) {
    for (size_t i = 0; i < len; i++)
        if (!strchr(" \t\r\n\v\f", text[i]) || text[i] == '\0')
            return false;
    return true;
}

cxm_str cli_input_head(cli_input *self) {
    size_t blank = 0;
    size_t len = line_length(self, 0);
    while (len > blank && !over_limit(self) && is_blank(unread(self).ptr + blank, len - blank)) {
        blank = len;
        len = line_length(self, blank);
    }
    return (cxm_str){unread(self).ptr, len};
}

/* Passes over the rest of a line that is too long to keep. */
static void skip_line(cli_input *self) {
    for (;;) {
        cxm_str text = unread(self);
        const char *found = memchr(text.ptr, '\n', text.len);
        if (found) {
            self->start += (size_t)(found - text.ptr) + 1;
            return;
        }
        self->start = self->end = 0;
        if (!fill(self))
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
    size_t len = line_length(self, 0);
    while (over_limit(self) && (len == 0 || self->bytes[self->start + len - 1] != '\n')) {
        complain_long(self);
        skip_line(self);
        self->line++;
        len = line_length(self, 0);
    }
    *line = (cxm_str){unread(self).ptr, len};
    *number = self->line++;
    self->start += len;
    return len > 0;
}

bool cli_input_all(cli_input *self, cxm_str *bytes) {
    while (!over_limit(self) && fill(self))
        ;
    *bytes = unread(self);
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
