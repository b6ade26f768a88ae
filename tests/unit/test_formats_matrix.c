/* SPDX-License-Identifier: MIT */
/*
 * No format is taken for another: every sample, with what editors and exports add to files, and cut
 * off at chance places, is recognized as what it is, or, where too little is left, as plain text.
 */
#include "reading.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const folders[] = {CXM_SAMPLES, CXM_SAMPLES "/../same"};

/* The name of the format that a file's name begins with; the longest, since "whisper-text" is one
 * and "csv-text" a variant. NULL: it is no sample. */
static const char *format_of(const char *name) {
    const char *best = NULL;
    cxm_format_about about;
    const char *end = strrchr(name, '.');
    if (!end || strcmp(end, ".expected") == 0 || strcmp(end, ".md") == 0)
        return NULL;
    for (size_t i = 0; cxm_format_at(i, &about); i++) {
        size_t len = strlen(about.name);
        bool is_prefix =
            strncmp(name, about.name, len) == 0 && (name[len] == '-' || name[len] == '.');
        if (is_prefix && (!best || strlen(best) < len))
            best = about.name;
    }
    return best;
}

/* What is put around a sample. */
typedef struct variant {
    const char *name;
    const char *before;
    bool is_windows; /* lines end in CR LF */
    bool is_commented;
} variant;

static const variant variants[] = {
    {"as it is", "", false, false},
    {"with a byte order mark", "\xEF\xBB\xBF", false, false},
    {"with CR LF", "", true, false},
    {"behind blank lines", "\n\n  \n", false, false},
    {"behind a comment", "# exported by a tool\n", false, true},
    {"behind another comment", "// exported by a tool\n\n", false, true},
    {"with all of that", "\xEF\xBB\xBF\n# exported by a tool\n\n", true, true},
};

static char *vary(const variant *with, const char *bytes, size_t len, size_t *out_len) {
    size_t before = strlen(with->before);
    char *out = malloc(before * 2 + len * 2 + 1);
    ck_assert_ptr_nonnull(out);
    *out_len = 0;
    for (size_t i = 0; i < before + len; i++) {
        char c = i < before ? with->before[i] : bytes[i - before];
        bool has_cr = *out_len > 0 && out[*out_len - 1] == '\r';
        if (c == '\n' && with->is_windows && !has_cr)
            out[(*out_len)++] = '\r';
        out[(*out_len)++] = c;
    }
    return out;
}

/* What bytes are taken for; NULL: for nothing. */
static const char *recognize(const char *bytes, size_t len) {
    cxm_reader *reader;
    if (cxm_reader_new((cxm_str){bytes, len}, NULL, &reader, NULL) != CXM_OK)
        return NULL;
    const char *format = cxm_reader_format(reader);
    cxm_reader_free(reader);
    return format;
}

/* Whether a piece of a sample may be taken for a format. JSON that is cut before what tells one
 * dialect is "json". */
static bool is_allowed(const char *name, const char *format, const char *found) {
    bool is_json = strstr(name, ".json") != NULL;
    return !found || strcmp(found, format) == 0 || strcmp(found, "plain") == 0 ||
           (is_json && (strcmp(found, "json") == 0 || strcmp(found, "jsonl") == 0));
}

/* A comment is none in JSON, so what has one may be taken for text. */
static void check_whole(const char *name, const char *format, const variant *with,
                        const char *bytes, size_t len) {
    const char *found = recognize(bytes, len);
    bool is_right = found && strcmp(found, format) == 0;
    bool is_text = !found || strcmp(found, "plain") == 0;
    bool is_json = strstr(name, ".json") != NULL;
    ck_assert_msg(is_right || (with->is_commented && is_json && is_text), "%s %s: taken for %s",
                  name, with->name, found ? found : "nothing");
}

static void check_cut(const char *name, const char *format, const variant *with, const char *bytes,
                      size_t len) {
    enum { FEWEST = 8 }; /* a byte order mark, and something */
    bool is_blank = len < FEWEST || cxm_str_trim((cxm_str){bytes, len}).len == 0;
    const char *found = is_blank ? NULL : recognize(bytes, len);
    if (!is_allowed(name, format, found))
        ck_abort_msg("%s %s, cut at %zu: taken for %s", name, with->name, len, found);
}

static void check_sample(const char *name, const char *format, const char *bytes, size_t len) {
    int cuts = (int)rounds(100);
    uint64_t seed = 17;
    for (size_t i = 0; i < COUNT(variants); i++) {
        static const char mark[] = "\xEF\xBB\xBF"; /* a variant has its own */
        size_t skipped = i && len > 3 && memcmp(bytes, mark, 3) == 0 ? 3 : 0;
        size_t varied_len;
        char *varied = vary(&variants[i], bytes + skipped, len - skipped, &varied_len);
        check_whole(name, format, &variants[i], varied, varied_len);
        for (int cut = 0; cut < cuts; cut++)
            check_cut(name, format, &variants[i], varied,
                      random_below(&seed, (uint32_t)varied_len));
        free(varied);
    }
}

START_TEST(no_format_is_taken_for_another) {
    file_list files = list_files(folders[_i]);
    char path[1024];
    for (size_t i = 0; i < files.count; i++) {
        size_t len;
        const char *format = format_of(files.names[i]);
        if (!format)
            continue;
        snprintf(path, sizeof path, "%s/%s", folders[_i], files.names[i]);
        char *bytes = load_file(path, &len);
        ck_assert_ptr_nonnull(bytes);
        check_sample(files.names[i], format, bytes, len);
        free(bytes);
    }
    free_files(&files);
}
END_TEST

/* A sample that no format's name begins with would be left out without a word. */
START_TEST(every_sample_says_its_format) {
    file_list files = list_files(folders[_i]);
    for (size_t i = 0; i < files.count; i++) {
        const char *name = files.names[i];
        const char *end = strrchr(name, '.');
        bool is_other = !end || strcmp(end, ".expected") == 0 || strcmp(end, ".md") == 0;
        ck_assert_msg(is_other || format_of(name), "%s: of which format?", name);
    }
    free_files(&files);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("formats_matrix");
    TCase *tests = tcase_create("matrix");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, no_format_is_taken_for_another, 0, COUNT(folders));
    tcase_add_loop_test(tests, every_sample_says_its_format, 0, COUNT(folders));
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
