/* SPDX-License-Identifier: MIT */
#include "gold.h"

#include "array.h"
#include "diagnostics.h"
#include "input.h"
#include "json_in.h"

#include <stdlib.h>
#include <string.h>

/* What became of a line. */
typedef enum outcome { GOOD, WRONG, NO_MEMORY } outcome;

/* A line on its way to items. */
typedef struct line_reader {
    cli_gold *gold;
    const char *name; /* the file, for messages */
    size_t line;
    cli_json json;
    cxm_transcript_builder *builder;
    uint32_t turn_count;
} line_reader;

static outcome complain(line_reader *self, size_t column, const char *problem) {
    cxm_error error = {.code = CXM_E_SYNTAX, .line = (uint32_t)self->line};
    snprintf(error.file, sizeof error.file, "%s", self->name);
    snprintf(error.message, sizeof error.message, "%s", problem);
    error.column = (uint32_t)column;
    cli_report(&error);
    self->gold->failed = true;
    return WRONG;
}

static outcome complain_error(line_reader *self, const cxm_error *error) {
    if (error->code != CXM_E_NOMEM)
        return complain(self, 0, error->message);
    cli_complain_memory();
    return NO_MEMORY;
}

static bool is_same(const char *label, cxm_str text) {
    return strlen(label) == text.len && memcmp(label, text.ptr, text.len) == 0;
}

/* The index of a label, which is new or not. */
static outcome number_label(line_reader *self, cxm_str text, size_t *index) {
    cli_gold *gold = self->gold;
    for (*index = 0; *index < gold->label_count; ++*index)
        if (is_same(gold->labels[*index], text))
            return GOOD;
    if (gold->label_count == CLI_GOLD_MAX_LABELS)
        return complain(self, 0, "more than 4096 different labels");
    char **labels =
        cli_grow(gold->labels, &gold->label_capacity, gold->label_count, sizeof *labels);
    if (!labels)
        return NO_MEMORY;
    gold->labels = labels;
    char *copy = malloc(text.len + 1);
    if (!copy) {
        cli_complain_memory();
        return NO_MEMORY;
    }
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    labels[gold->label_count++] = copy;
    return GOOD;
}

/* Keeps the labels of an item sorted, each once. */
static outcome add_label(line_reader *self, cli_gold_item *item, cxm_str text) {
    cli_gold *gold = self->gold;
    size_t index;
    outcome numbered = number_label(self, text, &index);
    if (numbered != GOOD)
        return numbered;
    size_t *all =
        cli_grow(gold->label_of, &gold->label_of_capacity, gold->label_of_count, sizeof *all);
    if (!all)
        return NO_MEMORY;
    gold->label_of = all;
    size_t at = gold->label_of_count;
    while (at > item->first_label && all[at - 1] > index)
        at--;
    if (at > item->first_label && all[at - 1] == index)
        return GOOD;
    memmove(all + at + 1, all + at, (gold->label_of_count - at) * sizeof *all);
    all[at] = index;
    gold->label_of_count++;
    item->label_count++;
    return GOOD;
}

/* An item for the turn that was added last. */
static outcome add_item(line_reader *self, const cli_json_value *labels) {
    cli_gold *gold = self->gold;
    cli_gold_item item = {.file = gold->file_count,
                          .line = self->line,
                          .transcript = gold->transcript_count,
                          .turn = self->turn_count - 1,
                          .first_label = gold->label_of_count};
    if (labels->kind != CLI_JSON_ARRAY)
        return complain(self, 0, "expected \"labels\" to be an array of strings");
    for (const cli_json_value *at = cli_json_first(labels); at; at = cli_json_next(labels, at)) {
        if (at->kind != CLI_JSON_STRING || at->text.len == 0 ||
            memchr(at->text.ptr, '\0', at->text.len))
            return complain(self, 0, "expected \"labels\" to be an array of strings");
        outcome added = add_label(self, &item, at->text);
        if (added != GOOD)
            return added;
    }
    cli_gold_item *items =
        cli_grow(gold->items, &gold->item_capacity, gold->item_count, sizeof *items);
    if (!items)
        return NO_MEMORY;
    gold->items = items;
    items[gold->item_count++] = item;
    return GOOD;
}

/* The text of a string member; nothing where it is absent or null. */
static bool read_text(const cli_json_value *object, const char *key, cxm_str *out) {
    const cli_json_value *value = cli_json_member(object, key);
    *out = (cxm_str){NULL, 0};
    if (!value || value->kind == CLI_JSON_NULL)
        return true;
    *out = value->text;
    return value->kind == CLI_JSON_STRING ||
           (value->kind == CLI_JSON_NUMBER && strcmp(key, "id") == 0);
}

/* The speaker of a flat line is mostly a role; "role" says it where both are given. */
static bool read_role(const cli_json_value *object, cxm_turn *turn) {
    cxm_str role;
    if (!read_text(object, "role", &role))
        return false;
    if (role.len)
        return cxm_role_parse(role, &turn->role);
    cxm_role_parse(turn->speaker, &turn->role);
    return true;
}

static outcome add_turn(line_reader *self, const cli_json_value *object) {
    cxm_turn turn = {.start = CXM_TIME_UNKNOWN, .end = CXM_TIME_UNKNOWN};
    cxm_error error;
    if (object->kind != CLI_JSON_OBJECT)
        return complain(self, 0, "expected a turn: an object with the key \"text\"");
    const cli_json_value *text = cli_json_member(object, "text");
    if (!text || text->kind != CLI_JSON_STRING)
        return complain(self, 0, "expected the key \"text\" with a string");
    turn.text = text->text;
    if (!read_text(object, "speaker", &turn.speaker))
        return complain(self, 0, "expected \"speaker\" to be a string");
    if (!read_role(object, &turn))
        return complain(self, 0, "expected a role: agent, customer, bot, other or unknown");
    if (cxm_transcript_builder_add_turn(self->builder, &turn, &error) != CXM_OK)
        return complain_error(self, &error);
    self->turn_count++;
    const cli_json_value *labels = cli_json_member(object, "labels");
    return labels ? add_item(self, labels) : GOOD;
}

static outcome add_turns(line_reader *self, const cli_json_value *turns) {
    outcome added = GOOD;
    if (turns->kind != CLI_JSON_ARRAY)
        return complain(self, 0, "expected \"turns\" to be an array");
    for (const cli_json_value *at = cli_json_first(turns); at && added == GOOD;
         at = cli_json_next(turns, at))
        added = add_turn(self, at);
    return added;
}

static outcome read_conversation(line_reader *self, const cli_json_value *root) {
    cxm_str id;
    cxm_error error;
    if (root->kind != CLI_JSON_OBJECT)
        return complain(self, 0, "expected an object with \"text\" and \"labels\", or \"turns\"");
    if (!read_text(root, "id", &id))
        return complain(self, 0, "expected \"id\" to be a string or a number");
    if (cxm_transcript_builder_set_id(self->builder, id, &error) != CXM_OK)
        return complain_error(self, &error);
    const cli_json_value *turns = cli_json_member(root, "turns");
    if (turns)
        return add_turns(self, turns);
    if (!cli_json_member(root, "labels"))
        return complain(self, 0, "expected the key \"labels\"");
    return add_turn(self, root);
}

static outcome keep_transcript(line_reader *self) {
    cli_gold *gold = self->gold;
    cxm_error error;
    cxm_transcript **all = cli_grow(gold->transcripts, &gold->transcript_capacity,
                                    gold->transcript_count, sizeof(cxm_transcript *));
    if (!all)
        return NO_MEMORY;
    gold->transcripts = all;
    if (cxm_transcript_builder_finish(self->builder, &all[gold->transcript_count], &error) !=
        CXM_OK)
        return complain_error(self, &error);
    self->builder = NULL;
    gold->transcript_count++;
    return GOOD;
}

/* The column in code points of a column in bytes. */
static size_t column_of(cxm_str line, size_t byte) {
    size_t column = 1;
    for (size_t i = 0; i + 1 < byte && i < line.len; i++)
        column += ((unsigned char)line.ptr[i] & 0xC0) != 0x80;
    return column;
}

static cxm_str trimmed(cxm_str line) {
    while (line.len && strchr(" \t\r\n", line.ptr[line.len - 1]) && line.ptr[line.len - 1])
        line.len--;
    return line;
}

/* Reads a line; one that is wrong leaves no items behind. */
static outcome read_line(line_reader *self, cxm_str line) {
    cli_gold *gold = self->gold;
    size_t items = gold->item_count;
    size_t labels = gold->label_of_count;
    size_t different = gold->label_count;
    size_t column;
    cxm_error error;
    line = trimmed(line);
    if (line.len == 0)
        return GOOD;
    const char *wrong = cli_json_parse(&self->json, line, &column);
    if (wrong)
        return complain(self, column_of(line, column), wrong);
    if (cxm_transcript_builder_new(NULL, &self->builder, &error) != CXM_OK)
        return complain_error(self, &error);
    self->turn_count = 0;
    outcome done = read_conversation(self, self->json.values);
    if (done == GOOD)
        done = keep_transcript(self);
    cxm_transcript_builder_free(self->builder);
    self->builder = NULL;
    if (done != GOOD) {
        gold->item_count = items;
        gold->label_of_count = labels;
        while (gold->label_count > different)
            free(gold->labels[--gold->label_count]);
    }
    return done;
}

static cxm_str without_mark(cxm_str line) {
    if (line.len >= 3 && memcmp(line.ptr, "\xEF\xBB\xBF", 3) == 0)
        return (cxm_str){line.ptr + 3, line.len - 3};
    return line;
}

static bool read_file(cli_gold *gold, const char *path) {
    cli_input input;
    cxm_str line;
    if (!cli_input_open(&input, path)) {
        gold->failed = true;
        return true;
    }
    line_reader self = {.gold = gold, .name = input.name};
    outcome done = GOOD;
    while (done != NO_MEMORY && cli_input_line(&input, &line, &self.line))
        done = read_line(&self, self.line == 1 ? without_mark(line) : line);
    gold->failed = gold->failed || input.failed;
    cli_json_clear(&self.json);
    cli_input_close(&input);
    return done != NO_MEMORY;
}

bool cli_gold_read(cli_gold *self, const cli_list *paths) {
    *self = (cli_gold){0};
    self->files = calloc(paths->count ? paths->count : 1, sizeof *self->files);
    if (!self->files) {
        cli_complain_memory();
        return false;
    }
    for (size_t i = 0; i < paths->count; i++) {
        self->files[self->file_count] = paths->items[i];
        if (!read_file(self, paths->items[i]))
            return false;
        self->file_count++;
    }
    return true;
}

void cli_gold_clear(cli_gold *self) {
    for (size_t i = 0; i < self->transcript_count; i++)
        cxm_transcript_free(self->transcripts[i]);
    for (size_t i = 0; i < self->label_count; i++)
        free(self->labels[i]);
    free(self->transcripts);
    free(self->items);
    free(self->label_of);
    free(self->labels);
    free(self->files);
    *self = (cli_gold){0};
}

const cxm_turn *cli_gold_turn(const cli_gold *self, const cli_gold_item *item) {
    return cxm_transcript_turn(self->transcripts[item->transcript], item->turn);
}
