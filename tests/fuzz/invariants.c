/* SPDX-License-Identifier: MIT */
#include "invariants.h"

#include <stdlib.h>
#include <string.h>

void require(bool condition) {
    if (!condition)
        abort();
}

/* Whether a code point starts, or the text ends, at `at`. */
static bool is_boundary(cxm_str text, size_t at) {
    return at == text.len || (at < text.len && ((unsigned char)text.ptr[at] & 0xC0) != 0x80);
}

static void check_span(cxm_str text, size_t start, size_t end) {
    require(start < end && end <= text.len);
    require(is_boundary(text, start) && is_boundary(text, end));
}

static void check_captures(const cxm_hit *hit, cxm_str text) {
    require((hit->captures == NULL) == (hit->capture_count == 0));
    for (size_t i = 0; i < hit->capture_count; i++) {
        const cxm_capture *capture = &hit->captures[i];
        check_span(text, capture->start, capture->end);
        require(capture->start >= hit->start && capture->end <= hit->end);
        require(capture->name.len > 0);
    }
}

/* By turn, then start, then longer first, then category; no two of a category overlap. */
static void check_order(const cxm_hit *before, const cxm_hit *hit) {
    require(before->turn <= hit->turn);
    if (before->turn < hit->turn)
        return;
    require(before->start <= hit->start);
    if (before->start == hit->start)
        require(before->end > hit->end ||
                (before->end == hit->end && before->category < hit->category));
    require(before->category != hit->category || before->end <= hit->start);
}

static void check_hit(const cxm_lexicon *lexicon, const cxm_transcript *transcript,
                      const cxm_hit *hit) {
    const cxm_turn *turn = cxm_transcript_turn(transcript, hit->turn);
    const cxm_phrase *phrase = cxm_lexicon_phrase(lexicon, hit->phrase);
    require(turn && phrase && phrase->category == hit->category);
    check_span(turn->text, hit->start, hit->end);
    check_captures(hit, turn->text);
    require(hit->time >= 0 || hit->time == CXM_TIME_UNKNOWN);
}

void check_result(const cxm_lexicon *lexicon, const cxm_transcript *transcript,
                  const cxm_result *result) {
    size_t words = 0;
    require(result->turn_count == cxm_transcript_turn_count(transcript));
    for (int role = 0; role < CXM_ROLE_COUNT; role++)
        words += result->role_words[role];
    require(words == result->word_count);
    for (size_t i = 0; i < result->hit_count; i++) {
        check_hit(lexicon, transcript, &result->hits[i]);
        if (i)
            check_order(&result->hits[i - 1], &result->hits[i]);
    }
}

void check_same_hits(const cxm_result *result, const cxm_result *expected) {
    require(result->hit_count == expected->hit_count);
    require(result->word_count == expected->word_count);
    for (size_t i = 0; i < result->hit_count; i++) {
        const cxm_hit *a = &result->hits[i];
        const cxm_hit *b = &expected->hits[i];
        require(a->turn == b->turn && a->category == b->category && a->phrase == b->phrase);
        require(a->start == b->start && a->end == b->end);
        require(a->typing_slip == b->typing_slip && a->capture_count == b->capture_count);
    }
}

size_t check_tokens(cxm_miner *miner, cxm_str text) {
    const cxm_token *tokens;
    size_t count;
    size_t words = 0;
    size_t end = 0;
    require(cxm_miner_tokenize(miner, text, &tokens, &count, NULL) == CXM_OK);
    for (size_t i = 0; i < count; i++) {
        check_span(text, tokens[i].start, tokens[i].end);
        require(tokens[i].start >= end);
        require(i == 0 || tokens[i].sentence >= tokens[i - 1].sentence);
        end = tokens[i].end;
        words += !(tokens[i].flags & CXM_TOKEN_ANNOTATION);
    }
    return words;
}

/* Ended by a NUL within its field, on one line. */
static void check_text(const char *text, size_t size) {
    const char *end = memchr(text, '\0', size);
    require(end && !memchr(text, '\n', (size_t)(end - text)));
}

void check_error(const cxm_error *error, size_t input_len) {
    require(error->code != CXM_OK && error->message[0]);
    require(error->offset == UINT64_MAX || error->offset <= input_len);
    require((error->line == 0) == (error->offset == UINT64_MAX));
    check_text(error->file, sizeof error->file);
    check_text(error->message, sizeof error->message);
    check_text(error->excerpt, sizeof error->excerpt);
}
