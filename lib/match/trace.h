/* SPDX-License-Identifier: MIT */
/*
 * Tracing: looking for phrases in a text by their trees, so that it is known which element took
 * which word. Slow and plain; mining has nothing to do with it.
 *
 * trace_text.c makes a sentence a graph of words, trace_program.c a phrase a list of steps, trace.c
 * follows the steps through the graph, and trace_nearest.c does so where elements are missing.
 */
#ifndef CXM_MATCH_TRACE_H
#define CXM_MATCH_TRACE_H

#include "base/table.h"
#include "lexicon/source.h"
#include "text/regex.h"
#include "text/stem.h"

#include <cxmine/trace.h>

enum {
    CXM_TRACE_MAX_BYTES = 64 << 10, /* of a text */
    CXM_TRACE_MAX_CELLS = 1 << 22,  /* steps of a phrase times places of a sentence; a phrase of
                                     * more is left aside there */
};

/* ---- A text as a graph ---- */

/* A way from a place to a later one: over a word, or past what may be skipped. */
typedef struct cxm_trace_edge {
    cxm_str word; /* folded, of a reading */
    cxm_str stem;
    const cxm_regex *regex;
    int weight;         /* how much the word says: from 1, of the most frequent, to 10 */
    cxm_node_kind kind; /* WORD; in trace_check.c a test, that stands for all words it takes */
    uint32_t to;        /* place */
    uint32_t next;      /* 1 + the index of the next edge from the same place; 0: none */
    bool skip;
} cxm_trace_edge;

/*
 * Some words, a bit for the hash of each, by which most steps are known to lead nowhere from a
 * place. The highest bit stands for no word at all: what may end without one has it, and so has
 * each place.
 */
typedef uint64_t cxm_trace_words;

#define CXM_TRACE_ALL_WORDS UINT64_MAX
#define CXM_TRACE_NO_WORD (UINT64_C(1) << 63)

static inline cxm_trace_words cxm_trace_word_bit(cxm_str word) {
    return UINT64_C(1) << (cxm_hash_bytes(word.ptr, word.len, 0) % 63);
}

/* A place between two words, also of two words of one token ("don't"). */
typedef struct cxm_trace_place {
    cxm_trace_words words; /* that follow it; all where something may be skipped */
    uint32_t edges;        /* 1 + the index of the first; 0: none */
    uint32_t token;        /* the one it is in front of, or inside of */
    bool inner;            /* inside of a token */
    bool at_start;         /* of the sentence, but for what may be skipped */
    bool at_end;
    bool no_end;  /* no match can end here: a negator is glued to the word before */
    bool reached; /* from another place that is being asked about */
} cxm_trace_place;

/* Places are numbered so that every edge leads to a higher one. */
typedef struct cxm_trace_sentence {
    uint32_t first; /* place */
    uint32_t count;
    bool asks;
} cxm_trace_sentence;

typedef struct cxm_trace_text {
    cxm_arena arena; /* of stems */
    const cxm_token *tokens;
    size_t token_count;
    cxm_trace_edge *edges;
    size_t edge_count;
    size_t edge_capacity;
    cxm_trace_place *places;
    size_t place_count;
    size_t place_capacity;
    cxm_trace_sentence *sentences;
    size_t sentence_count;
    size_t sentence_capacity;
} cxm_trace_text;

/* ---- A phrase as steps ---- */

typedef enum cxm_trace_op {
    CXM_TRACE_TAKE,  /* takes a word that `leaf` matches */
    CXM_TRACE_GAP,   /* takes any word of a gap */
    CXM_TRACE_SPLIT, /* goes on at `next` and at `other` */
    CXM_TRACE_MARK,  /* goes on, within the member `member` of a set */
    CXM_TRACE_START,
    CXM_TRACE_END,
    CXM_TRACE_QUESTION,
    CXM_TRACE_ACCEPT,
} cxm_trace_op;

/* Steps lead to lower ones: 0 is the ACCEPT, the last one is where to enter. */
typedef struct cxm_trace_step {
    cxm_trace_op op;
    cxm_node_kind leaf; /* TAKE: WORD, PREFIX, STEM, REGEX or ANY */
    cxm_str text;       /* the word, prefix or stem */
    const cxm_regex *regex;
    uint32_t next;
    uint32_t other;
    uint32_t member;        /* part */
    cxm_trace_words firsts; /* what may be taken first from here on */
    uint32_t element_start; /* byte span in the phrase's text */
    uint32_t element_end;
} cxm_trace_step;

typedef struct cxm_trace_program {
    cxm_trace_step *steps;
    uint32_t count; /* 0: more than CXM_TRACE_MAX_CELLS */
    cxm_trace_words firsts;
} cxm_trace_program;

/* ---- All together ---- */

/* A match from the inside. */
typedef struct cxm_trace_span {
    uint32_t part;
    uint32_t sentence;
    uint32_t from; /* place */
    uint32_t to;
} cxm_trace_span;

/* A step at a place. */
typedef struct cxm_trace_cell {
    uint32_t step;
    uint32_t place;
} cxm_trace_cell;

struct cxm_tracer {
    cxm_allocator allocator;
    const cxm_lexicon *lexicon;
    const cxm_source *source;
    cxm_miner *miner; /* for its tokens */
    cxm_stemmer *stemmer;
    cxm_regex_scratch *scratch;
    cxm_table regex_numbers; /* expression -> index of regexes */
    cxm_regex **regexes;
    size_t regex_count;
    size_t regex_capacity;

    cxm_trace_text text;
    cxm_arena kept; /* of fillers and negators */
    cxm_trace_program *fillers;
    cxm_trace_program *negators;
    cxm_arena programs; /* of the category looked at last, or of the phrase */
    cxm_trace_program *of_part;
    uint32_t category; /* whose programs there are; CXM_NONE: nobody's */
    cxm_trace_step *steps;
    size_t step_count;
    size_t step_capacity;

    uint32_t *seen; /* per cell: the run it was last reached in */
    size_t seen_capacity;
    uint32_t run;
    cxm_trace_cell *cells; /* those reached in a run, and which are still to be followed */
    size_t cell_count;
    size_t cell_capacity;

    cxm_trace_span *spans; /* in step with `matches` */
    size_t span_capacity;
    cxm_trace_match *matches;
    size_t match_capacity;
    cxm_trace_span *negated; /* negators found */
    size_t negated_count;
    size_t negated_capacity;
    bool *used; /* per part: in a match that holds */
    uint32_t *members;
    cxm_trace trace;

    int32_t *values; /* of trace_nearest.c, per cell */
    uint32_t *parents;
    size_t value_capacity;
    size_t parent_capacity;
    cxm_nearest *nearest;
    size_t nearest_count;
    size_t nearest_capacity;
};

/* Reads a text. CXM_OK or what cxm_tracer_run() gives. */
cxm_status cxm_trace_read(cxm_tracer *self, cxm_str text, cxm_error *error);

/* The edges for fillers and the places where no match ends, once programs can be followed. */
bool cxm_trace_finish_text(cxm_tracer *self);

/* Makes the steps of a tree; `text` is that of its phrase, `arena` owns them. */
bool cxm_trace_compile(cxm_tracer *self, const cxm_node *tree, cxm_str text, cxm_arena *arena,
                       cxm_trace_program *out);

/* Makes the programs of a category, unless they are there already. */
bool cxm_trace_load(cxm_tracer *self, uint32_t category);

/* Whether a step that takes a word takes that of an edge. */
bool cxm_trace_takes(const cxm_tracer *self, const cxm_trace_step *step,
                     const cxm_trace_edge *edge);

/* Whether an anchor step holds at a place. */
bool cxm_trace_holds(const cxm_trace_step *step, const cxm_trace_place *place,
                     const cxm_trace_sentence *sentence);

/* Follows a program from a place of a sentence: *end becomes the last place that it can end at, or
 * `from` where it does not match. The cells that were reached are left in `cells`. */
bool cxm_trace_follow(cxm_tracer *self, const cxm_trace_program *program,
                      const cxm_trace_sentence *sentence, uint32_t from, uint32_t *end);

#endif
