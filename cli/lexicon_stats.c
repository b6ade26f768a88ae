/* SPDX-License-Identifier: MIT */
/* cxmine lexicon stats */
#include "commands.h"
#include "corpus.h"
#include "diagnostics.h"
#include "json_out.h"
#include "lexicon.h"
#include "paths.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct settings {
    const char *as;
    size_t examples;
    bool silent;
    cli_session_settings session;
};

#define AT(field) offsetof(struct settings, field)

static const cli_option options[] = {
    {"as", CLI_CHOICE, AT(as), "text|json", "How to print the results (default: text)"},
    {"examples", CLI_SIZE, AT(examples), "HITS",
     "Show up to HITS different hits of a phrase (default: 1; 100 at most)"},
    {"silent", CLI_FLAG, AT(silent), NULL, "Print phrases that were never found, too"},
    CLI_SESSION_OPTIONS(struct settings, session),
    {0},
};

static const char *const paragraphs[] = {
    "Counts what each phrase of the lexicon finds in transcripts: its hits, their share of the "
    "hits of its category, in how many conversations it was found, and examples. Of a category "
    "the phrases come by their hits, the most frequent first.",
    CLI_PATHS_PARAGRAPH,
    NULL,
};

static const cli_entry fields[] = {
    {"conversations, turns, words", "How much was read"},
    {"categories[]", "name, hits, turns (with a hit), conversations (with one), phrases[]:"},
    {"  phrases[]", "phrase, lexicon, line, hits, share, turns, conversations, examples[] (text, "
                    "place)"},
    {0},
};

static const cli_entry exits[] = {
    {"0", "Done"},
    {"2", "Something could not be read; the rest was done"},
    {"64", "The command line makes no sense"},
    {0},
};

/* A phrase in the order of printing. */
typedef struct ranked {
    uint32_t phrase;
    uint32_t category;
    size_t hits;
} ranked;

static int compare(const void *a, const void *b) {
    const ranked *one = a;
    const ranked *other = b;
    if (one->category != other->category)
        return one->category < other->category ? -1 : 1;
    if (one->hits != other->hits)
        return one->hits > other->hits ? -1 : 1;
    return one->phrase < other->phrase ? -1 : one->phrase > other->phrase;
}

static ranked *rank(const cxm_lexicon *lexicon, const cli_corpus *corpus) {
    size_t count = cxm_lexicon_phrase_count(lexicon);
    ranked *order = calloc(count + 1, sizeof *order);
    if (!order) {
        cli_complain_memory();
        return NULL;
    }
    for (uint32_t i = 0; i < count; i++)
        order[i] = (ranked){i, cxm_lexicon_phrase(lexicon, i)->category, corpus->phrases[i].hits};
    qsort(order, count, sizeof *order, compare);
    return order;
}

static size_t all_turns(const cli_corpus *corpus) {
    size_t turns = 0;
    for (int role = 0; role < CXM_ROLE_COUNT; role++)
        turns += corpus->turns[role];
    return turns;
}

static double share_of(size_t part, size_t whole) {
    return whole ? (double)part / (double)whole : 0;
}

/* ---- For people ---- */

static void print_examples(const cli_corpus *corpus, uint32_t phrase) {
    for (size_t i = 0; i < corpus->wanted; i++) {
        const cli_example *example = &corpus->examples[phrase * corpus->wanted + i];
        if (!example->text)
            return;
        fputs("            \"", stdout);
        cli_put(stdout, cxm_str_from(example->text));
        fputs("\"  ", stdout);
        cli_put(stdout, cxm_str_from(example->place));
        putchar('\n');
    }
}

static void print_phrase(const cxm_lexicon *lexicon, const cli_corpus *corpus, const ranked *at) {
    const cxm_phrase *phrase = cxm_lexicon_phrase(lexicon, at->phrase);
    double share = share_of(at->hits, corpus->categories[at->category].hits);
    printf("%8zu %5.1f %%  ", at->hits, 100 * share);
    cli_print_place(phrase->file, phrase->line);
    fputs("  ", stdout);
    cli_put(stdout, phrase->text);
    putchar('\n');
    print_examples(corpus, at->phrase);
}

static void print_category(const cxm_lexicon *lexicon, const cli_corpus *corpus, size_t index,
                           size_t silent) {
    const cxm_category *category = cxm_lexicon_category(lexicon, index);
    const cli_tally *tally = &corpus->categories[index];
    putchar('\n');
    cli_put(stdout, category->name);
    printf(": %zu hit%s in %zu of %zu conversations", tally->hits, tally->hits == 1 ? "" : "s",
           tally->conversations, corpus->conversations);
    printf("; %zu of %zu phrases never found\n", silent, category->phrase_count);
}

static size_t count_silent(const ranked *order, size_t count, uint32_t category) {
    size_t silent = 0;
    for (size_t i = 0; i < count && order[i].category == category; i++)
        silent += order[i].hits == 0;
    return silent;
}

static void print_text(const cxm_lexicon *lexicon, const cli_corpus *corpus, const ranked *order,
                       bool silent) {
    size_t count = cxm_lexicon_phrase_count(lexicon);
    printf("%zu conversations, %zu turns, %zu words\n", corpus->conversations, all_turns(corpus),
           corpus->words);
    for (size_t i = 0; i < count; i++) {
        uint32_t category = order[i].category;
        if (i == 0 || order[i - 1].category != category)
            print_category(lexicon, corpus, category, count_silent(order + i, count - i, category));
        if (order[i].hits || silent)
            print_phrase(lexicon, corpus, &order[i]);
    }
}

/* ---- For programs ---- */

static void put_tally(const cli_tally *tally) {
    printf("\"hits\": %zu, \"turns\": %zu, \"conversations\": %zu", tally->hits, tally->turns,
           tally->conversations);
}

static void put_examples(const cli_corpus *corpus, uint32_t phrase) {
    fputs(", \"examples\": [", stdout);
    for (size_t i = 0; i < corpus->wanted; i++) {
        const cli_example *example = &corpus->examples[phrase * corpus->wanted + i];
        if (!example->text)
            break;
        fputs(i ? ", {\"text\": " : "{\"text\": ", stdout);
        cli_json_string(cxm_str_from(example->text));
        fputs(", \"place\": ", stdout);
        cli_json_string(cxm_str_from(example->place));
        putchar('}');
    }
    putchar(']');
}

static void put_phrase(const cxm_lexicon *lexicon, const cli_corpus *corpus, const ranked *at) {
    const cxm_phrase *phrase = cxm_lexicon_phrase(lexicon, at->phrase);
    fputs("{\"phrase\": ", stdout);
    cli_json_string(phrase->text);
    fputs(", \"lexicon\": ", stdout);
    cli_json_string(phrase->file);
    printf(", \"line\": %u, \"share\": ", (unsigned)phrase->line);
    cli_json_number(share_of(at->hits, corpus->categories[at->category].hits));
    fputs(", ", stdout);
    put_tally(&corpus->phrases[at->phrase]);
    put_examples(corpus, at->phrase);
    putchar('}');
}

static void print_json(const cxm_lexicon *lexicon, const cli_corpus *corpus, const ranked *order,
                       bool silent) {
    size_t at = 0;
    size_t count = cxm_lexicon_phrase_count(lexicon);
    printf("{\"conversations\": %zu, \"turns\": %zu, \"words\": %zu, \"categories\": [",
           corpus->conversations, all_turns(corpus), corpus->words);
    for (size_t i = 0; i < corpus->category_count; i++) {
        bool first = true;
        fputs(i ? ", {\"name\": " : "{\"name\": ", stdout);
        cli_json_string(cxm_lexicon_category(lexicon, i)->name);
        fputs(", ", stdout);
        put_tally(&corpus->categories[i]);
        fputs(", \"phrases\": [", stdout);
        for (; at < count && order[at].category == i; at++) {
            if (!order[at].hits && !silent)
                continue;
            fputs(first ? "" : ", ", stdout);
            first = false;
            put_phrase(lexicon, corpus, &order[at]);
        }
        fputs("]}", stdout);
    }
    puts("]}");
}

static int print(const cxm_lexicon *lexicon, const cli_corpus *corpus,
                 const struct settings *settings) {
    ranked *order = rank(lexicon, corpus);
    if (!order)
        return CLI_TROUBLE;
    if (settings->as && strcmp(settings->as, "json") == 0)
        print_json(lexicon, corpus, order, settings->silent);
    else
        print_text(lexicon, corpus, order, settings->silent);
    free(order);
    return CLI_DONE;
}

static int run(const void *given, const cli_list *operands) {
    enum { MOST_EXAMPLES = 100 };
    const struct settings *settings = given;
    size_t wanted = settings->examples < MOST_EXAMPLES ? settings->examples : MOST_EXAMPLES;
    cli_corpus corpus = {0};
    cxm_lexicon *lexicon;
    int status = cli_pack_open(&settings->session.pack, &lexicon);
    if (status != CLI_DONE)
        return status;
    if (!cli_corpus_init(&corpus, lexicon, wanted ? wanted : 1)) {
        status = CLI_TROUBLE;
    } else {
        status = cli_corpus_read(&corpus, lexicon, &settings->session.reading,
                                 &settings->session.mining, operands);
        if (status != CLI_USAGE && print(lexicon, &corpus, settings) != CLI_DONE)
            status = CLI_TROUBLE;
    }
    cli_corpus_clear(&corpus);
    cxm_lexicon_free(lexicon);
    return status;
}

const cli_command cli_lexicon_stats = {
    .name = "lexicon stats",
    .operands = "PATH...",
    .least = 1,
    .most = SIZE_MAX,
    .summary = "Count what each phrase finds in transcripts",
    .paragraphs = paragraphs,
    .settings_size = sizeof(struct settings),
    .options = options,
    .list_title = "Fields of --as json",
    .list = fields,
    .exits = exits,
    .run = run,
};
