/* SPDX-License-Identifier: MIT */
#include "budget.h"

#include <stdlib.h>

static void *budgeted(void *user, void *ptr, size_t old_size, size_t new_size) {
    budget *self = user;
    if (new_size == 0) {
        self->live -= old_size;
        free(ptr);
        return NULL;
    }
    if (self->most && ++self->calls > self->most)
        return NULL;
    void *moved = realloc(ptr, new_size);
    if (!moved)
        abort();
    self->live += new_size - old_size;
    return moved;
}

cxm_allocator budget_allocator(budget *self) {
    return (cxm_allocator){budgeted, self};
}
