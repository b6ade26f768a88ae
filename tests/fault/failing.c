/* SPDX-License-Identifier: MIT */
#include "failing.h"

#include <stdio.h>

static void check_outcome(const char *name, const meter *counter, cxm_status status,
                          const cxm_error *error, size_t n) {
    if (status != CXM_OK) {
        ck_assert_msg(status == CXM_E_NOMEM, "%s, allocation %zu: %s", name, n,
                      cxm_status_name(status));
        ck_assert_msg(error->code == CXM_E_NOMEM && strcmp(error->message, "out of memory") == 0,
                      "%s, allocation %zu: %s", name, n, error->message);
        ck_assert_msg(counter->failed, "%s: no memory, but none failed", name);
    }
    ck_assert_msg(counter->live == 0 && counter->blocks == 0,
                  "%s, allocation %zu: %zu bytes left in %zu blocks", name, n, counter->live,
                  counter->blocks);
}

static void fail_each(const failing *self, bool all_on) {
    enum { FIRST = 100 };
    size_t tolerated = 0;
    for (size_t n = 1;; n += n < FIRST || !self->step ? 1 : self->step) {
        meter counter = {.fail_at = n, .fail_on = all_on};
        cxm_allocator allocator = meter_allocator(&counter);
        cxm_error error = {.code = CXM_OK};
        cxm_status status = self->run(self->given, &allocator, &error);
        check_outcome(self->name, &counter, status, &error, n);
        if (!counter.failed) {
            ck_assert_int_eq(status, CXM_OK);
            printf("# %s: %zu allocations%s\n", self->name, counter.calls,
                   all_on ? ", all from n on" : "");
            break;
        }
        tolerated += status == CXM_OK;
    }
    ck_assert_uint_le(tolerated, self->most_tolerated);
}

void fail_each_allocation(const failing *self) {
    fail_each(self, false);
    fail_each(self, true);
}
