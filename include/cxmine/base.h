/* SPDX-License-Identifier: MIT */
/**
 * @file base.h
 * What every other header stands on: strings, statuses, errors, allocators, the version.
 */
#ifndef CXMINE_BASE_H
#define CXMINE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define CXM_API __attribute__((visibility("default")))
#define CXM_NODISCARD __attribute__((warn_unused_result))
#else
#define CXM_API
#define CXM_NODISCARD
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** The version of the library in use, as "0.1.0". Static; NUL-terminated. Thread-safe. */
CXM_API const char *cxm_version(void);

/** A borrowed run of UTF-8 bytes. Never NUL-terminated; lives as long as what it was cut from. */
typedef struct cxm_str {
    const char *ptr; /**< May be NULL where len is 0. */
    size_t len;      /**< In bytes. */
} cxm_str;

/**
 * A view of a NUL-terminated string; of nothing where `text` is NULL.
 *
 * @return A view that lives as long as `text`. Thread-safe.
 */
CXM_API cxm_str cxm_str_from(const char *text);

/** What became of a call. */
typedef enum cxm_status {
    CXM_OK = 0,         /**< Done. */
    CXM_E_NOMEM = 1,    /**< The allocator returned NULL. The objects involved stay usable. */
    CXM_E_ARGUMENT = 2, /**< The caller broke the contract of the function. */
    CXM_E_ENCODING = 3, /**< The input is not in an encoding that can be read. */
    CXM_E_SYNTAX = 4,   /**< The input is not of the form it claims to have. */
    CXM_E_LIMIT = 5,    /**< A documented limit would be exceeded. */
    CXM_E_IO = 6,       /**< A file or directory of a pack could not be read. */
    CXM_E_NOT_FOUND = 7 /**< No such built-in pack, category, format or writer. */
} cxm_status;

/** The name of a status, as "syntax error". Static; NUL-terminated. Thread-safe. */
CXM_API const char *cxm_status_name(cxm_status status);

/**
 * Where and why an operation failed. Caller-owned, flat, nothing to free; written only on failure.
 * Every string is NUL-terminated and cut, on a code point boundary, where it is too long.
 */
typedef struct cxm_error {
    cxm_status code;
    uint32_t line;     /**< From 1; 0 where unknown. */
    uint32_t column;   /**< From 1, in code points; 0 where unknown. */
    uint64_t offset;   /**< Byte offset from 0 in the input; UINT64_MAX where unknown. */
    char file[256];    /**< The file's name or label; empty where there is none. */
    char message[256]; /**< English, one line, no final full stop. */
    char
        excerpt[160]; /**< The offending line, or the part of it around the column; may be empty. */
    uint32_t caret;   /**< From 1: the column of `excerpt` to point at, in code points; 0: none. */
} cxm_error;

/**
 * Where memory comes from. One function allocates (`ptr` NULL, `old_size` 0), resizes, and frees
 * (`new_size` 0, returns NULL). It returns NULL where there is no memory; the block is then as it
 * was. Results must be aligned for any type. An allocator that is used by objects of several
 * threads must be thread-safe; nothing is ever freed with another allocator than its own.
 *
 * Third-party libraries under libcxmine (libfyaml while a pack loads, libstemmer, simdjson) use
 * malloc for their own temporary memory.
 */
typedef struct cxm_allocator {
    void *(*resize)(void *user, void *ptr, size_t old_size, size_t new_size);
    void *user; /**< Handed to every call. */
} cxm_allocator;

#ifdef __cplusplus
}
#endif
#endif
