/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"

#include "base/memory.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void cxm_buffer_init(cxm_buffer *self, const cxm_allocator *allocator) {
    *self = (cxm_buffer){.allocator = *allocator};
}

void cxm_buffer_clear(cxm_buffer *self) {
    cxm_release(&self->allocator, self->ptr, self->capacity);
    cxm_buffer_init(self, &self->allocator);
}

void cxm_buffer_reset(cxm_buffer *self) {
    self->len = 0;
    self->failed = false;
}

/* Room for `len` more bytes; NULL, once and for all, where there is none. */
static char *extend(cxm_buffer *self, size_t len) {
    size_t needed;
    if (self->failed)
        return NULL;
    void *items = self->ptr;
    if (!cxm_size_add(self->len, len, &needed) ||
        !cxm_array_reserve(&self->allocator, &items, &self->capacity, needed, 1)) {
        self->failed = true;
        return NULL;
    }
    self->ptr = items;
    char *at = self->ptr + self->len;
    self->len = needed;
    return at;
}

void cxm_buffer_add(cxm_buffer *self, const char *bytes, size_t len) {
    if (len == 0)
        return;
    char *at = extend(self, len);
    if (at)
        memcpy(at, bytes, len);
}

void cxm_buffer_add_str(cxm_buffer *self, cxm_str text) {
    cxm_buffer_add(self, text.ptr, text.len);
}

void cxm_buffer_add_text(cxm_buffer *self, const char *text) {
    cxm_buffer_add(self, text, strlen(text));
}

void cxm_buffer_add_char(cxm_buffer *self, char c) {
    cxm_buffer_add(self, &c, 1);
}

void cxm_buffer_add_repeat(cxm_buffer *self, char c, size_t count) {
    if (count == 0)
        return;
    char *at = extend(self, count);
    if (at)
        memset(at, c, count);
}

/* The decimal digits of `number`, at least `width` of them. */
static void add_digits(cxm_buffer *self, uint64_t number, int width) {
    char digits[24];
    int at = (int)sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
        width--;
    } while (number > 0 || width > 0);
    cxm_buffer_add(self, digits + at, sizeof digits - (size_t)at);
}

void cxm_buffer_add_size(cxm_buffer *self, size_t number) {
    add_digits(self, number, 1);
}

void cxm_buffer_add_number(cxm_buffer *self, double number, int decimals) {
    static const double largest = 1e15;
    uint64_t scale = 1;
    for (int i = 0; i < decimals; i++)
        scale *= 10;
    double size = fabs(number);
    /* printf would ask the locale; the split below is exact enough for 15 digits. */
    if (!(size < largest))
        size = largest;
    double whole = floor(size);
    uint64_t fraction = (uint64_t)llround((size - whole) * (double)scale);
    uint64_t units = (uint64_t)whole;
    if (fraction >= scale) {
        fraction -= scale;
        units++;
    }
    if (number < 0 && (units || fraction))
        cxm_buffer_add_char(self, '-');
    add_digits(self, units, 1);
    if (fraction == 0)
        return;
    while (fraction % 10 == 0) {
        fraction /= 10;
        decimals--;
    }
    cxm_buffer_add_char(self, '.');
    add_digits(self, fraction, decimals);
}

void cxm_buffer_add_exact(cxm_buffer *self, double number) {
    enum { SURELY_EXACT = 17 };
    char digits[40];
    int precision = 6;
    do
        snprintf(digits, sizeof digits, "%.*g", precision, number);
    while (strtod(digits, NULL) != number && ++precision <= SURELY_EXACT);
    /* A locale may have something else, of several bytes even, for a decimal point. */
    for (size_t i = 0; digits[i]; i++) {
        bool is_other = !strchr("0123456789+-e", digits[i]);
        if (!is_other)
            cxm_buffer_add_char(self, digits[i]);
        else if (strchr("0123456789", digits[i - 1]))
            cxm_buffer_add_char(self, '.');
    }
}
