/* SPDX-License-Identifier: MIT */
#include "lexicon.h"

#include "diagnostics.h"

#include <stdio.h>

cli_pack cli_pack_of(const cli_list *operands, bool with_builtin) {
    return (cli_pack){.paths = *operands, .no_builtin = operands->count > 0 && !with_builtin};
}

void cli_print_place(cxm_str file, uint32_t line) {
    cli_put(stdout, file);
    printf(":%u", (unsigned)line);
}

const char *cli_speaker_name(cxm_speaker speaker) {
    switch (speaker) {
    case CXM_SPEAKER_ANY:
        return "any";
    case CXM_SPEAKER_AGENT:
        return "agent";
    case CXM_SPEAKER_CUSTOMER:
        return "customer";
    }
    return "any";
}

cxm_role cli_speaker_role(cxm_speaker speaker) {
    return speaker == CXM_SPEAKER_AGENT      ? CXM_ROLE_AGENT
           : speaker == CXM_SPEAKER_CUSTOMER ? CXM_ROLE_CUSTOMER
                                             : CXM_ROLE_UNKNOWN;
}

cxm_status cli_transcript_of(cxm_str text, cxm_role role, cxm_transcript **out, cxm_error *error) {
    cxm_transcript_builder *builder;
    cxm_turn turn = {
        .role = role, .text = text, .start = CXM_TIME_UNKNOWN, .end = CXM_TIME_UNKNOWN};
    cxm_status status = cxm_transcript_builder_new(NULL, &builder, error);
    if (status != CXM_OK)
        return status;
    status = cxm_transcript_builder_add_turn(builder, &turn, error);
    if (status == CXM_OK)
        status = cxm_transcript_builder_finish(builder, out, error);
    if (status != CXM_OK)
        cxm_transcript_builder_free(builder);
    return status;
}
