/* SPDX-License-Identifier: MIT */
/*
 * Cutting JSON into documents, each a conversation or what one may be in: a line of JSON Lines, an
 * item of an array, an item of an array in a known member of an object ({"chats": [...]}), one of
 * several objects behind one another. Only brackets and quotes are looked at, so that one broken
 * document does not take the others with it, and no more than one has to be in memory.
 */
#ifndef CXM_READ_DOCUMENTS_H
#define CXM_READ_DOCUMENTS_H

#include <cxmine/base.h>

/* What a file is known by. */
typedef struct cxm_documents_judge {
    /* Whether the first item of an array tells that the array is one conversation. */
    bool (*is_turn)(void *context, cxm_str item);
    /* Whether a list of conversations stands in a member of this name. */
    bool (*is_wrapper)(void *context, cxm_str key);
    void *context;
} cxm_documents_judge;

typedef enum cxm_document_mode {
    CXM_DOCUMENTS_START,  /* nothing has been seen */
    CXM_DOCUMENTS_VALUES, /* one behind the other */
    CXM_DOCUMENTS_ITEMS,  /* of an array */
    CXM_DOCUMENTS_REST,   /* of an object, behind the array in it */
    CXM_DOCUMENTS_DROP    /* of a document that is longer than can be */
} cxm_document_mode;

typedef struct cxm_documents {
    cxm_documents_judge judge;
    size_t limit; /* of a document, in bytes */
    cxm_document_mode mode;
    cxm_document_mode after; /* what comes behind what is dropped */
    bool is_lines;           /* one a line, as far as has been seen */
    bool may_be_lines;       /* what stands behind the last document has not been seen */
    bool is_wrapped;         /* the array stands in an object */
    /* The document at hand, as far as it has been looked at. */
    size_t looked_at; /* bytes from the start of what is unread */
    size_t depth;
    bool in_string;
    size_t line_end; /* one in that string, which has none in JSON; 0: none has been seen */
} cxm_documents;

typedef enum cxm_document_found {
    CXM_FOUND_DOCUMENT, /* complete; or cut off by the end or by another */
    CXM_FOUND_MORE,     /* more bytes are needed */
    CXM_FOUND_TOO_LONG, /* a document of more bytes than the limit; what there is of it is dropped
                         */
    CXM_FOUND_END
} cxm_document_found;

typedef struct cxm_document {
    cxm_str text;  /* without blanks at its ends */
    size_t behind; /* what of the unread bytes is done with, whatever was found */
} cxm_document;

void cxm_documents_init(cxm_documents *self, cxm_documents_judge judge, size_t limit);

/*
 * Looks for the next document in what is unread. `is_all`: no more bytes will come.
 *
 * Behind CXM_FOUND_MORE the next call must be given the same bytes from `behind` on, and more.
 * Behind any other result what is before `behind` has been read.
 */
cxm_document_found cxm_documents_next(cxm_documents *self, cxm_str unread, bool is_all,
                                      cxm_document *out);

/* Whether a document is an object with a list of conversations in it. */
bool cxm_documents_has_list(const cxm_documents *self, cxm_str document);

/* Whether bytes, not blank at their start, look like JSON: how surely, as cxm_format.sniff. */
int cxm_json_sniff(cxm_str head);

/*
 * Where a document that is broken at `length` can be cut so that what is before can be read:
 * behind the last object or array that is complete and stands at most `depth` deep. `closing`
 * becomes what closes what is open there, and its length is *count; 0: there is no such place.
 */
enum { CXM_MAX_CLOSING = 64 };
size_t cxm_documents_cut(cxm_str document, size_t length, size_t depth,
                         char closing[CXM_MAX_CLOSING], size_t *count);

#endif
