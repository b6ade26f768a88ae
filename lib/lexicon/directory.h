/* SPDX-License-Identifier: MIT */
/* Packs on disk. directory.c is the only file of the library that opens files. */
#ifndef CXM_LEXICON_DIRECTORY_H
#define CXM_LEXICON_DIRECTORY_H

#include "base/memory.h"

/* Who is given the files. CXM_OK goes on to the next one; anything else ends the reading. */
typedef struct cxm_directory_visitor {
    cxm_status (*visit)(void *user, cxm_str name, cxm_str text, cxm_error *error);
    void *user;
} cxm_directory_visitor;

/*
 * Reads a pack: the regular files (or links to such) of a directory that end in `.yaml` and do not
 * begin with a full stop, and its words.txt, in the byte order of their names; or the one file
 * that `path` is. Names and texts are put in the arena.
 *
 * @param path  NUL-terminated.
 * @return CXM_OK; what a visit returned; CXM_E_IO or CXM_E_LIMIT with the path and the reason in
 *         `error`; CXM_E_NOMEM.
 */
cxm_status cxm_directory_read(const char *path, cxm_arena *arena,
                              const cxm_directory_visitor *visitor, cxm_error *error);

#endif
