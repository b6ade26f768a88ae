/* SPDX-License-Identifier: MIT */
#include "output.h"

#include "diagnostics.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static void complain(int reason) {
    if (reason != EPIPE)
        cli_complain("cannot write the results", strerror(reason));
}

bool cli_write(cxm_str bytes) {
    while (bytes.len) {
        ssize_t written = write(STDOUT_FILENO, bytes.ptr, bytes.len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0) {
            complain(errno);
            return false;
        }
        bytes.ptr += written;
        bytes.len -= (size_t)written;
    }
    return true;
}

/* Why an earlier write failed: standard I/O keeps that it did, not why. */
static int lost_reason(void) {
    struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
    bool reader_gone = poll(&out, 1, 0) == 1 && (out.revents & POLLERR);
    return reader_gone ? EPIPE : EIO;
}

int cli_output_end(int status) {
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    complain(errno ? errno : lost_reason());
    return CLI_TROUBLE;
}

static bool use_color(const char *when) {
    if (when && strcmp(when, "always") == 0)
        return true;
    if (when && strcmp(when, "never") == 0)
        return false;
    const char *no_color = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    if ((no_color && *no_color) || !terminal || strcmp(terminal, "dumb") == 0)
        return false;
    return isatty(STDOUT_FILENO) == 1;
}

/* The columns of the terminal; 0 where stdout is none. */
static size_t terminal_width(void) {
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
        return 0;
    return size.ws_col;
}

static size_t text_width(size_t said) {
    enum { WIDEST = 120 }; /* longer lines are hard to read */
    size_t terminal = terminal_width();
    return said ? said : terminal < WIDEST ? terminal : WIDEST;
}

cxm_writer_options cli_writer_options(const cli_look *look) {
    cxm_writer_options options = CXM_WRITER_OPTIONS_INIT;
    options.color = use_color(look->color);
    options.width = text_width(look->width);
    return options;
}
