/* SPDX-License-Identifier: MIT */
/* Why an expression does not hold. */
#ifndef CXM_CLI_EXPLAIN_H
#define CXM_CLI_EXPLAIN_H

#include <cxmine.h>

/* Explains the lexicon's first query, which is `expression`; one that only names a behavior is
 * explained by what stands behind the name. As cxm_judge_explain_query(). */
cxm_status cli_explain(cxm_judge *judge, const cxm_lexicon *lexicon, const char *expression,
                       const cxm_transcript *transcript, const cxm_result *result,
                       const cxm_explanation **out, cxm_error *error);

#endif
