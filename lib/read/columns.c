/* SPDX-License-Identifier: MIT */
/* Names of columns, as exports have them. They are written here as small letters and digits: a
 * header's "Start Time", "start_time" and "StartTime" are one. */
#include "read/columns.h"

#include "read/clock.h"

enum { LONGEST_NAME = 40 };

/* The surest name of a field comes first: where a header has several, that one counts. */
static const struct {
    cxm_field field;
    const char *names;
} known[] = {
    {CXM_FIELD_ID, "conversationid callid interactionid contactid sessionid chatid transcriptid "
                   "recordingid dialogueid dialogid threadid conversationguid callguid guid "
                   "convid convoid ticketid caseid conversation call interaction session id"},
    {CXM_FIELD_SPEAKER, "speaker speakername participant participantname messageparticipant "
                        "sender sendername sentby from author authorname speakerlabel speakerid "
                        "participantid talker name user username"},
    {CXM_FIELD_ROLE, "role speakerrole participantrole participanttype sendertype senderrole "
                     "authortype authorrole speakertype actortype party"},
    {CXM_FIELD_TEXT, "text utterance message messagetext content body transcript transcription "
                     "messagebody msg utterancetext turntext sentence dialogue conversationtext "
                     "chattext transcripttext calltranscript description"},
    {CXM_FIELD_START, "start starttime startms startmillis startsec startseconds starts begin "
                      "begintime beginms beginoffsetmillis startoffset startoffsetms "
                      "startoffsetmillis offset offsetms offsetmillis offsetseconds timestamp "
                      "timestampms time timems messagetime messagetimestamp senttime sentat "
                      "createdat datetime interactionstarted"},
    {CXM_FIELD_END, "end endtime endms endmillis endsec endseconds ends endoffset endoffsetms "
                    "endoffsetmillis stop stoptime finish"},
    {CXM_FIELD_ORDER, "turn turnid turnindex turnnumber turnno messageindex messagenumber "
                      "sequence sequencenumber seq utteranceindex utterancenumber stagenumber "
                      "linenumber"},
    {CXM_FIELD_CHANNEL, "channel channelid channeltag channelindex track"},
    {CXM_FIELD_AGENT, "agent agentname agentid messageagentname representative rep advisor"},
    {CXM_FIELD_CUSTOMER, "customer customername customerid client clientid"},
    {CXM_FIELD_QUEUE, "queue queuename skill skillname department"},
    {CXM_FIELD_LANGUAGE, "language languagecode lang locale"},
    {CXM_FIELD_DATE, "date calldate startdate conversationdate"},
};

static const char *const field_names[CXM_FIELD_COUNT] = {
    "id",      "speaker", "role",     "text",  "start",    "end",  "order",
    "channel", "agent",   "customer", "queue", "language", "date",
};

const char *cxm_field_name(cxm_field field) {
    return field_names[field];
}

/* A name in small letters and digits; its length, or 0 where it is no name of a column. */
static size_t simplify(cxm_str name, char out[LONGEST_NAME]) {
    size_t len = 0;
    for (size_t i = 0; i < name.len; i++) {
        char c = cxm_ascii_lower(name.ptr[i]);
        bool is_kept = (c >= 'a' && c <= 'z') || cxm_is_digit(c);
        if (!is_kept && !memchr(" _-./()[]#*", c, 11))
            return 0;
        if (!is_kept)
            continue;
        if (len == LONGEST_NAME)
            return 0;
        out[len++] = c;
    }
    return len;
}

/* The place of a word in a list of words; 0 where it is not there, the first is 1. */
static size_t place_in(const char *words, const char *word, size_t len) {
    size_t place = 1;
    for (const char *at = words; *at; place++) {
        size_t size = strcspn(at, " ");
        if (size == len && memcmp(at, word, len) == 0)
            return place;
        at += size + (at[size] == ' ');
    }
    return 0;
}

void cxm_columns_clear(cxm_columns *self) {
    *self = (cxm_columns){.unit = 0};
    for (int i = 0; i < CXM_FIELD_COUNT; i++)
        self->of[i] = CXM_NO_COLUMN;
}

static bool ends_with(const char *name, size_t len, const char *end) {
    size_t size = strlen(end);
    return len >= size && memcmp(name + len - size, end, size) == 0;
}

/* Milliseconds where the name of the times says so. */
static double unit_of(const char *name, size_t len) {
    if (ends_with(name, len, "usec") || ends_with(name, len, "micros"))
        return 1e-6;
    if (ends_with(name, len, "ms") || ends_with(name, len, "millis") ||
        ends_with(name, len, "msec"))
        return 1e-3;
    return ends_with(name, len, "sec") || ends_with(name, len, "seconds") ? 1 : 0;
}

/* Takes a column for the field that its name says, unless a surer one has been seen. */
static void take_name(cxm_columns *self, size_t places[CXM_FIELD_COUNT], size_t column,
                      cxm_str cell) {
    char name[LONGEST_NAME];
    size_t len = simplify(cxm_str_trim(cell), name);
    for (size_t i = 0; len && i < sizeof known / sizeof *known; i++) {
        cxm_field field = known[i].field;
        size_t place = place_in(known[i].names, name, len);
        if (!place || (places[field] && places[field] <= place))
            continue;
        places[field] = place;
        self->of[field] = column;
        if (field == CXM_FIELD_ID)
            self->is_weak_id = len == 2;
        if (field == CXM_FIELD_START)
            self->unit = unit_of(name, len);
    }
}

bool cxm_columns_of_header(cxm_columns *self, const cxm_cell *cells, size_t count) {
    size_t places[CXM_FIELD_COUNT] = {0};
    cxm_columns_clear(self);
    self->has_header = true;
    for (size_t i = 0; i < count; i++)
        take_name(self, places, i, cells[i].text);
    if (self->of[CXM_FIELD_TEXT] == CXM_NO_COLUMN || count < 2)
        return false;
    static const cxm_field others[] = {CXM_FIELD_ID, CXM_FIELD_SPEAKER, CXM_FIELD_ROLE,
                                       CXM_FIELD_START};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (self->of[others[i]] != CXM_NO_COLUMN)
            return true;
    return false;
}

static bool is_decimal(cxm_str text) {
    double number;
    text = cxm_str_trim(text);
    return text.len && !memchr(text.ptr, ':', text.len) && cxm_seconds_parse(text, &number);
}

bool cxm_columns_of_words(cxm_columns *self, const cxm_cell *cells, size_t count) {
    enum { COLUMNS = 3 };
    cxm_columns_clear(self);
    if (count != COLUMNS || !is_decimal(cells[1].text))
        return false;
    bool is_text_first = is_decimal(cells[2].text);
    if (is_text_first == is_decimal(cells[0].text))
        return false;
    self->of[CXM_FIELD_TEXT] = is_text_first ? 0 : 2;
    self->of[CXM_FIELD_START] = is_text_first ? 1 : 0;
    self->of[CXM_FIELD_END] = is_text_first ? 2 : 1;
    return true;
}

static bool parse_number(cxm_str text, size_t *number) {
    enum { MOST_DIGITS = 4 };
    *number = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!cxm_is_digit(text.ptr[i]))
            return false;
        *number = *number * 10 + (size_t)(text.ptr[i] - '0');
    }
    return text.len && text.len <= MOST_DIGITS && *number > 0;
}

/* A column by its name, or by its number, from 1. A row in which a name is found is one of names.
 */
static size_t find_column(cxm_columns *self, cxm_str column, const cxm_cell *cells, size_t count) {
    size_t number;
    for (size_t i = 0; i < count; i++)
        if (cxm_str_equal_nocase(cxm_str_trim(cells[i].text), cxm_str_trim(column))) {
            self->has_header = true;
            return i;
        }
    bool is_number = parse_number(column, &number) && number <= CXM_MAX_CELLS;
    return is_number && (count == 0 || number <= count) ? number - 1 : CXM_NO_COLUMN;
}

size_t cxm_columns_map(cxm_columns *self, const cxm_column_rule *rules, size_t rule_count,
                       const cxm_cell *cells, size_t count) {
    for (size_t i = 0; i < rule_count; i++) {
        size_t column = find_column(self, rules[i].column, cells, count);
        size_t field = 0;
        while (field < CXM_FIELD_COUNT &&
               !cxm_str_equal_nocase(rules[i].field, cxm_str_from(field_names[field])))
            field++;
        if (column == CXM_NO_COLUMN || field == CXM_FIELD_COUNT)
            return i;
        self->of[field] = column;
        if (field == CXM_FIELD_ID)
            self->is_weak_id = false;
    }
    return rule_count;
}
