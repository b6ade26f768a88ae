/* SPDX-License-Identifier: MIT */
/* The canonical form of a conversation: what cxmine writes and reads without loss. */
#ifndef CXM_READ_CANONICAL_H
#define CXM_READ_CANONICAL_H

#include "read/format.h"
#include "read/json.h"

/* Whether a document is one, and surely so: it has turns, with texts if there are any. */
bool cxm_canonical_is(const cxm_json_value *root);

/* Whether it says that it is one, whatever its turns are. */
bool cxm_canonical_claims(const cxm_json_value *root);

/* Reads a document that was parsed from `document`; fails at the place of the first thing that is
 * not as it must be. */
cxm_status cxm_canonical_read(const cxm_reader *reader, const cxm_stretch *document,
                              const cxm_json_value *root, cxm_transcript **out, cxm_error *error);

#endif
