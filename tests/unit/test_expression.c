/* SPDX-License-Identifier: MIT */
/*
 * Expressions: what is wrong with one is told where it is; what each operator finds; how tightly
 * they bind; the examples of lexicons/README.md.
 */
#include "judging.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- Errors ---- */

static cxm_error query_error(const char *expression, size_t len) {
    cxm_lexicon_builder *builder;
    cxm_lexicon *lexicon = NULL;
    cxm_error error = {.code = CXM_OK};
    ck_assert_int_eq(cxm_lexicon_builder_new(NULL, &builder, NULL), CXM_OK);
    ck_assert_int_eq(cxm_lexicon_builder_add_bytes(builder, CXM_STR("judging.yaml"),
                                                   cxm_str_from(judging_pack), NULL),
                     CXM_OK);
    ck_assert_int_eq(
        cxm_lexicon_builder_add_query(builder, CXM_STR("asked"), (cxm_str){expression, len}, NULL),
        CXM_OK);
    cxm_status status = cxm_lexicon_builder_build(builder, &lexicon, &error);
    ck_assert_msg(status == CXM_E_SYNTAX || status == CXM_E_LIMIT, "no error in %.60s", expression);
    ck_assert_ptr_null(lexicon);
    cxm_lexicon_builder_free(builder);
    return error;
}

typedef struct error_case {
    const char *expression;
    const char *caret; /* under the byte that is pointed at */
    const char *message;
} error_case;

static const error_case errors[] = {
    {"x.c", "^", "no category or behavior 'x.c'; did you mean 'x.a'?"},
    {"agent:y.c with naer", "               ^", "did you mean 'near'?"},
    {"q.nothing_like_it", "^", "expected one of the lexicon"},
    {"w.*", "^", "no family 'w.*'"},
    {"agnt:x.a", "^", "no role 'agnt'; did you mean 'agent'?"},
    {"nobody_here:x.a", "^", "expected agent, customer, bot"},
    {"customer:y.c", "^", "never found in turns of that role"},
    {"agent:\"aa bb", "      ^", "never closed"},
    {"\"\"", "^", "an empty phrase"},
    {"x.a and \"(aa\"", "         ^", "never closed"},
    {"x.a with <nothing>", "         ^", "no set"},
    {"x.a with <s", "         ^", "no name of a set"},
    {"(x.a or x.b", "^", "this ( is never closed"},
    {"x.a)", "   ^", "expected and, or"},
    {"()", " ^", "expected a category"},
    {"", "^", "it ends here; expected a category"},
    {"x.a and", "       ^", "it ends here"},
    {"x.a x.b", "    ^", "'x.b' here; expected and, or"},
    {"x.a withot x.b", "    ^", "did you mean 'without'?"},
    {"x.a within 3 turns", "    ^", "'within' here"},
    {"x.a with x.b within -1 turns", "                    ^", "a negative number"},
    {"x.a with x.b within 1.5 turns", "                    ^", "no whole number"},
    {"x.a with x.b within 2000000 words", "                    ^", "a number above"},
    {"x.a with x.b within 3 hours", "                      ^", "expected turns, words or seconds"},
    {"x.a with x.b within 3 percent", "                      ^", "expected turns, words"},
    {"x.a in first 3 words", "               ^", "expected turns, seconds or percent"},
    {"x.a in first 101 percent", "             ^", "more than 100 percent"},
    {"x.a in middle 3 turns", "       ^", "expected first or last"},
    {"at last 3 x.a", "   ^", "expected least or most"},
    {"at least 1.5 x.a", "         ^", "no whole number"},
    {"at least x.a", "         ^", "expected a whole number"},
    {"x.a with at least 2 x.b", "         ^", "'at' here; expected a category"},
    {"(not x.a) with x.b", " ^", "has no place"},
    {"x.a without (not x.b)", "^", "has no place"},
    {"at least 2 (not x.a)", "^", "has no place"},
    {"x.a where", "         ^", "expected meta.KEY, or a measure"},
    {"x.a where durations > 3", "          ^", "did you mean 'duration'?"},
    {"x.a where talk_share > 3", "          ^", "whose talk_share?"},
    {"x.a where agent.duration > 3", "          ^", "no role before it"},
    {"x.a where words", "               ^", "expected =, !="},
    {"x.a where words > many", "                  ^", "compared with a number"},
    {"x.a where meta. = 3", "                ^", "a key of the metadata"},
    {"x.a where meta.q = 3 and x.b", "                         ^", "'x.b' here; expected meta.KEY"},
    {"x.a where (meta.q = 3", "          ^", "never closed"},
    {"x.a \xE2\x80\x9C"
     "aa",
     "    ^", "here; expected and, or"},
};

START_TEST(errors_point_at_their_place) {
    const error_case *given = &errors[_i];
    cxm_error error = query_error(given->expression, strlen(given->expression));
    ck_assert_msg(strstr(error.message, given->message) != NULL, "%s: %s", given->expression,
                  error.message);
    ck_assert_str_eq(error.file, "asked");
    ck_assert_uint_eq(error.line, 1);
    ck_assert_msg(error.column == strlen(given->caret), "%s: column %u: %s", given->expression,
                  error.column, error.message);
}
END_TEST

START_TEST(what_is_too_much_is_told_at_once) {
    size_t len;
    char *text = repeat("(", 10000, &len);
    cxm_error error = query_error(text, len);
    ck_assert_int_eq(error.code, CXM_E_LIMIT);
    ck_assert_uint_eq(error.column, 65);
    free(text);
    text = repeat("x.a or ", 150000, &len);
    ck_assert_int_eq(query_error(text, len).code, CXM_E_LIMIT);
    free(text);
    text = repeat("not ", 5000, &len);
    ck_assert_int_eq(query_error(text, len).code, CXM_E_LIMIT);
    free(text);
    text = repeat("x.a then ", 100, &len);
    ck_assert_int_eq(query_error(text, len).code, CXM_E_LIMIT);
    free(text);
}
END_TEST

/* ---- What operators find ---- */

/* When a turn starts, where "@SECONDS" ends its text. */
static double take_start(cxm_str *text) {
    char number[32] = "";
    const char *sign = memchr(text->ptr, '@', text->len);
    if (!sign)
        return CXM_TIME_UNKNOWN;
    size_t at = (size_t)(sign - text->ptr);
    ck_assert_uint_lt(text->len - at, sizeof number);
    memcpy(number, sign + 1, text->len - at - 1);
    text->len = at;
    return strtod(number, NULL);
}

/* A conversation in one line: turns parted by "|", each with the first letter of its role, and with
 * the time it starts at where there is one: "a aa @7". */
static cxm_transcript *conversation(const char *line) {
    static const char letters[] = "uacbo";
    cxm_transcript_builder *builder;
    cxm_transcript *transcript;
    ck_assert_int_eq(cxm_transcript_builder_new(NULL, &builder, NULL), CXM_OK);
    for (const char *at = line; *at;) {
        const char *end = strchr(at, '|');
        size_t len = end ? (size_t)(end - at) : strlen(at);
        cxm_turn turn = {.speaker = {at, 1},
                         .role = (cxm_role)(strchr(letters, at[0]) - letters),
                         .text = {at + 1, len - 1},
                         .end = CXM_TIME_UNKNOWN,
                         .role_source = CXM_ROLE_FROM_RULE};
        turn.start = take_start(&turn.text);
        ck_assert_int_eq(cxm_transcript_builder_add_turn(builder, &turn, NULL), CXM_OK);
        at += len + (end != NULL);
    }
    ck_assert_int_eq(cxm_transcript_builder_finish(builder, &transcript, NULL), CXM_OK);
    return transcript;
}

typedef struct finding_case {
    const char *expression;
    const char *conversation;
    const char *found; /* the turns, from 0; "-" for nothing, "*" for the whole */
} finding_case;

static const finding_case findings[] = {
    {"x.a", "a aa|c bb|c aa", "02"},
    {"agent:x.a", "a aa|c bb|c aa|u aa", "03"},
    {"unknown:x.a", "a aa|u aa", "1"},
    {"bot:x.a", "a aa|b aa", "1"},
    {"x.*", "a aa|c bb|a cc", "01"},
    /* near, on either side; other people's turns do not count */
    {"agent:x.a with agent:x.b within 1 turn", "a aa|c ee|a bb", "0"},
    {"agent:x.a with agent:x.b within 1 turn", "a bb|c ee|c ee|b ee|a aa", "4"},
    {"agent:x.a with agent:x.b within 1 turn", "a aa|c ee|a ee|c ee|a bb", "-"},
    {"agent:x.a with x.b within 1 turn", "a aa|c ee|a bb", "-"},
    {"x.a with x.b within 0 turns", "a aa bb|c aa", "0"},
    {"x.a with x.b within 0 turns", "a aa|a bb|c aa", "0"},
    {"x.a with x.b", "a aa|c ee|c bb", "0"},
    {"x.a with x.a", "a aa", "0"},
    /* order */
    {"x.a then x.b", "a aa bb", "0"},
    {"x.a then x.b", "a bb aa", "-"},
    {"x.a then x.a", "a aa", "-"},
    {"x.a then x.a", "a aa|c aa|a aa", "01"},
    {"x.a before x.b", "a aa|c bb", "0"},
    {"x.a after x.b", "a aa|c bb|a aa", "2"},
    {"x.a after x.b within 1 turn", "a bb|c aa|a ee|c ee|a aa", "1"},
    /* one after the other: the nearest y need not be the one that leads on */
    {"x.a then x.b then y.c within 1 turn", "a aa|c bb|a ee|c ee|c bb|a cc", "0"},
    {"x.a then x.b then y.c within 1 turn", "a aa|c bb|a ee|a cc", "0"},
    {"x.a then x.b then y.c within 1 turn", "a aa|c bb|a ee|c ee|a cc", "-"},
    {"x.a then x.b not then y.c", "a aa|c bb|a ee", "0"},
    {"x.a then x.b not then y.c", "a aa|c bb|a cc", "-"},
    /* without */
    {"x.a without x.b within 1 turn", "a aa|c bb", "-"},
    {"x.a without x.b within 1 turn", "a aa|c ee|a bb", "0"},
    {"x.a not then x.b within 1 turn", "a bb|c aa|a ee", "1"},
    {"x.a not after x.b", "a aa|c bb|a aa", "0"},
    {"customer:x.a not then agent:x.b within 1 turn", "c aa|a ee|c ee|a bb", "0"},
    {"customer:x.a not then agent:x.b within 1 turn", "c aa|c ee|a bb", "-"},
    {"x.a with x.b without y.c", "a aa|c bb", "0"},
    {"x.a with x.b without y.c", "a aa|c bb|a cc", "-"},
    /* words: those of the roles on the right */
    {"x.a then x.b within 2 words", "a aa ee bb", "0"},
    {"x.a then x.b within 1 words", "a aa ee bb", "-"},
    {"agent:x.a then agent:x.b within 1 word", "a aa|c ee ee ee|a bb", "0"},
    {"agent:x.a then x.b within 3 words", "a aa|c ee ee ee|a bb", "-"},
    /* parts */
    {"agent:x.a in first 2 turns", "c aa|a aa|c ee|a aa|c ee|a aa", "13"},
    {"x.a in first 2 turns", "c aa|a aa|c aa", "01"},
    {"x.a in last 1 turn", "c aa|a aa|a aa", "12"},
    {"x.a in first 50 percent", "a aa ee|c aa ee", "0"},
    {"x.a in last 50 percent", "a aa ee|c aa ee", "1"},
    {"x.a in first 0 percent", "a aa", "-"},
    {"x.a in last 100 percent", "a aa|c aa", "01"},
    /* the whole */
    {"at least 2 x.a", "a aa|c aa", "01"},
    {"at least 2 x.a", "a aa", "-"},
    {"at most 1 x.a", "a aa", "0"},
    {"at most 1 x.a", "a ee", "*"},
    {"at most 1 x.a", "a aa aa", "-"},
    {"exactly 0 x.a", "a ee", "*"},
    {"exactly 1 x.a", "a aa|c aa", "-"},
    {"not x.a", "a ee", "*"},
    {"not x.a", "a aa", "-"},
    {"not not x.a", "a aa", "*"},
    {"x.a and x.b", "a aa|c bb", "01"},
    {"x.a and x.b", "a aa", "-"},
    {"x.a and not x.b", "a aa", "0"},
    {"x.a or x.b", "a aa|c ee|a bb", "02"},
    {"x.a or not x.b", "a ee", "*"},
    {"many", "a bb bb", "00"},
    {"customer:many", "a ee", "*"},
    {"near then y.c", "a aa|c bb|a cc", "0"},
    /* what needs times, where there are none, does not apply */
    {"x.a with x.b within 9 seconds", "a aa bb", "-"},
    {"not (x.a with x.b within 9 seconds)", "a ee", "-"},
    {"x.a where duration > 0", "a aa", "-"},
    {"x.a where turns = 2 and agent.words < 2", "a aa|c ee ee|c ee", "0"},
    {"x.a where agent.talk_share = 0.25", "a aa|c ee ee ee", "0"},
};

static void describe(const cxm_answer *answer, char *out, size_t size) {
    size_t len = 0;
    if (!answer->finding_count)
        out[len++] = '-';
    for (size_t i = 0; i < answer->finding_count && len + 1 < size; i++)
        out[len++] =
            answer->findings[i].turn == CXM_NONE ? '*' : (char)('0' + answer->findings[i].turn);
    out[len] = '\0';
}

START_TEST(operators_find_what_they_say) {
    const finding_case *given = &findings[_i];
    cxm_lexicon *lexicon = new_query_lexicon(&given->expression, 1);
    cxm_miner *miner = new_miner(lexicon);
    cxm_judge *judge;
    const cxm_answer *answer;
    char found[64];
    ck_assert_int_eq(cxm_judge_new(lexicon, NULL, &judge, NULL), CXM_OK);
    cxm_transcript *transcript = conversation(given->conversation);
    const cxm_result *result = mine(miner, transcript);
    ck_assert_int_eq(cxm_judge_query(judge, transcript, result, 0, &answer, NULL), CXM_OK);
    describe(answer, found, sizeof found);
    ck_assert_msg(strcmp(found, given->found) == 0, "%s in '%s': %s", given->expression,
                  given->conversation, found);
    cxm_transcript_free(transcript);
    cxm_judge_free(judge);
    cxm_miner_free(miner);
    cxm_lexicon_free(lexicon);
}
END_TEST

/* ---- How tightly they bind ---- */

static const char *const same[][2] = {
    {"x.a and x.b or y.c", "(x.a and x.b) or y.c"},
    {"x.a or x.b and y.c", "x.a or (x.b and y.c)"},
    {"not x.a and x.b", "(not x.a) and x.b"},
    {"not x.a with x.b", "not (x.a with x.b)"},
    {"at least 2 x.a then x.b", "at least 2 (x.a then x.b)"},
    {"not at least 2 x.a", "not (at least 2 x.a)"},
    {"x.a with x.b without y.c", "(x.a with x.b) without y.c"},
    {"x.a with x.b then y.c", "(x.a with x.b) then y.c"},
    {"x.a then x.b then y.c", "x.a then (x.b then y.c)"},
    {"x.a then x.b within 1 turn then y.c within 2 words",
     "x.a then (x.b then y.c within 2 words) within 1 turn"},
    {"x.a then x.b without y.c then z.d", "((x.a then x.b) without y.c) then z.d"},
    {"x.a then x.b in last 2 turns", "x.a then (x.b in last 2 turns)"},
    {"x.a with x.b in first 2 turns within 1 turn",
     "x.a with (x.b in first 2 turns) within 1 turn"},
    {"x.a or x.b where turns > 3", "(x.a or x.b) where turns > 3"},
    {"x.a where turns > 3 or words > 9 and turns < 2",
     "x.a where (turns > 3 or (words > 9 and turns < 2))"},
    {"x.a WITHOUT x.b WITHIN 1 TURNS", "x.a not with x.b within 1 turn"},
    {"x.a before x.b", "x.a then x.b"},
    {"exactly 0 x.a", "not x.a"},
    {"x.a in the first 20 percent", "x.a in first 20 %"},
};

START_TEST(operators_bind_as_told) {
    const char *queries[2 * COUNT(same)];
    uint64_t seed = 7;
    for (size_t i = 0; i < 2 * COUNT(same); i++)
        queries[i] = same[i / 2][i % 2];
    cxm_lexicon *lexicon = new_query_lexicon(queries, COUNT(queries));
    cxm_miner *miner = new_miner(lexicon);
    cxm_judge *judge;
    ck_assert_int_eq(cxm_judge_new(lexicon, NULL, &judge, NULL), CXM_OK);
    for (int round = 0; round < 300; round++) {
        cxm_transcript *transcript = random_transcript(&seed, 8, true);
        const cxm_result *result = mine(miner, transcript);
        for (size_t i = 0; i < COUNT(queries); i += 2) {
            const cxm_answer *answer;
            char first[300];
            char second[300];
            ck_assert_int_eq(cxm_judge_query(judge, transcript, result, i, &answer, NULL), CXM_OK);
            describe(answer, first, sizeof first);
            ck_assert_int_eq(cxm_judge_query(judge, transcript, result, i + 1, &answer, NULL),
                             CXM_OK);
            describe(answer, second, sizeof second);
            ck_assert_msg(strcmp(first, second) == 0, "%s: %s, but %s", queries[i], first, second);
        }
        cxm_transcript_free(transcript);
    }
    cxm_judge_free(judge);
    cxm_miner_free(miner);
    cxm_lexicon_free(lexicon);
}
END_TEST

/* ---- Why not ---- */

typedef struct why_case {
    const char *expression;
    const char *conversation;
    const char *text;
    double actual; /* how far, or how many */
} why_case;

static const why_case whys[] = {
    {"x.a", "a ee", "was not found", 0},
    {"agent:x.a", "c aa", "was found 1 time, but said by others", 0},
    {"x.a then x.b within 1 turn", "a aa|c ee|a ee|c bb", "x.b came 3 turns later, 2 too many", 3},
    {"x.a with x.b within 2 words", "a bb ee ee ee aa", "x.b came 4 words before, 2 too many", 4},
    {"x.a then x.b", "a bb|c aa", "x.b came only before it (turn 1)", 0},
    {"x.a without x.b within 2 turns", "a aa|c ee|a bb", "x.b is there, 2 turns later (turn 3)", 2},
    {"at least 3 x.a", "a aa|c aa", "was found 2 times; asked for at least 3", 2},
    {"not x.a", "a ee|c aa", "x.a was found (turn 2)", 0},
    {"x.a in first 1 turn", "a ee|c aa", "was found in turn 2 of 2, not in the first 1 turn", 2},
    {"x.a in first 1 turn", "a ee|c aa|a aa", "was found in turn 2 of 3", 2},
    {"x.a in last 1 turn", "a aa|c aa|a ee|c ee", "was found in turn 2 of 4", 3},
    {"x.a in first 25 percent", "a ee ee|c aa aa", "was found in turn 2 of 2", 50},
    {"x.a in last 25 percent", "a aa|c aa ee ee", "was found in turn 2 of 2", 75},
    {"x.a in first 5 seconds", "a ee @2|c aa @7", "was found in turn 2 of 2", 7},
    {"x.a in last 5 seconds", "a aa @2|c ee @9.5", "was found in turn 1 of 2", 7.5},
    {"x.a where turns > 3", "a aa", "is 1", 1},
    {"x.a where meta.queue = returns", "a aa", "is not there", 0},
    {"x.a in last 9 seconds", "a aa", "asks for seconds, and the transcript has no times", 0},
    {"x.a and x.b", "a aa", "was not found", 0},
    {"near", "a aa", "does not hold", 0},
};

START_TEST(why_not_says_how_near_it_came) {
    const why_case *given = &whys[_i];
    cxm_lexicon *lexicon = new_query_lexicon(&given->expression, 1);
    cxm_miner *miner = new_miner(lexicon);
    cxm_judge *judge;
    const cxm_explanation *explanation;
    ck_assert_int_eq(cxm_judge_new(lexicon, NULL, &judge, NULL), CXM_OK);
    cxm_transcript *transcript = conversation(given->conversation);
    const cxm_result *result = mine(miner, transcript);
    ck_assert_int_eq(cxm_judge_explain_query(judge, transcript, result, 0, &explanation, NULL),
                     CXM_OK);
    ck_assert(!explanation->holds);
    ck_assert_uint_eq(explanation->shortfall_count, 1);
    ck_assert_msg(strstr(explanation->shortfalls[0].text, given->text) != NULL, "%s: %s",
                  given->expression, explanation->shortfalls[0].text);
    ck_assert_msg(explanation->shortfalls[0].actual == given->actual, "%s: %g", given->expression,
                  explanation->shortfalls[0].actual);
    cxm_transcript_free(transcript);
    cxm_judge_free(judge);
    cxm_miner_free(miner);
    cxm_lexicon_free(lexicon);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("expression");
    TCase *tests = tcase_create("all");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, errors_point_at_their_place, 0, (int)COUNT(errors));
    tcase_add_test(tests, what_is_too_much_is_told_at_once);
    tcase_add_loop_test(tests, operators_find_what_they_say, 0, (int)COUNT(findings));
    tcase_add_test(tests, operators_bind_as_told);
    tcase_add_loop_test(tests, why_not_says_how_near_it_came, 0, (int)COUNT(whys));
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
