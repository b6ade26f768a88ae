/* SPDX-License-Identifier: MIT */
/* Turns of conversations that go on, one a line: what `cxmine live` reads. canonical.c reads them.
 */
#include "read/canonical.h"

/* The next line that is not blank, and the place behind it; false at the end. */
static bool find_line(const cxm_reader *self, cxm_stretch *line, size_t *behind) {
    size_t at = self->at;
    for (size_t number = self->line; at < self->bytes.len; number++) {
        const char *start = self->bytes.ptr + at;
        const char *end = memchr(start, '\n', self->bytes.len - at);
        size_t len = end ? (size_t)(end - start) : self->bytes.len - at;
        *behind = at + len + (end != NULL);
        while (len && cxm_is_space(start[len - 1]))
            len--;
        *line = (cxm_stretch){{start, len}, at, number};
        if (len)
            return true;
        at = *behind;
    }
    return false;
}

static cxm_status read_line(cxm_reader *self, const cxm_stretch *line, cxm_transcript **out,
                            cxm_error *error) {
    const cxm_json_value *root;
    cxm_json_failure failure;
    if (line->text.len > self->options.max_bytes)
        return cxm_reader_fail(self, line, 0, error, CXM_E_LIMIT,
                               "a conversation of more than %zu bytes", self->options.max_bytes);
    size_t readable = self->bytes.len - line->offset;
    cxm_status status = cxm_json_parse(self->state, line->text, readable, &root, &failure);
    if (status == CXM_E_NOMEM)
        return cxm_fail_memory(error);
    if (status)
        return cxm_reader_fail(self, line, failure.offset, error, status, "%s", failure.message);
    return cxm_canonical_read(self, line, root, out, error);
}

static cxm_status next(cxm_reader *self, cxm_transcript **out, cxm_error *error) {
    cxm_stretch line;
    size_t behind;
    if (!find_line(self, &line, &behind)) {
        self->at = self->bytes.len;
        return CXM_OK;
    }
    cxm_status status = read_line(self, &line, out, error);
    if (status == CXM_E_NOMEM)
        return status;
    self->at = behind;
    self->line = line.line + 1;
    return status;
}

static cxm_status open(cxm_reader *self, cxm_error *error) {
    cxm_json *json;
    if (cxm_json_new(&self->allocator, &json))
        return cxm_fail_memory(error);
    self->state = json;
    return CXM_OK;
}

static void close(cxm_reader *self) {
    cxm_json_free(self->state);
}

static int sniff(cxm_str head) {
    (void)head;
    return 0;
}

const cxm_format cxm_format_live = {
    .name = "live",
    .sniff = sniff,
    .open = open,
    .next = next,
    .close = close,
    .summary = "turns of conversations that go on, one a line, as 'cxmine live' reads them",
    .recognized = "never, it has to be asked for",
};
