/* SPDX-License-Identifier: MIT */
#include "dialogue_test.h"

#include "diagnostics.h"

#include <stdio.h>

typedef struct running {
    const cxm_lexicon *lexicon;
    cxm_miner *miner;
    cxm_judge *judge;
    const cxm_dialogue *dialogue;
    const cxm_transcript *transcript;
    const cxm_result *result;
} running;

/* "behaviors.yaml:12: policy.bare: " */
static void print_head(const running *self) {
    const cxm_dialogue *dialogue = self->dialogue;
    cli_print_place(dialogue->file, dialogue->line);
    fputs(": ", stdout);
    if (dialogue->subject == CXM_SUBJECT_BEHAVIOR) {
        cli_put(stdout, cxm_lexicon_behavior(self->lexicon, dialogue->behavior)->name);
    } else {
        const cxm_scorecard *card = cxm_lexicon_scorecard(self->lexicon, dialogue->scorecard);
        cli_put(stdout, card->name);
        fputs(", ", stdout);
        cli_put(stdout, card->criteria[dialogue->criterion].name);
    }
    fputs(": ", stdout);
}

/* ---- Behaviors ---- */

static const cxm_finding *find(const cxm_judgement *judgement, uint32_t behavior) {
    for (size_t i = 0; i < judgement->finding_count; i++)
        if (judgement->findings[i].behavior == behavior)
            return &judgement->findings[i];
    return NULL;
}

static void print_found(const running *self, const cxm_finding *finding) {
    print_head(self);
    fputs("expected no finding, found one", stdout);
    if (finding->turn != CXM_NONE) {
        cxm_str text = cxm_transcript_turn(self->transcript, finding->turn)->text;
        printf(" in line %u, \"", (unsigned)finding->turn + 1);
        cli_put(stdout, (cxm_str){text.ptr + finding->start, finding->end - finding->start});
        putchar('"');
    }
    putchar('\n');
}

/* What failed is told by the judge's explanation. */
static bool print_missing(running *self) {
    const cxm_explanation *explanation;
    cxm_error error;
    if (cxm_judge_explain_behavior(self->judge, self->transcript, self->result,
                                   self->dialogue->behavior, &explanation, &error) != CXM_OK)
        return cli_report(&error);
    print_head(self);
    fputs("expected a finding, found none", stdout);
    for (size_t i = 0; i < explanation->shortfall_count; i++) {
        fputs(i ? "; " : ": ", stdout);
        cli_put(stdout, explanation->shortfalls[i].clause);
        printf(" %s", explanation->shortfalls[i].text);
    }
    putchar('\n');
    return true;
}

static bool check_behavior(running *self, const cxm_judgement *judgement, size_t *passed) {
    const cxm_finding *finding = find(judgement, self->dialogue->behavior);
    bool hit = self->dialogue->expectation == CXM_EXPECT_HIT;
    if ((finding != NULL) == hit) {
        ++*passed;
        return true;
    }
    if (hit)
        return print_missing(self);
    print_found(self, finding);
    return true;
}

/* ---- Criteria ---- */

static cxm_expectation outcome_of(const cxm_criterion_score *score) {
    if (!score->applies)
        return CXM_EXPECT_NONE;
    return score->met == score->opportunity_count ? CXM_EXPECT_HIT : CXM_EXPECT_MISS;
}

static void check_criterion(const running *self, const cxm_judgement *judgement, size_t *passed) {
    static const char *const names[] = {"that all points are earned", "that points are lost",
                                        "that it does not apply"};
    static const char *const outcomes[] = {"all are earned", "points are lost",
                                           "it does not apply"};
    for (size_t i = 0; i < judgement->score_count; i++) {
        const cxm_score *score = &judgement->scores[i];
        if (score->scorecard != self->dialogue->scorecard || score->agent != CXM_NONE)
            continue;
        cxm_expectation outcome = outcome_of(&score->criteria[self->dialogue->criterion]);
        if (outcome == self->dialogue->expectation) {
            ++*passed;
            return;
        }
        print_head(self);
        printf("expected %s; %s\n", names[self->dialogue->expectation], outcomes[outcome]);
    }
}

/* ---- Running ---- */

static bool judge(running *self, size_t *passed) {
    const cxm_judgement *judgement;
    cxm_error error;
    if (cxm_mine(self->miner, self->transcript, &self->result, &error) != CXM_OK ||
        cxm_judge_run(self->judge, self->transcript, self->result, &judgement, &error) != CXM_OK)
        return cli_report(&error);
    if (self->dialogue->subject == CXM_SUBJECT_BEHAVIOR)
        return check_behavior(self, judgement, passed);
    check_criterion(self, judgement, passed);
    return true;
}

static bool run(running *self, size_t *passed) {
    cxm_transcript *transcript;
    cxm_error error;
    if (cxm_dialogue_transcript(self->dialogue, NULL, &transcript, &error) != CXM_OK)
        return cli_report(&error);
    self->transcript = transcript;
    bool good = judge(self, passed);
    cxm_transcript_free(transcript);
    return good;
}

bool cli_run_dialogues(cxm_miner *miner, const cxm_lexicon *lexicon, size_t *passed) {
    running self = {.lexicon = lexicon, .miner = miner};
    cxm_error error;
    if (cxm_judge_new(lexicon, NULL, &self.judge, &error) != CXM_OK)
        return cli_report(&error);
    bool good = true;
    for (size_t i = 0; i < cxm_lexicon_dialogue_count(lexicon) && good; i++) {
        self.dialogue = cxm_lexicon_dialogue(lexicon, i);
        good = run(&self, passed);
    }
    cxm_judge_free(self.judge);
    return good;
}
