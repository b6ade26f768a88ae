/* SPDX-License-Identifier: MIT */
#include "read/format.h"

/* clang-format off */
const cxm_format *const cxm_formats[] = {
#ifdef CXM_HAVE_JSON
    &cxm_format_jsonl,
    &cxm_format_live,
#endif
    &cxm_format_vtt,
    &cxm_format_srt,
    &cxm_format_sbv,
    &cxm_format_whisper_text,
    &cxm_format_csv,
    &cxm_format_html,
    &cxm_format_plain,
    NULL,
};
