/* SPDX-License-Identifier: MIT */
/* What the name of a file says of the conversation in it, by a pattern of the caller. */
#include "base/utf8.h"
#include "read/format.h"
#include "text/regex.h"

static cxm_status compile(const char *pattern, const cxm_allocator *allocator, cxm_regex **out,
                          cxm_error *error) {
    char message[128];
    size_t offset = 0;
    cxm_str text = cxm_str_from(pattern);
    if (text.len > CXM_REGEX_MAX_BYTES)
        return cxm_fail(error, CXM_E_ARGUMENT, "the pattern for names has more than %d bytes",
                        CXM_REGEX_MAX_BYTES);
    cxm_status status = cxm_regex_compile(text, allocator, out, message, &offset);
    if (status == CXM_E_NOMEM)
        return cxm_fail_memory(error);
    if (status)
        return cxm_fail(error, CXM_E_ARGUMENT, "the pattern for names, at byte %zu: %s", offset,
                        message);
    return CXM_OK;
}

cxm_status cxm_source_ask(const cxm_reader_options *options, const cxm_allocator *allocator,
                          cxm_source_says *says, cxm_error *error) {
    static const char *const names[] = {"id", "agent", "customer", "date"};
    cxm_str found[4];
    cxm_regex *regex;
    *says = (cxm_source_says){.id = {"", 0}};
    if (!options->name_pattern)
        return CXM_OK;
    cxm_status status = compile(options->name_pattern, allocator, &regex, error);
    if (status)
        return status;
    if (options->source.len && cxm_utf8_valid(options->source.ptr, options->source.len)) {
        status = cxm_regex_groups(regex, options->source, names, 4, found);
        if (!status)
            *says = (cxm_source_says){found[0], found[1], found[2], found[3]};
    }
    cxm_regex_free(regex);
    return status == CXM_E_NOMEM ? cxm_fail_memory(error) : CXM_OK;
}
