/* SPDX-License-Identifier: MIT */
/**
 * @file cxmine.h
 * libcxmine: mines call and chat transcripts for what was said and how, with evidence.
 *
 * # The flow
 *
 *     bytes -> reader -> transcript -> tokens -> hits -> result -> writer -> bytes
 *
 * 1. A cxm_lexicon is compiled once from a pack (or from the one that is built in). It is
 *    immutable: share it between any number of threads.
 * 2. A cxm_miner is one thread's working memory. Make one per thread and reuse it: once warm it
 *    allocates nothing.
 * 3. A cxm_transcript is read from bytes or built turn by turn. It is immutable.
 * 4. cxm_mine() gives a cxm_result: hits, each with its turn, its byte span, its phrase, and the
 *    line of the lexicon file that the phrase stands on.
 *
 * # Rules that hold everywhere
 *
 * - Strings are UTF-8 in a cxm_str (pointer, length); they are never NUL-terminated unless said.
 * - What comes through a `T **out` is owned by the caller and has one `_free`, which takes NULL.
 *   A pointer that is returned, or that stands in a struct handed out, is borrowed.
 * - A function that can fail returns a cxm_status and fills an optional cxm_error, its last
 *   argument; the innermost message wins. On failure `*out` is NULL.
 * - In an options struct zero means the default. Initialize it with its `_INIT` macro.
 * - The library prints nothing, starts no thread, reads no environment and no clock, and opens no
 *   file but the pack it is told to load.
 *
 * See examples/minimal.c for the whole of it in thirty lines.
 */
#ifndef CXMINE_H
#define CXMINE_H

#include <cxmine/base.h>
#include <cxmine/behavior.h>
#include <cxmine/counter.h>
#include <cxmine/import.h>
#include <cxmine/judge.h>
#include <cxmine/lexicon.h>
#include <cxmine/live.h>
#include <cxmine/miner.h>
#include <cxmine/reader.h>
#include <cxmine/stream.h>
#include <cxmine/trace.h>
#include <cxmine/transcript.h>
#include <cxmine/writer.h>

#endif
