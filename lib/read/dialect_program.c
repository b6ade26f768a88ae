/* SPDX-License-Identifier: MIT */
/* Rows become programs, and the one that a document is of is found. */
#include "read/dialect_program.h"

typedef enum field_kind { FIELD_PATH, FIELD_CONDITION } field_kind;

/* A field of a row and where it goes in the program. */
typedef struct field {
    size_t from;
    size_t to;
    field_kind kind;
} field;

#define PATH(row, program, name)                                                                   \
    { offsetof(row, name), offsetof(program, name), FIELD_PATH }
#define CONDITION(row, program, name)                                                              \
    { offsetof(row, name), offsetof(program, name), FIELD_CONDITION }
#define LIST_PATH(name) PATH(cxm_dialect_list, cxm_list_program, name)
#define LIST_CONDITION(name) CONDITION(cxm_dialect_list, cxm_list_program, name)
#define PEOPLE_PATH(name) PATH(cxm_dialect_people, cxm_people_program, name)
#define ROW_PATH(name) PATH(cxm_dialect, cxm_dialect_program, name)
#define ROW_CONDITION(name) CONDITION(cxm_dialect, cxm_dialect_program, name)

static const field list_fields[] = {
    LIST_PATH(turns),       LIST_PATH(text),         LIST_PATH(speaker),        LIST_PATH(person),
    LIST_PATH(role),        LIST_PATH(channel),      LIST_PATH(start),          LIST_PATH(end),
    LIST_PATH(duration),    LIST_PATH(kind),         LIST_PATH(event),          LIST_PATH(words),
    LIST_PATH(word),        LIST_PATH(word_start),   LIST_PATH(no_speech),      LIST_PATH(log_prob),
    LIST_CONDITION(bot_if), LIST_CONDITION(word_if), LIST_CONDITION(attach_if),
};

static const field people_fields[] = {
    PEOPLE_PATH(list), PEOPLE_PATH(key),  PEOPLE_PATH(name),
    PEOPLE_PATH(role), PEOPLE_PATH(from), PEOPLE_PATH(to),
};

static const field row_fields[] = {
    ROW_PATH(id),       ROW_PATH(start),   ROW_PATH(agent),           ROW_PATH(customer),
    ROW_PATH(date),     ROW_PATH(queue),   ROW_PATH(language),        ROW_PATH(channel),
    ROW_PATH(duration), ROW_PATH(meta),    ROW_PATH(agent_channel),   ROW_PATH(customer_channel),
    ROW_PATH(inner),    ROW_CONDITION(is), ROW_CONDITION(message_if),
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Compiles some fields of `from` into `to`. */
static cxm_status compile_fields(const field *fields, size_t count, const void *from, void *to,
                                 cxm_arena *arena, const char **wrong, const char **problem) {
    for (size_t i = 0; i < count; i++) {
        const char *text;
        memcpy(&text, (const char *)from + fields[i].from, sizeof text);
        const void *made;
        cxm_status status;
        if (fields[i].kind == FIELD_PATH) {
            const cxm_path *path;
            status = cxm_path_compile(cxm_str_from(text), arena, &path, problem);
            made = path;
        } else {
            const cxm_condition *condition;
            status = cxm_condition_compile(cxm_str_from(text), arena, &condition, problem);
            made = condition;
        }
        *wrong = text;
        if (status)
            return status;
        memcpy((char *)to + fields[i].to, &made, sizeof made);
    }
    return CXM_OK;
}

cxm_status cxm_dialect_compile(const cxm_dialect *row, cxm_arena *arena, cxm_dialect_program **out,
                               const char **wrong, const char **problem) {
    cxm_dialect_program *made = CXM_ARENA_ARRAY(arena, cxm_dialect_program, 1);
    if (!made)
        return CXM_E_NOMEM;
    made->row = row;
    made->roles = cxm_str_from(row->roles);
    made->kinds = cxm_str_from(row->kinds);
    made->channels = cxm_str_from(row->channels);
    cxm_status status =
        compile_fields(row_fields, COUNT(row_fields), row, made, arena, wrong, problem);
    for (size_t i = 0; i < CXM_DIALECT_PEOPLE && row->people[i].list && !status; i++) {
        made->people[i].row = &row->people[i];
        status = compile_fields(people_fields, COUNT(people_fields), &row->people[i],
                                &made->people[i], arena, wrong, problem);
    }
    for (size_t i = 0; i < CXM_DIALECT_LISTS && row->lists[i].turns && !status; i++) {
        made->lists[i].row = &row->lists[i];
        status = compile_fields(list_fields, COUNT(list_fields), &row->lists[i], &made->lists[i],
                                arena, wrong, problem);
    }
    if (!status)
        *out = made;
    return status;
}

/* ---- All there are ---- */

const cxm_dialect *cxm_dialects_at(const cxm_dialects *self, size_t index) {
    if (self && index < self->own_count)
        return &self->own[index];
    index -= self ? self->own_count : 0;
    for (const cxm_dialect *row = cxm_dialects_calls; row->name; row++)
        if (index-- == 0)
            return row;
    for (const cxm_dialect *row = cxm_dialects_chats; row->name; row++)
        if (index-- == 0)
            return row;
    return NULL;
}

cxm_status cxm_dialects_init(cxm_dialects *self, const cxm_allocator *allocator, cxm_str map,
                             cxm_str map_name, cxm_error *error) {
    *self = (cxm_dialects){.map_name = map_name};
    cxm_arena_init(&self->arena, allocator);
    cxm_arena_init(&self->scratch, allocator);
    cxm_status status = map.len ? cxm_dialects_read_map(self, map, error) : CXM_OK;
    if (status)
        cxm_dialects_clear(self);
    return status;
}

void cxm_dialects_clear(cxm_dialects *self) {
    cxm_arena_clear(&self->arena);
    cxm_arena_clear(&self->scratch);
}

static bool holds(const cxm_condition *is, const cxm_json_value *document) {
    cxm_scope scope = {.conversation = document, .parent = document, .turn = document};
    return cxm_condition_holds(is, &scope);
}

static cxm_status use(cxm_dialects *self, const cxm_dialect *row, cxm_dialect_program **out) {
    const char *wrong;
    const char *problem;
    for (*out = self->programs; *out; *out = (*out)->next)
        if ((*out)->row == row)
            return CXM_OK;
    cxm_status status = cxm_dialect_compile(row, &self->arena, out, &wrong, &problem);
    if (status)
        return CXM_E_NOMEM; /* the rows have been compiled before: by the tests, or with the map */
    (*out)->next = self->programs;
    self->programs = *out;
    return CXM_OK;
}

/* Whether a document lacks the member that a condition begins with: then it cannot hold. Told from
 * the condition's text, since most rows are not the one. */
static bool lacks_first(cxm_str is, const cxm_json_value *document) {
    size_t end = 0;
    size_t first = 0;
    while (end < is.len && is.ptr[end] != '&')
        end++;
    cxm_str condition = cxm_str_slice(is, 0, end);
    if (end == 0 || memchr(condition.ptr, '|', condition.len) || memchr("![/.", is.ptr[0], 4))
        return false;
    while (first < end && !memchr(".[ =!", condition.ptr[first], 5))
        first++;
    return !cxm_json_member(document, cxm_str_slice(condition, 0, first));
}

/* Whether a document is of a row. Rows are asked once or twice a file: what they need for it is
 * compiled each time. */
static cxm_status ask(cxm_dialects *self, const cxm_dialect *row, const cxm_json_value *document,
                      bool *is) {
    const cxm_condition *condition;
    const char *problem;
    *is = false;
    if (lacks_first(cxm_str_from(row->is), document))
        return CXM_OK;
    cxm_arena_reset(&self->scratch);
    cxm_status status =
        cxm_condition_compile(cxm_str_from(row->is), &self->scratch, &condition, &problem);
    *is = !status && holds(condition, document);
    return status;
}

static cxm_status find_named(cxm_dialects *self, const char *name, cxm_dialect_program **out) {
    const cxm_dialect *row;
    for (size_t i = 0; (row = cxm_dialects_at(self, i)) != NULL; i++)
        if (strcmp(row->name, name) == 0)
            return use(self, row, out);
    return CXM_OK;
}

cxm_status cxm_dialects_find(cxm_dialects *self, const char *name, const cxm_json_value *document,
                             cxm_dialect_program **out) {
    *out = NULL;
    if (name)
        return find_named(self, name, out);
    if (self->programs && holds(self->programs->is, document)) {
        *out = self->programs;
        return CXM_OK;
    }
    const cxm_dialect *row;
    for (size_t i = 0; (row = cxm_dialects_at(self, i)) != NULL; i++) {
        bool is;
        cxm_status status = ask(self, row, document, &is);
        if (status || is)
            return status ? status : use(self, row, out);
    }
    return CXM_OK;
}

bool cxm_dialects_is_wrapper(const cxm_dialects *self, cxm_str key) {
    const cxm_dialect *row;
    for (size_t i = 0; (row = cxm_dialects_at(self, i)) != NULL; i++)
        if (row->wrapper && cxm_str_is(key, row->wrapper))
            return true;
    return false;
}

const cxm_dialect *cxm_dialect_of(const cxm_dialect_program *program) {
    return program->row;
}
