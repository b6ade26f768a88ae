/* SPDX-License-Identifier: MIT */
/* Which parts of a lexicon its own tests exercise. */
#include "diagnostics.h"
#include "lexicon.h"

#include <stdio.h>
#include <stdlib.h>

/* Whether an `unless` drops one of the matches of phrases. */
static bool drops_any(const cxm_lexicon *lexicon, const cxm_trace *trace,
                      const cxm_trace_match *unless) {
    uint32_t phrase = cxm_lexicon_part(lexicon, unless->part)->phrase;
    for (size_t i = 0; i < trace->match_count; i++) {
        const cxm_trace_match *match = &trace->matches[i];
        bool is_phrase = cxm_lexicon_part(lexicon, match->part)->kind == CXM_PART_PHRASE;
        if (is_phrase && (phrase == CXM_NONE || phrase == match->part) &&
            match->start < unless->end && unless->start < match->end)
            return true;
    }
    return false;
}

/* Notes what a test exercises. */
static bool run_test(cxm_tracer *tracer, const cxm_lexicon *lexicon, const cxm_lexicon_test *test,
                     bool *exercised) {
    const cxm_trace *trace;
    cxm_error error;
    if (cxm_tracer_run(tracer, test->text, test->category, &trace, &error) != CXM_OK) {
        cli_report(&error);
        return false;
    }
    for (size_t i = 0; i < trace->match_count; i++) {
        const cxm_trace_match *match = &trace->matches[i];
        if (cxm_lexicon_part(lexicon, match->part)->kind == CXM_PART_UNLESS)
            exercised[match->part] |= drops_any(lexicon, trace, match);
        else
            exercised[match->part] |= test->hit && match->dropped_by == CXM_NONE && !match->negated;
    }
    for (size_t i = 0; i < trace->member_count; i++)
        exercised[trace->members[i]] = true;
    return true;
}

static void print_part(const cxm_lexicon *lexicon, const cxm_part *part) {
    static const char *const kinds[] = {"phrase", "unless", "member"};
    cli_print_place(part->file, part->line);
    printf(": no test exercises the %s of ", kinds[part->kind]);
    if (part->kind == CXM_PART_MEMBER) {
        putchar('<');
        cli_put(stdout, part->set);
        putchar('>');
    } else {
        cli_put(stdout, cxm_lexicon_category(lexicon, part->category)->name);
    }
    fputs(": ", stdout);
    cli_put(stdout, part->text);
    putchar('\n');
}

/* Sets that only behaviors use are for their dialogues to test. */
static bool print_parts(const cxm_lexicon *lexicon, const bool *exercised, const bool *used,
                        bool whole) {
    size_t judged[3] = {0};
    size_t missed[3] = {0};
    for (size_t i = 0; i < cxm_lexicon_part_count(lexicon); i++) {
        const cxm_part *part = cxm_lexicon_part(lexicon, i);
        if (!used[i] || (part->builtin && !whole))
            continue;
        judged[part->kind]++;
        if (exercised[i])
            continue;
        missed[part->kind]++;
        print_part(lexicon, part);
    }
    printf("not exercised: %zu of %zu phrases, %zu of %zu unless, %zu of %zu members of sets\n",
           missed[CXM_PART_PHRASE], judged[CXM_PART_PHRASE], missed[CXM_PART_UNLESS],
           judged[CXM_PART_UNLESS], missed[CXM_PART_MEMBER], judged[CXM_PART_MEMBER]);
    return missed[CXM_PART_PHRASE] + missed[CXM_PART_UNLESS] + missed[CXM_PART_MEMBER] == 0;
}

/* The tests category by category: a tracer then makes ready for each but once. */
static bool run_tests(cxm_tracer *tracer, const cxm_lexicon *lexicon, bool *exercised) {
    for (size_t category = 0; category < cxm_lexicon_category_count(lexicon); category++)
        for (size_t i = 0; i < cxm_lexicon_test_count(lexicon); i++) {
            const cxm_lexicon_test *test = cxm_lexicon_test_at(lexicon, i);
            if (test->category == category && !run_test(tracer, lexicon, test, exercised))
                return false;
        }
    return true;
}

static int check(const cxm_lexicon *lexicon, bool *exercised, bool *used, bool whole) {
    cxm_tracer *tracer;
    cxm_error error;
    int status = CLI_TROUBLE;
    cli_find_used_members(lexicon, false, used);
    if (cxm_tracer_new(lexicon, NULL, &tracer, &error) != CXM_OK)
        cli_report(&error);
    else if (run_tests(tracer, lexicon, exercised))
        status = print_parts(lexicon, exercised, used, whole) ? CLI_DONE : CLI_NO;
    cxm_tracer_free(tracer);
    return status;
}

int cli_check_coverage(const cxm_lexicon *lexicon, bool whole) {
    size_t count = cxm_lexicon_part_count(lexicon) + 1;
    bool *exercised = calloc(count, sizeof *exercised);
    bool *used = calloc(count, sizeof *used);
    int status = exercised && used ? check(lexicon, exercised, used, whole) : cli_complain_memory();
    free(exercised);
    free(used);
    return status;
}
