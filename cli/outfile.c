/* SPDX-License-Identifier: MIT */
#include "outfile.h"

#include "diagnostics.h"
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail(const cli_outfile *self) {
    cli_complain(self->path, strerror(errno));
    return false;
}

/* "dir/.name.XXXXXX": hidden, so that nobody who reads the directory meanwhile takes it. */
static char *name_beside(const char *path) {
    const char *slash = strrchr(path, '/');
    size_t directory = slash ? (size_t)(slash - path) + 1 : 0;
    size_t room = strlen(path) + sizeof "..XXXXXX";
    char *name = malloc(room);
    if (name)
        snprintf(name, room, "%.*s.%s.XXXXXX", (int)directory, path, path + directory);
    return name;
}

/* As a file that is made newly, which mkstemp() does not know. */
static bool set_mode(int fd) {
    mode_t mask = umask(0);
    umask(mask);
    return fchmod(fd, 0666 & ~mask) == 0;
}

static bool open_beside(cli_outfile *self) {
    self->beside = name_beside(self->path);
    if (!self->beside) {
        errno = ENOMEM;
        return fail(self);
    }
    self->fd = mkstemp(self->beside);
    if (self->fd >= 0 && set_mode(self->fd))
        return true;
    fail(self);
    cli_outfile_close(self, false);
    return false;
}

bool cli_outfile_open(cli_outfile *self, const char *path) {
    struct stat about;
    *self = (cli_outfile){.fd = STDOUT_FILENO};
    if (!path || strcmp(path, "-") == 0)
        return true;
    self->path = path;
    if (stat(path, &about) != 0 || S_ISREG(about.st_mode))
        return open_beside(self);
    self->fd = open(path, O_WRONLY);
    return self->fd >= 0 || fail(self);
}

bool cli_outfile_write(cli_outfile *self, cxm_str bytes) {
    if (!self->path)
        return cli_write(bytes);
    while (bytes.len) {
        ssize_t written = write(self->fd, bytes.ptr, bytes.len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return fail(self);
        bytes.ptr += written;
        bytes.len -= (size_t)written;
    }
    return true;
}

bool cli_outfile_is(const cli_outfile *self, const char *path) {
    struct stat one;
    struct stat other;
    return self->beside && stat(self->path, &one) == 0 && stat(path, &other) == 0 &&
           one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

bool cli_outfile_close(cli_outfile *self, bool good) {
    if (self->path && self->fd >= 0 && close(self->fd) != 0 && good)
        good = fail(self);
    if (self->beside) {
        if (good && rename(self->beside, self->path) != 0)
            good = fail(self);
        if (!good && self->fd >= 0)
            unlink(self->beside);
    }
    free(self->beside);
    *self = (cli_outfile){.fd = -1};
    return good;
}
