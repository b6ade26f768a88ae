/* SPDX-License-Identifier: MIT */
#include "read/format.h"

const cxm_format *const cxm_formats[] = {
#ifdef CXM_HAVE_JSON
    &cxm_format_jsonl,
#endif
    &cxm_format_plain,
    NULL,
};
