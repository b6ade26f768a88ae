/* SPDX-License-Identifier: MIT */
/*
 * A writer: one constant of type cxm_writer_format per file, listed once in writers.c. A format
 * appends to `out` and never looks whether that worked: the buffer's failure is sticky and is
 * looked at in one place.
 */
#ifndef CXM_WRITE_WRITER_H
#define CXM_WRITE_WRITER_H

#include "base/buffer.h"
#include "write/screen.h"
#include "write/tally.h"
#include "write/verdicts.h"

#include <cxmine/judge.h>
#include <cxmine/live.h>
#include <cxmine/writer.h>

typedef struct cxm_writer_format {
    const char *name;
    void (*begin)(cxm_writer *self); /* before the first result, or the end; NULL: nothing */
    void (*result)(cxm_writer *self, const cxm_transcript *transcript, const cxm_result *result);
    void (*end)(cxm_writer *self); /* NULL: nothing */
    /* Events of a conversation that goes on; NULL: it has none. */
    void (*news)(cxm_writer *self, const cxm_live *live, const cxm_live_news *news);
    void (*findings)(cxm_writer *self, const cxm_live *live, const cxm_live_findings *found);
} cxm_writer_format;

/* How a format writes what a query found; a format may have this, or the other, or both. */
typedef struct cxm_answer_format {
    const char *name;
    void (*answer)(cxm_writer *self, const cxm_transcript *transcript, const cxm_result *result,
                   const cxm_answer *answer);
    /* Why it found nothing; NULL: the format cannot say. */
    void (*explanation)(cxm_writer *self, const cxm_transcript *transcript,
                        const cxm_result *result, const cxm_explanation *explanation);
} cxm_answer_format;

struct cxm_writer {
    cxm_allocator allocator;
    const cxm_writer_format *format; /* NULL: it has none of that name, and so is: */
    const cxm_answer_format *answer_format;
    const cxm_lexicon *lexicon;
    bool color;
    size_t width;
    size_t context;
    bool begun;
    cxm_buffer out;
    cxm_buffer scratch;     /* of one call */
    cxm_screen_mark *marks; /* of a turn, while it is written */
    size_t mark_count;
    size_t mark_capacity;
    cxm_families families;
    cxm_tally one;                  /* of the transcript being written */
    cxm_tally all;                  /* of those written before it */
    const cxm_judgement *judgement; /* of the transcript being written; NULL: it is not judged */
    cxm_verdicts verdicts;          /* of those written before it */
};

extern const cxm_writer_format cxm_write_text;
extern const cxm_writer_format cxm_write_jsonl;

extern const cxm_answer_format cxm_answer_text;
extern const cxm_answer_format cxm_answer_jsonl;
extern const cxm_answer_format cxm_answer_csv;

/* Shared by jsonl.c and live_json.c. */
void cxm_json_role_words(cxm_buffer *out, const cxm_result *result);
void cxm_json_event(cxm_buffer *out, const cxm_transcript *transcript, const char *event);
void cxm_write_findings(cxm_writer *self, const cxm_live *live, const cxm_live_findings *found);

void cxm_show_text(cxm_writer *self, const cxm_transcript *transcript, const cxm_result *result,
                   const cxm_judgement *judgement);
void cxm_explanation_text(cxm_writer *self, const cxm_transcript *transcript,
                          const cxm_result *result, const cxm_explanation *explanation);
void cxm_explanation_jsonl(cxm_writer *self, const cxm_transcript *transcript,
                           const cxm_result *result, const cxm_explanation *explanation);

#endif
