/* SPDX-License-Identifier: MIT */
/* The rows of the dialects, those of the user, and that no document takes more than its time. */
#include "reading.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

#include "read/dialect_program.h"
#include "read/documents.h"
#include "read/html_text.h"

static cxm_allocator malloc_allocator(void) {
    return cxm_allocator_or_default(NULL);
}

START_TEST(every_row_compiles_and_says_what_it_is) {
    const cxm_dialect *row = cxm_dialects_at(NULL, (size_t)_i);
    cxm_allocator allocator = malloc_allocator();
    cxm_arena arena;
    cxm_dialect_program *program;
    const char *wrong = "";
    const char *problem = "";
    if (!row)
        return;
    cxm_arena_init(&arena, &allocator);
    cxm_status status = cxm_dialect_compile(row, &arena, &program, &wrong, &problem);
    ck_assert_msg(status == CXM_OK, "%s: '%s': %s", row->name, wrong, problem);
    ck_assert(row->summary && row->recognized && row->is);
    ck_assert_msg(row->inner || row->lists[0].turns, "%s", row->name);
    cxm_arena_clear(&arena);
    for (size_t i = 0; i < (size_t)_i; i++)
        ck_assert_str_ne(row->name, cxm_dialects_at(NULL, i)->name);
}
END_TEST

/* How many rows take a document for theirs. */
static size_t count_claims(const cxm_json_value *root, cxm_arena *arena, char *names, size_t size) {
    const cxm_dialect *row;
    size_t count = 0;
    names[0] = '\0';
    for (size_t i = 0; (row = cxm_dialects_at(NULL, i)) != NULL; i++) {
        const cxm_condition *is;
        const char *problem;
        cxm_scope scope = {.conversation = root, .parent = root, .turn = root};
        ck_assert_int_eq(cxm_condition_compile(cxm_str_from(row->is), arena, &is, &problem),
                         CXM_OK);
        if (!cxm_condition_holds(is, &scope))
            continue;
        count++;
        snprintf(names + strlen(names), size - strlen(names), " %s", row->name);
    }
    return count;
}

static void check_one_claims(const char *name, cxm_str bytes) {
    cxm_allocator allocator = malloc_allocator();
    cxm_json *json;
    cxm_json_failure failure;
    const cxm_json_value *root;
    cxm_arena arena;
    char names[200];
    cxm_arena_init(&arena, &allocator);
    ck_assert_int_eq(cxm_json_new(&allocator, &json), CXM_OK);
    if (cxm_json_parse(json, bytes, bytes.len, &root, &failure) == CXM_OK) {
        size_t count = count_claims(root, &arena, names, sizeof names);
        ck_assert_msg(count <= 1, "%s is claimed by%s", name, names);
    }
    cxm_json_free(json);
    cxm_arena_clear(&arena);
}

START_TEST(no_two_rows_claim_a_document) {
    static const char *const folders[] = {CXM_SAMPLES, CXM_SAMPLES "/../same"};
    char path[1024];
    file_list files = list_files(folders[_i]);
    for (size_t i = 0; i < files.count; i++) {
        size_t len;
        const char *end = strrchr(files.names[i], '.');
        if (!end || strcmp(end, ".json") != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folders[_i], files.names[i]);
        char *bytes = load_file(path, &len);
        ck_assert_ptr_nonnull(bytes);
        check_one_claims(files.names[i], cxm_str_trim((cxm_str){bytes, len}));
        free(bytes);
    }
    free_files(&files);
}
END_TEST

/* ---- The user's own ---- */

#define CALLS                                                                                      \
    "[{\"name\":\"acme\",\"is\":\"callRef & segs\",\"id\":\"callRef\",\"start\":\"began@ms\","     \
    "\"agent\":\"who.agent\",\"roles\":\"A=agent C=customer\",\"by_time\":true,"                   \
    "\"people\":[{\"list\":\"/legs[]\",\"key\":\"leg\",\"name\":\"name\",\"role\":\"side\"}],"     \
    "\"lists\":[{\"turns\":\"segs[]\",\"text\":\"said\",\"person\":\"leg\",\"start\":\"at@ms\","   \
    "\"kind\":\"k\"}]}]"

static const char acme[] =
    "{\"callRef\":7,\"began\":1768471200000,\"who\":{\"agent\":\"Dana\"},"
    "\"legs\":[{\"leg\":1,\"name\":\"Dana\",\"side\":\"A\"},{\"leg\":2,\"side\":\"C\"}],"
    "\"segs\":[{\"leg\":2,\"at\":1500,\"said\":\"my bill\"},{\"leg\":1,\"at\":500,\"said\":\"hi\"},"
    "{\"leg\":2,\"at\":1600,\"said\":\"is wrong\"}]}";

static const char acme_shown[] =
    "acme\n"
    "* 7 {agent=Dana; start_time=2026-01-15T10:00:00Z; date=2026-01-15}\n"
    "Dana (agent, file) 0.5-?: hi\n"
    "2 (customer, file) 1.5-?: my bill is wrong\n"
    "  8 1.6\n";

START_TEST(users_add_dialects) {
    cxm_reader_options options = CXM_READER_OPTIONS_INIT;
    options.json_map = CXM_STR(CALLS);
    options.format = _i ? "acme" : NULL;
    char *shown = read_and_show_with(acme, strlen(acme), &options);
    ck_assert_str_eq(shown, acme_shown);
    free(shown);
}
END_TEST

START_TEST(the_users_dialects_come_first) {
    static const char text[] = "{\"turns\":[{\"text\":\"a\",\"mood\":\"b\"}]}";
    cxm_reader_options options = CXM_READER_OPTIONS_INIT;
    options.json_map = CXM_STR("{\"name\":\"moods\",\"is\":\"turns[0].mood\","
                               "\"lists\":[{\"turns\":\"turns[]\",\"text\":\"mood\"}]}");
    char *shown = read_and_show_with(text, strlen(text), &options);
    ck_assert_str_eq(shown, "moods\n* \n-: b\n");
    free(shown);
}
END_TEST

/* A map, the place of what is wrong in it, and what is said of it. */
static const struct {
    const char *map;
    unsigned line;
    unsigned column;
    const char *message;
} mistakes[] = {
    {"{", 1, 2, "with its end"},
    {"[1]", 1, 2, "expected an object"},
    {"{\n \"nam\": \"x\"}", 2, 9, "there is no field 'nam'"},
    {"{\"name\":\"x\"}", 1, 1, "\"is\""},
    {"{\"name\":\"x\",\"is\":\"a\",\"lists\":[{\"turns\":\"b[]\"}]}", 1, 1, "\"text\""},
    {"{\"name\":\"x\",\"is\":\"a\",\n\"lists\":[{\"turns\":\"b[\",\"text\":\"t\"}]}", 2, 19, "']'"},
    {"{\"name\":\"x\",\"is\":\"a\",\"lists\":[{\"turns\":\"b[x]\",\"text\":\"t\"}]}", 1, 40, "[0]"},
    {"{\"name\":\"x\",\"is\":\"a\",\"lists\":[{\"turns\":\"b[]\",\"text\":\"t@h\"}]}", 1, 53,
     "a unit"},
    {"{\"name\":\"x\",\"is\":\"a..b\",\"lists\":[{\"turns\":\"b[]\",\"text\":\"t\"}]}", 1, 18,
     "a name"},
    {"{\"name\":7}", 1, 9, "expected a string"},
    {"{\"name\":\"x\",\"by_time\":\"yes\"}", 1, 23, "true or false"},
    {"{\"lists\":[{},{},{},{},{}]}", 1, 23, "no more than 4"},
    {"{\"people\":{}}", 1, 11, "a list of objects"},
};

START_TEST(a_mistake_in_a_map_has_a_place) {
    cxm_reader_options options = CXM_READER_OPTIONS_INIT;
    cxm_reader *reader;
    cxm_error error;
    options.json_map = cxm_str_from(mistakes[_i].map);
    options.json_map_name = CXM_STR("own.json");
    ck_assert_int_eq(cxm_reader_new(CXM_STR("{}"), &options, &reader, &error), CXM_E_SYNTAX);
    ck_assert_msg(strstr(error.message, mistakes[_i].message) != NULL, "%s", error.message);
    ck_assert_str_eq(error.file, "own.json");
    ck_assert_uint_eq(error.line, mistakes[_i].line);
    ck_assert_uint_eq(error.column, mistakes[_i].column);
}
END_TEST

START_TEST(a_name_that_is_none_is_told) {
    cxm_reader_options options = CXM_READER_OPTIONS_INIT;
    cxm_reader *reader;
    options.format = "acme";
    ck_assert_int_eq(cxm_reader_new(CXM_STR("{}"), &options, &reader, NULL), CXM_E_NOT_FOUND);
}
END_TEST

/* ---- HTML ---- */

static const struct {
    const char *html;
    const char *text;
} pages[] = {
    {"plain", "plain"},
    {"", ""},
    {"<p>one</p><p>two<br/>three</p>", "one\ntwo\nthree"},
    {"  a \n b  <i>c</i>d", "a b cd"},
    {"a &lt; b &amp;&amp; c&nbsp;d &#x263A; &nosuch; &", "a < b && c d \xE2\x98\xBA &nosuch; &"},
    {"1 < 2 and 3 > 2 <3", "1 < 2 and 3 > 2 <3"},
    {"<a href=\"x>y\" title='>'>link</a>", "link"},
    {"a<!-- b > c -->d<!-- open", "ad"},
    {"<style>p { }</style>x<script>if (a<b) {}</script>y", "xy"},
    {"<style>open", ""},
    {"<ul><li>a<li>b</ul>", "a\nb"},
    {"<p", "<p"},
};

START_TEST(html_becomes_text) {
    cxm_allocator allocator = malloc_allocator();
    cxm_arena arena;
    cxm_str text;
    cxm_arena_init(&arena, &allocator);
    ck_assert(cxm_html_text(cxm_str_from(pages[_i].html), &arena, &text));
    ck_assert_msg(cxm_str_is(cxm_str_trim(text), pages[_i].text), "'%.*s'", (int)text.len,
                  text.ptr);
    cxm_arena_clear(&arena);
}
END_TEST

/* ---- Time ---- */

/* Documents in which something is looked up by many turns: `before`, `many` times `item`,
 * `between`, `many` times `turn`, `behind`. */
static const struct {
    const char *before;
    const char *item;
    const char *between;
    const char *turn;
    const char *behind;
} heavy[] = {
    {"{\"participantOne\":{\"phrases\":[", "\"a\",", "\"b\"],\"phraseSegments\":[",
     "{\"phraseIndex\":49999},", "{}]},\"participantTwo\":{}}"},
    {"{\"results\":{\"transcripts\":[1],\"items\":[{\"alternatives\":[1]}],\"channel_labels\":"
     "{\"channels\":[{",
     "\"k\":1,", "\"items\":[", "{\"alternatives\":[{\"content\":\"a\"}]},", "{}]}]}}}"},
    {"{\"transcripts\":[{\"phrases\":[]}],\"participants\":[",
     "{\"participantPurpose\":\"internal\",\"startTimeMs\":1},",
     "{}],\"transcripts\":[{\"phrases\":[",
     "{\"text\":\"a\",\"participantPurpose\":\"internal\",\"startTimeMs\":5},", "{}]}]}"},
    {"{\"type\":\"conversation\",", "\"k\":1,", "\"conversation_parts\":{\"conversation_parts\":[",
     "{\"body\":\"<p>a<p>\"},", "{}]}}"},
    {"{\"visitor\":1,\"timestamp\":1,\"history\":[{\"msg\":\"", "<", "\"},", "{\"msg\":\"<a <b\"},",
     "{}]}"},
    {"{\"type\":\"conversation\",\"source\":{\"body\":\"", "<a",
     "\"},\"conversation_parts\":"
     "{\"conversation_parts\":[",
     "{\"body\":\"<!--\"},", "{}]}}"},
    {"[", "[", "", "", ""},
    {"", "{\"a\":", "", "", ""},
    {"{\"x\":[", "\"\\\\\",", "1", "", ""},
};

START_TEST(time_is_linear) {
    enum { MANY = 50000 };
    size_t item = strlen(heavy[_i].item);
    size_t turn = strlen(heavy[_i].turn);
    size_t size = strlen(heavy[_i].before) + strlen(heavy[_i].between) + strlen(heavy[_i].behind) +
                  MANY * (item + turn) + 1;
    char *text = malloc(size);
    ck_assert_ptr_nonnull(text);
    char *end = stpcpy(text, heavy[_i].before);
    for (size_t i = 0; i < MANY; i++)
        end = stpcpy(end, heavy[_i].item);
    end = stpcpy(end, heavy[_i].between);
    for (size_t i = 0; i < MANY; i++)
        end = stpcpy(end, heavy[_i].turn);
    end = stpcpy(end, heavy[_i].behind);
    cxm_reader *reader;
    cxm_transcript *transcript;
    double before = seconds_taken();
    ck_assert_int_eq(cxm_reader_new((cxm_str){text, size - 1}, NULL, &reader, NULL), CXM_OK);
    cxm_status status = cxm_reader_next(reader, &transcript, NULL);
    ck_assert(status == CXM_OK || !transcript);
    cxm_transcript_free(transcript);
    cxm_reader_free(reader);
    double taken = seconds_taken() - before;
    ck_assert_msg(taken < slow_seconds(1), "%g s", taken);
    free(text);
}
END_TEST

START_TEST(a_text_that_is_named_often_has_its_limit) {
    static const char before[] = "{\"participantOne\":{\"phrases\":[\"";
    size_t len;
    char *phrase = repeat("long ", 20000, &len);
    char *segments = repeat("{\"phraseIndex\":0},", 20000, &len);
    size_t size = strlen(before) + 100000 + len + 60;
    char *text = malloc(size);
    ck_assert_ptr_nonnull(text);
    int written = snprintf(text, size, "%s%.*s\"],\"phraseSegments\":[%.*s{}]}}", before, 100000,
                           phrase, (int)len, segments);
    cxm_transcript *transcript;
    ck_assert_int_eq(cxm_transcript_read((cxm_str){text, (size_t)written}, NULL, &transcript, NULL),
                     CXM_E_LIMIT);
    free(text);
    free(segments);
    free(phrase);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("dialects");
    TCase *tests = tcase_create("dialects");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, every_row_compiles_and_says_what_it_is, 0, 40);
    tcase_add_loop_test(tests, no_two_rows_claim_a_document, 0, 2);
    tcase_add_loop_test(tests, users_add_dialects, 0, 2);
    tcase_add_test(tests, the_users_dialects_come_first);
    tcase_add_loop_test(tests, a_mistake_in_a_map_has_a_place, 0, COUNT(mistakes));
    tcase_add_test(tests, a_name_that_is_none_is_told);
    tcase_add_loop_test(tests, html_becomes_text, 0, COUNT(pages));
    tcase_add_loop_test(tests, time_is_linear, 0, COUNT(heavy));
    tcase_add_test(tests, a_text_that_is_named_often_has_its_limit);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
