/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as an expression: what is wrong is told, with a place in it; what is right is asked of
 * conversations with and without times, and of their beginnings.
 */
#include "invariants.h"

#include <stdlib.h>
#include <string.h>

static const char pack[] = "cxmine: 1\nlanguage: xx\n"
                           "sets: {s: [aa bb, dd]}\n"
                           "categories:\n"
                           "  x.a: {phrases: [aa]}\n"
                           "  x.b: {phrases: [bb, aa bb]}\n"
                           "  y.c: {speaker: agent, phrases: [cc]}\n"
                           "behaviors:\n"
                           "  near: {expression: x.a with x.b within 2 turns}\n"
                           "  whole: {expression: not y.c}\n";

typedef struct line {
    cxm_role role;
    cxm_turn_kind kind;
    double start;
    const char *text;
} line;

static const line lines[] = {
    {CXM_ROLE_AGENT, CXM_TURN_SPEECH, 0, "aa bb ee cc"},
    {CXM_ROLE_CUSTOMER, CXM_TURN_SPEECH, 3, "bb dd dd"},
    {CXM_ROLE_CUSTOMER, CXM_TURN_EVENT, 4, "aa"},
    {CXM_ROLE_CUSTOMER, CXM_TURN_SPEECH, 3.5, "aa ee"},
    {CXM_ROLE_AGENT, CXM_TURN_SPEECH, CXM_TIME_UNKNOWN, "cc aa"},
    {CXM_ROLE_UNKNOWN, CXM_TURN_SPEECH, 9, "aa bb cc dd"},
};

enum { LINES = sizeof lines / sizeof *lines };

static cxm_transcript *new_conversation(size_t turns, bool timed) {
    cxm_transcript_builder *builder;
    cxm_transcript *transcript;
    require(cxm_transcript_builder_new(NULL, &builder, NULL) == CXM_OK);
    require(cxm_transcript_builder_add_meta(builder, cxm_str_from("queue"),
                                            cxm_str_from("2026-01-31"), NULL) == CXM_OK);
    for (size_t i = 0; i < turns; i++) {
        cxm_turn turn = {.speaker = cxm_str_from(cxm_role_name(lines[i].role)),
                         .role = lines[i].role,
                         .kind = lines[i].kind,
                         .start = timed ? lines[i].start : CXM_TIME_UNKNOWN,
                         .end = CXM_TIME_UNKNOWN,
                         .text = cxm_str_from(lines[i].text)};
        require(cxm_transcript_builder_add_turn(builder, &turn, NULL) == CXM_OK);
    }
    require(cxm_transcript_builder_finish(builder, &transcript, NULL) == CXM_OK);
    return transcript;
}

static void check_answer(const cxm_answer *answer, const cxm_result *result) {
    require(answer->holds == (answer->finding_count > 0));
    for (size_t i = 0; i < answer->finding_count; i++) {
        const cxm_finding *finding = &answer->findings[i];
        bool whole = finding->hit == CXM_NONE;
        require(whole ? answer->finding_count == 1 : finding->hit < result->all_hit_count);
        require(i == 0 || finding[-1].hit < finding->hit);
        require(finding->evidence_count <= 16);
        for (size_t k = 0; k < finding->evidence_count; k++)
            require(finding->evidence[k] < result->all_hit_count);
    }
}

/* Findings that are certain before the end, as numbers of hits. */
static size_t certain_by(const cxm_answer *answer, size_t turns, uint32_t *hits) {
    size_t count = 0;
    for (size_t i = 0; i < answer->finding_count; i++)
        if (answer->findings[i].certain_turn < turns)
            hits[count++] = answer->findings[i].hit;
    return count;
}

enum { HITS = 64 };

static void ask(const cxm_lexicon *lexicon, bool timed) {
    uint32_t of_whole[HITS];
    uint32_t of_part[HITS];
    const cxm_answer *answer;
    const cxm_explanation *explanation;
    const cxm_judgement *judgement;
    const cxm_result *result;
    cxm_miner *miner;
    cxm_judge *judge;
    cxm_transcript *whole = new_conversation(LINES, timed);
    require(cxm_miner_new(lexicon, NULL, &miner, NULL) == CXM_OK);
    require(cxm_judge_new(lexicon, NULL, &judge, NULL) == CXM_OK);
    for (size_t turns = 0; turns <= LINES; turns++) {
        cxm_transcript *part = new_conversation(turns, timed);
        require(cxm_mine(miner, part, &result, NULL) == CXM_OK);
        require(cxm_judge_query(judge, part, result, 0, &answer, NULL) == CXM_OK);
        check_answer(answer, result);
        bool holds = answer->holds;
        size_t count = certain_by(answer, turns, of_part);
        require(cxm_judge_explain_query(judge, part, result, 0, &explanation, NULL) == CXM_OK);
        require(explanation->holds == holds);
        require(holds || explanation->shortfall_count > 0);
        require(cxm_judge_run(judge, part, result, &judgement, NULL) == CXM_OK);
        cxm_transcript_free(part);
        require(cxm_mine(miner, whole, &result, NULL) == CXM_OK);
        require(cxm_judge_query(judge, whole, result, 0, &answer, NULL) == CXM_OK);
        require(certain_by(answer, turns, of_whole) == count);
        require(memcmp(of_whole, of_part, count * sizeof *of_part) == 0);
    }
    cxm_transcript_free(whole);
    cxm_judge_free(judge);
    cxm_miner_free(miner);
}

static void count_error(void *user, const cxm_error *error) {
    const size_t *len = user;
    check_error(error, *len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    cxm_lexicon_builder *builder;
    cxm_lexicon *lexicon = NULL;
    cxm_error error;
    cxm_lexicon_options options = CXM_LEXICON_OPTIONS_INIT;
    options.report = count_error;
    options.report_user = &size;
    require(cxm_lexicon_builder_new(&options, &builder, NULL) == CXM_OK);
    require(cxm_lexicon_builder_add_bytes(builder, cxm_str_from("pack.yaml"), cxm_str_from(pack),
                                          NULL) == CXM_OK);
    require(cxm_lexicon_builder_add_query(builder, cxm_str_from("asked"),
                                          (cxm_str){size ? (const char *)data : "", size},
                                          NULL) == CXM_OK);
    cxm_status status = cxm_lexicon_builder_build(builder, &lexicon, &error);
    require((status == CXM_OK) == (lexicon != NULL));
    if (lexicon) {
        ask(lexicon, false);
        ask(lexicon, true);
    } else {
        check_error(&error, size);
    }
    cxm_lexicon_free(lexicon);
    cxm_lexicon_builder_free(builder);
    return 0;
}
