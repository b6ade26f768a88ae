/* SPDX-License-Identifier: MIT */
/* What a document says, by the program of its dialect. */
#include "base/table.h"
#include "read/clock.h"
#include "read/dialect_program.h"
#include "read/html_text.h"

#include <math.h>

#define SKIP_NO_TURN "not a turn"
#define SKIP_LEFT_OUT "not of the conversation"

enum { MOST_PRESENT = 64 };

/* Reading one document. */
typedef struct reading {
    const cxm_dialect_program *program;
    cxm_segments *into;
    cxm_scope scope;                      /* of the turn at hand */
    cxm_table people[CXM_DIALECT_PEOPLE]; /* key -> how far the item is behind the document */
    const cxm_json_value *present[MOST_PRESENT]; /* people with times, to be looked through */
    size_t present_count;
    cxm_path_memo memo;
    const cxm_list_program *list;
    const cxm_people_program *adding;
    size_t count; /* turns of the list at hand */
    bool are_messages;
    cxm_str agent_channel;
    cxm_str customer_channel;
    const cxm_json_value *last_parent; /* of a list of words: what the word before stood in */
    double last_end;                   /* and when it ended */
} reading;

static cxm_str text_at(reading *self, const cxm_path *path) {
    cxm_str text;
    if (!cxm_path_text(path, &self->scope, &text))
        self->into->failed = true;
    return text;
}

/* ---- People ---- */

static bool add_person(void *context, const cxm_scope *scope) {
    reading *self = context;
    cxm_str key;
    if (self->adding->from) {
        self->present[self->present_count++] = scope->turn;
        return self->present_count < MOST_PRESENT;
    }
    cxm_table *people = &self->people[self->adding - self->program->people];
    uint32_t place = (uint32_t)(scope->turn - scope->conversation);
    if (!cxm_path_text(self->adding->key, scope, &key) ||
        (key.len && !cxm_table_add(people, key, place, NULL)))
        self->into->failed = true;
    return !self->into->failed;
}

/* Lists of people are read once a document. */
static void add_people(reading *self) {
    for (size_t i = 0; i < CXM_DIALECT_PEOPLE; i++) {
        cxm_table_init(&self->people[i], &self->into->reader->allocator);
        self->adding = &self->program->people[i];
        if (self->adding->row)
            cxm_path_visit(self->adding->list, &self->scope, add_person, self);
    }
}

/* Who was there at a time, of those with a key; NULL: nobody, or more than one. */
static const cxm_json_value *find_present(reading *self, const cxm_people_program *people,
                                          cxm_str key, double time) {
    const cxm_json_value *found = NULL;
    cxm_scope scope = self->scope;
    for (size_t i = 0; i < self->present_count; i++) {
        cxm_str its_key;
        scope.turn = self->present[i];
        if (!cxm_path_text(people->key, &scope, &its_key) || !cxm_str_equal(its_key, key))
            continue;
        double from = cxm_path_time(people->from, &scope);
        double to = cxm_path_time(people->to, &scope);
        if (time >= 0 && ((from >= 0 && time < from) || (to >= 0 && time > to)))
            continue;
        if (found)
            return NULL;
        found = self->present[i];
    }
    return found;
}

/* The person that a turn names; NULL: nobody, or more than one could be meant. */
static const cxm_json_value *find_person(reading *self, const cxm_people_program *people,
                                         cxm_str key, double time) {
    if (people->from)
        return find_present(self, people, key, time);
    const uint32_t *found = cxm_table_find(&self->people[people - self->program->people], key);
    return found ? self->scope.conversation + *found : NULL;
}

/* ---- One turn ---- */

static cxm_role role_of(const reading *self, cxm_str value) {
    cxm_role role = CXM_ROLE_UNKNOWN;
    if (value.len) {
        cxm_str name = cxm_mapped(self->program->roles, value);
        cxm_role_parse(name.len ? name : value, &role);
    }
    return role;
}

/* Fills in what the turn itself does not say, from the people it names. */
static void ask_people(reading *self, cxm_segment *segment) {
    cxm_str key = text_at(self, self->list->person);
    for (size_t i = 0; i < CXM_DIALECT_PEOPLE && key.len; i++) {
        const cxm_people_program *people = &self->program->people[i];
        const cxm_json_value *person =
            people->row ? find_person(self, people, key, segment->start) : NULL;
        if (!person)
            continue;
        cxm_scope of_turn = self->scope;
        self->scope.turn = person;
        if (segment->speaker.len == 0)
            segment->speaker = text_at(self, people->name);
        if (segment->role == CXM_ROLE_UNKNOWN)
            segment->role = role_of(self, text_at(self, people->role));
        self->scope = of_turn;
    }
    if (segment->speaker.len == 0 && !self->list->row->is_word)
        segment->speaker = key;
}

static void read_who(reading *self, cxm_segment *segment) {
    const cxm_list_program *list = self->list;
    segment->speaker = text_at(self, list->speaker);
    segment->channel = text_at(self, list->channel);
    segment->role = role_of(self, text_at(self, list->role));
    if (list->person)
        ask_people(self, segment);
    if (segment->role == CXM_ROLE_UNKNOWN && segment->channel.len) {
        if (cxm_str_equal(segment->channel, self->agent_channel))
            segment->role = CXM_ROLE_AGENT;
        else if (cxm_str_equal(segment->channel, self->customer_channel))
            segment->role = CXM_ROLE_CUSTOMER;
    }
    if (cxm_condition_holds(list->bot_if, &self->scope))
        segment->role = CXM_ROLE_BOT;
    segment->no_label = segment->speaker.len <= 1;
}

static void read_times(reading *self, cxm_segment *segment) {
    const cxm_list_program *list = self->list;
    segment->start = cxm_path_time(list->start, &self->scope);
    segment->end = cxm_path_time(list->end, &self->scope);
    if (segment->end < 0 && segment->start >= 0) {
        double duration = cxm_path_time(list->duration, &self->scope);
        segment->end = duration >= 0 ? segment->start + duration : CXM_TIME_UNKNOWN;
    }
}

/* What kind of turn it is. false: none; it has been counted. */
static bool read_kind(reading *self, cxm_segment *segment) {
    cxm_str value = text_at(self, self->list->kind);
    if (value.len == 0)
        return true;
    cxm_str kind = cxm_mapped(self->program->kinds, value);
    if (kind.len == 0 || cxm_turn_kind_parse(kind, &segment->kind))
        return true;
    cxm_segments_skip(self->into, cxm_str_is(kind, "failed") ? CXM_SKIP_FAILED : SKIP_LEFT_OUT);
    return false;
}

/* Recognizers invent words where nothing was said; these are the bounds that Whisper itself has. */
static bool is_silence(reading *self) {
    static const double likely = 0.6;
    static const double nearly_certain = 0.9; /* where it is not said how sure the words are */
    static const double unsure = -1;
    if (!self->list->no_speech)
        return false;
    double no_speech = cxm_path_number(self->list->no_speech, &self->scope, 0);
    double log_prob = cxm_path_number(self->list->log_prob, &self->scope, NAN);
    return isnan(log_prob) ? no_speech > nearly_certain : no_speech > likely && log_prob < unsure;
}

static void read_text(reading *self, cxm_segment *segment) {
    segment->text = text_at(self, self->list->text);
    if (self->list->row->is_html &&
        !cxm_html_text(segment->text, &self->into->strings, &segment->text))
        self->into->failed = true;
    if (segment->kind == CXM_TURN_EVENT && cxm_str_trim(segment->text).len == 0)
        segment->text = text_at(self, self->list->event);
}

/* The words of a turn and when they were said. */
typedef struct word_reading {
    reading *turn;
    double from; /* what their times count from */
} word_reading;

static bool add_word(void *context, const cxm_scope *scope) {
    const word_reading *self = context;
    const cxm_list_program *list = self->turn->list;
    cxm_str text;
    if (list->word_if && !cxm_condition_holds(list->word_if, scope))
        return true;
    if (!cxm_path_text(list->word, scope, &text)) {
        self->turn->into->failed = true;
        return false;
    }
    double start = cxm_path_time(list->word_start, scope);
    cxm_segments_word(self->turn->into, text, start >= 0 ? self->from + start : start);
    return true;
}

static void read_words(reading *self, const cxm_segment *segment) {
    word_reading words = {self, self->list->row->from_turn ? segment->start : 0};
    if (words.from < 0)
        return;
    cxm_scope scope = self->scope;
    const cxm_json_value *list = cxm_path_find(self->list->words, &scope);
    if (!list || list->kind != CXM_JSON_ARRAY)
        return;
    const cxm_json_value *item = cxm_json_first(list);
    bool go_on = true;
    for (; item && go_on; item = cxm_json_next(list, item)) {
        scope.turn = item;
        go_on = add_word(&words, &scope);
    }
}

static void read_turn(reading *self) {
    cxm_segment segment = {.is_message = self->are_messages, .offset = self->scope.turn->offset};
    if (is_silence(self)) {
        cxm_segments_skip(self->into, CXM_SKIP_NO_SPEECH);
        return;
    }
    if (!read_kind(self, &segment))
        return;
    read_times(self, &segment);
    read_who(self, &segment);
    read_text(self, &segment);
    cxm_segments_add(self->into, &segment);
    if (self->list->words && self->into->is_open)
        read_words(self, &segment);
}

/* ---- Lists of words ---- */

/* Whether a word goes on with the segment that is open. What both channels say at a time would be
 * cut word by word otherwise, so words stay together up to a pause. */
static bool continues(const reading *self, const cxm_segment *word) {
    static const double pause = 1;
    const cxm_segments *into = self->into;
    if (!into->is_open || self->scope.parent != self->last_parent)
        return false;
    const cxm_segment *last = &into->items[into->count - 1];
    return cxm_str_equal(last->speaker, word->speaker) &&
           cxm_str_equal(last->channel, word->channel) &&
           !(word->start >= 0 && self->last_end >= 0 && word->start - self->last_end > pause);
}

static void read_single_word(reading *self) {
    cxm_segment word = {.is_message = self->are_messages, .offset = self->scope.turn->offset};
    bool is_first = self->scope.parent != self->last_parent || !self->into->is_open;
    read_times(self, &word);
    word.text = text_at(self, self->list->text);
    if (!is_first && cxm_condition_holds(self->list->attach_if, &self->scope)) {
        cxm_segments_extend(self->into, word.text, true, CXM_TIME_UNKNOWN);
        return;
    }
    read_who(self, &word);
    if (continues(self, &word)) {
        cxm_segments_extend(self->into, word.text, false, word.end);
    } else {
        cxm_segments_add(self->into, &word);
        self->last_parent = self->scope.parent;
    }
    self->last_end = word.end;
    cxm_segments_word(self->into, word.text, word.start);
}

/* ---- One document ---- */

static bool visit_turn(void *context, const cxm_scope *scope) {
    reading *self = context;
    self->scope = *scope;
    self->count++;
    if (scope->turn->kind < CXM_JSON_ARRAY)
        cxm_segments_skip(self->into, SKIP_NO_TURN);
    else if (self->list->row->is_word)
        read_single_word(self);
    else
        read_turn(self);
    return !self->into->failed;
}

static size_t read_list(reading *self, const cxm_list_program *list,
                        const cxm_json_value *document) {
    self->scope = (cxm_scope){.conversation = document,
                              .parent = document,
                              .turn = document,
                              .strings = &self->into->strings,
                              .memo = &self->memo,
                              .is_strings = self->program->row->is_strings};
    self->list = list;
    self->count = 0;
    self->last_parent = NULL;
    if (list->turns)
        cxm_path_visit(list->turns, &self->scope, visit_turn, self);
    else if (cxm_path_find(list->text, &self->scope))
        visit_turn(self, &self->scope);
    return self->count;
}

static size_t read_lists(reading *self, const cxm_json_value *document) {
    size_t count = 0;
    for (size_t i = 0; i < CXM_DIALECT_LISTS && self->program->lists[i].row; i++) {
        count += read_list(self, &self->program->lists[i], document);
        if (count && !self->program->row->all_lists)
            break;
    }
    return count;
}

/* A duration as seconds, whatever unit it has. */
static void add_duration(reading *self) {
    enum { SIZE = 32 };
    double seconds = cxm_path_time(self->program->duration, &self->scope);
    if (seconds < 0 || seconds > 1e9)
        return;
    char *text = cxm_arena_take(&self->into->strings, SIZE, 1);
    if (!text) {
        self->into->failed = true;
        return;
    }
    cxm_segments_meta(self->into, CXM_META_DURATION, cxm_seconds_write(seconds, text, SIZE));
}

static void add_all_meta(reading *self) {
    const cxm_json_value *all = cxm_path_find(self->program->meta, &self->scope);
    if (!all || all->kind != CXM_JSON_OBJECT)
        return;
    const cxm_json_value *item = cxm_json_first(all);
    for (; item; item = cxm_json_next(all, item)) {
        cxm_str key = cxm_arena_copy(&self->into->strings, item->key); /* with a NUL behind it */
        if (!key.ptr)
            self->into->failed = true;
        else if (item->kind != CXM_JSON_NULL)
            cxm_segments_meta(self->into, key.ptr, item->text);
    }
}

static void read_meta(reading *self) {
    const cxm_dialect_program *program = self->program;
    cxm_str channel = text_at(self, program->channel);
    cxm_str mapped = cxm_mapped(program->channels, channel);
    self->into->id = text_at(self, program->id);
    self->into->start = cxm_path_time(program->start, &self->scope);
    cxm_segments_meta(self->into, CXM_META_AGENT, text_at(self, program->agent));
    cxm_segments_meta(self->into, CXM_META_CUSTOMER, text_at(self, program->customer));
    cxm_segments_meta(self->into, CXM_META_DATE, text_at(self, program->date));
    cxm_segments_meta(self->into, CXM_META_QUEUE, text_at(self, program->queue));
    cxm_segments_meta(self->into, CXM_META_LANGUAGE, text_at(self, program->language));
    cxm_segments_meta(self->into, CXM_META_CHANNEL, mapped.len ? mapped : channel);
    add_duration(self);
    add_all_meta(self);
    self->agent_channel = text_at(self, program->agent_channel);
    self->customer_channel = text_at(self, program->customer_channel);
    self->are_messages = cxm_condition_holds(program->message_if, &self->scope);
}

static reading reading_of(const cxm_dialect_program *program, const cxm_json_value *document,
                          cxm_segments *into) {
    return (reading){.program = program,
                     .into = into,
                     .scope = {.conversation = document,
                               .parent = document,
                               .turn = document,
                               .strings = &into->strings,
                               .is_strings = program->row->is_strings}};
}

size_t cxm_dialect_read(const cxm_dialect_program *program, const cxm_json_value *document,
                        cxm_segments *into) {
    reading self = reading_of(program, document, into);
    self.scope.memo = &self.memo;
    into->order = program->row->by_time ? CXM_ORDER_TIME : CXM_ORDER_AUTO;
    read_meta(&self);
    add_people(&self);
    size_t count = read_lists(&self, document);
    into->failed = into->failed || self.memo.failed;
    for (size_t i = 0; i < CXM_DIALECT_PEOPLE; i++)
        cxm_table_clear(&self.people[i]);
    return count;
}

cxm_str cxm_dialect_inner(const cxm_dialect_program *program, const cxm_json_value *document,
                          cxm_segments *into) {
    reading self = reading_of(program, document, into);
    cxm_str text = text_at(&self, program->inner);
    const char *mark = program->row->inner_mark;
    size_t len = mark ? strlen(mark) : 0;
    for (size_t at = 0; len && at < text.len; at++)
        if (at + len <= text.len && memcmp(text.ptr + at, mark, len) == 0) {
            text = cxm_str_slice(text, at, text.len);
            /* In Markdown it stands in a fence. */
            for (at = 0; at + 4 <= text.len; at++)
                if (memcmp(text.ptr + at, "\n```", 4) == 0)
                    return cxm_str_slice(text, 0, at);
            return text;
        }
    return len ? (cxm_str){NULL, 0} : text;
}

static bool count_one(void *context, const cxm_scope *scope) {
    (void)scope;
    *(bool *)context = true;
    return false;
}

size_t cxm_dialect_depth(const cxm_dialect_program *program, const cxm_json_value *document) {
    cxm_scope scope = {.conversation = document, .parent = document, .turn = document};
    for (size_t i = 0; i < CXM_DIALECT_LISTS && program->lists[i].row; i++) {
        const cxm_path *turns = program->lists[i].turns;
        bool is_any = false;
        cxm_path_visit(turns, &scope, count_one, &is_any);
        if (is_any)
            return turns->step_count;
    }
    return 0;
}
