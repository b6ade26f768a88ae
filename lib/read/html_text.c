/* SPDX-License-Identifier: MIT */
#include "read/html_text.h"

#include "base/str.h"
#include "base/utf8.h"
#include "text/entity.h"

enum { LONGEST_TAG = 4096 /* bytes */ };

/* A text in the making. What is written is never longer than what was read. */
typedef struct writing {
    char *ptr;
    size_t len;
    bool blank; /* white space comes before the next character */
    bool line;  /* and it is a line end */
} writing;

static void put(writing *self, const char *bytes, size_t len) {
    if (self->len && (self->blank || self->line))
        self->ptr[self->len++] = self->line ? '\n' : ' ';
    self->blank = self->line = false;
    memcpy(self->ptr + self->len, bytes, len);
    self->len += len;
}

/* The name of a tag, behind its "<" and "/". */
static cxm_str tag_name(cxm_str tag) {
    size_t at = tag.len && tag.ptr[0] == '/';
    size_t end = at;
    while (end < tag.len && (cxm_is_letter(tag.ptr[end]) || cxm_is_digit(tag.ptr[end])))
        end++;
    return cxm_str_slice(tag, at, end);
}

static bool is_one_of(cxm_str name, const char *const *names) {
    for (; *names; names++)
        if (cxm_str_equal_nocase(name, cxm_str_from(*names)))
            return true;
    return false;
}

/* Where an element that is left out with its content ends: behind its end tag. */
static size_t content_end(cxm_str html, size_t at, cxm_str name) {
    for (; at + 2 + name.len <= html.len; at++)
        if (html.ptr[at] == '<' && html.ptr[at + 1] == '/' &&
            cxm_str_equal_nocase(cxm_str_slice(html, at + 2, at + 2 + name.len), name))
            return at;
    return html.len;
}

/* Where a comment that starts at `at` ends. */
static size_t comment_end(cxm_str html, size_t at) {
    for (at += 4; at + 3 <= html.len; at++)
        if (memcmp(html.ptr + at, "-->", 3) == 0)
            return at + 3;
    return html.len;
}

/* Where the ">" of a tag is; quotes may have others in them. NULL: there is none. */
static const char *tag_end(cxm_str rest) {
    char quote = 0;
    for (size_t i = 0; i < rest.len; i++) {
        char c = rest.ptr[i];
        if (c == '>' && !quote)
            return rest.ptr + i;
        if (quote ? c == quote : (c == '"' || c == '\'') && i > 0 && rest.ptr[i - 1] == '=')
            quote = quote ? 0 : c;
    }
    return rest.len ? memchr(rest.ptr, '>', rest.len) : NULL;
}

/* Passes a tag at `at`; returns where it ends, or `at` where it is none ("a < b"). */
static size_t pass_tag(writing *out, cxm_str html, size_t at) {
    static const char *const lines[] = {"br", "p",  "div", "li", "tr", "ul", "ol",         "h1",
                                        "h2", "h3", "h4",  "h5", "h6", "hr", "blockquote", NULL};
    static const char *const hidden[] = {"script", "style", "head", "title", NULL};
    cxm_str rest = cxm_str_slice(html, at + 1, html.len);
    if (rest.len >= 3 && memcmp(rest.ptr, "!--", 3) == 0)
        return comment_end(html, at);
    rest.len = rest.len < LONGEST_TAG ? rest.len : LONGEST_TAG;
    char first = rest.len ? rest.ptr[rest.ptr[0] == '/' && rest.len > 1] : ' ';
    const char *end = tag_end(rest);
    if ((!cxm_is_letter(first) && first != '!') || !end)
        return at;
    cxm_str name = tag_name(cxm_str_slice(rest, 0, (size_t)(end - rest.ptr)));
    size_t behind = at + 2 + (size_t)(end - rest.ptr);
    if (is_one_of(name, lines))
        out->line = true;
    if (rest.ptr[0] != '/' && end[-1] != '/' && is_one_of(name, hidden))
        return content_end(html, behind, name);
    return behind;
}

static size_t pass_entity(writing *out, cxm_str html, size_t at) {
    uint32_t code_point;
    char bytes[4];
    size_t used = cxm_entity_scan(cxm_str_slice(html, at, html.len), &code_point);
    if (used == 0)
        return at;
    if (code_point == 0xA0) /* a blank that does not break is a blank */
        out->blank = true;
    else
        put(out, bytes, cxm_utf8_encode(code_point, bytes));
    return at + used;
}

bool cxm_html_text(cxm_str html, cxm_arena *arena, cxm_str *out) {
    *out = html;
    if (html.len == 0 || (!memchr(html.ptr, '<', html.len) && !memchr(html.ptr, '&', html.len)))
        return true;
    /* One byte more than there are: a blank before the first character that a tag stood for. */
    writing text = {.ptr = cxm_arena_take(arena, html.len + 1, 1)};
    if (!text.ptr)
        return false;
    for (size_t at = 0; at < html.len;) {
        char c = html.ptr[at];
        size_t behind = c == '<'   ? pass_tag(&text, html, at)
                        : c == '&' ? pass_entity(&text, html, at)
                                   : at;
        if (behind == at) {
            if (cxm_is_space(c))
                text.blank = true;
            else
                put(&text, html.ptr + at, 1);
            behind++;
        }
        at = behind;
    }
    *out = (cxm_str){text.ptr, text.len};
    return true;
}
