/* SPDX-License-Identifier: MIT */
#include "explain.h"

cxm_status cli_explain(cxm_judge *judge, const cxm_lexicon *lexicon, const char *expression,
                       const cxm_transcript *transcript, const cxm_result *result,
                       const cxm_explanation **out, cxm_error *error) {
    uint32_t behavior;
    if (cxm_lexicon_find_behavior(lexicon, cxm_str_from(expression), &behavior))
        return cxm_judge_explain_behavior(judge, transcript, result, behavior, out, error);
    return cxm_judge_explain_query(judge, transcript, result, 0, out, error);
}
