/* SPDX-License-Identifier: MIT */
#include "text/regex.h"

#include "base/memory.h"
#include "base/str.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdalign.h>

/* PCRE2 frees without telling a size, our allocators want to know it: it stands in front. */
enum { HEADER = alignof(max_align_t) > sizeof(size_t) ? alignof(max_align_t) : sizeof(size_t) };

static void *take(size_t size, void *user) {
    const cxm_allocator *allocator = user;
    size_t bytes;
    if (!cxm_size_add(size, HEADER, &bytes))
        return NULL;
    char *block = allocator->resize(allocator->user, NULL, 0, bytes);
    if (!block)
        return NULL;
    *(size_t *)(void *)block = bytes;
    return block + HEADER;
}

static void give(void *ptr, void *user) {
    const cxm_allocator *allocator = user;
    if (!ptr)
        return;
    char *block = (char *)ptr - HEADER;
    cxm_release(allocator, block, *(size_t *)(void *)block);
}

struct cxm_regex {
    cxm_allocator allocator;
    pcre2_general_context *memory;
    pcre2_code *code;
    bool compiled; /* to machine code */
};

static void describe(int code, char message[128]) {
    if (pcre2_get_error_message(code, (PCRE2_UCHAR *)message, 128) < 0)
        message[0] = '\0';
}

cxm_status cxm_regex_compile(cxm_str pattern, const cxm_allocator *allocator, cxm_regex **out,
                             char message[128], size_t *offset) {
    cxm_regex *self = cxm_allocate(allocator, sizeof *self);
    *out = NULL;
    if (!self)
        return CXM_E_NOMEM;
    self->allocator = *allocator;
    self->memory = pcre2_general_context_create(take, give, &self->allocator);
    pcre2_compile_context *context =
        self->memory ? pcre2_compile_context_create(self->memory) : NULL;
    if (!context) {
        cxm_regex_free(self);
        return CXM_E_NOMEM;
    }
    int code;
    self->code =
        pcre2_compile((PCRE2_SPTR)pattern.ptr, pattern.len,
                      PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C, &code, offset, context);
    pcre2_compile_context_free(context);
    if (!self->code) {
        /* 121: "failed to allocate heap memory" */
        cxm_status status = code == 121 ? CXM_E_NOMEM : CXM_E_SYNTAX;
        describe(code, message);
        cxm_regex_free(self);
        return status;
    }
    /* Without it the interpreter matches, to the same result. */
    self->compiled = pcre2_jit_compile(self->code, PCRE2_JIT_COMPLETE) == 0;
    *out = self;
    return CXM_OK;
}

void cxm_regex_free(cxm_regex *self) {
    if (!self)
        return;
    cxm_allocator allocator = self->allocator;
    pcre2_code_free(self->code);
    pcre2_general_context_free(self->memory);
    cxm_release(&allocator, self, sizeof *self);
}

struct cxm_regex_scratch {
    cxm_allocator allocator;
    pcre2_general_context *memory;
    pcre2_match_context *limits;
    pcre2_match_data *data;
};

/* Steps of a match on a word, and on its first character alone; and what else is bounded. */
enum { MATCH_LIMIT = 10000, BEGINNING_LIMIT = 500, DEPTH_LIMIT = 1000, HEAP_LIMIT_KIB = 1024 };

cxm_regex_scratch *cxm_regex_scratch_new(const cxm_allocator *allocator) {
    cxm_regex_scratch *self = cxm_allocate(allocator, sizeof *self);
    if (!self)
        return NULL;
    self->allocator = *allocator;
    self->memory = pcre2_general_context_create(take, give, &self->allocator);
    if (self->memory) {
        self->limits = pcre2_match_context_create(self->memory);
        self->data = pcre2_match_data_create(1, self->memory);
    }
    if (!self->limits || !self->data) {
        cxm_regex_scratch_free(self);
        return NULL;
    }
    pcre2_set_match_limit(self->limits, MATCH_LIMIT);
    pcre2_set_depth_limit(self->limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(self->limits, HEAP_LIMIT_KIB);
    return self;
}

void cxm_regex_scratch_free(cxm_regex_scratch *self) {
    if (!self)
        return;
    cxm_allocator allocator = self->allocator;
    pcre2_match_data_free(self->data);
    pcre2_match_context_free(self->limits);
    pcre2_general_context_free(self->memory);
    cxm_release(&allocator, self, sizeof *self);
}

bool cxm_regex_match(const cxm_regex *self, cxm_regex_scratch *scratch, cxm_str word) {
    PCRE2_SPTR text = (PCRE2_SPTR)word.ptr;
    /* Each new word is put to all expressions, and pcre2_match() would check much each time. */
    if (self->compiled)
        return pcre2_jit_match(self->code, text, word.len, 0, 0, scratch->data, scratch->limits) >=
               0;
    return pcre2_match(self->code, text, word.len, 0, PCRE2_NO_UTF_CHECK, scratch->data,
                       scratch->limits) >= 0;
}

/* A subject of one character, of which more may follow: PCRE2 tells whether none of that could
 * match from its start, which is where alone an anchored expression is looked for. Nearly all words
 * begin with small letters or digits. */
void cxm_regex_beginnings(const cxm_regex *self, cxm_regex_scratch *scratch, uint64_t out[2]) {
    static const char characters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    uint32_t options = 0;
    out[0] = UINT64_MAX;
    out[1] = UINT64_MAX;
    pcre2_pattern_info(self->code, PCRE2_INFO_ALLOPTIONS, &options);
    if (!(options & PCRE2_ANCHORED))
        return;
    pcre2_set_match_limit(scratch->limits, BEGINNING_LIMIT);
    for (const char *c = characters; *c; c++)
        if (pcre2_match(self->code, (PCRE2_SPTR)c, 1, 0, PCRE2_PARTIAL_HARD, scratch->data,
                        scratch->limits) == PCRE2_ERROR_NOMATCH)
            out[*c / 64] &= ~(UINT64_C(1) << (*c % 64));
    pcre2_set_match_limit(scratch->limits, MATCH_LIMIT);
}

char cxm_regex_needs(const cxm_regex *self) {
    uint32_t known = 0;
    uint32_t needed = 0;
    pcre2_pattern_info(self->code, PCRE2_INFO_LASTCODETYPE, &known);
    pcre2_pattern_info(self->code, PCRE2_INFO_LASTCODEUNIT, &needed);
    return known && needed < 128 ? cxm_ascii_lower((char)needed) : '\0';
}

cxm_status cxm_regex_groups(const cxm_regex *self, cxm_str text, const char *const *names,
                            size_t count, cxm_str *found) {
    cxm_regex_scratch *scratch = cxm_regex_scratch_new(&self->allocator);
    pcre2_match_data *data = pcre2_match_data_create_from_pattern(self->code, self->memory);
    cxm_status status = scratch && data ? CXM_OK : CXM_E_NOMEM;
    for (size_t i = 0; i < count; i++)
        found[i] = (cxm_str){"", 0};
    if (!status &&
        pcre2_match(self->code, (PCRE2_SPTR)text.ptr, text.len, 0, 0, data, scratch->limits) < 0)
        status = CXM_E_NOT_FOUND;
    for (size_t i = 0; i < count && !status; i++) {
        int number = pcre2_substring_number_from_name(self->code, (PCRE2_SPTR)names[i]);
        if (number <= 0)
            continue;
        const PCRE2_SIZE *span = pcre2_get_ovector_pointer(data) + 2 * number;
        if (span[0] != PCRE2_UNSET && span[1] > span[0])
            found[i] = (cxm_str){text.ptr + span[0], span[1] - span[0]};
    }
    pcre2_match_data_free(data);
    cxm_regex_scratch_free(scratch);
    return status;
}
