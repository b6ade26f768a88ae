/* SPDX-License-Identifier: MIT */
/*
 * Captions: what WebVTT, SubRip, SBV and the like have in common. Each of them cuts its text into
 * cues (vtt.c, srt.c); here cues become segments of a conversation: what stands in them is read
 * (caption.h), lines that roll over from cue to cue are taken once, and labels at the start of cues
 * become speakers where they are labels (cue_speakers.c).
 */
#ifndef CXM_READ_CUES_H
#define CXM_READ_CUES_H

#include "read/plain.h"
#include "read/segments.h"

/* A caption as it stands in the file. */
typedef struct cxm_cue {
    cxm_str text; /* all lines, as written */
    double start; /* CXM_TIME_UNKNOWN: it could not be read */
    double end;
} cxm_cue;

/* Cues of one text, in its order. */
typedef struct cxm_cues {
    cxm_segments *all;  /* what they become */
    cxm_reader *reader; /* who is told of problems; NULL: they are only counted */
    cxm_stretch text;   /* in which they stand */
    cxm_cue *items;
    size_t count;
    size_t capacity;
} cxm_cues;

/* Why a cue, or a part of it, is not in the transcript. */
#define CXM_SKIP_REPEATED "repeated caption"
#define CXM_SKIP_NO_CUE "text outside of cues"

void cxm_cues_init(cxm_cues *self, cxm_segments *all, cxm_reader *reader, cxm_str text);
void cxm_cues_clear(cxm_cues *self);

/* Adds a cue. A lack of memory is kept in `all`, as everywhere here. */
void cxm_cues_add(cxm_cues *self, const cxm_cue *cue);

/* A line of the text, without its end. */
typedef struct cxm_cue_line {
    cxm_str text;
    size_t number; /* from 1 */
} cxm_cue_line;

/* Tells that something on a line is not as expected. */
void cxm_cues_problem(cxm_cues *self, const cxm_cue_line *line, const char *expected);

/* Makes segments of the cues. */
void cxm_cues_finish(cxm_cues *self);

/* Reads the whole input as one conversation with one of the functions below: cxm_format.next. */
typedef void (*cxm_cue_parser)(cxm_cues *cues);
cxm_status cxm_cues_read(cxm_reader *self, cxm_cue_parser parse, cxm_transcript **out,
                         cxm_error *error);

/* The parser of WebVTT. */
void cxm_vtt_parse(cxm_cues *cues);

/* Whether a line, or a text, has nothing but white space. */
static inline bool cxm_is_blank(cxm_str text) {
    return cxm_str_trim(text).len == 0;
}

/* How a label can stand. */
enum { CXM_CUE_COLON /* "Dana: text" */, CXM_CUE_BRACKETS /* "[Dana] text" */, CXM_CUE_STYLES };

typedef struct cxm_cue_style {
    cxm_labels labels;
    size_t labelled; /* how many texts have a label that could be a speaker */
    bool is_first_labelled;
} cxm_cue_style;

/* Which labels at the start of what is said are speakers. */
typedef struct cxm_cue_speakers {
    cxm_cue_style styles[CXM_CUE_STYLES];
    size_t said; /* how many texts there are */
    bool has_speakers;
} cxm_cue_speakers;

void cxm_cue_speakers_init(cxm_cue_speakers *self, const cxm_reader *reader);
void cxm_cue_speakers_clear(cxm_cue_speakers *self);

/* Looks at the start of a text. false: no memory. */
bool cxm_cue_speakers_see(cxm_cue_speakers *self, cxm_str text);

/* Decides, when all has been seen. */
void cxm_cue_speakers_decide(cxm_cue_speakers *self);

/* The speaker that a text starts with, or NULL; `*rest` is what is said. */
const cxm_label *cxm_cue_speakers_find(const cxm_cue_speakers *self, cxm_str text, cxm_str *rest);

#endif
