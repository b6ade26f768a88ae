/* SPDX-License-Identifier: MIT */
/* cxmine lexicon why */
#include "commands.h"
#include "corpus.h"
#include "diagnostics.h"
#include "lexicon.h"
#include "session.h"

#include <stdint.h>
#include <stdio.h>

struct settings {
    cli_pack pack;
    cli_mining mining;
    const char *role;
    size_t most;
};

#define AT(field) offsetof(struct settings, field)

static const cli_option options[] = {
    {"role", CLI_CHOICE, AT(role), "agent|customer|bot|other|unknown",
     "Who says TEXT (default: unknown, for whom every category is looked for)"},
    {"most", CLI_SIZE, AT(most), "PHRASES", "Print the closest PHRASES (default: 3)"},
    CLI_PACK_OPTIONS(struct settings, pack),
    CLI_MINING_OPTIONS(struct settings, mining),
    {0},
};

static const char *const paragraphs[] = {
    "Tells of each phrase that matches in TEXT what became of the match: a hit, or what dropped or "
    "hid it. Then come the phrases that are closest to matching, with the element that failed "
    "marked in the phrase, and in the text the place where it was expected. TEXT is one turn. "
    "CATEGORY is a category, as blame.customer; without it all are looked at.",
    NULL,
};

static const cli_entry exits[] = {
    {"0", "There is a hit"},
    {"1", "There is none"},
    {"2", "The pack has errors or cannot be read"},
    {"64", "The command line makes no sense"},
    {0},
};

/* What the command works with. */
typedef struct question {
    const cxm_lexicon *lexicon;
    cxm_tracer *tracer;
    const cxm_result *result;
    cxm_str text;
    cxm_role role;
    uint32_t category; /* CXM_NONE: all */
    size_t most;
} question;

static cxm_str slice(cxm_str text, size_t start, size_t end) {
    return (cxm_str){text.ptr + start, end - start};
}

static size_t count_columns(cxm_str text) {
    size_t columns = 0;
    for (size_t i = 0; i < text.len; i++)
        columns += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return columns;
}

static void print_part(const cxm_lexicon *lexicon, uint32_t index) {
    const cxm_part *part = cxm_lexicon_part(lexicon, index);
    cli_print_place(part->file, part->line);
    fputs("  ", stdout);
    cli_put(stdout, part->text);
    putchar('\n');
}

/* A text, and carets under a part of it; one at least. */
static void print_marked(cxm_str text, size_t start, size_t end) {
    size_t before = count_columns(slice(text, 0, start));
    size_t under = count_columns(slice(text, start, end));
    fputs("    ", stdout);
    cli_put(stdout, text);
    printf("\n    %*s", (int)before, "");
    for (size_t i = 0; i == 0 || i < under; i++)
        putchar('^');
    putchar('\n');
}

static bool is_asked(const question *self, uint32_t category) {
    return self->category == CXM_NONE || self->category == category;
}

/* The hit that a match is, or that hides it. */
static const cxm_hit *find_hit(const question *self, uint32_t category,
                               const cxm_trace_match *match) {
    const cxm_hit *over = NULL;
    for (size_t i = 0; i < self->result->hit_count; i++) {
        const cxm_hit *hit = &self->result->hits[i];
        if (hit->category != category || hit->start >= match->end || match->start >= hit->end)
            continue;
        if (hit->phrase == match->part && hit->start == match->start)
            return hit;
        over = hit;
    }
    return over;
}

static void print_fate(const question *self, uint32_t index, const cxm_trace_match *match) {
    const cxm_category *category = cxm_lexicon_category(self->lexicon, index);
    const cxm_hit *hit = find_hit(self, index, match);
    if (match->dropped_by != CXM_NONE) {
        fputs("    dropped by unless ", stdout);
        print_part(self->lexicon, match->dropped_by);
    } else if (match->negated) {
        puts("    dropped: a negator stands right before it");
    } else if (!cli_is_heard(category->speaker, self->role)) {
        printf("    not looked for: the category is for the %s\n",
               cli_speaker_name(category->speaker));
    } else if (!hit) {
        puts("    no hit");
    } else if (hit->phrase == match->part && hit->start == match->start) {
        puts("    a hit");
    } else {
        fputs("    hidden by another hit of the category, ", stdout);
        print_part(self->lexicon, hit->phrase);
    }
}

static void print_match(const question *self, uint32_t category, const cxm_trace_match *match) {
    cli_put(stdout, cxm_lexicon_category(self->lexicon, category)->name);
    fputs(": matched by ", stdout);
    print_part(self->lexicon, match->part);
    print_marked(self->text, match->start, match->end);
    print_fate(self, category, match);
}

/* Every match of the categories asked for. */
static bool print_matches(const question *self) {
    for (uint32_t category = 0; category < cxm_lexicon_category_count(self->lexicon); category++) {
        const cxm_trace *trace;
        cxm_error error;
        if (!is_asked(self, category))
            continue;
        if (cxm_tracer_run(self->tracer, self->text, category, &trace, &error) != CXM_OK)
            return cli_report(&error);
        for (size_t i = 0; i < trace->match_count; i++)
            if (cxm_lexicon_part(self->lexicon, trace->matches[i].part)->kind == CXM_PART_PHRASE)
                print_match(self, category, &trace->matches[i]);
    }
    return true;
}

static void print_near(const question *self, const cxm_nearest *near) {
    const cxm_part *phrase = cxm_lexicon_part(self->lexicon, near->part);
    cli_put(stdout, cxm_lexicon_category(self->lexicon, phrase->category)->name);
    fputs(": close is ", stdout);
    cli_print_place(phrase->file, phrase->line);
    printf(", %zu of %zu elements", near->taken, near->taken + near->missing);
    if (near->extra)
        printf(", %zu word%s too many", near->extra, near->extra == 1 ? "" : "s");
    putchar('\n');
    print_marked(phrase->text, near->element_start, near->element_end);
    print_marked(self->text, near->at, near->at);
}

static bool print_nearest(const question *self) {
    const cxm_nearest *near;
    size_t count;
    size_t printed = 0;
    cxm_error error;
    /* Those that match have been told; they come first. */
    if (cxm_tracer_nearest(self->tracer, self->text, self->category, SIZE_MAX, &near, &count,
                           &error) != CXM_OK)
        return cli_report(&error);
    for (size_t i = 0; i < count && printed < self->most; i++) {
        if (near[i].missing + near[i].extra == 0)
            continue;
        print_near(self, &near[i]);
        printed++;
    }
    if (count == 0)
        puts("no phrase has a word in common with it");
    return true;
}

static bool has_hit(const question *self) {
    for (size_t i = 0; i < self->result->hit_count; i++)
        if (is_asked(self, self->result->hits[i].category))
            return true;
    return false;
}

static int answer(question *self, cxm_miner *miner) {
    cxm_transcript *transcript = NULL;
    cxm_error error;
    int status = CLI_TROUBLE;
    if (cli_transcript_of(self->text, self->role, &transcript, &error) != CXM_OK ||
        cxm_mine(miner, transcript, &self->result, &error) != CXM_OK)
        cli_report(&error);
    else if (print_matches(self) && print_nearest(self))
        status = has_hit(self) ? CLI_DONE : CLI_NO;
    cxm_transcript_free(transcript);
    return status;
}

static int find_category(const cxm_lexicon *lexicon, const char *name, uint32_t *index) {
    if (cxm_lexicon_find_category(lexicon, cxm_str_from(name), index))
        return CLI_DONE;
    cli_begin_message();
    fputs("no category '", stderr);
    cli_put(stderr, cxm_str_from(name));
    fputs("'; see 'cxmine lexicon list'\n", stderr);
    return CLI_USAGE;
}

static int ask(question *self, const struct settings *settings) {
    cxm_miner_options mining = CXM_MINER_OPTIONS_INIT;
    cxm_error error;
    mining.no_typing_slips = settings->mining.no_slips;
    mining.no_glued_words = settings->mining.no_glued;
    cxm_miner *miner = cli_miner_new(self->lexicon, &settings->mining);
    int status = CLI_TROUBLE;
    if (miner && cxm_tracer_new(self->lexicon, &mining, &self->tracer, &error) != CXM_OK)
        cli_report(&error);
    if (self->tracer)
        status = answer(self, miner);
    cxm_tracer_free(self->tracer);
    cxm_miner_free(miner);
    return status;
}

static int run(const void *given, const cli_list *operands) {
    const struct settings *settings = given;
    cli_pack pack = settings->pack;
    cxm_lexicon *lexicon;
    question self = {.text = cxm_str_from(operands->items[0]),
                     .category = CXM_NONE,
                     .most = settings->most ? settings->most : 3};
    if (settings->role)
        cxm_role_parse(cxm_str_from(settings->role), &self.role);
    pack.keep_parts = true;
    int status = cli_pack_open(&pack, &lexicon);
    if (status == CLI_DONE && operands->count > 1)
        status = find_category(lexicon, operands->items[1], &self.category);
    self.lexicon = lexicon;
    if (status == CLI_DONE)
        status = ask(&self, settings);
    cxm_lexicon_free(lexicon);
    return status;
}

const cli_command cli_lexicon_why = {
    .name = "lexicon why",
    .operands = "TEXT [CATEGORY]",
    .least = 1,
    .most = 2,
    .summary = "Tell why a text has a hit, or has none",
    .paragraphs = paragraphs,
    .settings_size = sizeof(struct settings),
    .options = options,
    .exits = exits,
    .run = run,
};
