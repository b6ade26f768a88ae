/* SPDX-License-Identifier: MIT */
#include "match/tokens.h"

#include "base/str.h"
#include "text/redaction.h"
#include "text/sentence.h"

#include <cxmine/miner.h>

void cxm_tokens_init(cxm_tokens *self, const cxm_allocator *allocator) {
    *self = (cxm_tokens){.allocator = *allocator};
    cxm_scan_init(&self->scan, allocator);
    cxm_mend_init(&self->mend, allocator);
}

void cxm_tokens_clear(cxm_tokens *self) {
    const cxm_allocator *allocator = &self->allocator;
    cxm_scan_clear(&self->scan);
    cxm_mend_clear(&self->mend);
    cxm_release(allocator, self->items, self->capacity * sizeof *self->items);
    cxm_release(allocator, self->sentences, self->sentence_capacity * sizeof *self->sentences);
    cxm_release(allocator, self->annotations,
                self->annotation_capacity * sizeof *self->annotations);
    cxm_release(allocator, self->doubtful, self->doubtful_capacity * sizeof *self->doubtful);
}

/* How many words are looked up and not yet taken. */
static size_t words_ahead(const cxm_tokens *self) {
    return self->known_end - self->next;
}

/* Makes room for more tokens; each word that is looked up may be two. */
static bool reserve(cxm_tokens *self, size_t more) {
    void *items = self->items;
    bool reserved =
        cxm_array_reserve(&self->allocator, &items, &self->capacity,
                          self->count + more + 2 * words_ahead(self), sizeof *self->items);
    self->items = items;
    return reserved;
}

/* Moves the tokens of the words ahead, where the words before them were not one token each. */
static void move_ahead(cxm_tokens *self, size_t from, size_t to) {
    memmove(self->items + to, self->items + from, words_ahead(self) * sizeof *self->items);
}

static bool add_annotation(cxm_tokens *self, uint32_t start, uint32_t end, uint32_t flag) {
    void *items = self->annotations;
    if (!cxm_array_reserve(&self->allocator, &items, &self->annotation_capacity,
                           self->annotation_count + 1, sizeof *self->annotations))
        return false;
    self->annotations = items;
    self->annotations[self->annotation_count++] = (cxm_lexeme){start, end, 0, flag};
    return true;
}

/*
 * Whether a word says the one before it once more, or is the second of two that say the two before
 * them once more ("we can we can"): the first of those may then be skipped, too. Fillers between
 * them do not count.
 */
static bool is_repeat(cxm_tokens *self, uint32_t same) {
    const uint32_t *before = self->same;
    if (same == 0)
        return false;
    if (same == before[0])
        return true;
    if (same != before[1] || before[0] != before[2] || before[0] == 0)
        return false;
    cxm_lexeme *last = &self->items[self->count - 1];
    if (!(last->flags & CXM_TOKEN_FILLER)) {
        last->key |= CXM_KEY_SKIPPED;
        last->flags |= CXM_TOKEN_REPEAT;
    }
    return true;
}

static inline void push_same(cxm_tokens *self, uint32_t same) {
    self->same[2] = self->same[1];
    self->same[1] = self->same[0];
    self->same[0] = same;
}

/* Catches up with the words that were taken since, about which nothing was special. */
static void push_taken(cxm_tokens *self) {
    size_t count = self->next - self->pushed;
    for (size_t i = count < 3 ? self->pushed : self->next - 3; i < self->next; i++)
        push_same(self, self->known.same[i - self->known_start]);
    self->pushed = self->next;
}

/* Adds a token that something is special about; there is room for it. */
static void add_special(cxm_tokens *self, cxm_span span, uint32_t class_number, uint32_t same,
                        uint32_t word_flags) {
    uint32_t flags = 0;
    bool repeat = false;
    if (word_flags & CXM_WORD_FILLER) {
        flags = CXM_TOKEN_FILLER;
    } else {
        repeat = is_repeat(self, same);
        push_same(self, same);
    }
    if (repeat)
        flags |= CXM_TOKEN_REPEAT;
    if (word_flags & CXM_WORD_SLIP)
        flags |= CXM_TOKEN_TYPING_SLIP;
    self->items[self->count++] =
        (cxm_lexeme){span.start, span.end, CXM_KEY(class_number, repeat), flags};
    if (word_flags & CXM_WORD_ABBREVIATION)
        self->abbreviation_at = self->count;
}

/* A word that may be two: it is one until the sentence ends. */
static bool add_doubtful(cxm_tokens *self, const cxm_words *words, cxm_span span,
                         uint32_t pair_number) {
    const cxm_word_pair *pair = &words->pairs[pair_number];
    void *items = self->doubtful;
    if (!cxm_array_reserve(&self->allocator, &items, &self->doubtful_capacity,
                           self->doubtful_count + 1, sizeof *self->doubtful))
        return false;
    self->doubtful = items;
    self->doubtful[self->doubtful_count++] = (cxm_doubtful){(uint32_t)self->count, pair_number};
    add_special(self, span, pair->class_numbers[CXM_PAIR_WHOLE], pair->same[CXM_PAIR_WHOLE],
                pair->flags[CXM_PAIR_WHOLE]);
    return true;
}

/* Makes two tokens of each word that may be two, from the last one on. */
static bool part_doubtful(cxm_tokens *self, const cxm_words *words) {
    size_t more = self->doubtful_count;
    if (!reserve(self, more))
        return false;
    size_t from = self->count;
    self->count += more;
    move_ahead(self, from, self->count);
    for (size_t to = self->count; more > 0;) {
        const cxm_doubtful *doubtful = &self->doubtful[more - 1];
        cxm_lexeme whole = self->items[--from];
        if (from != doubtful->token) {
            self->items[--to] = whole;
            continue;
        }
        const cxm_word_pair *pair = &words->pairs[doubtful->pair];
        uint32_t kept = whole.flags & ~(uint32_t)CXM_TOKEN_TYPING_SLIP;
        uint32_t cut = whole.start + pair->first_len;
        self->items[--to] = (cxm_lexeme){cut, whole.end, CXM_KEY(pair->class_numbers[1], false),
                                         kept | CXM_TOKEN_GLUED};
        self->items[--to] = (cxm_lexeme){whole.start, cut, CXM_KEY(pair->class_numbers[0], false),
                                         kept | CXM_TOKEN_GLUED};
        more--;
    }
    return true;
}

/* The two parts of a glued word. */
static void add_pair(cxm_tokens *self, const cxm_word_pair *pair, cxm_span span) {
    uint32_t cut = span.start + pair->first_len;
    move_ahead(self, self->count + 1, self->count + 2);
    add_special(self, (cxm_span){span.start, cut}, pair->class_numbers[0], pair->same[0],
                pair->flags[0]);
    self->items[self->count - 1].flags |= CXM_TOKEN_GLUED;
    add_special(self, (cxm_span){cut, span.end}, pair->class_numbers[1], pair->same[1],
                pair->flags[1]);
    self->items[self->count - 1].flags |= CXM_TOKEN_GLUED;
}

static bool add_redaction(cxm_tokens *self, const cxm_words *words, cxm_span span);

/* A word that is no token. */
static bool drop_word(cxm_tokens *self, const cxm_words *words, cxm_span span, uint32_t flags) {
    move_ahead(self, self->count + 1, self->count);
    if (span.start < self->annotation_end)
        return self->redacted || add_annotation(self, span.start, span.end, CXM_TOKEN_ANNOTATION);
    return !(flags & CXM_WORD_REDACTION) || add_redaction(self, words, span);
}

/* Adds the token, or tokens, of the next word, which is special in itself or by its place. */
static bool take_special(cxm_tokens *self, const cxm_words *words) {
    const cxm_lexeme *word = &self->items[self->count];
    cxm_span span = {word->start, word->end};
    uint32_t class_number = cxm_key_class(word->key);
    uint32_t flags = word->flags;
    uint32_t same = self->known.same[self->next - self->known_start] & ~CXM_SAME_SPECIAL;
    push_taken(self);
    self->next++;
    self->pushed++;
    if (span.start < self->annotation_end || (flags & (CXM_WORD_REDACTION | CXM_WORD_NONE)))
        return drop_word(self, words, span, flags);
    if (flags & CXM_WORD_MAY_BE_GLUED)
        return add_doubtful(self, words, span, class_number);
    if (flags & CXM_WORD_GLUED)
        add_pair(self, &words->pairs[class_number], span);
    else
        add_special(self, span, class_number, same, flags);
    return true;
}

/* Looks up the next words. */
static bool look_ahead(cxm_tokens *self, cxm_words *words, cxm_str text) {
    size_t left = self->scan.span_count - self->next;
    size_t count = left < CXM_WORDS_AT_ONCE ? left : CXM_WORDS_AT_ONCE;
    push_taken(self);
    self->known_start = self->next;
    self->known_end = self->next + count;
    return reserve(self, 0) && cxm_words_look_up(words, text.ptr, self->scan.spans + self->next,
                                                 count, self->items + self->count, &self->known);
}

/* Whether the next word, or the one behind it, may repeat one that is not right before it among the
 * words that are looked up together. */
static bool may_repeat(const cxm_tokens *self, const uint32_t *same, size_t count) {
    size_t since = self->next - self->pushed;
    if (since > 0)
        return since == 1 && same[0] == self->same[0];
    return same[0] == self->same[0] || same[0] == self->same[1] ||
           (count > 1 && same[1] == self->same[0]);
}

/* Notes up to where the next words have nothing special about them: nearly all. */
static void find_plain_end(cxm_tokens *self) {
    size_t at = self->next - self->known_start;
    uint64_t special = self->known.special >> at;
    if (self->items[self->count].start < self->annotation_end ||
        may_repeat(self, self->known.same + at, words_ahead(self)))
        self->plain_end = self->next;
    else
        self->plain_end = special ? self->next + (size_t)__builtin_ctzll(special) : self->known_end;
}

/* Takes words about which nothing is special: their tokens stand where they should. */
static void take_plain(cxm_tokens *self, size_t to) {
    self->count += to - self->next;
    self->next = to;
}

/* Adds the tokens of the words up to `to`, of which some may be special or not known yet. */
static bool add_any_words(cxm_tokens *self, cxm_words *words, cxm_str text, size_t to) {
    while (self->next < to) {
        if (words_ahead(self) == 0 && !look_ahead(self, words, text))
            return false;
        find_plain_end(self);
        take_plain(self, to < self->plain_end ? to : self->plain_end);
        if (self->next < to && self->next < self->known_end && !take_special(self, words))
            return false;
    }
    return true;
}

/* Adds the tokens of the words up to `to`. */
static inline bool add_words(cxm_tokens *self, cxm_words *words, cxm_str text, size_t to) {
    if (to > self->plain_end)
        return add_any_words(self, words, text, to);
    take_plain(self, to);
    return true;
}

/* Whether a line ends within the sentence whose first token is `begin`: words get glued there. */
static bool runs_over_lines(const cxm_tokens *self, cxm_str text, size_t begin) {
    uint32_t start = self->items[begin].start;
    return memchr(text.ptr + start, '\n', self->items[self->count - 1].end - start) != NULL;
}

static bool end_sentence(cxm_tokens *self, const cxm_words *words, cxm_str text, uint32_t mark,
                         bool asks) {
    size_t begin = self->sentence_count ? self->sentences[self->sentence_count - 1].end : 0;
    void *items = self->sentences;
    if (self->count == begin)
        return true;
    if (self->doubtful_count && runs_over_lines(self, text, begin) && !part_doubtful(self, words))
        return false;
    self->doubtful_count = 0;
    if (self->sentence_count == self->sentence_capacity &&
        !cxm_array_reserve(&self->allocator, &items, &self->sentence_capacity,
                           self->sentence_count + 1, sizeof *self->sentences))
        return false;
    self->sentences = items;
    if (!self->resumed)
        self->items[begin].flags |= CXM_TOKEN_SENTENCE_START;
    self->sentences[self->sentence_count++] = (cxm_sentence){
        .end = (uint32_t)self->count, .mark = mark, .asks = asks, .resumed = self->resumed};
    self->resumed = false;
    self->abbreviation_at = 0;
    memset(self->same, 0, sizeof self->same);
    self->pushed = self->next;
    return true;
}

/* A mark for what was taken out: nothing runs across it, what stands before it ends there, and what
 * stands behind it is no start of a sentence. */
static bool add_redaction(cxm_tokens *self, const cxm_words *words, cxm_span span) {
    size_t before = self->sentence_count;
    if (!end_sentence(self, words, self->text, span.start, false) ||
        !add_annotation(self, span.start, span.end, CXM_TOKEN_REDACTION))
        return false;
    if (self->sentence_count > before)
        self->sentences[before].broken = true;
    self->resumed = true;
    self->redacted = true;
    self->abbreviation_at = 0;
    self->annotation_end = span.end;
    self->plain_end = self->next;
    return true;
}

/* A control character other than a blank. */
static bool is_control(char c) {
    return ((unsigned char)c < ' ' && !cxm_is_space(c)) || c == 0x7F;
}

static char closing_of(char open) {
    switch (open) {
    case '[':
        return ']';
    case '(':
        return ')';
    case '<':
        return '>';
    default:
        return '\0';
    }
}

/* A bracket: where it is soon closed, and one of the few words in it is known to make one, the
 * words up to its end are an annotation. */
static bool open_bracket(cxm_tokens *self, cxm_words *words, cxm_str text, const cxm_mark *mark) {
    enum { MOST_BYTES = 64, MOST_WORDS = 5 };
    size_t left = text.len - mark->offset;
    const char *open = text.ptr + mark->offset;
    const char *close = memchr(open, closing_of(*open), left < MOST_BYTES ? left : MOST_BYTES);
    if (!close) {
        if (left < MOST_BYTES && self->open_bracket > mark->offset)
            self->open_bracket = mark->offset;
        return true;
    }
    uint32_t end = (uint32_t)(close - text.ptr);
    const cxm_span *spans = self->scan.spans + mark->before;
    size_t most = self->scan.span_count - mark->before;
    size_t count = 0;
    while (count < most && count <= MOST_WORDS && spans[count].start < end)
        count++;
    cxm_lexeme inside[MOST_WORDS + 1];
    cxm_meanings known;
    if (!cxm_words_look_up(words, text.ptr, spans, count, inside, &known))
        return false;
    bool annotation = false;
    for (size_t i = 0; i < count; i++)
        annotation |= (inside[i].flags & CXM_WORD_ANNOTATION) != 0;
    if (annotation && count <= MOST_WORDS) {
        self->annotation_end = end;
        self->plain_end = self->next;
        self->redacted = false;
    }
    return true;
}

/* A hyphen: right behind a word and in front of a blank it says that the word was broken off. */
static void cut_off(cxm_tokens *self, cxm_str text, size_t at) {
    cxm_lexeme *last = self->count ? &self->items[self->count - 1] : NULL;
    if (!last || last->end != at || (at + 1 < text.len && !cxm_is_space(text.ptr[at + 1])))
        return;
    last->key |= CXM_KEY_SKIPPED;
    last->flags |= CXM_TOKEN_CUT_OFF;
}

static bool is_terminator(char c) {
    return c == '.' || c == '?' || c == '!';
}

/* What the sentence does at a punctuation. */
static cxm_sentence_end judge_end(const cxm_tokens *self, cxm_str text, const cxm_mark *mark) {
    const cxm_scan *scan = &self->scan;
    bool abbreviation = self->count && self->abbreviation_at == self->count;
    char c = text.ptr[mark->offset];
    if (is_terminator(c) &&
        cxm_sentence_ends_plainly(text, mark->offset, c, abbreviation, scan->ascii))
        return c == '?' ? CXM_SENTENCE_ASKS : CXM_SENTENCE_ENDS;
    size_t before = mark->before;
    bool last = before == scan->span_count;
    cxm_sentence_place place = {
        .at = mark->offset,
        .word_start = before ? scan->spans[before - 1].start : mark->offset,
        .next_word = last ? text.len : scan->spans[before].start,
        .next_end = last ? text.len : scan->spans[before].end,
        .abbreviation = abbreviation,
    };
    return cxm_sentence_end_at(text, &place);
}

/* Ends the sentence at a punctuation if it is one that does. */
static bool end_sentence_at(cxm_tokens *self, const cxm_words *words, cxm_str text,
                            const cxm_mark *mark) {
    cxm_sentence_end end = judge_end(self, text, mark);
    if (end == CXM_SENTENCE_GOES_ON)
        return true;
    bool ended = end_sentence(self, words, text, mark->offset, end == CXM_SENTENCE_ASKS);
    self->resumed = false;
    return ended;
}

/* ASCII that says nothing where it stands between words, as quotes and closing brackets. */
static bool says_nothing(char c) {
    static const uint64_t members[4] = {UINT64_C(0x6C008AB400003A00), UINT64_C(0x7000000170000001)};
    unsigned char byte = (unsigned char)c;
    return members[byte >> 6] >> (byte & 63) & 1;
}

static bool handle_mark(cxm_tokens *self, cxm_words *words, cxm_str text, const cxm_mark *mark) {
    char c = text.ptr[mark->offset];
    if (is_terminator(c))
        return mark->offset < self->annotation_end || end_sentence_at(self, words, text, mark);
    if (c == '-') {
        cut_off(self, text, mark->offset);
        return true;
    }
    bool hidden = self->redacted && mark->offset < self->annotation_end;
    if (!hidden && cxm_redaction_begins(c)) {
        size_t len = cxm_redaction_at(&words->symbols.lexicon->language, text, mark->offset);
        if (len)
            return add_redaction(self, words,
                                 (cxm_span){mark->offset, mark->offset + (uint32_t)len});
    }
    if (!hidden && closing_of(c))
        return open_bracket(self, words, text, mark);
    self->suspect |= c == '&' || is_control(c);
    if (mark->offset < self->annotation_end)
        return true;
    return end_sentence_at(self, words, text, mark);
}

/* Tokenizes a text as it stands. */
static bool tokenize(cxm_tokens *self, cxm_words *words, cxm_str text) {
    self->text = text;
    self->suspect = false;
    self->count = 0;
    self->sentence_count = 0;
    self->annotation_count = 0;
    self->annotation_end = 0;
    self->redacted = false;
    self->resumed = false;
    self->doubtful_count = 0;
    self->open_bracket = UINT32_MAX;
    self->abbreviation_at = 0;
    self->known_end = 0;
    self->next = 0;
    self->plain_end = 0;
    self->pushed = 0;
    memset(self->same, 0, sizeof self->same);
    if (!cxm_scan_text(&self->scan, text))
        return false;
    /* The last mark is the end of the text. */
    for (size_t i = 0; i + 1 < self->scan.mark_count; i++) {
        const cxm_mark *mark = &self->scan.marks[i];
        if (!says_nothing(text.ptr[mark->offset]) &&
            (!add_words(self, words, text, mark->before) || !handle_mark(self, words, text, mark)))
            return false;
    }
    return add_words(self, words, text, self->scan.span_count) &&
           end_sentence(self, words, text, (uint32_t)text.len,
                        self->count &&
                            cxm_sentence_is_left_asking(text, self->items[self->count - 1].end));
}

bool cxm_tokens_read(cxm_tokens *self, cxm_words *words, cxm_str text) {
    self->mend.count = 0;
    if (!tokenize(self, words, text))
        return false;
    if (!self->repair || (self->scan.ascii && !self->suspect))
        return true;
    if (!cxm_mend_run(&self->mend, &words->symbols.lexicon->language, text, CXM_SCAN_PADDING))
        return false;
    return self->mend.count == 0 || tokenize(self, words, cxm_mend_text(&self->mend));
}

/* Moves spans of the mended copy to the text. */
static void move_spans(const cxm_mend *mend, cxm_lexeme *items, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (cxm_mend_span(mend, &items[i].start, &items[i].end))
            items[i].flags |= CXM_TOKEN_MENDED;
}

/* Moves all that points into the mended copy to the text. */
static void move_all(cxm_tokens *self) {
    const cxm_mend *mend = &self->mend;
    move_spans(mend, self->items, self->count);
    move_spans(mend, self->annotations, self->annotation_count);
    for (size_t i = 0; i < self->sentence_count; i++)
        self->sentences[i].mark = cxm_mend_place(mend, self->sentences[i].mark);
    for (size_t i = 0; i < self->scan.span_count; i++)
        cxm_mend_span(mend, &self->scan.spans[i].start, &self->scan.spans[i].end);
    if (self->open_bracket != UINT32_MAX)
        self->open_bracket = cxm_mend_place(mend, self->open_bracket);
}

bool cxm_tokens_make(cxm_tokens *self, cxm_words *words, cxm_str text) {
    if (!cxm_tokens_read(self, words, text))
        return false;
    if (self->mend.count)
        move_all(self);
    return true;
}
