/* SPDX-License-Identifier: MIT */
/* A live conversation tells what mining the whole finds, each hit once, in order, and early. */
#include "live_play.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

static const char pack[] =
    "redactions: [xxxx, name, phone]\n"
    "categories:\n"
    "  t.a:\n    speaker: agent\n    negation: drop\n"
    "    phrases: ['<we> ... <verb>', 'i (x=<rest>)', '/^s/ $', sorry~, refund*]\n"
    "    unless: [our policy]\n"
    "  t.c:\n    phrases: ['(you|i) (can|will) ...4 _', 'not (x=_)', '^ _ _ $?', '^ _', _ $]\n"
    "behaviors:\n"
    "  b.near: {expression: 't.a with \"you\" within 12 words'}\n"
    "  b.without: {expression: 'agent:t.a without customer:t.c within 2 turns'}\n"
    "  b.late: {expression: 't.a then \"will\" within 3 seconds'}\n"
    "  b.last: {expression: 't.c in last 2 turns'}\n"
    "  b.many: {expression: 'at least 3 \"sorry\" and not b.near'}\n"
    "  b.where: {expression: 't.a where words > 100'}\n";

static const char words[] = "a\t9\ni\t9\nsee\t8\nsorry\t8\nwill\t8\n";

static const char *const lines[] = {
    "I can't refund that, you know, our policy says so. Sorry, we state it. Will you? I can do it",
    "Sorry, uh, I'm not sorry! Will you? Mr. Smith will you. okay.So i will say. and then",
    "Our team states it is. I I will say the the thing [inaudible] again. Dr. (laughs). I can "
    "see. ",
    "The company's manager said: don't. I would never refund\n- one\n- two\n\nI can 2. three\n2. "
    "four i will see it",
    "na\xC3\xAFve caf\xC3\xA9. R\xC3\xA9sum\xC3\xA9! \xE6\x97\xA5\xE6\x9C\xAC\xE3\x80\x82 "
    "\xF0\x9F\x98\x80 so- sorry. I will do it\xEF\xBC\x9F I can see it. ",
    "So... sorry. [this is a long bracket that is never closed, so. It goes. On and. On] I can. It "
    "is. [laughs . no . ] I will see. \xCC\x88 I will. \xE2\x80\x8D\xF0\x9F\x98\x80. I do. ",
    "",
    " .  . ?! . I will... do? \" Yes. \" I can do it.\" And i will see.' \n \n . ",
};

static cxm_transcript *dialogue(size_t turns) {
    cxm_transcript_builder *builder;
    cxm_transcript *transcript;
    ck_assert_int_eq(cxm_transcript_builder_new(NULL, &builder, NULL), CXM_OK);
    for (size_t i = 0; i < turns; i++) {
        const cxm_time_mark marks[] = {{0, 1}, {0, 2}, {7, 3}, {7, 4}, {20, 5}};
        static const char *const speakers[] = {"Agent", "Caller", "Dana"};
        cxm_str text = cxm_str_from(lines[i % COUNT(lines)]);
        cxm_turn turn = {.speaker = cxm_str_from(speakers[i % 3]),
                         .text = text,
                         .start = (double)i,
                         .end = CXM_TIME_UNKNOWN,
                         .marks = marks,
                         .mark_count = text.len > 20 && i % 2 ? COUNT(marks) : 0,
                         .kind = i % 11 == 5 ? CXM_TURN_NOTE : CXM_TURN_SPEECH};
        ck_assert_int_eq(cxm_transcript_builder_add_turn(builder, &turn, NULL), CXM_OK);
    }
    ck_assert_int_eq(cxm_transcript_builder_finish(builder, &transcript, NULL), CXM_OK);
    return transcript;
}

/* A miner that does as a live conversation does: roles are never decided from words. */
static cxm_miner *new_voteless(const cxm_lexicon *lexicon) {
    cxm_miner_options options = CXM_MINER_OPTIONS_INIT;
    cxm_miner *miner;
    options.no_role_vote = true;
    ck_assert_int_eq(cxm_miner_new(lexicon, &options, &miner, NULL), CXM_OK);
    return miner;
}

static cxm_judge *new_judge(const cxm_lexicon *lexicon) {
    cxm_judge *judge;
    ck_assert_int_eq(cxm_judge_new(lexicon, NULL, &judge, NULL), CXM_OK);
    return judge;
}

/* Plays in all ways, revisions several times. Gives the number of hits told early. */
static size_t play_all_ways(const cxm_lexicon *lexicon, const cxm_transcript *transcript,
                            uint64_t times) {
    size_t early = 0;
    cxm_miner *whole = new_voteless(lexicon);
    cxm_judge *judge = new_judge(lexicon);
    play self = {.lexicon = lexicon,
                 .miner = new_miner(lexicon),
                 .judge = new_judge(lexicon),
                 .transcript = transcript,
                 .seed = number_from("CXM_TEST_SEED", 20) + 1};
    self.whole = mine(whole, transcript);
    ck_assert_int_eq(cxm_judge_run(judge, transcript, self.whole, &self.judgement, NULL), CXM_OK);
    for (uint64_t i = 0; i < 3 + times; i++) {
        play_way way = i < 3 ? (play_way)i : PLAY_REVISIONS;
        uint64_t seed = self.seed;
        const char *wrong = play_live(&self, way, &early);
        ck_assert_msg(!wrong, "way %d, seed %llu: %s in: %s", (int)way, (unsigned long long)seed,
                      wrong, cxm_transcript_turn(transcript, 0)->text.ptr);
    }
    cxm_judge_free(self.judge);
    cxm_judge_free(judge);
    cxm_miner_free(self.miner);
    cxm_miner_free(whole);
    return early;
}

START_TEST(live_equals_whole) {
    cxm_lexicon *lexicon = new_lexicon_by(NULL, pack, words);
    cxm_transcript *transcript = dialogue(3 * COUNT(lines));
    ck_assert_uint_gt(play_all_ways(lexicon, transcript, rounds(300)), 100);
    cxm_transcript_free(transcript);
    cxm_lexicon_free(lexicon);
}
END_TEST

/* Text that stops anywhere, of all that has a say in where words and sentences end. */
START_TEST(live_equals_whole_by_chance) {
    /* Parted by "|". */
    static const char all[] =
        "i|I|will|can|see|sorry|mr|no|2|So|a| | | | | |.|.|?|!|\n|\n|-|(|[|]|)|laughs|"
        "inaudible|'|\"|\xE2\x80\x99|\xC3\xA9|\xCC\x88|\xE2\x80\x8D|\xE3\x80\x82|\t|\r|"
        "\xF0\x9F\x98\x80|,|:|*|_|\xC2\xA0|\xE6\x97\xA5|you know|uh|etc.|...|. |. |? |"
        "&amp;|&#46;|***|#|[NAME]|{{name}}|{ name xxxx. }|{{name. |}} |# NAME. NAME # |"
        ". *** . |. **** - . I |[name. name] |<PHONE>|(NAME |"
        "\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2|\xC3\xA2|\x01|****12 |xxxx|isee|. I |. See |[ NAME ] |a "
        "[ PHONE ] see. I ";
    char room[sizeof all];
    const char *pieces[128];
    size_t piece_count = 0;
    memcpy(room, all, sizeof all);
    for (char *at = strtok(room, "|"); at; at = strtok(NULL, "|"))
        pieces[piece_count++] = at;
    cxm_lexicon *lexicon = new_lexicon_by(NULL, pack, words);
    uint64_t seed = number_from("CXM_TEST_SEED", 4);
    for (uint64_t round = 0; round < rounds(4000); round++) {
        char text[2048] = "";
        uint32_t count = 1 + random_below(&seed, 80);
        for (uint32_t i = 0; i < count; i++)
            strcat(text, pieces[random_below(&seed, (uint32_t)piece_count)]);
        cxm_transcript *transcript = new_transcript(
            random_below(&seed, 2) ? CXM_ROLE_AGENT : CXM_ROLE_UNKNOWN, cxm_str_from(text));
        play_all_ways(lexicon, transcript, 2);
        cxm_transcript_free(transcript);
    }
    cxm_lexicon_free(lexicon);
}
END_TEST

/* A conversation to which things are done one by one. */
typedef struct talk {
    cxm_lexicon *lexicon;
    cxm_miner *miner;
    cxm_live *live;
    cxm_live_news news;
    cxm_error error;
} talk;

static talk talk_new(const cxm_live_options *options) {
    talk self = {.lexicon = new_lexicon("categories: {t.a: {phrases: [sorry, refund a]}}\n")};
    self.miner = new_miner(self.lexicon);
    ck_assert_int_eq(cxm_live_new(self.lexicon, options, &self.live, &self.error), CXM_OK);
    return self;
}

static void talk_free(talk *self) {
    cxm_live_free(self->live);
    cxm_miner_free(self->miner);
    cxm_lexicon_free(self->lexicon);
}

static cxm_status begin(talk *self, const char *text) {
    cxm_turn turn = {.role = CXM_ROLE_AGENT, .text = cxm_str_from(text), .start = 1};
    return cxm_live_begin_turn(self->live, &turn, &self->error);
}

static cxm_status replace(talk *self, size_t from, const char *text) {
    return cxm_live_replace(self->live, from, cxm_str_from(text), CXM_TIME_UNKNOWN, &self->error);
}

static size_t settled(talk *self, size_t bytes) {
    ck_assert_int_eq(cxm_live_settle(self->live, self->miner, bytes, &self->news, &self->error),
                     CXM_OK);
    return self->news.hit_count;
}

START_TEST(hits_are_told_when_they_are_certain) {
    talk self = talk_new(NULL);
    ck_assert_int_eq(begin(&self, "I am sorry"), CXM_OK);
    ck_assert_uint_eq(settled(&self, 10), 0);
    ck_assert_int_eq(replace(&self, 10, ". And now"), CXM_OK);
    ck_assert_uint_eq(settled(&self, 12), 0);
    ck_assert_uint_eq(settled(&self, 15), 0); /* "And" may become "Andes" */
    ck_assert_uint_eq(settled(&self, 16), 1);
    ck_assert_uint_eq(self.news.hits[0].start, 5);
    ck_assert_uint_eq(self.news.hits[0].end, 10);
    ck_assert_uint_eq(settled(&self, 19), 0);
    ck_assert_int_eq(replace(&self, 19, " sorry"), CXM_OK);
    ck_assert_int_eq(cxm_live_end_turn(self.live, self.miner, 3, &self.news, &self.error), CXM_OK);
    ck_assert_uint_eq(self.news.hit_count, 1);
    ck_assert_uint_eq(self.news.first_hit, 1);
    ck_assert_uint_eq(self.news.hits[0].start, 20);
    ck_assert_uint_eq(cxm_transcript_turn_count(cxm_live_transcript(self.live)), 1);
    ck_assert(cxm_transcript_turn(cxm_live_transcript(self.live), 0)->end == 3.0);
    talk_free(&self);
}
END_TEST

static void expect(const talk *self, cxm_status status, cxm_status code, const char *message) {
    ck_assert_int_eq(status, code);
    ck_assert_int_eq(self->error.code, code);
    ck_assert_str_eq(self->error.message, message);
}

START_TEST(wrong_calls_are_told) {
    talk self = talk_new(NULL);
    expect(&self, replace(&self, 0, "a"), CXM_E_ARGUMENT, "no turn is open");
    ck_assert_int_eq(begin(&self, "caf\xC3\xA9 and more"), CXM_OK);
    expect(&self, begin(&self, ""), CXM_E_ARGUMENT, "the last turn is still open");
    expect(&self, replace(&self, 4, "a"), CXM_E_ARGUMENT, "byte 4 stands within a code point");
    expect(&self, replace(&self, 99, "a"), CXM_E_ARGUMENT,
           "byte 99: the turn can be replaced from byte 0 to 14");
    expect(&self, replace(&self, 5, "\xC3"), CXM_E_ENCODING,
           "the text of a turn is not valid UTF-8");
    settled(&self, 6);
    expect(&self, replace(&self, 5, "a"), CXM_E_ARGUMENT,
           "byte 5: the turn can be replaced from byte 6 to 14");
    expect(&self, cxm_live_settle(self.live, self.miner, 15, &self.news, &self.error),
           CXM_E_ARGUMENT, "the turn has 14 bytes, not 15");
    cxm_miner *other = new_miner(self.lexicon);
    ck_assert_uint_eq(cxm_live_turn_bytes(self.live), 14);
    ck_assert_int_eq(cxm_live_finish(self.live, other, &self.news, &self.error), CXM_OK);
    expect(&self, begin(&self, ""), CXM_E_ARGUMENT, "the conversation is finished");
    expect(&self, cxm_live_finish(self.live, other, &self.news, &self.error), CXM_E_ARGUMENT,
           "the conversation is finished");
    ck_assert_uint_eq(cxm_live_turn_bytes(self.live), 0);
    cxm_miner_free(other);
    talk_free(&self);
}
END_TEST

START_TEST(another_lexicon_is_told) {
    talk self = talk_new(NULL);
    talk other = talk_new(NULL);
    ck_assert_int_eq(begin(&self, "a"), CXM_OK);
    expect(&self, cxm_live_settle(self.live, other.miner, 1, &self.news, &self.error),
           CXM_E_ARGUMENT, "a live conversation takes a miner of the same lexicon");
    talk_free(&other);
    talk_free(&self);
}
END_TEST

START_TEST(limits_hold) {
    cxm_live_options options = CXM_LIVE_OPTIONS_INIT;
    options.max_turn_bytes = 16;
    options.max_turns = 2;
    options.max_hits = 2;
    talk self = talk_new(&options);
    ck_assert_int_eq(begin(&self, "sorry. 678901234"), CXM_OK);
    expect(&self, replace(&self, 16, "5"), CXM_E_LIMIT,
           "the turn has more than 16 bytes that are not certain yet");
    ck_assert_int_eq(replace(&self, 8, "7 "), CXM_OK);
    ck_assert_uint_eq(settled(&self, 10), 1); /* what is certain makes room */
    ck_assert_int_eq(replace(&self, 10, "sorry sorry"), CXM_OK);
    expect(&self, cxm_live_end_turn(self.live, self.miner, 1, &self.news, &self.error), CXM_E_LIMIT,
           "the conversation has more than 2 hits");
    ck_assert_int_eq(replace(&self, 10, "sorry"), CXM_OK);
    ck_assert_int_eq(cxm_live_end_turn(self.live, self.miner, 1, &self.news, &self.error), CXM_OK);
    ck_assert_int_eq(begin(&self, "a"), CXM_OK);
    ck_assert_int_eq(cxm_live_end_turn(self.live, self.miner, 1, &self.news, &self.error), CXM_OK);
    expect(&self, begin(&self, "a"), CXM_E_LIMIT, "the transcript has more than 2 turns");
    talk_free(&self);
}
END_TEST

/* A sentence that does not end is not looked at for each word. */
START_TEST(no_end_is_not_slow) {
    cxm_live_options options = CXM_LIVE_OPTIONS_INIT;
    talk self = talk_new(&options);
    double start = seconds_taken();
    ck_assert_int_eq(begin(&self, ""), CXM_OK);
    for (size_t at = 0; at + 8 < 1 << 20; at += 8) {
        ck_assert_int_eq(replace(&self, at, "a. e.g. "), CXM_OK);
        settled(&self, at + 8);
    }
    ck_assert(seconds_taken() - start < slow_seconds(2));
    talk_free(&self);
}
END_TEST

/* Thousands of conversations on one miner, turn and turn about. */
START_TEST(thousands_are_open_at_once) {
    enum { OPEN = 5000, TURNS = 20 };
    meter counter = {0};
    cxm_allocator allocator = meter_allocator(&counter);
    cxm_live_options options = CXM_LIVE_OPTIONS_INIT;
    options.allocator = &allocator;
    cxm_lexicon *lexicon = new_lexicon_by(NULL, pack, words);
    cxm_transcript *transcript = dialogue(TURNS);
    cxm_miner *whole = new_voteless(lexicon);
    cxm_miner *miner = new_miner(lexicon);
    const cxm_result *expected = mine(whole, transcript);
    cxm_live **open = calloc(OPEN, sizeof *open);
    size_t count = rounds(OPEN) < OPEN ? rounds(OPEN) : OPEN;
    cxm_live_news news;
    for (size_t i = 0; i < count; i++)
        ck_assert_int_eq(cxm_live_new(lexicon, &options, &open[i], NULL), CXM_OK);
    for (size_t turn = 0; turn < TURNS; turn++)
        for (size_t i = 0; i < count; i++) {
            ENSURE(cxm_live_begin_turn(open[i], cxm_transcript_turn(transcript, turn), NULL) ==
                   CXM_OK);
            if (turn + 1 < TURNS)
                ENSURE(cxm_live_end_turn(open[i], miner, 0, &news, NULL) == CXM_OK);
        }
    size_t hits = expected->hit_count;
    printf("# %zu conversations of %d turns, %zu hits: %zu bytes each\n", count, TURNS, hits,
           counter.live / count);
    ck_assert_uint_lt(counter.live / count, 4096 + TURNS * 256 + hits * 256);
    for (size_t i = 0; i < count; i++) {
        ENSURE(cxm_live_finish(open[i], miner, &news, NULL) == CXM_OK);
        ENSURE(news.result->hit_count == hits && news.result->word_count == expected->word_count);
        cxm_live_free(open[i]);
    }
    ck_assert_uint_eq(counter.live, 0);
    free(open);
    cxm_miner_free(miner);
    cxm_miner_free(whole);
    cxm_transcript_free(transcript);
    cxm_lexicon_free(lexicon);
}
END_TEST

/* ---- Want of memory ---- */

/* A conversation of which each call is made again where there was no memory. */
typedef struct stubborn {
    meter *counter;
    cxm_allocator allocator;
    cxm_lexicon *lexicon;
    cxm_miner *miner;
    cxm_live *live;
    cxm_judge *judge;
    size_t told;
    size_t found;
} stubborn;

static bool again(stubborn *self, cxm_status status, const cxm_live_news *news) {
    if (status == CXM_OK && news) {
        ck_assert_uint_eq(news->first_hit, self->told);
        self->told += news->hit_count;
    }
    ck_assert(status == CXM_OK || (status == CXM_E_NOMEM && self->counter->failed));
    return status != CXM_OK;
}

static void hear_findings(stubborn *self, cxm_live_findings *found) {
    while (again(self, cxm_live_judge(self->live, self->judge, found, NULL), NULL))
        ;
    self->found += found->finding_count;
}

static void play_stubbornly(stubborn *self, const cxm_transcript *transcript) {
    cxm_live *live = self->live;
    cxm_live_news news;
    cxm_live_findings found;
    while (again(self, cxm_live_set_id(live, CXM_STR("call-7"), NULL), NULL))
        ;
    while (again(self, cxm_live_add_meta(live, CXM_STR("a"), CXM_STR("b"), NULL), NULL))
        ;
    for (size_t i = 0; i < cxm_transcript_turn_count(transcript); i++) {
        const cxm_turn *turn = cxm_transcript_turn(transcript, i);
        cxm_turn begun = *turn;
        begun.text.len = turn->text.len / 2;
        begun.mark_count = 0;
        while (again(self, cxm_live_begin_turn(live, &begun, NULL), NULL))
            ;
        while (again(self, cxm_live_settle(live, self->miner, begun.text.len, &news, NULL), &news))
            ;
        cxm_str rest = {turn->text.ptr + begun.text.len, turn->text.len - begun.text.len};
        while (again(self, cxm_live_append(live, rest, (double)i, NULL), NULL))
            ;
        while (again(self, cxm_live_end_turn(live, self->miner, 1, &news, NULL), &news))
            ;
        hear_findings(self, &found);
    }
}

static void stubborn_new(stubborn *self) {
    cxm_live_options options = CXM_LIVE_OPTIONS_INIT;
    cxm_miner_options miner_options = CXM_MINER_OPTIONS_INIT;
    options.allocator = miner_options.allocator = &self->allocator;
    while (again(self, cxm_miner_new(self->lexicon, &miner_options, &self->miner, NULL), NULL))
        ck_assert_ptr_null(self->miner);
    cxm_judge_options judge_options = CXM_JUDGE_OPTIONS_INIT;
    judge_options.allocator = &self->allocator;
    while (again(self, cxm_judge_new(self->lexicon, &judge_options, &self->judge, NULL), NULL))
        ck_assert_ptr_null(self->judge);
    while (again(self, cxm_live_new(self->lexicon, &options, &self->live, NULL), NULL))
        ck_assert_ptr_null(self->live);
}

START_TEST(want_of_memory_changes_nothing) {
    meter counter = {0};
    cxm_lexicon *lexicon = new_lexicon_by(NULL, pack, words);
    cxm_transcript *transcript = dialogue(COUNT(lines));
    size_t hits = 0;
    for (size_t n = 0; n == 0 || counter.failed; n++) {
        stubborn self = {.counter = &counter, .lexicon = lexicon};
        cxm_live_news news;
        cxm_live_findings found;
        counter = (meter){.fail_at = n};
        self.allocator = meter_allocator(&counter);
        stubborn_new(&self);
        play_stubbornly(&self, transcript);
        while (again(&self, cxm_live_finish(self.live, self.miner, &news, NULL), &news))
            ;
        hear_findings(&self, &found);
        ck_assert_ptr_nonnull(found.judgement);
        ck_assert_uint_eq(found.judgement->finding_count, self.found);
        ck_assert_uint_eq(news.result->hit_count, self.told);
        ck_assert(n == 0 || self.told == hits);
        hits = self.told;
        cxm_live_free(self.live);
        cxm_miner_free(self.miner);
        cxm_judge_free(self.judge);
        ck_assert_uint_eq(counter.live, 0);
        ck_assert(n > 0 || counter.calls > 50);
        counter.failed |= n == 0;
    }
    ck_assert_uint_gt(hits, 20);
    cxm_transcript_free(transcript);
    cxm_lexicon_free(lexicon);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("live");
    TCase *cases = tcase_create("live");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, live_equals_whole);
    tcase_add_test(cases, live_equals_whole_by_chance);
    tcase_add_test(cases, hits_are_told_when_they_are_certain);
    tcase_add_test(cases, wrong_calls_are_told);
    tcase_add_test(cases, another_lexicon_is_told);
    tcase_add_test(cases, limits_hold);
    tcase_add_test(cases, no_end_is_not_slow);
    tcase_add_test(cases, thousands_are_open_at_once);
    tcase_add_test(cases, want_of_memory_changes_nothing);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
