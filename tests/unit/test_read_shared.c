/* SPDX-License-Identifier: MIT */
/*
 * Real samples from outside, which may not be copied here: tests/read/shared.txt says what each is
 * read as, in numbers. It was checked by hand. UPDATE=1 writes it. Skipped where the samples are
 * not.
 *
 *     srt/sample.srt: srt, 1 conversation, 5 turns, 2 speakers, 75 bytes, 0.5-23.88, 1 skipped, 2
 * problems
 */
#include "reading.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "read/cues.h"
#include "read/json.h"

/* The folders whose samples are not JSON. */
static const char *const folders[] = {
    "google_ccai_insights",  "podcast_namespace", "srt_encodings_pysrt", "vtt_conformance_vttjs",
    "vtt_srt_sbv_webvtt-py", "whisper",           "whisper_timestamped"};

static bool ends_with(const char *name, const char *end) {
    size_t len = strlen(name);
    size_t size = strlen(end);
    return len >= size && strcmp(name + len - size, end) == 0;
}

/* What is known of all conversations of a file. */
typedef struct facts {
    size_t conversations;
    size_t turns;
    size_t speakers;
    size_t bytes;
    size_t skipped;
    size_t problems;
    double first;
    double last;
} facts;

static void add_transcript(facts *self, const cxm_transcript *transcript) {
    self->conversations++;
    self->turns += cxm_transcript_turn_count(transcript);
    self->speakers += cxm_transcript_speaker_count(transcript);
    for (size_t i = 0; i < cxm_transcript_turn_count(transcript); i++) {
        const cxm_turn *turn = cxm_transcript_turn(transcript, i);
        self->bytes += turn->text.len;
        if (turn->start >= 0 && (self->first < 0 || turn->start < self->first))
            self->first = turn->start;
        self->last = turn->end > self->last ? turn->end : self->last;
    }
    for (size_t i = 0; i < cxm_transcript_skipped_count(transcript); i++)
        self->skipped += cxm_transcript_skipped(transcript, i)->count;
}

static void read_facts(cxm_reader *reader, facts *sum) {
    cxm_transcript *transcript = NULL;
    do {
        bool failed = cxm_reader_next(reader, &transcript, NULL) != CXM_OK;
        const cxm_problem *problem;
        for (size_t i = 0; (problem = cxm_reader_problem(reader, i)) != NULL; i++)
            sum->problems += problem->count;
        sum->problems += failed;
        if (transcript)
            add_transcript(sum, transcript);
        cxm_transcript_free(transcript);
        if (failed)
            return; /* of what is tested here, nothing goes on behind an error */
    } while (transcript);
}

static void add_line(cxm_buffer *out, const char *folder, const char *name, const char *format,
                     const facts *sum) {
    char line[512];
    snprintf(line, sizeof line,
             "%s/%s: %s, %zu conversations, %zu turns, %zu speakers, %zu bytes, %g-%g, "
             "%zu skipped, %zu problems\n",
             folder, name, format, sum->conversations, sum->turns, sum->speakers, sum->bytes,
             sum->first, sum->last, sum->skipped, sum->problems);
    cxm_buffer_add_text(out, line);
}

static void add_file(cxm_buffer *out, const char *folder, const char *name) {
    facts sum = {.first = CXM_TIME_UNKNOWN, .last = CXM_TIME_UNKNOWN};
    const char *format = "none";
    cxm_reader *reader;
    size_t len;
    char *bytes = load_shared(folder, name, &len);
    ck_assert_ptr_nonnull(bytes);
    if (cxm_reader_new((cxm_str){bytes, len}, NULL, &reader, NULL) == CXM_OK) {
        format = cxm_reader_format(reader);
        read_facts(reader, &sum);
    }
    add_line(out, folder, name, format, &sum);
    cxm_reader_free(reader);
    free(bytes);
}

START_TEST(real_samples_are_read_as_checked_by_hand) {
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    cxm_buffer out;
    cxm_buffer_init(&out, &allocator);
    for (size_t i = 0; i < COUNT(folders); i++) {
        file_list files = list_shared(folders[i]);
        for (size_t j = 0; j < files.count; j++)
            if (!ends_with(files.names[j], ".json") && !ends_with(files.names[j], ".py"))
                add_file(&out, folders[i], files.names[j]);
        free_files(&files);
    }
    compare_shared(&out, CXM_SAMPLES "/../shared.txt");
    cxm_buffer_clear(&out);
}
END_TEST

/*
 * The next cue of those whose times can be read; NULL behind the last. vtt.js does not find the one
 * whose identifier is an arrow, though the W3C's rules do: no other cue starts so.
 */
static const cxm_cue *next_cue(const char *name, const cxm_cues *cues, size_t *at) {
    bool has_more = strcmp(name, "integration__id.vtt") == 0;
    while (*at < cues->count &&
           (cues->items[*at].start < 0 || (has_more && cxm_str_is(cues->items[*at].text, "Test"))))
        ++*at;
    return *at < cues->count ? &cues->items[(*at)++] : NULL;
}

static void compare_cue(const char *name, const cxm_json_value *expected, const cxm_cue *cue) {
    static const cxm_str keys[] = {{"startTime", 9}, {"endTime", 7}, {"text", 4}};
    const cxm_json_value *found[3];
    ck_assert_msg(cue, "%s: a cue is missing", name);
    cxm_json_members(expected, keys, 3, found);
    ck_assert_double_eq(cue->start, found[0]->number);
    ck_assert_double_eq(cue->end, found[1]->number);
    ck_assert_msg(cxm_str_equal(cue->text, found[2]->text), "%s: '%.*s', not '%.*s'", name,
                  (int)cue->text.len, cue->text.ptr, (int)found[2]->text.len, found[2]->text.ptr);
}

/* Compares the cues of a file with those that the test suite it comes from expects; how many. */
static size_t compare_cues(const char *name, cxm_json *json, cxm_str expected, cxm_str text) {
    static const cxm_str key = {"cues", 4};
    cxm_reader reader = {.allocator = cxm_allocator_or_default(NULL)};
    const cxm_json_value *root;
    const cxm_json_value *cues;
    cxm_json_failure failure;
    cxm_segments all;
    cxm_cues found;
    size_t at = 0;
    size_t count = 0;
    ck_assert_int_eq(cxm_json_parse(json, expected, expected.len, &root, &failure), CXM_OK);
    cxm_json_members(root, &key, 1, &cues);
    cxm_segments_init(&all, &reader);
    cxm_cues_init(&found, &all, NULL, text);
    cxm_vtt_parse(&found);
    const cxm_json_value *cue = cues ? cxm_json_first(cues) : NULL;
    for (; cue; cue = cxm_json_next(cues, cue)) {
        compare_cue(name, cue, next_cue(name, &found, &at));
        count++;
    }
    ck_assert_msg(!cues || !next_cue(name, &found, &at), "%s: a cue too many", name);
    cxm_cues_clear(&found);
    cxm_segments_clear(&all);
    return count;
}

START_TEST(cues_are_those_of_the_conformance_tests) {
    static const char folder[] = "vtt_conformance_vttjs";
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    cxm_json *json;
    size_t cues = 0;
    size_t compared = 0;
    file_list files = list_shared(folder);
    ck_assert_int_eq(cxm_json_new(&allocator, &json), CXM_OK);
    for (size_t i = 0; i < files.count; i++) {
        char name[256];
        size_t len;
        size_t text_len;
        if (!ends_with(files.names[i], ".json") || ends_with(files.names[i], "-proc.json"))
            continue;
        snprintf(name, sizeof name, "%.*s.vtt", (int)(strlen(files.names[i]) - 5), files.names[i]);
        char *expected = load_shared(folder, files.names[i], &len);
        char *text = load_shared(folder, name, &text_len);
        if (text) {
            cues += compare_cues(name, json, (cxm_str){expected, len}, (cxm_str){text, text_len});
            compared++;
        }
        free(expected);
        free(text);
    }
    printf("%zu cues of %zu files compared\n", cues, compared);
    ck_assert(files.count == 0 || cues > 0);
    cxm_json_free(json);
    free_files(&files);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("read_shared");
    TCase *tests = tcase_create("samples");
    tcase_add_test(tests, real_samples_are_read_as_checked_by_hand);
    tcase_add_test(tests, cues_are_those_of_the_conformance_tests);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
