/* SPDX-License-Identifier: MIT */
/* A text as a graph: places between words, and ways from one to a later one. A word of several
 * readings has a way for each. */
#include "base/error.h"
#include "base/str.h"
#include "match/miner.h"
#include "match/trace.h"

/* A word that is said for the tokenizer to have been said, not for its meaning. */
enum { SKIPPED = CXM_TOKEN_FILLER | CXM_TOKEN_REPEAT | CXM_TOKEN_CUT_OFF };

static bool add_place(cxm_tracer *self, cxm_trace_place place) {
    cxm_trace_text *text = &self->text;
    void *items = text->places;
    if (!cxm_array_reserve(&self->allocator, &items, &text->place_capacity, text->place_count + 1,
                           sizeof *text->places))
        return false;
    text->places = items;
    place.words = CXM_TRACE_NO_WORD;
    text->places[text->place_count++] = place;
    return true;
}

static bool add_edge(cxm_tracer *self, uint32_t from, cxm_trace_edge edge) {
    cxm_trace_text *text = &self->text;
    void *items = text->edges;
    if (!cxm_array_reserve(&self->allocator, &items, &text->edge_capacity, text->edge_count + 1,
                           sizeof *text->edges))
        return false;
    text->edges = items;
    edge.next = text->places[from].edges;
    text->places[from].words |= edge.skip ? CXM_TRACE_ALL_WORDS : cxm_trace_word_bit(edge.word);
    text->edges[text->edge_count] = edge;
    text->places[from].edges = (uint32_t)++text->edge_count;
    return true;
}

/* Frequent words say little. */
static int weight_of(const cxm_tracer *self, cxm_str word) {
    enum { MOST = 10 };
    unsigned frequency = 0;
    cxm_word_list_find(&self->lexicon->language.words, word, &frequency);
    return MOST - (int)frequency;
}

static bool add_word(cxm_tracer *self, uint32_t from, uint32_t to, cxm_str word) {
    cxm_str stem = cxm_arena_copy(&self->text.arena, cxm_stem(self->stemmer, word));
    cxm_trace_edge edge = {.word = word, .stem = stem, .weight = weight_of(self, word), .to = to};
    return stem.ptr && add_edge(self, from, edge);
}

/* Takes what stands in front of the next separator off a text. */
static cxm_str take_up_to(cxm_str *rest, char separator) {
    const char *found = rest->len ? memchr(rest->ptr, separator, rest->len) : NULL;
    size_t len = found ? (size_t)(found - rest->ptr) : rest->len;
    cxm_str taken = {rest->ptr, len};
    size_t used = len + (found != NULL);
    *rest = (cxm_str){rest->ptr + used, rest->len - used};
    return taken;
}

static size_t count_words(cxm_str reading) {
    size_t count = 1;
    for (size_t i = 0; i < reading.len; i++)
        count += reading.ptr[i] == ' ';
    return count;
}

/* How many places there are inside of a token. */
static uint32_t count_inner(cxm_str readings) {
    uint32_t count = 0;
    while (readings.len)
        count += (uint32_t)count_words(take_up_to(&readings, '|')) - 1;
    return count;
}

/* The words of one reading, from the place in front of the token to the one behind it. */
static bool add_reading(cxm_tracer *self, uint32_t token, cxm_str reading, uint32_t from,
                        uint32_t to) {
    size_t count = count_words(reading);
    for (size_t i = 0; i < count; i++) {
        cxm_str word = take_up_to(&reading, ' ');
        uint32_t next = to;
        if (i + 1 < count) {
            next = (uint32_t)self->text.place_count;
            if (!add_place(self, (cxm_trace_place){.token = token, .inner = true}))
                return false;
        }
        if (!add_word(self, from, next, word))
            return false;
        from = next;
    }
    return true;
}

static bool add_token(cxm_tracer *self, uint32_t index) {
    const cxm_token *token = &self->text.tokens[index];
    cxm_str readings = token->expanded.len ? token->expanded : token->folded;
    uint32_t from = (uint32_t)self->text.place_count;
    uint32_t to = from + 1 + count_inner(readings);
    if (!add_place(self, (cxm_trace_place){.token = index}))
        return false;
    if ((token->flags & SKIPPED) && !add_edge(self, from, (cxm_trace_edge){.to = to, .skip = true}))
        return false;
    while (readings.len)
        if (!add_reading(self, index, take_up_to(&readings, '|'), from, to))
            return false;
    return true;
}

static bool add_sentence(cxm_tracer *self, uint32_t *token) {
    cxm_trace_text *text = &self->text;
    uint32_t number = text->tokens[*token].sentence;
    uint32_t first = (uint32_t)text->place_count;
    uint32_t at = *token;
    for (; at < text->token_count && text->tokens[at].sentence == number; at++)
        if (!(text->tokens[at].flags & CXM_TOKEN_ANNOTATION) && !add_token(self, at))
            return false;
    *token = at;
    if (text->place_count == first)
        return true;
    void *items = text->sentences;
    if (!add_place(self, (cxm_trace_place){.token = at}) ||
        !cxm_array_reserve(&self->allocator, &items, &text->sentence_capacity,
                           text->sentence_count + 1, sizeof *text->sentences))
        return false;
    text->sentences = items;
    text->sentences[text->sentence_count++] =
        (cxm_trace_sentence){.first = first,
                             .count = (uint32_t)text->place_count - first,
                             .asks = number < self->miner->tokens.sentence_count &&
                                     self->miner->tokens.sentences[number].asks};
    return true;
}

cxm_status cxm_trace_read(cxm_tracer *self, cxm_str text, cxm_error *error) {
    cxm_trace_text *read = &self->text;
    if (text.len > CXM_TRACE_MAX_BYTES)
        return cxm_fail(error, CXM_E_LIMIT, "a text to trace takes at most 64 KiB");
    cxm_arena_reset(&read->arena);
    read->edge_count = read->place_count = read->sentence_count = 0;
    cxm_status status =
        cxm_miner_tokenize(self->miner, text, &read->tokens, &read->token_count, error);
    if (status != CXM_OK)
        return status;
    for (uint32_t token = 0; token < read->token_count;)
        if (!add_sentence(self, &token))
            return cxm_fail_memory(error);
    return cxm_trace_finish_text(self) ? CXM_OK : cxm_fail_memory(error);
}

/* ---- What may be skipped, and where matches cannot end ---- */

/* Fillers of one word or several. They are looked for before any way past another is there. */
static bool skip_fillers(cxm_tracer *self, const cxm_trace_sentence *sentence) {
    for (uint32_t from = sentence->first; from < sentence->first + sentence->count; from++)
        for (size_t i = 0; i < self->source->filler_count; i++) {
            uint32_t to;
            if (self->text.places[from].inner)
                continue;
            if (!cxm_trace_follow(self, &self->fillers[i], sentence, from, &to))
                return false;
            if (to > from && !self->text.places[to].inner &&
                !add_edge(self, from, (cxm_trace_edge){.to = to, .skip = true}))
                return false;
        }
    return true;
}

static void find_ends(cxm_tracer *self, const cxm_trace_sentence *sentence) {
    cxm_trace_place *places = self->text.places;
    uint32_t last = sentence->first + sentence->count - 1;
    places[sentence->first].at_start = true;
    places[last].at_end = true;
    for (uint32_t at = sentence->first; at <= last; at++)
        for (uint32_t e = places[at].edges; e; e = self->text.edges[e - 1].next)
            if (self->text.edges[e - 1].skip)
                places[self->text.edges[e - 1].to].at_start |= places[at].at_start;
    for (uint32_t at = last + 1; at-- > sentence->first;)
        for (uint32_t e = places[at].edges; e; e = self->text.edges[e - 1].next)
            if (self->text.edges[e - 1].skip)
                places[at].at_end |= places[self->text.edges[e - 1].to].at_end;
}

/* "can't" is no "can": where a word inside of a token is a negator, no match ends before it. */
static bool find_glued_negators(cxm_tracer *self, const cxm_trace_sentence *sentence) {
    for (uint32_t at = sentence->first + sentence->count; at-- > sentence->first;) {
        cxm_trace_place *place = &self->text.places[at];
        if (!place->inner)
            continue;
        for (size_t i = 0; i < self->source->negator_count && !place->no_end; i++) {
            uint32_t to;
            if (!cxm_trace_follow(self, &self->negators[i], sentence, at, &to))
                return false;
            place->no_end = to > at && to == self->text.edges[place->edges - 1].to;
        }
        /* Nor before a word that comes before one. */
        uint32_t next = self->text.edges[place->edges - 1].to;
        place->no_end |= self->text.places[next].inner && self->text.places[next].no_end;
    }
    return true;
}

bool cxm_trace_finish_text(cxm_tracer *self) {
    for (size_t i = 0; i < self->text.sentence_count; i++) {
        const cxm_trace_sentence *sentence = &self->text.sentences[i];
        if (!skip_fillers(self, sentence))
            return false;
        find_ends(self, sentence);
        if (!find_glued_negators(self, sentence))
            return false;
    }
    return true;
}
