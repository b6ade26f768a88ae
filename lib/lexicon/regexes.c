/* SPDX-License-Identifier: MIT */
/*
 * Regular expressions as tests on words.
 *
 * A new word is put to all of them, so as few as can be are kept. Most say which words are not
 * meant: `^(?!(you|me)$)[a-z]+$`. Such a one is taken apart, into the words and what is left
 * without them, `^[a-z]+$`, which many have in common; and of each is known which letters a word
 * that it takes can begin with, and one that it has.
 */
#include "base/str.h"
#include "lexicon/compile.h"

bool cxm_regex_maker_init(cxm_regex_maker *self, cxm_lexicon *lexicon) {
    *self = (cxm_regex_maker){.lexicon = lexicon};
    cxm_table_init(&self->primitives, &lexicon->allocator);
    cxm_table_init(&self->numbers, &lexicon->allocator);
    self->scratch = cxm_regex_scratch_new(&lexicon->allocator);
    return self->scratch != NULL;
}

void cxm_regex_maker_clear(cxm_regex_maker *self) {
    const cxm_allocator *allocator = &self->lexicon->allocator;
    cxm_table_clear(&self->primitives);
    cxm_table_clear(&self->numbers);
    cxm_release(allocator, self->tests, self->test_capacity * sizeof *self->tests);
    cxm_release(allocator, self->exceptions, self->exception_capacity * sizeof *self->exceptions);
    cxm_regex_scratch_free(self->scratch);
}

/* Whether a byte stands for itself in an expression, and words can have it. */
static bool is_plain(char c) {
    return (unsigned char)c >= 0x80 || cxm_is_letter(c) || cxm_is_digit(c) || c == '\'' || c == '-';
}

/* Behind the class of characters that begins at `at`; the length of `text` where it does not end,
 * or holds what is not looked into. */
static size_t class_end(cxm_str text, size_t at) {
    at += at + 1 < text.len && text.ptr[at + 1] == '^' ? 2 : 1;
    for (size_t i = at; i < text.len && text.ptr[i] != '['; i++) {
        if (text.ptr[i] == '\\')
            i++;
        else if (text.ptr[i] == ']' && i > at)
            return i + 1;
    }
    return text.len;
}

/* Whether an expression means the same by itself and behind a group: no choice outside of brackets,
 * nothing that counts groups or repeats the one before, no setting, no verb. */
static bool stands_alone(cxm_str rest) {
    size_t depth = 0;
    if (rest.len && strchr("*+?{", rest.ptr[0]))
        return false;
    for (size_t i = 0; i < rest.len;) {
        char c = rest.ptr[i];
        char next = i + 1 < rest.len ? rest.ptr[i + 1] : '\0';
        size_t end = i + 1;
        if (c == '\\') {
            if (!strchr("wdsWDS.-", next))
                return false;
            end++;
        } else if (c == '[') {
            end = class_end(rest, i);
        } else if (c == '(') {
            depth++;
        } else if (c == ')' && depth) {
            depth--;
        }
        if ((c == '(' && (next == '*' || next == '?')) || (c == '|' && depth == 0) ||
            (c == '[' && rest.ptr[end - 1] != ']') || end > rest.len)
            return false;
        i = end;
    }
    return depth == 0;
}

/* Takes an expression apart into words parted by `|`, which it does not take, and what is left
 * without them. false where it does not begin with words. */
static bool take_apart(cxm_str whole, cxm_str *words, cxm_str *rest) {
    static const char begin[] = "^(?!";
    size_t at = sizeof begin - 1;
    if (whole.len < at || memcmp(whole.ptr, begin, at) != 0)
        return false;
    bool bracket = at < whole.len && whole.ptr[at] == '(';
    at += bracket;
    size_t start = at;
    while (at < whole.len && (is_plain(whole.ptr[at]) || (bracket && whole.ptr[at] == '|')))
        at++;
    *words = cxm_str_slice(whole, start, at);
    const char *end = bracket ? ")$)" : "$)";
    if (whole.len - at < strlen(end) || memcmp(whole.ptr + at, end, strlen(end)) != 0)
        return false;
    *rest = cxm_str_slice(whole, at + strlen(end), whole.len);
    return stands_alone(*rest);
}

/* The expression `^rest`, in the arena of the lexicon. `ptr` NULL where there is no memory. */
static cxm_str from_start(cxm_lexicon *lexicon, cxm_str rest) {
    char *text = cxm_arena_take(&lexicon->arena, rest.len + 1, 1);
    if (!text)
        return (cxm_str){NULL, 0};
    text[0] = '^';
    memcpy(text + 1, rest.ptr, rest.len);
    return (cxm_str){text, rest.len + 1};
}

/* The number of an expression among those of the lexicon, compiled when it is new. */
static cxm_status number_of(cxm_regex_maker *self, cxm_str text, uint32_t *number, char *message,
                            size_t *offset) {
    cxm_lexicon *lexicon = self->lexicon;
    const uint32_t *known = cxm_table_find(&self->numbers, text);
    if (known) {
        *number = *known;
        return CXM_OK;
    }
    void *items = lexicon->regexes;
    if (!cxm_array_reserve(&lexicon->allocator, &items, &lexicon->regex_capacity,
                           lexicon->regex_count + 1, sizeof *lexicon->regexes))
        return CXM_E_NOMEM;
    lexicon->regexes = items;
    cxm_word_regex *added = &lexicon->regexes[lexicon->regex_count];
    *added = (cxm_word_regex){0};
    cxm_status status =
        cxm_regex_compile(text, &lexicon->allocator, &added->regex, message, offset);
    if (status != CXM_OK)
        return status;
    cxm_regex_beginnings(added->regex, self->scratch, added->beginnings);
    added->needed = cxm_regex_needs(added->regex);
    *number = (uint32_t)lexicon->regex_count++;
    return cxm_table_add(&self->numbers, text, *number, NULL) ? CXM_OK : CXM_E_NOMEM;
}

static cxm_status add_listing(cxm_regex_maker *self, cxm_listing **listings, size_t *count,
                              size_t *capacity, cxm_listing listing) {
    void *items = *listings;
    if (!cxm_array_reserve(&self->lexicon->allocator, &items, capacity, *count + 1,
                           sizeof **listings))
        return CXM_E_NOMEM;
    *listings = items;
    (*listings)[(*count)++] = listing;
    return CXM_OK;
}

/* Notes that words parted by `|` do not satisfy a primitive. */
static cxm_status except(cxm_regex_maker *self, cxm_str words, uint32_t primitive) {
    cxm_table *excepted = &self->lexicon->excepted;
    for (size_t at = 0; at <= words.len;) {
        size_t end = at;
        while (end < words.len && words.ptr[end] != '|')
            end++;
        const uint32_t *number =
            cxm_table_add(excepted, cxm_str_slice(words, at, end), (uint32_t)excepted->count, NULL);
        cxm_status status =
            number ? add_listing(self, &self->exceptions, &self->exception_count,
                                 &self->exception_capacity, (cxm_listing){*number, primitive})
                   : CXM_E_NOMEM;
        if (status != CXM_OK)
            return status;
        at = end + 1;
    }
    return CXM_OK;
}

/* Compiles what is left of an expression without the words that it does not take. CXM_E_SYNTAX
 * where it cannot be taken apart, or is wrong. */
static cxm_status add_apart(cxm_regex_maker *self, cxm_str text, uint32_t primitive,
                            uint32_t *number) {
    char message[128];
    size_t offset;
    cxm_str words;
    cxm_str rest;
    if (!take_apart(text, &words, &rest))
        return CXM_E_SYNTAX;
    cxm_str whole = from_start(self->lexicon, rest);
    cxm_status status = whole.ptr ? number_of(self, whole, number, message, &offset) : CXM_E_NOMEM;
    return status == CXM_OK ? except(self, words, primitive) : status;
}

cxm_status cxm_regex_add(cxm_regex_maker *self, cxm_str text, uint32_t primitive, char message[128],
                         size_t *offset) {
    uint32_t number;
    cxm_str kept = cxm_arena_copy(&self->lexicon->arena, text);
    cxm_status status = kept.ptr ? add_apart(self, kept, primitive, &number) : CXM_E_NOMEM;
    if (status == CXM_E_SYNTAX)
        status = number_of(self, kept, &number, message, offset);
    if (status == CXM_OK)
        status = add_listing(self, &self->tests, &self->test_count, &self->test_capacity,
                             (cxm_listing){number, primitive});
    return status;
}

cxm_status cxm_regexes_finish(cxm_regex_maker *self) {
    cxm_lexicon *lexicon = self->lexicon;
    cxm_status status = cxm_lists_make(lexicon, self->tests, self->test_count, lexicon->regex_count,
                                       &lexicon->primitives_of_regex);
    if (status == CXM_OK)
        status = cxm_lists_make(lexicon, self->exceptions, self->exception_count,
                                lexicon->excepted.count, &lexicon->primitives_excepted);
    return status;
}
