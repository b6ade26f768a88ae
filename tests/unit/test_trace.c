/* SPDX-License-Identifier: MIT */
/* Tracing: it sees what the matcher sees, and says why. */
#include "support.h"

#include <stdio.h>
#include <string.h>

static cxm_lexicon *new_kept_lexicon(const char *more) {
    cxm_lexicon_options options = CXM_LEXICON_OPTIONS_INIT;
    cxm_lexicon_builder *builder;
    cxm_lexicon *lexicon;
    cxm_error error = {.code = CXM_OK};
    options.keep_parts = true;
    ck_assert_int_eq(cxm_lexicon_builder_new(&options, &builder, NULL), CXM_OK);
    if (more) {
        char pack[4096];
        snprintf(pack, sizeof pack, "cxmine: 1\nlanguage: en\n%s", more);
        ck_assert_int_eq(cxm_lexicon_builder_add_bytes(builder, CXM_STR("language.yaml"),
                                                       cxm_str_from(test_language), &error),
                         CXM_OK);
        cxm_status added =
            cxm_lexicon_builder_add_bytes(builder, CXM_STR("t.yaml"), cxm_str_from(pack), &error);
        ck_assert_msg(added == CXM_OK, "%s", error.message);
    } else {
        ck_assert_int_eq(cxm_lexicon_builder_add_builtin(builder, "en", NULL), CXM_OK);
    }
    cxm_status status = cxm_lexicon_builder_build(builder, &lexicon, &error);
    ck_assert_msg(status == CXM_OK, "%s", error.message);
    cxm_lexicon_builder_free(builder);
    return lexicon;
}

static cxm_tracer *new_tracer(const cxm_lexicon *lexicon) {
    cxm_tracer *tracer;
    ck_assert_int_eq(cxm_tracer_new(lexicon, NULL, &tracer, NULL), CXM_OK);
    return tracer;
}

static const cxm_trace *trace(cxm_tracer *tracer, const char *text, uint32_t category) {
    const cxm_trace *found;
    ck_assert_int_eq(cxm_tracer_run(tracer, cxm_str_from(text), category, &found, NULL), CXM_OK);
    return found;
}

/* ---- Parts ---- */

static const char small[] =
    "categories:\n"
    "  t.a:\n    negation: drop\n"
    "    phrases: ['<we> <verb>', {phrase: 'happy', unless: ['happy hour']}]\n"
    "    unless: ['our policy']\n"
    "  t.b:\n    phrases: ['^ well', 'ok $', 'really $?', 'a ...2 d', 'can']\n";

START_TEST(parts) {
    cxm_lexicon *lexicon = new_kept_lexicon(small);
    size_t phrases = cxm_lexicon_phrase_count(lexicon);
    size_t unless = 0;
    for (size_t i = 0; i < cxm_lexicon_part_count(lexicon); i++) {
        const cxm_part *part = cxm_lexicon_part(lexicon, i);
        ck_assert_int_eq(part->kind == CXM_PART_PHRASE, i < phrases);
        ck_assert(cxm_str_is(part->file, "t.yaml") || part->kind == CXM_PART_MEMBER);
        ck_assert(!part->builtin);
        if (part->kind == CXM_PART_PHRASE) {
            const cxm_phrase *phrase = cxm_lexicon_phrase(lexicon, i);
            ck_assert(cxm_str_equal(part->text, phrase->text));
            ck_assert_uint_eq(part->line, phrase->line);
            ck_assert_uint_eq(part->phrase, i);
        } else if (part->kind == CXM_PART_UNLESS) {
            ck_assert_int_eq(part->phrase == CXM_NONE, cxm_str_is(part->text, "our policy"));
            unless++;
        } else {
            ck_assert_uint_eq(part->category, CXM_NONE);
            ck_assert_uint_gt(part->set.len, 0);
        }
    }
    ck_assert_uint_eq(unless, 2);
    ck_assert_ptr_null(cxm_lexicon_part(lexicon, cxm_lexicon_part_count(lexicon)));
    cxm_lexicon_free(lexicon);
}
END_TEST

START_TEST(no_parts_unless_asked) {
    cxm_lexicon *lexicon = new_lexicon(small);
    cxm_tracer *tracer;
    cxm_error error;
    ck_assert_uint_eq(cxm_lexicon_part_count(lexicon), 0);
    ck_assert_int_eq(cxm_tracer_new(lexicon, NULL, &tracer, &error), CXM_E_ARGUMENT);
    ck_assert_ptr_null(tracer);
    cxm_lexicon_free(lexicon);
}
END_TEST

/* ---- Matches ---- */

typedef struct match_case {
    uint32_t category;
    const char *text;
    const char *matches; /* "part-text@start-end" and why it is dropped, parted by ; */
} match_case;

static const match_case match_cases[] = {
    {0, "i am happy", "happy@5-10"},
    {0, "not happy", "happy@4-9 negated"},
    {0, "not, uh, happy", "happy@9-14 negated"},
    {0, "not a happy man", "happy@6-11"},
    {0, "a happy hour", "happy@2-7 by happy hour;happy hour@2-12"},
    {1, "Well, ok. Really?", "^ well@0-4;ok $@6-8;really $?@10-16"},
    {1, "Really. ok then", ""},
    {1, "uh, well", "^ well@4-8"},
    {1, "ok, uh", "ok $@0-2"},
    {1, "a b c d", "a ...2 d@0-7"},
    {1, "a b c e d", ""},
    {1, "a, uh, b, b c d", "a ...2 d@0-15"},
    {1, "can", "can@0-3"},
    {1, "can't", ""},
    {1, "cannot", ""},
    {1, "can not", "can@0-3"},
    {1, "", ""},
};

static void describe(const cxm_lexicon *lexicon, const cxm_trace *found, char *out, size_t size) {
    size_t len = 0;
    *out = '\0';
    for (size_t i = 0; i < found->match_count && len < size; i++) {
        const cxm_trace_match *match = &found->matches[i];
        cxm_str text = cxm_lexicon_part(lexicon, match->part)->text;
        cxm_str by = {NULL, 0};
        if (match->dropped_by != CXM_NONE)
            by = cxm_lexicon_part(lexicon, match->dropped_by)->text;
        len += (size_t)snprintf(out + len, size - len, "%s%.*s@%zu-%zu%s%s%.*s", i ? ";" : "",
                                (int)text.len, text.ptr, match->start, match->end,
                                match->negated ? " negated" : "", by.len ? " by " : "", (int)by.len,
                                by.len ? by.ptr : "");
    }
}

START_TEST(matches) {
    const match_case *given = &match_cases[_i];
    cxm_lexicon *lexicon = new_kept_lexicon(small);
    cxm_tracer *tracer = new_tracer(lexicon);
    char described[512];
    describe(lexicon, trace(tracer, given->text, given->category), described, sizeof described);
    ck_assert_str_eq(described, given->matches);
    cxm_tracer_free(tracer);
    cxm_lexicon_free(lexicon);
}
END_TEST

static const char with_sets[] =
    "sets:\n  inner: [red, 'deep red']\n  outer: [<inner>, blue, 'light blue']\n  other: [x]\n"
    "categories:\n  t.a:\n    phrases: ['a <outer>']\n    unless: ['a <inner> <other>']\n";

typedef struct member_case {
    const char *text;
    const char *members;
} member_case;

static const member_case member_cases[] = {
    {"a blue", "blue "},
    {"a deep red", "deep red <inner> "},
    {"a blue, a red", "red <inner> blue "},
    {"a red x", "red x "}, /* the phrase is dropped: what dropped it counts */
    {"red blue x", ""},
};

START_TEST(members) {
    const member_case *given = &member_cases[_i];
    cxm_lexicon *lexicon = new_kept_lexicon(with_sets);
    cxm_tracer *tracer = new_tracer(lexicon);
    const cxm_trace *found = trace(tracer, given->text, 0);
    char used[256] = "";
    for (size_t i = 0; i < found->member_count; i++) {
        cxm_str text = cxm_lexicon_part(lexicon, found->members[i])->text;
        strncat(used, text.ptr, text.len);
        strcat(used, " ");
    }
    ck_assert_str_eq(used, given->members);
    cxm_tracer_free(tracer);
    cxm_lexicon_free(lexicon);
}
END_TEST

/* ---- The tracer against the matcher ---- */

static bool holds(const cxm_trace *found, const cxm_hit *hit) {
    for (size_t i = 0; i < found->match_count; i++) {
        const cxm_trace_match *match = &found->matches[i];
        if (match->part == hit->phrase && match->start == hit->start && match->end == hit->end &&
            match->dropped_by == CXM_NONE && !match->negated)
            return true;
    }
    return false;
}

static bool is_covered(const cxm_result *result, const cxm_trace_match *match, uint32_t category) {
    for (size_t i = 0; i < result->hit_count; i++) {
        const cxm_hit *hit = &result->hits[i];
        if (hit->category == category && hit->start < match->end && match->start < hit->end)
            return true;
    }
    return false;
}

/* Every hit is a match that is not dropped; every such match is a hit or hidden by one. */
static void compare(const cxm_lexicon *lexicon, const cxm_trace *found, const cxm_result *result,
                    uint32_t category, cxm_str text) {
    for (size_t i = 0; i < result->hit_count; i++)
        if (result->hits[i].category == category)
            ck_assert_msg(holds(found, &result->hits[i]), "no match for a hit in '%.*s'",
                          (int)text.len, text.ptr);
    for (size_t i = 0; i < found->match_count; i++) {
        const cxm_trace_match *match = &found->matches[i];
        const cxm_part *part = cxm_lexicon_part(lexicon, match->part);
        if (part->kind == CXM_PART_PHRASE && match->dropped_by == CXM_NONE && !match->negated)
            ck_assert_msg(is_covered(result, match, category), "'%.*s' is no hit in '%.*s'",
                          (int)part->text.len, part->text.ptr, (int)text.len, text.ptr);
    }
}

/* Of a hundred texts as many as the tool leaves time for. */
START_TEST(agrees_with_the_matcher) {
    const size_t share = rounds(100);
    cxm_lexicon *lexicon = new_kept_lexicon(NULL);
    cxm_tracer *tracer = new_tracer(lexicon);
    cxm_miner *miner = new_miner(lexicon);
    for (uint32_t category = 0; category < cxm_lexicon_category_count(lexicon); category++)
        for (size_t i = 0; i < cxm_lexicon_test_count(lexicon); i++) {
            const cxm_lexicon_test *test = cxm_lexicon_test_at(lexicon, i);
            /* Each text by its own category, and some by the others. */
            if ((test->category != category && i % 40 != category % 40) || i % 100 >= share)
                continue;
            cxm_transcript *transcript = new_transcript(CXM_ROLE_UNKNOWN, test->text);
            const cxm_trace *found;
            const cxm_result *result = mine(miner, transcript);
            ck_assert_int_eq(cxm_tracer_run(tracer, test->text, category, &found, NULL), CXM_OK);
            compare(lexicon, found, result, category, test->text);
            cxm_transcript_free(transcript);
        }
    cxm_miner_free(miner);
    cxm_tracer_free(tracer);
    cxm_lexicon_free(lexicon);
}
END_TEST

/* ---- The nearest phrase ---- */

static const char to_be_near[] =
    "sets:\n  ours: [our, 'the company']\n"
    "categories:\n"
    "  t.a:\n    phrases: ['<ours> policy~ (state~|say~) so', '^ no refund $', 'xx yy']\n"
    "  t.b:\n    phrases: ['we do not know', 'a (b|c) d']\n";

typedef struct near_case {
    const char *text;
    const char *phrase;
    size_t taken;
    size_t missing;
    size_t extra;
    const char *element; /* "" where it matches */
    size_t at;
} near_case;

static const near_case near_cases[] = {
    {"Our policies say so.", "<ours> policy~ (state~|say~) so", 4, 0, 0, "", 0},
    {"Our policy is so.", "<ours> policy~ (state~|say~) so", 3, 1, 1, "(state~|say~)", 11},
    {"Their policy says so.", "<ours> policy~ (state~|say~) so", 3, 1, 0, "<ours>", 6},
    {"our policy really says so", "<ours> policy~ (state~|say~) so", 4, 0, 1, "(state~|say~)", 11},
    {"our policy says", "<ours> policy~ (state~|say~) so", 3, 1, 0, "so", 15},
    {"There is no refund", "^ no refund $", 2, 0, 2, "no", 0},
    {"Then there really is no refund", "^ no refund $", 2, 1, 0, "^", 21},
    {"No refund today.", "^ no refund $", 2, 1, 0, "$", 10},
    {"we don't see", "we do not know", 3, 1, 0, "know", 9},
    {"a x d", "a (b|c) d", 2, 1, 1, "(b|c)", 2},
    {"Hm. Our policy. Says so.", "<ours> policy~ (state~|say~) so", 2, 2, 0, "(state~|say~)", 14},
};

START_TEST(nearest) {
    const near_case *given = &near_cases[_i];
    cxm_lexicon *lexicon = new_kept_lexicon(to_be_near);
    cxm_tracer *tracer = new_tracer(lexicon);
    const cxm_nearest *found;
    size_t count;
    ck_assert_int_eq(
        cxm_tracer_nearest(tracer, cxm_str_from(given->text), CXM_NONE, 2, &found, &count, NULL),
        CXM_OK);
    ck_assert_uint_ge(count, 1);
    cxm_str phrase = cxm_lexicon_part(lexicon, found->part)->text;
    cxm_str element = cxm_str_slice(phrase, found->element_start, found->element_end);
    ck_assert_msg(cxm_str_is(phrase, given->phrase), "%.*s", (int)phrase.len, phrase.ptr);
    ck_assert_uint_eq(found->taken, given->taken);
    ck_assert(found->closeness > 0 && found->closeness <= 1);
    ck_assert_int_eq(found->closeness == 1, given->missing + given->extra == 0);
    ck_assert_uint_eq(found->missing, given->missing);
    ck_assert_uint_eq(found->extra, given->extra);
    ck_assert_msg(cxm_str_is(element, given->element), "%.*s", (int)element.len, element.ptr);
    ck_assert_uint_eq(found->at, given->at);
    cxm_tracer_free(tracer);
    cxm_lexicon_free(lexicon);
}
END_TEST

START_TEST(nearest_of_few) {
    cxm_lexicon *lexicon = new_kept_lexicon(to_be_near);
    cxm_tracer *tracer = new_tracer(lexicon);
    const cxm_nearest *found;
    size_t count;
    cxm_str text = CXM_STR("our company: no refund, we know");
    ck_assert_int_eq(cxm_tracer_nearest(tracer, text, 0, 99, &found, &count, NULL), CXM_OK);
    ck_assert_uint_eq(count, 2); /* 'xx yy' has nothing of it, and t.b was not asked for */
    ck_assert_int_eq(cxm_tracer_nearest(tracer, text, CXM_NONE, 1, &found, &count, NULL), CXM_OK);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(cxm_tracer_nearest(tracer, text, CXM_NONE, 0, &found, &count, NULL), CXM_OK);
    ck_assert_uint_eq(count, 0);
    ck_assert_int_eq(cxm_tracer_nearest(tracer, CXM_STR(""), 0, 5, &found, &count, NULL), CXM_OK);
    ck_assert_uint_eq(count, 0);
    cxm_tracer_free(tracer);
    cxm_lexicon_free(lexicon);
}
END_TEST

/* ---- Checks ---- */

typedef struct check_case {
    const char *pack;  /* category t.a; the phrase that is checked comes first */
    const char *found; /* "shadowed by X", "dropped by X", "" */
    size_t least;
    size_t open;
} check_case;

static const check_case check_cases[] = {
    {"phrases: [a b, 'a (b|c)']", "shadowed by a (b|c)", 2, 0},
    {"phrases: ['a (b|c)', a b]", "", 2, 0},
    {"phrases: ['a (b|c)', a b, a c]", "", 2, 0}, /* each of them matches a part only */
    {"phrases: [a b, a b]", "shadowed by a b", 2, 0},
    {"phrases: [state b, 'state~ b']", "shadowed by state~ b", 2, 0},
    {"phrases: ['state~ b', state b]", "", 2, 0},
    {"phrases: ['stated~ b', 'state~ b']", "shadowed by state~ b", 2, 0},
    {"phrases: ['refunds*', 'refund*']", "shadowed by refund*", 1, 0},
    {"phrases: ['refund*', 'refunds*']", "", 1, 0},
    {"phrases: [a1, '/1$/']", "shadowed by /1$/", 1, 0},
    {"phrases: ['/1$/', '/1$/ $?']", "", 1, 0},
    {"phrases: ['a ...2 b', 'a ...3 b']", "shadowed by a ...3 b", 2, 2},
    {"phrases: ['a ...3 b', 'a ...2 b']", "", 2, 3},
    {"phrases: ['a _ b', 'a ...2 b']", "shadowed by a ...2 b", 2, 1},
    {"phrases: ['a <nice>', 'a (good|nice|fine)']", "", 2, 0},
    {"phrases: [a, ^ a]", "", 1, 0},
    {"phrases: [^ a, a]", "shadowed by a", 1, 0},
    {"phrases: ['a $?', 'a $']", "shadowed by a $", 1, 0},
    {"phrases: ['a $', 'a $?']", "", 1, 0},
    {"phrases: [a b, b]", "", 2, 0}, /* not the same words */
    {"phrases: ['a (x=b)', a b]", "", 2, 0},
    {"phrases: [a b, {phrase: a b, unless: [c]}]", "", 2, 0},
    {"phrases: [a b, {phrase: a b, weight: 7}]", "", 2, 0},
    {"phrases: [a b]\n    unless: [b]", "dropped by b", 2, 0},
    {"phrases: ['a (b|c)']\n    unless: [b]", "", 2, 0},
    {"phrases: ['a (b|c)']\n    unless: [x, '(b|c)']", "dropped by (b|c)", 2, 0},
    {"phrases: [{phrase: a b, unless: [a]}]", "dropped by a", 2, 0},
    {"phrases: [a b, {phrase: c, unless: [a]}]", "", 2, 0},
    {"phrases: ['(a)? b ...4 c']", "", 2, 4},
};

START_TEST(checks) {
    const check_case *given = &check_cases[_i];
    char pack[512];
    char found[128] = "";
    cxm_phrase_check check;
    snprintf(pack, sizeof pack, "categories:\n  t.a:\n    %s\n", given->pack);
    cxm_lexicon *lexicon = new_kept_lexicon(pack);
    cxm_tracer *tracer = new_tracer(lexicon);
    ck_assert_int_eq(cxm_tracer_check(tracer, 0, &check, NULL), CXM_OK);
    uint32_t by = check.dropped_by != CXM_NONE ? check.dropped_by : check.shadowed_by;
    if (by != CXM_NONE) {
        cxm_str text = cxm_lexicon_part(lexicon, by)->text;
        snprintf(found, sizeof found, "%s by %.*s",
                 check.dropped_by != CXM_NONE ? "dropped" : "shadowed", (int)text.len, text.ptr);
    }
    ck_assert_str_eq(found, given->found);
    ck_assert_uint_eq(check.least_words, given->least);
    ck_assert_uint_eq(check.open_words, given->open);
    ck_assert(check.complete);
    cxm_tracer_free(tracer);
    cxm_lexicon_free(lexicon);
}
END_TEST

/* A phrase of very many ways is left aside, soon. */
START_TEST(checks_are_bounded) {
    cxm_lexicon *lexicon = new_kept_lexicon(
        "categories:\n  t.a:\n    phrases: ['(a|b|c|d) (a|b|c|d) (a|b|c|d) (a|b|c|d) (a|b|c|d) "
        "(a|b|c|d) (a|b|c|d) (a|b|c|d) (a|b|c|d) (a|b|c|d)', '_ _ _ _ _ _ _ _ _ _']\n");
    cxm_tracer *tracer = new_tracer(lexicon);
    cxm_phrase_check check;
    ck_assert_int_eq(cxm_tracer_check(tracer, 0, &check, NULL), CXM_OK);
    ck_assert(!check.complete);
    ck_assert_uint_eq(check.shadowed_by, CXM_NONE);
    ck_assert_uint_eq(check.least_words, 10);
    ck_assert_int_eq(cxm_tracer_check(tracer, 2, &check, NULL), CXM_E_ARGUMENT);
    cxm_tracer_free(tracer);
    cxm_lexicon_free(lexicon);
}
END_TEST

START_TEST(refuses) {
    static char long_text[(64 << 10) + 1];
    cxm_lexicon *lexicon = new_kept_lexicon(small);
    cxm_tracer *tracer = new_tracer(lexicon);
    const cxm_trace *found;
    const cxm_nearest *near;
    size_t count;
    cxm_error error;
    memset(long_text, 'a', sizeof long_text);
    cxm_str text = {long_text, sizeof long_text};
    ck_assert_int_eq(cxm_tracer_run(tracer, CXM_STR("x"), 99, &found, &error), CXM_E_ARGUMENT);
    ck_assert_int_eq(cxm_tracer_run(tracer, CXM_STR("\xFF"), 0, &found, &error), CXM_E_ENCODING);
    ck_assert_int_eq(cxm_tracer_run(tracer, text, 0, &found, &error), CXM_E_LIMIT);
    ck_assert_int_eq(cxm_tracer_nearest(tracer, CXM_STR("x"), 99, 1, &near, &count, &error),
                     CXM_E_ARGUMENT);
    ck_assert_int_eq(cxm_tracer_nearest(tracer, text, 0, 1, &near, &count, &error), CXM_E_LIMIT);
    cxm_tracer_free(tracer);
    cxm_tracer_free(NULL);
    cxm_lexicon_free(lexicon);
}
END_TEST

/* Words that may all be skipped, one way or another, cost no more than others. */
START_TEST(is_bounded_in_time) {
    static char text[48 << 10];
    cxm_lexicon *lexicon = new_kept_lexicon(small);
    cxm_tracer *tracer = new_tracer(lexicon);
    for (size_t i = 0; i + 3 < sizeof text; i += 3)
        memcpy(text + i, "uh ", 3);
    memcpy(text, "not   ", 6);
    memcpy(text + sizeof text - 6, " happy", 6);
    const cxm_trace *found;
    const cxm_nearest *near;
    size_t count;
    cxm_str all = {text, sizeof text};
    ck_assert_int_eq(cxm_tracer_run(tracer, all, 0, &found, NULL), CXM_OK);
    ck_assert_uint_eq(found->match_count, 1);
    ck_assert(found->matches[0].negated);
    ck_assert_int_eq(cxm_tracer_nearest(tracer, all, 0, 9, &near, &count, NULL), CXM_OK);
    cxm_tracer_free(tracer);
    cxm_lexicon_free(lexicon);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("trace");
    TCase *cases = tcase_create("trace");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, parts);
    tcase_add_test(cases, no_parts_unless_asked);
    tcase_add_loop_test(cases, matches, 0, COUNT(match_cases));
    tcase_add_loop_test(cases, members, 0, COUNT(member_cases));
    tcase_add_test(cases, agrees_with_the_matcher);
    tcase_add_loop_test(cases, nearest, 0, COUNT(near_cases));
    tcase_add_test(cases, nearest_of_few);
    tcase_add_loop_test(cases, checks, 0, COUNT(check_cases));
    tcase_add_test(cases, checks_are_bounded);
    tcase_add_test(cases, refuses);
    tcase_add_test(cases, is_bounded_in_time);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
