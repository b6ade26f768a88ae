/* SPDX-License-Identifier: MIT */
/*
 * The engine against the slow evaluator (judging.h), on random expressions and conversations, each
 * with each; and what is certain of the beginning of a conversation against what holds of all of
 * it. CXM_TEST_SEED and CXM_TEST_ROUNDS run it again, or longer.
 */
#include "judging.h"

#include <stdio.h>

enum { QUERIES = 100, TURNS = 9, PAIRS = 120000 };

typedef struct lot {
    nursery nurseries[QUERIES];
    const node *trees[QUERIES];
    char texts[QUERIES][TEXT];
    const char *queries[QUERIES];
    cxm_lexicon *lexicon;
    cxm_miner *miner;
    cxm_miner *other_miner;
    cxm_judge *judge;
    cxm_judge *other_judge;
} lot;

static void make_lot(lot *self, uint64_t seed) {
    for (size_t i = 0; i < QUERIES; i++) {
        nursery *room = &self->nurseries[i];
        room->seed = seed + i * 7919;
        room->count = 0;
        self->trees[i] = random_tree(room, 1 + (int)(i % 3), false);
        write_tree(self->trees[i], self->texts[i], TEXT);
        self->queries[i] = self->texts[i];
    }
    self->lexicon = new_query_lexicon(self->queries, QUERIES);
    self->miner = new_miner(self->lexicon);
    self->other_miner = new_miner(self->lexicon);
    ck_assert_int_eq(cxm_judge_new(self->lexicon, NULL, &self->judge, NULL), CXM_OK);
    ck_assert_int_eq(cxm_judge_new(self->lexicon, NULL, &self->other_judge, NULL), CXM_OK);
}

static void free_lot(lot *self) {
    cxm_judge_free(self->judge);
    cxm_judge_free(self->other_judge);
    cxm_miner_free(self->miner);
    cxm_miner_free(self->other_miner);
    cxm_lexicon_free(self->lexicon);
}

static void print_conversation(const cxm_transcript *transcript) {
    for (size_t i = 0; i < cxm_transcript_turn_count(transcript); i++) {
        const cxm_turn *turn = cxm_transcript_turn(transcript, i);
        fprintf(stderr, "  %zu %-8.*s%s %g-%g %g: %.*s\n", i, (int)turn->speaker.len,
                turn->speaker.ptr, turn->kind ? " (event)" : "", turn->start, turn->end,
                turn->mark_count ? turn->marks[0].seconds : -1, (int)turn->text.len,
                turn->text.ptr);
    }
}

static const cxm_answer *ask(cxm_judge *judge, const cxm_transcript *transcript,
                             const cxm_result *result, size_t query) {
    const cxm_answer *answer;
    ENSURE(cxm_judge_query(judge, transcript, result, query, &answer, NULL) == CXM_OK);
    return answer;
}

/* The places of findings are those of the verdict, each once, in order. */
static bool agrees(const cxm_answer *answer, const verdict *expected, const cxm_result *result) {
    size_t found = 0;
    if (answer->applies != expected->applies ||
        answer->holds != (expected->applies && expected->holds))
        return false;
    for (size_t i = 0; i < result->all_hit_count; i++)
        if (expected->in[i] && (found >= answer->finding_count ||
                                place_of_hit(result, answer->findings[found++].hit) != i))
            return false;
    bool whole = !found && answer->holds;
    return answer->finding_count == found + whole &&
           (!whole || answer->findings[0].hit == CXM_NONE);
}

static void check_evidence(const cxm_finding *finding) {
    bool own = finding->hit == CXM_NONE;
    ENSURE(finding->evidence_count <= 16);
    for (size_t i = 0; i < finding->evidence_count; i++) {
        own |= finding->evidence[i] == finding->hit;
        ENSURE(i == 0 || finding->evidence[i - 1] < finding->evidence[i]);
    }
    ENSURE(own);
}

static void check_pair(lot *self, size_t query, const cxm_transcript *transcript,
                       const cxm_result *result) {
    const cxm_answer *answer = ask(self->judge, transcript, result, query);
    verdict expected = evaluate_slowly(self->trees[query], self->lexicon, transcript, result);
    if (!agrees(answer, &expected, result)) {
        print_conversation(transcript);
        for (size_t i = 0; i < result->all_hit_count; i++)
            if (expected.applies && expected.in[i])
                fprintf(stderr, "  expected hit %zu in turn %u\n", i, result->all_hits[i].turn);
        for (size_t i = 0; i < answer->finding_count; i++)
            fprintf(stderr, "  found hit %u in turn %u\n", answer->findings[i].hit,
                    answer->findings[i].turn);
        ck_abort_msg("%s: expected %d %d, got %d %d", self->texts[query], expected.applies,
                     expected.holds, answer->applies, answer->holds);
    }
    for (size_t i = 0; i < answer->finding_count; i++)
        check_evidence(&answer->findings[i]);
}

/* Every expression with every conversation. */
START_TEST(agrees_with_the_slow_evaluator) {
    static lot all;
    uint64_t seed = number_from("CXM_TEST_SEED", 1);
    uint64_t left = rounds(PAIRS);
    while (left) {
        make_lot(&all, seed++);
        for (int i = 0; i < 300 && left; i++) {
            cxm_transcript *transcript = random_transcript(&seed, TURNS, i % 3);
            const cxm_result *result = mine(all.miner, transcript);
            for (size_t query = 0; query < QUERIES && left; query++, left--)
                check_pair(&all, query, transcript, result);
            cxm_transcript_free(transcript);
        }
        free_lot(&all);
    }
}
END_TEST

/* ---- What is certain before the end ---- */

static bool same_finding(const cxm_finding *a, const cxm_finding *b) {
    return a->behavior == b->behavior && a->hit == b->hit && a->turn == b->turn &&
           a->start == b->start && a->end == b->end && a->time == b->time && a->agent == b->agent &&
           a->certain_turn == b->certain_turn && a->window_first == b->window_first &&
           a->window_last == b->window_last && a->clock == b->clock &&
           a->evidence_count == b->evidence_count &&
           (!a->evidence_count ||
            memcmp(a->evidence, b->evidence, a->evidence_count * sizeof *a->evidence) == 0);
}

static const cxm_finding *next_certain(const cxm_answer *answer, size_t *at, size_t turns) {
    while (*at < answer->finding_count && answer->findings[*at].certain_turn >= turns)
        ++*at;
    return *at < answer->finding_count ? &answer->findings[(*at)++] : NULL;
}

/* Those certain of the beginning are those of the whole that become certain by then. */
static bool same_certain(const cxm_answer *part, const cxm_answer *whole, size_t turns) {
    size_t i = 0;
    size_t j = 0;
    const cxm_finding *a;
    const cxm_finding *b;
    do {
        a = next_certain(part, &i, turns);
        b = next_certain(whole, &j, turns);
        if ((a != NULL) != (b != NULL) || (a && !same_finding(a, b)))
            return false;
    } while (a);
    return true;
}

static void check_beginnings(lot *self, const cxm_transcript *transcript) {
    const cxm_result *result = mine(self->miner, transcript);
    size_t turns = cxm_transcript_turn_count(transcript);
    for (size_t count = 0; count <= turns; count++) {
        cxm_transcript *beginning = beginning_of(transcript, count);
        const cxm_result *known = mine(self->other_miner, beginning);
        for (size_t query = 0; query < QUERIES; query++) {
            const cxm_answer *whole = ask(self->judge, transcript, result, query);
            const cxm_answer *part = ask(self->other_judge, beginning, known, query);
            if (same_certain(part, whole, count))
                continue;
            print_conversation(transcript);
            for (size_t i = 0; i < part->finding_count; i++)
                fprintf(stderr, "  part: hit %u certain %d\n", part->findings[i].hit,
                        (int)part->findings[i].certain_turn);
            for (size_t i = 0; i < whole->finding_count; i++)
                fprintf(stderr, "  whole: hit %u certain %d\n", whole->findings[i].hit,
                        (int)whole->findings[i].certain_turn);
            ck_abort_msg("%s: after %zu turns", self->texts[query], count);
        }
        cxm_transcript_free(beginning);
    }
}

START_TEST(what_is_certain_stays) {
    static lot all;
    uint64_t seed = number_from("CXM_TEST_SEED", 1000);
    uint64_t left = rounds(120);
    while (left) {
        make_lot(&all, seed++);
        for (int i = 0; i < 30 && left; i++, left--) {
            cxm_transcript *transcript = random_transcript(&seed, TURNS, i % 3);
            check_beginnings(&all, transcript);
            cxm_transcript_free(transcript);
        }
        free_lot(&all);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("judging");
    TCase *tests = tcase_create("random");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, agrees_with_the_slow_evaluator);
    tcase_add_test(tests, what_is_certain_stays);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
