/* SPDX-License-Identifier: MIT */
#include "oracle.h"

#include <stdlib.h>

#define ONE(word)                                                                                  \
    {                                                                                              \
        { word, NULL }                                                                             \
    }

const oracle_word oracle_words[] = {
    {"a", ONE("a")},
    {"b", ONE("b")},
    {"c", ONE("c")},
    {"state", ONE("state")},
    {"states", ONE("states")},
    {"i", ONE("i")},
    {"am", ONE("am")},
    {"i'm", {{"i", "am", NULL}}},
    {"im", {{"i", "am", NULL}}},
    {"can", ONE("can")},
    {"not", ONE("not")},
    {"can't", {{"can", "not", NULL}}},
    {"cannot", {{"can", "not", NULL}}},
    {"never", ONE("never")},
    {"it", ONE("it")},
    {"is", ONE("is")},
    {"it's", {{"it", "is", NULL}, {"it", "has", NULL}}},
    {"its", {{"its", NULL}, {"it", "is", NULL}, {"it", "has", NULL}}},
    {"b's", {{"b", NULL}, {"b", "is", NULL}, {"b", "has", NULL}}},
    {"uh", ONE("uh")},
    {"you", ONE("you")},
    {"know", ONE("know")},
    {"no", ONE("no")},
    {"longer", ONE("longer")},
};
const size_t oracle_word_count = COUNT(oracle_words);

static const char *const fillers[][2] = {{"uh", NULL}, {"you", "know"}};
static const oracle_word negator_words[] = {
    {"not", ONE("not")}, {"never", ONE("never")}, {"no", ONE("no")}, {"longer", ONE("longer")}};
static const part negator_parts[] = {
    {.kind = PART_WORD, .word = &negator_words[0]},
    {.kind = PART_WORD, .word = &negator_words[1]},
    {.kind = PART_WORD, .word = &negator_words[2]},
    {.kind = PART_WORD, .word = &negator_words[3]},
};
/* Those of test_language: not, never, no longer. */
static const part negators[] = {
    {.kind = PART_SEQUENCE, .children = {&negator_parts[0]}, .child_count = 1},
    {.kind = PART_SEQUENCE, .children = {&negator_parts[1]}, .child_count = 1},
    {.kind = PART_SEQUENCE, .children = {&negator_parts[2], &negator_parts[3]}, .child_count = 2},
};

/* ---- Places ---- */

/* A set of tokens, a bit a token. */
typedef uint32_t token_set;

static bool has(token_set set, size_t token) {
    return set >> token & 1;
}

static token_set only(size_t token) {
    return (token_set)1 << token;
}

/* In front of tokens that are untouched, or within a reading of them. */
typedef struct places {
    token_set before;
    token_set within[ORACLE_READINGS][ORACLE_WORDS]; /* so many words of it are taken */
    bool at_start;                                   /* nothing was taken yet */
} places;

/* A sentence, and where a match is looked for in it. */
typedef struct view {
    const oracle_word *words[ORACLE_TOKENS];
    bool transparent[ORACLE_TOKENS]; /* repeats and words that are cut off */
    size_t start;                    /* of the sentence */
    size_t end;
    bool asks;
    size_t first; /* the token that a match starts with */
    size_t from;  /* and how many words of its reading are left out in front */
} view;

static size_t reading_len(const char *const reading[ORACLE_WORDS + 1]) {
    size_t len = 0;
    while (reading[len])
        len++;
    return len;
}

static bool is_plain(const oracle_word *word, const char *text) {
    return !word->readings[1][0] && !word->readings[0][1] &&
           strcmp(word->readings[0][0], text) == 0;
}

static void skip(const view *self, size_t at, token_set *reached);

/* The same behind a filler whose words from `word` on stand at `at`, also with a repeat or a word
 * cut off within it ("you you know"). */
static void skip_filler(const view *self, size_t at, const char *const words[2], size_t word,
                        token_set *reached) {
    if (word == 2 || !words[word]) {
        skip(self, at, reached);
        return;
    }
    if (at >= self->end)
        return;
    if (is_plain(self->words[at], words[word]))
        skip_filler(self, at + 1, words, word + 1, reached);
    if (word > 0 && self->transparent[at])
        skip_filler(self, at + 1, words, word, reached);
}

/* All tokens that can come next in front of `at` when what is transparent is skipped. */
static void skip(const view *self, size_t at, token_set *reached) {
    if (at > self->end || has(*reached, at))
        return;
    *reached |= only(at);
    if (at == self->end)
        return;
    if (self->transparent[at])
        skip(self, at + 1, reached);
    for (size_t i = 0; i < COUNT(fillers); i++)
        skip_filler(self, at, fillers[i], 0, reached);
}

static bool can_skip(const view *self, size_t from, size_t to) {
    token_set reached = 0;
    skip(self, from, &reached);
    return has(reached, to);
}

/* ---- Parts of phrases ---- */

/* Whether a word of a reading is the one that is wanted. */
typedef bool (*word_test)(const char *wanted, const char *word);

static bool is_any(const char *wanted, const char *word) {
    (void)wanted;
    (void)word;
    return true;
}

static bool is_literal(const char *wanted, const char *word) {
    return strcmp(wanted, word) == 0;
}

static bool is_prefix(const char *wanted, const char *word) {
    return word[0] == wanted[0];
}

static bool is_stem(const char *wanted, const char *word) {
    size_t len = strlen(wanted);
    return strncmp(word, wanted, len) == 0 && (!word[len] || strcmp(word + len, "s") == 0);
}

static bool is_letter(const char *wanted, const char *word) {
    (void)wanted;
    return strlen(word) == 1;
}

/* Takes the word of a reading: the place behind it. */
static void take(const view *self, size_t token, size_t reading, size_t taken, places *out) {
    if (taken == reading_len(self->words[token]->readings[reading]))
        out->before |= only(token + 1);
    else
        out->within[reading][taken] |= only(token);
}

static void take_from(const view *self, const char *wanted, word_test test, size_t token,
                      size_t taken, places *out) {
    for (size_t r = 0; r < ORACLE_READINGS && self->words[token]->readings[r][0]; r++)
        if (taken < reading_len(self->words[token]->readings[r]) &&
            test(wanted, self->words[token]->readings[r][taken]))
            take(self, token, r, taken + 1, out);
}

/* One word, from all places. */
static void match_word(const view *self, const char *wanted, word_test test, const places *in,
                       places *out) {
    token_set reached = 0;
    if (in->at_start)
        take_from(self, wanted, test, self->first, self->from, out);
    for (size_t t = self->first; t < self->end; t++)
        if (has(in->before, t))
            skip(self, t, &reached);
    for (size_t t = self->first; t < self->end; t++) {
        if (has(reached, t))
            take_from(self, wanted, test, t, 0, out);
        for (size_t r = 0; r < ORACLE_READINGS && self->words[t]->readings[r][0]; r++)
            for (size_t taken = 1; taken < reading_len(self->words[t]->readings[r]); taken++)
                if (has(in->within[r][taken], t) &&
                    test(wanted, self->words[t]->readings[r][taken]))
                    take(self, t, r, taken + 1, out);
    }
}

static void add_places(places *self, const places *more) {
    self->at_start |= more->at_start;
    self->before |= more->before;
    for (size_t r = 0; r < ORACLE_READINGS; r++)
        for (size_t w = 0; w < ORACLE_WORDS; w++)
            self->within[r][w] |= more->within[r][w];
}

static places match_one(const view *self, const char *wanted, word_test test, const places *in) {
    places out = {.at_start = false};
    match_word(self, wanted, test, in, &out);
    return out;
}

static places match(const view *self, const part *what, const places *in);

/* A word of a phrase stands for any of its readings. */
static places match_readings(const view *self, const oracle_word *word, const places *in) {
    places all = {.at_start = false};
    for (size_t r = 0; r < ORACLE_READINGS && word->readings[r][0]; r++) {
        places here = *in;
        for (size_t w = 0; word->readings[r][w]; w++) {
            here = match_one(self, word->readings[r][w], is_literal, &here);
        }
        add_places(&all, &here);
    }
    return all;
}

static places match_gap(const view *self, const part *what, const places *in) {
    places out = *in;
    places here = *in;
    for (uint32_t i = 0; i < what->count; i++) {
        here = match_one(self, NULL, is_any, &here);
        add_places(&out, &here);
    }
    return out;
}

static places match_start(const view *self, const places *in) {
    places out = {.at_start =
                      in->at_start && self->from == 0 && can_skip(self, self->start, self->first)};
    return out;
}

static places match_end(const view *self, const places *in, bool question) {
    places out = {.at_start = false};
    for (size_t t = 0; t <= self->end; t++)
        if (has(in->before, t) && (!question || self->asks) && can_skip(self, t, self->end))
            out.before |= only(t);
    return out;
}

static places match_children(const view *self, const part *what, const places *in) {
    places all = {.at_start = false};
    places here = *in;
    for (size_t i = 0; i < what->child_count; i++) {
        places next = match(self, what->children[i], what->kind == PART_CHOICE ? in : &here);
        add_places(&all, &next);
        here = next;
    }
    return what->kind == PART_CHOICE || what->kind == PART_SET ? all : here;
}

static places match(const view *self, const part *what, const places *in) {
    places out = *in;
    switch (what->kind) {
    case PART_WORD:
        return match_readings(self, what->word, in);
    case PART_PREFIX:
        return match_one(self, what->word->form, is_prefix, in);
    case PART_STEM:
        return match_one(self, what->word->form, is_stem, in);
    case PART_LETTER:
        return match_one(self, NULL, is_letter, in);
    case PART_ANY:
        return match_one(self, NULL, is_any, in);
    case PART_GAP:
        return match_gap(self, what, in);
    case PART_START:
        return match_start(self, in);
    case PART_END:
        return match_end(self, in, false);
    case PART_QUESTION:
        return match_end(self, in, true);
    case PART_SEQUENCE:
    case PART_CHOICE:
        return match_children(self, what, in);
    case PART_OPTIONAL: {
        places inside = match(self, what->children[0], in);
        add_places(&out, &inside);
        return out;
    }
    case PART_CAPTURE:
    case PART_SET:
        return match(self, what->children[0], in);
    }
    abort();
}

/* ---- Rules ---- */

/* Tokens from first to last, last included. */
typedef struct stretch {
    size_t first;
    size_t last;
} stretch;

static bool is_negator(const char *word) {
    return strcmp(word, "not") == 0 || strcmp(word, "never") == 0;
}

/* A match does not end between a word and a negator that is glued to it. */
static bool may_end(const oracle_word *word, size_t reading, size_t taken) {
    for (size_t w = taken; word->readings[reading][w]; w++)
        if (is_negator(word->readings[reading][w]))
            return false;
    return true;
}

/* The longest match that starts with words of the token `first`. */
static bool longest(view *self, const part *tree, size_t first, stretch *out) {
    bool found = false;
    self->first = first;
    for (self->from = 0; self->from < ORACLE_WORDS; self->from++) {
        places start = {.at_start = true};
        places ends = match(self, tree, &start);
        for (size_t t = first; t < self->end; t++) {
            bool ends_here = has(ends.before, t + 1);
            for (size_t r = 0; r < ORACLE_READINGS; r++)
                for (size_t w = 1; w < ORACLE_WORDS; w++)
                    ends_here |= has(ends.within[r][w], t) && may_end(self->words[t], r, w);
            if (ends_here && (!found || t > out->last)) {
                *out = (stretch){first, t};
                found = true;
            }
        }
    }
    return found;
}

static bool overlap(const stretch *a, const stretch *b) {
    return a->first <= b->last && b->first <= a->last;
}

/* Whether an `unless` that goes for a rule overlaps its match. */
static bool is_excepted(view *self, const oracle_lexicon *lexicon, const rule *of,
                        const stretch *found) {
    for (size_t i = 0; i < lexicon->rule_count; i++) {
        const rule *by = &lexicon->rules[i];
        bool goes = (by->kind == RULE_UNLESS && by->category == of->category) ||
                    (by->kind == RULE_OWN_UNLESS && by->phrase == of->phrase);
        for (size_t first = self->start; goes && !by->off && first < self->end; first++) {
            stretch other;
            if (longest(self, by->tree, first, &other) && overlap(&other, found))
                return true;
        }
    }
    return false;
}

/* Whether a negator stands right before the token `first`. */
static bool is_negated(view *self, size_t first) {
    for (size_t i = 0; i < COUNT(negators); i++)
        for (size_t t = self->start; t < first; t++) {
            stretch negator;
            if (longest(self, &negators[i], t, &negator) && negator.last < first &&
                can_skip(self, negator.last + 1, first))
                return true;
        }
    return false;
}

/* The best match of a category that starts with the token `first`: the longest, of the first of
 * the phrases. */
static const rule *best(view *self, const oracle_lexicon *lexicon, uint32_t category, size_t first,
                        stretch *out) {
    const rule *found = NULL;
    for (size_t i = 0; i < lexicon->rule_count; i++) {
        const rule *one = &lexicon->rules[i];
        stretch here;
        if (one->kind != RULE_HIT || one->category != category || one->off ||
            !longest(self, one->tree, first, &here) || (found && here.last <= out->last) ||
            is_excepted(self, lexicon, one, &here) ||
            (lexicon->drop_negated[category] && is_negated(self, first)))
            continue;
        found = one;
        *out = here;
    }
    return found;
}

static size_t mine_sentence(view *self, const oracle_lexicon *lexicon, const cxm_token *tokens,
                            oracle_hit *hits) {
    size_t count = 0;
    for (uint32_t category = 0; category < lexicon->category_count; category++)
        for (size_t first = self->start; first < self->end;) {
            stretch found;
            const rule *one = best(self, lexicon, category, first, &found);
            if (one) {
                ENSURE(count < ORACLE_HITS);
                hits[count++] = (oracle_hit){category, one->phrase, tokens[first].start,
                                             tokens[found.last].end};
            }
            first = one ? found.last + 1 : first + 1;
        }
    return count;
}

/* ---- Texts ---- */

static const oracle_word *word_of(cxm_str folded) {
    for (size_t i = 0; i < oracle_word_count; i++)
        if (cxm_str_is(folded, oracle_words[i].form))
            return &oracle_words[i];
    ck_abort_msg("the oracle does not know '%.*s'", (int)folded.len, folded.ptr);
}

static bool asks(cxm_str text, const cxm_token *tokens, size_t count, size_t last) {
    size_t end = last + 1 < count ? tokens[last + 1].start : text.len;
    return memchr(text.ptr + tokens[last].end, '?', end - tokens[last].end) != NULL;
}

static int compare_hits(const void *a, const void *b) {
    const oracle_hit *x = a;
    const oracle_hit *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->end != y->end)
        return x->end > y->end ? -1 : 1;
    return x->category < y->category ? -1 : x->category > y->category;
}

/* Annotations are no tokens. */
static size_t drop_annotations(const cxm_token *tokens, size_t count, cxm_token *out) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!(tokens[i].flags & CXM_TOKEN_ANNOTATION)) {
            ENSURE(kept < ORACLE_TOKENS);
            out[kept++] = tokens[i];
        }
    return kept;
}

size_t oracle_mine(const oracle_lexicon *lexicon, cxm_str text, const cxm_token *all,
                   size_t token_count, oracle_hit hits[ORACLE_HITS]) {
    cxm_token tokens[ORACLE_TOKENS];
    size_t count = drop_annotations(all, token_count, tokens);
    size_t hit_count = 0;
    view self = {.start = 0};
    for (size_t i = 0; i < count; i++) {
        self.words[i] = word_of(tokens[i].folded);
        self.transparent[i] = (tokens[i].flags & (CXM_TOKEN_REPEAT | CXM_TOKEN_CUT_OFF)) != 0;
    }
    for (; self.start < count; self.start = self.end) {
        self.end = self.start + 1;
        while (self.end < count && tokens[self.end].sentence == tokens[self.start].sentence)
            self.end++;
        self.asks = asks(text, tokens, count, self.end - 1);
        hit_count += mine_sentence(&self, lexicon, tokens, hits + hit_count);
        ENSURE(hit_count < ORACLE_HITS / 2);
    }
    qsort(hits, hit_count, sizeof *hits, compare_hits);
    return hit_count;
}
