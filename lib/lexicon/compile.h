/* SPDX-License-Identifier: MIT */
/*
 * From packs as read to a compiled lexicon.
 *
 * compile.c goes through the categories; compile_language.c makes the language data; shape.c looks
 * sets up and checks what phrases can match; emit.c turns their trees into instructions, ways.c
 * those of choices into fewer; starts.c lists where they begin, pieces.c what of them is looked for
 * first; atoms.c numbers the tests on words, regexes.c those by regular expressions; slips.c makes
 * the table of typing slips.
 */
#ifndef CXM_LEXICON_COMPILE_H
#define CXM_LEXICON_COMPILE_H

#include "lexicon/lexicon.h"
#include "lexicon/pack.h"
#include "lexicon/phrase.h"

/*
 * Compiles what a pack holds. The lexicon keeps nothing of the pack. Errors are told through
 * cxm_pack_report(), every one; CXM_E_SYNTAX where there was any, also from reading.
 */
cxm_status cxm_lexicon_compile(cxm_pack *pack, const cxm_allocator *allocator, cxm_lexicon **out,
                               cxm_error *error);

/* Fills `lexicon->language` and `lexicon->roles`. */
cxm_status cxm_compile_language(cxm_pack *pack, cxm_lexicon *lexicon);

/* Fills the role cues and affixes of a language. CXM_OK, CXM_E_NOMEM. */
cxm_status cxm_compile_cues(cxm_pack *pack, cxm_language *language);

/* Fills the table of typing slips from the words that phrases look for. CXM_OK, CXM_E_NOMEM. */
cxm_status cxm_compile_slips(cxm_lexicon *lexicon);

/* That an item stands in a list. */
typedef struct cxm_listing {
    uint32_t list;
    uint32_t item;
} cxm_listing;

/* Collects regular expressions while phrases are compiled. */
typedef struct cxm_regex_maker {
    cxm_lexicon *lexicon;
    cxm_regex_scratch *scratch;
    cxm_table primitives; /* expression as written -> primitive */
    cxm_table numbers;    /* expression as kept -> which of the lexicon's it is */
    cxm_listing *tests;   /* expression as kept, and primitive */
    size_t test_count;
    size_t test_capacity;
    cxm_listing *exceptions; /* word that is excepted, and primitive */
    size_t exception_count;
    size_t exception_capacity;
} cxm_regex_maker;

/* false where there is no memory. Clear it in any case. */
bool cxm_regex_maker_init(cxm_regex_maker *self, cxm_lexicon *lexicon);
void cxm_regex_maker_clear(cxm_regex_maker *self);

/* Adds a new expression as the test of a primitive. CXM_E_SYNTAX with `message` and `*offset` as of
 * cxm_regex_compile(), CXM_E_NOMEM or CXM_OK. */
cxm_status cxm_regex_add(cxm_regex_maker *self, cxm_str text, uint32_t primitive, char message[128],
                         size_t *offset);

/* Writes the lists of the lexicon. To be called once. */
cxm_status cxm_regexes_finish(cxm_regex_maker *self);

/* Numbers primitives and atoms while phrases are compiled. */
typedef struct cxm_atom_maker {
    cxm_lexicon *lexicon;
    cxm_pack *pack;
    cxm_arena *arena; /* keys of the tables; lives as long as the maker */
    cxm_stemmer *stemmer;
    cxm_regex_maker regexes;
    cxm_table groups;         /* sorted primitives as bytes -> atom */
    cxm_listing *memberships; /* primitive and atom */
    size_t membership_count;
    size_t membership_capacity;
    uint32_t *members; /* of the group that is being collected */
    size_t member_count;
    size_t member_capacity;
} cxm_atom_maker;

bool cxm_atom_maker_init(cxm_atom_maker *self, cxm_lexicon *lexicon, cxm_pack *pack,
                         cxm_arena *arena);
void cxm_atom_maker_clear(cxm_atom_maker *self);

/* Adds the test of a leaf (WORD, PREFIX, STEM, REGEX) to the group being collected. */
cxm_status cxm_atom_add(cxm_atom_maker *self, const cxm_pack_scalar *scalar, cxm_node *leaf);

/* Ends the group: its atom, the same for the same tests. */
cxm_status cxm_atom_end(cxm_atom_maker *self, uint32_t *atom);

/* Writes the lists of the lexicon. To be called once, after the last phrase. */
cxm_status cxm_atom_finish(cxm_atom_maker *self);

/*
 * Compiles behaviors, scorecards and queries, in two steps: parsing brings the phrases of
 * expressions into the pack, as hidden categories, before categories are compiled; names are looked
 * up when those are. A maker is made with the pack, and cleared in any case.
 */
typedef struct cxm_behavior_maker {
    cxm_lexicon *lexicon;
    cxm_pack *pack;
    cxm_arena *arena;        /* of what is needed while compiling */
    cxm_table phrases;       /* a phrase as written -> its number among the hidden categories */
    cxm_pack_behavior *kept; /* the behaviors that hold, by name */
    cxm_pack_scorecard *scorecards; /* likewise */
    size_t ordered;                 /* behaviors */
    bool *visited;                  /* per behavior, while their order is made */
    bool *done;
} cxm_behavior_maker;

void cxm_behavior_maker_init(cxm_behavior_maker *self, cxm_lexicon *lexicon, cxm_pack *pack,
                             cxm_arena *arena);
void cxm_behavior_maker_clear(cxm_behavior_maker *self);

/* Both: CXM_OK, also where something is wrong and has been told; or CXM_E_NOMEM. */
cxm_status cxm_behaviors_parse(cxm_behavior_maker *self);
cxm_status cxm_behaviors_resolve(cxm_behavior_maker *self);

/* Looks up the names in an expression of the pack, and checks what its clauses ask of each other.
 * Behaviors that it names must have been resolved. CXM_OK, CXM_E_SYNTAX (told), CXM_E_NOMEM. */
cxm_status cxm_expression_resolve(cxm_behavior_maker *self, const cxm_pack_scalar *scalar,
                                  cxm_expression *expression, size_t from);

/* Reads the dialogues of a test into the lexicon. `kind` says all but the lines. */
cxm_status cxm_compile_dialogues(cxm_behavior_maker *self, const cxm_pack_list *list,
                                 cxm_dialogue kind);

/* What a tree can match. */
typedef struct cxm_shape {
    size_t least; /* words */
    size_t most;
    size_t depth;   /* of sets in sets */
    bool gap_first; /* it can begin with words that are left open */
    bool gap_last;
} cxm_shape;

/* A set, parsed when it is first used. */
typedef enum cxm_set_state {
    CXM_SET_NEW,
    CXM_SET_OPEN,
    CXM_SET_READY,
    CXM_SET_WRONG
} cxm_set_state;

typedef struct cxm_set {
    cxm_set_state state;
    cxm_node *tree; /* a choice of its members; READY only */
    cxm_shape shape;
    size_t next_same; /* 1 + the index of the next entry of the same name; 0: none */
    uint64_t visit;   /* the last visit of a choice's members that came through */
} cxm_set;

enum { CXM_SET_MAX_DEPTH = 16 /* sets in sets */ };

/* Turns trees into instructions. */
typedef struct cxm_emitter {
    cxm_pack *pack;
    cxm_lexicon *lexicon;
    cxm_arena *arena; /* trees */
    cxm_atom_maker *atoms;
    cxm_table set_names;
    cxm_set *sets;   /* one per pack->sets */
    uint64_t visit;  /* of the members of a choice, the one at hand */
    cxm_node **ways; /* of that choice, those that are not a single word */
    size_t way_count;
    size_t way_capacity;
    cxm_table firsts;              /* the first words of these; keys borrowed */
    const cxm_pack_scalar *scalar; /* the phrase at hand */
    size_t phrase_start;           /* where its instructions begin */
    cxm_rule *rule;                /* whose captures are counted; may be NULL */
} cxm_emitter;

/* Parses a phrase and writes its instructions for `rule` (whose index is `number`). */
cxm_status cxm_emit_phrase(cxm_emitter *self, const cxm_pack_scalar *scalar, cxm_rule *rule,
                           uint32_t number);

/* Makes a list of the ways of a choice in which those that begin with the same word are one.
 * `firsts` is for it to use. CXM_OK, CXM_E_NOMEM. */
cxm_status cxm_ways_group(cxm_arena *arena, cxm_table *firsts, cxm_node *const *ways,
                          uint32_t count, cxm_node **out);

/* The set that a SET node names; it was looked up before. */
cxm_set *cxm_set_of(cxm_emitter *self, const cxm_node *use);

/* Makes lists in the arena of a lexicon, the items of each in the order given. CXM_OK, or
 * CXM_E_NOMEM. */
cxm_status cxm_lists_make(cxm_lexicon *lexicon, const cxm_listing *listings, size_t count,
                          size_t lists, cxm_lists *out);

/* Lists where rules can start. To be called once, after the last phrase. */
cxm_status cxm_compile_starts(cxm_lexicon *lexicon);

/* Notes the names of all sets. */
cxm_status cxm_sets_init(cxm_emitter *self);

/* Parses sets that no phrase used, so that their errors are told too. */
cxm_status cxm_sets_check(cxm_emitter *self);

/* The tree of the set that a SET node names, parsed when it is new. An unknown name, a set that
 * uses itself, or one that is wrong in itself gives CXM_E_SYNTAX, told once. */
cxm_status cxm_set_tree(cxm_emitter *self, const cxm_node *use, cxm_node **tree);

/* Whether a set was visited before in this visit of a choice's members: sets in sets may come more
 * than once, and must not be gone through each time. */
bool cxm_set_visited(cxm_emitter *self, const cxm_node *use);

/* Finds out what a tree can match, and tells what is wrong in that. */
cxm_status cxm_shape_of(cxm_emitter *self, cxm_node *node, cxm_shape *out);

#endif
