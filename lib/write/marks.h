/* SPDX-License-Identifier: MIT */
/* The marks of a turn, put together from hits in any order, which may overlap. */
#ifndef CXM_WRITE_MARKS_H
#define CXM_WRITE_MARKS_H

#include "write/writer.h"

/* Adds a mark to those of the writer; of places that are marked already only the rest. */
void cxm_marks_add(cxm_writer *self, size_t start, size_t end, const char *paint);

#endif
