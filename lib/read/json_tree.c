/* SPDX-License-Identifier: MIT */
#include "base/str.h"
#include "read/json.h"

void cxm_json_members(const cxm_json_value *object, const cxm_str *names, size_t count,
                      const cxm_json_value **found) {
    for (size_t i = 0; i < count; i++)
        found[i] = NULL;
    const cxm_json_value *member = cxm_json_first(object);
    for (; member; member = cxm_json_next(object, member))
        for (size_t i = 0; i < count; i++)
            if (cxm_str_equal(names[i], member->key)) {
                found[i] = member;
                break;
            }
}
