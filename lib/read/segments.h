/* SPDX-License-Identifier: MIT */
/*
 * From what a file says, piece by piece, to a transcript.
 *
 * A reader hands over segments in the order of the file: a phrase of a recognizer, a cue, a chat
 * message, a row. What all formats have in common happens here: times become seconds from the
 * start of the conversation; lists of several channels become one; what one speaker said without
 * another in between becomes one turn, so that a phrase runs over the breaks of a recognizer; the
 * times of words become marks in the text; roles are those of the caller's rules, of the file, or
 * of the label; and what is left out is counted with its reason.
 *
 *     cxm_segments_init(&all, reader);
 *     cxm_segments_meta(&all, CXM_META_QUEUE, queue);
 *     cxm_segments_add(&all, &(cxm_segment){.speaker = ..., .start = ..., ...});
 *     cxm_segments_word(&all, CXM_STR("hello"), 0.3);      (of the segment added last)
 *     cxm_segments_skip(&all, CXM_SKIP_EMPTY);
 *     status = cxm_segments_finish(&all, &stretch, &transcript, error);
 *     cxm_segments_clear(&all);
 *
 * Adding returns nothing: a lack of memory is kept, and told by cxm_segments_finish().
 */
#ifndef CXM_READ_SEGMENTS_H
#define CXM_READ_SEGMENTS_H

#include "read/format.h"

/* Keys of metadata that mean the same whatever the format (README.md). */
#define CXM_META_AGENT "agent"
#define CXM_META_CUSTOMER "customer"
#define CXM_META_DATE "date"
#define CXM_META_QUEUE "queue"
#define CXM_META_LANGUAGE "language"
#define CXM_META_CHANNEL "channel"
#define CXM_META_DURATION "duration"
#define CXM_META_START "start_time"

/* Why something is not in the transcript; the same words for the same reason in every format. */
#define CXM_SKIP_EMPTY "empty text"
#define CXM_SKIP_EVENT "event without text"
#define CXM_SKIP_FAILED "recognition failed"
#define CXM_SKIP_NO_SPEECH "no speech"
#define CXM_SKIP_TIME "time not believed: all are the same"

/* One piece of a conversation. All strings are borrowed until cxm_segments_finish(): what a reader
 * has to write anew (entities decoded, say) goes into `strings` of cxm_segments. */
typedef struct cxm_segment {
    cxm_str speaker; /* the label as written; where there is none: the role's, or the channel */
    cxm_str channel;
    cxm_str text;  /* white space at its ends does not count */
    double start;  /* in seconds, of the conversation or since 1970; CXM_TIME_UNKNOWN */
    double end;    /* likewise */
    cxm_role role; /* what the file says; CXM_ROLE_UNKNOWN: what rules or the label say */
    cxm_role_source role_source; /* of `role`; CXM_ROLE_FROM_NOTHING: the file */
    cxm_turn_kind kind;
    const cxm_time_mark *marks; /* times in the text that are known already; borrowed */
    size_t mark_count;
    bool no_label;     /* the label is a recognizer's number or letter, and says no role */
    bool is_message;   /* whole by itself, as in a chat: never joined with another */
    size_t offset;     /* in the stretch that cxm_segments_finish() is given, for errors */
    size_t first_word; /* set by cxm_segments_add() and cxm_segments_word() */
    size_t word_count;
} cxm_segment;

/* A word of a segment and when it was said. */
typedef struct cxm_segment_word {
    cxm_str text; /* may be empty where all words of the text are given */
    double start;
} cxm_segment_word;

enum { CXM_MAX_REASONS = 16 /* different ones of a conversation; the last takes all others */ };

typedef enum cxm_segment_order {
    CXM_ORDER_AUTO, /* of the file; of time where channels are in order, but not with each other */
    CXM_ORDER_FILE, /* whatever the times say */
    CXM_ORDER_TIME  /* several lists, or one that is in no order */
} cxm_segment_order;

typedef struct cxm_segments {
    const cxm_reader *reader;
    cxm_arena strings; /* for what readers write anew; empty again behind cxm_segments_reset() */
    cxm_str id;
    double start;            /* of the conversation, since 1970; CXM_TIME_UNKNOWN: not said */
    cxm_segment_order order; /* CXM_ORDER_AUTO, unless the reader says otherwise */
    cxm_segment *items;
    size_t count;
    size_t capacity;
    cxm_segment_word *words;
    size_t word_count;
    size_t word_capacity;
    cxm_meta *meta;
    size_t meta_count;
    size_t meta_capacity;
    cxm_skipped skipped[CXM_MAX_REASONS];
    size_t skipped_count;
    size_t bytes; /* of text in all */
    size_t room;  /* bytes in `strings` behind the text of the segment added last */
    bool is_open; /* the segment that came last was added: words are of it */
    bool failed;  /* there was no memory */
} cxm_segments;

void cxm_segments_init(cxm_segments *self, const cxm_reader *reader);
void cxm_segments_clear(cxm_segments *self); /* gives the memory back */
void cxm_segments_reset(cxm_segments *self); /* for the next conversation; keeps the memory */

/* Adds a segment. One without text is not added, but counted: CXM_SKIP_EMPTY, or CXM_SKIP_EVENT. */
void cxm_segments_add(cxm_segments *self, const cxm_segment *segment);

/* Adds a word to the segment added last, in the order of its text. */
void cxm_segments_word(cxm_segments *self, cxm_str text, double start);

/* Goes on with the segment added last: `text` comes behind it, after a blank unless it is attached
 * (punctuation). An `end` that is known becomes the segment's. */
void cxm_segments_extend(cxm_segments *self, cxm_str text, bool is_attached, double end);

/* Counts what is left out. `reason` is static or in `strings`. */
void cxm_segments_skip(cxm_segments *self, const char *reason);

/* Adds an item of metadata; the first that is not empty stands, of equal keys. Borrowed. */
void cxm_segments_meta(cxm_segments *self, const char *key, cxm_str value);

/*
 * Makes the transcript. Errors are told in `where`. What was added is used up: only
 * cxm_segments_reset() and cxm_segments_clear() may follow.
 */
cxm_status cxm_segments_finish(cxm_segments *self, const cxm_stretch *where, cxm_transcript **out,
                               cxm_error *error);

/* Times from 10^8 seconds on (10^11 ms) are counted from 1970, those below from the start. */
static inline bool cxm_time_is_epoch(double seconds) {
    return seconds >= 1e8;
}

#endif
