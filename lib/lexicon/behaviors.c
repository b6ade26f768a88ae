/* SPDX-License-Identifier: MIT */
/* Reading the behaviors, queries, scorecards and dialogues of a lexicon. */
#include "base/str.h"
#include "lexicon/lexicon.h"

size_t cxm_lexicon_behavior_count(const cxm_lexicon *self) {
    return self->behavior_count;
}

const cxm_behavior *cxm_lexicon_behavior(const cxm_lexicon *self, size_t index) {
    return index < self->behavior_count ? &self->behaviors[index] : NULL;
}

bool cxm_lexicon_find_behavior(const cxm_lexicon *self, cxm_str name, uint32_t *index) {
    return cxm_find_name(self->behaviors, self->behavior_count, sizeof *self->behaviors, name,
                         index);
}

size_t cxm_lexicon_query_count(const cxm_lexicon *self) {
    return self->query_count;
}

const cxm_behavior *cxm_lexicon_query(const cxm_lexicon *self, size_t index) {
    return index < self->query_count ? &self->queries[index] : NULL;
}

size_t cxm_lexicon_scorecard_count(const cxm_lexicon *self) {
    return self->scorecard_count;
}

const cxm_scorecard *cxm_lexicon_scorecard(const cxm_lexicon *self, size_t index) {
    return index < self->scorecard_count ? &self->scorecards[index] : NULL;
}

size_t cxm_lexicon_dialogue_count(const cxm_lexicon *self) {
    return self->dialogue_count;
}

const cxm_dialogue *cxm_lexicon_dialogue(const cxm_lexicon *self, size_t index) {
    return index < self->dialogue_count ? &self->dialogues[index] : NULL;
}
