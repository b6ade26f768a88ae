/* SPDX-License-Identifier: MIT */
/* Why a category was missed in a text, in a line or a few. */
#include "corpus.h"
#include "diagnostics.h"
#include "eval.h"
#include "lexicon.h"

#include <stdio.h>

static void put_slice(cxm_str text, size_t start, size_t end) {
    cli_put(stdout, (cxm_str){text.ptr + start, end - start});
}

/* An element of a phrase; a long group is cut. */
static void put_element(cxm_str phrase, const cxm_nearest *near) {
    enum { MOST = 60 };
    size_t end = near->element_end;
    bool cut = end - near->element_start > MOST;
    if (cut)
        end = near->element_start + MOST;
    put_slice(phrase, near->element_start, end);
    fputs(cut ? "..." : "", stdout);
}

static void put_part(const char *before, const cxm_part *part) {
    fputs(before, stdout);
    cli_print_place(part->file, part->line);
    fputs("  ", stdout);
    cli_put(stdout, part->text);
    putchar('\n');
}

/* A phrase that matches, and does not hold. */
static void put_match(const cxm_lexicon *lexicon, cxm_str text, const cxm_trace_match *match) {
    fputs("    but \"", stdout);
    put_slice(text, match->start, match->end);
    put_part("\" is matched by ", cxm_lexicon_part(lexicon, match->part));
    if (match->dropped_by != CXM_NONE)
        put_part("      dropped by unless ", cxm_lexicon_part(lexicon, match->dropped_by));
    else if (match->negated)
        puts("      dropped: a negator stands right before it");
    else
        puts("      not looked for in what this speaker says");
}

/* How many matches there are that do not hold; each is told. */
static size_t put_matches(const cxm_lexicon *lexicon, cxm_tracer *tracer, cxm_str text,
                          uint32_t category) {
    const cxm_trace *trace;
    size_t told = 0;
    if (cxm_tracer_run(tracer, text, category, &trace, NULL) != CXM_OK)
        return 0;
    for (size_t i = 0; i < trace->match_count; i++)
        if (cxm_lexicon_part(lexicon, trace->matches[i].part)->kind == CXM_PART_PHRASE) {
            put_match(lexicon, text, &trace->matches[i]);
            told++;
        }
    return told;
}

static void put_nearest(const cxm_lexicon *lexicon, cxm_tracer *tracer, cxm_str text,
                        uint32_t category) {
    const cxm_nearest *near;
    size_t count;
    if (cxm_tracer_nearest(tracer, text, category, 1, &near, &count, NULL) != CXM_OK || count == 0)
        return;
    const cxm_part *part = cxm_lexicon_part(lexicon, near->part);
    printf("    closest, %zu of %zu elements, is ", near->taken, near->taken + near->missing);
    put_part("", part);
    fputs("      it expects ", stdout);
    put_element(part->text, near);
    fputs(" at \"", stdout);
    put_slice(text, near->at, text.len);
    puts("\"");
}

void cli_eval_print_why(const cxm_lexicon *lexicon, cxm_tracer *tracer, cxm_str text,
                        cxm_str name) {
    uint32_t category;
    if (cxm_lexicon_find_category(lexicon, name, &category) &&
        put_matches(lexicon, tracer, text, category) == 0)
        put_nearest(lexicon, tracer, text, category);
}
