/* SPDX-License-Identifier: MIT */
/* A dialogue of a pack as a conversation. */
#include <cxmine/behavior.h>

static cxm_status add_lines(const cxm_dialogue *self, cxm_transcript_builder *builder,
                            cxm_error *error) {
    cxm_status status = CXM_OK;
    for (size_t i = 0; i < self->line_count && !status; i++) {
        const cxm_dialogue_line *line = &self->lines[i];
        cxm_turn turn = {.speaker = line->speaker,
                         .role = line->role,
                         .text = line->text,
                         .start = CXM_TIME_UNKNOWN,
                         .end = CXM_TIME_UNKNOWN,
                         .role_source = CXM_ROLE_FROM_RULE};
        status = cxm_transcript_builder_add_turn(builder, &turn, error);
    }
    return status;
}

cxm_status cxm_dialogue_transcript(const cxm_dialogue *self, const cxm_allocator *allocator,
                                   cxm_transcript **out, cxm_error *error) {
    cxm_transcript_options options = CXM_TRANSCRIPT_OPTIONS_INIT;
    cxm_transcript_builder *builder;
    options.allocator = allocator;
    *out = NULL;
    cxm_status status = cxm_transcript_builder_new(&options, &builder, error);
    if (status)
        return status;
    status = add_lines(self, builder, error);
    if (!status)
        status = cxm_transcript_builder_finish(builder, out, error);
    if (status)
        cxm_transcript_builder_free(builder);
    return status;
}
