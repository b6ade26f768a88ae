/* SPDX-License-Identifier: MIT */
/*
 * A dialect: how one vendor writes conversations in JSON, as data. Adding one is adding a row to
 * dialects_calls.c or dialects_chats.c, and a sample; users write the same in a file (json_map.c).
 * README.md describes every field; paths are those of json_path.h.
 */
#ifndef CXM_READ_DIALECT_H
#define CXM_READ_DIALECT_H

#include "read/json_path.h"
#include "read/segments.h"

enum { CXM_DIALECT_LISTS = 4, CXM_DIALECT_PEOPLE = 2 };

/* Where turns are, and what stands where in one. */
typedef struct cxm_dialect_list {
    const char *turns;   /* the list; "" or a path without []: the one turn there */
    const char *text;    /* from the turn, as all below */
    const char *speaker; /* its label */
    const char *person;  /* who it is, in the dialect's lists of people */
    const char *role;    /* mapped by the dialect's roles */
    const char *bot_if;  /* a condition: the role is bot */
    const char *channel;
    const char *start;    /* a time */
    const char *end;      /* a time */
    const char *duration; /* a time, where there is no end */
    const char *kind;     /* mapped by the dialect's kinds; what is absent is speech */
    const char *event;    /* the text of an event that has none */
    const char *words;    /* the list of words, from the turn */
    const char *word;     /* from a word, as the next two */
    const char *word_start;
    const char *word_if;   /* a condition; else it is no word */
    const char *attach_if; /* a condition: punctuation, to be put behind the word before it */
    const char *no_speech; /* how likely it is that nothing was said */
    const char *log_prob;  /* how sure the recognizer is of the words, as a logarithm */
    bool is_word;          /* a turn of this list is one word: those of a speaker belong together */
    bool is_html;          /* the text is HTML */
    bool from_turn;        /* times of words count from the turn's start */
} cxm_dialect_list;

/* A list of people that turns refer to. */
typedef struct cxm_dialect_people {
    const char *list;
    const char *key;  /* what turns call them by; as all below from the item */
    const char *name; /* the label, where the turn has none */
    const char *role;
    const char *from; /* since when they were there; a time in the unit and sense of the turns */
    const char *to;
} cxm_dialect_people;

typedef struct cxm_dialect {
    const char *name;       /* as --format takes it */
    const char *summary;    /* what it is */
    const char *recognized; /* what people look for */
    const char *is;         /* the condition for a document to be of this dialect */
    const char *wrapper;    /* the member that holds a list of conversations, where one does */
    const char *id;
    const char *start; /* of the conversation: a time since 1970 */
    const char *agent; /* metadata, as all below */
    const char *customer;
    const char *date;
    const char *queue;
    const char *language;
    const char *channel;
    const char *duration;         /* a time; becomes seconds */
    const char *meta;             /* an object whose members are metadata by their own names */
    const char *roles;            /* "AGENT=agent END_USER=customer" */
    const char *kinds;            /* "MESSAGE=speech EVENT=event *=event"; also: failed, skip */
    const char *message_if;       /* a condition: turns are chat messages */
    const char *channels;         /* a map for `channel` */
    const char *agent_channel;    /* the channel of turns that are the agent's */
    const char *customer_channel; /* or the customer's, where the turn does not say */
    const char *inner;            /* a text that is a transcript in another format */
    const char *inner_format;     /* its name */
    const char *inner_mark;       /* what it starts with, in that text; NULL: it is all of it */
    bool all_lists;  /* all lists are of one conversation; else the first that is there is taken */
    bool by_time;    /* lists are of channels, or in no order */
    bool is_array;   /* the document is a list of turns */
    bool is_strings; /* "undefined" is how a missing text is written */
    cxm_dialect_people people[CXM_DIALECT_PEOPLE];
    cxm_dialect_list lists[CXM_DIALECT_LISTS];
} cxm_dialect;

/* The rows that are built in, each list followed by a row without a name. */
extern const cxm_dialect cxm_dialects_calls[];
extern const cxm_dialect cxm_dialects_chats[];

/* A dialect made ready to read with. */
typedef struct cxm_dialect_program cxm_dialect_program;

/* The same with the user's, in the order in which they are asked. One reader's. */
typedef struct cxm_dialects {
    cxm_arena arena;
    cxm_arena scratch; /* for what is looked at once */
    cxm_str map_name;  /* for errors in the user's map */
    cxm_dialect *own;  /* the user's */
    size_t own_count;
    cxm_dialect_program *programs; /* those used so far, the latest first */
} cxm_dialects;

/* CXM_OK, CXM_E_NOMEM, or what is wrong with the user's map (CXM_E_SYNTAX, with line and column).
 */
cxm_status cxm_dialects_init(cxm_dialects *self, const cxm_allocator *allocator, cxm_str map,
                             cxm_str map_name, cxm_error *error);
void cxm_dialects_clear(cxm_dialects *self);

/* The dialect at `index`, the user's first; NULL behind the last. */
const cxm_dialect *cxm_dialects_at(const cxm_dialects *self, size_t index);

/* The dialect that a document is of; `name` (NULL: any) is the one to take, whatever the document
 * says. *out is NULL where there is none. CXM_OK or CXM_E_NOMEM. */
cxm_status cxm_dialects_find(cxm_dialects *self, const char *name, const cxm_json_value *document,
                             cxm_dialect_program **out);

/* Whether the member of this name holds a list of conversations. */
bool cxm_dialects_is_wrapper(const cxm_dialects *self, cxm_str key);

const cxm_dialect *cxm_dialect_of(const cxm_dialect_program *program);

/* How many brackets are open around a turn of the list that the document has. */
size_t cxm_dialect_depth(const cxm_dialect_program *program, const cxm_json_value *document);

/* Hands over what a document says; a lack of memory is kept in `into`. How many turns its lists
 * have, those that were left out among them. */
size_t cxm_dialect_read(const cxm_dialect_program *program, const cxm_json_value *document,
                        cxm_segments *into);

/* The transcript in another format that the document has as a text; empty where it has none. */
cxm_str cxm_dialect_inner(const cxm_dialect_program *program, const cxm_json_value *document,
                          cxm_segments *into);

/* Reads the user's rows: json_map.c. */
cxm_status cxm_dialects_read_map(cxm_dialects *self, cxm_str map, cxm_error *error);

#endif
