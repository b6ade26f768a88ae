/* SPDX-License-Identifier: MIT */
/* Which sets are made use of: seen from the texts of phrases, where a set stands as <name>. */
#include "lexicon.h"

#include <string.h>

/* The next name between angle brackets; false: there is none. */
static bool next_name(cxm_str text, size_t *at, cxm_str *name) {
    const char *open = *at < text.len ? memchr(text.ptr + *at, '<', text.len - *at) : NULL;
    if (!open)
        return false;
    size_t start = (size_t)(open - text.ptr) + 1;
    const char *close = memchr(text.ptr + start, '>', text.len - start);
    size_t end = close ? (size_t)(close - text.ptr) : text.len;
    *name = (cxm_str){text.ptr + start, end - start};
    *at = end;
    return close != NULL;
}

/* Marks the members of the sets in a text. true: some of them are new. */
static bool mark(const cxm_lexicon *lexicon, cxm_str text, bool *used) {
    size_t at = 0;
    cxm_str name;
    bool any = false;
    while (next_name(text, &at, &name))
        for (size_t i = 0; i < cxm_lexicon_part_count(lexicon); i++) {
            const cxm_part *part = cxm_lexicon_part(lexicon, i);
            if (used[i] || part->kind != CXM_PART_MEMBER || part->set.len != name.len ||
                memcmp(part->set.ptr, name.ptr, name.len) != 0)
                continue;
            used[i] = true;
            any = true;
        }
    return any;
}

static void mark_expressions(const cxm_lexicon *lexicon, bool *used) {
    for (size_t i = 0; i < cxm_lexicon_behavior_count(lexicon); i++)
        mark(lexicon, cxm_lexicon_behavior(lexicon, i)->expression, used);
    for (size_t i = 0; i < cxm_lexicon_scorecard_count(lexicon); i++) {
        const cxm_scorecard *card = cxm_lexicon_scorecard(lexicon, i);
        mark(lexicon, card->given, used);
        for (size_t k = 0; k < card->criterion_count; k++) {
            mark(lexicon, card->criteria[k].given, used);
            mark(lexicon, card->criteria[k].asked, used);
        }
    }
}

void cli_find_used_members(const cxm_lexicon *lexicon, bool expressions, bool *used) {
    size_t count = cxm_lexicon_part_count(lexicon);
    bool more = true;
    for (size_t i = 0; i < count; i++)
        used[i] = cxm_lexicon_part(lexicon, i)->kind != CXM_PART_MEMBER;
    if (expressions)
        mark_expressions(lexicon, used);
    while (more) {
        more = false;
        for (size_t i = 0; i < count; i++)
            if (used[i] && mark(lexicon, cxm_lexicon_part(lexicon, i)->text, used))
                more = true;
    }
}
