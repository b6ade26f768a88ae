/* SPDX-License-Identifier: MIT */
/*
 * Which labels of a plain text are speakers.
 *
 * A label that the user, the lexicon or the name of a role says is one, is one. For all others the
 * text as a whole must speak: a conversation comes back to its speakers, in changing order, and is
 * made up of little else than their turns; notes, headings, lists, records and agendas are not.
 * Every test below is there because of a kind of text that is no conversation.
 */
#include "read/plain.h"

/* A set of labels that are speakers all together or not at all, and what they add up to. */
typedef struct label_class {
    bool (*is)(const cxm_label *label);
    size_t least; /* lines that a label must have */
    size_t labels;
    size_t names;      /* labels that are written like a name */
    size_t full_names; /* labels of two words or more */
    size_t lines;
    size_t long_lines;
    size_t most; /* lines of the most frequent label */
    size_t questions;
    size_t first_line;
    bool has_first; /* one stands behind a blank line, nearly always */
    bool has_inner; /* one does so hardly ever */
} label_class;

static bool is_speaker(const cxm_label *label) {
    return label->is_speaker;
}

static bool is_open(const cxm_label *label) {
    return !label->is_speaker && (label->is_known || label->shape == CXM_SHAPE_NAME);
}

static bool is_timed(const cxm_label *label) {
    return is_open(label) && label->timed_count > 0;
}

static bool is_alone(const cxm_label *label) {
    return is_open(label) && label->alone_count == label->count;
}

static bool is_repeated(const cxm_label *label) {
    return is_open(label) && label->count >= 2 && label->switch_count >= 2;
}

static bool has(const label_class *class, const cxm_label *label) {
    return class->is(label) && label->count >= class->least;
}

static label_class add_up(const cxm_labels *self, bool (*is)(const cxm_label *label),
                          size_t least) {
    enum { NEARLY = 5 };
    label_class sum = {.is = is, .least = least, .first_line = SIZE_MAX};
    for (size_t i = 0; i < self->count; i++) {
        const cxm_label *label = &self->items[i];
        if (!has(&sum, label))
            continue;
        sum.labels++;
        sum.names += label->shape == CXM_SHAPE_NAME;
        sum.full_names += memchr(label->outer.ptr, ' ', label->outer.len) != NULL;
        sum.lines += label->count;
        sum.long_lines += label->long_count;
        sum.most = label->count > sum.most ? label->count : sum.most;
        sum.questions += label->question_count;
        sum.first_line = label->first_line < sum.first_line ? label->first_line : sum.first_line;
        sum.has_first |= label->group_count * NEARLY >= label->count * (NEARLY - 1);
        sum.has_inner |= label->group_count * NEARLY <= label->count;
    }
    return sum;
}

/* Whether each label of a class is always followed by the same other one. */
static bool is_cycle(cxm_labels *self, const label_class *class) {
    static const uint32_t none = UINT32_MAX;
    cxm_label *last = NULL;
    for (size_t i = 0; i < self->count; i++)
        self->items[i].follower = none;
    for (size_t i = 0; i < self->order_count; i++) {
        uint32_t number = self->order[i];
        if (!has(class, &self->items[number]))
            continue;
        if (last && last->follower != none && last->follower != number)
            return false;
        if (last)
            last->follower = number;
        last = &self->items[number];
    }
    return true;
}

/* How many speakers have been found already. */
static size_t speaker_count(const cxm_labels *self) {
    size_t count = 0;
    for (size_t i = 0; i < self->count; i++)
        count += self->items[i].is_speaker;
    return count;
}

/*
 * Whether at least `share` in 100 of the paragraphs start with a label of the class or of a
 * speaker found before; `others` are counted besides those behind the first label. An article that
 * quotes a conversation, or has notes in it, has few.
 */
static bool fills(const cxm_labels *self, const label_class *class, size_t others, size_t share) {
    size_t turns = 0;
    others += self->paragraphs;
    for (size_t i = 0; i < self->count; i++) {
        const cxm_label *label = &self->items[i];
        if (label->is_speaker || has(class, label))
            turns += label->count;
        else
            others += label->block_count;
    }
    return turns * 100 >= share * (turns + others);
}

static void accept(cxm_labels *self, const label_class *class) {
    for (size_t i = 0; i < self->count; i++)
        if (has(class, &self->items[i]))
            self->items[i].is_speaker = true;
}

static bool is_named_by_user(const cxm_label *label) {
    return label->by_rule && label->count > 0;
}

/* One letter ("A:", "c:") numbers a list as often as it names a speaker: see is_repeated(). */
static bool is_named_by_lexicon(const cxm_label *label) {
    return label->is_known && !label->is_speaker && label->count > 0 && label->written.len > 1 &&
           label->role != CXM_ROLE_OTHER && label->role != CXM_ROLE_UNKNOWN;
}

/* "System:", "Other:": speakers if there are others; by themselves as good as unknown. */
static bool is_named_besides(const cxm_label *label) {
    return label->is_known && !label->is_speaker && label->count > 0 && label->written.len > 1;
}

/* Whether the only label that the lexicon knows stands where a note ("fee for the agent: 5 %") does
 * not: near the start, and in small letters ("agent: hello") only if it begins the text, and this
 * is little else than its turn. */
static bool is_lone_speaker(const cxm_labels *self, const label_class *known) {
    enum { MOST_LINES_BEFORE = 5, SHARE = 50 };
    if (known->names == 0)
        return known->first_line == 0 && fills(self, known, self->paragraphs_before, SHARE);
    return known->first_line <= MOST_LINES_BEFORE;
}

static void accept_known(cxm_labels *self) {
    enum { SHARE = 10 };
    label_class known = add_up(self, is_named_by_lexicon, 0);
    bool is_lone = known.lines == 1 && speaker_count(self) == 0;
    if (is_lone && !is_lone_speaker(self, &known))
        return;
    if (fills(self, &known, self->paragraphs_before, SHARE))
        accept(self, &known);
    if (speaker_count(self) > 0)
        accept(self, &(label_class){.is = is_named_besides});
}

/* "Dana (00:31):", "[00:31] Dana: ...". An agenda ("09:00 Lunch: ...") names everything once. */
static void accept_timed(cxm_labels *self) {
    enum { FEWEST_OF_AN_AGENDA = 4 };
    label_class timed = add_up(self, is_timed, 0);
    bool is_agenda = timed.labels >= FEWEST_OF_AN_AGENDA && timed.most == 1;
    bool is_supported = timed.lines >= 2 || speaker_count(self) > 0 || timed.first_line == 0;
    if (timed.labels && is_supported && !is_agenda)
        accept(self, &timed);
}

/* "Dana:" on a line of its own. So stand headings, too, but they do not come back; where one
 * label does, the others that stand alone are speakers, too, even if they speak once. */
static void accept_alone(cxm_labels *self) {
    enum { SHARE = 50, FEWEST_OF_A_MONOLOGUE = 3 };
    label_class alone = add_up(self, is_alone, 0);
    if (alone.most < 2)
        return;
    bool is_monologue =
        alone.labels == 1 && alone.full_names == 1 && alone.most >= FEWEST_OF_A_MONOLOGUE;
    bool are_several = alone.labels + speaker_count(self) >= 2;
    if ((are_several || is_monologue) && fills(self, &alone, 0, SHARE))
        accept(self, &alone);
}

/* Records ("Name: ... Phone: ... Name: ...") come in a fixed order of three or more, or stand in
 * groups of which one label is the first and another one never. In twos so do "Q: ... A: ...". */
static bool is_record(cxm_labels *self, const label_class *class) {
    enum { FEWEST_OF_A_RECORD = 3 };
    bool is_grouped = class->has_first && class->has_inner;
    if (class->labels < FEWEST_OF_A_RECORD)
        return is_grouped && class->questions == 0;
    return is_grouped || is_cycle(self, class);
}

/* "Dana: ..." and "Lee: ...", again and again. Records have values and no sentences; lists of
 * reasons ("Pros: ... Cons: ...") have much text around them, and nobody asks. */
static bool accept_repeated(cxm_labels *self, size_t least) {
    enum { FEWEST_LINES = 4, LONG_IN = 3, SHARE = 75, SHARE_ASKING = 33 };
    label_class repeated = add_up(self, is_repeated, least);
    size_t speakers = speaker_count(self);
    bool is_short = repeated.long_lines * LONG_IN < repeated.lines;
    bool are_several = repeated.labels + speakers >= 2;
    bool are_enough = repeated.lines >= FEWEST_LINES || speakers > 0;
    if (!repeated.labels || !are_several || !are_enough || is_short || is_record(self, &repeated) ||
        !fills(self, &repeated, 0, repeated.questions ? SHARE_ASKING : SHARE))
        return false;
    accept(self, &repeated);
    return true;
}

/* Counts for each label where it stands between two speakers. */
static void count_amid(cxm_labels *self) {
    for (size_t i = 0; i < self->order_count; i++) {
        bool is_behind = i == 0 || self->items[self->order[i - 1]].is_speaker;
        bool is_before = i + 1 == self->order_count || self->items[self->order[i + 1]].is_speaker;
        self->items[self->order[i]].amid_count += is_behind && is_before;
    }
}

/* Those who speak seldom stand between the others, one by one; what somebody lists in a message
 * ("Flight: ... Seat: ...") stands together. */
static void accept_rare(cxm_labels *self) {
    enum { FEWEST_SPEAKERS = 2 };
    if (speaker_count(self) < FEWEST_SPEAKERS)
        return;
    count_amid(self);
    for (size_t i = 0; i < self->count; i++) {
        cxm_label *label = &self->items[i];
        if (is_repeated(label) && label->long_count * 2 >= label->count &&
            label->amid_count * 3 >= label->count * 2)
            label->is_speaker = true;
    }
}

/* First those who speak much: the others may be something else. */
static void accept_by_repetition(cxm_labels *self) {
    size_t most = add_up(self, is_repeated, 0).most;
    size_t most_before = add_up(self, is_speaker, 0).most;
    size_t least = (most > most_before ? most : most_before) / 2 + 1;
    if (!accept_repeated(self, least) && speaker_count(self) == 0)
        accept_repeated(self, 0);
    accept_rare(self);
}

/* Whether nearly all lines with speakers have a time: then that is how speakers are written. */
static bool are_timed(const cxm_labels *self, size_t lines) {
    enum { NEARLY = 5, FEWEST_LINES = 4 };
    size_t timed = 0;
    for (size_t i = 0; i < self->count; i++)
        if (self->items[i].is_speaker)
            timed += self->items[i].timed_count;
    return lines >= FEWEST_LINES && timed * NEARLY >= lines * (NEARLY - 1);
}

/* Likewise for a blank line before them. */
static bool are_parted(const cxm_labels *self, size_t lines) {
    enum { NEARLY = 5, FEWEST_LINES = 4 };
    size_t parted = 0;
    for (size_t i = 0; i < self->count; i++)
        if (self->items[i].is_speaker)
            parted += self->items[i].group_count;
    return lines >= FEWEST_LINES && parted * NEARLY >= lines * (NEARLY - 1);
}

/* Drops what is never written as nearly all others are: it is part of what somebody said, as
 * "Passenger: ..." in a message. Returns whether it is by their times that speakers are known. */
static bool drop_unlike(cxm_labels *self) {
    label_class all = add_up(self, is_speaker, 0);
    bool timed = are_timed(self, all.lines);
    bool parted = are_parted(self, all.lines);
    for (size_t i = 0; i < self->count; i++) {
        cxm_label *label = &self->items[i];
        if ((timed && label->timed_count == 0) || (parted && label->group_count == 0))
            label->is_speaker &= label->by_rule;
    }
    return timed;
}

/* "Dana (Agent)" says who "Dana" is for the rest of the text. false: no memory. */
static bool accept_short_forms(cxm_labels *self) {
    cxm_table speakers;
    cxm_table_init(&speakers, &self->reader->allocator);
    bool done = true;
    for (size_t i = 0; i < self->count && done; i++)
        if (self->items[i].is_speaker && self->items[i].role != CXM_ROLE_UNKNOWN)
            done = cxm_table_add(&speakers, self->items[i].speaker, (uint32_t)i, NULL) != NULL;
    for (size_t i = 0; i < self->count && done; i++) {
        cxm_label *label = &self->items[i];
        const uint32_t *same = cxm_table_find(&speakers, label->speaker);
        if (!same || label->by_rule || label->is_known)
            continue;
        label->role = self->items[*same].role;
        label->is_speaker = true;
    }
    cxm_table_clear(&speakers);
    return done;
}

bool cxm_labels_decide(cxm_labels *self) {
    enum { FEWEST_MARKS = 2 };
    accept(self, &(label_class){.is = is_named_by_user});
    accept_known(self);
    accept_timed(self);
    if (!drop_unlike(self)) {
        accept_alone(self);
        accept_by_repetition(self);
        drop_unlike(self);
    }
    if (!accept_short_forms(self))
        return false;
    self->has_speakers = speaker_count(self) > 0;
    self->has_marks = self->has_speakers || self->marks >= FEWEST_MARKS;
    return true;
}
