/* SPDX-License-Identifier: MIT */
/* Which role a speaker has: said by the user, by the lexicon, or by the name of a role. */
#include "read/format.h"

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
