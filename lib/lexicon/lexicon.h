/* SPDX-License-Identifier: MIT */
/*
 * A compiled lexicon from the inside: what the matcher reads. Immutable once compiled; all of it
 * lives in one arena, but for the tables and regular expressions.
 */
#ifndef CXM_LEXICON_LEXICON_H
#define CXM_LEXICON_LEXICON_H

#include "base/memory.h"
#include "base/table.h"
#include "lexicon/expression.h"
#include "lexicon/program.h"
#include "text/language.h"
#include "text/regex.h"
#include "text/stem.h"

#include <cxmine/behavior.h>
#include <cxmine/lexicon.h>

/* A regular expression as a test on words. */
typedef struct cxm_word_regex {
    cxm_regex *regex;
    uint64_t beginnings[2]; /* the ASCII characters that a word can begin with that it takes */
    char needed;            /* an ASCII character that such a word has; '\0': none is known */
} cxm_word_regex;

/* A criterion, compiled. */
typedef struct cxm_criterion_rule {
    cxm_expression given; /* no clauses: always */
    cxm_expression asked;
    bool relative; /* `asked` is about the places that are given, whose clauses it begins with */
} cxm_criterion_rule;

typedef struct cxm_scorecard_rule {
    cxm_expression given; /* no clauses: all conversations */
    const cxm_criterion_rule *criteria;
} cxm_scorecard_rule;

struct cxm_lexicon {
    cxm_allocator allocator;
    cxm_arena arena;
    cxm_language language;

    cxm_category *categories; /* by name; then those that only expressions know */
    size_t category_count;    /* without the latter */
    size_t hidden_count;
    cxm_phrase *phrases; /* in the order of files; those of hidden categories come last */
    size_t phrase_count; /* without the latter */
    cxm_lexicon_test *tests;
    size_t test_count;
    cxm_behavior *behaviors;              /* by name */
    cxm_expression *behavior_expressions; /* one for each */
    uint32_t *behavior_order; /* all of them, each behind those that its expression names */
    size_t behavior_count;
    cxm_behavior *queries;
    cxm_expression *query_expressions;
    size_t query_count;
    cxm_scorecard *scorecards; /* by name */
    cxm_scorecard_rule *scorecard_rules;
    size_t scorecard_count;
    cxm_dialogue *dialogues;
    size_t dialogue_count;
    cxm_table roles; /* folded label -> cxm_role */

    cxm_instruction *program;
    size_t program_len;
    size_t program_capacity;
    cxm_rule *rules;
    size_t rule_count;
    size_t first_filler; /* the rules of fillers are the last ones */
    size_t group_count;  /* of `unless` */
    size_t max_words;    /* the longest text that a rule can match */
    size_t max_filler;   /* the words of the longest filler */

    cxm_start *starts; /* by rule */
    size_t start_count;
    cxm_start *pieces; /* where the pieces of rules start (pieces.h), by phase */
    size_t first_piece[CXM_PHASE_COUNT + 1]; /* those of a phase begin here, end with the next's */
    cxm_proposal *proposals;                 /* of the pieces */
    size_t need_count; /* needs: sets of words one of which a rule cannot do without, besides its
                        * piece */
    cxm_lists needs_of_atom;   /* atom -> the needs that a word that satisfies it fulfills */
    cxm_lists fillers_of_atom; /* atom -> what follows a first word of a filler that satisfies it */
    bool *negator_atoms;       /* per atom: whether a word that satisfies it is a negator */
    bool *filler_atoms; /* per atom: whether a word that satisfies it may be part of a filler */

    size_t atom_count;
    size_t primitive_count;
    cxm_lists atoms_of_primitive;
    cxm_table literals; /* folded word -> primitive */
    cxm_table prefixes;
    size_t longest_prefix; /* bytes */
    cxm_table stems;
    cxm_word_regex *regexes;
    size_t regex_count;
    size_t regex_capacity;
    cxm_lists primitives_of_regex; /* in order */
    cxm_table excepted; /* folded word -> which of the words that tests do not take although an
                         * expression of theirs does */
    cxm_lists primitives_excepted; /* the tests that such a word does not satisfy, in order */

    cxm_str *slip_words; /* what typing slips are mended to */
    size_t slip_word_count;
    size_t slip_capacity;
    cxm_lists slip_buckets; /* hash of a word with a letter left out, or none -> slip_words */
    uint32_t slip_mask;     /* buckets - 1 */

    struct cxm_source *source; /* what it was compiled from; NULL: not kept */
};

/* How many categories hits can be of, with the hidden ones. */
static inline size_t cxm_lexicon_all_categories(const cxm_lexicon *self) {
    return self->category_count + self->hidden_count;
}

/* Finds an item by its name among items of a size that begin with their names, and are in the order
 * of these. */
bool cxm_find_name(const void *items, size_t count, size_t size, cxm_str name, uint32_t *index);

/* A set of atoms of a lexicon; all zero: it has no memory yet. */
typedef struct cxm_atoms {
    uint32_t *items; /* sorted, each once; room for all there are */
    size_t count;
    uint64_t *set; /* a bit an atom, cxm_atoms_words() */
} cxm_atoms;

static inline size_t cxm_atoms_words(const cxm_lexicon *lexicon) {
    return lexicon->atom_count / 64 + 1;
}

void cxm_atoms_clear(cxm_atoms *self, const cxm_lexicon *lexicon, const cxm_allocator *allocator);

/*
 * What a folded word (one word of a reading) means to the lexicon: the atoms that it satisfies.
 * `stemmer` and `scratch` are the calling thread's. false where there is no memory.
 */
bool cxm_lexicon_resolve(const cxm_lexicon *self, const cxm_allocator *allocator,
                         cxm_stemmer *stemmer, cxm_regex_scratch *scratch, cxm_str word,
                         cxm_atoms *out);

/*
 * The one known word that a misspelt folded word is one edit (a letter left out, too many, wrong,
 * or two letters swapped) away from; an empty string where there is none or more than one.
 */
cxm_str cxm_lexicon_mend(const cxm_lexicon *self, cxm_str folded);

enum {
    CXM_SLIP_MIN_BYTES = 7,       /* a shorter word is never taken for another */
    CXM_SLIP_MAX_BYTES = 32,      /* nor a longer one */
    CXM_SLIP_KNOWN_MIN_BYTES = 6, /* nor taken for a shorter one than this */
};

#endif
