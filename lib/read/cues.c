/* SPDX-License-Identifier: MIT */
/* From cues to segments. */
#include "read/cues.h"

#include "read/caption.h"

void cxm_cues_init(cxm_cues *self, cxm_segments *all, cxm_reader *reader, cxm_str text) {
    *self = (cxm_cues){.all = all, .reader = reader, .text = {text, 0, 1}};
}

void cxm_cues_clear(cxm_cues *self) {
    const cxm_allocator *allocator = &self->all->reader->allocator;
    cxm_release(allocator, self->items, self->capacity * sizeof *self->items);
    self->items = NULL;
    self->count = self->capacity = 0;
}

void cxm_cues_add(cxm_cues *self, const cxm_cue *cue) {
    void *items = self->items;
    if (!cxm_array_reserve(&self->all->reader->allocator, &items, &self->capacity, self->count + 1,
                           sizeof *self->items)) {
        self->all->failed = true;
        return;
    }
    self->items = items;
    self->items[self->count++] = *cue;
}

void cxm_cues_problem(cxm_cues *self, const cxm_cue_line *line, const char *expected) {
    if (!self->reader)
        return;
    size_t offset = (size_t)(line->text.ptr - self->text.text.ptr);
    cxm_stretch where = {line->text, self->text.offset + offset,
                         self->text.line + line->number - 1};
    cxm_reader_problem_add(self->reader, &where, 0, expected);
}

/* What captions say, before it is known which labels are speakers. */
typedef struct saying {
    cxm_str text;
    cxm_str voice;
    const cxm_cue *cue;
    size_t first_time;
    size_t time_count;
    bool is_voice;
    bool is_first; /* of its cue */
} saying;

typedef struct sayings {
    cxm_cues *cues;
    saying *items;
    size_t count;
    size_t capacity;
    cxm_caption_time *times;
    size_t time_count;
    size_t time_capacity;
    bool has_voices;
    bool has_style;
    cxm_str last_speaker; /* of captions that name nobody: who spoke last goes on */
    cxm_role last_role;
} sayings;

static bool reserve(sayings *self, void **items, size_t *capacity, size_t needed, size_t size) {
    cxm_segments *all = self->cues->all;
    if (cxm_array_reserve(&all->reader->allocator, items, capacity, needed, size))
        return true;
    all->failed = true;
    return false;
}

/* Keeps the times of a part: the caption forgets them with the next cue. */
static void keep_times(sayings *self, const cxm_caption *caption, const cxm_caption_part *part) {
    void *items = self->times;
    if (part->time_count == 0 || !reserve(self, &items, &self->time_capacity,
                                          self->time_count + part->time_count, sizeof *self->times))
        return;
    self->times = items;
    memcpy(self->times + self->time_count, caption->times + part->first_time,
           part->time_count * sizeof *self->times);
    self->time_count += part->time_count;
}

static void keep_part(sayings *self, const cxm_cue *cue, const cxm_caption *caption,
                      const cxm_caption_part *part, bool is_first) {
    void *items = self->items;
    if (!is_first && cxm_is_blank(part->text))
        return; /* what stands between the tags of two voices */
    if (!reserve(self, &items, &self->capacity, self->count + 1, sizeof *self->items))
        return;
    self->items = items;
    self->items[self->count++] = (saying){.text = part->text,
                                          .voice = part->speaker,
                                          .cue = cue,
                                          .first_time = self->time_count,
                                          .time_count = part->time_count,
                                          .is_voice = part->is_voice,
                                          .is_first = is_first};
    keep_times(self, caption, part);
    self->has_voices |= part->is_voice;
}

/* Reads what stands in the cues. One with nothing in it is kept, to be counted. */
static void read_cues(sayings *self) {
    cxm_caption caption;
    cxm_caption_init(&caption, self->cues->all);
    for (size_t i = 0; i < self->cues->count && !self->cues->all->failed; i++) {
        const cxm_cue *cue = &self->cues->items[i];
        cxm_caption_part part;
        bool is_first = true;
        cxm_caption_start(&caption, cue->text);
        while (cxm_caption_next(&caption, &part)) {
            keep_part(self, cue, &caption, &part, is_first);
            is_first = false;
        }
        if (is_first)
            keep_part(self, cue, &caption, &part, true);
    }
    self->has_style = caption.has_style;
    cxm_caption_clear(&caption);
}

static cxm_str first_line(cxm_str text) {
    const char *end = text.len ? memchr(text.ptr, '\n', text.len) : NULL;
    return end ? cxm_str_slice(text, 0, (size_t)(end - text.ptr)) : text;
}

static cxm_str last_line(cxm_str text) {
    text = cxm_str_trim(text);
    size_t start = text.len;
    while (start && text.ptr[start - 1] != '\n')
        start--;
    return cxm_str_trim(cxm_str_slice(text, start, text.len));
}

/* How many bytes of a text are lines that the text before it ended with: a line, or all of it. */
static size_t repeated(cxm_str before, cxm_str text) {
    size_t blank = 0;
    while (blank < text.len && cxm_is_space(text.ptr[blank]))
        blank++;
    cxm_str rest = cxm_str_slice(text, blank, text.len);
    if (rest.len == 0 || before.len == 0)
        return 0;
    if (cxm_str_equal(cxm_str_trim(rest), cxm_str_trim(before)))
        return text.len;
    cxm_str line = first_line(rest);
    bool is_same = cxm_str_equal(cxm_str_trim(line), last_line(before));
    return is_same ? blank + line.len : 0;
}

/* Whether lines roll: each caption shows again what the one before it ended with. People repeat
 * themselves, too ("No." "No."), but not in most captions, nor where a machine times the words. */
static bool are_rolling(const sayings *self) {
    enum { FEWEST = 3 };
    size_t count = 0;
    for (size_t i = 1; i < self->count; i++) {
        const saying *before = &self->items[i - 1];
        const saying *now = &self->items[i];
        bool is_near = now->cue->start - before->cue->end < 0.5 && now->cue->start >= 0;
        count += is_near && repeated(before->text, now->text) > 0;
    }
    return count && ((self->has_style && self->time_count) ||
                     (count >= FEWEST && count * 2 >= self->count - 1));
}

/* Drops what was shown before; what is left empty is gone. */
static void drop_repeated(sayings *self) {
    cxm_str before = {"", 0};
    for (size_t i = 0; i < self->count; i++) {
        saying *now = &self->items[i];
        cxm_str shown = now->text;
        size_t drop = repeated(before, now->text);
        now->text = cxm_str_slice(now->text, drop, now->text.len);
        size_t kept = 0;
        for (size_t j = 0; j < now->time_count; j++) {
            cxm_caption_time time = self->times[now->first_time + j];
            if (time.offset >= drop)
                self->times[now->first_time + kept++] =
                    (cxm_caption_time){time.offset - drop, time.seconds};
        }
        now->time_count = kept;
        if (drop && cxm_is_blank(now->text)) {
            cxm_segments_skip(self->cues->all, CXM_SKIP_REPEATED);
            now->cue = NULL;
        }
        if (!cxm_is_blank(shown))
            before = shown;
    }
}

/* Adds the words of a segment: what stands between two times was said at the first of them. */
static void add_words(sayings *self, const saying *from, cxm_str text) {
    cxm_segments *all = self->cues->all;
    size_t offset = (size_t)(text.ptr - from->text.ptr);
    size_t at = 0;
    double start = from->cue->start;
    for (size_t i = 0; i <= from->time_count; i++) {
        bool is_last = i == from->time_count;
        const cxm_caption_time *time = is_last ? NULL : &self->times[from->first_time + i];
        size_t end = is_last ? offset + text.len : time->offset;
        end = end > offset + text.len ? text.len : end > offset ? end - offset : 0;
        if (end > at && !cxm_is_blank(cxm_str_slice(text, at, end)))
            cxm_segments_word(all, cxm_str_slice(text, at, end), start);
        at = end > at ? end : at;
        start = is_last ? start : time->seconds;
    }
}

static void add_segment(sayings *self, const saying *from, cxm_str text) {
    cxm_segments *all = self->cues->all;
    bool has_time = from->cue->start >= 0;
    cxm_segment segment = {.speaker = self->last_speaker,
                           .role = self->last_role,
                           .text = text,
                           .start = has_time ? from->cue->start : CXM_TIME_UNKNOWN,
                           .end = has_time ? from->cue->end : CXM_TIME_UNKNOWN};
    segment.offset = (size_t)(from->cue->text.ptr - self->cues->text.text.ptr);
    cxm_segments_add(all, &segment);
    if (from->time_count)
        add_words(self, from, text);
}

/* Of "Dana (Agent)" the role that the label alone does not say. */
static void set_speaker(sayings *self, const cxm_label *label) {
    cxm_role role;
    bool is_said = label->by_rule || label->role == CXM_ROLE_UNKNOWN ||
                   cxm_reader_label(self->cues->all->reader, label->speaker, &role);
    self->last_speaker = label->speaker;
    self->last_role = is_said ? CXM_ROLE_UNKNOWN : label->role;
}

/* A caption without voices: a label may start any of its lines. */
static void add_labelled(sayings *self, const cxm_cue_speakers *speakers, const saying *from) {
    cxm_str text = from->text;
    size_t open = 0; /* where what is not added yet starts */
    bool added = false;
    for (size_t at = 0; at < text.len;) {
        cxm_str said;
        const cxm_label *label =
            cxm_cue_speakers_find(speakers, cxm_str_slice(text, at, text.len), &said);
        if (label) {
            cxm_str before = cxm_str_slice(text, open, at);
            if (!cxm_is_blank(before)) {
                add_segment(self, from, before);
                added = true;
            }
            set_speaker(self, label);
            at = open = (size_t)(said.ptr - text.ptr);
        }
        at += first_line(cxm_str_slice(text, at, text.len)).len + 1;
    }
    cxm_str rest = cxm_str_slice(text, open, text.len);
    if (!added || !cxm_is_blank(rest))
        add_segment(self, from, rest);
}

/* Behind the end of a voice, in the same caption, nobody is named. */
static void add_unvoiced(sayings *self, const saying *from) {
    cxm_str speaker = self->last_speaker;
    self->last_speaker = (cxm_str){NULL, 0};
    add_segment(self, from, from->text);
    self->last_speaker = speaker;
}

static void add_all(sayings *self, const cxm_cue_speakers *speakers) {
    for (size_t i = 0; i < self->count; i++) {
        const saying *now = &self->items[i];
        if (!now->cue)
            continue;
        if (now->is_voice) {
            self->last_speaker = now->voice;
            add_segment(self, now, now->text);
        } else if (now->is_first) {
            add_labelled(self, speakers, now);
        } else {
            add_unvoiced(self, now);
        }
    }
}

void cxm_cues_finish(cxm_cues *cues) {
    sayings self = {.cues = cues};
    cxm_cue_speakers speakers;
    const cxm_allocator *allocator = &cues->all->reader->allocator;
    cxm_cue_speakers_init(&speakers, cues->all->reader);
    read_cues(&self);
    if (are_rolling(&self))
        drop_repeated(&self);
    for (size_t i = 0; i < self.count && !self.has_voices && !cues->all->failed; i++)
        if (self.items[i].cue && !cxm_cue_speakers_see(&speakers, self.items[i].text))
            cues->all->failed = true;
    cxm_cue_speakers_decide(&speakers);
    if (!cues->all->failed)
        add_all(&self, &speakers);
    cxm_cue_speakers_clear(&speakers);
    cxm_release(allocator, self.items, self.capacity * sizeof *self.items);
    cxm_release(allocator, self.times, self.time_capacity * sizeof *self.times);
}

cxm_status cxm_cues_read(cxm_reader *self, cxm_cue_parser parse, cxm_transcript **out,
                         cxm_error *error) {
    cxm_str text = cxm_str_slice(self->bytes, self->at, self->bytes.len);
    cxm_stretch where = {text, self->at, self->line};
    cxm_status status = CXM_OK;
    if (!cxm_is_blank(text))
        status = cxm_reader_check(self, text, error);
    if (!cxm_is_blank(text) && !status) {
        cxm_segments all;
        cxm_cues cues;
        cxm_segments_init(&all, self);
        cxm_cues_init(&cues, &all, self, text);
        cues.text = where;
        parse(&cues);
        cxm_cues_finish(&cues);
        cxm_cues_clear(&cues);
        status = cxm_segments_finish(&all, &where, out, error);
        cxm_segments_clear(&all);
    }
    if (status != CXM_E_NOMEM)
        self->at = self->bytes.len;
    return status;
}
