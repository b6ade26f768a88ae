/* SPDX-License-Identifier: MIT */
/* The measures of a conversation: words always; what needs times only where all turns have them. */
#include "behavior/timeline.h"

static bool is_timed(const cxm_turn *turn) {
    return turn->start >= 0 && turn->end >= turn->start;
}

/* What is summed up while going through the turns in order. */
typedef struct talk {
    double end; /* of the speech so far */
    double silence;
    double seconds[CXM_ROLE_COUNT];
    double longest[CXM_ROLE_COUNT];
    double monologue;              /* of the run at hand */
    double waited[CXM_ROLE_COUNT]; /* for its answers */
    size_t answers[CXM_ROLE_COUNT];
    cxm_role before;   /* who spoke last */
    double before_end; /* when that ended */
    uint32_t run;
} talk;

static void visit_run(const cxm_timeline *self, talk *sums, size_t index, cxm_role role,
                      cxm_measures *out) {
    const cxm_turn *turn = cxm_transcript_turn(self->transcript, index);
    bool first = sums->run == CXM_NO_RUN;
    bool begins = self->stops[index].run != sums->run;
    if (begins && !first && sums->before != role) {
        if (turn->start < sums->before_end) {
            out->roles[role].interruptions++;
            out->interruptions++;
        } else {
            sums->waited[role] += turn->start - sums->before_end;
            sums->answers[role]++;
        }
    }
    sums->monologue = (begins ? 0 : sums->monologue) + (turn->end - turn->start);
    if (sums->monologue > sums->longest[role])
        sums->longest[role] = sums->monologue;
    if (!first && turn->start > sums->end)
        sums->silence += turn->start - sums->end;
    sums->seconds[role] += turn->end - turn->start;
    sums->end = first || turn->end > sums->end ? turn->end : sums->end;
    sums->before_end = turn->end;
    sums->before = role;
    sums->run = self->stops[index].run;
}

static void write_times(const talk *sums, cxm_measures *out) {
    out->silence = sums->silence;
    for (unsigned role = 0; role < CXM_ROLE_COUNT; role++) {
        cxm_role_measures *of = &out->roles[role];
        if (!of->turns)
            continue;
        of->seconds = sums->seconds[role];
        of->longest_turn = sums->longest[role];
        if (of->seconds > 0)
            of->words_per_minute = 60 * (double)of->words / of->seconds;
        if (sums->answers[role])
            of->response_time = sums->waited[role] / (double)sums->answers[role];
    }
}

static void count_words(const cxm_timeline *self, cxm_measures *out) {
    const cxm_stop *end = &self->stops[self->turn_count];
    *out = (cxm_measures){.words = end->all_words,
                          .turns = end->run == CXM_NO_RUN ? 0 : end->run + 1,
                          .duration = end->latest,
                          .silence = CXM_UNKNOWN};
    for (unsigned role = 0; role < CXM_ROLE_COUNT; role++) {
        size_t words = end->words[role];
        double share = out->words ? (double)words / (double)out->words : CXM_UNKNOWN;
        out->roles[role] = (cxm_role_measures){.words = words,
                                               .turns = end->runs[role],
                                               .talk_share = share,
                                               .seconds = CXM_UNKNOWN,
                                               .words_per_minute = CXM_UNKNOWN,
                                               .longest_turn = CXM_UNKNOWN,
                                               .response_time = CXM_UNKNOWN};
    }
}

const cxm_measures *cxm_timeline_measures(cxm_timeline *self) {
    cxm_measures *out = &self->measures;
    talk sums = {.run = CXM_NO_RUN};
    if (self->measured)
        return out;
    self->measured = true;
    count_words(self, out);
    out->timed = out->turns > 0;
    for (size_t i = 0; i < self->turn_count; i++) {
        const cxm_turn *turn = cxm_transcript_turn(self->transcript, i);
        if (turn->kind != CXM_TURN_SPEECH)
            continue;
        out->timed = out->timed && is_timed(turn);
        if (out->timed)
            visit_run(self, &sums, i, self->result->roles[i], out);
    }
    if (out->timed) {
        write_times(&sums, out);
        return out;
    }
    out->interruptions = 0;
    for (unsigned role = 0; role < CXM_ROLE_COUNT; role++)
        out->roles[role].interruptions = 0;
    return out;
}
