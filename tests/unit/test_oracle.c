/* SPDX-License-Identifier: MIT */
/*
 * The engine against the oracle (oracle.h), on random lexicons and texts over few words, so that
 * everything meets everything. CXM_TEST_SEED and CXM_TEST_ROUNDS run it again, or longer.
 */
#include "match/miner.h"
#include "oracle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXTS_OF_A_LEXICON = 20, MOST_PARTS = 512, PACK_ROOM = 1 << 14, TEXT_ROOM = 512, SETS = 2 };

/* A random lexicon, and the pack that says the same. */
typedef struct given {
    uint64_t seed;
    part parts[MOST_PARTS];
    size_t part_count;
    const part *sets[SETS];
    oracle_lexicon lexicon;
    char pack[PACK_ROOM];
} given;

static uint32_t below(given *self, uint32_t bound) {
    return random_below(&self->seed, bound);
}

/* ---- Making phrases ---- */

static part *new_part(given *self, part_kind kind) {
    ENSURE(self->part_count < MOST_PARTS);
    part *made = &self->parts[self->part_count++];
    *made = (part){.kind = kind};
    return made;
}

static void add_child(part *self, const part *child) {
    ENSURE(self->child_count < ORACLE_CHILDREN);
    self->children[self->child_count++] = child;
}

static const part *make_word(given *self) {
    static const char *const stems[] = {"a", "state", "can"};
    uint32_t dice = below(self, 16);
    part *made = new_part(self, dice == 0   ? PART_PREFIX
                                : dice == 1 ? PART_STEM
                                : dice == 2 ? PART_LETTER
                                : dice == 3 ? PART_ANY
                                            : PART_WORD);
    made->word = &oracle_words[below(self, (uint32_t)oracle_word_count)];
    if (made->kind == PART_STEM) {
        const char *stem = stems[below(self, COUNT(stems))];
        for (size_t i = 0; i < oracle_word_count; i++)
            if (strcmp(oracle_words[i].form, stem) == 0)
                made->word = &oracle_words[i];
    }
    return made;
}

static const part *make_sequence(given *self, int depth);

static const part *make_choice(given *self, int depth) {
    part *made = new_part(self, PART_CHOICE);
    for (uint32_t left = 2 + below(self, 2); left; left--)
        add_child(made, make_sequence(self, depth - 1));
    return made;
}

static const part *make_around(given *self, part_kind kind, const part *inside) {
    part *made = new_part(self, kind);
    add_child(made, inside);
    return made;
}

static const part *make_set(given *self) {
    uint32_t number = below(self, SETS);
    part *made = new_part(self, PART_SET);
    made->count = number;
    add_child(made, self->sets[number]);
    return made;
}

static const part *make_element(given *self, int depth) {
    switch (depth > 0 ? below(self, 10) : 0) {
    case 6:
        return make_choice(self, depth);
    case 7:
        return make_around(self, PART_CAPTURE, make_sequence(self, depth - 1));
    case 8:
        return self->sets[SETS - 1] ? make_set(self) : make_word(self);
    default:
        return make_word(self);
    }
}

/* Elements with at least a word at either end: gaps and what is optional stand between. */
static const part *make_sequence(given *self, int depth) {
    part *made = new_part(self, PART_SEQUENCE);
    uint32_t count = below(self, 3);
    add_child(made, make_element(self, depth));
    if (count >= 1 && below(self, 3) == 0) {
        part *gap = new_part(self, PART_GAP);
        gap->count = 1 + below(self, 4);
        add_child(made, gap);
    } else if (count >= 1 && below(self, 3) == 0) {
        add_child(made, make_around(self, PART_OPTIONAL, make_element(self, depth - 1)));
    }
    if (count >= 1)
        add_child(made, make_element(self, depth));
    return made;
}

/* A whole phrase: a sequence, at times anchored. */
static const part *make_phrase(given *self) {
    const part *inside = make_sequence(self, 2);
    part *made = new_part(self, PART_SEQUENCE);
    if (below(self, 8) == 0)
        add_child(made, new_part(self, PART_START));
    if (below(self, 12) == 0)
        add_child(made, make_around(self, PART_OPTIONAL, make_word(self)));
    add_child(made, inside);
    if (below(self, 8) == 0)
        add_child(made, new_part(self, below(self, 2) ? PART_END : PART_QUESTION));
    return made;
}

static void add_rule(given *self, rule_kind kind, uint32_t category, uint32_t phrase) {
    oracle_lexicon *lexicon = &self->lexicon;
    ENSURE(lexicon->rule_count < ORACLE_RULES);
    lexicon->rules[lexicon->rule_count++] =
        (rule){kind, category, phrase, make_phrase(self), false};
}

static void make_category(given *self, uint32_t category, uint32_t *phrase) {
    self->lexicon.drop_negated[category] = below(self, 4) == 0;
    for (uint32_t left = 1 + below(self, 3); left; left--, ++*phrase) {
        add_rule(self, RULE_HIT, category, *phrase);
        if (below(self, 6) == 0)
            add_rule(self, RULE_OWN_UNLESS, category, *phrase);
    }
    for (uint32_t left = below(self, 3); left; left--)
        if (below(self, 2))
            add_rule(self, RULE_UNLESS, category, 0);
}

static void make_lexicon(given *self, uint64_t seed) {
    *self = (given){.seed = seed};
    for (size_t i = 0; i < SETS; i++)
        self->sets[i] = make_choice(self, 1);
    self->lexicon.category_count = 1 + below(self, ORACLE_CATEGORIES);
    uint32_t phrase = 0;
    for (uint32_t c = 0; c < self->lexicon.category_count; c++)
        make_category(self, c, &phrase);
}

/* ---- Writing packs ---- */

static void add(char *out, size_t room, const char *text) {
    size_t len = strlen(out);
    ENSURE(len + strlen(text) < room);
    memcpy(out + len, text, strlen(text) + 1);
}

static void write_part(const part *self, char *out, size_t room);

static void write_children(const part *self, const char *between, char *out, size_t room) {
    for (size_t i = 0; i < self->child_count; i++) {
        if (i)
            add(out, room, between);
        write_part(self->children[i], out, room);
    }
}

static void write_group(const part *self, const char *open, const char *close, char *out,
                        size_t room) {
    add(out, room, open);
    write_children(self, "|", out, room);
    add(out, room, close);
}

static void write_part(const part *self, char *out, size_t room) {
    char number[32];
    switch (self->kind) {
    case PART_WORD:
        add(out, room, self->word->form);
        return;
    case PART_PREFIX:
        snprintf(number, sizeof number, "%c*", self->word->form[0]);
        add(out, room, number);
        return;
    case PART_STEM:
        add(out, room, self->word->form);
        add(out, room, "~");
        return;
    case PART_LETTER:
        add(out, room, "/^.$/");
        return;
    case PART_ANY:
        add(out, room, "_");
        return;
    case PART_GAP:
        snprintf(number, sizeof number, "...%u", self->count);
        add(out, room, number);
        return;
    case PART_START:
        add(out, room, "^");
        return;
    case PART_END:
        add(out, room, "$");
        return;
    case PART_QUESTION:
        add(out, room, "$?");
        return;
    case PART_SEQUENCE:
        write_children(self, " ", out, room);
        return;
    case PART_CHOICE:
        write_group(self, "(", ")", out, room);
        return;
    case PART_OPTIONAL:
        write_group(self, "(", ")?", out, room);
        return;
    case PART_CAPTURE:
        write_group(self, "(x=", ")", out, room);
        return;
    case PART_SET:
        snprintf(number, sizeof number, "<r%u>", self->count);
        add(out, room, number);
        return;
    }
    abort();
}

static void write_quoted(const part *self, char *pack) {
    char phrase[4096] = "";
    write_part(self, phrase, sizeof phrase);
    add_quoted(pack, PACK_ROOM, phrase);
}

static void write_list(const oracle_lexicon *lexicon, rule_kind kind, uint32_t of, char *pack) {
    const char *before = "";
    for (size_t i = 0; i < lexicon->rule_count; i++) {
        const rule *one = &lexicon->rules[i];
        if (one->kind != kind || one->off ||
            (kind == RULE_UNLESS ? one->category : one->phrase) != of)
            continue;
        add(pack, PACK_ROOM, before);
        write_quoted(one->tree, pack);
        before = ", ";
    }
}

static void write_category(const oracle_lexicon *lexicon, uint32_t category, char *pack) {
    char line[64];
    snprintf(line, sizeof line, "  t.%c:\n", (char)('a' + category));
    add(pack, PACK_ROOM, line);
    if (lexicon->drop_negated[category])
        add(pack, PACK_ROOM, "    negation: drop\n");
    add(pack, PACK_ROOM, "    unless: [");
    write_list(lexicon, RULE_UNLESS, category, pack);
    add(pack, PACK_ROOM, "]\n    phrases:\n");
    for (size_t i = 0; i < lexicon->rule_count; i++) {
        const rule *one = &lexicon->rules[i];
        if (one->kind != RULE_HIT || one->category != category)
            continue;
        /* A phrase that is left out stays, as one that matches nothing, to keep the numbers. */
        add(pack, PACK_ROOM, "      - phrase: ");
        if (one->off)
            add(pack, PACK_ROOM, "nothing");
        else
            write_quoted(one->tree, pack);
        add(pack, PACK_ROOM, "\n        unless: [");
        write_list(lexicon, RULE_OWN_UNLESS, one->phrase, pack);
        add(pack, PACK_ROOM, "]\n");
    }
}

static void write_pack(given *self) {
    self->pack[0] = '\0';
    for (uint32_t i = 0; i < SETS; i++) {
        char line[32];
        snprintf(line, sizeof line, "  r%u: [", i);
        add(self->pack, PACK_ROOM, line);
        write_quoted(self->sets[i], self->pack);
        add(self->pack, PACK_ROOM, "]\n");
    }
    add(self->pack, PACK_ROOM, "categories:\n");
    for (uint32_t c = 0; c < self->lexicon.category_count; c++)
        write_category(&self->lexicon, c, self->pack);
}

/* ---- Making texts ---- */

enum { MOST_PIECES = 14 };

/* A text in pieces, so that some can be left out. */
typedef struct random_text {
    const char *pieces[MOST_PIECES];
    size_t count;
    char text[TEXT_ROOM];
} random_text;

static void write_text(random_text *self) {
    self->text[0] = '\0';
    for (size_t i = 0; i < self->count; i++) {
        add(self->text, TEXT_ROOM, i ? " " : "");
        add(self->text, TEXT_ROOM, self->pieces[i]);
    }
}

static void make_text(uint64_t *seed, random_text *out) {
    static const char *const others[] = {"!",  "?",        "b-",        "it-", ",",   "[inaudible]",
                                         "uh", "you know", "no longer", "A",   "I’m", "can’t"};
    out->count = 1 + random_below(seed, MOST_PIECES);
    uint32_t few = 2 + random_below(seed, (uint32_t)oracle_word_count - 1);
    uint32_t from = random_below(seed, (uint32_t)oracle_word_count);
    for (size_t i = 0; i < out->count; i++)
        out->pieces[i] =
            random_below(seed, 5)
                ? oracle_words[(from + random_below(seed, few)) % oracle_word_count].form
                : others[random_below(seed, COUNT(others))];
    write_text(out);
}

/* ---- Comparing ---- */

/* A lexicon of the engine, and its miners: one as usual, one that must forget all the time, and one
 * that has room for a few fronts only, so that it forgets them in the middle of a text. */
enum { USUAL, FORGETFUL, NARROW, MINERS };

typedef struct engine {
    cxm_lexicon *lexicon;
    cxm_miner *miners[MINERS];
} engine;

static cxm_miner *new_narrow_miner(const cxm_lexicon *lexicon) {
    enum { BYTES = 400 };
    cxm_miner *miner = new_miner(lexicon);
    cxm_fronts *fronts = &miner->matcher.finder.seeker.sweep.fronts;
    fronts->limit = fronts->table_capacity * sizeof *fronts->table +
                    cxm_transitions_bytes(&fronts->transitions) + BYTES;
    return miner;
}

/* The lexicons are small, so that no state would get an index; with every other one all do. */
static engine new_engine(const given *self) {
    engine made = {.lexicon = new_lexicon(self->pack)};
    cxm_miner_options options = CXM_MINER_OPTIONS_INIT;
    options.cache_bytes = 1;
    options.max_words = 1;
    made.miners[USUAL] = new_miner(made.lexicon);
    if (strlen(self->pack) % 2)
        made.miners[USUAL]->automaton.many_items = 1;
    ENSURE(cxm_miner_new(made.lexicon, &options, &made.miners[FORGETFUL], NULL) == CXM_OK);
    made.miners[NARROW] = new_narrow_miner(made.lexicon);
    return made;
}

static void engine_free(engine *self) {
    for (int i = 0; i < MINERS; i++)
        cxm_miner_free(self->miners[i]);
    cxm_lexicon_free(self->lexicon);
}

static bool same_hits(const cxm_result *result, const oracle_hit *hits, size_t count) {
    bool same = result->hit_count == count;
    for (size_t i = 0; same && i < count; i++)
        same = result->hits[i].category == hits[i].category &&
               result->hits[i].phrase == hits[i].phrase && result->hits[i].start == hits[i].start &&
               result->hits[i].end == hits[i].end;
    return same;
}

static void show_hits(const char *text, const cxm_result *result, const oracle_hit *hits,
                      size_t count) {
    for (size_t i = 0; i < count; i++)
        fprintf(stderr, "  expected t.%c, phrase %u: '%.*s'\n", (char)('a' + hits[i].category),
                hits[i].phrase, (int)(hits[i].end - hits[i].start), text + hits[i].start);
    for (size_t i = 0; i < result->hit_count; i++) {
        const cxm_hit *hit = &result->hits[i];
        fprintf(stderr, "  found    t.%c, phrase %u: '%.*s'\n", (char)('a' + hit->category),
                hit->phrase, (int)(hit->end - hit->start), text + hit->start);
    }
}

/* Captures lie within their hits, and are not empty. */
static bool captures_are_inside(const cxm_result *result) {
    bool inside = true;
    for (size_t i = 0; i < result->hit_count; i++)
        for (size_t c = 0; c < result->hits[i].capture_count; c++) {
            const cxm_capture *capture = &result->hits[i].captures[c];
            inside = inside && capture->start >= result->hits[i].start &&
                     capture->start < capture->end && capture->end <= result->hits[i].end;
        }
    return inside;
}

static bool agree(const given *self, const engine *by, const char *text, bool tell) {
    oracle_hit hits[ORACLE_HITS];
    const cxm_token *tokens;
    size_t token_count;
    cxm_transcript *transcript = new_transcript(CXM_ROLE_UNKNOWN, cxm_str_from(text));
    ENSURE(cxm_miner_tokenize(by->miners[USUAL], cxm_str_from(text), &tokens, &token_count, NULL) ==
           CXM_OK);
    size_t count = oracle_mine(&self->lexicon, cxm_str_from(text), tokens, token_count, hits);
    bool good = true;
    for (int i = 0; i < MINERS && good; i++) {
        const cxm_result *result;
        ENSURE(cxm_mine(by->miners[i], transcript, &result, NULL) == CXM_OK);
        good = same_hits(result, hits, count) && captures_are_inside(result);
        if (!good && tell) {
            static const char *const names[MINERS] = {"usual", "forgetful", "narrow"};
            fprintf(stderr, "the %s miner:\n", names[i]);
            show_hits(text, result, hits, count);
        }
    }
    cxm_transcript_free(transcript);
    return good;
}

/* ---- Finding a small case ---- */

static bool agree_anew(given *self, const char *text, bool tell) {
    write_pack(self);
    engine by = new_engine(self);
    bool good = agree(self, &by, text, tell);
    engine_free(&by);
    return good;
}

/* Leaves out pieces of the text and phrases of the lexicon as long as it still goes wrong. */
static void shrink(given *self, random_text *text) {
    for (size_t i = 0; i < text->count;) {
        random_text fewer = *text;
        fewer.count--;
        for (size_t k = i; k < fewer.count; k++)
            fewer.pieces[k] = text->pieces[k + 1];
        write_text(&fewer);
        if (fewer.count && !agree_anew(self, fewer.text, false))
            *text = fewer;
        else
            i++;
    }
    for (size_t i = 0; i < self->lexicon.rule_count; i++) {
        self->lexicon.rules[i].off = true;
        if (agree_anew(self, text->text, false))
            self->lexicon.rules[i].off = false;
    }
}

static void tell_failure(given *self, random_text *text, uint64_t seed) {
    shrink(self, text);
    agree_anew(self, text->text, true);
    ck_abort_msg("CXM_TEST_SEED=%#llx\n%s\ntext: %s\n", (unsigned long long)seed, self->pack,
                 text->text);
}

START_TEST(chance) {
    static given self;
    uint64_t seed = number_from("CXM_TEST_SEED", UINT64_C(0x04AC1E)) + (uint64_t)_i * 7919;
    uint64_t lexicons = 0;
    for (uint64_t left = rounds(1250); left; left--, lexicons++) {
        uint64_t this_seed = seed;
        make_lexicon(&self, this_seed);
        write_pack(&self);
        engine by = new_engine(&self);
        seed = self.seed;
        for (int i = 0; i < TEXTS_OF_A_LEXICON; i++) {
            random_text text;
            make_text(&seed, &text);
            if (!agree(&self, &by, text.text, false))
                tell_failure(&self, &text, this_seed);
        }
        engine_free(&by);
    }
    printf("# %llu texts with %llu lexicons\n", (unsigned long long)lexicons * TEXTS_OF_A_LEXICON,
           (unsigned long long)lexicons);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("oracle");
    TCase *cases = tcase_create("oracle");
    tcase_set_timeout(cases, 120);
    tcase_add_loop_test(cases, chance, 0, 4);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
