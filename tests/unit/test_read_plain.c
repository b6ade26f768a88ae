/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"
#include "base/memory.h"
#include "reading.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

/* A transcript as text: "<speaker|role|start>text" for each turn, "{time}" for each mark. */
static void render(const cxm_transcript *transcript, cxm_buffer *out) {
    for (size_t i = 0; i < cxm_transcript_turn_count(transcript); i++) {
        const cxm_turn *turn = cxm_transcript_turn(transcript, i);
        cxm_buffer_add_char(out, '<');
        cxm_buffer_add_str(out, turn->speaker);
        cxm_buffer_add_char(out, '|');
        if (turn->role)
            cxm_buffer_add_text(out, cxm_role_name(turn->role));
        cxm_buffer_add_char(out, '|');
        if (turn->start >= 0)
            cxm_buffer_add_number(out, turn->start, 3);
        cxm_buffer_add_char(out, '>');
        size_t at = 0;
        for (size_t k = 0; k < turn->mark_count; k++) {
            cxm_buffer_add_str(out, cxm_str_slice(turn->text, at, turn->marks[k].offset));
            cxm_buffer_add_char(out, '{');
            cxm_buffer_add_number(out, turn->marks[k].seconds, 3);
            cxm_buffer_add_char(out, '}');
            at = turn->marks[k].offset;
        }
        cxm_buffer_add_str(out, cxm_str_slice(turn->text, at, turn->text.len));
    }
    cxm_buffer_add_char(out, '\0');
}

static const cxm_role_rule rules[] = {
    {{"mickey the mouse, of the old house", 34}, CXM_ROLE_OTHER},
    {{"DANA", 4}, CXM_ROLE_AGENT},
};

static void check_reading(const char *text, const char *expected, const cxm_lexicon *lexicon) {
    cxm_reader_options options = CXM_READER_OPTIONS_INIT;
    cxm_error error = {0};
    cxm_transcript *transcript;
    cxm_buffer shown;
    cxm_allocator allocator = cxm_allocator_or_default(NULL);
    options.format = "plain";
    options.roles = rules;
    options.role_count = 2;
    options.lexicon = lexicon;
    /* In a block of just its size, so that a sanitizer sees what is read behind it. */
    size_t len = strlen(text);
    char *bytes = malloc(len ? len : 1);
    memcpy(bytes, text, len);
    cxm_status status = cxm_transcript_read((cxm_str){bytes, len}, &options, &transcript, &error);
    ck_assert_msg(status == CXM_OK, "%s", error.message);
    free(bytes);
    cxm_buffer_init(&shown, &allocator);
    render(transcript, &shown);
    ck_assert_str_eq(shown.ptr, expected);
    cxm_buffer_clear(&shown);
    cxm_transcript_free(transcript);
}

typedef struct reading {
    const char *text;
    const char *expected;
} reading;

/* How people and programs write down who spoke. */
static const reading conversations[] = {
    {"", ""},
    {" \n\t\r\n", ""},
    {"Agent: Hello.", "<Agent|agent|>Hello."},
    {"agent: Hello, you.\nHow are you?", "<agent|agent|>Hello, you.\nHow are you?"},
    {"customer: who buys.\n\nThe word is old.\n\nIt comes from custom.",
     "<||>customer: who buys.\n\nThe word is old.\n\nIt comes from custom."},
    {"Two words.\nagent: who acts for others", "<||>Two words.\nagent: who acts for others"},
    {"Agent: Hello.\nCustomer: Hi.\n", "<Agent|agent|>Hello.<Customer|customer|>Hi."},
    {"\xEF\xBB\xBF"
     "agent: Hello.\r\nCUSTOMER: Hi.\r\n",
     "<agent|agent|>Hello.<CUSTOMER|customer|>Hi."},
    {"Agent: Hello.\rCustomer: Hi.\r", "<Agent|agent|>Hello.<Customer|customer|>Hi."},
    {"Agent:Hello.\n  Customer :  Hi.\n", "<Agent|agent|>Hello.<Customer|customer|>Hi."},
    {"Agent:\nCustomer: Hi.", "<Agent|agent|><Customer|customer|>Hi."},
    /* Lines that go on, and blank lines between them. */
    {"Agent: We are\nvery sorry\n\n\n  for that.\n\n\nCustomer: Well.\n\n",
     "<Agent|agent|>We are\nvery sorry\n\n\n  for that.<Customer|customer|>Well."},
    {"Agent:\n\nHello.\n", "<Agent|agent|>Hello."},
    {"Call of May 3\n\nAgent: Hello.", "<||>Call of May 3<Agent|agent|>Hello."},
    /* Names with roles. */
    {"Lee (Agent): Hello.\nPat (Customer): Hi.", "<Lee|agent|>Hello.<Pat|customer|>Hi."},
    {"Agent (Priya): Hello.\nCustomer (Pat): Hi.", "<Priya|agent|>Hello.<Pat|customer|>Hi."},
    {"Agent [Priya]: Hello.\nAgent (2): Hi.", "<Priya|agent|>Hello.<Agent (2)|agent|>Hi."},
    {"Lee (Agent): Hello.\nPat (Customer): Hi.\nLee: So.",
     "<Lee|agent|>Hello.<Pat|customer|>Hi.<Lee|agent|>So."},
    {"Lee (Acme): How are you?\nPat (Bolt): Well, thank you.\nLee (Acme): So am I.\n"
     "Pat (Bolt): Good for you.",
     "<Lee (Acme)||>How are you?<Pat (Bolt)||>Well, thank you.<Lee (Acme)||>So am I."
     "<Pat (Bolt)||>Good for you."},
    /* Rules. */
    {"Dana: Hello.", "<Dana|agent|>Hello."},
    {"Intro.\nDana (Customer): Hello.", "<||>Intro.<Dana|agent|>Hello."},
    {"CSR (Dana): Hello.", "<Dana|agent|>Hello."},
    {"mickey the mouse, of the old house: Hello.",
     "<mickey the mouse, of the old house|other|>Hello."},
    /* Times. */
    {"[00:01:23] Customer: Hi.", "<Customer|customer|83>Hi."},
    {"00:01:23 Lee: Hi.", "<Lee||83>Hi."},
    {"(0:05) Lee: Hi.\n0:07 - Pat: Yes.", "<Lee||5>Hi.<Pat||7>Yes."},
    {"[00:15] Mike: I'm here.\n[00:20.5] Ann: Me too.", "<Mike||15>I'm here.<Ann||20.5>Me too."},
    {"Jeannie Walters (00:31):\nThose pesky\nexpectations.\n(01:14):\nIt's simple.\n"
     "Listener Question (01:20): How?\n",
     "<Jeannie Walters||31>Those pesky\nexpectations.\n{74}It's simple."
     "<Listener Question||80>How?"},
    {"Lee [1:02:03]: Hi.\nPat [1:02:04]\nYes.", "<Lee||3723>Hi.<Pat||3724>Yes."},
    {"Lee (Agent) (00:31): Hi.\nPat (00:33) (Customer): Yes.",
     "<Lee|agent|31>Hi.<Pat|customer|33>Yes."},
    {"Speaker 1  0:03\nHello there.\n\nSpeaker 2\t0:05\nYes.\n\nSpeaker 1  0:09\nBye.",
     "<Speaker 1||3>Hello there.<Speaker 2||5>Yes.<Speaker 1||9>Bye."},
    {"00:03\nAgent: Hello.\n00:09\n\nCustomer: Hi.\n00:12\nWell.\n00:15\n",
     "<Agent|agent|3>Hello.<Customer|customer|9>Hi.\n{12}Well."},
    {"Agent:\n[0:05]\nHello.\n[0:07] I said\n[0:08] hello.",
     "<Agent|agent|5>Hello.\n{7}I said\n{8}hello."},
    {"[00:15] so today\n[00:20] we speak", "<||15>so today\n{20}we speak"},
    {"0:15\nso today\n0:20\nwe speak", "<||15>so today\n{20}we speak"},
    /* Markdown. */
    {"**AGENT:** Hello.\n**Customer**: Hi *there*.\n__Agent:__ Yes.",
     "<AGENT|agent|>Hello.<Customer|customer|>Hi *there*.<Agent|agent|>Yes."},
    {"**Lee** (00:31): Hi.\n**[00:35] Pat:** Yes.", "<Lee||31>Hi.<Pat||35>Yes."},
    /* Names nobody has told: they come back. */
    {"Mike: Hello, how are you?\nAnn: I am fine.\nMike: Good.\nAnn: And you?",
     "<Mike||>Hello, how are you?<Ann||>I am fine.<Mike||>Good.<Ann||>And you?"},
    {"spk_0: hello how are you\nspk_1: yes\nspk_0: i said hello\nspk_1: i heard you\n",
     "<spk_0||>hello how are you<spk_1||>yes<spk_0||>i said hello<spk_1||>i heard you"},
    {"Agent: Hello, who is it?\nMs. O'Neil-D\xC3\xAD"
     "az: It's me again.\nAgent: Yes?\n"
     "Ms. O'Neil-D\xC3\xAD"
     "az: My parcel is lost.",
     "<Agent|agent|>Hello, who is it?<Ms. O'Neil-D\xC3\xAD"
     "az||>It's me again.<Agent|agent|>Yes?"
     "<Ms. O'Neil-D\xC3\xAD"
     "az||>My parcel is lost."},
    {"Lee Ng:\nHello.\nPat:\nHi.\nLee Ng:\nSo.\n", "<Lee Ng||>Hello.<Pat||>Hi.<Lee Ng||>So."},
    {"\xE5\xAE\xA2\xE6\x9C\x8D\xEF\xBC\x9A\xE6\x82\xA8\xE5\xA5\xBD\xE5\x90\x97\xE4\xB9\x88\n"
     "\xE9\xA1\xBE\xE5\xAE\xA2\xEF\xBC\x9A\xE6\x88\x91\xE8\xA6\x81\xE9\x80\x80\xE6\xAC\xBE\n"
     "\xE5\xAE\xA2\xE6\x9C\x8D\xEF\xBC\x9A\xE5\xA5\xBD\xE7\x9A\x84\n"
     "\xE9\xA1\xBE\xE5\xAE\xA2\xEF\xBC\x9A\xE8\xB0\xA2\xE8\xB0\xA2",
     "<\xE5\xAE\xA2\xE6\x9C\x8D||>\xE6\x82\xA8\xE5\xA5\xBD\xE5\x90\x97\xE4\xB9\x88"
     "<\xE9\xA1\xBE\xE5\xAE\xA2||>\xE6\x88\x91\xE8\xA6\x81\xE9\x80\x80\xE6\xAC\xBE"
     "<\xE5\xAE\xA2\xE6\x9C\x8D||>\xE5\xA5\xBD\xE7\x9A\x84"
     "<\xE9\xA1\xBE\xE5\xAE\xA2||>\xE8\xB0\xA2\xE8\xB0\xA2"},
    /* What somebody types into a chat is no speaker. */
    {"Agent: Your details, please:\nCustomer: Here.\nName: Pat\nEmail: pat@example.com\n"
     "Agent: And the other one?\nCustomer: Same place.\nName: Lee\nEmail: lee@example.com\n",
     "<Agent|agent|>Your details, please:<Customer|customer|>Here.\nName: Pat\n"
     "Email: pat@example.com<Agent|agent|>And the other one?<Customer|customer|>Same place.\n"
     "Name: Lee\nEmail: lee@example.com"},
    {"Agent: Note this.\nNote: it is late.\nCustomer: Fine.",
     "<Agent|agent|>Note this.\nNote: it is late.<Customer|customer|>Fine."},
    {"Lee (0:01):\nI need a seat.\nPat (0:04):\nHere it is.\nSeat: 4 on the left side\n"
     "Price: 20 of your dollars\nLee (0:09):\nThank you.\nPat (0:11):\nAnd the way back:\n"
     "Seat: 5 on the left side\nPrice: 30 of your dollars",
     "<Lee||1>I need a seat.<Pat||4>Here it is.\nSeat: 4 on the left side\n"
     "Price: 20 of your dollars<Lee||9>Thank you.<Pat||11>And the way back:\n"
     "Seat: 5 on the left side\nPrice: 30 of your dollars"},
    {"Lee: Can you change\nmy flight?\nPat: These are open:\n\nEast: at noon\n\nWest: at two\n\n"
     "Which one do you like?\nLee: The first.\nPat: And back?\nLee: Yes,\nback, too.\n"
     "Pat: These are open:\n\nEast: at three\n\nWest: at four\nLee: The second.\nPat: It is done.",
     "<Lee||>Can you change\nmy flight?<Pat||>These are open:\n\nEast: at noon\n\nWest: at two\n\n"
     "Which one do you like?<Lee||>The first.<Pat||>And back?<Lee||>Yes,\nback, too."
     "<Pat||>These are open:\n\nEast: at three\n\nWest: at four<Lee||>The second."
     "<Pat||>It is done."},
    {"Ann: Who is there?\nBob: It is me.\nAnn: Who is that?\nCarl: And it is me.\nBob: You see?\n"
     "Ann: I do see you.\nBob: Well then.\nAnn: Come in, both of you.\nBob: Thank you so much.\n"
     "Ann: What is new?\nCarl: Not so very much.\nAnn: And you?\nBob: Nor with me.\n",
     "<Ann||>Who is there?<Bob||>It is me.<Ann||>Who is that?<Carl||>And it is me.<Bob||>You see?"
     "<Ann||>I do see you.<Bob||>Well then.<Ann||>Come in, both of you.<Bob||>Thank you so much."
     "<Ann||>What is new?<Carl||>Not so very much.<Ann||>And you?<Bob||>Nor with me."},
    {"Q: How is it done?\nA: By hand, as ever.\n\nQ: And who does it?\nA: My brother does it.\n",
     "<Q||>How is it done?<A||>By hand, as ever.<Q||>And who does it?<A||>My brother does it."},
    {"Other: I am a third party.\nAgent: I see.",
     "<Other|other|>I am a third party.<Agent|agent|>I see."},
};

START_TEST(conversations_have_turns) {
    check_reading(conversations[_i].text, conversations[_i].expected, NULL);
}
END_TEST

/* Texts without speakers: each must come out as one turn, as it is. */
static const char *const prose[] = {
    "Just a text.",
    "There is one thing: we never call back.",
    "Please note: offices are closed.\nPlease note: parking is free.\nPlease bring: a pen.",
    "3 Things to do instead:\nBlame: The staff member told me that.\nPlay defence: I must have.\n"
    "Take responsibility: The truth is.\nBlame: Once more, that is.",
    "Note: read this first.\n\nSome text.\n\nNote: and this, too.\n\nNote: and that.",
    "Tip: do this.\nNote: do that.\nWarning: never do this.",
    "See http://example.com/\nC:\\> dir\nstd::string x;\nat 10:30 we met\nJohn 3:16 says so.",
    "Ratio 3:1 and 4:1\n5:1",
    "10:30\nThat was the time.",
    "(laughs) Dana of old: no.",
    "Ingredients:\n- flour\n- eggs\n\nMethod:\n- mix them\n",
    "09:00 Registration: bring your badge\n09:30 Keynote: the future of it\n"
    "10:30 Break: coffee and tea\n11:00 Panel: people talk",
    "From: Bob\nTo: Ann\nSubject: the thing we said\n\nHi Ann, this is my text.\n\n"
    "From: Ann\nTo: Bob\nSubject: Re: the thing we said\n\nHi Bob, this is mine.",
    "Name: Bob\nPhone: 555 123\nName: Ann\nPhone: 555 124\nName: Joe\nPhone: 555 125",
    "The one\n\nIt is great in every way.\n\nPros: it is very fast\n\nCons: it is expensive\n\n"
    "The other one\n\nIt is less so.\n\nPros: it is cheap and good\n\nCons: it is really slow\n\n"
    "So far.",
    "Q1: Why do customers get angry?\n\nQ2: Are they reasonable?\n\nQ3: What to do?\n",
    "Giving Away the Farm: Compensating Customers\n\nGiving Away the Farm: Compensating Customers",
    "Yes: 5\nNo: 6\nOther: 3",
    "One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.\n\nSix.\n\nCustomer: a person who buys.",
    "Step 1: open the box.\nStep 2: take it out.\nStep 3: turn it on.\nStep 4: wait a bit.",
    "a: first of all\nb: second of all\nc: third of all",
    "A longer label of very many words: text.\nA longer label of very many words: text.",
    "Files: a of the one kind\nCopyright: by the first of us\n\n"
    "Files: b of the other kind\nCopyright: by the second of us\n\n"
    "Files: c of no kind at all\nCopyright: by the third of us",
    "Files: all of the first\nOwner: the first of us\nLicense: the usual one here\n\n"
    "Files: all of the second\nOwner: the second of us\n\n"
    "Files: all of the third\nOwner: the third of us\nLicense: the usual one here",
    "Description:\nOne.\n\nDescription:\nTwo.\n\nDescription:\nThree.",
    "Dear Sir,\n\nRe: your letter\n\nI write to say: no.\n\nYours\nPat",
};

static void check_prose(const char *given, const cxm_lexicon *lexicon) {
    cxm_transcript *transcript;
    cxm_reader_options options = CXM_READER_OPTIONS_INIT;
    cxm_str text = cxm_str_from(given);
    options.lexicon = lexicon;
    ck_assert_int_eq(cxm_transcript_read(text, &options, &transcript, NULL), CXM_OK);
    const cxm_turn *turn =
        cxm_transcript_turn(transcript, cxm_transcript_turn_count(transcript) - 1);
    ck_assert_msg(cxm_transcript_turn_count(transcript) == 1, "%s\n'%.*s'", given,
                  (int)turn->speaker.len, turn->speaker.ptr);
    ck_assert_uint_eq(turn->speaker.len, 0);
    ck_assert_int_eq(turn->role, CXM_ROLE_UNKNOWN);
    ck_assert(cxm_str_equal(turn->text, cxm_str_trim(text)));
    cxm_transcript_free(transcript);
}

START_TEST(prose_is_one_turn) {
    check_prose(prose[_i], NULL);
}
END_TEST

static const struct {
    const char *text;
    size_t len; /* 0: up to the NUL */
    uint32_t line;
    uint32_t column;
    const char *message;
} undecodable[] = {
    {"Agent: caf\xE9 \xE9\xE9\xE9\xE9\n", 0, 4, 11, "0xE9"},
    {"Agent: a\nB: \xC3\xA9\xE2\x82\n", 0, 5, 5, "0xE2"},
    {"A\0\x01\0", 4, 4, 1, "UTF-16"},
};

START_TEST(other_encodings_are_refused) {
    cxm_reader_options options = CXM_READER_OPTIONS_INIT;
    cxm_error error = {0};
    cxm_reader *reader;
    cxm_transcript *transcript;
    options.source = CXM_STR("call.txt");
    options.first_line = 4;
    size_t len = undecodable[_i].len ? undecodable[_i].len : strlen(undecodable[_i].text);
    cxm_str text = {undecodable[_i].text, len};
    ck_assert_int_eq(cxm_reader_new(text, &options, &reader, &error), CXM_OK);
    ck_assert_int_eq(cxm_reader_next(reader, &transcript, &error), CXM_E_ENCODING);
    ck_assert_ptr_null(transcript);
    ck_assert_str_eq(error.file, "call.txt");
    ck_assert_uint_eq(error.line, undecodable[_i].line);
    ck_assert_uint_eq(error.column, undecodable[_i].column);
    ck_assert_msg(strstr(error.message, undecodable[_i].message) != NULL, "%s", error.message);
    ck_assert_int_eq(cxm_reader_next(reader, &transcript, &error), CXM_OK);
    ck_assert_ptr_null(transcript);
    cxm_reader_free(reader);
}
END_TEST

START_TEST(a_text_is_one_conversation) {
    cxm_reader *reader;
    cxm_transcript *transcript;
    ck_assert_int_eq(cxm_reader_new(CXM_STR("Agent: Hi."), NULL, &reader, NULL), CXM_OK);
    ck_assert_str_eq(cxm_reader_format(reader), "plain");
    ck_assert_int_eq(cxm_reader_next(reader, &transcript, NULL), CXM_OK);
    ck_assert_uint_eq(cxm_transcript_id(transcript).len, 0);
    cxm_transcript_free(transcript);
    ck_assert_int_eq(cxm_reader_next(reader, &transcript, NULL), CXM_OK);
    ck_assert_ptr_null(transcript);
    cxm_reader_free(reader);
}
END_TEST

START_TEST(a_long_text_is_refused) {
    cxm_reader_options options = CXM_READER_OPTIONS_INIT;
    cxm_transcript *transcript;
    options.max_bytes = 5;
    ck_assert_int_eq(cxm_transcript_read(CXM_STR("Hello"), &options, &transcript, NULL), CXM_OK);
    cxm_transcript_free(transcript);
    ck_assert_int_eq(cxm_transcript_read(CXM_STR("Hello!"), &options, &transcript, NULL),
                     CXM_E_LIMIT);
}
END_TEST

/* What only a lexicon knows. */
static const reading known[] = {
    {"Caller: Hi.\nCSR: Hello.", "<Caller|customer|>Hi.<CSR|agent|>Hello."},
    {"AGENT_01: Hello.\nCustomer 2: Hi.", "<AGENT_01|agent|>Hello.<Customer 2|customer|>Hi."},
    {"Rep (Priya): Hello.\nPat (Caller): Hi.", "<Priya|agent|>Hello.<Pat|customer|>Hi."},
    {"Agent: Hello.\nSystem: The chat is over.",
     "<Agent|agent|>Hello.<System|other|>The chat is over."},
    {"We sell.\n\nWe buy.\n\nWe help.\n\nWe care.\n\nWe know.\n\nWe may.\n\nSupport: call us.",
     "<||>We sell.\n\nWe buy.\n\nWe help.\n\nWe care.\n\nWe know.\n\nWe may.\n\nSupport: call us."},
};

START_TEST(the_lexicon_knows_labels) {
    cxm_lexicon_builder *builder;
    cxm_lexicon *lexicon;
    cxm_error error = {0};
    ck_assert_int_eq(cxm_lexicon_builder_new(NULL, &builder, &error), CXM_OK);
    ck_assert_msg(cxm_lexicon_builder_add_builtin(builder, "en", &error) == CXM_OK, "%s",
                  error.message);
    ck_assert_msg(cxm_lexicon_builder_build(builder, &lexicon, &error) == CXM_OK, "%s",
                  error.message);
    cxm_lexicon_builder_free(builder);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        check_reading(known[i].text, known[i].expected, lexicon);
    for (size_t i = 0; i < sizeof prose / sizeof *prose; i++)
        check_prose(prose[i], lexicon);
    cxm_lexicon_free(lexicon);
}
END_TEST

/* The first speakers of a file, and how many turns, marks it has; NULL: no speakers. */
static const struct {
    const char *name;
    size_t turns;
    size_t marks;
    const char *speakers[5];
} seeds[] = {
    {"000_7607a6e57ccf423b.txt",
     5,
     29,
     {"", "MC", "Jeannie Walters", "Listener Question", "Jeannie Walters"}},
    {"001_8376556c326f0232.txt", 1, 0, {""}},
    {"002_edb718b7d1daddc7.txt",
     14,
     0,
     {"", "Jeannie Walters", "Listener Question", "Jeannie Walters", "Jeannie Walters"}},
    {"003_6bc1c1a87e6c2752.txt", 1, 0, {""}},
    {"004_7e12a4cd1e55817a.txt", 1, 0, {""}},
};

START_TEST(real_texts_are_read_as_what_they_are) {
    size_t len;
    char *bytes = load_seed(seeds[_i].name, &len);
    if (!bytes)
        return;
    cxm_transcript *transcript;
    size_t marks = 0;
    ck_assert_int_eq(cxm_transcript_read((cxm_str){bytes, len}, NULL, &transcript, NULL), CXM_OK);
    free(bytes);
    ck_assert_uint_eq(cxm_transcript_turn_count(transcript), seeds[_i].turns);
    for (size_t i = 0; i < seeds[_i].turns; i++) {
        const cxm_turn *turn = cxm_transcript_turn(transcript, i);
        marks += turn->mark_count;
        if (i < 5)
            ck_assert(cxm_str_is(turn->speaker, seeds[_i].speakers[i]));
    }
    ck_assert_uint_eq(marks, seeds[_i].marks);
    cxm_transcript_free(transcript);
}
END_TEST

static cxm_status read_metered(meter *memory) {
    cxm_allocator allocator = meter_allocator(memory);
    cxm_reader_options options = CXM_READER_OPTIONS_INIT;
    cxm_transcript *transcript;
    options.allocator = &allocator;
    options.source = CXM_STR("call.txt");
    cxm_str text = CXM_STR("Agent (Lee): Hi.\n(0:05):\nSo.\n(0:07):\nYes.\nCustomer: Hello.\n");
    cxm_status status = cxm_transcript_read(text, &options, &transcript, NULL);
    ck_assert_int_eq(transcript != NULL, status == CXM_OK);
    cxm_transcript_free(transcript);
    return status;
}

START_TEST(every_failed_allocation_is_clean) {
    meter all = {0};
    ck_assert_int_eq(read_metered(&all), CXM_OK);
    ck_assert_uint_eq(all.live, 0);
    for (size_t n = 1; n <= all.calls; n++)
        for (int on = 0; on < 2; on++) {
            meter failing = {.fail_at = n, .fail_on = on};
            cxm_status status = read_metered(&failing);
            /* Giving memory back may fail without harm, so that success is fine, too. */
            ck_assert(status == CXM_E_NOMEM || status == CXM_OK);
            ck_assert_uint_eq(failing.live, 0);
        }
}
END_TEST

/* Texts made to cost: what is repeated, and how often. All must be read within Check's timeout. */
static const char *const hostile[] = {
    "\n",           " ",          ":",          "(",
    "[00:",         "0:00\n",     "(0:00):\n",  "A: ",
    "A:\n",         "**",         "A  0:0",     "Ab \t",
    "A: b\nC: d\n", "[0:00] a\n", "A (B): c\n", "\xEF\xBC\x9A",
    "a b c d: ",
};

START_TEST(hostile_texts_are_linear) {
    enum { BYTES = 4 << 20 };
    size_t size = strlen(hostile[_i]);
    char *text = malloc(BYTES + size);
    size_t len = 0;
    for (; len < BYTES; len += size)
        memcpy(text + len, hostile[_i], size);
    cxm_transcript *transcript;
    cxm_reader_options options = CXM_READER_OPTIONS_INIT;
    options.format = "plain";
    ck_assert_int_eq(cxm_transcript_read((cxm_str){text, len}, &options, &transcript, NULL),
                     CXM_OK);
    cxm_transcript_free(transcript);
    free(text);
}
END_TEST

START_TEST(very_many_labels_are_bounded) {
    enum { COUNT = 200000 };
    char *text = malloc(COUNT * 16);
    size_t len = 0;
    for (int i = 0; i < COUNT; i++)
        len += (size_t)sprintf(text + len, "L%d: yes\n", i % (COUNT / 2));
    cxm_transcript *transcript;
    ck_assert_int_eq(cxm_transcript_read((cxm_str){text, len}, NULL, &transcript, NULL), CXM_OK);
    ck_assert_uint_eq(cxm_transcript_turn_count(transcript), 1);
    cxm_transcript_free(transcript);
    free(text);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("read_plain");
    TCase *cases = tcase_create("plain");
    tcase_add_loop_test(cases, conversations_have_turns, 0, COUNT(conversations));
    tcase_add_loop_test(cases, prose_is_one_turn, 0, COUNT(prose));
    tcase_add_loop_test(cases, other_encodings_are_refused, 0, COUNT(undecodable));
    tcase_add_test(cases, a_text_is_one_conversation);
    tcase_add_test(cases, a_long_text_is_refused);
    tcase_add_test(cases, the_lexicon_knows_labels);
    tcase_add_loop_test(cases, real_texts_are_read_as_what_they_are, 0, COUNT(seeds));
    tcase_add_test(cases, every_failed_allocation_is_clean);
    tcase_add_loop_test(cases, hostile_texts_are_linear, 0, COUNT(hostile));
    tcase_add_test(cases, very_many_labels_are_bounded);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
