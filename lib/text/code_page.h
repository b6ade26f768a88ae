/* SPDX-License-Identifier: MIT */
/* The code pages of one byte a letter that transcripts come in, or were once taken for. */
#ifndef CXM_TEXT_CODE_PAGE_H
#define CXM_TEXT_CODE_PAGE_H

#include <stdint.h>

typedef enum cxm_code_page {
    CXM_WINDOWS_1252, /* and Latin-1, which it holds */
    CXM_WINDOWS_1257, /* Baltic */
} cxm_code_page;

enum { CXM_CODE_PAGE_COUNT = 2 };

/* The code point that a byte stands for. */
uint32_t cxm_code_page_decode(cxm_code_page page, unsigned char byte);

/* The byte that stands for a code point; -1 where none does. */
int cxm_code_page_encode(cxm_code_page page, uint32_t code_point);

#endif
