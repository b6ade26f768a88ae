/* SPDX-License-Identifier: MIT */
/**
 * @file transcript.h
 * A transcript: one conversation, as metadata and a list of turns.
 *
 * A transcript comes from a reader (reader.h) or is built turn by turn with a
 * cxm_transcript_builder. Once made it is immutable: any number of threads may use it.
 */
#ifndef CXMINE_TRANSCRIPT_H
#define CXMINE_TRANSCRIPT_H

#include <cxmine/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Who a speaker is in the conversation. */
typedef enum cxm_role {
    CXM_ROLE_UNKNOWN = 0, /**< Not said; mined for what agents and for what customers say. */
    CXM_ROLE_AGENT = 1,
    CXM_ROLE_CUSTOMER = 2,
    CXM_ROLE_BOT = 3,  /**< A machine: an IVR, an assistant. */
    CXM_ROLE_OTHER = 4 /**< Somebody or something else: a system message, a third party. */
} cxm_role;

enum { CXM_ROLE_COUNT = 5 /**< How many roles there are. */ };

/** The name of a role, as "agent". Static; NUL-terminated; "unknown" for no role. Thread-safe. */
CXM_API const char *cxm_role_name(cxm_role role);

/**
 * The role that a name stands for: the five names of cxm_role_name(), in any case.
 *
 * @return true where `name` is a role's name; `*role` is set then and else left alone.
 */
CXM_API bool cxm_role_parse(cxm_str name, cxm_role *role);

/** Where a role was taken from, the surest first. */
typedef enum cxm_role_source {
    CXM_ROLE_FROM_NOTHING = 0, /**< No role is known. */
    CXM_ROLE_FROM_RULE = 1,    /**< The caller said so (cxm_reader_options.roles). */
    CXM_ROLE_FROM_FILE = 2,    /**< The file says it. */
    CXM_ROLE_FROM_LABEL = 3,   /**< The speaker's label says it ("Agent 2"). */
    CXM_ROLE_FROM_WORDS = 4    /**< Decided from what the speaker says (miner.h). */
} cxm_role_source;

enum { CXM_ROLE_SOURCE_COUNT = 5 /**< How many sources there are. */ };

/** The name of a source, as "label"; "none" for no source. Static; NUL-terminated. Thread-safe. */
CXM_API const char *cxm_role_source_name(cxm_role_source source);

/** The source that a name stands for, in any case. @return true and `*source`, or false. */
CXM_API bool cxm_role_source_parse(cxm_str name, cxm_role_source *source);

/** What a turn is. Only speech is mined, and only speech counts as a turn within a distance. */
typedef enum cxm_turn_kind {
    CXM_TURN_SPEECH = 0, /**< Said or written to the other party. */
    CXM_TURN_EVENT = 1,  /**< Something that happened: somebody joined, a call was put on hold. */
    CXM_TURN_NOTE = 2    /**< Internal; the customer never saw it. */
} cxm_turn_kind;

enum { CXM_TURN_KIND_COUNT = 3 /**< How many kinds there are. */ };

/** The name of a kind: "speech", "event" or "note". Static; NUL-terminated. Thread-safe. */
CXM_API const char *cxm_turn_kind_name(cxm_turn_kind kind);

/** The kind that a name stands for, in any case. @return true and `*kind`, or false. */
CXM_API bool cxm_turn_kind_parse(cxm_str name, cxm_turn_kind *kind);

/** The time of a turn or mark of which no time is known. Every time that is known is >= 0. */
#define CXM_TIME_UNKNOWN (-1.0)

/** A time known inside a turn: the text from `offset` on was said at `seconds` or later. */
typedef struct cxm_time_mark {
    size_t offset;  /**< Byte offset in the turn's text. */
    double seconds; /**< From the start of the conversation. */
} cxm_time_mark;

/** What one speaker said until another spoke. */
typedef struct cxm_turn {
    cxm_str speaker; /**< The label as written ("Dana", "spk_0"); may be empty. */
    cxm_role role;   /**< As the file or the caller says; CXM_ROLE_UNKNOWN where neither does. */
    cxm_str channel; /**< May be empty. */
    double start;    /**< Seconds from the start of the conversation; or CXM_TIME_UNKNOWN. */
    double end;      /**< Likewise. */
    cxm_str text;    /**< Valid UTF-8. All spans of hits count its bytes. */
    const cxm_time_mark *marks; /**< In ascending order of offset; NULL where mark_count is 0. */
    size_t mark_count;
    cxm_role_source role_source; /**< Of `role`; CXM_ROLE_FROM_NOTHING where that is unknown. */
    cxm_turn_kind kind;
} cxm_turn;

/** One item of a transcript's metadata; values of other types are given as their text. */
typedef struct cxm_meta {
    cxm_str key;
    cxm_str value;
} cxm_meta;

/** What a reader left out of a transcript, and how often: nothing disappears without being told. */
typedef struct cxm_skipped {
    cxm_str reason; /**< As "empty text"; English, the same words in every format. */
    size_t count;   /**< How many segments, messages or rows. */
} cxm_skipped;

/** One conversation. Immutable; free with cxm_transcript_free(). */
typedef struct cxm_transcript cxm_transcript;

/** The conversation's id; may be empty. Borrowed from the transcript, as all below. */
CXM_API cxm_str cxm_transcript_id(const cxm_transcript *self);

/** What the transcript was read from: the source name the reader was given; may be empty. */
CXM_API cxm_str cxm_transcript_source(const cxm_transcript *self);

/** The encoding that it was read from, as cxm_reader_encoding(); empty where it was built. */
CXM_API cxm_str cxm_transcript_encoding(const cxm_transcript *self);

/** How many turns there are. */
CXM_API size_t cxm_transcript_turn_count(const cxm_transcript *self);

/** The turn at `index` (from 0); NULL where there is none. */
CXM_API const cxm_turn *cxm_transcript_turn(const cxm_transcript *self, size_t index);

/**
 * How many different speaker labels there are; the empty label counts as one. Speakers are numbered
 * in the order in which they first speak.
 */
CXM_API size_t cxm_transcript_speaker_count(const cxm_transcript *self);

/** The label of the speaker with a number below the speaker count; else empty. */
CXM_API cxm_str cxm_transcript_speaker(const cxm_transcript *self, size_t speaker);

/** The number of the speaker of a turn; `turn` must be below the turn count. */
CXM_API uint32_t cxm_transcript_speaker_of(const cxm_transcript *self, size_t turn);

/** How many items of metadata there are. */
CXM_API size_t cxm_transcript_meta_count(const cxm_transcript *self);

/** The item of metadata at `index` (from 0, in the order of the file); NULL where none is. */
CXM_API const cxm_meta *cxm_transcript_meta(const cxm_transcript *self, size_t index);

/** For how many different reasons something was left out when the transcript was read. */
CXM_API size_t cxm_transcript_skipped_count(const cxm_transcript *self);

/** What was left out for the reason at `index` (from 0); NULL where there is none. */
CXM_API const cxm_skipped *cxm_transcript_skipped(const cxm_transcript *self, size_t index);

/** Frees a transcript; NULL does nothing. No result of it may be used afterwards. */
CXM_API void cxm_transcript_free(cxm_transcript *self);

/** A transcript in the making. One thread at a time. */
typedef struct cxm_transcript_builder cxm_transcript_builder;

/** How a transcript is built. Zero in a field means the default. */
typedef struct cxm_transcript_options {
    size_t struct_size;             /**< Set by CXM_TRANSCRIPT_OPTIONS_INIT; never by hand. */
    const cxm_allocator *allocator; /**< Copied; its `user` must outlive the transcript. */
    size_t max_bytes;               /**< Bytes of text and labels in all; 0: 1 GiB. */
    size_t max_turns;               /**< 0: 10 million. */
} cxm_transcript_options;

#define CXM_TRANSCRIPT_OPTIONS_INIT                                                                \
    { sizeof(cxm_transcript_options), NULL, 0, 0 }

/**
 * Starts a transcript.
 *
 * @param options  NULL for the defaults; not kept.
 * @param out      A builder to end with _finish() or to drop with _free().
 * @return CXM_OK, CXM_E_ARGUMENT or CXM_E_NOMEM.
 */
CXM_API CXM_NODISCARD cxm_status cxm_transcript_builder_new(const cxm_transcript_options *options,
                                                            cxm_transcript_builder **out,
                                                            cxm_error *error);

/** Sets the id, and replaces one set before. The bytes are copied. CXM_OK, _ENCODING, _NOMEM. */
CXM_API CXM_NODISCARD cxm_status cxm_transcript_builder_set_id(cxm_transcript_builder *self,
                                                               cxm_str id, cxm_error *error);

/** Sets the source, and replaces one set before. The bytes are copied; any bytes are accepted. */
CXM_API CXM_NODISCARD cxm_status cxm_transcript_builder_set_source(cxm_transcript_builder *self,
                                                                   cxm_str source,
                                                                   cxm_error *error);

/** Adds an item of metadata. Key and value are copied. CXM_OK, _ENCODING, _LIMIT or _NOMEM. */
CXM_API CXM_NODISCARD cxm_status cxm_transcript_builder_add_meta(cxm_transcript_builder *self,
                                                                 cxm_str key, cxm_str value,
                                                                 cxm_error *error);

/**
 * Adds a turn; everything in it is copied.
 *
 * @param turn  Its text, speaker and channel must be valid UTF-8 (CXM_E_ENCODING else). Times that
 *              are negative or not finite become CXM_TIME_UNKNOWN; marks that point outside the
 *              text or out of order are CXM_E_ARGUMENT.
 * @return CXM_OK, CXM_E_ENCODING, CXM_E_ARGUMENT, CXM_E_LIMIT or CXM_E_NOMEM; after a failure the
 *         builder is as it was before the call.
 */
CXM_API CXM_NODISCARD cxm_status cxm_transcript_builder_add_turn(cxm_transcript_builder *self,
                                                                 const cxm_turn *turn,
                                                                 cxm_error *error);

/**
 * Notes that something was left out. Counts for the same reason add up. The reason is copied.
 * CXM_OK, CXM_E_ENCODING, CXM_E_LIMIT or CXM_E_NOMEM.
 */
CXM_API CXM_NODISCARD cxm_status cxm_transcript_builder_add_skipped(cxm_transcript_builder *self,
                                                                    cxm_str reason, size_t count,
                                                                    cxm_error *error);

/**
 * Ends the building. On success the builder is used up: it is freed by this call. On failure
 * (CXM_E_NOMEM) it is still the caller's to free.
 */
CXM_API CXM_NODISCARD cxm_status cxm_transcript_builder_finish(cxm_transcript_builder *self,
                                                               cxm_transcript **out,
                                                               cxm_error *error);

/** Drops a builder and what was added to it; NULL does nothing. */
CXM_API void cxm_transcript_builder_free(cxm_transcript_builder *self);

#ifdef __cplusplus
}
#endif
#endif
