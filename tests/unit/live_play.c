/* SPDX-License-Identifier: MIT */
#include "live_play.h"

#include <stdlib.h>
#include <string.h>

/* A play on its way. */
typedef struct stage {
    play *of;
    cxm_live *live;
    const cxm_turn *turn;
    size_t told;       /* hits, so far */
    size_t early;      /* of them in turns that were not over */
    const char *wrong; /* the first thing that is */
    bool *found;       /* which findings of the whole were told */
    size_t next_mark;  /* of the turn */
} stage;

/* xorshift64*: small, and the same everywhere. */
static uint32_t chance(play *self, uint32_t bound) {
    self->seed ^= self->seed >> 12;
    self->seed ^= self->seed << 25;
    self->seed ^= self->seed >> 27;
    return (uint32_t)((self->seed * UINT64_C(0x2545F4914F6CDD1D)) >> 33) % bound;
}

static bool same_hit(const cxm_hit *a, const cxm_hit *b) {
    if (a->category != b->category || a->phrase != b->phrase || a->turn != b->turn ||
        a->start != b->start || a->end != b->end || a->first_word != b->first_word ||
        a->last_word != b->last_word || a->typing_slip != b->typing_slip || a->time < b->time ||
        a->time > b->time || a->capture_count != b->capture_count)
        return false;
    for (size_t i = 0; i < a->capture_count; i++) {
        const cxm_capture *x = &a->captures[i];
        const cxm_capture *y = &b->captures[i];
        if (x->name.ptr != y->name.ptr || x->start != y->start || x->end != y->end)
            return false;
    }
    return true;
}

static bool check(stage *self, bool good, const char *wrong) {
    if (!good && !self->wrong)
        self->wrong = wrong;
    return good;
}

static void hear(stage *self, const cxm_live_news *news, bool early) {
    const cxm_result *whole = self->of->whole;
    check(self, news->first_hit == self->told, "hits are told twice, or not at all");
    check(self, news->hit_count <= whole->hit_count - self->told, "too many hits");
    for (size_t i = 0; i < news->hit_count && !self->wrong; i++) {
        const cxm_hit *hit = &news->hits[i];
        size_t start = hit->start - news->text_start;
        check(self, same_hit(hit, &whole->hits[self->told + i]), "another hit is told");
        check(self,
              hit->start >= news->text_start && hit->end - news->text_start <= news->text.len &&
                  memcmp(self->turn->text.ptr + hit->start, news->text.ptr + start,
                         hit->end - hit->start) == 0,
              "another text is told");
    }
    self->told += news->hit_count;
    self->early += early ? news->hit_count : 0;
}

static bool same_evidence(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count) {
    return a_count == b_count && (a_count == 0 || memcmp(a, b, a_count * sizeof *a) == 0);
}

static bool same_finding(const cxm_finding *a, const cxm_finding *b) {
    return a->behavior == b->behavior && a->hit == b->hit && a->turn == b->turn &&
           a->start == b->start && a->end == b->end && a->agent == b->agent &&
           a->certain_turn == b->certain_turn && a->window_first == b->window_first &&
           a->window_last == b->window_last && a->clock == b->clock && !(a->time < b->time) &&
           !(a->time > b->time) &&
           same_evidence(a->evidence, a->evidence_count, b->evidence, b->evidence_count);
}

/* Which finding of the whole it is, and that it was not told before. */
static void find_it(stage *self, const cxm_finding *finding) {
    const cxm_judgement *whole = self->of->judgement;
    for (size_t i = 0; i < whole->finding_count; i++)
        if (!self->found[i] && same_finding(finding, &whole->findings[i])) {
            self->found[i] = true;
            return;
        }
    check(self, false, "another finding is told, or one twice");
}

static bool same_score(const cxm_score *a, const cxm_score *b) {
    bool same = a->scorecard == b->scorecard && a->agent == b->agent && a->applies == b->applies &&
                !(a->value < b->value) && !(a->value > b->value) &&
                a->criterion_count == b->criterion_count;
    for (size_t i = 0; same && i < a->criterion_count; i++)
        same = a->criteria[i].met == b->criteria[i].met &&
               a->criteria[i].opportunity_count == b->criteria[i].opportunity_count;
    return same;
}

/* Judges what is over: each finding is one of the whole, and in the end all were told. */
static void judge(stage *self) {
    const cxm_judgement *whole = self->of->judgement;
    cxm_live_findings found;
    if (!check(self, cxm_live_judge(self->live, self->of->judge, &found, NULL) == CXM_OK,
               "judging fails"))
        return;
    for (size_t i = 0; i < found.finding_count && !self->wrong; i++)
        find_it(self, &found.findings[i]);
    if (!found.judgement)
        return;
    for (size_t i = 0; i < whole->finding_count; i++)
        check(self, self->found[i], "a finding is never told");
    check(self, found.judgement->score_count == whole->score_count, "another number of scores");
    for (size_t i = 0; i < whole->score_count && !self->wrong; i++)
        check(self, same_score(&found.judgement->scores[i], &whole->scores[i]), "another score");
}

static void settle(stage *self, size_t bytes) {
    cxm_live_news news;
    check(self, cxm_live_settle(self->live, self->of->miner, bytes, &news, NULL) == CXM_OK,
          "settling fails");
    hear(self, &news, true);
}

static void append(stage *self, size_t from, size_t to, double seconds) {
    cxm_str text = {self->turn->text.ptr + from, to - from};
    check(self, cxm_live_append(self->live, text, seconds, NULL) == CXM_OK, "appending fails");
}

/* Puts the text of the turn from `at` up to `to` in, in pieces where times are known. */
static void put(stage *self, size_t at, size_t to) {
    const cxm_turn *turn = self->turn;
    check(self,
          cxm_live_replace(self->live, at, (cxm_str){NULL, 0}, CXM_TIME_UNKNOWN, NULL) == CXM_OK,
          "replacing fails");
    for (;;) {
        while (self->next_mark < turn->mark_count && turn->marks[self->next_mark].offset <= at)
            append(self, at, at, turn->marks[self->next_mark++].seconds);
        if (at == to)
            return;
        size_t end = to;
        if (self->next_mark < turn->mark_count && turn->marks[self->next_mark].offset < to)
            end = turn->marks[self->next_mark].offset;
        append(self, at, end, CXM_TIME_UNKNOWN);
        at = end;
    }
}

static bool is_start(cxm_str text, size_t at) {
    return at == text.len || ((unsigned char)text.ptr[at] & 0xC0) != 0x80;
}

/* The end of the piece that begins at `at`. */
static size_t piece_end(stage *self, size_t at, play_way way) {
    cxm_str text = self->turn->text;
    size_t end = at + 1;
    if (way == PLAY_WORDS)
        while (end < text.len && text.ptr[end] != ' ' && text.ptr[end] != '\n')
            end++;
    if (way == PLAY_REVISIONS)
        end = at + 1 + chance(self->of, 40);
    end = end < text.len ? end : text.len;
    while (!is_start(text, end))
        end++;
    return end;
}

static size_t marks_before(const cxm_turn *turn, size_t offset) {
    size_t count = 0;
    while (count < turn->mark_count && turn->marks[count].offset < offset)
        count++;
    return count;
}

/* Writes something wrong at the end, and goes back somewhere behind what is settled. */
static size_t revise(stage *self, size_t settled, size_t end) {
    static const char *const wrongs[] = {" no", ". Sorry.", "(",   " [", "-",
                                         "?",   "\n\n",     "2. ", "é"};
    cxm_str text = self->turn->text;
    cxm_str wrong = cxm_str_from(wrongs[chance(self->of, sizeof wrongs / sizeof *wrongs)]);
    check(self, cxm_live_append(self->live, wrong, 7, NULL) == CXM_OK, "appending fails");
    size_t back = settled + chance(self->of, (uint32_t)(end - settled) + 1);
    while (!is_start(text, back))
        back--;
    if (back < settled)
        back = settled;
    self->next_mark = marks_before(self->turn, back);
    return back;
}

static void play_pieces(stage *self, play_way way) {
    size_t len = self->turn->text.len;
    size_t settled = 0;
    size_t at = 0;
    unsigned revisions = 0;
    while (at < len && !self->wrong) {
        size_t end = piece_end(self, at, way);
        put(self, at, end);
        at = end;
        if (way != PLAY_REVISIONS || chance(self->of, 3) == 0) {
            settled = at;
            settle(self, settled);
        } else if (revisions < 50 && chance(self->of, 2)) {
            at = revise(self, settled, at);
            revisions++;
            if (at == len) /* nothing is put any more, but the wrong must go */
                put(self, at, len);
        }
    }
}

/* One turn. A third of the revised ones has its end told by finishing. */
static void play_turn(stage *self, play_way way, bool last) {
    cxm_turn begun = *self->turn;
    cxm_live_news news;
    self->next_mark = 0;
    if (way != PLAY_TURNS) {
        begun.text.len = 0;
        begun.marks = NULL;
        begun.mark_count = 0;
    }
    check(self, cxm_live_begin_turn(self->live, &begun, NULL) == CXM_OK, "beginning fails");
    if (way != PLAY_TURNS)
        play_pieces(self, way);
    check(self, cxm_live_turn_bytes(self->live) == self->turn->text.len, "another length");
    if (last && way == PLAY_REVISIONS)
        return;
    check(self,
          cxm_live_end_turn(self->live, self->of->miner, self->turn->end, &news, NULL) == CXM_OK,
          "ending a turn fails");
    hear(self, &news, false);
    if (way != PLAY_WORDS || chance(self->of, 4) == 0)
        judge(self);
}

static bool same_whole(const cxm_result *result, const cxm_result *whole) {
    if (result->hit_count != whole->hit_count || result->all_hit_count != whole->all_hit_count ||
        result->turn_count != whole->turn_count || result->word_count != whole->word_count ||
        memcmp(result->role_words, whole->role_words, sizeof whole->role_words) != 0)
        return false;
    for (size_t i = 0; i < whole->turn_count; i++)
        if (result->roles[i] != whole->roles[i] ||
            result->role_sources[i] != whole->role_sources[i] ||
            result->turn_words[i] != whole->turn_words[i])
            return false;
    for (size_t i = 0; i < whole->hit_count; i++)
        if (!same_hit(&result->hits[i], &whole->hits[i]))
            return false;
    for (size_t i = 0; i < whole->all_hit_count; i++)
        if (!same_hit(&result->all_hits[i], &whole->all_hits[i]))
            return false;
    return true;
}

const char *play_live(play *self, play_way way, size_t *early) {
    cxm_live_options options = CXM_LIVE_OPTIONS_INIT;
    stage on = {.of = self};
    cxm_live_news news;
    size_t turns = cxm_transcript_turn_count(self->transcript);
    options.allocator = self->allocator;
    options.max_turn_bytes = SIZE_MAX;
    options.max_turns = options.max_hits = SIZE_MAX;
    on.found = calloc(self->judgement->finding_count + 1, sizeof *on.found);
    if (!on.found || cxm_live_new(self->lexicon, &options, &on.live, NULL) != CXM_OK) {
        free(on.found);
        return "opening fails";
    }
    for (size_t i = 0; i < cxm_transcript_meta_count(self->transcript); i++) {
        const cxm_meta *meta = cxm_transcript_meta(self->transcript, i);
        check(&on, cxm_live_add_meta(on.live, meta->key, meta->value, NULL) == CXM_OK,
              "adding metadata fails");
    }
    for (size_t i = 0; i < turns && !on.wrong; i++) {
        on.turn = cxm_transcript_turn(self->transcript, i);
        play_turn(&on, way, i + 1 == turns);
    }
    if (!on.wrong && check(&on, cxm_live_finish(on.live, self->miner, &news, NULL) == CXM_OK,
                           "finishing fails")) {
        hear(&on, &news, false);
        check(&on, same_whole(news.result, self->whole), "another result");
        judge(&on);
    }
    cxm_live_free(on.live);
    free(on.found);
    *early += on.early;
    return on.wrong;
}
