/* SPDX-License-Identifier: MIT */
/* The canonical form of a conversation. README.md describes the keys. */
#include "read/canonical.h"
#include "base/memory.h"
#include "base/table.h"
#include "read/clock.h"

/* One line while it is read. */
typedef struct line_reader {
    const cxm_reader *reader;
    cxm_stretch line;
    cxm_transcript_builder *builder;
    cxm_error *error;
    cxm_role_memory roles;
    cxm_time_mark *marks;
    size_t mark_capacity;
} line_reader;

enum {
    TURN_SPEAKER,
    TURN_ROLE,
    TURN_TEXT,
    TURN_START,
    TURN_END,
    TURN_CHANNEL,
    TURN_KIND,
    TURN_MARKS,
    TURN_ROLE_SOURCE,
    TURN_KEY_COUNT
};

#define KEY(literal)                                                                               \
    { (literal), sizeof(literal) - 1 }

static const cxm_str turn_keys[TURN_KEY_COUNT] = {KEY("speaker"), KEY("role"),  KEY("text"),
                                                  KEY("start"),   KEY("end"),   KEY("channel"),
                                                  KEY("kind"),    KEY("marks"), KEY("role_source")};

static cxm_status fail(const line_reader *self, const cxm_json_value *at, const char *message) {
    return cxm_reader_fail(self->reader, &self->line, at->offset, self->error, CXM_E_SYNTAX, "%s",
                           message);
}

static bool is_given(const cxm_json_value *value) {
    return value && value->kind != CXM_JSON_NULL;
}

/* The text of a string, or of a number as written; nothing where there is no value. */
static cxm_status read_text(const line_reader *self, const cxm_json_value *value, cxm_str *out,
                            const char *expected) {
    *out = (cxm_str){NULL, 0};
    if (!is_given(value))
        return CXM_OK;
    if (value->kind != CXM_JSON_STRING && value->kind != CXM_JSON_NUMBER)
        return fail(self, value, expected);
    *out = value->text;
    return CXM_OK;
}

static cxm_status read_time(const line_reader *self, const cxm_json_value *value, double *out) {
    *out = CXM_TIME_UNKNOWN;
    if (!is_given(value))
        return CXM_OK;
    if (value->kind == CXM_JSON_NUMBER)
        *out = value->number;
    else if (value->kind != CXM_JSON_STRING || !cxm_seconds_parse(value->text, out))
        return fail(self, value, "expected a time in seconds, as 12.5 or \"12.5\"");
    return CXM_OK;
}

static cxm_status read_role_source(const line_reader *self, const cxm_json_value *source,
                                   cxm_turn *turn) {
    if (!is_given(source) || (source->kind == CXM_JSON_STRING &&
                              cxm_role_source_parse(source->text, &turn->role_source)))
        return CXM_OK;
    return fail(self, source, "expected where a role comes from: rule, file, label or words");
}

static cxm_status read_role(line_reader *self, const cxm_json_value *value,
                            const cxm_json_value *source, cxm_turn *turn) {
    cxm_role given = CXM_ROLE_UNKNOWN;
    bool is_said = is_given(value);
    bool is_role = is_said && value->kind == CXM_JSON_STRING && cxm_role_parse(value->text, &given);
    turn->role =
        cxm_reader_role(self->reader, &self->roles, turn->speaker, given, &turn->role_source);
    if (turn->role_source == CXM_ROLE_FROM_RULE)
        return CXM_OK;
    if (is_said && !is_role)
        return fail(self, value, "expected a role: agent, customer, bot, other or unknown");
    if (is_role && given == CXM_ROLE_UNKNOWN) {
        turn->role = CXM_ROLE_UNKNOWN; /* whatever the label looks like */
        turn->role_source = CXM_ROLE_FROM_NOTHING;
    }
    return is_role ? read_role_source(self, source, turn) : CXM_OK;
}

static cxm_status read_kind(const line_reader *self, const cxm_json_value *value, cxm_turn *turn) {
    if (!is_given(value))
        return CXM_OK;
    if (value->kind == CXM_JSON_STRING && cxm_turn_kind_parse(value->text, &turn->kind))
        return CXM_OK;
    return fail(self, value, "expected the kind of a turn: speech, event or note");
}

static bool read_mark(const cxm_json_value *pair, cxm_str text, cxm_time_mark *mark) {
    const cxm_json_value *offset = cxm_json_first(pair);
    const cxm_json_value *time = offset ? cxm_json_next(pair, offset) : NULL;
    if (pair->kind != CXM_JSON_ARRAY || !time || offset->kind != CXM_JSON_NUMBER ||
        time->kind != CXM_JSON_NUMBER)
        return false;
    if (!(offset->number >= (double)mark->offset && offset->number <= (double)text.len))
        return false;
    *mark = (cxm_time_mark){(size_t)offset->number, time->number};
    bool is_inside = mark->offset < text.len;
    return !is_inside || ((unsigned char)text.ptr[mark->offset] & 0xC0) != 0x80;
}

static cxm_status read_marks(line_reader *self, const cxm_json_value *value, cxm_turn *turn) {
    static const char expected[] =
        "expected time marks: [byte offset in the text, seconds], in order of offset";
    if (!is_given(value))
        return CXM_OK;
    if (value->kind != CXM_JSON_ARRAY)
        return fail(self, value, expected);
    cxm_time_mark mark = {0};
    const cxm_json_value *pair = cxm_json_first(value);
    for (; pair; pair = cxm_json_next(value, pair)) {
        void *items = self->marks;
        if (!read_mark(pair, turn->text, &mark))
            return fail(self, pair, expected);
        if (!cxm_array_reserve(&self->reader->allocator, &items, &self->mark_capacity,
                               turn->mark_count + 1, sizeof *self->marks))
            return cxm_fail_memory(self->error);
        self->marks = items;
        self->marks[turn->mark_count++] = mark;
    }
    turn->marks = self->marks;
    return CXM_OK;
}

/* Fills a turn from its members but for the role, which needs the speaker. */
static cxm_status read_members(line_reader *self, const cxm_json_value *const *found,
                               cxm_turn *turn) {
    const cxm_json_value *text = found[TURN_TEXT];
    if (is_given(text) && text->kind != CXM_JSON_STRING)
        return fail(self, text, "expected the text of a turn: a string or null");
    if (is_given(text))
        turn->text = text->text;
    cxm_status status =
        read_text(self, found[TURN_SPEAKER], &turn->speaker, "expected a speaker: a string");
    if (!status)
        status =
            read_text(self, found[TURN_CHANNEL], &turn->channel, "expected a channel: a string");
    if (!status)
        status = read_time(self, found[TURN_START], &turn->start);
    if (!status)
        status = read_time(self, found[TURN_END], &turn->end);
    if (!status)
        status = read_kind(self, found[TURN_KIND], turn);
    if (!status)
        status = read_marks(self, found[TURN_MARKS], turn);
    return status;
}

static cxm_status read_turn(line_reader *self, const cxm_json_value *value) {
    const cxm_json_value *found[TURN_KEY_COUNT];
    cxm_turn turn = {.role = CXM_ROLE_UNKNOWN};
    if (value->kind != CXM_JSON_OBJECT)
        return fail(self, value, "expected a turn: an object with the key \"text\"");
    cxm_json_members(value, turn_keys, TURN_KEY_COUNT, found);
    if (!found[TURN_TEXT])
        return fail(self, value, "expected the key \"text\" in a turn");
    cxm_status status = read_members(self, found, &turn);
    if (!status)
        status = read_role(self, found[TURN_ROLE], found[TURN_ROLE_SOURCE], &turn);
    if (status)
        return status;
    status = cxm_transcript_builder_add_turn(self->builder, &turn, self->error);
    return cxm_reader_place(self->reader, &self->line, value->offset, self->error, status);
}

static cxm_status read_turns(line_reader *self, const cxm_json_value *turns) {
    if (turns->kind != CXM_JSON_ARRAY)
        return fail(self, turns, "expected an array of turns");
    cxm_status status = CXM_OK;
    const cxm_json_value *turn = cxm_json_first(turns);
    for (; turn && !status; turn = cxm_json_next(turns, turn))
        status = read_turn(self, turn);
    return status;
}

static cxm_status read_id(const line_reader *self, const cxm_json_value *value) {
    cxm_str id;
    cxm_status status = read_text(self, value, &id, "expected an id: a string or a number");
    return status || !id.len ? status
                             : cxm_transcript_builder_set_id(self->builder, id, self->error);
}

/* Notes which member of each key is the last. */
static bool find_last(cxm_table *last, const cxm_json_value *meta) {
    const cxm_json_value *item = cxm_json_first(meta);
    for (; item; item = cxm_json_next(meta, item)) {
        uint32_t *index = cxm_table_add(last, item->key, 0, NULL);
        if (!index)
            return false;
        *index = (uint32_t)(item - meta);
    }
    return true;
}

static cxm_status add_meta(const line_reader *self, const cxm_table *last,
                           const cxm_json_value *meta) {
    cxm_status status = CXM_OK;
    const cxm_json_value *item = cxm_json_first(meta);
    for (; item && !status; item = cxm_json_next(meta, item)) {
        if (*cxm_table_find(last, item->key) != (uint32_t)(item - meta))
            continue;
        cxm_str value = is_given(item) ? item->text : (cxm_str){NULL, 0};
        status = cxm_transcript_builder_add_meta(self->builder, item->key, value, self->error);
        cxm_reader_place(self->reader, &self->line, item->offset, self->error, status);
    }
    return status;
}

static cxm_status read_meta(const line_reader *self, const cxm_json_value *meta) {
    if (!is_given(meta))
        return CXM_OK;
    if (meta->kind != CXM_JSON_OBJECT)
        return fail(self, meta, "expected the metadata: an object");
    cxm_table last;
    cxm_table_init(&last, &self->reader->allocator);
    cxm_status status =
        find_last(&last, meta) ? add_meta(self, &last, meta) : cxm_fail_memory(self->error);
    cxm_table_clear(&last);
    return status;
}

static cxm_status read_skipped(const line_reader *self, const cxm_json_value *skipped) {
    static const double most = 1e15;
    cxm_status status = CXM_OK;
    if (!is_given(skipped))
        return CXM_OK;
    if (skipped->kind != CXM_JSON_OBJECT)
        return fail(self, skipped, "expected what was left out: an object");
    const cxm_json_value *item = cxm_json_first(skipped);
    for (; item && !status; item = cxm_json_next(skipped, item)) {
        if (!(item->number >= 0 && item->number <= most))
            return fail(self, item, "expected how often something was left out: a number");
        status = cxm_transcript_builder_add_skipped(self->builder, item->key, (size_t)item->number,
                                                    self->error);
        cxm_reader_place(self->reader, &self->line, item->offset, self->error, status);
    }
    return status;
}

/* What a line of a live conversation says besides its turn is its metadata. */
static cxm_status read_said(const line_reader *self, const char *key, const cxm_json_value *value,
                            bool number) {
    if (!is_given(value))
        return CXM_OK;
    bool good = number ? value->kind == CXM_JSON_NUMBER && value->number >= 0
                       : value->kind == CXM_JSON_TRUE || value->kind == CXM_JSON_FALSE;
    if (!good)
        return fail(self, value, number ? "expected a number of bytes" : "expected true or false");
    return cxm_transcript_builder_add_meta(self->builder, cxm_str_from(key), value->text,
                                           self->error);
}

/* A line of a live conversation: a turn, or what has become of it, or the end. */
static cxm_status read_live(line_reader *self, const cxm_json_value *root) {
    enum { ID, TEXT, FINAL, STABLE, END, KEY_COUNT };
    static const cxm_str keys[KEY_COUNT] = {KEY("id"), KEY("text"), KEY("final"), KEY("stable"),
                                            KEY("end_of_conversation")};
    const cxm_json_value *found[KEY_COUNT];
    cxm_json_members(root, keys, KEY_COUNT, found);
    if (!found[TEXT] && !found[END])
        return fail(self, root, "expected the key \"text\" or \"end_of_conversation\"");
    cxm_status status = read_id(self, found[ID]);
    if (!status)
        status = read_said(self, "final", found[FINAL], false);
    if (!status)
        status = read_said(self, "stable", found[STABLE], true);
    if (!status)
        status = read_said(self, "end_of_conversation", found[END], false);
    return status || !found[TEXT] ? status : read_turn(self, root);
}

static cxm_status read_conversation(line_reader *self, const cxm_json_value *root) {
    enum { ID, META, TURNS, SKIPPED, KEY_COUNT };
    static const cxm_str keys[KEY_COUNT] = {KEY("id"), KEY("meta"), KEY("turns"), KEY("skipped")};
    const cxm_json_value *found[KEY_COUNT];
    if (root->kind != CXM_JSON_OBJECT)
        return fail(self, root, "expected one conversation a line: an object");
    if (self->reader->format == &cxm_format_live)
        return read_live(self, root);
    cxm_json_members(root, keys, KEY_COUNT, found);
    if (!found[TURNS])
        return fail(self, root, "expected the key \"turns\"");
    cxm_status status = read_id(self, found[ID]);
    if (!status)
        status = read_meta(self, found[META]);
    if (!status)
        status = read_skipped(self, found[SKIPPED]);
    return status ? status : read_turns(self, found[TURNS]);
}

cxm_status cxm_canonical_read(const cxm_reader *reader, const cxm_stretch *document,
                              const cxm_json_value *root, cxm_transcript **out, cxm_error *error) {
    line_reader self = {.reader = reader, .line = *document, .error = error};
    cxm_status status = cxm_reader_builder(reader, &self.builder, error);
    if (status)
        return status;
    status = read_conversation(&self, root);
    if (!status)
        status = cxm_transcript_builder_finish(self.builder, out, error);
    if (status)
        cxm_transcript_builder_free(self.builder);
    cxm_release(&reader->allocator, self.marks, self.mark_capacity * sizeof *self.marks);
    return status;
}

static const cxm_json_value *member_of(const cxm_json_value *object, cxm_str key) {
    const cxm_json_value *found = NULL;
    if (object->kind == CXM_JSON_OBJECT)
        cxm_json_members(object, &key, 1, &found);
    return found;
}

bool cxm_canonical_claims(const cxm_json_value *root) {
    return member_of(root, CXM_STR("turns")) != NULL;
}

bool cxm_canonical_is(const cxm_json_value *root) {
    const cxm_json_value *turns = member_of(root, CXM_STR("turns"));
    if (!turns || turns->kind != CXM_JSON_ARRAY)
        return false;
    const cxm_json_value *first = cxm_json_first(turns);
    return !first || member_of(first, CXM_STR("text"));
}
