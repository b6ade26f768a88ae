/* SPDX-License-Identifier: MIT */
/*
 * LIWC dictionaries: categories between two lines of a per cent sign, a number and a name each;
 * then patterns, each with the numbers of its categories.
 */
#include "base/error.h"
#include "base/str.h"
#include "lexicon/import.h"

typedef struct reader {
    cxm_import *import;
    cxm_str bytes;
    size_t at;
    size_t line;       /* of the last line taken, from 1 */
    size_t start;      /* and where it starts */
    cxm_table numbers; /* of categories, as written -> index */
    cxm_error *error;
} reader;

static cxm_status fail(const reader *self, const char *message) {
    cxm_place place = {.text = self->bytes, .offset = self->start};
    return cxm_fail_at(self->error, CXM_E_SYNTAX, &place, "%s", message);
}

static cxm_status tell(const reader *self, cxm_status status) {
    if (status == CXM_E_NOMEM)
        return cxm_fail_memory(self->error);
    return cxm_fail(self->error, status, "the pack would exceed the limits of a pack");
}

/* The next line, trimmed. false: at the end. */
static bool take_line(reader *self, cxm_str *line) {
    if (self->at >= self->bytes.len)
        return false;
    const char *start = self->bytes.ptr + self->at;
    const char *end = memchr(start, '\n', self->bytes.len - self->at);
    size_t len = end ? (size_t)(end - start) : self->bytes.len - self->at;
    self->start = self->at;
    self->at += len + 1;
    self->line++;
    *line = cxm_str_trim((cxm_str){start, len});
    return true;
}

/* Takes what stands in front of the next blank off a line. */
static cxm_str take_field(cxm_str *line) {
    size_t len = 0;
    while (len < line->len && !cxm_is_space(line->ptr[len]))
        len++;
    cxm_str field = cxm_str_slice(*line, 0, len);
    *line = cxm_str_trim(cxm_str_slice(*line, len, line->len));
    return field;
}

static bool is_number(cxm_str text) {
    for (size_t i = 0; i < text.len; i++)
        if (!cxm_is_digit(text.ptr[i]))
            return false;
    return text.len > 0;
}

static cxm_status read_category(reader *self, cxm_str line) {
    size_t index;
    bool is_new;
    cxm_str number = take_field(&line);
    if (!is_number(number) || line.len == 0)
        return fail(self, "expected a number and the name of a category, or % behind the last");
    cxm_status status = cxm_import_add_category(self->import, self->import->family, line, &index);
    if (status != CXM_OK)
        return tell(self, status);
    if (!cxm_table_add(&self->numbers, number, (uint32_t)index, &is_new))
        return cxm_fail_memory(self->error);
    return is_new ? CXM_OK : fail(self, "this number stands for another category already");
}

static cxm_status read_categories(reader *self) {
    cxm_str line;
    bool open = false;
    while (take_line(self, &line)) {
        if (line.len == 0)
            continue;
        if (cxm_str_is(line, "%") && open)
            return CXM_OK;
        cxm_status status = CXM_OK;
        if (open)
            status = read_category(self, line);
        else if (!cxm_str_is(line, "%"))
            status = fail(self, "expected a line of % in front of the categories");
        if (status != CXM_OK)
            return status;
        open = true;
    }
    return fail(self, "expected a line of % behind the categories");
}

/* Parts a line into its pattern and what stands behind: at a tab or, where there is none, before
 * the numbers at its end. */
static cxm_str take_pattern(cxm_str *line) {
    const char *tab = memchr(line->ptr, '\t', line->len);
    size_t end = tab ? (size_t)(tab - line->ptr) : line->len;
    while (!tab && end > 0) {
        size_t start = end;
        while (start > 0 && !cxm_is_space(line->ptr[start - 1]))
            start--;
        if (start == 0 || !is_number(cxm_str_slice(*line, start, end)))
            break;
        end = start;
        while (end > 0 && cxm_is_space(line->ptr[end - 1]))
            end--;
    }
    cxm_str pattern = cxm_str_trim(cxm_str_slice(*line, 0, end));
    *line = cxm_str_trim(cxm_str_slice(*line, end, line->len));
    return pattern;
}

static cxm_status add_to(reader *self, cxm_str number, cxm_str pattern, cxm_str phrase) {
    const uint32_t *index = cxm_table_find(&self->numbers, number);
    if (index)
        return cxm_import_add_phrase(self->import, *index, phrase);
    return cxm_import_add_note(self->import, self->line, pattern,
                               is_number(number)
                                   ? "there is no category of that number"
                                   : "a category that depends on the words around has no "
                                     "counterpart; write a phrase with `unless`");
}

static cxm_status read_entry(reader *self, cxm_str line) {
    cxm_str phrase;
    cxm_str pattern = take_pattern(&line);
    if (line.len == 0)
        return cxm_import_add_note(self->import, self->line, pattern, "it has no category");
    cxm_status status = cxm_import_pattern(self->import, self->line, pattern, &phrase);
    while (status == CXM_OK && phrase.ptr && line.len)
        status = add_to(self, take_field(&line), pattern, phrase);
    return status;
}

static cxm_status read_entries(reader *self) {
    cxm_str line;
    while (take_line(self, &line)) {
        cxm_status status = line.len ? read_entry(self, line) : CXM_OK;
        if (status != CXM_OK)
            return tell(self, status);
    }
    return CXM_OK;
}

static cxm_status read(cxm_import *self, cxm_str bytes, cxm_error *error) {
    reader reading = {.import = self, .bytes = bytes, .error = error};
    cxm_table_init(&reading.numbers, &self->allocator);
    cxm_status status = read_categories(&reading);
    if (status == CXM_OK)
        status = read_entries(&reading);
    cxm_table_clear(&reading.numbers);
    return status;
}

const cxm_import_format cxm_import_liwc = {"liwc", read};
