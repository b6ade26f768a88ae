/* SPDX-License-Identifier: MIT */
/*
 * A growing run of bytes. Failure is sticky: appending returns nothing, whoever made the buffer
 * looks at `failed` once at the end.
 */
#ifndef CXM_BASE_BUFFER_H
#define CXM_BASE_BUFFER_H

#include <cxmine/base.h>

typedef struct cxm_buffer {
    cxm_allocator allocator;
    char *ptr;
    size_t len;
    size_t capacity;
    bool failed; /* there was no memory; what was appended since is lost */
} cxm_buffer;

void cxm_buffer_init(cxm_buffer *self, const cxm_allocator *allocator);
void cxm_buffer_clear(cxm_buffer *self); /* gives the memory back */
void cxm_buffer_reset(cxm_buffer *self); /* empties it, keeps the memory, forgets a failure */

void cxm_buffer_add(cxm_buffer *self, const char *bytes, size_t len);
void cxm_buffer_add_str(cxm_buffer *self, cxm_str text);
void cxm_buffer_add_text(cxm_buffer *self, const char *text); /* NUL-terminated */
void cxm_buffer_add_char(cxm_buffer *self, char c);
void cxm_buffer_add_repeat(cxm_buffer *self, char c, size_t count);
void cxm_buffer_add_size(cxm_buffer *self, size_t number);

/* A finite number with at most `decimals` (0 to 9) digits behind the point, trailing zeros cut,
 * always with a point and never with an exponent below 1e15, whatever the locale. */
void cxm_buffer_add_number(cxm_buffer *self, double number, int decimals);

/* A finite number that is read back as the same number, in as few digits as that takes, whatever
 * the locale. */
void cxm_buffer_add_exact(cxm_buffer *self, double number);

static inline cxm_str cxm_buffer_str(const cxm_buffer *self) {
    return (cxm_str){self->ptr, self->len};
}

#endif
