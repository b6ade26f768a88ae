/* SPDX-License-Identifier: MIT */
/* The user's dialects: the fields of a row as JSON, by the same names. */
#include "read/dialect_program.h"

/* What a member of a row is. */
typedef enum member_kind { MEMBER_TEXT, MEMBER_FLAG, MEMBER_PEOPLE, MEMBER_LISTS } member_kind;

typedef struct member {
    cxm_str name;
    size_t offset;
    member_kind kind;
} member;

#define MEMBER(type, name, kind)                                                                   \
    { {#name, sizeof #name - 1}, offsetof(type, name), kind }
#define ROW(name) MEMBER(cxm_dialect, name, MEMBER_TEXT)
#define LIST(name) MEMBER(cxm_dialect_list, name, MEMBER_TEXT)
#define PEOPLE(name) MEMBER(cxm_dialect_people, name, MEMBER_TEXT)

static const member row_members[] = {
    ROW(name),
    ROW(summary),
    ROW(recognized),
    ROW(is),
    ROW(wrapper),
    ROW(id),
    ROW(start),
    ROW(agent),
    ROW(customer),
    ROW(date),
    ROW(queue),
    ROW(language),
    ROW(channel),
    ROW(channels),
    ROW(duration),
    ROW(meta),
    ROW(roles),
    ROW(kinds),
    ROW(message_if),
    ROW(agent_channel),
    ROW(customer_channel),
    ROW(inner),
    ROW(inner_format),
    ROW(inner_mark),
    MEMBER(cxm_dialect, all_lists, MEMBER_FLAG),
    MEMBER(cxm_dialect, by_time, MEMBER_FLAG),
    MEMBER(cxm_dialect, is_array, MEMBER_FLAG),
    MEMBER(cxm_dialect, is_strings, MEMBER_FLAG),
    MEMBER(cxm_dialect, people, MEMBER_PEOPLE),
    MEMBER(cxm_dialect, lists, MEMBER_LISTS),
    {{NULL, 0}, 0, MEMBER_TEXT},
};

static const member list_members[] = {
    LIST(turns),
    LIST(text),
    LIST(speaker),
    LIST(person),
    LIST(role),
    LIST(bot_if),
    LIST(channel),
    LIST(start),
    LIST(end),
    LIST(duration),
    LIST(kind),
    LIST(event),
    LIST(words),
    LIST(word),
    LIST(word_start),
    LIST(word_if),
    LIST(attach_if),
    LIST(no_speech),
    LIST(log_prob),
    MEMBER(cxm_dialect_list, is_word, MEMBER_FLAG),
    MEMBER(cxm_dialect_list, is_html, MEMBER_FLAG),
    MEMBER(cxm_dialect_list, from_turn, MEMBER_FLAG),
    {{NULL, 0}, 0, MEMBER_TEXT},
};

static const member people_members[] = {
    PEOPLE(list),
    PEOPLE(key),
    PEOPLE(name),
    PEOPLE(role),
    PEOPLE(from),
    PEOPLE(to),
    {{NULL, 0}, 0, MEMBER_TEXT},
};

typedef struct map_reader {
    cxm_dialects *into;
    cxm_str map;
    cxm_error *error;
} map_reader;

static cxm_status fail(const map_reader *self, const cxm_json_value *at, const char *message,
                       cxm_str what) {
    cxm_place place = {self->into->map_name, self->map, at->offset, 1};
    return cxm_fail_at(self->error, CXM_E_SYNTAX, &place, "%s%.*s%s", message, CXM_STR_ARGS(what),
                       what.len ? "'" : "");
}

static cxm_status read_object(map_reader *self, const cxm_json_value *value, const member *members,
                              void *out);

static cxm_status read_text(map_reader *self, const cxm_json_value *value, void *field) {
    if (value->kind != CXM_JSON_STRING ||
        (value->text.len && memchr(value->text.ptr, '\0', value->text.len)))
        return fail(self, value, "expected a string", (cxm_str){NULL, 0});
    cxm_str copy = cxm_arena_copy(&self->into->arena, value->text);
    if (!copy.ptr)
        return cxm_fail_memory(self->error);
    memcpy(field, &copy.ptr, sizeof copy.ptr);
    return CXM_OK;
}

static cxm_status read_flag(map_reader *self, const cxm_json_value *value, void *field) {
    if (value->kind != CXM_JSON_TRUE && value->kind != CXM_JSON_FALSE)
        return fail(self, value, "expected true or false", (cxm_str){NULL, 0});
    *(bool *)field = value->kind == CXM_JSON_TRUE;
    return CXM_OK;
}

/* A list of objects, into an array of so many. */
static cxm_status read_several(map_reader *self, const cxm_json_value *value, const member *members,
                               void *field, size_t count, size_t size) {
    if (value->kind != CXM_JSON_ARRAY)
        return fail(self, value, "expected a list of objects", (cxm_str){NULL, 0});
    char *next = field;
    cxm_status status = CXM_OK;
    const cxm_json_value *item = cxm_json_first(value);
    for (; item && !status; item = cxm_json_next(value, item), next += size) {
        if (count-- == 0)
            return fail(self, item, "expected no more than 4 lists, and 2 of people",
                        (cxm_str){NULL, 0});
        status = read_object(self, item, members, next);
    }
    return status;
}

static cxm_status read_member(map_reader *self, const cxm_json_value *value, const member *known,
                              void *out) {
    void *field = (char *)out + known->offset;
    if (known->kind == MEMBER_FLAG)
        return read_flag(self, value, field);
    if (known->kind == MEMBER_PEOPLE)
        return read_several(self, value, people_members, field, CXM_DIALECT_PEOPLE,
                            sizeof(cxm_dialect_people));
    if (known->kind == MEMBER_LISTS)
        return read_several(self, value, list_members, field, CXM_DIALECT_LISTS,
                            sizeof(cxm_dialect_list));
    return read_text(self, value, field);
}

static cxm_status read_object(map_reader *self, const cxm_json_value *value, const member *members,
                              void *out) {
    if (value->kind != CXM_JSON_OBJECT)
        return fail(self, value, "expected an object", (cxm_str){NULL, 0});
    cxm_status status = CXM_OK;
    const cxm_json_value *item = cxm_json_first(value);
    for (; item && !status; item = cxm_json_next(value, item)) {
        const member *known = members;
        while (known->name.ptr && !cxm_str_equal(known->name, item->key))
            known++;
        if (!known->name.ptr)
            return fail(self, item, "there is no field '", item->key);
        status = read_member(self, item, known, out);
    }
    return status;
}

/* Where a text stands in a row: the place of a mistake in it. */
static const cxm_json_value *find_text(const cxm_json_value *row, const char *text) {
    for (uint32_t i = 0; i < row->span; i++)
        if (row[i].kind == CXM_JSON_STRING && cxm_str_is(row[i].text, text))
            return &row[i];
    return row;
}

static cxm_status check_row(map_reader *self, const cxm_json_value *value, const cxm_dialect *row) {
    const char *wrong;
    const char *problem;
    cxm_dialect_program *made;
    if (!row->name || !row->is || (!row->lists[0].turns && !row->inner))
        return fail(self, value, "expected \"name\", \"is\", and \"lists\" with \"turns\"",
                    (cxm_str){NULL, 0});
    for (size_t i = 0; i < CXM_DIALECT_LISTS && row->lists[i].turns; i++)
        if (!row->lists[i].text)
            return fail(self, value, "expected \"text\" in a list", (cxm_str){NULL, 0});
    cxm_arena_reset(&self->into->scratch);
    cxm_status status = cxm_dialect_compile(row, &self->into->scratch, &made, &wrong, &problem);
    if (status == CXM_E_SYNTAX)
        return fail(self, find_text(value, wrong), problem, (cxm_str){NULL, 0});
    return status ? cxm_fail_memory(self->error) : CXM_OK;
}

/* Fills what a row that says little leaves open, and checks it. */
static cxm_status read_row(map_reader *self, const cxm_json_value *value, cxm_dialect *row) {
    cxm_status status = read_object(self, value, row_members, row);
    if (status)
        return status;
    if (!row->summary)
        row->summary = "of a JSON map";
    if (!row->recognized)
        row->recognized = row->is;
    if (row->inner && !row->inner_format)
        row->inner_format = "plain";
    return check_row(self, value, row);
}

static cxm_status read_rows(map_reader *self, const cxm_json_value *root) {
    size_t count = root->kind == CXM_JSON_ARRAY ? 0 : 1;
    const cxm_json_value *item = root->kind == CXM_JSON_ARRAY ? cxm_json_first(root) : NULL;
    for (; item; item = cxm_json_next(root, item))
        count++;
    self->into->own = CXM_ARENA_ARRAY(&self->into->arena, cxm_dialect, count);
    if (!self->into->own && count)
        return cxm_fail_memory(self->error);
    if (root->kind != CXM_JSON_ARRAY) {
        self->into->own_count = 1;
        return read_row(self, root, self->into->own);
    }
    cxm_status status = CXM_OK;
    item = cxm_json_first(root);
    for (; item && !status; item = cxm_json_next(root, item))
        status = read_row(self, item, &self->into->own[self->into->own_count++]);
    return status;
}

cxm_status cxm_dialects_read_map(cxm_dialects *self, cxm_str map, cxm_error *error) {
    map_reader reader = {self, map, error};
    const cxm_json_value *root;
    cxm_json_failure failure;
    cxm_json *json;
    if (cxm_json_new(&self->arena.allocator, &json))
        return cxm_fail_memory(error);
    cxm_status status = cxm_json_parse(json, map, map.len, &root, &failure);
    if (status == CXM_E_NOMEM)
        cxm_fail_memory(error);
    else if (status)
        status = fail(&reader, &(cxm_json_value){.offset = (uint32_t)failure.offset},
                      failure.message, (cxm_str){NULL, 0});
    else
        status = read_rows(&reader, root);
    cxm_json_free(json);
    return status;
}
