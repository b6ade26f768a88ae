/* SPDX-License-Identifier: MIT */
/*
 * A live conversation. Its turns go, without their texts, through a transcript's builder, which
 * checks and numbers them; the text of the open turn is a tail (tail.h) from which sentences are
 * taken off in front as they become certain.
 */
#include "live/live.h"

#include "base/error.h"
#include "base/str.h"
#include "base/utf8.h"
#include "lexicon/lexicon.h"
#include "match/piece.h"
#include "transcript/transcript.h"

#include <math.h>

static cxm_status init(cxm_live *self, const cxm_live_options *options, cxm_error *error) {
    static const size_t default_bytes = (size_t)1 << 20;
    static const size_t default_count = 100 * 1000;
    cxm_transcript_options made = CXM_TRANSCRIPT_OPTIONS_INIT;
    made.allocator = &self->allocator;
    made.max_turns = options->max_turns ? options->max_turns : default_count;
    self->max_turn_bytes = options->max_turn_bytes ? options->max_turn_bytes : default_bytes;
    self->max_hits = options->max_hits ? options->max_hits : default_count;
    if (self->max_turn_bytes > CXM_TURN_MAX_BYTES)
        self->max_turn_bytes = CXM_TURN_MAX_BYTES;
    cxm_status status = cxm_transcript_builder_new(&made, &self->builder, error);
    if (status == CXM_OK)
        self->skeleton = cxm_transcript_builder_made(self->builder);
    return status;
}

cxm_status cxm_live_new(const cxm_lexicon *lexicon, const cxm_live_options *options, cxm_live **out,
                        cxm_error *error) {
    cxm_live_options read = CXM_LIVE_OPTIONS_INIT;
    *out = NULL;
    if (!lexicon || !cxm_options_read(&read, sizeof read, options))
        return cxm_fail(error, CXM_E_ARGUMENT,
                        "a live conversation takes a lexicon and initialized options");
    cxm_allocator allocator = cxm_allocator_or_default(read.allocator);
    cxm_live *self = cxm_allocate(&allocator, sizeof *self);
    if (!self)
        return cxm_fail_memory(error);
    self->allocator = allocator;
    self->tail.allocator = allocator;
    self->lexicon = lexicon;
    cxm_status status = init(self, &read, error);
    if (status != CXM_OK) {
        cxm_live_free(self);
        return status;
    }
    *out = self;
    return CXM_OK;
}

void cxm_live_free(cxm_live *self) {
    if (!self)
        return;
    cxm_allocator allocator = self->allocator;
    cxm_tail_clear(&self->tail);
    cxm_transcript_builder_free(self->builder);
    cxm_release(&allocator, self->hits, self->hit_capacity * sizeof *self->hits);
    cxm_release(&allocator, self->captures, self->capture_capacity * sizeof *self->captures);
    cxm_release(&allocator, self->shown, self->shown_capacity * sizeof *self->shown);
    cxm_release(&allocator, self->roles, self->role_capacity * sizeof *self->roles);
    cxm_release(&allocator, self->role_sources,
                self->role_source_capacity * sizeof *self->role_sources);
    cxm_release(&allocator, self->role_confidences,
                self->role_confidence_capacity * sizeof *self->role_confidences);
    cxm_release(&allocator, self->turn_words, self->turn_word_capacity * sizeof *self->turn_words);
    cxm_release(&allocator, self->last_marks, self->last_mark_capacity * sizeof *self->last_marks);
    cxm_release(&allocator, self->findings, self->finding_capacity * sizeof *self->findings);
    cxm_release(&allocator, self, sizeof *self);
}

cxm_status cxm_live_set_id(cxm_live *self, cxm_str id, cxm_error *error) {
    return cxm_transcript_builder_set_id(self->builder, id, error);
}

cxm_status cxm_live_add_meta(cxm_live *self, cxm_str key, cxm_str value, cxm_error *error) {
    return cxm_transcript_builder_add_meta(self->builder, key, value, error);
}

const cxm_transcript *cxm_live_transcript(const cxm_live *self) {
    return self->skeleton;
}

cxm_role cxm_live_role(const cxm_live *self, size_t turn) {
    return turn < self->skeleton->turn_count ? self->roles[turn] : CXM_ROLE_UNKNOWN;
}

static double known_time(double seconds) {
    return isfinite(seconds) && seconds >= 0 ? seconds : CXM_TIME_UNKNOWN;
}

/* Every call that changes the turn begins here: what was told is no longer needed. */
static cxm_status check_open(cxm_live *self, bool open, cxm_error *error) {
    if (self->open && self->done > self->tail.base)
        cxm_tail_forget(&self->tail, self->done);
    if (self->finished)
        return cxm_fail(error, CXM_E_ARGUMENT, "the conversation is finished");
    if (self->open != open)
        return cxm_fail(error, CXM_E_ARGUMENT,
                        open ? "no turn is open" : "the last turn is still open");
    return CXM_OK;
}

/* Whether the tail can have a text from an offset on. */
static cxm_status check_text(const cxm_live *self, size_t from, cxm_str text, cxm_error *error) {
    const cxm_tail *tail = &self->tail;
    if (from < self->settled || from > cxm_tail_end(tail))
        return cxm_fail(error, CXM_E_ARGUMENT,
                        "byte %zu: the turn can be replaced from byte %zu to %zu", from,
                        self->settled, cxm_tail_end(tail));
    if (from < cxm_tail_end(tail) && ((unsigned char)tail->text[from - tail->base] & 0xC0) == 0x80)
        return cxm_fail(error, CXM_E_ARGUMENT, "byte %zu stands within a code point", from);
    if (!cxm_utf8_valid(text.ptr, text.len))
        return cxm_fail(error, CXM_E_ENCODING, "the text of a turn is not valid UTF-8");
    if (text.len > self->max_turn_bytes || from - tail->base > self->max_turn_bytes - text.len)
        return cxm_fail(error, CXM_E_LIMIT,
                        "the turn has more than %zu bytes that are not certain yet",
                        self->max_turn_bytes);
    return CXM_OK;
}

/* The role that mining gives a turn: its own, else by its label. */
static void note_role(cxm_live *self, const cxm_turn *turn) {
    size_t index = self->skeleton->turn_count - 1;
    cxm_role role = turn->role;
    cxm_role_source source = self->skeleton->turns[index].role_source;
    if (role == CXM_ROLE_UNKNOWN && source != CXM_ROLE_FROM_RULE) {
        role = cxm_lexicon_role_of(self->lexicon, turn->speaker);
        source = role == CXM_ROLE_UNKNOWN ? CXM_ROLE_FROM_NOTHING : CXM_ROLE_FROM_LABEL;
    }
    self->roles[index] = role;
    self->role_sources[index] = source;
    self->role_confidences[index] = role != CXM_ROLE_UNKNOWN;
}

/* Everything that can fail, before the turn is added. */
static cxm_status prepare_turn(cxm_live *self, const cxm_turn *turn, cxm_error *error) {
    cxm_tail_begin(&self->tail, known_time(turn->start));
    self->settled = self->looked = self->done = 0;
    cxm_status status = check_text(self, 0, turn->text, error);
    if (status)
        return status;
    if (!cxm_live_reserve_turn(self) ||
        !cxm_tail_replace(&self->tail, 0, turn->text, turn->marks, turn->mark_count))
        return cxm_fail_memory(error);
    for (size_t i = 0; i < turn->mark_count; i++)
        self->tail.marks[i].seconds = known_time(turn->marks[i].seconds);
    return CXM_OK;
}

cxm_status cxm_live_begin_turn(cxm_live *self, const cxm_turn *turn, cxm_error *error) {
    cxm_status status = check_open(self, false, error);
    if (!status)
        status = cxm_turn_check_marks(turn, error);
    if (!status)
        status = prepare_turn(self, turn, error);
    if (status)
        return status;
    cxm_turn bare = *turn;
    bare.text = (cxm_str){NULL, 0};
    bare.marks = NULL;
    bare.mark_count = 0;
    bare.end = CXM_TIME_UNKNOWN;
    status = cxm_transcript_builder_add_turn(self->builder, &bare, error);
    if (status)
        return status;
    note_role(self, turn);
    self->turn_words[self->skeleton->turn_count - 1] = 0;
    self->open = true;
    return CXM_OK;
}

cxm_status cxm_live_replace(cxm_live *self, size_t from, cxm_str text, double seconds,
                            cxm_error *error) {
    cxm_time_mark mark = {0, known_time(seconds)};
    cxm_status status = check_open(self, true, error);
    if (!status)
        status = check_text(self, from, text, error);
    if (status)
        return status;
    if (!cxm_tail_replace(&self->tail, from, text, &mark, mark.seconds != CXM_TIME_UNKNOWN))
        return cxm_fail_memory(error);
    return CXM_OK;
}

cxm_status cxm_live_append(cxm_live *self, cxm_str text, double seconds, cxm_error *error) {
    return cxm_live_replace(self, cxm_tail_end(&self->tail), text, seconds, error);
}

size_t cxm_live_turn_bytes(const cxm_live *self) {
    return self->open ? cxm_tail_end(&self->tail) : 0;
}

/* Mines the tail up to an offset, and takes what is certain off it. */
static cxm_status mine(cxm_live *self, cxm_miner *miner, size_t up_to, bool whole,
                       cxm_error *error) {
    cxm_tail *tail = &self->tail;
    uint32_t index = (uint32_t)self->skeleton->turn_count - 1;
    cxm_turn turn = {.text = {tail->text, up_to - tail->base},
                     .start = tail->time,
                     .marks = tail->marks,
                     .mark_count = tail->mark_count};
    cxm_spoken spoken = {.turn = &turn, .index = index, .role = self->roles[index]};
    cxm_piece piece;
    if (turn.text.len == 0 || self->skeleton->turns[index].kind != CXM_TURN_SPEECH)
        return CXM_OK;
    cxm_status status = cxm_miner_piece(miner, &spoken, whole, &piece, error);
    if (status)
        return status;
    if (piece.result->hit_count > self->max_hits - self->hit_count)
        return cxm_fail(error, CXM_E_LIMIT, "the conversation has more than %zu hits",
                        self->max_hits);
    if (!cxm_live_take(self, piece.result))
        return cxm_fail_memory(error);
    self->done = tail->base + piece.used;
    return CXM_OK;
}

static cxm_status check_miner(const cxm_live *self, const cxm_miner *miner, cxm_error *error) {
    if (miner && miner->lexicon == self->lexicon)
        return CXM_OK;
    return cxm_fail(error, CXM_E_ARGUMENT, "a live conversation takes a miner of the same lexicon");
}

/* No news; what was told before is over. */
static void tell_nothing(cxm_live *self, cxm_live_news *news) {
    self->shown_count = 0;
    *news = (cxm_live_news){.first_hit = self->told};
}

/* The hits that were shown by the call. */
static void tell(cxm_live *self, cxm_live_news *news) {
    *news = (cxm_live_news){.hits = self->shown,
                            .hit_count = self->shown_count,
                            .first_hit = self->told,
                            .text = {self->tail.text, self->tail.len},
                            .text_start = self->tail.base};
    self->told += self->shown_count;
}

/* A sentence that goes on and on must not be looked at for each word: that would be quadratic. */
static bool is_worth_a_look(const cxm_live *self) {
    enum { SHORT = 16 << 10, PART = 16 };
    size_t len = self->settled - self->tail.base;
    size_t looked = self->looked - self->tail.base;
    return self->settled > self->looked && (len <= SHORT || len - looked >= looked / PART);
}

cxm_status cxm_live_settle(cxm_live *self, cxm_miner *miner, size_t bytes, cxm_live_news *news,
                           cxm_error *error) {
    tell_nothing(self, news);
    cxm_status status = check_open(self, true, error);
    if (!status)
        status = check_miner(self, miner, error);
    if (status)
        return status;
    if (bytes > cxm_tail_end(&self->tail))
        return cxm_fail(error, CXM_E_ARGUMENT, "the turn has %zu bytes, not %zu",
                        cxm_tail_end(&self->tail), bytes);
    if (bytes > self->settled)
        self->settled = bytes;
    if (is_worth_a_look(self)) {
        status = mine(self, miner, self->settled, false, error);
        if (status)
            return status;
        self->looked = self->settled;
    }
    tell(self, news);
    return CXM_OK;
}

/* What the turns that are over have come to. */
static void sum_up(cxm_live *self) {
    self->over = self->result;
    self->over.hit_count = self->told + self->shown_count;
    self->over.all_hit_count = self->hit_count;
    self->over.turn_count = self->skeleton->turn_count;
}

static cxm_status end_turn(cxm_live *self, cxm_miner *miner, double end, cxm_error *error) {
    cxm_tail *tail = &self->tail;
    cxm_status status = mine(self, miner, cxm_tail_end(tail), true, error);
    if (status)
        return status;
    self->skeleton->turns[self->skeleton->turn_count - 1].end = known_time(end);
    cxm_live_note_mark(self, cxm_tail_last_time(tail));
    self->open = false;
    sum_up(self);
    return CXM_OK;
}

cxm_status cxm_live_end_turn(cxm_live *self, cxm_miner *miner, double end, cxm_live_news *news,
                             cxm_error *error) {
    tell_nothing(self, news);
    cxm_status status = check_open(self, true, error);
    if (!status)
        status = check_miner(self, miner, error);
    if (!status)
        status = end_turn(self, miner, end, error);
    if (!status)
        tell(self, news);
    return status;
}

/* All hits, and the shown ones once more if others are hidden. */
static bool make_result(cxm_live *self) {
    if (!cxm_live_show_all(self))
        return false;
    self->result = self->over;
    cxm_live_point(self, &self->result);
    return true;
}

cxm_status cxm_live_finish(cxm_live *self, cxm_miner *miner, cxm_live_news *news,
                           cxm_error *error) {
    tell_nothing(self, news);
    cxm_status status = check_open(self, self->open, error);
    if (!status)
        status = check_miner(self, miner, error);
    if (!status && self->open)
        status = end_turn(self, miner, CXM_TIME_UNKNOWN, error);
    if (status)
        return status;
    if (!make_result(self))
        return cxm_fail_memory(error);
    self->finished = true;
    tell(self, news);
    news->hits = news->hits ? news->hits + news->first_hit : NULL;
    news->hit_count -= news->first_hit;
    self->told = self->shown_count;
    news->result = &self->result;
    return CXM_OK;
}
