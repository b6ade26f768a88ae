/* SPDX-License-Identifier: MIT */
/* Who is who, in JSON. */
#include "write/speakers.h"

#include "write/json.h"

static void add_speaker(cxm_buffer *out, const cxm_transcript *transcript, const cxm_result *result,
                        size_t turn) {
    cxm_buffer_add_char(out, '{');
    cxm_json_string_member(out, "speaker", cxm_transcript_turn(transcript, turn)->speaker);
    cxm_json_string_member(out, "role", cxm_str_from(cxm_role_name(result->roles[turn])));
    cxm_json_string_member(out, "role_source",
                           cxm_str_from(cxm_role_source_name(cxm_write_role_source(result, turn))));
    if (result->role_confidences) {
        cxm_json_key(out, "confidence");
        cxm_buffer_add_number(out, result->role_confidences[turn], 2);
    }
    cxm_buffer_add_char(out, '}');
}

void cxm_write_speakers(cxm_buffer *out, const cxm_transcript *transcript,
                        const cxm_result *result) {
    size_t speaker = 0; /* they are numbered in the order in which they first speak */
    cxm_json_key(out, "speakers");
    cxm_buffer_add_char(out, '[');
    for (size_t i = 0; i < result->turn_count; i++) {
        if (cxm_transcript_speaker_of(transcript, i) != speaker)
            continue;
        if (speaker++)
            cxm_buffer_add_char(out, ',');
        add_speaker(out, transcript, result, i);
    }
    cxm_buffer_add_char(out, ']');
}
