/* SPDX-License-Identifier: MIT */
#include "read/caption.h"

#include "base/utf8.h"
#include "read/clock.h"
#include "text/entity.h"

enum { LONGEST_TAG = 512 /* bytes */ };

void cxm_caption_init(cxm_caption *self, cxm_segments *all) {
    *self = (cxm_caption){.all = all};
}

void cxm_caption_clear(cxm_caption *self) {
    cxm_release(&self->all->reader->allocator, self->times,
                self->time_capacity * sizeof *self->times);
    cxm_caption_init(self, self->all);
}

static bool has(cxm_str text, char c) {
    return text.len && memchr(text.ptr, c, text.len);
}

void cxm_caption_start(cxm_caption *self, cxm_str payload) {
    self->rest = payload;
    self->is_plain =
        !has(payload, '<') && !has(payload, '&') && !has(payload, '\r') && !has(payload, '{');
    self->room = NULL;
    self->speaker = (cxm_str){NULL, 0};
    self->is_voice = false;
    self->time_count = 0;
}

/* Digits at `*at`, at most four: how many, and their value. */
static size_t take_digits(cxm_str text, size_t *at, double *value) {
    enum { MOST = 4 };
    size_t start = *at;
    *value = 0;
    while (*at < text.len && cxm_is_digit(text.ptr[*at]) && *at - start < MOST)
        *value = *value * 10 + (text.ptr[(*at)++] - '0');
    return *at - start;
}

size_t cxm_cue_time_scan(cxm_str text, double *seconds) {
    enum { MOST_PARTS = 3, MILLISECONDS = 3, MINUTES = 2 };
    double parts[MOST_PARTS];
    size_t digits[MOST_PARTS];
    size_t count = 0;
    size_t at = 0;
    do {
        digits[count] = take_digits(text, &at, &parts[count]);
        if (digits[count] == 0 || (count > 0 && (digits[count] != 2 || parts[count] >= 60)))
            return 0;
        count++;
    } while (count < MOST_PARTS && at < text.len && text.ptr[at] == ':' && ++at);
    if (count < 2 || at >= text.len || (text.ptr[at] != '.' && text.ptr[at] != ','))
        return 0;
    if (count == MINUTES && (parts[0] >= 60 || digits[0] > 2))
        return 0;
    double fraction;
    at++;
    if (take_digits(text, &at, &fraction) != MILLISECONDS)
        return 0;
    double whole = 0;
    for (size_t i = 0; i < count; i++)
        whole = whole * 60 + parts[i];
    *seconds = (whole * 1000 + fraction) / 1000;
    return at;
}

typedef enum tag_kind {
    TAG_NONE, /* text in angle brackets */
    TAG_LOOKS,
    TAG_BREAK,
    TAG_VOICE,
    TAG_VOICE_END,
    TAG_TIME
} tag_kind;

typedef struct tag {
    tag_kind kind;
    size_t len;
    cxm_str annotation;
    double seconds;
} tag;

static bool is_time_tag(cxm_str inside) {
    for (size_t i = 0; i < inside.len; i++)
        if (!cxm_is_digit(inside.ptr[i]) && !memchr(":. ", inside.ptr[i], 3))
            return false;
    return inside.len > 0 && cxm_is_digit(inside.ptr[0]);
}

static tag_kind kind_of(cxm_str name, bool is_end) {
    static const char *const looks[] = {"c",    "i",    "b",  "u",      "ruby", "rt",
                                        "lang", "font", "em", "strong", "span", "s"};
    if (cxm_str_equal_nocase(name, CXM_STR("v")))
        return is_end ? TAG_VOICE_END : TAG_VOICE;
    if (cxm_str_equal_nocase(name, CXM_STR("br")))
        return TAG_BREAK;
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        if (cxm_str_equal_nocase(name, cxm_str_from(looks[i])))
            return TAG_LOOKS;
    return TAG_NONE;
}

/* The tag that starts the text with "<". */
static tag scan_tag(cxm_str text) {
    const char *end = memchr(text.ptr, '>', text.len < LONGEST_TAG ? text.len : LONGEST_TAG);
    if (!end || memchr(text.ptr + 1, '<', (size_t)(end - text.ptr) - 1))
        return (tag){TAG_NONE, 1, {NULL, 0}, 0};
    tag found = {.len = (size_t)(end - text.ptr) + 1};
    cxm_str inside = cxm_str_slice(text, 1, found.len - 1);
    if (is_time_tag(inside)) {
        found.kind = TAG_TIME;
        found.seconds = CXM_TIME_UNKNOWN;
        cxm_cue_time_scan(inside, &found.seconds);
        return found;
    }
    bool is_end = inside.len && inside.ptr[0] == '/';
    size_t start = is_end;
    size_t at = start;
    while (at < inside.len && !cxm_is_space(inside.ptr[at]) && inside.ptr[at] != '.' &&
           !(inside.ptr[at] == '/' && at > start))
        at++;
    found.kind = kind_of(cxm_str_slice(inside, start, at), is_end);
    while (at < inside.len && !cxm_is_space(inside.ptr[at]))
        at++; /* classes */
    found.annotation = cxm_str_trim(cxm_str_slice(inside, at, inside.len));
    if (found.kind == TAG_NONE)
        found.len = 1;
    return found;
}

static void add_time(cxm_caption *self, size_t offset, double seconds) {
    void *items = self->times;
    if (seconds < 0)
        return;
    if (!cxm_array_reserve(&self->all->reader->allocator, &items, &self->time_capacity,
                           self->time_count + 1, sizeof *self->times)) {
        self->all->failed = true;
        return;
    }
    self->times = items;
    self->times[self->time_count++] = (cxm_caption_time){offset, seconds};
}

/* Where the rest of the caption, which never gets longer by that, can be written anew. */
static char *take_room(cxm_caption *self) {
    if (!self->room)
        self->room = cxm_arena_take(&self->all->strings, self->rest.len + 1, 1);
    if (!self->room)
        self->all->failed = true;
    return self->room;
}

/* Copies text with its references decoded; the bytes written are never more than those read. */
static size_t decode(cxm_str text, char *out) {
    size_t len = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t code_point;
        size_t used = cxm_entity_scan(cxm_str_slice(text, at, text.len), &code_point);
        if (used) {
            len += cxm_utf8_encode(code_point, out + len);
            at += used;
        } else {
            out[len++] = text.ptr[at++];
        }
    }
    return len;
}

static cxm_str decode_name(cxm_caption *self, cxm_str name) {
    char *out = has(name, '&') ? take_room(self) : NULL;
    if (!out)
        return name;
    cxm_str decoded = {out, decode(name, out)};
    self->room += decoded.len;
    return decoded;
}

/* How many bytes of looks, as SubRip has them in braces ("{\an8}"), start here; 0: none. */
static size_t scan_override(cxm_str text) {
    if (text.len < 3 || text.ptr[0] != '{' || text.ptr[1] != '\\')
        return 0;
    const char *end = memchr(text.ptr, '}', text.len < LONGEST_TAG ? text.len : LONGEST_TAG);
    return end ? (size_t)(end - text.ptr) + 1 : 0;
}

/* A part in the making. */
typedef struct writing {
    char *out;
    size_t len;
} writing;

/* Takes one tag. Returns whether the part ends before what follows. */
static bool take_tag(cxm_caption *self, const tag *found, writing *part) {
    switch (found->kind) {
    case TAG_NONE:
        part->out[part->len++] = '<';
        return false;
    case TAG_BREAK:
        part->out[part->len++] = '\n';
        return false;
    case TAG_TIME:
        add_time(self, part->len, found->seconds);
        self->has_style = true;
        return false;
    case TAG_LOOKS:
        self->has_style = true;
        return false;
    case TAG_VOICE:
    case TAG_VOICE_END:
        return true;
    }
    return false;
}

/* Copies ordinary text up to what may be something else. */
static void take_text(cxm_caption *self, writing *part) {
    size_t at = 0;
    while (at < self->rest.len && !memchr("<&{\r", self->rest.ptr[at], 4))
        at++;
    memcpy(part->out + part->len, self->rest.ptr, at);
    part->len += at;
    self->rest = cxm_str_slice(self->rest, at, self->rest.len);
}

static void take_special(cxm_caption *self, writing *part) {
    uint32_t code_point;
    size_t used = cxm_entity_scan(self->rest, &code_point);
    if (used) {
        part->len += cxm_utf8_encode(code_point, part->out + part->len);
    } else if ((used = scan_override(self->rest)) != 0) {
        self->has_style = true;
    } else {
        char c = self->rest.ptr[used++];
        bool is_end = c == '\r';
        if (is_end && self->rest.len > 1 && self->rest.ptr[1] == '\n')
            used++;
        part->out[part->len++] = is_end ? '\n' : c;
    }
    self->rest = cxm_str_slice(self->rest, used, self->rest.len);
}

/* Moves over the tag of a voice: what comes next is said by somebody else. */
static void change_voice(cxm_caption *self, const tag *found) {
    self->is_voice = found->kind == TAG_VOICE;
    self->speaker = (cxm_str){NULL, 0};
    if (self->is_voice)
        self->speaker = decode_name(self, found->annotation);
    self->rest = cxm_str_slice(self->rest, found->len, self->rest.len);
}

/* Copies up to the next voice tag, or the end. */
static void take_part(cxm_caption *self, writing *part) {
    while (self->rest.len) {
        take_text(self, part);
        if (self->rest.len == 0)
            return;
        if (self->rest.ptr[0] != '<') {
            take_special(self, part);
            continue;
        }
        tag found = scan_tag(self->rest);
        if (take_tag(self, &found, part))
            return;
        self->rest = cxm_str_slice(self->rest, found.len, self->rest.len);
    }
}

bool cxm_caption_next(cxm_caption *self, cxm_caption_part *part) {
    while (self->rest.len && self->rest.ptr[0] == '<') {
        tag found = scan_tag(self->rest);
        if (found.kind != TAG_VOICE && found.kind != TAG_VOICE_END)
            break;
        change_voice(self, &found);
    }
    *part = (cxm_caption_part){.text = CXM_STR(""),
                               .speaker = self->speaker,
                               .is_voice = self->is_voice,
                               .first_time = self->time_count};
    if (self->rest.len == 0)
        return false;
    if (self->is_plain) {
        part->text = self->rest;
        self->rest.len = 0;
        return true;
    }
    writing written = {.out = take_room(self)};
    if (!written.out)
        return false;
    take_part(self, &written);
    self->room += written.len;
    part->text = (cxm_str){written.out, written.len};
    part->time_count = self->time_count - part->first_time;
    return true;
}
