/* SPDX-License-Identifier: MIT */
/*
 * Plain text, read in two passes. Each line is looked at by itself (plain_line.c) for what could
 * be a speaker's label or a time. The first pass collects those labels from the whole text
 * (plain_labels.c) and decides which of them are speakers (plain_speakers.c), since "Note: ..." is
 * of the same form as "Dana: ...". The second pass cuts the text into turns (plain.c).
 */
#ifndef CXM_READ_PLAIN_H
#define CXM_READ_PLAIN_H

#include "base/memory.h"
#include "base/table.h"
#include "read/format.h"

enum {
    CXM_LABEL_MAX_BYTES = 60, /* a label is this short, unless the user named it */
    CXM_LABEL_MAX_WORDS = 4,
    CXM_LABEL_MAX_PREFIX = 200, /* a label the user named ends within so many bytes */
    CXM_MAX_LABELS = 10000,     /* different labels of a text; what comes later is text */
};

/* Going through a text line by line. Lines end in LF or CR LF; in CR where there is no LF. */
typedef struct cxm_lines {
    cxm_str text;
    size_t at;
    size_t number; /* of the line that next() gave last, from 1 */
    char separator;
} cxm_lines;

cxm_lines cxm_lines_of(cxm_str text);

/* The next line without its end; false behind the last one. */
bool cxm_lines_next(cxm_lines *self, cxm_str *line);

/* The same, where a line that starts with a label that is known is cut before others within it:
 * "Agent: Good morning. Customer: Hello." is two. */
typedef struct cxm_spoken_lines {
    cxm_lines of;
    const cxm_reader *reader;
    cxm_str rest; /* of the line */
} cxm_spoken_lines;

cxm_spoken_lines cxm_spoken_lines_of(const cxm_reader *reader, cxm_str text);
bool cxm_spoken_lines_next(cxm_spoken_lines *self, cxm_str *line);

typedef enum cxm_line_kind {
    CXM_LINE_BLANK,
    CXM_LINE_TEXT,
    CXM_LINE_MARK, /* a time, alone or in front of text */
    CXM_LINE_LABEL /* a label, alone or in front of text, with or without a time */
} cxm_line_kind;

/* How much a label looks like a speaker's. */
typedef enum cxm_label_shape {
    CXM_SHAPE_ANY,   /* only the user can say that this is one */
    CXM_SHAPE_SHORT, /* short enough; it is one if the lexicon knows it */
    CXM_SHAPE_NAME   /* and written like a name: "Jeannie Walters", "Speaker 1", "spk_0" */
} cxm_label_shape;

/* What a line could be. All strings are parts of the line. */
typedef struct cxm_plain_line {
    cxm_line_kind kind;
    double time;       /* of a mark or label; CXM_TIME_UNKNOWN where there is none */
    bool is_of_day;    /* that is surely a time of the day */
    cxm_str text;      /* what is said on this line */
    cxm_str mark_text; /* if it turns out not to be a label, it is a mark with this text: */
    bool is_mark_else; /* ... where this is true; and else it is text */
    cxm_str label;     /* "Dana (Agent)": as written */
    cxm_str outer;     /* "Dana" */
    cxm_str inner;     /* "Agent"; empty where there are no brackets */
    cxm_label_shape shape;
} cxm_plain_line;

/* Looks at one line. Takes time in proportion to CXM_LABEL_MAX_PREFIX at most. */
cxm_plain_line cxm_plain_scan(cxm_str line);

/* How much a text, which has been cut out as a label, looks like a name. */
cxm_label_shape cxm_label_shape_of(cxm_str label);

/* A label of the text and what speaks for its being a speaker. */
typedef struct cxm_label {
    cxm_str written;
    cxm_str outer;
    cxm_str inner;
    cxm_str speaker; /* what the turn is given */
    cxm_role role;
    cxm_label_shape shape;
    bool by_rule;  /* the user named it */
    bool is_known; /* the lexicon or the name of a role says who it is */
    bool is_speaker;
    size_t first_line;     /* how many lines stand before it, blank ones apart */
    size_t count;          /* lines with it */
    size_t alone_count;    /* without text behind it */
    size_t timed_count;    /* with a time */
    size_t long_count;     /* alone, or with three words or more behind it */
    size_t question_count; /* with a question mark in what is said */
    size_t switch_count;   /* where the label before was another one, or there was none */
    size_t block_count;    /* where a paragraph starts with it */
    size_t group_count;    /* where there is a blank line before it */
    uint32_t follower;     /* for the decision: the label behind it */
    size_t amid_count;     /* for the decision: where it stands between two speakers */
} cxm_label;

typedef struct cxm_labels {
    const cxm_reader *reader;
    cxm_label *items;
    size_t count;
    size_t capacity;
    cxm_table index; /* written label -> item */
    uint32_t *order; /* the labels line by line, as indices of `items` */
    size_t order_count;
    size_t order_capacity;
    size_t lines;             /* that are not blank */
    size_t paragraphs_before; /* the first label */
    size_t paragraphs;        /* behind it, that start without a label */
    size_t marks;             /* lines with a mark that are no label */
    bool has_speakers;
    bool has_marks; /* marks are taken as such */
} cxm_labels;

void cxm_labels_init(cxm_labels *self, const cxm_reader *reader);
void cxm_labels_clear(cxm_labels *self);

/* Collects the labels of a text and decides which are speakers. false: no memory. */
bool cxm_labels_collect(cxm_labels *self, cxm_str text);

/* The item of a line's label, made where it is new. NULL with *full: there is no room for more
 * labels; NULL without: no memory. */
cxm_label *cxm_labels_item(cxm_labels *self, const cxm_plain_line *line, bool *full);

/* The item of a label, if there is one. */
const cxm_label *cxm_labels_find(const cxm_labels *self, cxm_str label);

/* The second half of that: sets is_speaker, has_speakers and has_marks. */
bool cxm_labels_decide(cxm_labels *self);

/* The label of a line, if it is a speaker; else NULL. */
const cxm_label *cxm_labels_speaker(const cxm_labels *self, const cxm_plain_line *line);

/* Adds the turns of a text, which need not be a part of the input, to a conversation; `text` also
 * says where it stands, for errors. */
cxm_status cxm_plain_add(const cxm_reader *reader, const cxm_stretch *text,
                         cxm_transcript_builder *builder, cxm_error *error);

#endif
