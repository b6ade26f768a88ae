/* SPDX-License-Identifier: MIT */
#include "read/json_path.h"

#include "read/clock.h"

#include <cxmine/transcript.h>
#include <math.h>

/* ---- Following ---- */

const cxm_json_value *cxm_json_member(const cxm_json_value *value, cxm_str name) {
    const cxm_json_value *found = NULL;
    if (!value || value->kind != CXM_JSON_OBJECT)
        return NULL;
    const cxm_json_value *member = cxm_json_first(value);
    for (; member; member = cxm_json_next(value, member))
        if (cxm_str_equal(member->key, name))
            found = member;
    return found;
}

static const cxm_json_value *item_at(const cxm_json_value *value, long index) {
    if (value->kind != CXM_JSON_ARRAY)
        return NULL;
    const cxm_json_value *last = NULL;
    const cxm_json_value *item = cxm_json_first(value);
    for (; item; item = cxm_json_next(value, item)) {
        if (index == 0)
            return item;
        index -= index > 0;
        last = item;
    }
    return index == -1 ? last : NULL;
}

/* A list as an array, so that items are found by number. false: no memory. */
static bool index_list(cxm_path_memo *memo, const cxm_json_value *list, cxm_arena *arena,
                       size_t *which) {
    size_t count = 0;
    const cxm_json_value *item = cxm_json_first(list);
    for (; item; item = cxm_json_next(list, item))
        count++;
    const cxm_json_value **items = CXM_ARENA_ARRAY(arena, const cxm_json_value *, count + 1);
    if (!items)
        return false;
    item = cxm_json_first(list);
    for (size_t i = 0; item; item = cxm_json_next(list, item))
        items[i++] = item;
    *which = memo->next_list++ % 2;
    memo->lists[*which].list = list;
    memo->lists[*which].items = items;
    memo->lists[*which].count = count;
    return true;
}

/* The item of a list that has the number `index`. */
static const cxm_json_value *numbered_item(const cxm_scope *scope, const cxm_json_value *list,
                                           double index) {
    size_t which = 0;
    if (list->kind != CXM_JSON_ARRAY || !(index >= 0) || index > UINT32_MAX)
        return NULL;
    while (which < 2 && scope->memo->lists[which].list != list)
        which++;
    if (which == 2 && !index_list(scope->memo, list, scope->strings, &which)) {
        scope->memo->failed = true;
        return NULL;
    }
    size_t number = (size_t)index;
    return number < scope->memo->lists[which].count ? scope->memo->lists[which].items[number]
                                                    : NULL;
}

/* A member of something that many turns share. */
static const cxm_json_value *shared_member(const cxm_step *step, const cxm_json_value *object,
                                           const cxm_scope *scope) {
    if (!scope->memo || object == scope->turn)
        return cxm_json_member(object, step->name);
    size_t slot = ((uintptr_t)step / sizeof *step) % 8;
    if (scope->memo->members[slot].step != step || scope->memo->members[slot].object != object) {
        scope->memo->members[slot].step = step;
        scope->memo->members[slot].object = object;
        scope->memo->members[slot].found = cxm_json_member(object, step->name);
    }
    return scope->memo->members[slot].found;
}

/* One step from a value: NULL where it leads nowhere. Not for CXM_STEP_EACH. */
static const cxm_json_value *step_from(const cxm_step *self, const cxm_json_value *value,
                                       const cxm_scope *scope) {
    if (self->kind == CXM_STEP_KEY)
        return shared_member(self, value, scope);
    if (self->kind == CXM_STEP_INDEX)
        return item_at(value, self->index);
    const cxm_json_value *index = cxm_json_member(scope->turn, self->name);
    if (!index || index->kind != CXM_JSON_NUMBER || !scope->memo)
        return NULL;
    return numbered_item(scope, value, index->number);
}

static bool is_absent(const cxm_scope *scope, cxm_str text) {
    return text.len == 0 || (scope->is_strings && cxm_str_is(text, "undefined"));
}

static bool is_given(const cxm_json_value *value) {
    return value && value->kind != CXM_JSON_NULL &&
           (value->kind != CXM_JSON_STRING || value->text.len > 0);
}

static const cxm_json_value *base_of(const cxm_path *self, const cxm_scope *scope) {
    return self->base == CXM_FROM_CONVERSATION ? scope->conversation
           : self->base == CXM_FROM_PARENT     ? scope->parent
           : self->base == CXM_FROM_TURN       ? scope->turn
                                               : NULL;
}

/* Follows a path up to its first "[]", whose step it gives; or to its end (step_count). */
static const cxm_json_value *follow(const cxm_path *self, const cxm_scope *scope, size_t *step) {
    const cxm_json_value *value = base_of(self, scope);
    for (*step = 0; value && *step < self->step_count; ++*step) {
        if (self->steps[*step].kind == CXM_STEP_EACH)
            return value;
        value = step_from(&self->steps[*step], value, scope);
    }
    return value;
}

const cxm_json_value *cxm_path_find(const cxm_path *self, const cxm_scope *scope) {
    for (; self; self = self->otherwise) {
        size_t step;
        const cxm_json_value *value = follow(self, scope, &step);
        if (step == self->step_count && is_given(value))
            return value;
    }
    return NULL;
}

/* A visit on its way. */
typedef struct visit {
    const cxm_path *path;
    cxm_path_visitor *visitor;
    void *context;
    bool is_any;
} visit;

/* Goes on from `value`, which stands in `holder`. Lists in lists are as deep as a path is long. */
static bool visit_from(visit *self, size_t step, const cxm_json_value *value,
                       const cxm_json_value *holder, cxm_scope scope, bool is_inner) {
    for (; value && step < self->path->step_count; step++) {
        const cxm_step *next = &self->path->steps[step];
        if (next->kind != CXM_STEP_EACH) {
            holder = next->kind == CXM_STEP_KEY ? value : holder;
            value = step_from(next, value, &scope);
            continue;
        }
        scope.parent = holder;
        if (value->kind != CXM_JSON_ARRAY)
            continue;
        size_t number = 0;
        const cxm_json_value *item = cxm_json_first(value);
        for (; item; item = cxm_json_next(value, item), number++) {
            scope.number = is_inner ? scope.number : number;
            if (!visit_from(self, step + 1, item, item, scope, true))
                return false;
        }
        return true;
    }
    bool is_item = step > 0 && self->path->steps[step - 1].kind == CXM_STEP_EACH && is_inner;
    if (!value || (value->kind == CXM_JSON_NULL && !is_item))
        return true;
    self->is_any = true;
    scope.turn = value;
    return self->visitor(self->context, &scope);
}

bool cxm_path_visit(const cxm_path *self, const cxm_scope *scope, cxm_path_visitor *visitor,
                    void *context) {
    visit visiting = {.visitor = visitor, .context = context};
    for (; self && !visiting.is_any; self = self->otherwise) {
        const cxm_json_value *base = base_of(self, scope);
        visiting.path = self;
        if (base && !visit_from(&visiting, 0, base, base, *scope, false))
            return false;
    }
    return true;
}

/* The text of a value; empty for lists and objects. */
static cxm_str text_of(const cxm_json_value *value) {
    bool is_scalar = is_given(value) && value->kind < CXM_JSON_ARRAY;
    return is_scalar ? value->text : (cxm_str){NULL, 0};
}

/* A text that grows in an arena. Quadratic only in how often it is moved, which is by doubling. */
typedef struct gathering {
    cxm_arena *arena;
    char *ptr;
    size_t len;
    size_t capacity;
    bool failed;
} gathering;

static void gather(gathering *self, cxm_str text) {
    if (text.len == 0 || self->failed)
        return;
    size_t needed = self->len + text.len + 1;
    if (needed > self->capacity) {
        char *moved = cxm_arena_take(self->arena, needed * 2, 1);
        if (!moved) {
            self->failed = true;
            return;
        }
        if (self->len)
            memcpy(moved, self->ptr, self->len);
        self->ptr = moved;
        self->capacity = needed * 2;
    }
    if (self->len)
        self->ptr[self->len++] = ' ';
    memcpy(self->ptr + self->len, text.ptr, text.len);
    self->len += text.len;
}

static bool gather_visited(void *context, const cxm_scope *scope) {
    gathering *self = context;
    gather(self, text_of(scope->turn));
    return !self->failed;
}

static bool write_number(const cxm_scope *scope, cxm_str *out) {
    char digits[24];
    size_t at = sizeof digits;
    size_t number = scope->number;
    do
        digits[--at] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    *out = cxm_arena_copy(scope->strings, (cxm_str){digits + at, sizeof digits - at});
    return out->ptr != NULL;
}

bool cxm_path_text(const cxm_path *self, const cxm_scope *scope, cxm_str *out) {
    *out = (cxm_str){NULL, 0};
    for (; self && out->len == 0; self = self->otherwise) {
        size_t step;
        if (self->base == CXM_IS_LITERAL) {
            *out = self->literal;
            return true;
        }
        if (self->base == CXM_IS_NUMBER)
            return write_number(scope, out);
        const cxm_json_value *value = follow(self, scope, &step);
        if (step == self->step_count) {
            *out = text_of(value);
            out->len = is_absent(scope, *out) ? 0 : out->len;
        } else if (value) {
            gathering all = {.arena = scope->strings};
            if (!cxm_path_visit(self, scope, gather_visited, &all))
                return false;
            *out = (cxm_str){all.ptr, all.len};
        }
    }
    return true;
}

/* ---- Times and numbers ---- */

/* A decimal number as "4.87" or "-1"; nothing else may stand in the text. */
static bool parse_number(cxm_str text, double *number) {
    enum { LONGEST = 40 };
    text = cxm_str_trim(text);
    if (text.len == 0 || text.len > LONGEST)
        return false;
    double value = 0;
    double scale = 1;
    size_t at = text.ptr[0] == '-';
    size_t digits = 0;
    bool is_fraction = false;
    for (; at < text.len; at++) { /* without the library's function, which asks the locale */
        if (text.ptr[at] == '.' && !is_fraction) {
            is_fraction = true;
            continue;
        }
        if (!cxm_is_digit(text.ptr[at]))
            break;
        value = value * 10 + (text.ptr[at] - '0');
        scale *= is_fraction ? 10 : 1;
        digits++;
    }
    if (digits == 0)
        return false;
    *number = value / scale * (text.ptr[0] == '-' ? -1 : 1);
    return at == text.len;
}

static double time_of(const cxm_json_value *value, double per_second) {
    double time;
    if (value->kind == CXM_JSON_NUMBER)
        time = value->number / per_second;
    else if (value->kind != CXM_JSON_STRING)
        return CXM_TIME_UNKNOWN;
    else if (parse_number(value->text, &time))
        time /= per_second;
    else if (!cxm_instant_parse(value->text, &time) && !cxm_duration_parse(value->text, &time) &&
             !cxm_seconds_parse(value->text, &time))
        return CXM_TIME_UNKNOWN;
    return isfinite(time) && time >= 0 ? time : CXM_TIME_UNKNOWN;
}

double cxm_path_time(const cxm_path *self, const cxm_scope *scope) {
    for (; self; self = self->otherwise) {
        size_t step;
        const cxm_json_value *value = follow(self, scope, &step);
        if (step != self->step_count || !is_given(value))
            continue;
        double time = time_of(value, self->per_second);
        if (time >= 0)
            return time;
    }
    return CXM_TIME_UNKNOWN;
}

double cxm_path_number(const cxm_path *self, const cxm_scope *scope, double otherwise) {
    const cxm_json_value *value = cxm_path_find(self, scope);
    double number;
    if (value && value->kind == CXM_JSON_NUMBER)
        return value->number;
    if (value && value->kind == CXM_JSON_STRING && parse_number(value->text, &number))
        return number;
    return otherwise;
}

/* ---- Conditions and maps ---- */

/* Whether a word of the file is the one that is meant; "agent:*" means all that start so. */
static bool fits(cxm_str meant, cxm_str value) {
    if (meant.len && meant.ptr[meant.len - 1] == '*') {
        size_t len = meant.len - 1;
        return value.len >= len &&
               cxm_str_equal_nocase(cxm_str_slice(meant, 0, len), cxm_str_slice(value, 0, len));
    }
    return cxm_str_equal_nocase(meant, value);
}

static bool holds_alone(const cxm_condition *self, const cxm_scope *scope) {
    const cxm_json_value *value = cxm_path_find(self->path, scope);
    if (!self->has_value)
        return value && value->kind != CXM_JSON_FALSE;
    return value && fits(self->value, text_of(value));
}

bool cxm_condition_holds(const cxm_condition *self, const cxm_scope *scope) {
    bool holds = self != NULL;
    for (; self && holds; self = self->also)
        holds = holds_alone(self, scope) != self->is_negated;
    return holds;
}

cxm_str cxm_mapped(cxm_str map, cxm_str value) {
    while (map.len) {
        cxm_str entry = cxm_path_cut(&map, ' ');
        const char *equals = entry.len ? memchr(entry.ptr, '=', entry.len) : NULL;
        if (!equals)
            continue;
        size_t at = (size_t)(equals - entry.ptr);
        if (fits(cxm_str_slice(entry, 0, at), value))
            return cxm_str_slice(entry, at + 1, entry.len);
    }
    return (cxm_str){NULL, 0};
}
