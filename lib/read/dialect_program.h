/* SPDX-License-Identifier: MIT */
/* A dialect with its paths compiled. */
#ifndef CXM_READ_DIALECT_PROGRAM_H
#define CXM_READ_DIALECT_PROGRAM_H

#include "read/dialect.h"

typedef struct cxm_list_program {
    const cxm_dialect_list *row; /* NULL: no more lists */
    const cxm_path *turns;       /* NULL: the conversation itself is the turn */
    const cxm_path *text;
    const cxm_path *speaker;
    const cxm_path *person;
    const cxm_path *role;
    const cxm_path *channel;
    const cxm_path *start;
    const cxm_path *end;
    const cxm_path *duration;
    const cxm_path *kind;
    const cxm_path *event;
    const cxm_path *words;
    const cxm_path *word;
    const cxm_path *word_start;
    const cxm_path *no_speech;
    const cxm_path *log_prob;
    const cxm_condition *bot_if;
    const cxm_condition *word_if;
    const cxm_condition *attach_if;
} cxm_list_program;

typedef struct cxm_people_program {
    const cxm_dialect_people *row;
    const cxm_path *list;
    const cxm_path *key;
    const cxm_path *name;
    const cxm_path *role;
    const cxm_path *from;
    const cxm_path *to;
} cxm_people_program;

struct cxm_dialect_program {
    cxm_dialect_program *next;
    const cxm_dialect *row;
    cxm_str roles;
    cxm_str kinds;
    cxm_str channels;
    const cxm_path *id;
    const cxm_path *start;
    const cxm_path *agent;
    const cxm_path *customer;
    const cxm_path *date;
    const cxm_path *queue;
    const cxm_path *language;
    const cxm_path *channel;
    const cxm_path *duration;
    const cxm_path *meta;
    const cxm_path *agent_channel;
    const cxm_path *customer_channel;
    const cxm_path *inner;
    const cxm_condition *is;
    const cxm_condition *message_if;
    cxm_people_program people[CXM_DIALECT_PEOPLE];
    cxm_list_program lists[CXM_DIALECT_LISTS];
};

/* Compiles a row. CXM_OK, CXM_E_NOMEM, or CXM_E_SYNTAX: `*field` is what is wrong, `*problem` what
 * was expected there. */
cxm_status cxm_dialect_compile(const cxm_dialect *row, cxm_arena *arena, cxm_dialect_program **out,
                               const char **field, const char **problem);

#endif
