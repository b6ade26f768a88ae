/* SPDX-License-Identifier: MIT */
/* Which role a speaker has: said by the user, by the lexicon, or by the name of a role. */
#include "read/format.h"

enum {
    REMEMBERED = sizeof(((cxm_role_memory *)0)->recent) / sizeof(((cxm_role_memory *)0)->recent[0])
};

bool cxm_reader_rule(const cxm_reader *self, cxm_str speaker, cxm_role *role) {
    cxm_str label = cxm_str_trim(speaker);
    for (size_t i = 0; i < self->options.role_count; i++) {
        const cxm_role_rule *rule = &self->options.roles[i];
        if (cxm_str_equal_nocase(cxm_str_trim(rule->speaker), label)) {
            *role = rule->role;
            return true;
        }
    }
    return false;
}

bool cxm_reader_label(const cxm_reader *self, cxm_str label, cxm_role *role) {
    if (self->options.lexicon) {
        cxm_role known = cxm_lexicon_role_of(self->options.lexicon, label);
        if (known != CXM_ROLE_UNKNOWN) {
            *role = known;
            return true;
        }
    }
    return cxm_role_parse(cxm_str_trim(label), role);
}

cxm_role cxm_reader_role(const cxm_reader *self, cxm_role_memory *memory, cxm_str speaker,
                         cxm_role from_file, cxm_role_source *source) {
    size_t known = 0;
    while (known < REMEMBERED && !(memory->recent[known].label.ptr &&
                                   cxm_str_equal(memory->recent[known].label, speaker)))
        known++;
    if (known == REMEMBERED) {
        known = memory->next++ % REMEMBERED;
        cxm_role role = CXM_ROLE_UNKNOWN;
        bool by_rule = cxm_reader_rule(self, speaker, &role);
        if (!by_rule)
            cxm_reader_label(self, speaker, &role);
        memory->recent[known].label = speaker.ptr ? speaker : CXM_STR("");
        memory->recent[known].role = role;
        memory->recent[known].by_rule = by_rule;
    }
    if (!memory->recent[known].by_rule && from_file != CXM_ROLE_UNKNOWN) {
        *source = CXM_ROLE_FROM_FILE;
        return from_file;
    }
    *source = memory->recent[known].by_rule ? CXM_ROLE_FROM_RULE : CXM_ROLE_FROM_LABEL;
    return memory->recent[known].role;
}
