/* SPDX-License-Identifier: MIT */
#include "text/role_cues.h"

#include "base/str.h"
#include "text/fold.h"

void cxm_role_cues_init(cxm_role_cues *self, const cxm_allocator *allocator) {
    *self = (cxm_role_cues){.allocator = *allocator};
    cxm_arena_init(&self->keys, allocator);
    cxm_table_init(&self->sequences, allocator);
}

void cxm_role_cues_clear(cxm_role_cues *self) {
    cxm_allocator allocator = self->allocator;
    cxm_release(&allocator, self->weights, self->capacity * sizeof *self->weights);
    cxm_table_clear(&self->sequences);
    cxm_arena_clear(&self->keys);
    cxm_role_cues_init(self, &allocator);
}

/* Gives a sequence a weight, unless it has one. */
static bool set_weight(cxm_role_cues *self, cxm_str sequence, double weight) {
    uint32_t *index = cxm_table_find(&self->sequences, sequence);
    if (index) {
        if (self->weights[*index] == 0)
            self->weights[*index] = weight;
        return true;
    }
    void *items = self->weights;
    if (!cxm_array_reserve(&self->allocator, &items, &self->capacity, self->count + 1,
                           sizeof *self->weights))
        return false;
    self->weights = items;
    cxm_str key = cxm_arena_copy(&self->keys, sequence);
    if (!key.ptr || !cxm_table_add(&self->sequences, key, (uint32_t)self->count, NULL))
        return false;
    self->weights[self->count++] = weight;
    return true;
}

bool cxm_role_cues_add(cxm_role_cues *self, cxm_str cue, double weight) {
    for (size_t i = 0; i < cue.len; i++)
        if (cue.ptr[i] == ' ' && !set_weight(self, cxm_str_slice(cue, 0, i), 0))
            return false;
    return set_weight(self, cue, weight);
}

size_t cxm_role_cues_next(const cxm_role_cues *self, cxm_cue_key *key, cxm_str word) {
    size_t blank = key->len > 0;
    if (word.len == 0 || blank + word.len > sizeof key->text - key->len)
        return SIZE_MAX;
    if (blank)
        key->text[key->len++] = ' ';
    memcpy(key->text + key->len, word.ptr, word.len);
    key->len += word.len;
    const uint32_t *index = cxm_table_find(&self->sequences, (cxm_str){key->text, key->len});
    return index ? *index : SIZE_MAX;
}

bool cxm_cue_word(cxm_str word, cxm_cue_key *out) {
    cxm_folded folded;
    out->len = 0;
    if (word.len > CXM_CUE_MAX_BYTES / 2 || !cxm_fold(word, &folded))
        return false;
    if (folded.len && cxm_is_digit(folded.text[0])) {
        out->text[out->len++] = '0';
        return true;
    }
    for (size_t i = 0; i < folded.len && out->len < sizeof out->text; i++)
        if (folded.text[i] != '\'')
            out->text[out->len++] = folded.text[i];
    return out->len > 0;
}
