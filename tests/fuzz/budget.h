/* SPDX-License-Identifier: MIT */
/* Memory that runs out after so many calls. */
#ifndef CXM_FUZZ_BUDGET_H
#define CXM_FUZZ_BUDGET_H

#include <cxmine.h>

typedef struct budget {
    size_t live; /* bytes */
    size_t calls;
    size_t most; /* calls that get memory; 0: all */
} budget;

cxm_allocator budget_allocator(budget *self);

#endif
