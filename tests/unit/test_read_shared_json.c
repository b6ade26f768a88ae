/* SPDX-License-Identifier: MIT */
/*
 * Real JSON of vendors, which may not be copied here: tests/read/shared-json.txt says what each is
 * read as: numbers, and who begins and ends with which words. It was checked by hand against the
 * files. UPDATE=1 writes it. Skipped where the samples are not. Each sample is also cut at chance
 * places: it never turns into something else.
 */
#include "reading.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/memory.h"

static const char *const folders[] = {"abcd",
                                      "amazon_connect_contact_lens",
                                      "amazon_transcribe",
                                      "amazon_transcribe_call_analytics",
                                      "assemblyai",
                                      "azure_ckm",
                                      "deepgram",
                                      "google_ccai_insights",
                                      "harper_valley",
                                      "podcast_namespace",
                                      "taskmaster",
                                      "whisper",
                                      "whisper_timestamped"};

static bool is_json(const char *name) {
    const char *end = strrchr(name, '.');
    return end && strcmp(end, ".json") == 0;
}

/* "AGENT (agent) 0.04-5.05 of 120 bytes: Thank you for" */
static void add_turn(cxm_buffer *out, const char *which, const cxm_turn *turn) {
    enum { SHOWN = 18 };
    char line[200];
    size_t shown = turn->text.len < SHOWN ? turn->text.len : SHOWN;
    while (shown && ((unsigned char)turn->text.ptr[shown - 1] & 0x80))
        shown--;
    snprintf(line, sizeof line, "  %s: %.*s (%s%s%s) %g-%g, %zu bytes, %zu marks: %.*s\n", which,
             (int)turn->speaker.len, turn->speaker.len ? turn->speaker.ptr : "",
             cxm_role_name(turn->role), turn->kind ? ", " : "",
             turn->kind ? cxm_turn_kind_name(turn->kind) : "", turn->start, turn->end,
             turn->text.len, turn->mark_count, (int)shown, turn->text.ptr);
    cxm_buffer_add_text(out, line);
}

static void add_transcript(cxm_buffer *out, const cxm_transcript *transcript) {
    char line[300];
    size_t count = cxm_transcript_turn_count(transcript);
    size_t bytes = 0;
    size_t skipped = 0;
    for (size_t i = 0; i < count; i++)
        bytes += cxm_transcript_turn(transcript, i)->text.len;
    for (size_t i = 0; i < cxm_transcript_skipped_count(transcript); i++)
        skipped += cxm_transcript_skipped(transcript, i)->count;
    cxm_str id = cxm_transcript_id(transcript);
    snprintf(line, sizeof line, " %.*s: %zu turns, %zu speakers, %zu bytes, %zu skipped\n",
             (int)id.len, id.len ? id.ptr : "", count, cxm_transcript_speaker_count(transcript),
             bytes, skipped);
    cxm_buffer_add_text(out, line);
    if (count) {
        add_turn(out, "first", cxm_transcript_turn(transcript, 0));
        add_turn(out, "last", cxm_transcript_turn(transcript, count - 1));
    }
}

/* Reads a sample, shows it, and returns the name of its format, to be freed. */
static char *add_file(cxm_buffer *out, const char *folder, const char *name, cxm_str bytes) {
    char line[400];
    cxm_reader *reader;
    cxm_transcript *transcript;
    ck_assert_int_eq(cxm_reader_new(bytes, NULL, &reader, NULL), CXM_OK);
    char *format = strdup(cxm_reader_format(reader));
    snprintf(line, sizeof line, "%s/%s: %s\n", folder, name, format);
    cxm_buffer_add_text(out, line);
    while (cxm_reader_next(reader, &transcript, NULL) == CXM_OK && transcript) {
        ck_assert_msg(!cxm_reader_problem(reader, 0), "%s", name);
        add_transcript(out, transcript);
        cxm_transcript_free(transcript);
    }
    cxm_reader_free(reader);
    return format;
}

/* What is cut off is the same, or JSON that does not say yet what it is. */
static void check_cuts(const char *name, const char *format, cxm_str bytes, uint64_t *seed) {
    int cuts = (int)rounds(20);
    for (int i = 0; i < cuts; i++) {
        cxm_reader *reader;
        size_t len = 3 + random_below(seed, (uint32_t)bytes.len - 3);
        if (cxm_reader_new((cxm_str){bytes.ptr, len}, NULL, &reader, NULL) != CXM_OK)
            continue;
        const char *found = cxm_reader_format(reader);
        ck_assert_msg(strcmp(found, format) == 0 || strcmp(found, "json") == 0 ||
                          strcmp(found, "plain") == 0,
                      "%s cut at %zu: %s", name, len, found);
        cxm_reader_free(reader);
    }
}

START_TEST(real_samples_are_read_as_checked_by_hand) {
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    cxm_buffer out;
    uint64_t seed = 4;
    cxm_buffer_init(&out, &allocator);
    for (size_t i = 0; i < COUNT(folders); i++) {
        file_list files = list_shared(folders[i]);
        for (size_t j = 0; j < files.count; j++) {
            size_t len;
            if (!is_json(files.names[j]))
                continue;
            char *bytes = load_shared(folders[i], files.names[j], &len);
            ck_assert_ptr_nonnull(bytes);
            char *format = add_file(&out, folders[i], files.names[j], (cxm_str){bytes, len});
            check_cuts(files.names[j], format, (cxm_str){bytes, len}, &seed);
            free(format);
            free(bytes);
        }
        free_files(&files);
    }
    compare_shared(&out, CXM_SAMPLES "/../shared-json.txt");
    cxm_buffer_clear(&out);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("read_shared_json");
    TCase *tests = tcase_create("samples");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, real_samples_are_read_as_checked_by_hand);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
