/* SPDX-License-Identifier: MIT */
#include "base/str.h"

#include <cxmine/transcript.h>

static const char *const names[CXM_ROLE_COUNT] = {
    [CXM_ROLE_UNKNOWN] = "unknown", [CXM_ROLE_AGENT] = "agent", [CXM_ROLE_CUSTOMER] = "customer",
    [CXM_ROLE_BOT] = "bot",         [CXM_ROLE_OTHER] = "other",
};

const char *cxm_role_name(cxm_role role) {
    return names[(unsigned)role < CXM_ROLE_COUNT ? role : CXM_ROLE_UNKNOWN];
}

bool cxm_role_parse(cxm_str name, cxm_role *role) {
    for (int i = 0; i < CXM_ROLE_COUNT; i++)
        if (cxm_str_equal_nocase(name, cxm_str_from(names[i]))) {
            *role = (cxm_role)i;
            return true;
        }
    return false;
}
