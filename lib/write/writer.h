/* SPDX-License-Identifier: MIT */
/*
 * A writer: one constant of type cxm_writer_format per file, listed once in writers.c. A format
 * appends to `out` and never looks whether that worked: the buffer's failure is sticky and is
 * looked at in one place.
 */
#ifndef CXM_WRITE_WRITER_H
#define CXM_WRITE_WRITER_H

#include "base/buffer.h"
#include "write/tally.h"
#include "write/verdicts.h"

#include <cxmine/live.h>
#include <cxmine/writer.h>

typedef struct cxm_writer_format {
    const char *name;
    void (*begin)(cxm_writer *self); /* before the first result, or the end; NULL: nothing */
    void (*result)(cxm_writer *self, const cxm_transcript *transcript, const cxm_result *result);
    void (*end)(cxm_writer *self); /* NULL: nothing */
    void (*news)(cxm_writer *self, const cxm_live *live, const cxm_live_news *news); /* or NULL */
} cxm_writer_format;

struct cxm_writer {
    cxm_allocator allocator;
    const cxm_writer_format *format;
    const cxm_lexicon *lexicon;
    bool color;
    size_t width;
    bool begun;
    cxm_buffer out;
    cxm_families families;
    cxm_tally one;                  /* of the transcript being written */
    cxm_tally all;                  /* of those written before it */
    const cxm_judgement *judgement; /* of the transcript being written; NULL: it is not judged */
    cxm_verdicts verdicts;          /* of those written before it */
};

extern const cxm_writer_format cxm_write_text;
extern const cxm_writer_format cxm_write_jsonl;

#endif
