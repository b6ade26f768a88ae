/* SPDX-License-Identifier: MIT */
/* Doing something again and again, each time with another of its allocations failing. */
#ifndef CXM_TESTS_FAILING_H
#define CXM_TESTS_FAILING_H

#include "support.h"

/* Does something with memory that may fail, which is a meter's, and frees what it made of it; gives
 * the first failure. */
typedef cxm_status (*scenario)(void *given, const cxm_allocator *allocator, cxm_error *error);

/* How each allocation is made to fail. */
typedef struct failing {
    const char *name;
    scenario run;
    void *given;
    size_t step;           /* behind the first hundred allocations; 0: each */
    size_t most_tolerated; /* how often it may go well though an allocation failed */
} failing;

/* Asserts that want of memory is told as such and that nothing is left behind: with each allocation
 * failing alone, and with all behind it. */
void fail_each_allocation(const failing *self);

#endif
