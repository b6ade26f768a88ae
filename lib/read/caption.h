/* SPDX-License-Identifier: MIT */
/*
 * What stands in a caption: text with tags for speakers, looks and times, as WebVTT, SubRip and
 * YouTube write them. Tags that say something are taken as that, tags of looks are dropped, and all
 * else in angle brackets ("<crosstalk>") stays text, so that no word is lost.
 */
#ifndef CXM_READ_CAPTION_H
#define CXM_READ_CAPTION_H

#include "read/segments.h"

/* A time inside a caption: the text from `offset` on is said then. */
typedef struct cxm_caption_time {
    size_t offset;
    double seconds;
} cxm_caption_time;

/* What one speaker says in a caption. */
typedef struct cxm_caption_part {
    cxm_str text;      /* lines parted by LF */
    cxm_str speaker;   /* of a voice tag, else empty */
    bool is_voice;     /* it stands in a voice tag, though that may name nobody */
    size_t first_time; /* of the caption's times, those with an offset in this part's text */
    size_t time_count;
} cxm_caption_part;

/* A caption that is gone through part by part. */
typedef struct cxm_caption {
    cxm_segments *all; /* whose `strings` keep what is written anew */
    cxm_str rest;
    bool is_plain; /* there is nothing in it but text */
    char *room;    /* where what is left can be written anew; NULL: not taken yet */
    cxm_str speaker;
    bool is_voice;
    cxm_caption_time *times; /* all of them so far */
    size_t time_count;
    size_t time_capacity;
    bool has_style; /* there was a tag of looks or a time: a machine wrote it */
} cxm_caption;

void cxm_caption_init(cxm_caption *self, cxm_segments *all);
void cxm_caption_clear(cxm_caption *self);

/* Begins a caption; the memory of the last one is used again. */
void cxm_caption_start(cxm_caption *self, cxm_str payload);

/* The next part; false behind the last one. A lack of memory is kept in `all`. */
bool cxm_caption_next(cxm_caption *self, cxm_caption_part *part);

/* A time as WebVTT writes it ("01:02.500", "1:01:02.500"; a comma counts as a point) at the start
 * of `text`: the bytes used, or 0. */
size_t cxm_cue_time_scan(cxm_str text, double *seconds);

#endif
