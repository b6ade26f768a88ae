/* SPDX-License-Identifier: MIT */
#include "write/verdicts.h"

#include "base/memory.h"

static size_t count_criteria(const cxm_lexicon *lexicon) {
    size_t count = 0;
    for (size_t i = 0; i < cxm_lexicon_scorecard_count(lexicon); i++)
        count += cxm_lexicon_scorecard(lexicon, i)->criterion_count;
    return count;
}

/* One item more than there are, so that no size is 0. */
static size_t room(size_t count, size_t size) {
    return (count + 1) * size;
}

bool cxm_verdicts_init(cxm_verdicts *self, const cxm_lexicon *lexicon,
                       const cxm_allocator *allocator) {
    *self = (cxm_verdicts){.allocator = *allocator, .lexicon = lexicon};
    self->criterion_count = count_criteria(lexicon);
    self->behaviors =
        cxm_allocate(allocator, room(cxm_lexicon_behavior_count(lexicon), sizeof *self->behaviors));
    self->scorecards = cxm_allocate(
        allocator, room(cxm_lexicon_scorecard_count(lexicon), sizeof *self->scorecards));
    self->criteria = cxm_allocate(allocator, room(self->criterion_count, sizeof *self->criteria));
    return self->behaviors && self->scorecards && self->criteria;
}

void cxm_verdicts_clear(cxm_verdicts *self) {
    const cxm_allocator *allocator = &self->allocator;
    if (!self->lexicon)
        return;
    cxm_release(allocator, self->behaviors,
                room(cxm_lexicon_behavior_count(self->lexicon), sizeof *self->behaviors));
    cxm_release(allocator, self->scorecards,
                room(cxm_lexicon_scorecard_count(self->lexicon), sizeof *self->scorecards));
    cxm_release(allocator, self->criteria, room(self->criterion_count, sizeof *self->criteria));
}

static void add_score(cxm_verdicts *self, const cxm_score *score, size_t first) {
    cxm_scorecard_sum *sum = &self->scorecards[score->scorecard];
    if (!score->applies)
        return;
    sum->transcripts++;
    sum->value += score->value;
    for (size_t i = 0; i < score->criterion_count; i++) {
        self->criteria[first + i].opportunities += score->criteria[i].opportunity_count;
        self->criteria[first + i].met += score->criteria[i].met;
    }
}

void cxm_verdicts_add(cxm_verdicts *self, const cxm_judgement *judgement) {
    size_t first = 0;
    self->transcripts++;
    for (size_t i = 0; i < judgement->finding_count; i++) {
        cxm_behavior_sum *sum = &self->behaviors[judgement->findings[i].behavior];
        sum->findings++;
        sum->transcripts += sum->last_transcript != self->transcripts;
        sum->last_transcript = self->transcripts;
    }
    for (size_t i = 0; i < judgement->score_count; i++) {
        const cxm_score *score = &judgement->scores[i];
        if (score->agent != CXM_NONE)
            continue;
        add_score(self, score, first);
        first += score->criterion_count;
    }
}
