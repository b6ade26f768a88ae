/* SPDX-License-Identifier: MIT */
/*
 * Where something stands in a JSON document, as dialects write it (README.md, "Paths"):
 *
 *     nBest[0].display        members and items; [-1] is the last item
 *     sentences[].text        all items of a list
 *     /Participants           from the conversation; without "/" from the turn
 *     ^phrases[$index]        from what the list stands in; [$index]: the item whose number the
 *                             turn's member "index" has
 *     #                       the number of the item of the outermost list that the turn is in
 *     =voice                  the word itself
 *     start@ms                a number of milliseconds (us, ticks of 100 ns; s without)
 *     speaker | nBest[0].id   the first that is there, and is not null or empty
 *     .                       the turn itself
 */
#ifndef CXM_READ_JSON_PATH_H
#define CXM_READ_JSON_PATH_H

#include "base/memory.h"
#include "base/str.h"
#include "read/json.h"

typedef enum cxm_step_kind {
    CXM_STEP_KEY,     /* name */
    CXM_STEP_INDEX,   /* [index] */
    CXM_STEP_BY_NAME, /* [$name] */
    CXM_STEP_EACH     /* [] */
} cxm_step_kind;

typedef struct cxm_step {
    cxm_str name;
    long index;
    cxm_step_kind kind;
} cxm_step;

typedef enum cxm_path_base {
    CXM_FROM_TURN,
    CXM_FROM_CONVERSATION,
    CXM_FROM_PARENT,
    CXM_IS_NUMBER, /* "#" */
    CXM_IS_LITERAL
} cxm_path_base;

typedef struct cxm_path {
    const struct cxm_path *otherwise; /* the next alternative */
    cxm_step *steps;
    size_t step_count;
    cxm_str literal;
    double per_second; /* how many of its unit a second has */
    cxm_path_base base;
} cxm_path;

/*
 * What was found where every turn looks again: members of what turns stand in, and the items of a
 * list that turns name by their number. Without it, a document of many of either would take time
 * in the square of its size.
 */
typedef struct cxm_path_memo {
    struct {
        const cxm_step *step;
        const cxm_json_value *object;
        const cxm_json_value *found;
    } members[8];
    struct {
        const cxm_json_value *list;
        const cxm_json_value **items;
        size_t count;
    } lists[2];
    size_t next_list; /* counts up; the older is replaced */
    bool failed;      /* there was no memory for a list: nothing was found in it */
} cxm_path_memo;

/* Where paths are followed from. */
typedef struct cxm_scope {
    const cxm_json_value *conversation;
    const cxm_json_value *parent; /* what the list of the turn stands in */
    const cxm_json_value *turn;
    size_t number;
    cxm_arena *strings;  /* for texts that have to be put together */
    cxm_path_memo *memo; /* of this document; NULL: none. Its lists are in `strings` */
    bool is_strings;     /* "undefined" is how a missing text is written */
} cxm_scope;

enum { CXM_PATH_MAX_STEPS = 12, CXM_PATH_MAX_ALTERNATIVES = 8 };

/*
 * Compiles a path; its names point into `text`. NULL or empty: *out is NULL, and nothing will be
 * found. CXM_OK, CXM_E_NOMEM or CXM_E_SYNTAX with *problem, static, saying what was expected.
 */
cxm_status cxm_path_compile(cxm_str text, cxm_arena *arena, const cxm_path **out,
                            const char **problem);

/* The value at the first alternative that has one; NULL: none. What is put together has none. */
const cxm_json_value *cxm_path_find(const cxm_path *self, const cxm_scope *scope);

/* The text of the first alternative that has one: of a string, number or boolean; of all items of
 * a list with blanks between. false: no memory. */
bool cxm_path_text(const cxm_path *self, const cxm_scope *scope, cxm_str *out);

/* The time there, in seconds: a number in the unit of the path, the same as a string, a clock
 * time, a length of time or a point in time. CXM_TIME_UNKNOWN where there is none. */
double cxm_path_time(const cxm_path *self, const cxm_scope *scope);

/* A number, or a string that is one; `otherwise` where there is none. */
double cxm_path_number(const cxm_path *self, const cxm_scope *scope, double otherwise);

/* What is done with each value that a path leads to: `scope` is as it is for a turn there. What
 * stands where a list should is taken for its one item. false: no more. */
typedef bool cxm_path_visitor(void *context, const cxm_scope *scope);

/* Goes to all values that the first alternative leads to that leads anywhere. false: the visitor
 * has stopped. */
bool cxm_path_visit(const cxm_path *self, const cxm_scope *scope, cxm_path_visitor *visit,
                    void *context);

/* A member of an object by its name; NULL where there is none, or `value` is no object. */
const cxm_json_value *cxm_json_member(const cxm_json_value *value, cxm_str name);

/*
 * Something that holds or not: `path` (is there, and not false or null), `!path`, `path=value`,
 * `path!=value`; several with "&" between. Values are compared without regard to case; `value*`
 * is a prefix.
 */
typedef struct cxm_condition {
    const struct cxm_condition *also;
    const cxm_path *path;
    cxm_str value;
    bool has_value;
    bool is_negated;
} cxm_condition;

cxm_status cxm_condition_compile(cxm_str text, cxm_arena *arena, const cxm_condition **out,
                                 const char **problem);

/* NULL holds never. */
bool cxm_condition_holds(const cxm_condition *self, const cxm_scope *scope);

/* The part of a text up to a separator, without blanks at its ends; `text` becomes what is behind.
 */
cxm_str cxm_path_cut(cxm_str *text, char separator);

/*
 * What a word of the file stands for: "AGENT=agent END_USER=customer agent:*=agent *=other". Left
 * sides are compared without regard to case. Empty where nothing fits.
 */
cxm_str cxm_mapped(cxm_str map, cxm_str value);

#endif
