/* SPDX-License-Identifier: MIT */
/* The names of what a transcript's enums stand for. */
#include "base/str.h"

#include <cxmine/transcript.h>

static const char *const roles[CXM_ROLE_COUNT] = {
    [CXM_ROLE_UNKNOWN] = "unknown", [CXM_ROLE_AGENT] = "agent", [CXM_ROLE_CUSTOMER] = "customer",
    [CXM_ROLE_BOT] = "bot",         [CXM_ROLE_OTHER] = "other",
};

static const char *const sources[CXM_ROLE_SOURCE_COUNT] = {
    [CXM_ROLE_FROM_NOTHING] = "none", [CXM_ROLE_FROM_RULE] = "rule",
    [CXM_ROLE_FROM_FILE] = "file",    [CXM_ROLE_FROM_LABEL] = "label",
    [CXM_ROLE_FROM_WORDS] = "words",
};

static const char *const kinds[CXM_TURN_KIND_COUNT] = {
    [CXM_TURN_SPEECH] = "speech", [CXM_TURN_EVENT] = "event", [CXM_TURN_NOTE] = "note"};

/* The index of a name, in any case; -1: it is none of them. */
static int find(const char *const *names, int count, cxm_str name) {
    for (int i = 0; i < count; i++)
        if (cxm_str_equal_nocase(name, cxm_str_from(names[i])))
            return i;
    return -1;
}

const char *cxm_role_name(cxm_role role) {
    return roles[(unsigned)role < CXM_ROLE_COUNT ? role : CXM_ROLE_UNKNOWN];
}

bool cxm_role_parse(cxm_str name, cxm_role *role) {
    int index = find(roles, CXM_ROLE_COUNT, name);
    if (index >= 0)
        *role = (cxm_role)index;
    return index >= 0;
}

const char *cxm_role_source_name(cxm_role_source source) {
    return sources[(unsigned)source < CXM_ROLE_SOURCE_COUNT ? source : CXM_ROLE_FROM_NOTHING];
}

bool cxm_role_source_parse(cxm_str name, cxm_role_source *source) {
    int index = find(sources, CXM_ROLE_SOURCE_COUNT, name);
    if (index >= 0)
        *source = (cxm_role_source)index;
    return index >= 0;
}

const char *cxm_turn_kind_name(cxm_turn_kind kind) {
    return kinds[(unsigned)kind < CXM_TURN_KIND_COUNT ? kind : CXM_TURN_SPEECH];
}

bool cxm_turn_kind_parse(cxm_str name, cxm_turn_kind *kind) {
    int index = find(kinds, CXM_TURN_KIND_COUNT, name);
    if (index >= 0)
        *kind = (cxm_turn_kind)index;
    return index >= 0;
}
