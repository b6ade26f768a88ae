/* SPDX-License-Identifier: MIT */
/* cxmine lexicon lint */
#include "commands.h"
#include "corpus.h"
#include "diagnostics.h"
#include "lexicon.h"
#include "paths.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct settings {
    bool with_builtin;
    cli_reading reading;
};

static const cli_option options[] = {
    CLI_WITH_BUILTIN(struct settings),
    CLI_READING_OPTIONS(struct settings, reading),
    {0},
};

static const char *const paragraphs[] = {
    "Looks for what is most likely wrong in PACK, a directory of YAML files or one file, beyond "
    "what `lexicon check` finds. Each finding is a line, with its file and line of the pack. With "
    "transcripts, phrases that never fire are told, too, those that fire in very many turns, and "
    "categories that are mostly found together.",
    CLI_PATHS_PARAGRAPH,
    NULL,
};

static const cli_entry kinds[] = {
    {"duplicate", "The same phrase, or member of the set, stands in an earlier line"},
    {"elsewhere", "The same phrase stands in a category of another family"},
    {"shadowed", "Another phrase of the category matches whatever this one matches"},
    {"unreachable", "An `unless` drops whatever it matches"},
    {"broad", "It can match one very frequent word alone; or it leaves open three words or more, "
              "and more than it asks for; or, with PATH, it is found in more than one of 20 turns "
              "of its speakers, and in 20 at least"},
    {"unused", "No phrase and no expression uses the set"},
    {"silent", "With PATH: it is never found there"},
    {"overlap",
     "Of two categories of different families: more than half of the hits of the first "
     "lie in hits of the second; in PATH, else in the tests of the pack; 5 hits at least"},
    {0},
};

static const cli_entry exits[] = {
    {"0", "There are no findings"},
    {"1", "There are some"},
    {"2", "Something could not be read; the rest was done"},
    {"64", "The command line makes no sense"},
    {0},
};

/* How the work goes. */
typedef struct linter {
    const cxm_lexicon *lexicon;
    cxm_tracer *tracer;
    const cli_corpus *corpus;
    bool has_paths;
    size_t findings;
    bool failed;
} linter;

/* Whether a part is the user's own. */
static bool is_own(const cxm_part *part) {
    return !part->builtin;
}

static void begin(linter *self, const cxm_part *part, const char *kind) {
    cli_print_place(part->file, part->line);
    printf(": %s: ", kind);
    if (part->kind == CXM_PART_MEMBER) {
        putchar('<');
        cli_put(stdout, part->set);
        putchar('>');
    } else {
        cli_put(stdout, cxm_lexicon_category(self->lexicon, part->category)->name);
    }
    fputs(": ", stdout);
    cli_put(stdout, part->text);
    self->findings++;
}

static void end_with(const char *text, const cxm_part *other) {
    printf("  (%s ", text);
    cli_print_place(other->file, other->line);
    if (other->text.len) {
        fputs("  ", stdout);
        cli_put(stdout, other->text);
    }
    puts(")");
}

/* ---- Duplicates ---- */

static int compare_text(cxm_str a, cxm_str b) {
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len ? memcmp(a.ptr, b.ptr, len) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* What stands side by side in a list that is sorted for finding duplicates. */
static int compare_parts(const void *a, const void *b) {
    const cxm_part *one = *(const cxm_part *const *)a;
    const cxm_part *other = *(const cxm_part *const *)b;
    if (one->kind != other->kind)
        return one->kind < other->kind ? -1 : 1;
    int order = compare_text(one->text, other->text);
    return order ? order : (one > other) - (one < other);
}

/* Kinds of one thing stand in one family, and may well be found in the same words. */
static bool is_one_family(const linter *self, size_t one, size_t other) {
    return compare_text(cxm_lexicon_category(self->lexicon, one)->family,
                        cxm_lexicon_category(self->lexicon, other)->family) == 0;
}

/* Whether two parts of the same text serve the same end. */
static bool is_same_place(const cxm_part *a, const cxm_part *b) {
    if (a->kind == CXM_PART_MEMBER)
        return compare_text(a->set, b->set) == 0;
    return a->category == b->category && (a->kind == CXM_PART_PHRASE || a->phrase == b->phrase);
}

static void tell_duplicate(linter *self, const cxm_part *const *sorted, size_t index) {
    const cxm_part *part = sorted[index];
    const cxm_part *elsewhere = NULL;
    for (size_t i = index; i-- > 0;) {
        const cxm_part *other = sorted[i];
        if (other->kind != part->kind || compare_text(other->text, part->text) != 0)
            break;
        if (is_same_place(part, other)) {
            begin(self, part, "duplicate");
            end_with("as", &(cxm_part){.file = other->file, .line = other->line});
            return;
        }
        if (part->kind == CXM_PART_PHRASE && !is_one_family(self, part->category, other->category))
            elsewhere = other;
    }
    if (!elsewhere)
        return;
    begin(self, part, "elsewhere");
    fputs("  (in ", stdout);
    cli_put(stdout, cxm_lexicon_category(self->lexicon, elsewhere->category)->name);
    fputs(", ", stdout);
    cli_print_place(elsewhere->file, elsewhere->line);
    puts(")");
}

static void find_duplicates(linter *self) {
    size_t count = cxm_lexicon_part_count(self->lexicon);
    const cxm_part **sorted = calloc(count + 1, sizeof *sorted);
    if (!sorted) {
        self->failed = true;
        cli_complain_memory();
        return;
    }
    for (size_t i = 0; i < count; i++)
        sorted[i] = cxm_lexicon_part(self->lexicon, i);
    qsort(sorted, count, sizeof *sorted, compare_parts);
    for (size_t i = 1; i < count; i++)
        if (is_own(sorted[i]))
            tell_duplicate(self, sorted, i);
    free(sorted);
}

/* ---- Sets ---- */

/* One line for each set: its members stand one behind the other. */
static void find_unused(linter *self) {
    size_t count = cxm_lexicon_part_count(self->lexicon);
    bool *used = calloc(count + 1, sizeof *used);
    if (!used) {
        self->failed = true;
        cli_complain_memory();
        return;
    }
    cli_find_used_members(self->lexicon, true, used);
    for (size_t i = 0; i < count; i++) {
        const cxm_part *part = cxm_lexicon_part(self->lexicon, i);
        const cxm_part *before = i ? cxm_lexicon_part(self->lexicon, i - 1) : NULL;
        if (used[i] || !is_own(part) || (before && compare_text(before->set, part->set) == 0))
            continue;
        begin(self, part, "unused");
        puts(", ...");
    }
    free(used);
}

/* ---- Phrases by themselves ---- */

/* What is found twice over both ways is told of the later one. */
static bool is_mutual(linter *self, uint32_t phrase, uint32_t other) {
    cxm_phrase_check check;
    return phrase < other && cxm_tracer_check(self->tracer, other, &check, NULL) == CXM_OK &&
           check.shadowed_by == phrase;
}

static bool is_broad(const cxm_phrase_check *check) {
    enum { FREQUENT = 4, OPEN = 3 };
    return check->frequency >= FREQUENT ||
           (check->open_words >= OPEN && check->open_words > check->least_words &&
            check->least_words < 2);
}

static void check_phrase(linter *self, uint32_t index) {
    const cxm_part *part = cxm_lexicon_part(self->lexicon, index);
    cxm_phrase_check check;
    cxm_error error;
    if (cxm_tracer_check(self->tracer, index, &check, &error) != CXM_OK) {
        cli_report(&error);
        self->failed = true;
        return;
    }
    if (check.dropped_by != CXM_NONE) {
        begin(self, part, "unreachable");
        end_with("unless", cxm_lexicon_part(self->lexicon, check.dropped_by));
    } else if (check.shadowed_by != CXM_NONE && !is_mutual(self, index, check.shadowed_by)) {
        const cxm_part *by = cxm_lexicon_part(self->lexicon, check.shadowed_by);
        if (compare_text(by->text, part->text) == 0)
            return; /* a duplicate, and told */
        begin(self, part, "shadowed");
        end_with("by", by);
    }
    if (is_broad(&check)) {
        begin(self, part, "broad");
        puts(check.open_words ? "  (it asks for less than it leaves open)"
                              : "  (one frequent word is enough)");
    }
}

static void check_phrases(linter *self) {
    size_t count = cxm_lexicon_phrase_count(self->lexicon);
    for (uint32_t i = 0; i < count && !self->failed; i++)
        if (is_own(cxm_lexicon_part(self->lexicon, i)))
            check_phrase(self, i);
}

/* ---- What a corpus tells ---- */

static size_t turns_of(const linter *self, cxm_speaker speaker) {
    size_t turns = 0;
    for (int role = 0; role < CXM_ROLE_COUNT; role++)
        if (cli_is_heard(speaker, (cxm_role)role))
            turns += self->corpus->turns[role];
    return turns;
}

static void check_hits(linter *self) {
    enum { LEAST = 20, ONE_OF = 20 };
    for (size_t i = 0; i < cxm_lexicon_phrase_count(self->lexicon); i++) {
        const cxm_part *part = cxm_lexicon_part(self->lexicon, i);
        cxm_speaker speaker = cxm_lexicon_category(self->lexicon, part->category)->speaker;
        size_t turns = self->corpus->phrases[i].turns;
        if (!is_own(part))
            continue;
        if (turns == 0) {
            begin(self, part, "silent");
            putchar('\n');
        } else if (turns >= LEAST && turns > turns_of(self, speaker) / ONE_OF) {
            begin(self, part, "broad");
            printf("  (in %zu of %zu turns)\n", turns, turns_of(self, speaker));
        }
    }
}

static void tell_overlap(linter *self, size_t one, size_t other, size_t common, size_t hits) {
    cli_put(stdout, cxm_lexicon_category(self->lexicon, one)->name);
    printf(": overlap: %zu of %zu hits lie in hits of ", common, hits);
    cli_put(stdout, cxm_lexicon_category(self->lexicon, other)->name);
    putchar('\n');
    self->findings++;
}

static void check_overlaps(linter *self) {
    enum { LEAST = 5 };
    size_t count = cxm_lexicon_category_count(self->lexicon);
    for (size_t one = 0; one < count; one++)
        for (size_t other = 0; other < count; other++) {
            size_t hits = self->corpus->categories[one].hits;
            size_t common = self->corpus->together[one * count + other];
            if (hits >= LEAST && common > hits / 2 && !is_one_family(self, one, other))
                tell_overlap(self, one, other, common, hits);
        }
}

/* ---- The command ---- */

static int lint(linter *self, cli_corpus *corpus, const struct settings *settings,
                const cli_list *paths) {
    self->corpus = corpus;
    self->has_paths = paths->count > 0;
    int status = self->has_paths ? cli_corpus_read(corpus, self->lexicon, &settings->reading,
                                                   &(cli_mining){0}, paths)
                                 : cli_corpus_read_tests(corpus, self->lexicon);
    if (status == CLI_USAGE)
        return status;
    find_duplicates(self);
    find_unused(self);
    check_phrases(self);
    if (self->has_paths)
        check_hits(self);
    check_overlaps(self);
    printf("%zu finding%s\n", self->findings, self->findings == 1 ? "" : "s");
    if (status != CLI_DONE || self->failed)
        return CLI_TROUBLE;
    return self->findings ? CLI_NO : CLI_DONE;
}

static int run(const void *given, const cli_list *operands) {
    const struct settings *settings = given;
    cli_list packs = {operands->items, 1};
    cli_list paths = {operands->items + 1, operands->count - 1};
    cli_pack pack = cli_pack_of(&packs, settings->with_builtin);
    cxm_lexicon *lexicon;
    cli_corpus corpus = {0};
    cxm_error error;
    pack.keep_parts = true;
    int status = cli_pack_open(&pack, &lexicon);
    if (status != CLI_DONE)
        return status;
    linter self = {.lexicon = lexicon};
    if (cxm_tracer_new(lexicon, NULL, &self.tracer, &error) != CXM_OK) {
        cli_report(&error);
        status = CLI_TROUBLE;
    } else if (!cli_corpus_init(&corpus, lexicon, 0)) {
        status = CLI_TROUBLE;
    } else {
        status = lint(&self, &corpus, settings, &paths);
    }
    cli_corpus_clear(&corpus);
    cxm_tracer_free(self.tracer);
    cxm_lexicon_free(lexicon);
    return status;
}

const cli_command cli_lexicon_lint = {
    .name = "lexicon lint",
    .operands = "PACK [PATH...]",
    .least = 1,
    .most = SIZE_MAX,
    .summary = "Look for what is most likely wrong in a pack",
    .paragraphs = paragraphs,
    .settings_size = sizeof(struct settings),
    .options = options,
    .list_title = "Findings",
    .list = kinds,
    .exits = exits,
    .run = run,
};
