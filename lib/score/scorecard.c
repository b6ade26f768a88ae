/* SPDX-License-Identifier: MIT */
/*
 * A criterion is about places or about the whole: if what it asks for begins with a relation
 * (`then agent:empathy.* within 2 turns`), each turn in which something is given is an opportunity;
 * if not, there is one opportunity, if anything is given at all.
 *
 * Each opportunity is an agent's: of who spoke there, else of who spoke next, else of who spoke
 * last. So a criterion is evaluated once, and counted for the conversation and for each agent.
 */
#include "score/score.h"

void cxm_scores_init(cxm_scores *self, const cxm_lexicon *lexicon, const cxm_allocator *allocator) {
    *self = (cxm_scores){.allocator = *allocator, .lexicon = lexicon};
}

static void clear_rows(const cxm_scores *self, cxm_rows *rows, size_t size) {
    cxm_release(&self->allocator, rows->items, rows->capacity * size);
}

void cxm_scores_clear(cxm_scores *self) {
    clear_rows(self, &self->agents, sizeof(uint32_t));
    clear_rows(self, &self->given, sizeof(cxm_owned_place));
    clear_rows(self, &self->asked, sizeof(cxm_owned_place));
    clear_rows(self, &self->scores, sizeof(cxm_score));
    clear_rows(self, &self->criteria, sizeof(cxm_criterion_score));
    clear_rows(self, &self->opportunities, sizeof(cxm_opportunity));
    cxm_release(&self->allocator, self->evidence, self->evidence_capacity * sizeof(uint32_t));
    cxm_scores_init(self, self->lexicon, &self->allocator);
}

/* Room for `more` items behind those that are there. */
static bool reserve(const cxm_scores *self, cxm_rows *rows, size_t more, size_t size) {
    return cxm_array_reserve(&self->allocator, &rows->items, &rows->capacity, rows->count + more,
                             size);
}

static const uint32_t *agents_of(const cxm_scores *self) {
    return self->agents.items;
}

/* ---- Agents ---- */

/* Ascending, each once. */
static void add_agent(cxm_rows *rows, uint32_t speaker) {
    uint32_t *agents = rows->items;
    size_t at = rows->count;
    while (at > 0 && agents[at - 1] > speaker)
        at--;
    if (at > 0 && agents[at - 1] == speaker)
        return;
    for (size_t i = rows->count; i > at; i--)
        agents[i] = agents[i - 1];
    agents[at] = speaker;
    rows->count++;
}

static bool find_agents(cxm_scores *self, const cxm_timeline *timeline) {
    const cxm_transcript *transcript = timeline->transcript;
    self->agents.count = 0;
    if (!reserve(self, &self->agents, cxm_transcript_speaker_count(transcript), sizeof(uint32_t)))
        return false;
    for (size_t i = 0; i < timeline->turn_count; i++)
        if (timeline->result->roles[i] == CXM_ROLE_AGENT &&
            cxm_transcript_turn(transcript, i)->kind == CXM_TURN_SPEECH)
            add_agent(&self->agents, cxm_transcript_speaker_of(transcript, i));
    return true;
}

static uint32_t owner_of(const cxm_evaluator *evaluator, uint32_t hit) {
    const cxm_timeline *timeline = evaluator->timeline;
    uint32_t turn = timeline->result->all_hits[hit].turn;
    const cxm_stop *stop = &timeline->stops[turn];
    if (timeline->result->roles[turn] != CXM_ROLE_AGENT)
        turn = stop->agent_behind != CXM_NONE ? stop->agent_behind : stop->agent_before;
    return turn == CXM_NONE ? CXM_NONE : cxm_transcript_speaker_of(timeline->transcript, turn);
}

/* ---- What is given, what is asked ---- */

static bool add_place(cxm_scores *self, cxm_evaluator *evaluator, const cxm_candidate *candidate,
                      cxm_owned_place *out) {
    *out = (cxm_owned_place){.hit = candidate->hit,
                             .agent = owner_of(evaluator, candidate->hit),
                             .evidence = self->evidence_count};
    out->evidence_count =
        cxm_collect_evidence(evaluator, &self->allocator, &self->evidence, &self->evidence_count,
                             &self->evidence_capacity, candidate);
    return out->evidence_count != SIZE_MAX;
}

/* The places at which an expression holds; the whole, where it holds at none. Without an expression
 * the whole is given. */
static bool collect(cxm_scores *self, cxm_evaluator *evaluator, const cxm_expression *expression,
                    cxm_rows *rows, bool *applies) {
    cxm_value value = {.holds = true, .applies = true};
    rows->count = 0;
    if (expression->count && !cxm_evaluate(evaluator, expression, &value))
        return false;
    *applies = value.applies;
    if (!reserve(self, rows, value.count + 1, sizeof(cxm_owned_place)))
        return false;
    cxm_owned_place *places = rows->items;
    for (size_t i = 0; i < value.count; i++) {
        const cxm_candidate *candidate = &evaluator->stack[value.first + i];
        if (candidate->in && !add_place(self, evaluator, candidate, &places[rows->count++]))
            return false;
    }
    if (value.holds && !rows->count)
        places[rows->count++] = (cxm_owned_place){.hit = CXM_NONE, .agent = CXM_NONE};
    return true;
}

/* Whether two places are in turns of one speaker in a row: one moment. */
static bool same_moment(const cxm_timeline *timeline, uint32_t hit, uint32_t other) {
    const cxm_hit *hits = timeline->result->all_hits;
    return hit != CXM_NONE && other != CXM_NONE &&
           timeline->stops[hits[hit].turn].run == timeline->stops[hits[other].turn].run;
}

/* Whether what is asked came at a place that is given: both lists are in order. */
static bool is_asked(const cxm_scores *self, cxm_owned_place *given, size_t *next) {
    const cxm_owned_place *asked = self->asked.items;
    while (*next < self->asked.count && asked[*next].hit < given->hit)
        ++*next;
    if (*next == self->asked.count || asked[*next].hit != given->hit)
        return false;
    given->evidence = asked[*next].evidence;
    given->evidence_count = asked[*next].evidence_count;
    return true;
}

/* What is given more than once in one turn is one opportunity; `met` says whether what is asked
 * came at any of these places, or, where it is to be avoided, at none. */
static void match_places(cxm_scores *self, const cxm_timeline *timeline, bool avoid) {
    cxm_owned_place *given = self->given.items;
    size_t next = 0;
    size_t kept = 0;
    for (size_t i = 0; i < self->given.count; i++) {
        cxm_owned_place place = given[i];
        bool found = is_asked(self, &place, &next);
        place.met = found != avoid;
        if (!kept || !same_moment(timeline, given[kept - 1].hit, place.hit))
            given[kept++] = place;
        else if (found && given[kept - 1].met == avoid)
            given[kept - 1] = place;
    }
    self->given.count = kept;
}

/* ---- Counting ---- */

static bool belongs(const cxm_owned_place *place, uint32_t agent) {
    return agent == CXM_NONE || place->hit == CXM_NONE || place->agent == agent;
}

static bool add_opportunity(cxm_scores *self, const cxm_owned_place *place, uint32_t agent) {
    if (!reserve(self, &self->opportunities, 1, sizeof(cxm_opportunity)))
        return false;
    cxm_opportunity *items = self->opportunities.items;
    /* An offset until all evidence is there, since it may still move. */
    items[self->opportunities.count++] =
        (cxm_opportunity){.hit = place->hit,
                          .agent = place->hit == CXM_NONE ? agent : place->agent,
                          .met = place->met,
                          .evidence = (const uint32_t *)(uintptr_t)place->evidence,
                          .evidence_count = place->evidence_count};
    return true;
}

/* One opportunity for all that is given, met where anything that is asked belongs to the agent. */
static bool add_whole(cxm_scores *self, uint32_t agent, bool avoid) {
    const cxm_owned_place *places = self->given.items;
    cxm_owned_place whole = {.hit = CXM_NONE, .agent = agent};
    bool given = false;
    bool asked = false;
    for (size_t i = 0; i < self->given.count; i++)
        given |= belongs(&places[i], agent);
    places = self->asked.items;
    for (size_t i = 0; i < self->asked.count && !asked; i++) {
        asked = belongs(&places[i], agent);
        whole.evidence = places[i].evidence;
        whole.evidence_count = asked ? places[i].evidence_count : 0;
    }
    whole.met = asked != avoid;
    return !given || add_opportunity(self, &whole, agent);
}

static bool add_each(cxm_scores *self, uint32_t agent) {
    const cxm_owned_place *given = self->given.items;
    for (size_t i = 0; i < self->given.count; i++)
        if (belongs(&given[i], agent) && !add_opportunity(self, &given[i], agent))
            return false;
    return true;
}

static bool count_criterion(cxm_scores *self, const cxm_criterion *criterion, bool relative,
                            uint32_t agent, cxm_criterion_score *out) {
    size_t first = self->opportunities.count;
    bool good = relative ? add_each(self, agent) : add_whole(self, agent, criterion->avoid);
    const cxm_opportunity *items = self->opportunities.items;
    *out = (cxm_criterion_score){.opportunities = (const cxm_opportunity *)(uintptr_t)first,
                                 .opportunity_count = self->opportunities.count - first};
    for (size_t i = first; i < self->opportunities.count; i++)
        out->met += items[i].met;
    out->applies = out->opportunity_count > 0;
    if (out->applies) {
        out->rate = (double)out->met / (double)out->opportunity_count;
        out->points = criterion->points * out->rate;
    }
    return good;
}

/* ---- Scorecards ---- */

/* The criterion's scores, one per score of the card: the conversation's, then the agents'. */
static bool make_criterion(cxm_scores *self, cxm_evaluator *evaluator, size_t card, size_t index,
                           cxm_criterion_score *first, size_t step) {
    const cxm_scorecard *scorecard = &self->lexicon->scorecards[card];
    const cxm_criterion_rule *rule = &self->lexicon->scorecard_rules[card].criteria[index];
    const cxm_criterion *criterion = &scorecard->criteria[index];
    bool applies;
    bool asks;
    if (!collect(self, evaluator, &rule->given, &self->given, &applies) ||
        !collect(self, evaluator, &rule->asked, &self->asked, &asks))
        return false;
    if (!applies || !asks)
        self->given.count = 0;
    if (rule->relative)
        match_places(self, evaluator->timeline, criterion->avoid);
    for (size_t i = 0; i <= self->agents.count; i++) {
        uint32_t agent = i ? agents_of(self)[i - 1] : CXM_NONE;
        if (!count_criterion(self, criterion, rule->relative, agent, &first[i * step]))
            return false;
    }
    return true;
}

static void sum_up(cxm_score *score, const cxm_scorecard *card,
                   const cxm_criterion_score *criteria) {
    for (size_t i = 0; i < card->criterion_count; i++) {
        if (!criteria[i].applies)
            continue;
        score->earned += criteria[i].points;
        score->possible += card->criteria[i].points;
        score->applies = true;
    }
    if (score->applies)
        score->value = 100 * score->earned / score->possible;
}

/* Whether a conversation is one that the card is for. */
static bool is_given(cxm_evaluator *evaluator, const cxm_scorecard_rule *rule, bool *given) {
    cxm_value value = {.holds = evaluator->timeline->result->word_count > 0};
    if (value.holds && rule->given.count && !cxm_evaluate(evaluator, &rule->given, &value))
        return false;
    *given = value.holds;
    return true;
}

static bool make_card(cxm_scores *self, cxm_evaluator *evaluator, size_t card) {
    const cxm_scorecard *scorecard = &self->lexicon->scorecards[card];
    size_t step = scorecard->criterion_count;
    size_t targets = self->agents.count + 1;
    bool given;
    if (!is_given(evaluator, &self->lexicon->scorecard_rules[card], &given) ||
        !reserve(self, &self->criteria, step * targets, sizeof(cxm_criterion_score)) ||
        !reserve(self, &self->scores, targets, sizeof(cxm_score)))
        return false;
    cxm_criterion_score *criteria = self->criteria.items;
    criteria += criteria ? self->criteria.count : 0;
    for (size_t i = 0; i < step * targets; i++)
        criteria[i] = (cxm_criterion_score){.applies = false};
    for (size_t i = 0; given && i < step; i++)
        if (!make_criterion(self, evaluator, card, i, criteria + i, step))
            return false;
    self->criteria.count += step * targets;
    cxm_score *scores = self->scores.items;
    for (size_t i = 0; i < targets; i++) {
        cxm_score score = {.scorecard = (uint32_t)card,
                           .agent = i ? agents_of(self)[i - 1] : CXM_NONE,
                           .criterion_count = step};
        if (step)
            sum_up(&score, scorecard, criteria + i * step);
        scores[self->scores.count++] = score;
    }
    return true;
}

/* Lets scores point to their criteria, these to their opportunities, these to their evidence. */
static void link_all(cxm_scores *self) {
    cxm_criterion_score *criteria = self->criteria.items;
    cxm_opportunity *opportunities = self->opportunities.items;
    cxm_score *scores = self->scores.items;
    size_t criterion = 0;
    for (size_t i = 0; i < self->scores.count; i++) {
        scores[i].criteria = scores[i].criterion_count ? criteria + criterion : NULL;
        criterion += scores[i].criterion_count;
    }
    for (size_t i = 0; i < self->criteria.count; i++) {
        size_t offset = (uintptr_t)criteria[i].opportunities;
        criteria[i].opportunities = criteria[i].opportunity_count ? opportunities + offset : NULL;
    }
    for (size_t i = 0; i < self->opportunities.count; i++) {
        size_t offset = (uintptr_t)opportunities[i].evidence;
        opportunities[i].evidence =
            opportunities[i].evidence_count ? self->evidence + offset : NULL;
    }
}

bool cxm_scores_make(cxm_scores *self, cxm_evaluator *evaluator) {
    self->scores.count = self->criteria.count = self->opportunities.count = 0;
    self->evidence_count = 0;
    if (!find_agents(self, evaluator->timeline))
        return false;
    for (size_t i = 0; i < self->lexicon->scorecard_count; i++)
        if (!make_card(self, evaluator, i))
            return false;
    link_all(self);
    return true;
}
