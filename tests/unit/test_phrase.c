/* SPDX-License-Identifier: MIT */
/* The phrase language: what each of its elements matches, and where. */
#include "lexicon/phrase.h"

#include "lexicon/compile.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- What phrases match ---- */

typedef struct phrase_case {
    const char *phrase;
    const char *text;
    const char *carets; /* under the hits */
} phrase_case;

static const phrase_case words[] = {
    {"our policy", "But our policy says so.", "    ^^^^^^^^^^"},
    {"our policy", "OUR Policy is our\npolicy and our, policy",
     "^^^^^^^^^^    ^^^^^^^^^^     ^^^^^^^^^^^"},
    {"our policy", "our new policy, your policy, our policies", NULL},
    {"Our POLICY", "our policy", "^^^^^^^^^^"},
    {"café", "The CAFÉ and the cafe\xCC\x81 and the cafe", "    ^^^^         ^^^^^"},
    {"follow-up", "follow-up or follow up or Follow\xE2\x80\x90up or followup",
     "^^^^^^^^^    ^^^^^^^^^    ^^^^^^^^^"},
    {"follow up", "a follow-up call", "  ^^^^^^^^^"},
    {"24-7", "we are open 24/7 and 24 7", "            ^^^^     ^^^^"},
    {"e.g. this", "take e.g. this", "     ^^^^^^^^^"},
    {"i can't", "I can't, i cannot, I can not", "^^^^^^^  ^^^^^^^^  ^^^^^^^^^"},
    {"dogs'", "the dogs' bowl", "    ^^^^"},
    {"ﬁne", "a fine day", "  ^^^^"},
    {"100", "１００ and 100 and 1000", "^^^     ^^^"},
    {"no, not that", "no not that; no, not, that", "^^^^^^^^^^^  ^^^^^^^^^^^^^"},
    {"apologise", "I apologize and apologise", "  ^^^^^^^^^     ^^^^^^^^^"},
    {"so sorry", "so    sorry. So\tsorry. So \xE2\x80\x94 sorry",
     "^^^^^^^^^^^  ^^^^^^^^  ^^^^^^^^^^"},
};

static const phrase_case prefixes[] = {
    {"refund*", "Refund, refunds, refunding, prefund, re-fund", "^^^^^^  ^^^^^^^  ^^^^^^^^^"},
    {"a refund*", "a refundable fare", "^^^^^^^^^^^^"},
    {"r*", "run, Really, our r", "^^^  ^^^^^^      ^"},
    {"é*", "État, Études, Etat", "^^^^  ^^^^^^"},
    {"don*", "donate, done", "^^^^^^  ^^^^"},
};

static const phrase_case stems[] = {
    {"state~", "state, states, STATED, stating, statement", "^^^^^  ^^^^^^  ^^^^^^  ^^^^^^^"},
    {"stating~", "it stated", "   ^^^^^^"},
    {"policy~", "policy, policies, police", "^^^^^^  ^^^^^^^^"},
    {"our policy~ say~", "our policies said, our policies say, our policy saying",
     "                   ^^^^^^^^^^^^^^^^  ^^^^^^^^^^^^^^^^^"},
    {"apologise~", "apologised, apologizing", "            ^^^^^^^^^^^"},
};

static const phrase_case alternatives[] = {
    {"(our|the|company) policy", "our policy, the policy, company policy, policy, a policy",
     "^^^^^^^^^^  ^^^^^^^^^^  ^^^^^^^^^^^^^^"},
    {"our|their", "our, their, your", "^^^  ^^^^^"},
    {"our policy|the rules of the house", "our policy. The rules. The rules of the house.",
     "^^^^^^^^^^             ^^^^^^^^^^^^^^^^^^^^^^"},
    {"(the (rules|terms (and conditions|of use))|our policy) say",
     "the rules say the terms say the terms of use say",
     "^^^^^^^^^^^^^               ^^^^^^^^^^^^^^^^^^^^"},
    {"((((a))))", "b a", "  ^"},
    {"(a|b)(c|d)", "a c b d a a", "^^^ ^^^"},
    {"(state~|refund*|/^\\d+$/|<we>) now", "stated now refunds now 42 now our team now",
     "^^^^^^^^^^ ^^^^^^^^^^^ ^^^^^^ ^^^^^^^^^^^^"},
    {"(a|a b|a b c) d", "a d a b d a b c d a c d", "^^^ ^^^^^ ^^^^^^^"},
    {"a|a b|a b c", "a b c", "^^^^^"},
    {"(very sorry|sorry)", "very sorry", "^^^^^^^^^^"},
    /* Ways that begin alike are one on the way, and mean the same. */
    {"(a b|c|a (d)? e|a|a b f g|a b) x",
     "a x. a b x. c x. a e x. a d e x. a b f g x. a d x. a b f x. b x. a c x",
     "^^^  ^^^^^  ^^^  ^^^^^  ^^^^^^^  ^^^^^^^^^                         ^^^"},
    {"(a b <we>|a b (c|d e)|<we> a|a <we>) x", "a b we x. a b d e x. we a x. a our team x. a b e x",
     "^^^^^^^^  ^^^^^^^^^  ^^^^^^  ^^^^^^^^^^^^"},
    {"(a ... b|a ... c|a _ c d) x", "a 1 b x. a 2 c x. a 3 c d x. a c x. a 1 d x",
     "^^^^^^^  ^^^^^^^  ^^^^^^^^^  ^^^^^"},
};

static const phrase_case optionals[] = {
    {"(very)? sorry", "Sorry. Very sorry. Very very sorry. So sorry.",
     "^^^^^  ^^^^^^^^^^  ^^^^^^^^^^^^^^^     ^^^^^"},
    {"i am (so|very)? (terribly)? sorry",
     "I am sorry, I am so sorry, I am very terribly sorry, I am terribly so sorry",
     "^^^^^^^^^^  ^^^^^^^^^^^^^  ^^^^^^^^^^^^^^^^^^^^^^^^"},
    {"sorry (about that)?", "sorry about that, sorry about, sorry",
     "^^^^^^^^^^^^^^^^  ^^^^^        ^^^^^"},
    {"<we>? agree", "we agree, agree, our team agree", "^^^^^^^^  ^^^^^  ^^^^^^^^^^^^^^"},
    {"a ((b)? c)? d", "a d a c d a b c d a b d", "^^^ ^^^^^ ^^^^^^^"},
    {"((very)?)? sorry", "very sorry", "^^^^^^^^^^"},
    {"a (...)? b", "a b. A x b.", "^^^  ^^^^^"},
};

static const phrase_case gaps[] = {
    {"our ... policy", "our policy", "^^^^^^^^^^"},
    {"our ... policy", "our own old returns policy", "^^^^^^^^^^^^^^^^^^^^^^^^^^"},
    {"our ... policy", "our own very old returns policy", NULL},
    {"our ...5 policy", "our one two three four five policy", "^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^"},
    {"our ...1 policy", "our policy our new policy our new old policy",
     "^^^^^^^^^^ ^^^^^^^^^^^^^^"},
    {"our...policy", "our new policy", "^^^^^^^^^^^^^^"},
    {"our ... ... policy", "our a b c d e f policy", "^^^^^^^^^^^^^^^^^^^^^^"},
    {"a ... b", "a b x b y b z b", "^^^^^^^"},
    {"our ... policy", "Our new. Policy of our. Own policy", NULL},
    {"a ...20 b", "a 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 b",
     "^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^"},
    {"a ...20 b", "a 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 b", NULL},
};

static const phrase_case any_word[] = {
    {"our _ policy", "our policy, our new policy, our very new policy",
     "            ^^^^^^^^^^^^^^"},
    {"_ policy", "our policy. Policy", "^^^^^^^^^^"},
    {"a _", "a b. a", "^^^"},
    {"a _ _ b", "a x y b, a x b", "^^^^^^^"},
    {"(_)? policy", "our policy. Policy.", "^^^^^^^^^^  ^^^^^^"},
};

static const phrase_case sets[] = {
    {"<we> agree", "we agree, our team agree, the company agree, team agree",
     "^^^^^^^^  ^^^^^^^^^^^^^^  ^^^^^^^^^^^^^^^^^"},
    {"<nice>", "kind, very nice, so nice, nice", "^^^^  ^^^^^^^^^  ^^^^^^^"},
    {"<nested>", "we too. Our team too. Very nice. We.", "^^^^^^  ^^^^^^^^^^^^  ^^^^^^^^^"},
    {"our policy <verb> (that|so)", "our policy states that, our policy says so",
     "^^^^^^^^^^^^^^^^^^^^^^  ^^^^^^^^^^^^^^^^^^"},
    {"(<we>|you)? <verb>", "you say we say says", "^^^^^^^ ^^^^^^ ^^^^"},
};

static const phrase_case regexes[] = {
    {"/^\\d{4,}$/", "123, 1234, 12345a, 99999", "     ^^^^          ^^^^^"},
    {"order /^[a-z]{2}\\d+$/", "order AB12, order 12AB", "^^^^^^^^^^"},
    {"/olic/", "policy, police, polite", "^^^^^^  ^^^^^^"},
    {"/^(a|b)\\/?$/", "a b c", "^ ^"},
    {"/é/", "CAFÉ cafe", "^^^^"},
    {"/^.$/", "a bb é", "^    ^"},
    {"/(?i)POLICY/", "policy", "^^^^^^"},
    {"/^(a+)+$/", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", NULL},
    {"/^(policy| policies |    rule)$/ x", "policy x policies x rule x rules x",
     "^^^^^^^^ ^^^^^^^^^^ ^^^^^^"},
    {"/ing$/", "ordering ring singer", "^^^^^^^^ ^^^^"},
    /* Words that are not meant, and what is left of the expression without them. */
    {"/^(?!(be|ce)$)[a-z]+$/", "ab be ce cea 1 bee", "^^       ^^^   ^^^"},
    {"/^(?!(be|ce)$)[a-z]+$/ x", "ab x be x", "^^^^"},
    {"/^(?!be$)/", "be bee 1", "   ^^^ ^"},
    {"/^(?!(é|b)$)./", "é éa b c", "  ^^   ^"},
    {"/^(?!be|ce$)[a-z]+$/", "be bee ce cee", "          ^^^"},
    {"/^(?!(be|ce))[a-z]+$/", "be bee ce ace", "          ^^^"},
    {"/^(?!(be|ce)$)b|ce/", "be bee ce ace", "   ^^^ ^^ ^^^"},
    {"/^(?!(be|ce)$)(b[ee]|c)e+$/", "be bee cee ace", "   ^^^ ^^^"},
    {"/^(?!(b|c)$)(.)\\2$/", "bb cb bc", "^^"},
    {"/^(?!(b|c)$)[b|c]$|^b$/", "b c |", "^"},
    {"/^(?!(be|ce)$)+[a-z]e$/", "be ae ce", "   ^^"},
};

static const phrase_case anchors[] = {
    {"^ sorry", "Sorry. I am sorry. Sorry, sorry?", "^^^^^              ^^^^^"},
    {"^ sorry", "Uh, sorry. [Laughs] Sorry. Sor- sorry.", "    ^^^^^           ^^^^^       ^^^^^"},
    {"sorry $", "Sorry. I am sorry! Sorry about that. sorry",
     "^^^^^       ^^^^^                    ^^^^^"},
    {"sorry $", "I am sorry, uh. I am sorry [laughs]. I am sorry, my fri-.",
     "     ^^^^^           ^^^^^"},
    {"sorry $?", "Are you sorry? I am sorry. sorry?! sorry!? sorry??",
     "        ^^^^^              ^^^^^   ^^^^^   ^^^^^"},
    {"^ sorry $", "Sorry! Sorry you. You sorry. Sorry?", "^^^^^                        ^^^^^"},
    {"^ (so)? sorry", "So sorry. Sorry. Very sorry.", "^^^^^^^^  ^^^^^"},
    {"(^ sorry|very sorry)", "Sorry. I am very sorry. I am sorry.", "^^^^^       ^^^^^^^^^^"},
    {"sorry (about that $|for $?)", "sorry about that. sorry about that one. sorry for? sorry for.",
     "^^^^^^^^^^^^^^^^                        ^^^^^^^^^"},
    {"sorry (about)? $", "sorry about. sorry.", "^^^^^^^^^^^  ^^^^^"},
};

static const phrase_case contractions[] = {
    {"i am sorry", "I'm sorry, I’m sorry, im sorry, I am sorry",
     "^^^^^^^^^  ^^^^^^^^^  ^^^^^^^^  ^^^^^^^^^^"},
    {"i'm sorry", "I'm sorry, I’m sorry, im sorry, I am sorry",
     "^^^^^^^^^  ^^^^^^^^^  ^^^^^^^^  ^^^^^^^^^^"},
    {"im sorry", "I'm sorry, I’m sorry, im sorry, I am sorry",
     "^^^^^^^^^  ^^^^^^^^^  ^^^^^^^^  ^^^^^^^^^^"},
    {"i’m sorry", "I'm sorry, I’m sorry, im sorry, I am sorry",
     "^^^^^^^^^  ^^^^^^^^^  ^^^^^^^^  ^^^^^^^^^^"},
    {"we can", "we can, we can't, we cannot, we can not, we cant",
     "^^^^^^                       ^^^^^^"},
    {"do not know", "I don't know, I dont know, I do n't know", "  ^^^^^^^^^^    ^^^^^^^^^"},
    {"it is late", "it's late, its late, it is late", "^^^^^^^^^  ^^^^^^^^  ^^^^^^^^^^"},
    {"its colour", "its colour, it's colour, it is colour, it colour",
     "^^^^^^^^^^  ^^^^^^^^^^^  ^^^^^^^^^^^^"},
    {"i would go", "I'd go, I would go, id go, I had go", "^^^^^^  ^^^^^^^^^^  ^^^^^"},
    {"the manager", "the manager's decision, the manager will, the manager'll",
     "^^^^^^^^^^^^^           ^^^^^^^^^^^       ^^^^^^^^^^^^^^"},
    {"the manager is", "the manager's here, the manager is here",
     "^^^^^^^^^^^^^       ^^^^^^^^^^^^^^"},
    {"manager~", "managers, manager's, the managers'", "^^^^^^^^  ^^^^^^^^^      ^^^^^^^^"},
    {"am sorry", "I'm sorry", "^^^^^^^^^"},
    {"not my job", "that isn't my job, it's not my job", "     ^^^^^^^^^^^^       ^^^^^^^^^^"},
    {"i can", "i can i can't", "^^^^^"},
    {"can", "can't can cannot", "      ^^^"},
    {"not", "can't can cannot not", "^^^^^     ^^^^^^ ^^^"},
};

static void check_phrase(const phrase_case *given) {
    cxm_lexicon *lexicon = new_phrase_lexicon(given->phrase);
    mined self = mine_text(lexicon, CXM_ROLE_UNKNOWN, given->text);
    assert_hits(&self, lexicon, "t.t", given->carets);
    mined_free(&self);
    cxm_lexicon_free(lexicon);
}

typedef struct phrase_table {
    const char *name;
    const phrase_case *cases;
    size_t count;
} phrase_table;

static const phrase_table tables[] = {
    {"words", words, COUNT(words)},
    {"prefixes", prefixes, COUNT(prefixes)},
    {"stems", stems, COUNT(stems)},
    {"alternatives", alternatives, COUNT(alternatives)},
    {"optionals", optionals, COUNT(optionals)},
    {"gaps", gaps, COUNT(gaps)},
    {"any word", any_word, COUNT(any_word)},
    {"sets", sets, COUNT(sets)},
    {"regexes", regexes, COUNT(regexes)},
    {"anchors", anchors, COUNT(anchors)},
    {"contractions", contractions, COUNT(contractions)},
};

enum { MOST_ROWS = 64 };

/* One loop over all tables: MOST_ROWS numbers for each. */
START_TEST(matches) {
    const phrase_table *table = &tables[_i / MOST_ROWS];
    size_t row = (size_t)_i % MOST_ROWS;
    ck_assert_uint_le(table->count, MOST_ROWS);
    if (row < table->count)
        check_phrase(&table->cases[row]);
}
END_TEST

/* ---- Captures ---- */

typedef struct capture_case {
    const char *phrase;
    const char *text;
    const char *captures; /* of the first hit: "name[text] name[text]" */
} capture_case;

static const capture_case capture_cases[] = {
    {"i want (what=...8) back", "I want all my money back", "what[all my money]"},
    {"i want (what=<rest>)", "I want all of it, now. Thanks.", "what[all of it, now]"},
    {"i want (what=<rest>)", "I want", ""},
    {"i want (what=<rest>)", "I want. Thanks", ""},
    {"(who=<we>) (does=state~) that", "Our team stated that", "who[Our team] does[stated]"},
    {"(who=we|they) said", "they said", "who[they]"},
    {"a (x=b)? c", "a c", ""},
    {"a (x=b)? c", "a b c", "x[b]"},
    {"(x=a (y=b) c)", "a b c", "x[a b c] y[b]"},
    {"(x=a)|(y=b)", "b", "y[b]"},
    {"(x=a) or (x=b)", "a or b", "x[a]"},
    {"in (time=/^\\d+$/ (hour~|day~)) or so", "in 24 hours or so", "time[24 hours]"},
    {"i want (what=_ _)", "I want, uh, my money", "what[my money]"},
    {"i want (what=...) back", "I want my, uh, money back", "what[my, uh, money]"},
    {"i (x=am) sorry", "I'm sorry", "x[I'm]"},
    {"i am (x=sorry)", "I'm so- sorry", "x[sorry]"},
    {"(x=not) my job", "that isn't my job", "x[isn't]"},
    {"not my (x=job)", "that isn't my job", "x[job]"},
    {"i (x=want) it", "I want want it", "x[want]"},
    {"(a=1) (b=2) (c=3) (d=4) (e=5) (f=6) (g=7) (h=8)", "1 2 3 4 5 6 7 8",
     "a[1] b[2] c[3] d[4] e[5] f[6] g[7] h[8]"},
    {"told (what=<rest>)",
     "told 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 "
     "26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42",
     "what[1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 "
     "33 34 35 36 37 38 39 40]"},
    {"told (what=<rest>)", "told me uh, no. Never", "what[me uh, no]"},
    {"told (what=<rest>)", "told me, uh. Never", "what[me, uh]"},
};

static void write_captures(const mined *self, char *out, size_t size) {
    size_t len = 0;
    out[0] = '\0';
    if (self->result->hit_count == 0) {
        snprintf(out, size, "none");
        return;
    }
    const cxm_hit *hit = &self->result->hits[0];
    const char *text = cxm_transcript_turn(self->transcript, 0)->text.ptr;
    for (size_t i = 0; i < hit->capture_count; i++) {
        const cxm_capture *capture = &hit->captures[i];
        len += (size_t)snprintf(out + len, size - len, "%s%.*s[%.*s]", i ? " " : "",
                                (int)capture->name.len, capture->name.ptr,
                                (int)(capture->end - capture->start), text + capture->start);
    }
}

START_TEST(captures) {
    const capture_case *given = &capture_cases[_i];
    char written[512];
    cxm_lexicon *lexicon = new_phrase_lexicon(given->phrase);
    mined self = mine_text(lexicon, CXM_ROLE_UNKNOWN, given->text);
    write_captures(&self, written, sizeof written);
    ck_assert_msg(strcmp(written, given->captures) == 0, "%s\n%s\n%s, not %s", given->phrase,
                  given->text, written, given->captures);
    mined_free(&self);
    cxm_lexicon_free(lexicon);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("phrase");
    TCase *cases = tcase_create("phrase");
    tcase_set_timeout(cases, 20);
    tcase_add_loop_test(cases, matches, 0, COUNT(tables) * MOST_ROWS);
    tcase_add_loop_test(cases, captures, 0, COUNT(capture_cases));
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
