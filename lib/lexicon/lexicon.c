/* SPDX-License-Identifier: MIT */
#include "lexicon/lexicon.h"

#include "base/str.h"
#include "text/fold.h"

void cxm_lexicon_free(cxm_lexicon *self) {
    if (!self)
        return;
    cxm_allocator allocator = self->allocator;
    for (size_t i = 0; i < self->regex_count; i++)
        cxm_regex_free(self->regexes[i].regex);
    cxm_release(&allocator, self->regexes, self->regex_capacity * sizeof *self->regexes);
    cxm_release(&allocator, self->program, self->program_capacity * sizeof *self->program);
    cxm_release(&allocator, self->slip_words, self->slip_capacity * sizeof *self->slip_words);
    cxm_table_clear(&self->literals);
    cxm_table_clear(&self->prefixes);
    cxm_table_clear(&self->stems);
    cxm_table_clear(&self->excepted);
    cxm_table_clear(&self->roles);
    cxm_language_clear(&self->language);
    cxm_arena_clear(&self->arena);
    cxm_release(&allocator, self, sizeof *self);
}

size_t cxm_lexicon_category_count(const cxm_lexicon *self) {
    return self->category_count;
}

const cxm_category *cxm_lexicon_category(const cxm_lexicon *self, size_t index) {
    return index < cxm_lexicon_all_categories(self) ? &self->categories[index] : NULL;
}

bool cxm_find_name(const void *items, size_t count, size_t size, cxm_str name, uint32_t *index) {
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        cxm_str found;
        memcpy(&found, (const char *)items + middle * size, sizeof found);
        int order = cxm_str_compare(found, name);
        if (order == 0) {
            *index = (uint32_t)middle;
            return true;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

bool cxm_lexicon_find_category(const cxm_lexicon *self, cxm_str name, uint32_t *index) {
    return cxm_find_name(self->categories, self->category_count, sizeof *self->categories, name,
                         index);
}

size_t cxm_lexicon_phrase_count(const cxm_lexicon *self) {
    return self->phrase_count;
}

const cxm_phrase *cxm_lexicon_phrase(const cxm_lexicon *self, size_t index) {
    size_t all = self->phrase_count + self->hidden_count; /* a hidden category has one phrase */
    return index < all ? &self->phrases[index] : NULL;
}

size_t cxm_lexicon_test_count(const cxm_lexicon *self) {
    return self->test_count;
}

const cxm_lexicon_test *cxm_lexicon_test_at(const cxm_lexicon *self, size_t index) {
    return index < self->test_count ? &self->tests[index] : NULL;
}

static bool is_numbering(char c) {
    return cxm_is_digit(c) || cxm_is_space(c) || c == '_' || c == '-' || c == '#' || c == '.' ||
           c == '*' || c == ':';
}

/* Without what numbers or decorates a label: "**AGENT_01**" is "AGENT". */
static cxm_str bare_label(cxm_str label) {
    while (label.len && is_numbering(label.ptr[label.len - 1]))
        label.len--;
    while (label.len && (cxm_is_space(label.ptr[0]) || label.ptr[0] == '*')) {
        label.ptr++;
        label.len--;
    }
    return label;
}

static cxm_role known_role(const cxm_lexicon *self, cxm_str label) {
    cxm_folded folded;
    if (!cxm_fold(cxm_str_trim(label), &folded))
        return CXM_ROLE_UNKNOWN;
    uint32_t *role = cxm_table_find(&self->roles, cxm_folded_str(&folded));
    if (!role) {
        if (!cxm_fold(bare_label(label), &folded))
            return CXM_ROLE_UNKNOWN;
        role = cxm_table_find(&self->roles, cxm_folded_str(&folded));
    }
    return role ? (cxm_role)*role : CXM_ROLE_UNKNOWN;
}

cxm_role cxm_lexicon_role_of(const cxm_lexicon *self, cxm_str label) {
    cxm_role role = known_role(self, label);
    const char *open = label.len ? memchr(label.ptr, '(', label.len) : NULL;
    if (role != CXM_ROLE_UNKNOWN || !open)
        return role;
    /* "Dana (Agent)" and "Agent (Dana)" */
    size_t at = (size_t)(open - label.ptr);
    const char *close = memchr(open, ')', label.len - at);
    if (!close)
        return role;
    role = known_role(self, cxm_str_slice(label, at + 1, (size_t)(close - label.ptr)));
    return role != CXM_ROLE_UNKNOWN ? role : known_role(self, cxm_str_slice(label, 0, at));
}
