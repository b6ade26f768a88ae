/* SPDX-License-Identifier: MIT */
/*
 * Mending damaged characters before a text is tokenized: mojibake, HTML entities, control
 * characters. The text stays as it was given; what is tokenized is a copy, and a map leads from
 * places in the copy back to the text.
 *
 * Only what can mean nothing else is mended. What depends on words (a lone "â" that was an
 * apostrophe) is, where the list of the language's words has the outcome and not what is written.
 */
#ifndef CXM_TEXT_MEND_H
#define CXM_TEXT_MEND_H

#include "base/buffer.h"
#include "text/language.h"

/* Bytes of the text that stand for others in the copy. */
typedef struct cxm_patch {
    uint32_t start; /* byte span in the text */
    uint32_t end;
    uint32_t copy_start; /* and in the copy */
    uint32_t copy_end;
} cxm_patch;

typedef struct cxm_mend {
    cxm_allocator allocator;
    cxm_buffer copy;
    cxm_patch *patches; /* in order */
    size_t count;       /* 0: the text is not damaged, and there is no copy of it */
    size_t capacity;
} cxm_mend;

void cxm_mend_init(cxm_mend *self, const cxm_allocator *allocator);
void cxm_mend_clear(cxm_mend *self);

/* Mends valid UTF-8 shorter than 4 GiB. Where anything is damaged `copy` holds the mended text with
 * `padding` bytes behind it that its length does not count. false where there is no memory. */
bool cxm_mend_run(cxm_mend *self, const cxm_language *language, cxm_str text, size_t padding);

/* The mended text; only where `count` is not 0. */
cxm_str cxm_mend_text(const cxm_mend *self);

/* Moves a span of the copy to the text. Whether any of it was mended. */
bool cxm_mend_span(const cxm_mend *self, uint32_t *start, uint32_t *end);

/* Moves one place of the copy to the text. */
uint32_t cxm_mend_place(const cxm_mend *self, uint32_t place);

#endif
