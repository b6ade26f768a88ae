/* SPDX-License-Identifier: MIT */
#include "write/counter.h"

#include "base/error.h"
#include "base/str.h"

#include <string.h>

static cxm_status copy_key(cxm_counter *self, cxm_error *error) {
    self->options.key = cxm_arena_copy(&self->names, self->options.key);
    return self->options.key.ptr ? CXM_OK : cxm_fail_memory(error);
}

cxm_status cxm_counter_new(const cxm_counter_options *options, cxm_counter **out,
                           cxm_error *error) {
    cxm_counter_options chosen = CXM_COUNTER_OPTIONS_INIT;
    *out = NULL;
    if (!cxm_options_read(&chosen, sizeof chosen, options))
        return cxm_fail(error, CXM_E_ARGUMENT, "struct_size of the options is not set");
    cxm_allocator allocator = cxm_allocator_or_default(chosen.allocator);
    cxm_counter *self = cxm_allocate(&allocator, sizeof *self);
    if (!self)
        return cxm_fail_memory(error);
    self->allocator = allocator;
    self->options = chosen;
    cxm_arena_init(&self->names, &allocator);
    cxm_table_init(&self->numbers, &allocator);
    cxm_buffer_init(&self->out, &allocator);
    cxm_status status = copy_key(self, error);
    if (status) {
        cxm_counter_free(self);
        return status;
    }
    *out = self;
    return CXM_OK;
}

void cxm_counter_free(cxm_counter *self) {
    if (!self)
        return;
    cxm_allocator allocator = self->allocator;
    cxm_release(&allocator, self->groups, self->capacity * sizeof *self->groups);
    cxm_table_clear(&self->numbers);
    cxm_arena_clear(&self->names);
    cxm_buffer_clear(&self->out);
    cxm_release(&allocator, self, sizeof *self);
}

/* The group of that name, new or not; NULL where there is no memory. */
static cxm_group *group_of(cxm_counter *self, cxm_str name) {
    void *items = self->groups;
    const uint32_t *known = cxm_table_find(&self->numbers, name);
    if (known)
        return &self->groups[*known];
    cxm_str copy = cxm_arena_copy(&self->names, name);
    if (!copy.ptr || !cxm_array_reserve(&self->allocator, &items, &self->capacity, self->count + 1,
                                        sizeof *self->groups))
        return NULL;
    self->groups = items;
    if (!cxm_table_add(&self->numbers, copy, (uint32_t)self->count, NULL))
        return NULL;
    self->groups[self->count] = (cxm_group){.name = copy};
    return &self->groups[self->count++];
}

/* Counts the conversation at hand for a group, once, and words in it. */
static cxm_group *see(cxm_counter *self, cxm_str name, size_t words) {
    cxm_group *group = group_of(self, name);
    if (!group)
        return NULL;
    if (group->last_seen != self->conversations + 1) {
        group->last_seen = self->conversations + 1;
        group->conversations++;
    }
    group->words += words;
    return group;
}

static bool match(cxm_counter *self, cxm_str name) {
    cxm_group *group = see(self, name, 0);
    if (!group)
        return false;
    group->matches++;
    if (group->last_found != self->conversations + 1) {
        group->last_found = self->conversations + 1;
        group->found++;
    }
    return true;
}

static cxm_str meta_value(const cxm_counter *self, const cxm_transcript *transcript) {
    for (size_t i = 0; i < cxm_transcript_meta_count(transcript); i++) {
        const cxm_meta *meta = cxm_transcript_meta(transcript, i);
        if (cxm_str_equal(meta->key, self->options.key) && meta->value.len)
            return meta->value;
    }
    return CXM_STR("(none)");
}

/* The one group of a whole conversation. */
static cxm_str name_of_whole(const cxm_counter *self, const cxm_transcript *transcript) {
    if (self->options.by == CXM_BY_META)
        return meta_value(self, transcript);
    if (self->options.by == CXM_BY_FILE)
        return cxm_transcript_source(transcript);
    return CXM_STR("all");
}

static cxm_str speaker_name(const cxm_transcript *transcript, size_t speaker) {
    cxm_str label = cxm_transcript_speaker(transcript, speaker);
    return label.len ? label : CXM_STR("(no agent)");
}

/* The group that a match is of. */
static cxm_str name_of(const cxm_counter *self, const cxm_transcript *transcript,
                       const cxm_result *result, const cxm_finding *finding) {
    if (self->options.by == CXM_BY_AGENT)
        return speaker_name(transcript, finding->agent);
    if (self->options.by == CXM_BY_ROLE)
        return finding->turn == CXM_NONE
                   ? CXM_STR("(conversation)")
                   : cxm_str_from(cxm_role_name(result->roles[finding->turn]));
    return name_of_whole(self, transcript);
}

/* The groups that a conversation is of, whatever was found. */
static bool see_all(cxm_counter *self, const cxm_transcript *transcript, const cxm_result *result) {
    cxm_group_by by = self->options.by;
    bool good = true;
    if (by != CXM_BY_AGENT && by != CXM_BY_ROLE)
        return see(self, name_of_whole(self, transcript), result->word_count) != NULL;
    for (size_t i = 0; i < result->turn_count && good; i++) {
        if (by == CXM_BY_AGENT && result->roles[i] != CXM_ROLE_AGENT)
            continue;
        cxm_str name = by == CXM_BY_ROLE
                           ? cxm_str_from(cxm_role_name(result->roles[i]))
                           : speaker_name(transcript, cxm_transcript_speaker_of(transcript, i));
        good = see(self, name, result->turn_words[i]) != NULL;
    }
    return good;
}

cxm_status cxm_counter_add(cxm_counter *self, const cxm_transcript *transcript,
                           const cxm_result *result, const cxm_answer *answer, cxm_error *error) {
    bool good = see_all(self, transcript, result);
    for (size_t i = 0; i < answer->finding_count && good; i++)
        good = match(self, name_of(self, transcript, result, &answer->findings[i]));
    if (!good)
        return cxm_fail_memory(error);
    self->matches += answer->finding_count;
    self->conversations++;
    return CXM_OK;
}

size_t cxm_counter_matches(const cxm_counter *self) {
    return self->matches;
}

double cxm_group_share(const cxm_group *self) {
    return self->conversations ? (double)self->found / (double)self->conversations : 0;
}

double cxm_group_rate(const cxm_group *self) {
    return self->words ? (double)self->matches / (double)self->words : 0;
}

/* The low end of an interval: few observations are no reason to come first. */
static double least_share(const cxm_group *self) {
    return cxm_wilson(self->found, self->conversations).low;
}

static double least_rate(const cxm_group *self) {
    size_t matches = self->matches < self->words ? self->matches : self->words;
    return cxm_wilson(matches, self->words).low;
}

static double key_of(const cxm_counter *self, const cxm_group *group) {
    switch (self->options.sort) {
    case CXM_SORT_NAME:
        return 0;
    case CXM_SORT_MATCHES:
        return (double)group->matches;
    case CXM_SORT_SHARE:
        return least_share(group);
    case CXM_SORT_RATE:
        return least_rate(group);
    }
    return 0;
}

/* The larger first, then by name. */
static bool is_before(const cxm_counter *self, const cxm_group *a, const cxm_group *b) {
    double key_a = key_of(self, a);
    double key_b = key_of(self, b);
    if (key_a > key_b || key_a < key_b)
        return key_a > key_b;
    return cxm_str_compare(a->name, b->name) < 0;
}

static void sift_down(cxm_counter *self, size_t root, size_t count) {
    cxm_group group = self->groups[root];
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && is_before(self, &self->groups[child], &self->groups[child + 1]))
            child++;
        if (!is_before(self, &group, &self->groups[child]))
            break;
        self->groups[root] = self->groups[child];
    }
    self->groups[root] = group;
}

cxm_str cxm_counter_title(const cxm_counter *self) {
    static const char *const titles[] = {"conversations", "agent", "role", "file"};
    return self->options.by == CXM_BY_META ? self->options.key
                                           : cxm_str_from(titles[self->options.by]);
}

/* Heap sort (Williams 1964): it needs no memory. Counting may go on behind it. */
static void sort(cxm_counter *self) {
    size_t count = self->count;
    for (size_t root = count / 2; root-- > 0;)
        sift_down(self, root, count);
    while (count-- > 1) {
        cxm_group last = self->groups[count];
        self->groups[count] = self->groups[0];
        self->groups[0] = last;
        sift_down(self, 0, count);
    }
    for (size_t i = 0; i < self->count; i++)
        *cxm_table_find(&self->numbers, self->groups[i].name) = (uint32_t)i;
}

cxm_status cxm_counter_write(cxm_counter *self, const char *format, cxm_str *bytes,
                             cxm_error *error) {
    static const struct {
        const char *name;
        void (*write)(cxm_counter *self, const cxm_group *groups, size_t count);
    } formats[] = {
        {"text", cxm_counter_text}, {"jsonl", cxm_counter_jsonl}, {"csv", cxm_counter_csv}};
    size_t count = self->count;
    *bytes = (cxm_str){NULL, 0};
    if (self->options.limit && count > self->options.limit)
        count = self->options.limit;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (strcmp(formats[i].name, format) != 0)
            continue;
        sort(self);
        cxm_buffer_reset(&self->out);
        formats[i].write(self, self->groups, count);
        if (self->out.failed)
            return cxm_fail_memory(error);
        *bytes = cxm_buffer_str(&self->out);
        return CXM_OK;
    }
    return cxm_fail(error, CXM_E_NOT_FOUND, "no table is called '%.60s'", format);
}
