/* SPDX-License-Identifier: MIT */
#include <cxmine/base.h>
#include <string.h>

const char *cxm_version(void) {
    return CXM_VERSION;
}

cxm_str cxm_str_from(const char *text) {
    return (cxm_str){text, text ? strlen(text) : 0};
}

const char *cxm_status_name(cxm_status status) {
    switch (status) {
    case CXM_OK:
        return "ok";
    case CXM_E_NOMEM:
        return "out of memory";
    case CXM_E_ARGUMENT:
        return "wrong argument";
    case CXM_E_ENCODING:
        return "encoding error";
    case CXM_E_SYNTAX:
        return "syntax error";
    case CXM_E_LIMIT:
        return "limit exceeded";
    case CXM_E_IO:
        return "input/output error";
    case CXM_E_NOT_FOUND:
        return "not found";
    }
    return "unknown status";
}
