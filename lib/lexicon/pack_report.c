/* SPDX-License-Identifier: MIT */
/* Telling errors of packs: with their places in the file, in order, and not without end. */
#include "base/str.h"
#include "base/utf8.h"
#include "lexicon/pack.h"

#include <stdarg.h>
#include <stdio.h>

/* ---- From a byte of a scalar's text to the byte of the file ---- */

/* A walk along a scalar as written, in step with its text. */
typedef struct walk {
    cxm_str raw; /* the file from the scalar's first character on */
    size_t at;
    char quote; /* what stands before it: ' or " of a quoted scalar */
} walk;

static bool at_space(const walk *self) {
    return self->at < self->raw.len && cxm_is_space(self->raw.ptr[self->at]);
}

static void skip_space(walk *self) {
    while (at_space(self))
        self->at++;
}

/* How long an escape is as written: n, xE9, u00E9, U0001F600 behind the backslash. */
static size_t escape_size(char letter) {
    return letter == 'x' ? 4 : letter == 'u' ? 6 : letter == 'U' ? 10 : 2;
}

/* Goes over line ends that a backslash takes back, and over white space that folding took. */
static void skip_unwritten(walk *self, char next) {
    while (self->quote == '"' && self->at + 1 < self->raw.len && self->raw.ptr[self->at] == '\\' &&
           (self->raw.ptr[self->at + 1] == '\n' || self->raw.ptr[self->at + 1] == '\r')) {
        self->at++;
        skip_space(self);
    }
    if (!cxm_is_space(next))
        skip_space(self);
}

/* Goes over one code point of the text; false where text and file are no longer in step. */
static bool step(walk *self, const char *text, size_t size) {
    size_t left = self->raw.len - self->at;
    const char *raw = self->raw.ptr + self->at;
    if (left > 1 && self->quote == '"' && raw[0] == '\\')
        self->at += escape_size(raw[1]) < left ? escape_size(raw[1]) : left;
    else if (left > 1 && self->quote == '\'' && raw[0] == '\'' && text[0] == '\'')
        self->at += 2;
    else if (left >= size && memcmp(raw, text, size) == 0)
        self->at += size;
    else if (cxm_is_space(text[0]) && at_space(self))
        skip_space(self);
    else
        return false;
    return true;
}

static size_t source_offset(const cxm_pack_scalar *scalar, size_t at) {
    cxm_str file = scalar->file->text;
    if (scalar->offset >= file.len)
        return file.len;
    walk along = {.raw = cxm_str_slice(file, scalar->offset, file.len)};
    along.quote = scalar->offset ? file.ptr[scalar->offset - 1] : ' ';
    for (size_t i = 0, size; i < at && i < scalar->text.len; i += size) {
        uint32_t cp;
        size = cxm_utf8_decode(scalar->text.ptr + i, scalar->text.len - i, &cp);
        skip_unwritten(&along, scalar->text.ptr[i]);
        if (!step(&along, scalar->text.ptr + i, size))
            break;
    }
    if (at < scalar->text.len)
        skip_unwritten(&along, scalar->text.ptr[at]);
    return scalar->offset + along.at;
}

cxm_pack_scalar cxm_pack_scalar_part(const cxm_pack_scalar *scalar, size_t start, size_t end) {
    cxm_pack_scalar part = *scalar;
    part.text = cxm_str_slice(scalar->text, start, end);
    part.offset = source_offset(scalar, start);
    for (size_t i = scalar->offset; i < part.offset; i++)
        part.line += scalar->file->text.ptr[i] == '\n';
    return part;
}

/* ---- Telling ---- */

static void tell(cxm_pack *self, const cxm_error *error) {
    if (self->error_count++ == 0)
        self->first_error = *error;
    if (!self->report || self->error_count > CXM_PACK_MAX_ERRORS + 1)
        return;
    cxm_error more;
    if (self->error_count == CXM_PACK_MAX_ERRORS + 1) {
        cxm_fail(&more, error->code, "more errors than the %d told so far", CXM_PACK_MAX_ERRORS);
        error = &more;
    }
    self->report(self->report_user, error);
}

/* Whether there is no point in making up an error for this place: enough come before it. */
static bool is_too_many(const cxm_pack *self, uint64_t offset) {
    const cxm_pack_faults *faults = &self->faults;
    if (faults->held)
        return faults->count == CXM_PACK_MAX_ERRORS &&
               faults->items[faults->count - 1].offset <= offset;
    return self->error_count > CXM_PACK_MAX_ERRORS;
}

/* Keeps the first ones, by place. false where it must be told now: there is no memory for it. */
static bool hold(cxm_pack *self, const cxm_error *error) {
    cxm_pack_faults *faults = &self->faults;
    void *items = faults->items;
    bool room = cxm_array_reserve(&self->allocator, &items, &faults->capacity, faults->count + 1,
                                  sizeof *faults->items);
    faults->items = items;
    if (!room)
        return false;
    if (faults->count == CXM_PACK_MAX_ERRORS) {
        faults->count--;
        faults->dropped++;
    }
    size_t at = faults->count++;
    for (; at > 0 && faults->items[at - 1].offset > error->offset; at--)
        faults->items[at] = faults->items[at - 1];
    faults->items[at] = *error;
    return true;
}

cxm_status cxm_pack_report(cxm_pack *self, cxm_status code, const cxm_pack_scalar *scalar,
                           size_t at, const char *format, ...) {
    char message[512];
    va_list arguments;
    va_start(arguments, format);
    if (vsnprintf(message, sizeof message, format, arguments) < 0)
        message[0] = '\0';
    va_end(arguments);
    bool placed = scalar && scalar->file;
    cxm_place place = {.offset = 0};
    if (placed)
        place = (cxm_place){scalar->file->name, scalar->file->text, source_offset(scalar, at), 0};
    if (is_too_many(self, placed ? place.offset : 0)) {
        *(self->faults.held ? &self->faults.dropped : &self->error_count) += 1;
        return code;
    }
    cxm_error error;
    if (placed)
        cxm_fail_at(&error, code, &place, "%s", message);
    else
        cxm_fail(&error, code, "%s", message);
    if (!self->faults.held || !hold(self, &error))
        tell(self, &error);
    return code;
}

void cxm_pack_hold_errors(cxm_pack *self) {
    self->faults.held = true;
}

void cxm_pack_forget_errors(cxm_pack *self) {
    self->faults.count = 0;
    self->faults.dropped = 0;
    self->faults.held = false;
}

bool cxm_pack_tell_errors(cxm_pack *self, cxm_error *first) {
    cxm_pack_faults *faults = &self->faults;
    bool any = faults->count > 0;
    if (any)
        *first = faults->items[0];
    for (size_t i = 0; i < faults->count; i++)
        tell(self, &faults->items[i]);
    if (faults->dropped && self->error_count == CXM_PACK_MAX_ERRORS) {
        tell(self, &faults->items[faults->count - 1]); /* as the line that there are more */
        faults->dropped--;
    }
    self->error_count += faults->dropped;
    cxm_pack_forget_errors(self);
    return any;
}
