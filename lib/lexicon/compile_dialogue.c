/* SPDX-License-Identifier: MIT */
/* Dialogues of tests: texts of lines as "agent: Hello", read into the lines of a conversation. */
#include "base/str.h"
#include "lexicon/compile.h"
#include "lexicon/pack_reader.h"

/* The speaker before the colon: a role, and maybe more to tell two of a role apart. */
static bool read_speaker(cxm_str label, cxm_dialogue_line *line) {
    const char *blank = label.len ? memchr(label.ptr, ' ', label.len) : NULL;
    cxm_str role = label;
    if (blank)
        role.len = (size_t)(blank - label.ptr);
    line->speaker = label;
    return cxm_role_parse(role, &line->role);
}

/* One line of the text; `at` is its first byte. */
static cxm_status read_line(cxm_behavior_maker *self, const cxm_pack_scalar *scalar, cxm_str text,
                            size_t at, cxm_dialogue_line *out) {
    const char *colon = memchr(text.ptr, ':', text.len);
    size_t end = colon ? (size_t)(colon - text.ptr) : 0;
    cxm_str label = cxm_str_trim(cxm_str_slice(text, 0, end));
    if (!colon || !read_speaker(label, out))
        return cxm_pack_report(self->pack, CXM_E_SYNTAX, scalar, at,
                               "no line of a dialogue; expected one as 'agent: Hello', with "
                               "agent, customer, bot, other or unknown before the colon");
    out->text = cxm_str_trim(cxm_str_slice(text, end + 1, text.len));
    return CXM_OK;
}

static cxm_status read_lines(cxm_behavior_maker *self, const cxm_pack_scalar *scalar, cxm_str text,
                             cxm_dialogue_line *lines, size_t *count) {
    cxm_status status = CXM_OK;
    for (size_t at = 0, end; at < text.len && !status; at = end + 1) {
        const char *newline = memchr(text.ptr + at, '\n', text.len - at);
        end = newline ? (size_t)(newline - text.ptr) : text.len;
        cxm_str line = cxm_str_slice(text, at, end);
        if (cxm_str_trim(line).len)
            status = read_line(self, scalar, line, at, &lines[(*count)++]);
    }
    return status;
}

static cxm_status add_dialogue(cxm_behavior_maker *self, const cxm_pack_scalar *scalar,
                               cxm_dialogue dialogue) {
    cxm_lexicon *lexicon = self->lexicon;
    cxm_str text = cxm_arena_copy(&lexicon->arena, scalar->text);
    dialogue.file = cxm_arena_copy(&lexicon->arena, scalar->file->name);
    dialogue.line = scalar->line;
    size_t most = 1;
    if (!text.ptr || !dialogue.file.ptr)
        return CXM_E_NOMEM;
    for (size_t i = 0; i < text.len; i++)
        most += text.ptr[i] == '\n';
    cxm_dialogue_line *lines = CXM_ARENA_ARRAY(&lexicon->arena, cxm_dialogue_line, most);
    if (!lines)
        return CXM_E_NOMEM;
    dialogue.lines = lines;
    cxm_status status = read_lines(self, scalar, text, lines, &dialogue.line_count);
    lexicon->dialogues[lexicon->dialogue_count++] = dialogue;
    return status;
}

cxm_status cxm_compile_dialogues(cxm_behavior_maker *self, const cxm_pack_list *list,
                                 cxm_dialogue kind) {
    for (size_t i = 0; i < list->count; i++)
        if (add_dialogue(self, &list->items[i], kind) == CXM_E_NOMEM)
            return CXM_E_NOMEM;
    return CXM_OK;
}
