/* SPDX-License-Identifier: MIT */
/* Paths and conditions, from text. */
#include "read/json_path.h"

typedef struct compiler {
    cxm_str text; /* what is left of it */
    cxm_arena *arena;
    const char *problem;
} compiler;

static bool fail(compiler *self, const char *problem) {
    self->problem = problem;
    return false;
}

/* "[]", "[0]", "[-1]", "[$name]"; the bracket has been seen. */
static bool compile_bracket(compiler *self, cxm_step *step) {
    const char *end = memchr(self->text.ptr, ']', self->text.len);
    if (!end)
        return fail(self, "expected a ']' behind '['");
    cxm_str inside = cxm_str_slice(self->text, 1, (size_t)(end - self->text.ptr));
    self->text = cxm_str_slice(self->text, inside.len + 2, self->text.len);
    if (inside.len == 0) {
        step->kind = CXM_STEP_EACH;
        return true;
    }
    if (inside.ptr[0] == '$') {
        step->kind = CXM_STEP_BY_NAME;
        step->name = cxm_str_slice(inside, 1, inside.len);
        return step->name.len > 0 || fail(self, "expected a name behind '[$'");
    }
    bool is_negative = inside.ptr[0] == '-';
    step->kind = CXM_STEP_INDEX;
    if (inside.len == is_negative || inside.len > 8)
        return fail(self, "expected [], [0], [-1] or [$name]");
    for (size_t i = is_negative; i < inside.len; i++) {
        if (!cxm_is_digit(inside.ptr[i]))
            return fail(self, "expected [], [0], [-1] or [$name]");
        step->index = step->index * 10 + (inside.ptr[i] - '0');
    }
    step->index = is_negative ? -step->index : step->index;
    return true;
}

static bool compile_step(compiler *self, cxm_step *step, bool is_first) {
    *step = (cxm_step){0};
    if (self->text.ptr[0] == '[')
        return compile_bracket(self, step);
    if (!is_first) {
        if (self->text.ptr[0] != '.')
            return fail(self, "expected '.' or '[' in a path");
        self->text = cxm_str_slice(self->text, 1, self->text.len);
    }
    size_t len = 0;
    while (len < self->text.len && !memchr(".[", self->text.ptr[len], 2))
        len++;
    step->name = cxm_str_slice(self->text, 0, len);
    self->text = cxm_str_slice(self->text, len, self->text.len);
    return len > 0 || fail(self, "expected a name in a path");
}

/* Takes "@ms" off the end of the text. */
static bool compile_unit(compiler *self, double *per_second) {
    static const struct {
        const char *name;
        double per_second;
    } units[] = {{"s", 1}, {"ms", 1e3}, {"us", 1e6}, {"ticks", 1e7}, {"min", 1.0 / 60}};
    *per_second = 1;
    const char *at = self->text.len ? memchr(self->text.ptr, '@', self->text.len) : NULL;
    if (!at)
        return true;
    size_t before = (size_t)(at - self->text.ptr);
    cxm_str unit = cxm_str_slice(self->text, before + 1, self->text.len);
    self->text.len = before;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (cxm_str_is(unit, units[i].name)) {
            *per_second = units[i].per_second;
            return true;
        }
    return fail(self, "expected a unit behind '@': s, ms, us, ticks or min");
}

static bool compile_steps(compiler *self, cxm_path *path) {
    cxm_step steps[CXM_PATH_MAX_STEPS];
    while (self->text.len) {
        if (path->step_count == CXM_PATH_MAX_STEPS)
            return fail(self, "a path of more than 12 steps");
        if (!compile_step(self, &steps[path->step_count], path->step_count == 0))
            return false;
        path->step_count++;
    }
    if (path->step_count == 0)
        return true;
    path->steps = CXM_ARENA_ARRAY(self->arena, cxm_step, path->step_count);
    if (path->steps)
        memcpy(path->steps, steps, path->step_count * sizeof *steps);
    return path->steps != NULL;
}

/* One alternative. */
static bool compile_path(compiler *self, cxm_path *path) {
    if (self->text.len == 0)
        return fail(self, "expected a path");
    char first = self->text.ptr[0];
    path->base = first == '/'   ? CXM_FROM_CONVERSATION
                 : first == '^' ? CXM_FROM_PARENT
                 : first == '=' ? CXM_IS_LITERAL
                 : first == '#' ? CXM_IS_NUMBER
                                : CXM_FROM_TURN;
    bool is_itself = first == '.' && (self->text.len == 1 || self->text.ptr[1] == '@');
    if (path->base != CXM_FROM_TURN || is_itself)
        self->text = cxm_str_slice(self->text, 1, self->text.len);
    path->literal = self->text;
    if (path->base == CXM_IS_LITERAL)
        return true;
    if (!compile_unit(self, &path->per_second) || !compile_steps(self, path))
        return false;
    return path->base != CXM_IS_NUMBER || path->step_count == 0 ||
           fail(self, "expected nothing behind '#'");
}

cxm_str cxm_path_cut(cxm_str *text, char separator) {
    const char *at = text->len ? memchr(text->ptr, separator, text->len) : NULL;
    size_t len = at ? (size_t)(at - text->ptr) : text->len;
    cxm_str part = cxm_str_trim(cxm_str_slice(*text, 0, len));
    *text = cxm_str_slice(*text, at ? len + 1 : len, text->len);
    return part;
}

cxm_status cxm_path_compile(cxm_str text, cxm_arena *arena, const cxm_path **out,
                            const char **problem) {
    const cxm_path **end = out;
    *out = NULL;
    for (size_t count = 0; text.len; count++) {
        compiler self = {cxm_path_cut(&text, '|'), arena, NULL};
        cxm_path *path = CXM_ARENA_ARRAY(arena, cxm_path, 1);
        if (!path)
            return CXM_E_NOMEM;
        *problem = "a path of more than 8 alternatives";
        if (count == CXM_PATH_MAX_ALTERNATIVES)
            return CXM_E_SYNTAX;
        if (!compile_path(&self, path)) {
            *problem = self.problem;
            return self.problem ? CXM_E_SYNTAX : CXM_E_NOMEM;
        }
        *end = path;
        end = &path->otherwise;
    }
    return CXM_OK;
}

static cxm_status compile_condition(cxm_str part, cxm_arena *arena, cxm_condition *out,
                                    const char **problem) {
    const char *equals = part.len ? memchr(part.ptr + 1, '=', part.len - 1) : NULL;
    out->is_negated = part.len && part.ptr[0] == '!';
    cxm_str path = cxm_str_slice(part, out->is_negated, part.len);
    if (equals) {
        size_t at = (size_t)(equals - part.ptr);
        bool is_unequal = part.ptr[at - 1] == '!';
        out->has_value = true;
        out->is_negated = is_unequal;
        out->value = cxm_str_trim(cxm_str_slice(part, at + 1, part.len));
        path = cxm_str_trim(cxm_str_slice(part, 0, at - is_unequal));
    }
    cxm_status status = cxm_path_compile(path, arena, &out->path, problem);
    if (!status && !out->path) {
        *problem = "expected a condition: path, !path, path=value or path!=value";
        return CXM_E_SYNTAX;
    }
    return status;
}

cxm_status cxm_condition_compile(cxm_str text, cxm_arena *arena, const cxm_condition **out,
                                 const char **problem) {
    const cxm_condition **end = out;
    *out = NULL;
    while (text.len) {
        cxm_condition *condition = CXM_ARENA_ARRAY(arena, cxm_condition, 1);
        if (!condition)
            return CXM_E_NOMEM;
        cxm_status status = compile_condition(cxm_path_cut(&text, '&'), arena, condition, problem);
        if (status)
            return status;
        *end = condition;
        end = &condition->also;
    }
    return CXM_OK;
}
