/* SPDX-License-Identifier: MIT */
/*
 * What is read of any format, written as canonical JSON Lines and read again, is the same in all
 * but its source: so it gives the same results whatever they are.
 */
#include "reading.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

static void assert_str(const char *path, const char *what, cxm_str a, cxm_str b) {
    ck_assert_msg(cxm_str_equal(a, b), "%s: %s was '%.*s' and is '%.*s'", path, what, (int)a.len,
                  a.ptr, (int)b.len, b.ptr);
}

static void assert_turn(const char *path, const cxm_turn *a, const cxm_turn *b) {
    assert_str(path, "the text", a->text, b->text);
    assert_str(path, "the speaker", a->speaker, b->speaker);
    assert_str(path, "the channel", a->channel, b->channel);
    ck_assert_msg(a->role == b->role && a->role_source == b->role_source,
                  "%s: the role of '%.*s' was %d by %d and is %d by %d", path, (int)a->speaker.len,
                  a->speaker.ptr, a->role, a->role_source, b->role, b->role_source);
    ENSURE(a->kind == b->kind);
    ENSURE(a->start == b->start && a->end == b->end && a->mark_count == b->mark_count);
    for (size_t i = 0; i < a->mark_count; i++)
        ENSURE(a->marks[i].offset == b->marks[i].offset &&
               a->marks[i].seconds == b->marks[i].seconds);
}

static void assert_same(const char *path, const cxm_transcript *a, const cxm_transcript *b) {
    size_t turns = cxm_transcript_turn_count(a);
    assert_str(path, "the id", cxm_transcript_id(a), cxm_transcript_id(b));
    ck_assert_msg(turns == cxm_transcript_turn_count(b), "%s: turns", path);
    ck_assert_msg(cxm_transcript_meta_count(a) == cxm_transcript_meta_count(b), "%s: meta", path);
    ck_assert_msg(cxm_transcript_skipped_count(a) == cxm_transcript_skipped_count(b),
                  "%s: what was left out", path);
    for (size_t i = 0; i < turns; i++) {
        assert_turn(path, cxm_transcript_turn(a, i), cxm_transcript_turn(b, i));
        ENSURE(cxm_transcript_speaker_of(a, i) == cxm_transcript_speaker_of(b, i));
    }
    for (size_t i = 0; i < cxm_transcript_meta_count(a); i++) {
        assert_str(path, "a key", cxm_transcript_meta(a, i)->key, cxm_transcript_meta(b, i)->key);
        assert_str(path, "a value", cxm_transcript_meta(a, i)->value,
                   cxm_transcript_meta(b, i)->value);
    }
    for (size_t i = 0; i < cxm_transcript_skipped_count(a); i++) {
        const cxm_skipped *before = cxm_transcript_skipped(a, i);
        const cxm_skipped *behind = cxm_transcript_skipped(b, i);
        assert_str(path, "a reason", before->reason, behind->reason);
        ENSURE(before->count == behind->count);
    }
}

static void convert(const char *path, cxm_transcript_writer *writer,
                    const cxm_transcript *transcript, const cxm_reader_options *options) {
    cxm_transcript *again;
    cxm_str line;
    cxm_error error;
    ck_assert_int_eq(cxm_transcript_writer_write(writer, transcript, &line, &error), CXM_OK);
    ck_assert(line.len && memchr(line.ptr, '\n', line.len) == line.ptr + line.len - 1);
    cxm_status status = cxm_transcript_read(line, options, &again, &error);
    ck_assert_msg(status == CXM_OK, "%s: %s", path, error.message);
    assert_same(path, transcript, again);
    cxm_transcript_free(again);
}

/* Converts all that can be read of a file; how many conversations. */
static size_t convert_file(const char *path, cxm_transcript_writer *writer,
                           const cxm_lexicon *lexicon) {
    enum { MOST_ERRORS = 10 };
    cxm_reader_options options = CXM_READER_OPTIONS_INIT;
    cxm_transcript *transcript;
    cxm_reader *reader;
    size_t len;
    size_t count = 0;
    char *bytes = load_file(path, &len);
    if (!bytes)
        return 0;
    options.lexicon = lexicon;
    if (cxm_reader_new((cxm_str){bytes, len}, &options, &reader, NULL) == CXM_OK)
        for (size_t errors = 0; errors < MOST_ERRORS;) {
            if (cxm_reader_next(reader, &transcript, NULL) != CXM_OK) {
                errors++;
                continue;
            }
            if (!transcript)
                break;
            convert(path, writer, transcript, &options);
            cxm_transcript_free(transcript);
            count++;
        }
    cxm_reader_free(reader);
    free(bytes);
    return count;
}

/* Converts the files of a folder; how many conversations. */
static size_t convert_folder(const char *folder, const cxm_lexicon *lexicon) {
    cxm_transcript_writer *writer;
    file_list files = list_files(folder);
    size_t count = 0;
    ck_assert_int_eq(cxm_transcript_writer_new(NULL, &writer, NULL), CXM_OK);
    for (size_t i = 0; i < files.count; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", folder, files.names[i]);
        count += convert_file(path, writer, lexicon);
    }
    cxm_transcript_writer_free(writer);
    free_files(&files);
    return count;
}

START_TEST(own_samples_are_converted_without_a_loss) {
    cxm_lexicon *lexicon = new_builtin_lexicon();
    ck_assert_uint_gt(convert_folder(CXM_SAMPLES, lexicon), 40);
    ck_assert_uint_gt(convert_folder(CXM_SAMPLES "/../same", lexicon), 30);
    cxm_lexicon_free(lexicon);
}
END_TEST

START_TEST(real_samples_are_converted_without_a_loss) {
    cxm_lexicon *lexicon = new_builtin_lexicon();
    char folder[1024];
    size_t count = 0;
    snprintf(folder, sizeof folder, "%s/formats", shared_data());
    file_list folders = list_files(folder);
    for (size_t i = 0; i < folders.count; i++) {
        snprintf(folder, sizeof folder, "%s/formats/%s", shared_data(), folders.names[i]);
        count += convert_folder(folder, lexicon);
    }
    cxm_lexicon_free(lexicon);
    printf("%zu conversations of %s/formats\n", count, shared_data());
    free_files(&folders);
}
END_TEST

START_TEST(numbers_and_texts_come_back_exactly) {
    static const double times[] = {0, 0.1, 1.0 / 3, 2.9400000000000004, 359999.999, 1e9 + 0.123};
    cxm_transcript_builder *builder;
    cxm_transcript *transcript;
    cxm_transcript_writer *writer;
    ck_assert_int_eq(cxm_transcript_builder_new(NULL, &builder, NULL), CXM_OK);
    for (size_t i = 0; i < COUNT(times); i++) {
        cxm_time_mark marks[] = {{0, times[i]}, {7, times[i] + 0.7}, {7, CXM_TIME_UNKNOWN}};
        cxm_turn turn = {.text = {"\"\\\n\0\xE2\x80\xA8", 7},
                         .speaker = {i % 2 ? "Dana" : "", i % 2 ? 4 : 0},
                         .start = times[i],
                         .end = CXM_TIME_UNKNOWN,
                         .role = (cxm_role)(i % CXM_ROLE_COUNT),
                         .role_source = CXM_ROLE_FROM_LABEL,
                         .kind = (cxm_turn_kind)(i % CXM_TURN_KIND_COUNT),
                         .marks = marks,
                         .mark_count = 3};
        turn.role_source = turn.role ? CXM_ROLE_FROM_LABEL : CXM_ROLE_FROM_NOTHING;
        ck_assert_int_eq(cxm_transcript_builder_add_turn(builder, &turn, NULL), CXM_OK);
    }
    ck_assert_int_eq(cxm_transcript_builder_finish(builder, &transcript, NULL), CXM_OK);
    ck_assert_int_eq(cxm_transcript_writer_new(NULL, &writer, NULL), CXM_OK);
    cxm_reader_options options = CXM_READER_OPTIONS_INIT;
    options.format = "jsonl";
    convert("by hand", writer, transcript, &options);
    cxm_transcript_writer_free(writer);
    cxm_transcript_free(transcript);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("convert");
    TCase *tests = tcase_create("convert");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, own_samples_are_converted_without_a_loss);
    tcase_add_test(tests, real_samples_are_converted_without_a_loss);
    tcase_add_test(tests, numbers_and_texts_come_back_exactly);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
